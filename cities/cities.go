// Package cities carries the example cities inside the program: Buenos Aires, as
// its roundtable was in 2013, and Villa Flores, a small invented one that shares
// none of its rules. See city/charter for what the files mean.
package cities

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

//go:embed buenosaires villaflores sdg.yaml
var shipped embed.FS

// shared is the file that every city uses and none has to copy.
const shared = "sdg.yaml"

// Names lists the cities that come with the program.
func Names() []string {
	var names []string
	entries, _ := shipped.ReadDir(".")
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// Open gives the files of a city that comes with the program, complete.
func Open(name string) (fs.FS, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("no city %q comes with the program; there are %v", name, Names())
	}
	own, err := fs.Sub(shipped, name)
	if err != nil {
		return nil, err
	}
	return Complete(own), nil
}

// Complete adds to the folder of a city the shared files that it lacks.
func Complete(own fs.FS) fs.FS { return overlay{own} }

// overlay is a city's folder with the shared file behind it.
type overlay struct{ own fs.FS }

// Open gives the city's own file, else the shared one.
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.own.Open(name)
	if path.Clean(name) == shared && errors.Is(err, fs.ErrNotExist) {
		return shipped.Open(shared)
	}
	return f, err
}

// ReadDir lists the city's own folder, at the top with the shared file.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.own, name)
	has := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == shared })
	if err != nil || name != "." || has {
		return entries, err
	}
	info, err := fs.Stat(shipped, shared)
	if err != nil {
		return nil, err
	}
	return append(entries, fs.FileInfoToDirEntry(info)), nil
}
