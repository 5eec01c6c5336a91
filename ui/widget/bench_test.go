package widget

import "testing"

func BenchmarkDraw(b *testing.B) {
	for name, draw := range blocks {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				draw(dark, 40, 18)
			}
		})
	}
}
