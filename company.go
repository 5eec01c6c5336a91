package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"lull/routine/safe"
	"lull/routine/say"
	"lull/store"
	"lull/store/home"
	"lull/store/shared"
	"lull/ui/cli"
)

func exchange(log *store.Store, place home.Home, now func() time.Time) *shared.Exchange {
	return shared.New(place.Data, log, shared.Options{Clock: now, Rand: rand.Reader, Version: version})
}

// How often an open window looks into the shared folder, and how long it stays
// for it when it is left. What does not fit in comes with the next exchange.
const (
	lookRound = 5 * time.Second
	farewell  = time.Second
)

const notSynced say.Key = "not synced: %s"

// company keeps an open window in step with other machines. What comes in is
// noticed like anything that another program writes.
type company struct {
	exchange cli.Sync
	notices  chan<- string
	folder   atomic.Pointer[string]
	told     string // the trouble that was told last
}

// use says which folder is shared from now on; none if it is empty.
func (c *company) use(folder string) { c.folder.Store(&folder) }

// keep exchanges at once and again and again, until the function it returns is
// called. That waits for what is under way.
func (c *company) keep(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		for {
			c.meet(ctx)
			select {
			case <-ctx.Done():
				return
			case <-time.After(lookRound):
			}
		}
	}()
	return func() {
		cancel()
		select {
		case <-over:
		case <-time.After(farewell):
		}
	}
}

func (c *company) meet(ctx context.Context) {
	folder := *c.folder.Load()
	if folder == "" {
		return
	}
	err := c.glance(ctx, folder)
	trouble := ""
	if err != nil && !errors.Is(err, context.Canceled) {
		trouble = say.Text(notSynced, err)
	}
	if trouble != "" && trouble != c.told {
		select {
		case c.notices <- trouble:
		default:
		}
	}
	c.told = trouble
}

// glance exchanges. What other machines wrote, and a fault that it brings about,
// must not take a session down with it.
func (c *company) glance(ctx context.Context, folder string) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = say.Error("this is a fault of lull's own: %s", safe.Text(fmt.Sprint(fault), 200))
		}
	}()
	_, err = c.exchange.Glance(ctx, folder)
	return err
}

// part ends what keep began and exchanges a last time, so that the evening is
// there for the other machines.
func (c *company) part(stop func()) {
	stop()
	folder := *c.folder.Load()
	if folder == "" {
		return
	}
	if err := cli.Briefly(context.Background(), c.exchange, folder, farewell, time.After); err != nil {
		warn(say.Text(notSynced, err))
	}
}
