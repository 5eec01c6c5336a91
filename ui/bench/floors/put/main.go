// Put opens a bbolt file, puts one key and commits it to the disk: the least a
// verb that records something can do. The file's path is the argument; it is
// made if it is not there.
package main

import (
	"log"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"
)

func main() {
	db, err := bolt.Open(os.Args[1], 0o600, &bolt.Options{Timeout: time.Second})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		facts, err := tx.CreateBucketIfNotExists([]byte("facts"))
		if err != nil {
			return err
		}
		return facts.Put([]byte("one"), []byte("put\n"))
	})
	if err != nil {
		log.Fatal(err)
	}
}
