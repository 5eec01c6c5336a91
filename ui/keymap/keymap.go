// Package keymap is the one table of what keys do. The footer, the help page,
// the README's table and the config's [keys] all come from it.
package keymap

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine/say"
)

// Action is something a key does, by the name it has in the config.
type Action string

// Group is the place where an action's keys live. Keys of groups that are live
// together must differ.
type Group string

// The groups. Everywhere is live on every screen, and List wherever there are
// rows to move over.
const (
	Everywhere Group = "everywhere"
	List       Group = "lists"
	Tonight    Group = "tonight"
	Stretch    Group = "stretch"
	Player     Group = "player"
	Checklist  Group = "checklist"
	Review     Group = "review"
	Settings   Group = "settings"
	Questions  Group = "questions"
	Relief     Group = "cramp now"
	Diary      Group = "diary"
	Guide      Group = "guide"
)

// The actions.
const (
	Help     Action = "help"
	Quit     Action = "quit"
	Undo     Action = "undo"
	Next     Action = "next"
	Previous Action = "previous"
	Back     Action = "back"
	Signs    Action = "signs"
	Screen1  Action = "screen-1"
	Screen2  Action = "screen-2"
	Screen3  Action = "screen-3"
	Screen4  Action = "screen-4"
	Screen5  Action = "screen-5"
	Screen6  Action = "screen-6"
	Screen7  Action = "screen-7"
	Cramp    Action = "cramp-now"

	Up     Action = "up"
	Down   Action = "down"
	Top    Action = "top"
	Bottom Action = "bottom"

	Go           Action = "go"
	Drink        Action = "drink"
	Ask          Action = "questions"
	AnswerBefore Action = "answer-before"
	AnswerAfter  Action = "answer-after"
	PastNights   Action = "past-nights"
	EndPause     Action = "end-pause"

	Choose   Action = "choose"
	Filter   Action = "filter"
	SetNight Action = "set-routine"

	Pause  Action = "pause"
	Skip   Action = "skip"
	Again  Action = "again"
	More   Action = "more"
	Easier Action = "easier"
	Big    Action = "big"
	Mute   Action = "mute"
	Leave  Action = "leave"

	Tick      Action = "tick"
	DayBefore Action = "day-before"
	DayAfter  Action = "day-after"
	Add       Action = "add"
	Edit      Action = "edit"
	Remove    Action = "remove"
	MoveUp    Action = "move-up"
	MoveDown  Action = "move-down"
	Limit     Action = "limit"

	Earlier     Action = "earlier"
	Later       Action = "later"
	WeekEarlier Action = "week-earlier"
	WeekLater   Action = "week-later"
	PageOn      Action = "page-on"
	PageBack    Action = "page-back"
	ShowNight   Action = "show-night"
	Experiment  Action = "experiment"
	FillBefore  Action = "fill-before"
	Estimate    Action = "count-estimate"

	Change Action = "change"
	Fewer  Action = "change-back"

	LetGo    Action = "let-go"
	Muscle   Action = "muscle"
	NextStep Action = "next-step"
	LastStep Action = "last-step"
	Mistake  Action = "mistake"

	OpenNight  Action = "open-night"
	AddCramp   Action = "add-cramp"
	QuietNight Action = "quiet-night"
	MarkNight  Action = "mark-night"
	PauseNight Action = "pause-night"
	EditFact   Action = "edit-fact"
	RemoveFact Action = "remove-fact"
	Narrow     Action = "narrow"
	Search     Action = "search"

	OpenCard Action = "open-card"
	FindCard Action = "find-card"

	Yes Action = "yes"
	No  Action = "no"
)

// def is one row of the table: an action, where it lives, its keys and its
// help in a word or two.
type def struct {
	action Action
	group  Group
	keys   []string
	help   say.Key
}

var defs = []def{
	{Help, Everywhere, []string{"?"}, "help"},
	{Quit, Everywhere, []string{"q", "ctrl+c"}, "leave lull"},
	{Undo, Everywhere, []string{"u"}, "undo"},
	{Signs, Everywhere, []string{"!"}, "when to get help"},
	{Next, Everywhere, []string{"tab"}, "next screen"},
	{Previous, Everywhere, []string{"shift+tab"}, "screen before"},
	{Back, Everywhere, []string{"esc"}, "back"},
	{Screen1, Everywhere, []string{"1"}, "tonight"},
	{Screen2, Everywhere, []string{"2"}, "stretch"},
	{Screen3, Everywhere, []string{"3"}, "checklist"},
	{Screen4, Everywhere, []string{"4"}, "diary"},
	{Screen5, Everywhere, []string{"5"}, "review"},
	{Screen6, Everywhere, []string{"6"}, "guide"},
	{Screen7, Everywhere, []string{"7"}, "settings"},
	{Cramp, Everywhere, []string{"c"}, "cramp now"},

	{Up, List, []string{"up", "k"}, "up"},
	{Down, List, []string{"down", "j"}, "down"},
	{Top, List, []string{"home", "g"}, "first"},
	{Bottom, List, []string{"end", "G"}, "last"},

	{Go, Tonight, []string{"space", "enter"}, "go on"},
	{Drink, Tonight, []string{"w"}, "add a drink"},
	{Ask, Tonight, []string{"s"}, "safety questions"},
	{AnswerBefore, Tonight, []string{"left"}, "answer before"},
	{AnswerAfter, Tonight, []string{"right"}, "next answer"},
	{PastNights, Tonight, []string{"p"}, "past nights"},
	{EndPause, Tonight, []string{"e"}, "end the pause"},

	{Choose, Stretch, []string{"space", "enter"}, "open"},
	{Filter, Stretch, []string{"f"}, "show what suits"},
	{SetNight, Stretch, []string{"r"}, "make it tonight's routine"},

	{Pause, Player, []string{"space", "p"}, "pause"},
	{Skip, Player, []string{"right", "n"}, "skip"},
	{Again, Player, []string{"left", "b"}, "back"},
	{More, Player, []string{"+", "m"}, "ten seconds more"},
	{Easier, Player, []string{"e"}, "easier"},
	{Big, Player, []string{"z"}, "big count"},
	{Mute, Player, []string{"s"}, "sound on or off"},
	{Leave, Player, []string{"x"}, "leave, keep what was held"},

	{Tick, Checklist, []string{"space", "enter"}, "tick"},
	{DayBefore, Checklist, []string{"left", "h"}, "day before"},
	{DayAfter, Checklist, []string{"right", "l"}, "day after"},
	{Add, Checklist, []string{"a"}, "add an item"},
	{Edit, Checklist, []string{"e"}, "change"},
	{Remove, Checklist, []string{"x", "delete"}, "take off the list"},
	{MoveUp, Checklist, []string{"K", "shift+up"}, "move up"},
	{MoveDown, Checklist, []string{"J", "shift+down"}, "move down"},
	{Limit, Checklist, []string{"f"}, "amounts"},

	{Earlier, Review, []string{"up", "k"}, "night before"},
	{Later, Review, []string{"down", "j"}, "night after"},
	{WeekEarlier, Review, []string{"left", "h"}, "week before"},
	{PageOn, Review, []string{"space"}, "next page"},
	{PageBack, Review, []string{"b", "backspace"}, "page before"},
	{ShowNight, Review, []string{"enter"}, "open the night"},
	{Experiment, Review, []string{"x"}, "an experiment"},
	{FillBefore, Review, []string{"r"}, "the two weeks before"},
	{Estimate, Review, []string{"t"}, "count the estimate"},
	{WeekLater, Review, []string{"right", "l"}, "week after"},

	{Change, Settings, []string{"space", "enter", "right"}, "change"},
	{Fewer, Settings, []string{"left"}, "change back"},

	{LetGo, Relief, []string{"space", "enter"}, "it let go"},
	{Muscle, Relief, []string{"m"}, "another muscle"},
	{NextStep, Relief, []string{"right", "n"}, "next step"},
	{LastStep, Relief, []string{"left", "b"}, "step before"},
	{Mistake, Relief, []string{"x"}, "it was no cramp"},

	{OpenNight, Diary, []string{"space", "enter"}, "open"},
	{AddCramp, Diary, []string{"a"}, "add a cramp"},
	{QuietNight, Diary, []string{"o"}, "no cramps that night"},
	{MarkNight, Diary, []string{"m"}, "mark the night"},
	{PauseNight, Diary, []string{"p"}, "set nights aside"},
	{EditFact, Diary, []string{"e"}, "change"},
	{RemoveFact, Diary, []string{"x", "delete"}, "remove"},
	{Narrow, Diary, []string{"f"}, "show only some"},
	{Search, Diary, []string{"/"}, "search notes"},

	{OpenCard, Guide, []string{"space", "enter"}, "open"},
	{FindCard, Guide, []string{"/"}, "search"},

	{Yes, Questions, []string{"y"}, "yes"},
	{No, Questions, []string{"n"}, "no"},
}

// together lists the groups that are live at the same time on some screen.
var together = [][]Group{
	{Everywhere, List, Tonight},
	{Everywhere, List, Stretch},
	{Everywhere, Player},
	{Everywhere, List, Checklist},
	{Everywhere, Review, Questions}, // an experiment is begun with a yes
	{Everywhere, List, Settings},
	{Everywhere, List, Questions, Stretch},
	{Everywhere, List, Relief},
	{Everywhere, List, Diary},
	{Everywhere, List, Guide},
}

// Map says which keys do what.
type Map struct{ keys map[Action][]string }

// Default is the table as it stands, nothing changed.
func Default() Map {
	m := Map{map[Action][]string{}}
	for _, d := range defs {
		m.keys[d.action] = d.keys
	}
	return m
}

// With returns the map with some actions on other keys. The error names an
// action that does not exist, a key that is not lull's to give, or all the pairs
// of actions that would share a key, with the way out.
func (m Map) With(changes map[string][]string) (Map, error) {
	changed := Map{maps.Clone(m.keys)}
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		d, ok := find(Action(name))
		switch keys := changes[name]; {
		case !ok:
			return m, say.Error("[keys] %s: there is no such action; allowed: %s", name, strings.Join(Actions(), ", "))
		case len(keys) == 0:
			return m, say.Error("[keys] %s: name at least one key", name)
		case taken(d.action, keys) != "":
			return m, say.Error("[keys] %s: %s; choose another key", name, taken(d.action, keys))
		case nameless(keys) != "":
			return m, say.Error("[keys] %s: no key is called %q; allowed: one letter or sign, %s", name, nameless(keys), strings.Join(slices.Sorted(maps.Keys(named)), ", "))
		default:
			changed.keys[d.action] = keys
		}
	}
	return changed, changed.clash()
}

func find(a Action) (def, bool) {
	i := slices.IndexFunc(defs, func(d def) bool { return d.action == a })
	if i < 0 {
		return def{}, false
	}
	return defs[i], true
}

// Actions lists every action's name, in the table's order.
func Actions() []string {
	names := make([]string, len(defs))
	for i, d := range defs {
		names[i] = string(d.action)
	}
	return names
}

// taken says why a key cannot be given to an action, or nothing.
func taken(a Action, keys []string) string {
	switch {
	case slices.Contains(keys, "ctrl+c") && a != Quit:
		return say.Text("ctrl+c always leaves lull")
	case slices.Contains(keys, "ctrl+z"):
		return say.Text("ctrl+z gives the terminal back to the shell")
	}
	return ""
}

// nameless is the first of the keys that nobody can press, since no key has that
// name, or nothing.
func nameless(keys []string) string {
	for _, k := range keys {
		held := k
		for _, mod := range []string{"ctrl+", "alt+", "shift+", "meta+", "hyper+", "super+"} {
			k, _ = strings.CutPrefix(k, mod)
		}
		letter := utf8.RuneCountInString(k) == 1 || strings.IndexFunc(k, beyondASCII) >= 0
		capital := letter && held == "shift+"+k // it comes as the letter that it makes
		if capital || !letter && named[k] == 0 && !special()[k] {
			return held
		}
	}
	return ""
}

func beyondASCII(r rune) bool { return r > unicode.MaxASCII }

// special are the names of all keys that make no letter, which few keyboards have.
var special = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for code := tea.KeyUp; code <= tea.KeyIsoLevel5Shift; code++ {
		names[tea.KeyPressMsg{Code: code}.String()] = true
	}
	return names
})

// clash finds all pairs of actions that would share a key where both are live.
func (m Map) clash() error {
	var pairs []string
	for _, groups := range together {
		owner := map[string]Action{}
		for _, d := range defs {
			if !slices.Contains(groups, d.group) {
				continue
			}
			for _, k := range m.keys[d.action] {
				if other, taken := owner[k]; taken {
					pairs = append(pairs, say.Text("%s and %s are both on %q", other, d.action, k))
				} else {
					owner[k] = d.action
				}
			}
		}
	}
	slices.Sort(pairs)
	if pairs = slices.Compact(pairs); len(pairs) > 0 {
		return say.Error("[keys] %s; give one of them another key", strings.Join(pairs, ", "))
	}
	return nil
}

// Is says whether the key press does the action.
func (m Map) Is(msg tea.KeyPressMsg, a Action) bool { return slices.Contains(m.keys[a], msg.String()) }

// First returns the first of the actions that the key press does.
func (m Map) First(msg tea.KeyPressMsg, actions ...Action) (Action, bool) {
	for _, a := range actions {
		if m.Is(msg, a) {
			return a, true
		}
	}
	return "", false
}

// Bindings returns the bindings of actions, for footers and help.
func (m Map) Bindings(actions ...Action) []key.Binding {
	bs := make([]key.Binding, len(actions))
	for i, a := range actions {
		d, _ := find(a)
		bs[i] = m.Saying(a, d.help.String())
	}
	return bs
}

// Saying returns one binding with another help text, for a key whose meaning
// depends on the moment.
func (m Map) Saying(a Action, help string) key.Binding {
	return key.NewBinding(key.WithKeys(m.keys[a]...), key.WithHelp(m.Label(a), help))
}

// Label is how the action's first key is written on the screen.
func (m Map) Label(a Action) string {
	if len(m.keys[a]) == 0 {
		return ""
	}
	return Show(m.keys[a][0])
}

// arrows are the glyphs of keys that have one.
var arrows = map[string]string{"up": "↑", "down": "↓", "left": "←", "right": "→"}

// Show is how a key is written on the screen. In config.toml it has its English
// name in every language.
func Show(k string) string {
	if a, ok := arrows[k]; ok {
		return a
	}
	if held, rest, ok := strings.Cut(k, "+"); ok && rest != "" {
		return label(held) + "+" + label(rest)
	}
	return label(k)
}

// label is what stands on one key of the keyboard.
func label(k string) string {
	switch k {
	case "space":
		return say.As("key", "space")
	case "enter":
		return say.As("key", "enter")
	case "esc":
		return say.As("key", "esc")
	case "tab":
		return say.As("key", "tab")
	case "home":
		return say.As("key", "home")
	case "end":
		return say.As("key", "end")
	case "delete":
		return say.As("key", "delete")
	case "backspace":
		return say.As("key", "backspace")
	case "ctrl":
		return say.As("key", "ctrl")
	case "shift":
		return say.As("key", "shift")
	case "up", "down", "left", "right":
		return arrowName(k)
	}
	return k
}

// arrowName is an arrow that is pressed together with another key.
func arrowName(k string) string {
	switch k {
	case "up":
		return say.As("key", "up")
	case "down":
		return say.As("key", "down")
	case "left":
		return say.As("key", "left")
	}
	return say.As("key", "right")
}

// named are the keys that are not a letter.
var named = map[string]rune{
	"space": tea.KeySpace, "enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "delete": tea.KeyDelete, "backspace": tea.KeyBackspace,
}

// Press is the key press of a key by its name, for a click on its hint.
func Press(name string) tea.KeyPressMsg {
	whole := name
	var k tea.Key
	for mod, prefix := range map[tea.KeyMod]string{tea.ModCtrl: "ctrl+", tea.ModShift: "shift+"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			k.Mod, name = mod, rest
		}
	}
	switch code, ok := named[name]; {
	case ok:
		k.Code = code
	case utf8.RuneCountInString(name) > 1:
		return tea.KeyPressMsg{Text: whole} // a key that lull itself does not use
	default:
		k.Code = []rune(name)[0]
	}
	if k.Mod&tea.ModCtrl == 0 && (k.Code == tea.KeySpace || named[name] == 0) {
		k.Text = string(k.Code)
	}
	return tea.KeyPressMsg(k)
}
