package pages

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"ronda/city/ideas"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// listPage is a list of ideas.
type listPage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Filters templ.Component
	Orders  []ui.NavItem
	Note    string // how many there are
	Cards   []card
	Empty   ui.Empty
	Pager   ui.Pager
}

// card is an idea in a list.
type card struct {
	Href, Title, Line  string
	Supports, Comments string
	SupportsText       string
	CommentsText       string
	Meta               string // where, by whom
	Cost               string
	Family             bool
	Axis               int
	AxisName           string
	State              ui.State
}

func (w words) card(ctx context.Context, c ideas.Card) card {
	name, colour := w.axis(c.Axis)
	out := card{Href: "/ideas/" + c.Number, Title: c.Title, Line: c.Line, Supports: i18n.Number(ctx, int64(c.Supports)), SupportsText: t(ctx, "supports", "count", c.Supports),
		Axis: colour, AxisName: name, Family: c.Family != "", State: w.stateOf(ctx, c.State, c.Outcome, c.AnswerDue, !c.AnsweredAt.IsZero())}
	if c.Comments > 0 {
		out.Comments, out.CommentsText = strconv.Itoa(c.Comments), t(ctx, "comments.count", "count", c.Comments)
	}
	if c.Place != "" {
		out.Meta = w.place(c.Place)
	}
	if c.Cost > 0 {
		out.Cost = w.money(ctx, c.Cost, "")
	}
	return out
}

func (w words) cards(ctx context.Context, list []ideas.Card) []card {
	out := make([]card, len(list))
	for i, c := range list {
		out[i] = w.card(ctx, c)
	}
	return out
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	f, err := p.filter(ctx, q)
	if err != nil {
		return err
	}
	query := strings.TrimSpace(q.Get("q"))
	page, err := p.find(ctx, f, query)
	if err != nil {
		return unknown(err)
	}
	view := listPage{
		Heading: ui.Heading{Title: t(ctx, "list.title"), Lead: t(ctx, "list.lead")},
		Tabs:    tabs(ctx, "/ideas"), Cards: say.cards(ctx, page.Cards), Pager: ui.Pager{Later: later(r, "desde", page.Next)},
		Empty: ui.Empty{Title: t(ctx, "list.empty"), Text: t(ctx, "list.empty.text"), Action: ui.Link{Href: "/ideas/nueva", Text: t(ctx, "propose")}},
	}
	if view.Filters, err = p.filters(ctx, say, f, query); err != nil {
		return unknown(err)
	}
	if f.After != "" {
		f.After = ""
		view.Pager.Earlier = address("/ideas", f, "", "")
	}
	if query == "" {
		view.Orders = orderLinks(ctx, f)
	}
	switch {
	case query != "":
		view.Note = t(ctx, "list.found", "count", len(page.Cards))
	case page.Total >= 0:
		view.Note = t(ctx, "list.count", "count", page.Total)
	}
	return web.Render(w, r, pageOf(view.Heading.Title, view.Heading.Lead, listBody(view)))
}

// find is a page of the list, or what a search finds.
func (p *Pages) find(ctx context.Context, f ideas.Filter, query string) (ideas.Page, error) {
	if query == "" {
		return p.ideas.List(ctx, f)
	}
	cards, err := p.ideas.Search(ctx, query, f, ideas.PageSize)
	return ideas.Page{Cards: cards, Total: len(cards)}, err
}

// tabs are the faces of the City of Ideas.
func tabs(ctx context.Context, current string) ui.Tabs {
	out := ui.Tabs{Label: t(ctx, "tabs")}
	for _, face := range []struct{ href, key string }{
		{"/desafios", "challenges"}, {"/ideas", "ideas"}, {"/ideas/mapa", "map"}, {"/ideas/respuestas", "answers"}, {"/mis-ideas", "mine"},
	} {
		out.Items = append(out.Items, ui.NavItem{Href: face.href, Text: t(ctx, "tab."+face.key), Current: face.href == current})
	}
	return out
}

// stamp is a time as machines read it.
func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }
