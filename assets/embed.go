// Package assets carries the files that lull is shipped with: the stretches,
// the routines made of them, the figures that show them, the safety questions
// and signs, the first aid for a cramp, and the cards of the guide. They are
// TOML, meant to be read and changed by people; the packages under routine read
// them.
package assets

import "embed"

// Files holds stretches/*.toml, routines/*.toml, figures/*.toml, relief/*.toml,
// guide/*.toml and safety.toml.
//
//go:embed stretches/*.toml routines/*.toml figures/*.toml relief/*.toml guide/*.toml safety.toml
var Files embed.FS
