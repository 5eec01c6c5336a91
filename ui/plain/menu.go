package plain

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// choice is one thing that can be chosen: by its number, if it has one, or by
// its name or the beginning of it. What is typed after that is its argument.
type choice struct {
	name string
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
		line = strings.TrimSpace(line + " Enter: " + m.enter.does + ".")
	}
	h.say("%s", strings.TrimSpace(line+" ? lists what can be typed."))
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
	for _, c := range append(m.numbered[:len(m.numbered):len(m.numbered)], m.words...) {
		if c.name != "" && strings.HasPrefix(c.name, strings.ToLower(word)) {
			return c, arg, true
		}
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

// everywhere does what a line means at every prompt, or says what is allowed.
func (h *house) everywhere(ctx context.Context, m menu, line string) error {
	word, rest, _ := strings.Cut(line, " ")
	switch strings.ToLower(word) {
	case quitWord, "quit":
		return errQuit
	case backWord, "back":
		return errBack
	case helpWord, "help":
		h.list(m)
	case signsWord:
		h.signs()
	case crampWord, "cramp":
		h.verb(ctx, "now", "--plain")
	case undoWord, "undo":
		h.verb(ctx, "log", "undo")
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
		may = append(may, fmt.Sprintf("a number from 1 to %d", n))
	}
	for _, c := range append(m.numbered[:len(m.numbered):len(m.numbered)], m.words...) {
		if c.name != "" {
			may = append(may, c.name)
		}
	}
	if m.enter != nil {
		may = append(may, "Enter alone")
	}
	return "Type " + strings.Join(append(may, "b for back", "? for all of it"), ", ") + "."
}

// list reads out the choices, one a line, and the words that are the same
// everywhere.
func (h *house) list(m menu) {
	h.items(m)
	if m.enter != nil {
		h.say("Enter alone: %s", m.enter.does)
	}
	for _, c := range m.words {
		h.say("%s: %s", c.name, c.does)
	}
	h.say("The first letters of a word are enough. At every prompt: b goes back, q leaves lull, c is for a cramp now, " +
		"! says when to get help, u takes back the last thing recorded, and any verb can be typed, as in: lull help.")
}

// items reads out what has a number.
func (h *house) items(m menu) {
	for i, c := range m.numbered {
		h.say("%s", strings.TrimSpace(fmt.Sprintf("%d %s", i+1, c.line())))
	}
}

// line is a choice in a list.
func (c choice) line() string {
	if c.name == "" || c.does == "" {
		return c.name + c.does
	}
	return c.name + ": " + c.does
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
func (h *house) text(ctx context.Context, format string, v ...any) (string, error) {
	for {
		h.say(format, v...)
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

// numberOf reads which of n things an argument means, from 0.
func numberOf(arg string, n int) (int, error) {
	i, err := strconv.Atoi(arg)
	if err != nil || i < 1 || i > n {
		return 0, fmt.Errorf("that needs a number from 1 to %d after it", n)
	}
	return i - 1, nil
}
