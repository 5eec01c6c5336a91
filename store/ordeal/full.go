//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"lull/routine/journal"
)

// The environment of playFull: how many pages are free, and what is done then.
const (
	pagesEnv = "LULL_ORDEAL_PAGES"
	doEnv    = "LULL_ORDEAL_DO"
)

// mostPages is how many free pages suffice for everything that is done.
const mostPages = 44

// fulls gives a file system of its own less and less room: nothing that was
// acknowledged may be lost, the error must say what to do, and with room
// everything must go on.
func fulls(ctx context.Context, t *trial) []row {
	var rows []row
	for i, p := range fullPlays {
		r := row{name: "a full disk and " + p.name}
		var pages []int
		for n := range mostPages {
			pages = append(pages, n)
		}
		for _, n := range pick(pages, max(1, t.each/6)) {
			if ctx.Err() != nil {
				break
			}
			t.tryFull(ctx, i, n, &r)
			if r.skipped != "" {
				return []row{{name: "a full disk", skipped: r.skipped}}
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// tryFull runs playFull where it can mount a file system: in namespaces of its
// own, which end with it.
func (t *trial) tryFull(ctx context.Context, what, pages int, r *row) {
	root := filepath.Join(t.dir, "full")
	if err := os.MkdirAll(root, 0o700); err != nil {
		r.broke("%v", err)
		return
	}
	c, err := player(ctx, "full", root)
	if err != nil {
		r.broke("%v", err)
		return
	}
	c.Env = append(c.Env, fmt.Sprintf("%s=%d", pagesEnv, pages), fmt.Sprintf("%s=%d", doEnv, what))
	c.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := c.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOSYS) || errors.Is(err, syscall.EINVAL) || strings.Contains(string(out), cannotMount) {
		r.skipped = "it needs a file system of its own, and may not mount one here"
		return
	}
	r.add(1, "trials")
	name := fmt.Sprintf("with %d pages free", pages)
	full, over := 0, 0
	for line := range strings.Lines(string(out)) {
		switch verb, rest, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), mainHome+" "), " "); verb {
		case "full":
			full++
		case "over":
			over++
		case "fault", "error":
			r.broke("%s: %s", name, rest)
		}
	}
	if err != nil || over != 1 {
		r.broke("%s: %v: %s", name, err, out)
	}
	r.add(full, "had no room")
}

const cannotMount = "cannot mount"

// playFull makes a small file system, fills it up but for some pages, does
// something there, makes room, and judges.
func playFull(root string) {
	what, err := strconv.Atoi(os.Getenv(doEnv))
	pages, failed := strconv.Atoi(os.Getenv(pagesEnv))
	if err != nil || failed != nil || what >= len(fullPlays) {
		fmt.Println("error it is not said what to do")
		return
	}
	if err := mountSmall(root); err != nil {
		fmt.Println(cannotMount, err)
		return
	}
	owed := newClaims()
	a := newActor(root, mainHome, evening)
	a.hears = owed
	p := fullPlays[what]
	if p.prepare != nil {
		p.prepare(a)
	}
	owed.notes = map[string]bool{}
	ballast := filepath.Join(root, "ballast")
	a.must(leave(ballast, root, pages))
	err = p.do(a)
	if err != nil {
		a.say("full %v", err)
		if !errors.Is(err, journal.ErrFull) || !strings.Contains(err.Error(), "make room and try again") {
			a.say("fault no way on in %q", err)
		}
	}
	a.must(os.Remove(ballast))
	if err != nil {
		a.must(p.do(a)) // with room it is done
	}
	v := owed.judge(filepath.Join(root, mainHome), func() time.Time { return a.now })
	if v.refused || v.alarmed {
		v.fault("it was refused, or called damaged")
	}
	for _, f := range v.faults {
		a.say("fault %s", strings.ReplaceAll(f, "\n", " "))
	}
	a.say("over")
}

func mountSmall(root string) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	if err := unix.Mount("tmpfs", root, "tmpfs", 0, "size=4m,mode=0700"); err != nil {
		return err
	}
	return os.Chmod(root, 0o700)
}

// leave writes a file that leaves so many pages free.
func leave(ballast, root string, pages int) error {
	f, err := os.Create(ballast)
	if err != nil {
		return err
	}
	defer f.Close()
	var now unix.Statfs_t
	if err := unix.Statfs(root, &now); err != nil {
		return err
	}
	return unix.Fallocate(int(f.Fd()), 0, 0, (int64(now.Bavail)-int64(pages))*now.Bsize)
}
