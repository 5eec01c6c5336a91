package assets_test

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lull/assets"
)

// shown returns the lines of an asset file that people can see: comments are
// left out, and a text that is broken over several lines is joined.
func shown(t *testing.T, name string) string {
	t.Helper()
	data, err := fs.ReadFile(assets.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	text := strings.ReplaceAll(strings.Join(lines, " "), `\n`, " ")
	return spaces.ReplaceAllString(between.ReplaceAllString(text, " "), " ")
}

var (
	spaces  = regexp.MustCompile(` +`)
	between = regexp.MustCompile(`" *,? *"`) // the break between two lines of one text
)

// texts are the files with words in them, in every language.
func texts(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(assets.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && slices.Contains([]string{".toml", ".po"}, path.Ext(name)) {
			names = append(names, name)
		}
		return err
	})
	if err != nil || len(names) < 80 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	return names
}

// never are phrases that must not appear in any text, in English or Spanish.
var never = []struct{ why, phrase string }{
	{"unchecked text", `(?i)still to be checked|not checked|unchecked|sin comprobar|no está comprobad|por comprobar`},
	{"painkiller by name", `(?i)ibu?profen|paracetamol|acetaminophen|aspirin|diclofena`},
	{"bare feet", `(?i)barefoot|bare feet|descalz|sin zapatos`},
	{"a hard muscle rules out a clot", `(?i)only the cramp makes|solo el calambre pone duro`},
	{"a clot is a steady ache", `(?i)"a steady ache, tender|"un dolor constante, sensible`},
	{"a stretch that lull did not see", `(?i)although you stretched|aunque lo (hayas )?estira`},
	{"walking on the heels", `(?i)\bor on your heels|walk on the heels|, o sobre los talones`},
	{"only a cramp is hard", `(?i)other pains behave differently|otros dolores difieren|the leg is swollen|la pierna está hinchada`},
	{"breathing out more than in", `(?i)suelta más de lo que tomas`},
	{"words for a rule of lull", `lull's own rule`},
	{"a steady pain that is not new", `(?i)or does it hurt all the time|o que duele todo el tiempo`},
}

func TestNoTextSaysWhatWasCorrected(t *testing.T) {
	for _, name := range texts(t) {
		text := shown(t, name)
		for _, n := range never {
			if found := regexp.MustCompile(n.phrase).FindString(text); found != "" {
				t.Errorf("%s: %s: %q", name, n.why, found)
			}
		}
	}
}

// corrections are what a text says in English, and what its Spanish says.
var corrections = []struct{ file, says string }{
	{"relief/foot.toml", "shoes or slippers on"},
	{"words/es/relief.po", "con zapatos o zapatillas"},
	{"relief/all.toml", "Painkillers act too late for a cramp."},
	{"relief/all.toml", "If soreness stays, ask a pharmacist which one suits you."},
	{"guide/soothing.toml", "Painkillers act too late for a cramp. If soreness stays, ask a pharmacist which one suits you."},
	{"relief/all.toml", "A cramp of ten minutes or more."},
	{"relief/calf.toml", "Walk slowly, holding on to something."},
	{"guide/was-it-a-cramp.toml", "A clot can feel like a cramp that does not let go, and the calf can feel tight. One leg, swelling, warmth, " +
		"a change of colour (harder to see on brown or black skin): be seen today."},
	{"safety.toml", "that newly hurts all the time?"},
	{"words/es/stretches.po", "desde hace poco"},
	{"safety.toml", "pain that stays and is more than the usual soreness"},
	{"safety.toml", "numb or weak, or very painful without a cramp"},
	{"safety.toml", "yellower skin or eyes"},
	{"words/es/stretches.po", "ojos más amarillos"},
	{"safety.toml", "raloxifene, warfarin or similar, or anything else you take regularly?"},
	{"safety.toml", "Warfarin or similar: keep away from vitamin K2."},
	{"words/es/stretches.po", "raloxifeno, warfarina, acenocumarol u otro parecido, o algo más"},
	{"words/es/stretches.po", "Warfarina, acenocumarol o similar: nada de vitamina K2."},
	{"words/es/nights.po", "warfarina, acenocumarol o parecido"},
	{"words/es/stretches.po", "díselo al equipo la próxima sesión"},
	{"words/es/stretches.po", "sensible al tocarla"},
	{"words/es/relief.po", "solo se mueve el talón"},
	{"words/es/stretches.po", "Los pies uno al lado del otro."},
	{"words/es/relief.po", "Respira despacio y suelta el aire más lento."},
	{"guide/was-it-a-cramp.toml", "A clot can feel like one."},
	{"guide/was-it-a-cramp.toml", "the leg may be swollen"},
	{"guide/minerals.toml", "With kidney disease, follow your team's diet."},
	{"guide/pregnancy.toml", "From week 28, no stretch standing on one leg."},
	{"safety.toml", "A sudden pop or kick in the calf, or a bruise there, or you cannot stand on tiptoe"},
	{"safety.toml", "Spreading hot red skin, or fever. With confusion, fast breathing or shivering: your emergency number"},
	{"safety.toml", "Numbness, tingling, or swelling of both legs"},
	{"safety.toml", "thirst, much urine, weight loss without trying"},
	{"safety.toml", `"A cramp of ten minutes or more"`},
}

func TestEveryCorrectedTextSaysWhatItShould(t *testing.T) {
	for _, c := range corrections {
		if !strings.Contains(shown(t, c.file), c.says) {
			t.Errorf("%s does not say %q", c.file, c.says)
		}
	}
}

// sign is an entry of the emergency list or of the list for today.
var sign = regexp.MustCompile(`id = "([EU]\d+)" text = \[(.*?)\] sources`)

var (
	clause = regexp.MustCompile(`[.;:]`)
	joined = regexp.MustCompile(`\b(or|and|above all)\b`)
)

// TestASignThatListsThingsSaysOr keeps a list of signs from reading as if all of
// them had to be there.
func TestASignThatListsThingsSaysOr(t *testing.T) {
	found := sign.FindAllStringSubmatch(shown(t, "safety.toml"), -1)
	if len(found) != 19 {
		t.Fatalf("%d signs", len(found))
	}
	for _, s := range found {
		for _, part := range clause.Split(s[2], -1) {
			last := part[strings.LastIndex(part, ",")+1:]
			if last != part && !joined.MatchString(last) {
				t.Errorf("%s: %s", s[1], part)
			}
		}
	}
}

// TestAnOrdinaryCrampIsNoSign keeps what every cramp brings, strong pain and
// then a tender calf, from being a sign by itself.
func TestAnOrdinaryCrampIsNoSign(t *testing.T) {
	parts := regexp.MustCompile(`[,;]| or `)
	for _, s := range sign.FindAllStringSubmatch(shown(t, "safety.toml"), -1) {
		if s[1] != "E2" && s[1] != "U1" {
			continue
		}
		for _, part := range parts.Split(s[2], -1) {
			if slices.Contains([]string{"painful", "very painful", "tender", "tenderness", "pain"}, strings.Trim(part, ` ."`)) && s[1] == "E2" {
				t.Errorf("%s: %q alone", s[1], part)
			}
		}
		if s[1] == "U1" && !strings.Contains(s[2], "tenderness or pain that stays") {
			t.Errorf("U1: %s", s[2])
		}
	}
}
