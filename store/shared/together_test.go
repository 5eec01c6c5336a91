package shared

import (
	"sync"
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func TestManyAtOnceLoseAndDoubleNothing(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	const each = 12
	var facts [4][]journal.Entry
	for i := range facts {
		h := []*home{a, b}[i%2]
		for n := range each {
			facts[i] = append(facts[i], h.At(float64(n), journaltest.Cramp(n%11)))
		}
	}
	var all sync.WaitGroup
	for i, mine := range facts {
		h := []*home{a, b}[i%2]
		all.Go(func() {
			for _, e := range mine {
				if _, err := h.Append(ctx, e); err != nil {
					t.Error(err)
				}
				if _, err := h.Glance(ctx, f); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for _, h := range []*home{a, b, a} {
		h.meet(f)
	}
	if n := len(a.lines()); n != len(facts)*each {
		t.Errorf("there are %d facts of %d", n, len(facts)*each)
	}
	same(t, a, b)
	a.wants(f, 0, 0, 0, 0)
	b.wants(f, 0, 0, 0, 0)
}
