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

// frames are the shares of the way at which a movement is looked at: more, and
// others, than the check of a file takes.
const frames = 64

func library() *body.Library { return body.Open(assets.Files) }

// each runs a check on every figure.
func each(t *testing.T, check func(t *testing.T, f *body.Figure)) {
	t.Helper()
	l := library()
	ids := l.IDs()
	if len(ids) < 28 {
		t.Fatalf("%d figures", len(ids))
	}
	for _, id := range ids {
		f, err := l.Figure(id)
		if err != nil {
			t.Error(err)
			continue
		}
		t.Run(id, func(t *testing.T) { check(t, f) })
	}
}

// always runs a check on every frame of every figure.
func always(t *testing.T, check func(t *testing.T, f *body.Figure, s *body.Skeleton)) {
	t.Helper()
	each(t, func(t *testing.T, f *body.Figure) {
		for i := range frames + 1 {
			s := f.At(float64(i) / frames)
			check(t, f, &s)
			if t.Failed() {
				t.Fatalf("at %.2f of the way", float64(i)/frames)
			}
		}
	})
}

func TestEveryStretchHasItsFigureAndItsMuscles(t *testing.T) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	stretches := lib.Stretches()
	if len(stretches) != 28 {
		t.Fatalf("%d stretches", len(stretches))
	}
	for _, st := range stretches {
		f, err := library().Figure(st.ID)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, m := range f.Muscles {
			if !slices.Contains(st.Muscles, m) {
				t.Errorf("%s lights up %s, which it does not stretch", st.ID, m)
			}
		}
		if len(f.Muscles) == 0 && len(st.Muscles) > 0 {
			t.Errorf("%s lights up nothing", st.ID)
		}
		if f.Both != (st.Sides == routine.Both) && st.Sides != routine.Either && len(f.Muscles) > 0 {
			t.Errorf("%s: both legs light up: %v, the stretch is for %q", st.ID, f.Both, st.Sides)
		}
	}
}

func TestThePictureInWordsIsPlainAndShort(t *testing.T) {
	each(t, func(t *testing.T, f *body.Figure) {
		if !strings.HasSuffix(f.Alt, ".") || len(f.Alt) < 30 {
			t.Errorf("%q", f.Alt)
		}
		if f.Plain == "" != (len(f.StandsIn) == 0) {
			t.Errorf("it stands in for %v and is called %q then", f.StandsIn, f.Plain)
		}
	})
}

func TestEveryPositionHasAFigureThatShowsNothingElse(t *testing.T) {
	l := library()
	for _, p := range routine.Positions {
		f := l.For(routine.Stretch{ID: "doorway", Position: p, Source: "mine.toml"}, routine.Screening{})
		if f.Alt == "" || len(f.Muscles) > 0 || f.At(0) != f.At(1) {
			t.Errorf("%s: %q lights up %v", p, f.Alt, f.Muscles)
		}
		for _, thing := range f.Props {
			if thing.Kind == body.Strap {
				t.Errorf("%s: a strap is still there", p)
			}
		}
		if again := l.For(routine.Stretch{ID: "other", Position: p, Source: "mine.toml"}, routine.Screening{}); again != f {
			t.Errorf("%s is made anew each time", p)
		}
	}
	own := l.For(routine.Stretch{ID: "wall-calf", Position: routine.Prone, Source: "mine.toml"}, routine.Screening{})
	if own.ID == "wall-calf" {
		t.Error("a person's own stretch is shown as one of lull's by its name")
	}
}

func TestLimbsKeepTheirLengths(t *testing.T) {
	always(t, func(t *testing.T, _ *body.Figure, s *body.Skeleton) {
		near := func(what string, a, b body.Point, want float64) {
			if got := b.Minus(a).Length(); math.Abs(got-want) > 1e-6 {
				t.Errorf("the %s is %.3f long, not %.3f", what, got, want)
			}
		}
		near("loin", s.Hips, s.Waist, body.Loin)
		near("thorax", s.Waist, s.Nape, body.Thorax)
		near("neck", s.Nape, s.Throat, body.Neck)
		for w := range s.Legs {
			l, a := s.Legs[w], s.Arms[w]
			near("thigh", l.Hip, l.Knee, body.Thigh)
			near("shank", l.Knee, l.Ankle, body.Shank)
			near("hindfoot", l.Ankle, l.Heel, math.Hypot(3.0, 3.8))
			near("midfoot", l.Ankle, l.Ball, math.Hypot(3.3, 9.5))
			near("toes", l.Ball, l.Toe, 5)
			near("upper arm", a.Shoulder, a.Elbow, body.UpperArm)
			near("forearm", a.Elbow, a.Wrist, body.Forearm)
			near("hand", a.Wrist, a.Palm, body.Hand)
		}
	})
}

// TestJointsStayWithinTheirLimits measures the angles anew, from the joints, and
// not as the figures do.
func TestJointsStayWithinTheirLimits(t *testing.T) {
	between := func(p, q body.Point) float64 {
		return math.Acos(max(-1, min(1, p.Dot(q)/p.Length()/q.Length()))) * 180 / math.Pi
	}
	always(t, func(t *testing.T, _ *body.Figure, s *body.Skeleton) {
		for w := range s.Legs {
			l, a := s.Legs[w], s.Arms[w]
			thigh, shin, foot, toe := l.Knee.Minus(l.Hip), l.Ankle.Minus(l.Knee), l.Ball.Minus(l.Heel), l.Toe.Minus(l.Ball)
			trunk := s.Waist.Minus(s.Hips)
			hip := 180 - between(thigh, trunk) // how far from in line, whichever way
			if math.Abs(thigh.Z) > 10 {
				hip = 0 // swung out to the side: that is no flexion
			}
			for _, joint := range []struct {
				name          string
				at, low, high float64
			}{
				{"knee", between(thigh, shin), 0, 130},
				{"hip", hip, 0, 125},
				{"ankle", 90 - between(foot, shin.Times(-1)), -50, 39},
				{"toes", between(foot, toe), 0, 80},
				{"elbow", between(a.Elbow.Minus(a.Shoulder), a.Wrist.Minus(a.Elbow)), 0, 150},
			} {
				const heelToBall = 1.3 // degrees between the foot's line and that from heel to ball
				if joint.at < joint.low-heelToBall-0.5 || joint.at > joint.high+heelToBall+0.5 {
					t.Errorf("%s of limb %d: %.1f degrees, allowed %.0f to %.0f", joint.name, w, joint.at, joint.low, joint.high)
				}
			}
			// A knee bends to the back of the leg: the shin never leans to the side of the toes.
			if between(thigh, shin) > 10 && shin.Minus(thigh.Times(shin.Dot(thigh)/thigh.Dot(thigh))).Dot(s.FrontOfThigh(body.Which(w))) > 1.5 {
				t.Errorf("the knee of leg %d bends forward", w)
			}
		}
	})
}

// soles are the radii of heel, ball and toes as they are drawn.
var soles = [3]float64{1.8, 1.5, 1.1}

func sole(l body.LegBones) [3]float64 {
	return [3]float64{l.Heel.Y - soles[0], l.Ball.Y - soles[1], l.Toe.Y - soles[2]}
}

// dot is the height of one dot of a figure of 40x20, in units, for a standing
// body; the limit is tighter.
const dot = 100.0 / 40

func TestFeetOnTheFloorStayOnIt(t *testing.T) {
	planted := 0
	always(t, func(t *testing.T, f *body.Figure, s *body.Skeleton) {
		for w := range s.Legs {
			from, to := f.Start.Legs[w], f.End.Legs[w]
			if flat(from) && flat(to) {
				planted++
				for i, y := range sole(s.Legs[w]) {
					if i < 2 && math.Abs(y) > dot/2 {
						t.Errorf("part %d of the sole of foot %d is %.1f above the floor", i, w, y)
					}
				}
			}
			if f.View == body.Above {
				continue // seen from above: no floor
			}
			for i, y := range sole(s.Legs[w]) {
				if y < -dot/2 {
					t.Errorf("part %d of the sole of foot %d is %.1f below the floor", i, w, -y)
				}
			}
		}
	})
	if planted < 10*frames {
		t.Errorf("only %d planted feet were looked at", planted)
	}
}

// flat says whether the foot stands flat on the floor.
func flat(l body.Leg) bool {
	return l.AnkleAt != nil && l.AnkleAt.Y == body.Floor && l.Pitch != nil && *l.Pitch == 0
}

func TestHandsReachWhatTheyHold(t *testing.T) {
	walls, rails, holds := 0, 0, 0
	always(t, func(t *testing.T, f *body.Figure, s *body.Skeleton) {
		for w := range s.Arms {
			from, to, palm := f.Start.Arms[w], f.End.Arms[w], s.Arms[w].Palm
			if from.PalmOn != "" && from.PalmOn == to.PalmOn && from.Off == to.Off {
				holds++
				at, _ := s.Place(from.PalmOn)
				off := from.Off
				if body.Which(w) == body.Other {
					off.Z = -off.Z
				}
				if d := palm.Minus(at.Plus(off)).Length(); d > 0.5 {
					t.Errorf("hand %d is %.1f from the %s", w, d, from.PalmOn)
				}
			}
			if from.PalmAt == nil || to.PalmAt == nil || *from.PalmAt != *to.PalmAt {
				continue
			}
			for _, p := range f.Props {
				switch gap := p.At.X - palm.X; {
				case p.Kind == body.Wall && math.Abs(gap) < 12:
					walls++
					if gap < 0 || gap > 2.6 {
						t.Errorf("palm %d is %.1f from the wall", w, gap)
					}
				case p.Kind == body.Rail && math.Abs(gap) < 12:
					rails++
					if over := palm.Y - p.At.Y; over < 0 || over > 2.6 || math.Abs(gap) > 2 {
						t.Errorf("palm %d is %.1f over the chair and %.1f beside it", w, over, gap)
					}
				}
			}
		}
	})
	if walls < 6*frames || rails < 3*frames || holds < 10*frames {
		t.Errorf("looked at %d hands on walls, %d on chairs, %d on the body", walls, rails, holds)
	}
}

// where says of each muscle which bone it lies on and which side of it: by the
// anatomy books, and not by the table that draws it.
var where = map[string]struct{ bone, side string }{
	"gastrocnemius": {"shank", "back"}, "soleus": {"shank", "back"},
	"tibialis anterior": {"shank", "front"}, "tibialis posterior": {"shank", "in"},
	"fibularis longus": {"shank", "out"}, "fibularis brevis": {"shank", "out"},
	"hamstrings": {"thigh", "back"}, "quadriceps": {"thigh", "front"}, "rectus femoris": {"thigh", "front"}, "adductors": {"thigh", "in"},
	"plantar fascia": {"foot", "sole"}, "intrinsic foot muscles": {"foot", "sole"}, "toe flexors": {"toes", "sole"}, "toe extensors": {"foot", "top"},
	"iliopsoas": {"groin", "front"},
}

func TestTheLitMuscleLiesOnItsBoneAndItsSide(t *testing.T) {
	for _, m := range body.Muscles() {
		if _, known := where[m]; !known {
			t.Errorf("nothing is known of %s here", m)
		}
	}
	always(t, func(t *testing.T, f *body.Figure, s *body.Skeleton) {
		for w, l := range s.Legs {
			for _, m := range f.Muscles {
				for _, c := range s.Lit(m, body.Which(w)) {
					rightPlace(t, m, s, l, body.Which(w), c.A.Toward(c.B, 0.5))
				}
			}
		}
	})
}

func rightPlace(t *testing.T, m string, s *body.Skeleton, l body.LegBones, w body.Which, at body.Point) {
	t.Helper()
	bones := map[string][2]body.Point{
		"thigh": {l.Hip, l.Knee}, "shank": {l.Knee, l.Ankle}, "foot": {l.Heel, l.Ball}, "toes": {l.Ball, l.Toe},
		"groin": {s.Hips.Toward(s.Waist, 0.5), l.Hip.Toward(l.Knee, 0.3)},
	}
	bone := bones[where[m].bone]
	along := bone[1].Minus(bone[0])
	k := at.Minus(bone[0]).Dot(along) / along.Dot(along)
	out := at.Minus(bone[0].Toward(bone[1], k))
	if k < -0.1 || k > 1.05 || out.Length() > 6 {
		t.Errorf("%s of leg %d lies %.1f off its bone, at %.2f of it", m, w, out.Length(), k)
	}
	lateral := body.Point{Z: 1 - 2*float64(w)}
	foot, down := l.Ball.Minus(l.Heel), l.Heel.Minus(l.Ankle)
	down = down.Minus(foot.Times(down.Dot(foot) / foot.Dot(foot)))
	sides := map[string]body.Point{
		"back": foot.Times(-1), "front": foot, "sole": down, "top": down.Times(-1), "out": l.Side, "in": l.Side.Times(-1),
	}
	side := sides[where[m].side]
	if bend := l.Ankle.Minus(l.Knee); where[m].bone == "thigh" && where[m].side != "in" && bend.Cross(along).Length() > 60 {
		side = bend // the calf side of a bent leg
		if where[m].side == "front" {
			side = bend.Times(-1)
		}
	}
	if where[m].side == "in" && where[m].bone == "thigh" {
		side = lateral.Times(-1)
		if math.Abs(along.Z) > 12 {
			return // the thigh lies across the view: its inside is not a direction of the hips'
		}
	}
	if where[m].bone == "groin" {
		side = s.FrontOfThigh(w)
	}
	if out.Dot(side) <= 0 && out.Length() > 0.3 {
		t.Errorf("%s of leg %d lies on the wrong side of its bone", m, w)
	}
}
