package ui

import "time"

// pace is how often moving pictures are drawn: seven times a second, or as often
// as the terminal keeps up with. It is asked a question that every terminal
// answers, and the answer comes once it has drawn what was sent before. A
// picture is never late, since what it shows follows from the clock; over a slow
// line there are fewer of them.
type pace struct {
	asked   time.Duration // when, on the steady clock
	took    time.Duration // the latest answer
	waiting bool
	spoke   bool // it has answered once
	mute    bool // it does not answer at all: nothing is known, and nothing asked
}

const (
	fastest = time.Second / 7 // between two frames
	slowest = time.Second
	often   = time.Second // between two questions, over a slow line
	seldom  = 10 * time.Second
	silence = 2 * time.Second // after which a terminal that never answered is mute
)

// frame is the time between two frames now.
func (p *pace) frame(now time.Duration) time.Duration {
	if p.mute {
		return fastest
	}
	took := p.took
	if p.waiting {
		took = max(took, now-p.asked)
	}
	return max(fastest, min(took, slowest))
}

// ask says whether to put the question now, while something moves.
func (p *pace) ask(now time.Duration) bool {
	if p.waiting {
		if !p.spoke && now-p.asked > silence {
			p.mute, p.waiting = true, false
		}
		return false
	}
	gap := seldom
	if p.took > fastest {
		gap = often
	}
	if p.mute || p.spoke && now-p.asked < gap {
		return false
	}
	p.asked, p.waiting = now, true
	return true
}

// answered notes how long the answer took.
func (p *pace) answered(now time.Duration) {
	if p.waiting || p.mute { // late, but it does speak
		p.took, p.waiting, p.mute, p.spoke = now-p.asked, false, false, true
	}
}
