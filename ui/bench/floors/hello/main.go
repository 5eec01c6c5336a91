// Hello prints a word: the cost of starting any process.
package main

import "os"

func main() { os.Stdout.WriteString("hello\n") }
