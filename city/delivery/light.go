package delivery

import (
	"context"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Colour is what a traffic light shows.
type Colour string

// The colours. Off is shown by what has neither a plan nor money to judge by.
const (
	Off   Colour = ""
	Green Colour = "green"
	Amber Colour = "amber"
	Red   Colour = "red"
)

// Colours lists what somebody may set by hand.
var Colours = []Colour{Green, Amber, Red}

// Light is what an initiative's traffic light shows, and why.
type Light struct {
	Colour  Colour
	Rule    Colour    // what the rule of the city gives
	Reasons []Reason  // what the rule looked at and found wanting; none when it is green or off
	Set     *Override // nil unless somebody set it by hand
}

// Reason is one thing that the rule found wanting.
type Reason struct {
	Key    string // message, with its figures
	Args   []any
	Colour Colour // what it alone would show
}

// Override is a light set by hand. It stands until it is lifted.
type Override struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Colour     Colour    `db:"colour"`
	Reason     string    `db:"reason"`
	Person     string    `db:"person"` // never public
	Post       string    `db:"post"`
	Body       string    `db:"body"`
	At         time.Time `db:"at"`
	Lifted     time.Time `db:"lifted_at"` // zero while it stands
}

const overrideColumns = `id, initiative, colour, reason, person, post, body, at, lifted_at`

// Judge is what the rule of a city gives of what is known of an initiative, nil for
// what is not.
func Judge(rule charter.LightRule, p *Physical, x *Money) Light {
	if p == nil && x == nil {
		return Light{}
	}
	l := Light{Colour: Green, Rule: Green}
	if p != nil {
		l.weigh(p.LateDays, rule.LateAmber, rule.LateRed, "delivery.light.late", "count", p.LateDays)
	}
	if p != nil && x != nil && x.Planned > 0 {
		spent, done := percent(x.Accrued, x.Planned), int(p.Done*100)
		l.weigh(spent-done, rule.GapAmber, rule.GapRed, "delivery.light.gap", "spent", spent, "done", done)
	}
	if x != nil && x.Free() < 0 {
		l.weigh(1, 1, 1, "delivery.light.above")
	}
	l.Colour = l.Rule
	return l
}

// percent is a share of a positive whole in percent, rounded down; what is beyond
// counting is a thousand times the whole.
func percent(part, whole int64) int { return int(min(float64(part)/float64(whole), 1000) * 100) }

// weigh adds a reason when a figure reaches a bound. The worst reason decides.
func (l *Light) weigh(figure, amber, red int, key string, args ...any) {
	colour := Amber
	switch {
	case figure >= red:
		colour, l.Rule = Red, Red
	case figure < amber:
		return
	case l.Rule != Red:
		l.Rule = Amber
	}
	l.Reasons = append(l.Reasons, Reason{key, args, colour})
}

// knowledge is what the work plan, the budget and people say of initiatives.
type knowledge struct {
	rule     charter.LightRule
	physical map[string]Physical
	money    map[string]Money
	set      map[string]Override
}

// known asks for it.
func (m *Module) known(ctx context.Context, ids ...string) (knowledge, error) {
	k, err := m.told(ctx, ids...)
	if err != nil || len(ids) == 0 {
		return k, err
	}
	marks, args := in(ids, 1)
	set, err := db.Query[Override](ctx, m.db, `SELECT `+overrideColumns+` FROM delivery_light WHERE lifted_at = 0 AND initiative IN `+marks, args...)
	for _, o := range set {
		k.set[o.Initiative] = o
	}
	return k, err
}

// told asks what the work plan and the budget say, for initiatives of which nobody
// set the light by hand.
func (m *Module) told(ctx context.Context, ids ...string) (k knowledge, err error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil || len(ids) == 0 {
		return k, err
	}
	k.rule, k.set = ch.Execution.Light, map[string]Override{}
	if m.Physical != nil {
		if k.physical, err = m.Physical(ctx, ids...); err != nil {
			return k, err
		}
	}
	if m.Money != nil {
		k.money, err = m.Money(ctx, ids...)
	}
	return k, err
}

// light is what the light of an initiative shows.
func (k knowledge) light(initiative string) Light {
	var p *Physical
	var x *Money
	if known, ok := k.physical[initiative]; ok {
		p = &known
	}
	if known, ok := k.money[initiative]; ok {
		x = &known
	}
	l := Judge(k.rule, p, x)
	if o, ok := k.set[initiative]; ok {
		l.Set, l.Colour = &o, o.Colour
	}
	return l
}

// Light is what the lights of initiatives show, by their ids. Those of which nothing
// is known show Off.
func (m *Module) Light(ctx context.Context, ids ...string) (map[string]Light, error) {
	k, err := m.known(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Light, len(ids))
	for _, i := range ids {
		out[i] = k.light(i)
	}
	return out, nil
}

// Override sets the light of an initiative by hand, for a reason that everybody
// reads. Faults: Invalid on "colour" and "reason".
func (m *Module) Override(ctx context.Context, number string, colour Colour, why string) error {
	return m.act(ctx, number, OverrideLight, func(ctx context.Context, w *work) error {
		var c fault.Check
		c.Require(colour == Green || colour == Amber || colour == Red, "colour", "fault.choice")
		reason(&c, "reason", &why)
		if err := c.Err(); err != nil {
			return err
		}
		rule, err := w.lift(ctx)
		if err != nil {
			return err
		}
		if err := m.db.Insert(ctx, "delivery_light", Override{ID: id.New(), Initiative: w.Initiative.ID, Colour: colour, Reason: why,
			Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body, At: clock.Now(ctx)}); err != nil {
			return err
		}
		return w.tell(ctx, EventLightSet, map[string]string{"colour": string(colour), "rule": string(rule.Rule)}, "reason", why)
	})
}

// FollowRule lets a light that was set by hand show what the rule gives again.
func (m *Module) FollowRule(ctx context.Context, number, why string) error {
	return m.act(ctx, number, OverrideLight, func(ctx context.Context, w *work) error {
		var c fault.Check
		why = strings.TrimSpace(why)
		c.Text("reason", why, false, ReasonMax)
		if err := c.Err(); err != nil {
			return err
		}
		was, err := w.lift(ctx)
		if err != nil {
			return err
		}
		if was.Set == nil {
			return fault.New(fault.Conflict, "delivery.fault.follows")
		}
		return w.tell(ctx, EventLightFree, map[string]string{"rule": string(was.Rule)}, "reason", why)
	})
}

// lift ends what was set by hand and gives what the light showed until now.
func (w *work) lift(ctx context.Context) (Light, error) {
	k, err := w.m.known(ctx, w.Initiative.ID)
	if err != nil {
		return Light{}, err
	}
	_, err = w.m.db.Exec(ctx, `UPDATE delivery_light SET lifted_at = $2 WHERE initiative = $1 AND lifted_at = 0`, w.Initiative.ID, clock.Now(ctx))
	return k.light(w.Initiative.ID), err
}

// Overrides are all lights that were ever set by hand on an initiative, newest first.
func (m *Module) Overrides(ctx context.Context, initiative string) ([]Override, error) {
	return db.Query[Override](ctx, m.db, `SELECT `+overrideColumns+` FROM delivery_light WHERE initiative = $1 ORDER BY id DESC`, initiative)
}
