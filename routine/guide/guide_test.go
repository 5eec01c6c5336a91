package guide_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/assets"
	"lull/routine"
	"lull/routine/guide"
	"lull/routine/strict"
)

func open(t testing.TB) guide.Guide {
	t.Helper()
	g, err := guide.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func ids(cards []guide.Card) []string {
	var out []string
	for _, c := range cards {
		out = append(out, c.ID)
	}
	return out
}

func TestTheCardsAreThoseOfTheGuideInTheirOrder(t *testing.T) {
	want := strings.Fields("cramp causes helps not-shown never was-it-a-cramp pregnancy fluids bedding minerals " +
		"medicines exercise soothing help trial about sources")
	if diff := cmp.Diff(want, ids(open(t).Cards())); diff != "" {
		t.Error(diff)
	}
	places := map[int]string{}
	for _, c := range open(t).Cards() {
		if other, taken := places[c.Place]; taken {
			t.Errorf("%s has the place of %s", c.ID, other)
		}
		places[c.Place] = c.ID
	}
}

func TestEveryTextFitsItsLine(t *testing.T) {
	for _, c := range open(t).Cards() {
		if len(c.Claims) == 0 || utf8.RuneCountInString(c.Title) > 44 {
			t.Errorf("%s: %d claims under %q", c.ID, len(c.Claims), c.Title)
		}
		for _, claim := range c.Claims {
			if n := len(claim.Text); n < 1 || n > 3 {
				t.Errorf("%s: %d lines in %q", c.ID, n, claim.Text)
			}
			for _, line := range append(claim.Text, c.Summary) {
				if utf8.RuneCountInString(line) > guide.LongestLine || !strict.Visible(line) {
					t.Errorf("%s: %q does not fit", c.ID, line)
				}
			}
		}
	}
}

// known is what a claim may give as its source besides the number of one.
var known = []string{"a rule of lull", "our reading", "standard medical advice", "standard formulary advice"}

func TestEveryClaimNamesASourceThatIsListed(t *testing.T) {
	g := open(t)
	check := func(what string, sources []string) {
		if len(sources) == 0 {
			t.Errorf("%s has no source", what)
		}
		for _, id := range sources {
			if _, ok := g.Source(id); !ok && !slices.Contains(known, id) {
				t.Errorf("%s names %q, which is not listed", what, id)
			}
		}
	}
	for _, c := range g.Cards() {
		for _, claim := range c.Claims {
			check(c.ID+": "+claim.Text[0], claim.Sources)
			if !slices.Contains(guide.Grades, claim.Grade) {
				t.Errorf("%s: %q has the grade %q", c.ID, claim.Text[0], claim.Grade)
			}
		}
		for _, l := range c.Lookalikes {
			check(c.ID+": "+l.Name, l.Sources)
		}
	}
}

// row is the form of a place in the evidence notes: section, then row.
var row = regexp.MustCompile(`^(0|1\.([1-9]|1[0-2])|2\.([1-9]|1[0-9]|2[0-3]|10b|apart)|3|3a\.E([1-9]|10)|3b(\.U[1-9])?|` +
	`3c(\.R([1-9]|1[0-3]))?|3d\.([1-9]|1[0-2])|3e|4[bc]|5(\.[A-H])?|6|7[a-c]|8|9|10|11\.C([1-9]|1[0-9]|2[01]))$`)

func TestEveryClaimNamesItsRowOfTheEvidence(t *testing.T) {
	check := func(what string, rows []string) {
		if len(rows) == 0 {
			t.Errorf("%s has no row", what)
		}
		for _, r := range rows {
			if !row.MatchString(r) {
				t.Errorf("%s: %q is no row of the evidence", what, r)
			}
		}
	}
	for _, c := range open(t).Cards() {
		for _, claim := range c.Claims {
			check(c.ID+": "+claim.Text[0], claim.Rows)
		}
		for _, l := range c.Lookalikes {
			check(c.ID+": "+l.Name, l.Rows)
		}
	}
}

// number is how files name a source.
var number = regexp.MustCompile(`"(S[0-9]+b?)\b`)

func TestEverySourceThatAnyFileNamesIsListedOnce(t *testing.T) {
	g := open(t)
	named := map[string]string{}
	err := fs.WalkDir(assets.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.Files, name)
		for _, m := range number.FindAllStringSubmatch(string(data), -1) {
			named[m[1]] = name
		}
		return err
	})
	if err != nil || len(named) < 60 {
		t.Fatalf("%d sources are named: %v", len(named), err)
	}
	for id, file := range named {
		if _, ok := g.Source(id); !ok {
			t.Errorf("%s names %s, which is not listed", file, id)
		}
	}
	c, _ := g.Card("sources")
	seen := map[string]bool{}
	for _, s := range c.Sources {
		if seen[s.ID] || len(s.Text) == 0 {
			t.Errorf("%s is listed twice, or empty", s.ID)
		}
		seen[s.ID] = true
	}
}

func TestNoCardClaimsTooMuch(t *testing.T) {
	for _, c := range open(t).Cards() {
		text := c.Title + " " + c.Summary
		for _, claim := range c.Claims {
			text += " " + strings.Join(claim.Text, " ")
		}
		for _, word := range []string{"prevent", "proven", "cure", "guarantee", "clinically"} {
			if strings.Contains(strings.ToLower(text), word) {
				t.Errorf("%s says %q", c.ID, word)
			}
		}
	}
}

// topics are those of the article that lull began with: the word a person would
// type, the card it leads to, and what that card must speak of.
var topics = []struct{ word, card, speaks string }{
	{"dehydration", "fluids", "short of water"}, {"hydration", "fluids", "litres"},
	{"minerals", "minerals", "magnesium"}, {"electrolytes", "minerals", "potassium"},
	{"circulation", "causes", "blood vessels"}, {"lactic acid", "causes", "lactic acid"},
	{"medicines", "medicines", "statins"}, {"diuretics", "medicines", "water tablets"},
	{"antibiotics", "medicines", "antibiotics"}, {"birth control", "medicines", "oestrogens"}, {"steroids", "medicines", "steroids"},
	{"conditions", "causes", "diabetes"}, {"pregnancy", "pregnancy", "midwife"},
	{"overexertion", "exercise", "effort"}, {"activity", "exercise", "move about"},
	{"stretching", "helps", "80 people"}, {"massage", "soothing", "gentle rubbing"}, {"heat", "soothing", "warm cloth"},
	{"painkillers", "soothing", "too late"}, {"quinine", "never", "quinine"}, {"tonic water", "never", "tonic water"},
	{"supplements", "minerals", "vitamin k2"}, {"footwear", "bedding", "shoes"}, {"orthotics", "bedding", "insoles"},
	{"support", "bedding", "pillows"}, {"alcohol", "causes", "alcohol"}, {"caffeine", "not-shown", "coffee"},
	{"when to see a doctor", "help", "out-of-hours"}, {"disclaimer", "about", "not a medical device"},
	{"dvt", "was-it-a-cramp", "does not let go"}, {"hallegraeff", "trial", "ten seconds"},
	{"thyroid", "causes", "thyroid"}, {"kidney", "causes", "kidney"}, {"stenosis", "causes", "narrow spinal canal"},
	{"ms", "causes", "multiple sclerosis"}, {"symptoms", "cramp", "hard, painful knot"}, {"smooth muscle", "cramp", "smooth muscle"},
	{"prevention", "helps", "to have fewer of them"}, {"sodium", "minerals", "salty"}, {"soles", "bedding", "insoles"},
	{"bananas", "minerals", "bananas, leafy greens, dairy and nuts"}, {"sitting", "exercise", "sitting for long"},
	{"sleeping position", "bedding", "sleeping positions"}, {"pregnant", "pregnancy", "why pregnancy brings them"},
	{"quinine", "never", "headache"},
}

func text(c guide.Card) string {
	var all []string
	for _, claim := range c.Claims {
		all = append(all, claim.Text...)
	}
	return strings.ToLower(strings.Join(all, " "))
}

func TestEveryTopicOfTheArticleHasItsCard(t *testing.T) {
	g := open(t)
	for _, topic := range topics {
		c, ok := g.Find(topic.word)
		if !ok || c.ID != topic.card || !strings.Contains(text(c), topic.speaks) {
			t.Errorf("%s leads to %q, which must speak of %q", topic.word, c.ID, topic.speaks)
		}
	}
}

func TestTheTableTellsACrampFromFourOtherThings(t *testing.T) {
	c, _ := open(t).Card("was-it-a-cramp")
	var got []string
	for _, l := range c.Lookalikes {
		got = append(got, l.Name+" "+strings.Join(l.Signs, ","))
		if hard := strings.HasPrefix(l.Hard, "Yes"); hard != (l.Name == "Night cramp") {
			t.Errorf("%s: the muscle is hard: %s", l.Name, l.Hard)
		}
	}
	want := []string{"Night cramp ", "Restless legs R8", "Clot in a vein U1", "Poor blood flow R7,U9,E2", "Nerve trouble R4"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSignsOfTheCardsAreThoseOfTheSafetyFile(t *testing.T) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	safety, err := lib.Safety()
	if err != nil {
		t.Fatal(err)
	}
	g := open(t)
	for _, c := range g.Cards() {
		for _, id := range c.Signs {
			if _, ok := safety.Sign(id); !ok {
				t.Errorf("%s names the sign %s, which is not there", c.ID, id)
			}
		}
	}
	var every []string
	for _, tier := range []routine.Tier{safety.Emergency, safety.SameDay, safety.Doctor} {
		for _, s := range tier.Signs {
			every = append(every, s.ID)
		}
	}
	if help, _ := g.Card("help"); !slices.Equal(help.Signs, every) {
		t.Errorf("the card of help points to %v", help.Signs)
	}
}

// call is a telephone number that is answered in an emergency somewhere.
var call = regexp.MustCompile(`\b(000|111|112|119|911|999|116 ?117)\b`)

func TestNoCardHasANumberToCall(t *testing.T) {
	for _, c := range open(t).Cards() {
		if c.ID != "sources" && call.MatchString(text(c)) {
			t.Errorf("%s has a number to call", c.ID)
		}
	}
}

func TestTheDisclaimersAreWhole(t *testing.T) {
	c, _ := open(t).Card("about")
	for _, must := range []string{
		"evidence last checked: 2026-12", "no clinician has reviewed", "general information", "not a medical device",
		"does not diagnose", "local emergency number", "out of date", "put off advice", "anybody your doctor", "heart or lung disease",
		"after surgery", "you choose", "stop at once", "chest pain", "endorsed", "no network", "yours alone", "--with-health", "delete the folder",
	} {
		if !strings.Contains(text(c), must) {
			t.Errorf("about does not say %q", must)
		}
	}
}

// litres finds amounts to drink.
var litres = regexp.MustCompile(`\b(litres?|ml|glass(es)?)\b|\d\.\d l\b`)

func TestAmountsAreGoneForPeopleWhoLimitTheirDrinks(t *testing.T) {
	g := open(t)
	if c, _ := g.Card("fluids"); !litres.MatchString(text(c)) {
		t.Fatal("the card names no amount at all")
	}
	for _, c := range g.WithoutAmounts().Cards() {
		if m := litres.FindString(text(c)); m != "" || len(c.Claims) == 0 {
			t.Errorf("%s still says %q", c.ID, m)
		}
	}
	if hits := g.WithoutAmounts().Search("litres"); len(hits) > 0 {
		t.Errorf("a search still finds %s", hits[0].Card.ID)
	}
	if c, _ := g.Card("fluids"); !litres.MatchString(text(c)) {
		t.Error("leaving amounts out took them from the guide itself")
	}
}

func TestEveryNameLeadsToOneCard(t *testing.T) {
	g := open(t)
	owner := map[string]string{}
	for _, c := range g.Cards() {
		for _, name := range append([]string{c.ID, c.Title}, c.Aliases...) {
			key := strings.ToLower(strings.ReplaceAll(name, "-", " "))
			if other := owner[key]; other != "" && other != c.ID {
				t.Errorf("%q is %s and %s", name, other, c.ID)
			}
			owner[key] = c.ID
			if found, ok := g.Find(" " + strings.ToUpper(name) + "\t"); !ok || found.ID != c.ID {
				t.Errorf("%q leads to %q, want %s", name, found.ID, c.ID)
			}
		}
	}
}

func TestASlipStillFindsTheCard(t *testing.T) {
	g := open(t)
	for word, want := range map[string]string{
		"quinin": "never", "magnesum": "minerals", "presgnancy": "pregnancy", "massag": "soothing", "restles legs": "was-it-a-cramp",
		"notshown": "not-shown",
	} {
		if c, ok := g.Find(word); !ok || c.ID != want {
			t.Errorf("%q leads to %q, want %s", word, c.ID, want)
		}
	}
	for _, word := range []string{"", " ", "x", "xylophone", strings.Repeat("quinine", 99)} {
		if c, ok := g.Find(word); ok {
			t.Errorf("%.20q leads to %s", word, c.ID)
		}
	}
}

func TestASearchPutsNamesBeforeClaimsBeforeTheRest(t *testing.T) {
	g := open(t)
	var got []string
	for _, hit := range g.Search("Magnesium") {
		got = append(got, fmt.Sprintf("%s %v", hit.Card.ID, hit.Claims))
	}
	want := []string{"minerals [2 3 4]", "not-shown [1]", "pregnancy [3]", "sources []"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, nothing := range []string{"", "  ", "xylophone", "quinine xylophone"} {
		if hits := g.Search(nothing); len(hits) > 0 {
			t.Errorf("%q finds %s", nothing, hits[0].Card.ID)
		}
	}
}

func TestASearchForWordsOfAClaimFindsIt(t *testing.T) {
	g := open(t)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(g.Cards()).Draw(t, "card")
		at := rapid.IntRange(0, len(c.Claims)-1).Draw(t, "claim")
		words := strings.Fields(strings.Join(c.Claims[at].Text, " "))
		some := rapid.SliceOfN(rapid.SampledFrom(words), 1, 4).Draw(t, "words")
		hits := g.Search(strings.ToUpper(strings.Join(some, " ")))
		for _, hit := range hits {
			if hit.Card.ID == c.ID {
				if !slices.Contains(hit.Claims, at) {
					t.Fatalf("%v found claims %v of %s, not %d", some, hit.Claims, c.ID, at)
				}
				return
			}
		}
		t.Fatalf("%v of %s was not found", some, c.ID)
	})
}

func TestAnotherWordNeverFindsMore(t *testing.T) {
	g := open(t)
	all := strings.Fields("a cramp stretch water quinine pain the legs doctor magnesium trial 80")
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(all), 2, 4).Draw(t, "words")
		more, fewer := g.Search(strings.Join(words[1:], " ")), g.Search(strings.Join(words, " "))
		for _, hit := range fewer {
			if !slices.ContainsFunc(more, func(h guide.Hit) bool { return h.Card.ID == hit.Card.ID }) {
				t.Fatalf("%v finds %s, %v does not", words, hit.Card.ID, words[1:])
			}
		}
	})
}

func TestAFileThatIsWrongSaysWhereAndWhat(t *testing.T) {
	const good = "title = 'a'\nplace = 1\naliases = []\nsummary = 'a'\n[[claim]]\ntext = ['a']\ngrade = 'general'\nsources = ['S1']\nrows = ['0']\n"
	for _, c := range []struct{ was, is, want string }{
		{"'general'", "'generel'", "guide/a.toml:7: grade = 'generel': not known here; did you mean general? " +
			"allowed: one trial, conflicting, expert advice, not shown, unsafe, general"},
		{"rows = ['0']\n", "", "guide/a.toml:5: rows is missing from [[claim]]"},
		{"['a']", "['a', 'b', 'c', 'd']", "guide/a.toml:6: text = ['a', 'b', 'c', 'd']: too many; " +
			"write at most 3 texts of 1 to 76 characters, as in [\"one\", \"two\"]"},
	} {
		bad := strings.Replace(good, c.was, c.is, 1)
		_, err := guide.Open(fstest.MapFS{"guide/a.toml": {Data: []byte(bad)}})
		if err == nil || err.Error() != c.want {
			t.Errorf("%v, want\n%s", err, c.want)
		}
	}
	if _, err := guide.Open(fstest.MapFS{"guide/a.toml": {Data: []byte(good)}}); err != nil {
		t.Error(err)
	}
	if _, err := guide.Open(fstest.MapFS{}); err == nil {
		t.Error("a guide without cards was opened")
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := guide.Open(assets.Files); err != nil {
			b.Fatal(err)
		}
	}
}
