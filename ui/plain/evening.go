package plain

import (
	"context"
	"slices"
	"time"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/sitting"
)

// evening is the journal and the settings at one moment.
type evening struct {
	now      time.Time
	set      settings.Settings
	book     *review.Book
	answers  routine.Screening
	asked    time.Time
	answered bool
	resume   *sitting.Unfinished // a session of tonight that was left
	lib      *routine.Library
	last     journal.ID // the greatest id of all
}

// look reads the journal and the settings. Settings that were spoilt meanwhile
// stay as they were.
func (h *house) look(ctx context.Context) (evening, error) {
	if set, err := h.Settings(); err == nil {
		h.set = set
	}
	history, err := h.Log.History(ctx)
	if err != nil {
		return evening{}, say.Error("read the journal: %w", err)
	}
	note, err := h.Log.Kept(ctx, sitting.Note)
	if err != nil {
		return evening{}, say.Error("read the journal: %w", err)
	}
	h.mint.Saw(history.Last)
	e := evening{now: h.Now(), set: h.set, book: review.New(history), lib: h.Library, last: history.Last}
	e.answers, e.asked, e.answered = e.book.Screening(e.now)
	if u, any := sitting.Read(note); any && u.Night == e.night() {
		e.resume = &u
	}
	return e, nil
}

func (e evening) night() journal.Date { return e.set.Calendar.Night(e.now) }
func (e evening) day() journal.Date   { return e.set.Calendar.Day(e.now) }

// lastNight is the newest night that is over for a sleeper.
func (e evening) lastNight() journal.Date { return e.day() - 1 }

// morning says whether the night is over for a sleeper and the next has not
// begun.
func (e evening) morning() bool { return e.lastNight() == e.night() }

func (e evening) hidesAmounts() bool {
	return e.set.LimitFluids == "yes" || e.answers.LimitFluids()
}

// chosen is tonight's routine as it is in the library.
func (e evening) chosen() routine.Routine {
	r, ok := e.lib.Routine(e.set.Routine)
	if !ok {
		r, _ = e.lib.Routine(settings.Default().Routine)
	}
	return r
}

// plan is a routine as a session runs it: adapted to the safety answers, with the
// time that is set to get into position.
func (e evening) plan(r routine.Routine) routine.Plan {
	return e.answers.Plan(e.lib, r).WithLeadIn(e.lib, e.set.GetReady())
}

// resumable says whether there is a session of tonight that was left and that
// the safety answers of now still allow.
func (e evening) resumable() bool { return e.resume != nil && e.resume.Suits(e.lib, e.answers) }

func (e evening) tonight() review.Tonight {
	r := e.plan(e.chosen()).Routine
	return e.book.Tonight(e.night(), e.day(), review.Plan{
		Routine: r.ID, PlannedS: int(r.Held().Seconds()), Water: len(e.set.Water), Bedtime: len(e.set.Bedtime),
	})
}

// nightWords names a night, with the year if it is another than this one.
func (e evening) nightWords(night journal.Date) string {
	return night.WithYear(night.NightWords(), e.now)
}

// The longest time of a write, also of one after a signal: then several may follow
// each other, and the program ends soon.
const (
	writeWait = 5 * time.Second
	lastWrite = 500 * time.Millisecond
)

// record makes facts durable, also when lull is being ended meanwhile.
func (h *house) record(ctx context.Context, entries ...journal.Entry) error {
	_, err := h.append(ctx, entries...)
	return err
}

// append is record, and says how many of the facts were not there yet. What the
// journal cannot take goes to the inbox.
func (h *house) append(ctx context.Context, entries ...journal.Entry) (int, error) {
	writing, cancel := write(ctx)
	defer cancel()
	added, err := h.Log.Append(writing, entries...)
	if err == nil || h.Drop == nil {
		return added, err
	}
	file, lost := h.Drop(entries...)
	if lost != nil {
		return 0, err
	}
	h.say("The journal cannot take it now: %s. It is kept in %s until the journal can.", line(err.Error()), line(file))
	return len(entries), nil
}

// write gives the context of a write: the end of ctx does not cut it off, but
// makes it short.
func write(ctx context.Context) (context.Context, context.CancelFunc) {
	wait := writeWait
	if ctx.Err() != nil {
		wait = lastWrite
	}
	return context.WithTimeout(context.WithoutCancel(ctx), wait)
}

// keep holds the note of a session, or takes it away.
func (h *house) keep(ctx context.Context, note []byte) error {
	ctx, cancel := write(ctx)
	defer cancel()
	return h.Log.Keep(ctx, sitting.Note, note)
}

// fact makes the entry of something that happens now.
func (h *house) fact(f journal.Fact) journal.Entry {
	now := h.Now()
	return journal.New(&h.mint, h.set.Calendar, now, now, f)
}

// recover records a session of an earlier night that a killed program could not
// record, as far as it was held.
func (h *house) recover(ctx context.Context) {
	note, err := h.Log.Kept(ctx, sitting.Note)
	u, any := sitting.Read(note)
	if err != nil || !any || u.Night == h.set.Calendar.Night(h.Now()) {
		return
	}
	if err := h.settle(ctx, u); err == nil {
		_ = h.keep(ctx, nil) // else it is looked at once more
	}
}

// settle records what a session that was cut off had come to, once.
func (h *house) settle(ctx context.Context, u sitting.Unfinished) error {
	fact, begun := u.Fact()
	if u.Recorded || !begun {
		return nil
	}
	return h.record(ctx, h.session(u.ID, u.Started, u.Night, fact))
}

// session makes the entry of a session, under the id it was begun with.
func (h *house) session(id journal.ID, started time.Time, night journal.Date, f journal.Stretched) journal.Entry {
	e := journal.New(&h.mint, h.set.Calendar, h.Now(), started, f)
	e.ID, e.Night = id, night
	return e
}

func contains(all []string, word string) bool { return slices.Contains(all, word) }
