package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
)

type reviewFlags struct {
	json     bool
	since    string
	estimate bool
}

func reviewVerb(a *App) *cobra.Command {
	var f reviewFlags
	c := &cobra.Command{
		Use:     "review",
		Short:   say.Text("Show how the nights are going"),
		Example: "lull review\nlull review --since 2026-09-01 --json",
		Args:    words(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.review(cmd.Context(), f) },
	}
	c.Flags().BoolVar(&f.json, "json", false, say.Text("one line of JSON"))
	c.Flags().StringVar(&f.since, "since", "", say.Text("the first night: 2026-09-01 (default: a year ago)"))
	c.Flags().BoolVar(&f.estimate, "with-estimate", false, say.Text("count the best estimate of the nights before the first session"))
	return c
}

func (a *App) review(ctx context.Context, f reviewFlags) error {
	d, err := a.desk(ctx, patient, allNights)
	if err != nil {
		return err
	}
	defer forPrograms(f.json)()
	tonight := d.night()
	since := d.book.Since(tonight)
	if f.since != "" {
		if since, err = journal.ParseDay(f.since, tonight); err != nil {
			return misused("--since: %v", err)
		}
	}
	if since > tonight {
		return misused("--since: %s has not come yet; tonight is %s", since, tonight)
	}
	detail := max(since, tonight-review.Details+1)
	if f.since != "" {
		detail = since
	}
	facts, err := d.log.Live(ctx, detail, tonight, review.Told...)
	if err != nil {
		return err
	}
	places, err := a.places(facts)
	if err != nil {
		return err
	}
	r := d.book.Review(since, detail, tonight, facts, places)
	if f.estimate {
		r.Answers = d.book.WithEstimate().Answers(tonight)
		r.Check = d.book.Check(tonight, r.Answers)
	}
	if f.json {
		return a.sayJSON(r)
	}
	text := reviewText(r, d.slept())
	if a.Lines == nil { // a map is nothing to the ear; in lines the diary tells the nights
		text += "\n\n" + heatmap(d.book, since, tonight, a.signs())
	}
	a.line("%s", text)
	a.line("\n%s", figuresText(r.Figures))
	a.line("\n%s", answersText(r))
	return nil
}

// places says which muscles the stretches of some sessions are for. The library
// is only opened if there are any.
func (a *App) places(facts []journal.Entry) (review.Muscles, error) {
	if !slices.ContainsFunc(facts, func(e journal.Entry) bool { return e.Fact.Kind() == journal.KindStretched }) {
		return func(string) []string { return nil }, nil
	}
	lib, err := a.library()
	if err != nil {
		return nil, err
	}
	return lib.Places, nil
}

func reviewText(r review.Review, last review.LastNight) string {
	n := r.Nights
	rows := [][2]string{
		{say.Text("streak"), say.Count(r.Streak.Nights, "%d night in a row, best %d", "%d nights in a row, best %d", r.Streak.Best)},
		{"", review.StreakRule.String()},
		{say.Text("kept"), say.Text("%d of the last 28 nights", r.Streak.Last28)},
		{say.Text("strength"), say.Text("%s; a kept night adds to it, 13 missed ones halve it", percent(r.Strength))},
		{say.Text("stretched"), say.Text("%d of %s: %d complete, %d partial, %d missed%s", n.Kept, say.Count(n.Of, "%d night", "%d nights"), n.Complete, n.Partial, n.Missed, setAside(n))},
		{say.Text("cramps"), crampWords(n)},
		{say.Text("last night"), lastNightWords(last)},
	}
	return say.Text("Review, nights of %s to %s", r.Since, r.Tonight) + table(rows)
}

func setAside(n review.Nights) string {
	words := ""
	if n.Paused > 0 {
		words += say.Text(", %d paused", n.Paused)
	}
	if n.Unlived > 0 {
		words += say.Text(", %d travelled over", n.Unlived)
	}
	return words
}

const noneAnswered say.Key = "unknown: none of these nights has been answered for"

func crampWords(n review.Nights) string {
	if n.Known == 0 {
		return say.Text(noneAnswered)
	}
	return say.Text("%d over %s with an answer, %d of those quiet; all other nights are unknown",
		n.Cramps, say.Count(n.Known, "%d night", "%d nights"), n.Quiet)
}
