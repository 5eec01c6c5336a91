package theme

// Glyphs are the marks that say in shape what colour says too. Each is one
// cell wide however the terminal counts, without variation selectors.
type Glyphs struct {
	Done    string // ticked, kept
	Open    string // still to do
	Partial string
	Missed  string
	Paused  string
	Unknown string // nobody answered for it
	Future  string // not yet
	Quiet   string // no cramps, said so
	Cramp1  string
	Cramp2  string
	Cramp3  string // three or more

	Left, Right, Up, Down string
	Cursor                string // before the row under the cursor
	Bullet                string
	Alert                 string
	Moon                  string
	Ellipsis              string
	Dash                  string
	Solid                 string // a lit cell
	Shade                 string // an unlit cell where colour cannot say so
	Rule                  string
}

// Cramps is the mark for so many cramps in one night: none for zero, Cramp3
// for three and more.
func (g Glyphs) Cramps(n int) string {
	marks := [...]string{"", g.Cramp1, g.Cramp2, g.Cramp3}
	return marks[min(max(n, 0), len(marks)-1)]
}

var unicodeGlyphs = Glyphs{
	Done: "✓", Open: "○", Partial: "/", Missed: "·", Paused: "‖",
	Unknown: " ", Future: " ", Quiet: "°", Cramp1: "1", Cramp2: "2", Cramp3: "3",
	Left: "←", Right: "→", Up: "↑", Down: "↓",
	Cursor: "›", Bullet: "•", Alert: "!", Moon: "☾", Ellipsis: "…", Dash: "—",
	Solid: "█", Shade: "░", Rule: "─",
}

var asciiGlyphs = Glyphs{
	Done: "x", Open: "o", Partial: "/", Missed: ".", Paused: "=",
	Unknown: " ", Future: " ", Quiet: "0", Cramp1: "1", Cramp2: "2", Cramp3: "3",
	Left: "<", Right: ">", Up: "^", Down: "v",
	Cursor: ">", Bullet: "*", Alert: "!", Moon: "(", Ellipsis: "~", Dash: "-",
	Solid: "#", Shade: ".", Rule: "-",
}
