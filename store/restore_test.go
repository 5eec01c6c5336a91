package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// backUp writes a backup of what there is.
func (k *kit) backUp(name string, plain bool) string {
	k.t.Helper()
	file := filepath.Join(k.t.TempDir(), name)
	done, err := k.BackUp(ctx, file, CopyOptions{Plain: plain})
	if err != nil || done.Path != file || done.Facts != len(k.all()) || done.Bytes != int64(len(read(k.t, file))) {
		k.t.Fatalf("%+v, %v", done, err)
	}
	return file
}

func (k *kit) restore(file string, o RestoreOptions) Restored {
	k.t.Helper()
	done, err := k.Restore(ctx, file, o)
	if err != nil {
		k.t.Fatal(err)
	}
	return done
}

func ids(entries []journal.Entry) (all []journal.ID) {
	for _, e := range entries {
		all = append(all, e.ID)
	}
	slices.SortFunc(all, journal.ID.Compare)
	return all
}

var bothForms = map[string]bool{"lull.db": false, "lull.jsonl": true}

func TestABackupIsRestoredInAnEmptyFolder(t *testing.T) {
	for name, plain := range bothForms {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			facts := k.some(12)
			facts = append(facts, k.add(k.Line("dreamt", 4), k.Withdraw(facts[3]), k.Revise(facts[4], map[string]any{"pain": 1}))...)
			file := k.backUp(name, plain)
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("it is %v, %v", info.Mode(), err)
			}
			other := newKit(t)
			done := other.restore(file, RestoreOptions{})
			if !done.Done || done.Facts != len(facts) || len(done.Newer) > 0 || !slices.Equal(ids(done.Gained), ids(facts)) {
				t.Errorf("%+v", done)
			}
			other.mustHave(facts)
			if done := other.restore(file, RestoreOptions{}); done.Done || len(done.Gained) > 0 {
				t.Errorf("a second time: %+v", done)
			}
		})
	}
}

func TestNewerFactsAreNotLostWithoutAWord(t *testing.T) {
	for name, plain := range bothForms {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			facts := k.some(12)
			file := k.backUp(name, plain)
			newer := k.add(k.At(200, journal.Quiet{}), k.At(201, journaltest.Cramp(2)))
			before := tree(t, k.dir)
			for _, o := range []RestoreOptions{{}, {Look: true}, {Look: true, Lose: true}} {
				if done := k.restore(file, o); done.Done || len(done.Gained) > 0 || !slices.Equal(ids(done.Newer), ids(newer)) {
					t.Errorf("%+v: %+v", o, done)
				}
			}
			k.mustHave(append(facts, newer...))
			done := k.restore(file, RestoreOptions{Lose: true})
			if !done.Done || done.Aside == "" {
				t.Errorf("%+v", done)
			}
			mustKeepAllBytes(t, k.dir, before)
			k.mustHave(facts)
			k.again().mustHave(facts)
			if done, err := k.Repair(ctx); err != nil || done.Needed {
				t.Errorf("a repair brings them back: %+v, %v", done, err)
			}
			k.remove(dbName)
			k.mustHave(facts) // also from the journal
			next := k.add(k.At(300, journal.Quiet{}))
			k.mustHave(append(facts, next...))
		})
	}
}

func TestNewerFactsMayBeKept(t *testing.T) {
	k := newKit(t)
	facts := k.some(12)
	file := k.backUp("lull.db", false)
	k.remove(dbName, journalName, backupsName)
	newer := k.add(k.At(200, journal.Quiet{}))
	if done := k.restore(file, RestoreOptions{}); done.Done || len(done.Gained) != 12 || len(done.Newer) != 1 {
		t.Errorf("%+v", done)
	}
	k.mustHave(newer)
	if err := k.Keep(ctx, "session", []byte("unfinished")); err != nil {
		t.Fatal(err)
	}
	if done := k.restore(file, RestoreOptions{Keep: true}); !done.Done {
		t.Errorf("%+v", done)
	}
	k.mustHave(append(facts, newer...))
	if note, err := k.Kept(ctx, "session"); string(note) != "unfinished" || err != nil {
		t.Errorf("kept %q, %v", note, err)
	}
}

func TestADamagedFileIsRestoredToo(t *testing.T) {
	k := newKit(t)
	facts := k.some(12)
	file := k.backUp("lull.db", false)
	k.remove(journalName, backupsName)
	garbage := bytes.Repeat([]byte{7}, 9000)
	write(t, k.path(dbName), garbage)
	done := k.restore(file, RestoreOptions{})
	k.mustHave(facts)
	if !bytes.Equal(read(t, filepath.Join(done.Aside, dbName)), garbage) {
		t.Error("what was there is not kept")
	}
}

func TestARestoreRefusesWhatItCannotTrust(t *testing.T) {
	k := newKit(t)
	k.some(40)
	whole := read(t, k.backUp("lull.db", false))
	lines := read(t, k.backUp("lull.jsonl", true))
	spoiled := bytes.Clone(whole)
	spoiled[bytes.Index(spoiled, []byte(`"pain"`))] ^= 1
	dir := t.TempDir()
	for _, c := range []struct {
		name, words string
		text        []byte
		kind        error
	}{
		{"spoiled", "cannot be read", spoiled, journal.ErrDamaged},
		{"short", "its end is cut off", whole[:5*boltPage], journal.ErrDamaged},
		{"empty", "0 bytes long", nil, journal.ErrDamaged},
		{"garbage", "neither of its two first pages", []byte("garbage"), journal.ErrDamaged},
		{"half a line", "line 40", lines[:len(lines)-9], journal.ErrDamaged},
	} {
		file := filepath.Join(dir, c.name)
		write(t, file, c.text)
		before := tree(t, k.dir)
		_, err := k.Restore(ctx, file, RestoreOptions{Lose: true})
		mustFail(t, err, c.kind, c.words, file, "nothing was changed")
		if after := tree(t, k.dir); len(after) != len(before) || after[k.path(dbName)] != before[k.path(dbName)] {
			t.Errorf("%s: files were changed", c.name)
		}
	}
	_, err := k.Restore(ctx, filepath.Join(dir, "none"), RestoreOptions{})
	mustFail(t, err, fs.ErrNotExist, "none")
	_, err = k.Restore(ctx, dir, RestoreOptions{})
	mustFail(t, err, journal.ErrDamaged, "it is a folder")
	_, err = k.Restore(ctx, k.path(dbName), RestoreOptions{})
	mustFail(t, err, nil, "the file in use")
}

func TestABackupOfANewerLullIsRefused(t *testing.T) {
	k := newKit(t)
	k.some(3)
	later := openKit(t, filepath.Join(t.TempDir(), "lull"))
	later.some(2)
	file := later.newer(3).backUp("lull.db", false)
	_, err := k.Restore(ctx, file, RestoreOptions{})
	mustFail(t, err, journal.ErrTooNew, file)
}

func TestAFileOfANewerLullIsNotRestoredOver(t *testing.T) {
	k := newKit(t)
	k.broken = true
	k.some(2)
	file := k.backUp("lull.db", false)
	k.newer(3).some(1)
	before := read(t, k.path(dbName))
	for _, o := range []RestoreOptions{{}, {Keep: true}, {Lose: true}} {
		_, err := k.Restore(ctx, file, o)
		mustFail(t, err, journal.ErrTooNew, k.path(dbName), "lull 2.0.0")
	}
	if !bytes.Equal(read(t, k.path(dbName)), before) {
		t.Error("it was changed")
	}
}

func TestARestoreThatIsCutShortLosesNothing(t *testing.T) {
	k := newKit(t)
	facts := k.some(12)
	file := k.backUp("lull.db", false)
	newer := k.add(k.At(200, journal.Quiet{}))
	k.stopAt("swap")
	if _, err := k.Restore(ctx, file, RestoreOptions{Lose: true}); !errors.Is(err, errStop) {
		t.Fatal(err)
	}
	k.testOnlyStep = nil
	k.mustHave(append(facts, newer...))
	k.restore(file, RestoreOptions{Lose: true})
	k.mustHave(facts)
}

func TestABackupIsNotWrittenWhereItShouldNot(t *testing.T) {
	k := newKit(t)
	dir := t.TempDir()
	_, err := k.BackUp(ctx, filepath.Join(dir, "x.db"), CopyOptions{})
	mustFail(t, err, ErrNothing, "nothing to back up")
	k.some(3)
	there, settings := filepath.Join(dir, "there"), k.path("config.toml")
	write(t, there, []byte("mine"))
	write(t, settings, []byte("plain = true"))
	k.opts.Own = []string{settings, k.path("routines")}
	for _, folder := range []string{"routines", exchangeName} {
		if err := os.Mkdir(k.path(folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		file    string
		replace bool
		words   string
	}{
		{there, false, "--force"},
		{dir, true, "it is a folder"},
		{filepath.Join(dir, "none", "x.db"), false, "does not exist; make it first"},
		{filepath.Join(there, "x.db"), false, "is a file, not a folder"},
		{k.path(dbName), true, "lull keeps its data in"},
		{k.path(lockName), true, "lull keeps its data in"},
		{k.path(backupsName + "/mine.db"), false, "lull keeps its data in"},
		{k.path(journalName + "/mine.db"), false, "lull keeps its data in"},
		{settings, true, "lull keeps its data in"},
		{k.path("Config.TOML"), true, "lull keeps its data in"},
		{k.path("routines/mine.db"), false, "lull keeps its data in"},
		{k.path(exchangeName + "/lock"), true, "lull keeps its data in"},
	} {
		before := tree(t, k.dir)
		_, err := k.BackUp(ctx, c.file, CopyOptions{Replace: c.replace})
		mustFail(t, err, nil, c.words, c.file)
		if len(tree(t, k.dir)) != len(before) {
			t.Errorf("%s: something was left behind", c.file)
		}
	}
	if got := string(read(t, there)); got != "mine" || len(tree(t, dir)) != 1 {
		t.Errorf("there is %q among %v", got, tree(t, dir))
	}
	if _, err := k.BackUp(ctx, there, CopyOptions{Replace: true}); err != nil {
		t.Error(err)
	}
	if r, err := checkBackup(there); err != nil || r.Damage != "" {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := k.BackUp(ctx, k.path("mine.db"), CopyOptions{}); err != nil {
		t.Errorf("beside lull's own: %v", err)
	}
}

func TestABackupOfASpoiledFileIsOfTheMendedOne(t *testing.T) {
	k := newKit(t)
	facts := k.some(40)
	db := read(t, k.path(dbName))
	old := journaltest.Lines(t, facts[:1])[0]
	write(t, k.path(dbName), bytes.Replace(db, []byte(old), []byte(strings.ToUpper(old)), 1))
	id, _, _, err := observeDB(k)
	if err != nil {
		t.Fatal(err)
	}
	vouch(t, k, id)
	file := k.backUp("lull.db", false)
	k.mustWarn("could not be read")
	other := newKit(t)
	other.restore(file, RestoreOptions{})
	other.mustHave(facts)
}

// A backup is what there was at one moment, whoever writes meanwhile.
func TestABackupIsOfOneMoment(t *testing.T) {
	k := newKit(t)
	k.some(3)
	stop := make(chan struct{})
	over := make(chan struct{})
	go func() {
		defer close(over)
		m := journaltest.NewMaker(t, 77)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if _, err := k.Append(ctx, m.At(float64(i), journaltest.Drink(i)), m.At(float64(i), journaltest.Cramp(1))); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	for i := range 10 {
		file := filepath.Join(t.TempDir(), "x.db")
		done, err := k.BackUp(ctx, file, CopyOptions{Plain: i%2 == 1})
		if err != nil || done.Facts%2 != 1 {
			t.Errorf("%+v, %v", done, err)
		}
		time.Sleep(time.Millisecond)
	}
	close(stop)
	<-over
}
