package screen

import tea "charm.land/bubbletea/v2"

// Notches is how far the wheel was turned: 1 down, -1 up, 0 sideways.
func Notches(msg tea.MouseWheelMsg) int {
	switch msg.Button {
	case tea.MouseWheelUp:
		return -1
	case tea.MouseWheelDown:
		return 1
	}
	return 0
}
