package store

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFaultsOfTheSystemLoseNothing has the system calls that make things
// durable fail, or end the process, at one point after the other. What was
// acknowledged must be there, and a full disk must be called that.
func TestFaultsOfTheSystemLoseNothing(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil || testing.Short() {
		t.Skip("needs strace, and takes a while")
	}
	kept, failed := 0, 0
	for _, call := range []string{"pwrite64", "fdatasync", "fsync", "ftruncate", "linkat", "unlinkat", "mkdirat"} {
		for _, when := range []int{1, 4} {
			for _, fault := range []string{"error=ENOSPC", "error=EIO", "signal=KILL"} {
				k := newKit(t)
				c := child(t, "trier", k.dir)
				c.Args = append([]string{strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call,
					"-e", fmt.Sprintf("inject=%s:%s:when=%d", call, fault, when)}, c.Path)
				c.Path = strace
				out, _ := c.Output() // a killed child is no success
				if strings.Contains(string(out), "error false") && fault == "error=ENOSPC" {
					t.Errorf("%s of %s, number %d: %s", fault, call, when, out)
				}
				ids := acknowledged(t, string(out))
				if fault != "signal=KILL" && len(ids) != 12 {
					t.Errorf("%s of %s, number %d: %d of 12 were written, after %d tries each: %s", fault, call, when, len(ids), tries, out)
				}
				kept, failed = kept+len(ids), failed+strings.Count(string(out), "error ")
				k.mustHaveAll(ids)
			}
		}
	}
	t.Logf("%d facts acknowledged, %d calls failed", kept, failed)
}

// TestADiskThatFailsIsSaidToAndSavedFrom has every reading of lull.db fail from
// some point on: it is told as what it is, a fact goes to the inbox, and a repair
// takes what the disk still gives.
func TestADiskThatFailsIsSaidToAndSavedFrom(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("needs strace")
	}
	k := newKit(t)
	facts := k.some(60)
	failing := func(play string) string {
		k.remove(lockName) // and with it the word that the file is sound
		c := child(t, play, k.dir)
		c.Args = append([]string{strace, "-f", "-qq", "-o", "/dev/null", "-P", k.path(dbName), "-e", "trace=pread64",
			"-e", "inject=pread64:error=EIO:when=4+"}, c.Path)
		c.Path = strace
		out, err := c.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	if said := failing("visitor"); strings.Count(said, "the disk is failing; copy lull's folder to another disk now") != 2 {
		t.Errorf("it says %s", said)
	}
	db := read(t, k.path(dbName))
	if said := failing("repairer"); !strings.Contains(said, "over <nil>") {
		t.Errorf("it says %s", said)
	}
	k.mustHave(facts)
	kept, err := filepath.Glob(k.path(asideName + "/*/" + dbName))
	if err != nil || len(kept) != 1 || !bytes.Equal(read(t, kept[0]), db) {
		t.Errorf("set aside are %q, %v", kept, err)
	}
}
