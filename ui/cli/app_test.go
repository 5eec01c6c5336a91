package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/relief"
	"lull/routine/review"
)

// folder is a Folder in memory.
type folder struct {
	config   []byte
	routines map[string][]byte
}

func (f *folder) ConfigFile() string              { return "config.toml" }
func (f *folder) RoutinesDir() string             { return "routines" }
func (f *folder) ReadConfig() ([]byte, error)     { return f.config, nil }
func (f *folder) WriteConfig(text []byte) error   { f.config = text; return nil }
func (f *folder) ReadFile(string) ([]byte, error) { return nil, os.ErrNotExist }
func (f *folder) WriteRoutine(name string, text []byte) (string, error) {
	f.routines[name] = text
	return "routines/" + name + ".toml", nil
}

// keeper is a Keeper with nothing to keep, but for an inbox if it has room.
type keeper struct {
	Keeper
	room    bool
	dropped []journal.Entry
	noCopy  error // none can be made before an import
}

func (k *keeper) Check(context.Context) (Findings, error)       { return Findings{}, nil }
func (k *keeper) Ahead(context.Context, ...journal.Entry) error { return k.noCopy }
func (k *keeper) Write(file string, _ bool, fill func(io.Writer) error) error {
	var text bytes.Buffer
	if err := fill(&text); err != nil {
		return err
	}
	return os.WriteFile(file, text.Bytes(), 0o600)
}
func (k *keeper) MayWrite(string, bool) error { return nil }
func (k *keeper) Drop(entries ...journal.Entry) (string, error) {
	if !k.room {
		return "", errors.New("no room")
	}
	k.dropped = append(k.dropped, entries...)
	return "inbox/it.jsonl", nil
}

// desktop is an App on a Mem, and what it printed last.
type desktop struct {
	*App
	mem      *journaltest.Mem
	machine  *machine
	now      time.Time
	out, err bytes.Buffer
}

func newDesktop() *desktop {
	d := &desktop{mem: &journaltest.Mem{}, machine: &machine{}, now: journaltest.Evening}
	d.App = &App{
		In: strings.NewReader(""), Out: &d.out, Err: &d.err,
		Env:       func(string) string { return "" },
		Now:       func() time.Time { return d.now },
		Steady:    func() time.Duration { return d.now.Sub(journaltest.Evening) },
		Wait:      time.After,
		Folder:    &folder{routines: map[string][]byte{}},
		Log:       func(time.Duration) journal.Log { return d.mem },
		Library:   func() (*routine.Library, error) { return routine.Open(assets.Files) },
		Aid:       func() (relief.Aid, error) { return relief.Open(assets.Files) },
		Figures:   func() *body.Library { return body.Open(assets.Files) },
		Colours:   func() colorprofile.Profile { return colorprofile.ASCII },
		Guide:     func() (guide.Guide, error) { return guide.Open(assets.Files) },
		Reminders: func() Reminders { return d.machine },
		Keeper:    &keeper{},
		Open:      func(context.Context, Start) error { return nil },
		Version:   "1.2.3",
	}
	return d
}

// run runs one verb and returns its exit status.
func (d *desktop) run(args ...string) int {
	d.out.Reset()
	d.err.Reset()
	return d.Main(context.Background(), args)
}

func TestEveryErrorOfTheLogHasItsExitStatus(t *testing.T) {
	failing := [][]string{
		{"tonight", "--short"}, {"tonight", "--json"}, {"review"}, {"drink"}, {"tick", "covers"}, {"drink", "--undo"},
		{"log"}, {"log", "-n", "0"}, {"log", "undo"}, {"log", "remove", "12345678"}, {"log", "edit", "12345678", "pain=1"},
		{"export"}, {"import", "-"}, {"quiet"}, {"mark", "alcohol"}, {"mark", "alcohol", "--undo"},
		{"pause", "today"}, {"pause", "--off"}, {"pause"},
		{"routines"}, {"routines", "show", "trial"}, {"figure", "wall-calf"},
	}
	for cause, status := range map[error]int{
		journal.ErrBusy: Busy, journal.ErrDamaged: Damaged, journal.ErrTooNew: TooNew,
		journal.ErrFull: Failed, journal.ErrReadOnly: Failed, context.Canceled: Failed,
	} {
		for _, verb := range failing {
			d := newDesktop()
			d.mem.Fail(fmt.Errorf("open lull.db: %w; here is the way out", cause))
			if got := d.run(verb...); got != status {
				t.Errorf("%v: %v ended with status %d, want %d", cause, verb, got, status)
			}
			if d.out.Len() > 0 || strings.Count(d.err.String(), "\n") != 1 || !strings.HasSuffix(d.err.String(), "here is the way out\n") {
				t.Errorf("%v: %v printed %q and %q", cause, verb, &d.out, &d.err)
			}
		}
	}
}

// A cramp that the journal cannot take goes to the inbox, and where even that
// fails the person is given it as a line.
func TestACrampIsNeverLost(t *testing.T) {
	for cause, status := range map[error]int{
		journal.ErrBusy: Busy, journal.ErrDamaged: Damaged, journal.ErrTooNew: TooNew,
		journal.ErrFull: Failed, journal.ErrReadOnly: Failed, journal.ErrFailing: Failed, context.Canceled: Failed,
	} {
		d := newDesktop()
		inbox := &keeper{room: true}
		d.Keeper = inbox
		d.mem.Fail(fmt.Errorf("open lull.db: %w", cause))
		if got := d.run("cramp", "--pain", "7"); got != Done || len(inbox.dropped) != 1 || *inbox.dropped[0].Fact.(journal.Cramped).Pain != 7 {
			t.Errorf("%v: status %d, dropped %v, %s", cause, got, inbox.dropped, &d.err)
		}
		if !strings.Contains(d.out.String(), "written down") || !strings.Contains(d.err.String(), "it waits in inbox/it.jsonl") {
			t.Errorf("%v: %q and %q", cause, &d.out, &d.err)
		}
		inbox.room = false
		if got := d.run("cramp", "--pain", "7"); got != status || d.out.Len() > 0 {
			t.Errorf("%v: status %d, %q", cause, got, &d.out)
		}
		for _, words := range []string{cause.Error(), "no room", "lull import -", `"kind":"cramped","pain":7}`} {
			if !strings.Contains(d.err.String(), words) {
				t.Errorf("%v: %q does not say %q", cause, &d.err, words)
			}
		}
	}
}

func TestAVerbOpensNothingItDoesNotNeed(t *testing.T) {
	for _, c := range []struct {
		verb         string
		log, library bool
	}{
		{"tonight --short", true, false}, {"drink", true, false}, {"review --json", true, false}, {"export", true, false},
		{"version", false, false}, {"--help", false, false}, {"help drink", false, false}, {"man", false, false},
		{"completion bash", false, false}, {"config path", false, false}, {"config get bed", false, false},
		{"__complete drink ", false, false}, {"drnk", false, false}, {"tonight", true, true}, {"routines", true, true},
		{"start trial", false, true}, {"now calf", false, false}, {"now --no-record", true, false}, {"now nose", true, false},
		{"cramp", true, false}, {"quiet", true, false}, {"mark alcohol", true, false}, {"pause today", true, false},
		{"guide", true, false}, {"guide help", true, true}, {"cramp --pain eleven", false, false},
	} {
		d := newDesktop()
		d.Terminal = c.verb == "start trial" || c.verb == "now calf"
		var log, library bool
		d.Log = func(time.Duration) journal.Log { log = true; return d.mem }
		d.Library = func() (*routine.Library, error) { library = true; return routine.Open(assets.Files) }
		d.run(strings.Split(c.verb, " ")...)
		if log != c.log || library != c.library {
			t.Errorf("%s opened the log: %v, want %v; the library: %v, want %v", c.verb, log, c.log, library, c.library)
		}
	}
}

func TestAPromptWaitsOnlyAMoment(t *testing.T) {
	for verb, want := range map[string]time.Duration{"tonight --short": prompt, "tonight": patient, "drink": patient} {
		d := newDesktop()
		d.Log = func(wait time.Duration) journal.Log {
			if wait != want {
				t.Errorf("%s waits %v, want %v", verb, wait, want)
			}
			return d.mem
		}
		d.run(strings.Fields(verb)...)
	}
}

func TestTheAppOpensOnATerminalWithWhatWasNamed(t *testing.T) {
	for verb, want := range map[string]Start{
		"": {}, "start": {Routine: "trial"}, "start seated": {Routine: "seated"},
		"now": {Now: true, Cramp: relief.Asked("")}, "now foot": {Now: true, Cramp: relief.Asked("foot")},
	} {
		d := newDesktop()
		d.Terminal = true
		opened := Start{Routine: "not at all"}
		d.Open = func(_ context.Context, s Start) error { opened = s; return nil }
		if status := d.run(strings.Fields(verb)...); status != Done || opened != want {
			t.Errorf("lull %s opened %+v with status %d, want %+v", verb, opened, status, want)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestOutputThatCannotBeWrittenIsAFailure(t *testing.T) {
	for _, verb := range []string{"tonight", "review", "version", "man", "--help", "completion zsh"} {
		d := newDesktop()
		d.Out = full{}
		if status := d.run(strings.Fields(verb)...); status != Failed || !strings.Contains(d.err.String(), "no space left") {
			t.Errorf("%s ended with status %d: %q", verb, status, &d.err)
		}
	}
}

func TestTheTemplateOfANewRoutineIsInOrder(t *testing.T) {
	d := newDesktop()
	if status := d.run("routines", "new", `Ben's "own" \ one`); status != Done {
		t.Fatalf("status %d: %s", status, &d.err)
	}
	lib, _ := d.Library()
	text := string(d.Folder.(*folder).routines["ben-s-own-one"])
	head, own, _ := strings.Cut(text, "# [[stretch]]")
	uncommented := head + "[[stretch]]" + strings.ReplaceAll(own, "\n# ", "\n")
	for _, file := range []string{text, uncommented} {
		r, err := routine.ParseRoutine("ben-s-own-one.toml", []byte(file), lib)
		if err != nil || r.Name != `Ben's "own" \ one` || len(r.Steps) != 2 {
			t.Errorf("%+v, %v in\n%s", r, err, file)
		}
	}
}

func TestTicksAndUndosOfADayAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDesktop()
		ticked := map[string]bool{}
		var order []string
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			d.now = d.now.Add(time.Second)
			item := rapid.SampledFrom([]string{"", "glass-1", "glass-2", "glass-6"}).Draw(t, "item")
			args := strings.Fields("drink " + item)
			if rapid.Bool().Draw(t, "undo") {
				if item == "" && len(order) > 0 {
					item = order[len(order)-1]
				}
				want := Failed
				if ticked[item] {
					want = Done
				}
				if status := d.run(append(args, "--undo")...); status != want {
					t.Fatalf("undo %q ended with %d, want %d: %s", item, status, want, &d.err)
				}
				order = remove(order, item)
			} else {
				if status := d.run(args...); status != Done {
					t.Fatal(&d.err)
				}
				if item == "" {
					item = nextOf(ticked)
				}
				if !ticked[item] {
					order = append(order, item)
				}
			}
			ticked = map[string]bool{}
			for _, it := range order {
				ticked[it] = true
			}
		}
		facts, err := d.mem.Live(context.Background(), math.MinInt32, math.MaxInt32)
		if err != nil || len(facts) != len(order) {
			t.Fatalf("%d facts stand, want %v (%v)", len(facts), order, err)
		}
		for _, e := range facts {
			if !ticked[tickOf(e).Item] {
				t.Errorf("%s stands, want %v", tickOf(e).Item, order)
			}
		}
	})
}

func remove(all []string, item string) []string {
	var kept []string
	for _, s := range all {
		if s != item {
			kept = append(kept, s)
		}
	}
	return kept
}

func nextOf(ticked map[string]bool) string {
	for n := 1; ; n++ {
		item := fmt.Sprintf("glass-%d", n)
		if n > 6 {
			item = fmt.Sprintf("extra-%d", n-6)
		}
		if !ticked[item] {
			return item
		}
	}
}

// web is an app with a tangle of facts, edits and withdrawals.
func web(t *testing.T, r *rapid.T) *desktop {
	d := newDesktop()
	d.now = journaltest.Evening.AddDate(1, 1, 0)
	facts := journaltest.Web(journaltest.NewMaker(t, 1), rapid.IntRange(1, 30).Draw(r, "size"), func(n int) int {
		return rapid.IntRange(0, n-1).Draw(r, "choice")
	})
	slices.SortFunc(facts, func(a, b journal.Entry) int { return a.ID.Compare(b.ID) })
	for _, e := range facts { // as one device records them
		if _, err := d.mem.Append(context.Background(), e); err != nil {
			r.Fatal(err)
		}
	}
	return d
}

func TestWhatIsExportedAndImportedIsTheSameJournal(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d, other := web(t, r), newDesktop()
		if status := d.run("export", "--with-health"); status != Done {
			r.Fatal(&d.err)
		}
		lines := d.out.String()
		for range 2 {
			other.In = strings.NewReader(lines)
			if status := other.run("import", "-"); status != Done {
				r.Fatal(&other.err)
			}
		}
		journaltest.Same(t, unnamed(t, other.mem), d.mem)
	})
}

// unnamed is a journal without the entries that name imports.
func unnamed(t *testing.T, log journal.Log) *journaltest.Mem {
	all, err := log.Page(t.Context(), journal.ID{}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var mem journaltest.Mem
	all = slices.DeleteFunc(all, func(e journal.Entry) bool { return e.Fact.Kind() == journal.KindImported })
	if _, err := mem.Append(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	return &mem
}

func TestUndoingAgainAndAgainLeavesNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := web(t, r)
		ctx := context.Background()
		for steps := 0; ; steps++ {
			before, _ := d.mem.Live(ctx, math.MinInt32, math.MaxInt32)
			status := d.run("log", "undo")
			after, _ := d.mem.Live(ctx, math.MinInt32, math.MaxInt32)
			if status == Failed {
				if len(after) > 0 {
					r.Fatalf("%d facts stand, and undo says %s", len(after), &d.err)
				}
				return
			}
			if status != Done || len(after) > len(before)+1 || len(after) < len(before)-1 || steps > 100 { // a removal is undone as well
				r.Fatalf("status %d, %d facts became %d after %d steps: %s", status, len(before), len(after), steps, &d.err)
			}
		}
	})
}

func TestAFactThatIsMovedGetsTheNightOfItsNewTime(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := newDesktop()
		e := journaltest.NewMaker(t, 1).At(0, journaltest.Cramp(3))
		if _, err := d.mem.Append(context.Background(), e); err != nil {
			r.Fatal(err)
		}
		at := d.now.Add(-time.Duration(rapid.IntRange(0, 60*24*30).Draw(r, "minutes")) * time.Minute)
		if status := d.run("log", "edit", e.ID.String(), "at="+at.Format(time.RFC3339)); status != Done {
			r.Fatal(&d.err)
		}
		moved, _, err := d.mem.Find(context.Background(), e.ID)
		c := journal.DefaultCalendar
		if err != nil || !moved.At.Equal(at) || moved.Night != c.Night(at) || moved.Day != c.Day(at) || moved.Suspect {
			r.Fatalf("moved to %v it became %+v (%v)", at, moved, err)
		}
	})
}

func TestThePagesOfALongExportLeaveNothingOut(t *testing.T) {
	d, m := newDesktop(), journaltest.NewMaker(t, 1)
	for i := range 2*batch + 1 {
		if _, err := d.mem.Append(context.Background(), m.At(float64(i), journal.Quiet{})); err != nil {
			t.Fatal(err)
		}
	}
	d.run("export")
	if lines := strings.Count(d.out.String(), "\n"); lines != 2*batch+1 {
		t.Errorf("%d lines of %d", lines, 2*batch+1)
	}
}

func TestChangesOfTheSafetyAnswersStayAtHomeWithThem(t *testing.T) {
	d, m := newDesktop(), journaltest.NewMaker(t, 1)
	answers := m.At(0, journal.Screened{Answers: map[string]any{"falls": true}})
	quiet := m.At(1, journal.Quiet{})
	edits := []journal.Entry{m.Revise(answers, map[string]any{"answers": map[string]any{"knee": true}}), m.Withdraw(answers)}
	if _, err := d.mem.Append(context.Background(), append(edits, answers, quiet)...); err != nil {
		t.Fatal(err)
	}
	d.run("export")
	if text := d.out.String(); strings.Count(text, "\n") != 1 || strings.Contains(text, "answers") || !strings.Contains(d.err.String(), "(3 lines)") {
		t.Errorf("exported %s%s", text, &d.err)
	}
}

func TestTheReviewFitsEightyColumnsOfPlainSigns(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := web(t, r)
		if status := d.run("review", "--since", d.now.AddDate(0, 0, -rapid.IntRange(0, 500).Draw(r, "days")).Format(time.DateOnly)); status != Done {
			r.Fatal(&d.err)
		}
		for line := range strings.Lines(d.out.String()) {
			if len(line) > 81 || strings.ContainsFunc(line, func(c rune) bool { return c > '~' }) {
				r.Fatalf("%q", line)
			}
		}
	})
}

func TestTheHeatMapShowsEachNightUnderItsWeekday(t *testing.T) {
	d, m := newDesktop(), journaltest.NewMaker(t, 1)
	kept := m.At(-5*24, journaltest.Session("trial", journal.Complete, 120))
	cramp := m.At(-3*24, journaltest.Cramp(4))
	if _, err := d.mem.Append(context.Background(), kept, cramp, m.At(-2*24, journal.Quiet{})); err != nil {
		t.Fatal(err)
	}
	d.run("review")
	for _, row := range []string{"Mon\n", "Tue  #\n", "Wed  .\n", "Thu  .1\n", "Fri  .0\n", "Sat  .\n", "Sun  ?\n"} {
		if !strings.Contains(d.out.String(), "\n"+row) {
			t.Errorf("%q is missing in\n%s", row, &d.out)
		}
	}
}

func TestBlocksAreForTerminalsThatSpeakUTF8(t *testing.T) {
	for _, c := range []struct {
		terminal   bool
		lang, term string
		blocks     bool
	}{
		{true, "de_DE.UTF-8", "xterm", true}, {true, "C.utf8", "xterm", true}, {true, "C", "xterm", false},
		{false, "de_DE.UTF-8", "xterm", false}, {true, "de_DE.UTF-8", "dumb", false},
	} {
		d := newDesktop()
		d.Terminal = c.terminal
		d.Env = func(name string) string { return map[string]string{"LANG": c.lang, "TERM": c.term}[name] }
		if got := d.signs()[review.Kept] != "#"; got != c.blocks {
			t.Errorf("%+v: blocks %v", c, got)
		}
	}
}

func TestEveryVerbHasAGroupAndAShortHelp(t *testing.T) {
	d := newDesktop()
	for _, v := range verbs() {
		c := v.command(d.App)
		if c.Name() != v.name || c.GroupID == "" || c.Short == "" || c.Args == nil {
			t.Errorf("%s: named %s, group %q, short %q", v.name, c.Name(), c.GroupID, c.Short)
		}
	}
}
