package office

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ronda/city/roundtable"
	"ronda/city/roundtable/wording"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// versionsPage shows what the person wrote beside what somebody stored
// meanwhile. All that was typed travels along, unseen.
type versionsPage struct {
	Heading ui.Heading
	Both    ui.Conflict
	Form    ui.Form
	Parts   []ui.Option // that differ
	Drop    string      // address that lets the own version go
}

// stored is the dossier that beat an edit.
func stored(err error) (roundtable.Dossier, bool) {
	var f *fault.Error
	if !errors.As(err, &f) {
		return roundtable.Dossier{}, false
	}
	d, ok := f.Theirs.(roundtable.Dossier)
	return d, ok
}

// twoVersions keeps what was typed and shows it beside what is stored.
func (o *Office) twoVersions(w http.ResponseWriter, r *http.Request, v roundtable.View, typed ui.Values, mine, theirs roundtable.Dossier) error {
	ctx := r.Context()
	typed["version"] = []string{strconv.FormatInt(theirs.Version, 10)}
	if err := o.keepTyped(ctx, v, url.Values(typed)); err != nil {
		return err
	}
	parts := mine.Differences(theirs)
	say := o.words(ctx, v.Charter)
	p := versionsPage{
		Heading: ui.Heading{Crumbs: crumbs(ctx, v.Initiative), Over: v.Initiative.Number, Title: i18n.T(ctx, "roundtable.fault.edited"),
			Lead: i18n.T(ctx, "roundtable.office.versions.lead")},
		Both: ui.Conflict{Title: i18n.T(ctx, "roundtable.office.versions")},
		Form: ui.Form{Action: href(v.Initiative, "/expediente"), Values: ui.Values{}, Hidden: pairs(typed)},
		Drop: href(v.Initiative, "/expediente/descartar"),
	}
	nothing := i18n.T(ctx, "roundtable.office.versions.nothing")
	for _, part := range parts {
		label := i18n.T(ctx, "roundtable.field."+part)
		p.Both.Rows = append(p.Both.Rows, ui.ConflictRow{Label: label,
			Theirs: cmp.Or(say.part(ctx, theirs, part), nothing), Yours: cmp.Or(say.part(ctx, mine, part), nothing)})
		p.Parts = append(p.Parts, ui.Option{Value: part, Text: label})
	}
	page := pageOf(p.Heading.Title, versionsBody(p))
	page.Status = http.StatusConflict
	return web.Render(w, r, page)
}

// pairs are the dossier's fields among what was typed.
func pairs(typed ui.Values) []ui.Pair {
	var out []ui.Pair
	kept := unfinished(url.Values(typed))
	for name, values := range kept {
		for _, value := range values {
			out = append(out, ui.Pair{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(out, func(a, b ui.Pair) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// take puts into d those parts of the stored dossier that the person takes.
func take(d *roundtable.Dossier, from roundtable.Dossier, parts []string) {
	for _, part := range parts {
		switch part {
		case "title":
			d.Title = from.Title
		case "line":
			d.Line = from.Line
		case "change":
			d.Change = from.Change
		case "problem":
			d.Problem = from.Problem
		case "type":
			d.Type = from.Type
		case "axis":
			d.Axis, d.Axes = from.Axis, from.Axes
		case "goals":
			d.Goals = from.Goals
		case "purposes":
			d.Purposes = from.Purposes
		case "sdg":
			d.SDG, d.Targets = from.SDG, from.Targets
		case "territories":
			d.Territories = from.Territories
		case "planned":
			d.Planned = from.Planned
		case "links":
			d.Links = from.Links
		}
	}
}

// merged are the values of a form with those parts of the stored dossier in it
// that the person takes.
func merged(typed ui.Values, from roundtable.Dossier) ui.Values {
	d, err := decode(typed)
	if err != nil {
		return typed
	}
	take(&d, from, typed["take"])
	return encode(d)
}

// part says one part of a dossier in words, one line for each thing in it.
func (w words) part(ctx context.Context, d roundtable.Dossier, part string) string {
	var lines []string
	switch part {
	case "title":
		return d.Title
	case "line":
		return d.Line
	case "change":
		return d.Change
	case "problem":
		return d.Problem
	case "type":
		return wording.Lines(w.Charter.Frame.Types, w.Lang, d.Type)
	case "axis":
		return wording.Lines(w.Charter.Frame.Axes, w.Lang, append([]string{d.Axis}, d.Axes...)...)
	case "goals":
		return wording.Lines(w.Charter.Frame.Goals, w.Lang, d.Goals...)
	case "purposes":
		return wording.Lines(w.Charter.Frame.Purposes, w.Lang, d.Purposes...)
	case "territories":
		return wording.Lines(w.Charter.Territories, w.Lang, d.Territories...)
	case "sdg":
		for _, code := range append([]string{d.SDG}, d.Targets...) {
			lines = append(lines, w.SDG(code))
		}
	case "planned":
		for _, p := range d.Planned {
			lines = append(lines, i18n.Number(ctx, p.People)+" · "+wording.Lines(w.Charter.Frame.Groups, w.Lang, p.Group)+" · "+
				wording.Lines(w.Charter.Territories, w.Lang, p.Territory))
		}
	case "links":
		for _, l := range d.Links {
			lines = append(lines, strings.TrimSpace(l.Label+" "+l.URL))
		}
	}
	return strings.Join(lines, "\n")
}
