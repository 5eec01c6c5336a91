package cli

import (
	"fmt"
	"strings"
	"testing"
)

// A file of the journal that is garbage from end to end is not told line by line.
func TestWhatIsLostIsToldInFewLines(t *testing.T) {
	var r Repaired
	for n := range 999 {
		r.Lost = append(r.Lost, fmt.Sprint("the fact ", n))
		r.Lines = append(r.Lines, fmt.Sprintf("line %d of it", n+1))
	}
	said := r.lost()
	if len(said) != 2*(mostLost+1) {
		t.Fatalf("%d lines are told", len(said))
	}
	for i, want := range map[int]string{
		mostLost: fmt.Sprintf("and %d facts more", 999-mostLost), len(said) - 1: fmt.Sprintf("and %d lines more that tell nothing", 999-mostLost),
	} {
		if !strings.Contains(said[i], want) {
			t.Errorf("line %d is %q, not %q", i, said[i], want)
		}
	}
}
