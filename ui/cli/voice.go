package cli

import (
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"lull/routine/cues"
	"lull/routine/say"
	"lull/routine/settings"
)

func voiceVerb(a *App) *cobra.Command {
	c := &cobra.Command{
		Use:   "voice",
		Short: say.Text("Show what a session can be heard with"),
		Long: say.Text("Prints which program of this machine speaks and which one plays the tones, and what is set. " +
			"`lull voice test` lets you hear them. How much is spoken is a setting: off, counts (half time and the " +
			"last three seconds), names (the stretch, the leg, hold, rest, switch), or full (both, and one line of how). " +
			"LULL_SPEAK, or the setting voice_program, names another speech program; it gets the words as its last " +
			"argument. Over ssh nothing speaks unless LULL_SPEAK is set."),
		Example: "lull voice\nlull voice test\nlull config set voice full\nLULL_SPEAK='espeak-ng -v en-us' lull start",
		Args:    subverbs,
		RunE:    func(*cobra.Command, []string) error { return a.showVoice() },
	}
	c.AddCommand(&cobra.Command{
		Use: "test", Short: say.Text("Speak a few words and play the four tones"), Args: words(0, 0, ""),
		Long: say.Text("Speaks a few words in the voice that is set and plays the four tones, one after the other, " +
			"at any hour and whatever is switched off."),
		RunE: func(*cobra.Command, []string) error { return a.testVoice() },
	})
	return c
}

func (a *App) showVoice() error {
	set := a.usable()
	v := a.Voice(set)
	defer v.Close()
	f := v.Found()
	rows := [][2]string{
		{say.Text("speaks with"), withOrWhy(f.Speech, f.NoSpeech)},
		{say.Text("sounds with"), withOrWhy(f.Player, f.NoPlayer)},
		{say.Text("voice"), say.Text("%s, %d words a minute, volume %d", set.Voice, set.VoiceRate, set.Volume)},
		{say.Text("sound"), soundWords(set)},
	}
	wide := label
	for _, r := range rows {
		wide = max(wide, ansi.StringWidth(r[0]))
	}
	for _, r := range rows {
		a.line("%-*s  %s", wide, r[0], r[1])
	}
	if set.Voice == cues.Off && f.Speech != "" {
		a.warn("to be spoken to: lull config set voice full")
	}
	a.tellOfBell(set, f)
	return nil
}

// tellOfOther says that a player has failed, and what plays the tones instead.
func (a *App) tellOfOther(before, after cues.Found) {
	switch {
	case before.Player == after.Player || before.Player == "":
	case after.Player == "":
		a.warnLine(cleanLines(after.NoPlayer))
	default:
		a.warn("%s does not work here; %s plays the tones", clean(before.Player), clean(after.Player))
	}
}

// tellOfBell says what is heard in a session where no program plays tones.
func (a *App) tellOfBell(set settings.Settings, f cues.Found) {
	if set.Sound == settings.Tones && f.Player == "" {
		a.warn("in a session the bell of the terminal rings where a tone is due")
	}
}

func soundWords(set settings.Settings) string {
	switch {
	case set.Muted:
		return say.Text("off, because muted is true: lull config set muted false")
	case set.Sound != settings.Tones && set.Sound != settings.Bell:
		return set.Sound
	case set.QuietHours && set.QuietSessions:
		return say.Text("%s, but not in the quiet hours from bed until wake", set.Sound)
	}
	return say.Text("%s, at any hour", set.Sound)
}

func withOrWhy(name, why string) string {
	if name == "" {
		return say.Text("nothing: %s", cleanLines(why))
	}
	return clean(name)
}

// trial is what is spoken to try the voice.
const trial say.Key = "Left leg. Hold. Three, two, one. Switch."

// hearing is how long a try may take.
const hearing = 25 * time.Second

func (a *App) testVoice() error {
	set := a.usable()
	v := a.Voice(set)
	defer v.Close()
	f := v.Found()
	a.tellOfBell(set, f)
	if f.Speech == "" && f.Player == "" {
		return say.Error("nothing can be heard here: %s; %s", f.NoSpeech, f.NoPlayer)
	}
	failed := false
	try := func(program, why, what string, hear func()) {
		if program == "" {
			a.warnLine(cleanLines(why))
			return
		}
		a.line("%s: %s", clean(program), what)
		_ = a.out.Flush() // Main tells of what cannot be printed
		hear()
		if err := v.Settle(hearing); err != nil {
			failed = true
			a.warn("%s: %s", clean(program), cleanLines(err.Error()))
		}
	}
	try(f.Speech, f.NoSpeech, say.Text(trial), func() { v.Speak(say.Text(trial), set.Manner(), 0) })
	for i, tone := range cues.Tones {
		if f = v.Found(); i > 0 && f.Player == "" {
			break
		}
		try(f.Player, f.NoPlayer, say.Text("the tone for %s", say.Name(string(tone))), func() { v.Sound(tone, set.Manner(), 0) })
		a.tellOfOther(f, v.Found())
	}
	if failed {
		return errTold
	}
	a.say("If you heard nothing, look at the machine's volume and its sound device.")
	return nil
}
