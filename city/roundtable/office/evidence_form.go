package office

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// evidenceForm is the name of the form that adds evidence of a kind to an item.
func evidenceForm(item string, kind charter.Evidence) string { return item + "-" + string(kind) }

// addForms are the forms that add to an item, one for each kind it takes.
func addForms(ctx context.Context, v roundtable.StepView, item charter.Item, files []fileRow, t tried) []stepPanel {
	var out []stepPanel
	for _, kind := range item.Evidence {
		if kind == charter.EvidencePresence {
			continue // it is recorded, not claimed
		}
		name := evidenceForm(item.Code, kind)
		typed, wrong := t.of(name, ui.Values{"day": {string(v.Today)}, "file_public": {"true"}})
		out = append(out, stepPanel{Name: name, Title: kindName(ctx, kind), Open: wrong.Any(), onePanel: onePanel{
			Form: ui.Form{ID: name, Action: stepHref(v) + "/evidencia", Files: kind == charter.EvidenceDocument, Values: typed, Errors: wrong,
				Hidden: []ui.Pair{{Name: "item", Value: item.Code}, {Name: "kind", Value: string(kind)}}},
			Fields: evidenceFields(ctx, v, item, kind, files),
			Yes:    ui.Button{Text: i18n.T(ctx, "roundtable.office.evidence.add"), Of: ": " + item.Name.In(i18n.Of(ctx)), Weight: ui.Quiet},
		}})
	}
	return out
}

func evidenceFields(ctx context.Context, v roundtable.StepView, item charter.Item, kind charter.Evidence, files []fileRow) []ui.Field {
	day := ui.Field{Name: "day", Label: i18n.T(ctx, "roundtable.office.evidence.day"), Kind: ui.Date, To: string(v.Today), Required: true}
	text := ui.Field{Name: "text", Label: i18n.T(ctx, "roundtable.office.evidence.text"), Kind: ui.Area, Rows: 4, Max: roundtable.TextMax, Required: true}
	switch kind {
	case charter.EvidenceLink:
		text.Label, text.Required, text.Rows = i18n.T(ctx, "roundtable.office.evidence.about"), false, 2
		return []ui.Field{{Name: "url", Label: i18n.T(ctx, "roundtable.office.dossier.url"), Kind: ui.Web, Required: true, Placeholder: "https://"}, text, day}
	case charter.EvidenceList:
		text.Label, text.Hint = i18n.T(ctx, "roundtable.office.evidence.list"), i18n.T(ctx, "roundtable.office.evidence.list.hint")
	case charter.EvidenceFigure:
		figure := ui.Field{Name: "figure", Label: i18n.T(ctx, "roundtable.office.evidence.figure"), Kind: ui.Number, Required: true}
		if item.Threshold != nil {
			figure.Unit = item.Threshold.Unit.In(i18n.Of(ctx))
		}
		return []ui.Field{figure, day}
	case charter.EvidenceDocument:
		return append(documentFields(ctx, files), day)
	}
	return []ui.Field{text, day}
}

// documentFields take a file of the initiative, or a new one at once.
func documentFields(ctx context.Context, files []fileRow) []ui.Field {
	fields := []ui.Field{fileField(ctx), publicField(ctx)}
	if len(files) == 0 {
		return fields
	}
	options := make([]ui.Option, len(files))
	for i, f := range files {
		options[i] = ui.Option{Value: f.ID, Text: f.Name + " · " + f.Day}
	}
	return append([]ui.Field{{Name: "attachment", Label: i18n.T(ctx, "roundtable.office.evidence.attachment"), Kind: ui.Select,
		Options: options, Placeholder: i18n.T(ctx, "roundtable.office.evidence.upload")}}, fields...)
}

// anyOpen says whether one of the forms came back with errors.
func anyOpen(forms []stepPanel) bool {
	return slices.ContainsFunc(forms, func(f stepPanel) bool { return f.Open })
}

func (o *Office) addEvidence(w http.ResponseWriter, r *http.Request) error {
	p, err := postedForm(w, r)
	if err != nil {
		return err
	}
	e := roundtable.Evidence{Step: r.PathValue("code"), Item: p.Get("item"), Kind: charter.Evidence(p.Get("kind")),
		Day: clock.Day(p.Get("day")), Text: p.Get("text"), URL: p.Get("url"), Attachment: p.Get("attachment")}
	if err := o.prove(r.Context(), r.PathValue("number"), e, p); err != nil {
		t := tried{evidenceForm(e.Item, e.Kind), ui.Values(p.Values), ui.Errors{}}
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
			t.wrong = wrong
			return o.stepPage(r, t)
		})
	}
	return web.Redirect(w, r, "/iniciativas/"+r.PathValue("number")+"/pasos/"+e.Step+"#sign-item-"+e.Item, "roundtable.office.flash.evidence")
}

// prove adds the evidence, with the file that came along if there is one.
func (o *Office) prove(ctx context.Context, number string, e roundtable.Evidence, p posted) error {
	if e.Kind == charter.EvidenceFigure {
		var c fault.Check
		n, ok := wholeNumber(strings.TrimSpace(p.Get("figure")))
		c.Require(ok, "figure", "fault.number")
		if err := c.Err(); err != nil {
			return err
		}
		e.Figure = n
	}
	if e.Kind == charter.EvidenceDocument && p.Name != "" {
		return o.rt.AddDocument(ctx, number, e, p.Name, p.Data, p.public())
	}
	return o.rt.AddEvidence(ctx, number, e)
}
