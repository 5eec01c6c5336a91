package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"

	"pgregory.net/rapid"

	"lull/routine/exchange"
	"lull/routine/journal"
	"lull/routine/safe"
)

func TestVisibleJSONIsTheSameValueAndHoldsNothingATerminalObeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		line, err := json.Marshal(map[string]string{"a": text})
		if err != nil {
			t.Fatal(err)
		}
		var before, after map[string]string
		shown := safe.JSON(line)
		if json.Unmarshal(line, &before) != nil || json.Unmarshal(shown, &after) != nil || !reflect.DeepEqual(before, after) {
			t.Fatalf("%q became %q", line, shown)
		}
		for _, r := range string(shown) {
			if !unicode.IsPrint(r) {
				t.Fatalf("%q shows %U", shown, r)
			}
		}
	})
	for _, hostile := range []string{"\u009b2J", "\u202eabc", "\U000e0041", "a\u2028b", "\x7f"} {
		if shown := string(safe.JSON([]byte(`"` + hostile + `"`))); strings.Contains(shown, hostile) || !strings.Contains(shown, `\u`) {
			t.Errorf("%q is shown as %q", hostile, shown)
		}
	}
}

func TestAnArgumentComesThroughAShellAsItIs(t *testing.T) {
	for word, want := range map[string]string{
		"glass-1": "glass-1", "2026-11-22": "2026-11-22", "/tmp/a_b.toml": "/tmp/a_b.toml",
		"two words": "'two words'", "it's": `'it'\''s'`, "": "''", "$(reboot)": "'$(reboot)'", "~": "'~'",
	} {
		if got := argument(word); got != want {
			t.Errorf("%q is written %s, want %s", word, got, want)
		}
	}
}

func TestARoutineFileIsNamedWithPlainSigns(t *testing.T) {
	for name, want := range map[string]string{
		"after football": "after-football", "../../etc/passwd": "etc-passwd", "Füße": "fu-e", "Después del fútbol": "despues-del-futbol", "--": "", "a\x1b[2J": "a-2j",
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q is filed as %q, want %q", name, got, want)
		}
	}
}

const quietLine = `{"lull":1,"id":"01931f3e-7c00-7000-8000-00000000000%d","at":"2026-11-22T07:00:00+01:00","kind":"quiet"}`

// readOwn reads lull's own lines.
func readOwn(in io.Reader) (exchange.Read, error) {
	lines, err := readLines(in)
	if err != nil {
		return exchange.Read{}, err
	}
	return exchange.From(exchange.JSONL, lines, exchange.Ask{Calendar: journal.DefaultCalendar})
}

func TestLinesAreReadOneByOneWhateverTheirEnds(t *testing.T) {
	text := "\xef\xbb\xbf" + fmt.Sprintf(quietLine, 1) + "\r\n\n  \n" +
		strings.Repeat("x", journal.MaxLine+10) + "\n" + "not json\n" + "\xff\n" + fmt.Sprintf(quietLine, 2)
	read, err := readOwn(iotest.OneByteReader(strings.NewReader(text)))
	if err != nil || len(read.Entries) != 2 {
		t.Fatalf("%d entries, %v", len(read.Entries), err)
	}
	var refused []int
	for _, r := range read.Refused {
		refused = append(refused, r.Line)
	}
	if want := []int{4, 5, 6}; !reflect.DeepEqual(refused, want) {
		t.Errorf("lines %v are refused, want %v", refused, want)
	}
	first, _ := journal.Encode(read.Entries[0])
	if !bytes.Contains(first, []byte(`"night":"2026-11-21"`)) {
		t.Errorf("the first line became %s", first)
	}
}

func TestALineOfTheGreatestLengthIsRead(t *testing.T) {
	line := strings.TrimSuffix(fmt.Sprintf(quietLine, 1), "}") + `,"night":"2026-11-21","day":"2026-11-21","more":"`
	line += strings.Repeat("x", journal.MaxLine-len(line)-2) + `"}`
	// One that would be too long with its labels is refused alone, not with all others.
	bare := strings.Replace(line, `"night":"2026-11-21","day":"2026-11-21",`, "", 1)
	bare = strings.Replace(bare, "x", "xxxxxxxxxxxxxxxx", 1)
	read, err := readOwn(strings.NewReader(line + "\r\n" + strings.Replace(line, "x", "xx", 1) + "\n" + bare + "\n"))
	if err != nil || len(read.Entries) != 1 || len(read.Refused) != 2 {
		t.Errorf("%d taken, %d refused, %v", len(read.Entries), len(read.Refused), err)
	}
}

func TestAnInputThatFailsTakesNothing(t *testing.T) {
	broken := errors.New("broken pipe")
	in := io.MultiReader(strings.NewReader(fmt.Sprintf(quietLine, 1)+"\n"), iotest.ErrReader(broken))
	if read, err := readOwn(in); !errors.Is(err, broken) || read.Entries != nil {
		t.Errorf("%d entries, %v", len(read.Entries), err)
	}
}
