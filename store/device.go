package store

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// device is this machine's name: the one it has in journal/, or a new one.
func (s *Store) device() (string, error) {
	if err := s.makeFolder(s.path(journalName)); err != nil {
		return "", err
	}
	if name, there := s.deviceThere(); there {
		return name, nil
	}
	return s.newDevice()
}

// newDevice gives this machine a name that no other has, durably.
func (s *Store) newDevice() (string, error) {
	name, err := s.randomHex(deviceDigits / 2)
	if err != nil {
		return "", err
	}
	if err := s.makeFolder(s.path(journalName)); err != nil {
		return "", err
	}
	marker := filepath.Join(s.path(journalName), deviceName)
	return name, s.replaceFile(marker, fmt.Appendln(nil, name))
}

// deviceThere is the name that this machine has already.
func (s *Store) deviceThere() (name string, there bool) {
	b, err := readSmall(filepath.Join(s.path(journalName), deviceName))
	if err != nil {
		return "", false
	}
	return deviceOf(string(b))
}

const deviceDigits = 16

// deviceOf takes a device's name out of a line that was written whole.
func deviceOf(line string) (name string, whole bool) {
	name, ended := strings.CutSuffix(line, "\n")
	if !ended || !isDevice(name) {
		return "", false
	}
	return name, true
}

func isDevice(s string) bool {
	if len(s) != deviceDigits {
		return false
	}
	for _, c := range s {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// settleDevice makes sure, before anything is written under it, that the name in
// the database is this machine's. The journal has it too: where the two are not
// the same, a file was put here that another machine wrote, and nothing tells
// which. Then this machine takes a name that no other can have. It remembers the
// names it may have had, so that what it wrote under them is still told to others.
func (f *fold) settleDevice(s *Store) error {
	marked, there := s.deviceThere()
	if there && marked == f.device {
		return nil
	}
	names := s.formerly()
	for _, name := range []string{f.device, marked} {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if err := s.makeFolder(s.path(journalName)); err != nil {
		return err
	}
	if err := s.replaceFile(s.formerlyFile(), []byte(strings.Join(names, "\n")+"\n")); err != nil {
		return err
	}
	if there {
		s.warn("%s and %s bear the names of two machines, as after a file was copied from one to the other: this one takes a new name, and nothing is lost",
			s.path(dbName), s.path(filepath.Join(journalName, deviceName)))
	}
	var err error
	if f.device, err = s.newDevice(); err != nil {
		return err
	}
	return f.setText(metaDevice, f.device)
}

func (s *Store) formerlyFile() string { return s.path(filepath.Join(journalName, formerlyName)) }

// maxFormerly bounds what is read of the names; nobody mixes up files so often.
const maxFormerly = 1 << 16

// formerly lists the names under which this machine may have written.
func (s *Store) formerly() (names []string) {
	f, err := openFile(s.formerlyFile(), os.O_RDONLY)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFormerly))
	if err != nil {
		return nil
	}
	for line := range strings.Lines(string(text)) {
		if name, whole := deviceOf(line); whole {
			names = append(names, name)
		}
	}
	return names
}
