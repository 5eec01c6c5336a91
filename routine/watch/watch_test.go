package watch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/assets"
	"lull/routine"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/watch"
)

// tonight is the night that facts are counted back from.
var tonight = journal.DefaultCalendar.Night(journaltest.Evening)

// diary makes facts by how many nights ago they happened.
type diary struct {
	*journaltest.Maker
	facts []journal.Entry
}

func newDiary(t testing.TB) *diary { return &diary{Maker: journaltest.NewMaker(t, 1)} }

func (d *diary) ago(nights int, f journal.Fact) journal.Entry {
	e := d.At(float64(-24*nights), f)
	d.facts = append(d.facts, e)
	return e
}

// nights adds, from so many nights ago on, the cramps that each digit says; a
// dot is a night that nobody answered for.
func (d *diary) nights(from int, counts string) *diary {
	for i, r := range counts {
		if r == '0' {
			d.ago(from-i, journal.Quiet{})
		}
		for range strings.IndexRune("0123456789", r) {
			d.ago(from-i, journal.Cramped{})
		}
	}
	return d
}

// trips are those of the facts that whoever reads watch.Reads is given.
func (d *diary) trips(s routine.Screening) []watch.Trip {
	read := slices.DeleteFunc(slices.Clone(d.facts), func(e journal.Entry) bool {
		return !slices.Contains(watch.Reads, e.Fact.Kind())
	})
	return watch.Trips(read, tonight, s)
}

// brief writes trips as rule>card,also.
func brief(trips []watch.Trip) string {
	var out []string
	for _, t := range trips {
		out = append(out, t.Rule+">"+strings.Join(append([]string{t.Card}, t.Also...), ","))
	}
	return strings.Join(out, " ")
}

func n(i int) *int    { return &i }
func is(b bool) *bool { return &b }

func TestEachRuleOnACrampTripsAndDoesNot(t *testing.T) {
	signs := func(s ...string) journal.Cramped { return journal.Cramped{Signs: s} }
	for _, c := range []struct {
		name string
		fact journal.Fact
		want string
	}{
		{"ten minutes", journal.Cramped{LastedS: n(600)}, "long>U2"},
		{"just under ten minutes", journal.Cramped{LastedS: n(599)}, ""},
		{"of unknown length", journal.Cramped{}, ""},
		{"swollen", signs("swollen"), "swollen>U1"},
		{"hot", signs("hot"), "swollen>U1"},
		{"red", signs("red"), "swollen>U1"},
		{"weak", signs("weak"), "weak>R4"},
		{"numb", signs("numb"), "weak>R4"},
		{"numb in both legs", signs("numb", "both-legs"), "weak>R4"},
		{"both legs cramped", signs("both-legs"), ""},
		{"weak in both legs, and the bladder", signs("weak", "both-legs", "bladder"), "both-legs>E3"},
		{"numb in both legs, and the bladder", signs("numb", "both-legs", "bladder"), "both-legs>E3"},
		{"weak in both legs", signs("weak", "both-legs"), "both-legs>E3"},
		{"the bladder alone", signs("bladder"), "both-legs>E3"},
		{"the worst pain, not hard", journal.Cramped{Pain: n(10), Knot: is(false)}, "no-knot>was-it-a-cramp"},
		{"the worst pain, hard", journal.Cramped{Pain: n(10), Knot: is(true)}, ""},
		{"the worst pain, hardness not told", journal.Cramped{Pain: n(10)}, ""},
		{"strong pain, not hard", journal.Cramped{Pain: n(9), Knot: is(false)}, ""},
		{"sore for three days", journal.Cramped{SoreDays: n(3)}, "sore>U1,U8"},
		{"sore for two days", journal.Cramped{SoreDays: n(2)}, ""},
		{"a calf sore for three days", journal.Cramped{SoreDays: n(3), Muscle: "calf"}, "sore>U1,U8"},
		{"a thigh sore for three days", journal.Cramped{SoreDays: n(3), Muscle: "quadriceps"}, ""},
		{"a medicine", journal.Marked{Mark: "medicine"}, "medicine>R6"},
		{"another mark", journal.Marked{Mark: "alcohol"}, ""},
		{"a quiet night", journal.Quiet{}, ""},
	} {
		d := newDiary(t)
		d.ago(1, c.fact)
		if got := brief(d.trips(routine.Screening{})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSwellingTwiceOnOneSideIsToldApart(t *testing.T) {
	for _, c := range []struct {
		sides, want string
	}{
		{"left left", "swollen>U1 swollen-twice>U1"},
		{"left right", "swollen>U1 swollen>U1"},
		{"left both", "swollen>U1 swollen-twice>U1"},
		{"left ", "swollen>U1 swollen>U1"},
		{"right left right", "swollen>U1 swollen>U1 swollen-twice>U1"},
	} {
		d := newDiary(t)
		for i, side := range strings.Split(c.sides, " ") {
			d.ago(20-i, journal.Cramped{Side: side, Signs: []string{"swollen"}})
		}
		if got := brief(d.trips(routine.Screening{})); got != c.want {
			t.Errorf("%q: %s, want %s", c.sides, got, c.want)
		}
	}
	d := newDiary(t)
	first := d.ago(40, journal.Cramped{Side: "left", Signs: []string{"swollen"}})
	d.ago(9, journal.Cramped{Side: "left", Signs: []string{"red"}})
	last := d.ago(3, journal.Cramped{Side: "left", Signs: []string{"swollen"}})
	trips := d.trips(routine.Screening{})
	if got := brief(trips); got != "swollen>U1 swollen-twice>U1" {
		t.Fatal(got)
	}
	if want := []journal.ID{first.ID, last.ID}; !slices.Equal(trips[1].Facts, want) {
		t.Errorf("it rests on %v", trips[1].Facts)
	}
	if want := "Swelling came with 2 cramps on the left: first in the night of Tue 13 to Wed 14 Oct, last in the night of Thu 19 to Fri 20 Nov."; trips[1].Why != want {
		t.Error(trips[1].Why)
	}
}

const quietWeek = "0000000"

func TestThreeCrampsAWeekForFourWeeksAreOften(t *testing.T) {
	for _, c := range []struct{ name, nights, want string }{
		{"three in each", strings.Repeat("1010100", 4), "often>R2"},
		{"three in one night of each", strings.Repeat("3000000", 4), "often>R2"},
		{"two in one of them", "1010100" + "1010000" + "1010100" + "1010100", ""},
		{"twelve in the first", "3333000" + quietWeek + quietWeek + quietWeek, ""},
		{"with nights nobody answered for", strings.Repeat("1.1.1..", 4), "often>R2"},
		{"three weeks", strings.Repeat("1010100", 3), ""},
	} {
		d := newDiary(t).nights(27, c.nights)
		d.ago(0, journal.Quiet{})
		if got := brief(d.trips(routine.Screening{})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTonightCountsOnceItIsAnswered(t *testing.T) {
	d := newDiary(t).nights(28, strings.Repeat("3000000", 4))
	if got := brief(d.trips(routine.Screening{})); got != "often>R2" {
		t.Errorf("before tonight is answered: %q", got)
	}
	d.ago(0, journal.Quiet{})
	if got := brief(d.trips(routine.Screening{})); got != "" {
		t.Errorf("after a quiet night the oldest week has slid out: %q", got)
	}
}

func TestADoublingIsMeasuredOnKnownNights(t *testing.T) {
	before, after := quietWeek+"1010000"+quietWeek+"1010000", quietWeek+"3100000"+quietWeek+"1300000"
	for _, c := range []struct{ name, before, after, want string }{
		{"four became eight", before, after, "rising>R2"},
		{"four became seven", before, quietWeek + "3100000" + quietWeek + "1200000", ""},
		{"three became eight", quietWeek + "1000000" + quietWeek + "1010000", after, ""},
		{"few nights known before", ".......1010..............1010...", after, ""},
		{"few nights known now", before, "............................"[:20] + "44000000", ""},
		{"half the nights known before", strings.Repeat("0.", 10) + "1.1.1.1.", after, ""},
		{"nothing known before", "", after, ""},
		{"thirteen nights known before", "1010101000000", "99" + quietWeek + quietWeek + quietWeek + "00000", ""},
		{"fourteen nights known before", "10101010000000", "99" + quietWeek + quietWeek + quietWeek + "00000", "rising>R2"},
		{"twice as many to a known night, not twice as many", before, "2300000" + quietWeek, ""},
	} {
		d := newDiary(t).nights(56, c.before).nights(28, c.after)
		if got := brief(d.trips(routine.Screening{})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOneCardIsEnoughForManyCramps(t *testing.T) {
	d := newDiary(t).nights(56, "1010000"+quietWeek+"1010000"+quietWeek).nights(28, strings.Repeat("3000000", 4))
	if got := brief(d.trips(routine.Screening{})); got != "often>R2" {
		t.Error(got)
	}
	trip := d.trips(routine.Screening{})[0]
	d.ago(0, trip.Seen())
	if got := brief(d.trips(routine.Screening{})); got != "" {
		t.Errorf("once it was seen there is %q", got)
	}
}

func TestADoublingThatWasSeenKeepsStill(t *testing.T) {
	d := newDiary(t).nights(56, "4000000"+quietWeek+quietWeek+quietWeek).nights(28, "9000000"+quietWeek+quietWeek+quietWeek)
	d.ago(0, d.trips(routine.Screening{})[0].Seen())
	if got := brief(d.trips(routine.Screening{})); got != "" {
		t.Errorf("once it was seen there is %q", got)
	}
}

func TestACrampToldLateStandsInItsOwnNight(t *testing.T) {
	d := newDiary(t)
	swollen := journal.Cramped{Side: "left", Signs: []string{"swollen"}}
	second := d.ago(2, swollen)
	late := d.ago(1, swollen)
	d.facts[1].Night = tonight - 9
	trips := d.trips(routine.Screening{})
	if want := []journal.ID{late.ID, second.ID}; len(trips) != 2 || !slices.Equal(trips[1].Facts, want) {
		t.Errorf("%+v, want the late one first", trips)
	}
}

func TestAPatternThatWasSeenKeepsStillForEightWeeks(t *testing.T) {
	for ago, want := range map[int]string{1: "", 55: "", 56: "often>R2"} {
		d := newDiary(t).nights(28, strings.Repeat("3000000", 4))
		d.ago(ago, journal.Seen{Card: "watch:often:2026-09-01"})
		d.ago(1, journal.Seen{Card: "watch:rising:2026-09-01"})
		if got := brief(d.trips(routine.Screening{})); got != want {
			t.Errorf("seen %d nights ago: %q, want %q", ago, got, want)
		}
	}
}

func TestSafetyAnswersAddFurtherSigns(t *testing.T) {
	d := newDiary(t).nights(28, strings.Repeat("3000000", 4))
	d.ago(1, journal.Cramped{Signs: []string{"weak"}})
	d.ago(1, journal.Cramped{SoreDays: n(4)})
	for _, c := range []struct {
		who  routine.Screening
		want string
	}{
		{routine.Screening{}, "sore>U1,U8 weak>R4 often>R2"},
		{routine.Screening{Pregnant: true}, "sore>U1,U8 weak>R4 often>R2,R10"},
		{routine.Screening{Medicines: []routine.Medicine{routine.Statin}}, "sore>U1,U8,U3 weak>R4,U3 often>R2"},
		{routine.Screening{Medicines: []routine.Medicine{routine.Inhaler}}, "sore>U1,U8 weak>R4 often>R2"},
	} {
		if got := brief(d.trips(c.who)); got != c.want {
			t.Errorf("%v: %s, want %s", c.who.Yes(), got, c.want)
		}
	}
}

func TestAMedicineIsSpokenOfOnceAMonth(t *testing.T) {
	d := newDiary(t)
	for _, ago := range []int{2, 3, 9, 25, 40} {
		d.ago(ago, journal.Marked{Mark: "medicine"})
	}
	var got []string
	for _, trip := range d.trips(routine.Screening{}) {
		got = append(got, fmt.Sprintf("%s %d %s", trip.Key, len(trip.Facts), trip.Why))
	}
	want := []string{
		"medicine:2026-10 1 You set the mark medicine on the night of Wed 28 to Thu 29 Oct.",
		"medicine:2026-11 3 You set the mark medicine on the night of Fri 13 to Sat 14 Nov.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestASingleCrampIsSpokenOfForFourWeeks(t *testing.T) {
	for ago, want := range map[int]string{0: "long>U2", 27: "long>U2", 28: "", 60: ""} {
		d := newDiary(t)
		d.ago(ago, journal.Cramped{LastedS: n(900)})
		if got := brief(d.trips(routine.Screening{})); got != want {
			t.Errorf("%d nights ago: %q, want %q", ago, got, want)
		}
	}
}

func TestASentenceNamesWhatTrippedItWithItsNumbers(t *testing.T) {
	const night = "the night of Sat 21 to Sun 22 Nov"
	one := func(f journal.Fact) *diary { d := newDiary(t); d.ago(1, f); return d }
	for _, c := range []struct {
		diary *diary
		want  string
	}{
		{one(journal.Cramped{LastedS: n(12*60 + 59)}), "The cramp in " + night + " lasted 12 minutes; lull asks from 10 on."},
		{one(journal.Cramped{Signs: []string{"red", "swollen"}}), "With the cramp in " + night + " you noted: swollen, red."},
		{one(journal.Cramped{Signs: []string{"bladder", "weak", "both-legs"}}), "With the cramp in " + night + " you noted: weak, both legs, bladder trouble."},
		{one(journal.Cramped{SoreDays: n(5)}), "The muscle stayed sore for 5 days after the cramp in " + night + "; up to a day is usual."},
		{one(journal.Cramped{SoreDays: n(3), Muscle: "calf"}), "The calf stayed sore for 3 days after the cramp in " + night + "; up to a day is usual."},
		{one(journal.Cramped{Pain: n(10), Knot: is(false)}), "In " + night + " the pain was 10 of 10 and the muscle was not hard."},
		{newDiary(t).nights(28, "3000000"+"5000000"+"4000000"+"3000000"), "There were 3, 5, 4 and 3 cramps in four weeks in a row; lull asks from 3 in each."},
		{newDiary(t).nights(56, quietWeek+"4000000"+quietWeek+"000000.").nights(28, quietWeek+"9000000"+"..00000"+quietWeek),
			"There were 9 cramps in four weeks (26 nights logged) and 4 in the four before (27 logged)."},
	} {
		trips := c.diary.trips(routine.Screening{})
		if len(trips) != 1 || trips[0].Why != c.want {
			t.Errorf("%+v, want %s", trips, c.want)
		}
	}
}

func TestATripThatWasSeenIsSeen(t *testing.T) {
	d := newDiary(t)
	d.ago(1, journal.Cramped{LastedS: n(900)})
	d.ago(2, journal.Cramped{Signs: []string{"red"}})
	trips := d.trips(routine.Screening{})
	seen := d.ago(0, trips[0].Seen())
	d.ago(0, journal.Seen{Card: "welcome"})
	left := watch.Unseen(d.trips(routine.Screening{}), d.facts)
	if len(trips) != 2 || brief(left) != "long>U2" {
		t.Errorf("%s are left of %s", brief(left), brief(trips))
	}
	if card := seen.Fact.(journal.Seen).Card; !strings.HasPrefix(card, "watch:swollen:") {
		t.Errorf("it was seen as %s", card)
	}
}

func TestEveryCardIsThereToBeShown(t *testing.T) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	safety, err := lib.Safety()
	if err != nil {
		t.Fatal(err)
	}
	cards, err := guide.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	d := newDiary(t).nights(28, strings.Repeat("3000000", 4))
	d.ago(3, journal.Cramped{Side: "left", Signs: []string{"swollen", "bladder"}, SoreDays: n(9), LastedS: n(900), Pain: n(10), Knot: is(false)})
	d.ago(2, journal.Cramped{Side: "left", Signs: []string{"swollen", "weak"}})
	d.ago(1, journal.Marked{Mark: "medicine"})
	rules := map[string]bool{}
	for _, trip := range d.trips(routine.Screening{Pregnant: true, Medicines: []routine.Medicine{routine.Statin}}) {
		rules[trip.Rule] = true
		for _, id := range append(trip.Also, trip.Card) {
			_, sign := safety.Sign(id)
			if _, card := cards.Card(id); !sign && !card {
				t.Errorf("%s shows %s, which is not there", trip.Rule, id)
			}
		}
	}
	leg := newDiary(t)
	leg.each(8, 7, journal.Cramped{Side: "left", Muscle: "calf"})
	for _, trip := range leg.trips(routine.Screening{}) {
		rules[trip.Rule] = true
		if _, sign := safety.Sign(trip.Card); !sign {
			t.Errorf("%s shows %s, which is not there", trip.Rule, trip.Card)
		}
	}
	if len(rules) != 10 {
		t.Errorf("only %v tripped", rules)
	}
}

// each adds so many facts, one every so many nights, the last one last night.
func (d *diary) each(many, nights int, f journal.Fact) {
	for i := range many {
		d.ago(1+nights*(many-1-i), f)
	}
}

func TestEightCrampsAtOnePlaceOfOneLegTripInEightWeeks(t *testing.T) {
	left := journal.Cramped{Side: "left", Muscle: "calf"}
	for _, c := range []struct {
		name         string
		many, nights int
		more         []journal.Cramped
		want         string
	}{
		{"eight in eight weeks", 8, 7, nil, "one-leg>R13"},
		{"seven", 7, 7, nil, ""},
		{"the first of eight more than eight weeks ago", 8, 8, nil, ""},
		{"and some without a place", 8, 7, []journal.Cramped{{}, {Side: "left"}, {Muscle: "calf"}}, "one-leg>R13"},
		{"and one on the right", 9, 6, []journal.Cramped{{Side: "right", Muscle: "calf"}}, ""},
		{"and one in the left foot", 9, 6, []journal.Cramped{{Side: "left", Muscle: "foot"}}, ""},
		{"and one in both legs", 9, 6, []journal.Cramped{{Side: "both", Muscle: "calf"}}, ""},
		{"and one on the right, no muscle", 9, 6, []journal.Cramped{{Side: "right"}}, ""},
	} {
		d := newDiary(t)
		d.each(c.many, c.nights, left)
		for i, more := range c.more {
			d.ago(3+i, more)
		}
		if got := brief(d.trips(routine.Screening{})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	d := newDiary(t)
	d.each(8, 7, journal.Cramped{Side: "both", Muscle: "calf"})
	if got := brief(d.trips(routine.Screening{})); got != "" {
		t.Errorf("always both legs: %q", got)
	}
	d = newDiary(t)
	d.each(8, 7, left)
	trip := d.trips(routine.Screening{})[0]
	if trip.Why != "All 8 cramps of eight weeks with a place were at one: left calf." || trip.Last-trip.First != 49 {
		t.Errorf("%+v", trip)
	}
	d.ago(0, trip.Seen())
	if got := brief(d.trips(routine.Screening{})); got != "" {
		t.Errorf("it was seen, and is there again: %q", got)
	}
}

func TestTheSignsOfASpanAreThoseOfItsNights(t *testing.T) {
	d := newDiary(t)
	swollen := journal.Cramped{Side: "left", Signs: []string{"swollen"}}
	d.ago(120, swollen)
	d.ago(60, journal.Cramped{LastedS: n(900)})
	d.ago(3, swollen)
	within := func(from, to int) string {
		return brief(watch.Within(d.facts, tonight-journal.Date(from), tonight-journal.Date(to)))
	}
	for _, c := range []struct {
		from, to int
		want     string
	}{
		{91, 1, "swollen>U1 long>U2"}, {130, 1, "swollen>U1 swollen-twice>U1 long>U2"}, {130, 61, "swollen>U1"}, {59, 4, ""}, {2, 1, ""},
	} {
		if got := within(c.from, c.to); got != c.want {
			t.Errorf("from %d to %d nights ago: %q, want %q", c.from, c.to, got, c.want)
		}
	}
	many := newDiary(t).nights(90, strings.Repeat("1010100", 4))
	trips := watch.Within(many.facts, tonight-91, tonight-1)
	if brief(trips) != "often>R2" || trips[0].First != tonight-90 || trips[0].Last != tonight-65 {
		t.Errorf("often, two months ago: %+v", trips)
	}
}

// anyFact draws a fact of a diary, tripping more often than people do.
var anyFact = rapid.Custom(func(t *rapid.T) journal.Fact {
	maybe := func(name string, low, high int) *int {
		if rapid.Bool().Draw(t, name) {
			return n(rapid.IntRange(low, high).Draw(t, name))
		}
		return nil
	}
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		return journal.Quiet{}
	case 1:
		return journal.Marked{Mark: rapid.SampledFrom([]string{"medicine", "alcohol"}).Draw(t, "mark")}
	case 2:
		return journal.Ticked{Item: "glass-1", List: journal.WaterList}
	}
	return journal.Cramped{
		Side:    rapid.SampledFrom([]string{"", "left", "right", "both"}).Draw(t, "side"),
		LastedS: maybe("lasted", 500, 700), Pain: maybe("pain", 9, 10), SoreDays: maybe("sore", 2, 3),
		Knot:  rapid.SampledFrom([]*bool{nil, is(true), is(false)}).Draw(t, "knot"),
		Signs: rapid.SliceOfNDistinct(rapid.SampledFrom(journal.CrampSigns), 0, 3, rapid.ID[string]).Draw(t, "signs"),
	}
})

func anyDiary(t *rapid.T, tb testing.TB) []journal.Entry {
	d := newDiary(tb)
	for range rapid.IntRange(0, 40).Draw(t, "facts") {
		d.ago(rapid.IntRange(-1, 70).Draw(t, "ago"), anyFact.Draw(t, "fact"))
	}
	return d.facts
}

func TestTheOrderOfTheFactsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		facts := anyDiary(rt, t)
		mixed := rapid.Permutation(facts).Draw(rt, "mixed")
		a, b := watch.Trips(facts, tonight, routine.Screening{}), watch.Trips(mixed, tonight, routine.Screening{})
		if diff := cmp.Diff(a, b); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func TestATripRestsOnItsFacts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		facts := anyDiary(rt, t)
		for _, trip := range watch.Trips(facts, tonight, routine.Screening{}) {
			rest := slices.DeleteFunc(slices.Clone(facts), func(e journal.Entry) bool { return slices.Contains(trip.Facts, e.ID) })
			if len(facts)-len(rest) != len(trip.Facts) || len(trip.Facts) == 0 || trip.Told.IsZero() {
				rt.Fatalf("%s rests on %d facts, of which %d are there", trip.Key, len(trip.Facts), len(facts)-len(rest))
			}
			for _, other := range watch.Trips(rest, tonight, routine.Screening{}) {
				if other.Key == trip.Key {
					rt.Fatalf("%s is still there without its facts", trip.Key)
				}
			}
		}
	})
}

func TestEveryTripHasItsOwnKeyThatCanBeKept(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		keys := map[string]bool{}
		for _, trip := range watch.Trips(anyDiary(rt, t), tonight, routine.Screening{}) {
			if keys[trip.Key] || trip.Why == "" || !strings.HasSuffix(trip.Why, ".") {
				rt.Fatalf("%+v", trip)
			}
			keys[trip.Key] = true
			if err := trip.Seen().Validate(); err != nil {
				rt.Fatal(err)
			}
		}
	})
}

func TestATripOnACrampKeepsItsKeyAsTheDiaryGrows(t *testing.T) {
	d := newDiary(t)
	d.ago(2, journal.Cramped{LastedS: n(900)})
	was := d.trips(routine.Screening{})[0]
	d.nights(1, "10")
	now := watch.Trips(d.facts, tonight+5, routine.Screening{})[0]
	if was.Key != now.Key || was.Why != now.Why {
		t.Errorf("%+v became %+v", was, now)
	}
}
