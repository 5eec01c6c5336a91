//go:build linux

package main

import (
	"os"
	"strings"
	"testing"
)

const status = `Name:	lull
State:	S (sleeping)
VmPeak:	 1234567 kB
VmHWM:	    9876 kB
VmRSS:	    8765 kB
Threads:	7
`

func TestAFieldOfAStatusFileIsTheFirstWordAfterItsName(t *testing.T) {
	for name, want := range map[string]float64{"VmHWM": 9876, "VmPeak": 1234567, "Threads": 7} {
		if got, err := procField(strings.NewReader(status), name); err != nil || got != want {
			t.Errorf("%s is %v, %v; want %v", name, got, err, want)
		}
	}
}

func TestAFieldThatIsNotThereOrNoNumberIsAnError(t *testing.T) {
	for _, name := range []string{"VmSwap", "Name", "Vm", ""} {
		if got, err := procField(strings.NewReader(status+"VmSwap:\n"), name); err == nil {
			t.Errorf("%q is %v", name, got)
		}
	}
}

func TestTheLoadIsTheFirstFigure(t *testing.T) {
	if got, err := load("0.37 1.45 1.39 2/89 799\n"); err != nil || got != 0.37 {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := load("none"); err == nil {
		t.Errorf("got %v out of nonsense", got)
	}
}

func TestThisProcessHasUsedMemoryAndCPU(t *testing.T) {
	if got, err := peakMemory(os.Getpid()); err != nil || got < 1e6 {
		t.Errorf("peak memory %v, %v", got, err)
	}
	if got, err := cpuTime(os.Getpid()); err != nil || got <= 0 {
		t.Errorf("CPU time %v, %v", got, err)
	}
}

func TestAProcessThatIsNotThereIsAnError(t *testing.T) {
	const nobody = 1<<22 + 1 // above the kernel's largest process number
	if got, err := peakMemory(nobody); err == nil {
		t.Errorf("peak memory %v", got)
	}
	if got, err := cpuTime(nobody); err == nil {
		t.Errorf("CPU time %v", got)
	}
}
