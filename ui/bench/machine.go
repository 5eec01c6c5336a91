//go:build linux

package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
)

// machine is where and when the figures were measured.
type machine struct {
	Date     string  `json:"date"`
	OS       string  `json:"os"`
	Arch     string  `json:"arch"`
	Kernel   string  `json:"kernel"`
	Cores    int     `json:"cores"`
	Go       string  `json:"go"`
	Load     float64 `json:"load"`      // before the first row
	InMemory bool    `json:"in_memory"` // the folder is not on a disk: syncing costs nothing
}

// busy is the load from which the figures deserve doubt.
const busy = 0.5

func describe(folder, date string) machine {
	m := machine{Date: date, OS: runtime.GOOS, Arch: runtime.GOARCH, Cores: runtime.NumCPU(), Go: runtime.Version()}
	var name unix.Utsname
	if unix.Uname(&name) == nil {
		m.Kernel = unix.ByteSliceToString(name.Release[:])
	}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load, _ = load(string(text))
	}
	var fs unix.Statfs_t
	if unix.Statfs(folder, &fs) == nil {
		m.InMemory = fs.Type == unix.TMPFS_MAGIC
	}
	return m
}

// words describes the machine in a line or two for a README.
func (m machine) words() string {
	lines := []string{fmt.Sprintf("%s. %d cores, %s on %s/%s, kernel %s.", m.Date, m.Cores, m.Go, m.OS, m.Arch, m.Kernel)}
	if m.Load > busy {
		lines = append(lines, fmt.Sprintf("The machine was busy (load %.1f): measure again when it is idle.", m.Load))
	}
	if m.InMemory {
		lines = append(lines, "The files were in memory, where syncing costs nothing: see -folder.")
	}
	return strings.Join(lines, "\n")
}
