package budget

import (
	"context"
	"slices"

	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/platform/db"
)

// View is the money of one initiative as its page shows it.
type View struct {
	delivery.Case
	Money Column
	Draws []DrawView // by year and code of the line
	Laws  []Law      // all, the newest first
}

// DrawView is a draw with its line and its months.
type DrawView struct {
	Draw
	Of     Line
	Law    Law
	Stages []Stage // by month
}

// Of reads the money of an initiative for the person of the context; NotFound
// for what the person must not know of.
func (m *Module) Of(ctx context.Context, number string) (v View, err error) {
	if v.Case, err = m.Delivery.Case(ctx, number); err != nil {
		return v, err
	}
	if v.Money, err = m.column(ctx, v.Initiative.ID); err != nil {
		return v, err
	}
	if v.Laws, err = m.Laws(ctx); err != nil {
		return v, err
	}
	draws, err := db.Query[Draw](ctx, m.db, `SELECT `+drawColumns+` FROM budget_draw WHERE initiative = $1 ORDER BY year DESC, id`, v.Initiative.ID)
	if err != nil {
		return v, err
	}
	for _, d := range draws {
		x := DrawView{Draw: d}
		if x.Of, err = m.lineByID(ctx, d.Line); err != nil {
			return v, err
		}
		if x.Stages, err = m.stages(ctx, d.Line, d.Initiative); err != nil {
			return v, err
		}
		if n := slices.IndexFunc(v.Laws, func(l Law) bool { return l.Year == d.Year }); n >= 0 {
			x.Law = v.Laws[n]
		}
		v.Draws = append(v.Draws, x)
	}
	return v, nil
}

// LineView is a line with everything that happened to it.
type LineView struct {
	Line
	Law        Law
	Amendments []Amendment // oldest first
	Own        []Stage     // by month
	Draws      []CardDraw  // of initiatives that the person may know of, in the order of their draws
	Hidden     int         // draws of others
	HiddenSum  int64
}

// CardDraw is a draw with its initiative.
type CardDraw struct {
	Draw
	Card roundtable.Card
}

// Line reads a line for the person of the context; NotFound without it.
func (m *Module) Line(ctx context.Context, year int, code string) (v LineView, err error) {
	if v.Law, err = m.Law(ctx, year); err != nil {
		return v, err
	}
	if v.Line, err = m.line(ctx, year, code); err != nil {
		return v, err
	}
	if v.Amendments, err = m.amendments(ctx, v.ID); err != nil {
		return v, err
	}
	if v.Own, err = m.stages(ctx, v.ID, ""); err != nil {
		return v, err
	}
	draws, err := m.drawsOf(ctx, v.ID)
	if err != nil {
		return v, err
	}
	v.Draws, err = m.carded(ctx, draws)
	shown := int64(0)
	for _, d := range v.Draws {
		shown += d.Amount
	}
	v.Hidden, v.HiddenSum = len(draws)-len(v.Draws), v.Drawn-shown
	return v, err
}

// carded puts draws together with the initiatives that the person of the context
// may know of; the others are left out.
func (m *Module) carded(ctx context.Context, draws []Draw) ([]CardDraw, error) {
	ids := make([]string, len(draws))
	for i, d := range draws {
		ids[i] = d.Initiative
	}
	cards, err := m.Roundtable.Cards(ctx, ids...)
	if err != nil {
		return nil, err
	}
	of := make(map[string]roundtable.Card, len(cards))
	for _, c := range cards {
		of[c.ID] = c
	}
	var out []CardDraw
	for _, d := range draws {
		if c, ok := of[d.Initiative]; ok {
			out = append(out, CardDraw{d, c})
		}
	}
	return out, nil
}

// Shortage is a draw that an amendment left without credit.
type Shortage struct {
	CardDraw
	Of Line
}

// Shortages are the draws of a year without credit, of initiatives that the
// person of the context may know of, by line; at most limit.
func (m *Module) Shortages(ctx context.Context, year, limit int) ([]Shortage, error) {
	lines, _, err := m.Lines(ctx, Filter{Year: year, Short: true}, "", limit)
	if err != nil {
		return nil, err
	}
	var out []Shortage
	for _, l := range lines {
		draws, err := db.Query[Draw](ctx, m.db, `SELECT `+drawColumns+` FROM budget_draw WHERE line = $1 AND short > 0 ORDER BY id`, l.ID)
		if err != nil {
			return nil, err
		}
		carded, err := m.carded(ctx, draws)
		if err != nil {
			return nil, err
		}
		for _, d := range carded {
			out = append(out, Shortage{d, l})
		}
	}
	return out[:min(len(out), limit)], nil
}
