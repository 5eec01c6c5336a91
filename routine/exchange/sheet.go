package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"

	"lull/routine/say"
)

// maxRows bounds how many lines a cell with line breaks may make of one row.
const maxRows = 100

// sheet reads a file's rows one after the other. A row that cannot be read is
// refused by its first line, and the reading goes on with the line after it,
// so that one wrong quote spoils one line and not the rest of the file.
type sheet struct {
	lines []Line
	next  int // of lines
	comma rune
	read  *Read
	hint  string // what may be wrong if a row has too many cells or too few
}

// row is the cells of a line, or of the lines that a cell with breaks spans.
type row struct {
	line  int // the first
	cells []string
}

// row gives the next row of so many cells, and false at the end.
func (s *sheet) row(width int) (row, bool) {
	for s.next < len(s.lines) {
		first := s.lines[s.next]
		if first.blank() {
			s.next++
			continue
		}
		cells, lines, err := s.cells(width)
		if err != nil {
			s.read.refuse(first.N, err)
			s.next++
			continue
		}
		s.next += lines
		return row{first.N, cells}, true
	}
	return row{}, false
}

// cells splits the row that begins with the next line, and says how many lines
// it spans.
func (s *sheet) cells(width int) ([]string, int, error) {
	text, lines, err := s.whole()
	if err != nil {
		return nil, 0, err
	}
	cells, err := split(text, s.comma)
	if err != nil {
		return nil, 0, err
	}
	if len(cells) != width {
		return nil, 0, say.Error("the row has %s, not %d%s", cellWords(len(cells)), width, s.hint)
	}
	return cells, lines, nil
}

func cellWords(n int) string {
	return say.Count(n, "%d cell", "%d cells")
}

func errOpen() error { return say.Error("a quote is opened and never closed") }

// whole joins the lines of the next row: a line with an odd number of quotes
// goes on where the next such line ends.
func (s *sheet) whole() ([]byte, int, error) {
	first := s.lines[s.next]
	if err := first.flaw(); err != nil {
		return nil, 0, err
	}
	if !odd(first.Text) {
		return first.Text, 1, nil
	}
	size := len(first.Text)
	for n := 1; n < maxRows && s.next+n < len(s.lines); n++ {
		l := s.lines[s.next+n]
		if size += len(l.Text) + 1; size > MaxLine || l.flaw() != nil {
			break
		}
		if odd(l.Text) {
			return joined(s.lines[s.next : s.next+n+1]), n + 1, nil
		}
	}
	return nil, 0, errOpen()
}

func odd(text []byte) bool { return bytes.Count(text, []byte{'"'})%2 == 1 }

func joined(lines []Line) []byte {
	var texts [][]byte
	for _, l := range lines {
		texts = append(texts, l.Text)
	}
	return bytes.Join(texts, []byte{'\n'})
}

// quoteErrors says what is wrong with quotes in words.
var quoteErrors = map[error]say.Key{
	csv.ErrBareQuote: "a quote stands in the middle of a cell; a cell that holds quotes is put in quotes, and each of them is doubled",
	csv.ErrQuote:     "something follows the quote that ends a cell; a quote inside a cell is doubled",
}

func split(text []byte, comma rune) ([]string, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	cells, err := r.Read()
	for cause, words := range quoteErrors {
		if errors.Is(err, cause) {
			return nil, say.Error(words)
		}
	}
	return cells, err
}

// trimmed cuts the spaces around each cell.
func trimmed(cells []string) []string {
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
	}
	return cells
}
