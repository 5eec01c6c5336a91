package ui

import (
	tea "charm.land/bubbletea/v2"

	"lull/routine/cues"
	"lull/routine/journal"
	"lull/routine/settings"
)

// hear has a cue heard: its words, where they are to be spoken and can be; else
// its tone, where there is a player; else the terminal's bell. So no two things
// sound at once. Nothing here waits.
func (r *Root) hear(c cues.Cue) tea.Cmd {
	v, set := r.deps.Voice, r.world.Settings
	if c.Hush {
		v.Hush()
	}
	switch {
	case c.Words != "" && v.Found().Speech != "":
		v.Speak(c.Words, set.Manner(), c.Age)
		return nil
	case c.Tone == "":
		return nil
	}
	switch set.Sounding(journal.Hour(r.world.Now)) {
	case settings.Tones:
		if v.Found().Player == "" {
			return bell(c)
		}
		v.Sound(c.Tone, set.Manner(), c.Age)
	case settings.Bell:
		return bell(c)
	}
	return nil
}

func bell(c cues.Cue) tea.Cmd {
	if c.Age > cues.Late {
		return nil
	}
	return tea.Raw("\a")
}
