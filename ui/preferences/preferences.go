// Package preferences is the settings screen: every setting that has one value,
// changed in place, and the way to the safety questions.
package preferences

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"lull/routine"
	"lull/routine/cues"
	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/ui/diary"
	"lull/ui/keymap"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/theme"
	"lull/ui/widget"
)

// Screen is the settings screen.
type Screen struct{ cursor int }

// New makes the screen.
func New() *Screen { return &Screen{} }

// row is one line: what it says, and what changing it by +1 or -1 asks for.
type row struct {
	name, value, help string
	change            func(screen.World, int) screen.Do
}

// rows are what is about the person, then every setting, then what the machine
// speaks with.
func rows(w screen.World) []row {
	all := []row{
		{say.As("short", "safety questions"), answered(w), say.Text("twelve short questions; they change which stretches are shown"), func(w screen.World, _ int) screen.Do {
			return screen.Do{Push: safety.Questions(w)}
		}},
		{say.Text("medicines"), medicines(w), say.Text("in your own words, for the page that goes to your doctor"), func(screen.World, int) screen.Do {
			return screen.Do{Push: diary.Medicines()}
		}},
	}
	for _, k := range settings.List(w.Settings) {
		all = append(all, setting(k))
	}
	return append(all, heard(w)...)
}

// typed are the settings that keys cannot turn, and how they are set.
var typed = map[string]say.Key{
	"sync":          "`lull sync DIR --remember` sets the folder",
	"voice_name":    "this one is typed: lull config set voice_name VALUE",
	"voice_program": "this one is typed: lull config set voice_program VALUE",
}

func setting(k settings.Key) row {
	value := said(k)
	if k.Name == "sync" {
		value = shared(k.Value)
	}
	return row{say.Name(words(k.Name)), value, k.Help, func(w screen.World, by int) screen.Do {
		if how, ok := typed[k.Name]; ok {
			return screen.Do{Say: how.String()}
		}
		return screen.Do{Set: []settings.Change{{Key: k.Name, Value: turn(w, k, by)}}}
	}}
}

func medicines(w screen.World) string {
	n := len(w.Book.All(func(f journal.Fact) bool { return f.Kind() == journal.KindMedicine }))
	if n == 0 {
		return say.Text("none written down")
	}
	return say.Count(n, "%d written down", "%d written down")
}

// heard says with what the machine speaks and sounds, or once, here and not at
// bedtime, what is missing. Space tries it.
func heard(w screen.World) []row {
	f := w.Heard()
	return []row{
		with(say.Text("speaks with"), f.Speech, f.NoSpeech, cues.Cue{Words: say.Text("Left leg. Hold. Three, two, one."), Hush: true}),
		with(say.Text("sounds with"), f.Player, f.NoPlayer, cues.Cue{Tone: cues.Done, Hush: true}),
	}
}

func with(name, program, missing string, try cues.Cue) row {
	if program == "" {
		return row{name, say.Text("nothing"), missing, func(screen.World, int) screen.Do { return screen.Do{Say: missing} }}
	}
	return row{name, program, say.Text("%s lets you hear it", keymap.Show("space")), func(w screen.World, _ int) screen.Do {
		if try.Tone != "" && w.Settings.Sounding(journal.Hour(w.Now)) != settings.Tones {
			return screen.Do{Say: say.Text("tones are off now: see sound, volume, quiet sessions and muted")}
		}
		return screen.Do{Cue: try}
	}}
}

// said is a value as a person says it.
func said(k settings.Key) string {
	switch {
	case k.Value == "":
		return say.Text("not set")
	case k.Value == "true":
		return say.Text("on")
	case k.Value == "false":
		return say.Text("off")
	case k.Name == "theme" && k.Value == string(theme.None):
		return say.As("theme", "none")
	case chosen[k.Name]:
		return say.Name(k.Value)
	}
	return k.Value
}

// shared is the folder that is shared with other machines.
func shared(folder string) string {
	if folder == "" {
		return say.Text("with no other machine")
	}
	return folder
}

func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

func answered(w screen.World) string {
	if !w.Screened {
		return say.Text("not answered")
	}
	return say.Text("answered %s", say.Date(w.Asked, "2 Jan 2006"))
}

// choices are the values of settings that have a few.
var choices = map[string]func(screen.World) []string{
	"language":       func(screen.World) []string { return settings.Languages() },
	"theme":          func(screen.World) []string { return settings.Themes },
	"drawing":        func(screen.World) []string { return settings.Drawings },
	"limit_fluids":   func(screen.World) []string { return settings.Limits },
	"reduced_motion": onOff,
	"plain":          onOff,
	"voice":          amounts,
	"sound":          func(screen.World) []string { return settings.Sounds },
	"quiet_hours":    onOff,
	"quiet_sessions": onOff,
	"muted":          onOff,
	"lead_in":        func(screen.World) []string { return numbers(0, int(routine.MaxLeadIn/time.Second)) },
	"voice_rate":     func(screen.World) []string { return numbers(cues.SlowestRate, cues.FastestRate) },
	"volume":         func(screen.World) []string { return numbers(0, cues.FullVolume) },
	"big_count":      onOff,
	"hands":          func(screen.World) []string { return settings.Hands },
	"routine":        routineIDs,
}

func onOff(screen.World) []string { return []string{"false", "true"} }

func amounts(screen.World) []string {
	var all []string
	for _, a := range cues.Amounts {
		all = append(all, string(a))
	}
	return all
}

func routineIDs(w screen.World) []string {
	var ids []string
	for _, r := range w.Library.Routines() {
		ids = append(ids, r.ID)
	}
	return ids
}

// counted are the settings that go in tens.
var counted = map[string]bool{"voice_rate": true, "volume": true, "lead_in": true}

// numbers are those from low to high in tens.
func numbers(low, high int) []string {
	var all []string
	for n := low; n <= high; n += 10 {
		all = append(all, strconv.Itoa(n))
	}
	return all
}

const quarter = 15 * time.Minute

// turn is the next value of a setting: the next of its choices, or for a time
// of day a quarter of an hour on.
func turn(w screen.World, k settings.Key, by int) string {
	values, few := choices[k.Name]
	if !few {
		at, _ := time.Parse("15:04", k.Value)
		return at.Add(time.Duration(by) * quarter).Format("15:04")
	}
	all := values(w)
	i := slices.Index(all, k.Value)
	if n, err := strconv.Atoi(k.Value); i < 0 && err == nil && counted[k.Name] {
		i, by = slices.Index(all, strconv.Itoa(n/10*10)), max(0, by) // from between two tens to one of them
	}
	if i < 0 && by < 0 {
		i = 0 // back from a value that is none of them leads to the last
	}
	return all[(i+by+len(all))%len(all)]
}

// Update moves over the rows and changes them.
func (s *Screen) Update(w screen.World, msg tea.Msg) screen.Do {
	all := rows(w)
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(w, msg, all)
	case tea.MouseWheelMsg:
		s.move(screen.Notches(msg), all)
	case tea.MouseClickMsg:
		if at := s.listing(w, all).At(msg.Y - top); at >= 0 {
			s.cursor = at
			return all[at].change(w, +1)
		}
	}
	return screen.Do{}
}

func (s *Screen) press(w screen.World, msg tea.KeyPressMsg, all []row) screen.Do {
	a, _ := w.Keys.First(msg, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom, keymap.Change, keymap.Fewer)
	switch a {
	case keymap.Change:
		return all[s.cursor].change(w, +1)
	case keymap.Fewer:
		return all[s.cursor].change(w, -1)
	}
	s.move(map[keymap.Action]int{keymap.Up: -1, keymap.Down: 1, keymap.Top: -len(all), keymap.Bottom: len(all)}[a], all)
	return screen.Do{}
}

func (s *Screen) move(by int, all []row) {
	s.cursor = max(0, min(s.cursor+by, len(all)-1))
}

// Help lists what the keys do here.
func (s *Screen) Help(w screen.World) []key.Binding {
	return w.Keys.Bindings(keymap.Change, keymap.Fewer, keymap.Up, keymap.Down)
}

const top = 2 // rows above the list

func (s *Screen) listing(w screen.World, all []row) widget.Listing {
	const usual = 17 // columns
	column := usual
	for _, r := range all {
		column = max(column, ansi.StringWidth(r.name))
	}
	lines := make([]string, len(all))
	for i, r := range all {
		lines[i] = r.name + strings.Repeat(" ", column-ansi.StringWidth(r.name)) + " " + safe.Text(r.value, 60)
	}
	return widget.Rows(w.Theme, lines, s.cursor, w.Width, max(1, w.Height-top-3))
}

// Draw shows every setting, what the one under the cursor is for, and where
// they are kept.
func (s *Screen) Draw(w screen.World) string {
	th := w.Theme
	all := rows(w)
	s.move(0, all)
	return widget.Header(th, say.Text("Settings"), "", w.Width) + "\n\n" +
		s.listing(w, all).String() + "\n\n" + foot(w, all[s.cursor].help)
}

// foot is what a setting is for and, if that leaves the last line free, where the
// settings are kept.
func foot(w screen.World, help string) string {
	th := w.Theme
	help = th.Text.Render(widget.Wrap(help, w.Width))
	if lipgloss.Height(help) == 1 {
		help += "\n" + widget.Line(th, th.Quiet.Render(say.Text("kept in %s, with your lists and keys", safe.Text(w.Config, 200))), w.Width)
	}
	return widget.Clip(help, w.Width, 2)
}
