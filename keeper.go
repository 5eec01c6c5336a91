package main

import (
	"context"
	"io"
	"path"
	"slices"
	"strings"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/store"
	"lull/ui/cli"
)

// keeper is the store as the front door sees it.
type keeper struct{ open func() *store.Store }

var _ cli.Keeper = keeper{}

func (k keeper) Check(ctx context.Context) (cli.Findings, error) {
	r, err := k.open().Check(ctx)
	return findings(r), err
}

func (k keeper) Repair(ctx context.Context) (cli.Repaired, error) {
	r, err := k.open().Repair(ctx)
	done := cli.Repaired{File: r.File, Needed: r.Needed, Facts: r.Facts, Aside: r.Aside, Missed: r.Missed, Notes: r.Notes}
	for _, s := range r.Sources {
		done.Sources = append(done.Sources, cli.Source{Place: s.Name, Facts: s.Facts})
	}
	for _, l := range r.Lost {
		done.Lost = append(done.Lost, lostWords(l))
	}
	for _, b := range r.Lines {
		done.Lines = append(done.Lines, say.Text("line %d of %s", b.N, path.Join("journal", b.Segment)))
	}
	return done, err
}

func lostWords(l store.Lost) string {
	if l.Date == 0 {
		return say.Text("the fact %s", l.ID)
	}
	return say.Text("the fact %s, from about %s", l.ID, l.Date)
}

func (k keeper) BackUp(ctx context.Context, file string, plain, replace bool) (cli.Copied, error) {
	c, err := k.open().BackUp(ctx, file, store.CopyOptions{Plain: plain, Replace: replace})
	return cli.Copied{File: c.Path, Facts: c.Facts, Bytes: c.Bytes}, err
}

func (k keeper) Write(file string, replace bool, fill func(io.Writer) error) error {
	return k.open().Write(file, replace, fill)
}

func (k keeper) MayWrite(file string, replace bool) error { return k.open().MayWrite(file, replace) }

func (k keeper) Restore(ctx context.Context, file string, ask cli.Returning) (cli.Restored, error) {
	r, err := k.open().Restore(ctx, file, store.RestoreOptions{Keep: ask.Keep, Lose: ask.Lose, Look: ask.Look})
	return cli.Restored{Facts: r.Facts, Gained: r.Gained, Newer: r.Newer, Done: r.Done, Aside: r.Aside}, err
}

func (k keeper) Ahead(ctx context.Context, entries ...journal.Entry) error {
	return k.open().Ahead(ctx, entries...)
}

func (k keeper) Drop(entries ...journal.Entry) (string, error) { return k.open().Drop(entries...) }

// findings is a report of the store as the front door tells it.
func findings(r store.Report) cli.Findings {
	f := cli.Findings{
		File: r.Path, Bytes: r.Bytes, Facts: r.Facts, Nights: r.Nights, Readable: r.Readable, Waiting: r.Waiting,
		Newest: r.Newest, Adds: r.Adds,
		Damage: r.Damage, Remedy: r.Remedy, CutOff: r.CutOff, TwoNames: r.TwoNames, Unfolded: r.Unfolded, Unknown: r.Unknown,
		Unreadable: r.Unreadable, WrongNights: len(r.WrongNights), Mislabelled: len(r.Mislabelled), Unjournalled: r.Unjournalled,
	}
	for _, s := range r.Segments {
		f.Lines += s.Lines
		f.BadLines += s.Bad
	}
	for _, b := range r.Backups {
		if strings.HasSuffix(b.Name, ".db") {
			f.Backups++
		}
		f.Kept = append(f.Kept, cli.Backup{Name: b.Name, Date: b.Date, Facts: b.Facts, Bytes: b.Bytes, Damage: b.Damage})
	}
	slices.SortStableFunc(f.Kept, func(a, b cli.Backup) int { return strings.Compare(b.Date, a.Date) })
	return f
}
