package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lull/routine/exchange"
	"lull/routine/journal"
	"lull/routine/say"
)

// importFlags say how a file is to be read.
type importFlags struct{ format, habit string }

func importVerb(a *App) *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "import FILE|-",
		Short: say.Text("Take in what `lull export` or another program wrote"),
		Long: say.Text("Takes in facts from a file or from the input (-): the lines or the table that `lull " +
			"export` wrote, the Checkmarks.csv of Loop Habit Tracker, or a plain table of dates and " +
			"numbers of cramps. The first line tells which it is; --format says otherwise. All good " +
			"lines are taken in one step. A fact that is there already is left as it is, so " +
			"importing twice does no harm. Where anything is new, a copy of what there was is made first, " +
			"in backups/, for `lull restore`. Lines that cannot be taken are listed with the reason; " +
			"if there are any, the exit status is 1."),
		Example: "lull import nights.jsonl\nssh other lull export | lull import -\n" +
			"lull import Checkmarks.csv --habit Stretching\nlull import cramps.csv --format counts",
		Args: words(1, 1, "one FILE, or - for the input"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.take(cmd.Context(), args[0], f) },
	}
	c.Flags().StringVar(&f.format, "format", "", say.Text("instead of what the first line tells: %s", strings.Join(importFormats(), ", ")))
	c.Flags().StringVar(&f.habit, "habit", "", say.Text("of Loop's habits, the one that is the stretching"))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(importFormats(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

func importFormats() []string {
	var names []string
	for _, f := range exchange.Formats {
		names = append(names, string(f))
	}
	return names
}

// take imports a file.
func (a *App) take(ctx context.Context, path string, f importFlags) error {
	if f.format != "" {
		if err := oneOf("--format", f.format, importFormats()); err != nil {
			return err
		}
	}
	set := a.usable()
	in, err := a.input(path)
	if err != nil {
		return err
	}
	defer in.Close()
	lines, err := readLines(in)
	if err != nil {
		return say.Error("read %s: %w; nothing was taken", path, err)
	}
	read, err := a.understand(lines, path, f, set.Calendar)
	if err != nil {
		return err
	}
	log := a.Log(patient)
	if first, last, foreign := read.Span(); foreign {
		standing, err := log.Live(ctx, first, last)
		if err != nil {
			return say.Error("nothing was taken: %w", err)
		}
		read.Beside(standing)
	}
	taken := 0
	if err = a.ahead(ctx, read.Entries); err == nil {
		taken, err = log.Append(ctx, read.Entries...)
	}
	if err != nil {
		return say.Error("nothing was taken: %w", err)
	}
	a.recorded = a.recorded || taken > 0
	return a.report(read, taken)
}

// ahead has a copy made of what there is before entries come in.
func (a *App) ahead(ctx context.Context, entries []journal.Entry) error {
	if a.Keeper == nil {
		return nil
	}
	return a.Keeper.Ahead(ctx, entries...)
}

// understand makes entries of the lines, and says what it took the file for
// unless that is lull's own.
func (a *App) understand(lines []exchange.Line, path string, f importFlags, c journal.Calendar) (exchange.Read, error) {
	format, sure := exchange.Format(f.format), true
	if f.format == "" {
		format, sure = exchange.Recognise(lines, path)
	}
	if !sure && !slices.ContainsFunc(lines, func(l exchange.Line) bool { return bytes.HasPrefix(bytes.TrimSpace(l.Text), []byte("{")) }) {
		return exchange.Read{}, say.Error("nothing was taken: the first line of %s is the header of no format that lull reads (a table that lull wrote keeps its commas); --format says which it is: %s",
			path, strings.Join(importFormats(), ", "))
	}
	read, err := exchange.From(format, lines, exchange.Ask{Calendar: c, Now: a.Now(), Habit: f.habit})
	var unnamed exchange.Habits
	switch {
	case errors.As(err, &unnamed):
		return read, misused("nothing was taken: %v", err)
	case err != nil:
		return read, say.Error("read %s as %s: %w; nothing was taken", path, format, err)
	case f.habit != "" && format != exchange.Loop:
		return read, misused("--habit is for the files of Loop Habit Tracker, and this one is %s; nothing was taken", format.About())
	case !sure:
		a.warn("the first line fits no format, so this was read as %s; --format says otherwise: %s", format, strings.Join(importFormats(), ", "))
	case f.format == "" && format != exchange.JSONL:
		a.warn("read as %s: %s; --format says otherwise", format, format.About())
	}
	return read, nil
}

// report says what became of every line.
func (a *App) report(read exchange.Read, taken int) error {
	a.say("%d taken, %d known already, %d refused", taken, len(read.Entries)-taken, len(read.Refused))
	for _, r := range read.Refused {
		a.warn("line %d: %s", r.Line, cleanLines(strings.ReplaceAll(r.Why.Error(), "\n", "; ")))
	}
	for _, p := range read.Passed {
		a.warn("left out: %s", p)
	}
	if len(read.Refused) > 0 {
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

var byteOrderMark = []byte("\xef\xbb\xbf")

// maxImport is more than somebody who writes down everything for a hundred years
// has, and as much as is held in memory.
const maxImport = 256 << 20 // bytes

// readLines reads every line of a file that is no longer than anybody's.
func readLines(in io.Reader) ([]exchange.Line, error) {
	var lines []exchange.Line
	limited := &io.LimitedReader{R: in, N: maxImport + 1}
	r := bufio.NewReaderSize(limited, exchange.MaxLine+2)
	for n := 1; ; n++ {
		line, long, err := readLine(r)
		if err != nil && err != io.EOF {
			return nil, err
		}
		if limited.N == 0 {
			return nil, say.Error("it is larger than %d MiB; split it, and import the parts", maxImport>>20)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, byteOrderMark)
		}
		lines = append(lines, exchange.Line{N: n, Text: line, Long: long})
		if err == io.EOF {
			return lines, nil
		}
	}
}

// readLine gives the next line without its end, in memory of its own. A line
// that is too long is passed over.
func readLine(r *bufio.Reader) (line []byte, long bool, err error) {
	part, err := r.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		return bytes.TrimRight(bytes.Clone(part), "\r\n"), false, err
	}
	for err == bufio.ErrBufferFull {
		_, err = r.ReadSlice('\n')
	}
	return nil, true, err
}
