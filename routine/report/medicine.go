package report

import (
	"cmp"
	"slices"

	"lull/routine/journal"
	"lull/routine/say"
)

// mostMedicines is how many are named on the page.
const mostMedicines = 8

// medicine is one the person typed, with the letter it has on the page.
type medicine struct {
	journal.Medicine
	letter string
}

// medicines are those of a page, by their first day, and how many it leaves
// out. Those taken during its nights come before those that ended earlier, and
// of these the latest.
func medicines(all []journal.Medicine, from, to journal.Date) (taken []medicine, left int) {
	begun := slices.DeleteFunc(slices.Clone(all), func(m journal.Medicine) bool { return m.From > to })
	slices.SortStableFunc(begun, func(a, b journal.Medicine) int {
		return cmp.Or(cmp.Compare(ended(a, from), ended(b, from)), cmp.Compare(b.From, a.From))
	})
	left = max(len(begun)-mostMedicines, 0)
	begun = begun[:len(begun)-left]
	slices.SortStableFunc(begun, func(a, b journal.Medicine) int { return cmp.Compare(a.From, b.From) })
	for i, m := range begun {
		taken = append(taken, medicine{m, string(rune('A' + i))})
	}
	return taken, left
}

// ended is 1 for a medicine that was stopped before the day, else 0.
func ended(m journal.Medicine, before journal.Date) int {
	if m.To != nil && *m.To < before {
		return 1
	}
	return 0
}

func (m medicine) days() string {
	if m.To == nil {
		return say.Text("since %s", day(m.From))
	}
	return say.Text("%s to %s", day(m.From), day(*m.To))
}
