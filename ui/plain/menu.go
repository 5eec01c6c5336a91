package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lull/routine/say"
)

// choice is one thing that can be chosen: by its number, if it has one, or by
// its name or the beginning of it. What is typed after that is its argument.
type choice struct {
	name say.Key
	does string // in the list of choices, and after Enter
	do   func(ctx context.Context, arg string) error
}

func nothing(context.Context, string) error { return nil }

// menu is what can be chosen at one prompt.
type menu struct {
	ask      string   // the question, if the prompt alone does not say it
	enter    *choice  // what an empty line does; nothing if nil
	numbered []choice // from 1 on
	words    []choice
}

// everywhere are the words that mean the same at every prompt; only their
// letters count.
const (
	helpWord  = "?"
	signsWord = "!"
	quitWord  = "q"
	backWord  = "b"
	crampWord = "c"
	undoWord  = "u"
	verbWord  = "lull"
)

// choose asks until something is chosen, and does it. What is wrong is answered
// with what is allowed.
func (h *house) choose(ctx context.Context, m menu) error {
	h.prompt(m)
	for {
		line, err := h.next(ctx)
		if err != nil {
			return err
		}
		c, arg, chosen := m.find(line)
		if chosen {
			err = c.do(ctx, arg)
		} else {
			err = h.everywhere(ctx, m, line)
		}
		if err != errAgain && (chosen || err != nil) {
			return err
		}
		h.prompt(m)
	}
}

// errAgain is a choice after which the same is asked again.
var errAgain = errors.New("again")

// prompt is one line: the question and what Enter does.
func (h *house) prompt(m menu) {
	line := m.ask
	if m.enter != nil {
		line = strings.TrimSpace(line + " " + say.Text("Enter: %s.", m.enter.does))
	}
	h.print(strings.TrimSpace(line + " " + say.Text("? lists what can be typed.")))
}

// find is what a line chooses. A beginning that fits several means the first.
func (m menu) find(line string) (c choice, arg string, chosen bool) {
	word, arg, _ := strings.Cut(line, " ")
	arg = strings.TrimSpace(arg)
	if word == "" {
		if m.enter == nil {
			return choice{}, "", false
		}
		return *m.enter, "", true
	}
	if n, err := strconv.Atoi(word); err == nil && n >= 1 && n <= len(m.numbered) {
		return m.numbered[n-1], arg, true
	}
	if reserved(word) {
		return choice{}, "", false
	}
	all := slices.Concat(m.numbered, m.words)
	if i := meant(word, len(all), func(i int) say.Key { return all[i].name }); i >= 0 {
		return all[i], arg, true
	}
	return choice{}, "", false
}

// reserved says whether a word means the same everywhere.
func reserved(word string) bool {
	switch strings.ToLower(word) {
	case helpWord, signsWord, quitWord, backWord, crampWord, undoWord, verbWord:
		return true
	}
	return false
}

// inFull are the words that some of the letters stand for.
var inFull = map[say.Key]string{"quit": quitWord, "back": backWord, "help": helpWord, "cramp": crampWord, "undo": undoWord}

// everyday is the letter that a word means at every prompt, or the word.
func everyday(word string) string {
	word = strings.ToLower(word)
	for full, letter := range inFull {
		if is(full, word) {
			return letter
		}
	}
	return word
}

// meant is which of n names was typed, or the beginning of it, with or without
// accents; -1 for none. English comes first, so that the letters lull names mean
// the same in every language.
func meant(typed string, n int, name func(int) say.Key) int {
	typed = strings.ToLower(typed)
	for _, as := range []func(say.Key) string{
		func(k say.Key) string { return string(k) },
		say.Key.String,
		func(k say.Key) string { return say.Bare(k.String()) },
	} {
		for i := range n {
			if k := name(i); k != "" && strings.HasPrefix(as(k), typed) {
				return i
			}
		}
	}
	return -1
}

// is says whether what was typed is a word, in the person's language or in
// English.
func is(word say.Key, typed string) bool {
	typed = strings.ToLower(typed)
	return typed == string(word) || say.Bare(typed) == say.Bare(word.String())
}

// everywhere does what a line means at every prompt, or says what is allowed.
func (h *house) everywhere(ctx context.Context, m menu, line string) error {
	word, rest, _ := strings.Cut(line, " ")
	switch everyday(word) {
	case quitWord:
		return errQuit
	case backWord:
		return errBack
	case helpWord:
		h.list(m)
	case signsWord:
		h.signs()
	case crampWord:
		h.verb(ctx, "now", "--plain")
	case undoWord:
		return h.undo(ctx)
	case verbWord:
		h.typedVerb(ctx, rest)
	case "":
		h.say("An empty line does nothing here.")
	default:
		h.say("%q is not one of the choices. %s", name(word), m.allowed())
	}
	return nil
}

// allowed says in a line what can be typed.
func (m menu) allowed() string {
	var may []string
	switch n := len(m.numbered); {
	case n == 1:
		may = append(may, "1")
	case n > 1:
		may = append(may, say.Text("a number from 1 to %d", n))
	}
	for _, c := range slices.Concat(m.numbered, m.words) {
		if c.name != "" {
			may = append(may, c.name.String())
		}
	}
	if m.enter != nil {
		may = append(may, say.Text("Enter alone"))
	}
	return say.Text("Type %s.", strings.Join(append(may, say.Text("b for back"), say.Text("? for all of it")), ", "))
}

// list reads out the choices, one a line, and the words that are the same
// everywhere.
func (h *house) list(m menu) {
	h.items(m)
	if m.enter != nil {
		h.say("Enter alone: %s", m.enter.does)
	}
	for _, c := range m.words {
		h.print(c.line())
	}
	h.say("The first letters of a word are enough. At every prompt: b goes back, q leaves lull, c is for a cramp now, " +
		"! says when to get help, u takes back the last thing recorded, and any verb can be typed, as in: lull help.")
}

// items reads out what has a number.
func (h *house) items(m menu) {
	for i, c := range m.numbered {
		h.print(strings.TrimSpace(fmt.Sprintf("%d %s", i+1, c.line())))
	}
}

// line is a choice in a list.
func (c choice) line() string {
	if c.name == "" || c.does == "" {
		return c.name.String() + c.does
	}
	return c.name.String() + ": " + c.does
}

// visit goes on showing a place and asking in it until somebody goes back, or it
// cannot be shown.
func (h *house) visit(ctx context.Context, show func(ctx context.Context) (menu, error)) error {
	for {
		m, err := show(ctx)
		if err != nil && !errors.Is(err, errBack) {
			h.say("That cannot be shown now: %s.", line(err.Error()))
			return nil
		}
		if err == nil {
			err = h.choose(ctx, m)
		}
		switch {
		case errors.Is(err, errBack):
			return nil
		case err != nil:
			return err
		}
	}
}

// text asks for words of the person's own. An empty line is an answer too: the
// question says what it means.
func (h *house) text(ctx context.Context, question say.Key, v ...any) (string, error) {
	for {
		h.say(question, v...)
		line, err := h.next(ctx)
		switch {
		case err == nil && line == signsWord:
			h.signs()
		case err == nil && line == helpWord:
			h.say("What is typed here is the answer itself. An empty line is one too; ! says when to get help.")
		default:
			return line, err
		}
	}
}

// answer asks for something that only some words, numbers or times can be, until
// read takes what is typed. What it does not take means what it means at every
// prompt: the way back and out is open here too.
func (h *house) answer(ctx context.Context, question, help string, read func(line string) error) error {
	for {
		h.print(question)
		line, err := h.next(ctx)
		if err != nil {
			return err
		}
		wrong := read(line)
		word, _, _ := strings.Cut(line, " ")
		switch {
		case wrong == nil:
			return nil
		case everyday(word) == helpWord:
			h.print(strings.TrimSpace(help + " " + say.Text("b goes back, q leaves lull, c is for a cramp now, ! says when to get help.")))
		case reserved(everyday(word)):
			if err := h.everywhere(ctx, menu{}, line); err != nil {
				return err
			}
		default:
			h.print(wrong.Error())
		}
	}
}

// other takes any line but those that mean the same at every prompt. What else is
// wrong with it is found by the verb that it is given to.
func other(dst *string) func(line string) error {
	return func(line string) error {
		*dst = line
		if word, _, _ := strings.Cut(line, " "); reserved(everyday(word)) {
			return errAgain
		}
		return nil
	}
}

// here makes no more of a way back than that something was left: the place where
// it was begun stays open.
func (h *house) here(err error) error {
	if errors.Is(err, errBack) {
		h.say("Nothing was changed.")
		return nil
	}
	return err
}

// numberOf reads which of n things an argument means, from 0.
func numberOf(arg string, n int) (int, error) {
	i, err := strconv.Atoi(arg)
	if err != nil || i < 1 || i > n {
		return 0, say.Error("that needs a number from 1 to %d after it", n)
	}
	return i - 1, nil
}
