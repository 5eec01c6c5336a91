package review_test

import (
	"strings"
	"testing"

	"lull/routine/journal"
	"lull/routine/rates"
	"lull/routine/review"
)

// tell fills nights from so many ago on: each letter is a session (s) or none
// (.), followed by what was told: a digit for cramps, ? for nothing.
func (k *kit) tell(ago int, row string) {
	for i := 0; i+1 < len(row); i += 2 {
		night := ago - i/2
		if row[i] == 's' {
			k.at(night, 22, journal.Stretched{Routine: "trial", Outcome: journal.Complete})
		}
		switch told := row[i+1]; told {
		case '?':
		case '0':
			k.at(night, 8, journal.Quiet{})
		default:
			for range told - '0' {
				k.at(night, 3, journal.Cramped{})
			}
		}
	}
}

func answersOf(k *kit) map[review.Question]review.Answer {
	all := map[review.Question]review.Answer{}
	for _, a := range k.book().Answers(tonight) {
		all[a.Question] = a
	}
	return all
}

func TestEachNightIsOnTheSideItBelongsTo(t *testing.T) {
	var k kit
	k.tell(40, ".1.0.?"+ // three nights before the first session
		strings.Repeat("s0", 14)+ // the first two weeks
		"s1.2s?s0.0") // from the third week on
	k.tell(0, "s5") // tonight is not over
	a := answersOf(&k)
	ba, km := a[review.BeforeAfter], a[review.KeptMissed]
	if got, want := ba.Comparison.Before, (rates.Counts{Nights: 3, Known: 2, Cramps: 1, CrampNights: 1, Closed: true}); got != want {
		t.Errorf("before: %+v, want %+v", got, want)
	}
	if got, want := ba.Comparison.After, (rates.Counts{Nights: 23, Known: 4, Cramps: 3, CrampNights: 2}); got != want {
		t.Errorf("after: %+v, want %+v", got, want)
	}
	if got, want := km.Comparison.After, (rates.Counts{Nights: 17, Known: 16, Cramps: 1, CrampNights: 1}); got != want {
		t.Errorf("kept: %+v, want %+v", got, want)
	}
	if got, want := km.Comparison.Before, (rates.Counts{Nights: 20, Known: 2, Cramps: 2, CrampNights: 1}); got != want {
		t.Errorf("missed: %+v, want %+v", got, want)
	}
	if *ba.AfterSpan != [2]journal.Date{tonight - 23, tonight - 19} || *ba.BeforeSpan != [2]journal.Date{tonight - 40, tonight - 39} {
		t.Errorf("spans %v and %v", *ba.AfterSpan, *ba.BeforeSpan)
	}
}

// Nights of which nothing is recorded lie on a side all the same: else people who
// open lull on bad nights and on nights with a session only would look as if
// they logged every night.
func TestNightsWithoutAnyEntryCountAsNotLogged(t *testing.T) {
	var k kit
	k.tell(60, strings.Repeat("s0s0s0.1.?.?", 10))
	a := answersOf(&k)[review.KeptMissed]
	if a.Refusal == nil && a.Cramps != nil {
		t.Fatalf("compared: %+v", a.Comparison)
	}
	if got, want := a.Comparison.Before, (rates.Counts{Nights: 30, Known: 10, Cramps: 10, CrampNights: 10}); got != want {
		t.Errorf("missed: %+v, want %+v", got, want)
	}
	k.tell(130, strings.Repeat("s0s0s0.1.?.?", 10))
	if a = answersOf(&k)[review.KeptMissed]; !strings.HasPrefix(a.Words, "You logged 100 % of the nights with a session and 2") {
		t.Errorf("%q", a.Words)
	}
}

func TestPausedNightsAreOnNoSide(t *testing.T) {
	var k kit
	k.tell(30, strings.Repeat("s1", 20))
	to := tonight - 20
	paused := journal.New(&k.mint, journal.DefaultCalendar, k.facts[0].At, k.facts[0].At, journal.Paused{From: tonight - 25, To: &to})
	var h journal.History
	for d := tonight - 40; d <= tonight; d++ {
		if n := journal.Sum(d, k.facts); !n.Empty() {
			h.Nights = append(h.Nights, n)
		}
	}
	h.Standing = append(h.Standing, paused)
	for _, a := range review.New(h).Answers(tonight) {
		if want := map[review.Question]int{review.BeforeAfter: 6, review.KeptMissed: 14}[a.Question]; a.Comparison.After.Known != want {
			t.Errorf("%s: %d nights, want %d", a.Question, a.Comparison.After.Known, want)
		}
	}
}

func TestBeforeTheFirstSessionNothingIsClosed(t *testing.T) {
	var k kit
	k.tell(20, strings.Repeat(".1", 16))
	a := answersOf(&k)[review.BeforeAfter]
	if a.Comparison.Before.Known != 16 || a.Comparison.Before.Closed || a.Refusal == nil || a.Refusal.Never || a.Refusal.After != 14 {
		t.Errorf("%+v", a.Comparison)
	}
}

func TestTheSixWeekCheckGoesByThePersonsOwnNumbers(t *testing.T) {
	for _, c := range []struct {
		name string
		row  string // up to last night
		want review.Advice
	}{
		{"in the sixth week", strings.Repeat("s0", 41), review.NotYet},
		{"most nights kept, and fewer cramps", strings.Repeat(".1", 60) + strings.Repeat("s0", 60), review.KeepGoing},
		{"most nights kept, and nothing to tell", strings.Repeat("s0", 60), review.YourCall},
		{"few nights kept", strings.Repeat("s0.0.0", 20), review.Change},
		{"three cramps a week for four weeks", strings.Repeat("s0", 40) + strings.Repeat("s1s0", 14), review.SeeSomeone},
		{"more than before", strings.Repeat(".0", 20) + strings.Repeat("s1", 60), review.SeeSomeone},
		{"many cramps on few known nights", strings.Repeat("s0", 40) + strings.Repeat("s1s?s?s?", 7), review.YourCall},
	} {
		var k kit
		k.tell(len(c.row)/2, c.row)
		b := k.book()
		check := b.Check(tonight, b.Answers(tonight))
		if check.Advice != c.want || check.Words == "" {
			t.Errorf("%s: %s, want %s: %s", c.name, check.Advice, c.want, check.Words)
		}
	}
	if check := (&kit{}).book().Check(tonight, nil); check.Advice != review.NotYet || check.Due != nil {
		t.Errorf("before the first session: %+v", check)
	}
}
