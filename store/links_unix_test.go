//go:build unix

package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"lull/routine/journal"
)

// A link among lull's own files leads somewhere that is not lull's: nothing is
// written through it.
func TestNothingIsWrittenThroughALink(t *testing.T) {
	const mine = "a letter to my mother\n"
	for name, place := range map[string]func(*kit) string{
		"lock":        func(k *kit) string { return k.path(lockName) },
		"segment":     (*kit).segmentFile,
		"database":    func(k *kit) string { return k.path(dbName) },
		"unfinished":  func(k *kit) string { return k.path(dbName + unfinished) },
		"device":      func(k *kit) string { return filepath.Join(k.path(journalName), deviceName) },
		"device, new": func(k *kit) string { return filepath.Join(k.path(journalName), deviceName+unfinished) },
	} {
		for _, there := range []bool{true, false} {
			k := openKit(t, filepath.Join(t.TempDir(), "lull"))
			k.some(1)
			target := filepath.Join(t.TempDir(), "letter")
			if there {
				write(t, target, []byte(mine))
			}
			link := place(k)
			if err := os.Remove(link); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			if err := os.Symlink(target, link); err != nil {
				t.Fatal(err)
			}
			_, _ = k.Append(ctx, k.At(1, journal.Quiet{}))
			_, _ = k.Repair(ctx)
			_, _ = k.Drop(k.At(2, journal.Quiet{}))
			_, _ = k.Append(ctx, k.At(3, journal.Quiet{}))
			text, err := os.ReadFile(target)
			if there && string(text) != mine || !there && err == nil {
				t.Errorf("%s, there %v: behind the link stands %q", name, there, text)
			}
		}
	}
}

// A folder that stands in the place of one of lull's and is a link, or that
// others may change, is refused with the way out.
func TestFoldersBelowAreGuardedToo(t *testing.T) {
	for _, name := range []string{journalName, backupsName, inboxName, asideName, exchangeName} {
		k := openKit(t, filepath.Join(t.TempDir(), "lull"))
		k.some(1)
		if err := os.MkdirAll(k.path(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(k.path(name), 0o777); err != nil {
			t.Fatal(err)
		}
		for _, call := range everyCall(k) {
			mustFail(t, call(), nil, "can be changed by others", "chmod go-w "+k.path(name))
		}
		if err := os.Chmod(k.path(name), 0o755); err != nil {
			t.Fatal(err)
		}
		k.some(1)
		elsewhere := filepath.Join(t.TempDir(), "elsewhere")
		if err := os.Rename(k.path(name), elsewhere); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(elsewhere, k.path(name)); err != nil {
			t.Fatal(err)
		}
		for _, call := range everyCall(k) {
			mustFail(t, call(), nil, k.path(name)+" is a link", "mv")
		}
	}
}

// The folder of a machine in the journal is one's own too: behind a link nothing
// is written, and a file that is lost is not rebuilt without what lies there.
func TestAMachinesFolderBehindALinkIsRefused(t *testing.T) {
	k := newKit(t)
	facts := k.some(3)
	segment := k.segmentFile()
	machine, elsewhere := filepath.Dir(segment), filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Rename(machine, elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, machine); err != nil {
		t.Fatal(err)
	}
	behind := filepath.Join(elsewhere, filepath.Base(segment))
	before := read(t, behind)
	_, err := k.Append(ctx, k.At(4, journal.Quiet{}))
	mustFail(t, err, nil, machine+" is a link", "mv")
	k.remove(dbName)
	_, err = k.again().History(ctx)
	mustFail(t, err, nil, machine+" is a link", "mv")
	if got := read(t, behind); !bytes.Equal(got, before) {
		t.Errorf("behind the link stands %q", got)
	}
	if err := os.Remove(machine); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(elsewhere, machine); err != nil {
		t.Fatal(err)
	}
	k.again().mustHave(facts)
}

// So are the folder of facts whose machine has no name, and one that others may
// write in.
func TestNoFolderOfTheJournalIsAnothers(t *testing.T) {
	k := newKit(t)
	facts := k.some(1)
	came := k.At(1, journal.Quiet{})
	if _, err := k.Receive(ctx, "", told(t, came)); err != nil {
		t.Fatal(err)
	}
	facts = append(facts, came)
	dir, away := filepath.Join(k.path(journalName), elsewhere), filepath.Join(t.TempDir(), "away")
	if err := os.Rename(dir, away); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(away, dir); err != nil {
		t.Fatal(err)
	}
	k.remove(dbName)
	_, err := k.again().History(ctx)
	mustFail(t, err, nil, dir+" is a link", "mv")
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(away, dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	_, err = k.again().History(ctx)
	mustFail(t, err, nil, "chmod go-w "+dir)
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	k.again().mustHave(facts)
}

// What cannot wait is kept in a folder that can be trusted, whatever is wrong with
// the others.
func TestWhatIsWrongWithOtherFoldersKeepsNothingOutOfTheInbox(t *testing.T) {
	k := newKit(t)
	facts := k.some(1)
	away := filepath.Join(t.TempDir(), "away")
	if err := errors.Join(os.Rename(k.path(backupsName), away), os.Symlink(away, k.path(backupsName))); err != nil {
		t.Fatal(err)
	}
	_, err := k.History(ctx)
	mustFail(t, err, nil, "is a link")
	facts = append(facts, k.At(1, journal.Quiet{}))
	if file := k.drop(facts[1]); filepath.Dir(file) != k.path(inboxName) {
		t.Errorf("it lies in %s", file)
	}
	if err := errors.Join(os.Remove(k.path(backupsName)), os.Chmod(k.dir, 0o777)); err != nil {
		t.Fatal(err)
	}
	k.opts.Spare = filepath.Join(t.TempDir(), "spare")
	facts = append(facts, k.At(2, journal.Quiet{}))
	if file := k.drop(facts[2]); filepath.Dir(file) != filepath.Join(k.opts.Spare, inboxName) {
		t.Errorf("it lies in %s", file)
	}
	if err := os.Chmod(k.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	k.mustHave(facts)
}

// A pipe where a file is expected never has anybody wait for its other end.
func TestAPipeIsNotWaitedFor(t *testing.T) {
	for name, place := range map[string]func(*kit) string{
		"segment":  (*kit).segmentFile,
		"database": func(k *kit) string { return k.path(dbName) },
		"lock":     func(k *kit) string { return k.path(lockName) },
		"inbox": func(k *kit) string {
			return filepath.Join(k.path(inboxName), "01a202f0-1c20-7000-8000-000000000001"+segmentSuffix)
		},
		"device": func(k *kit) string { return filepath.Join(k.path(journalName), deviceName) },
	} {
		t.Run(name, func(t *testing.T) {
			k := openKit(t, filepath.Join(t.TempDir(), "lull"))
			k.some(1)
			path := place(k)
			_ = os.MkdirAll(filepath.Dir(path), 0o700)
			_ = os.Remove(path)
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Skip("no pipes here: ", err)
			}
			for _, call := range everyCall(k) {
				_ = call()
			}
		})
	}
}

func TestAPipeIsNotRestoredFromNorWaitedFor(t *testing.T) {
	k := newKit(t)
	k.some(1)
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no pipes here: ", err)
	}
	_, err := k.Restore(ctx, pipe, RestoreOptions{})
	mustFail(t, err, journal.ErrDamaged, "not an ordinary file", "nothing was changed")
}

// A line that would be too long if it were written so that a terminal may show
// it is written as it is: a backup gives every fact back.
func TestABackupOfALineThatIsNearlyTooLongComesBack(t *testing.T) {
	k := newKit(t)
	e := k.At(0, journal.Quiet{})
	line, err := journal.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	line = []byte(strings.Replace(string(line), `"quiet"`, `"zz","x":"`+strings.Repeat("\u202e", 20_000)+`"`, 1))
	e, err = journal.Decode(line, journal.DefaultCalendar)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Append(ctx, e); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "plain.jsonl")
	if _, err := k.BackUp(ctx, file, CopyOptions{Plain: true}); err != nil {
		t.Fatal(err)
	}
	other := newKit(t)
	if _, err := other.Restore(ctx, file, RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	got, _, err := other.Find(ctx, e.ID)
	if back, _ := journal.Encode(got); err != nil || string(back) != string(line) {
		t.Errorf("%d bytes came back of %d, %v", len(back), len(line), err)
	}
}
