package remind

import (
	"fmt"
	"strings"
)

// The lines that lull's part of a crontab stands between.
const (
	cronBegin = "# lull remind: begin; lull remind remove takes this away"
	cronEnd   = "# lull remind: end"
)

// Crontab is lull's part of a crontab.
func Crontab(alarms []Alarm, c Command) string {
	lines := []string{cronBegin}
	for _, k := range Kinds {
		for _, s := range slots(alarms, k) {
			lines = append(lines, fmt.Sprintf("%s %s * * %s %s", list(s.minutes, "%d"), list(s.hours, "%d"), s.cronDays(), c.cron(k)))
		}
	}
	return strings.Join(append(lines, cronEnd), "\n") + "\n"
}

// cronDays are numbers, since not every cron knows lists of names; Sunday is 0.
func (s slot) cronDays() string {
	if len(s.days) == 0 {
		return "*"
	}
	var days []int
	for _, d := range s.days {
		days = append(days, int(d))
	}
	return list(days, "%d")
}

// cron is a command for the shell, in which cron itself reads a per cent sign as
// the end of a line unless a backslash stands before it.
func (c Command) cron(k Kind) string {
	var words []string
	for _, v := range c.Env {
		words = append(words, v.Name+"="+shellWord(v.Value))
	}
	words = append(append(words, shellWord(c.Program)), c.Args(k)...)
	return strings.ReplaceAll(strings.Join(words, " "), "%", `\%`)
}

func shellWord(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// WithCrontab is a crontab with lull's part in the place of an older one, or at
// the end; an empty part takes it away. Every other line stays as it was.
func WithCrontab(text, part string) string {
	before, after, found := cutCrontab(text)
	if !found && before != "" && part != "" && !strings.HasSuffix(before, "\n") {
		before += "\n"
	}
	return before + part + after
}

// CrontabPart is lull's part of a crontab, if it has one.
func CrontabPart(text string) (string, bool) {
	before, after, found := cutCrontab(text)
	return text[len(before) : len(text)-len(after)], found
}

// cutCrontab cuts lull's part out. A begin without an end takes in only what is
// surely lull's: the line itself.
func cutCrontab(text string) (before, after string, found bool) {
	from, to, offset := -1, -1, 0
	for line := range strings.Lines(text) {
		bare := strings.TrimRight(line, "\r\n")
		switch {
		case from < 0 && bare == cronBegin:
			from, to = offset, offset+len(line)
		case from >= 0 && bare == cronEnd:
			return text[:from], text[offset+len(line):], true
		}
		offset += len(line)
	}
	if from < 0 {
		return text, "", false
	}
	return text[:from], text[to:], true
}
