// Package years makes up long histories of one imaginary person: seeded and
// realistic, about twelve facts a day. The same arguments always give the very
// same facts.
package years

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"lull/routine/journal"
)

// DaysAYear is how long a year of History is taken to be.
const DaysAYear = 365

// History yields the facts of the evenings that end with the evening of last,
// oldest first and with growing ids, so many days of them. The first facts of
// all are that the opening card was read and the safety questions answered, as
// they are again every year; with no days these two are the only facts.
//
// Most days have ticks of the water and bedtime lists, most nights a session
// and an answer about cramps, some a cramp, a mark, an undo or an edit.
func History(seed uint64, last journal.Date, days int) iter.Seq[journal.Entry] {
	return func(yield func(journal.Entry) bool) {
		p := newPerson(seed)
		first := last - journal.Date(max(days, 1)-1)
		if !yield(p.stamp(moment{clock(first, 7, 49), journal.Seen{Card: "first-run"}})) {
			return
		}
		for i := range max(days, 1) {
			for _, e := range p.day(first+journal.Date(i), i%DaysAYear == 0, i < days) {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// day is what begins with the morning of date: the safety answers, if it is
// time for them, and the evening, if it is to be part of the history.
func (p person) day(date journal.Date, asked, lived bool) []journal.Entry {
	var entries []journal.Entry
	if asked {
		entries = append(entries, p.stamp(moment{clock(date, 7, 50), screened()}))
	}
	if lived {
		entries = append(entries, p.evening(date)...)
	}
	return entries
}

// Write writes entries in the interchange format, one line each, and returns
// how many there were.
func Write(w io.Writer, entries iter.Seq[journal.Entry]) (int, error) {
	n := 0
	for e := range entries {
		line, err := journal.Encode(e)
		if err != nil {
			return n, err
		}
		if _, err := w.Write(append(bytes.Clone(line), '\n')); err != nil {
			return n, fmt.Errorf("write fact %d: %w", n+1, err)
		}
		n++
	}
	return n, nil
}

// person is who the facts are about: dice, and a mint for the ids.
type person struct {
	*rand.Rand
	mint *journal.Mint
}

func newPerson(seed uint64) person {
	key := [32]byte{}
	for i := range 8 {
		key[i] = byte(seed >> (8 * i))
	}
	source := rand.NewChaCha8(key)
	return person{rand.New(source), &journal.Mint{Rand: source}}
}

// moment is a fact before it has an id.
type moment struct {
	at   time.Time
	fact journal.Fact
}

// firstID is the earliest instant an id can tell; older facts get ids as if
// they had been typed in one after another from then on.
var firstID = time.Unix(0, 0)

func (p person) stamp(m moment) journal.Entry {
	minted := m.at
	if minted.Before(firstID) {
		minted = firstID
	}
	return journal.Entry{
		ID: p.mint.New(minted), At: m.at,
		Night: journal.DefaultCalendar.Night(m.at), Day: journal.DefaultCalendar.Day(m.at),
		Fact: m.fact,
	}
}

// evening is everything from eight in the morning of date until eight the next
// morning, in the order it happened.
func (p person) evening(date journal.Date) []journal.Entry {
	moments := slices.Concat(p.water(date), p.bedtime(date), p.session(date), p.marks(date), p.night(date))
	slices.SortStableFunc(moments, func(a, b moment) int { return cmp.Compare(a.at.UnixMilli(), b.at.UnixMilli()) })
	var entries []journal.Entry
	for _, m := range moments {
		e := p.stamp(m)
		entries = append(entries, e)
		entries = append(entries, p.secondThoughts(e)...)
	}
	return entries
}

// secondThoughts are the undo or the edit that sometimes follows a fact.
func (p person) secondThoughts(e journal.Entry) []journal.Entry {
	soon := e.At.Add(p.upTo(time.Minute))
	switch e.Fact.(type) {
	case journal.Ticked:
		if p.likely(undoes) {
			return []journal.Entry{p.about(e, soon, journal.Withdrawn{Of: e.ID}, nil)}
		}
	case journal.Cramped:
		if p.likely(edits) {
			pain := fmt.Appendf(nil, "%d", p.IntN(11))
			return []journal.Entry{p.about(e, soon, journal.Revised{Of: e.ID}, patch{"pain": pain})}
		}
	}
	return nil
}

// about is a fact about another fact, under the labels of that one.
func (p person) about(of journal.Entry, at time.Time, f journal.Fact, changes patch) journal.Entry {
	e := p.stamp(moment{at, f})
	e.Night, e.Day, e.Patch = of.Night, of.Day, changes
	return e
}

func (p person) likely(chance float64) bool { return p.Float64() < chance }

// upTo is a random length below most, in whole milliseconds.
func (p person) upTo(most time.Duration) time.Duration {
	return time.Duration(p.Int64N(most.Milliseconds())) * time.Millisecond
}

// clock is a time of day on a date, in the middle of Europe: an hour ahead of
// UTC, two from April to October.
func clock(date journal.Date, hour, minute int) time.Time {
	midnight := date.Midnight()
	offset := 1
	if m := midnight.Month(); m >= time.April && m <= time.October {
		offset = 2
	}
	zone := time.FixedZone("", offset*60*60)
	return time.Date(midnight.Year(), midnight.Month(), midnight.Day(), hour, minute, 0, 0, zone)
}
