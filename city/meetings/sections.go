package meetings

import (
	"cmp"
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
)

// sectionDays is how far ahead a ministry's section looks for what is due.
const sectionDays = 31

// Sections are the ministries' parts of a monthly meeting's agenda, those of
// which there is something: what their decisions and commitments owe by then,
// the lines of other modules, and the items put there.
func (m *Module) Sections(ctx context.Context, number string) ([]Section, error) {
	v, err := m.Meeting(ctx, number)
	if err != nil {
		return nil, err
	}
	if !v.Inside || v.Meeting.Kind != Monthly {
		return nil, notFound()
	}
	day := clock.DayOf(v.Meeting.Starts, v.Charter.City.Zone)
	owed, err := m.sectionDue(ctx, v.Charter, day)
	if err != nil {
		return nil, err
	}
	var out []Section
	for _, b := range v.Charter.Ministries(day) {
		s := Section{Ministry: b.Code, Lines: owed[b.Code]}
		for _, give := range m.Contributors {
			lines, err := give(ctx, b.Code, v.Meeting)
			if err != nil {
				return nil, err
			}
			s.Lines = append(s.Lines, lines...)
		}
		for _, i := range v.Items {
			if i.Section == b.Code {
				s.Items = append(s.Items, i)
			}
		}
		if len(s.Lines)+len(s.Items) > 0 {
			out = append(out, s)
		}
	}
	return out, nil
}

// sectionDue are the open decisions and commitments of each ministry that are due
// by a month after the day, first due first.
func (m *Module) sectionDue(ctx context.Context, ch *charter.Charter, day clock.Day) (map[string][]Line, error) {
	type row struct {
		Register string    `db:"register"`
		ID       string    `db:"id"`
		Number   string    `db:"number"`
		Text     string    `db:"text"`
		Ministry string    `db:"ministry"`
		Due      clock.Day `db:"due"`
	}
	by := clock.DayOf(day.Time(ch.City.Zone).AddDate(0, 0, sectionDays), ch.City.Zone)
	rows, err := db.Query[row](ctx, m.db, `SELECT 'decision' AS register, id, number, text, ministry, due FROM meetings_decision
		WHERE state = 'open' AND private = FALSE AND ministry <> '' AND due <> '' AND due <= $1
		UNION ALL SELECT 'commitment' AS register, id, number, what AS text, ministry, due FROM meetings_commitment
		WHERE state = 'open' AND private = FALSE AND ministry <> '' AND due <> '' AND due <= $1`, by)
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Number, b.Number)) })
	out := map[string][]Line{}
	for _, r := range rows {
		href := "/decisiones#" + r.Number
		if r.Register == SubjectCommitment {
			href = "/compromisos#" + r.Number
		}
		out[r.Ministry] = append(out[r.Ministry], Line{Section: r.Ministry, Title: r.Text, Detail: r.Number, Href: href, Due: r.Due,
			Subject: event.Subject{Kind: r.Register, ID: r.ID}})
	}
	return out, err
}
