package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/remind"
	"lull/routine/safe"
	"lull/routine/say"
)

// reminder is a desk with what was installed and what is remembered of it.
type reminder struct {
	*desk
	alarms []remind.Alarm
	notes  remind.Notes
}

func (a *App) reminder(ctx context.Context, p remind.Plan) (*reminder, error) {
	d, err := a.desk(ctx, patient, fewNights)
	if err != nil {
		return nil, err
	}
	note, err := d.log.Kept(ctx, remind.NotesName)
	if err != nil {
		return nil, err
	}
	return &reminder{d, p.Alarms(d.set.Calendar), remind.ReadNotes(note)}, nil
}

// installed is the reminder of what is installed.
func (a *App) installed(ctx context.Context) (*reminder, error) {
	p, there, err := a.Reminders().Plan()
	switch {
	case err != nil:
		return nil, err
	case !there:
		return nil, say.Error(noReminders)
	}
	return a.reminder(ctx, p)
}

// look is what the journal says about a kind.
func (r *reminder) look(k remind.Kind) remind.Look {
	label := r.label(k)
	n := r.book.Night(label)
	return remind.Look{
		Label: label, Paused: r.book.Paused(label), Kept: n.Outcome.Kept(), Limited: r.hidesAmounts(),
		Pace: r.set.Pace(n.Water, len(r.set.Water), journal.Hour(r.now)),
	}
}

// label is the night of a stretch or the day of a glass.
func (r *reminder) label(k remind.Kind) journal.Date {
	if k == remind.Water {
		return r.day()
	}
	return r.night()
}

// remember keeps the memory of a kind.
func (r *reminder) remember(ctx context.Context, k remind.Kind, m remind.Memory) error {
	r.notes[k] = m
	if m == (remind.Memory{}) {
		delete(r.notes, k)
	}
	return r.log.Keep(ctx, remind.NotesName, r.notes.Text())
}

func kindOf(word string) (remind.Kind, error) {
	return remind.Kind(word), oneOf(say.Text("the reminder"), word, kindNames())
}

func kindNames() []string {
	var names []string
	for _, k := range remind.Kinds {
		names = append(names, string(k))
	}
	return names
}

func remindNow(a *App) *cobra.Command {
	var why bool
	c := &cobra.Command{
		Use:   "now stretch|water",
		Short: say.Text("What the timer runs: remind, if there is anything to remind of"),
		Long: say.Text("Looks into the journal and shows a reminder, or stays silent: when the stretch is done, the " +
			"drinks on track, the night set aside, the reminder skipped, put off or shown already, or when " +
			"none is due. --why says which."),
		Example:   "lull remind now stretch --why",
		Args:      words(1, 1, "one of stretch and water"),
		ValidArgs: kindNames(),
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := kindOf(args[0])
			if err != nil {
				return err
			}
			return a.remindNow(cmd.Context(), k, why)
		},
	}
	c.Flags().BoolVar(&why, "why", false, say.Text("say why it is silent"))
	return c
}

// remindNow reminds once. A journal that cannot be read or written to is no
// reason for a night without a reminder; but only the first look of an evening
// shows it then, since nobody remembers that it was shown.
func (a *App) remindNow(ctx context.Context, k remind.Kind, why bool) error {
	p, there, err := a.Reminders().Plan()
	switch {
	case err != nil:
		return err
	case !there:
		return say.Error(noReminders)
	}
	r, err := a.reminder(ctx, p)
	if err != nil {
		if firstLook(p.Alarms(journal.DefaultCalendar), k, a.Now()) {
			a.show(ctx, asks[k].title.String(), asks[k].text.String())
		}
		return err
	}
	v := remind.Decide(r.alarms, k, r.now, r.notes[k], r.look(k))
	if !v.Speak {
		if why {
			a.say("silent: %s", v.Why)
		}
		return nil
	}
	err = r.remember(ctx, k, r.notes[k].Shown(v))
	if err == nil || firstLook(r.alarms, k, r.now) {
		title, text := r.words(k)
		a.show(ctx, title, text)
	}
	return err
}

func firstLook(alarms []remind.Alarm, k remind.Kind, now time.Time) bool {
	alarm, began, due := remind.Due(alarms, k, now)
	return due && now.Sub(began) < alarm.Step
}

// words are a reminder's title and text. While the safety answers lock every
// stretch, that of the stretch says what to do instead.
func (r *reminder) words(k remind.Kind) (title, text string) {
	if act, locked := r.lock(); locked && k == remind.Stretch {
		return act.Title, strings.Join(act.Act, " ")
	}
	return asks[k].title.String(), r.detail(k) + asks[k].text.String()
}

// detail says how things stand, as far as that is known.
func (r *reminder) detail(k remind.Kind) string {
	if k == remind.Water {
		return say.Text("%d of %d today. ", r.book.Night(r.day()).Water, len(r.set.Water))
	}
	plan, err := r.plan()
	if err != nil || plan.Routine == "" {
		return ""
	}
	return say.Text("Tonight: %s, %s of holds. ", clean(plan.Routine), length(time.Duration(plan.PlannedS)*time.Second))
}

// asks are the words of a reminder, and what can be typed in answer.
var asks = map[remind.Kind]struct{ title, text say.Key }{
	remind.Stretch: {"Time to stretch", "Begin: lull start. Later: lull remind snooze 20. Not tonight: lull remind skip."},
	remind.Water:   {"Something to drink?", "To add a drink: lull drink. Later: lull remind snooze 20. No more today: lull remind skip."},
}

// show shows a reminder where it will be seen: on the desktop, else in the
// terminal it was called from, and as a line wherever lines of this program go.
// It says by what.
func (a *App) show(ctx context.Context, title, text string) string {
	title, text = safe.Text(title, longName), safe.Text(text, longLine)
	if by, err := a.Reminders().Notify(ctx, title, text); err == nil {
		return by
	}
	by := say.Text("a line")
	if signal := a.terminalNotice(title, text); signal != "" {
		fmt.Fprint(a.out.raw, signal)
		by = say.Text("the terminal")
	}
	a.line("%s. %s", strings.TrimSuffix(title, "."), text)
	return by
}

// terminals are those known to show a notification, by a variable and how its
// value begins.
var terminals = []struct{ variable, value, form string }{
	{"TERM", "xterm-kitty", "\x1b]99;i=lull:d=0;%[1]s\x1b\\\x1b]99;i=lull:p=body;%[2]s\x1b\\"},
	{"TERM", "foot", "\x1b]777;notify;%[1]s;%[2]s\x1b\\"},
	{"TERM_PROGRAM", "WezTerm", "\x1b]777;notify;%[1]s;%[2]s\x1b\\"},
	{"TERM_PROGRAM", "ghostty", "\x1b]777;notify;%[1]s;%[2]s\x1b\\"},
	{"TERM_PROGRAM", "iTerm.app", "\x1b]9;%[1]s. %[2]s\x07"},
}

// terminalNotice is what has the terminal show a notification, or nothing if it
// is not known to. A multiplexer in between passes none on.
func (a *App) terminalNotice(title, text string) string {
	term := a.Env("TERM")
	if !a.Terminal || a.Env("TMUX") != "" || a.Env("STY") != "" || strings.HasPrefix(term, "tmux") || strings.HasPrefix(term, "screen") {
		return ""
	}
	for _, t := range terminals {
		if strings.HasPrefix(a.Env(t.variable), t.value) {
			return fmt.Sprintf(t.form, strings.ReplaceAll(title, ";", ","), text)
		}
	}
	return ""
}

func remindTest(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "test",
		Short: say.Text("Show a reminder now, to see what it looks like"),
		Args:  words(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			by := a.show(cmd.Context(), say.Text("This is a test"), say.Text("A reminder of lull's looks like this."))
			a.say("shown by %s", by)
			return nil
		},
	}
}

func remindSnooze(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "snooze [10|20|30]",
		Short: say.Text("Put the reminder that just came off, by so many minutes; 10 if you do not say"),
		Args:  words(0, 1, "one number of minutes"),
		RunE: func(cmd *cobra.Command, args []string) error {
			minutes := remind.Snoozes[0]
			if len(args) > 0 {
				var err error
				if minutes, err = strconv.Atoi(args[0]); err != nil || !slices.Contains(remind.Snoozes, minutes) {
					return misused("snooze takes 10, 20 or 30 minutes, not %.60q", args[0])
				}
			}
			return a.snooze(cmd.Context(), minutes)
		},
		ValidArgs: []string{"10", "20", "30"},
	}
}

func (a *App) snooze(ctx context.Context, minutes int) error {
	r, err := a.installed(ctx)
	if err != nil {
		return err
	}
	k, any := r.notes.Latest(r.alarms, r.now)
	if !any {
		k = remind.Stretch
	}
	m, err := remind.Snooze(r.alarms, k, r.now, minutes, r.notes[k])
	if err != nil {
		return say.Error("nothing was put off: %w; lull remind skip leaves one out, lull start begins", err)
	}
	if err := r.remember(ctx, k, m); err != nil {
		return say.Error("nothing was put off: %w", err)
	}
	a.say("%s: again at %s", say.Name(string(k)), m.Again.In(r.now.Location()).Format("15:04"))
	return nil
}

func remindSkip(a *App) *cobra.Command {
	var undo bool
	c := &cobra.Command{
		Use:   "skip [stretch|water]",
		Short: say.Text("No more reminders tonight, or today for drinks"),
		Long: say.Text("Leaves out what is left of tonight's reminders to stretch, or of today's to drink: of the kind " +
			"that came last, or the one you name. The next night and the next day they come again."),
		Args:      words(0, 1, "one of stretch and water"),
		ValidArgs: kindNames(),
		RunE: func(cmd *cobra.Command, args []string) error {
			var k remind.Kind
			if len(args) > 0 {
				var err error
				if k, err = kindOf(args[0]); err != nil {
					return err
				}
			}
			return a.skip(cmd.Context(), k, undo)
		},
	}
	c.Flags().BoolVar(&undo, "undo", false, say.Text("take it back"))
	return c
}

func (a *App) skip(ctx context.Context, k remind.Kind, undo bool) error {
	r, err := a.installed(ctx)
	if err != nil {
		return err
	}
	if k == "" {
		k = r.skippable(undo)
	}
	if len(remind.Of(r.alarms, k)) == 0 {
		return say.Error("nothing was skipped: no reminders of %s are installed; `lull remind` says which are", say.Name(string(k)))
	}
	m, label := r.notes[k], r.label(k)
	if undo && (m.Skip == nil || *m.Skip != label) {
		return say.Error("nothing was taken back: %s is not skipped", say.Name(string(k)))
	}
	m.Skip, m.Again = &label, time.Time{}
	if undo {
		m.Skip = nil
	}
	if err := r.remember(ctx, k, m); err != nil {
		return say.Error("nothing was changed: %w", err)
	}
	said, span := say.Name(string(k)), say.Text(map[remind.Kind]say.Key{remind.Stretch: "tonight", remind.Water: "today"}[k])
	if undo {
		a.say("%s: reminders come again %s", said, span)
		return nil
	}
	a.say("%s: no more reminders %s; to take it back: lull remind skip %s --undo", said, span, k)
	return nil
}

// skippable is the kind that is meant when none is named: the one that is
// skipped, if it is to be taken back; else the one that came last, else the
// evening's.
func (r *reminder) skippable(undo bool) remind.Kind {
	for _, k := range remind.Kinds {
		if skip := r.notes[k].Skip; undo && skip != nil && *skip == r.label(k) {
			return k
		}
	}
	if k, any := r.notes.Latest(r.alarms, r.now); any {
		return k
	}
	return remind.Stretch
}
