package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/relief"
	"lull/routine/say"
)

// spoken is a cramp whose steps are told line by line, as their times come.
// What helps comes first: the journal is opened when the first instruction is
// on the screen, and a journal that fails stops nothing.
type spoken struct {
	app   *App
	aid   relief.Aid
	care  relief.Care
	walk  relief.Walk
	place relief.Place // of the plan in hand
	moved bool         // it is not where it was recorded to be
	onset time.Time
	fact  journal.Cramped

	desk  *desk         // the one that made the cramp; nil while the journal could not be asked
	start journal.Entry // the cramp; a retry has the same id
	kept  bool          // it is in the journal or in the inbox

	step  int             // the latest that was told, from -1
	notes map[string]bool // told
}

func (a *App) speak(ctx context.Context, asked relief.Request) error {
	return a.stoppable(ctx, func(ctx context.Context) error { return a.speakUntil(ctx, asked) })
}

func (a *App) speakUntil(ctx context.Context, asked relief.Request) error {
	aid, care, err := a.care(ctx)
	if err != nil {
		return err
	}
	plan, err := planFor(aid, care, asked)
	if err != nil {
		return err
	}
	at := a.Steady()
	s := &spoken{
		app: a, aid: aid, care: care, walk: relief.Start(plan, at, at), place: asked.Opens(), onset: a.Now(),
		fact: asked.Cramp(), step: -1, notes: map[string]bool{},
	}
	s.head()
	s.tell()
	if asked.Taken {
		s.line("%s", takenAs(asked, plan)+" "+say.Text("Type m and Enter for another place."))
	}
	s.begin(ctx)
	s.foot()
	lines := a.Lines
	if lines == nil {
		lines = typed(a.In)
	}
	if !s.follow(ctx, lines) {
		return s.leave(ctx)
	}
	return s.letGo(ctx)
}

// head prints the line of the plan that comes before its steps, if it has one.
func (s *spoken) head() {
	if first := s.walk.Plan().First; first != "" {
		s.line("%s", first)
	}
}

// foot prints what holds for all the steps, and what can be typed.
func (s *spoken) foot() {
	if before := s.care.Before(); before != "" {
		s.line("%s", before)
	}
	s.ask()
	s.line("%s", s.keys())
}

// answered applies the safety answers. If they change the plan, its step in hand
// is told again.
func (s *spoken) answered(who routine.Screening) {
	care := s.aid.For(who)
	if care.Same(s.care) {
		return
	}
	s.care = care
	if plan, ok := care.Plan(s.place); ok {
		s.walk, s.step = s.walk.Turn(plan, s.app.Steady()), -1
		s.tell()
	}
}

// say prints a sentence at once: somebody is waiting for it.
func (s *spoken) say(k say.Key, v ...any) { s.line("%s", say.Text(k, v...)) }

// line is say of what is data, or was said before.
func (s *spoken) line(form string, v ...any) {
	s.app.line(form, v...)
	s.show()
}

// show prints what was said. Main tells of what cannot be printed.
func (s *spoken) show() { _ = s.app.out.Flush() }

// begin records the start. It is tried again at the end if it fails.
func (s *spoken) begin(ctx context.Context) {
	if err := s.record(ctx); err != nil {
		s.app.warn("this cramp is not saved yet: %s; the steps go on, and it is tried again at the end", cleanLines(err.Error()))
		return
	}
	s.say("Written down: %s, the night of %s.", s.onset.Format("15:04"), s.desk.nightWords(s.start.Night))
	if s.desk.read {
		s.answered(s.desk.screening())
	}
}

// record makes the cramp durable unless it is, and with it what is to be changed
// of it.
func (s *spoken) record(ctx context.Context, changes ...journal.Entry) error {
	if s.kept {
		return s.desk.keep(ctx, changes...)
	}
	return s.app.atDeskAnyway(ctx, func(d *desk) error {
		s.desk = d
		if s.start.Fact == nil {
			s.start = d.fact(s.onset, s.fact)
		}
		if err := d.keep(ctx, append([]journal.Entry{s.start}, changes...)...); err != nil {
			return err
		}
		s.kept = true
		return nil
	})
}

// typed passes on each line that comes in, and is closed at the end of the input.
func typed(in io.Reader) <-chan string {
	lines := make(chan string, 1)
	go func() {
		defer close(lines)
		for scan := bufio.NewScanner(in); scan.Scan(); {
			lines <- scan.Text()
		}
	}()
	return lines
}

// The lines that are understood besides an empty one.
const (
	anotherMuscle = "m"
	repeat        = "h"
	theSigns      = "!"
	away          = "q"
)

// heard does what a line asks for, and says whether that ends it: Enter alone
// says that it let go, q leaves it. Anything else ends nothing.
func (s *spoken) heard(line string) (letGo, left bool) {
	switch strings.TrimSpace(strings.ToLower(line)) {
	case "":
		return true, false
	case away:
		return false, true
	case anotherMuscle:
		s.another()
	case repeat:
		s.repeat()
	case theSigns:
		s.signs()
	default:
		s.line("%s", s.keys())
	}
	return false, false
}

func (s *spoken) keys() string {
	return say.Text("Press Enter when it stops. With Enter: h repeats this step, m is for another muscle, ! is for a cramp that is not your usual one, q quits.")
}

// repeat tells the step in hand once more, with its cautions.
func (s *spoken) repeat() {
	clear(s.notes)
	s.step = -1
	s.tell()
}

// signs says when to get help, the most urgent first.
func (s *spoken) signs() {
	lib, err := s.app.library()
	if err == nil {
		var safety routine.Safety
		if safety, err = lib.Safety(); err == nil {
			for _, tier := range safety.Tiers() {
				s.line("%s", tier.Acts())
				for _, sign := range tier.Signs {
					s.line("- %s", strings.Join(sign.Text, " "))
				}
			}
		}
	}
	if err != nil {
		s.app.warn("the signs could not be read: %s", cleanLines(err.Error()))
	}
	s.line("%s", s.keys())
}

// follow tells each step and card as its time comes, until somebody said that it
// let go (true), or nobody can any more.
func (s *spoken) follow(ctx context.Context, lines <-chan string) bool {
	for {
		s.tell()
		select {
		case line, more := <-lines:
			if !more {
				return false
			}
			if letGo, left := s.heard(line); letGo || left {
				return letGo
			}
		case <-ctx.Done():
			return false
		case <-s.app.Wait(s.walk.Due(s.app.Steady())):
		}
	}
}

// another goes on with the plan of the next place. The onset stays.
func (s *spoken) another() {
	var plan relief.Plan
	s.place, plan = s.care.After(s.place)
	s.moved = true
	s.walk, s.step = s.walk.Turn(plan, s.app.Steady()), -1
	s.line("%s", sentences(plan.Name+".", plan.First))
	s.ask()
}

// ask tells of the variant that one more m leads to, if there is one.
func (s *spoken) ask() {
	if ask := s.walk.Plan().Ask(s.place.Variant); ask != "" {
		s.say("%s Type m and Enter.", ask)
	}
}

// tell says what has come due. After a sleep of the machine that is the step in
// hand, not those that went by.
func (s *spoken) tell() {
	at := s.app.Steady()
	v := s.walk.At(at)
	if v.Step > s.step {
		s.step = v.Step
		if v.Done {
			s.line("%s  %s", stopwatch(v.Since), say.Text("Those were all the steps. Press Enter when it stops."))
		} else {
			s.line("%s  %s", stopwatch(v.Since), stepWords(v.Doing))
		}
		s.caution()
	}
	var cards []relief.Card
	s.walk, cards = s.walk.Tell(at)
	for _, c := range cards {
		s.line("%s  %s", stopwatch(c.After), sentences(c.Text, c.More))
		if c.Sign != "" {
			s.app.sayCards([]string{c.Sign})
			s.show()
		}
	}
}

// caution says what the safety answers add to the step in hand, each thing once.
func (s *spoken) caution() {
	for _, n := range s.walk.Plan().Notes(s.step) {
		if !s.notes[n.Text] {
			s.say("Note: %s", n.Text)
		}
		s.notes[n.Text] = true
	}
}

// letGo gives the cramp its length.
func (s *spoken) letGo(ctx context.Context) error {
	at := s.app.Steady()
	s.walk = s.walk.LetGo(at)
	long := s.walk.At(at).Since
	s.say("It let go after %s.", length(long))
	err := s.measure(ctx, int(long/time.Second))
	if err == nil {
		s.say("Written down; to take it back: lull log remove %s", short(s.start.ID))
	} else {
		s.warnUnsaved(err)
	}
	s.after(ctx)
	return told(err)
}

// measure records how many seconds the cramp lasted.
func (s *spoken) measure(ctx context.Context, seconds int) error {
	told := map[string]any{"lasted_s": seconds}
	if s.moved {
		told["muscle"] = s.place.Muscle
	}
	if s.start.Fact == nil { // there was no desk to make it at
		if err := s.record(ctx); err != nil {
			return err
		}
	}
	s.desk.now = s.app.Now()
	revision, err := journal.NewRevision(&s.desk.mint, s.desk.now, s.start, told)
	if err != nil {
		return say.Error("the length was not written down: %w", err)
	}
	return s.record(ctx, revision)
}

// warnUnsaved says what is on no disk, and how to save it later.
func (s *spoken) warnUnsaved(err error) {
	var nowhere *unkept
	if errors.As(err, &nowhere) {
		s.app.warnLine(cleanLines(err.Error()) + "\n" + nowhere.lines())
		return
	}
	s.app.warnLine(cleanLines(err.Error()))
}

// told is an error of which the person knows.
func told(err error) error {
	if err == nil {
		return nil
	}
	return errors.Join(errTold, err)
}

// after says what may help now, and what the diary brings up.
func (s *spoken) after(ctx context.Context) {
	if s.care.Locked() {
		s.line("\n%s", s.care.Act())
	} else {
		s.line("\n%s", say.Text("Now, if you like:"))
		for _, l := range s.care.Aftercare() {
			s.line("- %s", sentences(l.Text, l.More))
		}
		s.line("%s", s.care.About())
	}
	if s.kept {
		s.desk.doubtClock(s.start)
		if !s.care.Locked() {
			s.desk.notice(ctx, s.start)
		}
	}
}

// leave ends without the person's word: the start stays as it is.
func (s *spoken) leave(ctx context.Context) error {
	if !s.kept {
		if err := s.record(ctx); err != nil {
			s.warnUnsaved(err)
			return told(err)
		}
	}
	id := short(s.start.ID)
	s.say("Left before it let go: the start is kept. How long it lasted: lull log edit %s lasted_s=4m; "+
		"to take it back: lull log remove %s", id, id)
	return nil
}

// stopwatch is a time since the onset: 1:20.
func stopwatch(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d/time.Minute), int(d/time.Second)%60)
}

// stepWords is a step in one line, to be read or heard.
func stepWords(s relief.Step) string {
	if s.Open {
		return sentences(s.Text, s.More)
	}
	line := sentences(s.Text, s.More) + " " + secondsWords(s.Length)
	if s.Rounds > 1 && !s.Ease {
		line = say.Text("%s, round %d of %d", line, s.Round, s.Rounds)
	}
	return line + "."
}

func secondsWords(d time.Duration) string {
	return say.Count(int(d/time.Second), "%d second", "%d seconds")
}

func sentences(texts ...string) string { return strings.TrimSpace(strings.Join(texts, " ")) }
