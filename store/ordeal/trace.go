//go:build linux

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// traced are the calls that a recording is made of: those that change files or
// names, those that make changes durable, and those that say where a file
// descriptor stands. A call that changes files and is not here shows when the
// replay does not end as the folder did.
const traced = "open,openat,creat,close,dup,dup2,dup3,fcntl,lseek,read,write,writev,pwrite64,pwritev,copy_file_range,sendfile,splice," +
	"fdatasync,fsync,sync_file_range,ftruncate,truncate,fallocate,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,symlink,symlinkat"

// call is one system call that succeeded.
type call struct {
	name string
	args []string // strings among them are decoded, and begin with a quote
	ret  int64
}

// straced runs a command under strace and gives what it did, in order, and its
// exit status.
func straced(ctx context.Context, c *exec.Cmd, log string, each func(call) error) error {
	strace, err := exec.LookPath("strace")
	if err != nil {
		return err
	}
	args := append([]string{"strace", "-f", "-qq", "-xx", "-s", "16777216", "-e", "signal=none", "-e", "trace=" + traced, "-o", log, c.Path}, c.Args[1:]...)
	run := exec.CommandContext(ctx, strace)
	run.Args, run.Env, run.Stderr = args, c.Env, c.Stderr
	ended := run.Run()
	f, err := os.Open(log)
	if err != nil {
		return errors.Join(ended, err)
	}
	defer f.Close()
	if err := parseTrace(f, each); err != nil {
		return err
	}
	return ended
}

// parseTrace reads what strace wrote. A call that was interrupted by another
// thread's is put together, and comes where it ended. A call that never ended,
// since its thread was gone first, is passed over; strace may not even know its
// name. Had it changed anything, the replay would not end as the folder did.
func parseTrace(r io.Reader, each func(call) error) error {
	in := bufio.NewReaderSize(r, 1<<20)
	begun := map[string]string{} // by thread
	for n := 1; ; n++ {
		text, err := in.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		pid, text, _ := strings.Cut(strings.TrimSuffix(text, "\n"), " ")
		text = strings.TrimLeft(text, " ")
		if head, cut := strings.CutSuffix(text, " <unfinished ...>"); cut {
			begun[pid] = head
			continue
		}
		if strings.HasSuffix(text, " <detached ...>") {
			continue
		}
		if strings.HasPrefix(text, "<... ") {
			_, rest, found := strings.Cut(text, " resumed>")
			if !found {
				return fmt.Errorf("line %d of the trace: %.200s", n, text)
			}
			text = begun[pid] + rest
		}
		if strings.HasPrefix(text, "+++") || strings.HasPrefix(text, "---") {
			continue
		}
		c, err := parseCall(text)
		if err != nil {
			return fmt.Errorf("line %d of the trace: %w: %.200s", n, err, text)
		}
		if c.ret < 0 {
			continue
		}
		if err := each(c); err != nil {
			return fmt.Errorf("line %d of the trace: %w: %.200s", n, err, text)
		}
	}
}

// parseCall reads "name(arg, arg) = number and a word about it". Strings are
// hexadecimal, so no comma or bracket stands in one.
func parseCall(text string) (c call, err error) {
	name, rest, found := strings.Cut(text, "(")
	end := strings.LastIndex(rest, ") ")
	if !found || end < 0 {
		return c, errors.New("it is no call")
	}
	ret := strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(rest[end+1:]), "="))
	ret, _, _ = strings.Cut(ret, " ")
	c.name = name
	if ret == "?" {
		c.ret = -1 // it never returned
		return c, nil
	}
	if c.ret, err = strconv.ParseInt(ret, 0, 64); err != nil {
		return c, err
	}
	if c.ret < 0 {
		return c, nil
	}
	for arg := range strings.SplitSeq(rest[:end], ", ") {
		if strings.Contains(arg, `"`) {
			if arg, err = unhex(arg); err != nil {
				return c, err
			}
		}
		c.args = append(c.args, arg)
	}
	return c, nil
}

// unhex decodes "\x61\x62", also inside the brackets of a vector, and leaves the
// quote at the beginning.
func unhex(arg string) (string, error) {
	from, to := strings.Index(arg, `"`), strings.LastIndex(arg, `"`)
	if strings.HasSuffix(arg, "...") {
		return "", errors.New("a string was cut short")
	}
	hex := arg[from+1 : to]
	if len(hex)%4 != 0 {
		return "", errors.New("a string is not hexadecimal")
	}
	b := make([]byte, 1, 1+len(hex)/4)
	b[0] = '"'
	for i := 0; i < len(hex); i += 4 {
		n, err := strconv.ParseUint(hex[i+2:i+4], 16, 8)
		if err != nil || hex[i:i+2] != `\x` {
			return "", errors.New("a string is not hexadecimal")
		}
		b = append(b, byte(n))
	}
	return string(b), nil
}

func (c call) text(i int) string { return strings.TrimPrefix(c.args[i], `"`) }

func (c call) number(i int) int64 {
	n, err := strconv.ParseInt(c.args[i], 0, 64)
	if err != nil {
		return -1
	}
	return n
}

// descriptor is an open file of the program that is recorded.
type descriptor struct {
	node   int
	at     int64
	append bool
}

// recorder follows a program's calls and writes them down as changes of a disk.
type recorder struct {
	*disk
	root string // where the disk lies
	open map[int64]*descriptor
	said func(line string) error
}

func (d *disk) recorder(root string, said func(string) error) *recorder {
	return &recorder{disk: d, root: root, open: map[int64]*descriptor{}, said: said}
}

// place finds the folder and the name in it that a path means; folder 0 is not
// on the disk.
func (r *recorder) place(from int64, path string) (folder int, name string) {
	if filepath.IsAbs(path) {
		inside, err := filepath.Rel(r.root, filepath.Clean(path))
		if err != nil || inside == ".." || strings.HasPrefix(inside, "../") {
			return 0, ""
		}
		folder, path = rootNode, inside
	} else if d := r.open[from]; d != nil && r.nodes[d.node].folder {
		folder, path = d.node, filepath.Clean(path)
	} else {
		return 0, ""
	}
	parts := strings.Split(path, "/")
	for _, p := range parts[:len(parts)-1] {
		if p != "." {
			folder = r.nodes[folder].names[p]
		}
		if folder == 0 {
			return 0, ""
		}
	}
	return folder, parts[len(parts)-1]
}

// find is the node at a path, or 0.
func (r *recorder) find(from int64, path string) int {
	folder, name := r.place(from, path)
	if folder == 0 || name == "." {
		return folder
	}
	return r.nodes[folder].names[name]
}

const here = -100 // a path that begins nowhere

// at reads the descriptor that a path of a call begins at.
func (c call) at(i int) int64 {
	if c.args[i] == "AT_FDCWD" {
		return here
	}
	return c.number(i)
}

var errUnknown = errors.New("the replay does not know this call")

// take writes one call down.
func (r *recorder) take(c call) error {
	if how := calls[c.name]; how != nil {
		return how(r, c)
	}
	if r.open[c.number(0)] != nil {
		return errUnknown
	}
	return nil
}

// calls are what the calls mean.
var calls map[string]func(*recorder, call) error

func init() {
	calls = map[string]func(*recorder, call) error{
		"openat": func(r *recorder, c call) error { return r.opened(c, c.at(0), c.text(1), c.args[2]) },
		"open":   func(r *recorder, c call) error { return r.opened(c, here, c.text(0), c.args[1]) },
		"close": func(r *recorder, c call) error {
			delete(r.open, c.number(0))
			return nil
		},
		"fcntl": (*recorder).fcntl, "lseek": (*recorder).seek, "read": (*recorder).seek,
		"write": (*recorder).wrote, "writev": (*recorder).wrote, "pwrite64": (*recorder).wrote, "copy_file_range": (*recorder).copied,
		"fsync": (*recorder).synced, "fdatasync": (*recorder).synced, "ftruncate": (*recorder).cut,
		"renameat":  func(r *recorder, c call) error { return r.renamed(c.at(0), c.text(1), c.at(2), c.text(3)) },
		"renameat2": func(r *recorder, c call) error { return r.renamed(c.at(0), c.text(1), c.at(2), c.text(3)) },
		"rename":    func(r *recorder, c call) error { return r.renamed(here, c.text(0), here, c.text(1)) },
		"linkat":    func(r *recorder, c call) error { return r.linked(c.at(0), c.text(1), c.at(2), c.text(3)) },
		"link":      func(r *recorder, c call) error { return r.linked(here, c.text(0), here, c.text(1)) },
		"unlinkat":  func(r *recorder, c call) error { return r.unlinked(c.at(0), c.text(1)) },
		"unlink":    func(r *recorder, c call) error { return r.unlinked(here, c.text(0)) },
		"rmdir":     func(r *recorder, c call) error { return r.unlinked(here, c.text(0)) },
		"mkdirat":   func(r *recorder, c call) error { return r.madeFolder(c.at(0), c.text(1)) },
		"mkdir":     func(r *recorder, c call) error { return r.madeFolder(here, c.text(0)) },
	}
}

func (r *recorder) opened(c call, from int64, path, flags string) error {
	delete(r.open, c.ret)
	folder, name := r.place(from, path)
	if folder == 0 {
		return nil
	}
	node := r.find(from, path)
	if node == 0 && strings.Contains(flags, "O_CREAT") {
		node = r.create(false)
		r.rename(change1{folder, name, node})
	}
	if node == 0 {
		return errors.New("a file was opened that is not there")
	}
	if strings.Contains(flags, "O_TRUNC") && len(r.nodes[node].data) > 0 {
		r.resize(node, 0)
	}
	r.open[c.ret] = &descriptor{node: node, append: strings.Contains(flags, "O_APPEND")}
	return nil
}

func (r *recorder) fcntl(c call) error {
	if strings.HasPrefix(c.args[1], "F_DUPFD") {
		delete(r.open, c.ret)
		if d := r.open[c.number(0)]; d != nil {
			r.open[c.ret] = d
		}
	}
	return nil
}

func (r *recorder) seek(c call) error {
	d := r.open[c.number(0)]
	switch {
	case d == nil:
	case c.name == "lseek":
		d.at = c.ret
	default:
		d.at += c.ret
	}
	return nil
}

func (r *recorder) wrote(c call) error {
	d := r.open[c.number(0)]
	if d == nil {
		if c.number(0) == 1 && c.name != "pwrite64" {
			for line := range strings.Lines(c.text(1)[:c.ret]) {
				if err := r.said(line); err != nil {
					return err
				}
			}
		}
		return nil
	}
	data := []byte(c.text(1))[:c.ret]
	switch {
	case c.name == "writev":
		return errUnknown
	case c.name == "pwrite64":
		r.write(d.node, c.number(3), data)
		return nil
	case d.append:
		d.at = int64(len(r.nodes[d.node].data))
	}
	r.write(d.node, d.at, data)
	d.at += c.ret
	return nil
}

// copied is what the system copied from file to file by itself.
func (r *recorder) copied(c call) error {
	from, to := r.open[c.number(0)], r.open[c.number(2)]
	if from == nil && to == nil || c.ret == 0 {
		return nil
	}
	if from == nil || to == nil || c.args[1] != "NULL" || c.args[3] != "NULL" {
		return errUnknown
	}
	r.write(to.node, to.at, r.nodes[from.node].data[from.at:][:c.ret])
	from.at += c.ret
	to.at += c.ret
	return nil
}

func (r *recorder) synced(c call) error {
	if d := r.open[c.number(0)]; d != nil {
		r.sync(d.node)
	}
	return nil
}

func (r *recorder) cut(c call) error {
	if d := r.open[c.number(0)]; d != nil {
		r.resize(d.node, c.number(1))
	}
	return nil
}

func (r *recorder) renamed(from int64, old string, to int64, now string) error {
	a, name := r.place(from, old)
	b, next := r.place(to, now)
	switch {
	case a == 0 && b == 0:
		return nil
	case a == 0 || b == 0:
		return errors.New("a file came from elsewhere, or went there")
	}
	r.rename(change1{a, name, 0}, change1{b, next, r.nodes[a].names[name]})
	return nil
}

func (r *recorder) linked(from int64, old string, to int64, now string) error {
	node := r.find(from, old)
	if folder, name := r.place(to, now); folder != 0 {
		r.rename(change1{folder, name, node})
	}
	return nil
}

func (r *recorder) unlinked(from int64, path string) error {
	if folder, name := r.place(from, path); folder != 0 {
		r.rename(change1{folder, name, 0})
	}
	return nil
}

func (r *recorder) madeFolder(from int64, path string) error {
	if folder, name := r.place(from, path); folder != 0 {
		r.rename(change1{folder, name, r.create(true)})
	}
	return nil
}
