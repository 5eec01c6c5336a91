//go:build linux

package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"lull/routine/journal"
	"lull/store"
	"lull/store/shared"
)

// The environment that makes the program play another process: what it does,
// and where.
const (
	playEnv = "LULL_ORDEAL_PLAY"
	rootEnv = "LULL_ORDEAL_ROOT"
)

// mainHome is the folder below a root that most players keep their facts in.
const mainHome = "lull"

// play does what the environment says, if it says anything, and does not return
// then.
func play() {
	name, root := os.Getenv(playEnv), os.Getenv(rootEnv)
	if name == "" {
		return
	}
	do := players[name]
	if do == nil {
		for _, s := range scenes {
			if s.name == name {
				do = s.play
			}
		}
	}
	if do == nil {
		fmt.Fprintf(os.Stderr, "nobody plays %q\n", name)
		os.Exit(2)
	}
	do(root)
	os.Exit(0)
}

// player starts the program again, as another process that plays something.
func player(ctx context.Context, name, root string) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, self)
	c.Env = append(os.Environ(), playEnv+"="+name, rootEnv+"="+root)
	return c, nil
}

var players = map[string]func(root string){
	"writer": playWriter,
	"trier":  playTrier,
	"full":   playFull,
}

// evening is when the recorded scenes begin: a Sunday late in a month.
var evening = time.Date(2026, 11, 22, 22, 30, 0, 0, time.FixedZone("", 3600))

// actor is somebody who uses a store and says each thing that was acknowledged.
type actor struct {
	*store.Store
	root, home string
	now        time.Time
	mint       journal.Mint
	n          int
	// hears takes in what is said too, where the actor is its own judge.
	hears *claims
}

func newActor(root, home string, at time.Time) *actor {
	a := &actor{root: root, home: home, now: at}
	a.Store = openStore(filepath.Join(root, home), func() time.Time { return a.now }, nil)
	return a
}

// say tells one line about the actor's folder, in one call that no fault is
// ever put into.
func (a *actor) say(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	if verb, _, _ := strings.Cut(line, " "); a.hears != nil && owing[verb] {
		if err := a.hears.hear(line); err != nil {
			panic(err)
		}
	}
	line = a.home + " " + line + "\n"
	if _, err := unix.Writev(1, [][]byte{[]byte(line)}); err != nil {
		os.Exit(3)
	}
}

// owing are the words by which claims are made.
var owing = map[string]bool{"together": true, "try": true, "kept": true, "losing": true, "gone": true, "note": true}

func (a *actor) must(err error) {
	if err != nil {
		a.say("error %v", err)
		os.Exit(1)
	}
}

// make makes facts and says that they are about to be recorded.
func (a *actor) make(n int) []journal.Entry {
	var made []journal.Entry
	a.say("together")
	for range n {
		a.n++
		a.now = a.now.Add(time.Second)
		pain := a.n % 11
		fact := journal.Fact(journal.Cramped{Side: "left", Muscle: "calf", Pain: &pain, Note: strings.Repeat("a note ", a.n%9)})
		if a.n%3 == 0 {
			fact = journal.Ticked{Item: fmt.Sprint("glass-", a.n), List: journal.WaterList, ML: 250}
		}
		e := journal.New(&a.mint, journal.DefaultCalendar, a.now, a.now, fact)
		made = append(made, e)
		a.say("try %s", encode(e))
	}
	return made
}

func encode(e journal.Entry) string {
	line, err := journal.Encode(e)
	if err != nil {
		panic(err)
	}
	return strings.TrimSpace(string(line))
}

func (a *actor) told(verb string, entries []journal.Entry) {
	for _, e := range entries {
		a.say("%s %s", verb, e.ID)
	}
}

// add appends so many facts in one call.
func (a *actor) add(n int) []journal.Entry {
	made := a.make(n)
	_, err := a.Append(context.Background(), made...)
	a.must(err)
	a.told("kept", made)
	return made
}

func (a *actor) drop(n int) {
	made := a.make(n)
	_, err := a.Drop(made...)
	a.must(err)
	a.told("kept", made)
}

func (a *actor) note(text string) {
	a.say("note try %s", text)
	a.must(a.Keep(context.Background(), noteName, []byte(text)))
	a.say("note kept %s", text)
}

func (a *actor) backUp(file string, o store.CopyOptions) string {
	file = filepath.Join(a.root, "out", file)
	_, err := a.BackUp(context.Background(), file, o)
	a.must(err)
	return file
}

func (a *actor) restore(file string, o store.RestoreOptions) {
	a.say("note open")
	done, err := a.Restore(context.Background(), file, o)
	if err == nil && !done.Done {
		err = errors.New("nothing was restored")
	}
	a.must(err)
}

func (a *actor) exchange(dir string) {
	x := shared.New(filepath.Join(a.root, a.home), a.Store, shared.Options{Clock: func() time.Time { return a.now }, Rand: rand.Reader, Version: "ordeal"})
	_, err := x.All(context.Background(), filepath.Join(a.root, dir))
	a.must(err)
}

// scene is something that is recorded and then replayed in every crash state.
type scene struct {
	name    string
	prepare func(root string) error // before the recording; what it leaves is on disk
	play    func(root string)
	perform func(ctx context.Context, s *stage) error // instead of play: with the real program
	// damaged says that the folder is broken to begin with: it may be refused,
	// and what a repair brings back must be there after each state.
	damaged bool
	homes   []string // none: mainHome
	shared  string   // the folder that the homes exchange through
}

var scenes = []scene{
	{name: "the first facts", play: func(root string) {
		a := newActor(root, mainHome, evening)
		for i := range 6 {
			a.add(1 + 2*(i%2))
			a.note(fmt.Sprint("unfinished ", i))
		}
	}},
	{name: "twelve days", play: func(root string) {
		a := newActor(root, mainHome, evening)
		for range 12 {
			a.add(2)
			a.add(1)
			a.now = a.now.AddDate(0, 0, 1)
		}
	}},
	{name: "the inbox", play: func(root string) {
		a := newActor(root, mainHome, evening)
		a.drop(1)
		a.add(1)
		a.drop(2)
		a.drop(1)
		a.note("unfinished")
		a.drop(3)
		_, err := a.History(context.Background())
		a.must(err)
		a.drop(1)
	}},
	{name: "backups", play: func(root string) {
		a := newActor(root, mainHome, evening)
		a.add(9)
		a.backUp("x.db", store.CopyOptions{})
		a.backUp("x.jsonl", store.CopyOptions{Plain: true})
		a.add(1)
		a.backUp("x.db", store.CopyOptions{Replace: true})
		a.add(1)
	}},
	{name: "restores", play: playRestores},
	{name: "an exchange", play: playExchange, homes: []string{mainHome, "two"}, shared: "shared"},
	{name: "a file of the first format", prepare: firstFormat, play: func(root string) {
		a := newActor(root, mainHome, evening.AddDate(1, 0, 1))
		_, err := a.History(context.Background())
		a.must(err)
		a.add(1)
		a.add(2)
	}},
	{name: "a repair from the journal", damaged: true, prepare: spoiledDatabase, play: playRepair},
	{name: "a repair of the journal", damaged: true, prepare: spoiledSegment, play: playRepair},
	{name: "a repair of what is left", damaged: true, prepare: bareDatabase, play: playRepair},
}

func playRestores(root string) {
	a := newActor(root, mainHome, evening)
	a.add(8)
	old := a.backUp("a.db", store.CopyOptions{})
	newer := a.add(3)
	all := a.backUp("b.jsonl", store.CopyOptions{Plain: true})
	a.told("losing", newer)
	a.restore(old, store.RestoreOptions{Lose: true})
	a.told("gone", newer)
	a.add(2)
	a.told("losing", newer)
	a.restore(all, store.RestoreOptions{Keep: true})
	a.told("kept", newer)
	a.add(1)
}

func playExchange(root string) {
	a, b := newActor(root, mainHome, evening), newActor(root, "two", evening)
	for range 3 {
		a.add(2)
		b.add(1)
		a.exchange("shared")
		b.exchange("shared")
		a.now, b.now = a.now.AddDate(0, 0, 1), b.now.AddDate(0, 0, 1)
	}
	a.exchange("shared")
}

func playRepair(root string) {
	a := newActor(root, mainHome, evening.AddDate(0, 0, 1))
	done, err := a.Repair(context.Background())
	if err == nil && !done.Needed {
		err = errors.New("nothing was repaired")
	}
	a.must(err)
	a.add(1)
	a.add(2)
}

// silently lets an actor of this very process fill a folder.
func filled(root string, n int) error {
	a := newActor(root, mainHome, evening)
	for i := range n {
		at := evening.Add(time.Duration(i) * time.Minute)
		e := journal.New(&a.mint, journal.DefaultCalendar, at, at, journal.Cramped{Note: fmt.Sprint("cramp ", i)})
		if _, err := a.Append(context.Background(), e); err != nil {
			return err
		}
	}
	return nil
}

func firstFormat(root string) error {
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "lull/store").Output()
	if err != nil {
		return fmt.Errorf("find the fixtures, which are among the sources of lull; run it there: %w", err)
	}
	return copyFolder(filepath.Join(root, mainHome), filepath.Join(strings.TrimSpace(string(out)), "testdata", "format-1"))
}

func spoiledDatabase(root string) error {
	if err := filled(root, 25); err != nil {
		return err
	}
	return change(filepath.Join(root, mainHome, "lull.db"), func(b []byte) []byte { return b[:len(b)/2] })
}

func spoiledSegment(root string) error {
	if err := filled(root, 25); err != nil {
		return err
	}
	names, err := filepath.Glob(filepath.Join(root, mainHome, "journal", "*", "*.jsonl"))
	if err != nil || len(names) != 1 {
		return fmt.Errorf("segments are %q, %w", names, err)
	}
	return change(names[0], func(b []byte) []byte {
		b[len(b)/2] ^= 4
		return b
	})
}

// bareDatabase leaves half a database and an early backup, and no journal.
func bareDatabase(root string) error {
	if err := spoiledDatabase(root); err != nil {
		return err
	}
	return os.RemoveAll(filepath.Join(root, mainHome, "journal"))
}

func change(file string, how func([]byte) []byte) error {
	b, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, how(b), 0o600)
	}
	return err
}

// playWriter appends facts for ever, one or three in a call. A file that is
// damaged or held is tried again: others repair it.
func playWriter(root string) {
	a := newActor(root, mainHome, now())
	for {
		made := a.make(1 + 2*(a.n%2))
		for {
			_, err := a.Append(context.Background(), made...)
			if err == nil {
				break
			}
			if !errors.Is(err, journal.ErrDamaged) {
				a.must(err)
			}
			time.Sleep(2 * time.Millisecond)
		}
		a.told("kept", made)
	}
}
