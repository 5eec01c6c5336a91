package rates

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"lull/routine/say"
)

// Interval is the ratios that the nights are in keeping with. Low may be 0 and
// High endless.
type Interval struct{ Low, High float64 }

// Band is where the interval lies.
func (i Interval) Band() Band {
	switch {
	case i.High < 1:
		return Fewer
	case i.Low > 1:
		return More
	}
	return Chance
}

// width is the size on the log scale: endless when an end is 0 or endless.
func (i Interval) width() float64 { return math.Log(i.High) - math.Log(i.Low) }

// MarshalJSON writes an upper end that does not exist as null.
func (i Interval) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Low  *float64 `json:"low"`
		High *float64 `json:"high"`
	}{finite(i.Low), finite(i.High)})
}

func finite(x float64) *float64 {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return nil
	}
	return &x
}

// String is the interval in words: 0.14 to 0.81, or 1.2 and up.
func (i Interval) String() string {
	switch {
	case math.IsInf(i.High, 1) && i.Low == 0:
		return say.Text("anything at all")
	case math.IsInf(i.High, 1):
		return say.Text("%s and up", Times(i.Low))
	}
	return say.Text("%s to %s", Times(i.Low), Times(i.High))
}

// Times is a ratio as it is printed, to two decimals. What is not quite 1 never
// reads as 1, nor what is not quite 0 as 0: it gets the decimals it takes. A
// ratio that does not exist is said to be none.
func Times(ratio float64) string {
	switch {
	case math.IsNaN(ratio) || math.IsInf(ratio, 0):
		return say.Text("no ratio")
	case ratio == math.Trunc(ratio):
		return say.Number("%.0f", ratio)
	}
	for decimals := 2; decimals < 8; decimals++ {
		s := strconv.FormatFloat(ratio, 'f', decimals, 64)
		if near := strings.TrimRight(strings.TrimRight(s, "0"), "."); near != "1" && near != "0" {
			return say.Number(fmt.Sprintf("%%.%df", decimals), ratio)
		}
	}
	return say.Number("%.2g", ratio)
}
