//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"lull/routine/journal"
	"lull/store"
)

const (
	writers = 4
	// lifetime is how many rounds a folder lives before a new one begins.
	lifetime = 25
)

// kills lets writers and verbs loose on one folder, kills them all at a random
// moment, and holds what is left against what was acknowledged. Every tenth round
// begins with a database cut in half.
func kills(ctx context.Context, t *trial) []row {
	r := row{name: "kills"}
	chance := t.rand()
	var life *killing
	for round := 0; round < t.rounds && ctx.Err() == nil; round++ {
		if round%lifetime == 0 {
			life.end(&r)
			life = newKilling(t, filepath.Join(t.dir, fmt.Sprint("kills-", round)))
		}
		life.round(ctx, round, chance, &r)
		if round%100 == 99 {
			t.say("  %d rounds: %s, %d broken", round+1, r.words(), len(r.broken))
		}
	}
	life.end(&r)
	return []row{r}
}

// killing is one folder and everything that was ever done to it.
type killing struct {
	t    *trial
	root string
	*claims
	mu sync.Mutex // over what follows

	verbs, cut, busy int // that came to their end, that did not, and that found the file in use
	// marks are the notes of cramps, and whether they were acknowledged; ticks
	// are counted, since a verb chooses the item itself.
	marks              map[string]bool
	ticks, ticksAtMost int
	peers              map[string]bool // notes of the other machine's cramps
	broken             []string
}

func newKilling(t *trial, root string) *killing {
	k := &killing{t: t, root: root, claims: newClaims(), marks: map[string]bool{}, peers: map[string]bool{}}
	k.notes = map[string]bool{}
	for _, dir := range []string{"out", "shared"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o700); err != nil {
			k.broken = append(k.broken, err.Error())
		}
	}
	return k
}

func (k *killing) home(name string) string { return filepath.Join(k.root, name) }

func (k *killing) broke(format string, args ...any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.broken = append(k.broken, fmt.Sprintf(format, args...))
}

// verb runs the real program to its end or its death.
func (k *killing) verb(ctx context.Context, home string, args ...string) (status int, said string, killed bool) {
	var out bytes.Buffer
	c := exec.CommandContext(ctx, k.t.lull, args...)
	c.Env = append(os.Environ(), "LULL_HOME="+k.home(home))
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0, out.String(), false
	case ctx.Err() != nil:
		return -1, out.String(), true
	case errors.As(err, &exit):
		return exit.ExitCode(), out.String(), false
	}
	return -1, err.Error(), false
}

// ask runs a verb that must succeed, or meet a file that is damaged in a round
// that begins with one. On a machine with much other work a verb may find the
// file in use for all of its two seconds: it says by whom, and is counted. First
// aid never does.
func (k *killing) ask(ctx context.Context, damaged bool, args ...string) (done bool) {
	status, said, killed := k.verb(ctx, mainHome, args...)
	k.mu.Lock()
	defer k.mu.Unlock()
	if killed {
		k.cut++
		return false
	}
	k.verbs++
	if status == 3 && args[0] != "cramp" && strings.Contains(said, "try again") {
		k.busy++
		return false
	}
	if status != 0 && !(damaged && status == 4) {
		k.broken = append(k.broken, fmt.Sprintf("lull %s ended with %d: %s", strings.Join(args, " "), status, said))
	}
	return status == 0
}

// recorder ticks, writes down cramps and makes backups until it is killed.
func (k *killing) recorder(ctx context.Context, round int, damaged bool) {
	for i := 0; ctx.Err() == nil; i++ {
		note := fmt.Sprintf("cramp %d of round %d", i, round)
		k.mu.Lock()
		k.marks[note] = false
		k.mu.Unlock()
		if k.ask(ctx, false, "cramp", "--note", note) {
			k.mu.Lock()
			k.marks[note] = true
			k.mu.Unlock()
		}
		k.mu.Lock()
		k.ticksAtMost++
		k.mu.Unlock()
		if ctx.Err() == nil && k.ask(ctx, damaged, "drink") {
			k.mu.Lock()
			k.ticks++
			k.mu.Unlock()
		}
		k.ask(ctx, damaged, "backup", "--force", filepath.Join(k.root, "out", "x.db"))
	}
}

// mender repairs, restores files with one fact more, and exchanges, until it is
// killed.
func (k *killing) mender(ctx context.Context, round int, damaged bool) {
	var mint journal.Mint
	for i := 0; ctx.Err() == nil; i++ {
		k.ask(ctx, damaged, "check", "--repair")
		at := now()
		line := encode(journal.New(&mint, journal.DefaultCalendar, at, at, journal.Cramped{Note: "from a file"}))
		file := filepath.Join(k.root, "out", fmt.Sprintf("%d-%d.jsonl", round, i))
		if err := os.WriteFile(file, []byte(line+"\n"), 0o600); err != nil {
			k.broke("%v", err)
		}
		k.learn("try " + line)
		if k.ask(ctx, damaged, "restore", "--keep-newer", file) {
			e, _ := journal.Decode([]byte(line), journal.DefaultCalendar)
			k.learn("kept " + e.ID.String())
		}
		k.ask(ctx, damaged, "sync", filepath.Join(k.root, "shared"))
	}
}

func (k *killing) learn(said string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.hear(said); err != nil {
		k.broken = append(k.broken, err.Error())
	}
}

// round starts everybody, kills them, and judges.
func (k *killing) round(ctx context.Context, round int, chance *rand.Rand, r *row) {
	damaged := round%10 == 7
	if damaged {
		damaged = change(filepath.Join(k.home(mainHome), "lull.db"), func(b []byte) []byte { return b[:len(b)/2] }) == nil
	}
	if round%5 == 4 {
		k.peer(ctx, round)
	}
	alive, kill := context.WithCancel(ctx)
	defer kill()
	var all sync.WaitGroup
	var outs [writers]*os.File
	for i := range outs {
		outs[i] = k.writer(alive, i, &all)
	}
	all.Go(func() { k.recorder(alive, round, damaged) })
	all.Go(func() { k.mender(alive, round, damaged) })
	time.Sleep(time.Duration(5+chance.IntN(300)) * time.Millisecond) // when the kill comes decides nothing
	if round%5 == 3 {
		k.until(alive, 4)
	}
	kill()
	all.Wait()
	before := k.count(kept)
	for _, out := range outs {
		k.read(out)
	}
	r.add(1, "rounds")
	r.add(writers+2, "processes killed")
	r.add(k.count(kept)-before, "facts acknowledged")
	k.settle(round, damaged, r)
}

// until waits for some verbs to come to their end, which they seldom do in the
// time of a round, but not for ever.
func (k *killing) until(ctx context.Context, verbs int) {
	for range 400 {
		k.mu.Lock()
		done := k.verbs >= verbs
		k.mu.Unlock()
		if done || ctx.Err() != nil {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
}

// writer starts a writer that says what it does to a file.
func (k *killing) writer(ctx context.Context, i int, all *sync.WaitGroup) *os.File {
	out, err := os.Create(filepath.Join(k.root, fmt.Sprint("writer-", i)))
	if err != nil {
		k.broke("%v", err)
		return nil
	}
	c, err := player(ctx, "writer", k.root)
	if err == nil {
		c.Stdout, c.Stderr = out, out
		err = c.Start()
	}
	if err != nil {
		k.broke("%v", err)
		return out
	}
	all.Go(func() {
		if c.Wait() == nil || ctx.Err() == nil {
			k.broke("a writer ended by itself: %v", c.ProcessState)
		}
	})
	return out
}

// read takes in what a writer said before it died.
func (k *killing) read(out *os.File) {
	if out == nil {
		return
	}
	defer out.Close()
	text, err := os.ReadFile(out.Name())
	if err == nil {
		err = k.hearAll(strings.ReplaceAll("\n"+string(text), "\n"+mainHome+" ", "\n")[1:])
	}
	if err != nil {
		k.broke("%v", err)
	}
}

// settle judges what the kill left.
func (k *killing) settle(round int, damaged bool, r *row) {
	found := map[string]int{}
	ticks := 0
	k.stranger = func(e journal.Entry) string {
		switch f := e.Fact.(type) {
		case journal.Ticked:
			ticks++
			return ""
		case journal.Cramped:
			found[f.Note]++
			_, marked := k.marks[f.Note]
			if marked || k.peers[f.Note] || f.Note == afterwards {
				return ""
			}
		}
		return "it was never recorded"
	}
	v := k.judge(k.home(mainHome), now)
	for _, fault := range v.faults {
		r.broke("round %d: %s", round, fault)
	}
	k.seen(v.there)
	if v.refused && !damaged || v.alarmed {
		r.broke("round %d: it was refused, or called damaged", round)
	}
	if v.refused {
		r.add(1, "refused and repaired")
	}
	for note, acknowledged := range k.marks {
		if n := found[note]; n > 1 || acknowledged && n != 1 {
			r.broke("round %d: %q is there %d times", round, note, n)
		}
	}
	if ticks < k.ticks || ticks > k.ticksAtMost {
		r.broke("round %d: %d ticks, of %d acknowledged and %d tried", round, ticks, k.ticks, k.ticksAtMost)
	}
	k.backups(round, r)
	r.add(k.verbs, "verbs to their end")
	r.add(k.cut, "verbs cut short")
	if k.busy > 0 {
		r.add(k.busy, "verbs found the file in use for two seconds")
	}
	k.verbs, k.cut, k.busy = 0, 0, 0
	for _, b := range k.broken {
		r.broke("round %d: %s", round, b)
	}
	k.broken = nil
}

// backups wants a file that has its name to be whole.
func (k *killing) backups(round int, r *row) {
	file := filepath.Join(k.root, "out", "x.db")
	if _, err := os.Lstat(file); err != nil {
		return
	}
	s := openStore(filepath.Join(k.root, "elsewhere"), now, nil)
	if _, err := s.Restore(context.Background(), file, store.RestoreOptions{Look: true}); err != nil {
		r.broke("round %d: the backup: %v", round, err)
	}
}

// peer is another machine that records and exchanges.
func (k *killing) peer(ctx context.Context, round int) {
	note := fmt.Sprint("of the other machine, round ", round)
	k.peers[note] = true
	for _, args := range [][]string{{"cramp", "--note", note}, {"sync", filepath.Join(k.root, "shared")}} {
		if status, said, killed := k.verb(ctx, "two", args...); status != 0 && !killed {
			k.broke("on the other machine lull %s ended with %d: %s", args[0], status, said)
		}
	}
}

// end exchanges a last time and wants both machines to have everything.
func (k *killing) end(r *row) {
	if k == nil {
		return
	}
	ctx := context.Background()
	for _, home := range []string{mainHome, "two", mainHome} {
		if status, said, _ := k.verb(ctx, home, "sync", filepath.Join(k.root, "shared")); status != 0 {
			r.broke("the last exchange ended with %d: %s", status, said)
		}
	}
	var lines [2]map[string]bool
	for i, home := range []string{mainHome, "two"} {
		lines[i] = map[string]bool{}
		page, err := openStore(k.home(home), now, nil).Page(ctx, journal.ID{}, 1<<20)
		if err != nil {
			r.broke("after the last exchange %s: %v", home, err)
		}
		for _, e := range page {
			lines[i][encode(e)] = true
		}
	}
	for i := range lines {
		for line := range lines[i] {
			if !lines[1-i][line] {
				r.broke("only one machine has %s", line)
			}
		}
	}
	r.add(len(lines[0]), "facts on both machines")
	_ = os.RemoveAll(k.root)
}
