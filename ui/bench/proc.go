//go:build linux

package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime is what all threads of a process have used so far, in the program
// and in the kernel. It reads the process's own CPU clock, which counts
// nanoseconds where /proc/PID/stat counts hundredths of a second.
func cpuTime(pid int) (time.Duration, error) {
	const scheduler = 2 // CPUCLOCK_SCHED of the kernel's clock numbers
	var ts unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|scheduler), &ts); err != nil {
		return 0, fmt.Errorf("read the CPU clock of process %d: %w", pid, err)
	}
	return time.Duration(ts.Nano()), nil
}

// peakMemory is the most memory a process has had resident so far, in bytes.
// The figure that wait4 gives would not do: it begins with its parent's.
func peakMemory(pid int) (float64, error) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	kilobytes, err := procField(f, "VmHWM")
	return kilobytes * 1024, err
}

// procField reads a number out of a file like /proc/PID/status or
// /proc/meminfo: the first word after "name:".
func procField(r io.Reader, name string) (float64, error) {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		key, rest, _ := strings.Cut(lines.Text(), ":")
		if key != name {
			continue
		}
		words := strings.Fields(rest)
		if len(words) == 0 {
			return 0, fmt.Errorf("%s has no value", name)
		}
		v, err := strconv.ParseFloat(words[0], 64)
		if err != nil {
			return 0, fmt.Errorf("read %s: %w", name, err)
		}
		return v, nil
	}
	if err := lines.Err(); err != nil {
		return 0, fmt.Errorf("read %s: %w", name, err)
	}
	return 0, fmt.Errorf("there is no %s", name)
}

// load is the first figure of /proc/loadavg: how many threads wanted to run,
// on average of the last minute.
func load(text string) (float64, error) {
	first, _, _ := strings.Cut(text, " ")
	v, err := strconv.ParseFloat(first, 64)
	if err != nil {
		return 0, fmt.Errorf("read the load: %w", err)
	}
	return v, nil
}
