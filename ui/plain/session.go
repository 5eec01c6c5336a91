package plain

import (
	"context"
	"errors"
	"strings"
	"time"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/session"
	"lull/routine/sitting"
)

// seat is one session under way, and what of it was said.
type seat struct {
	*house
	sitting.Sitting
	answers routine.Screening
	told    string // the stretch whose name was said last
	held    string // the stretch of whose hold was said how it is done
}

// lead leads through a session until it is over or left. However it ends, what
// was held is kept.
func (h *house) lead(ctx context.Context, s *seat) error {
	switch in := s.State.View().Toggle.(type) {
	case session.Start:
		s.apply(ctx, in)
		h.say("Enter pauses and goes on; n skips, b goes back, s turns the sound off or on, l leaves; ? lists the rest.")
	case session.Resume:
		h.say("This is where you left: %s. %s", name(s.inHand().Name), s.paused(session.Event{}))
	}
	for s.State.View().Phase.Underway() {
		var tick <-chan time.Time
		if due := s.State.Due(); due > 0 {
			tick = h.Wait(due)
		}
		err := s.turn(ctx, tick)
		if err != nil && s.State.View().Phase.Underway() {
			if lost := s.leave(ctx); lost != nil {
				return lost
			}
		}
		if err != nil {
			return err
		}
	}
	if s.State.View().Phase == session.Finished {
		return s.finish(ctx)
	}
	return nil
}

// lostError says that a session could not be recorded.
type lostError struct {
	cause error
	noted bool // all that was held is in the note
}

func (e *lostError) Error() string {
	says := say.Text("the session was not recorded: %s", e.cause)
	if e.noted {
		says = say.Text("%s; lull records it when it is opened next", says)
	}
	return says
}
func (e *lostError) Unwrap() error { return e.cause }

// turn waits for the next thing: a cue that is due, a line, or the end of both.
func (s *seat) turn(ctx context.Context, tick <-chan time.Time) error {
	if s.out.err != nil {
		return errOver // nobody hears the cues
	}
	select {
	case <-ctx.Done():
		return errOver
	case <-tick:
		s.apply(ctx, session.Tick{})
		return nil
	case line, more := <-s.lines:
		if !more {
			return errOver
		}
		return s.heard(ctx, line)
	}
}

// apply moves the session and says what happened.
func (s *seat) apply(ctx context.Context, in session.Input) {
	events := s.moved(ctx, in)
	s.hear(events)
	for _, e := range events {
		if words := told[e.Kind]; words != nil {
			if line := words(s, e); line != "" {
				s.print(line)
			}
		}
	}
}

// moved moves the session and notes where it stands. What happened is for those
// who say it.
func (s *seat) moved(ctx context.Context, in session.Input) []session.Event {
	state, events := s.State.Apply(in, s.Steady())
	s.State = state
	for _, e := range events {
		if e.Kind == session.EventEntered {
			if note, err := s.Note(); err == nil {
				_ = s.keep(ctx, note) // the next one is tried as well
			}
		}
	}
	return events
}

// deed is a word that is understood during a session.
type deed struct {
	word, does say.Key
	do         func(*seat, context.Context) error
}

func moves(in session.Input) func(*seat, context.Context) error {
	return func(s *seat, ctx context.Context) error { s.apply(ctx, in); return nil }
}

// deeds are all of them; the first letter is enough. An empty line is the first.
func deeds() []deed {
	return []deed{
		{"pause", "pause, or go on; Enter alone does it too", (*seat).toggle},
		{"sound", "sound on or off; lull remembers it", (*seat).mute},
		{"next", "go on to what comes next", moves(session.Skip{})},
		{"skip", "the same as next", moves(session.Skip{})},
		{"back", "this hold again, or the one before", moves(session.Back{})},
		{"more", "ten seconds more", (*seat).more},
		{"easier", "an easier way", (*seat).easier},
		{"leave", "leave the session and keep what was held", (*seat).leave},
		{"where", "how far along this is, and what comes next", func(s *seat, _ context.Context) error { s.print(s.where()); return nil }},
		{"how", "how this stretch is done", func(s *seat, _ context.Context) error { s.how(s.inHand(), s.answers); return nil }},
		{"figure", "what the picture shows", func(s *seat, _ context.Context) error { s.print(s.figure(s.inHand(), s.answers)); return nil }},
		{"cramp", "a cramp, now: the session waits", func(s *seat, ctx context.Context) error {
			s.wait(ctx)
			s.verb(ctx, "now", "--plain")
			s.print(s.paused(session.Event{}))
			return nil
		}},
		{signsWord, "when to get help: the session waits", func(s *seat, ctx context.Context) error {
			s.wait(ctx)
			s.print(s.paused(session.Event{}))
			s.signs()
			return nil
		}},
		{helpWord, "this list", (*seat).help},
		{"quit", "leave lull and keep what was held", func(*seat, context.Context) error { return errQuit }},
	}
}

// heard does what a line asks for.
func (s *seat) heard(ctx context.Context, line string) error {
	all := deeds()
	word := strings.ToLower(line)
	if word == "" {
		return all[0].do(s, ctx)
	}
	if i := meant(word, len(all), func(i int) say.Key { return all[i].word }); i >= 0 {
		return all[i].do(s, ctx)
	}
	var may []string
	for _, d := range all {
		may = append(may, d.word.String())
	}
	s.say("%q means nothing here. Enter pauses and goes on, or type %s.", name(word), strings.Join(may, ", "))
	return nil
}

func (s *seat) help(context.Context) error {
	for _, d := range deeds() {
		s.print(d.word.String() + ": " + d.does.String())
	}
	return nil
}

func (s *seat) inHand() routine.Stretch {
	return s.answers.Stretch(s.Library, s.State.View().Segment.Stretch)
}

func (s *seat) toggle(ctx context.Context) error {
	s.apply(ctx, s.State.View().Toggle)
	return nil
}

// wait pauses a session that is going on, and leaves it to others to say so: what
// Enter does meanwhile may be something else.
func (s *seat) wait(ctx context.Context) {
	if in, running := s.State.View().Toggle.(session.Pause); running {
		s.hear(s.moved(ctx, in))
	}
}

func (s *seat) more(ctx context.Context) error {
	s.apply(ctx, session.More{})
	s.say("%s more.", seconds(session.MoreBy))
	return nil
}

func (s *seat) easier(ctx context.Context) error {
	change, words := sitting.Easier(s.Library, s.answers, s.State, s.set.GetReady())
	s.print(strings.TrimRight(line(words), ".") + ".")
	if change.Stretch != "" {
		s.apply(ctx, change)
	}
	return nil
}

// leave ends the session and keeps what was held, and where, so that it can be
// gone on with until the night is over.
func (s *seat) leave(ctx context.Context) error {
	s.State, _ = s.State.Apply(session.Leave{}, s.Steady())
	s.Voice.Hush()
	if err := s.written(ctx); err != nil {
		return err
	}
	note, err := s.Note()
	if err == nil {
		err = s.keep(ctx, note)
	}
	if err != nil {
		s.say("Where you left could not be noted: %s.", line(err.Error()))
	}
	s.say("Left; %s.", sitting.Kept(s.State.Summary()))
	return nil
}

// written records the session. What cannot be recorded is tried again as long as
// somebody is there, and otherwise when lull is opened next.
func (s *seat) written(ctx context.Context) error {
	for {
		err := s.write(ctx)
		if err == nil {
			return nil
		}
		note, bad := s.Note()
		if bad == nil {
			bad = s.keep(ctx, note)
		}
		s.say("Not recorded yet: %s.", line(err.Error()))
		if left := s.choose(ctx, menu{enter: &choice{does: say.Text("try again"), do: nothing}}); left != nil {
			return &lostError{err, bad == nil}
		}
	}
}

// finish records a session that ran to its end and says what it makes of the
// night.
func (s *seat) finish(ctx context.Context) error {
	if err := s.written(ctx); err != nil {
		return err
	}
	if err := s.keep(ctx, nil); err != nil {
		s.say("The note of the session could not be taken away: %s.", line(err.Error()))
	}
	sum := s.State.Summary()
	s.print(sitting.Ends[sum.Outcome].String() + " " + say.Text("%d of %d seconds held.", sum.HeldS, sum.PlannedS))
	if e, err := s.look(ctx); err == nil {
		if n := e.book.Streak(e.night()); n.KeptTonight {
			s.say("Nights in a row: %d. Best: %d.", n.Nights, n.Best)
		}
	}
	s.print(sitting.ToBed(s.answers))
	return nil
}

// write makes the session's fact. A session that was recorded when it was left
// and then gone on with revises that fact.
func (s *seat) write(ctx context.Context) error {
	fact := s.Fact()
	if s.Recorded {
		reading, cancel := write(ctx)
		was, stands, err := s.Log.Find(reading, s.ID)
		cancel()
		switch {
		case err != nil && !errors.Is(err, journal.ErrNoFact):
			if s.Drop == nil {
				return err
			}
			return s.revise(ctx, s.session(s.ID, s.Started, s.Night, fact), fact) // by way of the inbox
		case err == nil && stands:
			return s.revise(ctx, was, fact)
		}
		s.ID = s.mint.New(s.Now())
	}
	added, err := s.append(ctx, s.session(s.ID, s.Started, s.Night, fact))
	if err == nil && added == 0 {
		err = s.overtake(ctx, fact)
	}
	if err != nil {
		return err
	}
	s.Recorded = true
	return nil
}

// overtake lets what a session came to have the last word where another lull took
// it for one that was killed, and recorded what its note said.
func (s *seat) overtake(ctx context.Context, ended journal.Stretched) error {
	there, live, err := s.Log.Find(context.WithoutCancel(ctx), s.ID)
	if err != nil || !live {
		return err
	}
	if stands, ok := there.Fact.(journal.Stretched); !ok || stands.HeldS >= ended.HeldS {
		return nil
	}
	return s.revise(ctx, there, ended)
}

func (s *seat) revise(ctx context.Context, was journal.Entry, fact journal.Stretched) error {
	revision, err := journal.NewRevision(&s.mint, s.Now(), was, sitting.Patch(fact))
	if err != nil {
		return say.Error("change the session: %w", err)
	}
	return s.record(ctx, revision)
}
