package widget

import (
	"math"
	"strconv"

	"lull/ui/canvas"
	"lull/ui/theme"
)

// Countdown shows how many seconds are left and which fraction of the whole
// that is, in w by h cells: large digits in a ring, or digits over a bar, or
// one line with the number and a bar, whatever there is room for.
func Countdown(th theme.Theme, seconds int, fraction float64, w, h int) string {
	text := strconv.Itoa(max(seconds, 0))
	if scale := scaleInRing(text, w, h); scale >= smallestDigits {
		c := canvas.New(w, h)
		drawRing(c, th, share(fraction))
		dw, dh := digitsSize(text, scale)
		drawDigits(c, th, (w-dw)/2, (h-dh)/2, text, scale)
		return c.String()
	}
	return BigCountdown(th, seconds, fraction, w, h)
}

// BigCountdown is a Countdown without a ring: the digits fill the w by h cells
// as far as they can, over a bar.
func BigCountdown(th theme.Theme, seconds int, fraction float64, w, h int) string {
	text := strconv.Itoa(max(seconds, 0))
	pw, ph := digitsSize(padded(text), 2)
	switch {
	case w <= 0 || h <= 0:
		return ""
	case w < pw || h < ph:
		return Centre(countLine(th, text, fraction, w), w, h)
	case h < ph+2:
		return Centre(Digits(th, text, h), w, h)
	}
	rows := h - 2
	for {
		if dw, _ := DigitsSize(padded(text), rows); dw <= w {
			break
		}
		rows--
	}
	dw, dh := DigitsSize(padded(text), rows)
	digits := Centre(Digits(th, text, rows), dw, dh)
	return Centre(digits+"\n\n"+Gauge(th, fraction, dw), w, h)
}

// countLine is the count on one line, with a bar when there is room.
func countLine(th theme.Theme, text string, fraction float64, w int) string {
	const unit, leastBar = " s", 5
	line := th.Digits.Bold(true).Render(text)
	rest := w - len(text) - len(unit) - 1
	switch {
	case rest >= leastBar:
		return line + th.Quiet.Render(unit) + " " + Gauge(th, fraction, rest)
	case rest >= -1:
		return line + th.Quiet.Render(unit)
	default:
		return line
	}
}

// scaleInRing is the largest scale at which the text fits into the ring of w
// by h cells.
func scaleInRing(text string, w, h int) int {
	const margin = 0.75 // rows: the digits may stand half a cell off the middle
	room := ringRadius(w, h)*(1-ringThickness) - margin
	scale := 0
	for {
		dw, dh := digitsSize(padded(text), scale+1)
		if math.Hypot(float64(dw)/4, float64(dh)/2) > room {
			return scale
		}
		scale++
	}
}

// padded is the text the digits are measured by: at least two of them, so that
// the picture does not jump when the count goes from ten to nine.
func padded(text string) string {
	if len(text) < 2 {
		return "00"
	}
	return text
}
