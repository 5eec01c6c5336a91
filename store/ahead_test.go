package store

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
)

// imported is a store with a clock that a test turns, and a maker of facts.
func imported(t *testing.T) (s *Store, turn func(time.Duration), fact func() journal.Entry) {
	t.Helper()
	now := time.Date(2026, 11, 22, 21, 48, 0, 0, time.UTC)
	s = New(t.TempDir(), Options{Clock: func() time.Time { return now }})
	var mint journal.Mint
	return s, func(d time.Duration) { now = now.Add(d) }, func() journal.Entry {
		return journal.New(&mint, journal.DefaultCalendar, now, now, journal.Quiet{})
	}
}

func (s *Store) copyNames(t *testing.T) (names []string) {
	t.Helper()
	all, err := os.ReadDir(s.path(backupsName))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, f := range all {
		if strings.HasSuffix(f.Name(), copySuffix) {
			names = append(names, f.Name())
		}
	}
	return names
}

func TestBeforeAnImportThereIsACopyOfWhatThereWas(t *testing.T) {
	s, turn, fact := imported(t)
	ahead := func(e journal.Entry, want ...string) {
		t.Helper()
		if err := s.Ahead(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if got := s.copyNames(t); !slices.Equal(got, want) {
			t.Errorf("the copies are %v, want %v", got, want)
		}
	}
	add := func(e journal.Entry) {
		t.Helper()
		if _, err := s.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	ahead(fact()) // there is nothing yet
	first := fact()
	add(first)
	const daily, one, two = "lull-2026-11-22.db", "lull-2026-11-22.import-01.db", "lull-2026-11-22.import-02.db"
	ahead(fact(), daily) // of the first day: made after its first change, so it holds it
	add(fact())
	ahead(first, daily) // is known
	ahead(fact(), daily, one)
	ahead(fact(), daily, one) // nothing changed since
	add(fact())
	ahead(fact(), daily, one, two)
	r, err := s.Check(t.Context())
	if err != nil || r.Newest != two || len(r.Backups) != 4 || slices.ContainsFunc(r.Backups, func(b BackupReport) bool { return b.Damage != "" || b.Date != "2026-11-22" }) {
		t.Errorf("%+v, %v", r, err)
	}
	if facts := r.Backups[2].Facts; facts != 3 {
		t.Errorf("the newest holds %d facts", facts)
	}
	for range keepDays {
		turn(24 * time.Hour)
		add(fact())
	}
	if names := s.copyNames(t); slices.Contains(names, one) || slices.Contains(names, two) || len(names) < keepDays {
		t.Errorf("a week later there are %v", names)
	}
}

func TestOnlySoManyCopiesBeforeImportsStay(t *testing.T) {
	s, _, fact := imported(t)
	for range keepImports + 3 {
		if _, err := s.Append(t.Context(), fact()); err != nil {
			t.Fatal(err)
		}
		if err := s.Ahead(t.Context(), fact()); err != nil {
			t.Fatal(err)
		}
	}
	names := s.copyNames(t)
	if len(names) != keepImports+1 || names[0] != "lull-2026-11-22.db" {
		t.Errorf("there are %v", names)
	}
}

func TestWithoutACopyAnImportIsRefused(t *testing.T) {
	s, _, fact := imported(t)
	for range 2 {
		if _, err := s.Append(t.Context(), fact()); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(s.path(backupsName)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path(backupsName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Ahead(t.Context(), fact()); err == nil || !strings.Contains(err.Error(), "before the import") {
		t.Errorf("it says %v", err)
	}
}
