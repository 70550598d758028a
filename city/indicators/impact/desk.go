package impact

import (
	"context"
	"slices"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

const (
	deskMax  = 30 // indicators of one post
	deskSoon = 21 // days before a measurement is due from which it is on the desk
)

// Desk is the measurements that the posts of a person answer for: those overdue,
// and those of periods that are over.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.People.Asking(ctx, person)
	if err != nil {
		return nil, err
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	today := ch.Today(clock.Now(ctx))
	var items []desk.Item
	for _, post := range postsOf(who) {
		list, err := m.find(ctx, `WHERE post = $1 AND next_due > '' AND next_due <= $2 ORDER BY next_due, id LIMIT $3`, post, plusDays(today, graceOf(ch)+deskSoon), deskMax)
		if err != nil {
			return nil, err
		}
		for _, i := range list {
			if p, ok := ParsePeriod(i.NextPeriod); ok && p.Over(today) {
				items = append(items, i.owed(ctx))
			}
		}
	}
	return items, nil
}

func postsOf(who people.Standing) []string {
	var out []string
	for _, h := range who.Posts {
		if !slices.Contains(out, h.Post) {
			out = append(out, h.Post)
		}
	}
	return out
}

// owed is the measurement that an indicator waits for.
func (i Indicator) owed(ctx context.Context) desk.Item {
	return desk.Item{Due: i.NextDue, Title: i18n.T(ctx, "indicators.impact.desk", "period", SayPeriod(ctx, i.NextPeriod)), Detail: i.Number + " · " + i.Name,
		Action: i18n.T(ctx, "indicators.impact.desk_do"), Href: "/indicadores/" + i.Number + "/medir", Subject: event.Subject{Kind: "initiative", ID: i.Initiative}}
}

// SayPeriod says a period in the reader's language: "1.er trimestre de 2026".
func SayPeriod(ctx context.Context, code string) string {
	p, ok := ParsePeriod(code)
	if !ok {
		return code
	}
	if p.Every == Monthly {
		return i18n.T(ctx, "indicators.impact.month."+code[5:], "year", p.Year)
	}
	return i18n.T(ctx, "indicators.impact.period."+string(p.Every), "no", p.No, "year", p.Year)
}
