package rates

import "lull/routine/say"

// What a rate is said from.
const (
	minLogged    = 70 // per cent of the nights that are logged
	minCrampFree = 10 // per cent of the logged nights that have no cramps
)

// Enough reports whether there are enough logged nights for a rate. With fewer,
// only counts are shown.
func (c Counts) Enough() bool { return c.Known >= LeastNights }

// Sparse reports whether cramp-free nights may be missing, so that cramps per
// logged night would be too many: some nights are not logged, and either fewer
// than 70 % are, or fewer than 10 % of the logged ones have no cramps.
func (c Counts) Sparse() bool {
	return c.Known < c.Nights && (100*c.Known < minLogged*c.Nights || c.fewCrampFree())
}

func (c Counts) fewCrampFree() bool { return 100*(c.Known-c.CrampNights) < minCrampFree*c.Known }

// AtLeast is cramps per week over all nights, logged or not: there cannot have
// been fewer. It is 0 over no nights.
func (c Counts) AtLeast() float64 { return nightsAWeek * share(c.Cramps, max(c.Nights, c.Known)) }

// Words say how many cramps there were: a count below 14 logged nights, else the
// rate; or, where cramp-free nights may be missing, the least that the rate can
// be, and what it would be if the other nights were like the logged ones.
func (c Counts) Words() string {
	cramps := say.Count(c.Cramps, "%d cramp", "%d cramps")
	logged := say.Count(c.Known, "%d logged night", "%d logged nights")
	switch {
	case !c.Enough():
		return say.Text("%s in %s", cramps, logged)
	case !c.Sparse():
		return say.Text("%s in %s: %.1f a week", cramps, logged, c.PerWeek())
	case c.Cramps == 0:
		return say.Text("%s in %s. %s", cramps, logged, c.missing())
	}
	return say.Text("at least %.1f a week: %d in %s. Up to %.1f if the other nights were like the logged ones. %s",
		c.AtLeast(), c.Cramps, spanWords(c.Nights), c.PerWeek(), c.missing())
}

// WordsWithNights are Words and, where the rate is certain, the share of nights
// that had a cramp.
func (c Counts) WordsWithNights() string {
	if !c.Enough() || c.Sparse() {
		return c.Words()
	}
	return say.Text("%s, a cramp in %.0f %% of the nights", c.Words(), 100*c.Share())
}

// missing says why the rate is not certain.
func (c Counts) missing() string {
	if c.fewCrampFree() {
		return say.Text("Few cramp-free nights are logged.")
	}
	return say.Text("Only %d of %d nights are logged; cramp-free nights may be missing.", c.Known, c.Nights)
}

// Caveat is what has to be said beside a rate: nothing where it is certain.
func (c Counts) Caveat() string {
	if !c.Enough() || !c.Sparse() {
		return ""
	}
	return c.missing()
}

// spanWords is a number of nights, in weeks where they are whole.
func spanWords(nights int) string {
	if nights%nightsAWeek == 0 {
		return say.Count(nights/nightsAWeek, "%d week", "%d weeks")
	}
	return say.Count(nights, "%d night", "%d nights")
}
