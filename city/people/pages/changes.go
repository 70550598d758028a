package pages

import (
	"context"
	"net/http"

	"ronda/city/people"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const (
	changesHref    = "/administracion/cambios"
	decidedPerPage = 20
)

// changesPage is what takes two administrators: what waits and what was decided.
type changesPage struct {
	Heading ui.Heading
	Waiting []waiting
	Empty   ui.Empty
	Decided ui.Table
	Pager   ui.Pager
}

// waiting is one change that an administrator can decide.
type waiting struct {
	Title, Meta string
	Own         bool    // proposed by who looks
	Form        ui.Form // confirms what another proposed
	Buttons     ui.Buttons
}

func (p *Pages) changes(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := allow(ctx, people.ActChanges); err != nil {
		return err
	}
	view := changesPage{Heading: ui.Heading{Crumbs: crumbs(ctx, "/administracion", "people.admin"), Title: i18n.T(ctx, "people.changes"), Lead: i18n.T(ctx, "people.changes.lead")},
		Empty: ui.Empty{Title: i18n.T(ctx, "people.changes.none"), Text: i18n.T(ctx, "people.changes.none.text")}}
	before, err := web.After(r)
	if err != nil {
		return err
	}
	if view.Waiting, err = p.waiting(ctx); err != nil {
		return err
	}
	if view.Decided, view.Pager, err = p.decided(ctx, before); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Section: partAdmin, Private: true, Body: changesBody(view)})
}

func (p *Pages) waiting(ctx context.Context) ([]waiting, error) {
	list, err := p.people.PendingChanges(ctx)
	if err != nil {
		return nil, err
	}
	called, err := p.whoOf(ctx, list)
	if err != nil {
		return nil, err
	}
	var out []waiting
	for _, c := range list {
		title, err := p.people.ChangeTitle(ctx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, waiting{Title: title, Own: c.ProposedBy == people.Me(ctx).Person, Meta: i18n.T(ctx, "people.changes.by", "name", called[c.ProposedBy], "when", when(ctx, c.ProposedAt)),
			Form: ui.Form{ID: "c" + c.ID, Action: changesHref + "/" + c.ID + "/confirmar"}, Buttons: changeButtons(ctx, c, title)})
	}
	return out, nil
}

// changeButtons are what this administrator can do with a change: its proposer
// can only withdraw it.
func changeButtons(ctx context.Context, c people.Change, title string) ui.Buttons {
	reject := changesHref + "/" + c.ID + "/rechazar"
	if c.ProposedBy == people.Me(ctx).Person {
		return ui.Buttons{{Text: i18n.T(ctx, "people.change.withdraw"), Of: ": " + title, Href: reject, Weight: ui.Quiet}}
	}
	return ui.Buttons{{Text: i18n.T(ctx, "people.change.confirm"), Of: ": " + title},
		{Text: i18n.T(ctx, "people.change.reject"), Of: ": " + title, Href: reject, Weight: ui.Quiet}}
}

// whoOf are the names of those who proposed and decided.
func (p *Pages) whoOf(ctx context.Context, list []people.Change) (map[string]string, error) {
	var ids []string
	for _, c := range list {
		ids = append(ids, c.ProposedBy, c.DecidedBy)
	}
	return p.people.Names(ctx, ids...)
}

func (p *Pages) decided(ctx context.Context, before string) (ui.Table, ui.Pager, error) {
	list, err := p.people.DecidedChanges(ctx, before, decidedPerPage+1)
	if err != nil {
		return ui.Table{}, ui.Pager{}, err
	}
	var pager ui.Pager
	if before != "" {
		pager.Earlier = changesHref
	}
	if len(list) > decidedPerPage {
		list = list[:decidedPerPage]
		pager.Later = changesHref + "?desde=" + list[decidedPerPage-1].ID
	}
	called, err := p.whoOf(ctx, list)
	if err != nil {
		return ui.Table{}, pager, err
	}
	t := ui.Table{Caption: i18n.T(ctx, "people.changes.decided"), HideCaption: true}
	for _, key := range []string{"people.column.change", "people.column.proposed", "people.column.decided", "people.column.state"} {
		t.Columns = append(t.Columns, ui.Head{Text: i18n.T(ctx, key)})
	}
	for _, c := range list {
		title, err := p.people.ChangeTitle(ctx, c)
		if err != nil {
			return t, pager, err
		}
		t.Rows = append(t.Rows, ui.Row{{Text: title}, {Text: called[c.ProposedBy] + ", " + when(ctx, c.ProposedAt)}, {Text: decidedBy(ctx, c, called)},
			{Text: c.Reason, View: stateBody(changeState(ctx, c), ui.Button{})}})
	}
	return t, pager, nil
}

func decidedBy(ctx context.Context, c people.Change, called map[string]string) string {
	if c.DecidedBy == "" {
		return i18n.T(ctx, "people.changes.alone")
	}
	return called[c.DecidedBy] + ", " + when(ctx, c.DecidedAt)
}

func changeState(ctx context.Context, c people.Change) ui.State {
	tone := map[people.ChangeState]ui.Tone{people.ChangeConfirmed: ui.Good, people.ChangeRejected: ui.Bad}[c.State]
	return ui.State{Tone: tone, Text: i18n.T(ctx, "people.change."+string(c.State))}
}

func (p *Pages) confirm(w http.ResponseWriter, r *http.Request) error {
	if err := p.people.Confirm(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	return web.Redirect(w, r, changesHref, "people.flash.confirmed")
}

func (p *Pages) askReject(w http.ResponseWriter, r *http.Request) error {
	f, err := p.rejectForm(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return showForm(w, r, f)
}

// rejectForm asks why; the proposer withdraws without a reason.
func (p *Pages) rejectForm(ctx context.Context, id string) (formPage, error) {
	if err := allow(ctx, people.ActChanges); err != nil {
		return formPage{}, err
	}
	c, err := p.people.Change(ctx, id)
	if err != nil {
		return formPage{}, err
	}
	title, err := p.people.ChangeTitle(ctx, c)
	if err != nil {
		return formPage{}, err
	}
	own := c.ProposedBy == people.Me(ctx).Person
	act := "people.change.reject"
	if own {
		act = "people.change.withdraw"
	}
	return formPage{Heading: ui.Heading{Crumbs: crumbs(ctx, changesHref, "people.changes"), Title: i18n.T(ctx, act), Lead: title},
		Form:    ui.Form{Action: changesHref + "/" + id + "/rechazar"},
		Fields:  []ui.Field{{Name: "reason", Label: i18n.T(ctx, "people.column.reason"), Required: !own, Max: 500, Kind: ui.Area, Rows: 3}},
		Buttons: ui.Buttons{{Text: i18n.T(ctx, act), Weight: ui.Danger}, {Text: i18n.T(ctx, "ui.cancel"), Href: changesHref, Weight: ui.Plainer}}, Part: partAdmin}, nil
}

func (p *Pages) reject(w http.ResponseWriter, r *http.Request) error {
	f, err := p.rejectForm(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	if err := p.people.Reject(r.Context(), r.PathValue("id"), typed.Get("reason")); err != nil {
		return again(w, r, f, typed, err)
	}
	return web.Redirect(w, r, changesHref, "people.flash.closed")
}
