//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"lull/routine/journal"
	"lull/store/shared"
)

// power records everything that the scenes write, and replays it: after every
// change a kill, and a power cut that loses what no sync covers, altogether, one
// by one, in random choices, and torn at every 512 bytes. Then once more on a
// disk that ignores every sync, which must lose facts: else nothing was proved.
func power(ctx context.Context, t *trial) []row {
	if _, err := exec.LookPath("strace"); err != nil {
		return []row{{name: "power cuts", skipped: "it needs strace"}}
	}
	var rows []row
	total, control := row{name: "power cuts, altogether"}, row{name: "a disk that ignores syncs"}
	for i, s := range slices.Concat(scenes, verbScenes) {
		if ctx.Err() != nil {
			break
		}
		if t.scene != nil && !t.scene.MatchString(s.name) {
			continue
		}
		r := row{name: "power cuts in " + s.name}
		rec, err := s.record(ctx, t, filepath.Join(t.dir, fmt.Sprint("scene-", i)))
		if err != nil {
			r.broke("it was not recorded: %v", err)
			rows = append(rows, r)
			continue
		}
		rec.replay(ctx, t, false, &r)
		t.say("  %s: %s", s.name, r.words())
		total.add(r.get("states"), "states")
		total.add(r.get(alarm), alarm)
		total.add(r.get("broken states"), "broken states")
		rows = append(rows, r)
		if i == 0 {
			fewer := *t
			fewer.each = max(t.each, 8)
			rec.replay(ctx, &fewer, true, &control)
		}
	}
	control.broken = nil
	if control.get("states") == 0 {
		control.skipped = "its recording was not asked for"
	} else if control.get("broken states") == 0 && ctx.Err() == nil {
		control.broke("no promise was broken there, so the oracle sees nothing")
	}
	return append(rows, total, control)
}

// recording is a scene that was played.
type recording struct {
	*scene
	d     *disk
	start map[string]*claims // by home
	clock time.Time
}

func (s *scene) places() []string {
	if s.homes == nil {
		return []string{mainHome}
	}
	return s.homes
}

// record plays a scene under strace.
func (s *scene) record(ctx context.Context, t *trial, root string) (*recording, error) {
	defer os.RemoveAll(root)
	for _, dir := range []string{"out", "shared"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o700); err != nil {
			return nil, err
		}
	}
	rec := &recording{scene: s, start: map[string]*claims{}, clock: evening.AddDate(1, 0, 20)}
	if s.prepare != nil {
		if err := s.prepare(root); err != nil {
			return nil, fmt.Errorf("prepare it: %w", err)
		}
	}
	var err error
	for _, home := range s.places() {
		if rec.start[home], err = s.before(t, filepath.Join(root, home)); err != nil {
			return nil, err
		}
	}
	if rec.d, err = newDisk(root); err != nil {
		return nil, err
	}
	if s.perform != nil {
		rec.clock = now().Add(time.Hour)
		err = s.perform(ctx, &stage{t: t, root: root, d: rec.d})
	} else {
		err = s.playIn(ctx, t, root, rec.d)
	}
	if err != nil {
		return nil, err
	}
	return rec, rec.d.matches(root)
}

// before claims what is in a folder already; of one that is damaged, what a
// repair finds in a copy.
func (s *scene) before(t *trial, home string) (*claims, error) {
	c := newClaims()
	c.damaged = s.damaged
	if s.prepare == nil {
		return c, nil
	}
	there := filepath.Join(t.dir, "before")
	defer os.RemoveAll(there)
	if err := copyFolder(there, home); err != nil {
		return nil, err
	}
	facts, err := factsOf(there, s.damaged)
	if len(facts) == 0 && err == nil {
		err = errors.New("there is nothing to lose")
	}
	for id, line := range facts {
		c.facts[id] = claim{standing: kept, line: line}
	}
	c.notes = map[string]bool{}
	return c, err
}

// factsOf reads a folder that nobody needs any more.
func factsOf(home string, damaged bool) (map[journal.ID]string, error) {
	ctx := context.Background()
	st := openStore(home, func() time.Time { return evening }, nil)
	if damaged {
		if _, err := st.Repair(ctx); err != nil {
			return nil, err
		}
	}
	page, err := st.Page(ctx, journal.ID{}, 1<<20)
	facts := map[journal.ID]string{}
	for _, e := range page {
		facts[e.ID] = encode(e)
	}
	return facts, err
}

func (s *scene) playIn(ctx context.Context, t *trial, root string, d *disk) error {
	c, err := player(ctx, s.name, root)
	if err != nil {
		return err
	}
	said := ""
	r := d.recorder(root, func(line string) error {
		said = line
		d.say(line)
		return nil
	})
	if err := straced(ctx, c, filepath.Join(t.dir, "trace"), r.take); err != nil {
		return fmt.Errorf("%w; it last said %q", err, said)
	}
	return nil
}

// replay goes through the states of a recording.
func (rec *recording) replay(ctx context.Context, t *trial, unsynced bool, r *row) {
	var mu sync.Mutex
	var all sync.WaitGroup
	work := make(chan state, 4)
	for i := range runtime.GOMAXPROCS(0) {
		root := filepath.Join(t.fast, fmt.Sprint("replay-", i))
		all.Go(func() {
			for s := range work {
				alarmed, faults := rec.judge(root, s)
				mu.Lock()
				r.add(1, "states")
				if alarmed {
					r.add(1, alarm)
				}
				if len(faults) > 0 {
					r.add(1, "broken states")
				}
				for _, f := range faults {
					r.broke("%s: %s", s.name, f)
				}
				mu.Unlock()
			}
			_ = os.RemoveAll(root)
		})
	}
	rec.states(ctx, t, unsynced, work)
	close(work)
	all.Wait()
}

// state is one that a crash may leave, and what is owed in it.
type state struct {
	name      string
	image     *image
	owed      map[string]*claims
	backwards bool // a write reached the disk without its beginning
}

// states makes every state, each of those that look the same to a program and
// owe the same only once.
func (rec *recording) states(ctx context.Context, t *trial, unsynced bool, to chan<- state) {
	chance := t.rand()
	c := rec.d.crash()
	c.unsynced = unsynced
	owed := maps.Clone(rec.start)
	seen := map[uint64]bool{}
	n := 0
	for ctx.Err() == nil {
		for name, ch := range c.choices(chance, t.states) {
			if n++; n%t.each != 0 {
				continue
			}
			m := c.image(ch)
			if sum := m.sum(); !seen[sum] {
				seen[sum] = true
				to <- state{fmt.Sprintf("after %d of %d changes, %s", c.after, len(rec.d.ops), name), m, maps.Clone(owed), ch.backwards()}
			}
		}
		if c.after == len(rec.d.ops) {
			return
		}
		o := rec.d.ops[c.after]
		c.step()
		if o.kind == opSay {
			home, said, _ := strings.Cut(o.line, " ")
			next := owed[home].clone()
			if err := next.hear(said); err != nil {
				to <- state{name: err.Error()}
				return
			}
			owed[home] = next
			clear(seen) // the same state owes more now
		}
	}
}

// alarm names the states in which nothing is lost, and yet check calls a line of
// the journal damaged: the end of one append reached the disk, its beginning not.
const alarm = "of them with a line that nobody acknowledged called damaged"

// judge puts a state on a disk in memory and opens every home in it.
func (rec *recording) judge(root string, s state) (alarmed bool, faults []string) {
	if s.image == nil {
		return false, []string{"the recording cannot be understood"}
	}
	if err := s.image.put(root); err != nil {
		return false, []string{err.Error()}
	}
	clock := func() time.Time { return rec.clock }
	for _, home := range rec.places() {
		owed := s.owed[home].clone()
		owed.parts = s.backwards
		owed.stranger = func(e journal.Entry) string {
			for other, c := range s.owed {
				if f, known := c.facts[e.ID]; other != home && known && f.line == encode(e) {
					return ""
				}
			}
			return "it was never recorded"
		}
		v := owed.judge(filepath.Join(root, home), clock)
		alarmed = alarmed || v.alarmed
		switch {
		case rec.damaged:
		case v.refused:
			v.fault("it was refused")
		case v.alarmed && !s.backwards:
			v.fault("it was called damaged")
		}
		for _, f := range v.faults {
			faults = append(faults, home+": "+f)
		}
	}
	if rec.shared != "" && len(faults) == 0 {
		faults = rec.meet(root, s)
	}
	return alarmed, faults
}

// meet exchanges once more after a crash: then every machine must have what any
// of them acknowledged.
func (rec *recording) meet(root string, s state) (faults []string) {
	ctx := context.Background()
	clock := func() time.Time { return rec.clock }
	dir := filepath.Join(root, rec.shared)
	if err := os.MkdirAll(dir, 0o700); err != nil { // a folder that is gone is the engine's to bring back
		return []string{err.Error()}
	}
	order := append(slices.Clone(rec.places()), rec.places()[0])
	for _, home := range order {
		st := openStore(filepath.Join(root, home), clock, nil)
		x := shared.New(filepath.Join(root, home), st, shared.Options{Clock: clock, Rand: rand.NewChaCha8([32]byte{1}), Version: "ordeal"})
		if _, err := x.All(ctx, dir); err != nil {
			faults = append(faults, fmt.Sprintf("%s does not exchange afterwards: %v", home, err))
		}
	}
	for _, home := range rec.places() {
		facts, err := factsOf(filepath.Join(root, home), false)
		if err != nil {
			faults = append(faults, err.Error())
		}
		for other, c := range s.owed {
			for id, f := range c.facts {
				if f.standing == kept && facts[id] != f.line {
					faults = append(faults, fmt.Sprintf("%s of %s did not come to %s: %q", id, other, home, facts[id]))
				}
			}
		}
	}
	return faults
}

const sector = 512

// backwards says whether a write reached the disk without its beginning.
func (ch choice) backwards() bool {
	for _, n := range ch.torn {
		if n < 0 {
			return true
		}
	}
	return false
}

// choices are what a crash can make of the changes that are not durable.
func (c *crash) choices(chance *rand.Rand, random int) func(yield func(string, choice) bool) {
	loose := slices.Clone(c.pending)
	for _, i := range c.names {
		if c.loose[i] {
			loose = append(loose, i)
		}
	}
	all := map[int]bool{}
	for _, i := range loose {
		all[i] = true
	}
	but := func(keep int) map[int]bool {
		lost := maps.Clone(all)
		delete(lost, keep)
		return lost
	}
	return func(yield func(string, choice) bool) {
		if !yield("killed", choice{}) || !yield("a power cut that loses all it can", choice{lost: all}) {
			return
		}
		if !c.tearLast(all, yield) {
			return
		}
		for _, i := range loose {
			if !yield(fmt.Sprintf("a power cut that loses change %d alone", i), choice{lost: map[int]bool{i: true}}) ||
				!yield(fmt.Sprintf("a power cut that spares change %d alone", i), choice{lost: but(i)}) {
				return
			}
		}
		for range random {
			if len(loose) < 2 || !yield("a power cut that loses some", c.some(loose, chance)) {
				return
			}
		}
	}
}

// tearLast cuts the change that was just made, if it is a write, at every 512
// bytes: by a kill, and by power cuts that lose everything else and the end of it,
// or its beginning.
func (c *crash) tearLast(all map[int]bool, yield func(string, choice) bool) bool {
	last := c.after - 1
	if last < 0 || !all[last] || c.d.ops[last].kind != opWrite {
		return true
	}
	lost := maps.Clone(all)
	delete(lost, last)
	for n := sector; n < len(c.d.ops[last].data); n += sector {
		torn := map[int]int{last: n}
		if !yield(fmt.Sprintf("killed in a write, after %d bytes of it", n), choice{torn: torn}) ||
			!yield(fmt.Sprintf("a power cut that spares %d bytes of the last write alone", n), choice{lost: lost, torn: torn}) ||
			!yield(fmt.Sprintf("a power cut that loses the first %d bytes of the last write", n), choice{torn: map[int]int{last: -n}}) {
			return false
		}
	}
	return true
}

// some loses a part of the changes and tears a part of the writes.
func (c *crash) some(loose []int, chance *rand.Rand) choice {
	ch := choice{lost: map[int]bool{}, torn: map[int]int{}}
	for _, i := range loose {
		switch n := len(c.d.ops[i].data); {
		case chance.IntN(2) == 0:
			ch.lost[i] = true
		case n > sector && chance.IntN(4) == 0:
			ch.torn[i] = sector * (1 + chance.IntN((n-1)/sector))
			if chance.IntN(2) == 0 {
				ch.torn[i] *= -1
			}
		}
	}
	return ch
}
