package shared

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/peers"
	"lull/store"
)

var ctx = context.Background()

// home is a machine: a journal of its own and its side of the folder.
type home struct {
	*store.Store
	*Exchange
	*journaltest.Maker
	t   testing.TB
	now time.Time
	dir string // lull's own folder
}

func newHome(t testing.TB, seed uint64) *home {
	h := &home{t: t, dir: filepath.Join(t.TempDir(), "lull"), now: journaltest.Evening, Maker: journaltest.NewMaker(t, seed)}
	return h.opened()
}

func (h *home) opened() *home {
	clock := func() time.Time { return h.now }
	h.Store = store.New(h.dir, store.Options{Clock: clock, Version: "1"})
	h.Exchange = New(h.dir, h.Store, Options{Clock: clock, Rand: rand.Reader, Version: "1"})
	return h
}

func (h *home) add(entries ...journal.Entry) []journal.Entry {
	h.t.Helper()
	if _, err := h.Append(ctx, entries...); err != nil {
		h.t.Fatal(err)
	}
	return entries
}

// some records so many facts, as many as one exchange takes at once together.
func (h *home) some(n int) []journal.Entry {
	var all []journal.Entry
	for i := range n {
		all = append(all, h.At(float64(5*i), journaltest.Cramp(i%11)))
		if n < 20 || len(all)%batch == 0 {
			h.add(all[len(all)-1])
		}
	}
	for part := range slices.Chunk(all, batch) {
		h.add(part...)
	}
	return all
}

func (h *home) meet(folder string) peers.Outcome {
	h.t.Helper()
	out, err := h.All(ctx, folder)
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

// wants is an exchange that must have done just this.
func (h *home) wants(folder string, came, went, lines, files int) peers.Outcome {
	h.t.Helper()
	out := h.meet(folder)
	if out.Came != came || out.Went != went || out.Lines() != lines || out.Files() != files {
		h.t.Errorf("came %d, went %d, refused %d lines and %d files, wanted %d, %d, %d, %d: %+v",
			out.Came, out.Went, out.Lines(), out.Files(), came, went, lines, files, out.Refused)
	}
	return out
}

func (h *home) lines() []string {
	h.t.Helper()
	page, err := h.Page(ctx, journal.ID{}, 1<<20)
	if err != nil {
		h.t.Fatal(err)
	}
	return journaltest.Lines(h.t, page)
}

// same wants homes that hold the same facts and are sound.
func same(t testing.TB, homes ...*home) {
	t.Helper()
	for _, h := range homes {
		journaltest.Same(t, h, homes[0])
		if r, err := h.Check(ctx); err != nil || !r.Sound() || r.Unfolded > 0 {
			t.Errorf("a journal is not sound: %+v, %v", r, err)
		}
	}
}

// file is the newest file of a home in the folder.
func (h *home) file(folder string) string {
	h.t.Helper()
	device, own, err := h.Own(ctx)
	if err != nil || len(own) == 0 {
		h.t.Fatalf("no segment: %v", err)
	}
	m := h.recall(resolved(h.t, folder))
	if m.Writer != "" {
		device = m.Writer
	}
	return filepath.Join(folder, peers.FileName(device, filepath.Base(own[len(own)-1].Name)))
}

func resolved(t testing.TB, folder string) string {
	t.Helper()
	path, err := filepath.EvalSymlinks(folder)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t testing.TB, file string, parts ...[]byte) {
	t.Helper()
	if err := os.WriteFile(file, slices.Concat(parts...), 0o600); err != nil {
		t.Fatal(err)
	}
}

// conflict is the name that Syncthing gives a version it sets aside.
func conflict(file string) string {
	return strings.TrimSuffix(file, ".jsonl") + ".sync-conflict-20261123-031122-ABCDEFG.jsonl"
}

func lineOf(t testing.TB, e journal.Entry) []byte {
	t.Helper()
	return store.AppendLine(nil, store.Line{Seq: 1, JSON: []byte(journaltest.Lines(t, []journal.Entry{e})[0])})
}
