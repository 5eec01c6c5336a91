//go:build !unix

package terminal

import "os"

// Keeper does nothing here: no shell can be counted on.
type Keeper struct{}

// Keep starts no keeper.
func Keep(_, _ *os.File) *Keeper { return nil }

// Away does nothing.
func (k *Keeper) Away() {}

// Back does nothing.
func (k *Keeper) Back() {}

// Release does nothing.
func (k *Keeper) Release() {}
