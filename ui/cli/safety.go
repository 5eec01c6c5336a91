package cli

import (
	"lull/routine"
	"lull/routine/review"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/watch"
)

// screening is the newest answers to the safety questions, as they hold now.
func (d *desk) screening() routine.Screening {
	s, _, _ := d.book.Screening(d.now)
	return s
}

// askAgain says why the safety questions should be asked once more, and where,
// or nothing.
func (d *desk) askAgain(events ...watch.Event) string {
	answers, asked, answered := d.book.Screening(d.now)
	if !answered {
		return ""
	}
	why, again := watch.AskAgain(asked, d.now, answers, events...)
	if !again {
		return ""
	}
	if d.app.Lines != nil {
		return say.Text("%s The safety questions can be answered anew: type questions.", why)
	}
	return say.Text("%s The safety questions can be answered anew: lull, then s.", why)
}

// hidesAmounts says whether drink amounts are left out, because the person
// limits fluids or asked for it. No setting shows them against the safety
// answers.
func (d *desk) hidesAmounts() bool {
	return d.set.LimitFluids == "yes" || d.screening().LimitFluids()
}

// plan is tonight's routine, adapted to the safety answers. The library is only
// opened if nothing was stretched yet.
func (d *desk) plan() (review.Plan, error) {
	if d.book.Night(d.night()).Sessions > 0 {
		return review.Plan{}, nil
	}
	lib, err := d.app.library()
	if err != nil {
		return review.Plan{}, err
	}
	r, found := lib.Routine(d.set.Routine)
	if !found {
		r, _ = lib.Routine(settings.Default().Routine)
	}
	r = d.screening().Plan(lib, r).Routine
	return review.Plan{Routine: r.ID, PlannedS: int(r.Held().Seconds())}, nil
}

// lock is what to do before any stretch, and whether the safety answers name it.
func (d *desk) lock() (routine.Tier, bool) {
	answers := d.screening()
	if locked, _ := answers.Locked(); !locked {
		return routine.Tier{}, false
	}
	lib, err := d.app.library()
	if err != nil {
		_, why := answers.Locked()
		return routine.Tier{Title: why}, true
	}
	return answers.Lock(lib)
}
