package routine

import (
	"slices"

	"lull/routine/say"
)

// placeOf gives the muscles of a stretch, by their anatomical names, the place
// at which a cramp of them is felt, in the words of the diary. The muscles are
// named to people too.
var placeOf = map[say.Key]string{
	"gastrocnemius": "calf", "soleus": "calf", "tibialis anterior": "calf", "tibialis posterior": "calf",
	"fibularis longus": "calf", "fibularis brevis": "calf",
	"plantar fascia": "foot", "toe flexors": "foot", "toe extensors": "foot", "intrinsic foot muscles": "foot",
	"hamstrings": "hamstring",
	"quadriceps": "quadriceps", "rectus femoris": "quadriceps", "iliopsoas": "quadriceps",
	"adductors": "inner",
}

// Places says where the muscles of a stretch would cramp, each place once. A
// stretch that is not in the library has none.
func (l *Library) Places(stretch string) []string {
	st, ok := l.Stretch(stretch)
	if !ok {
		return nil
	}
	var places []string
	for _, m := range st.Muscles {
		if p := placeOf[say.Key(m)]; p != "" && !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	return places
}
