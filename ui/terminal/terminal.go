// Package terminal knows what lull changes in a terminal and how all of it is
// put back, also when lull itself has no say any more.
package terminal

import "github.com/charmbracelet/x/ansi"

// Enter is what goes out before the first cell: the title is put aside. The
// alternate screen and the background are the painter's.
const Enter = "\x1b[22;2t"

// Leave follows the renderer's own way out: the title that was put aside.
const Leave = "\x1b[23;2t"

// Restore undoes everything that lull may have set, wherever it was cut off: it
// is harmless in a terminal in which nothing is to be undone. What belongs to
// the alternate screen goes out while that is still up. The cursor is saved
// first, because leaving a screen that is not up would move it.
const Restore = ansi.ResetModeSynchronizedOutput +
	ansi.ResetModifyOtherKeys + "\x1b[<1u" +
	ansi.ResetModeMouseNormal + ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
	ansi.ResetModeFocusEvent + ansi.ResetModeBracketedPaste + ansi.ResetModeUnicodeCore +
	ansi.ResetStyle + ansi.SaveCursor + ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable +
	ansi.ResetBackgroundColor + Leave
