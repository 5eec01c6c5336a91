package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"lull/routine/journal"
)

// Findings is what a reading of everything that is kept found. The zero
// Findings is that of a folder with nothing in it.
type Findings struct {
	File    string // the database; empty if there is nothing at all
	Bytes   int64
	Facts   int // edits included
	Nights  int
	Lines   int // of the journal beside the database
	Backups int

	CutOff   bool // the last change was cut off; it is still in the journal
	Unfolded int  // facts of the journal that the database does not have yet
	Unknown  int  // facts that this lull cannot read

	Damage       string // what keeps the database from being opened
	Remedy       string // and the way out
	Unreadable   int    // records that do not match their checksum
	WrongNights  int    // nights that are not the sum of their facts
	Mislabelled  int    // facts that are not found under their night or day
	BadLines     int    // lines of the journal that do not match their checksum
	Unjournalled int    // facts of which there is one copy instead of two
	BadBackups   []string
}

func checkVerb(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Verify what is kept, changing nothing",
		Long:  "Reads everything that is kept and verifies it. Nothing is changed. If something is damaged the exit status is 4.",
		Args:  words(0, 0, ""),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context()) },
	}
}

func (a *App) check(ctx context.Context) error {
	found, err := a.Check(ctx)
	if err != nil {
		return err
	}
	if found.File == "" {
		a.say("nothing is recorded yet, and nothing is wrong")
		return nil
	}
	a.say("%s, %d bytes", cleanLines(found.File), found.Bytes)
	if found.Damage == "" {
		a.say("  %s on %s", plural(found.Facts, "record", "records"), plural(found.Nights, "night", "nights"))
	}
	a.say("  %s in the journal, %s", plural(found.Lines, "line", "lines"), plural(found.Backups, "backup", "backups"))
	for _, n := range found.notes() {
		a.say("  %s", n)
	}
	damage := found.damage()
	if len(damage) == 0 {
		a.say("all in order")
		return nil
	}
	for _, d := range damage {
		a.note("lull: %s", cleanLines(d))
	}
	return errors.Join(errTold, journal.ErrDamaged)
}

// notes are what the next command settles by itself, or a newer lull reads.
func (f Findings) notes() []string {
	var notes []string
	if f.Damage != "" {
		return nil
	}
	if f.CutOff {
		notes = append(notes, "the last change was cut off; the next command takes it from the journal")
	}
	if f.Unfolded > 0 {
		notes = append(notes, plural(f.Unfolded, "fact", "facts")+" of the journal will be taken in by the next command")
	}
	if f.Unknown > 0 {
		notes = append(notes, plural(f.Unknown, "fact", "facts")+" cannot be read by this lull and will be kept as they are")
	}
	return notes
}

// damage says what is wrong, a sentence each.
func (f Findings) damage() []string {
	var wrong []string
	if f.Damage != "" {
		wrong = append(wrong, "the file is damaged: "+f.Damage+"; "+f.Remedy)
	}
	for _, count := range []struct {
		n    int
		what string
	}{
		{f.Unreadable, "records do not match their checksum"},
		{f.WrongNights, "nights are not the sum of their facts"},
		{f.Mislabelled, "facts are not found under their night or day"},
		{f.BadLines, "lines of the journal do not match their checksum"},
		{f.Unjournalled, "facts are not in the journal, so there is one copy of them instead of two"},
	} {
		if count.n > 0 {
			wrong = append(wrong, fmt.Sprintf("%d %s", count.n, count.what))
		}
	}
	for _, b := range f.BadBackups {
		wrong = append(wrong, "backup "+b)
	}
	return wrong
}

// shells makes the completions of each shell.
var shells = map[string]func(root *cobra.Command, w io.Writer) error{
	"bash":       func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
	"fish":       func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
	"powershell": func(root *cobra.Command, w io.Writer) error { return root.GenPowerShellCompletionWithDesc(w) },
	"zsh":        func(root *cobra.Command, w io.Writer) error { return root.GenZshCompletion(w) },
}

func completionVerb(a *App) *cobra.Command {
	names := []string{"bash", "fish", "powershell", "zsh"}
	return &cobra.Command{
		Use:       "completion SHELL",
		Short:     "Print the completions for a shell",
		Example:   "lull completion bash > ~/.local/share/bash-completion/completions/lull",
		Args:      words(1, 1, "one SHELL"),
		ValidArgs: names,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("the shell", args[0], names); err != nil {
				return err
			}
			return shells[args[0]](a.root(""), a.out)
		},
	}
}

func versionVerb(a *App) *cobra.Command {
	var inJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Say which lull this is",
		Args:  words(0, 0, ""),
		RunE:  func(*cobra.Command, []string) error { return a.version(inJSON) },
	}
	c.Flags().BoolVar(&inJSON, "json", false, "one line of JSON")
	return c
}

func (a *App) version(inJSON bool) error {
	if !inJSON {
		a.say("lull %s (%s, %s/%s)", a.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return nil
	}
	return a.sayJSON(struct {
		Version string `json:"version"`
		Format  int    `json:"format"` // of the lines of lull export
		Go      string `json:"go"`
		OS      string `json:"os"`
		Arch    string `json:"arch"`
	}{a.Version, journal.FormatVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH})
}

// helpVerb is `lull help [VERB]`.
func helpVerb(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "Show help for lull or for a verb",
		Args:  words(0, -1, "a VERB"),
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownWord(about, slices.Concat(rest, args)[0])
			}
			return about.Help()
		},
	}
}
