package workplan

import (
	"context"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// TaskRow is a task of a public initiative, without persons.
type TaskRow struct {
	Initiative string // number
	Code       string
	Name       string
	Level      int
	Summary    bool
	Milestone  bool
	Critical   bool
	Start      clock.Day
	Finish     clock.Day
	BaseStart  clock.Day
	BaseFinish clock.Day
	Percent    int // of a summary that of its parts
	Body       string
}

// ObjectiveRow is an objective of a public initiative.
type ObjectiveRow struct {
	Initiative string // number
	Objective
}

// EachTask reads the tasks of all public initiatives as they stand today, newest
// initiative first, as somebody without an account reads them.
func (m *Module) EachTask(ctx context.Context, fn func(TaskRow) error) error {
	w := &work{m: m}
	if err := w.setting(ctx); err != nil {
		return err
	}
	return m.eachPublic(ctx, func(plans []Plan) error {
		drafts, err := m.drafts(ctx, plans)
		if err != nil {
			return err
		}
		for _, d := range drafts {
			if err := w.rows(d, fn); err != nil {
				return err
			}
		}
		return nil
	})
}

// rows calls fn with the tasks of a plan; one that cannot be computed any more has
// none.
func (w *work) rows(d *draft, fn func(TaskRow) error) error {
	c, err := d.compute("", w.calendar, w.today)
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	if err != nil {
		return err
	}
	for n, t := range d.tasks {
		dates := c.Tasks[n]
		row := TaskRow{Initiative: d.Number, Code: t.Code, Name: t.Name, Level: int(c.Outline.Level[n]), Summary: dates.Summary, Milestone: dates.Milestone,
			Critical: dates.Critical, Start: kept(dates.Start), Finish: kept(dates.Finish), BaseStart: t.BaseStart, BaseFinish: t.BaseFinish,
			Percent: int(c.rows[n].Done + 0.5), Body: t.Body}
		if err := fn(row); err != nil {
			return err
		}
	}
	return nil
}

// EachObjective reads the objectives of all public initiatives, newest initiative
// first.
func (m *Module) EachObjective(ctx context.Context, fn func(ObjectiveRow) error) error {
	type row struct {
		Objective
		Initiative string `db:"initiative"`
	}
	return m.eachPublic(ctx, func(plans []Plan) error {
		numbers := map[string]string{}
		var q query
		ids := make([]string, len(plans))
		for n, p := range plans {
			ids[n], numbers[p.Initiative] = p.Initiative, p.Number
		}
		return db.Each(ctx, m.db, `SELECT `+objectiveColumns+`, initiative FROM workplan_objective WHERE initiative IN `+q.in(ids)+`
			ORDER BY initiative DESC, position, id`, q.args, func(r row) error {
			return fn(ObjectiveRow{Initiative: numbers[r.Initiative], Objective: r.Objective})
		})
	})
}

// eachPublic calls fn with the plans of public initiatives, a few at a time.
func (m *Module) eachPublic(ctx context.Context, fn func([]Plan) error) error {
	before := id.Last
	for {
		plans, err := db.Query[Plan](ctx, m.db, `SELECT `+planColumns+` FROM workplan_plan WHERE initiative < $1 ORDER BY initiative DESC LIMIT $2`,
			before, sweepAtOnce)
		if err != nil || len(plans) == 0 {
			return err
		}
		before = plans[len(plans)-1].Initiative
		cards, err := m.cards(ctx, plans)
		if err != nil {
			return err
		}
		if public := publicOf(plans, cards); len(public) > 0 {
			if err := fn(public); err != nil {
				return err
			}
		}
	}
}

// publicOf are the plans of public initiatives among some.
func publicOf(plans []Plan, cards map[string]roundtable.Card) []Plan {
	var out []Plan
	for _, p := range plans {
		if c, ok := cards[p.Initiative]; ok && c.State.Public() {
			out = append(out, p)
		}
	}
	return out
}
