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

// One is not many.
func TestWhatIsWrongIsCountedInWords(t *testing.T) {
	one := Findings{Unreadable: 1, WrongNights: 1, Mislabelled: 1, BadLines: 1, Unjournalled: 1}
	two := Findings{Unreadable: 2, WrongNights: 2, Mislabelled: 2, BadLines: 2, Unjournalled: 2}
	for i, said := range one.damage() {
		if many := two.damage()[i]; !strings.HasPrefix(said, "1 ") || strings.Contains(said, "s are ") || strings.Contains(said, " do ") ||
			!strings.HasPrefix(many, "2 ") || !strings.Contains(many, "s are ") && !strings.Contains(many, " do ") {
			t.Errorf("%q and %q", said, many)
		}
	}
	if said := (Repaired{Lost: make([]string, mostLost+1)}).lost(); said[mostLost] != "and 1 fact more" {
		t.Errorf("one more than are told is %q", said[mostLost])
	}
}
