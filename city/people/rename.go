package people

import (
	"context"
	"strings"

	"ronda/platform/db"
	"ronda/platform/fault"
)

// Rename gives a person another name. Faults: NotFound, Invalid on "name".
func (m *Module) Rename(ctx context.Context, person, name string) (err error) {
	defer fault.Wrap(&err, "Rename(%s)", person)
	name = strings.Join(strings.Fields(name), " ")
	var c fault.Check
	c.Text("name", name, true, nameMax)
	if err := c.Err(); err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error { return m.setName(ctx, person, name) })
}

// forgotten is how a person whose name was erased is shown.
const forgotten = "—"

// Forget erases a person's name and what was said of them as a specialist. What
// they did for a post stays with the post.
func (m *Module) Forget(ctx context.Context, person string) (err error) {
	defer fault.Wrap(&err, "Forget(%s)", person)
	return m.db.Write(ctx, func(ctx context.Context) error {
		for _, table := range []string{"people_specialist_tag", "people_specialist"} {
			if _, err := m.db.Exec(ctx, `DELETE FROM `+table+` WHERE person = $1`, person); err != nil {
				return err
			}
		}
		return m.setName(ctx, person, forgotten)
	})
}

// setName stores a name with its words, by which persons are found.
func (m *Module) setName(ctx context.Context, person, name string) error {
	official, ok, err := db.Find[bool](ctx, m.db, `UPDATE people_person SET name = $2, fold = $3 WHERE id = $1 RETURNING official`, person, name, fold(name))
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	if _, err := m.db.Exec(ctx, `DELETE FROM people_word WHERE person = $1`, person); err != nil {
		return err
	}
	for _, w := range words(name) {
		if err := m.db.Insert(ctx, "people_word", wordRow{w, person, official}); err != nil {
			return err
		}
	}
	return nil
}
