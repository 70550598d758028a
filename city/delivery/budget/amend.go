package budget

import (
	"context"
	"strings"
	"time"

	"ronda/city/delivery"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Amendment is one change of a line's credit, by an act from outside.
type Amendment struct {
	ID     string    `db:"id"`
	Line   string    `db:"line"`   // id
	Amount int64     `db:"amount"` // what is added, below zero when it takes away
	Day    clock.Day `db:"day"`    // of the act
	Act    string    `db:"act"`    // its number, "Decreto 112/26"
	Why    string    `db:"why"`
	Post   string    `db:"post"` // who noted it here
	Body   string    `db:"body"`
	At     time.Time `db:"at"`
}

const amendmentColumns = `id, line, amount, day, act, why, post, body, at`

// Amend notes an amendment of a line's credit. What is committed keeps its
// credit: an amendment that would take that away is refused. Draws that the
// credit no longer reaches are flagged, told on their initiatives and stand on
// the desk of Planning. Faults: Invalid, NotFound, Forbidden.
func (m *Module) Amend(ctx context.Context, year int, code string, a Amendment) error {
	return m.act(ctx, delivery.AmendBudget, func(ctx context.Context, w *work) error {
		law, was, err := m.lock(ctx, year, code)
		if err != nil {
			return wrongYear(err)
		}
		a.Act, a.Why = strings.TrimSpace(a.Act), strings.TrimSpace(a.Why)
		if err := a.validate(ctx, law, was, w.today(ctx)); err != nil {
			return err
		}
		a.ID, a.Line, a.Post, a.Body, a.At = id.New(), was.ID, w.As.Post, w.As.Body, clock.Now(ctx)
		if err := m.db.Insert(ctx, "budget_amendment", a); err != nil {
			return err
		}
		now := was
		now.Credit += a.Amount
		if err := w.tell(ctx, EventAmended, now.Subject(), "", lineData(law, now, map[string]string{"amount": cents(a.Amount), "credit": cents(now.Credit),
			"day": string(a.Day), "act": a.Act}), map[string]string{"why": a.Why}); err != nil {
			return err
		}
		if err := m.ration(ctx, w, &now); err != nil {
			return err
		}
		return m.settle(ctx, was, now)
	})
}

func (a Amendment) validate(ctx context.Context, law Law, l Line, today clock.Day) error {
	var c fault.Check
	switch {
	case a.Amount == 0:
		c.Fail("amount", "delivery.budget.fault.nothing")
	case a.Amount > AmountMax || a.Amount < -AmountMax || law.Credit+max(a.Amount, 0) > TotalMax:
		c.Fail("amount", "delivery.budget.fault.amount_big")
	case l.Credit+a.Amount < l.Committed:
		c.Fail("amount", "delivery.budget.fault.credit_committed", "committed", Amount(ctx, l.Committed, law.Currency))
	}
	checkDay(&c, "day", a.Day, today)
	if !c.Failed("day") {
		c.Require(a.Day >= law.Day, "day", "delivery.budget.fault.before_law")
	}
	c.Text("act", a.Act, true, NumberMax)
	c.Text("why", a.Why, true, WhyMax)
	return c.Err()
}

// amendments are those of a line, oldest first.
func (m *Module) amendments(ctx context.Context, line string) ([]Amendment, error) {
	return db.Query[Amendment](ctx, m.db, `SELECT `+amendmentColumns+` FROM budget_amendment WHERE line = $1 ORDER BY day, id`, line)
}
