package guide_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"lull/assets"
	"lull/routine"
	cards "lull/routine/guide"
	"lull/ui/guide"
	"lull/ui/screen"
	"lull/ui/uitest"
)

var read = sync.OnceValues(func() (cards.Guide, error) { return cards.Open(assets.Files) })

// shelf is lull's own guide.
func shelf(t *testing.T) cards.Guide {
	t.Helper()
	g, err := read()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// world is an evening with lull's own guide.
func world(t *testing.T, w, h int) screen.World {
	t.Helper()
	world := uitest.World(t, w, h)
	world.Guide = read
	return world
}

// opened is the page of a card.
func opened(t *testing.T, w screen.World, id string) screen.Screen {
	t.Helper()
	s := guide.New()
	all := shelf(t).Cards()
	for range slices.IndexFunc(all, func(c cards.Card) bool { return c.ID == id }) {
		uitest.Keys(w, s, "down")
	}
	do := uitest.Keys(w, s, "enter")
	if do.Push == nil {
		t.Fatalf("%s does not open", id)
	}
	return do.Push
}

func TestEveryCardIsListedWithItsSummary(t *testing.T) {
	w := world(t, 100, 97)
	frame := guide.New().Draw(w)
	for _, c := range shelf(t).Cards() {
		uitest.Sees(t, frame, c.Title)
		uitest.Reads(t, frame, c.Summary)
	}
}

// Every claim of every card is there with its grade in its own word and where it
// was read, without any colour and in the narrowest window.
func TestEveryClaimBearsItsGradeAsAWordAndItsSources(t *testing.T) {
	for _, width := range []int{40, 100} {
		w := world(t, width, 400)
		w.Theme = uitest.Theme("none")
		for _, c := range shelf(t).Cards() {
			if c.ID == "help" {
				continue
			}
			frame := dense(opened(t, w, c.ID).Draw(w))
			for _, want := range said(c) {
				if !strings.Contains(frame, dense(want)) {
					t.Errorf("at %d columns %s does not say %q", width, c.ID, want)
				}
			}
		}
	}
}

// dense is a text without its blanks: lines may be broken within a word that has
// a hyphen.
func dense(text string) string { return strings.Join(strings.Fields(uitest.Text(text)), "") }

// said is what the page of a card must say.
func said(c cards.Card) []string {
	var all []string
	for _, claim := range c.Claims {
		all = append(all, strings.Join(claim.Text, " ")+" ["+string(claim.Grade)+"] "+strings.Join(claim.Sources, ", "))
	}
	for _, s := range c.Sources {
		all = append(all, s.ID+" "+strings.Join(s.Text, " "))
	}
	for _, a := range c.Lookalikes {
		all = append(all, a.Name+" feels "+a.Feels+" when "+a.When+" hard? "+a.Hard+" eased by "+a.Eased+" do "+a.Act)
	}
	return all
}

func TestACardNamesItsSourcesAndItsSigns(t *testing.T) {
	w := world(t, 100, 400)
	frame := opened(t, w, "was-it-a-cramp").Draw(w)
	g := shelf(t)
	source, _ := g.Source("S43")
	uitest.Reads(t, frame, "S43 "+strings.Join(source.Text, " "))
	lists, err := w.Library.Safety()
	if err != nil {
		t.Fatal(err)
	}
	sign, _ := lists.Sign("U1")
	uitest.Reads(t, frame, "Get help for", strings.Join(sign.Text, " "), "! shows all of them")
}

func TestTheLastCardListsTheSources(t *testing.T) {
	w := world(t, 100, 400)
	s := guide.New()
	frame := uitest.Keys(w, s, "end", "enter").Push.Draw(w)
	uitest.Sees(t, frame, "Sources", "S1 ", "Hallegraeff")
}

func TestWhenToGetHelpHasItsClaimsAndEverySign(t *testing.T) {
	w := world(t, 80, 400)
	frame := opened(t, w, "help").Draw(w)
	lists, _ := w.Library.Safety()
	for _, tier := range []routine.Tier{lists.Emergency, lists.SameDay, lists.Doctor} {
		for _, sign := range tier.Signs {
			uitest.Reads(t, frame, strings.Join(sign.Text, " "))
		}
	}
	uitest.Reads(t, frame, "A clot is likelier after surgery", "! shows all of them")
}

func TestAmountsAreLeftOutForPeopleWhoLimitFluids(t *testing.T) {
	w := world(t, 100, 400)
	var amount cards.Claim
	for _, c := range shelf(t).Cards() {
		for _, claim := range c.Claims {
			if claim.Amounts && c.ID == "fluids" {
				amount = claim
			}
		}
	}
	uitest.Reads(t, opened(t, w, "fluids").Draw(w), strings.Join(amount.Text, " "))
	w.Settings.LimitFluids = "yes"
	uitest.Misses(t, opened(t, w, "fluids").Draw(w), amount.Text[0])
}

func TestCardsAreSearchedAsOneTypes(t *testing.T) {
	w := world(t, 80, 22)
	s := guide.New()
	uitest.Keys(w, s, "/")
	if !s.Takes() {
		t.Fatal("it takes no letters")
	}
	uitest.Type(w, s, "quinine")
	hits := shelf(t).Search("quinine")
	frame := s.Draw(w)
	uitest.Sees(t, frame, "Search: quinine", hits[0].Card.Title)
	uitest.Misses(t, frame, "Was it a cramp?")
	uitest.Keys(w, s, "enter")
	uitest.Sees(t, s.Draw(w), "found with “quinine”")
	uitest.Keys(w, s, "esc")
	uitest.Misses(t, s.Draw(w), "found with")
}

func TestACardOpensAtTheClaimThatWasLookedFor(t *testing.T) {
	w := world(t, 60, 12)
	s := guide.New()
	uitest.Keys(w, s, "/")
	uitest.Type(w, s, "sham movements")
	page := uitest.Keys(w, s, "enter").Push
	if page == nil {
		t.Fatal("nothing opens")
	}
	uitest.Reads(t, page.Draw(w), "sham movements")
}

func TestWordsThatNoCardHoldsAreSaid(t *testing.T) {
	w := world(t, 80, 22)
	s := guide.New()
	uitest.Keys(w, s, "/")
	uitest.Type(w, s, "zeppelin")
	uitest.Sees(t, s.Draw(w), "No card holds all of these words.")
	uitest.Nothing(t, uitest.Keys(w, s, "enter"))
	uitest.Nothing(t, uitest.Keys(w, s, "down", "enter"))
}

func TestLettersOfASearchAreNoKeys(t *testing.T) {
	w := world(t, 80, 22)
	s := guide.New()
	uitest.Keys(w, s, "/")
	uitest.Type(w, s, "q1u!c k")
	uitest.Sees(t, s.Draw(w), "Search: q1u!c k")
}

func TestAPasteOfATerminalsOrdersIsCleaned(t *testing.T) {
	w := world(t, 80, 22)
	s := guide.New()
	uitest.Keys(w, s, "/")
	s.Update(w, tea.PasteMsg{Content: "a\x1b[2J\u202eb"})
	if frame := s.Draw(w); strings.Contains(frame, "\x1b[2J") || strings.ContainsRune(frame, '\u202e') {
		t.Errorf("%q", frame)
	}
}

func TestACardScrollsToItsEndAndNoFarther(t *testing.T) {
	w := world(t, 40, 10)
	page := opened(t, w, "helps")
	uitest.Sees(t, page.Draw(w), "more below")
	uitest.Keys(w, page, "end", "down", "down")
	uitest.Misses(t, page.Draw(w), "more below")
	last := page.Draw(w)
	uitest.Keys(w, page, "up")
	if page.Draw(w) == last {
		t.Error("one line up changes nothing")
	}
	uitest.Keys(w, page, "home")
	uitest.Wheel(w, page, 1)
	uitest.Keys(w, page, "up")
	uitest.Reads(t, page.Draw(w), "In a cramp, stretching it.")
	uitest.Keys(w, page, "space")
	uitest.Misses(t, page.Draw(w), "In a cramp, stretching it.")
}

func TestEscLeavesACard(t *testing.T) {
	w := world(t, 80, 22)
	if !uitest.Keys(w, opened(t, w, "causes"), "esc").Pop {
		t.Error("it stays")
	}
}

func TestAClickChoosesACardAndASecondOpensIt(t *testing.T) {
	w := world(t, 40, 10)
	s := guide.New()
	uitest.Keys(w, s, "down", "down")
	second := shelf(t).Cards()[3].Title
	uitest.Nothing(t, uitest.Click(t, w, s, second))
	if uitest.Click(t, w, s, second).Push == nil {
		t.Error("nothing opens")
	}
}

func TestAGuideThatCannotBeReadSaysWhy(t *testing.T) {
	w := world(t, 80, 22)
	w.Guide = func() (cards.Guide, error) { return cards.Guide{}, errors.New("guide/\x1b[31mx.toml is gone") }
	s := guide.New()
	frame := s.Draw(w)
	uitest.Reads(t, frame, "The guide could not be read: guide/")
	if strings.Contains(frame, "\x1b[31mx") {
		t.Error("the error obeys")
	}
	uitest.Nothing(t, uitest.Keys(w, s, "down", "enter"))
}

func TestTheGuideKeepsToEverySize(t *testing.T) {
	w := world(t, 80, 22)
	uitest.Sweep(t, w, func() screen.Screen { return guide.New() })
	uitest.Sweep(t, w, func() screen.Screen {
		s := guide.New()
		uitest.Keys(w, s, "/")
		uitest.Type(w, s, "no")
		return s
	})
	for _, c := range shelf(t).Cards() {
		uitest.Sweep(t, w, func() screen.Screen { return opened(t, w, c.ID) })
	}
}

func TestALockComesBeforeEveryCard(t *testing.T) {
	const act = "Do not stretch or rub this leg. Call your doctor or the out-of-hours line today."
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		w := world(t, size[0], size[1])
		list := guide.New()
		uitest.Misses(t, list.Draw(w), "Be seen today")
		w.Screening = routine.Screening{ClotSigns: true}
		for _, s := range []screen.Screen{list, opened(t, w, "cramp"), guide.Open("helps")} {
			frame := s.Draw(w)
			uitest.Fits(t, frame, size[0], size[1])
			if !strings.Contains(dense(frame), dense(act)) {
				t.Errorf("%v: no act in:\n%s", size, uitest.Text(frame))
			}
			uitest.Keys(w, s, "G")
			if frame := s.Draw(w); !strings.Contains(dense(frame), dense(act)) {
				t.Errorf("%v: gone at the end:\n%s", size, uitest.Text(frame))
			}
		}
	}
}

func TestAClickFindsTheCardBelowTheLock(t *testing.T) {
	w := world(t, 80, 40)
	w.Screening = routine.Screening{Emergency: true}
	s := guide.New()
	second := shelf(t).Cards()[1]
	_, y := uitest.Spot(t, s.Draw(w), second.Title)
	for range 2 {
		if do := s.Update(w, tea.MouseClickMsg{X: 6, Y: y, Button: tea.MouseLeft}); do.Push != nil {
			uitest.Sees(t, do.Push.Draw(w), second.Title)
			return
		}
	}
	t.Errorf("the second card does not open at line %d:\n%s", y, uitest.Text(s.Draw(w)))
}
