package cli

import (
	"strings"
	"testing"
	"text/template"

	"pgregory.net/rapid"
)

// TestATemplateMeansWhatTextTemplateMakesOfIt compares with the package whose
// language it is.
func TestATemplateMeansWhatTextTemplateMakesOfIt(t *testing.T) {
	fields := map[string]any{
		"n": 3, "zero": 0, "f": 0.25, "yes": true, "no": false, "text": "a b", "empty": "", "in": map[string]any{"n": 7},
	}
	field := rapid.SampledFrom([]string{".n", ".zero", ".f", ".yes", ".no", ".text", ".empty", ".in.n", "3", `"a b"`, "0.25", "true"})
	numbers := rapid.SampledFrom([]string{".n", ".zero", ".in.n", "3", "7"})
	rapid.Check(t, func(t *rapid.T) {
		compare := rapid.SampledFrom([]string{"eq", "ne", "lt", "le", "gt", "ge"}).Draw(t, "compare") + " " + numbers.Draw(t, "a") + " " + numbers.Draw(t, "b")
		logic := rapid.SampledFrom([]string{"and", "or"}).Draw(t, "logic") + " " + field.Draw(t, "c") + " (" + compare + ")"
		text := rapid.SampledFrom([]string{
			"{{" + field.Draw(t, "d") + "}}", "{{" + compare + "}}", "{{" + logic + "}}", "{{not " + field.Draw(t, "e") + "}}",
			"a {{- /* no */ -}} b {{if " + logic + "}}then{{.n}}{{else if " + compare + "}}or{{else}}else{{end}} c",
			`{{.f | printf "%.1f %d" .n}}`, `{{printf "%s" .text}}`, "{{if .n}}x{{end}}",
		}).Draw(t, "text")
		var want strings.Builder
		if err := template.Must(template.New("").Parse(text)).Execute(&want, fields); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		p, err := parsePage(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if got, err := p.fill(fields); err != nil || got != want.String() {
			t.Fatalf("%s is %q (%v), want %q", text, got, err, &want)
		}
	})
}

func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{"{{.n}}", "{{if .n}}a{{else}}b{{end}}", "{{printf}}", "{{and}}", "{{.n.n 1}}", "{{define \"--format\"}}{{end}}", "{{$x := 1}}", "{{template \"a\"}}", "{{nil}}", "{{.}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, text string) {
		if p, err := parsePage(text); err == nil {
			_, _ = p.fill(map[string]any{"n": 1})
		}
	})
}
