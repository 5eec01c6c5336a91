//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lull/routine/journal"
)

// damage is one way in which a file is spoiled.
type damage struct {
	name  string
	file  string // below the home; lull.db if empty
	spoil func(b []byte) []byte
}

const page = 4096

// kindOfPage names a page of a database by the flags that bbolt gives it.
func kindOfPage(b []byte) string {
	switch binary.NativeEndian.Uint16(b[8:]) {
	case 1:
		return "branch"
	case 2:
		return "leaf"
	case 4:
		return "meta"
	case 16:
		return "list of free pages"
	}
	return "free"
}

// flipsPerKind is how many bits are flipped in the pages of one kind.
const flipsPerKind = 200

// everyDamage are the faults of a matrix: cuts at every 512 bytes, flips in every
// kind of page, and pages that are zeroed, random, torn, doubled and shifted;
// and flips and cuts in the journal.
func everyDamage(db, segment []byte, segmentName string, chance *rand.Rand) []damage {
	var all []damage
	for at := 0; at < len(db); at += sector {
		all = append(all, damage{name: fmt.Sprint("cut at ", at), spoil: func(b []byte) []byte { return b[:at] }})
	}
	kinds := map[string][]int{}
	for at := range db {
		kind := kindOfPage(db[at/page*page:])
		kinds[kind] = append(kinds[kind], at)
	}
	for _, kind := range []string{"meta", "branch", "leaf", "list of free pages", "free"} {
		places := kinds[kind]
		for range flipsPerKind {
			if len(places) == 0 {
				break
			}
			at, bit := places[chance.IntN(len(places))], byte(1)<<chance.IntN(8)
			if chance.IntN(2) == 0 { // the beginning of a page holds more that matters
				at = at/page*page + at%96
			}
			all = append(all, damage{name: fmt.Sprintf("a bit of byte %d, on a %s page", at, kind), spoil: func(b []byte) []byte {
				b[at] ^= bit
				return b
			}})
		}
	}
	for at := 0; at+page <= len(db); at += page {
		all = append(all, pageDamage(at, len(db), chance.Uint64())...)
	}
	for range 120 {
		at, bit := chance.IntN(len(segment)), byte(1)<<chance.IntN(8)
		all = append(all, damage{fmt.Sprintf("a bit of byte %d of the journal", at), segmentName, func(b []byte) []byte {
			b[at] ^= bit
			return b
		}}, damage{fmt.Sprint("the journal cut at ", at), segmentName, func(b []byte) []byte { return b[:at] }})
	}
	for _, name := range []string{"lull.lock", segmentName, filepath.Join("journal", "device"), ""} {
		all = append(all, damage{"garbage in " + name, name, func([]byte) []byte { return bytes.Repeat([]byte("garbage\n"), 999) }},
			damage{"nothing in " + name, name, func([]byte) []byte { return nil }})
	}
	return all
}

// pageDamage are the faults of one whole page.
func pageDamage(at, size int, seed uint64) []damage {
	over := func(name string, with func(b, p []byte)) damage {
		return damage{name: fmt.Sprintf("page %d %s", at/page, name), spoil: func(b []byte) []byte {
			with(b, b[at:at+page])
			return b
		}}
	}
	random := rand.New(rand.NewPCG(seed, 1))
	fill := func(p []byte) {
		for i := range p {
			p[i] = byte(random.Uint32())
		}
	}
	other := int(seed % uint64(size/page) * page)
	return []damage{
		over("zeroed", func(_, p []byte) { clear(p) }),
		over("random", func(_, p []byte) { fill(p) }),
		over("torn, its end zeroed", func(_, p []byte) { clear(p[sector:]) }),
		over("torn, its end random", func(_, p []byte) { fill(p[page/2:]) }),
		over("in another's place", func(b, p []byte) { copy(b[other:], bytes.Clone(p)) }),
		over("one byte later", func(_, p []byte) { copy(p[1:], bytes.Clone(p)) }),
	}
}

// matrix is a healthy folder, and what lull answers in it.
type matrix struct {
	t       *trial
	base    string
	facts   *claims
	records map[journal.ID][]byte // each fact as it lies in lull.db, its id and checksum with it
	answers map[string]string
	slow    int // verbs that took longer than the patience of a trial
}

// hangs is by how much a verb may exceed that on a machine that is busy with
// other things; past it, it hangs.
const hangs = 15

// asked are the verbs that only read, and must be right.
var asked = []string{"tonight --short", "review --json"}

func (m *matrix) home() string { return filepath.Join(m.t.dir, "damage", mainHome) }

// damages spoils files in every way of the matrix and uses the real commands:
// each answers right, or refuses with its exit status and the way out, in time;
// a cramp is always kept; and a repair brings everything back.
func damages(ctx context.Context, t *trial) []row {
	whole, alone := row{name: "damaged files and the verbs"}, row{name: "the same without a journal"}
	m := &matrix{t: t, base: filepath.Join(t.dir, "healthy"), facts: newClaims(), answers: map[string]string{}, records: map[journal.ID][]byte{}}
	all, err := m.prepare()
	if err != nil {
		whole.broke("%v", err)
		return []row{whole}
	}
	for i, d := range pick(all, t.each) {
		if ctx.Err() != nil {
			break
		}
		m.try(ctx, d, false, &whole)
		if d.file == "" {
			m.try(ctx, d, true, &alone)
		}
		if i%200 == 199 {
			t.say("  %d of %d: %s", i+1, len(all)/t.each, whole.words())
		}
	}
	whole.add(m.slow, fmt.Sprintf("verbs of both took longer than %v", t.patience))
	return []row{whole, alone}
}

// recordHead is what stands before a fact's line: 16 bytes of its id, 4 of a
// checksum.
const recordHead = 20

// prepare fills a folder with some weeks.
func (m *matrix) prepare() ([]damage, error) {
	a := newActor(m.base, mainHome, now().AddDate(0, 0, -35))
	for i := range 90 {
		at := a.now.Add(time.Duration(9*i) * time.Hour)
		pain := i % 11
		fact := journal.Fact(journal.Cramped{Side: "left", Muscle: "calf", Pain: &pain, Note: strings.Repeat("a note ", i%13)})
		if i%3 == 0 {
			fact = journal.Ticked{Item: fmt.Sprint("glass-", i%8+1), List: journal.WaterList, ML: 250}
		}
		if _, err := a.Append(context.Background(), journal.New(&a.mint, journal.DefaultCalendar, at, at, fact)); err != nil {
			return nil, err
		}
	}
	home := filepath.Join(m.base, mainHome)
	if err := m.facts.claimAll(home); err != nil {
		return nil, err
	}
	names, err := filepath.Glob(filepath.Join(home, "journal", "*", "*.jsonl"))
	if err != nil || len(names) != 1 {
		return nil, fmt.Errorf("segments are %q, %w", names, err)
	}
	segment, err := os.ReadFile(names[0])
	db, failed := os.ReadFile(filepath.Join(home, "lull.db"))
	if err := errors.Join(err, failed); err != nil {
		return nil, err
	}
	for id, f := range m.facts.facts {
		at := bytes.LastIndex(db, []byte(f.line))
		if at < recordHead {
			return nil, fmt.Errorf("%s is not in the file", id)
		}
		m.records[id] = bytes.Clone(db[at-recordHead : at+len(f.line)])
	}
	name, err := filepath.Rel(home, names[0])
	return everyDamage(db, segment, name, m.t.rand()), err
}

// ran is how a verb ended.
type ran struct {
	status   int
	out, err string
}

func (m *matrix) run(ctx context.Context, home, line string) ran {
	ctx, stop := context.WithTimeout(ctx, hangs*m.t.patience)
	defer stop()
	begun := now()
	var out, err bytes.Buffer
	c := exec.CommandContext(ctx, m.t.lull, strings.Fields(line)...)
	c.Env = append(os.Environ(), "LULL_HOME="+home)
	c.Stdout, c.Stderr = &out, &err
	failed := c.Run()
	r := ran{c.ProcessState.ExitCode(), out.String(), err.String()}
	if now().Sub(begun) > m.t.patience {
		m.slow++
	}
	if ctx.Err() != nil {
		r.err = fmt.Sprintf("it was not over after %v", hangs*m.t.patience)
	} else if r.status < 0 {
		r.err = fmt.Sprint(failed, r.err)
	}
	return r
}

// right compares an answer with that of the healthy folder, which is another
// when a night begins meanwhile.
func (m *matrix) right(ctx context.Context, line, answer string) bool {
	if m.answers[line] != answer {
		home := m.home() + "-healthy"
		defer os.RemoveAll(home)
		if copyFolder(home, filepath.Join(m.base, mainHome)) == nil {
			m.answers[line] = m.run(ctx, home, line).out
		}
	}
	return m.answers[line] == answer
}

// try spoils a file and goes on as a person would.
func (m *matrix) try(ctx context.Context, d damage, alone bool, r *row) {
	home := m.home()
	defer os.RemoveAll(home)
	if err := copyFolder(home, filepath.Join(m.base, mainHome)); err != nil {
		r.broke("%v", err)
		return
	}
	if alone {
		_ = os.RemoveAll(filepath.Join(home, "journal"))
		_ = os.RemoveAll(filepath.Join(home, "backups"))
	}
	file := filepath.Join(home, d.file)
	if d.file == "" {
		file = filepath.Join(home, "lull.db")
	}
	if err := change(file, d.spoil); err != nil {
		r.broke("%v", err)
		return
	}
	left, _ := os.ReadFile(file)
	broke := func(format string, args ...any) { r.broke("%s: %s", d.name, fmt.Sprintf(format, args...)) }
	refused, recorded := 0, false
	for _, line := range slices.Concat(asked, []string{"check", "cramp --side left", "drink", "tonight --short"}) {
		got := m.run(ctx, home, line)
		switch {
		case ctx.Err() != nil:
			return
		case got.status == 4 && strings.Contains(got.err, "lull check --repair") && !strings.HasPrefix(line, "cramp"):
			refused++
		case got.status != 0:
			broke("lull %s ends with %d: %s", line, got.status, got.err)
		case !alone && !recorded && !m.right(ctx, line, got.out):
			broke("lull %s says %s", line, got.out)
		}
		recorded = recorded || line == asked[len(asked)-1] // what follows changes the answers
	}
	// a line of the journal that tells nothing any more is told as lost, though its
	// fact is in lull.db
	m.mend(ctx, alone, alone || strings.HasPrefix(d.file, "journal"), left, refused, r, broke)
}

// mend repairs, and wants everything back that can be.
func (m *matrix) mend(ctx context.Context, alone, mayLose bool, left []byte, refused int, r *row, broke func(string, ...any)) {
	home := m.home()
	got := m.run(ctx, home, "check --repair")
	if ctx.Err() != nil {
		return
	}
	if got.status != 0 && !(mayLose && got.status == 1 && strings.Contains(got.err, "could not be saved")) {
		broke("lull check --repair ends with %d: %s", got.status, got.err)
	}
	if got := m.run(ctx, home, "check"); got.status != 0 || !strings.Contains(got.out, "all in order") {
		broke("after a repair lull check ends with %d: %s%s", got.status, got.out, got.err)
	}
	owed := m.facts.clone()
	if alone { // what can be read in the file is owed
		for id, f := range owed.facts {
			if !bytes.Contains(left, m.records[id]) {
				owed.facts[id] = claim{standing: tried, line: f.line}
			}
		}
	}
	kinds := map[journal.Kind]int{}
	owed.notes = map[string]bool{}
	owed.stranger = func(e journal.Entry) string {
		if note, _ := e.Fact.(journal.Cramped); note.Note != afterwards {
			kinds[e.Fact.Kind()]++
		}
		return ""
	}
	v := owed.judge(home, now)
	if v.refused {
		v.fault("it is refused after a repair")
	}
	if kinds[journal.KindCramped] != 1 || kinds[journal.KindTicked] > 1 {
		v.fault("what was recorded meanwhile is there as %v", kinds)
	}
	for _, f := range v.faults {
		broke("%s", f)
	}
	r.add(1, "trials")
	if refused > 0 {
		r.add(1, "refused and repaired")
	} else if strings.Contains(got.out, "is new") {
		r.add(1, "answered right and repaired")
	} else {
		r.add(1, "answered right")
	}
}

// verdictLine is a line of the sweeps' own table.
var verdictLine = regexp.MustCompile(`^\s+sweep_test\.go:\d+:\s+(\d+) (.*)$`)

// sweeps runs the sweeps that are tests of the store: every truncation and a bit
// of every byte of a database, and the journal.
func sweeps(ctx context.Context, t *trial) []row {
	if _, err := exec.LookPath("go"); err != nil {
		return []row{{name: "sweeps", skipped: "it needs go"}}
	}
	args := []string{"test", "lull/store", "-run", "Sweep", "-count=1", "-timeout", "5h", "-v"}
	if t.each <= 20 {
		args = append(args, "-sweep", strconv.Itoa(t.each))
	}
	c := exec.CommandContext(ctx, "go", args...)
	out, err := c.Output()
	var rows []row
	in := bufio.NewScanner(bytes.NewReader(out))
	for in.Scan() {
		if name, begins := strings.CutPrefix(in.Text(), "=== RUN   TestSweepOf"); begins {
			rows = append(rows, row{name: "sweep of " + name})
		}
		if len(rows) == 0 {
			continue
		}
		last := &rows[len(rows)-1]
		if got := verdictLine.FindStringSubmatch(in.Text()); got != nil {
			n, _ := strconv.Atoi(got[1])
			last.add(n, got[2])
		}
		if strings.HasPrefix(in.Text(), "--- FAIL") {
			last.broke("it failed: %s", in.Text())
		}
	}
	if err != nil {
		r := row{name: "sweeps"}
		r.broke("%v: %s", err, out[max(0, len(out)-1000):])
		rows = append(rows, r)
	}
	return rows
}
