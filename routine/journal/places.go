package journal

import "lull/routine/say"

// PlaceWords say where a cramp was: left calf, both feet, thigh. What is not
// known is left out; a muscle that is none of Muscles is said as it is written.
func PlaceWords(side, muscle string) string {
	switch {
	case side == "":
		return say.Name(muscle)
	case muscle == "":
		return say.Name(side)
	}
	whole := side + " " + muscle
	if said := say.Name(whole); said != whole {
		return said
	}
	return say.Name(side) + " " + say.Name(muscle)
}

// The words of places, whole, since in other languages the side agrees with the
// muscle.
const (
	_ say.Key = "left"
	_ say.Key = "right"
	_ say.Key = "both"
	_ say.Key = "calf"
	_ say.Key = "foot"
	_ say.Key = "hamstring"
	_ say.Key = "quadriceps"
	_ say.Key = "inner"
	_ say.Key = "other"
	_ say.Key = "left calf"
	_ say.Key = "left foot"
	_ say.Key = "left hamstring"
	_ say.Key = "left quadriceps"
	_ say.Key = "left inner"
	_ say.Key = "left other"
	_ say.Key = "right calf"
	_ say.Key = "right foot"
	_ say.Key = "right hamstring"
	_ say.Key = "right quadriceps"
	_ say.Key = "right inner"
	_ say.Key = "right other"
	_ say.Key = "both calf"
	_ say.Key = "both foot"
	_ say.Key = "both hamstring"
	_ say.Key = "both quadriceps"
	_ say.Key = "both inner"
	_ say.Key = "both other"
)
