// Commit times the bare way to the disk, inside one process: put a key in a
// bbolt file, opened and closed for it. With "logged" a line is appended to a
// file and synced first, as lull does before each commit.
//
// Usage: commit FOLDER bare|logged. For every line of its input it makes one
// commit and prints how long that took, in nanoseconds.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

// record has the size of a usual fact.
var record = append(bytes.Repeat([]byte("x"), 219), '\n')

func main() {
	folder, logged := os.Args[1], os.Args[2] == "logged"
	n := 0
	for in := bufio.NewScanner(os.Stdin); in.Scan(); n++ {
		start := time.Now()
		if err := commit(folder, logged, n); err != nil {
			log.Fatal(err)
		}
		fmt.Println(time.Since(start).Nanoseconds())
	}
}

func commit(folder string, logged bool, n int) error {
	if logged {
		if err := appendLine(filepath.Join(folder, "journal.jsonl")); err != nil {
			return err
		}
	}
	db, err := bolt.Open(filepath.Join(folder, "commit.db"), 0o600, &bolt.Options{Timeout: time.Second})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		facts, err := tx.CreateBucketIfNotExists([]byte("facts"))
		if err != nil {
			return err
		}
		return facts.Put(fmt.Appendf(nil, "%016d", n), record)
	})
	return errors.Join(err, db.Close())
}

func appendLine(path string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(record)
	return errors.Join(err, f.Sync(), f.Close())
}
