//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"lull/routine/journal"
	"lull/store"
)

// fault is one way in which a system call goes wrong.
type fault struct {
	call, how string
	when      string // which of the calls, as strace counts them: in each thread
}

func (f fault) String() string { return fmt.Sprintf("%s of %s, number %s", f.how, f.call, f.when) }

// Calls that are made to fail: of lull's own files alone, or of any.
var (
	faultCalls = []string{"write", "pwrite64", "fdatasync", "fsync", "ftruncate", "openat", "linkat", "unlinkat", "renameat", "mkdirat", "copy_file_range"}
	safeCalls  = []string{"pwrite64", "fdatasync", "fsync", "ftruncate", "linkat", "unlinkat", "renameat", "mkdirat"}
	faultHows  = []string{"error=ENOSPC", "error=EIO", "signal=KILL"}
	faultWhens = []string{"1", "2", "3", "4", "5", "6", "8", "10", "13", "17", "1+", "3+", "6+"}
)

func everyFault(calls, hows, whens []string) (all []fault) {
	for _, call := range calls {
		for _, how := range hows {
			for _, when := range whens {
				if how != "signal=KILL" || !strings.HasSuffix(when, "+") {
					all = append(all, fault{call, how, when})
				}
			}
		}
	}
	return all
}

// tries are more than a small program has threads: a fault that strace injects
// comes once in each thread, and a goroutine may meet it in one after the other.
const tries = 12

// playTrier goes on from what is in the folder, a day later, and tries each call
// a number of times; what cannot be appended is dropped.
func playTrier(root string) {
	a := newActor(root, mainHome, evening.AddDate(0, 0, 1))
	for i := range 5 {
		made := a.make(1 + 2*(i%2))
		a.patiently(made, func() error {
			_, err := a.Append(context.Background(), made...)
			return err
		})
	}
	made := a.make(1)
	a.patiently(made, func() error {
		_, err := a.Drop(made...)
		return err
	})
}

// patiently tries until it is acknowledged.
func (a *actor) patiently(made []journal.Entry, do func() error) {
	for range tries {
		err := do()
		if err == nil {
			a.told("kept", made)
			return
		}
		a.say("failed %s", strings.ReplaceAll(err.Error(), "\n", " "))
	}
}

// wayOn are the next steps that the errors of a disk name.
var wayOn = regexp.MustCompile("make room and try again|copy lull's folder to another disk|lull check --repair|lull import|try again")

// faults has the calls that make things durable fail, or end the process, at one
// point after the other, in the store and in the real verbs.
func faults(ctx context.Context, t *trial) []row {
	if _, err := exec.LookPath("strace"); err != nil {
		return []row{{name: "faults", skipped: "it needs strace"}}
	}
	old, fresh, verbs := row{name: "faults in a folder"}, row{name: "faults in a new folder"}, row{name: "faults under the verbs"}
	base := filepath.Join(t.dir, "base")
	if err := filled(base, 20); err != nil {
		old.broke("%v", err)
		return []row{old}
	}
	for _, f := range pick(everyFault(faultCalls, faultHows, faultWhens), t.each) {
		t.tryFault(ctx, base, f, &old)
	}
	for _, f := range pick(everyFault(safeCalls, faultHows, faultWhens), t.each) {
		t.tryFault(ctx, "", f, &fresh)
	}
	for _, f := range pick(everyFault(faultCalls, faultHows[:2], []string{"1", "2", "3", "5", "8", "1+"}), t.each) {
		for _, verb := range []string{"cramp", "drink"} {
			t.tryVerb(ctx, base, verb, f, &verbs)
		}
	}
	return []row{old, fresh, verbs}
}

// under runs a command with a fault. With only, it comes only in calls about
// what is in that folder, or is made there.
func (f fault) under(ctx context.Context, c *exec.Cmd, only string) *exec.Cmd {
	strace, _ := exec.LookPath("strace")
	args := []string{"-f", "-qq", "-o", "/dev/null", "-e", "trace=" + f.call, "-e", fmt.Sprintf("inject=%s:%s:when=%s", f.call, f.how, f.when)}
	if only != "" {
		for _, path := range pathsIn(only) {
			args = append(args, "-P", path)
		}
	}
	run := exec.CommandContext(ctx, strace, append(append(args, c.Path), c.Args[1:]...)...)
	run.Env = c.Env
	return run
}

// pathsIn are what is in a folder, and what lull makes there.
func pathsIn(home string) []string {
	paths := []string{home}
	_ = filepath.WalkDir(home, func(path string, _ os.DirEntry, err error) error {
		if err == nil {
			paths = append(paths, path)
		}
		return nil
	})
	made := []string{"lull.db", "inbox"}
	for _, day := range []time.Time{evening, evening.AddDate(0, 0, 1), now(), now().AddDate(0, 0, -1)} {
		stem := filepath.Join("backups", "lull-"+day.Format(time.DateOnly))
		made = append(made, stem+".db", stem+".jsonl")
	}
	for _, m := range made {
		paths = append(paths, filepath.Join(home, m), filepath.Join(home, m+".tmp"))
	}
	return paths
}

func (t *trial) tryFault(ctx context.Context, base string, f fault, r *row) {
	if ctx.Err() != nil {
		return
	}
	root := filepath.Join(t.dir, "fault")
	home := filepath.Join(root, mainHome)
	defer os.RemoveAll(root)
	owed := newClaims()
	owed.notes = map[string]bool{}
	err := os.MkdirAll(root, 0o700)
	only := ""
	if base != "" {
		only = home
		err = errors.Join(err, copyFolder(home, filepath.Join(base, mainHome)), owed.claimAll(home))
	}
	c, failed := player(ctx, "trier", root)
	if err = errors.Join(err, failed); err != nil {
		r.broke("%v", err)
		return
	}
	out, ended := f.under(ctx, c, only).Output()
	said := owed.without(string(out), "failed", func(text string) {
		r.add(1, "errors told")
		if !wayOn.MatchString(text) {
			r.broke("%s: no way on in %q", f, text)
		}
	})
	if err := owed.hearAll(said); err != nil || ended != nil && f.how != "signal=KILL" {
		r.broke("%s: %v, %v: %s", f, err, ended, out)
	}
	v := owed.judge(home, func() time.Time { return evening.AddDate(1, 0, 2) })
	r.outcome(f.String(), owed, v)
}

// claimAll claims what is in a folder.
func (c *claims) claimAll(home string) error {
	facts, err := factsOf(home, false)
	for id, line := range facts {
		c.facts[id] = claim{standing: kept, line: line}
	}
	return err
}

// without hands the lines of one kind out and gives the others, of the main home.
func (c *claims) without(out, kind string, each func(string)) string {
	var rest strings.Builder
	for line := range strings.Lines(out) {
		line = strings.TrimPrefix(line, mainHome+" ")
		if text, ok := strings.CutPrefix(line, kind+" "); ok {
			each(strings.TrimSpace(text))
			continue
		}
		rest.WriteString(line)
	}
	return rest.String()
}

func (r *row) outcome(name string, owed *claims, v verdict) {
	r.add(1, "trials")
	r.add(owed.count(kept), "facts acknowledged")
	if v.refused || v.alarmed {
		v.fault("it was refused, or called damaged")
	}
	for _, fault := range v.faults {
		r.broke("%s: %s", name, fault)
	}
}

// tryVerb records with the real program: it says that it did, or how to go on.
func (t *trial) tryVerb(ctx context.Context, base, verb string, f fault, r *row) {
	if ctx.Err() != nil {
		return
	}
	home := filepath.Join(t.dir, "fault", mainHome)
	defer os.RemoveAll(filepath.Dir(home))
	owed := newClaims()
	owed.notes = map[string]bool{}
	if err := errors.Join(copyFolder(home, filepath.Join(base, mainHome)), owed.claimAll(home)); err != nil {
		r.broke("%v", err)
		return
	}
	c := exec.CommandContext(ctx, t.lull, verb)
	c.Env = append(os.Environ(), "LULL_HOME="+home)
	out, err := f.under(ctx, c, home).CombinedOutput()
	if err != nil {
		r.add(1, "errors told")
		if !wayOn.Match(out) || slices.Contains([]string{"", "lull: \n"}, string(out)) {
			r.broke("%s under lull %s: no way on in %q", f, verb, out)
		}
	}
	added := 0
	owed.stranger = func(e journal.Entry) string {
		if note, _ := e.Fact.(journal.Cramped); note.Note != afterwards {
			added++
		}
		return ""
	}
	v := owed.judge(home, now)
	if added > 1 || err == nil && added != 1 {
		v.fault("it recorded %d: %s", added, out)
	}
	r.outcome(fmt.Sprintf("%s under lull %s", f, verb), owed, v)
}

// fullPlays are what is done on a file system with little room.
var fullPlays = []struct {
	name    string
	prepare func(a *actor)
	do      func(a *actor) error
}{
	{name: "a fact", prepare: func(a *actor) { a.add(9) }, do: func(a *actor) error { return a.append(3) }},
	{name: "the first fact", do: func(a *actor) error { return a.append(3) }},
	{name: "the first fact of a day", prepare: func(a *actor) {
		a.add(9)
		a.now = a.now.AddDate(0, 0, 1)
	}, do: func(a *actor) error { return a.append(3) }},
	{name: "what cannot wait", prepare: func(a *actor) { a.add(1) }, do: func(a *actor) error {
		made := a.make(2)
		_, err := a.Drop(made...)
		if err == nil {
			a.told("kept", made)
		}
		return err
	}},
	{name: "a backup", prepare: func(a *actor) { a.add(9) }, do: func(a *actor) error {
		_, err := a.BackUp(context.Background(), filepath.Join(a.root, "x.db"), store.CopyOptions{})
		return err
	}},
	{name: "a restore", prepare: restorable, do: func(a *actor) error {
		_, err := a.Restore(context.Background(), filepath.Join(a.root, "out", "x.db"), store.RestoreOptions{Lose: true})
		return err
	}},
	{name: "a restore that keeps", prepare: restorable, do: func(a *actor) error {
		_, err := a.Restore(context.Background(), filepath.Join(a.root, "out", "x.db"), store.RestoreOptions{Keep: true})
		return err
	}},
	{name: "a repair", prepare: func(a *actor) {
		a.add(9)
		a.must(change(filepath.Join(a.root, a.home, "lull.db"), func(b []byte) []byte { return b[:len(b)/2] }))
	}, do: func(a *actor) error {
		_, err := a.Repair(context.Background())
		return err
	}},
}

// restorable leaves a backup of facts that are withdrawn from the folder, and
// others that came later.
func restorable(a *actor) {
	a.must(os.MkdirAll(filepath.Join(a.root, "out"), 0o700))
	first := a.add(6)
	a.backUp("x.db", store.CopyOptions{})
	a.must(os.RemoveAll(filepath.Join(a.root, a.home)))
	a.told("losing", first) // until they are back they are in the file alone
	a.told("losing", a.add(3))
}

func (a *actor) append(n int) error {
	made := a.make(n)
	_, err := a.Append(context.Background(), made...)
	if err == nil {
		a.told("kept", made)
	}
	return err
}
