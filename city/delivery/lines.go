package delivery

import (
	"cmp"
	"context"
	"slices"

	"ronda/city/meetings"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

// How many initiatives of a ministry a monthly meeting's section looks at, and how
// many lines it takes of them.
const (
	lookedAt = 200
	linesMax = 30
)

// Lines are what a ministry's section of a monthly meeting says of execution: the
// reports that are late, the initiatives whose light is not green, and milestones
// and tasks past their day. It is a meetings.Contributor.
func (m *Module) Lines(ctx context.Context, ministry string, x meetings.Meeting) ([]meetings.Line, error) {
	all, err := m.ExecutedBy(ctx, ministry, Standing{}, lookedAt)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(all))
	for n, s := range all {
		ids[n] = s.Initiative
	}
	k, err := m.known(ctx, ids...)
	if err != nil {
		return nil, err
	}
	day := clock.DayOf(x.Starts, ch.City.Zone)
	var out []meetings.Line
	for _, s := range all {
		out = append(out, s.lines(ctx, k, ministry, day)...)
	}
	slices.SortStableFunc(out, func(a, b meetings.Line) int { return cmp.Compare(a.Due, b.Due) })
	return out[:min(len(out), linesMax)], nil
}

// lines are those of one initiative. The light comes first: it has no day.
func (s Standing) lines(ctx context.Context, k knowledge, ministry string, day clock.Day) []meetings.Line {
	page := "/iniciativas/" + s.Number
	line := func(title, href string, due clock.Day) meetings.Line {
		return meetings.Line{Section: ministry, Title: title, Detail: s.Number, Href: href, Due: due, Subject: event.Subject{Kind: roundtable.SubjectKind, ID: s.Initiative}}
	}
	var out []meetings.Line
	if l := k.light(s.Initiative); l.Colour == Red || l.Colour == Amber {
		out = append(out, line(i18n.T(ctx, "delivery.line."+string(l.Colour)), page+"/ejecucion", ""))
	}
	if s.Next != "" && s.Next < day {
		out = append(out, line(i18n.T(ctx, "delivery.line.report"), page+"/ejecucion", s.Next))
	}
	for _, late := range k.physical[s.Initiative].Late {
		href := late.Href
		if href == "" {
			href = page + "/plan"
		}
		out = append(out, line(i18n.T(ctx, "delivery.line.late", "what", late.Name), href, late.Due))
	}
	return out
}
