package settings_test

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"lull/routine/settings"
)

// FuzzParse reads any bytes as config.toml: nothing fails or takes long, what is
// wrong is told in words that can be shown, and a file that is taken can be
// changed and read again.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		written, "", "\ufeffbell = true\n", "a.b.c.d = 1", "water = []\n", strings.Repeat("[", 100), "theme = \"\\u001b\"", "x = \"\"\"\n\"\"\"",
		"marks = [\"a\", \"b\"]\nsync = \"/x\"\n", "bed = \"22:00\"\r\nwake = '07:00'\r\n", "\x00", "[keys]\npause = [\"p\"]\n[[water]]\nid=\"a\"\nname=\"b\"\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		begin := time.Now()
		s, err := settings.Parse("config.toml", text)
		if took := time.Since(begin); took > 2*time.Second {
			t.Fatalf("it took %v", took)
		}
		if err != nil {
			if strings.ContainsFunc(err.Error(), func(r rune) bool {
				return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
			}) {
				t.Fatalf("the error holds what cannot be seen: %q", err)
			}
			return
		}
		changed, err := settings.Set("config.toml", text, "theme", "night")
		if err != nil {
			t.Fatalf("it cannot be changed: %v", err)
		}
		again, err := settings.Parse("config.toml", changed)
		if err != nil {
			t.Fatalf("what was changed cannot be read: %v\n%q", err, changed)
		}
		if s.Theme = "night"; cmp.Diff(s, again) != "" {
			t.Fatalf("more than the theme was changed:\n%s", cmp.Diff(s, again))
		}
		twice, err := settings.Set("config.toml", changed, "theme", "night")
		if err != nil || string(twice) != string(changed) {
			t.Fatalf("changing twice is not once: %v\n%q\n%q", err, changed, twice)
		}
		emptied, err := settings.SetItems("config.toml", text, "water", nil)
		if err != nil {
			t.Fatalf("its list cannot be emptied: %v", err)
		}
		if none, err := settings.Parse("config.toml", emptied); err != nil || len(none.Water) > 0 {
			t.Fatalf("emptied it holds %v, %v\n%q", none.Water, err, emptied)
		}
	})
}
