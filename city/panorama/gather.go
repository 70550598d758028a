package panorama

import (
	"cmp"
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/indicators/impact"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
)

// Picture is the newest reading; only the first has to be waited for.
func (m *Module) Picture(ctx context.Context) (*Picture, error) {
	if p := m.kept.Load(); p != nil {
		return p, nil
	}
	return m.compute(ctx)
}

// gathering is a picture on the way.
type gathering struct {
	m        *Module
	p        *Picture
	today    clock.Day
	scopes   map[string][]scope // by id of the initiative
	byNumber map[string]string  // ids
	names    map[string]roundtable.Public
	adopted  []string          // ids
	runs     map[string]string // ministries that carry out, by number of the initiative
}

// compute reads the portfolio and keeps its sums.
func (m *Module) compute(ctx context.Context) (*Picture, error) {
	ctx = people.With(ctx, people.Standing{})
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	now := clock.Now(ctx)
	g := &gathering{m: m, p: &Picture{At: now, sheets: map[scope]*Sheet{}}, today: clock.DayOf(now, ch.City.Zone),
		scopes: map[string][]scope{}, byNumber: map[string]string{}, names: map[string]roundtable.Public{}, runs: map[string]string{}}
	if err := g.executors(ctx); err != nil {
		return nil, err
	}
	if err := g.initiatives(ctx, ch); err != nil {
		return nil, err
	}
	for _, read := range []func(context.Context) error{g.execution, g.people, g.indicators, g.barriers} {
		if err := read(ctx); err != nil {
			return nil, err
		}
	}
	m.kept.Store(g.p)
	return g.p, nil
}

// each calls fn with the sheets that an initiative stands on.
func (g *gathering) each(id string, fn func(*Sheet)) {
	for _, s := range g.scopes[id] {
		fn(g.p.sheet(s))
	}
}

// executors reads which ministry took over what: from then on it is of its sheet.
func (g *gathering) executors(ctx context.Context) error {
	return g.m.Delivery.EachExecution(ctx, func(e delivery.PublicExecution) error {
		g.runs[e.Number] = e.Executor
		return nil
	})
}

func (g *gathering) initiatives(ctx context.Context, ch *charter.Charter) error {
	for _, a := range ch.Frame.Axes.All() {
		g.p.sheet(scope{scopeAxis, a.Code})
	}
	return g.m.Roundtable.Each(ctx, roundtable.Filter{}, func(i roundtable.Initiative) error {
		g.scopes[i.ID] = []scope{{}, {scopeAxis, i.Axis}, {scopeMinistry, cmp.Or(g.runs[i.Number], i.Ministry)}}
		g.byNumber[i.Number] = i.ID
		g.names[i.ID] = roundtable.Public{Number: i.Number, Title: i.Title}
		g.each(i.ID, func(x *Sheet) { x.add(i) })
		if i.State == roundtable.Adopted {
			g.adopted = append(g.adopted, i.ID)
		}
		return nil
	})
}

// together is how many initiatives are asked for at once.
const together = 50

// execution reads lights, work and money of what was adopted.
func (g *gathering) execution(ctx context.Context) error {
	for ids := range slices.Chunk(g.adopted, together) {
		lights, err := g.m.Delivery.Light(ctx, ids...)
		if err != nil {
			return err
		}
		work, err := g.m.Physical(ctx, ids...)
		if err != nil {
			return err
		}
		money, err := g.m.Budget.Columns(ctx, ids...)
		if err != nil {
			return err
		}
		for _, id := range ids {
			g.note(id, lights[id], work[id], money[id])
		}
	}
	return nil
}

// note takes an initiative in execution into its sheets.
func (g *gathering) note(id string, light delivery.Light, work delivery.Physical, money delivery.Money) {
	b := Behind{Number: g.names[id].Number, Title: g.names[id].Title, Days: work.LateDays, Light: light}
	if len(work.Late) > 0 {
		b.What = work.Late[0].Name
	}
	g.each(id, func(x *Sheet) {
		x.Lights[light.Colour]++
		if money.Planned > 0 {
			x.pay(money)
		}
		if work.LateDays > 0 || len(work.Late) > 0 {
			x.late(b)
		}
	})
}

func (g *gathering) people(ctx context.Context) error {
	err := g.m.Roundtable.EachPlanned(ctx, func(p roundtable.PublicPlanned) error {
		g.each(g.byNumber[p.Number], func(x *Sheet) { x.Planned += p.People })
		return nil
	})
	for ids := range slices.Chunk(g.adopted, together) {
		if err != nil {
			return err
		}
		var reached map[string]int64
		reached, err = g.m.Impact.PeopleReached(ctx, ids...)
		for id, n := range reached {
			g.each(id, func(x *Sheet) { x.Reached += n })
		}
	}
	return err
}

func (g *gathering) indicators(ctx context.Context) error {
	return g.m.Impact.EachIndicator(ctx, func(i impact.Indicator) error {
		c := Change{Indicator: i, Number: g.names[i.Initiative].Number, Title: g.names[i.Initiative].Title}
		c.done, _ = i.Done()
		g.each(i.Initiative, func(x *Sheet) { x.change(c) })
		return nil
	})
}

func (g *gathering) barriers(ctx context.Context) error {
	return g.m.Roundtable.EachBarrier(ctx, func(b roundtable.PublicBarrier) error {
		if b.Resolved == "" {
			g.each(g.byNumber[b.Number], func(x *Sheet) { x.obstacle(b.Kind, clock.Day(b.Opened), g.today) })
		}
		return nil
	})
}
