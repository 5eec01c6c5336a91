package ui

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/sitting"
	"lull/ui/player"
	"lull/ui/screen"
)

// job is one thing to be made durable. Jobs are done one at a time, in the
// order of the key presses; a job that fails stays at the head and is tried
// again, which its ids make safe. Meanwhile its entries are in the inbox.
type job struct {
	number  int // unique within the program
	entries []journal.Entry
	file    string // the inbox file that also holds the entries; empty: they are only in memory
	note    *screen.Note
	glass   *glass          // set if it is a glass of which only the order counts
	older   *olderUndo      // set if it undoes an action of an earlier time; entries are known afterwards
	fuller  []screen.Record // what sessions came to that somebody else had recorded before their end
}

const (
	writeWait  = 5 * time.Second
	retryAfter = 2 * time.Second
	// stowAfter is how long an entry may be in memory only while the journal is
	// slow or busy.
	stowAfter = time.Second
	lookEvery = time.Second
)

type (
	sentMsg struct {
		err  error
		left *leftFor // what was left for later, if the journal could not take it
		job  job      // as it was written
	}
	stateMsg struct {
		state  state
		err    error
		writes int // how many jobs were done when the reading began
	}
	retryMsg  struct{}
	stowMsg   struct{ number int } // the job with this number has had its time
	stowedMsg struct {
		numbers []int
		files   map[int]string // by job number, where it was copied
	}
	quitRequested struct{}
	pulseMsg      struct{}
	settingsMsg   struct {
		settings settings.Settings
		err      error
	}
)

// state is what the program shows of the journal.
type state struct {
	day     journal.Date // around which the facts lie
	history journal.History
	recent  []journal.Entry
	resume  []byte
}

// record puts what a screen asked for in the outbox, and from then on it can
// be undone.
func (r *Root) record(records []screen.Record, note *screen.Note) {
	if back := r.enqueue(records, note); len(back) > 0 {
		r.undo = append(r.undo, back)
	}
}

// enqueue stamps records, puts them in the outbox and returns how to take them
// back.
func (r *Root) enqueue(records []screen.Record, note *screen.Note) (inverse []screen.Record) {
	if len(records) == 0 && note == nil {
		return nil
	}
	r.jobs++
	j := job{number: r.jobs, note: note}
	for _, rec := range records {
		e, back, err := r.stamp1(rec)
		if err != nil {
			r.say(say.Text("not recorded: %s", err))
			continue
		}
		j.entries = append(j.entries, e)
		if rec.Next {
			j.glass = &glass{e, r.world.Settings, r.mint.New(r.world.Now)}
		}
		if e.Fact.Kind() != journal.KindSeen && e.Undo.IsZero() {
			inverse = append(inverse, back)
		}
	}
	r.outbox = append(r.outbox, j)
	return inverse
}

// stamp1 makes the entry of a record, and the record that would take it back.
func (r *Root) stamp1(rec screen.Record) (journal.Entry, screen.Record, error) {
	switch {
	case rec.Takeback != nil:
		gone := r.asItStands(*rec.Takeback)
		e := journal.NewWithdrawal(&r.mint, r.world.Now, gone)
		e.Undo = rec.Undo
		return e, screen.Record{Anew: &gone, Undo: e.ID}, nil
	case rec.Anew != nil:
		e, err := journal.PutBack(&r.mint, r.world.Now, *rec.Anew, rec.Undo)
		r.follow(rec.Anew.ID, e)
		return e, screen.Record{Takeback: &e, Undo: e.ID}, err
	case rec.Revises != nil:
		before := r.asItStands(*rec.Revises)
		e, err := journal.NewRevision(&r.mint, r.world.Now, *rec.Revises, rec.Patch)
		e.Undo = rec.Undo
		return e, screen.Record{Takeback: &e, Before: &before, Undo: e.ID}, err
	}
	at := rec.At
	if at.IsZero() {
		at = r.world.Now
	}
	e := journal.New(&r.mint, r.world.Settings.Calendar, r.world.Now, at, rec.Fact)
	if rec.Night != 0 {
		e.Night = rec.Night
	}
	if rec.Day != 0 {
		e.Day = rec.Day
	}
	if !rec.ID.IsZero() {
		e.ID = rec.ID
	}
	return e, screen.Record{Takeback: &e, Undo: e.ID}, rec.Fact.Validate()
}

// asItStands is a fact with what was done to it in this sitting, also what is not
// on disk yet.
func (r *Root) asItStands(e journal.Entry) journal.Entry {
	for _, known := range r.world.Recent {
		if known.ID == e.ID {
			e = known
		}
	}
	var revisions []journal.Entry
	for _, j := range r.outbox {
		for _, edit := range j.entries {
			if of, _ := edit.Of(); of == e.ID && edit.Fact.Kind() == journal.KindRevised {
				revisions = append(revisions, edit)
			}
		}
	}
	if revised, err := journal.Revise(e, revisions); err == nil {
		return revised
	}
	return e
}

// follow makes what is still to be undone speak of a fact under the id that it
// was put back with.
func (r *Root) follow(old journal.ID, e journal.Entry) {
	for _, group := range r.undo {
		for i, rec := range group {
			group[i] = followed(rec, old, e)
		}
	}
}

func followed(rec screen.Record, old journal.ID, e journal.Entry) screen.Record {
	switch {
	case rec.Revises != nil && rec.Revises.ID == old:
		rec.Revises = &e
	case rec.Takeback != nil && rec.Takeback.ID == old:
		rec.Takeback = &e
	case rec.Takeback != nil && rec.Before != nil:
		if of, _ := rec.Takeback.Of(); of != old {
			break
		}
		if patch, err := journal.Before(*rec.Before, *rec.Takeback); err == nil {
			return screen.Record{Revises: &e, Patch: patch, Undo: rec.Undo}
		}
	}
	return rec
}

// leftFor says why entries went to a file beside the journal.
type leftFor struct {
	file  string
	cause error
}

// send starts the job at the head, unless one is under way. While the journal
// fails, jobs behind the head go to the inbox at once.
func (r *Root) send() tea.Cmd {
	var stow tea.Cmd
	if r.failing || len(r.outbox) > 0 && r.outbox[0].file != "" {
		stow = r.stow()
	}
	if r.sending || len(r.outbox) == 0 {
		return stow
	}
	r.sending = true
	cmds := []tea.Cmd{stow, r.try()}
	if head := r.outbox[0]; r.deps.Drop != nil && len(head.entries) > 0 && head.file == "" {
		cmds = append(cmds, tea.Tick(stowAfter, func(time.Time) tea.Msg { return stowMsg{head.number} }))
	}
	return tea.Batch(cmds...)
}

// try writes the job at the head.
func (r *Root) try() tea.Cmd {
	head, log, drop := r.outbox[0], r.deps.Log, r.deps.Drop
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), writeWait)
		defer cancel()
		done, err := write(ctx, log, head)
		if err == nil || drop == nil || !unwritable(err) {
			return sentMsg{err: err, job: done}
		}
		if head.file != "" { // already there
			return sentMsg{left: &leftFor{cause: err}, job: head}
		}
		file, lost := drop(head.entries...)
		if lost != nil {
			return sentMsg{err: err}
		}
		return sentMsg{left: &leftFor{file, err}, job: head}
	}
}

// stow copies what is only in memory to the inbox, so that it outlives the
// program. The jobs stay in the outbox: the journal is still tried, and an entry
// that arrives there both ways is one entry.
func (r *Root) stow() tea.Cmd {
	drop := r.deps.Drop
	var jobs []job
	for _, j := range r.outbox {
		if j.file == "" && len(j.entries) > 0 && !r.stowing[j.number] {
			jobs = append(jobs, j)
		}
	}
	if drop == nil || len(jobs) == 0 {
		return nil
	}
	for _, j := range jobs {
		r.stowing[j.number] = true
	}
	return func() tea.Msg {
		msg := stowedMsg{files: map[int]string{}}
		for _, j := range jobs {
			msg.numbers = append(msg.numbers, j.number)
			if file, err := drop(j.entries...); err == nil {
				msg.files[j.number] = file
			}
		}
		return msg
	}
}

// late copies the job to the inbox if it is still being written.
func (r *Root) late(msg stowMsg) tea.Cmd {
	if !r.sending || len(r.outbox) == 0 || r.outbox[0].number != msg.number {
		return nil
	}
	return r.stow()
}

// stowed shows what is in the inbox now. It is tried again with the next retry
// where the inbox took nothing.
func (r *Root) stowed(msg stowedMsg) tea.Cmd {
	for _, n := range msg.numbers {
		delete(r.stowing, n)
	}
	for i := range r.outbox {
		j := &r.outbox[i]
		file, there := msg.files[j.number]
		if !there {
			continue
		}
		j.file = file
		r.absorb(j.entries)
		r.say(say.Text(keptIn, file))
	}
	if r.leaving {
		return r.settle()
	}
	return nil
}

const keptIn say.Key = "kept in %s until the journal can take it"

// safe reports whether the journal cannot be written to now, and every entry of
// the outbox is on disk in the inbox.
func (r *Root) safe() bool {
	stuck := r.failing
	for _, j := range r.outbox {
		if j.file == "" && len(j.entries) > 0 {
			return false
		}
		stuck = stuck || j.file != ""
	}
	return stuck
}

// unwritable says whether an error is one that the next minutes do not mend. A
// file that is busy or a disk that is full may be another in two seconds.
func unwritable(err error) bool {
	return lasting(err) || errors.Is(err, journal.ErrReadOnly) || errors.Is(err, journal.ErrFailing)
}

// write makes a job durable and returns it as it was written.
func write(ctx context.Context, log journal.Log, j job) (job, error) {
	switch {
	case j.glass != nil:
		e, err := j.glass.write(ctx, log, j.file != "")
		if err != nil {
			return j, err
		}
		j.entries = []journal.Entry{e}
	case j.older != nil:
		j.entries = j.older.write(ctx, log)
	case len(j.entries) > 0:
		added, err := log.Append(ctx, j.entries...)
		if err != nil {
			return j, err
		}
		if added < len(j.entries) {
			j.fuller = fuller(ctx, log, j.entries)
		}
	}
	if j.note != nil {
		return j, log.Keep(ctx, j.note.Name, j.note.Text)
	}
	return j, nil
}

// sent takes the job off the outbox once it is on disk, and goes on.
func (r *Root) sent(msg sentMsg) tea.Cmd {
	r.sending = false
	r.trouble, r.failing = msg.err, msg.err != nil
	switch {
	case r.leaving && lasting(msg.err): // nothing is gained by staying; Pending is for the caller
		r.settled = true
		return tea.Quit
	case r.leaving && msg.err != nil && r.safe():
		return r.settle()
	case msg.err != nil:
		return tea.Batch(r.stow(), tea.Tick(retryAfter, func(time.Time) tea.Msg { return retryMsg{} }))
	}
	done, shown := msg.job, r.outbox[0].file != ""
	r.correct(r.outbox[0], done)
	if done.older != nil {
		r.say(done.older.result)
	}
	r.outbox = r.outbox[1:]
	r.enqueue(done.fuller, nil)
	r.writes++
	r.waits = msg.left != nil
	if msg.left != nil {
		r.trouble = msg.left.cause
		if msg.left.file != "" {
			r.say(say.Text(keptIn, msg.left.file))
		}
	}
	if !shown {
		r.absorb(done.entries)
	}
	if r.leaving {
		return r.settle()
	}
	cmds := []tea.Cmd{r.send()}
	if len(r.outbox) == 0 {
		cmds = append(cmds, r.reload())
	}
	if done.concerns() {
		cmds = append(cmds, r.watch())
	}
	return tea.Batch(cmds...)
}

// takeBack undoes the last thing that was recorded since lull was opened. What is
// older is named first, and confirmed.
func (r *Root) takeBack() tea.Cmd {
	n := len(r.undo)
	if n == 0 {
		return r.findOlder()
	}
	back := r.undo[n-1]
	r.undo = r.undo[:n-1]
	r.say(say.Text("undone: %s", undoWords(back)))
	r.enqueue(back, nil)
	return r.send()
}

func undoWords(back []screen.Record) string {
	switch first := back[0]; {
	case first.Anew != nil:
		return say.Text("the removal of %s", journal.Words(first.Anew.Fact))
	case first.Takeback == nil:
		return say.Text("the last change")
	case first.Takeback.Fact.Kind() == journal.KindRevised:
		return say.Text("the last change")
	default:
		return journal.Words(first.Takeback.Fact)
	}
}

// Pending returns what was recorded and is not yet known to be on disk. Its ids
// make it safe to append again.
func (r *Root) Pending() []journal.Entry {
	var entries []journal.Entry
	for _, j := range r.outbox {
		entries = append(entries, j.entries...)
	}
	return entries
}

// count notes what is in memory only.
func (r *Root) count() {
	if len(r.outbox) == 0 && r.unsaved.Load() == nil {
		return
	}
	var entries []journal.Entry
	for _, j := range r.outbox {
		if j.file == "" {
			entries = append(entries, j.entries...)
		}
	}
	if len(entries) == 0 {
		r.unsaved.Store(nil)
		return
	}
	r.unsaved.Store(&entries)
}

// leave is the way out: whatever is up says what must be kept, and the program
// ends when all of it is on disk. Asked a second time it ends at once; Pending
// is then for the caller.
func (r *Root) leave() tea.Cmd {
	if r.leaving {
		r.settled = true
		return tea.Quit
	}
	r.leaving = true
	r.leaveAll(r.stack)
	return r.settle()
}

// leaveAll records what screens that go away have to say.
func (r *Root) leaveAll(layers []layer) {
	for _, l := range layers {
		if m, ok := l.Screen.(screen.Modal); ok {
			do := m.Leaving(r.world)
			r.record(do.Records, do.Note)
			r.hear(l, do.Cue)
		}
	}
}

// settle ends the program once nothing is in memory only.
func (r *Root) settle() tea.Cmd {
	if len(r.outbox) > 0 && !r.safe() {
		return r.send()
	}
	r.settled = true
	return tea.Quit
}

// Filter keeps the program from ending before the outbox is empty: a signal
// becomes a request to leave.
func Filter(m tea.Model, msg tea.Msg) tea.Msg {
	r := m.(*Root)
	switch msg.(type) {
	case tea.QuitMsg, tea.InterruptMsg:
		if !r.settled {
			return quitRequested{}
		}
	}
	return limit(msg)
}

// Largest paste and window that are let in: beyond them a hostile or broken
// terminal only costs memory.
const (
	maxPaste  = 64 << 10
	maxWidth  = 500
	maxHeight = 200
)

// typable leaves out what a field would hand on to the terminal, which would turn
// the line round it.
func typable(r rune) rune {
	switch {
	case unicode.Is(unicode.Bidi_Control, r):
		return -1
	case unicode.In(r, unicode.Zl, unicode.Zp):
		return ' '
	}
	return r
}

func limit(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		if len(msg.Content) > maxPaste {
			return nil
		}
		return tea.PasteMsg{Content: strings.Map(typable, msg.Content)}
	case tea.KeyPressMsg:
		if msg.Text != "" && strings.Map(typable, msg.Text) != msg.Text {
			return nil
		}
	case tea.WindowSizeMsg:
		return tea.WindowSizeMsg{Width: min(msg.Width, maxWidth), Height: min(msg.Height, maxHeight)}
	}
	return msg
}

// reload reads the journal again.
func (r *Root) reload() tea.Cmd {
	read, writes := r.read, r.writes
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), writeWait)
		defer cancel()
		msg := read(ctx)
		msg.writes = writes
		return msg
	}
}

// read fetches what the screens show. It touches nothing of the model but what
// never changes.
func (r *Root) read(ctx context.Context) stateMsg {
	log := r.deps.Log
	h, err := log.History(ctx)
	return r.around(ctx, log, h, err)
}

// glance is read with no more nights than a first frame needs.
func (r *Root) glance(ctx context.Context) stateMsg {
	log := r.deps.Log
	h, err := log.Since(ctx, r.deps.Settings.Calendar.Night(r.deps.Now())-glanceNights)
	return r.around(ctx, log, h, err)
}

// glanceNights are about ten years: long enough that hardly anybody sees a
// first frame without the best run, short enough to be read in no time.
const glanceNights = 3700

// around adds the last days to a history.
func (r *Root) around(ctx context.Context, log journal.Log, h journal.History, err error) stateMsg {
	day := r.deps.Settings.Calendar.Day(r.deps.Now())
	if err != nil {
		return stateMsg{err: err}
	}
	recent, err := log.Live(ctx, day-screen.RecentDays, day+1)
	if err != nil {
		return stateMsg{err: err}
	}
	resume, err := log.Kept(ctx, sitting.Note)
	return stateMsg{state: state{day, h, recent, resume}, err: err}
}

// arrived shows what was read, unless something was written meanwhile: then the
// reading is older than the screen.
func (r *Root) arrived(msg stateMsg) tea.Cmd {
	if msg.writes != r.writes {
		return r.reload()
	}
	if r.trouble = msg.err; msg.err == nil {
		r.take(msg.state)
	}
	return r.send()
}

// take shows a new state of the journal.
func (r *Root) take(s state) {
	r.stamp, r.readOn = s.history.Stamp, s.day
	r.mint.Saw(s.history.Last)
	w := &r.world
	w.Loaded, w.Book, w.Recent = true, review.New(s.history), s.recent
	w.Screening, w.Asked, w.Screened = w.Book.Screening(w.Now)
	w.Resume = nil
	r.restyle() // there may have been a cramp tonight
	r.resume(s.resume)
}

// resume looks at a session that was left. One of tonight can be gone on with;
// one of an earlier night that a killed program could not record is recorded
// now, as far as it was held.
func (r *Root) resume(text []byte) {
	u, any := sitting.Read(text)
	if !any {
		return
	}
	switch {
	case u.Night == r.world.Night():
		r.world.Resume = &u
	case !u.Recorded && !r.leads(u.ID):
		r.record(player.RecordsOf(u), &screen.Note{Name: sitting.Note})
	}
}

// look asks whether anybody else wrote, and reads again if so. It does too when it
// is another day than that of the last reading: the clock may have been set back to
// days that the World does not carry.
func (r *Root) look() tea.Cmd {
	if r.sending {
		return nil
	}
	log, known, read := r.deps.Log, r.stamp, r.reload()
	sameDay := r.readOn == r.world.Day()
	return func() tea.Msg {
		if stamp, err := log.Stamp(); err != nil || stamp == known && sameDay {
			return nil
		}
		return read()
	}
}

// beat starts the next second: one chain, begun by Init and carried on by each
// beat.
func (r *Root) beat() tea.Cmd {
	return func() tea.Msg {
		time.Sleep(lookEvery)
		return pulseMsg{}
	}
}

func (r *Root) beaten() tea.Cmd {
	r.notice.fade(r.world.Now)
	select {
	case sentence := <-r.deps.Notices:
		r.say(sentence)
	default:
	}
	return tea.Batch(r.beat(), r.look(), r.askGround())
}

// save writes settings and takes what was written.
func (r *Root) save(set []settings.Change) tea.Cmd {
	if len(set) == 0 {
		return nil
	}
	save := r.deps.Save
	return func() tea.Msg {
		s, err := save(set)
		return settingsMsg{s, err}
	}
}

func (r *Root) set(msg settingsMsg) tea.Cmd {
	if msg.err != nil {
		r.say(say.Text("not saved: %s", msg.err))
		return nil
	}
	spoke := r.world.Settings.Language
	r.world.Settings = msg.settings
	r.restyle()
	r.rekey()
	if spoke != r.world.Settings.Language {
		return r.watch() // what it brought up was said in the other language
	}
	return nil
}

// troubleWords says what is wrong with the journal, and whether what was recorded
// is safe all the same.
func (r *Root) troubleWords() string {
	words := errorWords(r.trouble)
	switch {
	case r.unsaved.Load() != nil && r.failing:
		return say.Text("%s; what you did is not saved yet", words)
	case len(r.outbox) > 0 && r.safe() || len(r.outbox) == 0 && r.waits:
		return say.Text("%s; what you did is kept", words)
	}
	return words
}

// errorWords says what is wrong with the journal, and what goes on all the
// same.
func errorWords(err error) string {
	for known, words := range map[error]say.Key{
		journal.ErrBusy:     "another program holds the file; lull keeps trying",
		journal.ErrFull:     "the disk is full",
		journal.ErrReadOnly: "the folder cannot be written to",
		journal.ErrDamaged:  "the file is damaged; leave lull and run `lull check`",
		journal.ErrFailing:  "the disk is failing; copy lull's folder to another disk",
		journal.ErrTooNew:   "a newer lull wrote this file; this one only looks on",
	} {
		if errors.Is(err, known) {
			return words.String()
		}
	}
	return err.Error()
}
