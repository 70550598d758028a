package ideas

import (
	"strings"
	"time"

	"ronda/platform/fault"
)

// Foreign is an idea of another program.
type Foreign struct {
	Line       int    // of the file, for the report
	Source     string // e.g. "decide.madrid.es"
	ID         string // there
	Original   string // id there of the idea that it repeats, empty: none
	URL        string
	Title      string
	Text       string // plain
	Place      string // code or name of a part of the city; what is unknown here is left out
	Lat, Lon   float64
	Axis       string
	Tags       []string
	Signature  string // the public name, if it may be shown here
	Supports   int    // counted there; kept apart from ours
	Comments   int    // counted there
	Created    time.Time
	Withdrawn  bool
	Answer     string // official, empty: none
	AnsweredAt time.Time
}

// ImportOptions say how to take ideas in.
type ImportOptions struct {
	Trial     bool   // check and keep nothing
	Challenge string // number of the challenge they answer, empty: the standing door
}

// What became of a foreign idea.
const (
	RowTaken       = "taken"
	RowKnown       = "known"       // taken in before
	RowQuarantined = "quarantined" // wrong, and left out
)

// ReportRow is what became of one row, or would.
type ReportRow struct {
	Line   int    `json:"line"`
	ID     string `json:"id"`
	Title  string `json:"title"`
	Result string `json:"result"`
	Number string `json:"number,omitempty"` // given to it, or the one it has; none in a trial
	Why    string `json:"why,omitempty"`    // message key
	Family bool   `json:"family,omitempty"` // it is family of the idea it repeats, or would be
}

// Report is what became of all rows.
type Report struct {
	Rows                      []ReportRow
	Taken, Known, Quarantined int
	Families                  int // rows that became family of the one they repeat
}

// key is what the idea is known by here.
func (f *Foreign) key() string { return f.Source + ":" + f.ID }

func (f *Foreign) tidy() {
	d := Draft{Title: f.Title, Text: f.Text, Signature: f.Signature}
	d.tidy()
	f.Title, f.Text, f.Signature = d.Title, d.Text, d.Signature
	f.Source, f.ID, f.URL = strings.TrimSpace(f.Source), strings.TrimSpace(f.ID), strings.TrimSpace(f.URL)
	f.Original = strings.TrimSpace(f.Original)
	f.Answer = strings.TrimSpace(f.Answer)
	if r := []rune(f.Title); len(r) > TitleMax { // the whole of it goes first in the text
		f.Text = strings.TrimSpace(f.Title + "\n\n" + f.Text)
		f.Title = string(r[:TitleMax-1]) + "…"
	}
	if r := []rune(f.Signature); len(r) > SignatureMax {
		f.Signature = string(r[:SignatureMax])
	}
	if f.Lat < -90 || f.Lat > 90 || f.Lon < -180 || f.Lon > 180 || f.Lat != f.Lat || f.Lon != f.Lon {
		f.Lat, f.Lon = 0, 0
	}
}

// wrong is the message of the first thing wrong with a row, empty for none.
func (f *Foreign) wrong() string {
	var c fault.Check
	c.Require(f.Source != "" && f.ID != "" && len(f.Source)+len(f.ID) < 200, "id", "ideas.fault.import_id")
	c.Text("title", f.Title, true, TitleMax)
	c.Text("text", f.Text, false, importTextMax)
	c.Text("signature", f.Signature, false, SignatureMax)
	c.Text("answer", f.Answer, false, importTextMax)
	c.Require(f.URL == "" || strings.HasPrefix(f.URL, "https://") || strings.HasPrefix(f.URL, "http://"), "url", "ideas.fault.import_url")
	c.Require(f.Supports >= 0 && f.Comments >= 0, "supports", "ideas.fault.number")
	if err, ok := c.Err().(*fault.Error); ok && err != nil {
		return err.Fields[0].Key
	}
	return ""
}
