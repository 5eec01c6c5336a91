package diary_test

import (
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui/diary"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// sitting is a screen with a journal behind it, which answers every Fetch.
type sitting struct {
	t       *testing.T
	w       screen.World
	s       screen.Screen
	log     *journaltest.Mem
	mint    journal.Mint
	fetches []screen.Fetch
	mute    bool // the journal does not answer
	broken  error
}

// sit opens the diary on the facts.
func sit(t *testing.T, facts ...journal.Entry) *sitting {
	t.Helper()
	s := &sitting{t: t, w: uitest.World(t, 80, 22, facts...), s: diary.New(), log: new(journaltest.Mem)}
	if _, err := s.log.Append(t.Context(), facts...); err != nil {
		t.Fatal(err)
	}
	s.send(screen.Shown{})
	return s
}

// send gives the screen a message, goes where it goes and answers what it
// fetches.
func (s *sitting) send(msg tea.Msg) screen.Do {
	s.t.Helper()
	do := s.s.Update(s.w, msg)
	if do.Push != nil {
		s.s = do.Push
	}
	s.answer(do.Fetch)
	return do
}

func (s *sitting) answer(f *screen.Fetch) {
	s.t.Helper()
	if f == nil {
		return
	}
	s.fetches = append(s.fetches, *f)
	if s.mute {
		return
	}
	entries, err := s.log.Live(s.t.Context(), f.From, f.To)
	if err != nil {
		s.t.Fatal(err)
	}
	if s.broken != nil {
		entries, err = nil, s.broken
	}
	s.send(screen.Fetched{Fetch: *f, Entries: entries, Err: err})
}

// keys presses keys and returns what the last one asked for.
func (s *sitting) keys(names ...string) screen.Do {
	s.t.Helper()
	var do screen.Do
	for _, name := range names {
		do = s.send(uitest.Press(name))
	}
	return do
}

func (s *sitting) typed(text string) {
	s.t.Helper()
	for _, r := range text {
		s.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func (s *sitting) click(text string) screen.Do {
	s.t.Helper()
	x, y := uitest.Spot(s.t, s.frame(), text)
	return s.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// frame is what the screen shows; it must fit.
func (s *sitting) frame() string {
	s.t.Helper()
	frame := s.s.Draw(s.w)
	uitest.Fits(s.t, frame, s.w.Width, s.w.Height)
	return frame
}

func (s *sitting) sees(texts ...string)   { s.t.Helper(); uitest.Sees(s.t, s.frame(), texts...) }
func (s *sitting) misses(texts ...string) { s.t.Helper(); uitest.Misses(s.t, s.frame(), texts...) }

// write puts what was asked for into the journal, as the program does, and shows
// the screen the journal that comes of it.
func (s *sitting) write(do screen.Do) []journal.Entry {
	s.t.Helper()
	var written []journal.Entry
	for _, r := range do.Records {
		written = append(written, s.entry(r))
	}
	if _, err := s.log.Append(s.t.Context(), written...); err != nil {
		s.t.Fatal(err)
	}
	live, err := s.log.Live(s.t.Context(), -1<<30, 1<<30)
	if err != nil {
		s.t.Fatal(err)
	}
	s.w = uitest.With(s.t, s.w, live...)
	s.send(screen.Shown{})
	return written
}

func (s *sitting) entry(r screen.Record) journal.Entry {
	s.t.Helper()
	switch {
	case r.Takeback != nil:
		return journal.NewWithdrawal(&s.mint, s.w.Now, *r.Takeback)
	case r.Revises != nil:
		e, err := journal.NewRevision(&s.mint, s.w.Now, *r.Revises, r.Patch)
		if err != nil {
			s.t.Fatal(err)
		}
		return e
	}
	at := r.At
	if at.IsZero() {
		at = s.w.Now
	}
	e := journal.New(&s.mint, s.w.Settings.Calendar, s.w.Now, at, r.Fact)
	if r.Night != 0 {
		e.Night = r.Night
	}
	if r.Day != 0 {
		e.Day = r.Day
	}
	if !r.ID.IsZero() {
		e.ID = r.ID
	}
	return e
}

// back is the night so many before tonight.
func back(nights int) journal.Date {
	return journal.DefaultCalendar.Night(uitest.Evening) - journal.Date(nights)
}

// cramp is a cramp so many nights ago, timed at 21:48 and written down then.
func cramp(ago int, c journal.Cramped) journal.Entry { return uitest.Fact(ago, c) }

// toldOf is a fact told so many hours after the evening that many nights ago.
func toldOf(ago, hours int, f journal.Fact) journal.Entry {
	night := uitest.Evening.AddDate(0, 0, -ago)
	at := night.Add(hoursOf(hours))
	e := journal.New(&journal.Mint{}, journal.DefaultCalendar, at, at, f)
	e.Night = journal.DefaultCalendar.Night(night)
	return e
}

func num(n int) *int { return &n }

var errFull = errors.New("the disk is\x1b[31m gone")
