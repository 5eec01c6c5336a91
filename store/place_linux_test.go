package store_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lull/store"
)

// A regular file is not a device because of the folder that it is in.
func TestAFileInSharedMemoryIsNotWrittenOver(t *testing.T) {
	dir, err := os.MkdirTemp("/dev/shm", "lull-")
	if err != nil {
		t.Skip("no shared memory: ", err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := store.New(filepath.Join(t.TempDir(), "lull"), store.Options{Clock: time.Now})
	file := filepath.Join(dir, "nights.jsonl")
	if err := os.WriteFile(file, []byte("a long old text"), 0o600); err != nil {
		t.Fatal(err)
	}
	fill := func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }
	if err := s.Write(file, false, fill); err == nil {
		t.Error("an existing file is written over without --force")
	}
	if err := s.Write(file, true, fill); err != nil {
		t.Error(err)
	}
	if text, _ := os.ReadFile(file); string(text) != "new" {
		t.Errorf("the file holds %q", text)
	}
}

// What a shell opened to append to is appended to.
func TestAnInheritedFileIsAppendedTo(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("old\n"); err != nil {
		t.Fatal(err)
	}
	s := store.New(filepath.Join(t.TempDir(), "lull"), store.Options{Clock: time.Now})
	err = s.Write(fmt.Sprintf("/proc/self/fd/%d", f.Fd()), false, func(w io.Writer) error { _, err := io.WriteString(w, "new\n"); return err })
	if text, _ := os.ReadFile(f.Name()); string(text) != "old\nnew\n" || err != nil {
		t.Errorf("the file holds %q, %v", text, err)
	}
}
