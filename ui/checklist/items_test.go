package checklist_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"lull/routine/journal"
	"lull/routine/settings"
	"lull/ui/checklist"
	"lull/ui/uitest"
)

func TestAnItemIsAddedToTheListUnderTheCursor(t *testing.T) {
	w := short(t)
	s := checklist.New()
	uitest.Nothing(t, uitest.Keys(w, s, "a"))
	uitest.Sees(t, s.Draw(w), "Name and millilitres:")
	uitest.Type(w, s, "Big cup 200")
	do := uitest.Keys(w, s, "enter")
	want := []settings.Change{{Key: journal.WaterList, Items: []settings.Item{
		{ID: "mug", Name: "mug", ML: 300}, {ID: "soup", Name: "soup"}, {ID: "big-cup", Name: "Big cup", ML: 200},
	}}}
	if diff := cmp.Diff(want, do.Set); diff != "" {
		t.Error(diff)
	}
	uitest.Misses(t, s.Draw(w), "Name and millilitres:")
}

func TestABedtimeItemHasNoAmount(t *testing.T) {
	w := short(t)
	s := checklist.New()
	uitest.Keys(w, s, "G", "a")
	frame := s.Draw(w)
	uitest.Sees(t, frame, "Name:")
	uitest.Misses(t, frame, "millilitres")
	uitest.Type(w, s, "read 10")
	do := uitest.Keys(w, s, "enter")
	want := settings.Item{ID: "read-10", Name: "read 10"}
	if len(do.Set) != 1 || do.Set[0].Key != journal.BedtimeList || do.Set[0].Items[2] != want {
		t.Errorf("it asked for %+v", do.Set)
	}
}

func TestWhatIsTypedIsReadAsANameAndAnAmount(t *testing.T) {
	for typed, want := range map[string]settings.Item{
		"mug":              {ID: "mug-2", Name: "mug"},
		"mug 300":          {ID: "mug-2", Name: "mug", ML: 300},
		"mug 300ml":        {ID: "mug-2", Name: "mug", ML: 300},
		"mug 300 ml":       {ID: "mug-2", Name: "mug", ML: 300},
		"  tea   cup 0 ":   {ID: "tea-cup", Name: "tea cup"},
		"half past 8 2000": {ID: "half-past-8", Name: "half past 8", ML: 2000},
		"300":              {ID: "300", Name: "300"},
		"ml":               {ID: "ml", Name: "ml"},
		"кружка 250":       {ID: "item", Name: "кружка", ML: 250},
	} {
		w := short(t)
		s := checklist.New()
		uitest.Keys(w, s, "a")
		uitest.Type(w, s, typed)
		do := uitest.Keys(w, s, "enter")
		if len(do.Set) != 1 || do.Set[0].Items[2] != want {
			t.Errorf("%q was read as %+v", typed, do.Set)
		}
	}
}

func TestAnAmountThatCannotBeIsRefusedWithAWord(t *testing.T) {
	for typed, word := range map[string]string{
		"mug 2001": "2001 ml is not an amount for one item; it runs from 0 to 2000",
		"mug -5":   "-5 ml is not an amount",
		"":         "type a name, or press esc",
		"   ":      "type a name, or press esc",
	} {
		w := short(t)
		s := checklist.New()
		uitest.Keys(w, s, "a")
		uitest.Type(w, s, typed)
		uitest.Nothing(t, uitest.Keys(w, s, "enter"))
		uitest.Sees(t, s.Draw(w), word, "Name and millilitres:")
		uitest.Fits(t, s.Draw(w), 80, 24)
	}
}

func TestAnItemIsChangedInItsPlaceAndKeepsItsID(t *testing.T) {
	w := short(t)
	s := checklist.New()
	uitest.Keys(w, s, "e")
	uitest.Sees(t, s.Draw(w), "mug 300")
	uitest.Keys(w, s, "backspace", "backspace", "backspace")
	uitest.Type(w, s, "250")
	do := uitest.Keys(w, s, "enter")
	want := []settings.Item{{ID: "mug", Name: "mug", ML: 250}, {ID: "soup", Name: "soup"}}
	if diff := cmp.Diff(want, do.Set[0].Items); diff != "" {
		t.Error(diff)
	}
}

func TestEscLeavesAnItemAsItWas(t *testing.T) {
	w := short(t)
	s := checklist.New()
	uitest.Keys(w, s, "e")
	uitest.Type(w, s, "xyz")
	uitest.Nothing(t, uitest.Keys(w, s, "esc"))
	uitest.Misses(t, s.Draw(w), "xyz", "millilitres")
	if s.Takes() {
		t.Error("it still takes letters")
	}
}

func TestLettersGoToTheFieldAndToNothingElse(t *testing.T) {
	w := short(t)
	s := checklist.New()
	if s.Takes() {
		t.Fatal("it takes letters with no field open")
	}
	uitest.Keys(w, s, "a")
	if !s.Takes() {
		t.Fatal("an open field takes no letters")
	}
	uitest.Type(w, s, "q?u12xaefJK")
	frame := s.Draw(w)
	uitest.Sees(t, frame, "q?u12xaefJK", "today, Sun 22 Nov")
	for _, b := range s.Help(w) {
		if b.Help().Key != "enter" && b.Help().Key != "esc" {
			t.Errorf("the footer offers %q", b.Help().Key)
		}
	}
}

func TestPasteGoesIntoTheField(t *testing.T) {
	w := short(t)
	s := checklist.New()
	uitest.Nothing(t, s.Update(w, tea.PasteMsg{Content: "nowhere"}))
	uitest.Keys(w, s, "a")
	s.Update(w, tea.PasteMsg{Content: "blue\x1b[31m\ncup"})
	uitest.Type(w, s, " 200")
	item := uitest.Keys(w, s, "enter").Set[0].Items[2]
	if strings.ContainsAny(item.Name, "\x1b\n") || !strings.HasPrefix(item.Name, "blue") || item.ML != 200 {
		t.Errorf("pasted as %+v", item)
	}
}

func TestAnItemIsTakenOffItsList(t *testing.T) {
	w := short(t)
	s := checklist.New()
	do := uitest.Keys(w, s, "x")
	want := []settings.Change{{Key: journal.WaterList, Items: []settings.Item{{ID: "soup", Name: "soup"}}}}
	if diff := cmp.Diff(want, do.Set); diff != "" || do.Say != "taken off the list: mug" {
		t.Errorf("says %q: %s", do.Say, diff)
	}
	if len(w.Settings.Water) != 2 || w.Settings.Water[0].ID != "mug" {
		t.Errorf("the settings themselves were changed: %+v", w.Settings.Water)
	}
}

func TestItemsMoveWithinTheirList(t *testing.T) {
	for _, c := range []struct {
		cursor int
		key    string
		list   string
		want   []string
	}{
		{0, "J", journal.WaterList, []string{"soup", "mug"}},
		{1, "K", journal.WaterList, []string{"soup", "mug"}},
		{2, "shift+down", journal.BedtimeList, []string{"walk", "covers"}},
		{0, "K", "", nil},
		{1, "J", "", nil},
		{2, "K", "", nil},
		{3, "shift+down", "", nil},
	} {
		w := short(t)
		s := checklist.New()
		for range c.cursor {
			uitest.Keys(w, s, "down")
		}
		do := uitest.Keys(w, s, c.key)
		if c.list == "" {
			uitest.Nothing(t, do)
			continue
		}
		if w.Settings.Water[0].ID != "mug" || w.Settings.Bedtime[0].ID != "covers" {
			t.Errorf("the settings themselves were changed: %+v", w.Settings)
		}
		var got []string
		for _, it := range do.Set[0].Items {
			got = append(got, it.ID)
		}
		if diff := cmp.Diff(c.want, got); diff != "" || do.Set[0].Key != c.list {
			t.Errorf("%d %s: %s %s", c.cursor, c.key, do.Set[0].Key, diff)
		}
	}
}

func TestTheCursorGoesWithTheItemThatMoved(t *testing.T) {
	w := short(t)
	s := checklist.New()
	w.Settings.Water = uitest.Keys(w, s, "J").Set[0].Items
	uitest.Sees(t, s.Draw(w), "› ○ mug")
}

func TestTheLastItemCanBeTakenOff(t *testing.T) {
	w := short(t)
	w.Settings.Water = w.Settings.Water[:1]
	do := uitest.Keys(w, checklist.New(), "x")
	if len(do.Set) != 1 || len(do.Set[0].Items) != 0 {
		t.Errorf("it asked for %+v", do.Set)
	}
}

func TestALongNameGetsAnIDThatTheConfigTakes(t *testing.T) {
	w := short(t)
	name := strings.Repeat("a", 80)
	w.Settings.Water[0] = settings.Item{ID: name, Name: name}
	s := checklist.New()
	uitest.Keys(w, s, "a")
	uitest.Type(w, s, name)
	do := uitest.Keys(w, s, "enter")
	if _, err := settings.Apply("config.toml", nil, do.Set); err != nil {
		t.Errorf("the config refuses it: %v", err)
	}
}
