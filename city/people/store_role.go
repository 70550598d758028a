package people

import (
	"context"

	"ronda/platform/clock"
	"ronda/platform/db"
)

type roleRow struct {
	ID     string    `db:"id"`
	Person string    `db:"person"`
	Role   string    `db:"role"`
	Since  clock.Day `db:"since"`
	Until  clock.Day `db:"until"`
}

// WithRole are the ids of the persons who have the role today.
func (m *Module) WithRole(ctx context.Context, role string) ([]string, error) {
	day, err := m.Today(ctx)
	if err != nil {
		return nil, err
	}
	return db.Query[string](ctx, m.db, `SELECT person FROM people_role
		WHERE role = $1 AND since <= $2 AND (until = '' OR until > $2) ORDER BY id`, role, day)
}

// RolesOf are the roles a person has or had, newest first.
func (m *Module) RolesOf(ctx context.Context, person string) ([]Role, error) {
	rows, err := db.Query[roleRow](ctx, m.db, `SELECT id, person, role, since, until FROM people_role
		WHERE person = $1 ORDER BY since DESC, id DESC`, person)
	if err != nil {
		return nil, err
	}
	out := make([]Role, len(rows))
	for i, r := range rows {
		out[i] = Role{r.ID, r.Person, r.Role, r.Since, r.Until}
	}
	return out, nil
}

func (m *Module) insertRole(ctx context.Context, r Role) error {
	return m.db.Insert(ctx, "people_role", roleRow{r.ID, r.Person, r.Role, r.From, r.To})
}

func (m *Module) endRole(ctx context.Context, person, role string, day clock.Day) error {
	n, err := m.db.Exec(ctx, `UPDATE people_role SET until = $3 WHERE person = $1 AND role = $2 AND since <= $3
		AND (until = '' OR until > $3)`, person, role, day)
	return db.Changed(n, err, "people.role.not_held")
}
