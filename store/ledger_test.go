package store

import (
	"testing"

	"lull/routine/journal"
)

// What is seen of a line without reading it is what reading it gives: a fact that
// was passed over for one of another kind would be missing from its night for
// ever.
func FuzzKindAtSight(f *testing.F) {
	const head = `{"lull":1,"id":"01a202f0-1c20-7000-8000-000000000001","at":"2026-11-22T03:00:00+01:00","night":"2026-11-21","day":"2026-11-22",`
	for _, keys := range []string{
		`"kind":"quiet"}`,
		`"kind":"cramped","side":"left","note":"\"kind\":\"quiet\""}`,
		`"kind":"zz","beyond":{"kind":"quiet"}}`,
		`"beyond":{"kind":"ticked"},"k\u0069nd":"cramped"}`,
		`"kind":"ticked","Kind":"cramped","item":"covers","list":"bedtime"}`,
		"\"kind\":\"ticked\",\"\u212aIND\":\"cramped\",\"item\":\"covers\",\"list\":\"bedtime\"}",
		`"kind":"ticked","item":"x","list":"y","\u004bind":"quiet"}`,
		`"kind":"quiet","kind" : "cramped"}`,
		`"kind":"qui\u0065t"}`,
	} {
		f.Add([]byte(head + keys))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := journal.Decode(line, journal.DefaultCalendar)
		if err != nil {
			return
		}
		line, err = journal.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		if kind, sure := kindAtSight(line); sure && journal.Kind(kind) != e.Fact.Kind() {
			t.Fatalf("at sight it is %q, and read it is %q: %s", kind, e.Fact.Kind(), line)
		}
	})
}
