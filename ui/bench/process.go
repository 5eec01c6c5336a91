//go:build linux

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// floor times a floor's process from start to end, in seconds.
func floor(name string, args ...string) probe {
	return func(b *bench) (float64, error) {
		cmd, err := b.command(name, args...)
		if err != nil {
			return 0, err
		}
		return timed(cmd)
	}
}

// floorWithFile is floor for a program that wants a bbolt file with a key in it.
func floorWithFile(name string) probe {
	return func(b *bench) (float64, error) {
		file := filepath.Join(b.folder, "floor.db")
		if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
			if _, err := floor("put", file)(b); err != nil {
				return 0, err
			}
		}
		return floor(name, file)(b)
	}
}

// verb times a verb of lull from start to end, in seconds, with a history of
// so many years.
func verb(n int, args ...string) probe {
	return func(b *bench) (float64, error) {
		home, err := b.home(n)
		if err != nil {
			return 0, err
		}
		cmd, err := b.lull(home, args...)
		if err != nil {
			return 0, err
		}
		return timed(cmd)
	}
}

// timed runs a command with its output thrown away.
func timed(cmd *exec.Cmd) (float64, error) {
	var complaint strings.Builder
	cmd.Stderr = &complaint
	start := now()
	err := cmd.Run()
	took := now().Sub(start)
	if err != nil {
		return 0, fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args, " "), err, firstLine([]byte(complaint.String())))
	}
	return took.Seconds(), nil
}

// commit times the bare way to the disk within a process, "bare" or "logged",
// in seconds. Like the app before a key press it has been idle for a moment.
func commit(how string) probe {
	return func(b *bench) (float64, error) {
		cmd, err := b.command("commit", b.folder, how)
		if err != nil {
			return 0, err
		}
		in, err1 := cmd.StdinPipe()
		out, err2 := cmd.StdoutPipe()
		if err := errors.Join(err1, err2, cmd.Start()); err != nil {
			return 0, err
		}
		nanoseconds, err := b.commitTwice(in, bufio.NewReader(out))
		err = errors.Join(err, in.Close(), cmd.Wait())
		return time.Duration(nanoseconds).Seconds(), err
	}
}

// commitTwice asks for a commit to warm up and for one that counts.
func (b *bench) commitTwice(in io.Writer, out *bufio.Reader) (nanoseconds int64, err error) {
	for range 2 {
		if err := b.sleep(settled); err != nil {
			return 0, err
		}
		if _, err := io.WriteString(in, "\n"); err != nil {
			return 0, fmt.Errorf("ask for a commit: %w", err)
		}
		line, err := out.ReadString('\n')
		if err != nil {
			return 0, fmt.Errorf("read the time of a commit: %w", err)
		}
		if nanoseconds, err = strconv.ParseInt(strings.TrimSpace(line), 10, 64); err != nil {
			return 0, fmt.Errorf("read the time of a commit: %w", err)
		}
	}
	return nanoseconds, nil
}

// size is the length of a program's file, in bytes.
func size(name string) probe {
	return func(b *bench) (float64, error) {
		path, err := b.program(name)
		if err != nil {
			return 0, err
		}
		info, err := os.Stat(path)
		if err != nil {
			return 0, err
		}
		return float64(info.Size()), nil
	}
}
