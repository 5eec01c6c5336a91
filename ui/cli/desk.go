package cli

import (
	"context"
	"fmt"
	"time"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/settings"
)

// desk is what a verb works with: the settings, the journal's summary at one
// moment, and the means to add to it.
type desk struct {
	app  *App
	log  journal.Log
	now  time.Time
	set  settings.Settings
	last journal.ID // the newest fact when the desk was laid
	book *review.Book
	mint journal.Mint
}

// How many nights back a verb looks: all of them, as many as a run of nights is
// ever likely to have, or those that can still be edited.
const (
	allNights    = 0
	promptNights = 400
	fewNights    = 10
)

// desk reads the config and the journal's summary, so many nights of it, and
// nothing else.
func (a *App) desk(ctx context.Context, wait time.Duration, nights int) (*desk, error) {
	set, err := a.settings()
	if err != nil {
		return nil, err
	}
	return a.deskWith(ctx, set, wait, nights)
}

// deskWith is desk with these settings, whatever stands in the file.
func (a *App) deskWith(ctx context.Context, set settings.Settings, wait time.Duration, nights int) (*desk, error) {
	log := a.Log(wait)
	now := a.Now()
	past, err := history(ctx, log, set.Calendar.Night(now), nights)
	if err != nil {
		return nil, err
	}
	d := &desk{app: a, log: log, now: now, set: set, last: past.Last, book: review.New(past)}
	d.mint.Saw(past.Last)
	return d, nil
}

func history(ctx context.Context, log journal.Log, tonight journal.Date, nights int) (journal.History, error) {
	if nights == allNights {
		return log.History(ctx)
	}
	return log.Since(ctx, tonight-journal.Date(nights))
}

func (a *App) settings() (settings.Settings, error) {
	text, err := a.Folder.ReadConfig()
	if err != nil {
		return settings.Settings{}, fmt.Errorf("read the settings: %w", err)
	}
	return settings.Parse(a.Folder.ConfigFile(), text)
}

func (d *desk) night() journal.Date { return d.set.Calendar.Night(d.now) }
func (d *desk) day() journal.Date   { return d.set.Calendar.Day(d.now) }

// fact makes the entry of something that happens at an instant.
func (d *desk) fact(at time.Time, f journal.Fact) journal.Entry {
	return journal.New(&d.mint, d.set.Calendar, d.now, at, f)
}

// record makes the entries durable, all or none.
func (d *desk) record(ctx context.Context, entries ...journal.Entry) error {
	if _, err := d.log.Append(ctx, entries...); err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	d.app.recorded = true
	return nil
}

// aDay is how far the clock may lie behind the newest fact without a word.
const aDay = 24 * time.Hour

// doubtClock warns of a clock that cannot be right, once something was
// recorded by it.
func (d *desk) doubtClock(recorded ...journal.Entry) {
	newest, told := d.last.Time()
	switch {
	case told && newest.Sub(d.now) > aDay:
		d.app.note("lull: the clock says %s, but something was recorded on %s; if the clock is wrong, set it and correct the time with `lull log edit`",
			d.now.Format(time.DateTime), newest.In(d.now.Location()).Format(time.DateOnly))
	case len(recorded) > 0 && recorded[0].Suspect:
		d.app.note("lull: the clock cannot be right, so this does not count until you confirm it: lull log edit %s clock_suspect=false", short(recorded[0].ID))
	}
}
