package store

import (
	"os"
	"runtime"
	"testing"

	"lull/routine/journal"
)

// TestAFileThatIsReplacedUnderAChangeIsNotTrusted puts another file in the place
// of lull.db while a change to it is under way, as a program does that copies a
// folder back. The change is in the journal: it is not lost, and the file that
// came is looked at before it is read.
func TestAFileThatIsReplacedUnderAChangeIsNotTrusted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be replaced there")
	}
	for name, spoil := range map[string]func([]byte) []byte{
		"by nothing":        func([]byte) []byte { return nil },
		"by an older one":   func(b []byte) []byte { return b },
		"by a damaged one":  func(b []byte) []byte { return append(b[:len(b)/2:len(b)/2], make([]byte, len(b)-len(b)/2)...) },
		"by one with a bit": func(b []byte) []byte { b[len(b)/2+7] ^= 4; return b },
	} {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			facts := k.some(40)
			old := spoil(read(t, k.path(dbName)))
			facts = append(facts, k.some(2)...)
			k.testOnlyStep = func(at string) error {
				if at != "commit" {
					return nil
				}
				if old == nil {
					return os.Remove(k.path(dbName))
				}
				write(t, k.path("other"), old)
				return os.Rename(k.path("other"), k.path(dbName))
			}
			e := k.At(600, journal.Quiet{})
			n, err := k.Append(ctx, e)
			if err == nil && n != 1 {
				t.Errorf("%d were new", n)
			}
			k.testOnlyStep = nil
			if err != nil {
				mustFail(t, err, journal.ErrDamaged, "lull check --repair")
				k.repair()
			}
			k.mustHave(append(facts, e))
			k.again().mustHave(append(facts, e))
		})
	}
}
