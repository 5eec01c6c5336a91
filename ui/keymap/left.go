package keymap

import "slices"

// left has a key under the left hand for every action of which the first key lies
// under the right. Up and down are d and v, one above the other; before and after are
// b and t. Screens 6 and 7 are reached with tab.
var left = map[Action]string{
	Help: "T", Undo: "Z",

	Up: "d", Down: "v", Top: "g", Bottom: "G",

	AnswerBefore: "b", AnswerAfter: "t", PastNights: "r",

	Skip: "t", Again: "b", More: "a",

	DayBefore: "b", DayAfter: "t", MoveUp: "D", MoveDown: "V",

	Earlier: "d", Later: "v", WeekEarlier: "s", WeekLater: "f", ShowNight: "e",

	Fewer: "b",

	Muscle: "w", NextStep: "t", LastStep: "b",

	QuietNight: "s", MarkNight: "w", PauseNight: "z", Search: "r",

	FindCard: "r",

	Yes: "a", No: "z",
}

// Left is the usual keys with one under the left hand for everything. It is the
// first of an action's keys, the one that is shown; the usual ones go on working.
func Left() Map {
	m := Default()
	for _, d := range defs {
		if k, ok := left[d.action]; ok {
			others := slices.DeleteFunc(slices.Clone(d.keys), func(has string) bool { return has == k })
			m.keys[d.action] = append([]string{k}, others...)
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
