package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func (k *kit) drop(entries ...journal.Entry) (file string) {
	k.t.Helper()
	file, err := k.Drop(entries...)
	if err != nil {
		k.t.Fatal(err)
	}
	return file
}

func mustBeGone(t *testing.T, file string) {
	t.Helper()
	if _, err := os.Lstat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there: %v", file, err)
	}
}

// hold has another process keep the lock until the function it returns is called.
func (k *kit) hold() (pid int, release func()) {
	k.t.Helper()
	holder := child(k.t, "holder", k.dir)
	in, err := holder.StdinPipe()
	out, err2 := holder.StdoutPipe()
	if err := errors.Join(err, err2, holder.Start()); err != nil {
		k.t.Fatal(err)
	}
	if said, err := bufio.NewReader(out).ReadString('\n'); said != "held\n" {
		k.t.Fatalf("%q, %v", said, err)
	}
	return holder.Process.Pid, func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, out)
		if err := holder.Wait(); err != nil {
			k.t.Error(err)
		}
	}
}

func TestWhatIsDroppedWhileTheFileIsBusyIsTakenInOnce(t *testing.T) {
	k := newKit(t)
	facts := k.some(2)
	_, release := k.hold()
	k.opts.Wait = 20 * time.Millisecond
	cramp := k.At(3, journaltest.Cramp(8))
	_, err := k.Append(ctx, cramp)
	mustFail(t, err, journal.ErrBusy)
	revision := k.Revise(cramp, map[string]any{"pain": 2})
	file := k.drop(cramp, revision)
	if filepath.Dir(file) != k.path(inboxName) {
		t.Errorf("it lies in %s", file)
	}
	text := read(t, file)
	release()
	k.opts.Wait = defaultWait
	if r := k.report(); r.Waiting != 1 || !r.Sound() {
		t.Errorf("check says %+v", r)
	}
	e, _, err := k.Find(ctx, cramp.ID) // a reading takes it in
	if err != nil || *e.Fact.(journal.Cramped).Pain != 2 {
		t.Errorf("it is %+v, %v", e, err)
	}
	mustBeGone(t, file)
	write(t, file, text) // as if a crash had come before it was taken away
	k.mustHave(append(facts, cramp, revision))
	mustBeGone(t, file)
}

func TestWhatIsDroppedBesideADamagedFileIsThereOnceItIsRepaired(t *testing.T) {
	k := newKit(t)
	facts := k.some(3)
	write(t, k.path(dbName), []byte("garbage"))
	facts = append(facts, k.At(9, journaltest.Cramp(3)))
	file := k.drop(facts[3])
	_, err := k.History(ctx)
	mustFail(t, err, journal.ErrDamaged)
	if done, err := k.Repair(ctx); err != nil || !done.Needed || done.Facts != 4 {
		t.Errorf("%+v, %v", done, err)
	}
	k.mustHave(facts)
	mustBeGone(t, file)
}

func TestTheVeryFirstFactMayBeDropped(t *testing.T) {
	k := newKit(t)
	e := k.At(0, journal.Quiet{})
	k.drop(e)
	k.mustHave([]journal.Entry{e})
	if n, err := k.Append(ctx, e); n != 0 || err != nil {
		t.Errorf("the same again: %d, %v", n, err)
	}
}

func TestWhereTheFolderTakesNothingTheSpareOneDoes(t *testing.T) {
	k := newKit(t)
	facts := k.some(1)
	write(t, k.path(inboxName), []byte("in the way"))
	e := k.At(2, journal.Quiet{})
	_, err := k.Drop(e)
	mustFail(t, err, nil, k.path(inboxName), "needs a folder")
	k.opts.Spare = filepath.Join(t.TempDir(), "spare")
	file := k.drop(e)
	if filepath.Dir(file) != filepath.Join(k.opts.Spare, inboxName) {
		t.Errorf("it lies in %s", file)
	}
	k.mustHave(append(facts, e))
	mustBeGone(t, file)
}

func TestASpoiledDropCostsOnlyItsOwnLine(t *testing.T) {
	k := newKit(t)
	facts := k.some(1)
	a, b := k.At(2, journal.Quiet{}), k.At(3, journal.Quiet{})
	file, other := k.drop(a), k.drop(b)
	text := read(t, file)
	text[len(text)/2] ^= 1
	write(t, file, text)
	k.mustHave(append(facts, b))
	k.mustWarn("could not be read; it is kept as " + file + unread)
	mustBeGone(t, file)
	mustBeGone(t, other)
	if string(read(t, file+unread)) != string(text) {
		t.Error("what could not be read is not kept as it was")
	}
}

func TestNothingIsDroppedWhereOthersCouldChangeIt(t *testing.T) {
	k := newKit(t)
	k.some(1)
	if err := os.Chmod(k.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := k.Drop(k.At(0, journal.Quiet{}))
	if os.PathSeparator == '/' {
		mustFail(t, err, nil, "can be changed by others")
	}
	if err := os.Chmod(k.dir, 0o700); err != nil {
		t.Fatal(err)
	}
}

func TestWhoHoldsTheLockIsNamed(t *testing.T) {
	if _, err := os.Stat("/proc/locks"); err != nil {
		t.Skip("this system does not tell who holds a lock")
	}
	k := newKit(t)
	k.some(1)
	pid, release := k.hold()
	defer release()
	k.opts.Wait = 20 * time.Millisecond
	_, err := k.History(ctx)
	mustFail(t, err, journal.ErrBusy, fmt.Sprintf("is held by process %d (store.test", pid))
}
