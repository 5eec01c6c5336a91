package store_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lull/store"
)

// A file that a person named is whole, as it was, or not there.
func TestAWriteThatFailsLeavesWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	s := store.New(filepath.Join(dir, "lull"), store.Options{Clock: time.Now})
	file := filepath.Join(dir, "nights.jsonl")
	half := func(w io.Writer) error {
		_, _ = io.WriteString(w, strings.Repeat("x", 100_000))
		return io.ErrUnexpectedEOF
	}
	whole := func(w io.Writer) error { _, err := io.WriteString(w, "whole"); return err }
	content := func() string {
		text, _ := os.ReadFile(file)
		left, _ := os.ReadDir(dir)
		for _, f := range left {
			if strings.HasPrefix(f.Name(), ".") {
				t.Errorf("%s is left", f.Name())
			}
		}
		return string(text)
	}
	if err := s.Write(file, false, half); !errors.Is(err, io.ErrUnexpectedEOF) || content() != "" {
		t.Errorf("%v: %q", err, content())
	}
	if err := s.Write(file, false, whole); err != nil || content() != "whole" {
		t.Errorf("%v: %q", err, content())
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := s.Write(file, false, half); err == nil || !strings.Contains(err.Error(), "--force") || content() != "whole" {
		t.Errorf("%v: %q", err, content())
	}
	if err := s.Write(file, true, half); !errors.Is(err, io.ErrUnexpectedEOF) || content() != "whole" {
		t.Errorf("%v: %q", err, content())
	}
	if err := s.Write(file, true, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err != nil || content() != "new" {
		t.Errorf("%v: %q", err, content())
	}
}

// The inbox outside the folder is lull's too.
func TestTheSpareInboxIsNotWrittenOver(t *testing.T) {
	dir := t.TempDir()
	spare := filepath.Join(dir, "state")
	s := store.New(filepath.Join(dir, "lull"), store.Options{Clock: time.Now, Spare: spare})
	if err := os.MkdirAll(filepath.Join(spare, "inbox"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.MayWrite(filepath.Join(spare, "inbox", "x.jsonl"), true); err == nil {
		t.Error("it may be written")
	}
}
