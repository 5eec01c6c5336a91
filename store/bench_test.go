package store

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// benchDirs are the folders that decades has built, by years.
var benchDirs = map[int]string{}

// decades builds, once, a folder with so many years of ten facts a night in a
// segment a month, and returns a store on it. The database is made by the
// store itself, from the journal.
func decades(b *testing.B, years int) *Store {
	b.Helper()
	last := journaltest.Evening.AddDate(years, 0, 0)
	options := Options{Clock: func() time.Time { return last }}
	if dir, built := benchDirs[years]; built {
		return New(dir, options)
	}
	dir, err := os.MkdirTemp("", "lull-bench")
	if err != nil {
		b.Fatal(err)
	}
	benchDirs[years] = dir
	s := New(dir, options)
	lines := writeYears(b, s, years)
	start := time.Now()
	if _, err := s.History(ctx); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(s.path(dbName))
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d years: %d facts, %d MiB, rebuilt in %v", years, lines, info.Size()>>20, time.Since(start).Round(time.Millisecond))
	return s
}

// writeYears writes the segments and returns the number of their lines.
func writeYears(b *testing.B, s *Store, years int) (lines uint64) {
	b.Helper()
	device, err := s.device()
	if err != nil {
		b.Fatal(err)
	}
	var mint journal.Mint
	months := map[string][]byte{}
	for day := range years * 365 {
		at := journaltest.Evening.AddDate(0, 0, day)
		name := device + "/" + at.Format("200601") + "-00000000.jsonl"
		for i := range 10 {
			e := journal.New(&mint, journal.DefaultCalendar, at.Add(time.Duration(i)*time.Minute), at.Add(time.Duration(i)*time.Hour), tenFacts(i, day))
			json, err := journal.Encode(e)
			if err != nil {
				b.Fatal(err)
			}
			lines++
			months[name] = line{seq: lines, json: json}.appendTo(months[name])
		}
	}
	for name, text := range months {
		if err := s.extend(segment{name: name}, text, false); err != nil {
			b.Fatal(err)
		}
	}
	return lines
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
			if _, err := s.Append(ctx, journaltest.NewMaker(b, uint64(years)).At(0, journal.Quiet{})); err != nil {
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
			if _, err := s.Append(ctx, e); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkHistory(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		b.ReportAllocs()
		for range b.N {
			if _, err := s.History(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkSinceAMonth(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		last := journal.DefaultCalendar.Night(s.opts.Clock())
		for range b.N {
			if _, err := s.Since(ctx, last-30); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkLiveMonth(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		last := journal.DefaultCalendar.Night(s.opts.Clock())
		for range b.N {
			if _, err := s.Live(ctx, last-30, last); err != nil {
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
			if err := s.Keep(ctx, "n", fmt.Append(nil, b.Elapsed())); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkBackUp(b *testing.B) {
	for _, plain := range []bool{false, true} {
		b.Run(fmt.Sprint("plain ", plain), func(b *testing.B) {
			benchYears(b, func(b *testing.B, s *Store) {
				file := filepath.Join(b.TempDir(), "x")
				for range b.N {
					if _, err := s.BackUp(ctx, file, CopyOptions{Plain: plain, Replace: true}); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		for range b.N {
			if r, err := s.Check(ctx); err != nil || !r.Sound() {
				b.Fatal(r, err)
			}
		}
	})
}

func BenchmarkRepair(b *testing.B) {
	benchYears(b, func(b *testing.B, s *Store) {
		for range b.N {
			if err := os.WriteFile(s.path(dbName), []byte("garbage"), 0o600); err != nil {
				b.Fatal(err)
			}
			if done, err := s.Repair(ctx); err != nil || !done.Needed {
				b.Fatal(done, err)
			}
		}
	})
}

func BenchmarkDrop(b *testing.B) {
	s := New(filepath.Join(b.TempDir(), "lull"), Options{Clock: fixedClock})
	m := journaltest.NewMaker(b, 1)
	for range b.N {
		if _, err := s.Drop(m.At(0, journal.Quiet{})); err != nil {
			b.Fatal(err)
		}
	}
}
