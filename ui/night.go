package ui

import (
	"time"

	"lull/routine/journal"
)

// crampTonight says whether there was a cramp since the person's bedtime, and
// they are not to be up yet. Until then every screen stays in the night's
// colours: a bright window is unwelcome in the dark.
func (r *Root) crampTonight() bool {
	set, now := r.world.Settings, r.world.Now
	hour := journal.Hour(now)
	if !set.Abed(hour) {
		return false
	}
	inBed := hour - set.Bed
	if inBed < 0 {
		inBed += 24 * time.Hour
	}
	bed := now.Add(-inBed)
	if r.dimmed.After(bed) {
		return true
	}
	for _, e := range r.world.Recent {
		if c, ok := e.Fact.(journal.Cramped); ok && !c.Untimed && e.At.After(bed) && !e.At.After(now) && loggedLive(e) {
			return true
		}
	}
	return false
}

// loggedLive says whether an entry was made when it happened, and not in the
// morning after.
func loggedLive(e journal.Entry) bool {
	const late = 5 * time.Minute
	made, ok := e.ID.Time()
	return ok && made.Sub(e.At).Abs() < late
}
