// Package settings holds what a person may set: the routine, the looks, the
// boundaries of night and day, the two checklists and the keys. It reads and
// rewrites the text of config.toml; where that file lies is not its business.
package settings

import (
	"slices"
	"strconv"
	"time"

	"lull/routine"
	"lull/routine/cues"
	"lull/routine/journal"
	"lull/routine/say"
)

// Settings is everything that can be set, filled with defaults where the file
// says nothing.
type Settings struct {
	Routine       string // id of the routine that space starts
	Language      string // one of Languages
	Theme         string // one of Themes
	Drawing       string // one of Drawings
	ReducedMotion bool
	BigCount      bool        // sessions begin with the count filling the window
	Hands         string      // one of Hands
	Plain         bool        // lines in place of the screens
	Voice         cues.Amount // how much of a session is spoken
	VoiceRate     int         // words a minute
	VoiceName     string      // as the speech program calls it; empty for its own
	VoiceProgram  string      // the speech program with its arguments; empty for the first that is found
	Volume        int         // per cent
	Sound         string      // one of Sounds
	QuietHours    bool        // reminders and first aid make no sound between Bed and Wake
	QuietSessions bool        // nor do sessions
	Muted         bool        // sessions make no sound at all
	LeadIn        int         // seconds to get into position before a session and between positions
	Calendar      journal.Calendar
	Bed           time.Duration // when the person means to be in bed, as time of day
	Wake          time.Duration // when the person gets up and the day's drinking starts, as time of day
	LimitFluids   string        // one of Limits
	Water         []Item
	Bedtime       []Item
	Marks         []string            // what a night can be marked with, each as MarkForm wants it
	Keys          map[string][]string // action name to keys, only where changed
	Sync          string              // the folder shared with other machines, as a whole path; empty: none
}

// Item is one line of a checklist. ML is its amount in millilitres, 0 for none.
type Item struct {
	ID   string
	Name string
	ML   int
}

// Languages are those lull speaks, and auto, which follows the environment.
func Languages() []string { return append([]string{"auto"}, say.Languages()...) }

// Spoken is the language to speak, given the values of LC_ALL, LC_MESSAGES and
// LANG.
func (s Settings) Spoken(environment ...string) string {
	if s.Language == "auto" {
		return say.Match(environment...)
	}
	return s.Language
}

// Themes are the names a theme can have; auto follows the terminal.
// hour is dark, and night between bed and wake.
var Themes = []string{"auto", "dark", "light", "night", "hour", "contrast", "none"}

// Hands says which keys there are: both is the usual ones; left has every action
// under the left hand too; one makes all of lull work with space and one key
// more.
var Hands = []string{"both", "left", "one"}

// Drawings are what pictures are made of: quarter blocks where the terminal has
// them, half blocks, or letters for a font without blocks.
var Drawings = []string{"auto", "half-blocks", "ascii"}

// Limits says how drink amounts are shown: auto follows the safety answers, yes
// hides every amount, no shows them.
var Limits = []string{"auto", "yes", "no"}

// Sounds are what a session sounds as, where nothing is spoken: tones, or the
// terminal's bell where the machine has nothing to play them with; the bell; or
// nothing.
var Sounds = []string{Tones, Bell, "off"}

// The Sounds that are heard.
const (
	Tones = "tones"
	Bell  = "bell"
)

// Default is what holds for somebody who never opened the file.
func Default() Settings {
	return Settings{
		Routine:     "trial",
		Language:    "auto",
		Theme:       "auto",
		Drawing:     "auto",
		Hands:       "both",
		Voice:       cues.Off,
		VoiceRate:   cues.UsualRate,
		Volume:      cues.FullVolume,
		Sound:       Tones,
		QuietHours:  true,
		LeadIn:      int(routine.DefaultLeadIn / time.Second),
		Calendar:    journal.DefaultCalendar,
		Bed:         22*time.Hour + 30*time.Minute,
		Wake:        8 * time.Hour,
		LimitFluids: "auto",
		Water:       glasses(usualDrinks, 250),
		Bedtime:     bedtime(),
		Marks:       []string{"long-standing", "hard-exercise", "alcohol", "medicine", "short-sleep"},
	}
}

// Manner is how words are spoken and tones sounded.
func (s Settings) Manner() cues.Manner {
	return cues.Manner{Rate: s.VoiceRate, Name: s.VoiceName, Language: say.Tag(), Volume: s.Volume}
}

// Quiet reports whether reminders and first aid make no sound at this time of
// day.
func (s Settings) Quiet(hour time.Duration) bool { return s.QuietHours && s.Abed(hour) }

// Sounding is what a session sounds as at this time of day: one of Sounds. The
// person started it and may face a wall, so the quiet hours leave it alone unless
// QuietSessions is set.
func (s Settings) Sounding(hour time.Duration) string {
	if s.Muted || s.Volume == 0 && s.Sound == Tones || s.QuietSessions && s.Quiet(hour) {
		return "off"
	}
	return s.Sound
}

// Speaking is how much of a session is spoken.
func (s Settings) Speaking() cues.Amount {
	if s.Muted || s.Volume == 0 {
		return cues.Off
	}
	return s.Voice
}

// Audible reports whether anything of a session is heard at this time of day,
// where the machine has the programs that are found.
func (s Settings) Audible(hour time.Duration, found cues.Found) bool {
	return s.Sounding(hour) != "off" || s.Speaking() != cues.Off && found.Speech != ""
}

// StillSilent says why a session that is not muted makes no sound.
const StillSilent say.Key = "Still no sound: see sound, volume and quiet sessions in the settings"

// GetReady is LeadIn as a length of time.
func (s Settings) GetReady() time.Duration { return time.Duration(s.LeadIn) * time.Second }

// The names of the items that are there unless somebody changes them. They are
// written as they stand here, whatever the language, and shown by say.Name.
var (
	glassNames = []say.Key{
		"first glass", "second glass", "third glass", "fourth glass", "fifth glass", "sixth glass", "seventh glass", "eighth glass",
	}
	bedtimeNames = []struct {
		id   string
		name say.Key
	}{
		{"covers", "covers loose at the feet"}, {"pillow", "pillow so the feet do not point"},
		{"shoes", "supportive shoes worn today"}, {"walk", "moved about during the day"},
		{"food", "ordinary food with minerals today"},
	}
)

func bedtime() []Item {
	var items []Item
	for _, b := range bedtimeNames {
		items = append(items, Item{ID: b.id, Name: string(b.name)})
	}
	return items
}

func glasses(n, ml int) []Item {
	items := make([]Item, n)
	for i := range items {
		items[i] = Item{ID: "glass-" + string(rune('1'+i)), Name: string(glassNames[i]), ML: ml}
	}
	return items
}

// Abed says whether the time of day lies between Bed and Wake, also when
// midnight does. The minute of Bed belongs to it, the one of Wake does not.
func (s Settings) Abed(hour time.Duration) bool {
	if s.Bed <= s.Wake {
		return s.Bed <= hour && hour < s.Wake
	}
	return s.Bed <= hour || hour < s.Wake
}

// List returns the items of a list by its name, and whether there is one.
func (s Settings) List(name string) ([]Item, bool) {
	switch name {
	case journal.WaterList:
		return s.Water, true
	case journal.BedtimeList:
		return s.Bedtime, true
	}
	return nil, false
}

// Find returns the item with the id or, failing that, the name, and its list. One
// of lull's own names may be given in the language in use.
func (s Settings) Find(item string) (Item, string, bool) {
	for _, list := range []string{journal.WaterList, journal.BedtimeList} {
		items, _ := s.List(list)
		if i := slices.IndexFunc(items, func(it Item) bool { return it.ID == item || it.Name == item || say.Name(it.Name) == item }); i >= 0 {
			return items[i], list, true
		}
	}
	return Item{}, "", false
}

// ItemIDs lists every item's id, water first.
func (s Settings) ItemIDs() []string {
	var ids []string
	for _, it := range slices.Concat(s.Water, s.Bedtime) {
		ids = append(ids, it.ID)
	}
	return ids
}

// Extra begins the id of a glass past the last of the list.
const Extra = "extra-"

// NextWater is the next open item of the water list, given which items are
// ticked; past the last it is an extra with the last item's amount.
func (s Settings) NextWater(ticked func(item string) bool) journal.Ticked {
	next := journal.Ticked{List: journal.WaterList}
	for _, it := range s.Water {
		next.Item, next.ML = it.ID, it.ML
		if !ticked(it.ID) {
			return next
		}
	}
	for n := 1; ; n++ {
		next.Item = Extra + strconv.Itoa(n)
		if !ticked(next.Item) {
			return next
		}
	}
}
