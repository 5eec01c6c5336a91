package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lull/routine/say"
)

type backupFlags struct {
	format      string
	force, json bool
}

// What backup writes: a database, or the lines of lull export.
const database = "db"

var backupFormats = []string{database, jsonl}

func backupVerb(a *App) *cobra.Command {
	var f backupFlags
	c := &cobra.Command{
		Use:   "backup [FILE]",
		Short: say.Text("Write a verified copy of everything to a file"),
		Long: say.Text("Writes everything that is recorded at this moment to FILE, verifies the copy, and only then gives it its " +
			"name. Without a FILE it is lull-DATE.db here. The app may stay open. With --format jsonl it is lines of JSON that " +
			"can be read without lull. The answers to the safety questions are in it, and it is readable by you alone. " +
			"A file that is there is replaced only with --force. `lull restore` puts a backup back.\n\n" +
			"lull also makes one by itself before the first change of a day, in the folder backups beside the database."),
		Example: "lull backup\nlull backup /media/stick/lull.db --force\nlull backup --format jsonl years.jsonl",
		Args:    words(0, 1, "one FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			file := ""
			if len(args) > 0 {
				file = args[0]
			}
			return a.backUp(cmd.Context(), file, f)
		},
	}
	c.Flags().StringVar(&f.format, "format", database, strings.Join(backupFormats, ", "))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(backupFormats, cobra.ShellCompDirectiveNoFileComp))
	c.Flags().BoolVar(&f.force, "force", false, say.Text("replace FILE if it is there"))
	c.Flags().BoolVar(&f.json, "json", false, say.Text("one line of JSON"))
	return c
}

func (a *App) backUp(ctx context.Context, file string, f backupFlags) error {
	if err := oneOf("--format", f.format, backupFormats); err != nil {
		return err
	}
	switch file {
	case "":
		file = "lull-" + a.Now().Format(time.DateOnly) + "." + f.format
	case "-":
		return misused("backup writes to a file that it can verify; `lull export --with-health` writes to the output")
	}
	defer forPrograms(f.json)()
	done, err := a.Keeper.BackUp(ctx, file, f.format == jsonl, f.force)
	if err != nil {
		return err
	}
	if f.json {
		return a.sayJSON(struct {
			File   string `json:"file"`
			Format string `json:"format"`
			Facts  int    `json:"facts"`
			Bytes  int64  `json:"bytes"`
		}{done.File, f.format, done.Facts, done.Bytes})
	}
	a.say("backed up %s to %s, and verified it (%d bytes)", say.Count(done.Facts, "%d fact", "%d facts"), cleanLines(file), done.Bytes)
	return nil
}
