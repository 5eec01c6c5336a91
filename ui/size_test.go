package ui

import "testing"

// A terminal that says it is as large as can be said would cost gigabytes.
func TestASizeThatNoWindowHasIsRefused(t *testing.T) {
	for _, c := range []struct {
		width, height int
		ok            bool
	}{{80, 24, true}, {0, 0, true}, {1000, 1000, true}, {65535, 65535, false}, {65535, 40, false}} {
		if err := credible(c.width, c.height); (err == nil) != c.ok {
			t.Errorf("%dx%d: %v", c.width, c.height, err)
		}
	}
}
