package figure

import (
	"image/color"

	"lull/ui/theme"
)

// ink is what a pixel of the picture is painted with. The colours of the far
// side stand right behind those of the near one.
type ink uint8

const (
	ground ink = iota
	floor
	skin
	farSkin
	shirt
	farShirt
	trousers
	farTrousers
	hair
	farHair
	prop
	farProp
	strap
	farStrap
	glow
	sheet     // of a bed
	inks  int = iota
)

const far = farSkin - skin

// paints are the theme's colours by ink. glowing is how bright the worked muscle
// is, from 0 to 1, or below 0 when it is not lit.
func paints(th theme.Theme, glowing float64) [inks]color.Color {
	f := th.Figure
	p := [inks]color.Color{
		ground: th.Ground, floor: f.Prop.Far,
		skin: f.Skin.Near, farSkin: f.Skin.Far,
		shirt: f.Shirt.Near, farShirt: f.Shirt.Far,
		trousers: f.Trousers.Near, farTrousers: f.Trousers.Far,
		hair: f.Trousers.Far, farHair: f.Trousers.Far,
		prop: f.Prop.Near, farProp: f.Prop.Far,
		strap: f.Strap.Near, farStrap: f.Strap.Far,
		glow: f.Muscle.Near, sheet: f.Prop.Near,
	}
	if glowing < 0.5 {
		p[glow] = f.Muscle.Far
	}
	return p
}
