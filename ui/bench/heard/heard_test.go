//go:build unix

package main

import (
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"lull/routine/cues"
	"lull/routine/session"
	"lull/ui/voice"
)

var short = sitting{routine: shortRoutine, amount: cues.Full, rate: cues.UsualRate}

// The real program leads through eleven seconds in real time. How late a cue is
// on a busy machine decides nothing here; that every one is accounted for, and
// that what is late is left out and listed, does.
func TestEveryCueIsASoundOfItsOwnOrListedAsLeftOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	speak, err := writer(dir, short.rate)
	if errors.Is(err, errNoEspeak) {
		t.Skip(err)
	}
	past, err := short.run(speak)
	if err != nil {
		t.Fatal(err)
	}
	files, err := sounds(dir)
	if err != nil {
		t.Fatal(err)
	}
	heard, _ := match(past, files)
	if len(past.outcomes) != len(past.asked) {
		t.Errorf("asked for %+v, and there came of it %+v", past.asked, past.outcomes)
	}
	asExpected(t, past)
	late := 0
	for _, o := range past.outcomes {
		switch o.Ending {
		case voice.TooLate, voice.Overtaken:
			late++
			t.Logf("left out: %q", o.What)
		case voice.CutOff:
			t.Logf("cut off: %q", o.What)
		case voice.Failed, voice.TooLong:
			t.Errorf("%+v", o)
		}
		if !o.Begun.IsZero() && o.Begun.Before(o.Due) {
			t.Errorf("it began before its moment: %+v", o)
		}
	}
	if late == 0 && len(heard) == 0 {
		t.Error("nothing was heard and nothing left out")
	}
	for _, h := range heard {
		t.Logf("%4d ms after its moment, for %4d ms: %s", h.from.Sub(h.due).Milliseconds(), h.long.Milliseconds(), h.words)
	}
	for _, p := range judge(heard) {
		t.Log("on an idle machine that would be wrong: ", p)
	}
}

// asExpected wants the cues of the routine at its moments. A machine so busy
// that a tick comes when the next is due loses a cue, which is told.
func asExpected(t *testing.T, past sat) {
	t.Helper()
	problems, passed := asAsked(short, past, session.MaxGap)
	for _, p := range problems {
		t.Error(p)
	}
	for _, words := range passed {
		t.Logf("left out, as its tick came late: %q", words)
	}
}

// A session that waited for its speech program would pause itself, or have its
// moments elsewhere.
func TestASessionKeepsItsTimeWhateverItsSpeechProgramDoes(t *testing.T) {
	t.Parallel()
	type result struct {
		past sat
		err  error
	}
	results := make([]chan result, len(badPrograms))
	for i, b := range badPrograms { // at once: it is real time that goes by
		speak, err := b.write(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		results[i] = make(chan result, 1)
		go func() {
			past, err := short.run(speak)
			results[i] <- result{past, err}
		}()
	}
	for i, b := range badPrograms {
		r := <-results[i]
		t.Run(b.name, func(t *testing.T) {
			if r.err != nil {
				t.Fatal(r.err)
			}
			asExpected(t, r.past)
			median, worst := r.past.late()
			t.Logf("ticks after their moment: median %v, worst %v", median, worst)
		})
	}
}

func TestJudgingFindsWhatIsLateAndWhatOverlaps(t *testing.T) {
	at := func(ms int) time.Time { return time.UnixMilli(int64(ms)) }
	good := []one{{"a", at(0), at(40), time.Second}, {"b", at(1500), at(1600), time.Second}}
	if got := judge(good); len(got) != 0 {
		t.Errorf("good: %v", got)
	}
	late, long := slices.Clone(good), slices.Clone(good)
	late[1].from = at(1651)
	long[0].long = 1561 * time.Millisecond
	for name, heard := range map[string][]one{"late": late, "long": long} {
		if got := judge(heard); len(got) != 1 {
			t.Errorf("%s: %v", name, got)
		}
	}
	past := sat{asked: []asked{{words: "a"}, {words: "b"}}, outcomes: []voice.Outcome{{What: "a", Begun: at(3000), Took: time.Second, Ending: voice.Ended}}}
	if _, got := match(past, []sound{{words: "c"}}); len(got) != 3 {
		t.Errorf("lost, silent and unasked: %v", got)
	}
	past.asked = past.asked[:1]
	if heard, got := match(past, []sound{{"a", at(1000), 0}, {"a", at(3040), 5}}); len(got) != 1 || len(heard) != 1 || heard[0].long != 5 {
		t.Errorf("of two files that say the same: %v, %v", heard, got)
	}
	report(io.Discard, past, nil)
}
