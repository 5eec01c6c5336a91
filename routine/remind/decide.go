package remind

import (
	"encoding/json"
	"time"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/settings"
)

// Memory is what is remembered of the reminders of one kind.
type Memory struct {
	Told  time.Time     `json:"told,omitzero"`  // when the alarm began that was told last
	Again time.Time     `json:"again,omitzero"` // put off until then
	Skip  *journal.Date `json:"skip,omitempty"` // the night or day that is left out
}

// Notes is the memory of every kind, as it is kept beside the journal.
type Notes map[Kind]Memory

// NotesName is the name of the note that holds it.
const NotesName = "remind"

// ReadNotes reads what Text wrote. What cannot be read is as good as nothing:
// the worst that follows is one reminder too many.
func ReadNotes(text []byte) Notes {
	n := Notes{}
	if json.Unmarshal(text, &n) != nil || n == nil {
		return Notes{}
	}
	return n
}

// Text is the note to be kept, nil if nothing is remembered.
func (n Notes) Text() []byte {
	if len(n) == 0 {
		return nil
	}
	text, err := json.Marshal(n)
	if err != nil {
		return nil // a time of the year 10000
	}
	return text
}

// Look is what the journal says about the night or the day at hand.
type Look struct {
	Label   journal.Date // the night of a stretch, the day of a glass
	Paused  bool         // the night is set aside
	Kept    bool         // the stretch is done
	Limited bool         // the person limits fluids
	Pace    settings.Pace
}

// Verdict is whether to speak, and if not, why not: a clause without a full
// stop.
type Verdict struct {
	Speak bool
	Why   string
	Began time.Time // when the alarm began that is spoken for
}

func silent(why say.Key, v ...any) Verdict { return Verdict{Why: say.Text(why, v...)} }

// Decide says whether a reminder of a kind is to be shown now. It is shown once
// for each alarm, and once more for each time it was put off.
func Decide(alarms []Alarm, k Kind, now time.Time, m Memory, l Look) Verdict {
	if why := l.Settled(k, m); why != "" {
		return Verdict{Why: why}
	}
	_, began, due := Due(alarms, k, now)
	switch told := m.Told.Equal(began); {
	case !due:
		return silent("no reminder is due at %s", now.Format("15:04"))
	case m.Again.After(now):
		return silent("it is put off until %s", m.Again.In(now.Location()).Format("15:04"))
	case told && m.Again.IsZero():
		return silent("it was shown already")
	}
	return Verdict{Speak: true, Began: began}
}

// Settled says why there is nothing to remind of, or nothing.
func (l Look) Settled(k Kind, m Memory) string {
	switch {
	case m.Skip != nil && *m.Skip == l.Label:
		return map[Kind]say.Key{Stretch: "you skipped tonight", Water: "you skipped today"}[k].String()
	case l.Paused:
		return say.Text("the night of %s is set aside", l.Label.NightWords())
	case k == Stretch && l.Kept:
		return say.Text("tonight's stretch is done")
	case k == Water && l.Limited:
		return say.Text("you limit fluids")
	case k == Water && l.Pace != settings.Behind:
		return paceWords[l.Pace].String()
	}
	return ""
}

var paceWords = map[settings.Pace]say.Key{
	settings.Ahead: "the drinks are ahead", settings.OnTrack: "the drinks are on track", settings.Easing: "it is late: drinks ease off before bed",
	settings.Enough: "the drinks are all ticked", settings.Excess: "the drinks are more than usual",
	settings.Resting: "it is outside your waking hours",
}

// Shown is the memory once the reminder of a verdict was shown.
func (m Memory) Shown(v Verdict) Memory { return Memory{Told: v.Began, Skip: m.Skip} }

// Snoozes are the minutes that a reminder can be put off.
var Snoozes = []int{10, 20, 30}

// Snooze puts the reminder that was shown off for about so many minutes: until
// the nearest time at which the machine comes back. It fails if none was shown,
// or if that were after the last of those times.
func Snooze(alarms []Alarm, k Kind, now time.Time, minutes int, m Memory) (Memory, error) {
	a, began, due := Due(alarms, k, now)
	if !due || !m.Told.Equal(began) {
		return m, say.Error("no reminder has come yet that could be put off")
	}
	steps := now.Add(time.Duration(minutes) * time.Minute).Sub(began).Round(a.Step)
	again := began.Add(steps)
	if !again.After(now) {
		again = again.Add(a.Step)
	}
	if last := began.Add(a.For); again.After(last) {
		return m, say.Error("it is too late for another reminder; the last would be at %s", last.Format("15:04"))
	}
	m.Again = again
	return m, nil
}

// Latest is the kind whose reminder was shown last and is not over, if any.
func (n Notes) Latest(alarms []Alarm, now time.Time) (Kind, bool) {
	var latest Kind
	for _, k := range Kinds {
		_, began, due := Due(alarms, k, now)
		if due && n[k].Told.Equal(began) && (latest == "" || began.After(n[latest].Told)) {
			latest = k
		}
	}
	return latest, latest != ""
}
