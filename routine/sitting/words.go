package sitting

import (
	"fmt"
	"time"

	"lull/routine"
	"lull/routine/say"
	"lull/routine/session"
)

// Legs says which leg, in words.
var Legs = map[routine.Side]say.Key{routine.Left: "left leg", routine.Right: "right leg", routine.Both: "both legs"}

// Ends says what a session came to.
var Ends = map[session.Outcome]say.Key{
	session.Complete: "Done. Tonight is kept.", session.Partial: "Done in part. That counts.",
	session.Abandoned: "No hold was held to its end.", session.None: "Not begun.",
}

// NoneSuits says why a routine of which nothing is left cannot start.
const NoneSuits say.Key = "none of its stretches suit your safety answers; choose another routine"

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

// Dose says a step's dose: hold 10 s, 3 times, each leg, in turn.
func Dose(s routine.Step) string {
	words := map[routine.Order]say.Key{
		routine.Alternate: "each leg, in turn", routine.LeftThenRight: "each leg, left first",
		routine.Together: "both legs", routine.OnlyLeft: "left leg", routine.OnlyRight: "right leg",
	}[s.Order]
	if s.Reps == 1 {
		return say.Text("hold %s, %s", held(s.Hold), words)
	}
	return say.Text("hold %s, %d times, %s", held(s.Hold), s.Reps, words)
}

func held(d time.Duration) string {
	if d < 2*time.Minute {
		return fmt.Sprintf("%d s", int(d.Seconds()))
	}
	d = d.Round(time.Second)
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

// Changed says what the safety answers did to a step.
func Changed(lib *routine.Library, c routine.Change) string {
	was, _ := lib.Stretch(c.Was)
	if c.Now == c.Was {
		return was.Name + ": " + c.Why
	}
	if c.Now == "" {
		return say.Text("%s is left out: %s", was.Name, c.Why)
	}
	now, _ := lib.Stretch(c.Now)
	return say.Text("%s became %s: %s", was.Name, now.Name, c.Why)
}
