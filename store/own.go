package store

import (
	"context"
	"slices"

	"lull/routine/journal"
)

// OwnAppends reads this device's segments, the newest first. A segment, which is
// what a month adds, is read whole; only the lines that are visited are decoded.
// A line that cannot be decoded is left out, and so is a segment that a restore or
// a repair wrote: it does not say which of its lines this device recorded.
func (s *Store) OwnAppends(ctx context.Context, visit func([]journal.Entry) (bool, error)) error {
	_, own, err := s.Own(ctx)
	if err != nil {
		return err
	}
	for _, seg := range slices.Backward(own) {
		if isRecovered(seg.Name) {
			continue
		}
		appends, err := s.appendsOf(seg)
		if err != nil {
			return err
		}
		for _, lines := range slices.Backward(appends) {
			if more, err := visit(s.decodeLines(lines)); err != nil || !more {
				return err
			}
		}
	}
	return nil
}

// appendsOf are the lines of each Append in a segment.
func (s *Store) appendsOf(seg Segment) (appends [][]line, err error) {
	in, err := s.OpenOwn(seg, 0)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	_, _, err = readSegment(in, 0, func(lines []line, _ int64) error {
		appends = append(appends, lines)
		return nil
	})
	return appends, explain(err, "read", s.segmentPath(seg.Name))
}

func (s *Store) decodeLines(lines []line) []journal.Entry {
	entries := make([]journal.Entry, 0, len(lines))
	for _, l := range lines {
		if e, err := journal.Decode(l.json, s.opts.Calendar); err == nil {
			entries = append(entries, e)
		}
	}
	return entries
}
