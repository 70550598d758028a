package pages

import (
	"context"
	"net/http"
	"time"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

func notFound() error { return fault.New(fault.NotFound, "fault.notfound") }

// calendar shows a month, ?mes=2026-03.
func (p *Pages) calendar(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	zone := say.Charter.City.Zone
	first := time.Date(say.now.Year(), say.now.Month(), 1, 0, 0, 0, 0, zone)
	if asked := r.URL.Query().Get("mes"); asked != "" {
		if first, err = time.ParseInLocation("2006-01", asked, zone); err != nil || first.Year() < 1990 || first.Year() > say.now.Year()+10 {
			return notFound()
		}
	}
	next := first.AddDate(0, 1, 0)
	list, err := p.meetings.Months(ctx, first, next)
	if err != nil {
		return err
	}
	view := say.month(ctx, first, list)
	if p.slots.Calendar != "" && people.Me(ctx).SignedIn() {
		view.Feed = ui.Link{Href: p.slots.Calendar, Text: t(ctx, "calendar.mine")}
	}
	page := pageOf(view.Title, view.Heading.Lead, calendarBody(view))
	return web.Render(w, r, page)
}

// month draws the month that begins at first.
func (w words) month(ctx context.Context, first time.Time, list []meetings.Meeting) calendarPage {
	title := capital(t(ctx, "month.of", "month", month(ctx, first.Month(), false), "year", first.Year()))
	v := calendarPage{Heading: ui.Heading{Title: t(ctx, "calendar"), Lead: t(ctx, "calendar.lead")}, Tabs: tabs(ctx, "/reuniones/calendario"),
		Title: title, Count: len(list), Before: monthLink(ctx, first.AddDate(0, -1, 0)), After: monthLink(ctx, first.AddDate(0, 1, 0)), Table: w.monthTable(ctx, title, list)}
	if first.Format("2006-01") != w.now.Format("2006-01") {
		v.Today = ui.Link{Href: "/reuniones/calendario", Text: t(ctx, "calendar.now")}
	}
	for i := range 7 {
		d := time.Weekday((i + 1) % 7)
		v.Week = append(v.Week, tag{Icon: weekday(ctx, d, true), Text: weekday(ctx, d, false)})
	}
	on := map[string][]calendarEntry{}
	for _, m := range list {
		at := w.in(m.Starts)
		day := at.Format(time.DateOnly)
		on[day] = append(on[day], calendarEntry{Href: Href(m.Number), Hour: at.Format("15:04"), Title: m.Title, Kind: string(m.Kind), Off: m.State == meetings.Cancelled})
	}
	monday := first.AddDate(0, 0, -((int(first.Weekday()) + 6) % 7))
	for day := monday; day.Before(first.AddDate(0, 1, 0)); day = day.AddDate(0, 0, 7) {
		var week []calendarDay
		for i := range 7 {
			d := day.AddDate(0, 0, i)
			week = append(week, calendarDay{Week: weekday(ctx, d.Weekday(), false), Day: itoa(d.Day()), Out: d.Month() != first.Month(),
				Today: d.Format(time.DateOnly) == w.now.Format(time.DateOnly), Meetings: on[d.Format(time.DateOnly)]})
		}
		v.Weeks = append(v.Weeks, week)
	}
	return v
}

func monthLink(ctx context.Context, first time.Time) ui.Link {
	return ui.Link{Href: "/reuniones/calendario?mes=" + first.Format("2006-01"), Text: capital(month(ctx, first.Month(), false))}
}

// monthTable is the month as rows.
func (w words) monthTable(ctx context.Context, title string, list []meetings.Meeting) ui.Table {
	out := ui.Table{Caption: title, HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "column.meeting")}, {Text: t(ctx, "column.day")}, {Text: t(ctx, "column.hour")}, {Text: t(ctx, "column.place")}, {Text: t(ctx, "column.state")}}}
	for _, m := range list {
		out.Rows = append(out.Rows, ui.Row{{Text: m.Title, Href: Href(m.Number)}, {Text: w.Day(ctx, w.dayOf(m.Starts))}, {Text: w.in(m.Starts).Format("15:04")},
			{Text: m.Place}, {View: stateOf(ctx, m)}})
	}
	return out
}
