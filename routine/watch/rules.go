package watch

import (
	"slices"
	"strings"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/say"
)

// The thresholds. Ten minutes is a source's; the others are lull's own.
const (
	longCramp    = 10 * 60 // seconds
	worstPain    = 10
	soreDays     = 3
	crampsAWeek  = 3
	leastBefore  = 4  // cramps before, for a doubling to mean anything
	leastKnown   = 14 // known nights in each half of a doubling
	onePlace     = 8  // cramps in eight weeks, all in one leg at one place
	week         = 7  // nights
	fourWeeks    = 4 * week
	eightWeeks   = 8 * week
	recentNights = 4 * week
	stillNights  = 8 * week

	medicineMark = "medicine"
)

// rule says which card to show when find finds something.
type rule struct {
	name string
	card string
	also []also
	find func(diary) []finding
	// pattern is a rule on many cramps: seen from several evenings it finds the
	// same pattern again.
	pattern bool
}

// also is a further sign, for everybody or for people with some answer.
type also struct {
	sign string
	when func(routine.Screening) bool
}

// finding is what a rule rests on. The key tells it from the rule's others.
type finding struct {
	key   string
	why   string
	facts []journal.Entry
}

func pregnant(s routine.Screening) bool    { return s.Pregnant }
func takesStatin(s routine.Screening) bool { return s.Takes(routine.Statin) }

// rules are in the order of how grave their cards are.
var rules = []rule{
	{name: "both-legs", card: "E3", find: each(bothLegs)},
	{name: "swollen", card: "U1", find: each(swollenOnce)},
	{name: "swollen-twice", card: "U1", find: swollenTwice},
	{name: "sore", card: "U1", also: []also{{"U8", nil}, {"U3", takesStatin}}, find: each(soreForDays)},
	{name: "long", card: "U2", find: each(longLasting)},
	{name: "weak", card: "R4", also: []also{{"U3", takesStatin}}, find: each(weakOrNumb)},
	{name: "often", card: "R2", also: []also{{"R10", pregnant}}, find: often, pattern: true},
	{name: "rising", card: "R2", also: []also{{"R10", pregnant}}, find: rising, pattern: true},
	{name: "one-leg", card: "R13", find: oneLeg, pattern: true},
	{name: "medicine", card: "R6", find: newMedicine},
	{name: "no-knot", card: WasItACramp, find: each(painWithoutKnot)},
}

// each makes a rule on single cramps: tell gives the sentence, or nothing.
func each(tell func(diary, cramp) string) func(diary) []finding {
	return func(d diary) []finding {
		var found []finding
		for _, c := range d.cramps {
			if !d.recent(c.Night) {
				continue
			}
			if why := tell(d, c); why != "" {
				found = append(found, finding{c.Origin().String(), why, []journal.Entry{c.Entry}})
			}
		}
		return found
	}
}

// bothLegs is new trouble with the bladder, or weakness in both legs: either is
// an emergency by itself.
func bothLegs(_ diary, c cramp) string {
	if c.has("bladder") || c.has("weak") && c.has("both-legs") {
		return c.signs()
	}
	return ""
}

func weakOrNumb(d diary, c cramp) string {
	if c.has("weak", "numb") && bothLegs(d, c) == "" {
		return c.signs()
	}
	return ""
}

// swollenOnce leaves a second swelling of a leg to swollenTwice.
func swollenOnce(d diary, c cramp) string {
	if c.has("swollen", "hot", "red") && len(d.swollenBefore(c)) == 0 {
		return c.signs()
	}
	return ""
}

func swollenTwice(d diary) []finding {
	var found []finding
	for _, c := range d.cramps {
		before := d.swollenBefore(c)
		if len(before) == 0 || !d.recent(c.Night) {
			continue
		}
		why := say.Text("Swelling came with %d cramps %s: first in %s, last in %s.",
			len(before)+1, sideWords[c.told.Side], nightOf(before[0]), nightOf(c.Entry))
		found = append(found, finding{c.Origin().String(), why, append(before, c.Entry)})
	}
	return found
}

var sideWords = map[string]say.Key{"left": "on the left", "right": "on the right", "both": "in both legs"}

// swollenBefore are the earlier cramps that came with swelling of the same leg,
// if c did.
func (d diary) swollenBefore(c cramp) []journal.Entry {
	var before []journal.Entry
	for _, b := range d.cramps {
		if b.ID == c.ID {
			break
		}
		if b.has("swollen") && c.has("swollen") && sameLeg(b.told.Side, c.told.Side) {
			before = append(before, b.Entry)
		}
	}
	return before
}

func sameLeg(a, b string) bool {
	return a != "" && b != "" && (a == b || a == "both" || b == "both")
}

// soreForDays is about the calf; where no muscle was told it may have been that.
func soreForDays(_ diary, c cramp) string {
	muscle := c.told.Muscle
	if c.told.SoreDays == nil || *c.told.SoreDays < soreDays || muscle != "calf" && muscle != "" {
		return ""
	}
	if muscle == "" {
		return say.Text("The muscle stayed sore for %d days after the cramp in %s; up to a day is usual.", *c.told.SoreDays, nightOf(c.Entry))
	}
	return say.Text("The calf stayed sore for %d days after the cramp in %s; up to a day is usual.", *c.told.SoreDays, nightOf(c.Entry))
}

func longLasting(_ diary, c cramp) string {
	if c.told.LastedS == nil || *c.told.LastedS < longCramp {
		return ""
	}
	return say.Text("The cramp in %s lasted %d minutes; lull asks from %d on.", nightOf(c.Entry), *c.told.LastedS/60, longCramp/60)
}

func painWithoutKnot(_ diary, c cramp) string {
	if c.told.Pain == nil || *c.told.Pain < worstPain || c.told.Knot == nil || *c.told.Knot {
		return ""
	}
	return say.Text("In %s the pain was %d of 10 and the muscle was not hard.", nightOf(c.Entry), *c.told.Pain)
}

// newMedicine speaks up once in a month.
func newMedicine(d diary) []finding {
	var found []finding
	for _, e := range d.marked {
		month := e.Night.Midnight().Format("2006-01")
		at := slices.IndexFunc(found, func(f finding) bool { return f.key == month })
		switch {
		case !d.recent(e.Night):
		case at < 0:
			why := say.Text("You set the mark %s on %s.", say.Name(medicineMark), nightOf(e))
			found = append(found, finding{month, why, []journal.Entry{e}})
		default:
			found[at].facts = append(found[at].facts, e)
		}
	}
	return found
}

// manyEachWeek are the cramps of the last four weeks, oldest first, if there
// were enough of them in every week.
func (d diary) manyEachWeek() (cramps []journal.Entry, counts []int, enough bool) {
	for ago := 3; ago >= 0; ago-- {
		of, _ := d.span(d.last()-journal.Date(ago*week), week)
		if len(of) < crampsAWeek {
			return nil, nil, false
		}
		cramps, counts = append(cramps, of...), append(counts, len(of))
	}
	return cramps, counts, true
}

func often(d diary) []finding {
	cramps, n, enough := d.manyEachWeek()
	if !enough || d.still("often") {
		return nil
	}
	why := say.Text("There were %d, %d, %d and %d cramps in four weeks in a row; lull asks from %d in each.",
		n[0], n[1], n[2], n[3], crampsAWeek)
	return []finding{{d.now.String(), why, cramps}}
}

// rising compares the last four weeks with the four before. Both the count and
// the cramps to a known night must have doubled, from four at least, with enough
// known nights on both sides: silence is not a quiet night. Where often holds it
// adds nothing.
func rising(d diary) []finding {
	if _, _, enough := d.manyEachWeek(); enough || d.still("rising") {
		return nil
	}
	after, knownAfter := d.span(d.last(), fourWeeks)
	before, knownBefore := d.span(d.last()-fourWeeks, fourWeeks)
	if len(before) < leastBefore || min(knownBefore, knownAfter) < leastKnown {
		return nil
	}
	if len(after) < 2*len(before) || len(after)*knownBefore < 2*len(before)*knownAfter {
		return nil
	}
	why := say.Text("There were %d cramps in four weeks (%d nights logged) and %d in the four before (%d logged).",
		len(after), knownAfter, len(before), knownBefore)
	return []finding{{d.now.String(), why, append(before, after...)}}
}

// oneLeg finds enough cramps in eight weeks that were all in one leg at one
// place. Cramps without a place say nothing; one with another leg or another
// muscle ends it.
func oneLeg(d diary) []finding {
	if d.still("one-leg") {
		return nil
	}
	var at journal.Cramped
	var cramps []journal.Entry
	for _, c := range d.cramps {
		if c.Night <= d.last()-eightWeeks || c.Night > d.last() {
			continue
		}
		if c.told.Side == "both" || differs(c.told.Side, &at.Side) || differs(c.told.Muscle, &at.Muscle) {
			return nil
		}
		if c.told.Side != "" && c.told.Muscle != "" {
			cramps = append(cramps, c.Entry)
		}
	}
	if len(cramps) < onePlace {
		return nil
	}
	why := say.Text("All %d cramps of eight weeks with a place were at one: %s.", len(cramps), journal.PlaceWords(at.Side, at.Muscle))
	return []finding{{d.now.String(), why, cramps}}
}

// differs reports whether a word is another than the one seen before, and keeps
// the first one. An empty word differs from none.
func differs(word string, first *string) bool {
	if *first == "" {
		*first = word
	}
	return word != "" && word != *first
}

// signs is the sentence that names what came with the cramp.
func (c cramp) signs() string {
	var words []string
	for _, s := range journal.CrampSigns {
		if c.has(s) {
			words = append(words, signWords[s].String())
		}
	}
	return say.Text("With the cramp in %s you noted: %s.", nightOf(c.Entry), strings.Join(words, ", "))
}

var signWords = map[string]say.Key{
	"swollen": "swollen", "hot": "hot", "red": "red", "weak": "weak", "numb": "numb",
	"both-legs": "both legs", "bladder": "bladder trouble",
}

func nightOf(e journal.Entry) string { return say.Text("the night of %s", e.Night.NightWords()) }
