package journaltest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"lull/routine/journal"
)

// Evening is the instant the made facts start from: a Sunday, 22:30 in Warsaw
// in winter.
var Evening = time.Date(2026, 11, 22, 22, 30, 0, 0, time.FixedZone("", 3600))

// Maker makes entries with ids that only depend on the order they are asked
// for.
type Maker struct {
	t    testing.TB
	mint journal.Mint
	now  time.Time
}

// NewMaker returns a maker; each seed has ids of its own. Its facts are all
// written the year after Evening, so that their instants are past.
func NewMaker(t testing.TB, seed uint64) *Maker {
	m := &Maker{t: t, now: Evening.AddDate(1, 0, 0)}
	m.mint.Rand = &source{state: seed}
	return m
}

// source is a fixed sequence of bytes (splitmix64).
type source struct{ state uint64 }

func (s *source) Read(b []byte) (int, error) {
	for i := range b {
		s.state += 0x9e3779b97f4a7c15
		z := s.state
		z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		b[i] = byte(z >> 56)
	}
	return len(b), nil
}

// At makes a fact that happened so many hours after Evening.
func (m *Maker) At(hours float64, f journal.Fact) journal.Entry {
	m.now = m.now.Add(time.Second)
	at := Evening.Add(time.Duration(hours * float64(time.Hour)))
	return journal.New(&m.mint, journal.DefaultCalendar, m.now, at, f)
}

// Revise makes the revision of a fact.
func (m *Maker) Revise(of journal.Entry, patch map[string]any) journal.Entry {
	m.t.Helper()
	m.now = m.now.Add(time.Second)
	e, err := journal.NewRevision(&m.mint, m.now, of, patch)
	if err != nil {
		m.t.Fatalf("make a revision: %v", err)
	}
	return e
}

// Withdraw makes the withdrawal of an entry.
func (m *Maker) Withdraw(of journal.Entry) journal.Entry {
	m.now = m.now.Add(time.Second)
	return journal.NewWithdrawal(&m.mint, m.now, of)
}

// Line makes an entry of a kind no lull knows, with a key no lull knows.
func (m *Maker) Line(kind string, hours float64) journal.Entry {
	m.t.Helper()
	return m.object(`"kind":"`+kind+`","beyond":{"b":2, "a":[1]}`, hours)
}

// object makes an entry of a line with these keys behind the others.
func (m *Maker) object(keys string, hours float64) journal.Entry {
	m.t.Helper()
	e := m.At(hours, journal.Quiet{})
	at, _ := json.Marshal(e.At.Format(time.RFC3339))
	e, err := journal.Decode(fmt.Appendf(nil,
		`{"lull":1,"id":"%s","at":%s,"night":"%s","day":"%s",%s}`,
		e.ID, at, e.Night, e.Day, keys), journal.DefaultCalendar)
	if err != nil {
		m.t.Fatalf("make a line: %v", err)
	}
	return e
}

// Cramp is a cramp of the left calf.
func Cramp(pain int) journal.Fact { return journal.Cramped{Side: "left", Muscle: "calf", Pain: &pain} }

// Drink is a glass of water with a number.
func Drink(glass int) journal.Fact {
	return journal.Ticked{List: journal.WaterList, Item: fmt.Sprintf("glass-%d", glass), ML: 250}
}

// Session is a session of one routine.
func Session(routine string, o journal.Outcome, heldS int) journal.Fact {
	return journal.Stretched{Routine: routine, Outcome: o, PlannedS: 120, HeldS: heldS,
		Moves: []journal.Move{{Stretch: "wall-calf", Side: "left", PlannedS: 120, HeldS: heldS}}}
}

// Pause sets so many nights aside.
func Pause(from journal.Date, nights int) journal.Fact {
	to := from + journal.Date(nights) - 1
	return journal.Paused{From: from, To: &to}
}
