package pages

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const reorganiseHref = structureHref + "/reorganizar"

// newReorganisation asks what ends, what carries it on and where everything
// below goes. Without a body in the address it asks for one first.
func (p *Pages) newReorganisation(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := allow(ctx, people.ActStructure); err != nil {
		return err
	}
	code := r.URL.Query().Get("organismo")
	if code == "" {
		return p.chooseBody(w, r)
	}
	if _, err := p.people.Body(ctx, code); err != nil {
		return err
	}
	day, err := p.people.Today(ctx)
	if err != nil {
		return err
	}
	f, err := p.reorganiseForm(ctx, people.Reorganisation{Ending: []string{code}, Last: string(day)})
	if err != nil {
		return err
	}
	return showForm(w, r, f)
}

func (p *Pages) chooseBody(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	options, err := p.bodyOptions(ctx)
	if err != nil {
		return err
	}
	return showForm(w, r, formPage{Heading: reorganiseHeading(ctx), Part: partAdmin, Form: ui.Form{Get: true, Action: reorganiseHref},
		Fields:  []ui.Field{{Name: "organismo", Kind: ui.Select, Label: i18n.T(ctx, "people.reorganise.which"), Placeholder: i18n.T(ctx, "people.choose"), Required: true, Options: options}},
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.go_on")}}})
}

func reorganiseHeading(ctx context.Context) ui.Heading {
	return ui.Heading{Crumbs: crumbs(ctx, structureHref, "people.structure"), Title: i18n.T(ctx, "people.reorganise"), Lead: i18n.T(ctx, "people.reorganise.lead")}
}

// reorganiseForm offers the kin of what ends: bodies beside it, which may end
// with it or carry it on.
func (p *Pages) reorganiseForm(ctx context.Context, r people.Reorganisation) (formPage, error) {
	all, err := p.people.Bodies(ctx, people.BodyFilter{})
	if err != nil {
		return formPage{}, err
	}
	kin := besides(all, r)
	carry := slices.DeleteFunc(slices.Clone(kin), func(o ui.Option) bool {
		return slices.Contains(r.Ending, o.Value) && !slices.Contains(r.Heirs, o.Value)
	})
	f := formPage{Heading: reorganiseHeading(ctx), Part: partAdmin,
		Notices: []ui.Notice{{Tone: ui.Warn, Title: i18n.T(ctx, "people.reorganise.warn")}, {Tone: ui.Info, Title: i18n.T(ctx, "people.reorganise.found"),
			Link: ui.Link{Href: structureHref + "/nuevo", Text: i18n.T(ctx, "people.body.new")}}},
		Form: ui.Form{Action: reorganiseHref, Values: ui.Values{"ending": r.Ending, "heirs": r.Heirs, "last": {r.Last}}},
		Fields: []ui.Field{
			{Name: "ending", Kind: ui.Checks, Label: i18n.T(ctx, "people.reorganise.ending"), Required: true, Options: kin},
			{Name: "heirs", Kind: ui.Checks, Label: i18n.T(ctx, "people.reorganise.heirs"), Hint: i18n.T(ctx, "people.reorganise.heirs.hint"), Options: carry},
		}}
	f.Fields = append(f.Fields, moveFields(ctx, all, kin, r)...)
	f.Fields = append(f.Fields, ui.Field{Name: "last", Kind: ui.Date, Label: i18n.T(ctx, "people.last_day"), Hint: i18n.T(ctx, "people.reorganise.last"), Required: true},
		ui.Field{Name: "act", Label: i18n.T(ctx, "people.act"), Hint: i18n.T(ctx, "people.act.hint"), Max: 200})
	f.Buttons = ui.Buttons{{Text: i18n.T(ctx, "people.reorganise.propose"), Weight: ui.Danger}, {Text: i18n.T(ctx, "ui.cancel"), Href: structureHref, Weight: ui.Plainer}}
	return f, nil
}

// besides are the bodies that stand beside the ending ones, these first.
func besides(all []people.Body, r people.Reorganisation) []ui.Option {
	var first, others []ui.Option
	for _, b := range all {
		option := ui.Option{Value: b.Code, Text: b.Name}
		switch {
		case slices.Contains(r.Ending, b.Code):
			first = append(first, option)
		case slices.Contains(r.Heirs, b.Code), slices.ContainsFunc(all, func(o people.Body) bool { return o.Parent == b.Parent && slices.Contains(r.Ending, o.Code) }):
			others = append(others, option)
		}
	}
	return append(first, others...)
}

// moveFields ask of each body right below an ending one to which of the kin it
// goes.
func moveFields(ctx context.Context, all []people.Body, kin []ui.Option, r people.Reorganisation) []ui.Field {
	var fields []ui.Field
	if _, err := clock.ParseDay(r.Last); err != nil {
		return nil
	}
	options := slices.DeleteFunc(slices.Clone(kin), func(o ui.Option) bool { return slices.Contains(r.Ending, o.Value) })
	for _, b := range r.Below(all) {
		fields = append(fields, ui.Field{Name: "move_" + b.Code, Kind: ui.Select, Label: i18n.T(ctx, "people.reorganise.move", "name", b.Name),
			Hint: i18n.T(ctx, "people.reorganise.move.hint"), Placeholder: i18n.T(ctx, "people.reorganise.with_heir"), Options: options})
	}
	return fields
}

func (p *Pages) reorganise(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := allow(ctx, people.ActStructure); err != nil {
		return err
	}
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	plan := reorganisationOf(typed)
	pending, err := p.people.Reorganise(ctx, plan)
	if err != nil {
		f, ferr := p.reorganiseForm(ctx, plan)
		if ferr != nil {
			return ferr
		}
		return again(w, r, f, typed, err)
	}
	if pending {
		return web.Redirect(w, r, changesHref, "people.flash.proposed")
	}
	return web.Redirect(w, r, structureHref, "people.flash.reorganised")
}

func reorganisationOf(typed url.Values) people.Reorganisation {
	plan := people.Reorganisation{Ending: typed["ending"], Heirs: typed["heirs"], Last: typed.Get("last"), Act: typed.Get("act"), Moves: map[string]string{}}
	for name := range typed {
		if body, ok := strings.CutPrefix(name, "move_"); ok {
			plan.Moves[body] = typed.Get(name)
		}
	}
	return plan
}
