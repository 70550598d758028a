package office

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ronda/city/roundtable"
	"ronda/platform/fault"
	"ronda/platform/ui"
)

// The fields of the dossier's form. Rows have numbered fields: "group-0",
// "where-0", "people-0" plan whom it reaches, "label-0" and "url-0" are a link.
var (
	dossierTexts = []string{"title", "line", "change", "problem", "type", "axis", "sdg", "version"}
	dossierLists = []string{"axes", "goals", "purposes", "sdg_goals", "targets", "territories"}
	dossierRow   = regexp.MustCompile(`^(group|where|people|label|url)-[0-9]{1,2}$`)
)

// decode reads a posted dossier and says which fields cannot be read.
func decode(typed ui.Values) (roundtable.Dossier, error) {
	d := roundtable.Dossier{
		Title: typed.Get("title"), Line: typed.Get("line"), Change: typed.Get("change"), Problem: typed.Get("problem"),
		Type: typed.Get("type"), Axis: typed.Get("axis"), SDG: typed.Get("sdg"),
		Axes: slices.Clone(typed["axes"]), Goals: slices.Clone(typed["goals"]), Purposes: slices.Clone(typed["purposes"]),
		Territories: slices.Clone(typed["territories"]), Targets: slices.Concat(typed["sdg_goals"], typed["targets"]),
	}
	d.Version, _ = strconv.ParseInt(typed.Get("version"), 10, 64)
	var c fault.Check
	for i := range rows(typed, "group-") {
		n := strconv.Itoa(i)
		people := strings.TrimSpace(typed.Get("people-" + n))
		if typed.Get("group-"+n) == "" && people == "" {
			continue // an empty row; a place alone says nothing
		}
		count, ok := wholeNumber(people)
		c.Require(ok, "people-"+n, "roundtable.fault.people")
		d.Planned = append(d.Planned, roundtable.Planned{Group: typed.Get("group-" + n), Territory: typed.Get("where-" + n), People: count})
	}
	for i := range rows(typed, "url-") {
		n := strconv.Itoa(i)
		d.Links = append(d.Links, roundtable.Link{Label: strings.TrimSpace(typed.Get("label-" + n)), URL: strings.TrimSpace(typed.Get("url-" + n))})
	}
	d.Normalise()
	return d, c.Err()
}

// rows is how many numbered fields of that name there are.
func rows(typed ui.Values, name string) int {
	n := 0
	for n < 100 && typed[name+strconv.Itoa(n)] != nil {
		n++
	}
	return n
}

// grouped is a count with its thousands set apart.
var grouped = regexp.MustCompile(`^[0-9]{1,3}([., \x{a0}][0-9]{3})+$`)

// wholeNumber reads a count as people write it: "1200", "1.200", "1,200", "1 200".
func wholeNumber(s string) (int64, bool) {
	if grouped.MatchString(s) {
		s = strings.NewReplacer(".", "", ",", "", " ", "", "\u00a0", "").Replace(s)
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0
}

// encode puts a dossier into the form's fields.
func encode(d roundtable.Dossier) ui.Values {
	v := ui.Values{
		"title": {d.Title}, "line": {d.Line}, "change": {d.Change}, "problem": {d.Problem}, "type": {d.Type}, "axis": {d.Axis}, "sdg": {d.SDG},
		"axes": d.Axes, "goals": d.Goals, "purposes": d.Purposes, "territories": d.Territories,
		"version": {strconv.FormatInt(d.Version, 10)},
	}
	for _, code := range d.Targets {
		name := "sdg_goals"
		if strings.Contains(code, ".") {
			name = "targets"
		}
		v[name] = append(v[name], code)
	}
	for i, p := range d.Planned {
		n := strconv.Itoa(i)
		v["group-"+n], v["where-"+n], v["people-"+n] = []string{p.Group}, []string{p.Territory}, []string{strconv.FormatInt(p.People, 10)}
	}
	for i, l := range d.Links {
		n := strconv.Itoa(i)
		v["label-"+n], v["url-"+n] = []string{l.Label}, []string{l.URL}
	}
	return v
}

// unfinished are the fields of a dossier among what was posted, for its draft.
func unfinished(typed url.Values) roundtable.Unfinished {
	kept := roundtable.Unfinished{}
	for name, values := range typed {
		if slices.Contains(dossierTexts, name) || slices.Contains(dossierLists, name) || dossierRow.MatchString(name) {
			kept[name] = values
		}
	}
	return kept
}
