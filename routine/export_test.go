package routine

// Fit is Plan without the locks' acts and without Gentle.
func (s Screening) Fit(lib *Library, r Routine) (Routine, []Change) { return s.fit(lib, r) }

// Reasons are the reasons of all rules.
func Reasons() []string {
	var all []string
	for _, b := range bans {
		all = append(all, b.why.String())
	}
	for _, c := range cares {
		all = append(all, c.why.String())
	}
	return all
}
