package cli

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/where"
)

// crampFlags are what was said of a cramp, as it was typed; nothing is empty.
type crampFlags struct {
	at, ago, night           string
	side, muscle             string
	pain, lasted, awake      string
	helped, signs, knot      string
	soreness, soreDays, note string
	orMore                   bool
}

func crampVerb(a *App) *cobra.Command {
	var f crampFlags
	c := &cobra.Command{
		Use:   "cramp",
		Short: say.Text("Write down a cramp; nothing but the verb is compulsory"),
		Long: say.Text("Writes down a cramp: now, or when --at or --ago say; with --night only the night is " +
			"known. Everything else can be left out, or told later with `lull log edit`. If the file is busy, " +
			"damaged or cannot be written to, the cramp waits in the folder inbox and nothing is lost."),
		Example: "lull cramp --ago 20m --side left --muscle calf --lasted 4m\n" +
			"lull cramp --at 'yesterday 23:40' --pain 7 --helped stretch,walk\nlull cramp --night yesterday",
		Args: words(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.cramp(cmd.Context(), f) },
	}
	f.bind(c)
	c.Flags().BoolVar(&f.orMore, "or-more", false, say.Text("there were more than this one that night, uncounted"))
	return c
}

func (f *crampFlags) bind(c *cobra.Command) {
	for _, flag := range []struct {
		said       *string
		name, help string
		words      []string
	}{
		{&f.at, "at", say.Text("when it began: 03:10, 'yesterday 23:40', RFC 3339"), nil},
		{&f.ago, "ago", say.Text("or how long ago: 20m"), nil},
		{&f.night, "night", say.Text("or the night, if no more is known: 2026-11-22, yesterday"), nil},
		{&f.side, "side", strings.Join(journal.CrampSides, ", "), journal.CrampSides},
		{&f.muscle, "muscle", strings.Join(journal.Muscles, ", "), journal.Muscles},
		{&f.pain, "pain", say.Text("0 to 10"), nil},
		{&f.lasted, "lasted", say.Text("how long it lasted: 4m, 90s"), nil},
		{&f.awake, "awake", say.Text("how long you were awake: 15m"), nil},
		{&f.helped, "helped", say.Text("what helped: %s", strings.Join(journal.Helps, ", ")), journal.Helps},
		{&f.soreness, "soreness", say.Text("of the muscle afterwards, 0 to 10"), nil},
		{&f.soreDays, "sore-days", say.Text("how many days it stayed sore"), nil},
		{&f.knot, "knot", say.Text("whether the muscle was hard: yes, no"), yesNo},
		{&f.signs, "signs", say.Text("what came with it: %s", strings.Join(journal.CrampSigns, ", ")), journal.CrampSigns},
		{&f.note, "note", say.Text("a text of your own"), nil},
	} {
		c.Flags().StringVar(flag.said, flag.name, "", flag.help)
		_ = c.RegisterFlagCompletionFunc(flag.name, cobra.FixedCompletions(flag.words, cobra.ShellCompDirectiveNoFileComp))
	}
}

var yesNo = []string{"yes", "no"}

func (a *App) cramp(ctx context.Context, f crampFlags) error {
	told, err := f.cramped()
	if err != nil {
		return err
	}
	return a.stoppable(ctx, func(ctx context.Context) error {
		return a.atDeskAnyway(ctx, func(d *desk) error { return d.cramp(ctx, f, told) })
	})
}

func (d *desk) cramp(ctx context.Context, f crampFlags, told journal.Cramped) error {
	e, err := d.crampEntry(f, told)
	if err != nil {
		return err
	}
	if err := d.keep(ctx, e); err != nil {
		var nowhere *unkept
		if !errors.As(err, &nowhere) {
			return err
		}
		d.app.warnLine(cleanLines(err.Error()) + "\n" + nowhere.lines())
		return errors.Join(errTold, err)
	}
	d.app.say("written down: %s; to take it back: lull log remove %s", d.crampSaid(e), short(e.ID))
	if d.book.Night(e.Night).Quiet {
		d.app.say("that night was quiet until now; a cramp counts for more")
	}
	d.doubtClock(e)
	d.notice(ctx, e)
	return nil
}

// crampEntry gives a cramp its instant or, if only the night is known, that
// night: its instant is then the one of the telling.
func (d *desk) crampEntry(f crampFlags, told journal.Cramped) (journal.Entry, error) {
	if f.night != "" {
		if f.at+f.ago != "" {
			return journal.Entry{}, misused("cramp takes one of --at, --ago and --night")
		}
		night, err := d.begunNight(f.night)
		told.Untimed = true
		return d.factOf(night, told), err
	}
	at, err := d.instant(f.at, f.ago)
	return d.fact(at, told), err
}

// instant is when something happened that was said to be at a time, or so long
// ago, or else now.
func (d *desk) instant(at, ago string) (time.Time, error) {
	switch {
	case at != "" && ago != "":
		return d.now, misused("cramp takes one of --at, --ago and --night")
	case ago != "":
		gone, err := span24("--ago", ago)
		return d.now.Add(-gone), err
	case at == "":
		return d.now, nil
	}
	then, err := journal.ParseWhen(at, d.now)
	switch {
	case err != nil:
		return d.now, misused("--at: %v", err)
	case then.After(d.now):
		return d.now, misused("--at: %s has not come yet; it is %s now", then.Format(minute), d.now.Format(minute))
	}
	return then, nil
}

// minute is how an instant is shown with its date.
const minute = "2006-01-02 15:04"

// cramped makes a cramp of what was said of it, or says which flag is wrong.
func (f crampFlags) cramped() (journal.Cramped, error) {
	c := journal.Cramped{Side: f.side, Muscle: f.muscle, Note: f.note, AtLeast: f.orMore}
	for _, flag := range []struct {
		name, said string
		read       func(name, said string) error
	}{
		{"--side", f.side, side(&c.Side)},
		{"--muscle", f.muscle, muscle(&c.Muscle)},
		{"--pain", f.pain, scale(&c.Pain, 10)},
		{"--lasted", f.lasted, lasting(&c.LastedS, time.Second)},
		{"--awake", f.awake, lasting(&c.AwakeMin, time.Minute)},
		{"--helped", f.helped, someOf(&c.Helped, journal.Helps)},
		{"--soreness", f.soreness, scale(&c.Soreness, 10)},
		{"--sore-days", f.soreDays, scale(&c.SoreDays, 60)},
		{"--knot", f.knot, whether(&c.Knot)},
		{"--signs", f.signs, someOf(&c.Signs, journal.CrampSigns)},
	} {
		if flag.said == "" {
			continue
		}
		if err := flag.read(flag.name, flag.said); err != nil {
			return c, err
		}
	}
	if err := c.Validate(); err != nil {
		return c, misuse(err.Error())
	}
	return c, nil
}

// side takes the words for a side in every language.
func side(dst *string) func(name, said string) error {
	return func(name, said string) error {
		*dst = where.Side(said)
		return oneOf(name, *dst, journal.CrampSides)
	}
}

// muscle takes the words for a place in every language, if they mean one place.
func muscle(dst *string) func(name, said string) error {
	return func(name, said string) error {
		var err error
		if *dst, err = where.Muscle(said); err != nil {
			return misused("%s: %v", name, err)
		}
		return oneOf(name, *dst, journal.Muscles)
	}
}

func someOf(dst *[]string, allowed []string) func(name, said string) error {
	return func(name, said string) error {
		for _, word := range strings.Split(said, ",") {
			word = strings.TrimSpace(word)
			if err := oneOf(name, word, allowed); err != nil {
				return err
			}
			if !slices.Contains(*dst, word) {
				*dst = append(*dst, word)
			}
		}
		return nil
	}
}

func scale(dst **int, most int) func(name, said string) error {
	return func(name, said string) error {
		n, err := strconv.Atoi(said)
		if err != nil || n < 0 || n > most {
			return misused("%s cannot be %.60q; it is a number from 0 to %d", name, said, most)
		}
		*dst = &n
		return nil
	}
}

func lasting(dst **int, unit time.Duration) func(name, said string) error {
	return func(name, said string) error {
		d, err := span24(name, said)
		n := int(d.Round(unit) / unit)
		*dst = &n
		return err
	}
}

func whether(dst **bool) func(name, said string) error {
	return func(name, said string) error {
		yes := said == "yes"
		*dst = &yes
		return oneOf(name, said, yesNo)
	}
}

// span24 reads a length of time within a day and a night. A number needs its
// unit: nobody can tell whether 4 is minutes.
func span24(name, said string) (time.Duration, error) {
	d, err := time.ParseDuration(said)
	switch {
	case err != nil:
		return 0, misused("%s cannot be %.60q; write a number and its unit: 90s, 20m or 1h30m", name, said)
	case d < 0:
		return 0, misused("%s cannot be %.60q; it is a length of time, so it is not below nothing", name, said)
	case d > 24*time.Hour:
		return 0, misused("%s cannot be %.60q; it is 24h at most", name, said)
	}
	return d, nil
}

// names are words of lull's own, as the person says them.
func names[T ~string](words []T) []string {
	said := make([]string, len(words))
	for i, w := range words {
		said[i] = say.Name(string(w))
	}
	return said
}

// crampSaid is all that is known of a cramp, in one line: the note alone is left
// out, since somebody may look over a shoulder.
func (d *desk) crampSaid(e journal.Entry) string {
	c, _ := e.Fact.(journal.Cramped)
	said := []string{journal.Words(c)}
	count := func(n *int, form say.Key) {
		if n != nil {
			said = append(said, say.Text(form, *n))
		}
	}
	count(c.AwakeMin, "awake %d min")
	count(c.Soreness, "soreness %d of 10")
	if c.SoreDays != nil {
		said = append(said, say.Count(*c.SoreDays, "sore for %d day", "sore for %d days"))
	}
	if c.Knot != nil {
		said = append(said, say.Text(map[bool]say.Key{true: "the muscle was hard", false: "the muscle was not hard"}[*c.Knot]))
	}
	if c.AtLeast {
		said = append(said, say.Text("or more than one"))
	}
	for _, list := range []struct {
		words []string
		form  say.Key
	}{{c.Helped, "helped by %s"}, {c.Signs, "with the signs %s"}} {
		if len(list.words) > 0 {
			said = append(said, say.Text(list.form, strings.Join(names(list.words), say.Text(" and "))))
		}
	}
	if c.Note != "" {
		said = append(said, say.Text("a note"))
	}
	if c.Untimed {
		said = append(said, say.Text("time not known"))
	} else {
		said = append(said, e.At.Format("15:04"))
	}
	return safe.Text(say.Text("%s, the night of %s", strings.Join(said, ", "), span(e, d.now)), longLine)
}
