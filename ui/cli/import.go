package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"lull/routine/journal"
)

func importVerb(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE|-",
		Short: "Take in lines that `lull export` wrote",
		Long: "Takes in facts, one JSON object a line, from a file or from the input (-). All good " +
			"lines are taken in one step. A fact that is there already is left as it is, so " +
			"importing twice does no harm. Lines that cannot be taken are listed with the reason; " +
			"if there are any, the exit status is 1.",
		Example: "lull import nights.jsonl\nssh other lull export | lull import -",
		Args:    words(1, 1, "one FILE, or - for the input"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.take(cmd.Context(), args[0]) },
	}
}

// take imports a file.
func (a *App) take(ctx context.Context, path string) error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	in, err := a.input(path)
	if err != nil {
		return err
	}
	defer in.Close()
	read, err := readLines(in, set.Calendar)
	if err != nil {
		return fmt.Errorf("read %s: %w; nothing was taken", path, err)
	}
	taken, err := a.Log(patient).Append(ctx, read.entries...)
	if err != nil {
		return fmt.Errorf("nothing was taken: %w", err)
	}
	a.say("%d taken, %d known already, %d refused", taken, len(read.entries)-taken, len(read.refused))
	for _, r := range read.refused {
		a.note("lull: line %d: %s", r.line, cleanLines(strings.ReplaceAll(r.why.Error(), "\n", "; ")))
	}
	if len(read.refused) > 0 {
		return errTold
	}
	return nil
}

func (a *App) input(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.In), nil
	}
	return os.Open(path)
}

// lines is what a file to import holds.
type lines struct {
	entries []journal.Entry
	refused []refusal
}

// refusal is a line that cannot be taken, counted from 1.
type refusal struct {
	line int
	why  error
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// readLines reads every line; empty ones are passed over.
func readLines(in io.Reader, c journal.Calendar) (lines, error) {
	var read lines
	r := bufio.NewReaderSize(in, journal.MaxLine+2)
	for n := 1; ; n++ {
		line, err := readLine(r)
		if err != nil && err != io.EOF && !errors.Is(err, errLong) {
			return lines{}, err
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, byteOrderMark)
		}
		if entry, why := decode(line, err, c); why != nil {
			read.refused = append(read.refused, refusal{n, why})
		} else if entry.Fact != nil {
			read.entries = append(read.entries, entry)
		}
		if err == io.EOF {
			return read, nil
		}
	}
}

var errLong = fmt.Errorf("the line is longer than %d bytes", journal.MaxLine)

// readLine gives the next line without its end, in memory of its own. The rest
// of a line that is too long is passed over.
func readLine(r *bufio.Reader) ([]byte, error) {
	part, err := r.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		return bytes.TrimRight(bytes.Clone(part), "\r\n"), err
	}
	for err == bufio.ErrBufferFull {
		_, err = r.ReadSlice('\n')
	}
	if err != nil && err != io.EOF {
		return nil, err
	}
	return nil, errLong
}

// decode makes an entry of a line; an empty one makes none.
func decode(line []byte, err error, c journal.Calendar) (journal.Entry, error) {
	switch {
	case errors.Is(err, errLong):
		return journal.Entry{}, errLong
	case len(bytes.TrimSpace(line)) == 0:
		return journal.Entry{}, nil
	case !utf8.Valid(line):
		return journal.Entry{}, errors.New("the line is not UTF-8")
	}
	return journal.Decode(line, c)
}
