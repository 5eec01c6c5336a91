package nights

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

const (
	besideWidth  = 70 // columns from which the two halves of the cramps stand beside each other
	detailsWidth = 42 // columns that the half with the table needs at least
	chartHeight  = 9  // rows of the chart at most
	lowChart     = 3  // rows of it without a cramp
)

// cramps is all that is known of the cramps: the weeks, then what was told of
// single ones.
func (s *Screen) cramps(w screen.World, width int) []string {
	th := w.Theme
	head := th.Title.Render(widget.Wrap(s.crampHead(w), width))
	if s.told.err != nil {
		return []string{head, "", th.Warn.Render(widget.Wrap(say.Text("These nights could not be read: %s. Any key tries again.", safe.Text(s.told.err.Error(), 300)), width))}
	}
	if !s.told.known {
		return []string{head, "", th.Quiet.Render(say.Text("reading what was told…"))}
	}
	if f := s.told.figures; f.Known == 0 && len(f.Marks) == 0 {
		return slices.Concat([]string{head, ""}, s.untold(w, width))
	}
	head += "\n" + th.Text.Render(widget.Wrap(sumWords(s.told.figures), width))
	if width < besideWidth {
		return slices.Concat([]string{head, ""}, s.weeks(w, width), []string{""}, s.details(w, width))
	}
	left := min((width-between)/2, width-between-max(detailsWidth, newPlaceTable().width()+1))
	l, r := strings.Join(s.weeks(w, left), "\n"), strings.Join(s.details(w, width-left-between), "\n")
	return []string{head, "", widget.Columns(max(lipgloss.Height(l), lipgloss.Height(r)),
		widget.Column{Body: l, W: left}, widget.Column{W: between}, widget.Column{Body: r, W: width - left - between})}
}

// crampHead says what the rest is over.
func (s *Screen) crampHead(w screen.World) string {
	of := span(w)
	head, f := say.Text("Cramps in the last night"), s.told.figures
	if nights := int(of.To - of.From + 1); nights > 1 {
		head = say.Text("Cramps in the last %d nights", nights)
	}
	if s.told.known && f.Known > 0 {
		return say.Text("%s, %d of them known", head, f.Known)
	}
	return head
}

// willShow is what this part holds as soon as there is something to show.
var willShow = []say.Key{
	"cramps a week, with the nights known under each",
	"which leg and which muscle, beside the minutes each was held",
	"time of night, pain, length and minutes awake",
	"what helped, and the marks that come with the nights",
}

// untold stands in the place of figures while no night has been answered for.
func (s *Screen) untold(w screen.World, width int) []string {
	th := w.Theme
	how := say.Text("None of these nights has been answered for. Tonight asks in the morning; %s writes a cramp down while it hurts; the diary takes the nights before.",
		w.Keys.Label(keymap.Cramp))
	rows := []string{th.Text.Render(widget.Wrap(how, width)), "", th.Quiet.Render(say.Text("From the first answer on this shows:"))}
	for _, what := range willShow {
		rows = append(rows, th.Quiet.Render(widget.Hang(th.Glyphs.Bullet+" ", what.String(), width)))
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
			c.Label = say.Date(b.Monday.Midnight(), "Jan")
		}
		chart, most = append(chart, c), max(most, b.Cramps)
	}
	rows := []string{th.Quiet.Render(widget.Wrap(say.Text("Cramps logged each week (logged nights below)"), width)), widget.Chart(th, chart, width, min(chartHeight, lowChart+2*most)), ""}
	return append(rows, hours(w, f.Hours, width)...)
}

// sumWords are the cramps of all known nights.
func sumWords(f review.Figures) string {
	if f.Known == 0 {
		return say.Text("None of these nights has been answered for")
	}
	return f.Counts().Words()
}

// hours is when cramps began, through the night.
func hours(w screen.World, h review.Hours, width int) []string {
	th := w.Theme
	if h.Of == 0 {
		return []string{th.Quiet.Render(widget.Wrap(say.Text("Time of night: not told yet"), width))}
	}
	var cells []int
	rest := h.Of
	for i := range nightHours {
		n := h.Count[(evening+i)%24]
		cells = append(cells, n, n) // two cells an hour
		rest -= n
	}
	head := say.Text("Time of night, %s", say.Count(h.Of, "%d cramp", "%d cramps"))
	if rest > 0 {
		head = say.Text("%s, %d by day", head, rest)
	}
	return []string{th.Quiet.Render(widget.Wrap(head, width)), widget.Profile(th, cells), th.Quiet.Render("20  22  0   2   4   6   8   10")}
}

// The hours that are drawn: from the evening on so many.
const (
	evening    = 20
	nightHours = 14
)

// details is what was told of single cramps, each with how many told it.
func (s *Screen) details(w screen.World, width int) []string {
	th, f := w.Theme, s.told.figures
	rows := append(places(w, f, width), "", th.Quiet.Render(widget.Wrap(say.Text("Told: median (range), of how many cramps"), width)))
	spreads := []struct {
		name say.Key
		review.Spread
		words func(float64) string
	}{
		{"pain of 10", f.Pain, plain}, {"lasted min", f.LastedS, minutes}, {"awake min", f.AwakeMin, plain},
	}
	wide := 11
	for _, spread := range spreads {
		wide = max(wide, lipgloss.Width(spread.name.String()))
	}
	for _, spread := range spreads {
		rows = append(rows, th.Text.Render(widget.Line(th, spread.name.String(), wide)+" "+spreadWords(spread.Spread, spread.words)))
	}
	rows = append(rows, "", th.Text.Render(widget.Wrap(helped(f.Helped), width)), th.Text.Render(widget.Wrap(marks(f), width)))
	for _, p := range f.Together {
		words := say.Text("%s and %s travel together: on %d of %d nights", markWord(p.Marks[0]), markWord(p.Marks[1]), p.Both, p.Of)
		rows = append(rows, th.Quiet.Render(widget.Wrap(words, width)))
	}
	return rows
}

func plain(x float64) string {
	if x == math.Trunc(x) {
		return say.Number("%.0f", x)
	}
	return say.Number("%.1f", x)
}

// markWord is a mark that may be one of lull's own or somebody's.
func markWord(mark string) string { return safe.Text(say.Name(mark), 40) }

func minutes(seconds float64) string {
	return fmt.Sprintf("%d:%02d", int(seconds)/60, int(seconds)%60)
}

// spreadWords are the median, the range and of how many.
func spreadWords(s review.Spread, words func(float64) string) string {
	if s.N == 0 {
		return say.Text("not told yet")
	}
	return say.Text("%s (%s to %s), %d", words(s.Median), words(float64(s.Min)), words(float64(s.Max)), s.N)
}

func helped(t review.Tallies) string {
	if t.Of == 0 {
		return say.Text("What helped: not told yet")
	}
	return say.Text("What helped, told of %s: %s", say.Count(t.Of, "%d cramp", "%d cramps"), tally(t.Count))
}

func tally(all []review.Tally) string {
	var words []string
	for _, t := range all {
		words = append(words, fmt.Sprintf("%s %d", safe.Text(say.Name(t.Word), 40), t.N))
	}
	return strings.Join(words, ", ")
}

func marks(f review.Figures) string {
	if len(f.Marks) == 0 {
		return say.Text("Marks: none in these nights")
	}
	var words []string
	for _, m := range f.Marks {
		words = append(words, fmt.Sprintf("%s %d", markWord(m.Mark), m.Nights))
	}
	return say.Text("Nights marked: %s", strings.Join(words, ", "))
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
		return []string{th.Text.Render(say.Text("Where: not told yet"))}
	}
	t := newPlaceTable()
	rows := []string{
		th.Quiet.Render(widget.Wrap(say.Text("Where, told of %s, and minutes held", say.Count(f.Places.Of, "%d cramp", "%d cramps")), width)),
		th.Quiet.Render(t.row(headWords())),
	}
	for _, m := range muscles {
		row, any := placeRow(m, cramps, held)
		if any {
			rows = append(rows, th.Text.Render(t.row(row)))
		}
	}
	return rows
}

// placeTable is how wide the columns of the table of places are.
type placeTable []int

// leastPlaces are the widths that the numbers and the English words take.
var leastPlaces = placeTable{10, 5, 6, 5, 3, 6, 6}

// newPlaceTable makes the columns as wide as their words are.
func newPlaceTable() placeTable {
	t := slices.Clone(leastPlaces)
	for i, word := range headWords()[1:] {
		t[i+1] = max(t[i+1], lipgloss.Width(word)+1)
	}
	for _, m := range muscles {
		t[0] = max(t[0], lipgloss.Width(muscleWord(m)))
	}
	return t
}

func (t placeTable) width() int {
	all := 0
	for _, column := range t {
		all += column
	}
	return all
}

// row sets the first cell to the left and the others to the right.
func (t placeTable) row(cells []string) string {
	line := ""
	for i, cell := range cells {
		gap := strings.Repeat(" ", max(0, t[i]-lipgloss.Width(cell)))
		if i == 0 {
			line += cell + gap
		} else {
			line += gap + cell
		}
	}
	return line
}

func headWords() []string {
	left, right := say.As("column", "left"), say.As("column", "right")
	return []string{"", left, right, say.As("column", "both"), "?", left, right}
}

func muscleWord(muscle string) string {
	if muscle == "" {
		return say.Text("not told")
	}
	return say.Name(muscle)
}

func placeRow(muscle string, cramps, held map[[2]string]int) (row []string, any bool) {
	row = []string{muscleWord(muscle)}
	for _, side := range sides {
		n := cramps[[2]string{side, muscle}]
		any = any || n > 0
		row = append(row, count(n))
	}
	for _, side := range sides[:2] {
		n := held[[2]string{side, muscle}]
		any = any || n > 0
		row = append(row, heldWords(n))
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
