package impact

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Define adds an indicator to an initiative, by its number. Faults: Invalid with
// the definition's fields, Forbidden, NotFound, Conflict when the initiative's way
// is over.
func (m *Module) Define(ctx context.Context, number string, d Definition) (i Indicator, err error) {
	defer fault.Wrap(&err, "Define(%s)", number)
	err = m.DB.Write(ctx, func(ctx context.Context) error {
		a, err := m.may(ctx, number, delivery.DefineIndicator)
		if err != nil {
			return err
		}
		if err := m.checked(&d, a); err != nil {
			return err
		}
		if err := m.room(ctx, a.Initiative.ID); err != nil {
			return err
		}
		i = Indicator{Definition: d, ID: id.New(), Initiative: a.Initiative.ID, Version: 1, Made: clock.Now(ctx)}
		if i.Number, err = m.nextNumber(ctx, a.Charter); err != nil {
			return err
		}
		if err := m.DB.Insert(ctx, "impact_indicator", rowOf(i)); err != nil {
			return err
		}
		if err := m.kept(ctx, i, a, "", EventDefined, nil); err != nil {
			return err
		}
		i, err = m.refresh(ctx, i, a.View)
		return err
	})
	return i, err
}

func (m *Module) checked(d *Definition, a acting) error {
	var c fault.Check
	d.normalise()
	d.check(&c, a.Charter)
	return c.Err()
}

// room refuses more indicators than anybody reads.
func (m *Module) room(ctx context.Context, initiative string) error {
	n, err := db.One[int](ctx, m.DB, `SELECT count(*) FROM impact_indicator WHERE initiative = $1 AND retired_at = 0`, initiative)
	if err == nil && n >= perOne {
		err = fault.New(fault.Conflict, "indicators.impact.fault.enough", "max", perOne)
	}
	return err
}

// kept stores the version of the definition and tells of it.
func (m *Module) kept(ctx context.Context, i Indicator, a acting, reason, kind string, data map[string]string) error {
	said, err := json.Marshal(i.Definition)
	if err != nil {
		return err
	}
	if err := m.DB.Insert(ctx, "impact_definition", definitionRow{i.ID, i.Version, string(said), reason, a.As.Post, a.As.Body, clock.Now(ctx)}); err != nil {
		return err
	}
	return m.tell(ctx, a, kind, i, merged(data, "kind", string(i.Kind), "version", strconv.FormatInt(i.Version, 10)), merged(nil, "name", i.Name, "reason", reason))
}

// definitionRow is a version of a definition as its table holds it.
type definitionRow struct {
	Indicator string    `db:"indicator"`
	Version   int64     `db:"version"`
	Data      string    `db:"data"`
	Reason    string    `db:"reason"`
	Post      string    `db:"post"`
	Body      string    `db:"body"`
	At        time.Time `db:"at"`
}

// merged adds pairs to data, those without a value left out.
func merged(data map[string]string, pairs ...string) map[string]string {
	if data == nil {
		data = map[string]string{}
	}
	for n := 0; n+1 < len(pairs); n += 2 {
		if pairs[n+1] != "" {
			data[pairs[n]] = pairs[n+1]
		}
	}
	return data
}

// Edit changes a definition from the version that the form began with. After the
// first measurement what values mean stays, and every change needs a reason, as it
// does once the initiative is adopted. Faults: Invalid, Conflict when somebody was
// faster (Theirs is the Indicator), Forbidden, NotFound.
func (m *Module) Edit(ctx context.Context, number string, d Definition, version int64, reason string) (err error) {
	defer fault.Wrap(&err, "Edit(%s)", number)
	return m.change(ctx, number, delivery.DefineIndicator, func(ctx context.Context, a acting, i *Indicator) error {
		if i.Version != version {
			return &fault.Error{Kind: fault.Conflict, Key: "indicators.impact.fault.stale", Theirs: *i}
		}
		if err := m.checked(&d, a); err != nil {
			return err
		}
		var c fault.Check
		if i.Measured > 0 {
			c.Require(d.meaning(i.Definition), "unit", "indicators.impact.fault.meaning")
		}
		if i.Measured > 0 || a.Initiative.State == roundtable.Adopted {
			reasoned(&c, reason)
		}
		if err := c.Err(); err != nil {
			return err
		}
		i.Definition, i.Version = d, i.Version+1
		return m.kept(ctx, *i, a, strings.TrimSpace(reason), EventEdited, nil)
	})
}

// reasoned checks a reason that others have to understand.
func reasoned(c *fault.Check, reason string) {
	c.Text("reason", reason, true, textMax)
	if !c.Failed("reason") && len([]rune(strings.TrimSpace(reason))) < reasonMin {
		c.Fail("reason", "indicators.impact.fault.reason", "min", reasonMin)
	}
}

// Retire ends the measuring of an indicator; what was measured stays. Faults:
// Invalid without a reason, Conflict when it is retired, Forbidden, NotFound.
func (m *Module) Retire(ctx context.Context, number, reason string) (err error) {
	defer fault.Wrap(&err, "Retire(%s)", number)
	return m.change(ctx, number, delivery.DefineIndicator, func(ctx context.Context, a acting, i *Indicator) error {
		var c fault.Check
		reasoned(&c, reason)
		if err := c.Err(); err != nil {
			return err
		}
		i.Retired, i.RetiredWhy = clock.Now(ctx), strings.TrimSpace(reason)
		return m.tell(ctx, a, EventRetired, *i, nil, merged(nil, "name", i.Name, "reason", i.RetiredWhy))
	})
}

// change does an act to an indicator that is not retired, in one transaction.
func (m *Module) change(ctx context.Context, number string, action delivery.Action, fn func(context.Context, acting, *Indicator) error) error {
	return m.DB.Write(ctx, func(ctx context.Context) error {
		i, err := m.locked(ctx, number)
		if err != nil {
			return err
		}
		a, err := m.of(ctx, i, action)
		if err != nil {
			return err
		}
		if err := still(i); err != nil {
			return err
		}
		if err := fn(ctx, a, &i); err != nil {
			return err
		}
		_, err = m.refresh(ctx, i, a.View)
		return err
	})
}

// still refuses what is retired.
func still(i Indicator) error {
	if !i.Retired.IsZero() {
		return fault.New(fault.Conflict, "indicators.impact.fault.retired")
	}
	return nil
}

// tell writes the event of an act on an indicator.
func (m *Module) tell(ctx context.Context, a acting, kind string, i Indicator, data, text map[string]string) error {
	x := a.Initiative
	related := []event.Subject{{Kind: SubjectKind, ID: i.ID}, {Kind: "body", ID: x.Ministry}, {Kind: "axis", ID: x.Axis}}
	if a.As.Body != "" && a.As.Body != x.Ministry {
		related = append(related, event.Subject{Kind: "body", ID: a.As.Body})
	}
	_, err := m.Log.Append(ctx, event.Event{Kind: kind, Subject: x.Subject(), Related: related, Public: x.State.Public(), Text: text,
		Data: merged(data, "number", i.Number, "initiative", x.Number), Actor: event.Actor{Person: person(ctx), Post: a.As.Post, Body: a.As.Body}})
	return err
}
