package pages

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/delivery"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// checkPage is a checklist: equipment and people, or the legal way.
type checkPage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Notices []ui.Notice
	Figures ui.Figures
	Groups  []checkGroup
	Empty   *ui.Empty
	New     *objectiveForm
	NewName string
}

// checkGroup is the lines of one kind.
type checkGroup struct {
	Title string
	Rows  []checkRow
}

// checkRow is one line with what changes it.
type checkRow struct {
	ID, Title, Meta string
	Link            ui.Link
	State           ui.State
	Edit            *objectiveForm
	Drop            *ui.Form
}

func (p *Pages) equipment(w http.ResponseWriter, r *http.Request) error {
	page, err := p.equipmentView(r, fields{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) equipmentView(r *http.Request, f fields) (web.Page, error) {
	ctx, number := r.Context(), r.PathValue("number")
	e, err := p.delivery.Equipment(ctx, number)
	if err != nil {
		return web.Page{}, err
	}
	say := p.wordsOf(ctx, e.Charter)
	edits := e.May(ctx, delivery.EditEquipment)
	view := checkPage{Heading: say.heading(ctx, e.Initiative, "equipment"), Tabs: p.Tabs(ctx, number, "/equipamiento"), NewName: t(ctx, "need.new")}
	view.Heading.Lead = t(ctx, "equipment.lead")
	there, late := 0, 0
	for _, kind := range delivery.NeedKinds {
		group := checkGroup{Title: t(ctx, "need."+kind)}
		for _, n := range e.Needs {
			if n.Kind != kind {
				continue
			}
			if n.State == delivery.NeedHave {
				there++
			} else if n.Late(e.Today) {
				late++
			}
			group.Rows = append(group.Rows, say.need(ctx, n, e.Today, edits, f))
		}
		if len(group.Rows) > 0 {
			view.Groups = append(view.Groups, group)
		}
	}
	if len(e.Needs) > 0 {
		view.Figures = ui.Figures{{Value: t(ctx, "of", "part", there, "whole", len(e.Needs)), Text: t(ctx, "need.there")}, {Value: itoa(late), Text: t(ctx, "need.late")}}
	} else {
		view.Empty = emptyCheck(ctx, "equipment", edits)
	}
	if edits {
		view.New = newRow(needFields(ctx), f, t(ctx, "need.add"), ui.Values{"quantity": {"1"}, "kind": {delivery.NeedEquipment}, "state": {delivery.NeedGet}})
	}
	return working(view.Heading.Title, view.Heading.Lead, e.Initiative, checkBody(view)), nil
}

func emptyCheck(ctx context.Context, key string, edits bool) *ui.Empty {
	out := &ui.Empty{Title: t(ctx, key+".none"), Text: t(ctx, key+".none.text")}
	if edits {
		out.Text = t(ctx, key+".none.edit")
	}
	return out
}

// need is a line of the equipment.
func (w words) need(ctx context.Context, n delivery.Need, today clock.Day, edits bool, f fields) checkRow {
	row := checkRow{ID: n.ID, Title: n.What, State: ui.State{Tone: ui.Good, Text: t(ctx, "need.have")}, Meta: joined(t(ctx, "need.count."+n.Kind, "count", n.Quantity), n.Source)}
	if n.State == delivery.NeedGet {
		row.State = ui.State{Tone: ui.Now, Text: t(ctx, "need.get.by", "day", w.short(ctx, dayOf(n.Day)))}
		if n.Late(today) {
			row.State.Tone = ui.Bad
		}
	}
	if edits {
		opened := ui.Values{"kind": {n.Kind}, "what": {n.What}, "quantity": {itoa(n.Quantity)}, "state": {n.State}, "source": {n.Source}, "day": dayText(n.Day)}
		row.Edit, row.Drop = rowForms(ctx, n.ID, n.Version, needFields(ctx), opened, f)
	}
	return row
}

// rowForms change a line of a checklist, or take it off.
func rowForms(ctx context.Context, id string, version int64, list []ui.Field, opened ui.Values, f fields) (*objectiveForm, *ui.Form) {
	hide := func(do string) []ui.Pair {
		return []ui.Pair{{Name: "id", Value: id}, {Name: "version", Value: strconv.FormatInt(version, 10)}, {Name: "do", Value: do}}
	}
	edit := &objectiveForm{Form: f.of(ui.Form{ID: "linea-" + id, Hidden: hide("save")}, "save", "id", id, opened), Fields: list, Save: ui.Button{Text: t(ctx, "save")}, Open: f.on("save", "id", id)}
	return edit, &ui.Form{ID: "quitar-" + id, Hidden: hide("drop")}
}

// newRow is the form of a line that is to be.
func newRow(list []ui.Field, f fields, button string, opened ui.Values) *objectiveForm {
	return &objectiveForm{Form: f.of(ui.Form{ID: "nueva", Hidden: []ui.Pair{{Name: "do", Value: "save"}}}, "save", "id", "", opened), Fields: list, Save: ui.Button{Text: button}, Open: true}
}

func needFields(ctx context.Context) []ui.Field {
	kind := ui.Field{Name: "kind", Label: t(ctx, "field.need.kind"), Kind: ui.Radios, Required: true}
	for _, k := range delivery.NeedKinds {
		kind.Options = append(kind.Options, ui.Option{Value: k, Text: t(ctx, "need."+k)})
	}
	state := ui.Field{Name: "state", Label: t(ctx, "field.need.state"), Kind: ui.Radios, Required: true}
	for _, s := range delivery.NeedStates {
		state.Options = append(state.Options, ui.Option{Value: s, Text: t(ctx, "need."+s)})
	}
	return []ui.Field{kind, {Name: "what", Label: t(ctx, "field.need.what"), Required: true, Max: delivery.LineMax}, {Name: "quantity", Label: t(ctx, "field.need.quantity"), Kind: ui.Number, Required: true}, state,
		{Name: "source", Label: t(ctx, "field.need.source"), Hint: t(ctx, "field.need.source.hint"), Max: delivery.LineMax}, {Name: "day", Label: t(ctx, "field.need.day"), Hint: t(ctx, "field.need.day.hint"), Kind: ui.Date}}
}

// equipmentAct changes the list.
func (p *Pages) equipmentAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	if typed.Get("do") == "drop" {
		err = p.delivery.DropNeed(ctx, number, typed.Get("id"))
	} else {
		err = p.saveNeed(ctx, number, typed)
	}
	if err != nil {
		next(err, typed)
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.equipmentView(r, fields{ui.Values(typed), wrong}) })
	}
	return done(w, r, href(number)+"/equipamiento", "row_"+firstOf(typed.Get("do"), "save"))
}

func (p *Pages) saveNeed(ctx context.Context, number string, typed url.Values) error {
	var c fault.Check
	n := delivery.Need{ID: typed.Get("id"), Version: version(typed), Kind: typed.Get("kind"), What: typed.Get("what"), Quantity: number0(&c, typed, "quantity"),
		State: typed.Get("state"), Source: typed.Get("source"), Day: clock.Day(strings.TrimSpace(typed.Get("day")))}
	if err := c.Err(); err != nil {
		return err
	}
	return p.delivery.SaveNeed(ctx, number, n)
}

// next lets a form that met what somebody else stored meanwhile go on from there:
// sent again, it wins.
func next(err error, typed url.Values) {
	var f *fault.Error
	if !errors.As(err, &f) {
		return
	}
	switch theirs := f.Theirs.(type) {
	case delivery.Need:
		typed.Set("version", strconv.FormatInt(theirs.Version, 10))
	case delivery.Way:
		typed.Set("version", strconv.FormatInt(theirs.Version, 10))
	}
}
