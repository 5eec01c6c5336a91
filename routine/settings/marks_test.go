package settings_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine/settings"
)

func TestFiveMarksAreThereWithoutAFile(t *testing.T) {
	want := []string{"long-standing", "hard-exercise", "alcohol", "medicine", "short-sleep"}
	if diff := cmp.Diff(want, settings.Default().Marks); diff != "" {
		t.Error(diff)
	}
}

func TestMarksOfTheFileTakeThePlaceOfTheDefaults(t *testing.T) {
	for text, want := range map[string][]string{
		`marks = ["hot-day", "garten"]`: {"hot-day", "garten"},
		`marks = []`:                    {},
		`bell = true`:                   settings.Default().Marks,
	} {
		if diff := cmp.Diff(want, parse(t, text).Marks); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestWrongMarksAreRefusedWithTheReason(t *testing.T) {
	thirteen := slices.Repeat([]string{`"a"`}, 13)
	for i := range thirteen {
		thirteen[i] = `"` + strings.Repeat("a", i+1) + `"`
	}
	for text, want := range map[string]string{
		`marks = ["hot day"]`:                            "more in it than small letters",
		`marks = ["Hot"]`:                                "more in it than small letters",
		`marks = ["-hot"]`:                               "a hyphen stands between",
		`marks = ["hot", "hot"]`:                         "there twice",
		`marks = ["` + strings.Repeat("a", 31) + `"]`:    "too long by 1",
		`marks = "hot"`:                                  "not a list",
		`marks = [` + strings.Join(thirteen, ", ") + `]`: "too many",
	} {
		_, err := settings.Parse("config.toml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "config.toml:1") {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestAMarkIsOneWordThatNeedsNoQuotes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z0-9ü -]{0,34}`).Draw(t, "word")
		plain := strings.Trim(word, "-") == word && !strings.Contains(word, "--") && !strings.Contains(word, " ")
		want := plain && word != "" && len([]rune(word)) <= 30
		if err := settings.MarkForm(word); (err == nil) != want {
			t.Fatalf("%q: %v", word, err)
		}
	})
	for _, word := range []string{"\x1b[2j", "a\u202eb", "a,b", "a\xff", "a=b", "$(x)"} {
		if settings.MarkForm(word) == nil {
			t.Errorf("%q was taken", word)
		}
	}
}
