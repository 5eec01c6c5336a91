package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
)

// The month is November 2026 in Berlin. Everything in these tables was worked
// out by hand, from the rules and not from the program.

// told is what was typed in that month, in the order of the clock. A line
// starts with the day and the time at which it was typed; stretch stands for a
// session that ended so at that moment, tonight for a look at what follows.
const told = `
01 22:30 stretch complete
02 07:30 quiet
02 22:30 stretch complete
03 22:40 stretch partial
04 00:40 tonight night 03, kept, run 3 of 3, last night 02 unknown
04 03:12 cramp
05 00:40 stretch complete
05 08:00 quiet
07 02:10 cramp
07 04:20 cramp --muscle foot
07 08:00 tonight night 06, not kept, run 0 of 4, last night 05 unknown
07 23:00 stretch abandoned
08 22:30 stretch complete
09 13:00 quiet
10 11:59 stretch complete
10 12:00 stretch complete
10 22:00 pause 2026-11-11 2026-11-13
12 20:00 tonight night 12, paused, run 3 of 4, last night 11 unknown
13 03:00 cramp
13 20:00 tonight night 13, paused, run 3 of 4, last night 12 with 1
14 22:30 stretch complete
15 07:00 quiet
15 07:05 quiet --night 2026-11-10
15 08:00 tonight night 14, kept, run 4 of 4, last night 13 unknown
15 09:00 cramp --at 02:30
15 20:00 tonight night 15, not kept, run 4 of 4, last night 14 with 1
15 22:30 stretch complete
17 08:00 quiet
17 21:00 stretch partial
18 00:20 stretch complete
18 20:00 cramp --night 2026-11-15
18 22:30 stretch complete
19 03:00 cramp
19 03:05 log undo
19 22:30 stretch complete
20 00:40 quiet
20 00:45 tonight night 19, kept, run 3 of 5, last night 18 with 0
20 22:30 stretch partial
21 05:00 quiet
22 22:30 stretch complete
23 11:58 cramp
23 18:00 pause today
25 09:00 pause --off
25 09:05 tonight night 24, paused, run 1 of 5, last night 23 unknown
25 22:30 stretch complete
26 08:00 cramp --at "yesterday 23:40" --lasted 4m
26 12:00 tonight night 26, not kept, run 2 of 5, last night 25 with 1
26 22:00 mark alcohol
26 22:30 stretch complete
27 22:30 stretch complete
28 11:59 quiet
28 22:30 stretch complete
29 12:00 quiet
29 22:30 stretch complete
30 04:00 quiet
30 22:00 tonight night 30, not kept, run 6 of 6, last night 29 with 0
`

// nights is what each night of the month is then: how it stands, and its
// cramps, ? for a night nobody answered for.
const nights = `
01 complete 0   02 complete ?   03 partial  1   04 complete 0   05 missed   ?
06 missed   2   07 missed   ?   08 complete 0   09 complete ?   10 complete 0
11 paused   ?   12 paused   1   13 paused   ?   14 complete 1   15 complete 1
16 missed   0   17 complete ?   18 complete 0   19 complete ?   20 partial  0
21 missed   ?   22 complete 1   23 paused   ?   24 paused   ?   25 complete 1
26 complete ?   27 complete 0   28 complete 0   29 complete 0
`

// sums is what the month comes to on the evening of the 30th.
const sums = `"streak":{"nights":6,"best":6,"kept_tonight":false,"last28":18},` +
	`"strength":0.5692,"over":29,"nights":{"of":29,"kept":19,"complete":17,"partial":2,"missed":5,"paused":5,"unlived":0,"known":17,"quiet":10,"cramps":8}`

// month is a home in which November goes by.
type month struct {
	t      *testing.T
	binary string
	home   string
	ids    int
}

func TestAMonthOfEveryKindOfNightIsCountedAsByHand(t *testing.T) {
	t.Parallel()
	binary, err := exec.LookPath("lull")
	if err != nil {
		t.Fatal(err)
	}
	m := &month{t: t, binary: binary, home: t.TempDir()}
	for line := range strings.Lines(strings.TrimSpace(told)) {
		day, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		clock, what, _ := strings.Cut(rest, " ")
		m.live("2026-11-"+day+"T"+clock+":00+01:00", what)
	}
	review := m.lull("2026-11-30T22:00:00+01:00", "", "review", "--json")
	if got := nightsOf(t, review); strings.Join(got, "\n") != strings.Join(tableOf(nights), "\n") {
		t.Errorf("the nights are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tableOf(nights), "\n"))
	}
	if !strings.Contains(review, sums) {
		t.Errorf("%s\nshould hold\n%s", review, sums)
	}
	m.onScreen("4", "the diary", diaryWords)
	m.onScreen("5", "the review", reviewWords)
}

// leftEarly are the nights whose session was begun and nothing of it held: they
// count as missed.
var leftEarly = map[string]bool{"07": true}

// diaryWords are what the line of a night says in the diary.
func diaryWords(day, state, cramps string) []string {
	words := map[string]string{"missed": "no session"}[state]
	if words == "" {
		words = state
	}
	if leftEarly[day] {
		words = "left early"
	}
	told := map[string]string{"?": "unknown", "0": "no cramps", "1": "1 cramp"}[cramps]
	if told == "" {
		told = cramps + " cramps"
	}
	return []string{words, told}
}

// reviewWords are what the review reads out of a night.
func reviewWords(day, state, cramps string) []string {
	words := map[string]string{"missed": "no session", "paused": "paused"}[state]
	if words == "" {
		words = "trial " + state
	}
	if leftEarly[day] {
		words = "trial abandoned"
	}
	told := map[string]string{"?": "cramps not told", "0": "no cramps"}[cramps]
	if told == "" {
		told = "cramps: " + cramps
	}
	return []string{words, told}
}

// onScreen goes down the nights of a screen on the evening of the 30th and looks
// for the words of each in the line that has the cursor.
func (m *month) onScreen(digit, name string, words func(day, state, cramps string) []string) {
	m.t.Helper()
	w := openPane(m.t, m.home, time.Date(2026, 11, 30, 22, 0, 0, 0, time.FixedZone("", 3600)), 100, 50)
	w.press(digit)
	rows := tableOf(nights)
	for i := len(rows) - 1; i >= 0; i-- {
		w.press(map[string]string{"4": "down", "5": "up"}[digit])
		day, rest, _ := strings.Cut(rows[i], " ")
		state, cramps, _ := strings.Cut(rest, " ")
		date, _ := journal.ParseDate("2026-11-" + day)
		line := w.lineOf(date.NightWords())
		for _, want := range words(day, state, cramps) {
			if !strings.Contains(line, want) {
				m.t.Errorf("%s: the night of the %s: %q, want %q", name, day, line, want)
			}
		}
	}
}

// live does one line of the month.
func (m *month) live(at, what string) {
	verb, rest, _ := strings.Cut(what, " ")
	switch verb {
	case "stretch":
		m.ids++
		held := map[string]int{"complete": 120, "partial": 40, "abandoned": 5}[rest]
		instant, _ := time.Parse(time.RFC3339, at)
		m.lull(at, fmt.Sprintf(`{"lull":1,"id":"%08x-%04x-7000-8000-%012d","at":%q,"kind":"stretched","routine":"trial","outcome":%q,"planned_s":120,"held_s":%d,"moves":[]}`,
			instant.UnixMilli()>>16, instant.UnixMilli()&0xffff, m.ids, at, rest, held), "import", "-")
	case "tonight":
		if got := evening(m.t, m.lull(at, "", "tonight", "--json")); got != rest {
			m.t.Errorf("%s: %s\nwant %s", at, got, rest)
		}
	default:
		m.lull(at, "", words(what)...)
	}
}

// words cuts a line as a shell does, as far as the table needs it.
func words(line string) []string {
	var all []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			all = append(all, part)
		} else {
			all = append(all, strings.Fields(part)...)
		}
	}
	return all
}

func (m *month) lull(at, input string, args ...string) string {
	m.t.Helper()
	cmd := exec.Command(m.binary, args...)
	cmd.Env = append(os.Environ(), "LULL_HOME="+m.home, "LULL_TEST_NOW="+at, "TZ=Europe/Berlin")
	cmd.Stdin = strings.NewReader(input)
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		m.t.Fatalf("%s lull %v: %v\n%s", at, args, err, &problems)
	}
	return out.String()
}

// evening is `lull tonight --json` in the words of the table.
func evening(t *testing.T, line string) string {
	t.Helper()
	var got struct {
		Night  string
		Paused bool
		Streak struct {
			Nights, Best int
			Kept         bool `json:"kept_tonight"`
		}
		Last struct {
			Night  string
			Known  bool
			Cramps int
		} `json:"last_night"`
	}
	if err := json.Unmarshal([]byte(line), &got); err != nil {
		t.Fatal(err)
	}
	how := map[bool]string{true: "kept", false: "not kept"}[got.Streak.Kept]
	if got.Paused {
		how = "paused"
	}
	last := "unknown"
	if got.Last.Known {
		last = fmt.Sprintf("with %d", got.Last.Cramps)
	}
	return fmt.Sprintf("night %s, %s, run %d of %d, last night %s %s",
		got.Night[8:], how, got.Streak.Nights, got.Streak.Best, got.Last.Night[8:], last)
}

// nightsOf is the log of `lull review --json` in the words of the table.
func nightsOf(t *testing.T, line string) []string {
	t.Helper()
	var got struct {
		Log []struct {
			Night, State string
			Known        bool
			Cramps       int
		}
	}
	if err := json.Unmarshal([]byte(line), &got); err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, n := range got.Log {
		cramps := "?"
		if n.Known {
			cramps = fmt.Sprint(n.Cramps)
		}
		rows = append(rows, n.Night[8:]+" "+n.State+" "+cramps)
	}
	return rows
}

// tableOf cuts the table of nights into a row for each.
func tableOf(table string) []string {
	var rows []string
	fields := strings.Fields(table)
	for i := 0; i+2 < len(fields); i += 3 {
		rows = append(rows, strings.Join(fields[i:i+3], " "))
	}
	return rows
}
