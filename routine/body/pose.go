package body

// Which names one of two legs or arms.
type Which int

// The worked leg is on the viewer's side, the other one behind it. Arms are
// named after the leg on their side.
const (
	Worked Which = iota
	Other
)

// out is the side a limb is on: 1 toward the viewer, -1 away.
func (w Which) out() float64 { return 1 - 2*float64(w) }

// own is a place or a direction given from the body's middle outward, on the
// limb's own side.
func (w Which) own(p Point) Point { return Point{p.X, p.Y, p.Z * w.out()} }

// Pose is how the body is held at one end of a movement. Angles are in
// degrees, as a physiotherapist gives them: flexion and dorsiflexion count up
// from 0 in standing.
type Pose struct {
	HipsAt Point   // the middle between the hip joints
	Trunk  float64 // tilt from upright, ahead is positive: -90 lies on the back
	Bow    float64 // how much further the upper trunk leans
	Head   float64 // and the head beyond that
	Legs   [2]Leg
	Arms   [2]Arm
	Breath float64 // how far the belly stands out
}

// Leg is how a leg is held: by a target, when AnkleAt or AnkleOn is given, or by
// angles. The Z of a target is counted outward from the leg's own plane, that of
// a direction outward.
type Leg struct {
	AnkleAt *Point  // where the ankle is, reached by bending the knee
	AnkleOn string  // the same, as a place on the body, such as "other.knee"
	Off     Point   // moves what AnkleOn names
	KneeTo  *Point  // where the knee bends to; ahead unless given
	Hip     float64 // flexion
	Knee    float64 // flexion
	Out     float64 // how far the thigh is swung out to its side
	Ankle   float64 // dorsiflexion: what the foot does unless Pitch is given
	Pitch   *float64
	MTP     float64 // extension of the toes
	Turn    float64 // toes turned out to the side
	Roll    float64 // sole turned inward
}

// Arm is how an arm is held: by a target of the palm, or by angles. Z counts as
// for a leg.
type Arm struct {
	PalmAt   *Point  // where the palm is, reached by bending the elbow
	PalmOn   string  // the same, as a place on the body, such as "worked.ball"
	Off      Point   // moves what PalmOn names
	ElbowTo  *Point  // where the elbow bends to; down and back unless given
	Shoulder float64 // flexion: 0 hangs along the trunk, 90 reaches ahead
	Elbow    float64 // flexion
	Out      float64 // how far the arm is swung out to its side
}

// Lengths of the bones, in hundredths of the body's height (see the figures'
// own page for where they come from).
const (
	Thigh    = 25.0
	Shank    = 25.0
	Loin     = 14.0 // hips to the waist's upper end
	Thorax   = 15.0 // from there to the base of the neck
	Neck     = 5.0
	Skull    = 6.0 // from the top of the neck to the middle of the head
	UpperArm = 18.0
	Forearm  = 15.0
	Hand     = 4.5 // wrist to the middle of the palm

	hipsApart      = 4.5 // of one hip joint from the middle
	shouldersApart = 8.0

	ankleHeight = 4.8 // above the sole
	heelBack    = 3.8
	ballAhead   = 9.5
	toes        = 5.0
	heelDown    = 3.0 // the middle of the heel below the ankle
	ballDown    = 3.3
	ballsApart  = 2.0 // of the ball's edge from its middle
)

// Floor is how high an ankle stands whose sole is flat on the floor.
const Floor = ankleHeight
