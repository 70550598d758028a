package impact

import (
	"context"
	"fmt"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// prefix begins the readable number of an indicator.
const prefix = "IND"

// row is an indicator as its table holds it.
type row struct {
	ID            string    `db:"id"`
	Number        string    `db:"number"`
	Initiative    string    `db:"initiative"`
	Name          string    `db:"name"`
	About         string    `db:"about"`
	Kind          Kind      `db:"kind"`
	Social        bool      `db:"social"`
	Unit          string    `db:"unit"`
	Decimals      int       `db:"decimals"`
	Direction     Direction `db:"direction"`
	BelowZero     bool      `db:"below_zero"`
	Adds          bool      `db:"adds"`
	Baseline      string    `db:"baseline"`
	BaselineDay   clock.Day `db:"baseline_day"`
	Target        string    `db:"target"`
	TargetDay     clock.Day `db:"target_day"`
	Source        string    `db:"source"`
	Every         Frequency `db:"every"`
	Post          string    `db:"post"`
	ByTerritory   bool      `db:"by_territory"`
	ByGroup       bool      `db:"by_group"`
	PerInhabitant bool      `db:"per_inhabitant"`
	Retired       time.Time `db:"retired_at"`
	RetiredWhy    string    `db:"retired_why"`
	Version       int64     `db:"version"`
	Made          time.Time `db:"made_at"`
	Public        bool      `db:"public"`
	Ministry      string    `db:"ministry"`
	Axis          string    `db:"axis"`
	Current       string    `db:"current"`
	CurrentPeriod string    `db:"current_period"`
	Measured      int       `db:"measured"`
	NextPeriod    string    `db:"next_period"`
	NextDue       clock.Day `db:"next_due"`
}

const columns = `id, number, initiative, name, about, kind, social, unit, decimals, direction, below_zero, adds, baseline, baseline_day, target, target_day,
	source, every, post, by_territory, by_group, per_inhabitant, retired_at, retired_why, version, made_at, public, ministry, axis, current, current_period,
	measured, next_period, next_due`

const measurementColumns = `id, indicator, period, territory, grp, version, stands, value, source, evidence, note, reason, late, post, body, ministry, token, system, at`

// rowOf is an indicator as its table holds it.
func rowOf(i Indicator) row {
	d := i.Definition
	return row{ID: i.ID, Number: i.Number, Initiative: i.Initiative, Name: d.Name, About: d.About, Kind: d.Kind, Social: d.Social, Unit: d.Unit,
		Decimals: d.Decimals, Direction: d.Direction, BelowZero: d.BelowZero, Adds: d.Adds, Baseline: d.Baseline.stored(), BaselineDay: d.BaselineDay,
		Target: d.Target.stored(), TargetDay: d.TargetDay, Source: d.Source, Every: d.Every, Post: d.Post, ByTerritory: d.ByTerritory, ByGroup: d.ByGroup,
		PerInhabitant: d.PerInhabitant, Retired: i.Retired, RetiredWhy: i.RetiredWhy, Version: i.Version, Made: i.Made, Public: i.Public, Ministry: i.Ministry,
		Axis: i.Axis, Current: i.Current.stored(), CurrentPeriod: i.CurrentPeriod, Measured: i.Measured, NextPeriod: i.NextPeriod, NextDue: i.NextDue}
}

// indicator is what the row says.
func (r row) indicator() Indicator {
	return Indicator{Definition: Definition{Name: r.Name, About: r.About, Kind: r.Kind, Social: r.Social, Unit: r.Unit, Decimals: r.Decimals,
		Direction: r.Direction, BelowZero: r.BelowZero, Adds: r.Adds, Baseline: loaded(r.Baseline), BaselineDay: r.BaselineDay, Target: loaded(r.Target),
		TargetDay: r.TargetDay, Source: r.Source, Every: r.Every, Post: r.Post, ByTerritory: r.ByTerritory, ByGroup: r.ByGroup, PerInhabitant: r.PerInhabitant},
		ID: r.ID, Number: r.Number, Initiative: r.Initiative, Ministry: r.Ministry, Axis: r.Axis, Public: r.Public, Version: r.Version, Made: r.Made,
		Retired: r.Retired, RetiredWhy: r.RetiredWhy, Current: loaded(r.Current), CurrentPeriod: r.CurrentPeriod, Measured: r.Measured,
		NextPeriod: r.NextPeriod, NextDue: r.NextDue}
}

// nextNumber makes the next readable number of a year; the counter's row is locked
// until the transaction ends.
func (m *Module) nextNumber(ctx context.Context, ch *charter.Charter) (string, error) {
	name := fmt.Sprintf("%s-%d", prefix, clock.Now(ctx).In(ch.City.Zone).Year())
	n, err := db.One[int64](ctx, m.DB, `INSERT INTO impact_counter (name, n) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET n = impact_counter.n + 1 RETURNING n`, name)
	return fmt.Sprintf("%s-%04d", name, n), err
}

// find reads the indicators that a condition finds.
func (m *Module) find(ctx context.Context, where string, args ...any) ([]Indicator, error) {
	rows, err := db.Query[row](ctx, m.DB, `SELECT `+columns+` FROM impact_indicator `+where, args...)
	out := make([]Indicator, len(rows))
	for n, r := range rows {
		out[n] = r.indicator()
	}
	return out, err
}

func (m *Module) byNumber(ctx context.Context, number string) (Indicator, error) {
	r, err := db.One[row](ctx, m.DB, `SELECT `+columns+` FROM impact_indicator WHERE number = $1`, number)
	return r.indicator(), err
}

// locked is byNumber that holds the indicator until the transaction ends: acts on
// one indicator follow one another.
func (m *Module) locked(ctx context.Context, number string) (Indicator, error) {
	r, err := db.One[row](ctx, m.DB, `UPDATE impact_indicator SET version = version WHERE number = $1 RETURNING `+columns, number)
	return r.indicator(), err
}

// save writes an indicator that an act has changed.
func (m *Module) save(ctx context.Context, i Indicator) error {
	r := rowOf(i)
	if _, err := m.DB.Exec(ctx, `UPDATE impact_indicator SET name = $2, about = $3, kind = $4, social = $5, unit = $6, decimals = $7, direction = $8,
		below_zero = $9, adds = $10, baseline = $11, baseline_day = $12, target = $13, target_day = $14, source = $15, every = $16, post = $17,
		by_territory = $18, by_group = $19, per_inhabitant = $20, retired_at = $21, retired_why = $22, version = $23 WHERE id = $1`,
		r.ID, r.Name, r.About, r.Kind, r.Social, r.Unit, r.Decimals, r.Direction, r.BelowZero, r.Adds, r.Baseline, r.BaselineDay, r.Target, r.TargetDay,
		r.Source, r.Every, r.Post, r.ByTerritory, r.ByGroup, r.PerInhabitant, r.Retired, r.RetiredWhy, r.Version); err != nil {
		return err
	}
	_, err := m.DB.Exec(ctx, `UPDATE impact_indicator SET public = $2, ministry = $3, axis = $4, current = $5, current_period = $6, measured = $7,
		next_period = $8, next_due = $9 WHERE id = $1`, r.ID, r.Public, r.Ministry, r.Axis, r.Current, r.CurrentPeriod, r.Measured, r.NextPeriod, r.NextDue)
	return err
}

// measurements reads every version of an indicator's measurements, by period,
// whole before parts, latest version first.
func (m *Module) measurements(ctx context.Context, indicator string) ([]Measurement, error) {
	return db.Query[Measurement](ctx, m.DB, `SELECT `+measurementColumns+` FROM impact_measurement WHERE indicator = $1
		ORDER BY period, territory, grp, version DESC`, indicator)
}

// standing is the version of a measurement that stands; ok is false when nothing
// was measured.
func (m *Module) standing(ctx context.Context, indicator, period, territory, group string) (x Measurement, ok bool, err error) {
	return db.Find[Measurement](ctx, m.DB, `SELECT `+measurementColumns+` FROM impact_measurement
		WHERE indicator = $1 AND period = $2 AND territory = $3 AND grp = $4 AND stands = TRUE`, indicator, period, territory, group)
}
