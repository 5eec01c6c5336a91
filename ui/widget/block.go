// Package widget draws the parts screens are made of. Every function is pure:
// it takes a theme, a size and plain values and returns a block of text, and
// the same arguments always give the same block.
//
// A block of w by h cells has exactly h lines of exactly w cells. Without
// room (w or h below one) a block is empty. Text handed in may be styled but
// must be safe: see package safe.
package widget

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"lull/routine/safe"
	"lull/ui/theme"
)

// flattened undoes the characters whose width depends on where they stand.
var flattened = strings.NewReplacer("\t", "    ", "\r", "")

// Clip returns the top left w by h cells of the block, filled up with spaces.
// Styles are kept as they are.
func Clip(block string, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	lines := strings.Split(flattened.Replace(block), "\n")
	out := make([]string, h)
	for i := range out {
		if i < len(lines) {
			out[i] = fit(lines[i], w)
		} else {
			out[i] = spaces(w)
		}
	}
	return strings.Join(out, "\n")
}

// Centre returns w by h cells with the block in their middle, clipped when
// there is no room for all of it.
func Centre(block string, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	bw, bh := min(lipgloss.Width(block), w), min(lipgloss.Height(block), h)
	left, top := (w-bw)/2, (h-bh)/2
	lines := strings.Split(Clip(block, bw, bh), "\n")
	out := make([]string, h)
	for i := range out {
		if at := i - top; at >= 0 && at < bh {
			out[i] = spaces(left) + fit(lines[at], w-left)
		} else {
			out[i] = spaces(w)
		}
	}
	return strings.Join(out, "\n")
}

// Line is s on one line of exactly w cells; an ellipsis stands for what had no
// room.
func Line(th theme.Theme, s string, w int) string {
	if w <= 0 {
		return ""
	}
	s = flattened.Replace(strings.ReplaceAll(s, "\n", " "))
	if ansi.StringWidth(s) > w {
		s = ansi.Truncate(s, w, th.Glyphs.Ellipsis)
	}
	return fit(s, w)
}

// Wrap breaks the text at words so that no line is wider than w cells; a word
// wider than that is broken. It fills nothing up: lines are as long as they
// are, and styles go on across the breaks.
func Wrap(text string, w int) string {
	if w <= 0 {
		return ""
	}
	lines := strings.Split(lipgloss.Wrap(flattened.Replace(text), w, ""), "\n")
	for i, line := range lines {
		lines[i] = ansi.Truncate(strings.TrimRight(line, " "), w, "")
	}
	return strings.Join(lines, "\n")
}

// Hang wraps the text behind a mark, its later lines set in by as much.
func Hang(mark, text string, w int) string {
	in := lipgloss.Width(mark)
	return mark + strings.ReplaceAll(Wrap(text, max(1, w-in)), "\n", "\n"+strings.Repeat(" ", in))
}

// Column is one block beside others, W cells wide.
type Column struct {
	Body string
	W    int
}

// Columns sets blocks side by side, each clipped to its width and to h lines.
// The block is as wide as the widths together; an empty Body is a gap.
func Columns(h int, columns ...Column) string {
	lines := make([]strings.Builder, max(h, 0))
	total := 0
	for _, c := range columns {
		if c.W <= 0 || h <= 0 {
			continue
		}
		total += c.W
		for i, part := range strings.Split(Clip(c.Body, c.W, h), "\n") {
			lines[i].WriteString(part)
		}
	}
	if total == 0 {
		return ""
	}
	out := make([]string, len(lines))
	for i := range lines {
		out[i] = lines[i].String()
	}
	return strings.Join(out, "\n")
}

// Paint gives every cell of the block that has no colour of its own the
// theme's text colour and background, and clips it to w by h. It goes round
// the whole screen once, so that no cell shows the terminal's own ground, and is
// the last to look at it: whatever a screen forgot to clean is cleaned here.
func Paint(th theme.Theme, block string, w, h int) string {
	block = Clip(safe.Styled(block), w, h)
	if th.Background == nil || block == "" {
		return block
	}
	open, _, _ := strings.Cut(th.Base().Render("x"), "x")
	const reset = "\x1b[m"
	again := strings.NewReplacer(reset, reset+open, "\x1b[0m", reset+open, "\x1b[39m", open, "\x1b[49m", open)
	lines := strings.Split(block, "\n")
	for i, line := range lines {
		lines[i] = open + again.Replace(line) + reset
	}
	return strings.Join(lines, "\n")
}

// fit is one line cut or filled up to exactly w cells.
func fit(line string, w int) string {
	if w <= 0 {
		return ""
	}
	width := lineWidth(line)
	if width > w {
		line = ansi.Truncate(line, w, "")
		width = ansi.StringWidth(line)
	}
	return line + spaces(w-width)
}

// lineWidth is ansi.StringWidth, quicker for lines of nothing but styles and the
// characters that pictures are made of: a moving one is measured several times
// in each of its frames.
func lineWidth(line string) int {
	width := 0
	for i := 0; i < len(line); {
		switch b := line[i]; {
		case b >= ' ' && b < 0x7f:
			width, i = width+1, i+1
		case b == 0xe2 && i+2 < len(line) && (line[i+1] == 0x96 || line[i+1] == 0x94): // U+2500 to U+253F, U+2580 to U+25BF
			width, i = width+1, i+3
		case b == 0x1b && i+1 < len(line) && line[i+1] == '[':
			end := i + 2
			for end < len(line) && (line[end] == ';' || line[end] >= '0' && line[end] <= '9') {
				end++
			}
			if end == len(line) || line[end] != 'm' {
				return ansi.StringWidth(line)
			}
			i = end + 1
		default:
			return ansi.StringWidth(line)
		}
	}
	return width
}

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }
