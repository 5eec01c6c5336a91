package where

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lull/assets"
	"lull/routine/journal"
	"lull/routine/say"
)

func TestEveryShippedLanguageHasWordsForEveryPlace(t *testing.T) {
	for _, tag := range say.Languages() {
		entries := words[tag]
		for _, m := range journal.Muscles {
			if !slices.ContainsFunc(entries, func(e entry) bool { return slices.Equal(e.muscles, []string{m}) }) {
				t.Errorf("%s has no word for %s", tag, m)
			}
		}
		for _, s := range journal.CrampSides {
			if !slices.ContainsFunc(entries, func(e entry) bool { return e.side == s }) {
				t.Errorf("%s has no word for %s", tag, s)
			}
		}
		if !slices.ContainsFunc(entries, func(e entry) bool { return len(e.muscles) > 2 }) {
			t.Errorf("%s has no plain word for the thigh", tag)
		}
	}
	for tag := range words {
		if !slices.Contains(say.Languages(), tag) {
			t.Errorf("words of %s, which lull does not speak", tag)
		}
	}
}

// What the screens call a place can be typed.
func TestWhatTheCatalogueCallsAPlaceIsRead(t *testing.T) {
	for _, tag := range say.Languages() {
		lang, err := say.Open(assets.Files, tag)
		if err != nil {
			t.Fatal(err)
		}
		say.Use(lang)
		for _, m := range journal.Muscles {
			if got, err := Muscle(say.Name(m)); err != nil || got != m {
				t.Errorf("%s: %s is %q, %v", tag, say.Name(m), got, err)
			}
		}
		for _, s := range journal.CrampSides {
			if got := Side(say.Name(s)); got != s {
				t.Errorf("%s: %s is %q", tag, say.Name(s), got)
			}
		}
		say.Use(nil)
	}
}

func TestNoWordMeansTwoThings(t *testing.T) {
	seen := map[string]entry{}
	for tag, entries := range words {
		for _, e := range entries {
			for _, word := range strings.Split(e.words, ",") {
				word = strings.Join(split(word), " ")
				if other, again := seen[word]; again && (other.side != e.side || !slices.Equal(other.muscles, e.muscles)) {
					t.Errorf("%s: %q means two things", tag, word)
				}
				seen[word] = e
			}
		}
	}
}

func TestPlacesAreReadAsPeopleWriteThem(t *testing.T) {
	one := func(m string) []string { return []string{m} }
	for text, want := range map[string]Found{
		"calf":                       {Muscles: one("calf")},
		"Left  Calf":                 {Side: "left", Muscles: one("calf")},
		"pantorrilla izquierda":      {Side: "left", Muscles: one("calf")},
		"toes":                       {Muscles: one("foot")},
		"pie derecho":                {Side: "right", Muscles: one("foot")},
		"back of the thigh, left":    {Side: "left", Muscles: one("hamstring")},
		"inner-thigh":                {Muscles: one("inner")},
		"CUÁDRICEPS":                 {Muscles: one("quadriceps")},
		"cua\u0301driceps":           {Muscles: one("quadriceps")},
		"cuadriceps":                 {Muscles: one("quadriceps")},
		"parte de atrás del muslo":   {Muscles: one("hamstring")},
		"thigh":                      {Muscles: thigh},
		"muslo":                      {Muscles: thigh},
		"shin":                       {Muscles: shin, Top: true},
		"empeine":                    {Muscles: one("foot"), Top: true},
		"cal":                        {Muscles: one("calf"), Near: true},
		"clf":                        {Muscles: one("calf"), Near: true},
		"hamstirng":                  {Muscles: one("hamstring"), Near: true},
		"pantorilla":                 {Muscles: one("calf"), Near: true},
		"my left calf hurts so much": {Side: "left", Muscles: one("calf")},
		"both":                       {Side: "both"},
		"elephant":                   {},
		"":                           {},
		"\x1b[31m":                   {},
	} {
		if diff := cmp.Diff(want, Read(text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestWhatIsRecordedIsNeverGuessed(t *testing.T) {
	for text, want := range map[string]string{"Toes": "foot", "gemelo": "calf", "cal": "cal", "elephant": "elephant", "left": "left", "": ""} {
		if got, err := Muscle(text); got != want || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{"Izquierda": "left", "l": "left", "R": "right", "ambas": "both", "up": "up", "calf": "calf"} {
		if got := Side(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	for _, text := range []string{"thigh", "muslo", "shin"} {
		got, err := Muscle(text)
		if got != "" || err == nil || !strings.Contains(err.Error(), "choose one of: ") || !strings.Contains(err.Error(), "calf") && !strings.Contains(err.Error(), "quadriceps") {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}
