package charset

import (
	"io"
	"os"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// Writer writes text to a terminal in the characters that it has. Escape
// sequences go through as they are. It is for one goroutine at a time, as the
// terminal is.
type Writer struct {
	to   io.Writer
	set  Set
	tail []byte // the beginning of a character whose end has not come yet
	buf  []byte
}

// NewWriter returns a writer to a terminal with the set, or to itself if the
// terminal can show everything.
func NewWriter(to io.Writer, set Set) io.Writer {
	if !set.Limited() {
		return to
	}
	return &Writer{to: to, set: set}
}

// Write writes text in UTF-8. It returns len(p) unless the terminal refuses it.
func (w *Writer) Write(p []byte) (int, error) {
	text := append(w.tail, p...)
	w.tail = nil
	w.buf = w.buf[:0]
	for len(text) > 0 {
		if text[0] < utf8.RuneSelf {
			w.buf = append(w.buf, text[0])
			text = text[1:]
			continue
		}
		if !utf8.FullRune(text) {
			w.tail = append([]byte(nil), text...)
			break
		}
		n := w.character(text)
		text = text[n:]
	}
	if _, err := w.to.Write(w.buf); err != nil {
		return 0, err
	}
	return len(p), nil
}

// character writes the character that text begins with and returns its bytes.
func (w *Writer) character(text []byte) int {
	r, size := utf8.DecodeRune(text)
	if r == utf8.RuneError && size == 1 {
		w.buf = append(w.buf, '?')
		return 1
	}
	cluster, cells, n, _ := ansi.DecodeSequence(text, ansi.NormalState, nil)
	if n == size && w.set.has(r) {
		w.buf = w.set.append(w.buf, r)
		return n
	}
	w.buf = w.set.replace(w.buf, string(cluster), cells)
	return max(n, size)
}

// File is a terminal with its set: a file that reads and writes UTF-8 whatever
// the terminal does. It still says which file it is, so that its modes and its
// size can be asked for.
type File struct {
	*os.File
	set Set
	out io.Writer
}

// NewFile returns the terminal f with its set.
func NewFile(f *os.File, set Set) *File { return &File{f, set, NewWriter(f, set)} }

// Fit returns f or, if it is a terminal that lacks characters, a File.
func Fit(f *os.File, set Set) io.ReadWriter {
	if set.Limited() && term.IsTerminal(f.Fd()) {
		return NewFile(f, set)
	}
	return f
}

// Write writes text in the terminal's characters.
func (f *File) Write(p []byte) (int, error) { return f.out.Write(p) }

// maxExpansion is the bytes in UTF-8 of the longest character that a table of
// one byte a character has.
const maxExpansion = 3

// Read reads what is typed, as UTF-8.
func (f *File) Read(p []byte) (int, error) {
	if f.set.table == nil || len(p) < maxExpansion {
		return f.File.Read(p)
	}
	typed := make([]byte, len(p)/maxExpansion)
	n, err := f.File.Read(typed)
	text := p[:0]
	for _, b := range typed[:n] {
		text = utf8.AppendRune(text, f.set.table.DecodeByte(b))
	}
	return len(text), err
}

// Unwrap returns the file itself, or nil if x is none.
func Unwrap(x any) *os.File {
	switch f := x.(type) {
	case *os.File:
		return f
	case *File:
		return f.File
	}
	return nil
}
