package cli

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/strict"
	"lull/routine/where"
)

func editVerb(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "edit ID KEY=VALUE...",
		Short: say.Text("Change some keys of a fact"),
		Long: say.Text("Changes some keys of a fact. The keys are those of the fact's line in `lull log " +
			"--json`, and at, night, day and clock_suspect. A new at also gives a new night and " +
			"day, unless they are given too. An empty value takes a key away."),
		Example: "lull log edit 1a2b3c4d pain=5 helped=stretch,walk\nlull log edit 1a2b3c4d at='yesterday 23:40'\nlull log edit 1a2b3c4d note=",
		Args:    words(2, -1, "an ID and at least one KEY=VALUE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.edit(cmd.Context(), args[0], args[1:])
		},
	}
}

func (a *App) edit(ctx context.Context, part string, changes []string) error {
	return a.atDesk(ctx, fewNights, func(d *desk) error { return d.edit(ctx, part, changes) })
}

func (d *desk) edit(ctx context.Context, part string, changes []string) error {
	e, stands, err := lookUp(ctx, d.log, part)
	if err != nil {
		return err
	}
	if !stands {
		return say.Error("%s was removed; `lull log remove %s --undo` puts it back", d.factWords(e), short(e.ID))
	}
	if of, edit := e.Of(); edit {
		return misused("%s is a change to %s; change that instead", short(e.ID), short(of))
	}
	patch, err := d.patch(e, changes)
	if err != nil {
		return err
	}
	revision, err := journal.NewRevision(&d.mint, d.now, e, patch)
	if err != nil {
		return misused("nothing was changed: %v", err)
	}
	if err := d.record(ctx, revision); err != nil {
		return err
	}
	now, _, err := d.log.Find(ctx, e.ID)
	if err != nil {
		return err
	}
	d.app.say("changed: %s; to take it back: lull log remove %s", d.factWords(now), short(revision.ID))
	d.doubtClock()
	return nil
}

// reader makes the value of a key from what was typed.
type reader func(d *desk, said string) (any, error)

// readers are the keys whose value is not a text.
var readers = map[string]reader{
	"planned_s":     whole(time.Second),
	"held_s":        whole(time.Second),
	"lasted_s":      whole(time.Second),
	"awake_min":     whole(time.Minute),
	"pain":          whole(0),
	"soreness":      whole(0),
	"sore_days":     whole(0),
	"ml":            whole(0),
	"side":          func(_ *desk, said string) (any, error) { return where.Side(said), nil },
	"muscle":        func(_ *desk, said string) (any, error) { return where.Muscle(said) },
	"helped":        readWords,
	"signs":         readWords,
	"knot":          readTruth,
	"untimed":       readTruth,
	"at_least":      readTruth,
	"moves":         readJSON,
	"from":          readNight,
	"to":            readNight,
	"at":            readWhen,
	"night":         readNight,
	"day":           readDay,
	"clock_suspect": readTruth,
}

// whole reads a number, or a length such as 4m if the number counts a unit.
func whole(unit time.Duration) reader {
	return func(_ *desk, said string) (any, error) {
		n, err := strconv.Atoi(said)
		if err == nil {
			return n, nil
		}
		if length, bad := time.ParseDuration(said); unit > 0 && bad == nil {
			return int(length / unit), nil
		}
		if unit > 0 {
			return nil, say.Error("%.40q is neither a number nor a length such as 4m", said)
		}
		return nil, say.Error("%.40q is not a number", said)
	}
}

func readJSON(_ *desk, said string) (any, error) {
	if !json.Valid([]byte(said)) {
		return nil, say.Error("%.40q is not JSON", said)
	}
	return json.RawMessage(said), nil
}

func readWords(_ *desk, said string) (any, error) { return strings.Split(said, ","), nil }
func readTruth(_ *desk, said string) (any, error) {
	truth, err := strconv.ParseBool(said)
	if err != nil {
		return nil, say.Error("%.40q is neither true nor false", said)
	}
	return truth, nil
}

func readWhen(d *desk, said string) (any, error)  { return journal.ParseWhen(said, d.now) }
func readNight(d *desk, said string) (any, error) { return journal.ParseDay(said, d.night()) }
func readDay(d *desk, said string) (any, error)   { return journal.ParseDay(said, d.day()) }

// movable are the keys every fact has that can be changed; a revision names
// them new_at and so on, since it has an at of its own.
var movable = []string{"at", "night", "day", "clock_suspect"}

// patch reads KEY=VALUE for a fact.
func (d *desk) patch(e journal.Entry, changes []string) (map[string]any, error) {
	kind := e.Fact.Kind()
	keys := slices.Concat(journal.Keys(kind), movable)
	patch := map[string]any{}
	for _, change := range changes {
		key, said, ok := strings.Cut(change, "=")
		if !ok {
			return nil, misused("%.60q is not KEY=VALUE", change)
		}
		if !slices.Contains(keys, key) {
			return nil, misused("%.60q is not a key of a fact that is %s; %s", key, kind, strict.Instead(key, keys))
		}
		value, err := d.value(key, said)
		if err != nil {
			return nil, misused("%s: %v", key, err)
		}
		if slices.Contains(movable, key) {
			key = "new_" + key
		}
		patch[key] = value
	}
	d.relabel(e, patch)
	return patch, nil
}

func (d *desk) value(key, said string) (any, error) {
	if said == "" && slices.Contains(movable, key) {
		return nil, say.Error("it cannot be empty")
	}
	if said == "" {
		return nil, nil
	}
	if read, special := readers[key]; special {
		return read(d, said)
	}
	return said, nil
}

// relabel gives a fact that moves in time the night and day of its new instant.
func (d *desk) relabel(e journal.Entry, patch map[string]any) {
	at, moved := patch["new_at"].(time.Time)
	if !moved {
		return
	}
	c := d.set.Calendar
	for key, date := range map[string]journal.Date{"new_night": c.Night(at), "new_day": c.Day(at)} {
		if _, given := patch[key]; !given {
			patch[key] = date
		}
	}
	if _, given := patch["new_clock_suspect"]; !given && journal.Suspicious(d.now, at) != e.Suspect {
		patch["new_clock_suspect"] = !e.Suspect
	}
}
