package cli

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lull/routine/peers"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
)

// Sync exchanges facts with other machines through a folder, named by a whole
// path.
type Sync interface {
	// All does one exchange, however long it takes.
	All(ctx context.Context, folder string) (peers.Outcome, error)
	// Glance does one if something may have changed, and stops when ctx is
	// over: the next goes on from there.
	Glance(ctx context.Context, folder string) (peers.Outcome, error)
	// Status says what is known of the folder and changes nothing.
	Status(ctx context.Context, folder string) (peers.Status, error)
}

func syncVerb(a *App) *cobra.Command {
	var remember, inJSON bool
	c := &cobra.Command{
		Use:   "sync [DIR]",
		Short: say.Text("Exchange facts with your other machines through a shared folder"),
		Long: say.Text("Exchanges facts with your other machines through a folder that something else keeps alike on all " +
			"of them: Syncthing, a cloud drive, git, a USB stick. Each machine writes only files of its own there " +
			"and reads those of the others; nothing that is recorded is ever changed by another machine's file. " +
			"With --remember lull uses the folder by itself from then on, before and after it records; " +
			"`lull config set sync ''` ends that. The files hold everything, the safety answers and notes too: " +
			"share the folder with nobody else."),
		Example: "lull sync ~/Sync/lull --remember\nlull sync\nlull sync status",
		Args:    words(0, 1, "one DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.sync(cmd.Context(), args, remember)
		},
	}
	c.Flags().BoolVar(&remember, "remember", false, say.Text("use this folder from now on"))
	status := &cobra.Command{
		Use:     "status [DIR]",
		Short:   say.Text("Say which machines use the folder, and what was refused"),
		Example: "lull sync status\nlull sync status /media/stick/lull --json",
		Args:    words(0, 1, "one DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.syncStatus(cmd.Context(), args, inJSON)
		},
	}
	status.Flags().BoolVar(&inJSON, "json", false, say.Text("one line of JSON"))
	c.AddCommand(status)
	return c
}

// sharedFolder is the folder that was named, or the one that is set, from the
// root of the file system on.
func (a *App) sharedFolder(args []string) (string, error) {
	if len(args) > 0 {
		return filepath.Abs(args[0])
	}
	folder := a.usable().Sync
	if folder == "" {
		return "", misused("no folder is set; `lull sync DIR --remember` sets one")
	}
	return folder, nil
}

func (a *App) sync(ctx context.Context, args []string, remember bool) error {
	folder, err := a.sharedFolder(args)
	if err != nil {
		return err
	}
	out, err := a.Sync.All(ctx, folder)
	if err != nil {
		if out.Came > 0 || out.Went > 0 {
			a.warn("%s came and %d went before this went wrong", say.Count(out.Came, "%d fact", "%d facts"), out.Went)
		}
		return say.Error("sync: %w", err)
	}
	a.say("%s came, %d went, %s", say.Count(out.Came, "%d fact", "%d facts"), out.Went, refusedWords(out.Refused))
	if out.Renamed != "" {
		a.warn("another machine writes under this machine's name, as a copied folder does; this one is called %s there from now on", short8(out.Renamed))
	}
	for _, r := range few(out.Refused) {
		a.warnLine(refusalWords(r))
	}
	if n := len(out.Refused) - len(few(out.Refused)); n > 0 {
		a.warn("and %d more; `lull sync status --json` has all", n)
	}
	if !remember {
		return nil
	}
	return a.rememberFolder(folder)
}

func (a *App) rememberFolder(folder string) error {
	text, err := a.Folder.ReadConfig()
	if err == nil {
		text, err = settings.Set(a.Folder.ConfigFile(), text, "sync", folder)
	}
	if err == nil {
		err = a.Folder.WriteConfig(text)
	}
	if err != nil {
		return say.Error("the folder is not remembered: %w", err)
	}
	a.say("lull uses %s by itself from now on; to end that: lull config set sync ''", safe.Text(folder, longLine))
	return nil
}

// refusedWords sums up what was refused.
func refusedWords(all []peers.Refusal) string {
	out := peers.Outcome{Refused: all}
	lines, files := say.Count(out.Lines(), "%d line", "%d lines"), say.Count(out.Files(), "%d file", "%d files")
	switch {
	case len(all) == 0:
		return say.Text("nothing was refused")
	case out.Files() == 0:
		return say.Text("%s refused", lines)
	case out.Lines() == 0:
		return say.Text("%s refused", files)
	}
	return say.Text("%s and %s refused", lines, files)
}

func refusalWords(r peers.Refusal) string {
	if r.Lines == 0 {
		return clean(r.File) + ": " + safe.Text(r.Why, longLine)
	}
	return clean(r.File) + ": " + say.Count(r.Lines, "%d line", "%d lines") + ": " + safe.Text(r.Why, longLine)
}

// few are as many as somebody reads.
func few[T any](all []T) []T { return all[:min(len(all), 20)] }

// short8 is as much of a machine's name as people need.
func short8(name string) string { return clean(name[:min(len(name), 8)]) }

func (a *App) syncStatus(ctx context.Context, args []string, inJSON bool) error {
	folder, err := a.sharedFolder(args)
	if err != nil {
		return err
	}
	defer forPrograms(inJSON)()
	s, err := a.Sync.Status(ctx, folder)
	if err != nil {
		return say.Error("sync status: %w", err)
	}
	if inJSON {
		return a.sayJSON(s)
	}
	a.line("%s", safe.Text(s.Folder, longLine))
	for _, m := range s.Machines {
		a.line("  %s", a.machineWords(m))
	}
	if len(s.Machines) == 0 {
		a.line("  %s", say.Text("no machine has written here yet"))
	}
	if s.Waiting > 0 {
		a.line("  %s", say.Count(s.Waiting, "%d file has come or changed; `lull sync` takes it in", "%d files have come or changed; `lull sync` takes them in"))
	}
	if s.Partial > 0 {
		a.line("  %s", say.Count(s.Partial, "%d file ends in the middle of a line; the rest may still arrive", "%d files end in the middle of a line; the rest may still arrive"))
	}
	if len(s.Refused) > 0 {
		a.say("not taken:")
	}
	for _, r := range few(s.Refused) {
		a.line("  %s", refusalWords(r))
	}
	if n := len(s.Refused) - len(few(s.Refused)); n > 0 {
		a.line("  %s", say.Text("and %d more; --json has all", n))
	}
	return nil
}

func (a *App) machineWords(m peers.Machine) string {
	words := []string{say.Text("%s in %s", say.Count(m.Facts, "%d fact", "%d facts"), say.Count(m.Files, "%d file", "%d files"))}
	switch {
	case m.This:
		words = append(words, say.Text("this machine"))
	case m.Seen.IsZero():
		words = append(words, say.Text("not read yet"))
	default:
		words = append(words, say.Text("last seen %s", m.Seen.In(a.Now().Location()).Format(minute)))
	}
	if m.Copies > 0 {
		words = append(words, say.Count(m.Copies, "%d copy by another program, read too", "%d copies by another program, read too"))
	}
	return short8(m.Name) + "  " + strings.Join(words, ", ")
}

// How long a verb waits for the shared folder before it records and after. What
// is not done by then is left for the next; a folder on a network that is gone
// may never answer.
const (
	glanceBefore = 250 * time.Millisecond
	glanceAfter  = 500 * time.Millisecond
	glanceGrace  = 250 * time.Millisecond // for one that does not notice that its time is over
)

// recording are the verbs that exchange by themselves before they begin, so that
// what they say takes in what was recorded elsewhere. First aid is not among
// them: nothing comes before it.
var recording = []string{"drink", "tick", "cramp", "quiet", "mark", "pause", "medicine", "experiment", "before", "log", "import"}

// glance exchanges through the folder that is set, if one is. Whatever happens
// is no failure of the verb: it is told once, beside the data, unless the verb
// will meet the same trouble and say so.
func (a *App) glance(ctx context.Context, wait time.Duration) {
	set, _ := a.settings() // what is wrong with them, the command itself says
	if a.Sync == nil || a.troubled || set.Sync == "" {
		return
	}
	err := Briefly(ctx, a.Sync, set.Sync, wait, a.Wait)
	a.troubled = err != nil
	if err != nil && !slices.ContainsFunc(statuses, func(s status) bool { return errors.Is(err, s.cause) }) {
		a.warn("not synced: %s", cleanLines(err.Error()))
	}
}

// Briefly exchanges through a folder for no longer than wait, and says in a
// sentence why it could not be done in that time. A folder that does not even
// notice that its time is over is left behind soon after.
func Briefly(ctx context.Context, sync Sync, folder string, wait time.Duration, after func(time.Duration) <-chan time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		_, err := sync.Glance(ctx, folder)
		done <- err
	}()
	select {
	case err := <-done:
		if errors.Is(err, context.DeadlineExceeded) {
			return say.Error("there was not time for all of it; `lull sync` takes its time")
		}
		return err
	case <-after(wait + glanceGrace):
		return say.Error("%s does not answer; `lull sync` waits for it, and `lull config set sync ''` does without", folder)
	}
}
