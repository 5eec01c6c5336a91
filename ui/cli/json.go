package cli

import (
	"encoding/json"

	"lull/routine/safe"
	"lull/routine/say"
)

// forPrograms has everything said in English, until the function it returns is
// called, if it is for programs to read: what they are told has no language.
func forPrograms(asked bool) (back func()) {
	if !asked {
		return func() {}
	}
	return say.InEnglish()
}

// sayJSON prints a value as one line of JSON.
func (a *App) sayJSON(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	a.line("%s", safe.JSON(line))
	return nil
}
