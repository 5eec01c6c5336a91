package store

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// hasty is a store on the same folder that waits for nobody.
func (k *kit) hasty() *Store { return New(k.dir, Options{Clock: fixedClock, Wait: 1}) }

func TestWhatIsHeldNobodyElseCanHave(t *testing.T) {
	k := newKit(t)
	e := k.some(1)[0]
	next := k.At(1, journal.Quiet{})
	busy := func(want error) {
		t.Helper()
		if _, err := k.hasty().History(ctx); !errors.Is(err, want) {
			t.Errorf("somebody else is told %v, want %v", err, want)
		}
	}
	err := k.Hold(ctx, func(held journal.Log) error {
		busy(nil) // nothing was asked yet
		if _, err := held.History(ctx); err != nil {
			return err
		}
		busy(journal.ErrBusy)
		if n, err := held.Append(ctx, next); n != 1 || err != nil {
			t.Errorf("append: %d, %v", n, err)
		}
		busy(journal.ErrBusy)
		return held.Hold(ctx, func(held journal.Log) error {
			_, live, err := held.Find(ctx, e.ID)
			busy(journal.ErrBusy)
			if !live {
				t.Error("a fact is gone")
			}
			return err
		})
	})
	if err != nil {
		t.Error(err)
	}
	k.again().mustHave([]journal.Entry{e, next})
}

func TestHoldingAFolderThatIsNotThereCreatesNothing(t *testing.T) {
	k := openKit(t, filepath.Join(t.TempDir(), "a"))
	look := func(held journal.Log) error { _, err := held.History(ctx); return err }
	if err := k.Hold(ctx, look); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(k.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
	err := k.Hold(ctx, func(held journal.Log) error {
		_, err := held.Append(ctx, k.At(1, journal.Quiet{}))
		if _, busy := k.hasty().History(ctx); !errors.Is(busy, journal.ErrBusy) {
			t.Errorf("once something was written it is held, and somebody else is told %v", busy)
		}
		return errors.Join(err, look(held))
	})
	if err != nil {
		t.Error(err)
	}
}

// What the accesses of one holding remember must not outlive what it was about,
// such as a transaction that was not committed or a database that is another.
func TestWhatIsRememberedWhileHeldIsTrue(t *testing.T) {
	for name, between := range map[string]func(k *kit) error{
		"nothing more happened":      func(*kit) error { return nil },
		"the database is taken away": func(k *kit) error { return os.Remove(k.path(dbName)) },
		"the lock is taken away":     func(k *kit) error { return os.Remove(k.path(lockName)) },
		"facts are spoiled": func(k *kit) error {
			db := read(t, k.path(dbName))
			write(t, k.path(dbName), bytes.ReplaceAll(db, []byte(`"muscle":"calf"`), []byte(`"muscle":"calv"`)))
			return nil
		},
	} {
		k := newKit(t)
		there := k.some(3)
		late := k.At(1, journaltest.Drink(1))
		err := k.Hold(ctx, func(held journal.Log) error {
			s := held.(*Store)
			if _, err := held.Live(ctx, -1e6, 1e6); err != nil {
				return err
			}
			no := errors.New("no")
			s.testOnlyStep = func(at string) error {
				if at == "commit" {
					return no
				}
				return nil
			}
			if _, err := held.Append(ctx, late); !errors.Is(err, no) {
				t.Errorf("%s: append: %v", name, err)
			}
			s.testOnlyStep = nil
			if err := between(k); err != nil {
				return err
			}
			live, err := held.Live(ctx, -1e6, 1e6)
			if err != nil || len(live) != 4 {
				t.Errorf("%s: %d facts, %v", name, len(live), err)
			}
			h, err := held.History(ctx)
			if err != nil || len(h.Nights) == 0 || h.Nights[0].Water != 1 {
				t.Errorf("%s: %+v, %v", name, h.Nights, err)
			}
			return nil
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		k.mustHave(append(there, late))
	}
}

// A database that is made anew while the journal is held is made of what stands
// in the journal, not of what was remembered of the old one.
func TestADatabaseThatIsMadeAnewWhileHeldLacksNothing(t *testing.T) {
	k := newKit(t)
	there := k.some(3)
	late := k.At(1, journaltest.Drink(1))
	err := k.Hold(ctx, func(held journal.Log) error {
		if _, err := held.Live(ctx, -1e6, 1e6); err != nil {
			return err
		}
		if err := os.Remove(k.path(dbName)); err != nil {
			return err
		}
		_, err := held.Append(ctx, late)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	k.mustHave(append(there, late))
	if h, err := k.again().History(ctx); err != nil || len(h.Nights) != 2 || h.Nights[0].Cramps != 2 || h.Nights[0].Water != 1 {
		t.Errorf("the nights are %+v, %v", h.Nights, err)
	}
}

// Nothing of lull's puts another folder in place of one that is held; other
// programs may.
func TestWhatIsRememberedWhileHeldIsOfThatDatabase(t *testing.T) {
	k, other := newKit(t), newKit(t)
	here := k.some(2)
	other.broken, other.Maker = true, journaltest.NewMaker(t, 8)
	there := other.some(3)
	err := k.Hold(ctx, func(held journal.Log) error {
		if _, _, err := held.Find(ctx, here[0].ID); err != nil {
			return err
		}
		for _, name := range []string{dbName, journalName} {
			if err := os.RemoveAll(k.path(name)); err != nil {
				return err
			}
			if err := os.Rename(other.path(name), k.path(name)); err != nil {
				return err
			}
		}
		_, _, err := held.Find(ctx, here[0].ID)
		mustFail(t, err, journal.ErrNoFact)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	k.mustHave(there)
}

// Of a night only that is added up again which something happened to. What it was
// before is not trusted where it cannot be read.
func TestANightThatCannotBeReadIsAddedUpAnewByAWriteToIt(t *testing.T) {
	k := newKit(t)
	k.add(k.At(0, journaltest.Cramp(1)), k.At(0, journaltest.Drink(1)), k.At(1, journal.Marked{Mark: "alcohol"}))
	before, err := k.History(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n := before.Nights[0]
	db := read(t, k.path(dbName))
	whole := append(dateKey(n.Date), seal(dateKey(n.Date), encodeNight(n))...)
	wrong := bytes.Clone(whole)
	wrong[len(wrong)-1] ^= 1
	if !bytes.Contains(db, whole) {
		t.Fatal("the night is not in the file as it should be")
	}
	write(t, k.path(dbName), bytes.ReplaceAll(db, whole, wrong))
	id, _, _, err := observeDB(k)
	if err != nil {
		t.Fatal(err)
	}
	vouch(t, k, id) // so that nobody looks at it first
	k.add(k.At(2, journaltest.Cramp(2)))
	after, err := k.History(ctx)
	if n.Cramps++; err != nil || len(after.Nights) != 1 || after.Nights[0] != n {
		t.Errorf("the night is %+v, %v, want %+v", after.Nights, err, n)
	}
}

// mishaps are what may come between two accesses of one holding.
var mishaps = map[string]func(k *kit, r *rand.Rand){
	"nothing":                    func(*kit, *rand.Rand) {},
	"the database is taken away": func(k *kit, _ *rand.Rand) { _ = os.Remove(k.path(dbName)) },
	"the lock is taken away":     func(k *kit, _ *rand.Rand) { _ = os.Remove(k.path(lockName)) },
	"somebody gets in": func(k *kit, r *rand.Rand) {
		_ = os.Remove(k.path(lockName))
		_, _ = k.again().Append(ctx, k.At(float64(r.IntN(99)), journaltest.Cramp(r.IntN(11))))
	},
	"a page is spoiled": func(k *kit, r *rand.Rand) {
		if db, err := os.ReadFile(k.path(dbName)); err == nil && len(db) > 2*boltPage {
			db[2*boltPage+r.IntN(len(db)-2*boltPage)] ^= 1
			write(k.t, k.path(dbName), db)
		}
	},
	"a line is cut short": func(k *kit, _ *rand.Rand) {
		segments, _ := filepath.Glob(k.path(journalName) + "/*/*" + segmentSuffix)
		if f, err := os.OpenFile(segments[0], os.O_APPEND|os.O_WRONLY, 0); err == nil {
			_, _ = f.WriteString("01234567 5+ {")
			_ = f.Close()
		}
	},
}

// Whatever is done and whatever happens in a holding: what it leaves is what the
// facts add up to.
func TestWhateverHappensInAHoldingTheAnswersAreRight(t *testing.T) {
	names := slices.Sorted(maps.Keys(mishaps))
	for seed := range uint64(12) {
		k, r := newKit(t), rand.New(rand.NewPCG(seed, 1))
		k.chunk = 1 + r.IntN(6)
		k.some(1)
		web := append(journaltest.Web(k.Maker, 30, r.IntN), k.Line("dreamt", 3), k.Line("dreamt", 30))
		r.Shuffle(len(web), func(i, j int) { web[i], web[j] = web[j], web[i] })
		var told []string
		for part := range slices.Chunk(web, 3) {
			err := k.Hold(ctx, func(held journal.Log) error {
				s := held.(*Store)
				for range 3 {
					name := names[r.IntN(len(names))]
					told = append(told, name)
					mishaps[name](k, r)
					if err := s.muddle(r, part); errors.Is(err, journal.ErrDamaged) {
						return nil
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			k.answersAreRight(fmt.Sprint("seed ", seed, " ", told))
		}
	}
}

// muddle looks, writes, or fails to write some facts.
func (s *Store) muddle(r *rand.Rand, part []journal.Entry) error {
	switch r.IntN(5) {
	case 0:
		_, err := s.Live(ctx, -1e6, 1e6)
		return err
	case 1:
		return s.Decide(ctx, -1e6, 1e6, nil, func([]journal.Entry) ([]journal.Entry, error) { return part, nil })
	case 2:
		at := []string{"fold", "commit"}[r.IntN(2)]
		s.testOnlyStep = func(step string) error {
			if step == at {
				return errStop
			}
			return nil
		}
		defer func() { s.testOnlyStep = nil }()
	}
	_, err := s.Append(ctx, part...)
	return err
}

// answersAreRight compares with the same facts in memory, after a repair if one
// is needed.
func (k *kit) answersAreRight(what string) {
	k.t.Helper()
	all, err := k.again().Page(ctx, journal.ID{}, 1<<20)
	if errors.Is(err, journal.ErrDamaged) {
		if _, err := k.Repair(ctx); err != nil {
			k.t.Fatal(what, err)
		}
		all, err = k.again().Page(ctx, journal.ID{}, 1<<20)
	}
	if err != nil {
		k.t.Fatal(what, err)
	}
	var mem journaltest.Mem
	if _, err := mem.Append(ctx, all...); err != nil {
		k.t.Fatal(what, err)
	}
	got, _ := k.again().History(ctx)
	want, _ := mem.History(ctx)
	if !slices.Equal(got.Nights, want.Nights) {
		k.t.Fatalf("%s: the nights are\n%+v, not\n%+v", what, got.Nights, want.Nights)
	}
	journaltest.Same(k.t, k.again(), &mem)
}
