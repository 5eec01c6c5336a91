package strict_test

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lull/routine/strict"
)

func TestALengthIsReadAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := time.Duration(rapid.IntRange(0, 100*3600).Draw(t, "seconds")) * time.Second
		got := time.Duration(-1)
		doc, err := strict.Parse("a.toml", []byte(`hold = "`+strict.Length(want)+`"`))
		if err != nil {
			t.Fatal(err)
		}
		err = doc.Read(strict.Fields{strict.Required("hold", strict.Duration(&got, 0, 200*time.Hour))})
		if err != nil || got != want {
			t.Fatalf("%v became %v: %v", want, got, err)
		}
	})
}

func TestASlipOfOneLetterFindsTheWord(t *testing.T) {
	words := []string{"wall-calf", "heel-slide", "ankle-pumps", "butterfly", "seated-hamstring"}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom(words).Draw(t, "word")
		at := rapid.IntRange(0, len(word)-1).Draw(t, "at")
		letter := rapid.StringMatching("[a-z]").Draw(t, "letter")
		slip := rapid.SampledFrom([]string{
			word[:at] + word[at+1:], word[:at] + letter + word[at:], word[:at] + letter + word[at+1:], strings.ToUpper(word),
		}).Draw(t, "slip")
		if got := strict.Nearest(slip, words); got != word {
			t.Fatalf("%q is taken for %q, want %q", slip, got, word)
		}
	})
}

func TestNearestGuessesOnlyWhatIsNear(t *testing.T) {
	words := []string{"reps", "wall-calf", "wall-soleus"}
	for word, want := range map[string]string{
		"rep": "reps", "pers": "", "erps": "reps", "soleus": "wall-soleus", "xylophone": "", "": "", "a": "",
		strings.Repeat("wall", 100): "",
	} {
		if got := strict.Nearest(word, words); got != want {
			t.Errorf("%.20q is taken for %q, want %q", word, got, want)
		}
	}
}

func TestVisibleTextHoldsNothingThatHidesOrTurns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if !strict.Visible(s) {
			return
		}
		for _, r := range s {
			joiner := r == '\u200c' || r == '\u200d'
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && !joiner || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError {
				t.Fatalf("%q counts as visible with %U", s, r)
			}
		}
	})
	for _, s := range []string{"é", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "日本", "\U0001f469\u200d\U0001f9b0", "\u2764\ufe0f"} {
		if !strict.Visible(s) {
			t.Errorf("%q counts as hidden", s)
		}
	}
}

// FuzzParse: no text makes the reader panic, and every error can be shown.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"name = \"a\"\n[[step]]\nstretch = \"b\"\nhold = \"30s\"\n", "a = {b.c = [1, {d = 2}]}", "[a.b]\n[a]\n[[c]]\n[[c.d]]",
		"a = '''\nx'''", "x = 1979-05-27T07:32:00Z", "bed = 21:30", "a.b = 1\n[a.b]", "[[step]]\n[step.x]", "name=\"\\u202e\"", "\x00",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := read(string(data)); err != nil {
			for line := range strings.Lines(err.Error()) {
				if !strict.Visible(strings.TrimSuffix(line, "\n")) {
					t.Errorf("an error that cannot be shown: %q", line)
				}
			}
		}
	})
}
