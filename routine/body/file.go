package body

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lull/routine/say"
	"lull/routine/strict"
)

const (
	longestAlt = 160 // characters
	longestID  = 40  // bytes
	mostProps  = 10
	farthest   = 200 // units from the floor's middle
)

// positions are those of a stretch; package routine has the same words.
var positions = []string{"standing", "seated", "long-sitting", "supine", "side-lying", "prone", "any"}

// Parse reads the file of a figure. Errors are of type strict.Errors and name
// the line, the limb and the joint: what is not TOML of this form, an angle that
// the joint does not have, a limb that does not reach its target. With the last
// two the figure comes back all the same, to be looked at.
func Parse(file, id string, data []byte) (*Figure, error) {
	doc, err := strict.Parse(file, data)
	if err != nil {
		return nil, err
	}
	f := &Figure{ID: id, View: Side, Rise: 0.5}
	f.Start.HipsAt = Point{Y: Thigh + Shank + Floor}
	if err := doc.Read(f.fields()); err != nil {
		return nil, err
	}
	if _, moves := doc.Find("end"); !moves {
		f.End = f.Start
	}
	if wrong := f.strained(doc); len(wrong) > 0 {
		return f, wrong
	}
	return f, nil
}

func (f *Figure) fields() strict.Fields {
	return strict.Fields{
		strict.Required("alt", strict.Words(&f.Alt, 1, longestAlt)),
		strict.Optional("view", strict.OneOf(&f.View, Side, Front, Above, Overhead)),
		strict.Optional("yaw", strict.Number(&f.Yaw, -180, 180)),
		strict.Optional("raise", strict.Number(&f.Raise, 0, 60)),
		strict.Optional("close_up", closeUp(&f.CloseUp)),
		strict.Required("muscles", strict.Some(&f.Muscles, Muscles()...)),
		strict.Optional("both", strict.Bool(&f.Both)),
		strict.Optional("cycle", strict.Duration(&f.Cycle, time.Second, 20*time.Second)),
		strict.Optional("rise", strict.Number(&f.Rise, 0.1, 0.9)),
		strict.Optional("round", strict.Number(&f.Round, 0, 30)),
		strict.Optional("pregnant", strict.Text(&f.Pregnant, 1, longestID)),
		strict.Optional("plain", strict.Words(&f.Plain, 1, longestAlt)),
		strict.Optional("stands_in", strict.Some(&f.StandsIn, positions...)),
		strict.Required("start", strict.Table(f.Start.fields())),
		strict.Optional("end", func(k strict.Key) strict.Errors {
			f.End = f.Start // what is not said is as it was
			return strict.Table(f.End.fields())(k)
		}),
		strict.Optional("prop", strict.Tables(&f.Props, mostProps, (*Prop).fields)),
	}
}

// fields reads a pose. "legs" and "arms" are said of both, the others of one.
func (p *Pose) fields() strict.Fields {
	return strict.Fields{
		strict.Optional("hips_at", point(&p.HipsAt)),
		strict.Optional("trunk", strict.Number(&p.Trunk, -100, 100)),
		strict.Optional("bow", strict.Number(&p.Bow, -20, 40)),
		strict.Optional("head", strict.Number(&p.Head, -60, 60)),
		limb("legs", p.Legs[Worked].fields(), p.Legs[Other].fields()),
		limb("worked", p.Legs[Worked].fields()),
		limb("other", p.Legs[Other].fields()),
		limb("arms", p.Arms[Worked].fields(), p.Arms[Other].fields()),
		limb("worked_arm", p.Arms[Worked].fields()),
		limb("other_arm", p.Arms[Other].fields()),
		strict.Optional("breath", strict.Number(&p.Breath, 0, 5)),
	}
}

// limb reads one table into one or two limbs. Its errors name the limb with the
// joint: worked.knee.
func limb(name string, into ...strict.Fields) strict.Field {
	return strict.Optional(name, func(k strict.Key) strict.Errors {
		var wrong strict.Errors
		for _, fields := range into {
			wrong = strict.Table(fields)(k)
		}
		for _, e := range wrong {
			if e.Key != name {
				e.Key = name + "." + e.Key
			}
		}
		return wrong
	})
}

// The limits of the joints are those of a healthy adult (evidence, 4a). Angles
// and targets exclude each other; the later word of a pose counts.
func (l *Leg) fields() strict.Fields {
	free := func() (string, string) { l.AnkleAt, l.AnkleOn = nil, ""; return "", "" }
	return strict.Fields{
		strict.Optional("hip", strict.Number(&l.Hip, -hyperextension, mostHip).And(free)),
		strict.Optional("knee", strict.Number(&l.Knee, 0, mostKnee).And(free)),
		strict.Optional("out", strict.Number(&l.Out, -20, mostOut)),
		strict.Optional("ankle_at", target(&l.AnkleAt, &l.AnkleOn)),
		strict.Optional("ankle_on", place(&l.AnkleOn, &l.AnkleAt)),
		strict.Optional("off", point(&l.Off)),
		strict.Optional("knee_to", target(&l.KneeTo, nil)),
		strict.Optional("ankle", strict.Number(&l.Ankle, -mostPlantar, mostDorsal).And(func() (string, string) {
			l.Pitch = nil
			return "", ""
		})),
		strict.Optional("pitch", pitch(&l.Pitch)),
		strict.Optional("mtp", strict.Number(&l.MTP, -35, mostMTP)),
		strict.Optional("turn", strict.Number(&l.Turn, -90, 90)),
		strict.Optional("roll", strict.Number(&l.Roll, -20, mostInversion)),
	}
}

func (a *Arm) fields() strict.Fields {
	free := func() (string, string) { a.PalmAt, a.PalmOn = nil, ""; return "", "" }
	return strict.Fields{
		strict.Optional("shoulder", strict.Number(&a.Shoulder, -60, 180).And(free)),
		strict.Optional("elbow", strict.Number(&a.Elbow, 0, mostElbow).And(free)),
		strict.Optional("out", strict.Number(&a.Out, -20, 90)),
		strict.Optional("palm_at", target(&a.PalmAt, &a.PalmOn)),
		strict.Optional("palm_on", place(&a.PalmOn, &a.PalmAt)),
		strict.Optional("off", point(&a.Off)),
		strict.Optional("elbow_to", target(&a.ElbowTo, nil)),
	}
}

func (p *Prop) fields() strict.Fields {
	return strict.Fields{
		strict.Required("kind", strict.OneOf(&p.Kind, Wall, Chair, Rail, Bed, Stool, Pillow, Roll, Ball, Strap, Ring, Arrow)),
		strict.Optional("at", point(&p.At)),
		strict.Optional("to", point(&p.To)),
		strict.Optional("via", point(&p.Via)),
		strict.Optional("back", strict.Number(&p.Back, 0, 60)),
		strict.Optional("size", strict.Number(&p.Size, 0.5, 20)),
		strict.Optional("from", place(&p.From, nil)),
		strict.Optional("tie", place(&p.Tie, nil)),
	}
}

// point takes [x, y] or [x, y, z].
func point(dst *Point) strict.Rule {
	var at []float64
	return strict.Numbers(&at, 2, 3, -farthest, farthest).And(func() (string, string) {
		*dst = Point{X: at[0], Y: at[1]}
		if len(at) == 3 {
			dst.Z = at[2]
		}
		return "", ""
	})
}

// target takes a point in place of a place on the body.
func target(dst **Point, instead *string) strict.Rule {
	var p Point
	return point(&p).And(func() (string, string) {
		at := p
		*dst = &at
		if instead != nil {
			*instead = ""
		}
		return "", ""
	})
}

// place takes the name of a place on the body, instead of a point.
func place(dst *string, instead **Point) strict.Rule {
	return strict.Text(dst, 1, 20).And(func() (string, string) {
		var s Skeleton
		if _, known := s.Place(*dst); !known {
			return say.Text("no place on a body"), placeNames()
		}
		if instead != nil {
			*instead = nil
		}
		return "", ""
	})
}

func placeNames() string {
	names := []string{}
	for name := range places {
		names = append(names, name)
	}
	slices.Sort(names)
	return say.Text("write belly, or worked or other with one of %s, as in \"worked.ball\"", strings.Join(names, ", "))
}

func pitch(dst **float64) strict.Rule {
	var deg float64
	return strict.Number(&deg, -180, 180).And(func() (string, string) {
		d := deg
		*dst = &d
		return "", ""
	})
}

func closeUp(dst **[4]float64) strict.Rule {
	var box []float64
	return strict.Numbers(&box, 4, 4, -farthest, farthest).And(func() (string, string) {
		if box[2] <= box[0] || box[3] <= box[1] {
			return say.Text("no room in it"), say.Text("write left, bottom, right, top")
		}
		*dst = (*[4]float64)(box)
		return "", ""
	})
}

// samples are the shares of the way at which a figure is checked.
const samples = 20

// strained says where a limb does not reach its target or a joint is bent
// farther than it goes, in the start pose or on the way to the end pose.
func (f *Figure) strained(doc *strict.Doc) strict.Errors {
	seen, worst := map[string]*strict.Error{}, map[string]float64{}
	for i := range samples + 1 {
		s := f.At(float64(i) / samples)
		pose := "start"
		if _, moves := doc.Find("end"); moves && i > 0 {
			pose = "end"
		}
		for _, c := range s.strains() {
			if _, before := seen["start."+c.limb+"."+c.joint]; before && i < samples {
				continue // on the way from a pose that cannot be held
			}
			span, _ := doc.Find(pose, c.limb)
			if span.First == 0 {
				span, _ = doc.Find(pose)
			}
			e := &strict.Error{File: doc.File, Line: span.First, Key: pose + "." + c.limb + "." + c.joint, Problem: c.problem, Allowed: c.allowed}
			if c.by > worst[e.Key] {
				seen[e.Key], worst[e.Key] = e, c.by
			}
		}
	}
	var wrong strict.Errors
	for _, e := range seen {
		wrong = append(wrong, e)
	}
	slices.SortFunc(wrong, func(a, b *strict.Error) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key)) })
	return wrong
}
