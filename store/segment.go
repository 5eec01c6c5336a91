package store

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"lull/routine/journal"
	"lull/routine/say"
)

// A segment is a file of lines, written by one device and only ever longer:
//
//	<crc32c of the rest of the line, 8 hex digits> <seq>[+] <JSON object>\n
//
// seq counts the lines of the device. A + says that the line belongs together
// with the next: lines of one Append count only once its last line, the one
// without +, is there. An empty line, or one of spaces, says that whatever came
// before it and was not finished never will be; a writer that finds such an end
// puts one there. So a file never has to be cut, and a line that cannot be read
// costs nothing but itself.
//
// A device writes to the last of its segments by name, or starts a later one,
// never to an earlier one: so only the last of each device can have grown.
type segment struct {
	name string // below journal/, with slashes
	size int64
}

const (
	segmentSuffix = ".jsonl"
	segmentForm   = "[0-9][0-9][0-9][0-9][0-9][0-9]-????????" + segmentSuffix
	// recoveredMark begins the random part of a segment that a restore or a repair
	// wrote: it holds what other devices and earlier commands recorded. It sorts
	// before the segments that the device appends to.
	recoveredMark = "0000"
	// closing ends a line that was cut short, spoils it even if only its end was
	// missing, and adds an empty one.
	closing  = " \n\n"
	lineHead = len("00000000 ")
	maxLine  = lineHead + len("18446744073709551615+ ") + journal.MaxLine + len("\n")
)

// segmentNames lists the segments of every device, each device's by name.
// Copies that a file-sync tool set aside are among them: a line twice is one
// fact. A device's folder that is a link is refused: a rebuild without what lies
// behind it would pass for the whole. So is one that others could write in.
func (s *Store) segmentNames() ([]string, error) {
	root := s.path(journalName)
	devices, err := os.ReadDir(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, explain(err, "list", root)
	}
	var names []string
	for _, d := range devices {
		link := d.Type()&fs.ModeSymlink != 0 && (isDevice(d.Name()) || d.Name() == elsewhere)
		if !d.IsDir() && !link {
			continue
		}
		dir := filepath.Join(root, d.Name())
		if err := s.checkBelow(dir); err != nil {
			return nil, err
		}
		files, err := os.ReadDir(dir)
		if err != nil {
			return nil, explain(err, "list", dir)
		}
		for _, f := range files {
			if f.Type().IsRegular() && strings.HasSuffix(f.Name(), segmentSuffix) {
				names = append(names, d.Name()+"/"+f.Name())
			}
		}
	}
	return names, nil
}

// isSegment tells a segment from a copy that some other program made of it.
func isSegment(name string) bool {
	ours, _ := path.Match(segmentForm, path.Base(name))
	return ours
}

// segmentFor picks the segment that this device writes to now: its last, unless
// a later month has begun.
func (s *Store) segmentFor(device, last string, now time.Time) (segment, error) {
	month := now.Format("200601")
	if last != "" && !isRecovered(last) && path.Base(last)[:len(month)] >= month {
		seg, err := s.measure(last)
		if errors.Is(err, fs.ErrNotExist) { // somebody took it away; it starts again
			return segment{name: last}, nil
		}
		return seg, err
	}
	month = max(month, monthOf(last)) // a clock that was set back
	for {
		random, err := s.randomHex(4)
		name := path.Join(device, month+"-"+random+segmentSuffix)
		if err != nil || !isRecovered(name) {
			return segment{name: name}, err
		}
	}
}

// isRecovered reports whether a restore or a repair wrote the segment.
func isRecovered(name string) bool {
	_, random, _ := strings.Cut(path.Base(name), "-")
	return strings.HasPrefix(random, recoveredMark)
}

// monthOf is the month in a segment's name, or nothing if there is none.
func monthOf(name string) string {
	if name == "" {
		return ""
	}
	month, _, _ := strings.Cut(path.Base(name), "-")
	return month
}

// glance lists the devices in the journal and sums up the names and times of
// their folders: while the sum stays the same, no segment has come or gone. 0
// means that it cannot be told.
func (s *Store) glance() (devices []string, sum uint64) {
	entries, err := os.ReadDir(s.path(journalName))
	if err != nil {
		return nil, 0
	}
	h := fnv.New64a()
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, 0
		}
		devices = append(devices, e.Name())
		fmt.Fprintf(h, "%s/%d\n", e.Name(), info.ModTime().UnixNano())
	}
	return devices, h.Sum64()
}

// measure looks at the size of a segment.
func (s *Store) measure(name string) (segment, error) {
	info, err := os.Lstat(s.segmentPath(name))
	if err != nil {
		return segment{}, explain(err, "read", s.segmentPath(name))
	}
	return segment{name: name, size: info.Size()}, nil
}

func (s *Store) segmentPath(name string) string {
	return s.path(filepath.Join(journalName, filepath.FromSlash(name)))
}

// extend appends the lines to the segment and returns once they are on disk.
// An end left unfinished is closed off first. What could not be written whole
// is taken back as far as possible.
func (s *Store) extend(seg segment, lines []byte, closeOff bool) error {
	file := s.segmentPath(seg.name)
	if err := errors.Join(s.checkBelow(filepath.Dir(file)), s.makeFolder(filepath.Dir(file))); err != nil {
		return err
	}
	f, err := openFile(file, os.O_WRONLY|os.O_CREATE|os.O_APPEND)
	if err != nil {
		return explain(err, "write", file)
	}
	defer f.Close()
	if err := private(f); err != nil {
		return explain(err, "write", file)
	}
	if closeOff {
		lines = append([]byte(closing), lines...)
	}
	if _, err = f.Write(lines); err == nil {
		err = f.Sync()
	}
	if err != nil {
		_ = f.Truncate(seg.size)
		return explain(err, "write", file)
	}
	if seg.size > 0 {
		return nil
	}
	return explain(syncDir(filepath.Dir(file)), "write", file)
}

// line is one line of a segment.
type line struct {
	seq  uint64
	more bool // it belongs together with the next
	json []byte
}

func (l line) appendTo(b []byte) []byte {
	start := len(b)
	b = append(b, "00000000 "...)
	b = strconv.AppendUint(b, l.seq, 10)
	if l.more {
		b = append(b, '+')
	}
	b = append(append(b, ' '), l.json...)
	sum := crc32.Checksum(b[start+lineHead:], castagnoli)
	hex.Encode(b[start:], []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	return append(b, '\n')
}

// parseLine reads a line without its newline. It shares the line's memory.
func parseLine(b []byte) (line, bool) {
	if len(b) < lineHead || b[lineHead-1] != ' ' {
		return line{}, false
	}
	sum, err := strconv.ParseUint(string(b[:lineHead-1]), 16, 32)
	if err != nil || uint32(sum) != crc32.Checksum(b[lineHead:], castagnoli) {
		return line{}, false
	}
	seq, json, found := bytes.Cut(b[lineHead:], []byte(" "))
	seq, more := bytes.CutSuffix(seq, []byte("+"))
	n, err := strconv.ParseUint(string(seq), 10, 64)
	return line{seq: n, more: more, json: json}, found && err == nil
}

// tally counts what a segment holds.
type tally struct {
	lines      int // whole and finished
	bad        int // with a wrong checksum
	torn       int // cut short by a crash, and closed off since: never acknowledged
	unfinished int // whole, but the rest of their Append never came
}

// readSegment calls each for every Append that is whole, in order, with the
// offset just behind it, and returns the offset up to which everything is
// decided. What is behind that may still be finished by a writer.
func readSegment(r io.Reader, from int64, each func(lines []line, end int64) error) (done int64, t tally, err error) {
	in := bufio.NewReaderSize(r, maxLine)
	var held []line
	afterBad := false
	done = from
	for at := from; ; {
		b, n, whole, err := readLine(in)
		if err != nil || !whole {
			return done, t, err
		}
		at += n
		l, ok := parseLine(b)
		switch {
		case blank(b):
			t.voided(len(held), afterBad)
			held = nil
		case !ok:
			t.bad++
		default:
			held = append(held, line{seq: l.seq, more: l.more, json: bytes.Clone(l.json)})
		}
		afterBad = !ok && !blank(b)
		if ok && !l.more {
			t.lines += len(held)
			if err := each(held, at); err != nil {
				return done, t, err
			}
			held = nil
		}
		if len(held) == 0 {
			done = at
		}
	}
}

func blank(b []byte) bool { return len(bytes.TrimSpace(b)) == 0 }

func (t *tally) voided(held int, afterBad bool) {
	t.unfinished += held
	if afterBad {
		t.bad--
		t.torn++
	}
}

// readLine returns the next line without its newline, its length with it, and
// whether there was a newline at all. A line longer than any of ours comes back
// cut, which no checksum survives.
func readLine(in *bufio.Reader) (b []byte, n int64, whole bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		n += int64(len(part))
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return nil, n, false, nil
		case err != nil:
			return nil, n, false, err
		}
		return part[:len(part)-1], n, true, nil
	}
}

// openSegment reads the bytes of a segment from an offset to its listed size.
func (s *Store) openSegment(seg segment, from int64) (*openedSegment, error) {
	file := s.segmentPath(seg.name)
	f, err := openFile(file, os.O_RDONLY)
	if err != nil {
		return nil, explain(err, "read", file)
	}
	return &openedSegment{io.NewSectionReader(f, from, seg.size-from), f}, nil
}

// openedSegment reads a part of a segment.
type openedSegment struct {
	io.Reader
	file *os.File
}

func (o *openedSegment) Close() error { return o.file.Close() }

func (s *Store) randomHex(n int) (string, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.opts.Rand, b); err != nil {
		return "", say.Error("draw a random name: %w", err)
	}
	return hex.EncodeToString(b), nil
}
