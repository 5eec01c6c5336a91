package remind

import (
	"fmt"
	"strings"
)

// AgentLabel is what launchd calls a kind's agent.
func AgentLabel(k Kind) string { return "lull.remind." + string(k) }

// Launchd is the property list of a launchd agent.
func Launchd(k Kind, alarms []Alarm, c Command) File {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	b.WriteString(`<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">` + "\n")
	b.WriteString("<!-- Written by lull remind install; lull remind remove takes it away. -->\n")
	fmt.Fprintf(&b, "<plist version=\"1.0\">\n<dict>\n  <key>Label</key>\n  <string>%s</string>\n", AgentLabel(k))
	b.WriteString("  <key>ProgramArguments</key>\n  <array>\n")
	for _, word := range append([]string{c.Program}, c.Args(k)...) {
		fmt.Fprintf(&b, "    <string>%s</string>\n", escaped(word))
	}
	b.WriteString("  </array>\n")
	if len(c.Env) > 0 {
		b.WriteString("  <key>EnvironmentVariables</key>\n  <dict>\n")
		for _, v := range c.Env {
			fmt.Fprintf(&b, "    <key>%s</key>\n    <string>%s</string>\n", escaped(v.Name), escaped(v.Value))
		}
		b.WriteString("  </dict>\n")
	}
	b.WriteString("  <key>StartCalendarInterval</key>\n  <array>\n")
	for _, s := range slots(alarms, k) {
		for _, moment := range s.intervals() {
			fmt.Fprintf(&b, "    <dict>%s</dict>\n", moment)
		}
	}
	b.WriteString("  </array>\n  <key>ProcessType</key>\n  <string>Background</string>\n</dict>\n</plist>\n")
	return File{AgentLabel(k) + ".plist", b.String()}
}

// intervals are the moments of a slot, each on its own: launchd knows no lists.
// It counts the days of the week from Sunday, which is 0.
func (s slot) intervals() []string {
	days := []string{""}
	if len(s.days) > 0 {
		days = nil
		for _, d := range s.days {
			days = append(days, fmt.Sprintf("<key>Weekday</key><integer>%d</integer>", int(d)))
		}
	}
	var all []string
	for _, day := range days {
		for _, hour := range s.hours {
			for _, minute := range s.minutes {
				all = append(all, fmt.Sprintf("%s<key>Hour</key><integer>%d</integer><key>Minute</key><integer>%d</integer>", day, hour, minute))
			}
		}
	}
	return all
}

// xmlText is text between the tags of XML.
var xmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func escaped(s string) string { return xmlText.Replace(s) }
