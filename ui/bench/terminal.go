//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// manner is what a terminal does when a program asks it something.
type manner bool

const (
	mute      manner = false
	answering manner = true
)

// answers is what a usual terminal says when it is asked.
var answers = []struct{ query, answer string }{
	{"\x1b[c", "\x1b[?62;22c"},                        // what it is
	{"\x1b[>q", "\x1bP>|bench(1)\x1b\\"},              // what it is called
	{"\x1b[>0q", "\x1bP>|bench(1)\x1b\\"},             //
	{"\x1b]10;?", "\x1b]10;rgb:d0d0/d0d0/d0d0\x1b\\"}, // the colour of text
	{"\x1b]11;?", "\x1b]11;rgb:1010/1010/1818\x1b\\"}, // of the background
	{"\x1b[6n", "\x1b[1;1R"},                          // where the cursor is
	{"\x1b[?u", "\x1b[?0u"},                           // which keys it tells apart
	{"\x1b[?2026$p", "\x1b[?2026;2$y"},                // whether it draws frames whole
	{"\x1b[?2027$p", "\x1b[?2027;2$y"},                // how it measures clusters
}

// terminal is a pseudo-terminal of 80 columns and 24 rows with a program in it.
type terminal struct {
	cmd     *exec.Cmd
	pty     *os.File
	started time.Time
	manner  manner

	mu      sync.Mutex
	written []chunk       // all that the program wrote
	total   int           // its bytes
	fresh   chan struct{} // has something in it when written grew
	gone    chan struct{} // closed when nothing more will come
}

// chunk is what came in one read, and when.
type chunk struct {
	at   time.Time
	text []byte
}

// open starts a program in a terminal of its own.
func open(cmd *exec.Cmd, m manner) (*terminal, error) {
	t := &terminal{cmd: cmd, manner: m, fresh: make(chan struct{}, 1), gone: make(chan struct{})}
	t.started = now()
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	if err != nil {
		return nil, fmt.Errorf("start %s in a terminal: %w", cmd.Path, err)
	}
	t.pty = f
	go t.read()
	return t, nil
}

// figureRoom is a window with room for a figure of 40 columns and 20 rows.
var figureRoom = pty.Winsize{Cols: 80, Rows: 28}

func (t *terminal) resize(size pty.Winsize) error {
	if err := pty.Setsize(t.pty, &size); err != nil {
		return fmt.Errorf("resize the terminal: %w", err)
	}
	return nil
}

func (t *terminal) read() {
	defer close(t.gone)
	buf := make([]byte, 64<<10)
	for {
		n, err := t.pty.Read(buf)
		if n > 0 {
			t.take(chunk{now(), bytes.Clone(buf[:n])})
		}
		if err != nil {
			return
		}
	}
}

func (t *terminal) take(c chunk) {
	t.mu.Lock()
	t.written = append(t.written, c)
	t.total += len(c.text)
	t.mu.Unlock()
	select {
	case t.fresh <- struct{}{}:
	default:
	}
	if t.manner == answering {
		t.pty.WriteString(answerTo(c.text))
	}
}

// answerTo is what the terminal says to everything that is asked in text.
func answerTo(text []byte) string {
	var out strings.Builder
	for _, a := range answers {
		for range bytes.Count(text, []byte(a.query)) {
			out.WriteString(a.answer)
		}
	}
	return out.String()
}

// mark is a place in what the program writes: all that comes after it is new.
func (t *terminal) mark() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.written)
}

// bytes is how many bytes the program has written so far.
func (t *terminal) bytes() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.total
}

// press types keys and returns the moment before.
func (t *terminal) press(keys string) (time.Time, error) {
	at := now()
	_, err := t.pty.WriteString(keys)
	return at, err
}

// await returns when any of the words had been painted after the mark.
func (t *terminal) await(from int, limit time.Duration, words ...string) (time.Time, error) {
	deadline := time.After(limit)
	var look window
	for {
		t.mu.Lock()
		fresh := t.written[from:]
		t.mu.Unlock()
		for _, c := range fresh {
			if look.shows(c.text, words) {
				return c.at, nil
			}
		}
		from += len(fresh)
		select {
		case <-t.fresh:
		case <-t.gone:
			return time.Time{}, fmt.Errorf("%s ended before it showed %q; last seen: %s", t.cmd.Path, words, look.tail())
		case <-deadline:
			return time.Time{}, fmt.Errorf("%s did not show %q in %v; last seen: %s", t.cmd.Path, words, limit, look.tail())
		}
	}
}

// close ends the program at once and waits for its end.
func (t *terminal) close() {
	t.cmd.Process.Kill()
	t.end()
}

// leave asks the program to end, and ends it if it does not.
func (t *terminal) leave(limit time.Duration) {
	t.press(keyLeave)
	select {
	case <-t.gone:
		t.end()
	case <-time.After(limit):
		t.close()
	}
}

func (t *terminal) end() {
	t.cmd.Wait()
	t.pty.Close()
	<-t.gone
}

// stop keeps the program from running for a while.
func (t *terminal) stop(b *bench, d time.Duration) error {
	if err := t.cmd.Process.Signal(unix.SIGSTOP); err != nil {
		return err
	}
	err := b.sleep(d)
	if cont := t.cmd.Process.Signal(unix.SIGCONT); err == nil {
		err = cont
	}
	return err
}

// window is the latest part of a stream of text and escapes: the newest chunk
// and a little before it.
type window struct{ raw []byte }

const windowSize = 4 << 10

// shows adds text and says whether any of the words is in the window now. A
// program may jump over blank cells, so blanks do not count.
func (w *window) shows(text []byte, words []string) bool {
	w.raw = append(w.raw[max(0, len(w.raw)-windowSize):], text...)
	plain := strip(w.raw)
	for _, word := range words {
		if strings.Contains(plain, strings.ReplaceAll(word, " ", "")) {
			return true
		}
	}
	return false
}

func (w *window) tail() string {
	plain := []rune(strip(w.raw))
	return string(plain[max(0, len(plain)-200):])
}

// strip leaves only what is printed, without blanks.
func strip(raw []byte) string {
	return strings.Join(strings.Fields(ansi.Strip(string(raw))), "")
}
