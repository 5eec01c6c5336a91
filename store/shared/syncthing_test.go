//go:build !windows

package shared

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// node is a Syncthing of its own, on this machine's loopback and nowhere else.
type node struct {
	t          *testing.T
	home, id   string
	folder     string
	data, page string // addresses
	key        string
}

func newNode(t *testing.T) *node {
	n := &node{t: t, home: t.TempDir(), folder: filepath.Join(t.TempDir(), "shared"), data: address(t), page: address(t), key: rand.Text()}
	if out, err := n.command("generate", "--home="+n.home).CombinedOutput(); err != nil {
		t.Fatalf("syncthing generate: %v\n%s", err, out)
	}
	found := regexp.MustCompile(`<device id="([A-Z0-9-]{63})"`).FindSubmatch(read(t, filepath.Join(n.home, "config.xml")))
	if found == nil {
		t.Fatal("syncthing made no name for itself")
	}
	n.id = string(found[1])
	if err := os.MkdirAll(filepath.Join(n.folder, ".stfolder"), 0o700); err != nil {
		t.Fatal(err)
	}
	return n
}

// address is one that nobody listens at.
func address(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func (n *node) command(args ...string) *exec.Cmd {
	c := exec.Command("syncthing", args...)
	c.Env = append(os.Environ(), "HOME="+n.home, "STNOUPGRADE=1", "STNORESTART=1")
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return c
}

const nodeConfig = `<configuration version="36">
<folder id="lull" path="%s" type="sendreceive" rescanIntervalS="2" fsWatcherEnabled="true" fsWatcherDelayS="1">
 <filesystemType>basic</filesystemType>%s<maxConflicts>-1</maxConflicts><markerName>.stfolder</markerName></folder>
%s
<gui enabled="true" tls="false"><address>%s</address><apikey>%s</apikey></gui>
<options><listenAddress>tcp://%s</listenAddress><globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
<relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><reconnectionIntervalS>2</reconnectionIntervalS><startBrowser>false</startBrowser>
<urAccepted>-1</urAccepted><autoUpgradeIntervalH>0</autoUpgradeIntervalH><crashReportingEnabled>false</crashReportingEnabled><setLowPriority>false</setLowPriority></options>
</configuration>
`

// start runs the node, in company of the others, until the test is over.
func (n *node) start(all ...*node) {
	var members, devices strings.Builder
	for _, d := range all {
		fmt.Fprintf(&members, `<device id="%s"></device>`, d.id)
		fmt.Fprintf(&devices, `<device id="%s" compression="never"><address>tcp://%s</address><autoAcceptFolders>false</autoAcceptFolders></device>`, d.id, d.data)
	}
	write(n.t, filepath.Join(n.home, "config.xml"), fmt.Appendf(nil, nodeConfig, n.folder, &members, &devices, n.page, n.key, n.data))
	c := n.command("serve", "--home="+n.home, "--no-browser", "--no-restart")
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() {
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) // its own group, made above
		_ = c.Wait()
		if n.t.Failed() {
			n.t.Logf("the node said\n%.4000s", &said)
		}
	})
}

// ask sends the node a request.
func (n *node) ask(method, path string) error {
	r, err := http.NewRequest(method, "http://"+n.page+path, nil)
	if err != nil {
		return err
	}
	r.Header.Set("X-API-Key", n.key)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(answer.Body)
		return fmt.Errorf("%s: %s %s", path, answer.Status, text)
	}
	return nil
}

// soon waits for something that must come about, long enough for any machine.
func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 1200 {
		if is() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("it did not come about that %s", what)
}

// held are the files of facts in a folder.
func held(t *testing.T, folder string) map[string]string {
	files := map[string]string{}
	names, err := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if b, err := os.ReadFile(name); err == nil { // else it is being replaced
			files[filepath.Base(name)] = string(b)
		}
	}
	return files
}

// lifetime is how many facts each machine records in its life: some thousand, or
// as many as the environment says.
func lifetime() int {
	if n, err := strconv.Atoi(os.Getenv("LULL_SYNC_FACTS")); err == nil {
		return n
	}
	return 3000
}

// live records facts, and edits and withdraws some of those that are known.
func live(h *home, n int) {
	var batch []journal.Entry
	for i := range n {
		batch = append(batch, h.At(float64(i%8000), journaltest.Cramp(i%11)))
	}
	for part := range slices.Chunk(batch, 250) {
		h.add(part...)
	}
	known, err := h.Page(ctx, journal.ID{}, 1<<20)
	if err != nil {
		h.t.Fatal(err)
	}
	var edits []journal.Entry
	for i, e := range known {
		_, edit := e.Of()
		switch {
		case i%17 == 0 && !edit:
			edits = append(edits, h.Revise(e, map[string]any{"pain": i % 10, "note": "of " + h.dir[len(h.dir)-6:]}))
		case i%23 == 0:
			edits = append(edits, h.Withdraw(e))
		}
	}
	h.add(edits...)
}

func TestTwoSyncthingNodesShowTheSameAfterAPartition(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	if _, err := exec.LookPath("syncthing"); err != nil {
		t.Skip("needs the program syncthing (Debian: syncthing)")
	}
	one, two := newNode(t), newNode(t)
	a, b := newHome(t, 1), newHome(t, 2)
	b.now = b.now.Add(time.Hour)
	one.start(one, two)
	two.start(one, two)
	for _, n := range []*node{one, two} {
		soon(t, "the node answers", func() bool { return n.ask("GET", "/rest/system/ping") == nil })
	}
	agree := func() {
		t.Helper()
		soon(t, "both folders and both machines hold the same", func() bool {
			x, y := a.meet(one.folder), b.meet(two.folder)
			return x.Came+x.Went+y.Came+y.Went == 0 && maps.Equal(held(t, one.folder), held(t, two.folder)) && slices.Equal(a.lines(), b.lines())
		})
		same(t, a, b)
		if x, y := a.review(), b.review(); x != y {
			t.Fatalf("one shows\n%s\nthe other\n%s", x, y)
		}
	}
	part := func(act string) {
		t.Helper()
		for n, other := range map[*node]*node{one: two, two: one} {
			if err := n.ask("POST", "/rest/system/"+act+"?device="+other.id); err != nil {
				t.Fatal(err)
			}
		}
	}
	live(a, lifetime()/2)
	live(b, lifetime()/2)
	agree()

	part("pause")
	live(a, lifetime()/2)
	live(b, lifetime()/2)
	a.meet(one.folder)
	b.meet(two.folder)
	mess(t, a.file(one.folder), two.folder)
	mess(t, b.file(two.folder), one.folder)
	part("resume")
	agree()
	if n := len(a.lines()); n < 2*lifetime() {
		t.Errorf("there are %d facts", n)
	}
	names := slices.Sorted(maps.Keys(held(t, one.folder)))
	t.Logf("%d facts on both; the folder holds %q", len(a.lines()), names)
	if !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, "sync-conflict") && !strings.Contains(n, "ABCDEFG") }) {
		t.Error("no conflict came about: the test is not as rough as it says")
	}
}

// mess does to a machine's file, in the folder of another, what must not happen:
// it is cut, and there are copies of all kinds.
func mess(t *testing.T, file, folder string) {
	t.Helper()
	there := filepath.Join(folder, filepath.Base(file))
	text := read(t, there)
	write(t, there, text[:len(text)*2/3])
	write(t, conflict(there), text[len(text)/3:])
	write(t, filepath.Join(folder, "Copy of "+filepath.Base(file)), text, text[:len(text)/5])
	write(t, filepath.Join(folder, filepath.Base(filepath.Dir(filepath.Dir(file)))+".jsonl"), []byte("renamed\n"), text)
}
