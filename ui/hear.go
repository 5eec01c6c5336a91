package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"lull/routine/cues"
	"lull/routine/journal"
	"lull/routine/settings"
	"lull/ui/screen"
)

// hear has a cue heard for a screen: its words, where they are to be spoken and
// can be; else its tone, where there is a player; else the terminal's bell. So no
// two things sound at once. Nothing here waits.
func (r *Root) hear(l layer, c cues.Cue) tea.Cmd {
	v, set := r.deps.Voice, r.world.Settings
	if c.Hush {
		v.Hush()
	}
	switch {
	case c.Words != "" && v.Found().Speech != "":
		return r.listen(l, c, v.Speak(c.Words, set.Manner(), c.Age))
	case c.Tone == "":
		return nil
	}
	switch set.Sounding(journal.Hour(r.world.Now)) {
	case settings.Tones:
		if v.Found().Player == "" {
			return bell(c, cues.Late)
		}
		return r.listen(l, cues.Cue{Tone: c.Tone, Age: c.Age}, v.Sound(c.Tone, set.Manner(), c.Age))
	case settings.Bell:
		return bell(c, cues.Late)
	}
	return nil
}

// lostMsg says that no program made a cue heard.
type lostMsg struct {
	epoch int // of the screen that asked for it
	cue   cues.Cue
	asked time.Duration // on the steady clock
}

// listen waits for the end of a cue, to do something else if it is not heard.
func (r *Root) listen(l layer, c cues.Cue, heard cues.Heard) tea.Cmd {
	lost := lostMsg{l.epoch, c, r.world.Steady}
	return func() tea.Msg {
		if heard() {
			return nil
		}
		return lost
	}
}

// lost tries the next thing for a cue that was not heard: a tone for words, the
// bell for a tone. The screen is told too, to show it.
func (r *Root) lost(msg lostMsg) tea.Cmd {
	l, up := r.up(msg.epoch)
	if !up || msg.cue.Tone == "" {
		return nil
	}
	c := cues.Cue{Tone: msg.cue.Tone, Age: msg.cue.Age + r.world.Steady - msg.asked}
	if msg.cue.Words != "" {
		return tea.Batch(r.hear(l, c), r.deliver(l, screen.Unheard{Age: c.Age}))
	}
	return tea.Batch(bell(c, cues.Fallback), r.deliver(l, screen.Unheard{Age: c.Age}))
}

// bell rings the terminal's bell for a cue, unless its moment was too long ago.
func bell(c cues.Cue, late time.Duration) tea.Cmd {
	if c.Age > late {
		return nil
	}
	return tea.Raw("\a")
}
