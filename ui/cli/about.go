package cli

import (
	"io"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/say"
)

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
		Short:     say.Text("Print the completions for a shell"),
		Example:   "lull completion bash > ~/.local/share/bash-completion/completions/lull",
		Args:      words(1, 1, "one SHELL"),
		ValidArgs: names,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf(say.Text("the shell"), args[0], names); err != nil {
				return err
			}
			defer say.InEnglish()()
			return shells[args[0]](a.root(""), a.out)
		},
	}
}

func versionVerb(a *App) *cobra.Command {
	var inJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: say.Text("Say which lull this is"),
		Args:  words(0, 0, ""),
		RunE:  func(*cobra.Command, []string) error { return a.version(inJSON) },
	}
	c.Flags().BoolVar(&inJSON, "json", false, say.Text("one line of JSON"))
	return c
}

func (a *App) version(inJSON bool) error {
	if !inJSON {
		a.line("%s %s (%s, %s/%s)", lull, a.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
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
		Short: say.Text("Show help for lull or for a verb"),
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
