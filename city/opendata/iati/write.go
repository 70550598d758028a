package iati

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// Version is the version of the standard.
const Version = "2.03"

// Writer writes activities one after the other.
type Writer struct {
	w     io.Writer
	at    time.Time
	begun bool
	hold  bytes.Buffer
}

// NewWriter makes the writer of a file of a moment, which the first activity begins.
func NewWriter(w io.Writer, at time.Time) *Writer { return &Writer{w: w, at: at} }

// Empty says whether no activity was written yet, and so nothing at all.
func (x *Writer) Empty() bool { return !x.begun }

// Unsayable is the error of an activity that cannot be put in XML.
type Unsayable struct{ error }

// Write writes an activity whole or, with an Unsayable error, nothing of it.
func (x *Writer) Write(a Activity) error {
	x.hold.Reset()
	if !x.begun {
		fmt.Fprintf(&x.hold, "%s<iati-activities version=%q generated-datetime=%q>\n", xml.Header, Version, x.at.UTC().Format(time.RFC3339))
	}
	e := xml.NewEncoder(&x.hold)
	e.Indent(" ", " ")
	if err := e.Encode(a); err != nil {
		return Unsayable{fmt.Errorf("activity %s: %w", a.Identifier, err)}
	}
	x.hold.WriteByte('\n')
	x.begun = true
	_, err := x.hold.WriteTo(x.w)
	return err
}

// Close ends the file.
func (x *Writer) Close() error {
	_, err := io.WriteString(x.w, "</iati-activities>\n")
	return err
}
