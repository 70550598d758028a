package meetings

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// Sizes of lists.
const (
	PageSize  = 30
	pageMax   = 200
	monthsMax = 1000
)

// List is a page of meetings; after is the Next of the page before.
func (m *Module) List(ctx context.Context, f Filter, after string, size int) (Page, error) {
	if size <= 0 || size > pageMax {
		size = PageSize
	}
	if !f.Past && f.From.IsZero() && f.To.IsZero() {
		f.From = clock.Now(ctx).Add(-12 * time.Hour) // what goes on is still coming
	}
	if f.Past && f.To.IsZero() {
		f.To = clock.Now(ctx)
	}
	rows, err := m.find(ctx, f, after, size+1)
	if err != nil || len(rows) <= size {
		return Page{Meetings: rows}, err
	}
	last := rows[size-1]
	return Page{Meetings: rows[:size], Next: strconv.FormatInt(last.Starts.UnixMicro(), 10) + "_" + last.ID}, nil
}

// Months are the meetings of a stretch of time, as List sees them, in order; at
// most a thousand.
func (m *Module) Months(ctx context.Context, from, to time.Time) ([]Meeting, error) {
	return m.find(ctx, Filter{From: from, To: to}, "", monthsMax)
}

// find reads meetings that the person of the context may know of.
func (m *Module) find(ctx context.Context, f Filter, after string, limit int) ([]Meeting, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	var q query
	where := append(q.filter(f), q.sight(ch, people.Me(ctx), f.Mine))
	order := ` ORDER BY starts, id LIMIT `
	sign := ">"
	if f.Past {
		order, sign = ` ORDER BY starts DESC, id DESC LIMIT `, "<"
	}
	if at, id, ok := strings.Cut(after, "_"); ok {
		if micros, err := strconv.ParseInt(at, 10, 64); err == nil {
			where = append(where, `(starts, id) `+sign+` (`+q.arg(micros)+`, `+q.arg(id)+`)`)
		}
	}
	sql := `SELECT ` + meetingColumns + ` FROM meetings_meeting WHERE ` + strings.Join(where, " AND ") + order + strconv.Itoa(limit)
	rows, err := db.Query[Meeting](ctx, m.db, sql, q.args...)
	if !people.Me(ctx).Official() {
		for n := range rows {
			rows[n].Link, rows[n].Logistics = "", ""
		}
	}
	return rows, err
}

// filter is what a filter asks of a meeting.
func (q *query) filter(f Filter) []string {
	var out []string
	add := func(use bool, text string, v any) {
		if use {
			out = append(out, strings.ReplaceAll(text, "?", q.arg(v)))
		}
	}
	add(f.Kind != "", `kind = ?`, f.Kind)
	add(f.Series != "", `series = ?`, f.Series)
	add(f.Initiative != "", `(initiative = ? OR id IN (SELECT meeting FROM meetings_item WHERE subject_kind = 'initiative' AND subject_id = ?))`, f.Initiative)
	add(f.Parent != "", `parent = ?`, f.Parent)
	add(!f.From.IsZero(), `starts >= ?`, f.From)
	add(!f.To.IsZero(), `starts < ?`, f.To)
	add(f.State != "", `state = ?`, f.State)
	return out
}

// sight is what the person may know of: what is public, what they are invited
// to, and, with a post, what is not private or is their office's.
func (q *query) sight(ch *charter.Charter, who people.Standing, mine bool) string {
	invited := `FALSE`
	if keys := keysOf(who); len(keys) > 0 {
		in := q.in(keys)
		invited = `(id IN (SELECT owner FROM meetings_guest WHERE key IN ` + in + ` AND role <> 'out')
			OR series IN (SELECT owner FROM meetings_guest WHERE key IN ` + in + `)
			AND id NOT IN (SELECT owner FROM meetings_guest WHERE key IN ` + in + ` AND role = 'out'))`
	}
	if mine {
		return invited
	}
	see := []string{`public = TRUE`, invited}
	if who.Official() {
		see = append(see, `private = FALSE`)
	}
	if _, in := who.In(ch.Office(charter.OfficeCoordination)); in && ch.Office(charter.OfficeCoordination) != "" {
		see = append(see, `kind <> 'workshop'`)
	}
	if _, in := who.In(ch.Office(charter.OfficeLaboratory)); in && ch.Office(charter.OfficeLaboratory) != "" {
		see = append(see, `kind = 'workshop'`)
	}
	if bodies := who.Bodies(); len(bodies) > 0 {
		see = append(see, `(kind = 'collaborative' AND convener IN `+q.in(bodies)+`)`)
	}
	return "(" + strings.Join(see, " OR ") + ")"
}

// Concerns says whether any meeting, known to the person or not, has anything to do
// with an initiative: most have none yet, and their pages need not ask for more.
func (m *Module) Concerns(ctx context.Context, initiative string) (bool, error) {
	n, err := db.One[int](ctx, m.db, `SELECT CASE WHEN EXISTS (SELECT 1 FROM meetings_meeting WHERE initiative = $1)
		OR EXISTS (SELECT 1 FROM meetings_item WHERE subject_kind = 'initiative' AND subject_id = $1)
		OR EXISTS (SELECT 1 FROM meetings_commitment WHERE initiative = $1) THEN 1 ELSE 0 END`, initiative)
	return n == 1, err
}
