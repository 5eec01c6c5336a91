package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"lull/ui"
)

// lastWord bounds the time from a signal to the end of a program without a window:
// one whose output is blocked would never end.
const lastWord = 4500 * time.Millisecond

// stoppable returns a context that is over when a signal asks the program to end.
// Its cause is then a SignalError. The process ends in any case after lastWord,
// unless stop was called before.
func stoppable(ctx context.Context) (_ context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals, over := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	go func() {
		select {
		case sig := <-signals:
			stopped := &ui.SignalError{Signal: sig}
			cancel(stopped)
			select {
			case <-over:
			case <-time.After(lastWord):
				os.Exit(stopped.ExitStatus())
			}
		case <-over:
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(over)
		cancel(nil)
	}
}

// stopCause is the signal that ended the context, or nil.
func stopCause(ctx context.Context) error {
	var stopped *ui.SignalError
	if errors.As(context.Cause(ctx), &stopped) {
		return stopped
	}
	return nil
}
