package ui

import (
	"testing"
	"time"
)

// line is a terminal that answers so long after it was asked, or never.
func play(p *pace, answers time.Duration, length time.Duration) (frames, asked int) {
	var due []time.Duration
	for now := time.Duration(0); now < length; {
		for len(due) > 0 && due[0] <= now {
			p.answered(due[0])
			due = due[1:]
		}
		if p.ask(now) {
			asked++
			if answers >= 0 {
				due = append(due, now+answers)
			}
		}
		frames++
		now += p.frame(now)
	}
	return frames, asked
}

func TestAFastTerminalGetsEveryFrameAndFewQuestions(t *testing.T) {
	frames, asked := play(&pace{}, time.Millisecond, time.Minute)
	if frames < 400 || asked > 8 || asked < 2 {
		t.Errorf("%d frames and %d questions in a minute", frames, asked)
	}
}

func TestASlowLineGetsFewerFramesAndNeverMoreThanItAnswers(t *testing.T) {
	for _, takes := range []time.Duration{400 * time.Millisecond, 900 * time.Millisecond, 3 * time.Second} {
		frames, _ := play(&pace{}, takes, time.Minute)
		most := int(time.Minute/min(takes, slowest)) + 24 // until the first answer
		if frames > most || frames < 50 {
			t.Errorf("%v: %d frames in a minute, want at most %d", takes, frames, most)
		}
	}
}

func TestAMuteTerminalIsNotAskedAgainAndMovesOn(t *testing.T) {
	p := &pace{}
	frames, asked := play(p, -1, time.Minute)
	if asked != 1 || frames < 390 || !p.mute {
		t.Errorf("%d frames and %d questions", frames, asked)
	}
}

func TestALineThatBecomesSlowIsNoticed(t *testing.T) {
	p := &pace{}
	play(p, time.Millisecond, time.Second)
	if !p.ask(20 * time.Second) {
		t.Fatal("it is not asked again")
	}
	if got := p.frame(20*time.Second + 700*time.Millisecond); got != 700*time.Millisecond {
		t.Errorf("while the answer is out the next frame comes after %v", got)
	}
	if p.mute {
		t.Error("a terminal that has answered is never mute")
	}
}
