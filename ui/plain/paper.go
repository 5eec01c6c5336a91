package plain

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"lull/routine/safe"
	"lull/routine/say"
)

// paper is where lines are printed. Nothing gets through to it but what can be
// seen, spaces and the ends of lines, whoever said it.
type paper struct {
	to    io.Writer
	wide  func() int // columns to break lines at words for, 0 to leave them whole
	gate  *safe.Gate
	clean bytes.Buffer // what came through the gate
	err   error        // of the first line that could not be printed
}

func newPaper(to io.Writer, wide func() int) *paper {
	p := &paper{to: to, wide: wide}
	p.gate = safe.NewGate(&p.clean, false)
	return p
}

// Write prints a text. It never fails: what cannot be printed is noticed by who
// asks for the next line.
func (p *paper) Write(text []byte) (int, error) {
	p.clean.Reset()
	_, _ = p.gate.Write(text) // into memory
	if p.err == nil {
		_, p.err = io.WriteString(p.to, folded(even.Replace(p.clean.String()), p.wide()))
	}
	return len(text), nil
}

// even makes a line of what moves by more than a letter.
var even = strings.NewReplacer("\t", " ", "\r\n", "\n")

// folded breaks lines between words so that none is longer than so many letters,
// unless a word is. What is read aloud stays whole: then there are no columns.
func folded(text string, columns int) string {
	if columns <= 0 {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		var whole []string
		for utf8.RuneCountInString(line) > columns {
			letters := []rune(line)
			at := breakAt(letters, columns)
			if at < 0 {
				break
			}
			whole = append(whole, string(letters[:at]))
			line = strings.TrimLeft(string(letters[at:]), " ")
		}
		lines[i] = strings.Join(append(whole, line), "\n")
	}
	return strings.Join(lines, "\n")
}

// breakAt is the last space after a word within the columns, or else the first
// one beyond them, or -1.
func breakAt(letters []rune, columns int) int {
	begun, found := false, -1
	for at, r := range letters {
		switch {
		case r != ' ':
			begun = true
		case begun && (at <= columns || found < 0):
			found = at
		}
		if at >= columns && found >= 0 {
			break
		}
	}
	return found
}

// longestLine is how much of a line that is typed is read.
const longestLine = 500

// typed passes on each line that comes in, cleaned, and is closed at the end of
// the input.
func typed(in io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for r := bufio.NewReader(in); ; {
			line, err := readLine(r)
			if err != nil {
				return
			}
			lines <- safe.Text(strings.TrimSpace(line), longestLine)
		}
	}()
	return lines
}

// readLine reads one line. Of one that has no end in sight the rest is dropped.
func readLine(r *bufio.Reader) (string, error) {
	line, more, err := r.ReadLine()
	text := string(line)
	for more && err == nil {
		_, more, err = r.ReadLine()
	}
	return text, err
}

// next is the next line that is typed.
func (h *house) next(ctx context.Context) (string, error) {
	if h.out.err != nil {
		return "", errOver // nobody can hear what is asked
	}
	select {
	case line, more := <-h.lines:
		if !more {
			return "", errOver
		}
		return line, nil
	case <-ctx.Done():
		return "", errOver
	}
}

// page is how many lines are printed at once.
const page = 20

// pages prints a long text a page at a time.
func (h *house) pages(ctx context.Context, text string) error {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for len(lines) > page {
		h.print(strings.Join(lines[:page], "\n"))
		lines = lines[page:]
		m := menu{enter: &choice{does: say.Count(len(lines), "%d more line", "%d more lines"), do: nothing}}
		if err := h.choose(ctx, m); err != nil {
			return err
		}
	}
	h.print(strings.Join(lines, "\n"))
	return nil
}
