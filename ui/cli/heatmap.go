package cli

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
	"lull/ui/charset"
)

// signs are the letters of a heat map, one column each.
type signs map[review.State]string

var (
	asciiSigns = signs{
		review.Kept: "#", review.Partly: "+", review.Missed: ".", review.Paused: "=",
		review.Unlived: "~", review.Open: "?", review.Before: " ", review.Ahead: " ",
	}
	blockSigns = signs{
		review.Kept: "█", review.Partly: "▄", review.Missed: "·", review.Paused: "=",
		review.Unlived: "~", review.Open: "?", review.Before: " ", review.Ahead: " ",
	}
)

// signs that the output can show: blocks only on a terminal that has them.
func (a *App) signs() signs {
	if a.Terminal && a.Env("TERM") != "dumb" && !a.asciiOnly() {
		return blockSigns
	}
	return asciiSigns
}

// asciiOnly reports whether pictures are made of ASCII: the terminal lacks
// characters, or no locale says that it has them.
func (a *App) asciiOnly() bool {
	return charset.Of(a.Env).Limited() || cmp.Or(a.Env("LC_ALL"), a.Env("LC_CTYPE"), a.Env("LANG")) == ""
}

// weeks is how many columns of a heat map fit in 80 cells.
const weeks = 24

// heatmap draws the nights as a calendar: a row for each weekday, a column of
// three cells for each week, the last one tonight's. A night is its state and,
// if somebody answered for it, its cramps.
func heatmap(b *review.Book, since, tonight journal.Date, s signs) string {
	monday := tonight - (journal.Date(tonight.Weekday())+6)%7
	first := max(monday-7*(weeks-1), since-(journal.Date(since.Weekday())+6)%7)
	var out strings.Builder
	fmt.Fprintf(&out, "     %s\n", months(first, monday))
	for row := range journal.Date(7) {
		line := say.Date((monday+row).Midnight(), "Mon") + "  "
		for d := first + row; d <= monday+row; d += 7 {
			line += cell(b, d, since, tonight, s) + " "
		}
		fmt.Fprintln(&out, strings.TrimRight(line, " "))
	}
	fmt.Fprintf(&out, "\n%s\n", say.Text("%s complete  %s partial  %s missed  %s paused  %s tonight, still open",
		s[review.Kept], s[review.Partly], s[review.Missed], s[review.Paused], s[review.Open]))
	out.WriteString(say.Text("a number: cramps that night, 0 for a quiet one; none: nobody said"))
	return out.String()
}

// cell is one night in two columns.
func cell(b *review.Book, d, since, tonight journal.Date, s signs) string {
	if d < since || d > tonight {
		return "  "
	}
	cramps := " "
	if n := b.Night(d); n.Known() {
		cramps = strconv.Itoa(min(n.Cramps, 9))
	}
	return s[b.State(d, tonight)] + cramps
}

// months names each month above the week of its first Monday, and the first
// week's if there is room.
func months(first, last journal.Date) string {
	var line strings.Builder
	for d := first; d <= last; d += 7 {
		monday := d.Midnight()
		if monday.Day() <= 7 || d == first && monday.Day() <= 21 {
			line.WriteString(say.Date(monday, "Jan"))
		} else {
			line.WriteString("   ")
		}
	}
	return strings.TrimRight(line.String(), " ")
}
