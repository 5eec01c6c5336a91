package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/strict"
)

// editable is how many days of the checklist can be changed, today included.
const editable = 7

type tickFlags struct {
	undo bool
	day  string
}

func (f *tickFlags) bind(c *cobra.Command) {
	c.Flags().BoolVar(&f.undo, "undo", false, say.Text("take back the latest tick, or that of the named item"))
	c.Flags().StringVar(&f.day, "day", "", say.Text("one of the last seven days: 2026-11-22, today or yesterday"))
}

func drinkVerb(a *App) *cobra.Command {
	var f tickFlags
	c := &cobra.Command{
		Use:   "drink [ITEM]",
		Short: say.Text("Tick the next drink, or the named one"),
		Long: say.Text("Ticks the next open item of the day's drinks, or the named one. Tea, coffee, milk and soup count. " +
			"Past the last it records an extra. A day runs from 04:00 to 04:00."),
		Example: "lull drink\nlull drink --undo\nlull drink glass-3 --day yesterday",
		Args:    words(0, 1, "one ITEM"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.tick(cmd.Context(), journal.WaterList, strings.Join(args, ""), f)
		},
		ValidArgsFunction: a.completeItems(journal.WaterList),
	}
	f.bind(c)
	return c
}

func tickVerb(a *App) *cobra.Command {
	var f tickFlags
	c := &cobra.Command{
		Use:     "tick ITEM",
		Short:   say.Text("Tick an item of the checklist, by its id or its name"),
		Example: "lull tick covers\nlull tick covers --undo",
		Args:    words(1, 1, "one ITEM of the checklist"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.tick(cmd.Context(), "", args[0], f)
		},
		ValidArgsFunction: a.completeItems(journal.WaterList, journal.BedtimeList),
	}
	f.bind(c)
	return c
}

// checklist is one day of the lists: its items and what is ticked.
type checklist struct {
	*desk
	date  journal.Date
	ticks []journal.Entry // by id
}

// tick ticks or takes back an item. Without a list any list will do; without
// an item the next one of the list is meant, or the latest.
func (a *App) tick(ctx context.Context, list, item string, f tickFlags) error {
	return a.atDesk(ctx, fewNights, func(d *desk) error {
		day, err := d.editableDay(f.day)
		if err != nil {
			return err
		}
		c := &checklist{desk: d, date: day}
		if f.undo {
			return c.takeBack(ctx, list, item)
		}
		return c.add(ctx, list, item)
	})
}

func (d *desk) editableDay(said string) (journal.Date, error) {
	today := d.day()
	if said == "" {
		return today, nil
	}
	day, err := journal.ParseDay(said, today)
	switch {
	case err != nil:
		return 0, misused("--day: %v", err)
	case day > today:
		return 0, misused("--day: %s has not come yet; today is %s", day, today)
	case day <= today-editable:
		return 0, misused("--day: %s is too long ago; the checklist can be changed from %s to %s", day, today-editable+1, today)
	}
	return day, nil
}

// decide appends what choose makes of the day's ticks, with nobody's writes in
// between: which glass is the next depends on what others have ticked.
func (c *checklist) decide(ctx context.Context, choose func() ([]journal.Entry, error)) error {
	var unfit error
	err := c.log.Decide(ctx, c.date, c.date, []journal.Kind{journal.KindTicked}, func(live []journal.Entry) (add []journal.Entry, err error) {
		c.ticks = slices.DeleteFunc(live, func(e journal.Entry) bool { return e.Fact.Kind() != journal.KindTicked || e.Day != c.date })
		if add, unfit = choose(); unfit == nil {
			c.app.recorded = len(add) > 0
		}
		return add, unfit
	})
	if err != nil && unfit == nil {
		c.app.recorded = false
		return say.Error("nothing was recorded: %w", err)
	}
	return err
}

func tickOf(e journal.Entry) journal.Ticked {
	t, _ := e.Fact.(journal.Ticked)
	return t
}

// among gives the ticks of one item, or of a whole list if no item is named.
// Without a list every list is searched.
func (c *checklist) among(list, item string) []journal.Entry {
	var found []journal.Entry
	for _, e := range c.ticks {
		t := tickOf(e)
		if (list == "" || t.List == list) && (item == "" || t.Item == item) {
			found = append(found, e)
		}
	}
	return found
}

// done counts the different items of a list that are ticked.
func (c *checklist) done(list string) int {
	items := map[string]bool{}
	for _, e := range c.among(list, "") {
		items[tickOf(e).Item] = true
	}
	return len(items)
}

// choose finds what is to be ticked.
func (c *checklist) choose(list, item string) (journal.Ticked, error) {
	if item == "" {
		taken := map[string]bool{}
		for _, e := range c.among(journal.WaterList, "") {
			taken[tickOf(e).Item] = true
		}
		return c.set.NextWater(func(id string) bool { return taken[id] }), nil
	}
	it, of, found := c.set.Find(item)
	if !found || list != "" && of != list {
		return journal.Ticked{}, c.unknown(list, item)
	}
	return journal.Ticked{Item: it.ID, List: of, ML: it.ML}, nil
}

func (c *checklist) unknown(list, item string) error {
	ids := c.set.ItemIDs()
	if list != "" {
		ids = nil
		for _, it := range itemsOf(c.set, list) {
			ids = append(ids, it.ID)
		}
		return misused("%q is not an item of the %s list; %s", item, say.Name(list), strict.Instead(item, ids))
	}
	return misused("%q is not an item of the checklist; %s", item, strict.Instead(item, ids))
}

func itemsOf(s settings.Settings, list string) []settings.Item {
	items, _ := s.List(list)
	return items
}

func (c *checklist) add(ctx context.Context, list, item string) error {
	entry := c.fact(c.set.Calendar.SameClock(c.date, c.now), journal.Ticked{})
	if _, err := c.choose(list, item); err != nil {
		return err
	}
	already := false
	err := c.decide(ctx, func() ([]journal.Entry, error) {
		t, err := c.choose(list, item)
		entry.Fact = t
		if already = len(c.among(t.List, t.Item)) > 0; err != nil || already {
			return nil, err
		}
		return []journal.Entry{entry}, nil
	})
	t := tickOf(entry)
	switch {
	case err != nil:
		return err
	case already:
		c.app.say("%s is ticked already for %s; nothing was recorded", c.item(t), c.date.Words())
		return nil
	}
	c.ticks = append(c.ticks, entry)
	c.app.say("ticked %s for %s%s; to take it back: %s", c.item(t), c.date.Words(), c.tally(t.List), c.command(t, true))
	if t.List == journal.WaterList && !c.hidesAmounts() && c.set.BecomesMuch(c.done(t.List)) {
		c.app.say(settings.MuchToDrink)
	}
	c.doubtClock(entry)
	return nil
}

// takeBack withdraws the latest tick, or every tick of the named item: after
// it the item is open.
func (c *checklist) takeBack(ctx context.Context, list, item string) error {
	var latest journal.Ticked
	err := c.decide(ctx, func() (withdrawals []journal.Entry, err error) {
		ticks, err := c.toTakeBack(list, item)
		if err != nil {
			return nil, err
		}
		latest = tickOf(ticks[len(ticks)-1])
		for _, e := range c.among(latest.List, latest.Item) {
			withdrawals = append(withdrawals, journal.NewWithdrawal(&c.mint, c.now, e))
		}
		return withdrawals, nil
	})
	if err != nil {
		return err
	}
	c.ticks = slices.DeleteFunc(c.ticks, func(e journal.Entry) bool {
		t := tickOf(e)
		return t.List == latest.List && t.Item == latest.Item
	})
	c.app.say("took back %s of %s%s; to tick it again: %s", c.item(latest), c.date.Words(), c.tally(latest.List), c.command(latest, false))
	c.doubtClock()
	return nil
}

// toTakeBack are the ticks that are meant, the latest last.
func (c *checklist) toTakeBack(list, item string) ([]journal.Entry, error) {
	if it, _, found := c.set.Find(item); found {
		item = it.ID
	}
	ticks := c.among(list, item)
	if len(ticks) > 0 {
		return ticks, nil
	}
	if _, _, found := c.set.Find(item); !found && item != "" && !strings.HasPrefix(item, settings.Extra) {
		return nil, c.unknown(list, item)
	}
	return nil, say.Error("nothing was taken back: nothing like that is ticked for %s", c.date.Words())
}

// item is what the person calls a ticked item, with its amount if amounts are
// shown.
func (c *checklist) item(t journal.Ticked) string {
	name := t.Item
	if it, list, found := c.set.Find(t.Item); found && list == t.List {
		name = say.Name(it.Name)
	}
	if t.ML > 0 && !c.hidesAmounts() {
		return fmt.Sprintf("%s (%d ml)", clean(name), t.ML)
	}
	return clean(name)
}

// tally says how many items of a list are ticked, of how many if a number of
// glasses is aimed at.
func (c *checklist) tally(list string) string {
	done, of := c.done(list), len(itemsOf(c.set, list))
	if list == journal.WaterList && c.hidesAmounts() {
		return ""
	}
	if done > of {
		return say.Text(", %d ticked and %d on the list", done, of)
	}
	return say.Text(", %d of %d", done, of)
}

// command is what to type to take a tick back, or to make it again.
func (c *checklist) command(t journal.Ticked, undo bool) string {
	verb, item := "tick", argument(t.Item)
	if t.List == journal.WaterList {
		verb = "drink"
	}
	if _, _, known := c.set.Find(t.Item); !known && !undo {
		item = ""
	}
	parts := []string{"lull", verb, item}
	if undo {
		parts = append(parts, "--undo")
	}
	if c.date != c.day() {
		parts = append(parts, "--day", c.date.String())
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " ")
}

// argument is a word as it is typed in a shell.
func argument(word string) string {
	special := func(r rune) bool {
		letter := r|' ' >= 'a' && r|' ' <= 'z'
		return !letter && !(r >= '0' && r <= '9') && !strings.ContainsRune("-_.:/=+", r)
	}
	word = safe.Text(word, longLine)
	if word != "" && !strings.ContainsFunc(word, special) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// completeItems completes the ids of lists.
func (a *App) completeItems(lists ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		set, _ := a.settings()
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var found []cobra.Completion
		for _, list := range lists {
			for _, it := range itemsOf(set, list) {
				found = append(found, cobra.CompletionWithDesc(it.ID, clean(say.Name(it.Name))))
			}
		}
		return found, cobra.ShellCompDirectiveNoFileComp
	}
}
