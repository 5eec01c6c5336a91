package ui

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/charset"
	"lull/ui/checklist"
	"lull/ui/diary"
	"lull/ui/guide"
	"lull/ui/nights"
	"lull/ui/preferences"
	"lull/ui/routines"
	"lull/ui/terminal"
	"lull/ui/theme"
	"lull/ui/tonight"
)

// DefaultTabs are the screens in the order of their digits.
func DefaultTabs() []Tab {
	return []Tab{
		{"Tonight", tonight.New()},
		{"Stretch", routines.New()},
		{"Checklist", checklist.New()},
		{"Diary", diary.New()},
		{"Review", nights.New()},
		{"Guide", guide.New()},
		{"Settings", preferences.New()},
	}
}

// Terminal is the window the program runs in.
type Terminal struct {
	Traits
	In     io.Reader
	Out    io.Writer
	Env    []string
	Width  int // its size now
	Height int
	Stop   <-chan os.Signal // signals that ask the program to end
	There  func() bool      // whether it is there still, where no signal tells; nil: it is
}

// Attach looks at the terminal of the process.
func Attach(in, out *os.File, env []string) (Terminal, error) {
	width, height, err := term.GetSize(out.Fd())
	if err != nil {
		return Terminal{}, say.Error("ask the terminal for its size: %w", err)
	}
	if err := credible(width, height); err != nil {
		return Terminal{}, err
	}
	set := charset.Of(uv.Environ(env).Getenv)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGINT, syscall.SIGTERM)
	return Terminal{
		Traits: traits(Colours(out, env), uv.Environ(env)),
		In:     charset.Fit(in, set), Out: charset.Fit(out, set), Env: env, Width: width, Height: height, Stop: stop,
		There: func() bool { _, _, err := term.GetSize(out.Fd()); return err == nil },
	}, nil
}

// mostCells is more than any window has: the renderer keeps all of them, several
// times, and its first size is the terminal's word for it.
const mostCells = 2_000_000

// credible refuses a size that no window has, as a broken terminal may tell.
func credible(width, height int) error {
	if width*height > mostCells {
		return say.Error("the terminal says that it has %d columns and %d rows, which no window has; set them right with: stty cols 80 rows 24", width, height)
	}
	return nil
}

// Colours is how many colours the output shows. Any NO_COLOR that is not empty
// means none.
func Colours(out io.Writer, env []string) colorprofile.Profile {
	if uv.Environ(env).Getenv("NO_COLOR") != "" {
		return colorprofile.ASCII
	}
	return colorprofile.Detect(out, env)
}

// traits reads the environment as words, never as anything to run or to print.
func traits(profile colorprofile.Profile, env uv.Environ) Traits {
	return Traits{
		Profile: profile, ASCII: charset.Of(env.Getenv).Limited(),
		Ground:     env.Getenv("TERM_PROGRAM") != "Apple_Terminal", // where resetting it is said to end the program
		Suspend:    canSuspend,
		Background: theme.ParseColorFGBG(env.Getenv("COLORFGBG")),
	}
}

const (
	// fps is how often the renderer looks for something to draw: often enough
	// that a key feels instant, seldom enough that an idle evening costs
	// little. See the bench.
	fps = 40
	// firstRead bounds how long the first frame waits for the journal.
	firstRead = 150 * time.Millisecond
	// lastWrite bounds how long a program that was asked to end tries to write to
	// the journal before it uses the inbox.
	lastWrite = 1500 * time.Millisecond
	// lastWord bounds the time from a signal to the end of a program that does not
	// answer, as one does not whose terminal takes no more output.
	lastWord = 4 * time.Second
	// lookForTerminal is how often a terminal is looked for that may go without a
	// signal, as one does that is not the session's own.
	lookForTerminal = 5 * time.Second
)

// Run opens the program and returns when it is over and everything recorded is
// on disk. What could not be written to the journal is in the inbox, and the
// error names the file; what could not be written anywhere comes back in a
// LostError. After a signal other than SIGHUP the error is a SignalError, unless
// facts were lost.
func Run(ctx context.Context, deps Deps, t Terminal) error {
	deps.Terminal = t.Traits
	r := New(deps)
	loading, cancel := context.WithTimeout(ctx, firstRead)
	err := r.Load(loading)
	cancel()
	if err != nil {
		return err
	}
	r.resize(min(t.Width, maxWidth), min(t.Height, maxHeight))
	paintFirst(t, r)
	keeper := keep(t)
	defer keeper.Release()

	heed := func(m tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.SuspendMsg:
			keeper.Away()
		case tea.ResumeMsg:
			keeper.Back()
		}
		return Filter(m, msg)
	}
	p := tea.NewProgram(r, tea.WithContext(context.WithoutCancel(ctx)), tea.WithInput(t.In), tea.WithOutput(t.Out),
		tea.WithEnvironment(t.Env), tea.WithFPS(fps), tea.WithFilter(heed), tea.WithColorProfile(t.Profile), tea.WithoutSignalHandler())
	over, stopped := make(chan struct{}), make(chan os.Signal, 1)
	go func() { stopped <- awaitEnd(p, r, t, over) }()
	_, err = p.Run()
	close(over)
	if err != nil {
		fmt.Fprint(t.Out, terminal.Restore) // it may not have come so far as to know what to undo
	} else {
		fmt.Fprint(t.Out, terminal.Leave)
	}
	if errors.Is(err, tea.ErrInterrupted) {
		err = nil
	}
	return ended(<-stopped, errors.Join(err, r.finish()))
}

// awaitEnd asks the program to end when a signal comes or its terminal is gone,
// and again when what it holds could not be written for a while: q may never be
// pressed. It returns the signal, if one came.
func awaitEnd(p *tea.Program, r *Root, t Terminal, over <-chan struct{}) os.Signal {
	var sig os.Signal
	for there := true; there; {
		var look <-chan time.Time
		if t.There != nil {
			look = time.After(lookForTerminal)
		}
		select {
		case sig = <-t.Stop:
			there = false
		case <-look:
			there = t.There()
		case <-over:
			return nil
		}
	}
	deadline := time.After(lastWord)
	for _, wait := range []time.Duration{lastWrite, lastWord} {
		go p.Send(quitRequested{}) // it waits for a program that does not answer
		select {
		case <-time.After(wait):
		case <-deadline:
			r.abandon(sig)
		case <-over:
			return sig
		}
	}
	return sig
}

// abandon ends a process whose program does not answer any more, once what it
// held in memory is on disk. Who keeps the terminal puts it back.
func (r *Root) abandon(sig os.Signal) {
	if entries := r.unsaved.Load(); entries != nil && r.deps.Drop != nil {
		_, _ = r.deps.Drop(*entries...)
	}
	os.Exit((&SignalError{Signal: sig}).ExitStatus())
}

// SignalError says that a signal ended the program, after everything recorded
// was on disk. Err is what else there is to say; it may be nil.
type SignalError struct {
	Signal os.Signal
	Err    error
}

// ended adds the signal to how the program ended. A terminal that was closed is an
// ordinary way to leave.
func ended(sig os.Signal, err error) error {
	var lost *LostError
	if sig == nil || sig == syscall.SIGHUP || errors.As(err, &lost) {
		return err
	}
	return &SignalError{sig, err}
}

// Error is what else there is to say, or nothing.
func (e *SignalError) Error() string {
	if e.Err == nil {
		return ""
	}
	return e.Err.Error()
}

// Unwrap is the error that the program ended with.
func (e *SignalError) Unwrap() error { return e.Err }

// ExitStatus is 128 and the number of the signal, as shells count, but for a
// terminal that was closed, which is an ordinary way to leave: then it is 0.
func (e *SignalError) ExitStatus() int {
	n, ok := e.Signal.(syscall.Signal)
	if !ok || n == syscall.SIGHUP {
		return 0
	}
	return 128 + int(n)
}

// keep has somebody stand by for a program that is killed, where there is a
// terminal to put back.
func keep(t Terminal) *terminal.Keeper {
	in, out := charset.Unwrap(t.In), charset.Unwrap(t.Out)
	if in == nil || out == nil || !term.IsTerminal(in.Fd()) {
		return nil
	}
	return terminal.Keep(in, out)
}

// paintFirst shows the first frame at once, before the renderer's clock has
// started: the alternate screen, no cursor, and the window's cells. The
// background comes before the screen that is cleared to it, and all of it goes
// out in one piece: no moment shows the terminal's own ground.
func paintFirst(t Terminal, r *Root) {
	if r.width <= 0 || r.height <= 0 {
		return
	}
	var first bytes.Buffer
	first.WriteString(terminal.Enter)
	view := r.View()
	if c := view.BackgroundColor; c != nil {
		first.WriteString(ansi.SetBackgroundColor(hex(c)))
	}
	first.WriteString(ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.CursorHomePosition)
	w := colorprofile.Writer{Forward: &first, Profile: r.profile}
	fmt.Fprint(&w, crlf(view.Content))
	_, _ = t.Out.Write(first.Bytes())
}

// hex is a colour as terminals are told it.
func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// crlf ends lines as a terminal in any mode needs them.
func crlf(frame string) string {
	b := make([]byte, 0, len(frame)+128)
	for i := range len(frame) {
		if frame[i] == '\n' {
			b = append(b, '\r')
		}
		b = append(b, frame[i])
	}
	return string(b)
}

// finish writes what the program left behind when it was ended in a hurry.
func (r *Root) finish() error {
	if !r.leaving {
		r.tell()
		r.leave()
	}
	if len(r.outbox) > 0 && r.safe() {
		return r.waiting()
	}
	entries := r.Pending()
	if len(entries) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), lastWrite)
	defer cancel()
	_, err := r.deps.Log.Append(ctx, entries...)
	if err == nil {
		return nil
	}
	if r.deps.Drop != nil {
		if file, lost := r.deps.Drop(entries...); lost == nil {
			return waitsIn(err, file)
		}
	}
	return &LostError{entries, err}
}

// waiting says where the entries are that the journal has not taken yet.
func (r *Root) waiting() error {
	for _, j := range r.outbox {
		if j.file != "" {
			return waitsIn(cmp.Or(r.trouble, journal.ErrBusy), j.file)
		}
	}
	return nil
}

func waitsIn(cause error, file string) error {
	return say.Error("%w\nwhat you did waits in %s until lull can take it in", cause, file)
}

// LostError says what could not be written to the journal, as the lines that
// `lull import -` takes, so that nothing is lost but its place.
type LostError struct {
	Entries []journal.Entry
	Err     error
}

// Error names the reason, then the lines.
func (e *LostError) Error() string {
	text := say.Text("not written: %v\nkeep these lines and give them to `lull import -` later:", e.Err)
	for _, entry := range e.Entries {
		if line, err := journal.Encode(entry); err == nil {
			text += "\n" + string(safe.JSON(line))
		}
	}
	return text
}

// Unwrap is the reason.
func (e *LostError) Unwrap() error { return e.Err }
