package ui_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"lull/assets"
	"lull/routine/body"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/settings"
	"lull/ui"
	"lull/ui/uitest"
)

// messages are what the program makes of bytes that come from the terminal.
func messages(in []byte) (all []tea.Msg) {
	var decoder uv.EventDecoder
	for pasted, pasting := []byte(nil), false; len(in) > 0; {
		n, event := decoder.Decode(in)
		n = max(1, min(n, len(in)))
		switch e := event.(type) {
		case nil:
		case uv.PasteStartEvent:
			pasting, pasted = true, nil
		case uv.PasteEndEvent:
			pasting = false
			all = append(all, tea.PasteMsg{Content: string(pasted)})
		case uv.MultiEvent:
			for _, one := range e {
				all = append(all, translated(one))
			}
		default:
			if pasting {
				pasted = append(pasted, in[:n]...)
			} else {
				all = append(all, translated(event))
			}
		}
		in = in[n:]
	}
	return all
}

func translated(event uv.Event) tea.Msg {
	switch e := event.(type) {
	case uv.KeyPressEvent:
		return tea.KeyPressMsg(e)
	case uv.KeyReleaseEvent:
		return tea.KeyReleaseMsg(e)
	case uv.MouseClickEvent:
		return tea.MouseClickMsg(e)
	case uv.MouseMotionEvent:
		return tea.MouseMotionMsg(e)
	case uv.MouseReleaseEvent:
		return tea.MouseReleaseMsg(e)
	case uv.MouseWheelEvent:
		return tea.MouseWheelMsg(e)
	case uv.FocusEvent:
		return tea.FocusMsg(e)
	case uv.WindowSizeEvent:
		return tea.WindowSizeMsg(e)
	case uv.BackgroundColorEvent:
		return tea.BackgroundColorMsg(e)
	case uv.ClipboardEvent:
		return tea.ClipboardMsg(e)
	}
	return event
}

var colours = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// FuzzInput types any bytes into the whole program: keys, escapes that are whole
// or not, pastes, the mouse, answers that nobody asked the terminal for. Nothing
// fails or takes long, every frame fills the window exactly, and none holds
// anything that a terminal obeys but colours.
func FuzzInput(f *testing.F) {
	for _, s := range []string{
		"w4aj\r\x1b", "2G\r\r \x1b[C\x1b", "3anew\x1b]52;c;eA==\x07\r", "\x1b[200~\x1b[2J\u202e\x1b[201~", "4/\x1b[200~\u009b2J\x00\xff\x1b[201~\r",
		"\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<64;1;1M", "\x1b[?1;2c\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "c \x1b", "7jjjj   ", "!?q", "\x1b", "\x1b[", "\xc3", "u\x1au",
		"5    \r", "6/magn\r\r", "\x1b[97;5u\x1b[27;5;9~\x1bOP\x1b[1;5A", "1sy\rny", "4m\r e\r", "\x1b[8;10;20t\x1b[I\x1b[O",
	} {
		f.Add([]byte(s), uint8(80), uint8(24))
	}
	library, aid, cards, figures := uitest.Library(f), uitest.Aid(f), uitest.Guide(f), body.Open(assets.Files)
	m := journaltest.NewMaker(f, 1)
	facts := []journal.Entry{
		m.At(-20, journal.Cramped{Muscle: "calf", Note: "\x1b]52;c;eA==\x07\u202e"}), m.At(-40, journal.Marked{Mark: "\x1b[2J\u009b"}),
		m.At(-44, journal.Stretched{Routine: "\x1b[8m", Outcome: journal.Complete, PlannedS: 100, HeldS: 90, Moves: []journal.Move{{Stretch: "\x1bPq", Side: "left", PlannedS: 9, HeldS: 9}}}),
		m.At(-30, journal.Ticked{Item: "\u202e", List: journal.WaterList, ML: 250}),
	}
	f.Fuzz(func(t *testing.T, in []byte, w, h uint8) {
		begin := time.Now()
		log := &journaltest.Mem{}
		if _, err := log.Append(t.Context(), facts...); err != nil {
			t.Fatal(err)
		}
		now := uitest.Evening
		r := ui.New(ui.Deps{
			Log: log, Now: func() time.Time { return now }, Steady: func() time.Duration { return now.Sub(uitest.Evening) },
			Library: library, Figures: figures, Aid: aid, Guide: cards, Settings: settings.Default(), Tabs: ui.DefaultTabs,
			Save: func([]settings.Change) (settings.Settings, error) { return settings.Default(), nil },
		})
		if err := r.Load(context.Background()); err != nil {
			t.Fatal(err)
		}
		wide, high := max(int(w), 1), max(int(h), 1)
		for _, msg := range append([]tea.Msg{tea.WindowSizeMsg{Width: wide, Height: high}}, messages(in[:min(len(in), 400)])...) {
			if msg = ui.Filter(r, msg); msg == nil {
				continue
			}
			if size, resized := msg.(tea.WindowSizeMsg); resized {
				wide, high = size.Width, size.Height
			}
			now = now.Add(50 * time.Millisecond)
			r.Update(msg)
			frame := r.View().Content
			if wide <= 0 || high <= 0 {
				continue
			}
			lines := strings.Split(frame, "\n")
			if len(lines) != high {
				t.Fatalf("after %T the frame has %d lines, not %d", msg, len(lines), high)
			}
			bare := colours.ReplaceAllString(frame, "")
			if strings.ContainsFunc(bare, func(r rune) bool {
				return r != '\n' && r != '\u200d' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
			}) {
				t.Fatalf("after %T the frame holds what cannot be seen: %q", msg, bare)
			}
			for _, line := range lines {
				if n := ansi.StringWidth(line); n != wide {
					t.Fatalf("after %T a line has %d columns, not %d: %q", msg, n, wide, line)
				}
			}
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Fatalf("it took %v", took)
		}
	})
}
