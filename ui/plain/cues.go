package plain

import (
	"context"
	"strconv"
	"strings"
	"time"

	"lull/routine"
	"lull/routine/cues"
	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/session"
	"lull/routine/settings"
	"lull/routine/sitting"
)

// told are what is printed of a session, one line each. An event that is not here
// is followed by one that is.
var told = map[session.EventKind]func(*seat, session.Event) string{
	session.EventEntered:     (*seat).entered,
	session.EventHalfway:     func(*seat, session.Event) string { return say.Text("Halfway.") },
	session.EventCount:       lastThree,
	session.EventSkipped:     func(*seat, session.Event) string { return say.Text("Skipped.") },
	session.EventPaused:      (*seat).paused,
	session.EventInterrupted: func(s *seat, e session.Event) string { return sitting.Silence(e.Gap) + " " + s.paused(e) },
	session.EventResuming: func(_ *seat, e session.Event) string {
		return say.Text("Going on in %d seconds.", e.Count)
	},
	session.EventResumed: func(s *seat, e session.Event) string {
		return say.Text("%s, %s to go.", s.words(e.Segment), seconds(s.State.View().Remaining))
	},
}

// hear has aloud what was printed, as much of it as the person wants: words, or a
// tone where none are spoken. A bell would be a control character.
func (s *seat) hear(events []session.Event) {
	teller := cues.Teller{Library: s.Library, Amount: s.set.Speaking(), Rate: s.set.VoiceRate}
	c := teller.Of(events, s.State.View().Phase, s.Steady())
	if c.Hush {
		s.Voice.Hush()
	}
	switch with := s.Voice.Found(); {
	case c.Words != "" && with.Speech != "":
		s.Voice.Speak(c.Words, s.set.Manner(), c.Age)
	case c.Tone != "" && with.Player != "" && s.set.Sounding(journal.Hour(s.Now())) == settings.Tones:
		s.Voice.Sound(c.Tone, s.set.Manner(), c.Age)
	}
}

// audible reports whether a session is heard now. The terminal's bell never rings
// here.
func (h *house) audible() bool {
	found := h.Voice.Found()
	tones := found.Player != "" && h.set.Sounding(journal.Hour(h.Now())) == settings.Tones
	return tones || found.Speech != "" && h.set.Speaking() != cues.Off
}

// sound says whether a session is heard now.
func (h *house) sound() string {
	if h.audible() {
		return say.Text("Sound on.")
	}
	return say.Text("Sound off.")
}

// mute turns the sound off or on, and remembers it. It holds in this session
// even if it cannot be saved. Where there is no sound it never mutes.
func (s *seat) mute(context.Context) error {
	muted := s.audible()
	if muted {
		s.Voice.Hush()
	}
	set, err := s.Save([]settings.Change{{Key: "muted", Value: strconv.FormatBool(muted)}})
	if err == nil {
		s.set = set
	}
	s.set.Muted = muted
	s.print(s.sound())
	if !muted && !s.audible() {
		s.print(settings.StillSilent.String() + ".")
	}
	if err != nil {
		s.say("That could not be saved: %s.", line(err.Error()))
	}
	return nil
}

func lastThree(_ *seat, e session.Event) string {
	if e.Count != 3 {
		return "" // one line for all three
	}
	return say.Text("Last three seconds.")
}

func (s *seat) paused(session.Event) string {
	v := s.State.View()
	return say.Text("Paused, %s to go here. Enter goes on, ? lists what can be typed.", seconds(v.Remaining))
}

// entered says what begins: how to get ready, or how to hold. How a stretch is
// done is said the first time.
func (s *seat) entered(e session.Event) string {
	seg := e.Segment
	st := s.answers.Stretch(s.Library, seg.Stretch)
	line := s.words(seg)
	fresh := seg.Stretch != s.told
	if fresh {
		s.told = seg.Stretch
		line = s.place(seg) + name(st.Name) + ". " + line
	}
	line += ", " + seconds(seg.Length) + "."
	switch {
	case seg.Kind != session.Hold && fresh:
		line += " " + sentences(st.SetUp)
	case seg.Kind == session.Hold && seg.Stretch != s.held:
		s.held = seg.Stretch
		line += " " + sentences(st.Movement)
	}
	if fresh {
		line += " " + sentences(s.answers.Cautions(st))
	}
	return strings.TrimSpace(line)
}

// place says which step begins.
func (s *seat) place(seg session.Segment) string {
	steps := s.State.View().Steps
	if seg.Step == 0 {
		return say.Text("Step 1 of %d: ", steps)
	}
	return say.Text("Next, step %d of %d: ", seg.Step+1, steps)
}

// words are a segment's kind with the leg that works in it.
func (s *seat) words(seg session.Segment) string {
	st, _ := s.Library.Stretch(seg.Stretch)
	leg := sitting.Leg(st, seg.Side)
	switch seg.Kind {
	case session.SetUp:
		return strings.TrimSuffix(say.Text("Get ready, %s", leg), ", ")
	case session.Rest:
		return say.Text("Rest, then the %s again", leg)
	case session.Switch:
		return say.Text("Switch to the %s", leg)
	}
	hold := strings.TrimSuffix(say.Text(actions[st.Action], leg), ", ")
	if seg.Reps > 1 {
		hold = say.Text("%s, %d of %d", hold, seg.Rep, seg.Reps)
	}
	return hold
}

// actions begin a hold, with the leg.
var actions = map[routine.Action]say.Key{
	"": "Hold, %s", routine.ToHold: "Hold, %s", routine.ToMove: "Move, %s", routine.ToBreathe: "Breathe, %s",
}

// where says how far along the session is and what comes next.
func (s *seat) where() string {
	v := s.State.View()
	line := say.Text("Step %d of %d, %s left in all.", min(v.Step+1, v.Steps), v.Steps, length(v.TimeLeft.Round(time.Second)))
	if v.Segment.Kind != "" {
		line = say.Text("%s, %s to go.", s.words(v.Segment), seconds(v.Remaining)) + " " + line
	}
	if v.Next.Kind == "" {
		return line + " " + say.Text("Next: the end of the session.")
	}
	next, _ := s.Library.Stretch(v.Next.Stretch)
	if leg := sitting.Leg(next, v.Next.Side); leg != "" {
		return line + " " + say.Text("Next: %s, %s.", name(next.Name), leg)
	}
	return line + " " + say.Text("Next: %s.", name(next.Name))
}

func seconds(d time.Duration) string { return inSeconds(int((d + time.Second - 1) / time.Second)) }

func sentences(lines []string) string { return line(strings.Join(lines, " ")) }

// line makes other people's text fit for a line.
func line(s string) string { return safe.Text(s, mostLine) }
