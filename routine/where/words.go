package where

// entry is some words for one place, separated by commas. With several muscles
// the words are ambiguous, and the most usual one for a cramp stands first.
type entry struct {
	words   string
	side    string
	muscles []string
	top     bool
}

var (
	thigh = []string{"hamstring", "quadriceps", "inner"}
	leg   = []string{"calf", "hamstring", "quadriceps", "inner"}
	shin  = []string{"foot", "calf"}
)

// words are the words for places and sides in each language of lull, by its tag.
var words = map[string][]entry{
	"en": {
		{words: "left, l, left leg, left side", side: "left"},
		{words: "right, r, right leg, right side", side: "right"},
		{words: "both, b, both legs, both sides", side: "both"},
		{words: "calf, calves, calf muscle, lower leg, gastrocnemius, soleus, achilles", muscles: []string{"calf"}},
		{words: "foot, feet, toe, toes, big toe, sole, soles, arch, heel, ankle", muscles: []string{"foot"}},
		{words: "top of foot, top of the foot, instep", muscles: []string{"foot"}, top: true},
		{words: "shin, shins, front of the shin", muscles: shin, top: true},
		{words: "hamstring, hamstrings, back of thigh, back of the thigh, back thigh", muscles: []string{"hamstring"}},
		{words: "quadriceps, quad, quads, front of thigh, front of the thigh, front thigh", muscles: []string{"quadriceps"}},
		{words: "inner, inner thigh, inside of the thigh, groin, adductor, adductors", muscles: []string{"inner"}},
		{words: "thigh, thighs, upper leg", muscles: thigh},
		{words: "leg, legs", muscles: leg},
		{words: "other, somewhere else", muscles: []string{"other"}},
	},
	"es": {
		{words: "izquierda, izquierdo, izq, izda, izdo, i, pierna izquierda", side: "left"},
		{words: "derecha, derecho, der, dcha, dcho, d, pierna derecha", side: "right"},
		{words: "ambas, ambos, las dos, los dos, ambas piernas, las dos piernas", side: "both"},
		{words: "pantorrilla, pantorrillas, gemelo, gemelos, sóleo, aquiles", muscles: []string{"calf"}},
		{words: "pie, pies, dedo, dedos, dedo del pie, dedos del pie, dedo gordo, planta, planta del pie, arco, talón, tobillo", muscles: []string{"foot"}},
		{words: "empeine", muscles: []string{"foot"}, top: true},
		{words: "espinilla, espinillas", muscles: shin, top: true},
		{words: "isquiotibial, isquiotibiales, isquios, femoral, femorales, corva, parte trasera del muslo, parte de atrás del muslo, detrás del muslo", muscles: []string{"hamstring"}},
		{words: "cuádriceps, parte delantera del muslo, delante del muslo", muscles: []string{"quadriceps"}},
		{words: "cara interna, cara interna del muslo, interior del muslo, ingle, aductor, aductores", muscles: []string{"inner"}},
		{words: "muslo, muslos", muscles: thigh},
		{words: "pierna, piernas", muscles: leg},
		{words: "otro, otra, otro sitio, otro lugar", muscles: []string{"other"}},
	},
}
