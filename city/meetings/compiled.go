package meetings

import (
	"context"
	"time"

	"ronda/city/people"
	"ronda/platform/db"
)

// compiledMax is how many minutes are compiled at once.
const compiledMax = 200

// Compiled are the minutes of a series' meetings that began in [from, to), oldest
// first, with a number of queries that does not grow with the meetings. Whoever
// is not of the meetings sees them without what is private.
func (m *Module) Compiled(ctx context.Context, series string, from, to time.Time) (out Compilation, err error) {
	c, err := m.backlogOf(ctx, series, SeeInside)
	if err != nil {
		return out, err
	}
	if out.Series, err = m.seriesBy(ctx, "id", c.Meeting.ID); err != nil {
		return out, err
	}
	list, err := db.Query[Meeting](ctx, m.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE series = $1 AND starts >= $2 AND starts < $3
		AND began_at > 0 ORDER BY starts, id LIMIT $4`, out.Series.ID, from, to, compiledMax)
	if err != nil || len(list) == 0 {
		return out, err
	}
	p, err := m.parts(ctx, list)
	if err != nil {
		return out, err
	}
	for _, x := range list {
		v := View{Case: c, Inside: true, Items: p.items[x.ID], Attendees: p.attendees[x.ID], Decisions: p.decisions[x.ID], Commitments: p.tasks[x.ID]}
		v.Meeting = x
		one, err := compile(v, p, people.Me(ctx))
		if err != nil {
			return out, err
		}
		out.Minutes = append(out.Minutes, one)
	}
	return out, nil
}

// compile is one meeting's minutes out of the parts of many.
func compile(v View, p parts, who people.Standing) (Minutes, error) {
	if r, ok := p.frozen[v.Meeting.ID]; ok {
		return thaw(r, v, who)
	}
	v.keepSecrets(who)
	return v.minutes(p.notes[v.Meeting.ID]), nil
}

// parts are what minutes are made of, by meeting.
type parts struct {
	items     map[string][]Item
	attendees map[string][]Attendee
	decisions map[string][]Decision
	tasks     map[string][]Commitment
	notes     map[string][]Note
	frozen    map[string]minutesRow
}

// parts reads them: of meetings with frozen minutes those alone.
func (m *Module) parts(ctx context.Context, list []Meeting) (p parts, err error) {
	var open, frozen []string
	for _, x := range list {
		if x.State == Minuted || x.State == Signed {
			frozen = append(frozen, x.ID)
		} else {
			open = append(open, x.ID)
		}
	}
	p.frozen = map[string]minutesRow{}
	if len(frozen) > 0 {
		var q query
		rows, err := db.Query[minutesRow](ctx, m.db, `SELECT `+minutesColumns+` FROM meetings_minutes WHERE returned_at = 0 AND meeting IN `+q.in(frozen), q.args...)
		if err != nil {
			return p, err
		}
		for _, r := range rows {
			p.frozen[r.Meeting] = r
		}
	}
	if len(open) == 0 {
		return p, nil
	}
	if p.items, err = group(ctx, m, `SELECT `+itemColumns+` FROM meetings_item WHERE meeting IN `, ` ORDER BY position, id`, open, func(i Item) string { return i.Meeting }); err != nil {
		return p, err
	}
	if p.attendees, err = group(ctx, m, `SELECT `+attendeeColumns+` FROM meetings_attendee WHERE meeting IN `, ` ORDER BY key`, open, func(a Attendee) string { return a.Meeting }); err != nil {
		return p, err
	}
	if p.decisions, err = group(ctx, m, `SELECT `+decisionColumns+` FROM meetings_decision WHERE meeting IN `, ` ORDER BY id`, open, func(d Decision) string { return d.Meeting }); err != nil {
		return p, err
	}
	if p.tasks, err = group(ctx, m, `SELECT `+taskColumns+` FROM meetings_commitment WHERE meeting IN `, ` ORDER BY id`, open, func(c Commitment) string { return c.Meeting }); err != nil {
		return p, err
	}
	p.notes, err = group(ctx, m, `SELECT `+noteColumns+` FROM meetings_note WHERE meeting IN `, ` ORDER BY item`, open, func(n Note) string { return n.Meeting })
	return p, err
}

// group reads rows of some meetings and sorts them by meeting.
func group[T any](ctx context.Context, m *Module, sql, order string, meetings []string, of func(T) string) (map[string][]T, error) {
	var q query
	rows, err := db.Query[T](ctx, m.db, sql+q.in(meetings)+order, q.args...)
	out := map[string][]T{}
	for _, r := range rows {
		out[of(r)] = append(out[of(r)], r)
	}
	return out, err
}
