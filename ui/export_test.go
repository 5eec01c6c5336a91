package ui

import tea "charm.land/bubbletea/v2"

// Pulse is what comes once a second.
func Pulse() tea.Msg { return pulseMsg{} }
