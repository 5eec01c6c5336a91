package store

import (
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// What another machine wrote is none of this device's, in whatever order it came.
func TestWhatAnotherMachineWroteIsNotAmongOwnAppends(t *testing.T) {
	k, other := newKit(t), journaltest.NewMaker(t, 2)
	own, theirs := k.At(0, journaltest.Cramp(1)), other.At(1, journaltest.Cramp(2))
	if _, err := k.Append(ctx, own); err != nil {
		t.Fatal(err)
	}
	line, err := journal.Encode(theirs)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := k.Receive(ctx, "0123456789abcdef", []Line{{Seq: 1, JSON: line}}); err != nil || r.New != 1 {
		t.Fatal(r, err)
	}
	a, any, err := journal.NewestAction(ctx, k)
	if err != nil || !any || a.ID() != own.ID {
		t.Errorf("the newest action is %+v, %v, %v", a, any, err)
	}
	err = k.Hold(ctx, func(held journal.Log) error {
		a, any, err := journal.NewestAction(ctx, held)
		if !any || a.ID() != own.ID {
			t.Errorf("while the file is held it is %+v", a)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A restore brings the entries of every device. Undo leaves them alone, and goes on
// with what is recorded after it.
func TestWhatARestoreBroughtIsNotAmongOwnAppends(t *testing.T) {
	for name, plain := range bothForms {
		t.Run(name, func(t *testing.T) {
			k, other := newKit(t), journaltest.NewMaker(t, 2)
			if _, err := k.Append(ctx, k.At(0, journaltest.Cramp(1))); err != nil {
				t.Fatal(err)
			}
			line, err := journal.Encode(other.At(1, journaltest.Cramp(2)))
			if err != nil {
				t.Fatal(err)
			}
			if r, err := k.Receive(ctx, "0123456789abcdef", []Line{{Seq: 1, JSON: line}}); err != nil || r.New != 1 {
				t.Fatal(r, err)
			}
			file := k.backUp(name, plain)
			restored := newKit(t)
			restored.restore(file, RestoreOptions{})
			if a, any, err := journal.NewestAction(ctx, restored); err != nil || any {
				t.Errorf("the newest action is %+v, %v", a, err)
			}
			own := journaltest.NewMaker(t, 3).At(2, journaltest.Cramp(3))
			if _, err := restored.Append(ctx, own); err != nil {
				t.Fatal(err)
			}
			if a, any, err := journal.NewestAction(ctx, restored); err != nil || !any || a.ID() != own.ID {
				t.Errorf("after the restore the newest action is %+v, %v, %v", a, any, err)
			}
			if got := len(restored.all()); got != 3 {
				t.Errorf("%d entries are there, want 3", got)
			}
		})
	}
}
