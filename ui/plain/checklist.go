package plain

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/settings"
)

// lists are both, with their titles.
var lists = []struct {
	list        string
	title, word say.Key
}{{journal.WaterList, "Drinks", "drinks"}, {journal.BedtimeList, "Before bed", "bedtime"}}

// item is one line of a list on a day.
type item struct {
	settings.Item
	list   string
	ticked bool
	extra  bool // it is on no list (any more)
}

// checklist is the day's drinks and bedtime items, today or on one of the last
// seven days.
func (h *house) checklist(ctx context.Context, _ string) error {
	back, told := 0, false // a tick says itself how its list stands
	return h.visit(ctx, func(ctx context.Context) (menu, error) {
		e, err := h.look(ctx)
		if err != nil {
			return menu{}, err
		}
		day := e.day() - journal.Date(back)
		items, err := h.itemsOf(ctx, e, day)
		if err != nil {
			return menu{}, err
		}
		if !told {
			h.sayLists(e, items, day)
		}
		told = false
		ticking := func(args ...string) func(context.Context, string) error {
			return func(ctx context.Context, _ string) error {
				told = true
				h.verb(ctx, append(args, "--day", day.String())...)
				return nil
			}
		}
		m := menu{ask: say.Text("A number ticks an item or takes its tick back."), words: h.keeping(e, items)}
		for _, it := range items {
			m.numbered = append(m.numbered, choice{does: itemLine(e, it), do: ticking(it.tick()...)})
		}
		m.enter = &choice{does: say.Text("back"), do: func(context.Context, string) error { return errBack }} // records nothing
		m.words = append(m.words,
			choice{"glass", say.Text("one more drink"), ticking("drink")},
			choice{"day", say.Text("with a number: so many days ago, as in: day 1"), func(_ context.Context, arg string) error {
				n, err := strconv.Atoi(arg)
				if err != nil || n < 0 || n >= lately {
					h.say("That needs a number from 0 to %d after it.", lately-1)
					return nil
				}
				back = n
				return nil
			}})
		return m, nil
	})
}

// tick is the verb that ticks an item, or takes its tick back.
func (it item) tick() []string {
	if it.ticked {
		return []string{"tick", it.ID, "--undo"}
	}
	return []string{"tick", it.ID}
}

// itemsOf are the items of both lists on a day, each list's extras after it.
func (h *house) itemsOf(ctx context.Context, e evening, day journal.Date) ([]item, error) {
	facts, err := h.Log.Live(ctx, day, day, journal.KindTicked)
	if err != nil {
		return nil, err
	}
	ticks := map[string]journal.Ticked{}
	for _, f := range facts {
		if t, ok := f.Fact.(journal.Ticked); ok && f.Day == day {
			ticks[t.List+" "+t.Item] = t
		}
	}
	var all []item
	for _, l := range lists {
		items, _ := e.set.List(l.list)
		for _, it := range items {
			key := l.list + " " + it.ID
			_, ticked := ticks[key]
			delete(ticks, key)
			all = append(all, item{it, l.list, ticked, false})
		}
		for _, key := range extras(ticks, l.list) {
			t := ticks[key]
			all = append(all, item{settings.Item{ID: t.Item, Name: t.Item, ML: t.ML}, l.list, true, true})
		}
	}
	return all, nil
}

func extras(ticks map[string]journal.Ticked, list string) []string {
	var keys []string
	for key, t := range ticks {
		if t.List == list {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func itemLine(e evening, it item) string {
	line := name(say.Name(it.Name))
	if it.extra {
		line += ", " + say.Text("extra")
	}
	if it.ML > 0 && !e.hidesAmounts() {
		line += ", " + say.Text("%d ml", it.ML)
	}
	if it.ticked {
		return line + ": " + say.Text("ticked")
	}
	return line + ": " + say.As("item", "open")
}

// sayLists reads out both lists, with how many are ticked.
func (h *house) sayLists(e evening, items []item, day journal.Date) {
	h.say("\nThe list of %s", day.Words())
	for _, l := range lists {
		done, of := 0, 0
		for _, it := range items {
			if it.list == l.list && it.ticked {
				done++
			}
			if it.list == l.list && !it.extra {
				of++
			}
		}
		h.print(l.title.String() + ": " + tally(e, l.list, done, of, day))
		for i, it := range items {
			if it.list == l.list {
				h.print(fmt.Sprintf("%d %s", i+1, itemLine(e, it)))
			}
		}
	}
	if e.hidesAmounts() {
		h.say("Amounts are off. Follow the fluid plan your team gave you.")
	}
}

// tally says how many of a list are ticked and, for today's drinks, how that
// stands for the hour.
func tally(e evening, list string, done, of int, day journal.Date) string {
	switch {
	case list == journal.WaterList && e.hidesAmounts():
		return say.Count(done, "%d ticked", "%d ticked")
	case list == journal.WaterList && day == e.day():
		if pace := e.set.Pace(done, of, journal.Hour(e.now)); pace != settings.Resting {
			return say.Text("%d of %d, %s", done, of, say.Name(string(pace)))
		}
	}
	return say.Text("%d of %d", done, of)
}

// keeping are the words that change the lists themselves. Ticks of earlier days
// stay in the journal.
func (h *house) keeping(e evening, items []item) []choice {
	change := func(do func(list string, on []settings.Item, at int, said string) ([]settings.Item, error)) func(context.Context, string) error {
		return func(ctx context.Context, arg string) error {
			number, said, _ := strings.Cut(arg, " ")
			i, err := numberOf(number, len(items))
			if err == nil && items[i].extra {
				err = say.Error("%s is on no list; only its tick can be taken back", name(items[i].Name))
			}
			if err != nil {
				h.say("Nothing was changed: %s.", err)
				return nil
			}
			on, _ := e.set.List(items[i].list)
			at := slices.IndexFunc(on, func(it settings.Item) bool { return it.ID == items[i].ID })
			return h.put(items[i].list, func() ([]settings.Item, error) { return do(items[i].list, slices.Clone(on), at, said) })
		}
	}
	return []choice{
		{"add", say.Text("a new item, for example: add drinks big mug 300, or: add bedtime a walk"), h.add(e)},
		{"edit", say.Text("with a number and the new words, as in: edit 2 big mug 300"), change(func(list string, on []settings.Item, at int, said string) ([]settings.Item, error) {
			it, err := parse(e, list, said)
			if it.ID = on[at].ID; e.hidesAmounts() {
				it.ML = on[at].ML
			}
			on[at] = it
			return on, err
		})},
		{"remove", say.Text("with a number: take the item off the list"), change(func(_ string, on []settings.Item, at int, _ string) ([]settings.Item, error) {
			return slices.Delete(on, at, at+1), nil
		})},
		{"higher", say.Text("with a number: put the item before the one above it"), change(func(_ string, on []settings.Item, at int, _ string) ([]settings.Item, error) {
			if at > 0 {
				on[at-1], on[at] = on[at], on[at-1]
			}
			return on, nil
		})},
	}
}

// parse reads an item as it is typed. Drinks have an amount, unless amounts are
// hidden.
func parse(e evening, list, said string) (settings.Item, error) {
	return settings.ParseItem(said, list == journal.WaterList && !e.hidesAmounts())
}

// add puts a new item at the end of a list.
func (h *house) add(e evening) func(context.Context, string) error {
	return func(_ context.Context, arg string) error {
		list, said, _ := strings.Cut(arg, " ")
		list = listNamed(list)
		items, known := e.set.List(list)
		if !known {
			h.say("Nothing was added: type add drinks or add bedtime, and the name after it.")
			return nil
		}
		return h.put(list, func() ([]settings.Item, error) {
			it, err := parse(e, list, said)
			it.ID = e.set.FreeID(it.Name)
			return append(slices.Clone(items), it), err
		})
	}
}

// listNamed is the list that a word means.
func listNamed(word string) string {
	for _, l := range lists {
		if is(l.word, word) {
			return l.list
		}
	}
	return word
}

// put keeps a list, or says why it stays as it was.
func (h *house) put(list string, make func() ([]settings.Item, error)) error {
	items, err := make()
	if err == nil {
		_, err = h.Save([]settings.Change{{Key: list, Items: items}})
	}
	if err != nil {
		h.say("Nothing was changed: %s.", line(err.Error()))
		return nil
	}
	h.say("The list is changed.")
	return nil
}
