package remind

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
)

// TaskName is the name of a kind's task in the Windows Task Scheduler.
func TaskName(k Kind) string { return "lull-" + string(k) }

const taskHead = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>%s. Written by lull remind install; lull remind remove takes it away.</Description>
  </RegistrationInfo>
  <Triggers>
`

const taskTail = `  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>false</StartWhenAvailable>
    <ExecutionTimeLimit>PT1M</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>%s</Command>
      <Arguments>%s</Arguments>
    </Exec>
  </Actions>
</Task>
`

// longAgo is a day from which the triggers hold; which one means nothing.
const longAgo = "2020-01-01"

// Task is the definition of a Windows task. It is to be stored as UTF-16, as
// UTF16 makes it.
func Task(k Kind, alarms []Alarm, c Command) File {
	var b strings.Builder
	fmt.Fprintf(&b, taskHead, escaped(titles[k]))
	for _, a := range Of(alarms, k) {
		fmt.Fprintf(&b, "    <CalendarTrigger>\n      <Repetition>\n        <Interval>%s</Interval>\n        <Duration>%s</Duration>\n      </Repetition>\n",
			isoLength(a.Step), isoLength(a.For+a.Step/2))
		fmt.Fprintf(&b, "      <StartBoundary>%sT%s:00</StartBoundary>\n      <Enabled>true</Enabled>\n%s    </CalendarTrigger>\n",
			longAgo, ClockText(a.At), a.schedule())
	}
	program, args := c.hidden(k)
	fmt.Fprintf(&b, taskTail, escaped(program), escaped(args))
	return File{TaskName(k), b.String()}
}

func (a Alarm) schedule() string {
	if len(a.Days) == 0 {
		return "      <ScheduleByDay>\n        <DaysInterval>1</DaysInterval>\n      </ScheduleByDay>\n"
	}
	var days strings.Builder
	for _, d := range a.Days {
		fmt.Fprintf(&days, "<%s/>", d)
	}
	return "      <ScheduleByWeek>\n        <DaysOfWeek>" + days.String() + "</DaysOfWeek>\n        <WeeksInterval>1</WeeksInterval>\n      </ScheduleByWeek>\n"
}

// isoLength is a length as ISO 8601 writes it: PT2H5M.
func isoLength(d time.Duration) string {
	text := "PT"
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{time.Hour, "H"}, {time.Minute, "M"}, {time.Second, "S"}} {
		if n := d / unit.length; n > 0 {
			text += fmt.Sprintf("%d%s", n, unit.name)
			d %= unit.length
		}
	}
	return text
}

// hidden is the command line of a program whose window is not seen: a task that
// runs a program of the console would else open one over what is on the screen.
// A task carries no environment, so where there is one a shell sets it.
func (c Command) hidden(k Kind) (program, args string) {
	args = "--headless " + windowsWord(c.Program) + " " + strings.Join(c.Args(k), " ")
	if len(c.Env) > 0 {
		var script strings.Builder
		for _, v := range c.Env {
			fmt.Fprintf(&script, "$env:%s = %s; ", v.Name, powershellWord(v.Value))
		}
		fmt.Fprintf(&script, "& %s %s", powershellWord(c.Program), strings.Join(c.Args(k), " "))
		args = "--headless powershell.exe -NoProfile -NonInteractive -Command " + windowsWord(script.String())
	}
	return `%SystemRoot%\System32\conhost.exe`, args
}

// windowsWord is one argument of a Windows command line. A path holds no quote;
// backslashes before the closing one are doubled.
func windowsWord(word string) string {
	end := len(word) - len(strings.TrimRight(word, `\`))
	return `"` + strings.ReplaceAll(word, `"`, `\"`) + strings.Repeat(`\`, end) + `"`
}

// powershellWord is text in which PowerShell replaces nothing. It takes the
// quotes of books for those of a program, too.
func powershellWord(word string) string {
	return "'" + strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛").Replace(word) + "'"
}

// UTF16 is text as Windows stores it, with its mark in front.
func UTF16(text string) []byte {
	out := binary.LittleEndian.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}
