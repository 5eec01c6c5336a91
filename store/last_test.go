package store

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
)

func TestTheLastLineIsKeptWithWhenItHeld(t *testing.T) {
	now := time.Date(2026, 11, 22, 21, 48, 0, 0, time.UTC)
	s := New(t.TempDir(), Options{Clock: func() time.Time { return now }})
	s.Remember("not stretched, water 0/8, streak 0")
	if line, _ := s.Remembered(); line != "" {
		t.Errorf("before there is anything to read it kept %q", line)
	}
	var mint journal.Mint
	if _, err := s.Append(t.Context(), journal.New(&mint, journal.DefaultCalendar, now, now, journal.Quiet{})); err != nil {
		t.Fatal(err)
	}
	remembered := func(want string, at time.Time) {
		t.Helper()
		if line, held := s.Remembered(); line != want || !held.Equal(at) {
			t.Errorf("it kept %q of %v, want %q of %v", line, held, want, at)
		}
	}
	first := now
	s.Remember("not stretched, water 1/8, streak 12")
	remembered("not stretched, water 1/8, streak 12", first)
	now = first.Add(20 * time.Second)
	s.Remember("not stretched, water 1/8, streak 12") // is left as it is: hardly older
	remembered("not stretched, water 1/8, streak 12", first)
	now = first.Add(time.Minute)
	s.Remember("not stretched, water 1/8, streak 12")
	remembered("not stretched, water 1/8, streak 12", now)
	s.Remember("stretched, water 1/8")
	remembered("stretched, water 1/8", now)
	info, err := os.Stat(s.path(lastName))
	if err != nil || info.Size() != lastSize || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	for _, line := range []string{"", "two\nlines", strings.Repeat("long", lastSize)} {
		s.Remember(line)
		remembered("stretched, water 1/8", now)
	}
}

func TestALastLineThatIsNotWholeIsNone(t *testing.T) {
	now := time.Date(2026, 11, 22, 21, 48, 0, 0, time.UTC)
	s := New(t.TempDir(), Options{Clock: func() time.Time { return now }})
	for name, text := range map[string]string{
		"empty": "", "cut off": "stretched\n", "zeros": strings.Repeat("\x00", lastSize-1) + "\n", "another's": strings.Repeat("x", 4*lastSize),
	} {
		if err := os.WriteFile(s.path(lastName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if line, _ := s.Remembered(); line != "" {
			t.Errorf("%s: %q", name, line)
		}
	}
}

func TestTheLastLineIsNotWrittenThroughALink(t *testing.T) {
	now := time.Date(2026, 11, 22, 21, 48, 0, 0, time.UTC)
	s := New(t.TempDir(), Options{Clock: func() time.Time { return now }})
	var mint journal.Mint
	if _, err := s.Append(t.Context(), journal.New(&mint, journal.DefaultCalendar, now, now, journal.Quiet{})); err != nil {
		t.Fatal(err)
	}
	mine := s.path("mine")
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(mine, s.path(lastName)); err != nil {
		t.Skip("no links here:", err)
	}
	s.Remember("stretched")
	if text, _ := os.ReadFile(mine); string(text) != "mine" {
		t.Errorf("behind the link stands %q", text)
	}
}

func BenchmarkRemember(b *testing.B) {
	now := time.Date(2026, 11, 22, 21, 48, 0, 0, time.UTC)
	s := New(b.TempDir(), Options{Clock: func() time.Time { return now }})
	if err := os.WriteFile(s.path(dbName), nil, 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s.Remember("not stretched, water 1/8, streak 12")
	}
}
