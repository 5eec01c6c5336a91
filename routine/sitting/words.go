package sitting

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lull/routine"
	"lull/routine/say"
	"lull/routine/session"
)

// Legs says which leg, in words.
var Legs = map[routine.Side]say.Key{routine.Left: "left leg", routine.Right: "right leg", routine.Both: "both legs"}

// Leg says which leg a stretch works, or nothing where there is no leg in it.
func Leg(st routine.Stretch, side routine.Side) string {
	if st.Action == routine.ToBreathe && side == routine.Both {
		return ""
	}
	return Legs[side].String()
}

// Ends says what a session came to.
var Ends = map[session.Outcome]say.Key{
	session.Complete: "Done. Tonight is kept.", session.Partial: "Done in part. That counts.",
	session.Abandoned: "No stretch was done to its end.", session.None: "Not begun.",
}

// Kept says, to somebody who leaves, what stays of the session.
func Kept(sum session.Summary) string {
	return say.Text("kept: %d of %d seconds held; you can go on later tonight", sum.HeldS, sum.PlannedS)
}

// Silence says why a session paused by itself.
func Silence(gap time.Duration) string {
	if gap <= 0 {
		return say.Text("The clock was changed. Nothing of that was counted.")
	}
	gap = gap.Round(time.Second)
	return say.Text("Nothing was heard for %d:%02d. That time was not counted.", int(gap.Minutes()), int(gap.Seconds())%60)
}

// ToBed is the advice after a session.
func ToBed(answers routine.Screening) string {
	if answers.SleepOnSide() {
		return say.Text(bed) + " " + say.Text("Settle to sleep on your side.")
	}
	return say.Text(bed)
}

const bed say.Key = "Loosen the covers at your feet and lie so that your toes do not point."

// Dose says a step's dose: hold 10 s, 3 times, each leg, in turn. The action is
// the stretch's.
func Dose(action routine.Action, s routine.Step) string {
	words := map[routine.Order]say.Key{
		routine.Alternate: "each leg, in turn", routine.LeftThenRight: "each leg, left first",
		routine.Together: "both legs", routine.OnlyLeft: "left leg", routine.OnlyRight: "right leg",
	}[s.Order]
	dose := doses[action]
	switch {
	case s.Reps == 1 && action == routine.ToBreathe && s.Order == routine.Together:
		return say.Text("breathe %s", held(s.Hold))
	case s.Reps == 1:
		return say.Text(dose.once, held(s.Hold), words)
	}
	return say.Text(dose.often, held(s.Hold), s.Reps, words)
}

var doses = map[routine.Action]struct{ once, often say.Key }{
	"":                {"hold %s, %s", "hold %s, %d times, %s"},
	routine.ToHold:    {"hold %s, %s", "hold %s, %d times, %s"},
	routine.ToMove:    {"move %s, %s", "move %s, %d times, %s"},
	routine.ToBreathe: {"breathe %s, %s", "breathe %s, %d times, %s"},
}

func held(d time.Duration) string {
	if d < 2*time.Minute {
		return fmt.Sprintf("%d s", int(d.Seconds()))
	}
	d = d.Round(time.Second)
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

// Adapted is the heading of what the safety answers did to a plan.
const Adapted say.Key = "Adapted for you, because of your safety answers"

// Adaptations says what the safety answers did to a plan, one line for each kind
// of change and its reason; none where they did nothing.
func Adaptations(lib *routine.Library, p routine.Plan) []string {
	var all []adaptation
	for _, c := range p.Changes {
		add := adaptation{now: c.Now, why: c.Why}
		if c.Now == c.Was {
			add.now = careful
		}
		at := slices.IndexFunc(all, func(a adaptation) bool { return a.now == add.now && a.why == add.why })
		if at < 0 {
			all, at = append(all, add), len(all)
		}
		if was := nameIn(lib, p, c.Was); !slices.Contains(all[at].was, was) {
			all[at].was = append(all[at].was, was)
		}
	}
	var lines []string
	if p.Replaced() {
		lines = append(lines, say.Text("Too little of %s suits your safety answers. %s takes its place.", p.Asked.Name, p.Routine.Name))
	}
	for _, a := range all {
		lines = append(lines, a.words(lib, p))
	}
	return lines
}

// adaptation is one change with its reason, of the stretches that share both.
type adaptation struct {
	was []string // names
	now string   // id of the substitute, empty for none, or careful
	why string
}

const careful = "careful" // the stretch stays; no stretch has this id

func (a adaptation) words(lib *routine.Library, p routine.Plan) string {
	was := strings.Join(a.was, "; ") // a name may have a comma
	switch a.now {
	case careful:
		return was + ": " + a.why
	case "":
		return say.Text("Left out: %s. %s", was, a.why)
	}
	return say.Text("%s became %s: %s", was, nameIn(lib, p, a.now), a.why)
}

// nameIn is the name of a stretch of the routine itself or of the library.
func nameIn(lib *routine.Library, p routine.Plan, id string) string {
	for _, st := range p.Asked.Own {
		if st.ID == id {
			return st.Name
		}
	}
	st, _ := lib.Stretch(id)
	return st.Name
}
