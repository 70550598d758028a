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

// standingRow is one of three things: the person, with nothing else; a role; or a
// post that the person may act for.
type standingRow struct {
	Name     string `db:"name"`
	Invented bool   `db:"invented"`
	Role     string `db:"role"`
	holdRow
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

// standingSQL reads a person with roles and posts at once, because every request
// of somebody signed in asks for them: posts held, and posts held by others who
// delegated them and still hold them.
const standingSQL = `SELECT p.name, p.invented, '' AS role, '' AS post, '' AS since, '' AS until, FALSE AS delegated,
		'' AS body, '' AS rank, FALSE AS signs, '' AS kind, '' AS path, '' AS ministry, '' AS direction
	FROM people_person p WHERE p.id = $1
	UNION ALL
	SELECT '', FALSE, r.role, '', '', '', FALSE, '', '', FALSE, '', '', '', ''
	FROM people_role r WHERE r.person = $1 AND r.since <= $2 AND (r.until = '' OR r.until > $2)
	UNION ALL
	SELECT '', FALSE, '', h.post, h.since, h.until, FALSE, ` + holdColumns + `
	FROM people_holding h
	JOIN people_post_term t ON t.post = h.post AND ` + onPostDay + `
	JOIN people_line l ON l.body = t.body AND ` + onLineDay + `
	WHERE h.person = $1 AND ` + onHoldDay + `
	UNION ALL
	SELECT '', FALSE, '', d.post, d.since, d.until, TRUE, ` + holdColumns + `
	FROM people_delegation d
	JOIN people_holding h ON h.id = d.holding AND ` + onHoldDay + `
	JOIN people_post_term t ON t.post = d.post AND ` + onPostDay + `
	JOIN people_line l ON l.body = t.body AND ` + onLineDay + `
	WHERE d.delegate = $1 AND d.since <= $2 AND d.until > $2 AND (d.stopped_at = 0 OR d.stopped_at > $3)`

// standing is a person with the roles and posts of a day.
func (m *Module) standing(ctx context.Context, person string, day clock.Day) (Standing, error) {
	rows, err := db.Query[standingRow](ctx, m.db, standingSQL, person, day, clock.Now(ctx))
	if err != nil {
		return Standing{}, err
	}
	s, known := Standing{Person: person}, false
	var posts []holdRow
	for _, r := range rows {
		switch {
		case r.Post != "":
			posts = append(posts, r.holdRow)
		case r.Role == "":
			s.Name, s.Invented, known = r.Name, r.Invented, true
		case !s.HasRole(r.Role):
			s.Roles = append(s.Roles, r.Role)
		}
	}
	if !known {
		return Standing{}, fault.New(fault.NotFound, "fault.notfound")
	}
	slices.Sort(s.Roles)
	s.Posts = arrange(posts)
	return s, nil
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
