package budget

import (
	"context"
	"time"

	"golang.org/x/text/currency"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// The years a budget law may be of.
const (
	YearMin = 1990
	YearMax = 2200
)

// NumberMax is the longest number of a law or an act, in characters.
const NumberMax = 60

// Law is the budget law of a year. Its figures are the sums of its lines.
type Law struct {
	Year     int       `db:"year"`
	Number   string    `db:"number"`   // "Ley 6.804"
	Body     string    `db:"body"`     // code of the body that enacted it
	Day      clock.Day `db:"day"`      // on which it was enacted
	Currency string    `db:"currency"` // ISO 4217
	Declared int64     `db:"declared"` // total the law itself states, 0: not said
	Lines    int       `db:"lines"`
	Figures
	At       time.Time `db:"at"`
	Version  int64     `db:"version"`
	Invented bool      `db:"invented"` // belongs to a demonstration
}

// Subject names the law for events.
func (l Law) Subject() event.Subject { return event.Subject{Kind: SubjectLaw, ID: yearText(l.Year)} }

// InForce says whether money can be drawn: the law has lines.
func (l Law) InForce() bool { return l.Lines > 0 }

// Difference is what the lines lack of, or have above, the total that the law
// states; 0 without one.
func (l Law) Difference() int64 {
	if l.Declared == 0 {
		return 0
	}
	return l.Original - l.Declared
}

const lawColumns = `year, number, body, day, currency, declared, lines, original, credit, drawn, own, committed, accrued, paid, short, at, version, invented`

// Laws are all laws, the newest year first.
func (m *Module) Laws(ctx context.Context) ([]Law, error) {
	return db.Query[Law](ctx, m.db, `SELECT `+lawColumns+` FROM budget_law ORDER BY year DESC`)
}

// Law is the law of a year, NotFound without one.
func (m *Module) Law(ctx context.Context, year int) (Law, error) {
	return db.One[Law](ctx, m.db, `SELECT `+lawColumns+` FROM budget_law WHERE year = $1`, year)
}

// lockLaw is Law that holds it until the transaction ends: acts on the money of
// one year follow one another.
func (m *Module) lockLaw(ctx context.Context, year int) (Law, error) {
	return db.One[Law](ctx, m.db, `UPDATE budget_law SET version = version + 1 WHERE year = $1 RETURNING `+lawColumns, year)
}

// Enact records the law of a year: Year, Number, Day, Currency and Declared.
// Body and Currency are the charter's when empty. Faults: Invalid, Conflict when
// the year has one, Forbidden.
func (m *Module) Enact(ctx context.Context, law Law) error {
	return m.act(ctx, delivery.ImportBudget, func(ctx context.Context, w *work) error {
		law.fill(w.Charter)
		if err := law.validate(w.Charter, w.today(ctx)); err != nil {
			return err
		}
		row := Law{Year: law.Year, Number: law.Number, Body: law.Body, Day: law.Day, Currency: law.Currency, Declared: law.Declared,
			At: clock.Now(ctx), Version: 1, Invented: w.Who.Invented}
		err := m.db.Insert(ctx, "budget_law", row)
		if db.IsUnique(err) {
			return fault.New(fault.Conflict, "delivery.budget.fault.law_twice", "year", law.Year)
		}
		if err != nil {
			return err
		}
		return w.tell(ctx, EventLaw, row.Subject(), "", map[string]string{"year": yearText(row.Year), "law": row.Number, "body": row.Body, "day": string(row.Day), "currency": row.Currency}, nil)
	})
}

// EditLaw corrects number, body, day and the total that the law of a year
// states; the currency only while it has no lines.
func (m *Module) EditLaw(ctx context.Context, law Law) error {
	return m.act(ctx, delivery.ImportBudget, func(ctx context.Context, w *work) error {
		was, err := m.lockLaw(ctx, law.Year)
		if err != nil {
			return err
		}
		law.fill(w.Charter)
		if err := law.validate(w.Charter, w.today(ctx)); err != nil {
			return err
		}
		if law.Currency != was.Currency && was.InForce() {
			return wrong("currency", "delivery.budget.fault.currencies", "one", was.Currency, "other", law.Currency)
		}
		if _, err := m.db.Exec(ctx, `UPDATE budget_law SET number = $2, body = $3, day = $4, currency = $5, declared = $6 WHERE year = $1`,
			law.Year, law.Number, law.Body, law.Day, law.Currency, law.Declared); err != nil {
			return err
		}
		return w.tell(ctx, EventLawEdited, was.Subject(), "", map[string]string{"year": yearText(law.Year), "law": law.Number, "body": law.Body, "day": string(law.Day), "currency": law.Currency}, nil)
	})
}

// fill sets what the city says when the law does not.
func (l *Law) fill(ch *charter.Charter) {
	if l.Body == "" {
		l.Body = ch.City.BudgetBody
	}
	if l.Currency == "" {
		l.Currency = ch.City.Currency
	}
}

func (l Law) validate(ch *charter.Charter, today clock.Day) error {
	var c fault.Check
	c.Require(l.Year >= YearMin && l.Year <= YearMax, "year", "delivery.budget.fault.year", "from", YearMin, "to", YearMax)
	c.Text("number", l.Number, true, NumberMax)
	c.Require(ch.Bodies.Has(l.Body), "body", "delivery.budget.fault.body")
	checkDay(&c, "day", l.Day, today)
	code, err := currency.ParseISO(l.Currency)
	c.Require(err == nil && code.String() == l.Currency, "currency", "delivery.budget.fault.currency")
	c.Require(l.Declared >= 0, "declared", "delivery.budget.fault.negative")
	c.Require(l.Declared <= TotalMax, "declared", "delivery.budget.fault.amount_big")
	return c.Err()
}

// checkDay checks a day that has come.
func checkDay(c *fault.Check, name string, d, today clock.Day) {
	if _, err := clock.ParseDay(string(d)); err != nil {
		c.Fail(name, "fault.day")
		return
	}
	c.Require(d <= today, name, "delivery.budget.fault.future")
}

// wrong is an Invalid of one field.
func wrong(field, key string, args ...any) error {
	var c fault.Check
	c.Fail(field, key, args...)
	return c.Err()
}
