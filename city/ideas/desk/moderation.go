package desk

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// queuePage is what waits for moderators, with everything needed to decide in
// place: what was written and what was said of it.
type queuePage struct {
	Heading ui.Heading
	Form    ui.Form
	Rows    []matterRow
	Verdict ui.Field
	Reason  ui.Field
	Yes     ui.Button
	Empty   ui.Empty
	Pager   ui.Pager
	Log     ui.Link
}

// matterRow is one thing that waits.
type matterRow struct {
	ID, BoxID, Number, Title, Href string
	Kind                           ui.State
	Due                            string
	Late                           bool
	Text                           string   // what was written
	Said                           []string // what reports or the appeal say
	Note                           string   // of a brigade
	On                             bool
}

const queueHref = root + "/moderacion"

// The verdicts. What each does depends on what waits: see act.
const (
	verdictAllow  = "allow"
	verdictRemove = "remove"
)

func (d *Desk) queue(w http.ResponseWriter, r *http.Request) error {
	p, err := d.queuePage(r.Context(), r.URL.Query().Get("desde"), nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

func (d *Desk) queuePage(ctx context.Context, after string, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	list, next, err := d.Ideas.Queue(ctx, after)
	if err != nil {
		return web.Page{}, err
	}
	f := fields{ctx}
	p := queuePage{Heading: ui.Heading{Crumbs: hubCrumbs(ctx), Title: i18n.T(ctx, "ideas.desk.queue"), Lead: i18n.T(ctx, "ideas.desk.queue.lead")},
		Form:    ui.Form{ID: "cola", Action: queueHref, Values: typed, Errors: wrong, Hidden: []ui.Pair{{Name: "desde", Value: after}}},
		Verdict: f.choice("verdict", ui.Radios, f.options("verdict", verdictAllow, verdictRemove)),
		Reason:  ui.Field{Name: "reason", Label: i18n.T(ctx, "ideas.desk.reason"), Hint: i18n.T(ctx, "ideas.desk.queue.reason"), Kind: ui.Area, Rows: 2, Max: ideas.ReasonMax},
		Yes:     ui.Button{Text: i18n.T(ctx, "ideas.desk.queue.yes")}, Log: ui.Link{Href: "/ideas/moderacion", Text: i18n.T(ctx, "ideas.desk.queue.log")},
		Empty: ui.Empty{Title: i18n.T(ctx, "ideas.desk.queue.empty"), Text: i18n.T(ctx, "ideas.desk.queue.empty.text")}}
	p.Verdict.Required = true
	for i, x := range list {
		row, err := d.matterRow(ctx, x, typed)
		if err != nil {
			return web.Page{}, err
		}
		if i == 0 {
			row.BoxID = "cola-matter"
		}
		p.Rows = append(p.Rows, row)
	}
	if next != "" {
		p.Pager.Later = queueHref + "?" + url.Values{"desde": {next}}.Encode()
	}
	if after != "" {
		p.Pager.Earlier = queueHref
	}
	return pageOf(p.Heading.Title, queueBody(p)), nil
}

// matterRow reads what a moderator needs to decide on a matter.
func (d *Desk) matterRow(ctx context.Context, x ideas.Matter, typed ui.Values) (matterRow, error) {
	row := matterRow{ID: x.ID, BoxID: "m-" + x.ID, Number: x.Number, Title: x.Title, Due: when(ctx, x.Due), Late: x.Due.Before(clock.Now(ctx)),
		Kind: matterState(ctx, x), On: typed.Has("matter", x.ID)}
	v, err := d.Ideas.Idea(ctx, x.Number)
	if err != nil {
		return row, err
	}
	row.Text = v.Idea.Text
	if v.Idea.Known() {
		row.Href = "/ideas/" + x.Number
	}
	switch x.Kind {
	case ideas.MatterReport:
		if row.Said, err = d.Ideas.Reports(ctx, x.ID); err != nil {
			return row, err
		}
		if x.Comment != "" {
			row.Text, err = d.comment(ctx, x)
		}
	case ideas.MatterAppeal:
		row.Said, row.Note = []string{x.Text}, i18n.T(ctx, "ideas.desk.hidden_for", "why", v.Idea.Why)
	case ideas.MatterBrigade:
		row.Note = i18n.T(ctx, "ideas.desk.brigade_note", "count", x.N)
	}
	return row, err
}

func matterState(ctx context.Context, x ideas.Matter) ui.State {
	tones := map[string]ui.Tone{ideas.MatterHeld: ui.Now, ideas.MatterReport: ui.Warn, ideas.MatterAppeal: ui.Info, ideas.MatterBrigade: ui.Warn}
	return ui.State{Tone: tones[x.Kind], Text: i18n.T(ctx, "ideas.desk.matter."+x.Kind)}
}

// commentPages is how far a reported comment is looked for.
const commentPages = 20

// comment is the text of a reported comment.
func (d *Desk) comment(ctx context.Context, x ideas.Matter) (string, error) {
	cursor := ""
	for range commentPages {
		page, err := d.Ideas.Comments(ctx, x.Number, cursor)
		if err != nil {
			return "", err
		}
		for _, c := range page.Comments {
			if c.ID == x.Comment {
				return c.Text, nil
			}
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	return "", nil
}

// moderate gives one verdict, with one reason, on everything that was chosen, all
// or nothing.
func (d *Desk) moderate(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if err := d.judge(ctx, typed); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
			return d.queuePage(ctx, typed.Get("desde"), ui.Values(typed), wrong)
		})
	}
	return web.Redirect(w, r, queueHref, "ideas.desk.flash.moderated")
}

func (d *Desk) judge(ctx context.Context, typed url.Values) error {
	list, _, err := d.Ideas.Queue(ctx, typed.Get("desde"))
	if err != nil {
		return err
	}
	var c fault.Check
	c.Require(len(typed["matter"]) > 0, "matter", "ideas.desk.fault.nothing")
	verdict := typed.Get("verdict")
	c.Require(verdict == verdictAllow || verdict == verdictRemove, "verdict", "ideas.desk.fault.verdict")
	if err := c.Err(); err != nil {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context) error {
		for _, id := range slices.Compact(slices.Sorted(slices.Values(typed["matter"]))) {
			i := slices.IndexFunc(list, func(x ideas.Matter) bool { return x.ID == id })
			if i < 0 {
				return fault.New(fault.Conflict, "ideas.desk.fault.decided")
			}
			if err := d.act(ctx, list[i], verdict == verdictAllow, typed.Get("reason")); err != nil {
				return err
			}
		}
		return nil
	})
}

// act does what a verdict means for one matter.
func (d *Desk) act(ctx context.Context, x ideas.Matter, allow bool, reason string) error {
	switch {
	case x.Kind == ideas.MatterHeld && allow:
		return d.Ideas.Approve(ctx, x.Number)
	case x.Kind == ideas.MatterAppeal && allow:
		return d.Ideas.Restore(ctx, x.Number, reason)
	case x.Kind == ideas.MatterAppeal:
		return d.Ideas.Uphold(ctx, x.Number, reason)
	case allow:
		return d.Ideas.CloseReports(ctx, x.ID, reason)
	case x.Comment != "":
		return d.Ideas.HideComment(ctx, x.Comment, reason)
	}
	return d.Ideas.Hide(ctx, x.Number, reason)
}
