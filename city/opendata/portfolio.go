package opendata

import (
	"cmp"
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/workplan"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable"
	"ronda/platform/clock"
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
	runs    map[string]delivery.PublicExecution // by number
	spans   map[string]span                     // by number
}

// span is from when until when a work plan goes: as agreed where it was, else as it
// stands today.
type span struct{ start, finish clock.Day }

// with is the span together with that of a task.
func (s span) with(start, finish clock.Day) span {
	if start != "" && (s.start == "" || start < s.start) {
		s.start = start
	}
	return span{s.start, max(s.finish, finish)}
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

// gather reads the charter, and the figures that a format says.
func (s *sources) gather(ctx context.Context, figures ...func(context.Context, *portfolio) error) (*portfolio, error) {
	p := &portfolio{places: map[string][]string{}, choices: map[string][]sorted{}, draws: map[string][]draw{}, spent: map[string][]spending{}, goals: map[string][]measured{},
		runs: map[string]delivery.PublicExecution{}, spans: map[string]span{}}
	var err error
	if p.charter, err = s.Charters.Current(ctx); err != nil {
		return nil, err
	}
	for _, read := range figures {
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

func (s *sources) gatherDraws(ctx context.Context, p *portfolio) error {
	return s.Budget.EachDraw(ctx, 0, func(d budget.Drawn) error {
		id := d.Ref.Of
		p.draws[id] = append(p.draws[id], draw{d.LineYear, d.Code, d.Currency, d.Amount})
		return nil
	})
}

func (s *sources) gatherSpent(ctx context.Context, p *portfolio) error {
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
	err = s.Impact.EachWhole(ctx, func(w impact.WholeCity) error {
		if i := at[w.Indicator]; i != nil {
			i.values = append(i.values, valued{w.Period, w.Units})
		}
		return nil
	})
	for _, id := range slices.Backward(order) {
		i := at[id]
		p.goals[i.Initiative] = append(p.goals[i.Initiative], *i)
	}
	return err
}

// gatherExecution reads who carries out what, and from when until when.
func (s *sources) gatherExecution(ctx context.Context, p *portfolio) error {
	err := s.Delivery.EachExecution(ctx, func(e delivery.PublicExecution) error {
		p.runs[e.Number] = e
		return nil
	})
	if err != nil {
		return err
	}
	return s.Plans.EachTask(ctx, func(t workplan.TaskRow) error {
		if !t.Summary {
			p.spans[t.Initiative] = p.spans[t.Initiative].with(cmp.Or(t.BaseStart, t.Start), cmp.Or(t.BaseFinish, t.Finish))
		}
		return nil
	})
}
