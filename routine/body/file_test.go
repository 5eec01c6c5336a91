package body_test

import (
	"strings"
	"testing"

	"lull/assets"
	"lull/routine/body"
)

const standing = `alt = "Standing, for a test of the reader."
muscles = ["soleus"]
[start]
hips_at = [30, 54]
legs = { ankle_at = [30, 4.8], pitch = 0 }
`

func TestAMistakeInAFigureNamesFileLineAndJoint(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{standing + "[end]\nworked = { knee = 150 }\n", `f.toml:7: worked.knee = 150: too large; write a number from 0 to 130`},
		{standing + "[end]\nother = { mtp = 95 }\n", `f.toml:7: other.mtp = 95: too large`},
		{standing + "[end]\nworked_arm = { elbow = -4 }\n", `f.toml:7: worked_arm.elbow = -4: too small`},
		{standing + "[end]\narms = { palm_on = \"nose\" }\n", `f.toml:7: arms.palm_on = "nose": no place on a body; write belly, or worked or other with one of ankle`},
		{standing + "[end]\nworked = { ankle_at = [90, 4.8] }\n", `f.toml:7: end.worked.ankle 27.6 units`},
		{standing + "[end]\nworked = { ankle_at = [30, 20], pitch = 70 }\n", `f.toml:7: end.worked.ankle bent to 90 degrees; this joint goes from -50 to 39`},
		{standing + "[end]\nworked = { nee = 10 }\n", `f.toml:7: worked.nee`},
		{strings.Replace(standing, "soleus", "solus", 1), `f.toml:2: muscles = "solus": not known here; write a list of adductors`},
		{strings.Replace(standing, "[30, 54]", "[30]", 1), `f.toml:4: hips_at`},
		{standing + "[[prop]]\nkind = \"sofa\"\n", `f.toml:7: kind = "sofa": not known here`},
		{"alt = \"x\"\n", `f.toml:1: start is missing from this file`},
	} {
		_, err := body.Parse("f.toml", "f", []byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("want %q in\n%v", c.want, err)
		}
	}
}

func TestAPoseSaysOnlyWhatDiffers(t *testing.T) {
	f, err := body.Parse("f.toml", "f", []byte(standing+"[end]\ntrunk = 10\nworked = { mtp = 30 }\n"))
	if err != nil {
		t.Fatal(err)
	}
	if f.End.Trunk != 10 || f.End.HipsAt != f.Start.HipsAt || f.End.Legs[body.Worked].MTP != 30 || f.Start.Legs[body.Worked].MTP != 0 ||
		f.End.Legs[body.Worked].AnkleAt == nil || f.End.Legs[body.Other].MTP != 0 {
		t.Errorf("%+v", f.End)
	}
	still, err := body.Parse("f.toml", "f", []byte(standing))
	if err != nil || still.At(0) != still.At(1) {
		t.Errorf("a figure of one pose moves, %v", err)
	}
}

func TestTheLibraryNamesWhatIsNear(t *testing.T) {
	_, err := body.Open(assets.Files).Figure("wall-claf")
	if err == nil || !strings.Contains(err.Error(), "did you mean wall-calf?") {
		t.Error(err)
	}
	if err := body.Open(assets.Files).Check(); err != nil {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	l := body.Open(assets.Files)
	for _, id := range l.IDs() {
		data, err := assets.Files.ReadFile("figures/" + id + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fig, err := body.Parse("f.toml", "f", data)
		if err != nil && strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' && r != '\n' }) {
			t.Errorf("the error holds what cannot be seen: %q", err)
		}
		if err == nil {
			for _, k := range []float64{-1, 0, 0.3, 1, 2} {
				fig.At(k)
			}
		}
	})
}
