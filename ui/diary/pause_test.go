package diary_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lull/routine/journal"
	"lull/ui/uitest"
)

// erase empties the field in hand.
func (s *sitting) erase() {
	s.t.Helper()
	for range len("2026-11-22") {
		s.keys("backspace")
	}
}

func TestNightsAreSetAsideFromTheNightInHand(t *testing.T) {
	to := back(3)
	for _, c := range []struct {
		last string // typed over the last night; - leaves it
		want journal.Paused
	}{
		{"-", journal.Paused{From: back(3), To: &to}},
		{"", journal.Paused{From: back(3)}},
	} {
		s := sit(t, uitest.Session(9, journal.Complete))
		s.keys("down", "down", "down", "p")
		s.sees("first night 2026-11-19", "last night  2026-11-19")
		s.keys("down")
		if c.last != "-" {
			s.erase()
		}
		do := s.keys("enter")
		if diff := cmp.Diff([]journal.Fact{c.want}, uitest.Recorded(do)); diff != "" || !do.Pop {
			t.Errorf("%q: %s", c.last, diff)
		}
	}
}

func TestAPauseThatCannotBeIsSaid(t *testing.T) {
	to := back(5)
	paused := uitest.Fact(6, journal.Paused{From: back(6), To: &to})
	for _, c := range []struct{ field, text, want string }{
		{"first night", "", "first night: write it as 2026-11-22"},
		{"first night", "soon", "first night: \"soon\" is not a day"},
		{"last night", "2026-11-01", "the pause ends on 2026-11-01, before it starts"},
		{"first night", "2026-11-17", "some of these nights are set aside already"},
	} {
		s := sit(t, paused, uitest.Session(9, journal.Complete))
		s.keys("down", "p")
		if c.field == "last night" {
			s.keys("down")
		}
		s.erase()
		s.typed(c.text)
		uitest.Nothing(t, s.keys("enter"))
		uitest.Reads(t, s.frame(), c.want)
	}
}

func TestANightThatIsSetAsideIsNotSetAsideTwice(t *testing.T) {
	to := back(1)
	s := sit(t, uitest.Fact(3, journal.Paused{From: back(3), To: &to}), uitest.Session(9, journal.Complete))
	s.keys("down", "p")
	s.sees("first night "+back(3).String(), "last night  "+back(1).String())
	if do := s.keys("enter"); do.Records != nil || do.Say != "nothing was changed" {
		t.Errorf("it asked for %+v", do)
	}
}

func TestAPauseStillToComeIsFoundAgain(t *testing.T) {
	to := back(-9)
	s := sit(t, uitest.Fact(0, journal.Paused{From: back(-5), To: &to}), uitest.Session(9, journal.Complete))
	s.keys("down", "p")
	s.sees("first night "+back(-5).String(), "last night  "+back(-9).String())
}

func TestAPauseIsNotStretchedOverAnother(t *testing.T) {
	to, other := back(2), back(6)
	e := uitest.Fact(3, journal.Paused{From: back(3), To: &to})
	s := opened(t, 3, e, uitest.Fact(7, journal.Paused{From: back(7), To: &other}), uitest.Session(9, journal.Complete))
	s.keys("e")
	s.erase()
	s.typed(back(7).String())
	uitest.Nothing(t, s.keys("enter"))
	uitest.Reads(t, s.frame(), "set aside already")
}

func TestAPauseThatIsEmptiedIsRemoved(t *testing.T) {
	e := uitest.Fact(3, journal.Paused{From: back(3)})
	s := opened(t, 2, e)
	s.keys("e")
	s.erase()
	do := s.keys("enter")
	if len(do.Records) != 1 || do.Records[0].Takeback == nil || do.Records[0].Takeback.ID != e.ID {
		t.Errorf("it asked for %+v", do)
	}
}

func TestAPauseIsChangedAndEndedOnItsNight(t *testing.T) {
	e := uitest.Fact(3, journal.Paused{From: back(3)})
	s := opened(t, 2, e)
	s.keys("e")
	if do := s.keys("enter"); do.Records != nil || do.Say != "nothing was changed" {
		t.Errorf("unchanged it asked for %+v", do)
	}
	s = opened(t, 2, e)
	s.keys("e", "down")
	s.typed(back(1).String())
	do := s.keys("enter")
	last := back(1)
	want := map[string]any{"from": back(3), "to": &last}
	if diff := cmp.Diff(want, patch(t, do, e)); diff != "" {
		t.Error(diff)
	}
}
