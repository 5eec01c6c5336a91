package main

import (
	"lull/routine/body"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lull/assets"
	"lull/routine"
	"lull/routine/guide"
	"lull/routine/relief"
	"lull/routine/settings"
	"lull/store"
	"lull/ui"
	"lull/ui/keymap"
)

// pane is the app on a folder, with no terminal and the time standing still.
type pane struct{ root *ui.Root }

func openPane(t *testing.T, home string, now time.Time, width, height int) *pane {
	t.Helper()
	library, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return now }
	p := &pane{ui.New(ui.Deps{
		Log: store.New(home, store.Options{Clock: clock}), Now: clock, Steady: func() time.Duration { return 0 },
		Library: library, Figures: body.Open(assets.Files), Settings: settings.Default(), Config: "config.toml", Tabs: ui.DefaultTabs,
		Aid:   func() (relief.Aid, error) { return relief.Open(assets.Files) },
		Guide: func() (guide.Guide, error) { return guide.Open(assets.Files) },
	})}
	if err := p.root.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.give(tea.WindowSizeMsg{Width: width, Height: height})
	return p
}

// press gives the app a key and does all that it asks for.
func (p *pane) press(name string) { p.give(keymap.Press(name)) }

func (p *pane) give(msg tea.Msg) {
	_, cmd := p.root.Update(msg)
	p.do(cmd)
}

func (p *pane) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			p.do(c)
		}
	default:
		p.give(msg)
	}
}

func (p *pane) text() string { return ansi.Strip(p.root.View().Content) }

// lineOf is the first line of the window that holds a text.
func (p *pane) lineOf(text string) string {
	for line := range strings.Lines(p.text()) {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}
