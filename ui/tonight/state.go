package tonight

import (
	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
	"lull/ui/screen"
)

// stretchState is tonight's session as a glyph, a style and words.
func stretchState(w screen.World, t review.Tonight) (string, lipgloss.Style, string) {
	th := w.Theme
	switch {
	case t.Stretch.Outcome == journal.Complete:
		return th.Glyphs.Done, th.Done, say.Text("Stretched tonight")
	case t.Stretch.Outcome == journal.Partial:
		return th.Glyphs.Partial, th.Done, say.Text("Stretched in part; that counts")
	case w.Resumable():
		return th.Glyphs.Partial, th.Hold, say.Text("Left in the middle")
	case t.Paused:
		return th.Glyphs.Paused, th.Quiet, say.Text("Tonight is paused")
	case t.Stretch.Outcome == journal.Abandoned:
		return th.Glyphs.Open, th.Text, say.Text("Begun, nothing held yet")
	}
	return th.Glyphs.Open, th.Title, say.Text("Tonight's stretch")
}
