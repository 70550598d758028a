package people

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ronda/platform/db"
)

type changeRow struct {
	ID         string      `db:"id"`
	Kind       string      `db:"kind"`
	Data       string      `db:"data"`
	State      ChangeState `db:"state"`
	ProposedBy string      `db:"proposed_by"`
	ProposedAt time.Time   `db:"proposed_at"`
	DecidedBy  string      `db:"decided_by"`
	DecidedAt  time.Time   `db:"decided_at"`
	Reason     string      `db:"reason"`
}

const changeColumns = "id, kind, data, state, proposed_by, proposed_at, decided_by, decided_at, reason"

func (r changeRow) change() (Change, error) {
	c := Change{ID: r.ID, Kind: r.Kind, State: r.State, ProposedBy: r.ProposedBy, ProposedAt: r.ProposedAt,
		DecidedBy: r.DecidedBy, DecidedAt: r.DecidedAt, Reason: r.Reason}
	if err := json.Unmarshal([]byte(r.Data), &c.Data); err != nil {
		return c, fmt.Errorf("change %s: %w", r.ID, err)
	}
	return c, nil
}

func (m *Module) insertChange(ctx context.Context, c Change) error {
	data, err := json.Marshal(c.Data)
	if err != nil {
		return err
	}
	return m.db.Insert(ctx, "people_change", changeRow{c.ID, c.Kind, string(data), c.State, c.ProposedBy, c.ProposedAt, c.DecidedBy, c.DecidedAt, c.Reason})
}

func (m *Module) updateChange(ctx context.Context, c Change) error {
	n, err := m.db.Exec(ctx, `UPDATE people_change SET state = $2, decided_by = $3, decided_at = $4, reason = $5
		WHERE id = $1 AND state = $6`, c.ID, c.State, c.DecidedBy, c.DecidedAt, c.Reason, ChangePending)
	return db.Changed(n, err, "people.change.decided")
}

// Change is the change with that id, fault.NotFound without one.
func (m *Module) Change(ctx context.Context, id string) (Change, error) {
	r, err := db.One[changeRow](ctx, m.db, `SELECT `+changeColumns+` FROM people_change WHERE id = $1`, id)
	if err != nil {
		return Change{}, err
	}
	return r.change()
}

// changes are those in a state, oldest first.
func (m *Module) changes(ctx context.Context, state ChangeState) ([]Change, error) {
	return m.changeList(ctx, `SELECT `+changeColumns+` FROM people_change WHERE state = $1 ORDER BY id`, state)
}

// DecidedChanges are changes no longer pending, newest first, older than the id
// before when that is not empty.
func (m *Module) DecidedChanges(ctx context.Context, before string, limit int) ([]Change, error) {
	return m.changeList(ctx, `SELECT `+changeColumns+` FROM people_change WHERE state <> $1 AND ($2 = '' OR id < $2)
		ORDER BY id DESC LIMIT $3`, ChangePending, before, limit)
}

func (m *Module) changeList(ctx context.Context, query string, args ...any) ([]Change, error) {
	rows, err := db.Query[changeRow](ctx, m.db, query, args...)
	if err != nil {
		return nil, err
	}
	out := make([]Change, len(rows))
	for i, r := range rows {
		if out[i], err = r.change(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
