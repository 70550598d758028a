package workplan

import "context"

// Forget parts a person whose account ends from the plans: the tasks stay with
// their bodies, what they asked and decided for a post stays with the post.
func (m *Module) Forget(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		for _, sql := range []string{
			`UPDATE workplan_task SET person = '' WHERE person = $1`,
			`UPDATE workplan_change SET edits = replace(edits, $1, '') WHERE edits LIKE '%' || $1 || '%'`,
			`UPDATE workplan_change SET person = '' WHERE person = $1`,
			`UPDATE workplan_change SET decided_person = '' WHERE decided_person = $1`,
			`UPDATE workplan_baseline SET person = '' WHERE person = $1`,
		} {
			if _, err := m.db.Exec(ctx, sql, person); err != nil {
				return err
			}
		}
		return nil
	})
}
