//go:build linux

package main

import (
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

// Real processes write one real file beside a real window. How long anybody
// waits decides nothing here.
func TestACrowdLosesAndDoublesNothing(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command to build lull with")
	}
	var told strings.Builder
	problems, err := run(t.Context(), &told, options{writers: 5, windows: 1, lasts: 3 * time.Second, folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	t.Log(told.String())
}

func TestItIsAlwaysEveningInTheCrowd(t *testing.T) {
	for hour := range 24 {
		at := time.Date(2026, 11, 26, hour, 59, 0, 0, time.UTC)
		zone, err := time.LoadLocation(evening(at))
		if err != nil {
			t.Fatal(err)
		}
		if got := at.In(zone).Format("15:04"); got != "20:59" {
			t.Errorf("at %d o'clock UTC it is %s in %s", hour, got, zone)
		}
	}
}

// The judge must see what a journal that loses, doubles or makes up would do.
func TestTheJudgeFindsWhatIsLostDoubledAndMadeUp(t *testing.T) {
	facts := []fact{
		{ID: "1", Kind: "ticked", Item: "glass-1", Day: "d"}, {ID: "2", Kind: "ticked", Item: "glass-2", Day: "d"},
		{ID: "3", Kind: "cramped", Note: "a"}, {ID: "4", Kind: "withdrawn", Of: "3"}, {ID: "5", Kind: "ticked", Item: "glass-3", Day: "d"},
	}
	asked := func() *crowd {
		return &crowd{windows: []*window{{ticks: 1}}, writers: []*writer{{said: []said{
			{act: ticked, what: "glass-1"}, {act: ticked, what: "glass-2"}, {act: cramped, what: "a"}, {act: removed, what: "3"},
		}}}}
	}
	if got := judge(asked(), facts); len(got) != 0 {
		t.Fatalf("all is well: %v", got)
	}
	for name, c := range map[string]struct {
		facts []fact
		more  []said
		want  string
	}{
		"a tick is lost":      {slices.Delete(slices.Clone(facts), 1, 2), nil, "3 glasses were ticked and acknowledged, 2 are"},
		"a cramp is lost":     {slices.Delete(slices.Clone(facts), 2, 3), nil, `"a" was acknowledged and is there 0 times`},
		"a line is twice":     {append(slices.Clone(facts), fact{ID: "4", Kind: "withdrawn", Of: "3"}), nil, "4 is there 2 times"},
		"a removal is lost":   {slices.Delete(slices.Clone(facts), 3, 4), nil, "the removal of 3"},
		"made up":             {append(slices.Clone(facts), fact{ID: "9", Kind: "cramped", Note: "b"}), nil, "1 cramps were told and acknowledged, 2 are"},
		"one glass for two":   {append(slices.Clone(facts), fact{ID: "9", Kind: "ticked", Item: "glass-1", Day: "d"}), []said{{act: ticked, what: "glass-1"}}, "2 calls were told that they ticked glass-1"},
		"something refused":   {facts, []said{{act: ticked, failed: "busy"}}, "refused: busy"},
		"two of one standing": {append(slices.Clone(facts), fact{ID: "9", Kind: "ticked", Item: "glass-1", Day: "d"}), nil, "glass-1 of d is ticked 2 times"},
	} {
		crowd := asked()
		crowd.writers[0].said = append(crowd.writers[0].said, c.more...)
		if got := judge(crowd, c.facts); !strings.Contains(strings.Join(got, "\n"), c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	asked().report(io.Discard, 0)
}
