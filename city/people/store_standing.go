package people

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

type accountRow struct {
	Name     string `db:"name"`
	Invented bool   `db:"invented"`
	Role     string `db:"role"`
}

// account is a person with the roles of a day, without posts.
func (m *Module) account(ctx context.Context, person string, day clock.Day) (Standing, error) {
	rows, err := db.Query[accountRow](ctx, m.db, `SELECT p.name, p.invented, COALESCE(r.role, '') AS role
		FROM people_person p LEFT JOIN people_role r
			ON r.person = p.id AND r.since <= $2 AND (r.until = '' OR r.until > $2)
		WHERE p.id = $1 ORDER BY role`, person, day)
	if err != nil {
		return Standing{}, err
	}
	if len(rows) == 0 {
		return Standing{}, fault.New(fault.NotFound, "fault.notfound")
	}
	s := Standing{Person: person, Name: rows[0].Name, Invented: rows[0].Invented}
	for _, r := range rows {
		if r.Role != "" && !s.HasRole(r.Role) {
			s.Roles = append(s.Roles, r.Role)
		}
	}
	return s, nil
}

type holdRow struct {
	Post      string    `db:"post"`
	Since     clock.Day `db:"since"`
	Until     clock.Day `db:"until"`
	Delegated bool      `db:"delegated"`
	Body      string    `db:"body"`
	Rank      string    `db:"rank"`
	Signs     bool      `db:"signs"`
	Kind      string    `db:"kind"`
	Path      string    `db:"path"`
	Ministry  string    `db:"ministry"`
	Direction string    `db:"direction"`
}

const (
	holdColumns = `t.body, t.rank, t.signs, l.kind, l.path, l.ministry, l.direction`
	onPostDay   = `t.since <= $2 AND (t.until = '' OR t.until > $2)`
	onLineDay   = `l.since <= $2 AND (l.until = '' OR l.until > $2)`
	onHoldDay   = `h.since <= $2 AND (h.until = '' OR h.until > $2)`
)

// holdings is what the person may act for on a day: posts held, then posts held
// by others who delegated them and still hold them.
func (m *Module) holdings(ctx context.Context, person string, day clock.Day) ([]Holding, error) {
	rows, err := db.Query[holdRow](ctx, m.db, `SELECT h.post, h.since, h.until, FALSE AS delegated, `+holdColumns+`
		FROM people_holding h
		JOIN people_post_term t ON t.post = h.post AND `+onPostDay+`
		JOIN people_line l ON l.body = t.body AND `+onLineDay+`
		WHERE h.person = $1 AND `+onHoldDay+`
		UNION ALL
		SELECT d.post, d.since, d.until, TRUE AS delegated, `+holdColumns+`
		FROM people_delegation d
		JOIN people_holding h ON h.id = d.holding AND `+onHoldDay+`
		JOIN people_post_term t ON t.post = d.post AND `+onPostDay+`
		JOIN people_line l ON l.body = t.body AND `+onLineDay+`
		WHERE d.delegate = $1 AND d.since <= $2 AND d.until > $2 AND (d.stopped_at = 0 OR d.stopped_at > $3)`,
		person, day, clock.Now(ctx))
	if err != nil {
		return nil, err
	}
	return arrange(rows), nil
}

// arrange puts own posts before delegated ones and higher ranks first.
func arrange(rows []holdRow) []Holding {
	slices.SortStableFunc(rows, func(a, b holdRow) int {
		return cmp.Or(boolOrder(a.Delegated, b.Delegated), cmp.Compare(rankOrder(a.Rank), rankOrder(b.Rank)), cmp.Compare(a.Post, b.Post))
	})
	out := make([]Holding, len(rows))
	for i, r := range rows {
		out[i] = Holding{Post: r.Post, Body: r.Body, BodyKind: r.Kind, Rank: r.Rank, Ministry: r.Ministry, Direction: r.Direction,
			Path: strings.Split(r.Path, "/"), Signs: r.Signs, Delegated: r.Delegated, From: r.Since, To: r.Until}
	}
	return out
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// rankOrder is 0 for the highest rank.
func rankOrder(rank string) int {
	if i := slices.Index(charter.Ranks, charter.Rank(rank)); i >= 0 {
		return i
	}
	return len(charter.Ranks)
}
