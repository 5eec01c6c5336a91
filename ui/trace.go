package ui

import (
	"fmt"
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"lull/routine/safe"
	"lull/routine/say"
)

// OpenTrace opens the file that every message is written to, for somebody who
// works on lull; without a path there is none.
func OpenTrace(path string) (io.Writer, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, say.Error("LULL_TRACE: %w", err)
	}
	return f, nil
}

// traceMessage writes one message as a line: the time, its type, its value.
func traceMessage(w io.Writer, now time.Time, msg tea.Msg) {
	if a, ok := msg.(addressed); ok {
		fmt.Fprintf(w, "%s screen-%d %T\n", now.Format("15:04:05.000"), a.epoch, a.msg)
		return
	}
	line := fmt.Sprintf("%s %T", now.Format("15:04:05.000"), msg)
	if s, ok := msg.(fmt.Stringer); ok {
		line += " " + safe.Text(s.String(), 40)
	}
	fmt.Fprintln(w, line)
}

// trace writes a message for somebody who debugs the program.
func (r *Root) trace(msg tea.Msg) {
	if r.deps.Trace != nil {
		traceMessage(r.deps.Trace, r.deps.Now(), msg)
	}
}
