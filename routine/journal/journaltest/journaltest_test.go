package journaltest_test

import (
	"context"
	"errors"
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func TestMemKeepsThePromisesOfALog(t *testing.T) {
	journaltest.Run(t, func(*testing.T) journal.Log { return new(journaltest.Mem) })
}

func TestMemFailsWhenTold(t *testing.T) {
	var mem journaltest.Mem
	m := journaltest.NewMaker(t, 1)
	mem.Fail(journal.ErrFull)
	if n, err := mem.Append(context.Background(), m.At(0, journal.Quiet{})); n != 0 || !errors.Is(err, journal.ErrFull) {
		t.Errorf("append: %d, %v", n, err)
	}
	mem.Fail(nil)
	if h, err := mem.History(context.Background()); err != nil || len(h.Nights) != 0 {
		t.Errorf("history: %+v, %v", h, err)
	}
}
