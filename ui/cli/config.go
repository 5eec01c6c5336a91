package cli

import (
	"context"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"lull/routine/say"
	"lull/routine/settings"
)

func configVerb(a *App) *cobra.Command {
	c := &cobra.Command{
		Use:     "config",
		Short:   say.Text("Show and change the settings"),
		Example: "lull config list\nlull config set bed 22:00\nlull config edit",
		RunE:    needsSubverb,
		Args:    subverbs,
	}
	c.AddCommand(
		&cobra.Command{
			Use: "path", Short: say.Text("Print where config.toml is"), Args: words(0, 0, ""),
			RunE: func(*cobra.Command, []string) error {
				a.line("%s", cleanLines(a.Folder.ConfigFile()))
				return nil
			},
		},
		&cobra.Command{
			Use: "list", Short: say.Text("List the settings with their values"), Args: words(0, 0, ""),
			RunE: func(*cobra.Command, []string) error { return a.listSettings() },
		},
		&cobra.Command{
			Use: "get KEY", Short: say.Text("Print one setting"), Args: words(1, 1, "one KEY"),
			RunE:              func(_ *cobra.Command, args []string) error { return a.getSetting(args[0]) },
			ValidArgsFunction: completeSettings,
		},
		&cobra.Command{
			Use: "set KEY VALUE", Short: say.Text("Change one setting; the rest of the file stays as it is"),
			Args:              words(2, 2, "a KEY and a VALUE"),
			RunE:              func(_ *cobra.Command, args []string) error { return a.changeSetting(args[0], args[1]) },
			ValidArgsFunction: completeSettings,
		},
		&cobra.Command{
			Use: "edit", Short: say.Text("Open config.toml in your editor, and check it afterwards"), Args: words(0, 0, ""),
			RunE: func(cmd *cobra.Command, _ []string) error { return a.editSettings(cmd.Context()) },
		},
	)
	return c
}

func completeSettings(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return settings.Names(), cobra.ShellCompDirectiveNoFileComp
}

func (a *App) listSettings() error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	for _, k := range settings.List(set) {
		a.line("%-15s %-10s %s", k.Name, clean(k.Value), k.Help)
	}
	a.warnKeys(set)
	return nil
}

// unusable says why the keys that somebody chose are not used.
func (a *App) unusable(set settings.Settings) error {
	if a.Keys == nil {
		return nil
	}
	return a.Keys(set)
}

// warnKeys tells of keys that somebody chose and that are not used.
func (a *App) warnKeys(set settings.Settings) {
	if err := a.unusable(set); err != nil {
		a.warn("%s: %s; until this is mended the usual keys work", a.Folder.ConfigFile(), err)
	}
}

func (a *App) getSetting(key string) error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	value, err := settings.Get(set, key)
	if err != nil {
		return misuse(err.Error())
	}
	a.line("%s", clean(value))
	return nil
}

func (a *App) changeSetting(key, value string) error {
	before, err := a.settings()
	if err != nil {
		return err
	}
	old, err := settings.Get(before, key)
	if err != nil {
		return misuse(err.Error())
	}
	text, err := a.Folder.ReadConfig()
	if err != nil {
		return err
	}
	changed, err := settings.Set(a.Folder.ConfigFile(), text, key, value)
	if err != nil {
		return misuse(err.Error())
	}
	if err := a.Folder.WriteConfig(changed); err != nil {
		return err
	}
	a.say("%s = %s; to take it back: lull config set %s %s", key, clean(value), key, argument(old))
	if set, err := a.settings(); err == nil && key == "hands" {
		a.warnKeys(set)
	}
	return nil
}

const emptyConfig say.Key = "# lull's settings. `lull config list` shows the keys; what is not set here keeps its default."

// editSettings opens config.toml in the person's editor and says what is wrong
// with the result. The editor is started without a shell.
func (a *App) editSettings(ctx context.Context) error {
	editor := strings.Fields(a.Env("VISUAL"))
	if len(editor) == 0 {
		editor = strings.Fields(a.Env("EDITOR"))
	}
	path := a.Folder.ConfigFile()
	if len(editor) == 0 {
		return say.Error("no editor is set; set VISUAL or EDITOR, or open %s yourself", path)
	}
	text, err := a.Folder.ReadConfig()
	if err == nil && text == nil {
		err = a.Folder.WriteConfig([]byte(say.Text(emptyConfig) + "\n"))
	}
	if err != nil {
		return err
	}
	edit := exec.CommandContext(ctx, editor[0], append(editor[1:], path)...)
	edit.Stdin, edit.Stdout, edit.Stderr = a.In, a.Out, a.Err
	if err := edit.Run(); err != nil {
		return say.Error("%s did not end well: %w", editor[0], err)
	}
	set, err := a.settings()
	if err != nil {
		return say.Error("%w\nuntil this is mended it keeps its default; `lull config edit` opens the file again", err)
	}
	if err := a.unusable(set); err != nil {
		return say.Error("%s: %w\nuntil this is mended the usual keys work; `lull config edit` opens the file again", path, err)
	}
	a.say("the settings are in order")
	return nil
}
