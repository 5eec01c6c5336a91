// Package assets carries the files that lull is shipped with: the stretches,
// the routines made of them, the figures that show them, the safety questions
// and signs, the first aid for a cramp, the cards of the guide, and what all of it is in other
// languages. They are TOML and .po files, meant to be read and changed by people; the packages under routine read
// them.
package assets

import "embed"

// Files holds stretches/*.toml, routines/*.toml, figures/*.toml, relief/*.toml,
// guide/*.toml, words/*/*.po
// and safety.toml.
//
//go:embed stretches/*.toml routines/*.toml figures/*.toml relief/*.toml guide/*.toml words/*/*.po safety.toml
var Files embed.FS
