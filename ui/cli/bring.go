package cli

import (
	"context"
	"maps"
	"math"
	"path"
	"slices"
	"strings"

	"lull/routine/exchange"
	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
)

// bringing adds the entries of a file to the journal, and counts what became of
// them.
type bringing struct {
	*App
	set     settings.Settings
	restore bool // entries that were removed come back
	path    string
	about   journal.Imported

	added, there, removed, restored int
	nights                          map[journal.Date]bool // that the new entries belong to
	batch                           *journal.Entry        // names the import; nil if nothing was added
}

// add appends what is new in one step, with the entries that name the import.
func (b *bringing) add(ctx context.Context, log journal.Log, entries []journal.Entry) error {
	d, err := b.deskOn(ctx, log, b.set, fewNights)
	if err != nil {
		return err
	}
	fresh, gone, err := b.sort(ctx, log, entries)
	if err != nil {
		return err
	}
	b.added, b.removed = len(fresh), len(gone)
	if b.restore {
		for _, e := range gone {
			again, err := journal.Anew(&d.mint, d.now, e)
			if err != nil {
				return err
			}
			fresh = append(fresh, again)
		}
		b.restored, b.removed = len(gone), 0
	}
	if len(fresh) == 0 {
		return nil
	}
	parts, err := journal.NewImport(&d.mint, b.set.Calendar, d.now, b.about, fresh)
	if err != nil {
		return err
	}
	if _, err := log.Append(ctx, slices.Concat(fresh, parts)...); err != nil {
		return err
	}
	b.batch, b.nights = &parts[0], nightsOf(fresh)
	return nil
}

// sort finds the entries that are new, and those that are in the journal but
// were removed. The others are there already.
func (b *bringing) sort(ctx context.Context, log journal.Log, entries []journal.Entry) (fresh, gone []journal.Entry, err error) {
	ids, ends := map[journal.ID]bool{}, map[journal.ID]bool{}
	for _, e := range entries {
		ids[e.ID] = true
		if w, is := e.Fact.(journal.Withdrawn); is {
			ends[w.Of] = true
		}
	}
	written, err := journal.Written(ctx, log, ids)
	if err != nil {
		return nil, nil, err
	}
	known, stands := map[journal.ID]bool{}, map[journal.ID]bool{}
	for _, e := range written {
		known[e.ID] = true
	}
	if len(written) > 0 {
		live, err := log.Live(ctx, math.MinInt32, math.MaxInt32)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range live {
			stands[e.Origin()] = true
		}
	}
	for _, e := range entries {
		_, edit := e.Of()
		switch {
		case !ids[e.ID]: // the file has it twice
			b.there++
		case !known[e.ID]:
			fresh = append(fresh, e)
		case edit || ends[e.ID] || stands[e.Origin()]:
			b.there++
		default:
			gone = append(gone, e)
		}
		delete(ids, e.ID)
	}
	return fresh, gone, nil
}

// nightsOf are the nights of the entries, of a tick its day.
func nightsOf(entries []journal.Entry) map[journal.Date]bool {
	nights := map[journal.Date]bool{}
	for _, e := range entries {
		switch e.Fact.Kind() {
		case journal.KindTicked:
			nights[e.Day] = true
		case journal.KindImported:
		default:
			nights[e.Night] = true
		}
	}
	return nights
}

// report says what became of every line, and how to undo it.
func (b *bringing) report(read exchange.Read) error {
	switch {
	case b.restore:
		b.say("%d imported, %d restored, %d already there, %d rejected", b.added, b.restored, b.there, len(read.Refused))
	default:
		b.say("%d imported, %d already there, %d removed by you earlier, %d rejected", b.added, b.there, b.removed, len(read.Refused))
	}
	if len(b.nights) > 0 {
		b.say("Nights: %s", b.nightList())
	}
	for _, r := range read.Refused {
		b.warn("line %d: %s", r.Line, cleanLines(strings.ReplaceAll(r.Why.Error(), "\n", "; ")))
	}
	for _, p := range read.Passed {
		b.warn("left out: %s", p)
	}
	if b.removed > 0 {
		b.say("To bring back what you removed: %s", importAgain(b.path, b.about))
	}
	if b.batch != nil {
		b.say("Undo: lull import --undo %s", short(b.batch.ID))
	}
	if len(read.Refused) > 0 {
		return errTold
	}
	return nil
}

// maxNights is how many nights are named one by one.
const maxNights = 10

// nightList names the nights, or of many the first and the last.
func (b *bringing) nightList() string {
	nights, now := slices.Sorted(maps.Keys(b.nights)), b.Now()
	words := make([]string, 0, maxNights)
	for i, d := range nights {
		if len(nights) <= maxNights || i == 0 || i == len(nights)-1 {
			words = append(words, d.WithYear(d.Words(), now))
		}
	}
	if len(nights) > maxNights {
		return say.Text("%d, from %s to %s", len(nights), words[0], words[1])
	}
	return strings.Join(words, ", ")
}

// importAgain is the command that reads a file as the import did, and restores
// what was removed.
func importAgain(file string, about journal.Imported) string {
	command := []string{"import", argument(file)}
	if about.Format != "" {
		command = append(command, "--format", argument(about.Format))
	}
	if about.Habit != "" {
		command = append(command, "--habit", argument(about.Habit))
	}
	return toType(append(command, "--restore-deleted")...)
}

// habitName is the name of a habit for the journal. A name that cannot be
// printed as it is would not find the habit again, so it is left out.
func habitName(habit string) string {
	if safe.Text(habit, longName) != habit {
		return ""
	}
	return habit
}

// importName is the name of a file without its folder, for the journal.
func importName(file string) string {
	if file == "-" {
		return ""
	}
	return safe.Text(path.Base(strings.ReplaceAll(file, `\`, "/")), longName)
}

// undoImport removes what an import added, and restores what it removed.
func (a *App) undoImport(ctx context.Context, id string) error {
	return a.atDesk(ctx, fewNights, func(d *desk) error {
		batch, _, err := lookUp(ctx, d.log, id)
		if err != nil {
			return err
		}
		f, is := batch.Fact.(journal.Imported)
		if is && f.Batch != nil {
			if batch, _, err = d.log.Find(ctx, *f.Batch); err != nil {
				return err
			}
		}
		if !is {
			return misused("%s is not the id of an import; an import prints its id, and `lull log` lists it", short(batch.ID))
		}
		done, err := journal.ImportOf(ctx, d.log, batch)
		if err != nil {
			return err
		}
		if len(done.Steps) == 0 {
			d.app.say("That import is undone already; nothing was changed")
			return nil
		}
		return d.reverse(ctx, done)
	})
}

// sayImportUndone says that so many entries of an import were reversed.
func (d *desk) sayImportUndone(batch journal.Entry, n int) {
	f, _ := batch.Fact.(journal.Imported)
	undone := say.Count(n, "Undone: the import of %d entry, nights %s to %s.", "Undone: the import of %d entries, nights %s to %s.", f.From, f.To)
	if f.File == "" {
		d.app.say("%s To bring them back, give the same input to: %s", undone, importAgain("-", f))
		return
	}
	d.app.say("%s To bring them back, in the folder of that file: %s", undone, importAgain(f.File, f))
}
