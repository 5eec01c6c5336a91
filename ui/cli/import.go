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

// importFlags say how a file is to be read, or which import is undone.
type importFlags struct {
	format, habit, undo string
	restore             bool
}

func importVerb(a *App) *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "import FILE|-",
		Short: say.Text("Import data from lull or another program"),
		Long: say.Text("Imports entries from a file or from the input (-): the lines or the table that `lull " +
			"export` wrote, the Checkmarks.csv of Loop Habit Tracker, or a plain table of dates and " +
			"numbers of cramps. The first lines and the name of the file show which it is. A table that " +
			"could be two of them is refused until --format says which. All good lines are imported in " +
			"one step. An entry that is there already is left as it is, so importing twice does no harm. " +
			"An entry that you removed stays removed unless --restore-deleted is given. Where anything " +
			"is new, a copy of the data is made first, in backups/, for `lull restore`. The last line " +
			"that is printed undoes this import. Lines that cannot be imported are listed with the " +
			"reason; if there are any, the exit status is 1."),
		Example: "lull import nights.jsonl\nssh other lull export | lull import -\n" +
			"lull import Checkmarks.csv --habit Stretching\nlull import cramps.csv --format counts\n" +
			"lull import --undo 1a2b3c4d",
		Args: words(0, 1, "one FILE, or - for the input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.undo != "" && len(args) > 0:
				return misused("--undo takes the id of an import and no FILE")
			case f.undo != "":
				return a.undoImport(cmd.Context(), f.undo)
			case len(args) == 0:
				return misused("import needs one FILE, or - for the input")
			}
			return a.take(cmd.Context(), args[0], f)
		},
	}
	c.Flags().StringVar(&f.format, "format", "", say.Text("the format of the file: %s", strings.Join(importFormats(), ", ")))
	c.Flags().StringVar(&f.habit, "habit", "", say.Text("of Loop's habits, the one that is the stretching"))
	c.Flags().StringVar(&f.undo, "undo", "", say.Text("undo the import with this id"))
	c.Flags().BoolVar(&f.restore, "restore-deleted", false, say.Text("also bring back entries that you removed"))
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
	set, err := a.bounded()
	if err != nil {
		return err
	}
	in, err := a.input(path)
	if err != nil {
		return err
	}
	defer in.Close()
	lines, err := readLines(in)
	if err != nil {
		return say.Error("read %s: %w; nothing was imported", clean(path), err)
	}
	read, err := a.understand(lines, path, f, set.Calendar)
	if err != nil {
		return err
	}
	if first, last, foreign := read.Span(); foreign {
		standing, err := a.Log(patient).Live(ctx, first, last)
		if err != nil {
			return say.Error("nothing was imported: %w", err)
		}
		read.Beside(standing)
	}
	b := bringing{App: a, set: set, restore: f.restore, path: path,
		about: journal.Imported{File: importName(path), Format: string(read.Format), Habit: habitName(f.habit)}}
	if err = a.ahead(ctx, read.Entries); err == nil {
		err = a.holding(ctx, func(held journal.Log) error { return b.add(ctx, held, read.Entries) })
	}
	if err != nil {
		return say.Error("nothing was imported: %w", err)
	}
	a.recorded = a.recorded || b.batch != nil
	return b.report(read)
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
	format, err := exchange.Format(f.format), error(nil)
	if f.format == "" {
		if format, err = a.recognise(lines, path); err != nil {
			return exchange.Read{}, err
		}
	}
	read, err := exchange.From(format, lines, exchange.Ask{Calendar: c, Now: a.Now(), Habit: f.habit})
	var unnamed exchange.Habits
	switch {
	case errors.As(err, &unnamed):
		return read, misused("nothing was imported: %v", err)
	case err != nil:
		return read, say.Error("read %s as %s: %w; nothing was imported", clean(path), format, err)
	case f.habit != "" && format != exchange.Loop:
		return read, misused("--habit is for the files of Loop Habit Tracker, and this one is %s; nothing was imported", format.About())
	case f.format == "" && format != exchange.JSONL:
		a.warn("read as %s: %s. To choose another format, use --format", format, format.About())
	}
	return read, nil
}

// recognise finds out the format of a file. A file that could be in two formats
// is refused: the same numbers mean something else in each.
func (a *App) recognise(lines []exchange.Line, path string) (exchange.Format, error) {
	fits := exchange.Recognise(lines, path)
	object := func(l exchange.Line) bool { return bytes.HasPrefix(bytes.TrimSpace(l.Text), []byte("{")) }
	switch {
	case len(fits) == 1:
		return fits[0], nil
	case len(fits) > 1:
		return "", say.Error("nothing was imported: %s can be %s (--format %s) or %s (--format %s). The numbers mean something else in each, so say which it is",
			clean(path), fits[0].About(), fits[0], fits[1].About(), fits[1])
	case slices.ContainsFunc(lines, object):
		a.warn("the first line fits no format, so this was read as %s. To choose another format, use --format: %s", exchange.JSONL, strings.Join(importFormats(), ", "))
		return exchange.JSONL, nil
	}
	return "", say.Error("nothing was imported: the first line of %s fits no format (a table from `lull export` keeps its commas). The formats for --format are: %s",
		clean(path), strings.Join(importFormats(), ", "))
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
