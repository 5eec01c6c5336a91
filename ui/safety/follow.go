package safety

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine"
	"lull/ui/screen"
	"lull/ui/widget"
)

// follow is a second question after a yes: one of a few answers, some of them,
// or a number.
type follow struct {
	ask     string
	options []string
	many    bool
	chosen  []int
	typed   string // digits so far, when there are no options
	keep    func(*routine.Screening, *follow)
}

// follows are the questions whose yes needs a word more.
var follows = map[string]func() *follow{
	"clot_signs": func() *follow {
		return &follow{
			ask:     "Has a clinician looked at it and said that you may stretch?",
			options: []string{"not yet", "yes, it is cleared"},
			keep:    func(s *routine.Screening, f *follow) { s.ClotCleared = f.chose(1) },
		}
	},
	"pregnant": func() *follow {
		return &follow{
			ask:  "Which week? Enter alone if you would rather not say.",
			keep: func(s *routine.Screening, f *follow) { s.PregnancyWeeks, _ = strconv.Atoi(f.typed) },
		}
	},
	"hip_replacement": func() *follow {
		return &follow{
			ask:     "When was it put in?",
			options: []string{"in the last three months", "earlier, or I am to keep precautions"},
			keep: func(s *routine.Screening, f *follow) {
				if f.chose(0) {
					s.HipReplacement = routine.HipRecent
				}
			},
		}
	},
	"medicines": func() *follow {
		return &follow{
			ask: "Which? Press each number, then enter.", many: true,
			options: []string{"water tablet", "statin", "inhaler", "hormone or raloxifene", "warfarin or similar", "something else"},
			keep: func(s *routine.Screening, f *follow) {
				for _, i := range f.chosen {
					s.Medicines = append(s.Medicines, routine.Medicines[i])
				}
				if len(s.Medicines) == 0 {
					s.Medicines = []routine.Medicine{routine.OtherMedicine}
				}
			},
		}
	},
}

func (f *follow) chose(i int) bool { return slices.Contains(f.chosen, i) }

const longestNumber = 2 // digits

// press takes a key and says whether the question is answered.
func (f *follow) press(k string) (done bool) {
	n, err := strconv.Atoi(k)
	digit := err == nil && len(k) == 1
	switch {
	case k == "enter":
		return f.many || len(f.options) == 0 && f.typedValid()
	case k == "backspace" && f.typed != "":
		f.typed = f.typed[:len(f.typed)-1]
	case digit && len(f.options) == 0 && len(f.typed) < longestNumber:
		f.typed += k
	case digit && n >= 1 && n <= len(f.options):
		f.toggle(n - 1)
		return !f.many
	}
	return false
}

func (f *follow) toggle(i int) {
	if at := slices.Index(f.chosen, i); at >= 0 {
		f.chosen = slices.Delete(f.chosen, at, at+1)
		return
	}
	f.chosen = append(f.chosen, i)
	slices.Sort(f.chosen)
}

// typedValid wants a week that exists, or nothing.
func (f *follow) typedValid() bool {
	weeks, err := strconv.Atoi(f.typed)
	return f.typed == "" || err == nil && weeks > 0 && (routine.Screening{Pregnant: true, PregnancyWeeks: weeks}).Validate() == nil
}

func (s *QuestionsScreen) answerMore(_ screen.World, press tea.KeyPressMsg) screen.Do {
	k := press.String()
	if k == "esc" {
		s.more = nil
		return screen.Do{}
	}
	if !s.more.press(k) {
		if k == "enter" && !s.more.typedValid() {
			return screen.Do{Say: "weeks run from 1 to 45"}
		}
		return screen.Do{}
	}
	s.more.keep(&s.answers, s.more)
	s.more = nil
	s.at++
	return screen.Do{}
}

func (f *follow) help() []key.Binding {
	bs := []key.Binding{}
	if len(f.options) > 0 {
		bs = append(bs, key.NewBinding(key.WithKeys("1"), key.WithHelp(fmt.Sprintf("1-%d", len(f.options)), "choose")))
	}
	if f.many || len(f.options) == 0 {
		bs = append(bs, key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "go on")))
	}
	return append(bs, key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "back")))
}

func (f *follow) draw(w screen.World) string {
	th := w.Theme
	rows := []string{th.Text.Render(widget.Wrap(f.ask, w.Width)), ""}
	for i, o := range f.options {
		mark := th.Glyphs.Open
		if f.chose(i) {
			mark = th.Glyphs.Done
		}
		if !f.many {
			mark = ""
		}
		rows = append(rows, th.Accent.Render(fmt.Sprintf("%d ", i+1))+th.Text.Render(strings.TrimSpace(mark+" "+o)))
	}
	if len(f.options) == 0 {
		rows = append(rows, th.Accent.Render("> ")+th.Digits.Render(f.typed+"_"))
	}
	return strings.Join(rows, "\n")
}
