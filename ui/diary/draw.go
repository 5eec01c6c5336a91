package diary

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
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
	head := widget.Header(th, "Diary", views[s.view].name, w.Width) + "\n"
	if !w.Loaded {
		return head + "\n" + widget.Clip(th.Quiet.Render("reading your nights…"), w.Width, 1)
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
		return "These nights could not be read: " + safe.Text(s.facts.err.Error(), mostNote) + ". Any key tries again."
	case s.search == (search{}) && n.Empty() && w.Book.Earliest(w.Night()) == w.Night():
		return "Nothing yet: nights appear here as they are told. " + w.Keys.Label(keymap.AddCramp) + " adds a cramp to the night below."
	case len(s.nights(w)) > 0 || s.facts.asked != nil:
		return ""
	case s.deep() && s.farther(w):
		return "No such night so far. " + w.Keys.Label(keymap.Down) + " looks farther back."
	case s.search != (search{}):
		return "No such night. " + w.Keys.Label(keymap.Back) + " shows all of them."
	}
	return ""
}

// state is the search while it is typed, or what the list is narrowed to.
func (s *Screen) state(w screen.World) string {
	th := w.Theme
	const ask = "In notes: "
	switch {
	case s.field != nil:
		return widget.Line(th, th.Accent.Render(ask)+s.field.view(max(1, w.Width-len(ask)-1)), w.Width)
	case s.search == (search{}):
		return ""
	}
	words := fmt.Sprintf("%d found", len(s.nights(w)))
	if s.text != "" {
		words += " with “" + s.text + "”"
	}
	switch {
	case s.deep() && s.facts.asked != nil:
		words += ", looking…"
	case s.farther(w):
		words += ", back to " + s.oldest(w).WordsFrom(w.Day()) + "; " + w.Keys.Label(keymap.Down) + " past the last looks farther"
	case s.deep():
		words += ", in all nights"
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
		glyph, dates = fmt.Sprintf("%s %-10s", glyph, words), 23
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
var outcomes = map[journal.Outcome]string{
	journal.Complete: "complete", journal.Partial: "partial", journal.Abandoned: "left early",
}

// states are the words for a night without a session.
var states = map[review.State]string{
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
		return glyph, outcomes[n.Outcome]
	}
	return glyph, states[state]
}

// known says how the night is known, if it is.
func known(w screen.World, facts []journal.Entry) []string {
	if said := how(w.Settings.Calendar, facts); said != "" {
		return []string{said, inShort[said]}
	}
	return nil
}

// marks are the ways to say the marks of a night, the longest first: by name, if
// they are known, and how many there are.
func marks(n journal.Night, facts []journal.Entry) []string {
	var names []string
	for _, e := range facts {
		if m, ok := e.Fact.(journal.Marked); ok {
			names = append(names, safe.Text(m.Mark, mostName))
		}
	}
	count := fmt.Sprintf("%d marks", n.Marks)
	switch {
	case n.Marks == 0:
		return nil
	case n.Marks == 1:
		count = "1 mark"
	}
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
