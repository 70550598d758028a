package pages

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"ronda/city/charter"
	"ronda/city/indicators"
	"ronda/city/indicators/index"
	"ronda/city/people"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Deps are the neighbours of the pages.
type Deps struct {
	Indicators *indicators.Module
	Charters   *charter.Store
	People     *people.Module
}

// Pages publish the indices.
type Pages struct{ Deps }

// New makes the pages.
func New(d Deps) *Pages { return &Pages{d} }

// Routes registers them.
func (p *Pages) Routes(m *web.Mux) {
	m.Get("/indices", p.indices)
	m.Get("/indices/actos.csv", p.file)
	m.Get(participationHref, p.participation)
	m.Get(complianceHref, p.compliance)
}

// indicesPage is the indices of the year so far.
type indicesPage struct {
	Heading ui.Heading
	Year    string
	I1, I2  indexView
	Steps   ui.Bars
	History ui.Table
	Rule    string
	Command string
}

// indexView is one index: its value, what stands beside it, and its parts.
type indexView struct {
	Title, Lead string
	Value       string // "62,5"
	Whole       ui.Bars
	None        string // why there is no value
	Figures     ui.Figures
	Spark       ui.Spark
	Ministries  ui.Bars
	Axes        ui.Bars
	Counted     ui.Link // what is counted, one by one
}

func (p *Pages) indices(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ch, err := p.Charters.Current(ctx)
	if err != nil {
		return err
	}
	now, err := p.Indicators.Picture(ctx)
	if err != nil {
		return err
	}
	published, err := p.Indicators.Published(ctx)
	if err != nil {
		return err
	}
	say := words{wording.Of(ctx, ch, p.People)}
	local := now.At.In(ch.City.Zone)
	view := indicesPage{
		Heading: ui.Heading{Title: t(ctx, "title"), Lead: t(ctx, "lead")}, Year: t(ctx, "year", "year", now.Year),
		I1: say.participation(ctx, now), I2: say.compliance(ctx, now), Steps: say.steps(ctx, now.Compliance), History: say.history(ctx, now, published),
		Rule:    t(ctx, "rule", "rule", index.Rule, "at", i18n.DateTime(ctx, local)),
		Command: t(ctx, "command", "from", strconv.Itoa(now.Year)+"-01-01", "to", strconv.Itoa(now.Year+1)+"-01-01"),
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Description: view.Heading.Lead, Section: "indices", Body: indicesBody(view)})
}

// file gives the acts that count, read as they are now.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	facts, zone, err := p.Indicators.Facts(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="indices-`+clock.Now(r.Context()).In(zone).Format(time.DateOnly)+`.csv"`)
	return facts.WritePublic(w, zone.String())
}

func t(ctx context.Context, key string, args ...any) string {
	return i18n.T(ctx, "indicators.pages."+key, args...)
}
