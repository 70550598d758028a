package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// readData reads a compressed file of ../shared/data; fs.ErrNotExist when it is
// not there.
func readData[T any](b *bench, name string, read func(io.Reader) (T, error)) (out T, err error) {
	file, err := os.Open(filepath.Join(b.root, "..", "shared", "data", filepath.FromSlash(name)))
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	text, err := gzip.NewReader(bufio.NewReader(file))
	if err != nil {
		return out, err
	}
	return read(text)
}

// probes are rows by which somebody tried the form of Madrid.
var probes = regexp.MustCompile(`(?i)ssrf|^test`)

// cleanProposals reads id, title and description of the proposals that are some.
func cleanProposals(in io.Reader) ([][]string, error) {
	r := csv.NewReader(in)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	var out [][]string
	for _, row := range rows[1:] {
		if !probes.MatchString(row[1] + " " + row[2]) {
			out = append(out, row)
		}
	}
	return out, nil
}
