package record

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const private = 0o600

// createFile writes a new private file in whole or not at all, and never over
// one that exists.
func createFile(path, text string) error {
	made, err := writeBeside(path, text)
	if err != nil {
		return err
	}
	err = os.Link(made, path)
	return errors.Join(err, os.Remove(made), syncFolder(path))
}

// replaceFile writes a file in whole or not at all; what stood there is kept
// until the new text is on disk.
func replaceFile(path, text string) error {
	made, err := writeBeside(path, text)
	if err != nil {
		return err
	}
	if err := os.Rename(made, path); err != nil {
		return errors.Join(err, os.Remove(made))
	}
	return syncFolder(path)
}

// writeBeside puts the text on disk in a new file of the same folder.
func writeBeside(path, text string) (name string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Chmod(private), f.Sync(), f.Close())
	if err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// syncFolder puts the name of a new file on disk.
func syncFolder(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}
