//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/creack/pty"
)

// hostile are texts that a terminal, a browser or a spreadsheet would obey, each
// short enough to be a name. Every one of them holds the word that is looked for.
var hostile = []string{
	word + "\x01\x02\x03\x04\x05\x06\x07\x08\t\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f",
	word + everyC1(),
	"\x1b]52;c;" + word + "\x07\x1b]0;" + word + "\x1b\\\x1b]9;" + word + "\x07",
	"\x1b]8;;http://" + word + "/\x1b\\link\x1b]8;;\x1b\\",
	"\x1bP" + word + "\x1b\\\x1b_" + word + "\x1b\\\x1b^" + word + "\x1b\\\x1bX" + word + "\x1b\\",
	"\x1b[2J\x1b[H\x1b[6n\x1b[8m" + word + "\x1b[?1049l\x1bc\x1b]52;c;" + word, // not ended
	"\u009b2J\u009d52;c;" + word + "\u009c\u0090" + word + "\u009c",
	"\u202e" + word + "\u202d\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u200e\u200f\u061c",
	"\U000e0041\U000e0001\U000e007f" + word + "\u200b\u200c\u2060\ufeff\u00ad\u180e\u3164\u115f\u2028\u2029\ue000",
	word + strings.Repeat("\u0301\u20dd", 30),
	"=" + word + "|' /C calc'!A0",
	"<script>" + word + "</script><img src=x onerror=" + word + ">",
	`"><svg onload=` + word + `>'&#x202e;`,
	"-" + word + "\r\nBEGIN:VEVENT\r\nX:",
	"%s%n%500d" + word,
}

// word is what is looked for, so that a text that was dropped altogether does not
// pass for one that was cleaned.
const word = "zorglub"

func everyC1() string {
	var b strings.Builder
	for r := rune(0x80); r < 0xa0; r++ {
		b.WriteRune(r)
	}
	return b.String()
}

// hostileFacts are the texts in every place of a fact that holds free text.
func hostileFacts() []byte {
	var b bytes.Buffer
	n := 0
	add := func(kind string, keys map[string]any) {
		n++
		line := map[string]any{
			"lull": 1, "id": fmt.Sprintf("01a202f0-1c20-7000-8000-%012x", n),
			"at": time.Date(2026, 11, 1+n%22, 3, n%60, 0, 0, time.UTC).Format(time.RFC3339), "kind": kind,
		}
		for k, v := range keys {
			line[k] = v
		}
		text, err := json.Marshal(line)
		if err != nil {
			panic(err)
		}
		b.Write(append(text, '\n'))
	}
	for _, h := range append(slices.Clone(hostile), word+strings.Repeat("\u0301", 2000)) {
		add("cramped", map[string]any{"note": h, "helped": []string{h}, "pain": 4, "muscle": "calf"})
		add("stretched", map[string]any{"routine": h, "outcome": "complete", "planned_s": 120, "held_s": 100, "moves": []any{
			map[string]any{"stretch": h, "side": "left", "planned_s": 60, "held_s": 50}}})
		add("ticked", map[string]any{"item": h, "list": "water", "ml": 250})
		add("ticked", map[string]any{"item": "x", "list": h})
		add("marked", map[string]any{"mark": h})
		add("medicine", map[string]any{"name": h, "from": "2026-11-01"})
		add("seen", map[string]any{"card": h})
		add("cramped", map[string]any{"side": h, "muscle": h}) // refused, and quoted
		add("zz"+h, map[string]any{"x": h, h: h})
	}
	return b.Bytes()
}

const hostileRoutine = `name = %[1]s
about = %[1]s
[[step]]
stretch = "doorway%[2]d"
hold = "30s"
[[stretch]]
id = "doorway%[2]d"
name = %[1]s
position = "standing"
hold = "30s"
movement = [%[1]s]
set_up = [%[1]s]
caution = [%[1]s]
`

// short is as much of a text as a name takes, as TOML writes it.
func short(s string) string {
	var b strings.Builder
	all := []rune(s)
	for _, r := range all[:min(len(all), 60)] {
		fmt.Fprintf(&b, `\U%08x`, r)
	}
	return `"` + b.String() + `"`
}

// stylesOf lull's own: colour and weight, and the ends of lines as a terminal
// gets them.
var stylesOf = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// unfit is the first rune of an output that no terminal should get.
func unfit(out string) (rune, bool) {
	marks := 0
	for i, r := range strings.ReplaceAll(stylesOf.ReplaceAllString(out, ""), "\r\n", "\n") {
		if unicode.Is(unicode.M, r) {
			marks++
		} else {
			marks = 0
		}
		bad := r == utf8.RuneError && !strings.HasPrefix(out[min(i, len(out)):], "\ufffd") && !utf8.ValidString(out)
		if bad || marks > 4 || r != '\n' && r != '\t' && r != '\u200d' && !unicode.IsPrint(r) && r != utf8.RuneError {
			return r, true
		}
	}
	return 0, false
}

// bench is a home that hostile texts came into, and what runs lull in it.
type hostileHome struct {
	binary string
	t      *testing.T
	dir    string
	env    []string
}

func newHostileHome(t *testing.T) *hostileHome {
	t.Helper()
	dir := t.TempDir()
	return &hostileHome{t: t, dir: dir, binary: unraced(t, "lull"), env: append(os.Environ(), "LULL_HOME="+filepath.Join(dir, "home"), "LULL_TEST_NOW=2026-11-22T22:31:00+01:00",
		"TZ=Europe/Berlin", "TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8", "NO_COLOR=", "VISUAL=", "EDITOR=", "PATH="+os.Getenv("PATH"))}
}

func (h *hostileHome) path(name ...string) string {
	return filepath.Join(append([]string{h.dir}, name...)...)
}

func (h *hostileHome) put(text string, name ...string) string {
	h.t.Helper()
	path := h.path(name...)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return path
}

func (h *hostileHome) command(env []string, args ...string) *exec.Cmd {
	h.t.Helper()
	cmd := exec.Command(h.binary, args...)
	cmd.Dir, cmd.Env = h.dir, append(slices.Clone(h.env), env...)
	return cmd
}

// lull runs a verb and looks at all that it says.
func (h *hostileHome) lull(env []string, args ...string) string {
	h.t.Helper()
	cmd := h.command(env, args...)
	cmd.Stdin = strings.NewReader("")
	out, err := cmd.CombinedOutput()
	if _, exit := err.(*exec.ExitError); err != nil && !exit {
		h.t.Fatal(err)
	}
	if r, bad := unfit(string(out)); bad || !utf8.Valid(out) {
		h.t.Errorf("lull %.300q lets %U through: %.600q", args, r, around(string(out), r))
	}
	if bytes.Contains(out, []byte("goroutine ")) {
		h.t.Errorf("lull %.300q fell: %.2000s", args, out)
	}
	return string(out)
}

func around(s string, r rune) string {
	at := strings.IndexRune(s, r)
	return s[max(0, at-100):min(len(s), max(0, at)+100)]
}

// takeIn has every hostile text come in by every way there is.
func (h *hostileHome) takeIn() {
	h.t.Helper()
	facts := string(hostileFacts())
	said := h.lull(nil, "import", h.put(facts, "facts.jsonl"))
	if !strings.Contains(said, " imported, 0 already there") || strings.HasPrefix(said, "0 imported") {
		h.t.Fatalf("nothing hostile came in: %.500s", said)
	}
	for i, text := range hostile {
		loop := "Date,\"" + strings.ReplaceAll(text, `"`, `""`) + "\"\n2026-11-03,2\n"
		h.lull(nil, "import", h.put(loop, "Checkmarks.csv"), "--format", "loop", "--habit", "x"+text)
		h.lull(nil, "import", h.put(loop, "Checkmarks.csv"), "--format", "loop")
		h.lull(nil, "import", h.put("date,cramps,note\n2026-11-0"+fmt.Sprint(1+i%9)+",1,\""+strings.ReplaceAll(text, `"`, `""`)+"\"\n"+text+",1\n", "counts.csv"), "--format", "counts")
		h.lull(nil, "import", h.put(text+"\n{\""+text+"\":\xff\xfe\xc0\n", "broken.jsonl"))
		h.lull(nil, "cramp", "--note", text, "--pain", "3")
		h.lull(nil, "mark", text)
		h.lull(nil, "medicine", text, "--from", "2026-08-03")
		h.lull(nil, "tick", text)
		h.lull(nil, "routines", "new", text)
		h.put(fmt.Sprintf(hostileRoutine, short(text), i), "home", "routines", fmt.Sprintf("own%d.toml", i))
	}
	evil := strings.ReplaceAll(hostile[5], "/", "") + "\u202e\u009b2J\xff"
	h.put("name = 7\n", "home", "routines", evil+".toml")
	h.put("{\"x\":1}\n", "shared", evil+".jsonl")
	h.put("", "shared", "lull-0123456789abcdef-202611-01234567"+evil+".jsonl")
}

// settings that hold them, as far as settings take such texts: what cannot be
// seen is refused, by name and cleanly.
func (h *hostileHome) settings() {
	var kept strings.Builder
	for i, text := range hostile {
		item := fmt.Sprintf("[[water]]\nid = \"w%d\"\nname = %s\nml = 200\n", i, short(text))
		h.put(item, "home", "config.toml")
		if said := h.lull(nil, "config", "list"); strings.Contains(said, "cannot be seen") {
			continue
		}
		kept.WriteString(item)
	}
	h.put(kept.String(), "home", "config.toml")
	if said := h.lull(nil, "config", "list"); strings.Count(kept.String(), "name") < 4 || !strings.Contains(said, "theme") {
		h.t.Fatalf("of the settings is left %q, and lull says %q", kept.String(), said)
	}
}

// leaveRoutines takes away the routines that are refused, and the window with
// them.
func (h *hostileHome) leaveRoutines() {
	h.t.Helper()
	files, err := os.ReadDir(h.path("home", "routines"))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, f := range files {
		if said := h.lull(nil, "routines", "check", h.path("home", "routines", f.Name())); !strings.Contains(said, "is in order: ") {
			os.Remove(h.path("home", "routines", f.Name()))
		}
	}
}

func TestNoTextFromOutsideIsObeyedByVerbs(t *testing.T) {
	h := newHostileHome(t)
	h.takeIn()
	h.settings()
	h.lull(nil, "config", "list")
	h.lull(nil, "drink")
	id := regexp.MustCompile(`lull log remove (\S+)`).FindStringSubmatch(h.lull(nil, "cramp", "--note", hostile[2]))
	if id != nil {
		h.lull(nil, "log", "edit", id[1], "note="+hostile[6])
		h.lull(nil, "log", "remove", id[1])
		h.lull(nil, "log", "remove", id[1], "--undo")
	}
	seen := ""
	for _, args := range [][]string{
		{"log"}, {"log", "-n", "0"}, {"log", "--json", "-n", "0"}, {"log", "undo"}, {"tonight"}, {"tonight", "--json"}, {"tonight", "--short"},
		{"tonight", "--format", "{{.stretch.routine}}"}, {"tonight", "--format", hostile[5]}, {"review"}, {"review", "--json"}, {"report"}, {"report", "--format", "html", "--name", hostile[2]},
		{"medicine"}, {"mark"}, {"pause"}, {"drink", "--undo"}, {"routines"}, {"routines", "--json"}, {"routines", "show", "own4"}, {"routines", "show", "own5", "--figure"},
		{"routines", "check", h.path("home", "routines", "own2.toml")}, {"export"}, {"export", "--format", "csv"}, {"export", "--with-health"},
		{"check"}, {"check", "--json"}, {"check", "--repair"}, {"experiment"}, {"config", "path"}, {"config", "get", hostile[2]}, {"config", "set", hostile[2], hostile[5]},
		{"config", "set", "routine", hostile[5]}, {"remind", "ics", "--at", "21:30"}, {"remind", "now", "stretch", "--why"}, {"remind"}, {"voice"},
		{"sync", h.path("shared")}, {"sync", "status", h.path("shared")}, {"sync", "status", h.path("shared"), "--json"},
		{"start", hostile[5]}, {"now", hostile[5]}, {"figure", hostile[5]}, {"guide", hostile[5]}, {"guide", "--search", hostile[5]},
		{hostile[5]}, {"drink", "--" + hostile[5]}, {"drink", hostile[6]}, {"log", "edit", hostile[5], hostile[6]}, {"import", hostile[5]}, {"routines", "check", hostile[5]},
		{"restore", hostile[5]}, {"backup", hostile[5] + "/x/y"}, {"export", "-o", hostile[5] + "/x/y"}, {"report", "-o", hostile[5]}, {"help", hostile[5]},
		{"completion", hostile[5]}, {"__complete", "start", ""}, {"__complete", "mark", ""}, {"__complete", "tick", ""}, {"__complete", "routines", "show", ""},
		{"sync", hostile[5] + "/none"}, {"pause", "--from", hostile[5]}, {"quiet", hostile[5]}, {"reset", hostile[5]}, {"man", hostile[5]},
	} {
		seen += h.lull(nil, args...)
	}
	if n := strings.Count(seen, word); n < 100 {
		t.Errorf("the texts were seen only %d times: they are dropped, not cleaned", n)
	}
	for _, name := range []string{"LULL_HOME", "EDITOR", "VISUAL", "TERM", "LANG", "LC_ALL", "LULL_SPEAK", "TZ", "NO_COLOR", "TERM_PROGRAM", "COLORTERM", "XDG_DATA_HOME"} {
		for _, text := range []string{hostile[5], hostile[6], hostile[7] + "\xff"} {
			for _, args := range [][]string{{"config", "edit"}, {"tonight"}, {"config", "path"}, {"voice"}, {"check"}, {"figure", "wall-calf"}, {"cramp"}, {"backup"}} {
				h.lull([]string{name + "=" + text}, args...)
			}
		}
	}
}

// What is shown on a terminal is what is printed, and colours.
func TestNoTextFromOutsideIsObeyedByATerminal(t *testing.T) {
	h := newHostileHome(t)
	h.takeIn()
	h.settings()
	for _, args := range [][]string{{"log"}, {"tonight"}, {"review"}, {"medicine"}, {"export"}, {"routines"}, {"routines", "show", "own2"}, {"import", hostile[5]}, {"--plain"}} {
		cmd := h.command(nil, args...)
		screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
		if err != nil {
			t.Skip("no pseudo terminal: ", err)
		}
		if args[0] == "--plain" {
			fmt.Fprint(screen, "diary\n1\nb\nb\nlist\nb\nstretch\nlist\n12\nb\nb\nreview\nb\n"+strings.Replace(hostile[7], "\u202e", "", 1)+"\nq\nq\nq\n\x04")
		}
		var out bytes.Buffer
		_, _ = out.ReadFrom(screen)
		_ = cmd.Wait()
		text := out.String()
		if args[0] == "--plain" { // what was typed is echoed by the terminal, not by lull
			_, text, _ = strings.Cut(text, "q\r\n\r\n")
		}
		if r, bad := unfit(text); bad {
			t.Errorf("lull %v lets %U through: %.600q", args, r, around(text, r))
		}
	}
}

func TestFilesThatAreWrittenHoldNothingThatIsObeyed(t *testing.T) {
	h := newHostileHome(t)
	h.takeIn()
	h.settings()
	for _, args := range [][]string{
		{"export", "-o", "all.jsonl"}, {"export", "--format", "csv", "-o", "all.csv"}, {"report", "-o", "page.html", "--name", hostile[7]},
		{"report", "-o", "page.txt", "--name", hostile[5]}, {"remind", "ics", "--at", "21:30", "-o", "lull.ics"}, {"backup", "plain.jsonl", "--format", "jsonl"},
	} {
		h.lull(nil, args...)
	}
	for _, name := range []string{"all.jsonl", "all.csv", "page.html", "page.txt", "lull.ics", "plain.jsonl"} {
		text, err := os.ReadFile(h.path(name))
		if err != nil {
			t.Error(err)
			continue
		}
		if r, bad := unfit(string(text)); bad || !utf8.Valid(text) || bytes.Contains(text, []byte("\x1b")) {
			t.Errorf("%s holds %U: %q", name, r, around(string(text), r))
		}
		if info, err := os.Stat(h.path(name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v, %v", name, info.Mode(), err)
		}
	}
	page, _ := os.ReadFile(h.path("page.html"))
	for _, tag := range []string{"<script", "<img", "onload=zorglub>", "onerror=zorglub>"} {
		if bytes.Contains(page, []byte(tag)) {
			t.Errorf("the page holds %s", tag)
		}
	}
	table, _ := os.ReadFile(h.path("all.csv"))
	if bytes.Contains(table, []byte(",="+word)) || bytes.Contains(table, []byte("\n="+word)) {
		t.Error("the table holds a formula")
	}
	// The lines are the facts, exactly.
	lines, _ := os.ReadFile(h.path("all.jsonl"))
	for line := range bytes.Lines(lines) {
		if !json.Valid(line) {
			t.Errorf("%q is no line of JSON", line)
		}
	}
	for _, text := range hostile {
		want, _ := json.Marshal(text)
		var found bool
		for line := range bytes.Lines(lines) {
			var fact struct{ Note string }
			if json.Unmarshal(line, &fact) == nil && fact.Note == text {
				found = true
				break
			}
		}
		if !found {
			t.Errorf("the note %s did not come back as it was", want)
		}
	}
	if said := h.lull(nil, "restore", "plain.jsonl", "--dry-run"); !strings.Contains(said, "in it and not here: none") || !strings.Contains(said, "here and not in it: none") {
		t.Errorf("of the plain backup lull says %q", said)
	}
	// Taken in by another, and through a shared folder, they are the same facts.
	other := newHostileHome(t)
	other.lull(nil, "import", h.path("all.jsonl"))
	other.lull(nil, "sync", h.path("shared"))
	h.lull(nil, "sync", h.path("shared"))
	other.lull(nil, "log", "-n", "0")
	other.lull(nil, "export", "-o", "again.jsonl")
	again, _ := os.ReadFile(other.path("again.jsonl"))
	const imports = 1 // the entry that names the import
	if diff := len(bytes.Split(again, []byte("\n"))) - len(bytes.Split(lines, []byte("\n"))); diff != imports {
		t.Errorf("the other has %d lines more, want %d", diff, imports)
	}
}

// What the window may send besides letters: the cursor, the screen's modes, its
// own title and colours, and two questions. Its contents are a fixed list.
var windows = []*regexp.Regexp{
	regexp.MustCompile(`\x1b\[[?>=<]?[0-9;:]*[ $]?[A-Za-z@` + "`" + `]`),
	regexp.MustCompile(`\x1b\](0|2);(lull)?(\x07|\x1b\\)`),
	regexp.MustCompile(`\x1b\](10|11|12|110|111|112)(;(\?|#[0-9a-f]{6}|rgb:[0-9a-f/]+))?(\x07|\x1b\\)`),
	regexp.MustCompile(`\x1b[78=>M]`),
	regexp.MustCompile(`\x1bP\+q[0-9A-F]+\x1b\\`), // whether the terminal has true colour
}

func TestNoTextFromOutsideIsObeyedInTheWindow(t *testing.T) {
	h := newHostileHome(t)
	h.takeIn()
	h.settings()
	h.leaveRoutines()
	home := "LULL_HOME=" + h.path("home")
	w := openTube(t, "lull", []string{home, "LULL_TEST_NOW=2026-11-22T22:31:00+01:00", "TZ=Europe/Berlin"})
	w.up()
	for _, keys := range []string{"2", "G", "j", "\r", "\x1b", "3", "G", "4", "j", "\r", "j", "\x1b", "5", " ", " ", " ", "6", "/zorglub\r", "\x1b", "7", "G", "1", "p", "\x1b",
		"\x1b[200~\x1b]52;c;" + word + "\x07\u202e\x1b[201~", "4", "/", "\x1b[200~\x1b]52;c;" + word + "\x07\u202e\x1b[201~", "\r", "\x1b"} {
		n := len(w.bytes())
		w.write(keys)
		for range 20 { // until it has drawn, or has nothing to draw
			if len(w.bytes()) > n {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(40 * time.Millisecond)
	}
	w.write("\x1b")
	time.Sleep(100 * time.Millisecond)
	w.write("q")
	w.over()
	text := w.bytes()
	if !strings.Contains(text, word) {
		t.Error("the window showed none of the texts")
	}
	for _, own := range windows {
		text = own.ReplaceAllString(text, "")
	}
	text = strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' || r == '\b' || r == '\t' {
			return -1
		}
		return r
	}, text)
	if r, bad := unfit(text); bad {
		t.Errorf("the window lets %U through: %q", r, around(text, r))
	}
}

// A folder's name is part of what is written into units and crontabs, so a name
// that could be more than a name there is refused.
func TestAFolderNobodyCouldNameIsNotWrittenIntoATimer(t *testing.T) {
	h := newHostileHome(t)
	said := h.lull([]string{"LULL_HOME=" + h.path("a\nb"), "PATH=" + h.dir, "HOME=" + h.dir, "XDG_CONFIG_HOME=" + h.dir}, "remind", "install", "--at", "21:30")
	if !strings.Contains(said, "nothing was installed") || !strings.Contains(said, `a\nb" cannot be written down for a timer`) {
		t.Errorf("it says %q", said)
	}
}
