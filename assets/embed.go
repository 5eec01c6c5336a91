// Package assets carries the files that lull is shipped with: the stretches,
// the routines made of them, and the safety questions and signs. They are TOML,
// meant to be read and changed by people; package routine reads them.
package assets

import "embed"

// Files holds stretches/*.toml, routines/*.toml and safety.toml.
//
//go:embed stretches/*.toml routines/*.toml safety.toml
var Files embed.FS
