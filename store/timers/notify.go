package timers

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"time"

	"lull/routine/remind"
)

// polite is how long a desktop may take to show a notification. One that has
// none lets a program wait for it much longer.
const polite = 5 * time.Second

// Notify shows a notification on the desktop and says by what. The error says
// why there is none.
func (h *Host) Notify(ctx context.Context, title, text string) (string, error) {
	ctx, done := context.WithTimeout(ctx, polite)
	defer done()
	var problems []error
	for _, c := range h.notifiers(title, text) {
		if _, err := h.Run(ctx, c); err != nil {
			problems = append(problems, err)
			continue
		}
		return c.Name, nil
	}
	return "", errors.Join(problems...)
}

// notifiers are the programs that may do it, the best first. Each is given the
// words as words, never as a part of a program.
func (h *Host) notifiers(title, text string) []Call {
	switch h.OS {
	case "darwin":
		return []Call{{Name: "osascript", Args: []string{
			"-e", "on run argv", "-e", "display notification (item 2 of argv) with title (item 1 of argv)", "-e", "end run", title, text,
		}}}
	case "windows":
		return []Call{
			{Name: "powershell.exe", Args: []string{"-NoProfile", "-NonInteractive", "-EncodedCommand", encoded(toast)},
				Env: []string{"LULL_TITLE=" + title, "LULL_TEXT=" + text}},
			{Name: "msg.exe", Args: []string{"*", "/TIME:60", title + ": " + text}},
		}
	}
	// Most desktops read the text as markup.
	return []Call{{Name: "notify-send", Args: []string{"--app-name=lull", "--", title, html.EscapeString(text)}, Env: h.bus()}}
}

// bus is where a desktop listens, for a timer of cron's, which is not told.
func (h *Host) bus() []string {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return nil
	}
	socket := filepath.Join("/run/user", fmt.Sprint(h.User), "bus")
	if _, err := os.Stat(socket); err != nil {
		return nil
	}
	return []string{"DBUS_SESSION_BUS_ADDRESS=unix:path=" + socket}
}

// toast shows the words of two variables. Windows wants a sender that it knows:
// PowerShell itself is one.
const toast = `$ErrorActionPreference = 'Stop'
[void][Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$page = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$lines = $page.GetElementsByTagName('text')
[void]$lines.Item(0).AppendChild($page.CreateTextNode($env:LULL_TITLE))
[void]$lines.Item(1).AppendChild($page.CreateTextNode($env:LULL_TEXT))
$sender = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe'
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($sender).Show([Windows.UI.Notifications.ToastNotification]::new($page))
`

// encoded is a script as PowerShell takes it, without the mark in front.
func encoded(script string) string {
	return base64.StdEncoding.EncodeToString(remind.UTF16(script)[2:])
}
