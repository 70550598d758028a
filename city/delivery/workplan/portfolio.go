package workplan

import (
	"context"

	"ronda/city/delivery"
	"ronda/city/roundtable"
)

// Bar is an initiative of the portfolio, with its plan as of today.
type Bar struct {
	Card roundtable.Card
	Has  bool // it has a plan with tasks
	delivery.Physical
}

// Portfolio is a page of the list of initiatives, newest first, with their plans;
// next continues it. Faults: those of roundtable.List.
func (m *Module) Portfolio(ctx context.Context, f roundtable.Filter, after string, size int) (bars []Bar, next string, err error) {
	page, err := m.Roundtable.List(ctx, f, after, size)
	if err != nil {
		return nil, "", err
	}
	ids := make([]string, len(page.Cards))
	for n, c := range page.Cards {
		ids[n] = c.ID
	}
	plans, err := m.Physical(ctx, ids...)
	if err != nil {
		return nil, "", err
	}
	bars = make([]Bar, len(page.Cards))
	for n, c := range page.Cards {
		p, has := plans[c.ID]
		bars[n] = Bar{Card: c, Has: has, Physical: p}
	}
	return bars, page.Next, nil
}
