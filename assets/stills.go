package assets

import "embed"

// Stills are the still drawings of the positions, stills/*.txt. Each file has a
// header of "key: value" lines, a blank line, the large drawing of at most 30 by
// 14 cells, a line of three dashes, and the small one of at most 16 by 7:
//
//	positions  what the drawing stands in for when no other fits better
//	stretches  whose drawing this is, muscle mark included
//	like       whose drawing this is, but for the muscle mark
//	alt        the drawing in words
//	plain      the position in words, where there are positions
//
// In a drawing @ is the worked muscle, ~ a strap or a breath, # and = are
// things; all else is the body.
//
//go:embed stills/*.txt
var Stills embed.FS
