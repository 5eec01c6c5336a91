package timers

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"lull/routine/remind"
	"lull/routine/say"
)

// launchd runs the user's agents on a Mac.
type launchd struct{ *Host }

func (l launchd) ctl(ctx context.Context, args ...string) error {
	_, err := l.Run(ctx, Call{Name: "launchctl", Args: args})
	return err
}

func (l launchd) ready(ctx context.Context) error { return l.ctl(ctx, "print", l.domain()) }

// domain is where the agents of somebody who is logged in at the screen live.
func (l launchd) domain() string               { return fmt.Sprintf("gui/%d", l.User) }
func (l launchd) service(k remind.Kind) string { return l.domain() + "/" + remind.AgentLabel(k) }

func (l launchd) file(k remind.Kind, alarms []remind.Alarm) remind.File {
	f := remind.Launchd(k, alarms, l.Command)
	f.Name = filepath.Join(l.Agents, f.Name)
	return f
}

func (l launchd) install(ctx context.Context, alarms []remind.Alarm) ([]remind.File, error) {
	var wrote []remind.File
	for _, k := range remind.Kinds {
		if len(remind.Of(alarms, k)) == 0 {
			if _, err := l.removeKind(ctx, k); err != nil {
				return nil, err
			}
			continue
		}
		f := l.file(k, alarms)
		if err := write(f.Name, []byte(f.Text)); err != nil {
			return nil, err
		}
		_ = l.ctl(ctx, "bootout", l.service(k)) // one that is not loaded cannot be
		_ = l.ctl(ctx, "enable", l.service(k))
		if err := l.ctl(ctx, "bootstrap", l.domain(), f.Name); err != nil {
			return nil, say.Error("have launchd load %s: %w", f.Name, err)
		}
		wrote = append(wrote, f)
	}
	return wrote, nil
}

func (l launchd) wrong(ctx context.Context, alarms []remind.Alarm) []string {
	var all []string
	for _, k := range remind.Kinds {
		if len(remind.Of(alarms, k)) == 0 {
			continue
		}
		f := l.file(k, alarms)
		if how := differs(f.Name, f.Text); how != "" {
			all = append(all, how)
		}
		if l.ctl(ctx, "print", l.service(k)) != nil {
			all = append(all, say.Text("launchd has not loaded %s", f.Name))
		}
	}
	return all
}

func (l launchd) remove(ctx context.Context) ([]string, error) {
	var gone []string
	var problems []error
	for _, k := range remind.Kinds {
		removed, err := l.removeKind(ctx, k)
		gone, problems = append(gone, removed...), append(problems, err)
	}
	return gone, errors.Join(problems...)
}

func (l launchd) removeKind(ctx context.Context, k remind.Kind) ([]string, error) {
	path := filepath.Join(l.Agents, remind.AgentLabel(k)+".plist")
	if !present(path) {
		return nil, nil
	}
	err := l.ctl(ctx, "bootout", l.service(k))
	if err != nil && l.ctl(ctx, "print", l.service(k)) == nil { // it is still loaded
		return nil, say.Error("have launchd unload %s: %w", path, err)
	}
	if _, err := erase(path); err != nil {
		return nil, err
	}
	return []string{path}, nil
}
