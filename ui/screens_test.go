package ui_test

import (
	"testing"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/relief"
	"lull/ui"
	"lull/ui/cramp"
	"lull/ui/player"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// years are a few weeks of every kind of night.
func years() []journal.Entry {
	to := journal.DefaultCalendar.Night(uitest.Evening) - 10
	facts := []journal.Entry{uitest.Fact(12, journal.Paused{From: to - 2, To: &to}), uitest.Fact(1, journal.Cramped{}), uitest.Fact(2, journal.Quiet{})}
	for ago := range 60 {
		switch {
		case ago%7 == 3:
		case ago%5 == 2:
			facts = append(facts, uitest.Session(ago, journal.Partial))
		default:
			facts = append(facts, uitest.Session(ago, journal.Complete))
		}
	}
	return append(facts, uitest.Fact(0, journal.Ticked{Item: "glass-1", List: "water", ML: 250}),
		uitest.Fact(0, journal.Ticked{Item: "extra-1", List: "water", ML: 250}))
}

func TestEveryScreenKeepsToEverySize(t *testing.T) {
	worlds := map[string]screen.World{
		"nothing yet":  uitest.World(t, 80, 24),
		"after months": uitest.World(t, 80, 24, years()...),
	}
	pregnant := uitest.World(t, 80, 24, years()...)
	pregnant.Screening = routine.Screening{Pregnant: true, Falls: true, FluidLimit: true}
	worlds["screened"] = pregnant
	for name, w := range worlds {
		for i, tab := range ui.DefaultTabs() {
			t.Run(name+"/"+string(tab.Name), func(t *testing.T) {
				uitest.Sweep(t, w, func() screen.Screen { return ui.DefaultTabs()[i].Screen })
			})
		}
		full, _ := w.Library.Routine("full")
		for title, make := range map[string]func() screen.Screen{
			"ready":     func() screen.Screen { return player.Ready(w, full) },
			"signs":     func() screen.Screen { return safety.Signs() },
			"questions": func() screen.Screen { return safety.Questions(w) },
			"cramp now": func() screen.Screen { return cramp.Begin(w, relief.Request{}, false).Push },
		} {
			t.Run(name+"/"+title, func(t *testing.T) { uitest.Sweep(t, w, make) })
		}
	}
}
