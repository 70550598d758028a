package people

import (
	"context"

	"ronda/platform/clock"
	"ronda/platform/db"
)

// HoldersOn are the ids of all who held the post on a day by term, longest
// first.
func (m *Module) HoldersOn(ctx context.Context, post string, day clock.Day) ([]string, error) {
	return db.Query[string](ctx, m.db, `SELECT h.person FROM people_holding h
		JOIN people_post_term t ON t.post = h.post AND `+onPostDay+`
		JOIN people_line l ON l.body = t.body AND `+onLineDay+`
		WHERE h.post = $1 AND `+onHoldDay+` ORDER BY h.since, h.id`, post, day)
}
