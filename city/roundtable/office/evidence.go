package office

import (
	"context"
	"regexp"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/i18n"
	"ronda/platform/ui"
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
		row := itemRow{No: i + 1, Code: item.Code, Name: item.Name.In(say.Lang), Hint: item.Hint.In(say.Lang)}
		row.Done, row.State = o.itemState(ctx, v, item)
		if item.Threshold != nil {
			row.Goal = i18n.T(ctx, "roundtable.office.item.goal", "min", item.Threshold.Min, "unit", item.Threshold.Unit.In(say.Lang))
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
		Meta: w.BodyOf(ctx, e.Post) + " · " + w.Day(ctx, e.Day)}
	switch e.Kind {
	case charter.EvidenceList:
		for _, line := range e.Lines() {
			row.Lines = append(row.Lines, listSeparator.ReplaceAllString(line, " · "))
		}
	case charter.EvidenceFigure:
		row.Figure = i18n.Number(ctx, e.Figure)
		if item.Threshold != nil {
			row.Figure += " " + item.Threshold.Unit.In(w.Lang)
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
