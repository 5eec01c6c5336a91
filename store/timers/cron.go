package timers

import (
	"context"
	"errors"
	"os/exec"
	"strings"

	"lull/routine/remind"
	"lull/routine/say"
)

// cron is the user's crontab.
type cron struct{ *Host }

func (c cron) crontab(ctx context.Context, input string, args ...string) (string, error) {
	return c.Run(ctx, Call{Name: "crontab", Args: args, Input: input, Env: []string{"LC_ALL=C"}})
}

// read gives the whole crontab, nothing if the user has none. Whatever else
// fails is an error: a crontab that could not be read must not be replaced.
func (c cron) read(ctx context.Context) (string, error) {
	text, err := c.crontab(ctx, "", "-l")
	if err != nil {
		said := strings.ToLower(err.Error())
		if strings.Contains(said, "no crontab") || strings.Contains(said, "can't open") && strings.Contains(said, "no such file") {
			return "", nil
		}
		return "", err
	}
	return text, nil
}

func (c cron) ready(ctx context.Context) error {
	_, err := c.read(ctx)
	return err
}

func (c cron) install(ctx context.Context, alarms []remind.Alarm) ([]remind.File, error) {
	part := remind.Crontab(alarms, c.Command)
	if err := c.change(ctx, part); err != nil {
		return nil, err
	}
	return []remind.File{{Name: say.Text("your crontab (crontab -l)"), Text: part}}, nil
}

func (c cron) change(ctx context.Context, part string) error {
	old, err := c.read(ctx)
	if err != nil {
		return say.Error("read your crontab: %w", err)
	}
	text := remind.WithCrontab(old, part)
	switch {
	case text == old:
		return nil
	case text == "":
		_, err = c.crontab(ctx, "", "-r")
	default:
		_, err = c.crontab(ctx, text, "-")
	}
	if err != nil {
		return say.Error("change your crontab: %w; it is as it was", err)
	}
	return nil
}

func (c cron) wrong(ctx context.Context, alarms []remind.Alarm) []string {
	text, err := c.read(ctx)
	if err != nil {
		return []string{err.Error()}
	}
	switch part, there := remind.CrontabPart(text); {
	case !there:
		return []string{say.Text("the lines in your crontab are gone")}
	case part != remind.Crontab(alarms, c.Command):
		return []string{say.Text("the lines in your crontab are not as lull would write them now")}
	}
	return nil
}

func (c cron) remove(ctx context.Context) ([]string, error) {
	text, err := c.read(ctx)
	if errors.Is(err, exec.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, say.Error("read your crontab: %w", err)
	}
	if _, there := remind.CrontabPart(text); !there {
		return nil, nil
	}
	if err := c.change(ctx, ""); err != nil {
		return nil, err
	}
	return []string{say.Text("the lines in your crontab")}, nil
}
