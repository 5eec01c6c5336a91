package cli

import (
	"context"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/say"
)

type restoreFlags struct{ keep, lose, look, json bool }

func restoreVerb(a *App) *cobra.Command {
	var f restoreFlags
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: say.Text("Put a backup back"),
		Long: say.Text("Brings back the facts of a file that `lull backup` or lull itself made, as a database or as lines of JSON. The " +
			"file is verified first, and what would change is said. What is here now is set aside in a folder with the moment " +
			"as its name, and never deleted.\n\n" +
			"If something was recorded that FILE does not have, nothing is done until you say what becomes of it: " +
			"--keep-newer keeps it beside what FILE brings, --lose-newer goes back to exactly what FILE holds."),
		Example: "lull restore lull-2026-11-22.db --dry-run\nlull restore ~/.local/share/lull/backups/lull-2026-11-22.db\n" +
			"lull restore years.jsonl --keep-newer",
		Args: words(1, 1, "one FILE"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.restore(cmd.Context(), args[0], f) },
	}
	c.Flags().BoolVar(&f.keep, "keep-newer", false, say.Text("keep what was recorded and is not in FILE"))
	c.Flags().BoolVar(&f.lose, "lose-newer", false, say.Text("go back to exactly what FILE holds; the rest is set aside"))
	c.Flags().BoolVar(&f.look, "dry-run", false, say.Text("only say what would change"))
	c.Flags().BoolVar(&f.json, "json", false, say.Text("one line of JSON"))
	return c
}

func (a *App) restore(ctx context.Context, file string, f restoreFlags) error {
	switch {
	case f.keep && f.lose:
		return misused("restore takes one of --keep-newer and --lose-newer")
	case file == "-":
		return misused("restore reads a file that it can verify; `lull import -` takes lines from the input")
	}
	defer forPrograms(f.json)()
	done, err := a.Keeper.Restore(ctx, file, Returning{Keep: f.keep, Lose: f.lose, Look: f.look})
	if err != nil {
		return err
	}
	open := !done.Done && !f.look && len(done.Gained) > 0 // it waits for a word
	switch {
	case f.json:
		err = a.sayJSON(restoredJSON{file, done.Facts, briefs(done.Gained), briefs(done.Newer), done.Done, done.Aside})
	default:
		a.tellRestore(file, f, done)
	}
	if err == nil && open {
		a.warnLine(say.Count(len(done.Newer),
			"nothing was changed: one fact is here and not in %[2]s. --keep-newer keeps them beside what it brings, --lose-newer goes back to exactly what it holds",
			"nothing was changed: %d facts are here and not in %s. --keep-newer keeps them beside what it brings, --lose-newer goes back to exactly what it holds",
			cleanLines(file)))
		err = errTold
	}
	return err
}

func (a *App) tellRestore(file string, f restoreFlags, done Restored) {
	a.say("%s is whole and holds %s", cleanLines(file), say.Count(done.Facts, "%d fact", "%d facts"))
	a.say("  in it and not here: %s", factsWords(done.Gained))
	a.say("  here and not in it: %s", factsWords(done.Newer))
	now := done.Facts
	if !f.lose {
		now += len(done.Newer)
	}
	switch {
	case done.Done:
		a.say("restored: %s now; what was here before is kept in %s", say.Count(now, "%d fact", "%d facts"), cleanLines(done.Aside))
	case f.look:
		a.say("nothing was changed")
	case len(done.Gained) == 0 && len(done.Newer) == 0:
		a.say("it is what is here already, so nothing was changed")
	case len(done.Gained) == 0:
		a.say("it brings nothing that is not here, so nothing was changed; --lose-newer goes back to exactly what it holds")
	}
}

type restoredJSON struct {
	File   string      `json:"file"`
	Facts  int         `json:"facts"`
	Gained []briefJSON `json:"gained"`
	Newer  []briefJSON `json:"newer"`
	Done   bool        `json:"done"`
	Aside  string      `json:"aside"`
}

// briefJSON tells a fact from others, and nothing of what a person wrote in it.
type briefJSON struct {
	ID    journal.ID   `json:"id"`
	Kind  journal.Kind `json:"kind"`
	Night journal.Date `json:"night"`
}

func briefs(entries []journal.Entry) []briefJSON {
	all := make([]briefJSON, 0, len(entries))
	for _, e := range entries {
		all = append(all, briefJSON{e.ID, e.Fact.Kind(), e.Night})
	}
	return all
}
