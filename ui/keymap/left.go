package keymap

import "slices"

// left has a key under the left hand for every action whose usual keys lie under
// the right. Up and down are d and v, one above the other; before and after are
// b and t. Screens 6 and 7 are reached with tab.
var left = map[Action]string{
	Help: "T", Undo: "Z",

	Up: "d", Down: "v",

	AnswerBefore: "b", AnswerAfter: "t", PastNights: "r",

	Skip: "t", More: "a",

	DayBefore: "b", DayAfter: "t", MoveUp: "D", MoveDown: "V",

	Earlier: "d", Later: "v", WeekEarlier: "s", WeekLater: "f", ShowNight: "e",

	Fewer: "b",

	Muscle: "w", NextStep: "t",

	QuietNight: "s", MarkNight: "w", PauseNight: "z", Search: "r",

	FindCard: "r",

	Yes: "a", No: "z",
}

// Left is the usual keys with one more, under the left hand, for all that had
// none there. It is the first of an action's keys, the one that is shown; the
// usual ones go on working.
func Left() Map {
	m := Default()
	for _, d := range defs {
		if k, ok := left[d.action]; ok && !slices.Contains(d.keys, k) {
			m.keys[d.action] = append([]string{k}, d.keys...)
		}
	}
	return m
}

// For is the keys for the hands that somebody has for them, by the name in the
// settings. With one hand and two keys the usual ones are there as well.
func For(hands string) Map {
	if hands == "left" {
		return Left()
	}
	return Default()
}

// Check says what is wrong with keys that somebody chose for their hands.
func Check(hands string, changes map[string][]string) error {
	_, err := For(hands).With(changes)
	return err
}
