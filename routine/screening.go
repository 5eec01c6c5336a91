package routine

import (
	"slices"
	"time"

	"lull/routine/say"
)

// Screening is a person's answers to the safety questions. The zero value
// answers no to all of them. The names in JSON are the questions' keys.
type Screening struct {
	Emergency      bool       `json:"emergency,omitempty"`  // a sign E1 to E10 now
	ClotSigns      bool       `json:"clot_signs,omitempty"` // one leg swollen, hot, red, or always hurting
	ClotCleared    bool       `json:"clot_signs_cleared,omitempty"`
	RecentInjury   bool       `json:"recent_injury,omitempty"` // clot treated; surgery, fracture or tear within three months
	FluidLimit     bool       `json:"fluid_limit,omitempty"`
	Pregnant       bool       `json:"pregnant,omitempty"`
	PregnancyWeeks int        `json:"pregnancy_weeks,omitempty"` // 1 to 45, 0 when not told
	HipReplacement Hip        `json:"hip_replacement,omitempty"`
	Knee           bool       `json:"knee,omitempty"`
	Osteoporosis   bool       `json:"osteoporosis,omitempty"`
	Falls          bool       `json:"falls,omitempty"`
	NumbFeet       bool       `json:"numb_feet,omitempty"` // or poor circulation
	Weakness       bool       `json:"weakness,omitempty"`
	Medicines      []Medicine `json:"medicines,omitempty"`
}

// Hip says how long ago a hip was replaced; it is empty when none was.
type Hip string

// The answers about a hip. HipOlder is also for precautions still to be kept.
const (
	HipRecent Hip = "under-3-months"
	HipOlder  Hip = "older"
)

// Medicine is a kind of medicine that matters here.
type Medicine string

// The medicines asked about.
const (
	WaterTablet   Medicine = "water-tablet"
	Statin        Medicine = "statin"
	Inhaler       Medicine = "inhaler"
	Hormone       Medicine = "hormone" // raloxifene too
	Warfarin      Medicine = "warfarin"
	OtherMedicine Medicine = "other"
)

// Medicines lists the medicines asked about, in the order people see them.
var Medicines = []Medicine{WaterTablet, Statin, Inhaler, Hormone, Warfarin, OtherMedicine}

const (
	longestPregnancy = 45 // weeks
	flatOnBackEnds   = 16 // week of pregnancy, the earliest that sources name
	latePregnancy    = 28 // week
)

// Validate says which answer cannot be.
func (s Screening) Validate() error {
	if s.PregnancyWeeks < 0 || s.PregnancyWeeks > longestPregnancy {
		return say.Error("week %d of pregnancy: it goes from 1 to %d, or 0 when not told", s.PregnancyWeeks, longestPregnancy)
	}
	if !slices.Contains([]Hip{"", HipRecent, HipOlder}, s.HipReplacement) {
		return say.Error("hip replacement %q: it is %s, %s or empty", s.HipReplacement, HipRecent, HipOlder)
	}
	for _, m := range s.Medicines {
		if !slices.Contains(Medicines, m) {
			return say.Error("medicine %q: it is one of %v", m, Medicines)
		}
	}
	return nil
}

// Cautious gives the answers with those that cannot be as the most careful ones
// that can: a week that is not known, a hip that is new. A medicine that is not
// known is another one.
func (s Screening) Cautious() Screening {
	if s.PregnancyWeeks < 0 || s.PregnancyWeeks > longestPregnancy {
		s.PregnancyWeeks = 0
	}
	if !slices.Contains([]Hip{"", HipRecent, HipOlder}, s.HipReplacement) {
		s.HipReplacement = HipRecent
	}
	s.Medicines = slices.Clone(s.Medicines)
	for i, m := range s.Medicines {
		if !slices.Contains(Medicines, m) {
			s.Medicines[i] = OtherMedicine
		}
	}
	return s
}

// Later gives the answers as they hold some time after they were given: a
// pregnancy goes on, at most to its longest. Everything else stays as it was
// until the questions are asked again.
func (s Screening) Later(since time.Duration) Screening {
	const week = 7 * 24 * time.Hour
	if s.Pregnant && s.PregnancyWeeks > 0 && since > 0 {
		s.PregnancyWeeks = min(longestPregnancy, s.PregnancyWeeks+int(min(since/week, longestPregnancy)))
	}
	return s
}

// Yes lists the keys of the questions answered with yes, in their order.
func (s Screening) Yes() []string {
	var keys []string
	for _, q := range []struct {
		key string
		yes bool
	}{
		{"emergency", s.Emergency},
		{"clot_signs", s.ClotSigns},
		{"recent_injury", s.RecentInjury},
		{"fluid_limit", s.FluidLimit},
		{"pregnant", s.Pregnant},
		{"hip_replacement", s.HipReplacement != ""},
		{"knee", s.Knee},
		{"osteoporosis", s.Osteoporosis},
		{"falls", s.Falls},
		{"numb_feet", s.NumbFeet},
		{"weakness", s.Weakness},
		{"medicines", len(s.Medicines) > 0},
	} {
		if q.yes {
			keys = append(keys, q.key)
		}
	}
	return keys
}

// Locked says whether no routine may start, and why.
func (s Screening) Locked() (locked bool, why string) {
	if b := s.lock(); b != nil {
		return true, b.why.String()
	}
	return false, ""
}

// Lock is the tier of signs that the answers name and that comes before every
// stretch: while locked, its title and act are all that is shown.
func (s Screening) Lock(lib *Library) (tier Tier, locked bool) {
	b := s.lock()
	if b == nil {
		return Tier{}, false
	}
	safety, err := lib.Safety()
	if err != nil {
		return Tier{Title: b.why.String()}, true
	}
	return b.lock(safety).whileLocked(), true
}

// lock is the first ban in force that locks everything, or nil.
func (s Screening) lock() *ban {
	for i := range bans {
		if bans[i].lock != nil && bans[i].when(s) {
			return &bans[i]
		}
	}
	return nil
}

// LimitFluids says whether drink amounts must be hidden.
func (s Screening) LimitFluids() bool { return s.FluidLimit }

// NoHeatOrIce says whether heat and ice must not be offered for a sore muscle.
func (s Screening) NoHeatOrIce() bool { return s.NumbFeet }

// SleepOnSide says whether to remind of settling to sleep on the side.
func (s Screening) SleepOnSide() bool { return s.weeks() >= latePregnancy }

// Takes says whether m is among the medicines.
func (s Screening) Takes(m Medicine) bool { return slices.Contains(s.Medicines, m) }

// Signs are the ids of the signs that go with a yes to the question, the most
// urgent first.
func (s Screening) Signs(q Question) []string {
	if q.Key == "medicines" && s.Takes(Statin) {
		return append([]string{"U3"}, q.Signs...)
	}
	return q.Signs
}

// Gentle is the id of the routine that suits all answers that do not lock.
const Gentle = "gentle"

// Offer is the id of the routine to offer first, empty when any will do or none
// may start.
func (s Screening) Offer() string {
	switch locked, _ := s.Locked(); {
	case locked:
		return ""
	case s.RecentInjury, newHip(s):
		return Gentle
	case s.Pregnant:
		return "pregnancy"
	case s.Falls, s.Weakness:
		return "seated"
	}
	return ""
}

// weeks is the week of pregnancy, 0 when not pregnant. Someone who did not tell
// the week is treated as late, which rules out the most.
func (s Screening) weeks() int {
	switch {
	case !s.Pregnant:
		return 0
	case s.PregnancyWeeks == 0:
		return longestPregnancy
	}
	return s.PregnancyWeeks
}
