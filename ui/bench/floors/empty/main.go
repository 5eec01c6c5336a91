// Empty is the least full-screen Bubble Tea program: one word in the alternate
// screen, the library's own frame rate, and no wish ever to change it.
package main

import (
	"log"

	tea "charm.land/bubbletea/v2"
)

type empty struct{}

func (empty) Init() tea.Cmd { return nil }

func (e empty) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, pressed := msg.(tea.KeyPressMsg); pressed {
		return e, tea.Quit
	}
	return e, nil
}

func (empty) View() tea.View {
	v := tea.NewView("ready")
	v.AltScreen = true
	return v
}

func main() {
	if _, err := tea.NewProgram(empty{}).Run(); err != nil {
		log.Fatal(err)
	}
}
