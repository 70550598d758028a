package office

import (
	"io"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/roundtable"
	"ronda/platform/fault"
	"ronda/platform/web"
)

// posted is a form with the file that came with it, if any.
type posted struct {
	url.Values
	Name string // of the file, empty without one
	Data []byte
}

// postedForm reads a form that may bring a file in its field "file".
func postedForm(w http.ResponseWriter, r *http.Request) (posted, error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		values, err := web.Form(w, r)
		return posted{Values: values}, err
	}
	values, file, head, err := web.FileForm(w, r, "file")
	if err != nil || file == nil {
		return posted{Values: values}, err
	}
	defer func() { _ = file.Close() }() // read whole or not at all
	data, err := io.ReadAll(file)
	if err != nil {
		return posted{}, err
	}
	return posted{values, head.Filename, data}, nil
}

// public says whether the box under the file was left ticked.
func (p posted) public() bool { return p.Get("file_public") == "true" }

// noFile is what a form says that needs a file and came without.
func noFile() error {
	var c fault.Check
	c.Fail("file", "fault.required")
	return c.Err()
}

// accepted lists the endings of files that are taken, as a file field wants them.
func accepted() string { return strings.Join(roundtable.Endings(), ",") }
