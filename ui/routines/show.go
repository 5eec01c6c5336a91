package routines

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"lull/routine"
	"lull/routine/body"
	"lull/routine/safe"
	"lull/ui/figure"
	"lull/ui/screen"
	"lull/ui/widget"
)

// show is the figure in the preview: it goes once through the stretches of the
// routine under the cursor and then stands still.
type show struct {
	began      time.Duration // on the steady clock
	generation int           // of the chain of ticks
	over       bool
}

// tick brings the next picture of a show.
type tick struct{ generation int }

// begin shows the routine under the cursor from its first stretch.
func (s *Screen) begin(w screen.World) screen.Do {
	s.show = show{began: w.Steady, generation: s.show.generation + 1, over: w.Settings.ReducedMotion}
	return s.nextPicture(w)
}

func (s *Screen) nextPicture(w screen.World) screen.Do {
	if s.show.over || w.Frame <= 0 || !s.pictured(w) {
		return screen.Do{}
	}
	generation, wait := s.show.generation, w.Frame
	return screen.Do{Moving: true, Cmd: func() tea.Msg {
		time.Sleep(wait)
		return tick{generation}
	}}
}

// pictured says whether a figure is in sight.
func (s *Screen) pictured(w screen.World) bool {
	all := s.list(w)
	return len(all) > 0 && w.Width >= besideWidth && s.figureHeight(w, all) > 0
}

// figureHeight is the rows below the list that are free for a figure, without
// its caption; 0 for too few.
func (s *Screen) figureHeight(w screen.World, all []routine.Plan) int {
	if rows := w.Height - top - len(all) - 1; figure.Fits(s.listWidth(w), rows) {
		return min(rows, figure.MostHeight)
	}
	return 0
}

// scene is the stretch that is shown now and its moment.
type scene struct {
	number int // of the step, from 1
	name   string
	figure *body.Figure
	moment body.Moment
	over   bool // it was the last one
}

// scene finds what is shown so long after the show began.
func (s *Screen) scene(w screen.World, p routine.Plan) (scene, bool) {
	steps := p.Routine.Steps
	left := w.Steady - s.show.began
	for i, step := range steps {
		now := sceneOf(w, i, step)
		if !s.show.over && left < now.figure.Shows() {
			now.moment = now.figure.Demonstrated(left, step.Holds()[0])
			return now, true
		}
		left -= now.figure.Shows()
	}
	if len(steps) == 0 {
		return scene{}, false
	}
	first := sceneOf(w, 0, steps[0])
	first.moment = first.figure.Posed(true, steps[0].Holds()[0] == routine.Left)
	first.over = true
	return first, true
}

func sceneOf(w screen.World, i int, step routine.Step) scene {
	st, _ := w.Library.Stretch(step.Stretch)
	return scene{number: i + 1, name: st.Name, figure: w.Figure(step.Stretch)}
}

// picture draws the show in so many cells, its caption below.
func (s *Screen) picture(w screen.World, p routine.Plan, width, height int) string {
	now, any := s.scene(w, p)
	if !any {
		return ""
	}
	th := w.Theme
	caption := th.Accent.Render(fmt.Sprintf("%2d ", now.number)) + th.Quiet.Render(safe.Text(now.name, 60))
	return strings.Join([]string{
		figure.Draw(th, now.figure, now.moment, width, height),
		widget.Line(th, caption, width),
	}, "\n")
}
