package diary

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"lull/routine/say"
	"lull/routine/where"
	"lull/ui/theme"
)

// input is how one field of a form is filled in.
type input interface {
	set(said json.RawMessage)         // shows what was said; nil for nothing
	said() (any, error)               // what it says now, nil for nothing, or why that cannot be
	press(tea.KeyPressMsg)            // takes a key that does not move or leave
	pick(word string)                 // takes a click on one of its words
	words(theme.Theme, bool) []string // what is shown, with all there is to choose from while it is active
	hint() string                     // which keys change it
}

// choice is one of a few words, or none of them.
type choice struct {
	options []string
	values  []any // what each means; the words themselves when nil
	at      int   // -1 for nothing

	read  func(word string) (string, error) // reads other words for the options; nil for none
	typed string                            // the letters of such a word so far
	wrong error                             // what is the matter with it
}

// placeOf is a choice of places, which also takes the body words of every
// language.
func placeOf(read func(string) (string, error), options []string) func() input {
	return func() input { return &choice{options: options, at: -1, read: read} }
}

func readSide(word string) (string, error) { return where.Side(word), nil }

var yesNo = []string{string(yes), string(no)}

const (
	yes say.Key = "yes"
	no  say.Key = "no"
)

// shown are words as they are shown: each in one piece, so that a click finds it.
func shown(words []string) []string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = strings.ReplaceAll(say.Name(word), " ", hardSpace)
	}
	return all
}

const hardSpace = "\u00a0"

// yesOrNo is a choice whose words mean true and false.
func yesOrNo() input {
	return &choice{options: yesNo, values: []any{true, false}, at: -1}
}

func (c *choice) value(i int) any {
	if c.values != nil {
		return c.values[i]
	}
	return c.options[i]
}

func (c *choice) set(said json.RawMessage) {
	var v any
	if json.Unmarshal(said, &v) != nil {
		return
	}
	for i := range c.options {
		if c.value(i) == v {
			c.at = i
		}
	}
}

func (c *choice) said() (any, error) {
	if c.wrong != nil || c.at < 0 {
		return nil, c.wrong
	}
	return c.value(c.at), nil
}

// letter adds a letter to the word that is being typed and chooses what the word
// means. A letter that makes no word of it starts another.
func (c *choice) letter(letter string) {
	if c.read == nil || !where.Begins(c.typed+letter) {
		c.typed = ""
	}
	c.typed += letter
	if c.read != nil {
		option, err := c.read(c.typed)
		if i := slices.Index(c.options, option); err != nil || i >= 0 {
			c.at, c.wrong = i, err
			return
		}
	}
	labels := shown(c.options)
	i := slices.IndexFunc(labels, func(l string) bool { return strings.HasPrefix(say.Bare(l), say.Bare(c.typed)) })
	if len(c.typed) == len(letter) {
		i = next(labels, c.at, letter)
	}
	if i >= 0 {
		c.at = i
	}
}

func (c *choice) press(msg tea.KeyPressMsg) {
	places := len(c.options) + 1 // the first is for nothing
	c.wrong = nil
	name := msg.String()
	if utf8.RuneCountInString(name) == 1 {
		c.letter(name)
		return
	}
	c.typed = ""
	switch name {
	case "left":
		c.at = (c.at+places)%places - 1
	case "right", "space":
		c.at = (c.at+2)%places - 1
	case "backspace", "delete":
		c.at = -1
	}
}

// next is the place of the word after the one at a place that begins with the
// letter, or -1.
func next(words []string, at int, letter string) int {
	for n := range words {
		if i := (at + 1 + n) % len(words); len(letter) == 1 && strings.HasPrefix(words[i], letter) {
			return i
		}
	}
	return -1
}

func (c *choice) pick(word string) {
	if i := slices.Index(shown(c.options), word); i >= 0 {
		c.at = i
	}
}

func (c *choice) words(_ theme.Theme, active bool) []string {
	var words []string
	for i, option := range shown(c.options) {
		switch {
		case i == c.at && active:
			words = append(words, "["+option+"]")
		case i == c.at || active:
			words = append(words, option)
		}
	}
	return words
}

func (c *choice) hint() string { return say.Text("← → choose, backspace clears") }

// several are some of a few words.
type several struct {
	options []string
	on      []string
	at      int // the word under the cursor
}

func someOf(options ...string) func() input {
	return func() input { return &several{options: options} }
}

// set takes words that are not among the options too: they were said.
func (s *several) set(said json.RawMessage) {
	if json.Unmarshal(said, &s.on) != nil {
		return
	}
	for _, word := range s.on {
		if !slices.Contains(s.options, word) {
			s.options = append(slices.Clone(s.options), word)
		}
	}
}

// said is in the order of the options, whatever the order of ticking.
func (s *several) said() (any, error) {
	var on []string
	for _, option := range s.options {
		if slices.Contains(s.on, option) {
			on = append(on, option)
		}
	}
	if on == nil {
		return nil, nil
	}
	return on, nil
}

func (s *several) press(msg tea.KeyPressMsg) {
	n := len(s.options)
	switch name := msg.String(); name {
	case "left":
		s.at = (s.at - 1 + n) % n
	case "right":
		s.at = (s.at + 1) % n
	case "space":
		s.toggle(s.at)
	case "backspace", "delete":
		s.on = nil
	default:
		if i := next(shown(s.options), s.at, name); i >= 0 {
			s.at = i
		}
	}
}

// pick turns a word on or off.
func (s *several) pick(word string) {
	if i := slices.Index(shown(s.options), word); i >= 0 {
		s.toggle(i)
	}
}

func (s *several) toggle(i int) {
	s.at = i
	word := s.options[i]
	if slices.Contains(s.on, word) {
		s.on = slices.DeleteFunc(slices.Clone(s.on), func(w string) bool { return w == word })
		return
	}
	s.on = append(slices.Clone(s.on), word)
}

func (s *several) words(th theme.Theme, active bool) []string {
	var words []string
	for i, word := range shown(s.options) {
		on := slices.Contains(s.on, s.options[i])
		if on && active {
			word = "[" + word + "]"
		}
		if i == s.at && active {
			word = th.Glyphs.Cursor + word
		}
		if on || active {
			words = append(words, word)
		}
	}
	return words
}

func (s *several) hint() string { return say.Text("← → move, space ticks") }

// number is a whole number that the arrows change and digits replace.
type number struct {
	unit  say.Key
	most  int
	step  int
	parse func(string) (int, error)
	form  func(int) string
	text  string
	typed bool // the text is being typed: another digit adds to it
}

// scale is a number from 0 to 10.
func scale() input {
	return &number{unit: "of 10", most: 10, step: 1, parse: strconv.Atoi, form: strconv.Itoa}
}

// count is a number of things up to the most there can be.
func count(unit say.Key, step, most int) func() input {
	return func() input {
		return &number{unit: unit, most: most, step: step, parse: strconv.Atoi, form: strconv.Itoa}
	}
}

// length is a time in seconds that is typed in minutes, or minutes and seconds.
func length() input {
	return &number{unit: "minutes", most: 24 * 60 * 60, step: 60, parse: seconds, form: minutes}
}

// seconds reads 3 and 3:10 as minutes.
func seconds(text string) (int, error) {
	min, sec, _ := strings.Cut(text, ":")
	m, err := strconv.Atoi(min)
	if err != nil || sec == "" {
		return 60 * m, err
	}
	s, err := strconv.Atoi(sec)
	if err == nil && s > 59 {
		err = say.Error("%d seconds are more than a minute", s)
	}
	return 60*m + s, err
}

func (n *number) set(said json.RawMessage) {
	var v int
	if said != nil && json.Unmarshal(said, &v) == nil {
		n.text = n.form(v)
	}
}

func (n *number) said() (any, error) {
	if n.text == "" {
		return nil, nil
	}
	v, err := n.parse(n.text)
	if err != nil || v > n.most {
		return nil, say.Error("%s is no number from 0 to %s", n.text, n.form(n.most))
	}
	return v, nil
}

// longestNumber is how many signs a number can have: 1440:00.
const longestNumber = 7

func (n *number) press(msg tea.KeyPressMsg) {
	switch name := msg.String(); {
	case name == "left":
		n.turn(-1)
	case name == "right":
		n.turn(+1)
	case name == "backspace" && n.typed && n.text != "":
		n.text = n.text[:len(n.text)-1]
	case name == "backspace", name == "delete":
		n.text = ""
	case len(name) == 1 && strings.Contains("0123456789:", name):
		if !n.typed {
			n.text, n.typed = "", true
		}
		if len(n.text) < longestNumber {
			n.text += name
		}
	}
}

// turn goes a step up or down. Nothing said is below zero.
func (n *number) turn(by int) {
	n.typed = false
	v, err := n.parse(n.text)
	switch {
	case err != nil && by > 0:
		n.text = n.form(0)
	case err != nil || v+by*n.step < 0:
		n.text = ""
	default:
		n.text = n.form(min(v+by*n.step, n.most))
	}
}

func (n *number) pick(string) { n.turn(+1) }

func (n *number) words(theme.Theme, bool) []string {
	if n.text == "" {
		return nil
	}
	return []string{n.text, n.unit.String()}
}

func (n *number) hint() string { return say.Text("type it, or ← →; backspace clears") }
