package cli

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
)

type logFlags struct {
	json bool
	n    int
}

func logVerb(a *App) *cobra.Command {
	var f logFlags
	c := &cobra.Command{
		Use:   "log",
		Short: say.Text("List what is recorded, and take back, remove or change it"),
		Long: say.Text("Lists the facts that stand, the newest first: the end of each id, the night (for " +
			"ticks the day), the time, and what it is. An id can be given by its beginning or its " +
			"end. --json prints the lines of `lull export` without the safety answers."),
		Example: "lull log -n 50\nlull log undo\nlull log edit 1a2b3c4d at=03:10 pain=5",
		Args:    subverbs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.listFacts(cmd.Context(), f) },
	}
	c.Flags().BoolVar(&f.json, "json", false, say.Text("lines of JSON"))
	c.Flags().IntVarP(&f.n, "number", "n", 20, say.Text("how many; 0 for all"))
	var putBack bool
	remove := &cobra.Command{
		Use: "remove ID", Short: say.Text("Take a fact out, wherever it stands"), Args: words(1, 1, "one ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.removeFact(cmd.Context(), args[0], putBack)
		},
	}
	remove.Flags().BoolVar(&putBack, "undo", false, say.Text("record it again"))
	c.AddCommand(
		undoVerb(a),
		remove,
		editVerb(a),
	)
	return c
}

func (a *App) listFacts(ctx context.Context, f logFlags) error {
	if f.n < 0 {
		return misused("-n cannot be %d; it counts facts, and 0 means all", f.n)
	}
	facts, err := newest(ctx, a.Log(patient), f.n)
	if err != nil {
		return err
	}
	now := a.Now()
	for _, e := range facts {
		if !f.json {
			a.line("%s  %s", short(e.ID), factLine(e, now))
			continue
		}
		if e.Fact.Kind() == journal.KindScreened {
			continue
		}
		line, err := journal.Encode(e)
		if err != nil {
			return err
		}
		a.line("%s", safe.JSON(line))
	}
	if len(facts) == 0 && !f.json {
		a.note("nothing is recorded yet")
	}
	return nil
}

// newest returns the n facts that stand and were recorded last, newest first,
// or all of them if n is 0.
func newest(ctx context.Context, log journal.Log, n int) ([]journal.Entry, error) {
	if n == 0 {
		all, err := log.Live(ctx, math.MinInt32, math.MaxInt32)
		slices.Reverse(all)
		return slices.DeleteFunc(all, partOfImport), err
	}
	var found []journal.Entry
	err := backwards(ctx, log, func(e journal.Entry) (bool, error) {
		if _, edit := e.Of(); edit || partOfImport(e) {
			return true, nil
		}
		now, stands, err := log.Find(ctx, e.ID)
		if err == nil && stands {
			found = append(found, now)
		}
		return len(found) < n, err
	})
	return found, err
}

// partOfImport says whether an entry is a further one of those that name an
// import.
func partOfImport(e journal.Entry) bool {
	f, is := e.Fact.(journal.Imported)
	return is && f.Batch != nil
}

// backwards visits the entries as they were written, the newest first, until
// visit says that it is enough. Who goes far back takes larger and larger steps:
// each waits for the file anew, and others may be at it.
func backwards(ctx context.Context, log journal.Log, visit func(journal.Entry) (more bool, err error)) error {
	var before journal.ID
	for n := batch; ; n = min(4*n, furthest) {
		page, err := log.Latest(ctx, before, n)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, e := range page {
			if more, err := visit(e); err != nil || !more {
				return err
			}
		}
		before = page[len(page)-1].ID
	}
}

// furthest bounds one of these steps.
const furthest = 32 * batch

// shortID is how much of an id's end is shown: its beginning is the time, which
// facts recorded together share.
const shortID = 8

func short(id journal.ID) string {
	s := id.String()
	return s[len(s)-shortID:]
}

// span is the date a fact goes by: a tick its day, all else its night, with the
// year if it is another than this one.
func span(e journal.Entry, now time.Time) string {
	date, words := e.Night, e.Night.NightWords()
	if e.Fact.Kind() == journal.KindTicked {
		date, words = e.Day, e.Day.Words()
	}
	return date.WithYear(words, now)
}

func factLine(e journal.Entry, now time.Time) string {
	line := fmt.Sprintf("%-24s %s  %s", span(e, now), e.At.Format("15:04"), clean(journal.Words(e.Fact)))
	if e.Suspect {
		line = say.Text("%s (not counted: the clock looked wrong)", line)
	}
	return line
}

// factWords is a fact in the middle of a sentence.
func (d *desk) factWords(e journal.Entry) string {
	words, when := clean(journal.Words(e.Fact)), span(e, d.now)
	if e.Fact.Kind() != journal.KindTicked {
		return say.Text("%s, the night of %s", words, when)
	}
	return words + ", " + when
}

// lookUp finds the fact whose id begins or ends like that, as it stands now.
func lookUp(ctx context.Context, log journal.Log, part string) (journal.Entry, bool, error) {
	if id, err := journal.ParseID(strings.ToLower(part)); err == nil {
		return log.Find(ctx, id)
	}
	part = strings.ToLower(strings.TrimSpace(part))
	if len(part) < 4 || strings.Trim(part, "0123456789abcdef-") != "" {
		return journal.Entry{}, false, misused("%.60q is not an id; give at least four signs of its beginning or end, as `lull log` shows them", part)
	}
	found, err := log.Like(ctx, part, 2)
	switch {
	case err != nil:
		return journal.Entry{}, false, err
	case len(found) == 0:
		return journal.Entry{}, false, say.Error("%s: %w; `lull log` lists the ids there are", part, journal.ErrNoFact)
	case len(found) > 1:
		return journal.Entry{}, false, misused("%s could be %s or %s; write more of it", part, found[0].ID, found[1].ID)
	}
	return log.Find(ctx, found[0].ID)
}

func undoVerb(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "undo",
		Short: say.Text("Undo the last thing recorded, changed or removed on this computer"),
		Long: say.Text("Undoes the newest action of this computer: an entry that was recorded, changed or " +
			"removed, or a whole import. Entries that were recorded together are undone together. " +
			"Each further undo goes one action back: an undo is never undone. To restore what an " +
			"undo removed, use the command that it prints. Settings, and what came from another " +
			"computer, are left as they are."),
		Example: "lull log undo",
		Args:    words(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.undo(cmd.Context()) },
	}
}

func (a *App) undo(ctx context.Context) error {
	return a.atDesk(ctx, fewNights, func(d *desk) error {
		last, any, err := journal.NewestAction(ctx, d.log)
		switch {
		case err != nil:
			return err
		case !any:
			return say.Error("there is nothing to undo on this computer. `lull log` lists the entries, and `lull log remove ID` removes one")
		}
		return d.reverse(ctx, last)
	})
}

// maxUndone is how many entries of an undo are listed.
const maxUndone = 5

// reverse undoes an action, and says what became of each entry.
func (d *desk) reverse(ctx context.Context, done journal.Action) error {
	reversed, err := done.Reverse(&d.mint, d.now)
	if err != nil {
		return err
	}
	if err := d.record(ctx, reversed...); err != nil {
		return err
	}
	if batch, is := done.Import(); is {
		d.sayImportUndone(batch, len(reversed))
		d.doubtClock()
		return nil
	}
	for i, s := range done.Steps {
		if i == maxUndone {
			d.app.say("and %d more; `lull log` lists what is left", len(done.Steps)-i)
			break
		}
		d.sayUndone(s, reversed[i])
	}
	d.doubtClock()
	return nil
}

func (d *desk) sayUndone(s journal.Step, reversed journal.Entry) {
	of, edit := reversed.Of()
	switch {
	case s.Change == journal.Removed && !edit:
		d.app.say("Restored: %s. To remove it again: lull log remove %s", d.factWords(s.About), short(reversed.ID))
	case s.Change == journal.Removed:
		d.app.say("Restored: a change to %s.", d.factWords(s.About))
	case s.Change == journal.Edited && reversed.Fact.Kind() == journal.KindRevised:
		d.app.say("Undone: a change to %s.", d.factWords(s.About))
	case s.Change == journal.Edited:
		d.app.say("Undone: a change to %s. To restore it: lull log remove %s --undo", d.factWords(s.About), short(of))
	default:
		d.app.say("Undone: %s. To restore it: lull log remove %s --undo", d.factWords(s.About), short(of))
	}
}

// removeFact takes a fact out, or records it again.
func (a *App) removeFact(ctx context.Context, part string, putBack bool) error {
	return a.atDesk(ctx, fewNights, func(d *desk) error { return d.remove(ctx, part, putBack) })
}

func (d *desk) remove(ctx context.Context, part string, putBack bool) error {
	e, stands, err := lookUp(ctx, d.log, part)
	switch {
	case err != nil:
		return err
	case e.Fact.Kind() == journal.KindImported:
		return misused("%s names an import; to undo the import: lull import --undo %s", short(e.ID), short(e.ID))
	case putBack && stands:
		d.app.say("%s: it stands already; nothing was recorded", d.subject(ctx, e))
		return nil
	case putBack:
		return d.putBack(ctx, e)
	case !stands:
		d.app.say("%s: it was removed before; nothing was recorded", d.subject(ctx, e))
		return nil
	}
	return d.withdraw(ctx, e, "removed")
}

func (d *desk) withdraw(ctx context.Context, e journal.Entry, did say.Key) error {
	if err := d.record(ctx, journal.NewWithdrawal(&d.mint, d.now, e)); err != nil {
		return err
	}
	d.app.say("%s: %s; to put it back: lull log remove %s --undo", did.String(), d.subject(ctx, e), short(e.ID))
	d.doubtClock()
	return nil
}

// putBack records a removed fact again under an id of its own: what was
// withdrawn stays out for ever, on other machines too.
func (d *desk) putBack(ctx context.Context, e journal.Entry) error {
	again, err := journal.Anew(&d.mint, d.now, e)
	if err != nil {
		return err
	}
	if err := d.record(ctx, again); err != nil {
		return err
	}
	d.app.say("put back: %s; to remove it: lull log remove %s", d.subject(ctx, again), short(again.ID))
	d.doubtClock()
	return nil
}

// subject is what an entry is about: the fact, or the change to another.
func (d *desk) subject(ctx context.Context, e journal.Entry) string {
	of, edit := e.Of()
	if !edit {
		return d.factWords(e)
	}
	changed, _, err := d.log.Find(ctx, of)
	if err != nil {
		return d.factWords(e)
	}
	return say.Text("a change; now it is: %s", d.factWords(changed))
}
