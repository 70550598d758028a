package impact

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Report takes a reading of a person: the first measurement of a period, or a
// correction, which needs a reason. Faults: Invalid with the reading's fields,
// Forbidden, NotFound, Conflict in a state of the initiative in which nobody measures, an
// indicator that is retired, or a value that stands already.
func (m *Module) Report(ctx context.Context, r Reading) (x Measurement, err error) {
	defer fault.Wrap(&err, "Report(%s, %s)", r.Indicator, r.Period)
	err = m.DB.Write(ctx, func(ctx context.Context) error {
		x, err = m.take(ctx, r, reporter{})
		return err
	})
	return x, err
}

// reporter is who brings a reading: a system with its key, or a person without.
type reporter struct{ key *Key }

// take takes a reading in the running transaction.
func (m *Module) take(ctx context.Context, r Reading, by reporter) (Measurement, error) {
	i, err := m.locked(ctx, strings.TrimSpace(r.Indicator))
	if err != nil {
		return Measurement{}, err
	}
	a, closed, err := m.reporting(ctx, i, r, by)
	if err != nil {
		return Measurement{}, err
	}
	x, err := m.reading(i, a, r, by)
	if err != nil {
		return x, err
	}
	was, again, err := m.standing(ctx, i.ID, x.Period, x.Territory, x.Group)
	if err != nil {
		return x, err
	}
	if again {
		if by.key != nil && was.Units == x.Units {
			return was, nil // told twice
		}
		if err := correcting(a, was, &x, r, closed); err != nil {
			return x, err
		}
	}
	return x, m.store(ctx, a, i, x, was)
}

// reporting is the initiative of an indicator that may be measured now, and
// whether the reporter may also correct closed periods.
func (m *Module) reporting(ctx context.Context, i Indicator, r Reading, by reporter) (a acting, closed bool, err error) {
	if by.key != nil {
		a, err = m.withKey(ctx, i, *by.key)
	} else {
		a, err = m.of(ctx, i, delivery.Measure)
		closed = err == nil && a.Case.May(ctx, delivery.CorrectMeasure)
	}
	if err != nil {
		return a, closed, err
	}
	if r.Initiative != "" && r.Initiative != a.Initiative.Number {
		return a, closed, notFound()
	}
	return a, closed, still(i)
}

// reading makes a measurement of what was sent, or says field by field why not.
func (m *Module) reading(i Indicator, a acting, r Reading, by reporter) (Measurement, error) {
	x := Measurement{ID: id.New(), Indicator: i.ID, Period: strings.TrimSpace(r.Period), Territory: r.Territory, Group: r.Group, Version: 1, Stands: true,
		Source: strings.TrimSpace(r.Source), Evidence: strings.TrimSpace(r.Evidence), Note: strings.TrimSpace(r.Note), Post: a.As.Post, Body: a.As.Body, Ministry: a.As.Ministry}
	if x.Source == "" {
		x.Source = i.Source
	}
	if by.key != nil {
		x.Token, x.System = by.key.ID, by.key.Name
	}
	if whole := a.Charter.Whole(); x.Territory == whole.Code {
		x.Territory = ""
	}
	var c fault.Check
	i.checkPeriod(&c, a, x.Period)
	i.checkPart(&c, a.Charter, x)
	v := read(&c, "value", r.Value, i.Decimals, by.key != nil)
	c.Require(v.Known || c.Failed("value"), "value", "fault.required")
	c.Require(v.Units >= 0 || i.BelowZero, "value", "indicators.impact.fault.negative")
	x.Units = v.Units
	c.Text("source", x.Source, true, sourceMax)
	c.Text("note", x.Note, by.key == nil && x.Evidence == "", textMax)
	c.Require(x.Evidence == "" || address(x.Evidence), "evidence", "indicators.impact.fault.link")
	p, _ := ParsePeriod(x.Period)
	x.Late = !c.Failed("period") && x.Whole() && p.Due(graceOf(a.Charter)) < a.Today
	return x, c.Err()
}

// checkPeriod refuses periods that are no periods of the indicator, not over, or
// before the time it is measured in.
func (i Indicator) checkPeriod(c *fault.Check, a acting, code string) {
	p, ok := ParsePeriod(code)
	switch {
	case !ok:
		c.Fail("period", "indicators.impact.fault.period")
	case p.Every != i.Every:
		c.Fail("period", "indicators.impact.fault.every")
	case !i.Baseline.Known || !i.Target.Known:
		c.Fail("period", "indicators.impact.fault.no_baseline")
	case !p.Over(a.Today):
		c.Fail("period", "indicators.impact.fault.future", "day", string(p.End()))
	case p.End() <= i.BaselineDay:
		c.Fail("period", "indicators.impact.fault.before")
	}
}

// checkPart refuses territories and groups that the indicator is not measured by.
func (i Indicator) checkPart(c *fault.Check, ch *charter.Charter, x Measurement) {
	c.Require(x.Territory == "" || ch.Territories.Has(x.Territory), "territory", "indicators.impact.fault.territory")
	c.Require(x.Territory == "" || i.ByTerritory || c.Failed("territory"), "territory", "indicators.impact.fault.no_territory")
	c.Require(x.Group == "" || ch.Frame.Groups.Has(x.Group), "group", "indicators.impact.fault.group")
	c.Require(x.Group == "" || i.ByGroup || c.Failed("group"), "group", "indicators.impact.fault.no_group")
}

// address says whether s is a whole address of the web, or a path of this site.
func address(s string) bool {
	u, err := url.Parse(s)
	if err != nil || len(s) > 2000 || u.User != nil {
		return false
	}
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" || u.Scheme == "" && u.Host == "" && strings.HasPrefix(s, "/")
}

// correcting makes a measurement the next version of the one that stands.
func correcting(a acting, was Measurement, x *Measurement, r Reading, mayClosed bool) error {
	p, _ := ParsePeriod(x.Period)
	if p.Due(graceOf(a.Charter)) < a.Today && !mayClosed {
		return fault.New(fault.Conflict, "indicators.impact.fault.closed")
	}
	var c fault.Check
	reason := strings.TrimSpace(r.Reason)
	reasoned(&c, reason)
	c.Require(was.Units != x.Units || was.Evidence != x.Evidence || was.Note != x.Note, "value", "indicators.impact.fault.same_value")
	x.Version, x.Reason = was.Version+1, reason
	return c.Err()
}

// store writes a version, takes the place of the one before, and tells of it.
func (m *Module) store(ctx context.Context, a acting, i Indicator, x, was Measurement) error {
	x.At = clock.Now(ctx)
	if x.Version > 1 {
		if _, err := m.DB.Exec(ctx, `UPDATE impact_measurement SET stands = FALSE WHERE id = $1`, was.ID); err != nil {
			return err
		}
	}
	if err := m.DB.Insert(ctx, "impact_measurement", x); db.IsUnique(err) {
		return fault.New(fault.Conflict, "indicators.impact.fault.stale")
	} else if err != nil {
		return err
	}
	if _, err := m.refresh(ctx, i, a.View); err != nil {
		return err
	}
	data := merged(nil, "period", x.Period, "value", x.Value().Text(i.Decimals), "unit", i.Unit, "territory", x.Territory, "group", x.Group, "system", x.System)
	if x.Late {
		data["late"] = "yes"
	}
	kind := EventMeasured
	if x.Version > 1 {
		kind = EventCorrected
		data = merged(data, "was", was.Value().Text(i.Decimals), "version", strconv.FormatInt(x.Version, 10))
	}
	return m.tell(ctx, a, kind, i, data, merged(nil, "name", i.Name, "reason", x.Reason))
}

// person is who acts, empty for a system.
func person(ctx context.Context) string { return people.Me(ctx).Person }
