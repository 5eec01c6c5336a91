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
	lock    bool // nothing may start at all
	of      match
	why     say.Key
	instead map[string]string // from a stretch's id to another's
}

// bans are tried in this order; a stretch that any of them rules out is wrong.
// A substitute is looked at in the same way as what it replaces.
var bans = []ban{
	{
		when: func(s Screening) bool { return s.Emergency },
		lock: true, of: every,
		why: "Get help first: you have a sign that cannot wait.",
	},
	{
		when: func(s Screening) bool { return s.ClotSigns && !s.ClotCleared },
		lock: true, of: every,
		why: "A swollen, hot or red leg must be seen before it is stretched.",
	},
	{
		when: func(s Screening) bool { return s.RecentInjury },
		of:   allBut("ankle-pumps", "ankle-circles", "calm-breathing"),
		why:  "Ask your surgeon or physiotherapist before you stretch.",
	},
	{
		when: func(s Screening) bool { return s.HipReplacement == HipRecent },
		of:   allBut("ankle-pumps", "ankle-circles", "calm-breathing"),
		why:  "A new hip: ask your surgeon or physiotherapist before you stretch.",
	},
	{
		when: func(s Screening) bool { return s.Falls },
		of:   in(Standing),
		why:  "Falls or poor balance: only sitting or lying.",
		instead: map[string]string{
			"wall-calf":         "seated-towel-calf",
			"wall-soleus":       "heel-slide",
			"wall-lean":         "seated-towel-calf",
			"heel-up-hamstring": "seated-hamstring",
			"standing-quad":     "side-quad",
			"wall-toes":         "towel-toes",
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
		instead: map[string]string{"prone-quad": "side-quad"},
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
		instead: map[string]string{"toe-pull": "towel-toes"},
	},
	{
		when:    func(s Screening) bool { return s.weeks() >= flatOnBackEnds },
		of:      in(Supine).except(these("recline-butterfly")),
		why:     "Pregnancy: not flat on the back from week 16 on.",
		instead: map[string]string{"supine-strap-hamstring": "seated-hamstring"},
	},
	{
		when:    func(s Screening) bool { return s.weeks() >= latePregnancy },
		of:      these("long-sit-both"),
		why:     "Late pregnancy: no reaching forward over straight legs.",
		instead: map[string]string{"long-sit-both": "seated-towel-calf"},
	},
	{
		when:    func(s Screening) bool { return s.HipReplacement == HipOlder },
		of:      these("toe-pull", "peroneal"),
		why:     "Hip replacement: do not cross your legs.",
		instead: map[string]string{"toe-pull": "towel-toes"},
	},
	{
		when:    func(s Screening) bool { return s.HipReplacement == HipOlder },
		of:      these("long-sit-both"),
		why:     "Hip replacement: no bend at the hip past a right angle.",
		instead: map[string]string{"long-sit-both": "seated-towel-calf"},
	},
	{
		when: func(s Screening) bool { return s.HipReplacement == HipOlder },
		of:   these("split-hip-flexor", "edge-hip-flexor"),
		why:  "Hip replacement: no deep lunge, and the leg does not go behind you.",
	},
	{
		when: func(s Screening) bool { return s.HipReplacement == HipOlder },
		of:   these("butterfly", "recline-butterfly", "wide-knee"),
		why:  "Hip replacement: knees do not drop wide apart.",
	},
	{
		when: func(s Screening) bool { return s.Knee },
		of:   these("standing-quad", "side-quad", "prone-quad"),
		why:  "Knee: nothing that forces it to bend.",
		instead: map[string]string{
			"standing-quad": "edge-hip-flexor",
			"side-quad":     "edge-hip-flexor",
			"prone-quad":    "edge-hip-flexor",
		},
	},
	{
		when: func(s Screening) bool { return s.Osteoporosis },
		of:   these("long-sit-both"),
		why:  "Osteoporosis: no rounded bending forward.",
	},
}

// care is a word of caution at a stretch that stays.
type care struct {
	when func(Screening) bool
	of   match
	why  say.Key
}

var cares = []care{
	{
		when: func(s Screening) bool { return s.Pregnant },
		of:   these("calm-breathing"),
		why:  "Lie on your side for it.",
	},
	{
		when: func(s Screening) bool { return s.Pregnant },
		of:   these("seated-hamstring"),
		why:  "Stay upright.",
	},
	{
		when: func(s Screening) bool { return s.Pregnant },
		of:   these("recline-butterfly"),
		why:  "Prop your back up, halfway to sitting or more.",
	},
	{
		when: func(s Screening) bool { return s.Pregnant },
		of:   these("wall-calf", "side-quad", "butterfly", "recline-butterfly", "wide-knee"),
		why:  "Leave it out if your pelvis hurts.",
	},
	{
		when: func(s Screening) bool { return s.HipReplacement == HipOlder },
		of:   these("towel-calf", "towel-soleus", "heel-slide", "heel-up-hamstring", "seated-hamstring"),
		why:  "Keep the bend at your hip under a right angle.",
	},
	{
		when: func(s Screening) bool { return s.Knee },
		of:   these("heel-slide", "wall-soleus"),
		why:  "Bend only as far as your knee allows without pain.",
	},
	{
		when: func(s Screening) bool { return s.Osteoporosis },
		of:   these("heel-up-hamstring", "seated-hamstring", "wide-knee", "towel-calf", "towel-soleus"),
		why:  "Bend at the hips only and keep your back long.",
	},
	{
		when: func(s Screening) bool { return s.NumbFeet },
		of:   these("toe-pull", "towel-toes", "wall-toes", "top-of-foot", "foot-roll"),
		why:  "Go gently, and look at the skin of your foot afterwards.",
	},
}
