// Package store keeps a journal.Log in a folder of its own.
//
//	lull.db        a fold of the journal that answers quickly; see below
//	lull.lock      taken for every access, never renamed; holds the note of
//	               which state of lull.db was last found sound
//	journal/       the truth: what was acknowledged stands here first
//	├─ device      this machine's name among the folders beside it
//	├─ formerly    names that it may have had before, one a line; mostly there is none
//	└─ <device>/<yyyymm>-<random>.jsonl   one writer each, only ever longer
//	inbox/         what could not wait for the lock or a sound file; see inbox.go
//	backups/       verified copies of lull.db, and the same facts as plain lines
//	lull.last      the line a prompt showed last, for when the folder is in use; see last.go
//	aside/         what a repair or a restore took out of the way, by the moment
//
// # The database
//
// Every value starts with the CRC-32C, big-endian, of its key and of the bytes
// that follow it. Keys sort as bytes; a date is its day number as four
// big-endian bytes with the sign bit flipped, so that the years before 1970
// sort first.
//
//	lull.db
//	├─ meta       name -> text
//	│  ├─ format, min_reader   numbers; who reads only less than min_reader must not touch the file
//	│  ├─ created_by           the lull that made this format
//	│  ├─ migrated_at          RFC 3339, when it did
//	│  ├─ device               this machine's name, 16 hex digits
//	│  ├─ summary              the version of the values in nights
//	│  ├─ seq                  the last number given to a line of this device
//	│  └─ nights               how many keys the bucket nights has
//	├─ facts      id (16) -> the JSON line as it was written
//	├─ refs       id of a fact (16) + id of its edit (16) -> 'r' revised or 'w' withdrawn
//	├─ labels     date (4) + id (16) -> nothing; the night and the day of each fact that stands
//	├─ nights     date (4) -> journal.Night, see codec.go; dates with nothing recorded are left out
//	├─ standing   id (16) -> kind; the facts that hold beyond their night
//	├─ segments   path below journal/ -> offset folded up to (8), size then (8)
//	├─ imprints   path below journal/ -> offset (8), CRC-32C of the last 512 bytes before it (4) and of all of them (4); since format 2
//	└─ kept       name -> note
//
// refs may arrive before the fact they are about. refs, labels, nights and
// standing follow from facts, facts, segments and imprints from journal/; kept
// stands here alone.
package store

import (
	"encoding/binary"
	"strconv"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/say"
)

const (
	// firstFormat is the layout that a new file begins with; the migrations then
	// bring it to formatVersion, the one drawn above.
	firstFormat   = 1
	formatVersion = 2
	// minReader is the least format a program must know to use the first.
	minReader = 1
	// summaryVersion names the meaning of the values in nights. Raise it with
	// any change to journal.Night, journal.Sum or their encoding: the nights of
	// older files are then summed again when they are next opened.
	summaryVersion = 1
)

var (
	bucketMeta     = []byte("meta")
	bucketFacts    = []byte("facts")
	bucketRefs     = []byte("refs")
	bucketLabels   = []byte("labels")
	bucketNights   = []byte("nights")
	bucketStanding = []byte("standing")
	bucketSegments = []byte("segments")
	bucketKept     = []byte("kept")
	bucketImprints = []byte("imprints")

	// buckets are those of the first format: a file without one is damaged.
	buckets = [][]byte{bucketMeta, bucketFacts, bucketRefs, bucketLabels,
		bucketNights, bucketStanding, bucketSegments, bucketKept}
	// derived are the buckets that can be made again from facts alone.
	derived = [][]byte{bucketRefs, bucketLabels, bucketNights, bucketStanding}
)

// The keys of bucket meta.
const (
	metaFormat     = "format"
	metaMinReader  = "min_reader"
	metaCreatedBy  = "created_by"
	metaMigratedAt = "migrated_at"
	metaDevice     = "device"
	metaSummary    = "summary"
	metaSeq        = "seq"
	metaNights     = "nights"
)

// The values of bucket refs.
const (
	refRevised   = 'r'
	refWithdrawn = 'w'
)

// errUnsealed says that a record's checksum is wrong. The lease that meets it
// verifies the whole file and mends it from the journal.
var errUnsealed error = say.Fault("a record does not match its checksum")

// ledger is one transaction's sight of the buckets.
type ledger struct {
	tx       *bolt.Tx
	calendar journal.Calendar

	meta, facts, refs, labels, nights, standing, segments, kept *bolt.Bucket

	imprints *bolt.Bucket // nil in a file that is not brought to format 2 yet

	decoded map[journal.ID]journal.Entry // facts at hand; nil: none are kept, as when each is read once

	lenient bool // leave out records that cannot be read, instead of stopping
	skipped int  // how many were left out
}

// openLedger finds the buckets; the error names one that is missing.
func openLedger(tx *bolt.Tx, c journal.Calendar) (*ledger, error) {
	g := &ledger{tx: tx, calendar: c}
	places := []**bolt.Bucket{&g.meta, &g.facts, &g.refs, &g.labels, &g.nights, &g.standing, &g.segments, &g.kept}
	for i, name := range buckets {
		b := tx.Bucket(name)
		if b == nil {
			return nil, say.Error("the bucket %s is missing", name)
		}
		b.FillPercent = 0.9 // keys mostly come in rising order
		*places[i] = b
	}
	g.imprints = tx.Bucket(bucketImprints)
	return g, nil
}

// createBuckets makes the buckets that are not there yet.
func createBuckets(tx *bolt.Tx) error {
	for _, name := range buckets {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return say.Error("make the bucket %s: %w", name, err)
		}
	}
	return nil
}

// emptyDerived throws away what follows from facts.
func emptyDerived(tx *bolt.Tx) error {
	for _, name := range derived {
		if err := tx.DeleteBucket(name); err != nil {
			return say.Error("empty the bucket %s: %w", name, err)
		}
	}
	return createBuckets(tx)
}

// get returns the body under the key, nil if there is none. The body belongs
// to the transaction.
func (g *ledger) get(b *bolt.Bucket, key []byte) ([]byte, error) {
	value := b.Get(key)
	if value == nil {
		return nil, nil
	}
	return g.unseal(key, value)
}

// unseal is the body of a value, or nil and a count where a lenient ledger
// leaves a bad one out.
func (g *ledger) unseal(key, value []byte) ([]byte, error) {
	if body, ok := unseal(key, value); ok {
		return body, nil
	}
	if g.lenient {
		g.skipped++
		return nil, nil
	}
	return nil, errUnsealed
}

func (g *ledger) text(name string) (string, error) {
	body, err := g.get(g.meta, []byte(name))
	return string(body), err
}

func (g *ledger) number(name string) (uint64, error) {
	s, err := g.text(name)
	if err != nil || s == "" {
		return 0, err
	}
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil {
		return 0, say.Error("meta %s is %.40q, which is not a number", name, s)
	}
	return n, nil
}

func (g *ledger) setText(name, text string) error {
	return put(g.meta, []byte(name), []byte(text))
}

func (g *ledger) setNumber(name string, n uint64) error {
	return g.setText(name, strconv.FormatUint(n, 10))
}

func put(b *bolt.Bucket, key, body []byte) error { return b.Put(key, seal(key, body)) }

// dateKey sorts as the date does.
func dateKey(d journal.Date) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(d)^1<<31)
}

func keyDate(key []byte) journal.Date {
	return journal.Date(binary.BigEndian.Uint32(key) ^ 1<<31)
}

func labelKey(d journal.Date, id journal.ID) []byte { return append(dateKey(d), id[:]...) }

func refKey(of, edit journal.ID) []byte { return append(of[:len(of):len(of)], edit[:]...) }
