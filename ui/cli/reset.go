package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"lull/routine/say"
	"lull/ui/terminal"
)

func resetVerb(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "reset",
		Short: say.Text("Put a terminal back that lull was cut off in"),
		Long: say.Text("Prints what puts a terminal back: the screen, the cursor, the mouse, pasting, the background and the title. " +
			"lull does this by itself, also when it is killed; this is for a terminal in which it could not. " +
			"If what you type does not show, type it all the same: stty sane, then lull reset. " +
			"Where lull is gone, printf '\\033[?1049l\\033[?25h\\033]111\\007' does the most of it."),
		Example: "lull reset\nstty sane; lull reset\nlull reset > /dev/pts/3      # another terminal of yours",
		Args:    words(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprint(a.out.raw, terminal.Restore)
			return err
		},
	}
}
