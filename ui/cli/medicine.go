package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/strict"
)

type medicineFlags struct {
	from, to string
	stop     bool
}

func medicineVerb(a *App) *cobra.Command {
	var f medicineFlags
	c := &cobra.Command{
		Use:   "medicine [NAME]",
		Short: say.Text("Write down a medicine and the days you take it"),
		Long: say.Text("Writes down a medicine in your own words, from the day you began it, for the page that " +
			"`lull report` makes. --stop gives it an end. Without a NAME it lists them. lull knows " +
			"nothing of medicines and does not judge them."),
		Example: "lull medicine amlodipine --from 2026-08-03\nlull medicine amlodipine --stop --to 2026-11-20\nlull medicine",
		Args:    words(0, -1, "a NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.medicine(cmd.Context(), strings.TrimSpace(strings.Join(args, " ")), f)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	c.Flags().StringVar(&f.from, "from", "", say.Text("the first day: 2026-08-03, yesterday"))
	c.Flags().StringVar(&f.to, "to", "", say.Text("the last day (default with --stop: today)"))
	c.Flags().BoolVar(&f.stop, "stop", false, say.Text("it is no longer taken"))
	return c
}

func (a *App) medicine(ctx context.Context, name string, f medicineFlags) error {
	if err := f.fit(name); err != nil {
		return err
	}
	if name == "" {
		return a.listMedicines(ctx)
	}
	return a.atDesk(ctx, fewNights, func(d *desk) error { return d.medicine(ctx, name, f) })
}

func (d *desk) medicine(ctx context.Context, name string, f medicineFlags) error {
	all, err := d.medicines(ctx)
	if err != nil {
		return err
	}
	m, err := d.medicineOf(name, f)
	switch {
	case err != nil:
		return err
	case f.stop:
		return d.stopMedicine(ctx, all, m)
	}
	return d.beginMedicine(ctx, all, m)
}

// fit says which flags do not go together.
func (f medicineFlags) fit(name string) error {
	switch {
	case name == "" && (f.stop || f.from != "" || f.to != ""):
		return misused("medicine needs a NAME for that; `lull medicine` alone lists them")
	case name != "" && f.stop && f.from != "":
		return misused("medicine --stop takes no --from; it ends the one that is taken")
	case name != "" && !f.stop && f.from == "":
		return misused("medicine needs --from, the day it was begun: lull medicine %s --from 2026-08-03", argument(name))
	}
	return nil
}

// medicineOf reads the days. With --stop only the last one counts, which is
// today if none is said.
func (d *desk) medicineOf(name string, f medicineFlags) (journal.Medicine, error) {
	m := journal.Medicine{Name: name}
	today := d.day()
	if f.stop && f.to == "" {
		f.to = "today"
	}
	var err error
	if f.from != "" {
		if m.From, err = journal.ParseDay(f.from, today); err != nil {
			return m, misused("--from: %v", err)
		}
		if m.From > today {
			return m, misused("--from: %s has not come yet; today is %s", m.From, today)
		}
	}
	if f.to != "" {
		last, err := journal.ParseDay(f.to, today)
		if err != nil {
			return m, misused("--to: %v", err)
		}
		m.To = &last
	}
	if f.stop {
		return m, nil
	}
	if err := m.Validate(); err != nil {
		return m, misused("medicine: %v", err)
	}
	return m, nil
}

func medicineIn(e journal.Entry) journal.Medicine {
	m, _ := e.Fact.(journal.Medicine)
	return m
}

// named are the entries of a medicine, whichever letters are capitals.
func named(all []journal.Entry, name string) []journal.Entry {
	return slices.DeleteFunc(slices.Clone(all), func(e journal.Entry) bool {
		return !strings.EqualFold(medicineIn(e).Name, name)
	})
}

// beginMedicine records one. What shares days with it under the same name is
// there already, and is not written down twice.
func (d *desk) beginMedicine(ctx context.Context, all []journal.Entry, m journal.Medicine) error {
	for _, e := range named(all, m.Name) {
		if other := medicineIn(e); overlap(journal.Paused{From: m.From, To: m.To}, journal.Paused{From: other.From, To: other.To}) {
			d.app.say("%s is written down already; nothing was recorded; to change it: lull log edit %s from=%s",
				d.medicineWords(other), short(e.ID), m.From)
			return nil
		}
	}
	e := d.fact(d.now, m)
	if err := d.record(ctx, e); err != nil {
		return err
	}
	d.app.say("written down: %s; to take it back: lull log remove %s", d.medicineWords(m), short(e.ID))
	d.doubtClock(e)
	d.app.sayOfMedicines()
	return nil
}

// stopMedicine gives the one that is still taken an end.
func (d *desk) stopMedicine(ctx context.Context, all []journal.Entry, m journal.Medicine) error {
	found := named(all, m.Name)
	if len(found) == 0 {
		return d.noMedicine(all, m.Name)
	}
	e := found[len(found)-1]
	was := medicineIn(e)
	switch {
	case was.To != nil:
		d.app.say("%s has an end already; nothing was recorded; to change it: lull log edit %s to=%s", d.medicineWords(was), short(e.ID), *m.To)
		return nil
	case *m.To < was.From:
		return misused("--to: %s comes before %s was begun, on %s", *m.To, clean(was.Name), was.From)
	}
	revision, err := journal.NewRevision(&d.mint, d.now, e, map[string]any{"to": m.To})
	if err != nil {
		return err
	}
	if err := d.record(ctx, revision); err != nil {
		return err
	}
	was.To = m.To
	d.app.say("written down: %s; to take it back: lull log remove %s", d.medicineWords(was), short(revision.ID))
	d.doubtClock()
	d.app.sayOfMedicines()
	return nil
}

// noMedicine says that none has the name, and which may have been meant.
func (d *desk) noMedicine(all []journal.Entry, name string) error {
	var names []string
	for _, e := range all {
		names = append(names, clean(medicineIn(e).Name))
	}
	if near := strict.Nearest(name, names); near != "" {
		return say.Error("nothing was recorded: %.60q is not written down; did you mean %s?", name, near)
	}
	if len(all) == 0 {
		return say.Error("nothing was recorded: no medicine is written down; lull medicine NAME --from DATE does it")
	}
	return say.Error("nothing was recorded: %.60q is not written down; `lull medicine` lists what is", name)
}

func (a *App) listMedicines(ctx context.Context) error {
	d, err := a.desk(ctx, patient, fewNights)
	if err != nil {
		return err
	}
	all, err := d.medicines(ctx)
	for _, e := range all {
		d.app.line("%s  %s", short(e.ID), d.medicineWords(medicineIn(e)))
	}
	if err == nil && len(all) == 0 {
		d.app.note("no medicine is written down; lull medicine NAME --from DATE does it")
	}
	return err
}

func (d *desk) medicineWords(m journal.Medicine) string {
	if m.To != nil {
		return say.Text("%s, %s to %s", clean(m.Name), d.dayWords(m.From), d.dayWords(*m.To))
	}
	return say.Text("%s, since %s", clean(m.Name), d.dayWords(m.From))
}

// dayWords names a day in a sentence, with the year if it is another one.
func (d *desk) dayWords(day journal.Date) string {
	return day.WithYear(day.Words(), d.now)
}

// medicineCard is the card of the guide about medicines, and ownRule the source
// of its claim on changing one, as the guide says it.
const (
	medicineCard         = "medicines"
	ownRule      say.Key = "a rule of lull"
)

// sayOfMedicines says what the guide has to say to somebody who writes down a
// medicine, in its words; where it has nothing, neither has lull.
func (a *App) sayOfMedicines() {
	g, err := a.Guide()
	if err != nil {
		return
	}
	card, _ := g.Find(medicineCard)
	for _, claim := range card.Claims {
		if slices.Contains(claim.Sources, ownRule.String()) && slices.Contains(claim.Rows, "2.16") {
			a.say("%s `lull guide %s` says more.", strings.Join(claim.Text, " "), medicineCard)
		}
	}
}
