package safe

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Lines is Text for a text of any length with the ends of its lines, and its
// tabs, left in. It is what a verb prints: whoever wrote a part of it, nothing
// in it moves a cursor, sets a colour or turns letters round.
func Lines(s string) string { return whole(s, false) }

// Styled is Lines for a picture of lull's own: the escapes that set colours and
// weights stay, and no other does. It is the last look at a window's frame.
func Styled(s string) string { return whole(s, true) }

func whole(s string, styled bool) string {
	if bare(s) {
		return s
	}
	g := Gate{styled: styled, marks: marksPerBase}
	out, _ := g.pass(make([]byte, 0, len(s)+16), []byte(s), true)
	return string(out)
}

// bare says whether s is nothing but plain ASCII letters, signs and line ends.
func bare(s string) bool {
	for i := range len(s) {
		if (s[i] < ' ' || s[i] > '~') && s[i] != '\n' {
			return false
		}
	}
	return true
}

// Gate is a writer that cleans: what goes through it is Lines, or Styled, of what
// was written to it, however it was cut into pieces. It stands between lull and
// an output so that no caller has to remember to clean.
type Gate struct {
	to     io.Writer
	styled bool
	marks  int    // on the letter that came last
	rest   []byte // the beginning of a letter, a line end or an escape
}

// NewGate makes a gate before an output. A styled one lets colours through.
func NewGate(to io.Writer, styled bool) *Gate {
	return &Gate{to: to, styled: styled, marks: marksPerBase}
}

// Write passes on what is fit to be seen. Only the output makes it fail.
func (g *Gate) Write(text []byte) (int, error) {
	src := text
	if len(g.rest) > 0 {
		src = append(g.rest, text...)
		g.rest = nil
	}
	out, rest := g.pass(make([]byte, 0, len(src)+16), src, false)
	g.rest = slices.Clone(rest)
	if _, err := g.to.Write(out); err != nil {
		return 0, err
	}
	return len(text), nil
}

// Close passes on the beginning of something whose end never came, made visible.
// It does not close the output.
func (g *Gate) Close() error {
	out, _ := g.pass(nil, g.rest, true)
	g.rest = nil
	if len(out) == 0 {
		return nil
	}
	_, err := g.to.Write(out)
	return err
}

// pass adds what may be seen of src to out and returns what can only be judged
// with what comes next: nothing at the end.
func (g *Gate) pass(out, src []byte, end bool) (passed, rest []byte) {
	for len(src) > 0 {
		b := src[0]
		if b >= ' ' && b <= '~' {
			out, src, g.marks = append(out, b), src[1:], 0
			continue
		}
		n, whole := g.kept(src)
		switch {
		case !whole && !end:
			return out, src
		case n > 0:
			if b != esc {
				g.marks = marksPerBase // on a line's end nothing sits
			}
			out, src = append(out, src[:n]...), src[n:]
		default:
			r, size := utf8.DecodeRune(src)
			out, src = g.letter(out, r), src[size:]
		}
	}
	return out, nil
}

const (
	esc       = 0x1b
	longStyle = 64 // bytes of an escape that sets a style
)

// kept is how much of the beginning of src stays as it is: a line's end, a tab,
// or a style. It says false when that depends on what comes next.
func (g *Gate) kept(src []byte) (n int, whole bool) {
	switch b := src[0]; {
	case b == '\n' || b == '\t':
		return 1, true
	case b == '\r' && len(src) == 1:
		return 0, false
	case b == '\r' && src[1] == '\n':
		return 2, true
	case b == esc && g.styled:
		return style(src)
	}
	return 0, utf8.FullRune(src)
}

// letter adds what stands for a rune.
func (g *Gate) letter(out []byte, r rune) []byte {
	r, keep := shown(r)
	switch {
	case !keep:
		return out
	case !attaches(r):
		g.marks = 0
	default:
		if g.marks++; g.marks > marksPerBase {
			return out
		}
	}
	return utf8.AppendRune(out, r)
}

// style is the length of the escape that src begins with if it sets a style and
// hides nothing.
func style(src []byte) (n int, whole bool) {
	if len(src) == 1 {
		return 0, false
	}
	if src[1] != '[' {
		return 0, true
	}
	for i := 2; i < min(len(src), longStyle); i++ {
		switch b := src[i]; {
		case b == 'm' && visible(string(src[2:i])):
			return i + 1, true
		case b != ';' && b != ':' && (b < '0' || b > '9'):
			return 0, true
		}
	}
	return 0, len(src) >= longStyle
}

// visible says whether a style can be read and does not blink. The numbers of a
// colour are not looked at.
func visible(style string) bool {
	all := strings.Split(style, ";")
	for i := 0; i < len(all); i++ {
		head, _, parts := strings.Cut(all[i], ":")
		switch n, _ := strconv.Atoi(head); n {
		case 5, 6, 8:
			return false
		case 38, 48, 58:
			if !parts && i+1 < len(all) {
				i += map[string]int{"5": 2, "2": 4}[all[i+1]]
			}
		}
	}
	return true
}
