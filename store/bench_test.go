package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// decades builds, once, a folder with so many years of ten facts a night in a
// segment a month, and returns a store on it. The database is made by the
// store itself, from the journal.
var benchDirs []string

func decades(b *testing.B, years int) *Store {
	b.Helper()
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("lull-bench-%d", years))
	last := journaltest.Evening.AddDate(years, 0, 0)
	s := New(dir, Options{Clock: func() time.Time { return last }})
	if _, err := os.Stat(filepath.Join(dir, dbName)); err == nil {
		return s
	}
	if _, err := s.device(); err != nil {
		b.Fatal(err)
	}
	device, err := s.device()
	if err != nil {
		b.Fatal(err)
	}
	var mint journal.Mint
	seq, month, lines := uint64(0), "", []byte(nil)
	flush := func() {
		if len(lines) > 0 {
			if err := s.extend(segment{name: device + "/" + month + "-00000000.jsonl"}, lines, false); err != nil {
				b.Fatal(err)
			}
			lines = lines[:0]
		}
	}
	for day := range years * 365 {
		at := journaltest.Evening.AddDate(0, 0, day)
		if m := at.Format("200601"); m != month {
			flush()
			month = m
		}
		for i := range 10 {
			e := journal.New(&mint, journal.DefaultCalendar, at.Add(time.Duration(i)*time.Minute), at.Add(time.Duration(i)*time.Hour), tenFacts(i, day))
			json, err := journal.Encode(e)
			if err != nil {
				b.Fatal(err)
			}
			seq++
			lines = line{seq: seq, json: json}.appendTo(lines)
		}
	}
	flush()
	start := time.Now()
	if _, err := s.History(context.Background()); err != nil {
		b.Fatal(err)
	}
	info, _ := os.Stat(s.path(dbName))
	b.Logf("%d years: %d facts, %d MiB, rebuilt in %v", years, seq, info.Size()>>20, time.Since(start).Round(time.Millisecond))
	return s
}

func tenFacts(i, day int) journal.Fact {
	switch i {
	case 0:
		return journaltest.Session("trial", journal.Complete, 120)
	case 1:
		return journaltest.Cramp(day % 11)
	case 2:
		return journal.Marked{Mark: "alcohol"}
	}
	return journaltest.Drink(i)
}

func benchYears(b *testing.B, run func(*testing.B, *Store)) {
	for _, years := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("%d years", years), func(b *testing.B) {
			s := decades(b, years)
			if _, err := s.Append(context.Background(), journaltest.NewMaker(b, uint64(years)).At(0, journal.Quiet{})); err != nil {
				b.Fatal(err) // and today's backup is made
			}
			b.ResetTimer()
			run(b, s)
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		var mint journal.Mint
		for i := range b.N {
			now := s.opts.Clock()
			e := journal.New(&mint, journal.DefaultCalendar, now, now.AddDate(0, 0, -i%300), journaltest.Drink(i))
			if _, err := s.Append(context.Background(), e); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkHistory(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		b.ReportAllocs()
		for range b.N {
			if _, err := s.History(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkLiveMonth(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		last := journal.DefaultCalendar.Night(s.opts.Clock())
		for range b.N {
			if _, err := s.Live(context.Background(), last-30, last); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkStamp(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		for range b.N {
			if _, err := s.Stamp(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		f, err := os.Open(s.path(dbName))
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		for range b.N {
			if _, err := s.inspect(f, identity{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDailyBackup(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		for range b.N {
			if err := os.RemoveAll(s.path(backupsName)); err != nil {
				b.Fatal(err)
			}
			if err := s.Keep(context.Background(), "n", fmt.Append(nil, b.Elapsed())); err != nil {
				b.Fatal(err)
			}
		}
	})
}
