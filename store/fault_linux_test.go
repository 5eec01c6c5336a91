package store

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

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
