package player_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/sitting"
	"lull/ui/player"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// sitter is a session in fake time: commands run beside it and their messages
// come back, late and stale ones too, as they do in the program.
type sitter struct {
	t       *testing.T
	w       screen.World
	p       screen.Screen
	started time.Time
	msgs    chan tea.Msg
	dos     []screen.Do // all it asked for, in order
}

// during runs a test in fake time, until the last tick has come.
func during(t *testing.T, test func(*testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * time.Second)
		test(t)
	})
}

// sit waits before a routine: on its ready page.
func sit(t *testing.T, w screen.World, id string) *sitter {
	t.Helper()
	r, ok := w.Library.Routine(id)
	if !ok {
		t.Fatalf("no routine %s", id)
	}
	return &sitter{t: t, w: w, p: player.Ready(w, r), started: time.Now(), msgs: make(chan tea.Msg, 1000)}
}

// begin is a session in which as much of the lead-in is over as the routine
// itself does not ask for.
func begin(t *testing.T, w screen.World, id string) *sitter {
	t.Helper()
	s := start(t, w, id)
	r, _ := w.Library.Routine(id)
	s.run(w.PlanOf(r).Routine.Steps[0].SetUp - r.Steps[0].SetUp + time.Millisecond)
	return s
}

// start is a session whose first second runs.
func start(t *testing.T, w screen.World, id string) *sitter {
	t.Helper()
	s := sit(t, w, id)
	s.press("space")
	if _, ok := s.p.(*player.Player); !ok {
		t.Fatalf("it did not begin: %+v", s.dos)
	}
	return s
}

// again is a session that is gone on with.
func again(t *testing.T, w screen.World, u sitting.Unfinished) *sitter {
	t.Helper()
	p, err := player.Resume(w, u)
	if err != nil {
		t.Fatal(err)
	}
	return &sitter{t: t, w: w, p: p, started: time.Now(), msgs: make(chan tea.Msg, 1000)}
}

// world is the evening at this moment.
func (s *sitter) world() screen.World {
	w := s.w
	w.Steady = time.Since(s.started)
	w.Now = uitest.Evening.Add(w.Steady)
	return w
}

func (s *sitter) send(msg tea.Msg) screen.Do {
	do := s.p.Update(s.world(), msg)
	s.dos = append(s.dos, do)
	if do.Replace != nil {
		s.p = do.Replace
	}
	if do.Cmd != nil {
		go func() { s.msgs <- do.Cmd() }()
	}
	return do
}

func (s *sitter) press(keys ...string) screen.Do {
	var do screen.Do
	for _, k := range keys {
		do = s.send(uitest.Press(k))
	}
	return do
}

// run lets time pass while the session is attended to.
func (s *sitter) run(d time.Duration) {
	over := time.After(d)
	for {
		select {
		case msg := <-s.msgs:
			s.send(msg)
		case <-over:
			return
		}
	}
}

// sleep lets time pass unattended: a closed lid.
func (s *sitter) sleep(d time.Duration) { time.Sleep(d) }

func (s *sitter) frame() string { return s.p.Draw(s.world()) }

func (s *sitter) see(texts ...string) {
	s.t.Helper()
	uitest.Sees(s.t, s.frame(), texts...)
}

func (s *sitter) miss(texts ...string) {
	s.t.Helper()
	uitest.Misses(s.t, s.frame(), texts...)
}

// records are all the records it asked for so far.
func (s *sitter) records() []screen.Record {
	var all []screen.Record
	for _, do := range s.dos {
		all = append(all, do.Records...)
	}
	return all
}

// note is the last note it asked for.
func (s *sitter) note() *screen.Note {
	var last *screen.Note
	for _, do := range s.dos {
		if do.Note != nil {
			last = do.Note
		}
	}
	return last
}

// unfinished reads a note as the program does.
func unfinished(t *testing.T, n *screen.Note) sitting.Unfinished {
	t.Helper()
	if n == nil || n.Name != sitting.Note {
		t.Fatalf("the note is %+v", n)
	}
	var u sitting.Unfinished
	if err := json.Unmarshal(n.Text, &u); err != nil {
		t.Fatalf("the note %q: %v", n.Text, err)
	}
	return u
}

// stretched is the one session recorded.
func stretched(t *testing.T, records []screen.Record) journal.Stretched {
	t.Helper()
	if len(records) != 1 {
		t.Fatalf("recorded %+v", records)
	}
	f, ok := records[0].Fact.(journal.Stretched)
	if !ok {
		t.Fatalf("recorded %+v", records[0])
	}
	return f
}

// welcomed is a world in which the first card was read.
func welcomed(t *testing.T, width, height int, facts ...journal.Entry) screen.World {
	t.Helper()
	return uitest.World(t, width, height, append(facts, uitest.Fact(3, journal.Seen{Card: review.FirstCard}))...)
}

func TestTheCautionsOfTheAnswersShowBeforeAHold(t *testing.T) {
	during(t, func(t *testing.T) {
		for _, size := range [][2]int{{40, 10}, {80, 22}, {120, 40}} {
			w := welcomed(t, size[0], size[1])
			w.Screening = routine.Screening{HipReplacement: routine.HipOlder, Knee: true}
			s := begin(t, w, "seated")
			there := func(text string) bool { return strings.Contains(uitest.Text(s.frame()), text) }
			for tries := 0; tries < 5 && !(there("step 2 of 4") && there("GET READY")); tries++ {
				s.press("right")
			}
			uitest.Fits(t, s.frame(), size[0], size[1])
			s.see("GET READY")
			if size[0] > 40 {
				uitest.Reads(t, s.frame(), "Lean back a little, so that the bend at your hip stays under a right angle. "+
					"Slide less far, and leave your hands off your thigh. Bend only as far as your knee allows without pain.")
			}
			for tries := 0; tries < 40 && !there("HOLD"); tries++ {
				s.run(time.Second)
			}
			uitest.Reads(t, s.frame(), "Slide one foot back under the seat less far, hands off your thigh.")
		}
	})
}

func TestSomebodyWhoComesStraightHereReadsTheFirstCard(t *testing.T) {
	w := uitest.World(t, 80, 40)
	r, _ := w.Library.Routine("trial")
	s := player.Ready(w, r)
	uitest.Sees(t, s.Draw(w), "It is not a medical device")
	do := s.Update(w, uitest.Press("space"))
	if len(do.Records) != 1 || do.Records[0].Fact != journal.Fact(journal.Seen{Card: review.FirstCard}) {
		t.Errorf("recorded %+v", do.Records)
	}
	w = welcomed(t, 80, 40)
	uitest.Misses(t, player.Ready(w, r).Draw(w), "It is not a medical device")
}
