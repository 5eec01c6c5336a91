package body

import "math"

// Point is a place or a direction in space. A unit is a hundredth of the body's
// height; X goes ahead of the body, Y up from the floor, and Z to the side of
// the worked leg, which is the side the viewer is on.
type Point struct{ X, Y, Z float64 }

// Plus is p moved by q.
func (p Point) Plus(q Point) Point { return Point{p.X + q.X, p.Y + q.Y, p.Z + q.Z} }

// Minus is the way from q to p.
func (p Point) Minus(q Point) Point { return Point{p.X - q.X, p.Y - q.Y, p.Z - q.Z} }

// Times is p stretched by k.
func (p Point) Times(k float64) Point { return Point{p.X * k, p.Y * k, p.Z * k} }

// Dot is the inner product.
func (p Point) Dot(q Point) float64 { return p.X*q.X + p.Y*q.Y + p.Z*q.Z }

// Cross is the outer product: X cross Y is Z.
func (p Point) Cross(q Point) Point {
	return Point{p.Y*q.Z - p.Z*q.Y, p.Z*q.X - p.X*q.Z, p.X*q.Y - p.Y*q.X}
}

// Length is how far p is from the origin.
func (p Point) Length() float64 { return math.Sqrt(p.Dot(p)) }

// Toward is the point that is the share k of the way from p to q.
func (p Point) Toward(q Point, k float64) Point { return p.Plus(q.Minus(p).Times(k)) }

// unit is p with length 1, or the fallback if p has no direction.
func (p Point) unit(fallback Point) Point {
	if n := p.Length(); n > 1e-9 {
		return p.Times(1 / n)
	}
	return fallback
}

// across is the part of p that is square to the unit vector along.
func (p Point) across(along Point) Point { return p.Minus(along.Times(p.Dot(along))) }

// angle is the angle between two directions, in degrees from 0 to 180.
func angle(p, q Point) float64 {
	return degrees(math.Acos(max(-1, min(1, p.unit(ahead).Dot(q.unit(ahead))))))
}

// tilted is straight up, leant ahead by so many degrees.
func tilted(deg float64) Point {
	sin, cos := math.Sincos(radians(deg))
	return Point{X: sin, Y: cos}
}

func radians(deg float64) float64 { return deg * math.Pi / 180 }
func degrees(rad float64) float64 { return rad * 180 / math.Pi }

func mix(a, b, k float64) float64 { return a + (b-a)*k }

var (
	ahead    = Point{X: 1}
	above    = Point{Y: 1}
	sideways = Point{Z: 1}
)
