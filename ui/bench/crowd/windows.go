//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

// window is lull open in a terminal of its own, with somebody at its keys.
type window struct {
	cmd *exec.Cmd
	pty *os.File

	mu    sync.Mutex
	raw   []byte        // all that it wrote
	fresh chan struct{} // has something in it when raw grew
	gone  chan struct{}

	waits []time.Duration // from a key to the screen that answers it
	ticks int             // how often it was told to tick a glass
}

var room = pty.Winsize{Cols: 80, Rows: 24}

func (l lull) open(ctx context.Context) (*window, error) {
	w := &window{cmd: l.command(ctx), fresh: make(chan struct{}, 1), gone: make(chan struct{})}
	var err error
	if w.pty, err = pty.StartWithSize(w.cmd, &room); err != nil {
		return nil, fmt.Errorf("open a window: %w", err)
	}
	go w.read()
	return w, w.await(0, wordTonight)
}

func (w *window) read() {
	defer close(w.gone)
	buf := make([]byte, 64<<10)
	for {
		n, err := w.pty.Read(buf)
		w.mu.Lock()
		w.raw = append(w.raw, buf[:n]...)
		w.mu.Unlock()
		select {
		case w.fresh <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (w *window) mark() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.raw)
}

// since is what was written after a mark, as a person would read it, without
// blanks: a program may jump over those.
func (w *window) since(mark int) string {
	w.mu.Lock()
	raw := bytes.Clone(w.raw[mark:])
	w.mu.Unlock()
	return strings.Join(strings.Fields(ansi.Strip(string(raw))), "")
}

// patience is how long a window may be silent before the run is given up.
const patience = 2 * time.Minute

var errSilent = errors.New("a window did not answer")

func (w *window) await(mark int, word string) error {
	word = strings.ReplaceAll(word, " ", "")
	late := time.After(patience)
	for !strings.Contains(w.since(mark), word) {
		select {
		case <-w.fresh:
		case <-w.gone:
			return fmt.Errorf("a window ended: %s", w.since(mark))
		case <-late:
			return fmt.Errorf("%w in %v: no %q in %q", errSilent, patience, word, w.since(mark))
		}
	}
	return nil
}

const (
	wordTonight   = "Bedtime"
	wordChecklist = "Checklist,"
	wordHelp      = "Keys that work here"
)

// The keys of one round, each with the word of the screen that answers it: from
// Tonight a glass is ticked, and the page of keys opened behind it, so that its
// word is an answer to both; the checklist is opened and walked through.
var round = []struct {
	keys, word string
	ticks      int
}{
	{"1", wordTonight, 0}, {"w?", wordHelp, 1}, {"x", wordTonight, 0},
	{"3", wordChecklist, 0}, {"jjk?", wordHelp, 0}, {"x", wordChecklist, 0},
}

const betweenKeys = 120 * time.Millisecond

// use presses keys until the time is over, and takes the time of each answer.
func (w *window) use(ctx context.Context, until time.Time) error {
	for i := 2; ctx.Err() == nil && now().Before(until); i++ { // it shows Tonight
		step := round[(i+1)%len(round)]
		if i == 2 {
			step = round[1]
			i = 0
		}
		mark, pressed := w.mark(), now()
		if _, err := w.pty.WriteString(step.keys); err != nil {
			return err
		}
		w.ticks += step.ticks
		if err := w.await(mark, step.word); err != nil {
			return err
		}
		w.waits = append(w.waits, now().Sub(pressed))
		time.Sleep(betweenKeys)
	}
	return ctx.Err()
}

var waterCount = regexp.MustCompile(`Drinks[^0-9]*([0-9]+)of[0-9]+`)

// shows says how many glasses the window counts and how many the file has, once
// they are as many, or when the time for it is over: the window may still have
// some to write. A change of its size has all of it painted anew.
func (w *window) shows(ctx context.Context, l lull) (got, want int, err error) {
	for try := range 200 {
		size := room
		size.Rows += uint16(try%2) + 1
		mark := w.mark()
		if err := pty.Setsize(w.pty, &size); err != nil {
			return 0, 0, err
		}
		time.Sleep(300 * time.Millisecond)
		if want, err = l.water(ctx); err != nil {
			return 0, 0, err
		}
		if m := waterCount.FindAllStringSubmatch(w.since(mark), -1); m != nil {
			if got, err = strconv.Atoi(m[len(m)-1][1]); err != nil || got == want {
				return got, want, err
			}
		}
		if ctx.Err() != nil {
			break
		}
	}
	return got, want, ctx.Err()
}

// leave presses the key that leaves and waits for the end, which comes when
// everything is on disk.
func (w *window) leave() error {
	defer w.pty.Close()
	if _, err := w.pty.WriteString("q"); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- w.cmd.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		_ = w.cmd.Process.Kill()
		return fmt.Errorf("%w to the key that leaves", errSilent)
	}
}
