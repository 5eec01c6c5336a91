package nights

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"lull/routine/review"
	"lull/routine/safe"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

const (
	besideWidth  = 70 // columns from which the two halves of the cramps stand beside each other
	detailsWidth = 42 // columns that the half with the table needs
	chartHeight  = 9  // rows of the chart at most
	lowChart     = 3  // rows of it without a cramp
)

// cramps is all that is known of the cramps: the weeks, then what was told of
// single ones.
func (s *Screen) cramps(w screen.World, width int) []string {
	th := w.Theme
	head := th.Title.Render(widget.Wrap(s.crampHead(w), width))
	if s.told.err != nil {
		return []string{head, "", th.Warn.Render(widget.Wrap("These nights could not be read: "+safe.Text(s.told.err.Error(), 300)+". Any key tries again.", width))}
	}
	if !s.told.known {
		return []string{head, "", th.Quiet.Render("reading what was told…")}
	}
	if f := s.told.figures; f.Known == 0 && len(f.Marks) == 0 {
		return slices.Concat([]string{head, ""}, s.untold(w, width))
	}
	head += "\n" + th.Text.Render(widget.Wrap(sumWords(s.told.figures), width))
	if width < besideWidth {
		return slices.Concat([]string{head, ""}, s.weeks(w, width), []string{""}, s.details(w, width))
	}
	left := min((width-between)/2, width-between-detailsWidth)
	l, r := strings.Join(s.weeks(w, left), "\n"), strings.Join(s.details(w, width-left-between), "\n")
	return []string{head, "", widget.Columns(max(lipgloss.Height(l), lipgloss.Height(r)),
		widget.Column{Body: l, W: left}, widget.Column{W: between}, widget.Column{Body: r, W: width - left - between})}
}

// crampHead says what the rest is over.
func (s *Screen) crampHead(w screen.World) string {
	of := span(w)
	head, f := "Cramps in the last night", s.told.figures
	if nights := int(of.To - of.From + 1); nights > 1 {
		head = fmt.Sprintf("Cramps in the last %d nights", nights)
	}
	if s.told.known && f.Known > 0 {
		head += fmt.Sprintf(", %d of them known", f.Known)
	}
	return head
}

// willShow is what this part holds as soon as there is something to show.
var willShow = []string{
	"cramps a week, with the nights known under each",
	"which leg and which muscle, beside the minutes each was held",
	"time of night, pain, length and minutes awake",
	"what helped, and the marks that come with the nights",
}

// untold stands in the place of figures while no night has been answered for.
func (s *Screen) untold(w screen.World, width int) []string {
	th := w.Theme
	say := fmt.Sprintf("None of these nights has been answered for. Tonight asks in the morning; %s writes a cramp down while it hurts; the diary takes the nights before.",
		w.Keys.Label(keymap.Cramp))
	rows := []string{th.Text.Render(widget.Wrap(say, width)), "", th.Quiet.Render("From the first answer on this shows:")}
	for _, what := range willShow {
		rows = append(rows, th.Quiet.Render(widget.Hang(th.Glyphs.Bullet+" ", what, width)))
	}
	if len(s.told.figures.Held) > 0 {
		rows = append(rows, "")
		rows = append(rows, places(w, s.told.figures, width)...)
	}
	return rows
}

// weeks are the chart of the weeks, and the hours.
func (s *Screen) weeks(w screen.World, width int) []string {
	th, f := w.Theme, s.told.figures
	var chart []widget.Bar
	most := 0
	for _, b := range bars(w) {
		c := widget.Bar{N: b.Cramps, Under: fmt.Sprint(b.Known), Unknown: b.Known == 0}
		if b.first {
			c.Label = b.Monday.Midnight().Format("Jan")
		}
		chart, most = append(chart, c), max(most, b.Cramps)
	}
	rows := []string{th.Quiet.Render("Cramps a week (nights known)"), widget.Chart(th, chart, width, min(chartHeight, lowChart+2*most)), ""}
	return append(rows, hours(w, f.Hours)...)
}

// sumWords are the cramps of all known nights.
func sumWords(f review.Figures) string {
	switch {
	case f.Known == 0:
		return "None of these nights has been answered for"
	case f.Cramps == 0:
		return "No cramp in " + widget.Plural(f.Known, "known night")
	}
	return fmt.Sprintf("%s in %d of %s: %.1f a week", widget.Plural(f.Cramps, "cramp"), f.WithCramps, widget.Plural(f.Known, "known night"), *f.PerWeek)
}

// hours is when cramps began, through the night.
func hours(w screen.World, h review.Hours) []string {
	th := w.Theme
	if h.Of == 0 {
		return []string{th.Quiet.Render("Time of night: not told yet")}
	}
	var cells []int
	rest := h.Of
	for i := range nightHours {
		n := h.Count[(evening+i)%24]
		cells = append(cells, n, n) // two cells an hour
		rest -= n
	}
	head := "Time of night, " + widget.Plural(h.Of, "cramp")
	if rest > 0 {
		head += fmt.Sprintf(", %d by day", rest)
	}
	return []string{th.Quiet.Render(head), widget.Profile(th, cells), th.Quiet.Render("20  22  0   2   4   6   8   10")}
}

// The hours that are drawn: from the evening on so many.
const (
	evening    = 20
	nightHours = 14
)

// details is what was told of single cramps, each with how many told it.
func (s *Screen) details(w screen.World, width int) []string {
	th, f := w.Theme, s.told.figures
	rows := append(places(w, f, width), "", th.Quiet.Render("Told: median (range), of how many cramps"))
	for _, spread := range []struct {
		name string
		review.Spread
		words func(float64) string
	}{
		{"pain of 10", f.Pain, plain}, {"lasted min", f.LastedS, minutes}, {"awake min", f.AwakeMin, plain},
	} {
		rows = append(rows, th.Text.Render(fmt.Sprintf("%-11s ", spread.name)+spreadWords(spread.Spread, spread.words)))
	}
	rows = append(rows, "", th.Text.Render(widget.Wrap(helped(f.Helped), width)), th.Text.Render(widget.Wrap(marks(f), width)))
	for _, p := range f.Together {
		words := fmt.Sprintf("%s and %s travel together: on %d of %d nights", safe.Text(p.Marks[0], 40), safe.Text(p.Marks[1], 40), p.Both, p.Of)
		rows = append(rows, th.Quiet.Render(widget.Wrap(words, width)))
	}
	return rows
}

func plain(x float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0") }

func minutes(seconds float64) string {
	return fmt.Sprintf("%d:%02d", int(seconds)/60, int(seconds)%60)
}

// spreadWords are the median, the range and of how many.
func spreadWords(s review.Spread, words func(float64) string) string {
	if s.N == 0 {
		return "not told yet"
	}
	return fmt.Sprintf("%s (%s to %s), %d", words(s.Median), words(float64(s.Min)), words(float64(s.Max)), s.N)
}

func helped(t review.Tallies) string {
	if t.Of == 0 {
		return "What helped: not told yet"
	}
	return fmt.Sprintf("What helped, told of %s: %s", widget.Plural(t.Of, "cramp"), tally(t.Count))
}

func tally(all []review.Tally) string {
	var words []string
	for _, t := range all {
		words = append(words, fmt.Sprintf("%s %d", safe.Text(t.Word, 40), t.N))
	}
	return strings.Join(words, ", ")
}

func marks(f review.Figures) string {
	if len(f.Marks) == 0 {
		return "Marks: none in these nights"
	}
	var words []string
	for _, m := range f.Marks {
		words = append(words, fmt.Sprintf("%s %d", safe.Text(m.Mark, 40), m.Nights))
	}
	return "Nights marked: " + strings.Join(words, ", ")
}

// muscles are the rows of the table of places, in the order of a leg.
var muscles = []string{"calf", "foot", "hamstring", "quadriceps", "inner", "other", ""}

// sides are its columns.
var sides = []string{"left", "right", "both", ""}

// places is the table of cramps by leg and muscle beside the minutes for which
// each was held.
func places(w screen.World, f review.Figures, width int) []string {
	th := w.Theme
	cramps, held := map[[2]string]int{}, map[[2]string]int{}
	for _, p := range f.Places.Count {
		cramps[[2]string{p.Side, p.Muscle}] = p.Cramps
	}
	for _, h := range f.Held {
		held[[2]string{h.Side, h.Muscle}] = h.HeldS
	}
	if f.Places.Of == 0 && len(f.Held) == 0 {
		return []string{th.Text.Render("Where: not told yet")}
	}
	rows := []string{
		th.Quiet.Render(widget.Wrap(fmt.Sprintf("Where, told of %s, and minutes held", widget.Plural(f.Places.Of, "cramp")), width)),
		th.Quiet.Render(fmt.Sprintf("%-10s%5s%6s%5s%3s%6s%6s", "", "left", "right", "both", "?", "left", "right")),
	}
	for _, m := range muscles {
		row, any := placeRow(m, cramps, held)
		if any {
			rows = append(rows, th.Text.Render(row))
		}
	}
	return rows
}

func placeRow(muscle string, cramps, held map[[2]string]int) (row string, any bool) {
	name := muscle
	if name == "" {
		name = "not told"
	}
	row = fmt.Sprintf("%-10s", name)
	for i, side := range sides {
		n := cramps[[2]string{side, muscle}]
		any = any || n > 0
		row += fmt.Sprintf("%*s", []int{5, 6, 5, 3}[i], count(n))
	}
	for i, side := range sides[:2] {
		n := held[[2]string{side, muscle}]
		any = any || n > 0
		row += fmt.Sprintf("%*s", []int{6, 6}[i], heldWords(n))
	}
	return row, any
}

func count(n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

func heldWords(seconds int) string {
	if seconds == 0 {
		return "-"
	}
	return fmt.Sprint((seconds + 30) / 60)
}
