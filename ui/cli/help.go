package cli

import (
	"bytes"
	"image/color"
	"os"
	"strings"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

// help shows a command's help. The styles are made here and not at the start:
// no other verb pays for them.
func (a *App) help(cmd *cobra.Command, _ []string) {
	defer muteTerminal()()
	root := cmd.Root()
	root.SetArgs(append(strings.Fields(cmd.CommandPath())[1:], "--help"))
	if !a.plain() {
		root.SetOut(a.Out)
		_ = fang.Execute(cmd.Context(), root, helpOptions...)
		return
	}
	var page bytes.Buffer
	root.SetOut(&page)
	_ = fang.Execute(cmd.Context(), root, helpOptions...)
	for line := range strings.Lines(ansi.Strip(page.String())) {
		a.say("%s", strings.TrimRight(line, " \n"))
	}
}

var helpOptions = []fang.Option{
	fang.WithColorSchemeFunc(colours), fang.WithoutManpage(), fang.WithoutCompletions(), fang.WithoutVersion(),
}

// colours are the terminal's own sixteen, with its own text colour for text:
// they suit a dark terminal and a light one.
func colours(lipgloss.LightDarkFunc) fang.ColorScheme {
	return fang.AnsiColorScheme(func(_, _ color.Color) color.Color { return lipgloss.NoColor{} })
}

// muteTerminal keeps fang from asking the terminal for its background, which
// nothing here depends on: one that does not answer would cost four seconds.
// The function it returns ends that.
func muteTerminal() func() {
	stdin := os.Stdin
	os.Stdin = nil
	return func() { os.Stdin = stdin }
}

// plain says that no escapes may be printed.
func (a *App) plain() bool {
	return !a.Terminal || a.Env("NO_COLOR") != "" || a.Env("TERM") == "dumb"
}

// manSections close the man page.
var manSections = []struct{ name, text string }{
	{"Exit status", "0 done; 1 failed; 2 wrong usage; 3 the file is busy; 4 the file is damaged; 5 the file was written by a newer lull."},
	{"Environment", "LULL_HOME puts everything under one folder. NO_COLOR, when not empty, takes colour away. VISUAL or EDITOR is what lull config edit opens. " +
		"LULL_SPEAK is the program that speaks in a session, with its arguments; the words come last. Over ssh nothing else speaks."},
	{"Times", "03:10 is the latest 03:10 that has been; also yesterday 23:40, 2026-11-22 23:40 and RFC 3339. Days are 2026-11-22, today and yesterday. " +
		"A night runs from noon to noon and has the evening's date; a day runs from 04:00 to 04:00."},
}

func manVerb(a *App) *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   "Print the manual page",
		Example: "lull man > ~/.local/share/man/man1/lull.1",
		Args:    words(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			page, err := mango.NewManPage(1, a.root(""))
			if err != nil {
				return err
			}
			for _, s := range manSections {
				page = page.WithSection(s.name, s.text)
			}
			a.say("%s", page.Build(roff.NewDocument()))
			return nil
		},
	}
}
