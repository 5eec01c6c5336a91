package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/say"
)

type checkFlags struct{ repair, json bool }

func checkVerb(a *App) *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check",
		Short: say.Text("Verify what is kept, and repair it with --repair"),
		Long: say.Text("Reads everything that is kept, verifies it, and says how many facts can be read and what the newest " +
			"backup would add, and lists the backups that `lull restore` can be given. Nothing is changed. If something is damaged the exit status is 4.\n\n" +
			"With --repair, and only if something is wrong, it makes a new file of every fact that can be read in the old " +
			"one, in the journal, in the inbox and in the backups. What was damaged is set aside and never changed. It says " +
			"exactly what could not be saved; if there is anything, the exit status is 1."),
		Example: "lull check\nlull check --json\nlull check --repair",
		Args:    words(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.repair {
				return a.repair(cmd.Context(), f.json)
			}
			return a.check(cmd.Context(), f.json)
		},
	}
	c.Flags().BoolVar(&f.repair, "repair", false, say.Text("make a new file of everything that can be read, if something is wrong"))
	c.Flags().BoolVar(&f.json, "json", false, say.Text("one line of JSON"))
	return c
}

func (a *App) check(ctx context.Context, inJSON bool) error {
	defer forPrograms(inJSON)()
	found, err := a.Keeper.Check(ctx)
	if err != nil {
		return err
	}
	damage := found.damage()
	found.Zone = a.ZoneError
	switch {
	case inJSON:
		err = a.sayJSON(found.toJSON())
	case found.File == "":
		a.say("nothing is recorded yet, and nothing is wrong")
	default:
		a.tellFindings(found, damage)
	}
	switch {
	case err != nil:
	case len(damage) > 0:
		err = errors.Join(errTold, journal.ErrDamaged)
	case found.Zone != nil && inJSON:
		err = errTold
	case found.Zone != nil:
		err = found.Zone
	}
	return err
}

func (a *App) tellFindings(found Findings, damage []string) {
	a.say("%s, %d bytes", cleanLines(found.File), found.Bytes)
	if found.Damage == "" {
		a.say("  %s on %s", say.Count(found.Facts, "%d record", "%d records"), say.Count(found.Nights, "%d night", "%d nights"))
	}
	a.say("  %s in the journal, %s", say.Count(found.Lines, "%d line", "%d lines"), say.Count(found.Backups, "%d backup", "%d backups"))
	a.listBackups(found.Kept)
	for _, n := range found.notes() {
		a.line("  %s", n)
	}
	if len(damage) == 0 {
		if found.Zone == nil {
			a.say("all in order")
		}
		return
	}
	a.say("  %s can be read%s", say.Count(found.Readable, "%d fact", "%d facts"), found.adds())
	for _, d := range damage {
		a.warnLine(cleanLines(d))
	}
	if found.Damage == "" {
		a.warn("`lull check --repair` makes a new file of everything that can be read, and keeps the old ones aside")
	}
}

// listBackups names what lull restore can be given.
func (a *App) listBackups(all []Backup) {
	widest := 0
	for _, b := range all {
		widest = max(widest, len(clean(b.Name)))
	}
	for _, b := range all {
		state := say.Count(b.Facts, "%d fact", "%d facts")
		if b.Damage != "" {
			state = say.Text("damaged: %s", cleanLines(b.Damage))
		}
		a.line("    %-*s  %-10s  %s", widest, clean(b.Name), clean(b.Date), state)
	}
}

// adds says what the newest backup has that is nowhere else.
func (f Findings) adds() string {
	switch {
	case f.Newest == "":
		return say.Text("; there is no sound backup")
	case f.Adds == 0:
		return say.Text("; the newest backup, %s, adds none", clean(f.Newest))
	}
	return say.Text("; the newest backup, %s, adds %d", clean(f.Newest), f.Adds)
}

// notes are what the next command settles by itself, or a newer lull reads.
func (f Findings) notes() []string {
	var notes []string
	if f.Waiting > 0 {
		notes = append(notes, say.Count(f.Waiting, "%d file of the inbox will be taken in as soon as that can be", "%d files of the inbox will be taken in as soon as that can be"))
	}
	if f.Damage != "" {
		return notes
	}
	if f.TwoNames {
		notes = append(notes, say.Text("the journal and the database bear the names of two machines, as after a file was copied; the next change is written under a new name"))
	}
	if f.CutOff {
		notes = append(notes, say.Text("the last change was cut off; the next command takes it from the journal"))
	}
	if f.Unfolded > 0 {
		notes = append(notes, say.Count(f.Unfolded, "%d fact of the journal will be taken in by the next command", "%d facts of the journal will be taken in by the next command"))
	}
	if f.Unknown > 0 {
		notes = append(notes, say.Count(f.Unknown, "%d fact cannot be read by this lull and will be kept as they are", "%d facts cannot be read by this lull and will be kept as they are"))
	}
	return notes
}

// damage says what is wrong, a sentence each.
func (f Findings) damage() []string {
	var wrong []string
	if f.Damage != "" {
		wrong = append(wrong, say.Text("the file is damaged: %s; %s", f.Damage, f.Remedy))
	}
	for _, count := range []struct {
		n    int
		said string
	}{
		{f.Unreadable, say.Count(f.Unreadable, "%d record does not match its checksum", "%d records do not match their checksum")},
		{f.WrongNights, say.Count(f.WrongNights, "%d night is not the sum of its facts", "%d nights are not the sum of their facts")},
		{f.Mislabelled, say.Count(f.Mislabelled, "%d fact is not found under its night or day", "%d facts are not found under their night or day")},
		{f.BadLines, say.Count(f.BadLines, "%d line of the journal does not match its checksum", "%d lines of the journal do not match their checksum")},
		{f.Unjournalled, say.Count(f.Unjournalled, "%d fact is not in the journal, so there is one copy of it instead of two",
			"%d facts are not in the journal, so there is one copy of them instead of two")},
	} {
		if count.n > 0 {
			wrong = append(wrong, count.said)
		}
	}
	for _, b := range f.Kept {
		if b.Damage != "" {
			wrong = append(wrong, say.Text("backup %s", b.Name+": "+b.Damage))
		}
	}
	return wrong
}

// findingsJSON is Findings for other programs.
type findingsJSON struct {
	OK       bool     `json:"ok"`
	File     string   `json:"file"`
	Bytes    int64    `json:"bytes"`
	Facts    int      `json:"facts"`
	Nights   int      `json:"nights"`
	Lines    int      `json:"lines"`
	Readable int      `json:"readable"`
	Backups  int      `json:"backups"`
	Newest   string   `json:"newest_backup"`
	Adds     int      `json:"newest_backup_adds"`
	Kept     []Backup `json:"backup_files"`
	Waiting  int      `json:"waiting"`
	Notes    []string `json:"notes"`
	Damage   []string `json:"damage"`
}

func (f Findings) toJSON() findingsJSON {
	damage, notes := f.damage(), append([]string{}, f.notes()...)
	if f.Zone != nil {
		notes = append(notes, f.Zone.Error())
	}
	return findingsJSON{
		OK: len(damage) == 0 && f.Zone == nil, File: f.File, Bytes: f.Bytes, Facts: f.Facts, Nights: f.Nights, Lines: f.Lines, Readable: f.Readable,
		Backups: f.Backups, Newest: f.Newest, Adds: f.Adds, Waiting: f.Waiting,
		Kept: append([]Backup{}, f.Kept...), Notes: notes, Damage: append([]string{}, damage...),
	}
}

// repair does what can be done and says exactly what could not.
func (a *App) repair(ctx context.Context, inJSON bool) error {
	defer forPrograms(inJSON)()
	done, err := a.Keeper.Repair(ctx)
	if err != nil {
		return err
	}
	lost := done.lost()
	switch {
	case inJSON:
		err = a.sayJSON(done.toJSON(lost))
	case done.File == "":
		a.say("nothing is recorded yet, and nothing is wrong")
	case !done.Needed:
		a.say("nothing is wrong with %s, so nothing was changed", cleanLines(done.File))
	default:
		a.tellRepair(done, lost)
	}
	if err == nil && len(lost) > 0 {
		err = errTold
	}
	return err
}

func (a *App) tellRepair(done Repaired, lost []string) {
	a.say("%s is new and holds %s", cleanLines(done.File), say.Count(done.Facts, "%d fact", "%d facts"))
	for _, s := range done.Sources {
		a.say("  %d from %s", s.Facts, clean(s.Place))
	}
	a.say("what was damaged is kept in %s", cleanLines(done.Aside))
	if done.Notes {
		a.say("the old file could not be opened, so a session that was left unfinished, if there was one, cannot be gone on with")
	}
	if len(lost) == 0 {
		a.say("nothing that was recorded is known to be lost")
		return
	}
	a.warn("this could not be saved:")
	for _, l := range lost {
		a.warnLine("  " + cleanLines(l))
	}
}

// mostLost bounds what is listed; a disk that lost thousands tells enough by their
// number.
const mostLost = 50

// lost says what could not be saved, a line each.
func (r Repaired) lost() []string {
	var said []string
	for i, l := range r.Lost {
		if i == mostLost {
			said = append(said, say.Count(len(r.Lost)-i, "and %d fact more", "and %d facts more"))
			break
		}
		said = append(said, l)
	}
	for i, l := range r.Lines {
		if i == mostLost {
			said = append(said, say.Count(len(r.Lines)-i, "and %d line more that tells nothing any more", "and %d lines more that tell nothing any more"))
			break
		}
		said = append(said, say.Text("%s tells nothing any more; its fact may be among those that were saved from elsewhere", l))
	}
	if r.Missed > 0 {
		said = append(said, say.Text("%d bytes of the old file, which the disk does not give: copy the folder to another disk", r.Missed))
	}
	return said
}

type repairedJSON struct {
	Needed  bool     `json:"needed"`
	File    string   `json:"file"`
	Facts   int      `json:"facts"`
	Sources []Source `json:"sources"`
	Aside   string   `json:"aside"`
	Lost    []string `json:"lost"`
}

func (r Repaired) toJSON(lost []string) repairedJSON {
	return repairedJSON{r.Needed, r.File, r.Facts, append([]Source{}, r.Sources...), r.Aside, append([]string{}, lost...)}
}
