package say

import (
	"testing"

	"lull/assets"
)

// BenchmarkOpen is what a start in Spanish adds to one in English.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := Open(assets.Files, "es"); err != nil {
			b.Fatal(err)
		}
	}
}
