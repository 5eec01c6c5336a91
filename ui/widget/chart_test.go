package widget_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"lull/ui/uitest"
	"lull/ui/widget"
)

func TestAChartShowsEachCountWithWhatItIsOver(t *testing.T) {
	th := uitest.Theme("none")
	got := uitest.Text(widget.Chart(th, []widget.Bar{
		{N: 4, Under: "7", Label: "Oct"}, {N: 2, Under: "6"}, {N: 0, Under: "5"}, {Unknown: true, Under: "0", Label: "Nov"}, {N: 120, Under: "7"},
	}, 15, 7))
	want := strings.Join([]string{
		"            +",
		"            ██",
		"            ██",
		"4  2        ██",
		"██ ██ 0  ?  ██",
		"7  6  5  0  7",
		"Oct      Nov",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOnlyTheLastBarsThatFitAreDrawn(t *testing.T) {
	var bars []widget.Bar
	for i := range 60 {
		bars = append(bars, widget.Bar{N: i})
	}
	got := uitest.Text(widget.Chart(uitest.Theme("none"), bars, 10, 5))
	if !strings.Contains(got, "59") || strings.Contains(got, "56") {
		t.Error(got)
	}
}

func TestAChartKeepsToItsRoom(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(0, 60).Draw(r, "w"), rapid.IntRange(0, 12).Draw(r, "h")
		bars := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) widget.Bar {
			return widget.Bar{N: rapid.IntRange(0, 300).Draw(r, "n"), Under: rapid.SampledFrom([]string{"", "7", "123"}).Draw(r, "under"),
				Label: rapid.SampledFrom([]string{"", "Jan", "a long label"}).Draw(r, "label"), Unknown: rapid.Bool().Draw(r, "unknown")}
		}), 0, 30).Draw(r, "bars")
		got := widget.Chart(uitest.Theme("dark"), bars, w, h)
		if lines := strings.Split(got, "\n"); got != "" && len(lines) > h {
			r.Fatalf("%d lines in %d", len(lines), h)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if n := ansi.StringWidth(line); n > w {
				r.Fatalf("%d cells in %d: %q", n, w, line)
			}
		}
	})
}

func TestAProfileHasACellForEachCount(t *testing.T) {
	th := uitest.Theme("none")
	if got := ansi.Strip(widget.Profile(th, []int{0, 1, 8, 4, 0})); got != " ▁█▄ " {
		t.Errorf("%q", got)
	}
	if got := ansi.Strip(widget.Profile(th, nil)); got != "" {
		t.Errorf("%q", got)
	}
}
