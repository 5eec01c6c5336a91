package main

import (
	"os"

	"lull/assets"
	"lull/routine/say"
	"lull/routine/settings"
)

// speak has lull speak the language that is set or, with auto, the one the
// environment asks for.
func speak(set settings.Settings) error {
	tag := set.Spoken(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
	if tag == say.Tag() {
		return nil
	}
	l, err := say.Open(assets.Files, tag)
	if err != nil {
		return err
	}
	say.Use(l)
	return nil
}
