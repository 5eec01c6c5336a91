package cues_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lull/assets"
	"lull/routine"
	"lull/routine/cues"
	"lull/routine/say"
	"lull/routine/session"
)

func library(t *testing.T) *routine.Library {
	t.Helper()
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// heard is a cue and the time in the session at which it was due.
type heard struct {
	at  time.Duration
	cue cues.Cue
}

// listen runs a routine to its end, by the state's own moments, and gives
// every cue.
func listen(t *testing.T, teller cues.Teller, r routine.Routine) []heard {
	t.Helper()
	var all []heard
	state, now := session.New(session.Compile(r)), 100*time.Hour
	in := session.Input(session.Start{})
	for {
		next, events := state.Apply(in, now)
		state, in = next, session.Tick{}
		if c := teller.Of(events, state.View().Phase, now); c != (cues.Cue{}) {
			all = append(all, heard{state.View().Ran, c})
		}
		if state.Due() == 0 {
			return all
		}
		now += state.Due()
	}
}

func said(all []heard) []string {
	var out []string
	for _, h := range all {
		if h.cue.Words != "" {
			out = append(out, h.at.String()+" "+h.cue.Words)
		}
	}
	return out
}

func tones(all []heard) []string {
	var out []string
	for _, h := range all {
		if h.cue.Tone != "" {
			out = append(out, h.at.String()+" "+string(h.cue.Tone))
		}
	}
	return out
}

// short is a routine with everything in it: a start, a rest, a switch, another
// stretch, and a hold that has a half time.
func short() routine.Routine {
	return routine.Routine{ID: "short", Steps: []routine.Step{
		{Stretch: "wall-calf", Hold: 20 * time.Second, Reps: 1, Order: routine.LeftThenRight, Gap: 5 * time.Second, SetUp: 10 * time.Second},
		{Stretch: "butterfly", Hold: 5 * time.Second, Reps: 2, Order: routine.Together, Gap: 5 * time.Second, SetUp: 5 * time.Second},
	}}
}

func TestWhatIsSaidByAmount(t *testing.T) {
	lib := library(t)
	for amount, want := range map[cues.Amount]string{
		cues.Off: "",
		cues.Counts: `20s Halfway.|27s Three.|28s Two.|29s One.|45s Halfway.|52s Three.|53s Two.|54s One.|` +
			`1m2s Three.|1m3s Two.|1m4s One.|1m12s Three.|1m13s Two.|1m14s One.|1m15s Done. That was the last.`,
		cues.Names: `0s Wall calf stretch, straight knee. Left leg.|10s Hold.|30s Switch. Right leg.|35s Hold.|` +
			`55s Next: Butterfly.|1m0s Hold.|1m5s Rest.|1m10s Hold.|1m15s Done. That was the last.`,
		cues.Full: `0s Wall calf stretch, straight knee. Left leg. Face a wall, palms on it at chest height, one foot a step behind.|` +
			`10s Hold.|20s Halfway.|27s Three.|28s Two.|29s One.|30s Switch to your right leg.|` +
			`35s Hold.|45s Halfway.|52s Three.|53s Two.|54s One.|55s Next: Butterfly. Sit tall and let your knees drop outward.|` +
			`1m0s Hold.|1m2s Three.|1m3s Two.|1m4s One.|1m5s Rest. Same again.|1m10s Hold.|1m12s Three.|1m13s Two.|1m14s One.|` +
			`1m15s Done. That was the last.`,
	} {
		got := strings.Join(said(listen(t, cues.Teller{Library: lib, Amount: amount, Rate: cues.UsualRate}, short())), "|")
		if diff := cmp.Diff(strings.Split(want, "|"), strings.Split(got, "|")); diff != "" {
			t.Errorf("%s: %s", amount, diff)
		}
	}
}

func TestTonesAreTheSameWhateverIsSaid(t *testing.T) {
	want := []string{"0s switch", "10s start", "20s halfway", "30s switch", "35s start", "45s halfway", "55s switch",
		"1m0s start", "1m5s switch", "1m10s start", "1m15s done"}
	for _, amount := range cues.Amounts {
		if diff := cmp.Diff(want, tones(listen(t, cues.Teller{Library: library(t), Amount: amount}, short()))); diff != "" {
			t.Errorf("%s: %s", amount, diff)
		}
	}
}

func TestARoutineThatBeginsWithAHoldNamesItAtOnce(t *testing.T) {
	r, _ := library(t).Routine("trial")
	got := said(listen(t, cues.Teller{Library: library(t), Amount: cues.Names, Rate: cues.UsualRate}, r))
	if got[0] != "0s Wall calf stretch, straight knee. Right leg. Hold." {
		t.Errorf("it begins with %q", got[0])
	}
	if got[2] != "15s Hold." {
		t.Errorf("the second hold begins with %q", got[2])
	}
}

// Whoever is told a name needs the leg as well, and nothing may still be spoken
// when the next cue comes.
func TestInEveryRoutineACueIsOverBeforeTheNext(t *testing.T) {
	lib := library(t)
	for _, rate := range []int{cues.SlowestRate, cues.UsualRate, cues.FastestRate} {
		for _, amount := range cues.Amounts {
			teller := cues.Teller{Library: lib, Amount: amount, Rate: rate}
			for _, r := range lib.Routines() {
				var last heard
				for _, h := range listen(t, teller, r) {
					if h.cue.Words == "" {
						continue
					}
					if over := last.at + teller.Takes(last.cue.Words); last.cue.Words != "" && over > h.at {
						t.Errorf("%s at %d words a minute: %q is cut off by %q at %v", r.ID, rate, last.cue.Words, h.cue.Words, h.at)
					}
					last = h
				}
			}
		}
	}
}

func TestOnlyWhatComesBeforeAHoldIsLongerThanSixWords(t *testing.T) {
	lib := library(t)
	for _, r := range lib.Routines() {
		for _, h := range listen(t, cues.Teller{Library: lib, Amount: cues.Full, Rate: cues.UsualRate}, r) {
			first := h.at == 0
			next := strings.HasPrefix(h.cue.Words, "Next: ")
			if n := len(strings.Fields(h.cue.Words)); n > 6 && !first && !next {
				t.Errorf("%s: %q", r.ID, h.cue.Words)
			}
		}
	}
}

// walk is a session that inputs are put to.
type walk struct {
	teller cues.Teller
	state  session.State
	now    time.Duration
}

func (w *walk) do(after time.Duration, in session.Input) cues.Cue {
	w.now += after
	next, events := w.state.Apply(in, w.now)
	w.state = next
	return w.teller.Of(events, next.View().Phase, w.now)
}

func begin(t *testing.T, amount cues.Amount) *walk {
	w := &walk{teller: cues.Teller{Library: library(t), Amount: amount, Rate: cues.UsualRate}, state: session.New(session.Compile(short()))}
	w.do(0, session.Start{})
	return w
}

func TestWhatAPersonDoesIsAnswered(t *testing.T) {
	w := begin(t, cues.Full)
	for _, c := range []struct {
		after time.Duration
		in    session.Input
		words string
		tone  cues.Tone
		hush  bool
	}{
		{2 * time.Second, session.Pause{}, "Paused.", "", true},
		{time.Second, session.Skip{}, "Wall calf stretch, straight knee. Left leg.", "", true}, // it stands: nothing begins
		{time.Second, session.Resume{}, "Going on in three.", "", false},
		{3 * time.Second, session.Tick{}, "Hold.", cues.Start, false},
		{time.Second, session.Skip{}, "Switch to your right leg.", cues.Switch, true},
		{time.Second, session.Easier{Stretch: "seated-towel-calf"}, "Easier: Chair calf stretch with strap. Right leg.", cues.Switch, true},
		{20 * time.Second, session.Tick{}, "Paused.", cues.Switch, true},
		{time.Second, session.Leave{}, "", "", true},
	} {
		got := w.do(c.after, c.in)
		if !strings.HasPrefix(got.Words, c.words) || c.words == "" && got.Words != "" || got.Tone != c.tone || got.Hush != c.hush || got.Age != 0 {
			t.Errorf("%T: %+v, want %+v", c.in, got, c)
		}
	}
}

func TestALateTickTellsTheNewestAndHowOldItIs(t *testing.T) {
	w := begin(t, cues.Full)
	w.do(4900*time.Millisecond, session.Tick{})
	w.do(4900*time.Millisecond, session.Tick{})
	got := w.do(500*time.Millisecond, session.Tick{})
	if got.Words != "Hold." || got.Age != 300*time.Millisecond {
		t.Errorf("it tells %+v", got)
	}
}

// A name from a person's own file is words and nothing else.
func TestNothingOfAFileIsAnOrderToTheSpeechProgram(t *testing.T) {
	lib := library(t)
	err := lib.Add("odd.toml", []byte("name = \"odd\"\n[[step]]\nstretch = \"own\"\n[[stretch]]\nid = \"own\"\n"+
		"name = \"-w /etc/x [[volm 9]] <audio src='y'/> $(z); `q`\"\nposition = \"any\"\nhold = \"10s\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	r, _ := lib.Routine("odd")
	first := listen(t, cues.Teller{Library: lib, Amount: cues.Names, Rate: cues.UsualRate}, r)[0].cue.Words
	if strings.ContainsAny(first, "[]<>$`/(){}\\|&\"") || strings.HasPrefix(first, "-") {
		t.Errorf("it says %q", first)
	}
}

// Every cue comes from the catalogue: in the strange language no word is plain,
// and in Spanish each has its own.
func TestCuesAreInTheLanguageOfThePerson(t *testing.T) {
	plain := regexp.MustCompile(`[A-Za-z]{2,}`)
	for _, amount := range cues.Amounts {
		say.Use(say.Pseudo())
		t.Cleanup(func() { say.Use(nil) })
		teller := cues.Teller{Library: library(t), Amount: amount, Rate: cues.UsualRate}
		for _, words := range said(listen(t, teller, short())) {
			_, words, _ = strings.Cut(words, " ")
			if w := plain.FindString(words); w != "" {
				t.Errorf("%s: %q of %q came from no catalogue", amount, w, words)
			}
		}
	}
	es, err := say.Open(assets.Files, "es")
	if err != nil {
		t.Fatal(err)
	}
	say.Use(es)
	teller := cues.Teller{Library: library(t), Amount: cues.Full, Rate: cues.UsualRate}
	got := strings.Join(said(listen(t, teller, short())), "\n")
	for _, want := range []string{"Cambia a la derecha.", "Tres.", "Mantén.", "Mitad.", "Listo. Era lo último."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said:\n%s", want, got)
		}
	}
}

func TestMovingAndBreathingAreNotCalledHolding(t *testing.T) {
	lib := library(t)
	r, ok := lib.Routine("gentle")
	if !ok {
		t.Fatal("there is no routine Gentle")
	}
	for _, amount := range []cues.Amount{cues.Names, cues.Full} {
		words := said(listen(t, cues.Teller{Library: lib, Amount: amount, Rate: cues.UsualRate}, r))
		all := strings.Join(words, "\n")
		if strings.Contains(all, "Hold") || !strings.Contains(all, "Move.") || !strings.Contains(all, "Breathe.") {
			t.Errorf("%s: it says\n%s", amount, all)
		}
	}
}

// Going on with a session that was left takes longer than three seconds, and it
// is said with what.
func TestALongCountIsAnnouncedAsLongAsItIs(t *testing.T) {
	w := begin(t, cues.Names)
	w.do(4*time.Second, session.Tick{})
	state, err := session.Restore(w.state.Snapshot(), 12*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	w.state = state
	if got := w.do(0, session.Resume{}).Words; got != "Wall calf stretch, straight knee. Left leg. Going on in 12 seconds." {
		t.Errorf("it says %q", got)
	}
}
