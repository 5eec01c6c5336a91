package rates

import (
	"math"
	"testing"
)

func TestARateIsSaidOnlyAsFarAsTheLoggedNightsBearIt(t *testing.T) {
	for _, c := range []struct {
		name string
		Counts
		want string
	}{
		{"nothing", Counts{Nights: 9}, "0 cramps in 0 logged nights"},
		{"too few nights for a rate", Counts{Nights: 9, Known: 9, Cramps: 5, CrampNights: 4}, "5 cramps in 9 logged nights"},
		{"one short of a rate", Counts{Nights: 13, Known: 13, Cramps: 1, CrampNights: 1}, "1 cramp in 13 logged nights"},
		{"just enough", Counts{Nights: 14, Known: 14, Cramps: 5, CrampNights: 4}, "5 cramps in 14 logged nights: 2.5 a week"},
		{"well logged", Counts{Nights: 91, Known: 80, Cramps: 20, CrampNights: 15}, "20 cramps in 80 logged nights: 1.8 a week"},
		{"70 % is enough", Counts{Nights: 100, Known: 70, Cramps: 20, CrampNights: 15}, "20 cramps in 70 logged nights: 2.0 a week"},
		{
			"bad nights only", Counts{Nights: 91, Known: 30, Cramps: 41, CrampNights: 29},
			"at least 3.2 a week: 41 in 13 weeks. Up to 9.6 if the other nights were like the logged ones. Few cramp-free nights are logged.",
		},
		{
			"a third of the nights", Counts{Nights: 90, Known: 30, Cramps: 15, CrampNights: 12},
			"at least 1.2 a week: 15 in 90 nights. Up to 3.5 if the other nights were like the logged ones. Only 30 of 90 nights are logged; cramp-free nights may be missing.",
		},
		{
			"most nights, hardly one without cramps", Counts{Nights: 28, Known: 25, Cramps: 30, CrampNights: 23},
			"at least 7.5 a week: 30 in 4 weeks. Up to 8.4 if the other nights were like the logged ones. Few cramp-free nights are logged.",
		},
		{"every night, and every night a cramp", Counts{Nights: 14, Known: 14, Cramps: 20, CrampNights: 14}, "20 cramps in 14 logged nights: 10.0 a week"},
		{"no cramp, hardly logged", Counts{Nights: 91, Known: 20}, "0 cramps in 20 logged nights. Only 20 of 91 nights are logged; cramp-free nights may be missing."},
	} {
		if got := c.Words(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTheLeastRateIsOverAllNights(t *testing.T) {
	c := Counts{Nights: 91, Known: 30, Cramps: 41, CrampNights: 29}
	if got := c.AtLeast(); math.Abs(got-41*7.0/91) > 1e-12 {
		t.Errorf("%v a week", got)
	}
	if (Counts{}).AtLeast() != 0 || (Counts{}).Sparse() || (Counts{}).Logged() != 0 {
		t.Error("no nights have a rate")
	}
}
