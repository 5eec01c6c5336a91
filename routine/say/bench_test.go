package say

import (
	"testing"

	"lull/assets"
)

// BenchmarkOpen is what reading all of a catalogue takes; a verb needs a part of it.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		l, err := Open(assets.Files, "es")
		if err == nil {
			err = l.Read()
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
