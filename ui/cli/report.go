package cli

import (
	"cmp"
	"context"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/report"
	"lull/routine/review"
	"lull/routine/say"
)

type reportFlags struct {
	format, file, from, to, name string
	force                        bool
}

func reportVerb(a *App) *cobra.Command {
	var f reportFlags
	c := &cobra.Command{
		Use:   "report",
		Short: say.Text("Make one page for a doctor"),
		Long: say.Text("Makes one page of what the nights say: how many are known, the cramps in them, where and " +
			"when, what helped, marks, medicines, and lines for the questions a clinician asks. The html " +
			"opens in any browser, prints on one sheet and needs nothing from outside. Nothing is sent " +
			"anywhere, and your name is on it only with --name. Without --from it is about the last 13 weeks."),
		Example: "lull report\nlull report -o diary.html\nlull report -o diary.txt --from 2026-09-01 --name 'Anna Kowalska'",
		Args:    words(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.makeReport(cmd.Context(), f) },
	}
	c.Flags().StringVar(&f.format, "format", "", say.Text("text or html (default: as the file's name ends, else text)"))
	c.Flags().StringVarP(&f.file, "output", "o", "", say.Text("a file instead of the output; it is readable by you alone"))
	c.Flags().BoolVar(&f.force, "force", false, say.Text(replaces))
	c.Flags().StringVar(&f.from, "from", "", say.Text("the first night: 2026-09-01"))
	c.Flags().StringVar(&f.to, "to", "", say.Text("the last night: 2026-11-20, yesterday (default: last night)"))
	c.Flags().StringVar(&f.name, "name", "", say.Text("your name, at the head of the page"))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]cobra.Completion{"text", "html"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func (a *App) makeReport(ctx context.Context, f reportFlags) error {
	f.file = fileOf(f.file)
	written, err := f.form()
	if err != nil {
		return err
	}
	d, err := a.desk(ctx, patient, allNights)
	if err != nil {
		return err
	}
	from, to, err := d.reported(f)
	if err != nil {
		return err
	}
	page, err := d.page(ctx, from, to, f.name)
	if err != nil {
		return err
	}
	if f.file == "" {
		_, err := io.WriteString(a.out, written(page))
		return err
	}
	if err := a.Keeper.Write(f.file, f.force, func(w io.Writer) error { _, err := io.WriteString(w, written(page)); return err }); err != nil {
		return err
	}
	a.say("wrote the nights of %s to %s to %s; it is readable by you alone", from, to, clean(f.file))
	return nil
}

// forms are the ways to write a page, and endings the names of files that ask
// for one.
var (
	forms   = map[string]func(report.Page) string{"text": report.Page.Text, "html": report.Page.HTML}
	endings = map[string]string{".html": "html", ".htm": "html", ".txt": "text"}
)

// form is how the page is to be written.
func (f reportFlags) form() (func(report.Page) string, error) {
	if f.format != "" {
		return forms[f.format], oneOf("--format", f.format, []string{"text", "html"})
	}
	if f.file == "" {
		return report.Page.Text, nil
	}
	format, known := endings[strings.ToLower(filepath.Ext(f.file))]
	if !known {
		return nil, misused("-o: %.60q ends neither in .html nor in .txt; --format html or --format text says what to write", filepath.Base(f.file))
	}
	return forms[format], nil
}

// reported are the nights of a report. The night under way is one of them once
// something is known of it.
func (d *desk) reported(f reportFlags) (from, to journal.Date, err error) {
	to = d.lastNight()
	if n := d.book.Night(d.night()); n.Known() || n.Outcome.Kept() {
		to = d.night()
	}
	if f.to != "" {
		if to, err = journal.ParseDay(f.to, d.evening()); err != nil {
			return 0, 0, misused("--to: %v", err)
		}
	}
	if to > d.night() {
		return 0, 0, misused("--to: the night of %s has not come yet; the newest is %s", to.NightWords(), d.night())
	}
	from = min(max(d.book.Earliest(to), to-review.Details+1), to)
	if f.from != "" {
		if from, err = journal.ParseDay(f.from, d.evening()); err != nil {
			return 0, 0, misused("--from: %v", err)
		}
	}
	if from > to {
		return 0, 0, misused("--from: %s comes after the last night of the report, %s; write the earlier night first", from, to)
	}
	return from, to, nil
}

// page reads what the report needs.
func (d *desk) page(ctx context.Context, from, to journal.Date, name string) (report.Page, error) {
	facts, err := d.log.Live(ctx, from, to, report.Kinds...)
	if err != nil {
		return report.Page{}, err
	}
	taken, err := d.medicines(ctx)
	if err != nil {
		return report.Page{}, err
	}
	places, err := d.app.places(facts)
	if err != nil {
		return report.Page{}, err
	}
	s := report.Source{
		Name: name, Made: d.day(), From: from, To: to, Book: d.book, Facts: facts, Muscles: places, Sign: d.app.signWords,
	}
	for _, e := range taken {
		s.Medicines = append(s.Medicines, medicineIn(e))
	}
	return report.New(s), nil
}

// signWords are a sign's own words; nothing for what is no sign, and where the
// signs cannot be read, which must not cost the page.
func (a *App) signWords(id string) string {
	signs, err := a.signsOf([]string{id})
	if err != nil || len(signs) == 0 {
		return ""
	}
	return signs[0].text
}

// medicines are all that were written down, by their first day.
func (d *desk) medicines(ctx context.Context) ([]journal.Entry, error) {
	found, err := d.log.Live(ctx, math.MinInt32, math.MaxInt32, journal.KindMedicine)
	slices.SortFunc(found, func(a, b journal.Entry) int {
		return cmp.Or(cmp.Compare(medicineIn(a).From, medicineIn(b).From), a.ID.Compare(b.ID))
	})
	return found, err
}
