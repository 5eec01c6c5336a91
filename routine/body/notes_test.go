package body_test

import (
	"math"
	"os"
	"strings"
	"testing"

	"lull/routine/body"
)

// notes are the worked leg's angles of the evidence notes, 4d: ankle, knee and
// hip at the start and at the end.
var notes = map[string][6]float64{
	"wall-calf":              {10, 0, -5, 25, 0, -10},
	"wall-soleus":            {10, 0, -10, 35, 35, 5},
	"wall-lean":              {5, 0, 0, 22, 0, 0},
	"towel-calf":             {-10, 0, 85, 8, 0, 85},
	"towel-soleus":           {0, 30, 100, 17, 30, 100},
	"heel-slide":             {0, 90, 90, 25, 115, 95},
	"long-sit-both":          {-10, 0, 80, 8, 0, 95},
	"ankle-pumps":            {-20, 0, 30, 15, 0, 30},
	"heel-up-hamstring":      {-5, 5, 55, -5, 5, 77},
	"seated-hamstring":       {0, 0, 63, 5, 0, 78},
	"supine-strap-hamstring": {0, 60, 30, 0, 5, 70},
	"standing-quad":          {0, 0, 0, -25, 115, -3},
	"side-quad":              {-10, 80, 35, -25, 110, -8},
	"prone-quad":             {-50, 0, 0, -40, 115, 0},
	"split-hip-flexor":       {10, 0, -10, 5, 22, -18},
	"edge-hip-flexor":        {0, 60, 30, -30, 62, -8},
	"seated-towel-calf":      {-5, 0, 65, 8, 0, 65},
	"butterfly":              {0, 120, 90, 0, 120, 90},
	"recline-butterfly":      {0, 100, 45, 0, 100, 45},
	"wide-knee":              {0, 90, 90, 0, 90, 110},
	"toe-pull":               {0, 95, 85, 10, 95, 85},
	"towel-toes":             {0, 90, 90, 0, 90, 90},
	"wall-toes":              {0, 5, 0, 20, 25, 5},
	"top-of-foot":            {-10, 100, 90, -40, 105, 90},
	"peroneal":               {0, 95, 85, 0, 95, 85},
	"ankle-circles":          {-10, 0, 60, 10, 0, 60},
	"foot-roll":              {-5, 85, 90, 5, 95, 90},
}

// TestTheAnglesAreThoseOfTheNotesOrTheDifferenceIsWrittenDown holds every figure
// against the notes: to ten degrees, or there is a line about it in
// docs/FIGURES.md.
func TestTheAnglesAreThoseOfTheNotesOrTheDifferenceIsWrittenDown(t *testing.T) {
	const near = 10.0
	text, err := os.ReadFile("../../docs/FIGURES.md")
	if err != nil {
		t.Fatal(err)
	}
	_, told, found := strings.Cut(string(text), "## Where the figures differ from the notes")
	if !found {
		t.Fatal("docs/FIGURES.md does not say where the figures differ")
	}
	for id, want := range notes {
		f, err := library().Figure(id)
		if err != nil {
			t.Error(err)
			continue
		}
		a, b := f.At(0), f.At(1)
		start, end := a.Joints(body.Worked), b.Joints(body.Worked)
		far := 0.0
		for i, got := range [6]float64{start.Ankle, start.Knee, start.Hip, end.Ankle, end.Knee, end.Hip} {
			far = max(far, math.Abs(got-want[i]))
		}
		if written := strings.Contains(told, "| `"+id+"` |"); far > near && !written {
			t.Errorf("%s is %.0f degrees from the notes and nothing is written down: %+v to %+v", id, far, start, end)
		}
	}
	if len(notes) < 25 {
		t.Errorf("%d figures were held against the notes", len(notes))
	}
}
