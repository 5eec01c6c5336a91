package body_test

import (
	"fmt"
	"math"
	"testing"

	"lull/routine/body"
)

// angles are those of one leg in one pose, in degrees, as the evidence notes
// give them.
type angles struct{ ankle, knee, hip float64 }

// note is a row of the table in section 4d of the evidence notes, with the rows
// of the other leg and what its drawing notes say. What the notes leave open is
// nil.
type note struct {
	worked, other [2]angles // at the start and at the end
	oneLeg        bool      // nothing is said of the other leg
	flat          bool      // the other foot stands flat, whatever its ankle
	trunk         [2]float64
	mtp           *[2]float64 // of the worked foot
	open          *[2]float64 // how far each thigh is from the middle plane
	inward        *[2]float64 // how far the sole of the worked foot turns inward
}

func pair(start, end float64) *[2]float64 { return &[2]float64{start, end} }

func same(a, k, h float64) [2]angles { return [2]angles{{a, k, h}, {a, k, h}} }

// notes is the table "Start and end poses" of the evidence notes, section 4d,
// row by row. Where a row is for both legs, other repeats worked.
var notes = map[string]note{
	"wall-calf":              {worked: [2]angles{{10, 0, -5}, {25, 0, -10}}, other: [2]angles{{5, 15, 15}, {30, 50, 35}}, trunk: [2]float64{5, 15}},
	"wall-soleus":            {worked: [2]angles{{10, 0, -10}, {35, 35, 5}}, other: [2]angles{{10, 20, 10}, {33, 48, 20}}, trunk: [2]float64{0, 5}},
	"wall-lean":              {worked: [2]angles{{5, 0, 0}, {22, 0, 0}}, other: [2]angles{{5, 0, 0}, {22, 0, 0}}, trunk: [2]float64{5, 22}},
	"towel-calf":             {worked: [2]angles{{-10, 0, 85}, {8, 0, 85}}, other: same(0, 60, 115), trunk: [2]float64{-5, -5}},
	"towel-soleus":           {worked: [2]angles{{0, 30, 100}, {17, 30, 100}}, other: same(0, 60, 115), trunk: [2]float64{-5, -5}},
	"heel-slide":             {worked: [2]angles{{0, 90, 90}, {25, 115, 95}}, other: [2]angles{{0, 90, 90}, {0, 90, 95}}, trunk: [2]float64{0, 5}},
	"long-sit-both":          {worked: [2]angles{{-10, 0, 80}, {8, 0, 95}}, other: [2]angles{{-10, 0, 80}, {8, 0, 95}}, trunk: [2]float64{-10, 5}},
	"ankle-pumps":            {worked: [2]angles{{-20, 0, 30}, {15, 0, 30}}, other: [2]angles{{-20, 0, 30}, {15, 0, 30}}, trunk: [2]float64{-60, -60}},
	"heel-up-hamstring":      {worked: [2]angles{{-5, 5, 55}, {-5, 5, 77}}, other: [2]angles{{0, 0, 0}, {2, 4, 24}}, trunk: [2]float64{0, 22}},
	"seated-hamstring":       {worked: [2]angles{{0, 0, 63}, {5, 0, 78}}, other: [2]angles{{0, 90, 90}, {0, 90, 105}}, trunk: [2]float64{0, 15}},
	"supine-strap-hamstring": {worked: [2]angles{{0, 60, 30}, {0, 5, 70}}, other: same(0, 60, 30), flat: true, trunk: [2]float64{-90, -90}},
	"standing-quad":          {worked: [2]angles{{0, 0, 0}, {-25, 115, -3}}, other: [2]angles{{0, 0, 0}, {2, 4, 2}}},
	"side-quad":              {worked: [2]angles{{-10, 80, 35}, {-25, 110, -8}}, other: same(-10, 40, 20)},
	"prone-quad":             {worked: [2]angles{{-50, 0, 0}, {-40, 115, 0}}, other: same(-50, 0, 0), trunk: [2]float64{90, 90}},
	"split-hip-flexor":       {worked: [2]angles{{10, 0, -10}, {5, 22, -18}}, other: [2]angles{{5, 15, 10}, {22, 50, 28}}},
	"edge-hip-flexor":        {worked: [2]angles{{0, 60, 30}, {-30, 62, -8}}, other: same(0, 90, 40), flat: true, trunk: [2]float64{-90, -90}},
	"seated-towel-calf":      {worked: [2]angles{{-5, 0, 65}, {8, 0, 65}}, other: same(0, 90, 90)},
	"butterfly":              {worked: same(0, 120, 90), other: same(0, 120, 90), trunk: [2]float64{0, 5}, open: pair(30, 55)},
	"recline-butterfly":      {worked: same(0, 100, 45), other: same(0, 100, 45), trunk: [2]float64{-75, -75}, open: pair(20, 50)},
	"wide-knee":              {worked: [2]angles{{0, 90, 90}, {0, 90, 110}}, other: [2]angles{{0, 90, 90}, {0, 90, 110}}, trunk: [2]float64{0, 20}, open: pair(30, 45)},
	"toe-pull":               {worked: [2]angles{{0, 95, 85}, {10, 95, 85}}, other: same(0, 90, 90), trunk: [2]float64{0, 5}, mtp: pair(0, 55)},
	"towel-toes":             {worked: same(0, 90, 90), oneLeg: true, trunk: [2]float64{10, 0}, mtp: pair(0, 45)},
	"wall-toes":              {worked: [2]angles{{0, 5, 0}, {20, 25, 5}}, oneLeg: true, trunk: [2]float64{0, 5}, mtp: pair(0, 55)},
	"top-of-foot":            {worked: [2]angles{{-10, 100, 90}, {-40, 105, 90}}, oneLeg: true, mtp: pair(0, -30)},
	"peroneal":               {worked: same(0, 95, 85), oneLeg: true, trunk: [2]float64{0, 5}, inward: pair(0, 25)},
	"ankle-circles":          {worked: [2]angles{{-10, 0, 60}, {10, 0, 60}}, oneLeg: true},
	"foot-roll":              {worked: [2]angles{{-5, 85, 90}, {5, 95, 90}}, oneLeg: true},
}

// TestPosesAreThoseOfTheNotes compares the start and the end of every stretch
// with the notes, joint by joint.
func TestPosesAreThoseOfTheNotes(t *testing.T) {
	if len(notes) != 27 {
		t.Fatalf("%d stretches in the notes; calm-breathing alone has no angles", len(notes))
	}
	for id, want := range notes {
		f, err := library().Figure(id)
		if err != nil {
			t.Error(err)
			continue
		}
		for i, pose := range []string{"start", "end"} {
			share := float64(i)
			if f.Round > 0 {
				share = (1 - share) / 2 // the two ends of the circle, the lower one first
			}
			s := f.At(share)
			comparePose(t, id+", "+pose, want, i, &s)
		}
	}
}

func comparePose(t *testing.T, pose string, want note, i int, s *body.Skeleton) {
	t.Helper()
	near := func(joint string, got, want float64) {
		t.Helper()
		const tolerance = 10
		if math.Abs(got-want) > tolerance+0.05 {
			t.Errorf("%s: %s is %.1f degrees, the notes say %.0f", pose, joint, got, want)
		}
	}
	near("trunk", s.Tilt(), want.trunk[i])
	for w, a := range [2][2]angles{want.worked, want.other} {
		if w == int(body.Other) && want.oneLeg {
			continue
		}
		got, name := s.Joints(body.Which(w)), [2]string{"worked", "other"}[w]
		if w == int(body.Other) && want.flat {
			near("the other sole", math.Asin(s.Legs[w].Along.Y)*180/math.Pi, 0)
		} else {
			near(fmt.Sprint(name, " ankle"), got.Ankle, a[i].ankle)
		}
		near(fmt.Sprint(name, " knee"), got.Knee, a[i].knee)
		near(fmt.Sprint(name, " hip"), got.Hip, a[i].hip)
		if want.open != nil {
			thigh := s.Legs[w].Knee.Minus(s.Legs[w].Hip)
			near(fmt.Sprint(name, " thigh from the middle"), math.Asin(math.Abs(thigh.Z)/body.Thigh)*180/math.Pi, want.open[i])
		}
	}
	if want.mtp != nil {
		near("toes", s.Joints(body.Worked).MTP, want.mtp[i])
	}
	if want.inward != nil {
		near("inward turn of the sole", inward(s.Legs[body.Worked]), want.inward[i])
	}
}

// inward is how far the sole of a worked foot turns toward the other leg's side
// from where the shin would put it, in degrees.
func inward(l body.LegBones) float64 {
	shin := l.Ankle.Minus(l.Knee)
	level := shin.Minus(l.Along.Times(shin.Dot(l.Along)))
	side := level.Cross(l.Along) // to the little toe
	return -math.Atan2(l.Sole.Dot(side), l.Sole.Dot(level)) * 180 / math.Pi
}
