package routine

import "lull/routine/say"

// The words of areas, positions and equipment, as people are shown them. What a
// program reads and what is typed stays as it is.
const (
	_ = say.Key(Calf)
	_ = say.Key(Thigh)
	_ = say.Key(Foot)
	_ = say.Key(Calm)

	_ = say.Key(Standing)
	_ = say.Key(Seated)
	_ = say.Key(LongSitting)
	_ = say.Key(Supine)
	_ = say.Key(SideLying)
	_ = say.Key(Prone)
	_ = say.Key(AnyPosition)

	_ = say.Key(Wall)
	_ = say.Key(Towel)
	_ = say.Key(Chair)
	_ = say.Key(Stool)
	_ = say.Key(Ball)
)
