package ideas

import (
	"context"
	"strconv"

	"ronda/city/people"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// ChallengeFilter picks challenges, newest first.
type ChallengeFilter struct {
	Phase  Phase  // empty: all public ones
	Body   string // who asks; needed for drafts
	Drafts bool   // instead: the drafts of that body of the person
	After  string // the next of the page before
	Limit  int    // 0: PageSize, at most 100
}

// Challenges reads a page of challenges, newest first; next continues it.
func (m *Module) Challenges(ctx context.Context, f ChallengeFilter) (page []Challenge, next string, err error) {
	if f.Drafts {
		if _, in := people.Me(ctx).In(f.Body); !in || f.Body == "" {
			return nil, "", fault.New(fault.Forbidden, "fault.forbidden")
		}
		f.Phase = PhaseDraft
	} else if f.Phase == PhaseDraft || f.Phase != "" && !f.Phase.Known() {
		return nil, "", notFound()
	}
	if f.Limit <= 0 || f.Limit > 100 {
		f.Limit = PageSize
	}
	query, args := f.sql()
	rows, err := db.Query[challengeRow](ctx, m.db, query, args...)
	if err != nil {
		return nil, "", err
	}
	for n, r := range rows {
		if n == f.Limit {
			return page, rows[n-1].ID, nil
		}
		c, err := r.unpack()
		if err != nil {
			return nil, "", err
		}
		page = append(page, c)
	}
	return page, "", nil
}

// sql asks for one challenge more than the page holds. A challenge that was
// cancelled before it opened is nobody's to see.
func (f ChallengeFilter) sql() (string, []any) {
	query, args := `SELECT `+challengeColumns+` FROM ideas_challenge WHERE id < $1`, []any{before(f.After), f.Limit + 1}
	switch {
	case f.Drafts:
		query += ` AND phase = 'draft'`
	case f.Phase != "":
		query += ` AND phase = $3 AND opened_at > 0`
		args = append(args, f.Phase)
	default:
		query += ` AND opened_at > 0`
	}
	if f.Body != "" {
		args = append(args, f.Body)
		query += ` AND body = $` + strconv.Itoa(len(args))
	}
	return query + ` ORDER BY id DESC LIMIT $2`, args
}

// EachChallenge reads every public challenge, newest first, without holding them.
// fn must not write.
func (m *Module) EachChallenge(ctx context.Context, fn func(Challenge) error) error {
	return db.Each(ctx, m.db, `SELECT `+challengeColumns+` FROM ideas_challenge WHERE opened_at > 0 ORDER BY id DESC`, nil, func(r challengeRow) error {
		c, err := r.unpack()
		if err != nil {
			return err
		}
		return fn(c)
	})
}
