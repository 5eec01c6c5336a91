// Line is a full-screen Bubble Tea program with one line that changes, as often
// as the argument says, such as 100ms or 1s.
package main

import (
	"fmt"
	"log"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
)

type line struct {
	every time.Duration
	n     int
}

type changeMsg struct{}

func (l line) Init() tea.Cmd { return l.wait() }

func (l line) wait() tea.Cmd {
	return tea.Tick(l.every, func(time.Time) tea.Msg { return changeMsg{} })
}

func (l line) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg.(type) {
	case changeMsg:
		l.n++
		return l, l.wait()
	case tea.KeyPressMsg:
		return l, tea.Quit
	}
	return l, nil
}

func (l line) View() tea.View {
	v := tea.NewView(fmt.Sprintf("ready %6d", l.n))
	v.AltScreen = true
	return v
}

func main() {
	every, err := time.ParseDuration(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if _, err := tea.NewProgram(line{every: every}).Run(); err != nil {
		log.Fatal(err)
	}
}
