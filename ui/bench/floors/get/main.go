// Get opens a bbolt file and reads one key: the least a verb that shows
// something can do. The file's path is the argument.
package main

import (
	"log"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"
)

func main() {
	db, err := bolt.Open(os.Args[1], 0o600, &bolt.Options{Timeout: time.Second, ReadOnly: true})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	err = db.View(func(tx *bolt.Tx) error {
		_, err := os.Stdout.Write(tx.Bucket([]byte("facts")).Get([]byte("one")))
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
}
