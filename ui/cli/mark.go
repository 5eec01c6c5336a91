package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/strict"
	"lull/routine/watch"
)

type markFlags struct {
	night     string
	undo, own bool
}

func markVerb(a *App) *cobra.Command {
	var f markFlags
	c := &cobra.Command{
		Use:   "mark MARK...",
		Short: say.Text("Mark a night with what may have mattered"),
		Long: say.Text("Marks the night under way, which runs until noon, or the one that --night names. The " +
			"marks are long-standing, hard-exercise, alcohol, medicine and short-sleep, or those in " +
			"config.toml: marks = [\"hot-day\", \"alcohol\"]. --own takes a word that is not among them. " +
			"pregnancy-began and pregnancy-ended are always taken: they bring the safety questions up again."),
		Example: "lull mark alcohol short-sleep\nlull mark hot-day --own --night yesterday\nlull mark alcohol --undo",
		Args:    words(1, -1, "at least one MARK"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.mark(cmd.Context(), args, f) },
		ValidArgsFunction: func(_ *cobra.Command, given []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			set, _ := a.settings()
			left := slices.DeleteFunc(slices.Clone(set.Marks), func(m string) bool { return slices.Contains(given, m) })
			return left, cobra.ShellCompDirectiveNoFileComp
		},
	}
	c.Flags().StringVar(&f.night, "night", "", say.Text("another night: 2026-11-20, yesterday"))
	c.Flags().BoolVar(&f.undo, "undo", false, say.Text("take the marks back"))
	c.Flags().BoolVar(&f.own, "own", false, say.Text("take words that are not in the settings"))
	return c
}

// marked is one night and the marks on it.
type marked struct {
	*desk
	night journal.Date
	marks []journal.Entry // by id
}

func (a *App) mark(ctx context.Context, said []string, f markFlags) error {
	return a.atDesk(ctx, fewNights, func(d *desk) error { return d.mark(ctx, said, f) })
}

func (d *desk) mark(ctx context.Context, said []string, f markFlags) (err error) {
	m := marked{desk: d, night: d.night()}
	if f.night != "" {
		if m.night, err = d.begunNight(f.night); err != nil {
			return err
		}
	}
	if m.marks, err = d.of(ctx, m.night, journal.KindMarked); err != nil {
		return err
	}
	said = distinct(said)
	if f.undo {
		return m.takeBack(ctx, said)
	}
	for _, word := range said {
		if err := d.allowed(word, f.own); err != nil {
			return err
		}
	}
	return m.add(ctx, said)
}

func distinct(said []string) []string {
	var once []string
	for _, word := range said {
		if !slices.Contains(once, word) {
			once = append(once, word)
		}
	}
	return once
}

// allowed says why a word cannot be a mark, or nil.
func (d *desk) allowed(word string, own bool) error {
	if slices.Contains(d.set.Marks, word) || watch.TellsEvent(word) {
		return nil
	}
	if !own {
		return misused("%.60q is not one of your marks; %s; --own takes it all the same", word, strict.Instead(word, d.set.Marks))
	}
	if err := settings.MarkForm(word); err != nil {
		return misused("%.60q cannot be a mark: %v", word, err)
	}
	return nil
}

// having gives the entries that put a mark on the night.
func (m marked) having(word string) []journal.Entry {
	return slices.DeleteFunc(slices.Clone(m.marks), func(e journal.Entry) bool {
		f, _ := e.Fact.(journal.Marked)
		return f.Mark != word
	})
}

func (m marked) add(ctx context.Context, said []string) error {
	var added []journal.Entry
	var names, there []string
	for _, word := range said {
		if len(m.having(word)) > 0 {
			there = append(there, word)
			continue
		}
		names = append(names, word)
		added = append(added, m.factOf(m.night, journal.Marked{Mark: word}))
	}
	if len(there) > 0 {
		m.app.say("%s: marked already, the night of %s; nothing was recorded", clean(strings.Join(there, ", ")), m.nightWords(m.night))
	}
	if len(added) == 0 {
		return nil
	}
	if err := m.record(ctx, added...); err != nil {
		return err
	}
	m.app.say("marked %s, the night of %s; to take it back: %s", clean(strings.Join(names, ", ")), m.nightWords(m.night), m.command(names, "--undo"))
	m.doubtClock(added...)
	m.notice(ctx, added...)
	return nil
}

// takeBack withdraws every mark of those names.
func (m marked) takeBack(ctx context.Context, said []string) error {
	var withdrawals []journal.Entry
	for _, word := range said {
		entries := m.having(word)
		if len(entries) == 0 {
			return say.Error("nothing was taken back: %.60q is no mark of the night of %s", word, m.nightWords(m.night))
		}
		for _, e := range entries {
			withdrawals = append(withdrawals, journal.NewWithdrawal(&m.mint, m.now, e))
		}
	}
	if err := m.record(ctx, withdrawals...); err != nil {
		return err
	}
	own := "--own"
	if !slices.ContainsFunc(said, func(w string) bool { return !slices.Contains(m.set.Marks, w) }) {
		own = ""
	}
	m.app.say("took back %s, the night of %s; to mark it again: %s", clean(strings.Join(said, ", ")), m.nightWords(m.night), m.command(said, own))
	m.doubtClock()
	return nil
}

// command is what to type for these marks on this night.
func (m marked) command(names []string, flag string) string {
	parts := []string{lull, "mark"}
	for _, name := range names {
		parts = append(parts, argument(name))
	}
	if flag != "" {
		parts = append(parts, flag)
	}
	if m.night != m.desk.night() {
		parts = append(parts, "--night", m.night.String())
	}
	return strings.Join(parts, " ")
}
