package shared

import (
	"context"
	"slices"
	"strings"

	"lull/routine/peers"
)

// Status looks at the folder and says what is known of it. It changes nothing.
func (x *Exchange) Status(ctx context.Context, dir string) (peers.Status, error) {
	f, err := x.open(dir)
	if err != nil {
		return peers.Status{}, err
	}
	defer f.close()
	m := &meeting{Exchange: x, folder: f, ctx: ctx, m: x.recall(f.path)}
	if m.entries, err = f.list(); err != nil {
		return peers.Status{}, err
	}
	if m.device, _, err = x.log.Own(ctx); err != nil {
		return peers.Status{}, err
	}
	s := peers.Status{Folder: f.path, Met: m.m.Met, Machines: []peers.Machine{}}
	all := map[string]*peers.Machine{}
	for _, e := range m.entries {
		r := m.m.Files[e.Name]
		if own := m.m.Written[e.Name]; own != nil {
			r = own
		}
		switch why := e.unusable(); {
		case why != "":
			m.refused = append(m.refused, peers.Whole(e.Name, why))
			continue
		case !r.matches(e):
			s.Waiting++
		case m.m.Files[e.Name] == r && r.Done < r.Size:
			s.Partial++
		}
		if e.Machine != "" {
			count(all, m.writer(), e, r)
		}
	}
	for _, one := range all {
		s.Machines = append(s.Machines, *one)
	}
	slices.SortFunc(s.Machines, func(a, b peers.Machine) int { return strings.Compare(a.Name, b.Name) })
	s.Refused = append([]peers.Refusal{}, m.everyRefusal()...)
	return s, nil
}

// count adds a file to what is known of its machine.
func count(all map[string]*peers.Machine, writer string, e entry, r *record) {
	one := all[e.Machine]
	if one == nil {
		one = &peers.Machine{Name: e.Machine, This: e.Machine == writer}
		all[e.Machine] = one
	}
	if e.Copy() {
		one.Copies++
		return
	}
	one.Files++
	if r == nil {
		return
	}
	one.Facts += r.Facts
	if r.Seen.After(one.Seen) {
		one.Seen = r.Seen
	}
}
