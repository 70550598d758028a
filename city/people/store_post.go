package people

import (
	"context"
	"fmt"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/i18n"
)

// postFacts is what a post is during a term. Names are stored texts.
type postFacts struct {
	Body     string       `db:"body"`
	Title    string       `db:"title"`
	About    string       `db:"about"`
	Rank     charter.Rank `db:"rank"`
	Signs    bool         `db:"signs"`
	Seats    int          `db:"seats"`
	Years    int          `db:"years"`
	Renewals int          `db:"renewals"`
}

type postTerm struct {
	Post  string    `db:"post"`
	Since clock.Day `db:"since"`
	Until clock.Day `db:"until"`
	postFacts
}

type postRow struct {
	postTerm
	From clock.Day `db:"post_since"`
	To   clock.Day `db:"post_until"`
}

// postRows reads terms of posts whose column (a constant of this package, empty
// for all) has one of the values, in the city's order and then in order of time.
func (m *Module) postRows(ctx context.Context, column string, values []string) ([]postRow, error) {
	where := ""
	marks, args := list(values, 1)
	if column != "" {
		where = "WHERE " + column + " IN (" + marks + ")"
	}
	return db.Query[postRow](ctx, m.db, `SELECT t.post, t.since, t.until, t.body, t.title, t.about, t.rank, t.signs, t.seats,
			t.years, t.renewals, p.since AS post_since, p.until AS post_until
		FROM people_post p JOIN people_post_term t ON t.post = p.code
		`+where+` ORDER BY p.place, p.code, t.since`, args...)
}

func (r postRow) post(lang i18n.Lang) (Post, error) {
	title, err := inLang(r.Title, lang)
	if err != nil {
		return Post{}, fmt.Errorf("post %s: %w", r.Post, err)
	}
	about, err := inLang(r.About, lang)
	if err != nil {
		return Post{}, fmt.Errorf("post %s: %w", r.Post, err)
	}
	return Post{Code: r.Post, Body: r.Body, Title: title, About: about, Rank: r.Rank, Signs: r.Signs, Seats: r.Seats,
		Years: r.Years, Renewals: r.Renewals, From: r.From, To: r.To}, nil
}

// HoldersOn are the ids of all who held the post on a day by term, longest
// first.
func (m *Module) HoldersOn(ctx context.Context, post string, day clock.Day) ([]string, error) {
	return db.Query[string](ctx, m.db, `SELECT h.person FROM people_holding h
		JOIN people_post_term t ON t.post = h.post AND `+onPostDay+`
		JOIN people_line l ON l.body = t.body AND `+onLineDay+`
		WHERE h.post = $1 AND `+onHoldDay+` ORDER BY h.since, h.id`, post, day)
}
