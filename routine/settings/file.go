package settings

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"lull/routine"
	"lull/routine/cues"
	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/strict"
)

const (
	lastMinute = 23*time.Hour + 59*time.Minute
	maxItems   = 40
	maxAmount  = 2000 // ml of one item
	maxKeys    = 8    // keys of one action

	longestVoice   = 60
	longestProgram = 300
)

// Parse reads config.toml. What it leaves out keeps its default; file is the
// name for errors, each of which says the line, the key and what is allowed. With
// an error the settings are those that can be read: a key that is wrong keeps its
// default too.
func Parse(file string, text []byte) (Settings, error) {
	s := Default()
	if len(bytes.TrimSpace(text)) == 0 {
		return s, nil
	}
	doc, err := strict.Salvage(file, text)
	if doc == nil {
		return s, err
	}
	var wrong strict.Errors
	errors.As(err, &wrong)
	var water, bedtime []Item
	var bell, set bool
	oldKey := strict.Optional(oldBell, strict.Bool(&bell).And(func() (problem, allowed string) { set = true; return "", "" }))
	if err := doc.Read(append(s.fields(&water, &bedtime), oldKey)); err != nil {
		wrong = append(wrong, err.(strict.Errors)...)
	}
	if set {
		s.takeBell(doc, bell)
	}
	s.take(doc, journal.WaterList, &s.Water, water)
	s.take(doc, journal.BedtimeList, &s.Bedtime, bedtime)
	if twice := s.check(file); len(twice) > 0 {
		wrong = append(wrong, twice...)
		s.Water, s.Bedtime = Default().Water, Default().Bedtime
	}
	if len(wrong) > 0 {
		return s, wrong
	}
	return s, nil
}

// maxWrong is how many mistakes a file has that was read to its end.
const maxWrong = 20

// Boundary returns the first mistake in an error of Parse, or of reading the file,
// that may hide where a night or a day begins: one in a key for that or in a
// line whose key is not known. It is nil if the calendar is as the person set it.
func Boundary(err error) error {
	var wrong strict.Errors
	if !errors.As(err, &wrong) || len(wrong) == 0 {
		return err
	}
	s := Default()
	names := []string{journal.WaterList, journal.BedtimeList, "marks", "keys", oldBell}
	for _, k := range s.scalars() {
		names = append(names, k.name)
	}
	for _, e := range wrong {
		switch near := strict.Nearest(e.Key, names); {
		case e.Key == "" || near == "night_starts" || near == "day_starts":
			return e
		}
	}
	if len(wrong) > maxWrong {
		return wrong[0]
	}
	return nil
}

// whole undoes a rule that finds its value wrong: a key is read or keeps its
// default.
func whole[T any](dst *T, r strict.Rule) strict.Rule {
	return func(k strict.Key) strict.Errors {
		before := *dst
		wrong := r(k)
		if len(wrong) > 0 {
			*dst = before
		}
		return wrong
	}
}

// oldBell is a key of before there were tones: true rang the terminal's bell at
// any hour, false nothing.
const oldBell = "bell"

// takeBell lets a file with the old key mean what it meant, as far as the keys
// that took its place do not say otherwise.
func (s *Settings) takeBell(doc *strict.Doc, bell bool) {
	if _, there := doc.Find("sound"); there {
		return
	}
	s.Sound = "off"
	if !bell {
		return
	}
	s.Sound = Bell
	if _, there := doc.Find("quiet_hours"); !there {
		s.QuietHours = false
	}
}

// fields lists every key of the file.
func (s *Settings) fields(water, bedtime *[]Item) strict.Fields {
	all := strict.Fields{}
	for _, k := range s.scalars() {
		all = append(all, strict.Optional(k.name, whole(s, k.rule)))
	}
	return append(all,
		strict.Optional(journal.WaterList, items(water)),
		strict.Optional(journal.BedtimeList, items(bedtime)),
		strict.Optional("marks", whole(s, marks(&s.Marks))),
		strict.Optional("keys", whole(s, strict.Map(&s.Keys, 200, func(_ string, keys *[]string) strict.Rule {
			return strict.Texts(keys, maxKeys, 1, 20)
		}))),
	)
}

// items takes a list. One that is empty is not nil.
func items(dst *[]Item) strict.Rule {
	tables := strict.Tables(dst, maxItems, itemFields)
	return whole(dst, func(k strict.Key) strict.Errors {
		*dst = []Item{}
		return tables(k)
	})
}

func itemFields(it *Item) strict.Fields {
	return strict.Fields{
		strict.Required("id", strict.Text(&it.ID, 1, 80)),
		strict.Required("name", strict.Text(&it.Name, 1, 80)),
		strict.Optional("ml", strict.Int(&it.ML, 0, maxAmount)),
	}
}

// take replaces a default list by the file's, unless that is wrong. An empty list
// is written as water = [].
func (s *Settings) take(doc *strict.Doc, name string, list *[]Item, read []Item) {
	if _, there := doc.Find(name); there && read != nil {
		*list = slices.Clip(read)
		if len(read) == 0 {
			*list = nil
		}
	}
}

// check refuses two items with one id: a tick would not know which it is.
func (s Settings) check(file string) strict.Errors {
	ids := s.ItemIDs()
	slices.Sort(ids)
	for i := 1; i < len(ids); i++ {
		if ids[i] == ids[i-1] {
			return strict.Errors{{File: file, Key: "id", Value: ids[i], Problem: say.Text("two items have this id"), Allowed: say.Text("give each item an id of its own")}}
		}
	}
	return nil
}

// scalar is a key with one value: how it is read and how it is written.
type scalar struct {
	name string
	rule strict.Rule
	show func(Settings) string // as TOML
	help say.Key
}

// scalars are the keys that `lull config get` and `set` know, in the order of
// the file.
func (s *Settings) scalars() []scalar {
	quoted := func(get func(Settings) string) func(Settings) string {
		return func(s Settings) string { return strconv.Quote(get(s)) }
	}
	clock := func(get func(Settings) time.Duration) func(Settings) string {
		return quoted(func(s Settings) string { return ClockTime(get(s)) })
	}
	return []scalar{
		{"routine", strict.Text(&s.Routine, 1, 80), quoted(func(s Settings) string { return s.Routine }), "the routine that space starts"},
		{"theme", strict.OneOf(&s.Theme, Themes...), quoted(func(s Settings) string { return s.Theme }), "auto follows the terminal; hour is dark, and dim red from bed to wake"},
		{"language", strict.OneOf(&s.Language, Languages()...), quoted(func(s Settings) string { return s.Language }), "auto follows LC_ALL, LC_MESSAGES and LANG"},
		{"drawing", strict.OneOf(&s.Drawing, Drawings...), quoted(func(s Settings) string { return s.Drawing }), "what pictures are made of; ascii for a font without blocks"},
		{"reduced_motion", strict.Bool(&s.ReducedMotion), func(s Settings) string { return strconv.FormatBool(s.ReducedMotion) }, "nothing moves but the count"},
		{"plain", strict.Bool(&s.Plain), func(s Settings) string { return strconv.FormatBool(s.Plain) }, "lines in place of the screens, as for a screen reader"},
		{"voice", strict.OneOf(&s.Voice, cues.Amounts...), quoted(func(s Settings) string { return string(s.Voice) }), "what is spoken in a session: only counts, names, or both and how"},
		{"voice_rate", strict.Int(&s.VoiceRate, cues.SlowestRate, cues.FastestRate), func(s Settings) string { return strconv.Itoa(s.VoiceRate) }, "how fast, in words a minute"},
		{"voice_name", strict.Text(&s.VoiceName, 0, longestVoice), quoted(func(s Settings) string { return s.VoiceName }), "the voice, as the speech program calls it; empty for its own"},
		{"voice_program", strict.Text(&s.VoiceProgram, 0, longestProgram), quoted(func(s Settings) string { return s.VoiceProgram }), "the speech program, given the words last; empty for what is found"},
		{"volume", strict.Int(&s.Volume, 0, cues.FullVolume), func(s Settings) string { return strconv.Itoa(s.Volume) }, "of voice and tones, in per cent"},
		{"sound", strict.OneOf(&s.Sound, Sounds...), quoted(func(s Settings) string { return s.Sound }), "where nothing is spoken: soft tones, or the terminal's bell"},
		{"quiet_hours", strict.Bool(&s.QuietHours), func(s Settings) string { return strconv.FormatBool(s.QuietHours) }, "from bed until wake reminders and first aid make no sound"},
		{"quiet_sessions", strict.Bool(&s.QuietSessions), func(s Settings) string { return strconv.FormatBool(s.QuietSessions) }, "the quiet hours hold for the tones of a session too"},
		{"muted", strict.Bool(&s.Muted), func(s Settings) string { return strconv.FormatBool(s.Muted) }, "a session makes no sound; s in a session switches this"},
		{"lead_in", strict.Int(&s.LeadIn, 0, int(routine.MaxLeadIn/time.Second)), func(s Settings) string { return strconv.Itoa(s.LeadIn) }, "seconds to get into position before a session and where the position changes"},
		{"big_count", strict.Bool(&s.BigCount), func(s Settings) string { return strconv.FormatBool(s.BigCount) }, "sessions begin with the count filling the window"},
		{"hands", strict.OneOf(&s.Hands, Hands...), quoted(func(s Settings) string { return s.Hands }), "left: all keys under the left hand; one: tab moves on, space does it"},
		{"limit_fluids", strict.OneOf(&s.LimitFluids, Limits...), quoted(func(s Settings) string { return s.LimitFluids }), "hide drink amounts; the safety answers hide them too"},
		{"bed", strict.Clock(&s.Bed, 0, lastMinute), clock(func(s Settings) time.Duration { return s.Bed }), "when you mean to be in bed"},
		{"wake", strict.Clock(&s.Wake, 0, lastMinute), clock(func(s Settings) time.Duration { return s.Wake }), "when you get up, and the day's drinking starts"},
		{"night_starts", strict.Clock(&s.Calendar.NightStarts, 0, lastMinute), clock(func(s Settings) time.Duration { return s.Calendar.NightStarts }), "where one night ends and the next begins"},
		{"day_starts", strict.Clock(&s.Calendar.DayStarts, 0, lastMinute), clock(func(s Settings) time.Duration { return s.Calendar.DayStarts }), "where one day of the checklist ends and the next begins"},
		{"sync", folder(&s.Sync), quoted(func(s Settings) string { return s.Sync }), "the folder shared with other machines; empty for none"},
	}
}

// folder takes the path of a folder, from its beginning, or nothing: the verbs
// that use it are called from anywhere.
func folder(dst *string) strict.Rule {
	return strict.Text(dst, 0, 1000).And(func() (problem, allowed string) {
		if *dst != "" && !filepath.IsAbs(*dst) {
			return say.Text("not a whole path"), say.Text("write the path from its beginning, or nothing for no folder")
		}
		return "", ""
	})
}

// ClockTime is a time of day as 21:30.
func ClockTime(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours())%24, int(d.Minutes())%60)
}

// Key is a setting with its value and what it is for.
type Key struct{ Name, Value, Help string }

// List returns every setting that has one value.
func List(s Settings) []Key {
	var keys []Key
	for _, k := range s.scalars() {
		value := k.show(s)
		if unquoted, err := strconv.Unquote(value); err == nil {
			value = unquoted
		}
		keys = append(keys, Key{k.name, value, k.help.String()})
	}
	return keys
}

// Get returns the value of a setting, or an error that names the settings.
func Get(s Settings, name string) (string, error) {
	keys := List(s)
	i := slices.IndexFunc(keys, func(k Key) bool { return k.Name == name })
	if i < 0 {
		return "", unknown(name)
	}
	return keys[i].Value, nil
}

func unknown(name string) error {
	if name == oldBell {
		return say.Error("bell is not a setting any more, though a file that has it is still obeyed; sound took its place: lull config set sound bell")
	}
	return say.Error("%q is not a setting; %s", name, strict.Instead(name, Names()))
}

// Names lists the settings that have one value.
func Names() []string {
	var names []string
	for _, k := range List(Default()) {
		names = append(names, k.Name)
	}
	return names
}

// byteOrderMark is what some editors put in front of a file. It is taken away
// when the file is changed: it may stand nowhere but in front.
var byteOrderMark = []byte("\ufeff")

// Set returns the file's text with one setting changed and everything else,
// comments too, as it was. The text that results is a file Parse accepts.
func Set(file string, text []byte, name, value string) ([]byte, error) {
	text = bytes.TrimPrefix(text, byteOrderMark)
	if !slices.Contains(Names(), name) {
		return nil, unknown(name)
	}
	if _, err := Parse(file, text); err != nil {
		return nil, err
	}
	changed, err := put(file, text, name, written(name, value))
	if err != nil {
		return nil, err
	}
	if _, err := Parse(name, changed); err != nil {
		return nil, refusal(name, value, err)
	}
	return changed, nil
}

// written is a value as TOML: in quotes where the setting is a text, and where
// the value is nothing that could stand without them.
func written(name, value string) string {
	_, notNumber := strconv.Atoi(value)
	bare := value == "true" || value == "false" || notNumber == nil
	var s Settings
	for _, k := range s.scalars() {
		if k.name == name && bare && !strings.HasPrefix(k.show(s), `"`) {
			return value
		}
	}
	return strconv.Quote(value)
}

// Allowed says what can be written for a setting, or nothing where anything can.
func Allowed(name string) string {
	_, err := Parse(name, []byte(name+` = "\t"`)) // no name, number or time
	if es, ok := err.(strict.Errors); ok && len(es) > 0 {
		return es[0].Allowed
	}
	return ""
}

// refusal says what was wrong with a value in terms of the command, not of a
// line that was never written.
func refusal(name, value string, err error) error {
	if es, ok := err.(strict.Errors); ok && len(es) > 0 {
		return fmt.Errorf("%s = %q: %s; %s", name, value, es[0].Problem, es[0].Allowed)
	}
	return err
}

// put replaces the value of a key, or adds the key above the first table.
func put(file string, text []byte, name, written string) ([]byte, error) {
	if len(bytes.TrimSpace(text)) == 0 {
		return []byte(name + " = " + written + "\n"), nil
	}
	doc, err := strict.Parse(file, text)
	if err != nil {
		return nil, err
	}
	if at, there := doc.Find(name); there {
		return slices.Concat(text[:at.From], []byte(written), text[at.To:]), nil
	}
	head, _ := doc.Find()
	lines := bytes.SplitAfter(text, []byte("\n"))
	added := []byte(name + " = " + written + "\n")
	if n := head.Last; n > 0 && !bytes.HasSuffix(lines[n-1], []byte("\n")) {
		added = append([]byte("\n"), added...)
	}
	return slices.Concat(bytes.Join(lines[:head.Last], nil), added, bytes.Join(lines[head.Last:], nil)), nil
}

// SetItems returns the file's text with one list replaced and everything else
// as it was, but for comments between the list's own items.
func SetItems(file string, text []byte, list string, items []Item) ([]byte, error) {
	text = bytes.TrimPrefix(text, byteOrderMark)
	kept, err := without(file, text, list)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.Write(bytes.TrimRight(kept, "\n"))
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	for _, it := range items {
		fmt.Fprintf(&b, "\n[[%s]]\nid = %s\nname = %s\n", list, strconv.Quote(it.ID), strconv.Quote(it.Name))
		if it.ML > 0 {
			fmt.Fprintf(&b, "ml = %d\n", it.ML)
		}
	}
	changed := []byte(strings.TrimLeft(b.String(), "\n"))
	if len(items) == 0 {
		if changed, err = put(file, changed, list, "[]"); err != nil {
			return nil, err
		}
	}
	if _, err := Parse(file, changed); err != nil {
		return nil, err
	}
	return changed, nil
}

// without drops the lines of a list's tables, or its empty array.
func without(file string, text []byte, list string) ([]byte, error) {
	if _, err := Parse(file, text); err != nil {
		return nil, err
	}
	var kept []byte
	inside := false
	for _, l := range bytes.SplitAfter(text, []byte("\n")) {
		trimmed := strings.ReplaceAll(string(bytes.TrimSpace(l)), " ", "")
		if strings.HasPrefix(trimmed, "[") {
			inside = strings.HasPrefix(trimmed, "[["+list+"]]")
		}
		if !inside && trimmed != list+"=[]" {
			kept = append(kept, l...)
		}
	}
	return kept, nil
}

// Change is one thing to be set: a value, or the items of a list if Key names
// one.
type Change struct {
	Key   string
	Value string
	Items []Item
}

// Apply returns the file's text with the changes made, in order.
func Apply(file string, text []byte, changes []Change) ([]byte, error) {
	for _, c := range changes {
		var err error
		if _, list := (Settings{}).List(c.Key); list {
			text, err = SetItems(file, text, c.Key, c.Items)
		} else {
			text, err = Set(file, text, c.Key, c.Value)
		}
		if err != nil {
			return nil, err
		}
	}
	return text, nil
}
