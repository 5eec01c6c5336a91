package review

import (
	"math"

	"lull/routine/journal"
)

// Tonight is where the evening stands, as `lull tonight --json` prints it.
type Tonight struct {
	Night     journal.Date `json:"night"`
	Day       journal.Date `json:"day"`
	Paused    bool         `json:"paused"`
	Stretch   Stretch      `json:"stretch"`
	Streak    Run          `json:"streak"`
	Strength  float64      `json:"strength"`
	Checklist Checklist    `json:"checklist"`
	LastNight LastNight    `json:"last_night"`
	OpenPause *OpenPause   `json:"open_pause"` // null unless a pause without an end has sessions in it
}

// Stretch is tonight's session, or the one that is planned.
type Stretch struct {
	Routine  string          `json:"routine"`
	Outcome  journal.Outcome `json:"outcome"`
	HeldS    int             `json:"held_s"`
	PlannedS int             `json:"planned_s"`
}

// Run is the streak.
type Run struct {
	Nights      int  `json:"nights"`
	Best        int  `json:"best"`
	KeptTonight bool `json:"kept_tonight"`
	Last28      int  `json:"last28"`
}

// Checklist counts the two lists of the day.
type Checklist struct {
	Water   Count `json:"water"`
	Bedtime Count `json:"bedtime"`
}

// Count is how many items are ticked, of how many.
type Count struct {
	Done int `json:"done"`
	Of   int `json:"of"`
}

// LastNight is what is known of the night before.
type LastNight struct {
	Night  journal.Date `json:"night"`
	Known  bool         `json:"known"`
	Cramps int          `json:"cramps"`
}

// Plan is what the settings say about an evening: the routine, its hold time
// in seconds, and the length of the two lists.
type Plan struct {
	Routine  string
	PlannedS int
	Water    int
	Bedtime  int
}

// Tonight reads the book on one evening.
func (b *Book) Tonight(night, day journal.Date, plan Plan) Tonight {
	n, today, last := b.Night(night), b.Night(day), b.Night(night-1)
	streak := b.Streak(night)
	t := Tonight{
		Night: night, Day: day, Paused: b.Paused(night),
		Stretch:  Stretch{plan.Routine, journal.None, 0, plan.PlannedS},
		Streak:   Run(streak),
		Strength: Round(b.Strength(night), 4),
		Checklist: Checklist{
			Water:   Count{today.Water, plan.Water},
			Bedtime: Count{today.Bedtime, plan.Bedtime},
		},
		LastNight: LastNight{night - 1, last.Known(), last.Cramps},
	}
	if open, any := b.OpenPause(night); any {
		t.OpenPause = &open
	}
	if n.Sessions > 0 {
		t.Stretch = Stretch{n.Routine, n.Outcome, n.HeldS, n.PlannedS}
	}
	return t
}

// Round cuts a number to so many decimals, half away from zero.
func Round(x float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Round(x*scale) / scale
}

// Review is the review as `lull review --json` prints it.
type Review struct {
	Tonight    journal.Date `json:"tonight"`
	Since      journal.Date `json:"since"`
	Streak     Run          `json:"streak"`
	Strength   float64      `json:"strength"`
	Over       int          `json:"over"` // nights that the strength is over
	Nights     Nights       `json:"nights"`
	Weeks      []Week       `json:"weeks"`
	Figures    Figures      `json:"figures"`
	Answers    []Answer     `json:"answers"`
	Check      Check        `json:"check"`
	Experiment *Experiment  `json:"experiment"`
	Curve      []Point      `json:"curve"`
	Log        []NightLine  `json:"log"`
}

// Nights counts the nights since Since, tonight only once it is kept.
type Nights struct {
	Of       int `json:"of"`
	Kept     int `json:"kept"`
	Complete int `json:"complete"`
	Partial  int `json:"partial"`
	Missed   int `json:"missed"`
	Paused   int `json:"paused"`
	Unlived  int `json:"unlived"`
	Known    int `json:"known"`
	Quiet    int `json:"quiet"`
	Cramps   int `json:"cramps"`
}

// NightLine is one night of the log.
type NightLine struct {
	Night    journal.Date    `json:"night"`
	State    string          `json:"state"`
	Routine  string          `json:"routine,omitempty"`
	Outcome  journal.Outcome `json:"outcome"`
	HeldS    int             `json:"held_s"`
	PlannedS int             `json:"planned_s"`
	Known    bool            `json:"known"`
	Cramps   int             `json:"cramps"`
}

// Names of the states, for people and scripts.
var stateNames = map[State]string{
	Missed: "missed", Kept: "complete", Partly: "partial", Paused: "paused", Unlived: "unlived",
	Open: "open", Before: "before", Ahead: "ahead",
}

// String is the state in a word.
func (s State) String() string { return stateNames[s] }

// Earliest is the first night anything was recorded for, or tonight.
func (b *Book) Earliest(tonight journal.Date) journal.Date {
	if len(b.nights) == 0 {
		return tonight
	}
	return min(b.nights[0].Date, tonight)
}

// YearNights is how many nights a review goes back unless it is told otherwise:
// those of the map.
const YearNights = 53 * 7

// Since is the first night that a review of the evening of tonight looks at
// unless it is told otherwise.
func (b *Book) Since(tonight journal.Date) journal.Date {
	return max(b.Earliest(tonight), tonight-YearNights+1)
}

// Review reads the nights from since to tonight. The figures are of the nights
// from detail on, and facts are what was told of them.
func (b *Book) Review(since, detail, tonight journal.Date, facts []journal.Entry, muscles Muscles) Review {
	r := Review{
		Tonight: tonight, Since: since, Streak: Run(b.Streak(tonight)), Strength: Round(b.Strength(tonight), 4), Over: b.Over(tonight),
		Weeks: b.Weeks(since, tonight), Figures: b.Figures(detail, tonight, tonight, facts, muscles), Curve: []Point{}, Log: []NightLine{},
	}
	for _, p := range b.Curve(tonight, CurveNights) {
		r.Curve = append(r.Curve, Point{p.Night, Round(p.Strength, 4)})
	}
	r.Answers = b.Answers(tonight)
	r.Check = b.Check(tonight, r.Answers)
	if e, _, begun := b.Experiment(tonight); begun {
		r.Experiment = &e
	}
	for d := since; d <= tonight; d++ {
		n, state := b.Night(d), b.State(d, tonight)
		r.Nights.add(n, state)
		if !n.Empty() || state == Paused || state == Missed {
			r.Log = append(r.Log, NightLine{d, state.String(), n.Routine, n.Outcome, n.HeldS, n.PlannedS, n.Known(), n.Cramps})
		}
	}
	return r
}

func (c *Nights) add(n journal.Night, state State) {
	counters := map[State]*int{Kept: &c.Complete, Partly: &c.Partial, Missed: &c.Missed, Paused: &c.Paused, Unlived: &c.Unlived}
	if counter, ok := counters[state]; ok {
		*counter++
		c.Of++
	}
	c.Kept = c.Complete + c.Partial
	if n.Known() {
		c.Known++
	}
	if n.Known() && n.Cramps == 0 {
		c.Quiet++
	}
	c.Cramps += n.Cramps
}
