package meetings

import (
	"context"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
)

// seriesRow is a series as it is stored.
type seriesRow struct {
	ID          string       `db:"id"`
	Number      string       `db:"number"`
	Kind        Kind         `db:"kind"`
	Title       string       `db:"title"`
	Purpose     string       `db:"purpose"`
	Place       string       `db:"place"`
	Link        string       `db:"link"`
	Chair       string       `db:"chair"`
	Secretaries Codes        `db:"secretaries"`
	First       time.Time    `db:"first_at"`
	Clock       string       `db:"clock"`
	Length      int          `db:"length"`
	Capacity    int          `db:"capacity"`
	Quorum      int          `db:"quorum"`
	Private     bool         `db:"private"`
	Axis        string       `db:"axis"`
	Every       int          `db:"rule_every"`
	Unit        string       `db:"rule_unit"`
	Weekday     time.Weekday `db:"rule_weekday"`
	Nth         int          `db:"rule_nth"`
	Count       int          `db:"rule_count"`
	Last        clock.Day    `db:"rule_until"`
	Continues   string       `db:"continues"`
	Called      time.Time    `db:"called_at"`
	Ended       time.Time    `db:"ended_at"`
	Why         string       `db:"why"`
	Made        time.Time    `db:"made_at"`
	Until       time.Time    `db:"made_until"`
	UID         string       `db:"uid"`
	Sequence    int          `db:"sequence"`
	Changed     time.Time    `db:"changed_at"`
	Version     int          `db:"version"`
	Invented    bool         `db:"invented"`
}

const seriesColumns = `id, number, kind, title, purpose, place, link, chair, secretaries, first_at, clock, length, capacity, quorum, private, axis,
	rule_every, rule_unit, rule_weekday, rule_nth, rule_count, rule_until, continues, called_at, ended_at, why, made_at, made_until, uid, sequence,
	changed_at, version, invented`

func (r seriesRow) series() Series {
	return Series{ID: r.ID, Number: r.Number, Kind: r.Kind, Title: r.Title, Purpose: r.Purpose, Place: r.Place, Link: r.Link, Chair: r.Chair,
		Secretaries: r.Secretaries, First: r.First, Clock: r.Clock, Length: r.Length, Capacity: r.Capacity, Quorum: r.Quorum, Private: r.Private,
		Rule: Rule{Every: r.Every, Unit: r.Unit, Weekday: r.Weekday, Nth: r.Nth, Count: r.Count, Until: r.Last}, Axis: r.Axis,
		Continues: r.Continues, Called: r.Called, Ended: r.Ended, Why: r.Why, Made: r.Made, Until: r.Until, UID: r.UID, Sequence: r.Sequence,
		Changed: r.Changed, Version: r.Version, Invented: r.Invented}
}

func (s Series) row() seriesRow {
	return seriesRow{ID: s.ID, Number: s.Number, Kind: s.Kind, Title: s.Title, Purpose: s.Purpose, Place: s.Place, Link: s.Link, Chair: s.Chair,
		Secretaries: s.Secretaries, First: s.First, Clock: s.Clock, Length: s.Length, Capacity: s.Capacity, Quorum: s.Quorum, Private: s.Private,
		Every: s.Rule.Every, Unit: s.Rule.Unit, Weekday: s.Rule.Weekday, Nth: s.Rule.Nth, Count: s.Rule.Count, Last: s.Rule.Until, Axis: s.Axis,
		Continues: s.Continues, Called: s.Called, Ended: s.Ended, Why: s.Why, Made: s.Made, Until: s.Until, UID: s.UID, Sequence: s.Sequence,
		Changed: s.Changed, Version: s.Version, Invented: s.Invented}
}

func seriesOf(rows []seriesRow) []Series {
	out := make([]Series, len(rows))
	for n, r := range rows {
		out[n] = r.series()
	}
	return out
}

func (m *Module) seriesBy(ctx context.Context, column, value string) (Series, error) {
	r, err := db.One[seriesRow](ctx, m.db, `SELECT `+seriesColumns+` FROM meetings_series WHERE `+column+` = $1`, value)
	return r.series(), err
}

// lockedSeries is the series of a number, held until the transaction ends.
func (m *Module) lockedSeries(ctx context.Context, number string) (Series, error) {
	r, err := db.One[seriesRow](ctx, m.db, `UPDATE meetings_series SET version = version WHERE number = $1 RETURNING `+seriesColumns, number)
	return r.series(), err
}

// saveSeries writes what an act may change of a series.
func (m *Module) saveSeries(ctx context.Context, s Series) error {
	n, err := m.db.Exec(ctx, `UPDATE meetings_series SET title = $2, purpose = $3, place = $4, link = $5, chair = $6, secretaries = $7, length = $8,
		capacity = $9, quorum = $10, axis = $11, rule_count = $12, rule_until = $13, called_at = $14, ended_at = $15, why = $16, made_until = $17,
		sequence = $18, changed_at = $19, version = $20 WHERE id = $1`,
		s.ID, s.Title, s.Purpose, s.Place, s.Link, s.Chair, s.Secretaries, s.Length, s.Capacity, s.Quorum, s.Axis, s.Rule.Count, s.Rule.Until,
		s.Called, s.Ended, s.Why, s.Until, s.Sequence, s.Changed, s.Version)
	return db.Changed(n, err, "fault.conflict")
}

// occurrence is a meeting as its series says it, at an instant.
func (s Series) occurrence(at time.Time) Meeting {
	x := Meeting{Series: s.ID, Occurrence: at, Kind: s.Kind, Title: s.Title, Purpose: s.Purpose, Place: s.Place, Link: s.Link, Starts: at,
		Length: s.Length, Chair: s.Chair, Secretaries: s.Secretaries, Capacity: s.Capacity, Quorum: s.Quorum, Private: s.Private, Axis: s.Axis,
		State: Planned, UID: s.UID, Sequence: s.Sequence, Version: 1, Invented: s.Invented}
	if !s.Called.IsZero() {
		x.State, x.Called = Called, s.Called
	}
	return x
}

// shape is a series as the policy looks at it.
func (s Series) shape() Meeting {
	return Meeting{ID: s.ID, Kind: s.Kind, Chair: s.Chair, Secretaries: s.Secretaries, Private: s.Private, State: Planned}
}
