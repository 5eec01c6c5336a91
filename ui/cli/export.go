package cli

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"lull/routine/exchange"
	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
)

type exportFlags struct {
	format, file string
	health       bool
	force        bool
}

func exportVerb(a *App) *cobra.Command {
	var f exportFlags
	c := &cobra.Command{
		Use:   "export",
		Short: say.Text("Write everything recorded as lines of JSON, or as a table"),
		Long: say.Text("Writes every fact exactly as it was recorded, one JSON object a line, for `lull " +
			"import` and for other programs. With --format csv it writes a table for a spreadsheet: a " +
			"row for each fact as it stands now, without what was withdrawn and how it was before. " +
			"The answers to the safety questions are left out unless --with-health asks for them."),
		Example: "lull export -o nights.jsonl\nlull export --format csv -o nights.csv\n" +
			"lull export --with-health | gzip > nights.jsonl.gz",
		Args: words(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.export(cmd.Context(), f) },
	}
	c.Flags().StringVar(&f.format, "format", jsonl, strings.Join(exportFormats, ", "))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(exportFormats, cobra.ShellCompDirectiveNoFileComp))
	c.Flags().StringVarP(&f.file, "output", "o", "", say.Text("a file instead of the output; it is readable by you alone"))
	c.Flags().BoolVar(&f.force, "force", false, say.Text(replaces))
	c.Flags().BoolVar(&f.health, "with-health", false, say.Text("also the answers to the safety questions"))
	return c
}

const replaces say.Key = "replace the file if it is there"

// What export writes.
const (
	jsonl = string(exchange.JSONL)
	sheet = string(exchange.CSV)
)

var exportFormats = []string{jsonl, sheet}

func (a *App) export(ctx context.Context, f exportFlags) error {
	if err := oneOf("--format", f.format, exportFormats); err != nil {
		return err
	}
	f.file = fileOf(f.file)
	e := &exporter{log: a.Log(patient), health: f.health}
	write := map[string]func(context.Context, io.Writer) error{jsonl: e.write, sheet: e.writeTable}[f.format]
	if f.file == "" {
		var out io.Writer = a.out
		if !a.Terminal {
			out = a.out.raw // lines of JSON show nothing that is obeyed; here not a byte may be changed
		}
		err := write(ctx, out)
		a.noteLeftOut(e)
		return err
	}
	if err := a.Keeper.Write(f.file, f.force, func(w io.Writer) error { return write(ctx, w) }); err != nil {
		return err
	}
	a.say("wrote %s to %s", say.Count(e.written, "%d fact", "%d facts"), clean(f.file))
	a.noteLeftOut(e)
	return nil
}

func (a *App) noteLeftOut(e *exporter) {
	if e.left > 0 {
		a.warn("the answers to the safety questions were left out (%s); --with-health includes them", say.Count(e.left, "%d line", "%d lines"))
	}
	if e.edits > 0 {
		a.warn("a table holds what stands now; %s of the journal, of edits and of what was withdrawn, were left out; --format jsonl has them",
			say.Count(e.edits, "%d line", "%d lines"))
	}
}

// batch is how many facts are read in one go. The file is free between two of
// them, however slowly the output is taken.
const batch = 500

// exporter writes a whole journal, a batch at a time.
type exporter struct {
	log     journal.Log
	health  bool // also the safety answers
	written int
	left    int
	edits   int                 // entries that a table does not show
	hidden  map[journal.ID]bool // the safety answers that were left out
}

func (e *exporter) write(ctx context.Context, w io.Writer) error {
	e.hidden = map[journal.ID]bool{}
	var after journal.ID
	for {
		page, err := e.log.Page(ctx, after, batch)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return nil
		}
		for _, entry := range page {
			if err := e.line(w, entry); err != nil {
				return err
			}
		}
		after = page[len(page)-1].ID
	}
}

func (e *exporter) line(w io.Writer, entry journal.Entry) error {
	if e.private(entry) {
		e.hidden[entry.ID] = true
		e.left++
		return nil
	}
	line, err := journal.Encode(entry)
	if err != nil {
		return err
	}
	if shown := safe.JSON(line); len(shown) <= journal.MaxLine {
		line = shown // else it could not be imported again
	}
	e.written++
	_, err = w.Write(append(line[:len(line):len(line)], '\n'))
	return err
}

// private says whether an entry tells of the safety answers, itself or by
// changing them.
func (e *exporter) private(entry journal.Entry) bool {
	of, _ := entry.Of()
	return !e.health && (entry.Fact.Kind() == journal.KindScreened || e.hidden[of])
}

// fileOf is the name of a file, or nothing for the output, which - means too.
func fileOf(file string) string {
	if file == "-" {
		return ""
	}
	return file
}
