package cli

import "testing"

// BenchmarkFrontDoor is what lull adds to a prompt beyond its start and the
// reading of the file.
func BenchmarkFrontDoor(b *testing.B) {
	d := newDesktop()
	for b.Loop() {
		if d.run("tonight", "--short") != Done {
			b.Fatal(&d.err)
		}
	}
}
