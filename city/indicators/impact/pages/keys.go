package pages

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/indicators/impact"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// keysTable is the keys there are.
type keysTable struct{ Table ui.Table }

// keysPage is the systems that report, with the form of a new key.
func (p *Pages) keysPage(w http.ResponseWriter, r *http.Request) error {
	page, err := p.keysForm(r, nil, ui.Errors{}, "")
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) keysForm(r *http.Request, typed ui.Values, wrong ui.Errors, secret string) (web.Page, error) {
	ctx := r.Context()
	keys, err := p.Impact.Keys(ctx)
	if err != nil {
		return web.Page{}, err
	}
	say, err := p.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	view := formPage{Heading: ui.Heading{Title: t(ctx, "integrations"), Lead: t(ctx, "integrations.lead")}, Form: ui.Form{Action: "/integraciones", Values: typed, Errors: wrong},
		Parts: []formPart{{Title: t(ctx, "key.new"), Fields: say.keyFields(ctx)}}, Buttons: ui.Buttons{{Text: t(ctx, "key.make")}}, After: keysView(keysTable{say.keys(ctx, keys)})}
	if secret != "" {
		view.Before = secretView(secret)
	}
	return narrow(view), nil
}

func (w words) keyFields(ctx context.Context) []ui.Field {
	var bodies []ui.Option
	today := w.todayIn(ctx)
	for _, b := range w.Charter.Bodies.On(today) {
		bodies = append(bodies, ui.Option{Value: b.Code, Text: b.Name.In(w.Lang)})
	}
	return []ui.Field{{Name: "name", Label: t(ctx, "field.system"), Hint: t(ctx, "field.system.hint"), Required: true, Max: 80},
		{Name: "body", Label: t(ctx, "field.body"), Kind: ui.Select, Required: true, Options: bodies},
		{Name: "scope", Label: t(ctx, "field.scope"), Hint: t(ctx, "field.scope.hint"), Kind: ui.Area, Rows: 3, Required: true},
		{Name: "expires", Label: t(ctx, "field.expires"), Hint: t(ctx, "field.expires.hint"), Kind: ui.Date, Required: true, From: string(today)}}
}

// keys is the table of all keys, those that open first.
func (w words) keys(ctx context.Context, list []impact.Key) ui.Table {
	out := ui.Table{Caption: t(ctx, "keys"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "key.system")}, {Text: t(ctx, "key.scope")}, {Text: t(ctx, "key.state")}, {Text: t(ctx, "key.used"), Number: true}, {Text: t(ctx, "key.do")}}}
	today := w.todayIn(ctx)
	for _, k := range list {
		var scope []string
		for _, s := range k.Scope {
			scope = append(scope, s.Number)
		}
		row := ui.Row{{Text: k.Name + " · " + w.Body(ctx, k.Body)}, {Text: strings.Join(scope, ", ")}, {View: keyState(ctx, k, today)}, {Text: w.used(ctx, k)}, {}}
		if k.Opens(today) {
			row[4] = ui.Cell{Text: t(ctx, "key.end"), Href: "/integraciones/" + k.ID + "/baja"}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func keyState(ctx context.Context, k impact.Key, today clock.Day) ui.State {
	switch {
	case !k.Revoked.IsZero():
		return ui.State{Tone: ui.Bad, Text: t(ctx, "key.ended")}
	case !k.Opens(today):
		return ui.State{Tone: ui.Warn, Text: t(ctx, "key.expired", "day", day(ctx, k.Expires))}
	}
	return ui.State{Tone: ui.Good, Text: t(ctx, "key.open", "day", day(ctx, k.Expires))}
}

func (w words) used(ctx context.Context, k impact.Key) string {
	if k.Used == 0 {
		return t(ctx, "key.never")
	}
	return t(ctx, "key.times", "count", k.Used, "day", i18n.ShortDate(ctx, k.UsedAt.In(w.Charter.City.Zone)))
}

// makeKey makes a key and shows it, this once: the answer is the page itself, which
// no browser or proxy keeps.
func (p *Pages) makeKey(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	_, secret, err := p.Impact.MakeKey(r.Context(), impact.Wanted{Name: typed.Get("name"), Body: typed.Get("body"), Expires: typed.Get("expires"), Scope: strings.FieldsFunc(typed.Get("scope"),
		func(r rune) bool { return strings.ContainsRune(" ,;\n\t", r) })})
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.keysForm(r, ui.Values(typed), wrong, "") })
	}
	page, err := p.keysForm(r, nil, ui.Errors{}, secret)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return web.Render(w, r, page)
}

// endForm ends a key.
func (p *Pages) endForm() form {
	return form{done: "key_ended", page: func(r *http.Request, _ ui.Values, wrong ui.Errors) (web.Page, error) {
		ctx := r.Context()
		keys, err := p.Impact.Keys(ctx)
		if err != nil {
			return web.Page{}, err
		}
		for _, k := range keys {
			if k.ID == r.PathValue("id") {
				return narrow(formPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/integraciones", Text: t(ctx, "integrations")}}, Title: t(ctx, "key.end.title", "name", k.Name), Lead: t(ctx, "key.end.lead")},
					Form: ui.Form{Action: r.URL.Path, Errors: wrong}, Buttons: ui.Buttons{{Text: t(ctx, "key.end"), Weight: ui.Danger}, {Text: t(ctx, "back"), Href: "/integraciones", Weight: ui.Plainer}}}), nil
			}
		}
		return web.Page{}, fault.New(fault.NotFound, "fault.notfound")
	}, do: func(ctx context.Context, r *http.Request, _ url.Values) (string, error) {
		return "/integraciones", p.Impact.EndKey(ctx, r.PathValue("id"))
	}}
}

func (p *Pages) endPage(w http.ResponseWriter, r *http.Request) error { return p.endForm().show(w, r) }
func (p *Pages) endKey(w http.ResponseWriter, r *http.Request) error  { return p.endForm().send(w, r) }
