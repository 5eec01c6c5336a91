package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/strict"
)

// Groups of verbs, as help shows them.
const (
	evening = "evening"
	nightly = "nightly"
	looking = "looking"
	keeping = "keeping"
	lull    = "lull"
)

func groups() []*cobra.Group {
	return []*cobra.Group{
		{ID: evening, Title: say.Text("tonight")},
		{ID: nightly, Title: say.Text("the diary of the nights")},
		{ID: looking, Title: say.Text("looking back")},
		{ID: keeping, Title: say.Text("what is recorded")},
		{ID: lull, Title: say.Text("lull itself")},
	}
}

type verb struct {
	name  string
	group string
	make  func(*App) *cobra.Command
}

// verbs is every verb, by group. A new verb is a function that makes its
// command, and a line here.
func verbs() []verb {
	return []verb{
		{"start", evening, startVerb},
		{"now", evening, nowVerb},
		{"drink", evening, drinkVerb},
		{"tick", evening, tickVerb},
		{"tonight", evening, tonightVerb},
		{"remind", evening, remindVerb},
		{"cramp", nightly, crampVerb},
		{"quiet", nightly, quietVerb},
		{"mark", nightly, markVerb},
		{"pause", nightly, pauseVerb},
		{"medicine", nightly, medicineVerb},
		{"review", looking, reviewVerb},
		{"experiment", looking, experimentVerb},
		{"before", looking, beforeVerb},
		{"report", looking, reportVerb},
		{"guide", looking, guideVerb},
		{"routines", looking, routinesVerb},
		{"figure", looking, figureVerb},
		{"log", keeping, logVerb},
		{"export", keeping, exportVerb},
		{"import", keeping, importVerb},
		{"backup", keeping, backupVerb},
		{"restore", keeping, restoreVerb},
		{"check", keeping, checkVerb},
		{"sync", keeping, syncVerb},
		{"config", lull, configVerb},
		{"voice", lull, voiceVerb},
		{"reset", lull, resetVerb},
		{"completion", lull, completionVerb},
		{"man", lull, manVerb},
		{"version", lull, versionVerb},
	}
}

const about say.Key = "lull is a coach for people whose legs cramp at night: stretches before bed, a checklist of drinks " +
	"through the day, and an honest look at how the nights go. Without a verb it opens the app. " +
	"Everything it keeps is in one folder on this machine. With --plain the app is lines, to be read " +
	"aloud or printed: so it is too on a dumb terminal (TERM=dumb), with ACCESSIBLE=1 in the " +
	"environment, and with plain = true in the settings."

// root makes the tree of commands: only the verb of that name, since a prompt
// should not wait for the others, or all of them if there is no such verb.
// Nothing is read or opened for it.
func (a *App) root(only string) *cobra.Command {
	root := &cobra.Command{
		Use:           "lull",
		Short:         say.Text("A coach for legs that cramp at night"),
		Long:          say.Text(about),
		Example:       "lull\nlull start\nlull drink\nlull tonight --short",
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          a.home,
	}
	root.SetIn(a.In)
	root.SetOut(a.out)
	root.SetErr(safe.NewGate(a.Err, false))
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(a.help)
	root.AddGroup(groups()...)
	root.SetHelpCommand(verb{"help", lull, helpVerb}.command(a))
	root.Flags().BoolP("version", "v", false, say.Text("say which lull this is"))
	root.Flags().Bool("plain", false, say.Text(linesHelp))
	made := verbs()
	if i := slices.IndexFunc(made, func(v verb) bool { return v.name == only }); i >= 0 {
		made = made[i : i+1]
	}
	for _, v := range made {
		root.AddCommand(v.command(a))
	}
	root.InitDefaultHelpCmd()
	return root
}

func (v verb) command(a *App) *cobra.Command {
	c := v.make(a)
	c.GroupID = v.group
	c.PersistentPreRunE = a.before(v.name)
	return c
}

// zoneless are the commands that run whatever TZ says: they give nothing a night.
// First aid warns when it is over: help comes first.
var zoneless = []string{
	"now", "guide", "routines", "figure", "backup", "restore", "check", "config", "voice", "reset", "completion", "man", "version", "help",
}

// before returns what comes before the named command: an error if it needs a
// time zone and there is none, and an exchange with other computers if it
// records.
func (a *App) before(name string) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		if a.ZoneError != nil && !slices.Contains(zoneless, name) {
			return a.ZoneError
		}
		if slices.Contains(recording, name) {
			a.glance(cmd.Context(), glanceBefore)
		}
		return nil
	}
}

func (a *App) run(ctx context.Context, args []string) error {
	word := firstWord(args)
	root := a.root(word)
	if word == nowName {
		args, a.ignored = lenient(root, args)
	}
	root.SetArgs(args)
	if _, _, err := root.Find(args); err != nil && !strings.HasPrefix(word, cobra.ShellCompRequestCmd) {
		return unknownWord(root, word)
	}
	return root.ExecuteContext(ctx)
}

// home is lull without a verb.
func (a *App) home(cmd *cobra.Command, _ []string) error {
	if v, _ := cmd.Flags().GetBool("version"); v {
		return a.version(false)
	}
	if a.ZoneError != nil {
		return a.ZoneError
	}
	if plain, _ := cmd.Flags().GetBool("plain"); a.inLines(plain) {
		return a.Plain(cmd.Context(), Start{})
	}
	if why := a.noScreen(); why != "" {
		if a.Terminal {
			a.warn("%s, so this is `lull tonight`", why)
		}
		return a.tonight(cmd.Context(), tonightFlags{})
	}
	return a.Open(cmd.Context(), Start{})
}

// noScreen says why the app cannot open here, or nothing.
func (a *App) noScreen() string {
	switch {
	case !a.Terminal:
		return say.Text("the output is not a terminal")
	case a.Env("TERM") == "dumb":
		return say.Text("the terminal calls itself dumb (TERM=dumb) and the input is not a terminal")
	}
	return ""
}

func firstWord(args []string) string {
	for _, arg := range args {
		if !strings.HasPrefix(arg, "-") {
			return arg
		}
	}
	return ""
}

// unknownWord says that a command has no such verb below it.
func unknownWord(parent *cobra.Command, word string) error {
	var names []string
	for _, c := range parent.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	problem := say.Text("there is no verb %.60q", word)
	if parent.HasParent() {
		problem = say.Text("%s has no verb %.60q", called(parent), word)
	}
	return misused("%s%s`%s --help` lists them", problem, instead(word, names), parent.CommandPath())
}

// called is what people call a command: its path without lull.
func called(c *cobra.Command) string {
	_, path, _ := strings.Cut(c.CommandPath(), " ")
	return cmp.Or(path, c.Name())
}

// instead leads from a problem to the way out, by way of the nearest name if
// one is near.
func instead(word string, names []string) string {
	return meant(strict.Nearest(word, names))
}

// meant is instead for the nearest name, if any.
func meant(near string) string {
	if near == "" {
		return "; "
	}
	return say.Text("; did you mean %s? ", near)
}

// flagError says what is wrong with a flag in one sentence.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	help := fmt.Sprintf("`%s --help`", cmd.CommandPath())
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return misused("%s has no flag -%.60s; %s lists them", called(cmd), unknown.GetSpecifiedName(), help)
	case errors.As(err, &unknown):
		word := "--" + unknown.GetSpecifiedName()
		return misused("%s has no flag %.60s%s%s lists them", called(cmd), word, instead(word, flagNames(cmd)), help)
	case errors.As(err, &missing):
		return misused("%s: --%s needs a value; %s says which", called(cmd), missing.GetFlag().Name, help)
	case errors.As(err, &invalid):
		return misused("%s: --%s cannot be %.60q; %s says what it takes", called(cmd), invalid.GetFlag().Name, invalid.GetValue(), help)
	}
	return misused("%s: %v; %s says more", called(cmd), err, help)
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return names
}

// words is the rule for a verb's arguments: so many at least and at most, or
// any number if most is negative. The form shows how they are written.
func words(least, most int, form say.Key) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		extra := most >= 0 && len(args) > most
		switch {
		case len(args) < least:
			return misused("%s needs %s; `%s --help` says more", called(cmd), form, cmd.CommandPath())
		case extra && most == 0:
			return misused("%s takes no arguments, but was given %.60q", called(cmd), args[0])
		case extra:
			return misused("%s takes only %s, but was given %.60q too", called(cmd), form, args[most])
		}
		return nil
	}
}

// subverbs is the rule for a verb that has verbs below it and may also stand
// alone.
func subverbs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return unknownWord(cmd, args[0])
	}
	return nil
}

// needsSubverb ends a verb that cannot stand alone.
func needsSubverb(cmd *cobra.Command, _ []string) error {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return misused("%s needs one of: %s", called(cmd), strings.Join(names, ", "))
}

// oneOf checks a word that must be one of a few.
func oneOf(what, word string, allowed []string) error {
	if slices.Contains(allowed, word) {
		return nil
	}
	return misused("%s cannot be %.60q%sallowed: %s", what, word, instead(word, allowed), strings.Join(allowed, ", "))
}
