package remind

import (
	"fmt"
	"strings"
)

// UnitName is the name of a kind's units, without what says which of the two.
func UnitName(k Kind) string { return "lull-" + string(k) }

// Systemd is the text of a user timer and of the service that it starts.
func Systemd(k Kind, alarms []Alarm, c Command) []File {
	var timer, service strings.Builder
	fmt.Fprintf(&timer, "# Written by lull remind install; lull remind remove takes it away.\n[Unit]\nDescription=%s\n\n[Timer]\n", titles[k])
	for _, s := range slots(alarms, k) {
		fmt.Fprintf(&timer, "OnCalendar=%s\n", s.onCalendar())
	}
	timer.WriteString("AccuracySec=10s\n\n[Install]\nWantedBy=timers.target\n")

	fmt.Fprintf(&service, "# Written by lull remind install; lull remind remove takes it away.\n[Unit]\nDescription=%s\n\n[Service]\nType=oneshot\n", titles[k])
	for _, v := range c.Env {
		fmt.Fprintf(&service, "Environment=%s\n", unitWord(v.Name+"="+v.Value))
	}
	fmt.Fprintf(&service, "ExecStart=%s %s\nTimeoutStartSec=1min\n", unitProgram(c.Program), strings.Join(c.Args(k), " "))
	return []File{{UnitName(k) + ".timer", timer.String()}, {UnitName(k) + ".service", service.String()}}
}

func (s slot) onCalendar() string {
	var days []string
	for _, d := range s.days {
		days = append(days, d.String()[:3])
	}
	return fmt.Sprintf("%s%s:%s:00", strings.TrimLeft(strings.Join(days, ",")+" *-*-* ", " "), list(s.hours, "%02d"), list(s.minutes, "%02d"))
}

// unitWord is a word of a unit file, always in quotes. A per cent sign begins a
// specifier; a dollar sign means nothing in Environment=.
func unitWord(word string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `%`, `%%`).Replace(word) + `"`
}

// unitProgram is the program of ExecStart=. Systemd takes no quote, backslash or
// dollar sign in the name of one, so a shell, which is given the name as an
// argument, runs such a program. Of an argument two dollar signs make one.
func unitProgram(path string) string {
	if !strings.ContainsAny(path, `"'\$`) {
		return unitWord(path)
	}
	return `/bin/sh -c "exec \"$$0\" \"$$@\"" ` + strings.ReplaceAll(unitWord(path), "$", "$$")
}

// titles say in the system's own list of timers what each is. They stay English:
// what was installed is compared with what would be, whatever the language.
var titles = map[Kind]string{Stretch: "lull: a reminder to stretch", Water: "lull: a reminder to drink"}
