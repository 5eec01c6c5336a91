package body_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
)

// drawn are the kinds of prop by which a picture shows a piece of equipment.
var drawn = map[routine.Equipment][]body.Kind{
	routine.Wall:  {body.Wall},
	routine.Towel: {body.Strap, body.Roll},
	routine.Chair: {body.Chair, body.Rail},
	routine.Ball:  {body.Ball},
}

// TestWhatTheTextNamesIsDrawn looks in every figure for the things that its
// stretch needs, and for the pillows and the bed of its text.
func TestWhatTheTextNamesIsDrawn(t *testing.T) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, st := range lib.Stretches() {
		f, err := library().Figure(st.ID)
		if err != nil {
			t.Error(err)
			continue
		}
		text := strings.ToLower(strings.Join(append(slices.Clone(st.SetUp), st.Movement...), " "))
		shows := func(what string, kinds ...body.Kind) {
			looked++
			if !slices.ContainsFunc(f.Props, func(p body.Prop) bool { return slices.Contains(kinds, p.Kind) }) {
				t.Errorf("%s: no %s in the picture", st.ID, what)
			}
		}
		for _, e := range st.Needs {
			shows(string(e), drawn[e]...)
		}
		if strings.Contains(text, "pillow") {
			shows("pillow", body.Pillow)
		}
		if slices.Contains([]routine.Position{routine.Supine, routine.Prone, routine.SideLying, routine.LongSitting}, st.Position) {
			shows("bed", body.Bed)
		}
	}
	if looked < 30 {
		t.Errorf("only %d things were looked for", looked)
	}
}

// TestNoFigureLiesFlatInPregnancy draws every stretch that is left to a
// pregnant person, with what is shown in its place.
func TestNoFigureLiesFlatInPregnancy(t *testing.T) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	const flat = -60 // degrees of the trunk from upright
	l := library()
	for _, weeks := range []int{0, 12, 20, 30} {
		answers := routine.Screening{Pregnant: true, PregnancyWeeks: weeks}
		for _, st := range lib.Stretches() {
			for _, step := range answers.PlanOf(lib, st).Routine.Steps {
				if weeks == 12 && st.Position == routine.Supine {
					continue // until week 16 the back is allowed
				}
				f := l.For(answers.Stretch(lib, step.Stretch), answers)
				for _, k := range []float64{0, 1} {
					if s := f.At(k); f.View != body.Above && s.Tilt() < flat {
						t.Errorf("week %d, %s: %s lies at %.0f degrees", weeks, st.ID, f.ID, s.Tilt())
					}
				}
			}
		}
	}
}

func TestPregnancyHasFiguresOfItsOwn(t *testing.T) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	l, pregnant := library(), routine.Screening{Pregnant: true}
	breathing, _ := lib.Stretch("calm-breathing")
	usual, suited := l.For(breathing, routine.Screening{}), l.For(breathing, pregnant)
	if usual.ID != "calm-breathing" || suited.ID != "calm-breathing-side" || suited.View != body.Above {
		t.Errorf("breathing: %s, and in pregnancy %s seen from %s", usual.ID, suited.ID, suited.View)
	}
	reclined, _ := lib.Stretch("recline-butterfly")
	f := l.For(reclined, pregnant)
	if s := f.At(1); s.Tilt() < -45 {
		t.Errorf("the reclined butterfly is propped up to %.0f degrees only", s.Tilt())
	}
	for _, id := range l.IDs() {
		f, err := l.Figure(id)
		if err != nil || f.Pregnant == "" {
			continue
		}
		if v, err := l.Figure(f.Pregnant); err != nil || v.Pregnant != "" || !slices.Equal(v.Muscles, f.Muscles) {
			t.Errorf("%s in place of %s: %v", f.Pregnant, id, err)
		}
	}
	if f, err := l.Fitting("wall-calf", pregnant); err != nil || f.ID != "wall-calf" {
		t.Errorf("a figure without another in its place: %v, %v", f, err)
	}
}

func TestBreathingShowsAHandOnTheBelly(t *testing.T) {
	for _, id := range []string{"calm-breathing", "calm-breathing-side"} {
		f, err := library().Figure(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range []float64{0, 1} {
			s := f.At(k)
			belly, _ := s.Place("belly")
			if d := s.Arms[body.Worked].Palm.Minus(belly).Length(); d > 8 {
				t.Errorf("%s at %.0f: the hand is %.1f from the belly", id, k, d)
			}
		}
	}
}

// TestWalkingHoldsOnWithFlatFeet is about the step of first aid that says to walk
// slowly and to hold on to something.
func TestWalkingHoldsOnWithFlatFeet(t *testing.T) {
	f, err := library().Figure("relief-walk")
	if err != nil {
		t.Fatal(err)
	}
	for i := range frames + 1 {
		s := f.At(float64(i) / frames)
		held := false
		for _, p := range f.Props {
			palm := s.Arms[body.Other].Palm
			held = held || p.At.Y == p.To.Y && math.Abs(palm.Y-p.At.Y) < 3 && math.Abs(palm.Z-p.At.Z) < 3 && palm.X > p.At.X && palm.X < p.To.X
		}
		if !held {
			t.Fatalf("at %.2f no hand is on a support", float64(i)/frames)
		}
		for w := range s.Legs {
			if l := s.Legs[w]; l.Along.Y > math.Sin(5*math.Pi/180) || s.Joints(body.Which(w)).MTP > 15 {
				t.Fatalf("at %.2f foot %d has its toes in the air", float64(i)/frames, w)
			}
		}
	}
}
