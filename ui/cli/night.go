package cli

import (
	"context"
	"strings"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/settings"
)

// evening is the night that goes by today's date: from the start of the day
// until late, tonight; after midnight, the one that is still under way. Words
// such as yesterday are counted from it, and plans are made for it.
func (d *desk) evening() journal.Date { return d.day() }

// lastNight is the night before that one: in the morning the one that is just
// over, at any other time the one before tonight.
func (d *desk) lastNight() journal.Date { return d.evening() - 1 }

// morning says whether the night by the calendar is over for a sleeper: the day
// has begun and the next night has not.
func (d *desk) morning() bool { return d.lastNight() == d.night() }

// begunNight reads a night that has at least begun.
func (d *desk) begunNight(said string) (journal.Date, error) {
	night, err := journal.ParseDay(said, d.evening())
	switch {
	case err != nil:
		return 0, misused("--night: %v", err)
	case night > d.night():
		return 0, misused("--night: the night of %s has not come yet; the newest is %s", night.NightWords(), d.night())
	}
	return night, nil
}

// overNight reads a night that a sleeper can answer for; said is empty for last
// night.
func (d *desk) overNight(said string) (journal.Date, error) {
	if said == "" {
		return d.lastNight(), nil
	}
	night, err := d.begunNight(said)
	if err == nil && night > d.lastNight() {
		return 0, misused("--night: the night of %s is not over; it can be answered for in the morning, from %s on",
			night.NightWords(), settings.ClockTime(d.set.Calendar.DayStarts))
	}
	return night, err
}

// factOf makes the entry of something that is told now and belongs to a night.
func (d *desk) factOf(night journal.Date, f journal.Fact) journal.Entry {
	e := d.fact(d.now, f)
	e.Night = night
	return e
}

// of gives the facts of one kind that stand for a night, by id.
func (d *desk) of(ctx context.Context, night journal.Date, kind journal.Kind) ([]journal.Entry, error) {
	facts, err := d.log.Live(ctx, night, night, kind)
	var found []journal.Entry
	for _, e := range facts {
		if e.Night == night { // and not only its day
			found = append(found, e)
		}
	}
	return found, err
}

// nightWords names a night in a sentence, with the year if it is another one.
func (d *desk) nightWords(night journal.Date) string {
	return span(journal.Entry{Night: night, Day: night, Fact: journal.Quiet{}}, d.now)
}

// longAgo says how far back a night is that is older than those the diary asks
// for, else nothing: a slip in a date is seen.
func (d *desk) longAgo(night journal.Date) string {
	if n := int(d.lastNight() - night); n >= editable {
		return say.Text(" (%d nights before last night)", n)
	}
	return ""
}

// toType is a command as it is typed, which has no language.
func toType(words ...string) string { return lull + " " + strings.Join(words, " ") }

// removals are the commands that take entries out.
func removals(entries []journal.Entry) string {
	var commands []string
	for _, e := range entries {
		commands = append(commands, toType("log", "remove", short(e.ID)))
	}
	return strings.Join(commands, "; ")
}
