package delivery

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
	"ronda/platform/photo"
)

// News is what a report of progress says.
type News struct {
	Text   string
	Done   []Advance // tasks of the work plan that went on
	Photos []Shot
	Final  bool // the work is done: no further report is due
}

// Advance is how far a task of the work plan is, whoever counts.
type Advance struct {
	Task    string
	Percent int
	Version int64 // of the plan that was looked at
}

// Shot is a photograph as it was sent, and what it shows.
type Shot struct {
	File    []byte
	Caption string
}

// Account is a report of progress, never changed. What is known of the work and the
// money is kept as it was when it was given.
type Account struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Number     int       `db:"number"` // counts those of the initiative from 1
	Text       string    `db:"text"`
	Planned    int       `db:"planned"` // hundredths of a percent of the work that was due, Unknown without a plan
	Done       int       `db:"done"`    // and that was done
	LateDays   int       `db:"late_days"`
	Currency   string    `db:"currency"` // empty when no money is known
	Budget     int64     `db:"budget"`   // centavos that it may spend
	Accrued    int64     `db:"accrued"`  // centavos
	Light      Colour    `db:"light"`
	Final      bool      `db:"final"`
	Person     string    `db:"person"` // never public
	Post       string    `db:"post"`
	Body       string    `db:"body"`
	At         time.Time `db:"at"`
}

// Unknown stands for a share that nobody knows.
const Unknown = -1

const accountColumns = `id, initiative, number, text, planned, done, late_days, currency, budget, accrued, light, final, person, post, body, at`

// Report tells how the execution goes. Faults: Invalid on "text" and "photos", those
// of the work plan on its tasks.
func (m *Module) Report(ctx context.Context, number string, n News) error {
	n.Text = strings.TrimSpace(n.Text)
	var c fault.Check
	c.Text("text", n.Text, true, TextMax)
	c.Require(len(n.Photos) <= PhotosMax, "photos", "fault.too_many", "max", PhotosMax)
	for _, s := range n.Photos {
		c.Text("photos", s.Caption, false, LineMax)
	}
	if err := c.Err(); err != nil {
		return err
	}
	if err := m.mayReport(ctx, number); err != nil { // before pictures are made for somebody who may not
		return err
	}
	shots, err := m.develop(ctx, n.Photos)
	if err != nil {
		return err
	}
	return m.act(ctx, number, Report, func(ctx context.Context, w *work) error { return w.report(ctx, n, shots) })
}

func (m *Module) mayReport(ctx context.Context, number string) error {
	c, err := m.Case(ctx, number)
	if err == nil {
		_, err = c.Require(ctx, Report)
	}
	return err
}

// develop makes the pictures that are kept.
func (m *Module) develop(ctx context.Context, sent []Shot) ([]photo.Picture, error) {
	var out []photo.Picture
	for _, s := range sent {
		p, ok, err := m.darkroom.Develop(ctx, s.File)
		if err != nil {
			return nil, err
		}
		if !ok {
			var c fault.Check
			c.Fail("photos", "delivery.fault.photo", "max", photo.MaxBytes>>20, "pixels", photo.MaxPixels/1_000_000)
			return nil, c.Err()
		}
		out = append(out, p)
	}
	return out, nil
}

// report keeps a report with what is known once its tasks went on.
func (w *work) report(ctx context.Context, n News, shots []photo.Picture) error {
	if len(n.Done) > 0 && w.m.Advance != nil {
		if err := w.m.Advance(ctx, w.Initiative.Number, n.Done); err != nil {
			return err
		}
	}
	a, err := w.account(ctx, n)
	if err != nil {
		return err
	}
	if err := w.m.db.Insert(ctx, "delivery_report", a); err != nil {
		return err
	}
	for at, p := range shots {
		if err := w.m.keep(ctx, a.ID, at, strings.TrimSpace(n.Photos[at].Caption), p); err != nil {
			return err
		}
	}
	w.State.Reports, w.State.Reported, w.State.Next = a.Number, w.today(ctx), ""
	data := map[string]string{"report": strconv.Itoa(a.Number), "light": string(a.Light), "photos": strconv.Itoa(len(shots))}
	if a.Done != Unknown {
		data["done"] = strconv.Itoa(a.Done / 100)
	}
	if n.Final {
		data["final"] = "yes"
	} else {
		w.State.Next = after(w.State.Reported, w.Charter.Execution.ReportEvery, w.Case)
	}
	return w.tell(ctx, EventReported, data, "text", a.Text)
}

// account is a report with what is known now.
func (w *work) account(ctx context.Context, n News) (Account, error) {
	a := Account{ID: id.New(), Initiative: w.Initiative.ID, Number: w.State.Reports + 1, Text: n.Text, Planned: Unknown, Done: Unknown, Final: n.Final,
		Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body, At: clock.Now(ctx)}
	k, err := w.m.known(ctx, w.Initiative.ID)
	if err != nil {
		return a, err
	}
	if p, ok := k.physical[w.Initiative.ID]; ok {
		a.Planned, a.Done, a.LateDays = hundredths(p.Planned), hundredths(p.Done), p.LateDays
	}
	if x, ok := k.money[w.Initiative.ID]; ok {
		a.Currency, a.Budget, a.Accrued = x.Currency, x.Planned, x.Accrued
	}
	a.Light = k.light(w.Initiative.ID).Colour
	return a, nil
}

// hundredths is a share, 0 to 1, in hundredths of a percent.
func hundredths(share float64) int { return int(math.Round(share * 10_000)) }

// Accounts are the reports of an initiative, newest first: those before a number, of
// all when it is 0. Whether the person may know of the initiative Case says.
func (m *Module) Accounts(ctx context.Context, initiative string, before, size int) ([]Account, error) {
	return db.Query[Account](ctx, m.db, `SELECT `+accountColumns+` FROM delivery_report
		WHERE initiative = $1 AND ($2 = 0 OR number < $2) ORDER BY number DESC LIMIT $3`, initiative, before, size)
}
