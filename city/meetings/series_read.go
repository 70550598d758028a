package meetings

import (
	"context"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// shownOfSeries is how many meetings a series' page shows to come, and past.
const shownOfSeries = 60

// Series reads a series for the person of the context.
func (m *Module) Series(ctx context.Context, number string) (v SeriesView, err error) {
	if v.Charter, err = m.Charters.Current(ctx); err != nil {
		return v, err
	}
	if v.Series, err = m.seriesBy(ctx, "number", number); err != nil {
		return v, err
	}
	if v.Series.Guests, err = m.guestRows(ctx, v.Series.ID); err != nil {
		return v, err
	}
	v.Meeting, v.Guests = v.Series.shape(), v.Series.Guests
	who := people.Me(ctx)
	if _, err := v.Require(who, SeeInside); err != nil {
		return v, err
	}
	v.May = v.Permits(who)
	if !v.Series.Ended.IsZero() {
		v.May[EditMeeting], v.May[CancelMeeting] = false, false
	}
	return v, m.fillSeries(ctx, &v)
}

func (m *Module) fillSeries(ctx context.Context, v *SeriesView) (err error) {
	s, now := v.Series, clock.Now(ctx)
	if v.Coming, err = db.Query[Meeting](ctx, m.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE series = $1
		AND (starts >= $2 OR state = 'running') ORDER BY starts, id LIMIT $3`, s.ID, now, shownOfSeries); err != nil {
		return err
	}
	if v.Past, err = db.Query[Meeting](ctx, m.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE series = $1
		AND starts < $2 AND state <> 'running' ORDER BY starts DESC, id DESC LIMIT $3`, s.ID, now, shownOfSeries); err != nil {
		return err
	}
	if v.Backlog, err = m.backlog(ctx, s.ID); err != nil {
		return err
	}
	rows, err := db.Query[seriesRow](ctx, m.db, `SELECT `+seriesColumns+` FROM meetings_series WHERE id = $1 OR continues = $2`, s.Continues, s.ID)
	for _, k := range seriesOf(rows) {
		if k.ID == s.Continues {
			v.Previous = &k
		} else {
			v.Next = &k
		}
	}
	return err
}

// SeriesList lists the series that the person may know of, those that go on first.
func (m *Module) SeriesList(ctx context.Context) ([]Series, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	who := people.Me(ctx)
	rows, err := db.Query[seriesRow](ctx, m.db, `SELECT `+seriesColumns+` FROM meetings_series
		ORDER BY CASE WHEN ended_at = 0 THEN 0 ELSE 1 END, kind, number LIMIT 500`)
	if err != nil {
		return nil, err
	}
	own, err := m.ownLists(ctx, who, ` AND owner IN (SELECT id FROM meetings_series)`)
	if err != nil {
		return nil, err
	}
	var out []Series
	for _, s := range seriesOf(rows) {
		if _, ok := (Case{Charter: ch, Meeting: s.shape(), Guests: own[s.ID]}).Can(who, SeeInside); ok {
			out = append(out, s)
		}
	}
	return out, nil
}

// Proposable are the series of a kind that go on and to which the person may propose
// items. Who is invited does not matter for that.
func (m *Module) Proposable(ctx context.Context, kind Kind) ([]Series, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := db.Query[seriesRow](ctx, m.db, `SELECT `+seriesColumns+` FROM meetings_series
		WHERE kind = $1 AND (ended_at = 0 OR ended_at > $2) ORDER BY CASE WHEN ended_at = 0 THEN 0 ELSE 1 END, number`, kind, clock.Now(ctx))
	var out []Series
	for _, s := range seriesOf(rows) {
		if _, ok := (Case{Charter: ch, Meeting: s.shape()}).Can(people.Me(ctx), ProposeItem); ok {
			out = append(out, s)
		}
	}
	return out, err
}

// ownLists are the rows of the person on all lists, or on those that a condition
// keeps, by owner.
func (m *Module) ownLists(ctx context.Context, who people.Standing, and string) (map[string][]Guest, error) {
	keys := keysOf(who)
	if len(keys) == 0 {
		return nil, nil
	}
	var q query
	rows, err := db.Query[Guest](ctx, m.db, `SELECT `+guestColumns+` FROM meetings_guest WHERE key IN `+q.in(keys)+and, q.args...)
	by := map[string][]Guest{}
	for _, g := range rows {
		by[g.Owner] = append(by[g.Owner], g)
	}
	return by, err
}
