package cli

import (
	"bytes"
	_ "embed" // the manual's sections
	"image/color"
	"io"
	"os"
	"strings"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"

	"lull/routine/say"
)

// help shows a command's help. The styles are made here and not at the start:
// no other verb pays for them.
func (a *App) help(cmd *cobra.Command, _ []string) {
	defer muteTerminal()()
	root := cmd.Root()
	root.SetArgs(append(strings.Fields(cmd.CommandPath())[1:], "--help"))
	cmd.InitDefaultHelpFlag()
	cmd.Flags().Lookup("help").Usage = say.Text("help for %s", cmd.Name())
	if !a.plain() {
		root.SetOut(headed(a.Out))
		_ = fang.Execute(cmd.Context(), root, helpOptions...)
		return
	}
	var page bytes.Buffer
	root.SetOut(headed(&page))
	_ = fang.Execute(cmd.Context(), root, helpOptions...)
	for line := range strings.Lines(ansi.Strip(page.String())) {
		a.line("%s", strings.TrimRight(line, " \n"))
	}
}

// headings are those that fang writes above the parts of a page, as it writes
// them. It has no option for their words.
var headings = map[string]say.Key{"USAGE": "usage", "EXAMPLES": "examples", "COMMANDS": "commands", "FLAGS": "flags"}

// heading passes on what fang writes, its headings in the person's language.
type heading struct{ to io.Writer }

// Write gets a heading by itself.
func (h heading) Write(text []byte) (int, error) {
	word := strings.TrimSpace(ansi.Strip(string(text)))
	said, is := headings[word]
	if !is {
		return h.to.Write(text)
	}
	_, err := io.WriteString(h.to, strings.Replace(string(text), word, strings.ToUpper(said.String()), 1))
	return len(text), err
}

// headed puts headings in the person's language before an output. A terminal is
// still seen to be one.
func headed(to io.Writer) io.Writer {
	if file, is := to.(term.File); is {
		return struct {
			heading
			io.ReadCloser
			fd
		}{heading{to}, file, file}
	}
	return heading{to}
}

type fd interface{ Fd() uintptr }

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

// manSections close the manual page, a heading and a text each. The page is in
// English in every language, and so are the completions: they are installed once,
// for whoever uses the machine, and say what is typed.
//
//go:embed manual.txt
var manSections string

func manVerb(a *App) *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   say.Text("Print the manual page"),
		Example: "lull man > ~/.local/share/man/man1/lull.1",
		Args:    words(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			defer say.InEnglish()()
			page, err := mango.NewManPage(1, a.root(""))
			if err != nil {
				return err
			}
			for section := range strings.SplitSeq(strings.TrimSpace(manSections), "\n\n") {
				name, text, _ := strings.Cut(section, "\n")
				page = page.WithSection(name, text)
			}
			a.line("%s", page.Build(roff.NewDocument()))
			return nil
		},
	}
}
