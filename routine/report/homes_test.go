package report_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"lull/assets"
	"lull/routine"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/report"
	"lull/routine/review"
)

const tonight = journal.Date(20779) // Sunday 22 November 2026

func TestTheNightOfTheHomesIsTheOneTheyAreBuiltAround(t *testing.T) {
	if got := journal.DefaultCalendar.Night(journaltest.Evening); got != tonight {
		t.Fatalf("it is %v, not %v", got, tonight)
	}
}

// hostile are texts that mean something to a browser, a terminal or a page of
// paper.
var hostile = []string{
	`<script>document.body.innerHTML="gone"</script>`, `"><img src=http://127.0.0.1:9/leak onerror=alert(1)>`,
	`</title></style></svg><h1>other`, `' onload='alert(1)`, `&lt;b&gt; &amp; &#x3c;script&#x3e;`, `<!-- ]]> <![CDATA[`,
	"\u202e\u2066right to left \u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627", "\x1b[2J\x1b]52;c;eA==\x07\x00\x7f\u009b2J", "\u2028two\u2029lines\r\nand more",
	"e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\xff\xfe not utf-8 \xc3", "\ufffe\ufeff\u200b\u00ad",
	"\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57",
	strings.Repeat("W", 80), strings.Repeat("\u2630", 80), "javascript:alert(1)", "url(http://127.0.0.1:9/x) expression(1)",
}

// home is a made journal and the nights a page of it is about.
type home struct {
	t        testing.TB
	mem      journaltest.Mem
	maker    *journaltest.Maker
	from, to journal.Date
	name     string
}

func newHome(t testing.TB, nights int) *home {
	return &home{t: t, maker: journaltest.NewMaker(t, uint64(nights)), from: tonight - journal.Date(nights), to: tonight - 1}
}

// add records facts of a night, at so many hours after its half past ten.
func (h *home) add(night journal.Date, hours float64, facts ...journal.Fact) {
	for _, f := range facts {
		e := h.maker.At(24*float64(night-tonight)+hours, f)
		if _, err := h.mem.Append(context.Background(), e); err != nil {
			h.t.Fatalf("record %+v: %v", f, err)
		}
	}
}

func (h *home) source() report.Source {
	h.t.Helper()
	history, err := h.mem.History(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	facts, err := h.mem.Live(context.Background(), math.MinInt32, math.MaxInt32)
	if err != nil {
		h.t.Fatal(err)
	}
	s := report.Source{
		Name: h.name, Made: tonight, From: h.from, To: h.to, Book: review.New(history), Facts: facts,
		Muscles: func(string) []string { return []string{"calf", "hamstring"} },
		Sign:    signWords(h.t),
	}
	for _, e := range facts {
		if m, ok := e.Fact.(journal.Medicine); ok {
			s.Medicines = append(s.Medicines, m)
		}
	}
	return s
}

// signWords are the words of the signs as they are shipped.
func signWords(t testing.TB) func(string) string {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	safety, err := lib.Safety()
	if err != nil {
		t.Fatal(err)
	}
	return func(id string) string {
		sign, _ := safety.Sign(id)
		return strings.Join(sign.Text, " ")
	}
}

func (h *home) page() report.Page { return report.New(h.source()) }

// live adds nights as somebody may live them, the same for the same seed.
func (h *home) live(seed uint64) *home {
	r := rand.New(rand.NewPCG(seed, seed))
	for night := h.from; night <= h.to; night++ {
		if r.IntN(10) < 7 {
			h.add(night, 0, journaltest.Session("trial", []journal.Outcome{journal.Complete, journal.Partial}[r.IntN(5)/4], 60+r.IntN(60)))
		}
		switch n := r.IntN(10); {
		case n < 3: // nobody answers
		case n < 6:
			h.add(night, 9, journal.Quiet{})
		default:
			for range 1 + r.IntN(3) {
				h.add(night, 1+6*r.Float64(), cramp(r))
			}
		}
		if r.IntN(6) == 0 {
			h.add(night, 1, journal.Marked{Mark: []string{"alcohol", "hard-exercise", "short-sleep", "long-standing"}[r.IntN(4)]})
		}
	}
	return h
}

func cramp(r *rand.Rand) journal.Cramped {
	lasted, pain, awake := 40+r.IntN(400), 2+r.IntN(7), 5*r.IntN(9)
	c := journal.Cramped{
		Side: journal.CrampSides[r.IntN(12)/5], Muscle: []string{"calf", "foot", "hamstring"}[r.IntN(8)/3],
		LastedS: &lasted, Pain: &pain,
	}
	if r.IntN(2) == 0 {
		c.AwakeMin, c.Helped = &awake, []string{journal.Helps[r.IntN(3)]}
	}
	return c
}

func (h *home) take(name string, from journal.Date, to *journal.Date) *home {
	h.add(tonight-1, 1, journal.Medicine{Name: name, From: from, To: to})
	return h
}

// homes are the journals that a page must stand up to.
var homes = map[string]func(testing.TB) *home{
	"empty": func(t testing.TB) *home { return newHome(t, 1) },
	"one night": func(t testing.TB) *home {
		h := newHome(t, 1)
		h.add(h.from, 4.5, journaltest.Cramp(6))
		return h
	},
	"six weeks": func(t testing.TB) *home { return newHome(t, 42).live(6).take("amlodipine 5 mg", tonight-20, nil) },
	"a quarter": func(t testing.TB) *home {
		last := tonight - 30
		h := newHome(t, 91).live(13).take("amlodipine 5 mg", tonight-41, nil).take("water tablet", tonight-400, &last)
		h.name = "Anna Kowalska"
		return h
	},
	"large print, many medicines":  func(t testing.TB) *home { return fullest(t, "large", 28, func(h *home, n int) { full(h, n, 0, 0) }) },
	"middle print, many medicines": func(t testing.TB) *home { return fullest(t, "middle", 84, func(h *home, n int) { full(h, n, 0, 0) }) },
	"large print, many signs":      func(t testing.TB) *home { return fullest(t, "large", 3, oneByOne) },
	"middle print, many signs":     func(t testing.TB) *home { return fullest(t, "middle", 3, oneByOne) },
	"small print, all there is":    func(t testing.TB) *home { return full(newHome(t, 364).live(13), 9, 9, 9) },
	"a year":                       func(t testing.TB) *home { return newHome(t, 360).live(360).take("statin", tonight-90, nil) },
	"two years":                    func(t testing.TB) *home { return newHome(t, 730).live(2).take("statin", tonight-300, nil) },
	"hostile":                      hostileHome,
}

// fullest is the home with the most in it whose page is still in a print.
func fullest(t testing.TB, class string, nights int, fill func(h *home, n int)) *home {
	var last *home
	for n := range 10 {
		h := newHome(t, nights).live(3)
		fill(h, n)
		if strings.Contains(h.page().HTML(), `<body class="`+class+`">`) {
			last = h
		}
	}
	if last == nil {
		t.Fatalf("no page is in %s print", class)
	}
	return last
}

// oneByOne adds cramps that bring up one sign each.
func oneByOne(h *home, signs int) {
	long, worst, knot := 900, 10, false
	for i, c := range []journal.Cramped{
		{LastedS: &long}, {Signs: []string{"numb"}}, {Signs: []string{"red"}}, {Pain: &worst, Knot: &knot}, {Signs: []string{"bladder"}},
	} {
		if i < signs {
			h.add(tonight-1, float64(i-4), c)
		}
	}
}

// full adds medicines, marks and signs to a home.
func full(h *home, medicines, marks, signs int) *home {
	for i := range medicines {
		h.take(fmt.Sprintf("medicine number %d, 5 mg, a long name", i), tonight-journal.Date(9*i+3), nil)
	}
	for i := range marks {
		h.add(tonight-2, 1, journal.Marked{Mark: fmt.Sprintf("mark-of-my-own-number-%d", i)})
	}
	long, worst, knot := 900, 10, false
	for i := range signs {
		h.add(tonight-journal.Date(i+1), float64(2*i-8), journal.Cramped{
			Muscle: []string{"", "calf", "inner", "other", "quadriceps"}[i%5], LastedS: &long, Pain: &worst, Knot: &knot, SoreDays: &worst,
			Signs: []string{journal.CrampSigns[i%len(journal.CrampSigns)], "weak", "both-legs"}, Helped: []string{journal.Helps[i%7]},
		})
	}
	return h
}

func hostileHome(t testing.TB) *home {
	h := full(newHome(t, 364).live(7), 0, 0, 9)
	h.name = hostile[0] + strings.Repeat(hostile[4], 9)
	long, awake, worst, knot := 700, 300, 10, false
	for i, text := range hostile {
		night := tonight - 1 - journal.Date(i)
		note := []rune(strings.Repeat(text, 500))
		h.add(night, 1, journal.Marked{Mark: short(text)})
		h.add(night, 5, journal.Cramped{Side: "both", Muscle: journal.Muscles[i%6], Note: string(note[:500]), Helped: []string{short(text)},
			LastedS: &long, Pain: &worst, AwakeMin: &awake, Knot: &knot, SoreDays: &worst, AtLeast: true, Signs: journal.CrampSigns})
		last := night - journal.Date(i)
		h.take(fmt.Sprint(i)+short(text), night-20*journal.Date(i+1), []*journal.Date{nil, &last}[i%2])
	}
	return h
}

// short is a text as long as a name may be, with a number before it.
func short(s string) string {
	runes := []rune(s)
	return string(runes[:min(len(runes), 78)])
}
