package journal

import (
	"crypto/rand"
	"encoding/hex"
	"io"
	"strings"
	"time"

	"lull/routine/say"
)

// ID names a fact for ever: a UUID of version 7, made by whoever writes the
// fact before the first try, so that a retry is not a second fact. IDs of one
// device only ever grow, also when its clock is set back: revisions are
// applied in this order.
type ID [16]byte

// String is the usual form, 019a1b2c-....
func (id ID) String() string {
	var b [36]byte
	for i, at := range [...]struct{ from, to, pos int }{{0, 4, 0}, {4, 6, 9}, {6, 8, 14}, {8, 10, 19}, {10, 16, 24}} {
		if i > 0 {
			b[at.pos-1] = '-'
		}
		hex.Encode(b[at.pos:], id[at.from:at.to])
	}
	return string(b[:])
}

// ParseID reads a UUID in its usual form, of any version.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) == 36 && s[8] == '-' && s[13] == '-' && s[18] == '-' && s[23] == '-' {
		digits := s[0:8] + s[9:13] + s[14:18] + s[19:23] + s[24:36]
		if _, err := hex.Decode(id[:], []byte(digits)); err == nil {
			return id, nil
		}
	}
	return ID{}, say.Error("%.60q is not an id; it looks like 019a1b2c-3d4e-7f00-8a1b-2c3d4e5f6071", s)
}

// Like says whether the usual form begins or ends with part.
func (id ID) Like(part string) bool {
	s := id.String()
	return strings.HasPrefix(s, part) || strings.HasSuffix(s, part)
}

// IsZero says whether the id was never set.
func (id ID) IsZero() bool { return id == ID{} }

// Compare orders ids by time, then by the rest.
func (id ID) Compare(other ID) int {
	for i := range id {
		if id[i] != other[i] {
			return int(id[i]) - int(other[i])
		}
	}
	return 0
}

// MarshalText writes the usual form.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the usual form.
func (id *ID) UnmarshalText(b []byte) error {
	parsed, err := ParseID(string(b))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}

// Mint makes ids, each greater than the last one it made or was shown. The
// zero Mint draws from the system's randomness.
type Mint struct {
	Rand io.Reader
	last ID
}

// farthest bounds how far ahead of now a shown id may push the mint: one wrong
// clock somewhere must not drag every later id into the next century.
const farthest = 10 * 365 * 24 * time.Hour

// Saw keeps later ids above one that is already written.
func (m *Mint) Saw(id ID) {
	if id.Compare(m.last) > 0 {
		m.last = id
	}
}

// New makes an id for a fact written at now.
func (m *Mint) New(now time.Time) ID {
	source := m.Rand
	if source == nil {
		source = rand.Reader
	}
	var id ID
	if _, err := io.ReadFull(source, id[6:]); err != nil {
		panic("no randomness to make an id from: " + err.Error())
	}
	putMillis(&id, now.UnixMilli())
	id[6] = 0x70 | id[6]&0x0f
	id[8] = 0x80 | id[8]&0x3f
	if ahead := millis(m.last) - now.UnixMilli(); id.Compare(m.last) <= 0 && ahead < farthest.Milliseconds() {
		putMillis(&id, millis(m.last)+1)
	}
	m.last = id
	return id
}

func millis(id ID) int64 {
	var ms int64
	for _, b := range id[:6] {
		ms = ms<<8 | int64(b)
	}
	return ms
}

func putMillis(id *ID, ms int64) {
	for i := 5; i >= 0; i-- {
		id[i] = byte(ms)
		ms >>= 8
	}
}
