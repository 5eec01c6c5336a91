package strict

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lull/routine/say"
)

// take makes a rule for one value: read returns what is wrong with it, or
// nothing once it is taken; allowed is asked for only when something is wrong.
func take(allowed func() string, read func(value) string) Rule {
	return func(k Key) Errors {
		if problem := read(k.value); problem != "" {
			return k.Wrong(problem, allowed())
		}
		return nil
	}
}

// Bool takes true or false.
func Bool(dst *bool) Rule {
	return take(
		func() string { return say.Text("write true or false, without quotes") },
		func(v value) string {
			if v.kind != isTruth {
				return say.Text("neither true nor false")
			}
			*dst = v.text == "true"
			return ""
		})
}

// Int takes a whole number from low to high.
func Int(dst *int, low, high int) Rule {
	return take(
		func() string { return say.Text("write a number from %d to %d, without quotes", low, high) },
		func(v value) string {
			n, err := strconv.Atoi(v.text)
			switch {
			case v.kind != isNumber || err != nil:
				return say.Text("not a whole number")
			case n < low:
				return say.Text("too small")
			case n > high:
				return say.Text("too large")
			}
			*dst = n
			return ""
		})
}

// Number takes a number from low to high, with or without a fraction.
func Number(dst *float64, low, high float64) Rule {
	return take(
		func() string { return say.Text("write a number from %g to %g, without quotes", low, high) },
		func(v value) string { return v.number(dst, low, high) })
}

func (v value) number(dst *float64, low, high float64) string {
	n, err := strconv.ParseFloat(v.text, 64)
	switch {
	case v.kind != isNumber || err != nil || n != n:
		return say.Text("not a number")
	case n < low:
		return say.Text("too small")
	case n > high:
		return say.Text("too large")
	}
	*dst = n
	return ""
}

// Numbers takes a list of least to most numbers, each from low to high; the
// same number may stand in it twice.
func Numbers(dst *[]float64, least, most int, low, high float64) Rule {
	allowed := func() string {
		return say.Text("write %s numbers from %g to %g, as in [%s]", span(least, most), low, high, strings.Repeat("0, ", most-1)+"0")
	}
	return func(k Key) Errors {
		if n := len(k.value.items); k.value.kind != isList || n < least || n > most {
			return k.Wrong(say.Text("not a list of so many numbers"), allowed())
		}
		all := make([]float64, len(k.value.items))
		for i, v := range k.value.items {
			if problem := v.number(&all[i], low, high); problem != "" {
				at := k
				at.value = v
				return at.Wrong(problem, allowed())
			}
		}
		*dst = all
		return nil
	}
}

func span(least, most int) string {
	if least == most {
		return strconv.Itoa(least)
	}
	return say.Text("%d to %d", least, most)
}

// Text takes one line of low to high characters.
func Text(dst *string, low, high int) Rule {
	return take(
		func() string { return say.Text("write %d to %d characters in quotes", low, high) },
		func(v value) string { return v.oneLine(dst, low, high) })
}

// Words is Text for what a person is shown: once it is taken it is in the
// language of the person, where it is one of lull's own.
func Words(dst *string, low, high int) Rule {
	return Text(dst, low, high).And(func() (problem, allowed string) {
		*dst = say.Name(*dst)
		return "", ""
	})
}

// Passage is Texts for the lines of one text that a person is shown. A catalogue
// holds them as one, and may break it into other lines.
func Passage(dst *[]string, most, low, high int) Rule {
	return Texts(dst, most, low, high).And(func() (problem, allowed string) {
		*dst = strings.Split(say.Name(strings.Join(*dst, "\n")), "\n")
		return "", ""
	})
}

// oneLine reads a text of one line.
func (v value) oneLine(dst *string, low, high int) string {
	n := utf8.RuneCountInString(v.text)
	switch {
	case v.kind != isText:
		return say.Text("not a text in quotes")
	case !Visible(v.text):
		return say.Text("not on one line, or it holds a tab")
	case n < low || strings.TrimSpace(v.text) == "" && low > 0:
		return say.Text("too short")
	case n > high:
		return say.Text("too long by %d", n-high)
	}
	*dst = v.text
	return ""
}

// Texts takes a list of at most items texts of one line each, each of low to
// high characters.
func Texts(dst *[]string, items, low, high int) Rule {
	allowed := func() string {
		return say.Text(`write at most %d texts of %d to %d characters, as in ["one", "two"]`, items, low, high)
	}
	return list(dst, items, allowed, func(v value, s *string) string { return v.oneLine(s, low, high) })
}

// OneOf takes one of the words allowed.
func OneOf[T ~string](dst *T, allowed ...T) Rule {
	return func(k Key) Errors {
		if problem := word(k.value, dst, allowed); problem != "" {
			return k.Wrong(problem, Instead(k.value.text, plain(allowed)))
		}
		return nil
	}
}

// Some takes a list of words, each one of those allowed and none twice.
func Some[T ~string](dst *[]T, allowed ...T) Rule {
	hint := func() string { return say.Text("write a list of %s", strings.Join(plain(allowed), ", ")) }
	return list(dst, len(allowed), hint, func(v value, w *T) string { return word(v, w, allowed) })
}

func word[T ~string](v value, dst *T, allowed []T) string {
	switch {
	case v.kind != isText:
		return say.Text("not a word in quotes")
	case !slices.Contains(allowed, T(v.text)):
		return say.Text("not known here")
	}
	*dst = T(v.text)
	return ""
}

func plain[T ~string](words []T) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return out
}

// list takes a list of at most limit different things, each read by one.
func list[T comparable](dst *[]T, limit int, allowed func() string, one func(value, *T) string) Rule {
	return func(k Key) Errors {
		switch {
		case k.value.kind != isList:
			return k.Wrong(say.Text("not a list"), allowed())
		case len(k.value.items) > limit:
			return k.Wrong(say.Text("too many"), allowed())
		}
		all := []T{}
		for _, v := range k.value.items {
			var item T
			problem := one(v, &item)
			if problem == "" && slices.Contains(all, item) {
				problem = say.Text("there twice")
			}
			if problem != "" {
				at := k
				at.value = v
				return at.Wrong(problem, allowed())
			}
			all = append(all, item)
		}
		*dst = all
		return nil
	}
}

// Duration takes a length of time such as "30s" or "1m30s".
func Duration(dst *time.Duration, low, high time.Duration) Rule {
	allowed := func() string {
		units := say.Text("s or m")
		if high >= time.Hour {
			units = say.Text("s, m or h")
		}
		return say.Text("write a number and %s, from %s to %s", units, Length(low), Length(high))
	}
	return take(allowed, func(v value) string {
		d, ok := parseLength(v.text)
		switch {
		case v.kind != isText:
			return say.Text("not a length of time in quotes")
		case !ok:
			return say.Text("not a length of time")
		case d < low:
			return say.Text("too short")
		case d > high:
			return say.Text("too long")
		}
		*dst = d
		return ""
	})
}

// Length writes d, in whole seconds, as Duration reads it: 1m30s.
func Length(d time.Duration) string {
	left, out := d.Round(time.Second), ""
	for _, u := range units {
		if n := left / u.size; n > 0 {
			out += fmt.Sprintf("%d%c", n, u.letter)
			left -= n * u.size
		}
	}
	if out == "" {
		return "0s"
	}
	return out
}

var units = []struct {
	letter byte
	size   time.Duration
}{{'h', time.Hour}, {'m', time.Minute}, {'s', time.Second}}

// parseLength reads whole hours, minutes and seconds, each at most once and in
// this order, each a number of at most four digits.
func parseLength(s string) (time.Duration, bool) {
	var total time.Duration
	rest := s
	for _, u := range units {
		digits, after, found := strings.Cut(rest, string(u.letter))
		if !found {
			continue
		}
		n, ok := fourDigits(digits)
		if !ok {
			return 0, false
		}
		total += time.Duration(n) * u.size
		rest = after
	}
	return total, s != "" && rest == ""
}

func fourDigits(s string) (int, bool) {
	if len(s) == 0 || len(s) > 4 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// Clock takes a time of day such as "21:30", from low to high after midnight.
// It may stand without quotes.
func Clock(dst *time.Duration, low, high time.Duration) Rule {
	return take(
		func() string { return say.Text("write hours and minutes, from %s to %s", clock(low), clock(high)) },
		func(v value) string {
			hours, minutes, _ := strings.Cut(v.text, ":")
			h, okH := fourDigits(hours)
			m, okM := fourDigits(minutes)
			d := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
			switch {
			case !okH || !okM || len(hours) > 2 || len(minutes) != 2 || m > 59:
				return say.Text("not a time of day")
			case d < low:
				return say.Text("too early")
			case d > high:
				return say.Text("too late")
			}
			*dst = d
			return ""
		})
}

func clock(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", d/time.Hour, d/time.Minute%60)
}
