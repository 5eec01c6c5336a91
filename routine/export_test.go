package routine

// Fit is Plan without the locks' acts and without Gentle.
func (s Screening) Fit(lib *Library, r Routine) (Routine, []Change) { return s.fit(lib, r) }
