package plain

import (
	"context"
	"strings"

	"lull/routine/say"
)

// own are the verbs that are lull itself, and not said to it.
var own = map[string]say.Key{
	"":      "This is lull already.",
	"start": "Type stretch to choose a routine.",
}

// typedVerb runs a verb as it would be typed in a shell, so that what the verbs
// themselves advise can be typed here too.
func (h *house) typedVerb(ctx context.Context, line string) {
	args, err := words(line)
	if err != nil {
		h.print(err.Error())
		return
	}
	args = append(args, "")
	if advice, mine := own[args[0]]; mine {
		h.print(advice.String())
		return
	}
	h.verb(ctx, args[:len(args)-1]...)
}

// words splits a line at its spaces, but not within quotes.
func words(line string) ([]string, error) {
	var all []string
	var word strings.Builder
	var quote rune
	begun := false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote == 0 && r == ' ':
			if begun {
				all = append(all, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if quote != 0 {
		return nil, say.Error("a quote is not closed; nothing was done")
	}
	if begun {
		all = append(all, word.String())
	}
	return all, nil
}

// signs says when to get help, the most urgent first.
func (h *house) signs(only ...string) {
	safety, err := h.Library.Safety()
	if err != nil {
		h.say("The signs could not be read: %s", name(err.Error()))
		return
	}
	for _, tier := range safety.Tiers() {
		told := false
		for _, sign := range tier.Signs {
			if len(only) > 0 && !contains(only, sign.ID) {
				continue
			}
			if !told {
				h.print(tier.Acts())
			}
			told = true
			h.print("- " + strings.Join(sign.Text, " "))
		}
	}
}
