package office

import (
	"context"
	"net/http"
	"regexp"
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

// itemRow is one thing a step requires, with what shows it.
type itemRow struct {
	No               int
	Code, Name, Hint string
	Done             bool
	State            ui.State
	Goal             string // the least a figure must reach
	Evidence         []evidenceRow
	Add              []stepPanel // a form for each kind of evidence that is accepted
}

// evidenceRow is one piece of evidence.
type evidenceRow struct {
	Kind, Icon string
	Text       string
	Lines      []string // of a list
	Link       string   // an address that somebody wrote
	File       *fileRow
	Hidden     bool // a file that is for officials only
	Figure     string
	Meta       string // who, when
	Remove     string // address, empty when the person may not
}

var evidenceIcons = map[charter.Evidence]string{
	charter.EvidenceNote: "chat", charter.EvidenceDocument: "file", charter.EvidenceLink: "link", charter.EvidenceList: "list",
	charter.EvidenceFigure: "half", charter.EvidencePresence: "person",
}

// items are what the step requires, with the forms that add to it.
func (o *Office) items(ctx context.Context, v roundtable.StepView, t tried) []itemRow {
	say := o.words(ctx, v.Charter)
	proves := v.May(me(ctx), roundtable.Prove) && !v.Step.Whole()
	files := o.fileRows(ctx, roundtable.View{Case: v.Case, Attachments: v.Attachments})
	var out []itemRow
	for i, item := range v.Rules.Items.All() {
		row := itemRow{No: i + 1, Code: item.Code, Name: item.Name.In(say.lang), Hint: item.Hint.In(say.lang)}
		row.Done, row.State = o.itemState(ctx, v, item)
		if item.Threshold != nil {
			row.Goal = i18n.T(ctx, "roundtable.office.item.goal", "min", item.Threshold.Min, "unit", item.Threshold.Unit.In(say.lang))
		}
		for _, e := range v.Evidence {
			if e.Item == item.Code {
				row.Evidence = append(row.Evidence, say.evidence(ctx, v, item, e, files, proves))
			}
		}
		if proves {
			row.Add = addForms(ctx, v, item, files, t)
		}
		out = append(out, row)
	}
	return out
}

func (o *Office) itemState(ctx context.Context, v roundtable.StepView, item charter.Item) (bool, ui.State) {
	for _, m := range v.Missing {
		if m.Item.Code == item.Code {
			return false, ui.State{Tone: ui.Now, Text: i18n.T(ctx, m.Key, m.Args...)}
		}
	}
	return true, ui.State{Tone: ui.Good, Text: i18n.T(ctx, "roundtable.office.item.there")}
}

// listSeparator parts what, who and when in a line of a list.
var listSeparator = regexp.MustCompile(`\s*;\s*`)

// evidence tells one piece of evidence.
func (w words) evidence(ctx context.Context, v roundtable.StepView, item charter.Item, e roundtable.Evidence, files []fileRow, proves bool) evidenceRow {
	row := evidenceRow{Kind: kindName(ctx, e.Kind), Icon: evidenceIcons[e.Kind], Link: e.URL,
		Meta: w.bodyOf(ctx, e.Post) + " · " + w.day(ctx, e.Day)}
	switch e.Kind {
	case charter.EvidenceList:
		for _, line := range e.Lines() {
			row.Lines = append(row.Lines, listSeparator.ReplaceAllString(line, " · "))
		}
	case charter.EvidenceFigure:
		row.Figure = i18n.Number(ctx, e.Figure)
		if item.Threshold != nil {
			row.Figure += " " + item.Threshold.Unit.In(w.lang)
		}
	default:
		row.Text = e.Text
	}
	for _, f := range files {
		if f.ID == e.Attachment {
			row.File, row.Hidden = &f, !f.Public && !v.Inside
		}
	}
	if proves {
		row.Remove = stepHref(v) + "/evidencia/" + e.ID + "/quitar"
	}
	return row
}

func kindName(ctx context.Context, k charter.Evidence) string {
	return i18n.T(ctx, "roundtable.office.kind."+string(k))
}

// evidenceForm is the name of the form that adds evidence of a kind to an item.
func evidenceForm(item string, kind charter.Evidence) string { return item + "-" + string(kind) }

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

func (o *Office) addEvidence(w http.ResponseWriter, r *http.Request) error {
	p, err := postedForm(w, r)
	if err != nil {
		return err
	}
	e := roundtable.Evidence{Step: r.PathValue("code"), Item: p.Get("item"), Kind: charter.Evidence(p.Get("kind")),
		Day: clock.Day(p.Get("day")), Text: p.Get("text"), URL: p.Get("url"), Attachment: p.Get("attachment")}
	if err := o.prove(r.Context(), r.PathValue("number"), e, p); err != nil {
		t := tried{evidenceForm(e.Item, e.Kind), ui.Values(p.Values), ui.Errors{}}
		return again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
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

func (o *Office) removePage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.removeForm(r, ui.Values{}, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

// removeForm asks why a piece of evidence goes.
func (o *Office) removeForm(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := o.rt.StepView(ctx, r.PathValue("number"), r.PathValue("code"))
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Require(me(ctx), roundtable.Prove); err != nil {
		return web.Page{}, err
	}
	for _, e := range v.Evidence {
		if e.ID != r.PathValue("id") {
			continue
		}
		item, _ := v.Rules.Items.Get(e.Item)
		title := i18n.T(ctx, "roundtable.office.remove.title")
		page := pageOf(title, oneBody(onePage{
			Heading: ui.Heading{Crumbs: append(crumbs(ctx, v.Initiative), ui.Link{Href: stepHref(v), Text: v.Rules.Name.In(i18n.Of(ctx))}),
				Title: title, Lead: item.Name.In(i18n.Of(ctx)) + " · " + kindName(ctx, e.Kind)},
			About: e.Text,
			Panel: onePanel{
				Form:   ui.Form{Action: stepHref(v) + "/evidencia/" + e.ID + "/quitar", Values: typed, Errors: wrong},
				Fields: oneText("reason", "roundtable.office.reason", "roundtable.office.reason.public", roundtable.ReasonMax)(ctx, o, roundtable.View{}),
				Yes:    ui.Button{Text: i18n.T(ctx, "roundtable.office.remove.yes"), Weight: ui.Danger},
			},
		}))
		page.Narrow = true
		return page, nil
	}
	return web.Page{}, fault.New(fault.NotFound, "fault.notfound")
}

func (o *Office) removeEvidence(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	number, code := r.PathValue("number"), r.PathValue("code")
	if err := o.rt.RemoveEvidence(r.Context(), number, code, r.PathValue("id"), typed.Get("reason")); err != nil {
		return again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return o.removeForm(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, "/iniciativas/"+number+"/pasos/"+code, "roundtable.office.flash.removed")
}

// anyOpen says whether one of the forms came back with errors.
func anyOpen(forms []stepPanel) bool {
	return slices.ContainsFunc(forms, func(f stepPanel) bool { return f.Open })
}
