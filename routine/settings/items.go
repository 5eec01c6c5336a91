package settings

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lull/routine/say"
)

// ErrNoName says that an item has no name.
var ErrNoName error = noName{}

type noName struct{}

func (noName) Error() string { return say.Text("type a name") }

// ParseItem reads "big mug 300": a name and, where amounts are kept, a number
// of millilitres at its end.
func ParseItem(text string, amounts bool) (Item, error) {
	words := strings.Fields(text)
	var item Item
	if n := len(words); amounts && n > 2 && words[n-1] == "ml" {
		words = words[:n-1]
	}
	if n := len(words); amounts && n > 1 {
		if ml, err := strconv.Atoi(strings.TrimSuffix(words[n-1], "ml")); err == nil {
			if ml < 0 || ml > maxAmount {
				return item, say.Error("%d ml is not an amount for one item; it runs from 0 to %d", ml, maxAmount)
			}
			item.ML, words = ml, words[:n-1]
		}
	}
	item.Name = strings.Join(words, " ")
	if item.Name == "" {
		return item, ErrNoName
	}
	return item, nil
}

// longestID leaves room for a number within the 80 letters of an id.
const longestID = 60

// FreeID makes an id from a name that no item has yet.
func (s Settings) FreeID(name string) string {
	base := strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '-'
	}, name), "-")
	if base == "" {
		base = "item"
	}
	base = base[:min(len(base), longestID)]
	id := base
	for n := 2; slices.Contains(s.ItemIDs(), id); n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	return id
}
