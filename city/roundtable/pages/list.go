package pages

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// listPage is the portfolio as a list.
type listPage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Filters templ.Component
	Note    string    // how many there are
	Meant   []ui.Link // filters that the words looked for are the name of
	Cards   ui.Cards
	Empty   ui.Empty
	Pager   ui.Pager
	Propose bool
	Exports []ui.Link
}

// list shows what is public; inside, what is in preparation.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	return p.showList(w, r, "/iniciativas", false)
}

func (p *Pages) inside(w http.ResponseWriter, r *http.Request) error {
	if !people.Me(r.Context()).Official() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return p.showList(w, r, "/iniciativas/preparacion", true)
}

func (p *Pages) showList(w http.ResponseWriter, r *http.Request, path string, inside bool) error {
	ctx, q := r.Context(), r.URL.Query()
	ch, err := p.charters.Current(ctx)
	if err != nil {
		return err
	}
	f, query := FilterOf(q), QueryOf(q)
	f.Inside = inside
	after, err := web.After(r)
	if err != nil {
		return err
	}
	say := p.words(ctx, ch)
	page, filters, err := p.find(ctx, say, path, f, query, after)
	if err != nil {
		return Wrong(err)
	}
	cards, err := p.cards(ctx, say, page.Cards)
	if err != nil {
		return err
	}
	view := listPage{
		Tabs: say.tabs(ctx, path), Filters: filters,
		Cards: cards, Pager: ui.Pager{Later: later(r, page.Next)}, Propose: people.Me(ctx).Official(),
		Exports: exports(r, inside), Empty: emptyList(ctx, path, inside),
	}
	if q.Get("desde") != "" {
		view.Pager.Earlier = address(path, f, query, "", "")
	}
	view.Heading = ui.Heading{Title: i18n.T(ctx, "roundtable.list.title"), Lead: i18n.T(ctx, "roundtable.list.lead")}
	if inside {
		view.Heading = ui.Heading{Title: i18n.T(ctx, "roundtable.inside.title"), Lead: i18n.T(ctx, "roundtable.inside.lead")}
	}
	view.Note = noteOf(ctx, page.Total, query)
	if view.Meant, err = p.meant(ctx, say, query, inside); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Description: view.Heading.Lead, Section: "initiatives", Body: listBody(view), Private: inside})
}

// find is a page of the list with the links that narrow it, or of what a search
// finds.
func (p *Pages) find(ctx context.Context, say words, path string, f roundtable.Filter, query, after string) (roundtable.Page, templ.Component, error) {
	if query == "" {
		page, err := p.rt.List(ctx, f, after, 0)
		if err != nil {
			return page, nil, err
		}
		filters, err := p.filters(ctx, say, path, f)
		return page, filters, err
	}
	found, err := p.rt.Find(ctx, query, f, after)
	if err != nil {
		return roundtable.Page{}, nil, err
	}
	return found.Page, say.filters(ctx, path, f, query, found.Tally, say.today(ctx)), nil
}

// noteOf says how many initiatives the list or the search has, empty when nobody
// counted.
func noteOf(ctx context.Context, total int, query string) string {
	switch {
	case total < 0:
		return ""
	case query == "":
		return i18n.T(ctx, "roundtable.list.count", "count", total)
	case total >= roundtable.SearchMost:
		return i18n.T(ctx, "roundtable.found.most", "max", roundtable.SearchMost, "words", query)
	}
	return i18n.T(ctx, "roundtable.found", "count", total, "words", query)
}

func emptyList(ctx context.Context, path string, inside bool) ui.Empty {
	if inside {
		return ui.Empty{Title: i18n.T(ctx, "roundtable.inside.empty"), Text: i18n.T(ctx, "roundtable.inside.empty.text"),
			Action: ui.Link{Href: "/iniciativas/nueva", Text: i18n.T(ctx, "roundtable.propose")}}
	}
	return ui.Empty{Title: i18n.T(ctx, "roundtable.list.empty"), Text: i18n.T(ctx, "roundtable.list.empty.text"),
		Action: ui.Link{Href: path, Text: i18n.T(ctx, "roundtable.list.all")}}
}

// exports are the same list, narrowed as it is, as files; its pages are one.
func exports(r *http.Request, inside bool) []ui.Link {
	if inside {
		return nil
	}
	var out []ui.Link
	for _, format := range []string{"csv", "json", "xlsx"} {
		q := r.URL.Query()
		q.Del("desde")
		q.Set("formato", format)
		out = append(out, ui.Link{Href: "/datos/iniciativas?" + q.Encode(), Text: i18n.T(r.Context(), "roundtable.export."+format)})
	}
	return out
}

// tabs are the faces of the portfolio.
func (w words) tabs(ctx context.Context, current string) ui.Tabs {
	t := ui.Tabs{Label: i18n.T(ctx, "roundtable.tabs")}
	for _, face := range []struct{ href, key string }{
		{"/iniciativas/tablero", "board"}, {"/iniciativas", "list"}, {"/iniciativas/mapa", "map"}, {"/ejes", "axes"},
	} {
		t.Items = append(t.Items, ui.NavItem{Href: face.href, Text: i18n.T(ctx, "roundtable.tab."+face.key), Current: face.href == current})
	}
	if people.Me(ctx).Official() {
		t.Items = append(t.Items, ui.NavItem{Href: "/iniciativas/preparacion", Text: i18n.T(ctx, "roundtable.tab.inside"), Current: current == "/iniciativas/preparacion"})
	}
	return t
}

// columnSize is how many cards a column of the board shows.
const columnSize = 6

// board shows the initiatives in the round by the step they stand at.
func (p *Pages) board(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ch, err := p.charters.Current(ctx)
	if err != nil {
		return err
	}
	counts, err := p.rt.AllCounts(ctx, false)
	if err != nil {
		return err
	}
	say := p.words(ctx, ch)
	board := ui.Board{Label: i18n.T(ctx, "roundtable.board.label")}
	for _, s := range ch.Flow.Steps.All() {
		column, err := p.column(ctx, say, roundtable.ByStep, strconv.Itoa(s.Number), counts)
		if err != nil {
			return err
		}
		column.No, column.Title = s.Number, s.Name.In(say.Lang)
		board.Columns = append(board.Columns, column)
	}
	ready, err := p.column(ctx, say, roundtable.ByStep, roundtable.Ready, counts)
	if err != nil {
		return err
	}
	heading := ui.Heading{Title: i18n.T(ctx, "roundtable.board.title"), Lead: i18n.T(ctx, "roundtable.board.lead", "count", ch.Flow.Steps.Len())}
	return web.Render(w, r, web.Page{Title: heading.Title, Description: heading.Lead, Section: "initiatives",
		Body: boardBody(heading, say.tabs(ctx, "/iniciativas/tablero"), board, ready.Cards,
			ui.Link{Href: Href(roundtable.ByState, string(roundtable.Adopted)), Text: i18n.T(ctx, "roundtable.board.adopted")})})
}

func (p *Pages) column(ctx context.Context, say words, kind, code string, counts *roundtable.Tally) (ui.Column, error) {
	page, err := p.rt.List(ctx, roundtable.Filter{By: map[string]string{kind: code}}, "", columnSize)
	if err != nil {
		return ui.Column{}, err
	}
	cards, err := p.cards(ctx, say, page.Cards)
	return ui.Column{Count: counts.Of(kind, code), Href: Href(kind, code), Cards: cards}, err
}

// axes shows the main lines of work.
func (p *Pages) axes(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ch, err := p.charters.Current(ctx)
	if err != nil {
		return err
	}
	counts, err := p.rt.Counts(ctx, false, roundtable.ByAxis)
	if err != nil {
		return err
	}
	say := p.words(ctx, ch)
	var list ui.Cards
	for _, a := range ch.Frame.Axes.On(ch.Today(clock.Now(ctx))) {
		list = append(list, ui.Card{Href: "/ejes/" + a.Code, Title: a.Name.In(say.Lang), Lead: a.About.In(say.Lang), Axis: a.Color,
			Meta: i18n.T(ctx, "roundtable.list.count", "count", counts[a.Code])})
	}
	heading := ui.Heading{Title: i18n.T(ctx, "roundtable.axes.title"), Lead: i18n.T(ctx, "roundtable.axes.lead")}
	return web.Render(w, r, web.Page{Title: heading.Title, Description: heading.Lead, Section: "initiatives", Body: axesBody(heading, say.tabs(ctx, "/ejes"), list)})
}

// axis is one line of work with its initiatives.
func (p *Pages) axis(w http.ResponseWriter, r *http.Request) error {
	ctx, code := r.Context(), r.PathValue("code")
	ch, err := p.charters.Current(ctx)
	if err != nil {
		return err
	}
	a, ok := ch.Frame.Axes.Get(code)
	if !ok {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	after, err := web.After(r)
	if err != nil {
		return err
	}
	page, err := p.rt.List(ctx, roundtable.Filter{By: map[string]string{roundtable.ByAxis: code}}, after, 0)
	if err != nil {
		return err
	}
	say := p.words(ctx, ch)
	cards, err := p.cards(ctx, say, page.Cards)
	if err != nil {
		return err
	}
	heading := ui.Heading{Crumbs: []ui.Link{{Href: "/", Text: i18n.T(ctx, "roundtable.crumb.home")}, {Href: "/ejes", Text: i18n.T(ctx, "roundtable.axes.title")}},
		Over: i18n.T(ctx, "roundtable.list.count", "count", page.Total), Title: a.Name.In(say.Lang), Lead: a.About.In(say.Lang)}
	return web.Render(w, r, web.Page{Title: heading.Title, Description: heading.Lead, Section: "initiatives", Wide: true,
		Body: axisBody(axisPage{heading, a.Color, cards, emptyList(ctx, "/iniciativas", false), ui.Pager{Later: later(r, page.Next)}})})
}

type axisPage struct {
	Heading ui.Heading
	Colour  int
	Cards   ui.Cards
	Empty   ui.Empty
	Pager   ui.Pager
}

func (p axisPage) hero() ui.Hero { return ui.Hero{Axis: p.Colour} }

// landscape is the portfolio on the map of the city.
func (p *Pages) landscape(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ch, err := p.charters.Current(ctx)
	if err != nil {
		return err
	}
	level := charter.LevelDistrict
	if r.URL.Query().Get("nivel") == "barrios" || len(ch.AtLevel(level)) == 0 {
		level = charter.LevelNeighbourhood
	}
	view, err := p.Map(ctx, ch, level)
	if err != nil {
		return err
	}
	whole, err := p.Whole(ctx, ch)
	if err != nil {
		return err
	}
	say := p.words(ctx, ch)
	heading := ui.Heading{Title: i18n.T(ctx, "roundtable.map.title"), Lead: i18n.T(ctx, "roundtable.map.lead")}
	levels := ui.Filters{Groups: []ui.FilterGroup{{Name: i18n.T(ctx, "roundtable.map.level"), Choices: []ui.Choice{
		{Text: ch.LevelName(charter.LevelDistrict).In(say.Lang), Href: "/iniciativas/mapa", On: level == charter.LevelDistrict, Count: -1},
		{Text: ch.LevelName(charter.LevelNeighbourhood).In(say.Lang), Href: "/iniciativas/mapa?nivel=barrios", On: level == charter.LevelNeighbourhood, Count: -1},
	}}}}
	return web.Render(w, r, web.Page{Title: heading.Title, Description: heading.Lead, Section: "initiatives", Body: mapBody(heading, say.tabs(ctx, "/iniciativas/mapa"), levels, view, whole)})
}

// Map draws how many initiatives touch each part of the city: on real
// boundaries when they were imported, on tiles otherwise.
func (p *Pages) Map(ctx context.Context, ch *charter.Charter, level charter.Level) (ui.Component, error) {
	counts, err := p.rt.Counts(ctx, false, roundtable.ByTerritory)
	if err != nil {
		return nil, err
	}
	say := p.words(ctx, ch)
	if p.slots.Land != nil {
		land, err := p.slots.Land(ctx, level)
		if err != nil || land != nil {
			return say.geoMap(ctx, level, land, counts), err
		}
	}
	return say.tileMap(ctx, level, counts), nil
}

// Whole leads to the initiatives that are for the whole city, which no part of the
// map counts.
func (p *Pages) Whole(ctx context.Context, ch *charter.Charter) (ui.Link, error) {
	counts, err := p.rt.Counts(ctx, false, roundtable.ByTerritory)
	code := ch.Whole().Code
	return ui.Link{Href: Href(roundtable.ByTerritory, code), Text: i18n.T(ctx, "roundtable.map.whole", "count", counts[code])}, err
}

func (w words) tileMap(ctx context.Context, level charter.Level, counts map[string]int) ui.TileMap {
	m := ui.TileMap{Label: i18n.T(ctx, "roundtable.map.label"), Unit: i18n.T(ctx, "roundtable.map.unit"), Column: w.Charter.LevelName(level).In(w.Lang)}
	for _, t := range w.Charter.AtLevel(level) {
		if t.Tile != nil {
			m.Tiles = append(m.Tiles, ui.Tile{Col: t.Tile.Col, Row: t.Tile.Row, Label: w.short(t), Name: t.Name.In(w.Lang),
				Value: float64(counts[t.Code]), Href: Href(roundtable.ByTerritory, t.Code)})
		}
	}
	return m
}

func (w words) geoMap(ctx context.Context, level charter.Level, land *ui.Land, counts map[string]int) ui.GeoMap {
	m := ui.GeoMap{Label: i18n.T(ctx, "roundtable.map.label"), Unit: i18n.T(ctx, "roundtable.map.unit"), Column: w.Charter.LevelName(level).In(w.Lang), Land: land}
	for _, t := range w.Charter.AtLevel(level) {
		place := ui.Place{Code: t.Code, Name: t.Name.In(w.Lang), Value: float64(counts[t.Code]), Href: Href(roundtable.ByTerritory, t.Code)}
		if level == charter.LevelDistrict {
			place.Label = t.Short
		}
		m.Places = append(m.Places, place)
	}
	return m
}

// short is what fits on a tile: a code for a district, initials for a
// neighbourhood.
func (w words) short(t charter.Territory) string {
	if t.Level == charter.LevelNeighbourhood {
		return initials(t.Name.In(w.Lang))
	}
	return t.Short
}
