package budget

import (
	"context"
	"time"

	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/id"
)

// uploadKept is how long a file waits for whoever sent it.
const uploadKept = 24 * time.Hour

// upload is a file on its way in: sent once, tried as often as it takes.
type upload struct {
	ID     string    `db:"id"`
	Person string    `db:"person"`
	Year   int       `db:"year"`
	Name   string    `db:"name"`
	Data   []byte    `db:"data"`
	At     time.Time `db:"at"`
}

// Keep keeps a file that can be read for the next trials of the person of the
// context, instead of what that person had sent for the year, and gives its id.
// Faults: Invalid for what is no list, NotFound without a law, Forbidden.
func (m *Module) Keep(ctx context.Context, year int, name string, data []byte) (string, error) {
	if err := m.mayBring(ctx, year); err != nil {
		return "", err // before the file is taken apart
	}
	if _, err := ReadFile(data); err != nil {
		return "", err
	}
	kept := id.New()
	err := m.act(ctx, delivery.ImportBudget, func(ctx context.Context, w *work) error {
		if _, err := m.db.Exec(ctx, `DELETE FROM budget_upload WHERE person = $1 AND year = $2`, w.Who.Person, year); err != nil {
			return err
		}
		return m.db.Insert(ctx, "budget_upload", upload{ID: kept, Person: w.Who.Person, Year: year, Name: shortened(name), Data: data, At: clock.Now(ctx)})
	})
	return kept, err
}

// Kept is a file that the person of the context sent; NotFound for any other.
func (m *Module) Kept(ctx context.Context, year int, kept string) (name string, f File, err error) {
	u, err := db.One[upload](ctx, m.db, `SELECT id, person, year, name, data, at FROM budget_upload WHERE id = $1 AND person = $2 AND year = $3`, kept, people.Me(ctx).Person, year)
	if err != nil {
		return "", f, err
	}
	f, err = ReadFile(u.Data)
	return u.Name, f, err
}

// Drop drops a file that the person of the context sent.
func (m *Module) Drop(ctx context.Context, kept string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `DELETE FROM budget_upload WHERE id = $1 AND person = $2`, kept, people.Me(ctx).Person)
		return err
	})
}

// mayBring says whether the person of the context may bring lines to a law.
func (m *Module) mayBring(ctx context.Context, year int) error {
	c, err := m.Delivery.City(ctx)
	if err != nil {
		return err
	}
	if _, err := c.Require(ctx, delivery.ImportBudget); err != nil {
		return err
	}
	_, err = m.Law(ctx, year)
	return err
}
