// Package timers makes a machine come back at a time: it writes what systemd,
// launchd, the Windows Task Scheduler or cron wants, has them read it, and takes
// it away again. What is written is the business of routine/remind. It also
// shows a notification where the desktop has a way to.
package timers

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/adrg/xdg"

	"lull/routine/journal"
	"lull/routine/remind"
	"lull/routine/say"
	"lull/store/home"
)

// Host is a machine that can come back at a time.
type Host struct {
	OS      string // as runtime.GOOS
	Record  string // the file that tells what was installed
	Units   string // the folder of the user's systemd units
	Agents  string // the folder of the user's launchd agents
	User    int    // number of the user
	Command remind.Command
	Run     func(ctx context.Context, c Call) (output string, err error)
}

// Call is a program to be run.
type Call struct {
	Name  string
	Args  []string
	Input string
	Env   []string // beyond this process's own
}

// Here is this machine. The place and the variables that led to it go into what
// is written, so that a timer finds the same journal as the person does.
func Here(place home.Home) *Host {
	return &Host{
		OS: runtime.GOOS, Record: place.RecordFile(),
		Units:  filepath.Join(xdg.ConfigHome, "systemd", "user"),
		Agents: filepath.Join(xdg.Home, "Library", "LaunchAgents"),
		User:   os.Getuid(), Run: run,
		Command: remind.Command{Env: environment(place, os.LookupEnv)},
	}
}

// environment is what leads to the place: LULL_HOME, made whole, or the folders
// that were set for every program.
func environment(place home.Home, lookup func(string) (string, bool)) []remind.Variable {
	if v, set := lookup("LULL_HOME"); set && v != "" {
		return []remind.Variable{{Name: "LULL_HOME", Value: place.Config}}
	}
	var vars []remind.Variable
	for _, name := range []string{"XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		if v, set := lookup(name); set && v != "" {
			vars = append(vars, remind.Variable{Name: name, Value: v})
		}
	}
	return vars
}

// mechanism is one of the ways in which a machine comes back.
type mechanism interface {
	// ready says why it cannot be used here, or nil.
	ready(ctx context.Context) error
	// install writes and enables it, for the kinds that have alarms, and takes
	// away what older ones there are.
	install(ctx context.Context, alarms []remind.Alarm) ([]remind.File, error)
	// wrong says what is not as install left it.
	wrong(ctx context.Context, alarms []remind.Alarm) []string
	// remove takes it away and says what that was. With nothing there it runs
	// no program that could fail.
	remove(ctx context.Context) ([]string, error)
}

// Names of the mechanisms, as people read them. The record holds the English one.
const (
	bySystemd say.Key = "systemd user timer"
	byLaunchd say.Key = "launchd agent"
	byTask    say.Key = "Windows task"
	byCron    say.Key = "crontab"
)

type named struct {
	name say.Key
	mechanism
}

// ways are those of the machine's system, the best first.
func (h *Host) ways() []named {
	switch h.OS {
	case "linux":
		return []named{{bySystemd, systemd{h}}, {byCron, cron{h}}}
	case "darwin":
		return []named{{byLaunchd, launchd{h}}}
	case "windows":
		return []named{{byTask, tasks{h}}}
	}
	return []named{{byCron, cron{h}}}
}

// record is what is kept of an installation.
type record struct {
	By    string   `json:"by"`
	At    string   `json:"at"`
	Days  string   `json:"days,omitempty"`
	Water string   `json:"water,omitempty"`
	Made  []string `json:"made,omitempty"` // folders, the innermost first
}

func (r record) plan() (remind.Plan, error) {
	var p remind.Plan
	var errs [3]error
	p.At, errs[0] = remind.ParseClock(r.At)
	if r.Days != "" {
		p.Days, errs[1] = remind.ParseDays(r.Days)
	}
	if r.Water != "" {
		hours, err := remind.ParseHours(r.Water)
		p.Water, errs[2] = &hours, err
	}
	return p, errors.Join(errs[:]...)
}

func (h *Host) read() (r record, there bool, err error) {
	text, err := home.ReadOwn(h.Record)
	if err == nil && text == nil {
		return r, false, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err == nil {
		_, err = r.plan()
	}
	if err != nil {
		return record{}, true, say.Error("%s, which tells of the reminders, cannot be read: %w; `lull remind remove` and install them anew", h.Record, err)
	}
	return r, true, nil
}

// Plan is what was installed, if anything was.
func (h *Host) Plan() (remind.Plan, bool, error) {
	r, there, err := h.read()
	if err != nil || !there {
		return remind.Plan{}, false, err
	}
	p, err := r.plan()
	return p, true, err
}

// Install makes the machine come back at the alarms of the plan, and at no
// others that were installed before. If that fails nothing is left of it.
func (h *Host) Install(ctx context.Context, p remind.Plan, c journal.Calendar) (remind.Installed, error) {
	var done remind.Installed
	program, err := h.program()
	if err == nil {
		h.Command.Program = program
		err = h.Command.Check()
	}
	if err != nil {
		return done, err
	}
	way, notes, err := h.choose(ctx)
	if err != nil {
		return done, err
	}
	notes = append(notes, h.leaveOthers(ctx, way.name)...)
	r := record{By: string(way.name), At: remind.ClockText(p.At), Days: remind.DaysText(p.Days)}
	if p.Water != nil {
		r.Water = p.Water.String()
	}
	if err := h.note(r); err != nil {
		return done, err
	}
	wrote, err := way.install(ctx, p.Alarms(c))
	if err != nil {
		_, left := h.Remove(context.WithoutCancel(ctx))
		return done, errors.Join(err, left)
	}
	return remind.Installed{By: way.name.String(), Wrote: wrote, Notes: notes}, nil
}

// choose is the best way that can be used, with why better ones cannot.
func (h *Host) choose(ctx context.Context) (named, []string, error) {
	var notes []string
	for _, way := range h.ways() {
		err := way.ready(ctx)
		if err == nil {
			return way, notes, nil
		}
		notes = append(notes, say.Text("no %s here: %v", way.name, err))
	}
	return named{}, nil, say.Error("%s; `lull remind ics` writes the times for a phone or another calendar", strings.Join(notes, "; "))
}

// leaveOthers takes away what was installed in another way, and says what of it
// could not be: two timers for one reminder show it once.
func (h *Host) leaveOthers(ctx context.Context, name say.Key) []string {
	var notes []string
	for _, way := range h.ways() {
		if way.name == name {
			continue
		}
		if _, err := way.remove(ctx); err != nil {
			notes = append(notes, err.Error())
		}
	}
	return notes
}

// note writes the record first: whatever happens next, it can be removed.
func (h *Host) note(r record) error {
	old, _, _ := h.read()
	r.Made = old.Made
	r.Made = append(r.Made, missing(filepath.Dir(h.Record))...)
	switch say.Key(r.By) {
	case bySystemd:
		r.Made = append(r.Made, missing(filepath.Join(h.Units, "timers.target.wants"))...)
	case byLaunchd:
		r.Made = append(r.Made, missing(h.Agents)...)
	}
	slices.SortFunc(r.Made, func(a, b string) int { return strings.Compare(b, a) }) // the inner before the outer
	r.Made = slices.Compact(r.Made)
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return home.Replace(h.Record, append(text, '\n'))
}

// missing are the folders that would have to be made for one.
func missing(dir string) []string {
	var all []string
	for ; dir != "" && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); err == nil {
			break
		}
		all = append(all, dir)
	}
	return all
}

// Remove takes everything away that Install ever leaves, and says what that was.
func (h *Host) Remove(ctx context.Context) ([]string, error) {
	r, there, err := h.read()
	if err != nil {
		r, err = record{}, nil // what cannot be read is taken away all the same
	}
	var gone []string
	for _, way := range h.ways() {
		removed, trouble := way.remove(ctx)
		gone, err = append(gone, removed...), errors.Join(err, trouble)
	}
	if err != nil || !there {
		return gone, err
	}
	if err := os.Remove(h.Record); err != nil {
		return gone, say.Error("take away %s: %w", h.Record, err)
	}
	gone = append(gone, h.Record)
	for _, dir := range r.Made {
		_ = os.Remove(dir) // one that something else lies in by now stays
	}
	return gone, nil
}

// Status compares what was installed with what is there. It is not to be asked
// before Plan said that something was installed.
func (h *Host) Status(ctx context.Context, c journal.Calendar) (remind.Standing, error) {
	r, _, err := h.read()
	if err != nil {
		return remind.Standing{}, err
	}
	p, err := r.plan()
	if err != nil {
		return remind.Standing{}, err
	}
	s := remind.Standing{By: say.Name(r.By)}
	if h.Command.Program, err = h.program(); err != nil {
		s.Wrong = append(s.Wrong, err.Error())
		return s, nil
	}
	for _, way := range h.ways() {
		if string(way.name) == r.By {
			s.Wrong = append(s.Wrong, way.wrong(ctx, p.Alarms(c))...)
			return s, nil
		}
	}
	s.Wrong = []string{say.Text("%q is no way in which this system comes back", r.By)}
	return s, nil
}

// quick bounds the programs that are run: each has one small thing to do.
const quick = 20 * time.Second

// write puts a file in its place unless it is there already.
func write(path string, text []byte) error {
	if old, err := os.ReadFile(path); err == nil && string(old) == string(text) {
		return nil
	}
	return home.Replace(path, text)
}

// erase removes a file and says whether it was there.
func erase(path string) (bool, error) {
	err := os.Remove(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, say.Error("take away %s: %w; remove it yourself", path, err)
	}
	return true, nil
}

// differs says whether a file is not what it should be, and how.
func differs(path, text string) string {
	got, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return say.Text("%s is gone", path)
	case err != nil:
		return err.Error()
	case string(got) != text:
		return say.Text("%s is not as lull would write it now", path)
	}
	return ""
}

func present(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
