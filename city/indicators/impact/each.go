package impact

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ronda/platform/db"
)

// EachIndicator reads every public indicator, retired ones too, newest first.
func (m *Module) EachIndicator(ctx context.Context, fn func(Indicator) error) error {
	return db.Each(ctx, m.DB, `SELECT `+columns+` FROM impact_indicator WHERE public = TRUE ORDER BY id DESC`, nil,
		func(r row) error { return fn(r.indicator()) })
}

// Public is a version of a public measurement with its indicator and what is
// needed to read its value.
type Public struct {
	Number     string `db:"number"`     // of the indicator
	Initiative string `db:"initiative"` // id
	Name       string `db:"name"`
	Unit       string `db:"unit"`
	Decimals   int    `db:"decimals"`
	Measurement
}

// EachMeasurement reads every version of every public measurement, newest
// indicator first and by period.
func (m *Module) EachMeasurement(ctx context.Context, fn func(Public) error) error {
	return db.Each(ctx, m.DB, `SELECT i.number, i.initiative, i.name, i.unit, i.decimals, x.id, x.indicator, x.period, x.territory, x.grp, x.version, x.stands, x.value,
		x.source, x.evidence, x.note, x.reason, x.late, x.post, x.body, x.ministry, x.token, x.system, x.at
		FROM impact_indicator i JOIN impact_measurement x ON x.indicator = i.id WHERE i.public = TRUE
		ORDER BY i.id DESC, x.period, x.territory, x.grp, x.version`, nil, fn)
}

// WholeCity is the value that stands of a public indicator in a period, of the whole
// city and everybody.
type WholeCity struct {
	Indicator string `db:"indicator"` // id
	Period    string `db:"period"`
	Units     int64  `db:"value"`
}

// EachWhole reads what stands of the whole city, by indicator and period, in the
// order of the index of versions, so that nothing is sorted.
func (m *Module) EachWhole(ctx context.Context, fn func(WholeCity) error) error {
	return db.Each(ctx, m.DB, `SELECT x.indicator, x.period, x.value FROM impact_measurement x JOIN impact_indicator i ON i.id = x.indicator
		WHERE i.public = TRUE AND x.territory = '' AND x.grp = '' AND x.stands = TRUE
		ORDER BY x.indicator, x.period, x.territory, x.grp, x.version`, nil, fn)
}

// EachReached reads every version of how many people initiatives reached. Who it
// is of is an id; whether that is public the caller asks the roundtable.
func (m *Module) EachReached(ctx context.Context, fn func(Reached) error) error {
	return db.Each(ctx, m.DB, `SELECT `+reachedColumns+` FROM impact_reached ORDER BY initiative, territory, grp, version`, nil, fn)
}

// Filed is that a ministry filed a measurement of an initiative.
type Filed struct {
	Initiative string // id
	Ministry   string
	Number     string // of the indicator
	At         time.Time
}

// EachFiled reads the first versions of public measurements that a ministry filed:
// what the index of participation counts. A correction is no further act. They come
// by indicator and ministry, the oldest first.
func (m *Module) EachFiled(ctx context.Context, fn func(Filed) error) error {
	return db.Each(ctx, m.DB, `SELECT i.initiative, i.number, x.ministry, string_agg(CAST(x.at AS TEXT), ',') AS ats
		FROM impact_indicator i JOIN impact_measurement x ON x.indicator = i.id
		WHERE i.public = TRUE AND x.version = 1 AND x.ministry <> '' GROUP BY i.id, x.ministry ORDER BY i.id, x.ministry`, nil,
		func(r filedRow) error { return r.each(fn) })
}

// filedRow is what a ministry filed of an indicator, in one row: there are ten
// times as many measurements, and each row of its own costs the indices more than
// anything else they read.
type filedRow struct {
	Initiative string `db:"initiative"`
	Number     string `db:"number"`
	Ministry   string `db:"ministry"`
	Ats        string `db:"ats"` // microseconds, with commas between
}

// each tells every measurement of the row, the oldest first in whatever order the
// database put them.
func (r filedRow) each(fn func(Filed) error) error {
	ats := make([]int64, 0, 1+strings.Count(r.Ats, ","))
	for s := range strings.SplitSeq(r.Ats, ",") {
		at, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return fmt.Errorf("measurements of %s: %w", r.Number, err)
		}
		ats = append(ats, at)
	}
	slices.Sort(ats)
	for _, at := range ats {
		if err := fn(Filed{Initiative: r.Initiative, Ministry: r.Ministry, Number: r.Number, At: time.UnixMicro(at).UTC()}); err != nil {
			return err
		}
	}
	return nil
}
