package diary

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

const (
	top         = 2   // rows above the list
	besideWidth = 110 // columns from which the night stands beside the list
	wordsWidth  = 60  // columns of the list from which marks get their words
	between     = 2   // cells between the list and the night
)

// Draw shows the nights and, where there is room, the one under the cursor.
func (s *Screen) Draw(w screen.World) string {
	th := w.Theme
	head := widget.Header(th, say.Text("Diary"), views[s.view].name.String(), w.Width) + "\n"
	if !w.Loaded {
		return head + "\n" + widget.Clip(th.Quiet.Render(say.Text("reading your nights…")), w.Width, 1)
	}
	body, _ := s.listing(w)
	block := body.String()
	if w.Width >= besideWidth {
		rest := w.Width - s.listWidth(w) - between
		block = widget.Columns(len(body.Lines), widget.Column{Body: block, W: s.listWidth(w)},
			widget.Column{W: between}, widget.Column{Body: s.beside(w, rest), W: rest})
	}
	if note := s.empty(w); note != "" {
		block = widget.Clip(th.Text.Render(widget.Wrap(note, w.Width))+"\n\n"+block, w.Width, max(1, w.Height-top))
	}
	return head + s.state(w) + "\n" + block
}

// empty is what the list says where there is nothing to show.
func (s *Screen) empty(w screen.World) string {
	n := w.Book.Night(w.Night())
	switch {
	case s.facts.err != nil:
		return say.Text("These nights could not be read: %s. Any key tries again.", safe.Text(s.facts.err.Error(), mostNote))
	case s.search == (search{}) && n.Empty() && w.Book.Earliest(w.Night()) == w.Night():
		return say.Text("Nothing yet: nights appear here as they are told. %s adds a cramp to the night below.", w.Keys.Label(keymap.AddCramp))
	case len(s.nights(w)) > 0 || s.facts.asked != nil:
		return ""
	case s.deep() && s.farther(w):
		return say.Text("No such night so far. %s looks farther back.", w.Keys.Label(keymap.Down))
	case s.search != (search{}):
		return say.Text("No such night. %s shows all of them.", w.Keys.Label(keymap.Back))
	}
	return ""
}

// state is the search while it is typed, or what the list is narrowed to.
func (s *Screen) state(w screen.World) string {
	th := w.Theme
	ask := say.Text("In notes:") + " "
	switch {
	case s.field != nil:
		return widget.Line(th, th.Accent.Render(ask)+s.field.view(max(1, w.Width-lipgloss.Width(ask)-1)), w.Width)
	case s.search == (search{}):
		return ""
	}
	words := say.Text("%d found", len(s.nights(w)))
	if s.text != "" {
		words = say.Text("%d found with “%s”", len(s.nights(w)), s.text)
	}
	switch {
	case s.deep() && s.facts.asked != nil:
		words = say.Text("%s, looking…", words)
	case s.farther(w):
		words = say.Text("%s, back to %s; %s past the last looks farther", words, s.oldest(w).WordsFrom(w.Day()), w.Keys.Label(keymap.Down))
	case s.deep():
		words = say.Text("%s, in all nights", words)
	}
	return widget.Line(th, th.Quiet.Render(words), w.Width)
}

func (s *Screen) listWidth(w screen.World) int {
	if w.Width >= besideWidth {
		return max(wordsWidth+16, w.Width/2)
	}
	return w.Width
}

// listing is the part of the list in sight, and the place of its first row:
// rows that cannot be seen are not made.
func (s *Screen) listing(w screen.World) (widget.Listing, int) {
	ns := s.nights(w)
	at, high := s.cursor(ns), max(1, w.Height-top)
	from, to := max(0, at-high), min(len(ns), at+high+1)
	rows := make([]string, 0, to-from)
	for _, night := range ns[from:to] {
		rows = append(rows, s.row(w, night))
	}
	return widget.Rows(w.Theme, rows, at-from, s.listWidth(w), high), from
}

// nightAt is the place on the list of the night at a cell, or -1.
func (s *Screen) nightAt(w screen.World, x, y int) int {
	above := top
	if note := s.empty(w); note != "" {
		above += lipgloss.Height(widget.Wrap(note, w.Width)) + 1
	}
	l, from := s.listing(w)
	if at := l.At(y - above); at >= 0 && x < s.listWidth(w) {
		return from + at
	}
	return -1
}

// row is a night on one line: its dates, the session, the cramps, its marks, and
// how it is known. What has no room is left out whole.
func (s *Screen) row(w screen.World, night journal.Date) string {
	th := w.Theme
	n := w.Book.Night(night)
	facts, _ := s.facts.at(night)
	glyph, words := session(w, n)
	width, dates := s.listWidth(w), 20
	if width >= wordsWidth {
		glyph, dates = glyph+" "+padded(words, sessionWidth()), 23
	}
	line := th.Text.Render(fmt.Sprintf("%-*s ", dates, nightWords(w, night))) + sessionStyle(w, n).Render(glyph) + " " + crampStyle(w, n).Render(crampCount(n, facts))
	for _, ways := range [][]string{marks(n, facts), known(w, facts)} {
		for _, more := range ways {
			if more = " · " + more; lipgloss.Width(line+more) <= width-arrows {
				line += th.Quiet.Render(more)
				break
			}
		}
	}
	return line
}

func sessionStyle(w screen.World, n journal.Night) lipgloss.Style {
	if n.Outcome.Kept() {
		return w.Theme.Done
	}
	return w.Theme.Quiet
}

func crampStyle(w screen.World, n journal.Night) lipgloss.Style {
	switch {
	case n.Cramps > 0:
		return w.Theme.Warn
	case n.Quiet:
		return w.Theme.Text
	}
	return w.Theme.Quiet
}

// outcomes are the words for how a session ended.
var outcomes = map[journal.Outcome]say.Key{
	journal.Complete: "complete", journal.Partial: "partial", journal.Abandoned: "left early",
}

// states are the words for a night without a session.
var states = map[review.State]say.Key{
	review.Missed: "no session", review.Paused: "paused", review.Open: "not yet", review.Unlived: "travelled",
}

// session is how a night stands as far as stretching goes: a mark of one cell
// and its words.
func session(w screen.World, n journal.Night) (glyph, words string) {
	g := w.Theme.Glyphs
	state := w.Book.State(n.Date, w.Night())
	glyph = map[review.State]string{
		review.Kept: g.Done, review.Partly: g.Partial, review.Missed: g.Missed, review.Paused: g.Paused, review.Open: g.Open,
	}[state]
	if glyph == "" {
		glyph = " "
	}
	if n.Outcome != journal.None {
		return glyph, outcomes[n.Outcome].String()
	}
	return glyph, states[state].String()
}

// sessionWidth is how wide the column of those words is.
func sessionWidth() int {
	wide := 10
	for _, word := range outcomes {
		wide = max(wide, lipgloss.Width(word.String()))
	}
	for _, word := range states {
		wide = max(wide, lipgloss.Width(word.String()))
	}
	return wide
}

// padded fills a text up to so many cells.
func padded(text string, wide int) string {
	return text + strings.Repeat(" ", max(0, wide-lipgloss.Width(text)))
}

// known says how the night is known, if it is.
func known(w screen.World, facts []journal.Entry) []string {
	if said := how(w.Settings.Calendar, facts); said != "" {
		return []string{said.String(), inShort[said].String()}
	}
	return nil
}

// marks are the ways to say the marks of a night, the longest first: by name, if
// they are known, and how many there are.
func marks(n journal.Night, facts []journal.Entry) []string {
	var names []string
	for _, e := range facts {
		if m, ok := e.Fact.(journal.Marked); ok {
			names = append(names, safe.Text(say.Name(m.Mark), mostName))
		}
	}
	if n.Marks == 0 {
		return nil
	}
	count := say.Count(n.Marks, "%d mark", "%d marks")
	if names == nil {
		return []string{count}
	}
	return []string{strings.Join(names, ", "), count}
}

// beside is the night under the cursor, as far as it is known.
func (s *Screen) beside(w screen.World, width int) string {
	night, any := s.here(w)
	facts, known := s.facts.at(night)
	if !any || !known {
		return ""
	}
	rows := []string{w.Theme.Title.Render(nightWords(w, night)), ""}
	for _, e := range withPauses(w, night, facts) {
		rows = append(rows, w.Theme.Text.Render(factLines(w, e, width)))
	}
	return strings.Join(rows, "\n")
}
