package guide_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"lull/assets"
	"lull/routine/guide"
	"lull/routine/say"
)

// openIn opens the guide in a language, which stays in use until the test ends.
func openIn(t testing.TB, tag string) guide.Guide {
	t.Helper()
	l, err := say.Open(assets.Files, tag)
	if err != nil {
		t.Fatal(err)
	}
	say.Use(l)
	t.Cleanup(func() { say.Use(nil) })
	return open(t)
}

func TestACardIsFoundInSpanishAndStillInEnglish(t *testing.T) {
	g := openIn(t, "es")
	for word, want := range map[string]string{
		"calambre": "cramp", "magnesio": "minerals", "quinina": "never", "agua tonica": "never", "AGUA": "fluids",
		"piernas inquietas": "was-it-a-cramp", "coágulo": "was-it-a-cramp", "coagulo": "was-it-a-cramp", "acido lactico": "causes",
		"embarazo": "pregnancy", "médico": "help", "medico": "help", "estatinas": "medicines", "estiramientos": "helps",
		"qué puede ayudar": "helps", "magneseo": "minerals",
		"tiroides": "causes", "riñón": "causes", "rinon": "causes", "estenosis": "causes", "em": "causes", "esclerosis múltiple": "causes",
		"síntomas": "cramp", "sintomas": "cramp", "prevención": "helps", "sodio": "minerals", "suelas": "bedding",
		"magnesium": "minerals", "was-it-a-cramp": "was-it-a-cramp", "restless legs": "was-it-a-cramp", "helps": "helps",
	} {
		if c, ok := g.Find(word); !ok || c.ID != want {
			t.Errorf("%q leads to %q, want %s", word, c.ID, want)
		}
	}
}

func TestASearchFindsWhatACardSaysInSpanish(t *testing.T) {
	g := openIn(t, "es")
	for text, want := range map[string][]string{
		"salmuera": {"minerals"}, "CORAZÓN riñón": {"minerals"}, "corazon rinon": {"minerals"},
		"magnesium": {"minerals", "sources"},
	} {
		hits := g.Search(text)
		for _, id := range want {
			if !slices.ContainsFunc(hits, func(h guide.Hit) bool { return h.Card.ID == id }) {
				t.Errorf("%q does not find %s", text, id)
			}
		}
	}
}

func TestNoWordIsTheNameOfTwoCardsInSpanish(t *testing.T) {
	owner := map[string]string{}
	for _, c := range openIn(t, "es").Cards() {
		for _, name := range append([]string{c.ID, c.Title}, c.Aliases...) {
			name = strings.ToLower(name)
			if other := owner[name]; other != "" && other != c.ID {
				t.Errorf("%q is %s and %s", name, other, c.ID)
			}
			owner[name] = c.ID
		}
	}
}

// promises are words that would claim too much.
var promises = regexp.MustCompile(`(?i)\b(cura[nr]?|curar[áa]n?|previen\w*|prevenir|evita[nr]?|garantiz\w*|clínicamente)\b`)

func TestNoCardClaimsTooMuchInSpanish(t *testing.T) {
	for _, c := range openIn(t, "es").Cards() {
		text := c.Title + " " + c.Summary
		for _, claim := range c.Claims {
			text += " " + strings.Join(claim.Text, " ")
		}
		if said := promises.FindString(text); said != "" {
			t.Errorf("%s says %q", c.ID, said)
		}
		if c.ID != "sources" && call.MatchString(text) {
			t.Errorf("%s has a number to call", c.ID)
		}
	}
}

// amount is a drink's amount in Spanish.
var amount = regexp.MustCompile(`(?i)\b(litros?|ml|vasos? de agua)\b`)

func TestAmountsAreGoneInSpanishToo(t *testing.T) {
	for _, c := range openIn(t, "es").WithoutAmounts().Cards() {
		if said := amount.FindString(text(c)); said != "" {
			t.Errorf("%s still says %q", c.ID, said)
		}
	}
}
