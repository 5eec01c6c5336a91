package cli

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/settings"
)

// strangely makes all of lull be said in strange letters. What is then in plain
// ones comes from no catalogue.
func strangely(t *testing.T) {
	t.Helper()
	say.Use(say.Pseudo())
	t.Cleanup(func() { say.Use(nil) })
}

// inTree are a command and all below it.
func inTree(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		all = append(all, inTree(sub)...)
	}
	return all
}

func lettersIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
}

// typedWords are those that are typed, which have no language: of the verbs, their
// flags and examples, and the values that are listed as allowed.
func typedWords(root *cobra.Command) map[string]bool {
	lines := []string{"lull", "command", "flags", "help", "h", strings.Join(settings.Names(), " ")}
	for _, c := range inTree(root) {
		lines = append(lines, c.Use, c.Example, c.Name())
		c.Flags().VisitAll(func(f *pflag.Flag) { lines = append(lines, f.Name, f.Shorthand, f.DefValue) })
	}
	for _, list := range [][]string{
		journal.CrampSides, journal.Muscles, journal.Helps, journal.CrampSigns, settings.Default().Marks, backupFormats, exportFormats, importFormats(),
		themes(), depthNames, texts(routine.Positions), texts(routine.Equipments), texts(routine.Areas), kindNames(),
		{"text", "html", "powershell", "fish", "zsh"},
	} {
		lines = append(lines, list...)
	}
	known := map[string]bool{}
	for _, text := range lines {
		for _, w := range lettersIn(text) {
			known[strings.ToLower(w)] = true
		}
	}
	return known
}

var command = regexp.MustCompile("`[^`]*`|[0-9a-f]{8}|[\\w.-]+\\.(toml|db)")

// plainWords are the words of a text in plain letters that are none of those.
func plainWords(text string, known map[string]bool) []string {
	var plain []string
	for _, w := range lettersIn(command.ReplaceAllString(text, " ")) {
		if len(w) > 1 && !strings.ContainsFunc(w, func(r rune) bool { return r > unicode.MaxASCII }) && !known[strings.ToLower(w)] {
			plain = append(plain, w)
		}
	}
	slices.Sort(plain)
	return slices.Compact(plain)
}

func TestHelpIsSaidInThePersonsLanguage(t *testing.T) {
	d := newDesktop()
	root := d.root("")
	known := typedWords(root)
	strangely(t)
	for _, c := range inTree(root) {
		args := append(strings.Fields(c.CommandPath())[1:], "--help")
		if d.run(args...) != Done {
			t.Fatalf("%v: %s", args, &d.err)
		}
		if plain := plainWords(d.out.String(), known); len(plain) > 0 {
			t.Errorf("%v says %q in no catalogue", args, plain)
		}
	}
}

// TestWhatVerbsSayIsInTheCatalogue leaves out what facts, dates, stretches and
// the guide are called: that is other packages' to say.
func TestWhatVerbsSayIsInTheCatalogue(t *testing.T) {
	d := newDesktop()
	known := typedWords(d.root(""))
	for _, w := range append(lettersIn("Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec to ml"), "drnk", "foo") {
		known[strings.ToLower(w)] = true
	}
	strangely(t)
	for _, args := range [][]string{
		{"drnk"}, {"drink", "--foo"}, {"drink", "-x"}, {"drink", "--day"}, {"log", "drnk"}, {"config"}, {"tick"}, {"version", "foo"},
		{"drink"}, {"drink", "--undo"}, {"drink", "--undo"}, {"drink", "foo"}, {"drink", "--day", "2020-01-01"}, {"drink", "--day", "2030-01-01"},
		{"cramp", "--pain", "11"}, {"cramp", "--lasted", "4"}, {"cramp", "--side", "foo"}, {"cramp", "--at", "now", "--ago", "4m"},
		{"quiet"}, {"quiet"}, {"mark", "alcohol"}, {"mark", "alcohol"}, {"mark", "alcohol", "--undo"}, {"mark", "foo"},
		{"medicine"}, {"medicine", "foo", "--from", "2026-08-03"}, {"medicine", "--stop"}, {"pause", "--off"}, {"pause", "today"}, {"pause"},
		{"tonight", "--short"}, {"tonight", "--short", "--json"}, {"review", "--since", "2030-01-01"},
		{"experiment", "--end"}, {"experiment", "--start", "--end"}, {"experiment", "--pairs", "4"}, {"report", "-o", "foo"}, {"guide", "foo", "--search", "foo"},
		{"log", "-n", "-1"}, {"log", "edit", "12", "pain=1"}, {"import", "-"}, {"import", "-", "--format", "foo"},
		{"backup", "-"}, {"restore", "-"}, {"restore", "foo", "--keep-newer", "--lose-newer"}, {"check"}, {"remind"}, {"remind", "skip"}, {"remind", "snooze", "4"},
		{"remind", "install"}, {"remind", "test"}, {"figure", "drnk"}, {"figure", "--phase", "3"}, {"routines", "show", "foo"}, {"routines", "new", "?"},
		{"config", "set", "bed", "22:00"}, {"config", "edit"}, {"completion", "foo"},
	} {
		d.In = strings.NewReader("")
		_ = d.run(args...)
		said := d.out.String() + d.err.String()
		if said == "" {
			t.Errorf("%v says nothing", args)
		}
		if plain := plainWords(said, known); len(plain) > 0 {
			t.Errorf("%v says %q in no catalogue:\n%s", args, plain, said)
		}
	}
}
