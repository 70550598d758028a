package pages

import (
	"net/http"
	"time"

	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// timePage is the time that people gave to meetings in a year.
type timePage struct {
	Heading ui.Heading
	Figures ui.Figures
	Bars    ui.Bars
	Empty   ui.Empty
}

// timeGiven shows the time given to meetings this year, by ministry (M69). It
// names nobody.
func (p *Pages) timeGiven(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !people.Me(ctx).Official() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	year := say.now.Year()
	zone := say.Charter.City.Zone
	list, err := p.meetings.TimeGiven(ctx, time.Date(year, 1, 1, 0, 0, 0, 0, zone), time.Date(year+1, 1, 1, 0, 0, 0, 0, zone))
	if err != nil {
		return err
	}
	view := timePage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/reuniones", Text: t(ctx, "list")}}, Over: itoa(year), Title: t(ctx, "time"), Lead: t(ctx, "time.lead")},
		Bars: ui.Bars{Label: t(ctx, "time")}, Empty: ui.Empty{Title: t(ctx, "time.none"), Text: t(ctx, "time.none.text"), Action: ui.Link{Href: "/reuniones", Text: t(ctx, "list.all")}}}
	var sum time.Duration
	stays := 0
	for _, x := range list {
		sum += x.Spent
		stays += x.Stays
		name := t(ctx, "time.outside")
		if x.Ministry != "" {
			name = say.Body(ctx, x.Ministry)
		}
		view.Bars.Items = append(view.Bars.Items, ui.Bar{Name: name, Value: x.Spent.Hours(), Text: joined(length(ctx, int(x.Spent.Minutes())), t(ctx, "time.meetings", "count", x.Meetings))})
	}
	view.Figures = ui.Figures{{Value: ui.Decimal(ctx, sum.Hours()), Text: t(ctx, "time.hours")}, {Value: itoa(stays), Text: t(ctx, "time.stays")}}
	return web.Render(w, r, working(view.Heading.Title, timeBody(view)))
}
