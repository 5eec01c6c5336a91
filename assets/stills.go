package assets

import "embed"

// Stills are the still drawings of the positions, stills/*.txt: a header of
// "key: value" lines, a blank line, the large drawing, a line of three dashes,
// the small one.
//
//go:embed stills/*.txt
var Stills embed.FS
