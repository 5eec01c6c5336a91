package routine

import (
	"slices"

	"lull/routine/say"
)

// match picks stretches.
type match func(Stretch) bool

func every(Stretch) bool { return true }

func these(ids ...string) match {
	return func(st Stretch) bool { return slices.Contains(ids, st.ID) }
}

func allBut(ids ...string) match {
	return func(st Stretch) bool { return !slices.Contains(ids, st.ID) }
}

func in(p Position) match {
	return func(st Stretch) bool { return st.Position == p }
}

// except picks what m picks and other does not.
func (m match) except(other match) match {
	return func(st Stretch) bool { return m(st) && !other(st) }
}

// ban rules stretches out for people who gave some answer, and names the ones
// to do instead.
type ban struct {
	when    func(Screening) bool
	lock    func(Safety) Tier // what to do first; nil where other stretches may be done
	of      match
	why     say.Key
	instead map[string][]string // from a stretch's id to substitutes, the best first
}

// small are the movements that stay after an injury or an operation.
var small = []string{"ankle-pumps", "ankle-circles", "calm-breathing"}

// held are the stretches of the library that are held still.
func held(st Stretch) bool { return st.Place > 0 && st.Action == ToHold }

// footOnFloor are the stretches in which a whole foot or heel stands on the floor.
func footOnFloor(st Stretch) bool {
	return st.Position == Standing || these("heel-slide", "seated-towel-calf", "seated-hamstring", "wide-knee")(st)
}

// oneLeg are the stretches during which the person stands on one leg.
var oneLeg = these("heel-up-hamstring", "standing-quad")

func newHip(s Screening) bool { return s.HipReplacement == HipRecent }

// olderHip is also for people who still keep precautions.
func olderHip(s Screening) bool { return s.HipReplacement == HipOlder }

// bans are tried in this order. A stretch that any of them rules out is wrong,
// and so is a substitute that another one rules out.
var bans = []ban{
	{
		when: func(s Screening) bool { return s.Emergency },
		lock: func(s Safety) Tier { return s.Emergency }, of: every,
		why: "Get help first: you have a sign that cannot wait.",
	},
	{
		when: func(s Screening) bool { return s.ClotSigns && !s.ClotCleared },
		lock: func(s Safety) Tier { return s.SameDay }, of: every,
		why: "A swollen, hot, red or darker leg must be seen before it is stretched.",
	},
	{
		when: func(s Screening) bool { return s.RecentInjury },
		of:   allBut(small...),
		why:  "Ask your surgeon or physiotherapist before you stretch.",
	},
	{
		when: newHip,
		of:   allBut(small...),
		why:  "A new hip: ask your surgeon or physiotherapist before you stretch.",
	},
	{
		when: func(s Screening) bool { return s.Falls },
		of:   in(Standing),
		why:  "Falls or poor balance: only sitting or lying.",
		instead: map[string][]string{
			"wall-calf":         {"seated-towel-calf"},
			"wall-soleus":       {"heel-slide"},
			"wall-lean":         {"seated-towel-calf"},
			"heel-up-hamstring": {"seated-hamstring"},
			"standing-quad":     {"side-quad"},
			"wall-toes":         {"towel-toes"},
		},
	},
	{
		when: func(s Screening) bool { return s.Falls },
		of:   these("edge-hip-flexor"),
		why:  "Falls or poor balance: not at the edge of the bed.",
	},
	{
		when:    func(s Screening) bool { return s.Pregnant },
		of:      in(Prone),
		why:     "Pregnancy: nothing face down.",
		instead: map[string][]string{"prone-quad": {"side-quad"}},
	},
	{
		when: func(s Screening) bool { return s.Pregnant },
		of:   these("top-of-foot"),
		why:  "Pregnancy: no pointing of the toes.",
	},
	{
		when:    func(s Screening) bool { return s.Pregnant },
		of:      these("toe-pull", "peroneal", "split-hip-flexor"),
		why:     "Pregnancy: no crossed legs and no wide splits.",
		instead: map[string][]string{"toe-pull": {"towel-toes"}},
	},
	{
		when:    func(s Screening) bool { return s.weeks() >= flatOnBackEnds },
		of:      in(Supine).except(these("recline-butterfly")),
		why:     "Pregnancy: not flat on the back from week 16 on.",
		instead: map[string][]string{"supine-strap-hamstring": {"seated-hamstring", "long-sit-both"}},
	},
	{
		when:    func(s Screening) bool { return s.weeks() >= latePregnancy },
		of:      these("long-sit-both"),
		why:     "Late pregnancy: no reaching forward over straight legs.",
		instead: map[string][]string{"long-sit-both": {"seated-towel-calf"}},
	},
	{
		when: func(s Screening) bool { return s.weeks() >= latePregnancy },
		of:   oneLeg,
		why:  "Late pregnancy: no standing on one leg.",
		instead: map[string][]string{
			"heel-up-hamstring": {"seated-hamstring"},
			"standing-quad":     {"side-quad"},
		},
	},
	{
		when:    olderHip,
		of:      these("toe-pull", "peroneal"),
		why:     "Hip replacement: do not cross your legs.",
		instead: map[string][]string{"toe-pull": {"ankle-pumps"}},
	},
	{
		when:    olderHip,
		of:      these("long-sit-both"),
		why:     "Hip replacement: no bend at the hip past a right angle.",
		instead: map[string][]string{"long-sit-both": {"heel-slide", "wall-calf"}},
	},
	{
		when: olderHip,
		of:   these("seated-towel-calf", "towel-calf", "towel-soleus", "towel-toes", "prone-quad"),
		why:  "Hip replacement: do not reach down to your foot.",
		instead: map[string][]string{
			"seated-towel-calf": {"heel-slide"},
			"towel-calf":        {"heel-slide"},
			"towel-soleus":      {"heel-slide"},
			"towel-toes":        {"ankle-pumps"},
		},
	},
	{
		when: olderHip,
		of:   these("split-hip-flexor", "edge-hip-flexor", "standing-quad", "side-quad"),
		why:  "Hip replacement: no deep lunge, and the leg does not go behind you.",
	},
	{
		when: olderHip,
		of:   these("butterfly", "recline-butterfly", "wide-knee"),
		why:  "Hip replacement: knees do not drop wide apart.",
	},
	{
		when: func(s Screening) bool { return s.Knee },
		of:   these("standing-quad", "side-quad", "prone-quad"),
		why:  "Knee: nothing that forces it to bend.",
		instead: map[string][]string{
			"standing-quad": {"edge-hip-flexor"},
			"side-quad":     {"edge-hip-flexor"},
			"prone-quad":    {"edge-hip-flexor"},
		},
	},
	{
		when: func(s Screening) bool { return s.Knee },
		of:   these("butterfly", "recline-butterfly", "toe-pull", "peroneal"),
		why:  "Knee: nothing that bends it past a right angle.",
		instead: map[string][]string{
			"toe-pull":          {"towel-toes"},
			"butterfly":         {"wide-knee"},
			"recline-butterfly": {"wide-knee"},
		},
	},
	{
		when:    func(s Screening) bool { return s.Osteoporosis },
		of:      these("long-sit-both"),
		why:     "Osteoporosis: no rounded bending forward.",
		instead: map[string][]string{"long-sit-both": {"seated-towel-calf"}},
	},
	{
		when:    func(s Screening) bool { return s.NumbFeet },
		of:      these("wall-toes"),
		why:     "Numb feet: do not press your toes against a wall.",
		instead: map[string][]string{"wall-toes": {"towel-toes"}},
	},
}

// care is a word of caution at a stretch that stays.
type care struct {
	when   func(Screening) bool
	of     match
	why    say.Key
	easier bool // do the stretch in its easier way only
	bends  bool // it is about bending forward: no word of it where the easier way is to stay upright
}

var cares = []care{
	{ // the rules for these answers name stretches of the library
		when: func(s Screening) bool { return s.Pregnant || olderHip(s) || s.Knee || s.Osteoporosis || s.NumbFeet },
		of:   func(st Stretch) bool { return st.Place == 0 },
		why:  "lull cannot check your own stretch against your answers. Ask whether it suits you.",
	},
	{
		when: func(s Screening) bool { return s.Pregnant },
		of:   these("calm-breathing"),
		why:  "Lie on your side for it.",
	},
	{
		when: func(s Screening) bool { return s.Pregnant },
		of:   these("seated-hamstring"),
		why:  "Stay upright.", easier: true,
	},
	{
		when: func(s Screening) bool { return s.weeks() >= latePregnancy },
		of:   these("wide-knee"),
		why:  "Stay upright, with your hands on your thighs.", easier: true,
	},
	{
		when: func(s Screening) bool { return s.weeks() >= flatOnBackEnds },
		of:   in(AnyPosition).except(these("calm-breathing")), // done lying on the side
		why:  "Not flat on your back.",
	},
	{
		when: func(s Screening) bool { return s.Pregnant },
		of:   these("recline-butterfly"),
		why:  "Prop your back up, halfway to sitting or more.",
	},
	{
		when: func(s Screening) bool { return s.Pregnant },
		of: these("wall-calf", "wall-soleus", "heel-up-hamstring", "standing-quad", "side-quad",
			"butterfly", "recline-butterfly", "wide-knee"),
		why: "Leave it out if your pelvis hurts.",
	},
	{
		when: func(s Screening) bool { return s.Pregnant },
		of:   these("butterfly", "recline-butterfly", "wide-knee"),
		why:  "Open your knees only a little.",
	},
	{
		when: func(s Screening) bool { return s.Pregnant },
		of:   held,
		why:  "A mild pull only: joints are looser now.",
	},
	{
		when: Screening.slow,
		of:   these("butterfly"),
		why:  "On the bed, not on the floor.",
	},
	{
		when: func(s Screening) bool { return s.Falls },
		of:   these("foot-roll"),
		why:  "Put the ball away before you stand up.",
	},
	{
		when: func(s Screening) bool { return s.RecentInjury || newHip(s) },
		of:   these("ankle-pumps", "ankle-circles"),
		why:  "Ask your surgeon or physiotherapist first.",
	},
	{
		when: olderHip,
		of:   these("heel-up-hamstring"),
		why:  "Keep the bend at your hip under a right angle. Use a low stool only.",
	},
	{
		when: olderHip,
		of:   these("heel-slide", "top-of-foot", "foot-roll"),
		why:  "Lean back a little, so that the bend at your hip stays under a right angle.",
	},
	{
		when: olderHip,
		of:   these("wall-calf", "wall-soleus"),
		why:  "Take a short step.",
	},
	{
		when: func(s Screening) bool { return olderHip(s) || s.Knee },
		of:   these("heel-slide"),
		why:  "Slide less far, and leave your hands off your thigh.", easier: true,
	},
	{
		when: olderHip,
		of:   these("seated-hamstring"),
		why:  "Stay upright: keep the bend at both hips under a right angle.", easier: true,
	},
	{
		when: olderHip,
		of:   these("supine-strap-hamstring"),
		why:  "Use a long strap, or let someone put it round your foot. Keep the hip under a right angle.",
	},
	{
		when: olderHip,
		of:   these("foot-roll"),
		why:  "Move the ball into place with your foot; do not bend down to it.",
	},
	{
		when: func(s Screening) bool { return s.Knee },
		of:   these("heel-slide", "wall-soleus", "top-of-foot", "foot-roll"),
		why:  "Bend only as far as your knee allows without pain.",
	},
	{
		when: func(s Screening) bool { return s.Knee },
		of:   these("wide-knee"),
		why:  "Put your feet forward, so that your knees bend less than a right angle.",
	},
	{
		when: func(s Screening) bool { return s.Osteoporosis },
		of:   these("heel-up-hamstring", "seated-hamstring", "wide-knee", "towel-calf", "towel-soleus"),
		why:  "Bend at the hips only and keep your back long.", bends: true,
	},
	{
		when: func(s Screening) bool { return s.Osteoporosis },
		of:   these("seated-towel-calf", "toe-pull", "peroneal", "butterfly", "towel-toes", "foot-roll"),
		why:  "Sit tall. Do not round your back.",
	},
	{
		when: func(s Screening) bool { return s.Osteoporosis },
		of:   these("supine-strap-hamstring"),
		why:  "Do not round your back when you put the strap on.",
	},
	{
		when: func(s Screening) bool { return s.NumbFeet },
		of: these("toe-pull", "towel-toes", "top-of-foot", "foot-roll",
			"towel-calf", "towel-soleus", "seated-towel-calf", "supine-strap-hamstring"),
		why: "Go gently, and look at the skin of your foot afterwards.",
	},
	{
		when: func(s Screening) bool { return s.NumbFeet },
		of:   footOnFloor,
		why:  "Keep your shoes or slippers on.",
	},
	{
		when: func(s Screening) bool { return s.Weakness },
		of:   oneLeg,
		why:  "Stand on one leg only while you hold on to something firm.",
	},
}
