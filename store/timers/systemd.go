package timers

import (
	"context"
	"errors"
	"path/filepath"

	"lull/routine/remind"
	"lull/routine/say"
)

// systemd is the user's own instance of systemd.
type systemd struct{ *Host }

func (s systemd) ctl(ctx context.Context, args ...string) (string, error) {
	return s.Run(ctx, Call{Name: "systemctl", Args: append([]string{"--user"}, args...)})
}

func (s systemd) ready(ctx context.Context) error {
	_, err := s.ctl(ctx, "show-environment")
	return err
}

func (s systemd) path(name string) string { return filepath.Join(s.Units, name) }

func (s systemd) files(k remind.Kind, alarms []remind.Alarm) []remind.File {
	files := remind.Systemd(k, alarms, s.Command)
	for i := range files {
		files[i].Name = s.path(files[i].Name)
	}
	return files
}

func (s systemd) install(ctx context.Context, alarms []remind.Alarm) ([]remind.File, error) {
	var wrote []remind.File
	for _, k := range remind.Kinds {
		if len(remind.Of(alarms, k)) == 0 {
			if _, err := s.removeKind(ctx, k); err != nil {
				return nil, err
			}
			continue
		}
		for _, f := range s.files(k, alarms) {
			if err := write(f.Name, []byte(f.Text)); err != nil {
				return nil, err
			}
			wrote = append(wrote, f)
		}
	}
	if _, err := s.ctl(ctx, "daemon-reload"); err != nil {
		return nil, say.Error("have systemd read %s: %w", s.Units, err)
	}
	for _, k := range remind.Kinds {
		if len(remind.Of(alarms, k)) == 0 {
			continue
		}
		timer := remind.UnitName(k) + ".timer"
		_, err := s.ctl(ctx, "enable", timer)
		if err == nil {
			_, err = s.ctl(ctx, "restart", timer) // one that runs already takes up its new times
		}
		if err != nil {
			return nil, say.Error("enable %s: %w", s.path(timer), err)
		}
	}
	return wrote, nil
}

func (s systemd) wrong(ctx context.Context, alarms []remind.Alarm) []string {
	var all []string
	for _, k := range remind.Kinds {
		if len(remind.Of(alarms, k)) == 0 {
			continue
		}
		for _, f := range s.files(k, alarms) {
			if how := differs(f.Name, f.Text); how != "" {
				all = append(all, how)
			}
		}
		timer := remind.UnitName(k) + ".timer"
		for _, state := range []string{"is-enabled", "is-active"} {
			if _, err := s.ctl(ctx, state, timer); err != nil {
				all = append(all, say.Text("systemctl --user %s %s says no", state, timer))
			}
		}
	}
	return all
}

func (s systemd) remove(ctx context.Context) ([]string, error) {
	var gone []string
	var problems []error
	for _, k := range remind.Kinds {
		removed, err := s.removeKind(ctx, k)
		gone, problems = append(gone, removed...), append(problems, err)
	}
	if len(gone) > 0 {
		_, err := s.ctl(ctx, "daemon-reload")
		problems = append(problems, err)
	}
	return gone, errors.Join(problems...)
}

// removeKind ends a timer and takes its files away. Systemd not answering keeps
// no file in its place: without them there is nothing to start the next time.
func (s systemd) removeKind(ctx context.Context, k remind.Kind) ([]string, error) {
	timer := remind.UnitName(k) + ".timer"
	paths := []string{s.path("timers.target.wants/" + timer), s.path(timer), s.path(remind.UnitName(k) + ".service")}
	if !present(paths[0]) && !present(paths[1]) && !present(paths[2]) {
		return nil, nil
	}
	_, err := s.ctl(ctx, "disable", "--now", timer)
	if err != nil {
		err = say.Error("stop %s: %w; its files are taken away, and it is gone once you log in anew", timer, err)
	}
	var gone []string
	for i, path := range paths {
		was, trouble := erase(path)
		if was && i > 0 { // the link of an enabled unit is systemd's
			gone = append(gone, path)
		}
		err = errors.Join(err, trouble)
	}
	return gone, err
}
