package budget

import (
	"context"
	"strings"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// Guard is asked before a step is signed. The item that the budget shows needs a
// draw that has its credit, or the declaration that no money is needed, as soon
// as a law of the city's year is in force. Before that it needs what it always
// did; but a draw without credit is never signed.
func (m *Module) Guard(ctx context.Context, i roundtable.Initiative, step charter.Step) error {
	for _, item := range step.Items.All() {
		if item.Proof != charter.ProofBudget {
			continue
		}
		if err := m.guard(ctx, i, "item-"+item.Code); err != nil {
			return err
		}
	}
	return nil
}

func (m *Module) guard(ctx context.Context, i roundtable.Initiative, field string) error {
	c, err := m.column(ctx, i.ID)
	switch {
	case err != nil:
		return err
	case c.Short > 0:
		return wrong(field, "delivery.budget.fault.short", "short", Amount(ctx, c.Short, c.Currency))
	case c.Drawn > 0 || c.Needless != "":
		return nil
	}
	now, err := m.Delivery.City(ctx)
	if err != nil {
		return err
	}
	year := clock.Now(ctx).In(now.Charter.City.Zone).Year()
	law, err := m.Law(ctx, year)
	if fault.Is(err, fault.NotFound) || err == nil && !law.InForce() {
		return nil
	}
	if err != nil {
		return err
	}
	return wrong(field, "delivery.budget.fault.undrawn", "law", law.Number, "year", yearText(year))
}

// Listen hears of initiatives: what it draws is told as evidence of the item
// that the budget shows, and its money follows it to another axis. Hearing twice
// does no harm.
func (m *Module) Listen(l *event.Log) {
	l.Listen("delivery.budget", func(ctx context.Context, e event.Event) error {
		switch e.Kind {
		case EventDrawn, EventShort, EventCovered, EventNeedless, EventNeedy, roundtable.EventFiled, roundtable.EventReopened, roundtable.EventReturned:
			return m.prove(ctx, e)
		case roundtable.EventEdited:
			return m.follow(ctx, e)
		}
		return nil
	})
}

// about is the initiative that an event is of, whoever may read it: the program
// itself asks.
func (m *Module) about(ctx context.Context, e event.Event) (roundtable.Case, error) {
	return m.Roundtable.Look(people.With(ctx, people.Standing{Posts: []people.Holding{{}}}), e.Data["number"])
}

// prove tells the roundtable what the budget shows of an initiative.
func (m *Module) prove(ctx context.Context, e event.Event) error {
	about, err := m.about(ctx, e)
	if err != nil {
		return err
	}
	initiative, by := about.Initiative.ID, e.Actor
	c, err := m.column(ctx, initiative)
	if err != nil || c.Initiative == "" {
		return err
	}
	text, err := m.shown(ctx, c)
	if err != nil {
		return err
	}
	for _, step := range about.Charter.Flow.Steps.All() {
		for _, item := range step.Items.All() {
			if item.Proof != charter.ProofBudget {
				continue
			}
			told := roundtable.Told{Source: event.Subject{Kind: "budget", ID: initiative}, Item: item.Code, Kind: charter.EvidenceList, Text: text,
				Person: by.Person, Post: by.Post, Body: by.Body, Withdrawn: text == ""}
			if err := m.Roundtable.Tell(ctx, initiative, told); err != nil {
				return err
			}
		}
	}
	return nil
}

// shown is what an initiative draws, a line for each draw, or why it needs no
// money; empty when it says neither or a draw has no credit.
func (m *Module) shown(ctx context.Context, c Column) (string, error) {
	if c.Needless != "" || c.Short > 0 {
		return c.Needless, nil
	}
	lines, err := db.Query[evidenceRow](ctx, m.db, `SELECT w.number, l.code, l.name, d.amount FROM budget_draw d
		JOIN budget_line l ON l.id = d.line JOIN budget_law w ON w.year = d.year WHERE d.initiative = $1 ORDER BY d.id`, c.Initiative)
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.Law + " · " + l.Code + " · " + l.Name + " · " + Amount(ctx, l.Amount, c.Currency)
	}
	return strings.Join(texts, "\n"), err
}

type evidenceRow struct {
	Law    string `db:"number"`
	Code   string `db:"code"`
	Name   string `db:"name"`
	Amount int64  `db:"amount"`
}

// follow moves the money of an initiative to the axis that an edit gave it.
func (m *Module) follow(ctx context.Context, e event.Event) error {
	about, err := m.about(ctx, e)
	if err != nil {
		return err
	}
	axis := about.Initiative.Axis
	return m.db.Write(ctx, func(ctx context.Context) error {
		c, err := m.column(ctx, e.Subject.ID)
		if err != nil || c.Initiative == "" || c.Axis == axis {
			return err
		}
		if _, err := m.db.Exec(ctx, `UPDATE budget_column SET axis = $2 WHERE initiative = $1`, c.Initiative, axis); err != nil {
			return err
		}
		draws, err := db.Query[Draw](ctx, m.db, `SELECT `+drawColumns+` FROM budget_draw WHERE initiative = $1 ORDER BY id`, c.Initiative)
		if err != nil {
			return err
		}
		for _, d := range draws {
			if err := m.addToShare(ctx, d.Year, shareKey{ByAxis, c.Axis}, 0, Figures{}.minus(d.figures())); err != nil {
				return err
			}
			if err := m.addToShare(ctx, d.Year, shareKey{ByAxis, axis}, 0, d.figures()); err != nil {
				return err
			}
		}
		return nil
	})
}
