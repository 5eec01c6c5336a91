// Package cues says what a session is heard as: the words to be spoken and the
// tones to be sounded when something happens in it. It decides what and how
// much; how a machine makes it heard is not its business.
package cues

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lull/routine"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/session"
)

// Amount says how much is spoken.
type Amount string

// The amounts. Names are the stretch, the leg and what to do with it; Counts
// are half time and the last three seconds; Full is both, and one line of how.
const (
	Off    Amount = "off"
	Counts Amount = "counts"
	Names  Amount = "names"
	Full   Amount = "full"
)

// Amounts are all of them, the least first.
var Amounts = []Amount{Off, Counts, Names, Full}

// Tone is one of four short sounds.
type Tone string

// The tones.
const (
	Start   Tone = "start"   // a hold begins
	Halfway Tone = "halfway" // half of it is over
	Switch  Tone = "switch"  // let go: a rest, the other leg, another stretch
	Done    Tone = "done"    // the session is over
)

// Tones are all of them.
var Tones = []Tone{Start, Halfway, Switch, Done}

// Late is how long after its moment a cue may be given to a program. What comes
// later is not heard at all: a count that is late misleads, silence does not.
// Programs take some 40 ms until they are heard, so that what is heard is heard
// within about 150 ms.
const Late = 100 * time.Millisecond

// Fallback is how long after its moment a cue may be given to the next program,
// or to the terminal's bell, when the program before has failed.
const Fallback = 500 * time.Millisecond

// Cue is what is to be heard at a moment. The zero Cue asks for nothing, and
// leaves what is being heard alone.
type Cue struct {
	Words string        // to be spoken; empty for none
	Tone  Tone          // for where the words are not spoken; empty for none
	Age   time.Duration // how long ago its moment was
	Hush  bool          // nothing more is to be heard of what went before
}

// Manner is how words are spoken and how loud anything is.
type Manner struct {
	Rate     int    // words a minute
	Name     string // of the voice, as the speech program calls it; empty for its own
	Language string // that the words are in, as a BCP 47 tag; empty for English. A Name goes before it
	Volume   int    // per cent of what the machine is set to
}

// The rates that can be asked for, and what is asked for unless somebody says
// otherwise. Above the fastest nobody follows; below the slowest a count of
// three takes longer than three seconds.
const (
	SlowestRate = 130
	UsualRate   = 150
	FastestRate = 300
	FullVolume  = 100
)

// Plain is the manner of somebody who set nothing.
var Plain = Manner{Rate: UsualRate, Volume: FullVolume}

// Heard waits until a cue is over and reports whether a program made it heard, or
// would have if no newer cue had cut it off.
type Heard func() bool

// Speaker makes cues heard. No method waits for anything but Found, the first
// time, for a look into a few folders.
type Speaker interface {
	// Found says what can be heard here.
	Found() Found
	// Speak says the words, if that can be done here, and cuts off what is
	// being heard.
	Speak(words string, how Manner, age time.Duration) Heard
	// Sound plays the tone, and cuts off what is being heard.
	Sound(tone Tone, how Manner, age time.Duration) Heard
	// Hush ends what is being heard.
	Hush()
}

// Found says which programs of the machine can be heard, by name, and why one
// that is missing is. An empty name is one that is missing.
type Found struct {
	Speech, NoSpeech string
	Player, NoPlayer string
}

// Mute is a Speaker of which nothing is heard.
type Mute struct{}

// Found says that there is nothing.
func (Mute) Found() Found {
	return Found{NoSpeech: say.Text("nothing speaks here"), NoPlayer: say.Text("nothing plays sounds here")}
}

// Speak does nothing.
func (Mute) Speak(string, Manner, time.Duration) Heard { return unheard }

// Sound does nothing.
func (Mute) Sound(Tone, Manner, time.Duration) Heard { return unheard }

func unheard() bool { return false }

// Hush does nothing.
func (Mute) Hush() {}

// Teller turns what happens in a session into cues.
type Teller struct {
	Library *routine.Library
	Amount  Amount
	Rate    int // words a minute, to know what fits before a hold
}

// Of is the cue for what happened in one step of a session, which is now in the
// phase given, at the clock reading given. Of several things the last one that
// has words is said, and the last that has a tone sounded: the newest wins.
func (t Teller) Of(events []session.Event, phase session.Phase, now time.Duration) Cue {
	var c Cue
	var before session.Event
	for _, e := range events {
		if w := t.words(e, before, phase); w != "" {
			c.Words, c.Age = w, now-e.At
		}
		before = e
		if tone := toneOf(e, phase); tone != "" {
			c.Tone, c.Age = tone, now-e.At
		}
		c.Hush = c.Hush || ends[e.Kind]
	}
	return c
}

// ends are what makes everything that was being said wrong: a hold that is
// skipped must not be counted down.
var ends = map[session.EventKind]bool{
	session.EventPaused: true, session.EventInterrupted: true, session.EventSkipped: true,
	session.EventEntered: true, session.EventLeft: true, session.EventFinished: true,
}

// toneOf is the tone of an event. What only moves a session that stands still
// has none.
func toneOf(e session.Event, phase session.Phase) Tone {
	switch {
	case e.Kind == session.EventEntered && stands(phase):
		return ""
	case e.Kind == session.EventEntered && e.Segment.Kind == session.Hold, e.Kind == session.EventResumed && e.Segment.Kind == session.Hold:
		return Start
	}
	return tones[e.Kind]
}

var tones = map[session.EventKind]Tone{
	session.EventEntered: Switch, session.EventHalfway: Halfway, session.EventFinished: Done, session.EventInterrupted: Switch,
}

func stands(p session.Phase) bool { return p == session.Paused || p == session.Resuming }

// saying is what an event is called, and in which amounts.
type saying struct {
	in  []Amount
	say func(Teller, session.Event) string
}

var (
	named   = []Amount{Names, Full}
	counted = []Amount{Counts, Full}
	always  = []Amount{Counts, Names, Full}
)

// sayings are the events that have words, but for EventEntered, whose words
// hang on what was before. What is said stays at some six words,
// so that it is over in two seconds, but for what comes before a hold.
var sayings = map[session.EventKind]saying{
	session.EventHalfway:     {counted, only("Halfway.")},
	session.EventCount:       {counted, count},
	session.EventPaused:      {always, only("Paused.")},
	session.EventInterrupted: {always, only("Paused.")},
	session.EventResuming:    {named, Teller.resuming},
	session.EventResumed:     {named, Teller.resumed},
	session.EventFinished:    {always, only("Done. That was the last.")},
}

func only(words say.Key) func(Teller, session.Event) string {
	return func(Teller, session.Event) string { return say.Text(words) }
}

func (t Teller) words(e, before session.Event, phase session.Phase) string {
	if e.Kind == session.EventEntered {
		return t.entered(e, before, phase)
	}
	s, told := sayings[e.Kind]
	if !told || !slices.Contains(s.in, t.Amount) {
		return ""
	}
	return s.say(t, e)
}

var numbers = [...]say.Key{"", "One.", "Two.", "Three."}

func count(_ Teller, e session.Event) string { return spoken(numbers[e.Count]) }

// spoken is what is said of a key, and nothing of an empty one.
func spoken(k say.Key) string {
	if k == "" {
		return ""
	}
	return say.Text(k)
}

// entered is what a segment begins with.
func (t Teller) entered(e, before session.Event, phase session.Phase) string {
	seg := e.Segment
	switch {
	case !slices.Contains(named, t.Amount):
		return ""
	case stands(phase):
		return t.who(seg) // nothing begins yet
	case seg.Kind == session.SetUp:
		return t.getReady(e)
	case seg.Kind == session.Rest:
		return t.full(say.Text("Rest. Same again."), say.Text("Rest."))
	case seg.Kind == session.Switch:
		return t.full(spoken(switches[seg.Side]), say.Text("Switch.")+" "+side(seg)+".")
	case !unprepared[before.Kind]:
		return t.action(seg)
	case seg.Rep == 1:
		return t.who(seg) + " " + t.action(seg)
	default:
		return side(seg) + ". " + t.action(seg)
	}
}

// unprepared are the events after which a hold begins without time to get
// ready: nobody was told of it yet.
var unprepared = map[session.EventKind]bool{session.EventStarted: true, session.EventEnded: true}

// action is the word with which a hold of the segment's stretch begins.
func (t Teller) action(seg session.Segment) string {
	st, _ := t.Library.Stretch(seg.Stretch)
	switch st.Action {
	case routine.ToMove:
		return say.Text("Move.")
	case routine.ToBreathe:
		return say.Text("Breathe.")
	}
	return say.Text("Hold.")
}

// resuming announces the count, with the stretch where it leaves time to get
// into position.
func (t Teller) resuming(e session.Event) string {
	if e.Count < len(numbers) {
		return say.Text("Going on in three.")
	}
	return t.who(e.Segment) + " " + say.Text("Going on in %d seconds.", e.Count)
}

func (t Teller) resumed(e session.Event) string {
	if e.Segment.Kind == session.Hold {
		return t.action(e.Segment)
	}
	return t.who(e.Segment)
}

// getReady is what is said before a hold: the stretch, the leg, and one line of
// how to get in place, or else of how to hold, as far as there is time for it.
func (t Teller) getReady(e session.Event) string {
	seg := e.Segment
	who := t.who(seg)
	words := who
	switch {
	case seg.Planned == 0:
		words = say.Text("Easier: %s", who)
	case e.Due > 0:
		words = say.Text("Next: %s", who)
	}
	if !t.fits(words, seg.Length) {
		return who
	}
	if t.Amount != Full {
		return words
	}
	st, _ := t.Library.Stretch(seg.Stretch)
	for _, line := range slices.Concat(st.SetUp, st.Movement) {
		if longer := words + " " + sentence(line); t.fits(longer, seg.Length) {
			return longer
		}
	}
	return words
}

// breath is the silence kept before a hold.
const breath = 300 * time.Millisecond

func (t Teller) fits(words string, length time.Duration) bool { return t.Takes(words)+breath <= length }

func (t Teller) full(full, short string) string {
	if t.Amount == Full {
		return full
	}
	return short
}

// switches are whole, since other languages say less of the leg or more.
var switches = map[routine.Side]say.Key{routine.Left: "Switch to your left leg.", routine.Right: "Switch to your right leg."}

var legs = map[routine.Side]say.Key{routine.Left: "left leg", routine.Right: "right leg", routine.Both: "both legs"}

func side(seg session.Segment) string {
	leg := legs[seg.Side].String()
	_, first := utf8.DecodeRuneInString(leg)
	return strings.ToUpper(leg[:first]) + leg[first:]
}

// who is the stretch and the leg. Both legs go without saying where the stretch
// has no other way.
func (t Teller) who(seg session.Segment) string {
	st, known := t.Library.Stretch(seg.Stretch)
	name := st.Name
	if !known {
		name = seg.Stretch
	}
	words := sentence(name)
	if seg.Side == routine.Both && st.Sides != routine.Either {
		return words
	}
	return words + " " + side(seg) + "."
}

// longest is how many characters of a text from a file are spoken.
const longest = 120

// sentence is a text from a file as one that a program may be given to speak:
// words and the marks between them, nothing that a speech program takes for an
// order, and never an option.
func sentence(text string) string {
	spoken := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(" .,:;'’?!-%", r) {
			return r
		}
		return ' '
	}, safe.Text(text, longest))
	spoken = strings.Trim(strings.Join(strings.Fields(spoken), " "), " -")
	if spoken == "" || strings.ContainsAny(spoken[len(spoken)-1:], ".?!") {
		return spoken
	}
	return spoken + "."
}

// Takes is about how long the words take to speak, from what espeak-ng was
// measured to take: so long a letter, and so long where the voice falls.
func (t Teller) Takes(words string) time.Duration {
	letters, falls := 0, 0
	for _, r := range words {
		if strings.ContainsRune(".,:;?!", r) {
			falls++
		} else {
			letters++
		}
	}
	word := float64(time.Minute) / float64(max(SlowestRate, min(t.Rate, FastestRate)))
	return time.Duration((perLetter*float64(letters) + perFall*float64(falls) - lastFall) * word)
}

// In words.
const (
	perLetter = 0.117
	perFall   = 1.75
	lastFall  = 0.25
)
