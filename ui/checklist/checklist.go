// Package checklist is the day's drinks and bedtime items: ticking them, today
// or on any of the last seven days, and keeping the lists themselves.
package checklist

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Screen shows one day of both lists.
type Screen struct {
	cursor int
	back   int // how many days before today
	field  *field
}

// New makes the screen.
func New() *Screen { return &Screen{} }

// line is one item of one of the lists, with its tick if there is one.
type line struct {
	list  string
	item  settings.Item
	extra bool
	tick  *journal.Entry
}

var lists = []string{journal.WaterList, journal.BedtimeList}

func (s *Screen) day(w screen.World) journal.Date { return w.Day() - journal.Date(s.back) }

// lines are the items of both lists in their order, each list's extras after it.
func (s *Screen) lines(w screen.World) []line {
	var all []line
	for _, list := range lists {
		items, _ := w.Settings.List(list)
		ticks := w.Ticks(list, s.day(w))
		for _, it := range items {
			all = append(all, line{list: list, item: it, tick: take(ticks, it.ID)})
		}
		for _, id := range sortedKeys(ticks) {
			e := ticks[id]
			ml := e.Fact.(journal.Ticked).ML
			all = append(all, line{list: list, item: settings.Item{ID: id, Name: id, ML: ml}, extra: true, tick: &e})
		}
	}
	return all
}

func take(ticks map[string]journal.Entry, id string) *journal.Entry {
	e, ok := ticks[id]
	if !ok {
		return nil
	}
	delete(ticks, id)
	return &e
}

func sortedKeys(ticks map[string]journal.Entry) []string {
	ids := make([]string, 0, len(ticks))
	for id := range ticks {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// Takes says whether letters go to the field that is open.
func (s *Screen) Takes() bool { return s.field != nil }

// actions are what the keys do to the line under the cursor.
var actions = []struct {
	action keymap.Action
	do     func(*Screen, screen.World, []line) screen.Do
}{
	{keymap.Up, func(s *Screen, w screen.World, ls []line) screen.Do { return s.move(-1, ls) }},
	{keymap.Down, func(s *Screen, w screen.World, ls []line) screen.Do { return s.move(+1, ls) }},
	{keymap.Top, func(s *Screen, w screen.World, ls []line) screen.Do { return s.move(-len(ls), ls) }},
	{keymap.Bottom, func(s *Screen, w screen.World, ls []line) screen.Do { return s.move(len(ls), ls) }},
	{keymap.Tick, (*Screen).tick},
	{keymap.DayBefore, func(s *Screen, w screen.World, ls []line) screen.Do { return s.turn(+1) }},
	{keymap.DayAfter, func(s *Screen, w screen.World, ls []line) screen.Do { return s.turn(-1) }},
	{keymap.Add, (*Screen).add},
	{keymap.Edit, (*Screen).edit},
	{keymap.Remove, (*Screen).remove},
	{keymap.MoveUp, func(s *Screen, w screen.World, ls []line) screen.Do { return s.shift(w, ls, -1) }},
	{keymap.MoveDown, func(s *Screen, w screen.World, ls []line) screen.Do { return s.shift(w, ls, +1) }},
	{keymap.Limit, func(s *Screen, w screen.World, ls []line) screen.Do { return limit(w) }},
}

// Update moves over the lines, ticks them, and keeps the lists.
func (s *Screen) Update(w screen.World, msg tea.Msg) screen.Do {
	ls := s.lines(w)
	s.cursor = max(0, min(s.cursor, len(ls)-1))
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		return s.click(w, ls, msg.Y)
	case tea.MouseWheelMsg:
		return s.wheel(msg, ls)
	case tea.PasteMsg:
		return s.enter(msg)
	case tea.KeyPressMsg:
		if s.field != nil {
			return s.typed(w, msg)
		}
		for _, a := range actions {
			if w.Keys.Is(msg, a.action) {
				return a.do(s, w, ls)
			}
		}
	}
	return screen.Do{}
}

func (s *Screen) move(by int, ls []line) screen.Do {
	s.cursor = max(0, min(s.cursor+by, len(ls)-1))
	return screen.Do{}
}

func (s *Screen) wheel(msg tea.MouseWheelMsg, ls []line) screen.Do {
	if msg.Button == tea.MouseWheelUp {
		return s.move(-1, ls)
	}
	return s.move(+1, ls)
}

func (s *Screen) turn(by int) screen.Do {
	s.back = max(0, min(s.back+by, screen.RecentDays-1))
	return screen.Do{}
}

func (s *Screen) click(w screen.World, ls []line, y int) screen.Do {
	_, owner := s.visible(w, ls)
	row := y - top
	if row < 0 || row >= len(owner) || owner[row] < 0 || s.field != nil {
		return screen.Do{}
	}
	s.cursor = owner[row]
	return s.tick(w, ls)
}

// tick ticks the line under the cursor, or takes its tick back.
func (s *Screen) tick(w screen.World, ls []line) screen.Do {
	if len(ls) == 0 {
		return screen.Do{}
	}
	l := ls[s.cursor]
	if l.tick != nil {
		return screen.Do{Records: []screen.Record{{Takeback: l.tick}}}
	}
	return screen.Do{Records: []screen.Record{{
		Fact: journal.Ticked{Item: l.item.ID, List: l.list, ML: l.item.ML},
		At:   w.Settings.Calendar.SameClock(s.day(w), w.Now), Day: s.day(w),
	}}}
}

// limit turns the amounts off, or on again.
func limit(w screen.World) screen.Do {
	switch {
	case w.HideAmounts() && w.Screening.LimitFluids():
		return screen.Do{Say: say.Text("your safety answers say that you limit what you drink: amounts stay hidden while they do")}
	case w.HideAmounts():
		return screen.Do{Set: []settings.Change{{Key: "limit_fluids", Value: "auto"}}, Say: say.Text("amounts are shown")}
	}
	return screen.Do{Set: []settings.Change{{Key: "limit_fluids", Value: "yes"}}, Say: say.Text("amounts are hidden: follow the fluid plan your team gave you")}
}

// Help lists what the keys do now.
func (s *Screen) Help(w screen.World) []key.Binding {
	if s.field != nil {
		return s.field.help()
	}
	word := say.Text("tick")
	if ls := s.lines(w); s.cursor < len(ls) && ls[s.cursor].tick != nil {
		word = say.Text("untick")
	}
	return append([]key.Binding{w.Keys.Saying(keymap.Tick, word)}, w.Keys.Bindings(
		keymap.DayBefore, keymap.DayAfter, keymap.Add, keymap.Edit, keymap.Remove,
		keymap.MoveUp, keymap.MoveDown, keymap.Limit, keymap.Up, keymap.Down)...)
}

// Draw shows the day, both lists, and the field if one is open.
func (s *Screen) Draw(w screen.World) string {
	th := w.Theme
	ls := s.lines(w)
	s.cursor = max(0, min(s.cursor, len(ls)-1))
	days := s.days(w)
	head := widget.Header(th, s.title(w), "", max(0, w.Width-lipgloss.Width(days))) + days
	rows, _ := s.visible(w, ls)
	return head + "\n\n" + widget.Clip(strings.Join(rows, "\n"), w.Width, s.room(w)) + "\n" + s.foot(w)
}

// top is how many rows stand above the lists.
const top = 2

func (s *Screen) room(w screen.World) int {
	return max(0, w.Height-top-lipgloss.Height(s.foot(w)))
}

// visible are the rows there is room for, the one under the cursor among them,
// and which line each belongs to, or -1.
func (s *Screen) visible(w screen.World, ls []line) (rows []string, owner []int) {
	rows, owner = s.draw(w, ls)
	room := s.room(w)
	from := max(0, min(slices.Index(owner, s.cursor)-room/2, len(rows)-room))
	to := min(len(rows), from+room)
	return rows[from:to], owner[from:to]
}

func (s *Screen) title(w screen.World) string {
	day := s.day(w).Words()
	switch s.back {
	case 0:
		return say.Text("Checklist, today, %s", day)
	case 1:
		return say.Text("Checklist, yesterday, %s", day)
	}
	return say.Text("Checklist, %s", day)
}

// days shows the last seven days as pips, the one on screen marked.
func (s *Screen) days(w screen.World) string {
	th := w.Theme
	var b strings.Builder
	for back := screen.RecentDays - 1; back >= 0; back-- {
		letter := initial(w.Day() - journal.Date(back))
		if back == s.back {
			b.WriteString(th.Selected.Render("[" + letter + "]"))
		} else {
			b.WriteString(th.Quiet.Render(" " + letter + " "))
		}
	}
	return b.String()
}

// initial is the first letter of a weekday, as a capital.
func initial(d journal.Date) string {
	first, _ := utf8.DecodeRuneInString(say.Date(d.Midnight(), "Mon"))
	return string(unicode.ToUpper(first))
}

// draw makes the rows, and says which line each belongs to.
func (s *Screen) draw(w screen.World, ls []line) (rows []string, owner []int) {
	th := w.Theme
	add := func(row string, line int) { rows, owner = append(rows, row), append(owner, line) }
	titles := map[string]say.Key{journal.WaterList: "Drinks", journal.BedtimeList: "Before bed"}
	for _, list := range lists {
		if len(rows) > 0 {
			add("", -1)
		}
		title := titles[list].String() + "  "
		add(th.Title.Render(title)+s.count(w, list, ls, w.Width-lipgloss.Width(title)), -1)
		before := len(rows)
		for i, l := range ls {
			if l.list == list {
				add(s.row(w, l, i == s.cursor), i)
			}
		}
		if len(rows) == before {
			add(th.Quiet.Render("  "+say.Text("nothing on this list; %s adds an item", w.Keys.Label(keymap.Add))), -1)
		}
	}
	return rows, owner
}

// count says how many of a list are ticked, what that makes, and, for today's
// water, how it stands for the hour. In a narrow window the hour goes before what
// the glasses hold.
func (s *Screen) count(w screen.World, list string, ls []line, width int) string {
	done, of, ml := 0, 0, 0
	for _, l := range ls {
		if l.list != list {
			continue
		}
		if !l.extra {
			of++
		}
		if l.tick != nil {
			done++
			ml += l.tick.Fact.(journal.Ticked).ML
		}
	}
	if list == journal.WaterList && w.HideAmounts() {
		return w.Theme.Quiet.Render(say.Count(done, "%d ticked", "%d ticked"))
	}
	words, amount, pace := say.Text("%d of %d", done, of), "", ""
	if list == journal.WaterList {
		amount, pace = fmt.Sprintf(" · %d ml", ml), s.pace(w, done, of)
	}
	if lipgloss.Width(words+amount+pace) > width {
		amount = ""
	}
	return w.Theme.Quiet.Render(words + amount + pace)
}

// pace says how the water of today stands for the hour.
func (s *Screen) pace(w screen.World, done, of int) string {
	pace := w.Settings.Pace(done, of, journal.Hour(w.Now))
	if s.back != 0 || pace == settings.Resting {
		return ""
	}
	return " · " + say.Name(string(pace))
}

func (s *Screen) row(w screen.World, l line, selected bool) string {
	th := w.Theme
	glyph, style := th.Glyphs.Open, th.Text
	if l.tick != nil {
		glyph, style = th.Glyphs.Done, th.Done
	}
	text := safe.Text(say.Name(l.item.Name), 60)
	if l.extra {
		text += " " + say.Text("(extra)")
	}
	if l.item.ML > 0 && !w.HideAmounts() {
		text += fmt.Sprintf("  %d ml", l.item.ML)
	}
	if selected {
		return th.Selected.Render(th.Glyphs.Cursor + " " + glyph + " " + text)
	}
	return "  " + style.Render(glyph+" "+text)
}

// foot is the open field, or what there is to know about drinking.
func (s *Screen) foot(w screen.World) string {
	switch {
	case s.field != nil:
		return s.field.draw(w)
	case w.HideAmounts():
		return w.Theme.Quiet.Render(widget.Wrap(say.Text("Amounts are off. Follow the fluid plan your team gave you."), w.Width))
	case s.back == 0 && w.Settings.BecomesMuch(len(w.Ticks(journal.WaterList, w.Day()))):
		return w.Theme.Warn.Render(widget.Wrap(settings.MuchToDrink.String(), w.Width))
	case w.Height < 14:
		return w.Theme.Quiet.Render(say.Text("Tea, coffee, milk and soup count."))
	}
	return w.Theme.Quiet.Render(widget.Wrap(say.Text("Tea, coffee, milk and soup count. Drink as usual through the day. If you get up at night to pass urine, ease off in the last two hours. More has not been shown to help cramps."), w.Width))
}
