package widget

import (
	"io/fs"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"lull/assets"
	"lull/routine"
)

func allStills(t *testing.T) []still {
	t.Helper()
	all, err := readStills(assets.Stills)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d stills, %v", len(all), err)
	}
	return all
}

func TestEveryStillHasWordsAndTwoSizes(t *testing.T) {
	for _, s := range allStills(t) {
		if s.alt == "" || len(s.sizes) != 2 || len(s.positions) > 0 && s.plain == "" {
			t.Errorf("%q is not whole", s.alt)
			continue
		}
		for i, room := range [][2]int{{30, 14}, {16, 7}} {
			w, h := lipgloss.Width(s.sizes[i]), lipgloss.Height(s.sizes[i])
			if w > room[0] || h > room[1] {
				t.Errorf("%q is %dx%d in size %d", s.alt, w, h, i)
			}
			for _, r := range s.sizes[i] {
				if r > '~' || r == '\t' {
					t.Errorf("%q has %q in it", s.alt, r)
				}
			}
		}
	}
}

func TestEveryPositionHasAStill(t *testing.T) {
	for _, p := range []routine.Position{
		routine.Standing, routine.Seated, routine.LongSitting, routine.Supine, routine.SideLying, routine.Prone, routine.AnyPosition,
	} {
		if StillAlt(p, "a stretch of one's own") == "" {
			t.Errorf("%s has no still", p)
		}
	}
}

func TestAStillNamesOnlyStretchesThereAre(t *testing.T) {
	for _, s := range allStills(t) {
		for _, id := range append(s.exact, s.like...) {
			if _, err := fs.Stat(assets.Files, "stretches/"+id+".toml"); err != nil {
				t.Errorf("%q is drawn for %s: %v", s.alt, id, err)
			}
		}
	}
}

func TestTheMuscleIsMarkedOnlyWhereTheDrawingKnowsIt(t *testing.T) {
	for stretch, want := range map[string]bool{"wall-calf": true, "wall-soleus": false, "a stretch of one's own": false} {
		if got := strings.Contains(Still(plain, routine.Standing, stretch, routine.Right, 40, 20), "@"); got != want {
			t.Errorf("%s has its muscle marked: %v", stretch, got)
		}
	}
}

func TestAStillUsesTheLargestDrawingThatFits(t *testing.T) {
	large, small, words := drawnLines(30, 14), drawnLines(29, 14), drawnLines(15, 6)
	if large != 14 || small != 7 || words == 0 {
		t.Errorf("the drawings have %d, %d and %d lines", large, small, words)
	}
}

func drawnLines(w, h int) int {
	n := 0
	for line := range strings.SplitSeq(ansi.Strip(Still(plain, routine.Standing, "wall-calf", routine.Right, w, h)), "\n") {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

func TestTheLeftLegFacesTheOtherWay(t *testing.T) {
	left := ansi.Strip(Still(plain, routine.Seated, "toe-pull", routine.Left, 30, 14))
	right := ansi.Strip(Still(plain, routine.Seated, "toe-pull", routine.Right, 30, 14))
	if left == right || mirror(left) != right {
		t.Errorf("left is\n%s\nright is\n%s", left, right)
	}
}
