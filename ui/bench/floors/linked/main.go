// Linked reads one key of a bbolt file, as get does, with every large library
// that lull links linked in and left alone: the cost of having them.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/cobra"
	bolt "go.etcd.io/bbolt"
)

func main() {
	if len(os.Args) > 2 {
		useAll()
	}
	db, err := bolt.Open(os.Args[1], 0o600, &bolt.Options{Timeout: time.Second, ReadOnly: true})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	err = db.View(func(tx *bolt.Tx) error {
		_, err := os.Stdout.Write(tx.Bucket([]byte("facts")).Get([]byte("one")))
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
}

// useAll is never called by the bench. It is there so that the linker cannot
// leave the libraries out.
func useAll() {
	cmd := &cobra.Command{Use: "linked", RunE: func(*cobra.Command, []string) error {
		_, err := tea.NewProgram(screen{help.New()}).Run()
		return err
	}}
	var config map[string]any
	fmt.Println(fang.Execute(context.Background(), cmd), toml.Unmarshal([]byte("a = 1"), &config))
}

type screen struct{ help help.Model }

func (s screen) Init() tea.Cmd { return nil }

func (s screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	s.help, cmd = s.help.Update(msg)
	return s, cmd
}

func (s screen) View() tea.View {
	keys := []key.Binding{key.NewBinding(key.WithKeys("q"), key.WithHelp("q", "quit"))}
	return tea.NewView(lipgloss.NewStyle().Bold(true).Render(s.help.ShortHelpView(keys)))
}
