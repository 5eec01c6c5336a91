package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"

	"lull/routine/say"
)

// opening says how bbolt opens a file.
type opening struct {
	path     string
	readOnly bool
	create   bool      // the file is new; otherwise it is there, and not empty
	expect   *identity // refuse any other state of the file than this one
}

const (
	// boltWait is how long bbolt may wait for its own lock. lull.lock keeps
	// other lulls out, so only a foreign program can hold that.
	boltWait = 250 * time.Millisecond
	// boltPage is the page size of new files on every machine.
	boltPage = 4096
)

// errFault is a crash inside bbolt that was caught.
var errFault error = say.Fault("reading it failed half way")

// withBolt opens the file, runs fn and closes it again. All of that happens in
// a goroutine where a fault in the memory map is a panic, and a panic an error.
// After a fault the handle is dropped, for bbolt's Close would hang; only its
// lock is given back, since the map would keep that for ever.
func withBolt(o opening, fn func(*bolt.DB) error) error {
	done := make(chan error, 1)
	go func() {
		var file *os.File
		debug.SetPanicOnFault(true)
		defer func() {
			if p := recover(); p != nil {
				if file != nil {
					_ = unlockFile(file)
				}
				done <- fmt.Errorf("%w: %v", errFault, p)
			}
		}()
		done <- runBolt(o, &file, fn)
	}()
	return <-done
}

func runBolt(o opening, file **os.File, fn func(*bolt.DB) error) error {
	db, err := bolt.Open(o.path, 0o600, &bolt.Options{
		Timeout: boltWait, ReadOnly: o.readOnly, PageSize: boltPage, NoStatistics: true,
		OpenFile: func(name string, flags int, _ os.FileMode) (f *os.File, err error) {
			f, err = o.open(name, flags)
			*file = f
			return f, err
		},
	})
	if err != nil {
		return err
	}
	err = fn(db)
	return errors.Join(err, db.Close())
}

// open opens the very file that was examined. It never creates one that should
// be there: bbolt would fill an empty file with an empty database.
func (o opening) open(name string, flags int) (*os.File, error) {
	if o.create {
		f, err := openFile(name, flags|os.O_EXCL)
		if err != nil {
			return nil, err
		}
		return f, private(f)
	}
	f, err := openFile(name, flags&^os.O_CREATE)
	if err != nil {
		return nil, err
	}
	err = o.expected(f, name)
	if err == nil && !o.readOnly {
		err = private(f)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

var errChanged error = say.Fault("another program is changing it; close that and try again")

func (o opening) expected(f *os.File, name string) error {
	opened, err := f.Stat()
	if err != nil {
		return err
	}
	named, err := os.Lstat(name)
	if err != nil {
		return err
	}
	if !os.SameFile(opened, named) || opened.Size() == 0 || opened.Mode()&fs.ModeType != 0 {
		return errChanged
	}
	if o.expect == nil {
		return nil
	}
	id, err := identify(f)
	id.txid = o.expect.txid
	if err == nil && id != *o.expect {
		err = errChanged
	}
	return err
}
