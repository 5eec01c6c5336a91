package diary_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lull/routine/journal"
	"lull/ui/diary"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// cabinet is the screen of the medicines.
func cabinet(t *testing.T, facts ...journal.Entry) *sitting {
	t.Helper()
	s := sit(t, facts...)
	s.s = diary.Medicines()
	return s
}

func TestAMedicineIsWrittenDownInThePersonsOwnWords(t *testing.T) {
	s := cabinet(t)
	s.sees("None yet. a adds one.")
	uitest.Reads(t, s.frame(), "Do not stop one on your own.")
	s.keys("a")
	s.typed("the little white ones")
	do := s.keys("enter")
	want := []journal.Fact{journal.Medicine{Name: "the little white ones", From: back(0)}}
	if diff := cmp.Diff(want, uitest.Recorded(do)); diff != "" || !do.Pop {
		t.Error(diff)
	}
}

func TestAMedicineIsEndedChangedAndTakenOut(t *testing.T) {
	e := uitest.Fact(40, journal.Medicine{Name: "amlodipine", From: back(90)})
	s := cabinet(t, e)
	s.sees("the medicine amlodipine, since 2026-08-24")
	if do := s.keys("x"); len(do.Records) != 1 || do.Records[0].Takeback.ID != e.ID {
		t.Errorf("x asked for %+v", do.Records)
	}
	s.keys("e", "down", "down")
	s.typed(back(3).String())
	last := back(3)
	if diff := cmp.Diff(map[string]any{"name": "amlodipine", "from": back(90), "to": &last}, patch(t, s.keys("enter"), e)); diff != "" {
		t.Error(diff)
	}
	s = cabinet(t, e)
	s.keys("e")
	if do := s.keys("enter"); do.Records != nil || do.Say != "nothing was changed" {
		t.Errorf("it asked for %+v", do)
	}
}

func TestAMedicineThatCannotBeIsSaid(t *testing.T) {
	for _, c := range []struct{ name, since, until, want string }{
		{"", "2026-11-01", "", "name is missing"},
		{"x", "", "", "since: write it as"},
		{"x", "2026-11-02", "2026-11-01", "it ends on 2026-11-01, before it starts"},
	} {
		s := cabinet(t)
		s.keys("a")
		s.typed(c.name)
		s.keys("down")
		s.erase()
		s.typed(c.since)
		s.keys("down")
		s.typed(c.until)
		uitest.Nothing(t, s.keys("enter"))
		uitest.Reads(t, s.frame(), c.want)
	}
}

func TestTheMedicinesKeepToEverySize(t *testing.T) {
	for _, facts := range [][]journal.Entry{nil, {uitest.Fact(3, journal.Medicine{Name: "a name that somebody made up and that is very long indeed, \x1b[2J", From: back(3)})}} {
		uitest.Sweep(t, uitest.World(t, 80, 22, facts...), func() screen.Screen { return diary.Medicines() })
	}
}
