package routine_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"lull/assets"
	"lull/routine"
	"lull/routine/strict"
)

func open(t testing.TB) *routine.Library {
	t.Helper()
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func TestEveryFileOfTheLibraryCanBeRead(t *testing.T) {
	if err := open(t).Check(); err != nil {
		t.Error(err)
	}
}

// The library as evidence.md lists it: area, position, equipment, legs.
const evidence = `
wall-calf: calf standing wall one
wall-soleus: calf standing wall one
wall-lean: calf standing wall both
towel-calf: calf long-sitting towel one
towel-soleus: calf long-sitting towel one
seated-towel-calf: calf seated chair,towel one
heel-slide: calf seated chair one
ankle-pumps: calf,foot any - either
long-sit-both: calf,thigh long-sitting (towel) both
peroneal: calf,foot seated chair,(towel) one
heel-up-hamstring: thigh standing chair|stool,(wall) one
seated-hamstring: thigh seated chair one
supine-strap-hamstring: thigh supine towel one
standing-quad: thigh standing chair one
side-quad: thigh side-lying (towel) one
prone-quad: thigh prone towel one
split-hip-flexor: thigh standing chair one
edge-hip-flexor: thigh supine - one
butterfly: thigh seated - both
recline-butterfly: thigh supine - both
wide-knee: thigh seated chair both
toe-pull: foot seated chair one
towel-toes: foot seated chair,towel one
wall-toes: foot standing wall one
top-of-foot: foot seated chair one
ankle-circles: foot any - one
foot-roll: foot seated ball one
calm-breathing: calm any - both
`

func TestTheLibraryIsTheOneOfTheEvidenceInTheOrderOfAreas(t *testing.T) {
	var b strings.Builder
	b.WriteByte('\n')
	for _, st := range open(t).Stretches() {
		needs := join(st.Needs, ",")
		if len(st.OneOf) > 0 {
			needs = join(st.OneOf, "|")
		}
		if len(st.Optional) > 0 {
			needs = strings.TrimPrefix(needs+",("+join(st.Optional, ",")+")", ",")
		}
		if needs == "" {
			needs = "-"
		}
		legs := string(st.Sides)
		if legs == "" {
			legs = "one"
		}
		b.WriteString(st.ID + ": " + join(st.Areas, ",") + " " + string(st.Position) + " " + needs + " " + legs + "\n")
	}
	if diff := cmp.Diff(evidence, b.String()); diff != "" {
		t.Error(diff)
	}
}

func join[T ~string](words []T, by string) string {
	var out []string
	for _, w := range words {
		out = append(out, string(w))
	}
	return strings.Join(out, by)
}

func TestEveryStretchSaysAllThatAPersonNeeds(t *testing.T) {
	lib := open(t)
	places := map[int]string{}
	for _, st := range lib.Stretches() {
		if len(st.Muscles) == 0 && st.ID != "calm-breathing" {
			t.Errorf("%s works no muscle", st.ID)
		}
		for _, text := range [][]string{st.SetUp, st.Movement, st.Sources} {
			if len(text) == 0 {
				t.Errorf("%s lacks a text", st.ID)
			}
		}
		if utf8.RuneCountInString(st.Name) > 40 {
			t.Errorf("the name of %s is too long for a list", st.ID)
		}
		if st.Hold < 10*time.Second || st.Hold > time.Minute || st.Reps > 3 {
			t.Errorf("%s: %v × %d is outside what is advised", st.ID, st.Hold, st.Reps)
		}
		for _, source := range st.Sources {
			if !namesSource(source) {
				t.Errorf("%s: %q says neither whose it is nor that it is lull's", st.ID, source)
			}
		}
		if other, taken := places[st.Place]; taken {
			t.Errorf("%s has the place of %s", st.ID, other)
		}
		places[st.Place] = st.ID
	}
}

func namesSource(s string) bool {
	number := strings.TrimPrefix(s, "S")
	return number != s && strings.Trim(number[:1], "0123456789") == "" || strings.Contains(s, "lull's own")
}

func TestEasierStretchesEndSomewhere(t *testing.T) {
	lib := open(t)
	for _, st := range lib.Stretches() {
		for seen := []string{}; st.EasierID != ""; {
			if slices.Contains(seen, st.ID) {
				t.Fatalf("%v goes in a circle", seen)
			}
			seen = append(seen, st.ID)
			next, ok := lib.Stretch(st.EasierID)
			if !ok {
				t.Fatalf("%s: no stretch %s", st.ID, st.EasierID)
			}
			st = next
		}
	}
}

func TestOnlyTheStretchesOfTheTrialSaySo(t *testing.T) {
	var got []string
	for _, st := range open(t).Stretches() {
		if st.Trial {
			got = append(got, st.ID)
		}
	}
	if want := []string{"wall-calf", "long-sit-both", "heel-up-hamstring"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestNoFileClaimsACure(t *testing.T) {
	err := fs.WalkDir(assets.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.Files, name)
		text := strings.ToLower(string(data))
		for _, alias := range []string{`, "prevention"`, `, prevention"`} { // a word that people search for
			text = strings.Replace(text, alias, "", 1)
		}
		for _, word := range []string{"cure", "proven", "prevent", "guarantee", "clinically"} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %q", name, word)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpeningReadsNoFile(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{"stretches/a.toml", "routines/a.toml"} {
		files[name] = &fstest.MapFile{Data: []byte("= broken")}
	}
	lib, err := routine.Open(files)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := lib.Stretch("a"); ok {
		t.Error("a broken stretch was found")
	}
	if _, ok := lib.Routine("a"); ok {
		t.Error("a broken routine was found")
	}
	if err := lib.Check(); err == nil || !strings.Contains(err.Error(), "stretches/a.toml:1: ") || !strings.Contains(err.Error(), "routines/a.toml:1: ") {
		t.Errorf("check says %v", err)
	}
	if _, err := routine.Open(fstest.MapFS{"stretches/a.toml": {}}); err == nil {
		t.Error("a library without routines was opened")
	}
}

func TestAnIDCannotLeaveTheFolder(t *testing.T) {
	lib := open(t)
	for _, id := range []string{"", ".", "..", "../stretches/wall-calf", "/wall-calf", "wall-calf.toml", "\x00", strings.Repeat("a", 9999)} {
		if _, ok := lib.Stretch(id); ok {
			t.Errorf("%.30q is a stretch", id)
		}
		if _, ok := lib.Routine(id); ok {
			t.Errorf("%.30q is a routine", id)
		}
	}
}

func TestAPersonsRoutineJoinsTheLibrary(t *testing.T) {
	lib := open(t)
	add := func(file, text string) error { return lib.Add(file, []byte(text)) }
	mine := func(id string) string {
		return "name = \"mine\"\n[[step]]\nstretch = \"" + id + "\"\n[[stretch]]\nid = \"" + id + "\"\nname = \"sway\"\nposition = \"standing\"\nhold = \"20s\"\n"
	}
	if err := add("/home/x/routines/after-football.toml", mine("sway")); err != nil {
		t.Fatal(err)
	}
	if err := add("b.toml", mine("swing")); err != nil {
		t.Fatal(err)
	}
	if err := add("after-football.toml", mine("sway")); err != nil {
		t.Errorf("the same file again: %v", err)
	}
	all := lib.Routines()
	if tail := []string{all[len(all)-2].ID, all[len(all)-1].ID}; !slices.Equal(tail, []string{"after-football", "b"}) {
		t.Errorf("the list ends with %v", tail)
	}
	if st, ok := lib.Stretch("sway"); !ok || st.Source != "after-football.toml" {
		t.Errorf("%v %+v", ok, st)
	}
	if got := lib.Nearest("after-fotball"); got != "after-football" {
		t.Errorf("nearest is %q", got)
	}
	stretches := lib.Stretches()
	if last := stretches[len(stretches)-1].ID; last != "swing" {
		t.Errorf("the last stretch is %s", last)
	}
	for file, want := range map[string]string{
		"trial.toml":      `add the routine "trial.toml": lull has one called trial; rename the file`,
		"a\u202eb.toml":   `add the routine "a\u202eb.toml": the file's name cannot be shown; rename the file`,
		".toml":           `add the routine ".toml": the file's name cannot be shown; rename the file`,
		"c.toml":          `c.toml:5: id = "sway": already the name of a stretch in after-football.toml; choose another`,
		"quite-fine.toml": `quite-fine.toml:5: id = "sway": already the name of a stretch in after-football.toml; choose another`,
	} {
		if err := add(file, mine("sway")); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", file, err, want)
		}
	}
	if err := add("d.toml", "name = \"d\"\n[[step]]\nstretch = \"sway\"\n"); err == nil {
		t.Error("a routine relies on another file's stretch")
	}
}

func TestAFilterLeavesOnlyWhatFits(t *testing.T) {
	lib := open(t)
	const sitting, lying = routine.Seated, routine.LongSitting
	routines := func(f routine.Filter) (ids []string) {
		for _, p := range (routine.Screening{}).Plans(lib, f) {
			ids = append(ids, p.Routine.ID)
		}
		return ids
	}
	for _, c := range []struct {
		filter routine.Filter
		want   string
	}{
		{routine.Filter{}, "trial trial-seated trial-blocks quick standard full bed seated gentle pregnancy feet"},
		{routine.Filter{Positions: []routine.Position{sitting}}, "seated gentle"},
		{routine.Filter{Positions: []routine.Position{lying, routine.Supine, routine.SideLying}}, "trial-seated bed gentle"},
		{routine.Filter{Without: []routine.Equipment{routine.Towel, routine.Ball}}, "trial trial-seated trial-blocks quick standard full gentle"},
		{routine.Filter{Without: []routine.Equipment{routine.Chair}}, "trial trial-seated trial-blocks bed gentle"},
		{routine.Filter{Without: []routine.Equipment{routine.Chair, routine.Stool}}, "trial-seated bed gentle"},
		{routine.Filter{Areas: []routine.Area{routine.Calf, routine.Thigh}}, "trial trial-seated trial-blocks"},
		{routine.Filter{Areas: []routine.Area{routine.Calm}}, ""},
	} {
		if got := strings.Join(routines(c.filter), " "); got != c.want {
			t.Errorf("%+v: %s, want %s", c.filter, got, c.want)
		}
	}
	for _, st := range lib.StretchesFor(routine.Filter{Positions: []routine.Position{routine.Prone}}) {
		if st.Position != routine.Prone && st.Position != routine.AnyPosition {
			t.Errorf("%s is done %s", st.ID, st.Position)
		}
	}
}

func TestARoutineAsksForWhatItsStepsNeed(t *testing.T) {
	lib := open(t)
	for id, want := range map[string]string{
		"trial":        "wall,chair; calf,thigh; standing",
		"trial-seated": "; calf,thigh; long-sitting",
		"bed":          "towel; calf,thigh,foot; long-sitting,supine,side-lying,any",
		"seated":       "towel,chair; calf,thigh,foot; seated,any",
		"feet":         "wall,chair,ball; calf,thigh,foot; standing,seated,any",
	} {
		r, _ := lib.Routine(id)
		got := join(lib.Needs(r), ",") + "; " + join(lib.Areas(r), ",") + "; " + join(lib.Positions(r), ",")
		if got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

func TestEveryQuestionAndSignIsThere(t *testing.T) {
	s, err := open(t).Safety()
	if err != nil {
		t.Fatal(err)
	}
	for tier, want := range map[string]struct {
		routine.Tier
		letter string
		count  int
	}{
		"emergency": {s.Emergency, "E", 10}, "same day": {s.SameDay, "U", 9}, "doctor": {s.Doctor, "R", 13},
	} {
		if len(want.Signs) != want.count {
			t.Errorf("%s has %d signs, want %d", tier, len(want.Signs), want.count)
		}
		for _, sign := range want.Signs {
			if !strings.HasPrefix(sign.ID, want.letter) || len(sign.Text) == 0 || len(sign.Sources) == 0 {
				t.Errorf("%s: %+v", tier, sign)
			}
			if found, ok := s.Sign(sign.ID); !ok || !slices.Equal(found.Text, sign.Text) {
				t.Errorf("%s is there twice", sign.ID)
			}
		}
	}
	for _, q := range s.Questions {
		for _, id := range q.Signs {
			if _, ok := s.Sign(id); !ok {
				t.Errorf("%s names %s, which is not there", q.Key, id)
			}
		}
	}
	if !strict.Visible(s.Reminder) || len(s.Card) == 0 {
		t.Error("the card or the reminder is missing")
	}
}

func BenchmarkOpenAndReadTheTrial(b *testing.B) {
	for b.Loop() {
		lib := open(b)
		if _, ok := lib.Routine("trial"); !ok {
			b.Fatal("no trial")
		}
	}
}

func BenchmarkReadEverything(b *testing.B) {
	for b.Loop() {
		lib := open(b)
		if len(lib.Stretches()) != 28 || len(lib.Routines()) != 10 {
			b.Fatal("some are missing")
		}
	}
}

func BenchmarkFindAStretchAgain(b *testing.B) {
	lib := open(b)
	for b.Loop() {
		if _, ok := lib.Stretch("wall-calf"); !ok {
			b.Fatal("not there")
		}
	}
}
