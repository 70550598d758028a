package impact

import (
	"context"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// graceDays is how long after a period one measures in time where the city's files
// do not say.
const graceDays = 30

// graceOf is the last of the city's days on which a measurement is in time.
func graceOf(ch *charter.Charter) int {
	if ch.Execution.MeasureGrace > 0 {
		return ch.Execution.MeasureGrace
	}
	return graceDays
}

// Expected are the periods to be measured of an indicator whose initiative was
// adopted on that day: from the one that holds the later of that day and of the
// baseline's, to the one that holds the target's. None without a target day.
func (d Definition) Expected(adopted clock.Day) []Period {
	if d.TargetDay == "" || adopted == "" || d.Every.months() == 0 {
		return nil
	}
	var out []Period
	for p := PeriodOf(d.Every, max(adopted, d.BaselineDay)); p.First() <= d.TargetDay; p = p.Next() {
		out = append(out, p)
	}
	return out
}

// refresh computes anew what is kept with an indicator: what stands of the whole,
// what is expected next, and by what it is found.
func (m *Module) refresh(ctx context.Context, i Indicator, v roundtable.View) (Indicator, error) {
	whole, err := db.Query[Measurement](ctx, m.DB, `SELECT `+measurementColumns+` FROM impact_measurement
		WHERE indicator = $1 AND stands = TRUE AND territory = '' AND grp = '' ORDER BY period`, i.ID)
	if err != nil {
		return i, err
	}
	if i.Measured, err = db.One[int](ctx, m.DB, `SELECT count(*) FROM impact_measurement WHERE indicator = $1 AND stands = TRUE`, i.ID); err != nil {
		return i, err
	}
	i.stand(whole)
	i.Public, i.Ministry, i.Axis = v.Initiative.State.Public(), v.Initiative.Ministry, v.Initiative.Axis
	i.NextPeriod, i.NextDue = "", ""
	if v.Initiative.State == roundtable.Adopted && i.Retired.IsZero() {
		i.next(whole, adoption(v), graceOf(v.Charter))
	}
	if err := m.save(ctx, i); err != nil {
		return i, err
	}
	m.DB.AfterCommit(ctx, m.sums.drop)
	if err := m.retag(ctx, i, v); err != nil {
		return i, err
	}
	return i, m.prove(ctx, v)
}

// adoption is the city's day of the adoption, empty before.
func adoption(v roundtable.View) clock.Day {
	if v.Initiative.State != roundtable.Adopted {
		return ""
	}
	return v.Charter.Today(v.Initiative.DecidedAt)
}

// stand puts the latest value of the whole on the indicator, or the sum of all on
// top of the baseline when periods add up.
func (i *Indicator) stand(whole []Measurement) {
	i.Current, i.CurrentPeriod = Value{}, ""
	for _, x := range whole {
		if i.Adds {
			i.Current = Of(i.Current.Units + x.Units)
		} else {
			i.Current = x.Value()
		}
		i.CurrentPeriod = x.Period
	}
	if i.Adds && i.Current.Known {
		i.Current.Units += i.Baseline.Units
	}
}

// next finds the first expected period without a measurement.
func (i *Indicator) next(whole []Measurement, adopted clock.Day, grace int) {
	done := map[string]bool{}
	for _, x := range whole {
		done[x.Period] = true
	}
	for _, p := range i.Expected(adopted) {
		if !done[p.Code()] {
			i.NextPeriod, i.NextDue = p.Code(), p.Due(grace)
			return
		}
	}
}

// LateOn says whether a measurement is overdue on the day.
func (i Indicator) LateOn(today clock.Day) bool { return i.NextDue != "" && i.NextDue < today }

// Late are the public indicators of a ministry with an overdue measurement, the
// longest overdue first, at most 50; of every ministry when it is empty.
func (m *Module) Late(ctx context.Context, ministry string) ([]Indicator, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	return m.find(ctx, `WHERE public = TRUE AND next_due > '' AND next_due < $1 AND ($2 = '' OR ministry = $2) ORDER BY next_due, id LIMIT 50`,
		ch.Today(clock.Now(ctx)), ministry)
}

// Coming are the public indicators that are to be measured next, those overdue left
// out, the soonest first, at most 30.
func (m *Module) Coming(ctx context.Context, ministry string) ([]Indicator, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	return m.find(ctx, `WHERE public = TRUE AND next_due >= $1 AND ($2 = '' OR ministry = $2) ORDER BY next_due, id LIMIT 30`,
		ch.Today(clock.Now(ctx)), ministry)
}
