package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"lull/routine/guide"
	"lull/routine/say"
)

type guideFlags struct {
	search string
	json   bool
}

func guideVerb(a *App) *cobra.Command {
	var f guideFlags
	c := &cobra.Command{
		Use:   "guide [TOPIC]",
		Short: say.Text("Read what is known about night cramps, and how well"),
		Long: say.Text("Prints a card of the guide, each claim with how well it is known and where that was " +
			"read. Without a TOPIC it lists the cards; --search lists those that hold all the words. " +
			"Amounts to drink are left out for somebody who limits fluids."),
		Example: "lull guide causes\nlull guide --search magnesium\nlull guide --json",
		Args:    words(0, 1, "one TOPIC"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.guide(cmd.Context(), strings.Join(args, ""), f)
		},
		ValidArgsFunction: a.completeCards,
	}
	c.Flags().StringVar(&f.search, "search", "", say.Text("list the cards that hold these words"))
	c.Flags().BoolVar(&f.json, "json", false, say.Text("one line of JSON"))
	return c
}

func (a *App) guide(ctx context.Context, topic string, f guideFlags) error {
	if topic != "" && f.search != "" {
		return misused("guide takes a TOPIC or --search, not both")
	}
	defer forPrograms(f.json)()
	g, err := a.Guide()
	if err != nil {
		return err
	}
	act, hides := a.guideAnswers(ctx)
	if hides {
		g = g.WithoutAmounts()
	}
	if act != "" && !f.json {
		a.line("%s\n", act)
	}
	if topic == "" {
		return a.listCards(g, f)
	}
	card, found := g.Find(topic)
	if !found {
		return misused("the guide has no card about %.60q; `lull guide` lists them, and `lull guide --search WORD` looks inside", topic)
	}
	signs, err := a.signsOf(card.Signs)
	if err != nil {
		return err
	}
	if f.json {
		line := cardLine(card, signs)
		line.Locked = act
		return a.sayJSON(line)
	}
	a.line("%s", cardText(g, card, signs))
	return nil
}

// guideAnswers reads what the safety answers change in the guide: act is what to
// do before any stretch, or empty, and hides says whether amounts to drink are
// left out. Where the answers cannot be read they are, since the guide must be
// there all the same.
func (a *App) guideAnswers(ctx context.Context) (act string, hides bool) {
	d, err := a.desk(ctx, prompt, fewNights)
	if err != nil {
		return "", true
	}
	if tier, locked := d.lock(); locked {
		act = tier.Acts()
	}
	return act, d.hidesAmounts()
}

func (a *App) listCards(g guide.Guide, f guideFlags) error {
	cards := g.Cards()
	if f.search != "" {
		cards = nil
		for _, hit := range g.Search(f.search) {
			cards = append(cards, hit.Card)
		}
	}
	if f.json {
		list := make([]cardSummary, len(cards))
		for i, c := range cards {
			list[i] = summaryOf(c)
		}
		return a.sayJSON(list)
	}
	for _, c := range cards {
		a.line("%-15s %s", c.ID, indented(c.Summary, 16))
	}
	if len(cards) == 0 {
		a.warn("no card holds all of %.60q; `lull guide` lists them", f.search)
	}
	return nil
}

// cardSummary is a card in a list, as --json prints it.
type cardSummary struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
}

func summaryOf(c guide.Card) cardSummary { return cardSummary{c.ID, c.Title, c.Summary} }

// wholeCard is a card as --json prints it.
type wholeCard struct {
	cardSummary
	Locked     string          `json:"locked,omitempty"` // what to do before any stretch
	Claims     []claimLine     `json:"claims"`
	Lookalikes []lookalikeLine `json:"lookalikes,omitempty"`
	Signs      []signLine      `json:"signs,omitempty"`
	Sources    []sourceLine    `json:"sources,omitempty"`
}

type claimLine struct {
	Text    string      `json:"text"`
	Grade   guide.Grade `json:"grade"`
	Sources []string    `json:"sources"`
}

type lookalikeLine struct {
	Name    string   `json:"name"`
	Feels   string   `json:"feels"`
	When    string   `json:"when"`
	Hard    string   `json:"hard"`
	Eased   string   `json:"eased"`
	Act     string   `json:"act"`
	Sources []string `json:"sources"`
}

type signLine struct {
	ID   string `json:"id"`
	Act  string `json:"act"`
	Text string `json:"text"`
}

type sourceLine struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func cardLine(c guide.Card, signs []toldSign) wholeCard {
	card := wholeCard{cardSummary: summaryOf(c)}
	for _, claim := range c.Claims {
		card.Claims = append(card.Claims, claimLine{strings.Join(claim.Text, " "), claim.Grade, claim.Sources})
	}
	for _, l := range c.Lookalikes {
		card.Lookalikes = append(card.Lookalikes, lookalikeLine{l.Name, l.Feels, l.When, l.Hard, l.Eased, l.Act, l.Sources})
	}
	for _, s := range signs {
		card.Signs = append(card.Signs, signLine{s.id, s.act, s.text})
	}
	for _, s := range c.Sources {
		card.Sources = append(card.Sources, sourceLine{s.ID, strings.Join(s.Text, " ")})
	}
	return card
}

// cardText sets a card for eighty columns, in lines that can be read aloud: a
// claim, then in brackets how well it is known and where that was read.
func cardText(g guide.Guide, c guide.Card, signs []toldSign) string {
	parts := []string{c.Title + "\n" + c.Summary}
	for _, claim := range c.Claims {
		parts = append(parts, fmt.Sprintf("- %s\n  [%s: %s]", indented(strings.Join(claim.Text, " "), 2), say.Name(string(claim.Grade)), strings.Join(claim.Sources, ", ")))
	}
	for _, l := range c.Lookalikes {
		parts = append(parts, l.Name+table([][2]string{
			{say.Text("feels"), l.Feels},
			{say.Text("when"), l.When},
			{say.Text("hard"), l.Hard},
			{say.Text("eased by"), l.Eased},
			{say.Text("do"), l.Act},
			{say.Text("sources"), strings.Join(l.Sources, ", ")},
		}))
	}
	if len(signs) > 0 {
		parts = append(parts, signsText(signs))
	}
	if sources := sourcesText(g, c); sources != "" {
		parts = append(parts, say.Text("Sources")+"\n"+sources)
	}
	return strings.Join(parts, "\n\n")
}

// signsText lists signs under what to do about them.
func signsText(signs []toldSign) string {
	var lines []string
	act := ""
	for _, s := range signs {
		if s.act != act && act != "" {
			lines = append(lines, "")
		}
		if s.act != act {
			lines = append(lines, indented(s.act, 0))
		}
		lines = append(lines, "- "+indented(s.text, 2))
		act = s.act
	}
	return strings.Join(lines, "\n")
}

// sourcesText lists what the card names, and on the card of sources all there
// are.
func sourcesText(g guide.Guide, c guide.Card) string {
	listed := slices.Clone(c.Sources)
	var named []string
	for _, claim := range c.Claims {
		named = append(named, claim.Sources...)
	}
	for _, l := range c.Lookalikes {
		named = append(named, l.Sources...)
	}
	for _, id := range named {
		s, found := g.Source(id)
		if found && !slices.ContainsFunc(listed, func(t guide.Source) bool { return t.ID == id }) {
			listed = append(listed, s)
		}
	}
	lines := make([]string, len(listed))
	for i, s := range listed {
		lines[i] = fmt.Sprintf("%-4s %s", s.ID, indented(strings.Join(s.Text, " "), 5))
	}
	return strings.Join(lines, "\n")
}

// eighty is how wide a page is set.
const eighty = 80

// indented wraps a text that begins after so many columns.
func indented(text string, columns int) string {
	return strings.ReplaceAll(ansi.Wordwrap(text, eighty-columns, ""), "\n", "\n"+strings.Repeat(" ", columns))
}

func (a *App) completeCards(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	g, err := a.Guide()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var found []cobra.Completion
	for _, c := range g.Cards() {
		found = append(found, cobra.CompletionWithDesc(c.ID, c.Title))
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}
