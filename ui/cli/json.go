package cli

import (
	"encoding/json"

	"lull/routine/safe"
)

// sayJSON prints a value as one line of JSON.
func (a *App) sayJSON(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	a.say("%s", safe.JSON(line))
	return nil
}
