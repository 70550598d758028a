package opendata

import (
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/city/delivery/budget"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable"
)

// portfolio is what the formats of others say of each initiative beside what it
// says of itself: figures and codes of all initiatives by id, without their texts.
type portfolio struct {
	charter *charter.Charter
	places  map[string][]string
	choices map[string][]sorted
	draws   map[string][]draw
	spent   map[string][]spending
	goals   map[string][]measured
}

// sorted is a further axis, goal, purpose or target.
type sorted struct{ kind, code string }

// draw is what an initiative may spend of a line of a law.
type draw struct {
	year     int
	code     string
	currency string
	amount   int64
}

// spending is what an initiative spent in a month.
type spending struct {
	period          string
	currency        string
	committed, paid int64
}

// measured is an indicator with the values that stand for the whole city.
type measured struct {
	impact.Indicator
	values []valued
}

type valued struct {
	period string
	units  int64
}

// gather reads the figures.
func (s *sources) gather(ctx context.Context) (*portfolio, error) {
	p := &portfolio{places: map[string][]string{}, choices: map[string][]sorted{}, draws: map[string][]draw{}, spent: map[string][]spending{}, goals: map[string][]measured{}}
	var err error
	if p.charter, err = s.Charters.Current(ctx); err != nil {
		return nil, err
	}
	for _, read := range []func(context.Context, *portfolio) error{s.gatherChoices, s.gatherMoney, s.gatherImpact} {
		if err := read(ctx, p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (s *sources) gatherChoices(ctx context.Context, p *portfolio) error {
	return s.Roundtable.EachChoice(ctx, func(c roundtable.PublicChoice) error {
		if c.Kind == "territory" {
			p.places[c.Initiative] = append(p.places[c.Initiative], c.Code)
		} else {
			p.choices[c.Initiative] = append(p.choices[c.Initiative], sorted{c.Kind, c.Code})
		}
		return nil
	})
}

func (s *sources) gatherMoney(ctx context.Context, p *portfolio) error {
	err := s.Budget.EachDraw(ctx, 0, func(d budget.Drawn) error {
		id := d.Ref.Of
		p.draws[id] = append(p.draws[id], draw{d.LineYear, d.Code, d.Currency, d.Amount})
		return nil
	})
	if err != nil {
		return err
	}
	return s.Budget.EachStage(ctx, 0, func(x budget.Staged) error {
		if id := x.Ref.Of; id != "" {
			p.spent[id] = append(p.spent[id], spending{x.Period, x.Currency, x.Committed, x.Paid})
		}
		return nil
	})
}

func (s *sources) gatherImpact(ctx context.Context, p *portfolio) error {
	at := map[string]*measured{}
	var order []string
	err := s.Impact.EachIndicator(ctx, func(i impact.Indicator) error {
		at[i.ID] = &measured{Indicator: i}
		order = append(order, i.ID)
		return nil
	})
	if err != nil {
		return err
	}
	err = s.Impact.EachMeasurement(ctx, func(m impact.Public) error {
		if i := at[m.Indicator]; i != nil && m.Stands && m.Whole() {
			i.values = append(i.values, valued{m.Period, m.Units})
		}
		return nil
	})
	for _, id := range slices.Backward(order) {
		i := at[id]
		p.goals[i.Initiative] = append(p.goals[i.Initiative], *i)
	}
	return err
}
