package pages

import (
	"context"
	_ "embed"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/people"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Deps is what the pages work with.
type Deps struct {
	Budget   *budget.Module
	Charters *charter.Store
	People   *people.Module
	Log      *event.Log
}

// Slots are what other modules put on these pages. Each may be nil.
type Slots struct {
	Proof func(ctx context.Context, eventID string) string // address of an act's proof, empty while it has none
	// Tabs are the faces of an initiative's execution; current is the path of the one
	// that is open, after the address of the initiative.
	Tabs func(ctx context.Context, number, current string) ui.Tabs
}

// Pages are the pages of the budget.
type Pages struct {
	Deps
	slots Slots
}

// New makes the pages over the budget and its neighbours.
func New(d Deps, slots Slots) *Pages { return &Pages{d, slots} }

// Routes registers the pages. Where a form is posted to, its page can be read.
func (p *Pages) Routes(m *web.Mux) {
	m.Get(style().Path, style().Serve)
	both := func(pattern string, page, act web.Handler) {
		m.Get(pattern, page)
		m.Post(pattern, act)
	}
	m.Get("/presupuesto", p.laws)
	both("/presupuesto/nuevo", p.lawForm, p.enact)
	m.Get("/presupuesto/{year}", p.law)
	both("/presupuesto/{year}/datos", p.lawForm, p.enact)
	m.Get("/presupuesto/{year}/partidas", p.lines)
	both("/presupuesto/{year}/partidas/{code}", p.line, p.lineAct)
	both("/presupuesto/{year}/importar", p.sendForm, p.send)
	both("/presupuesto/{year}/importar/{file}", p.tryForm, p.try)
	both("/presupuesto/{year}/gastos", p.sendSpendingForm, p.sendSpending)
	both("/presupuesto/{year}/gastos/{file}", p.trySpendingForm, p.trySpending)
	both("/iniciativas/{number}/presupuesto", p.initiative, p.initiativeAct)
}

//go:embed assets/budget.css
var css []byte

func style() web.Asset { return web.NewAsset("budget.css", css) }

// words says the budget in the reader's language.
type words struct {
	wording.Words
	today clock.Day
}

func (p *Pages) words(ctx context.Context) (words, error) {
	ch, err := p.Charters.Current(ctx)
	if err != nil {
		return words{}, err
	}
	return words{wording.Of(ctx, ch, p.People), ch.Today(clock.Now(ctx))}, nil
}

// function names what a line is for.
func (w words) function(code string) string {
	if f, ok := w.Charter.Execution.Functions.Get(code); ok {
		return f.Name.In(w.Lang)
	}
	return code
}

// source names where the money of a line comes from.
func (w words) source(code string) string {
	if f, ok := w.Charter.Execution.Sources.Get(code); ok {
		return f.Name.In(w.Lang)
	}
	return code
}

// yearOf is the year of an address; NotFound for what is none.
func yearOf(r *http.Request) (int, error) {
	text := r.PathValue("year")
	year, err := strconv.Atoi(text)
	if err != nil || strconv.Itoa(year) != text {
		return 0, fault.New(fault.NotFound, "fault.notfound")
	}
	return year, nil
}

func yearText(year int) string { return strconv.Itoa(year) }

// Href is the page of a year's law.
func Href(year int) string { return "/presupuesto/" + yearText(year) }

// LineHref is the page of a line.
func LineHref(year int, code string) string { return Href(year) + "/partidas/" + url.PathEscape(code) }

// pageOf is a page of the budget.
func pageOf(h ui.Heading, body templ.Component) web.Page {
	return web.Page{Title: h.Title, Description: h.Lead, Section: "budget", Body: body}
}

// working is a page that only those who do the work see.
func working(h ui.Heading, body templ.Component) web.Page {
	page := pageOf(h, body)
	page.Private, page.Narrow = true, true
	return page
}

// may says whether the person may do an action that is about no initiative.
func (p *Pages) may(ctx context.Context, action delivery.Action) bool {
	ok, err := p.Budget.May(ctx, action)
	return err == nil && ok
}

// forbidden is the error of somebody who may not do the action.
func forbidden(ctx context.Context) error {
	if !people.Me(ctx).SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	return fault.New(fault.Forbidden, "fault.forbidden")
}

func t(ctx context.Context, key string, args ...any) string {
	return i18n.T(ctx, "delivery.budget.pages."+key, args...)
}
