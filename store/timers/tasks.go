package timers

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"lull/routine/remind"
	"lull/routine/say"
)

// tasks is the Windows Task Scheduler.
type tasks struct{ *Host }

func (t tasks) schtasks(ctx context.Context, args ...string) error {
	_, err := t.Run(ctx, Call{Name: "schtasks", Args: args})
	return err
}

func (t tasks) ready(ctx context.Context) error { return t.schtasks(ctx, "/Query", "/FO", "LIST") }

func (t tasks) there(ctx context.Context, k remind.Kind) bool {
	return t.schtasks(ctx, "/Query", "/TN", remind.TaskName(k)) == nil
}

func (t tasks) install(ctx context.Context, alarms []remind.Alarm) ([]remind.File, error) {
	var wrote []remind.File
	for _, k := range remind.Kinds {
		if len(remind.Of(alarms, k)) == 0 {
			if _, err := t.removeKind(ctx, k); err != nil {
				return nil, err
			}
			continue
		}
		f := remind.Task(k, alarms, t.Command)
		if err := t.create(ctx, f); err != nil {
			return nil, say.Error("make the task %s: %w", f.Name, err)
		}
		wrote = append(wrote, f)
	}
	return wrote, nil
}

// create gives the scheduler a definition. It keeps a copy of its own, so the
// file is taken away.
func (t tasks) create(ctx context.Context, f remind.File) error {
	path := filepath.Join(filepath.Dir(t.Record), "remind-task.xml")
	if err := write(path, remind.UTF16(f.Text)); err != nil {
		return err
	}
	err := t.schtasks(ctx, "/Create", "/F", "/TN", f.Name, "/XML", path)
	return errors.Join(err, os.Remove(path))
}

func (t tasks) wrong(ctx context.Context, alarms []remind.Alarm) []string {
	var all []string
	for _, k := range remind.Kinds {
		if len(remind.Of(alarms, k)) > 0 && !t.there(ctx, k) {
			all = append(all, say.Text("the task %s is gone", remind.TaskName(k)))
		}
	}
	return all
}

func (t tasks) remove(ctx context.Context) ([]string, error) {
	var gone []string
	var problems []error
	for _, k := range remind.Kinds {
		removed, err := t.removeKind(ctx, k)
		gone, problems = append(gone, removed...), append(problems, err)
	}
	return gone, errors.Join(problems...)
}

func (t tasks) removeKind(ctx context.Context, k remind.Kind) ([]string, error) {
	if !t.there(ctx, k) {
		return nil, nil
	}
	if err := t.schtasks(ctx, "/Delete", "/F", "/TN", remind.TaskName(k)); err != nil {
		return nil, say.Error("delete the task %s: %w", remind.TaskName(k), err)
	}
	return []string{say.Text("the task %s", remind.TaskName(k))}, nil
}
