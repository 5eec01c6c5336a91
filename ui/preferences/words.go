package preferences

import "lull/routine/say"

// The settings as their names are said on the screen.
const (
	_ say.Key = "routine"
	_ say.Key = "theme"
	_ say.Key = "language"
	_ say.Key = "drawing"
	_ say.Key = "reduced motion"
	_ say.Key = "plain"
	_ say.Key = "voice"
	_ say.Key = "voice rate"
	_ say.Key = "voice name"
	_ say.Key = "voice program"
	_ say.Key = "volume"
	_ say.Key = "sound"
	_ say.Key = "quiet hours"
	_ say.Key = "quiet sessions"
	_ say.Key = "muted"
	_ say.Key = "lead in"
	_ say.Key = "big count"
	_ say.Key = "hands"
	_ say.Key = "limit fluids"
	_ say.Key = "bed"
	_ say.Key = "wake"
	_ say.Key = "night starts"
	_ say.Key = "day starts"
	_ say.Key = "sync"
)

// chosen are the settings whose values are words, and not names of something.
var chosen = map[string]bool{
	"theme": true, "language": true, "drawing": true, "voice": true, "sound": true, "hands": true, "limit_fluids": true,
}

// The values as they are said. In config.toml they are what they are here, in
// every language.
const (
	_ say.Key = "auto"
	_ say.Key = "dark"
	_ say.Key = "light"
	_ say.Key = "night"
	_ say.Key = "hour"
	_ say.Key = "contrast"
	_ say.Key = "en"
	_ say.Key = "es"
	_ say.Key = "half-blocks"
	_ say.Key = "ascii"
	_ say.Key = "counts"
	_ say.Key = "names"
	_ say.Key = "full"
	_ say.Key = "tones"
	_ say.Key = "bell"
	_ say.Key = "both"
	_ say.Key = "left"
	_ say.Key = "one"
	_ say.Key = "yes"
	_ say.Key = "no"
)
