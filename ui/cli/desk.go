package cli

import (
	"context"
	"time"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
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
	read bool  // the history could be read, so the answers in it are known
	shut error // why the journal could not be read or written: what is told goes to the inbox
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
	return a.deskWith(ctx, a.usable(), wait, nights)
}

// deskWith is desk with these settings, whatever stands in the file.
func (a *App) deskWith(ctx context.Context, set settings.Settings, wait time.Duration, nights int) (*desk, error) {
	return a.deskOn(ctx, a.Log(wait), set, nights)
}

func (a *App) deskOn(ctx context.Context, log journal.Log, set settings.Settings, nights int) (*desk, error) {
	now := a.Now()
	past, err := history(ctx, log, set.Calendar.Night(now), nights)
	if err != nil {
		return nil, err
	}
	d := &desk{app: a, log: log, now: now, set: set, last: past.Last, book: review.New(past), read: true}
	d.mint.Saw(past.Last)
	return d, nil
}

// atDesk is how a verb records: what it reads, decides, writes and looks up to tell
// of it is done in do, with one holding of the file.
func (a *App) atDesk(ctx context.Context, nights int, do func(d *desk) error) error {
	set, err := a.bounded()
	if err != nil {
		return err
	}
	return a.holding(ctx, func(held journal.Log) error {
		d, err := a.deskOn(ctx, held, set, nights)
		if err != nil {
			return err
		}
		return do(d)
	})
}

// atDeskAnyway is atDesk for what must be recorded whatever is wrong: with a journal
// that cannot be read nothing is known of other nights.
func (a *App) atDeskAnyway(ctx context.Context, do func(d *desk) error) error {
	set := a.usable()
	return a.holding(ctx, func(held journal.Log) error {
		d, err := a.deskOn(ctx, held, set, fewNights)
		if err != nil {
			d = &desk{app: a, log: held, now: a.Now(), set: set, book: review.New(journal.History{}), shut: err}
		}
		defer func() { d.log = a.Log(patient) }() // the desk may stay longer than the file is held
		return do(d)
	})
}

// stoppable runs do until it is over; a signal ends its context. The error of the
// signal is returned if do has none.
func (a *App) stoppable(ctx context.Context, do func(context.Context) error) error {
	if a.Stoppable == nil {
		return do(ctx)
	}
	ctx, stop := a.Stoppable(ctx)
	err := do(ctx)
	if stopped := stop(); err == nil {
		err = stopped
	}
	return err
}

// holding holds the file while do works. What is said meanwhile is printed when
// others can have the file: an output that has stopped stops nobody but this lull.
func (a *App) holding(ctx context.Context, do func(held journal.Log) error) error {
	defer a.printLater()()
	return a.Log(patient).Hold(ctx, do)
}

func history(ctx context.Context, log journal.Log, tonight journal.Date, nights int) (journal.History, error) {
	if nights == allNights {
		return log.History(ctx)
	}
	return log.Since(ctx, tonight-journal.Date(nights))
}

// usable gives the settings that can be read, and defaults for the rest. It warns
// once of what is wrong; plain mode warned when it was opened.
func (a *App) usable() settings.Settings {
	set, err := a.settings()
	if err != nil && a.Lines == nil && !a.warned {
		a.warned = true
		a.warnLine(cleanLines(err.Error()))
		a.warn("what is wrong there keeps its default; to see it again: lull config list")
	}
	return set
}

// bounded is usable for what is recorded: its night is stored with it, so there
// is an error if the file may say otherwise where a night begins.
func (a *App) bounded() (settings.Settings, error) {
	set, err := a.settings()
	if err = settings.Boundary(err); err != nil {
		return set, say.Error("nothing was recorded, as lull cannot read where a night begins: %w\nto correct the file: lull config edit", err)
	}
	return a.usable(), nil
}

// settings reads config.toml. With an error the settings are those that can be
// read.
func (a *App) settings() (settings.Settings, error) {
	text, err := a.Folder.ReadConfig()
	if err != nil {
		return settings.Default(), say.Error("read the settings: %w", err)
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
		return say.Error("nothing was recorded: %w", err)
	}
	d.app.recorded = true
	return nil
}

// keep makes the entries durable in the journal or, where that cannot be now, in
// the inbox, from which the next lull that can takes them.
func (d *desk) keep(ctx context.Context, entries ...journal.Entry) error {
	if d.shut == nil {
		d.shut = d.record(ctx, entries...)
	}
	if d.shut == nil {
		return nil
	}
	file, err := d.app.Keeper.Drop(entries...)
	if err != nil {
		return &unkept{entries, d.shut, err}
	}
	d.app.warnLine(cleanLines(d.shut.Error()))
	d.app.warn("so it waits in %s until a lull can take it in", cleanLines(file))
	return nil
}

// unkept says that entries are nowhere on disk, and gives them as the lines that
// `lull import` takes.
type unkept struct {
	entries     []journal.Entry
	cause, also error
}

func (u *unkept) Error() string {
	return say.Text("%v; nor could it be left for later: %v", u.cause, u.also)
}
func (u *unkept) Unwrap() error { return u.cause }

// lines asks the person to keep what could not be written.
func (u *unkept) lines() string {
	text := say.Text("keep this, and give it to `lull import -` later:")
	for _, e := range u.entries {
		if line, err := journal.Encode(e); err == nil {
			text += "\n" + string(safe.JSON(line))
		}
	}
	return text
}

// aDay is how far the clock may lie behind the newest fact without a word.
const aDay = 24 * time.Hour

// doubtClock warns of a clock that cannot be right, once something was
// recorded by it.
func (d *desk) doubtClock(recorded ...journal.Entry) {
	newest, told := d.last.Time()
	switch {
	case told && newest.Sub(d.now) > aDay:
		d.app.warn("the clock says %s, but something was recorded on %s; if the clock is wrong, set it and correct the time with `lull log edit`",
			d.now.Format(time.DateTime), newest.In(d.now.Location()).Format(time.DateOnly))
	case len(recorded) > 0 && recorded[0].Suspect:
		d.app.warn("the clock cannot be right, so this does not count until you confirm it: lull log edit %s clock_suspect=false", short(recorded[0].ID))
	}
}
