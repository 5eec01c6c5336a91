package routine

import "lull/routine/say"

// Answer gives a question's yes or no its place, by the question's key, and says
// whether there is such a question.
func (s *Screening) Answer(key string, yes bool) bool {
	set, known := answers[key]
	if known {
		set(s, yes)
	}
	return known
}

var answers = map[string]func(*Screening, bool){
	"emergency":     func(s *Screening, yes bool) { s.Emergency = yes },
	"clot_signs":    func(s *Screening, yes bool) { s.ClotSigns, s.ClotCleared = yes, false },
	"recent_injury": func(s *Screening, yes bool) { s.RecentInjury = yes },
	"fluid_limit":   func(s *Screening, yes bool) { s.FluidLimit = yes },
	"pregnant":      func(s *Screening, yes bool) { s.Pregnant, s.PregnancyWeeks = yes, 0 },
	"hip_replacement": func(s *Screening, yes bool) {
		s.HipReplacement = map[bool]Hip{true: HipOlder}[yes]
	},
	"knee":         func(s *Screening, yes bool) { s.Knee = yes },
	"osteoporosis": func(s *Screening, yes bool) { s.Osteoporosis = yes },
	"falls":        func(s *Screening, yes bool) { s.Falls = yes },
	"numb_feet":    func(s *Screening, yes bool) { s.NumbFeet = yes },
	"weakness":     func(s *Screening, yes bool) { s.Weakness = yes },
	"medicines":    func(s *Screening, _ bool) { s.Medicines = nil },
}

// Detail is a second question after a yes.
type Detail struct {
	Ask     say.Key
	Options []say.Key // what can be chosen; empty where a number is asked, or nothing
	Many    bool      // several of them can be
	// Keep takes the places of the options that were chosen, or the number.
	Keep func(s *Screening, chosen []int, number int)
}

// DetailOf is the second question after a yes to the question with the key.
func DetailOf(key string) (Detail, bool) {
	d, asked := details[key]
	return d, asked
}

var details = map[string]Detail{
	"clot_signs": {
		Ask:     "Has a clinician looked at it and said that you may stretch?",
		Options: []say.Key{"not yet", "yes, it is cleared"},
		Keep:    func(s *Screening, chosen []int, _ int) { s.ClotCleared = len(chosen) == 1 && chosen[0] == 1 },
	},
	"pregnant": {
		Ask:  "Which week? Enter alone if you would rather not say.",
		Keep: func(s *Screening, _ []int, week int) { s.PregnancyWeeks = week },
	},
	"hip_replacement": {
		Ask:     "When was it put in?",
		Options: []say.Key{"in the last three months", "earlier, or I am to keep precautions"},
		Keep: func(s *Screening, chosen []int, _ int) {
			if len(chosen) == 1 && chosen[0] == 0 {
				s.HipReplacement = HipRecent
			}
		},
	},
	"medicines": {
		Ask: "Which?", Many: true,
		Options: []say.Key{"water tablet", "statin", "inhaler", "hormone or raloxifene", "warfarin or similar", "something else"},
		Keep: func(s *Screening, chosen []int, _ int) {
			for _, i := range chosen {
				s.Medicines = append(s.Medicines, Medicines[i])
			}
			if len(s.Medicines) == 0 {
				s.Medicines = []Medicine{OtherMedicine}
			}
		},
	},
}

// Week says whether a number can be told as the week of a pregnancy.
func Week(n int) bool { return n >= 1 && n <= longestPregnancy }
