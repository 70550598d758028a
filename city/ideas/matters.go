package ideas

import (
	"context"
	"strconv"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/id"
)

// The kinds of matter that wait for a moderator.
const (
	MatterHeld    = "held"
	MatterReport  = "report"
	MatterAppeal  = "appeal"
	MatterBrigade = "brigade"
)

// matterTerm is by when a moderator looks at what is not a held idea.
const matterTerm = 48 * time.Hour

// Matter is something that waits for a moderator.
type Matter struct {
	ID      string    `db:"id"`
	Kind    string    `db:"kind"`
	Idea    string    `db:"idea"` // id
	Number  string    `db:"number"`
	Title   string    `db:"title"`
	Comment string    `db:"comment"` // id, of a reported comment
	Text    string    `db:"text"`    // what the first report, or the appeal, says
	N       int       `db:"n"`       // reports, or supports of new accounts
	Due     time.Time `db:"due"`
	Opened  time.Time `db:"opened_at"`
}

// matter is one to be raised.
type matter struct {
	Kind, Idea, Comment, Text string
	N                         int
	Due                       time.Time
}

// raise puts a matter before the moderators; one that waits already grows.
func (m *Module) raise(ctx context.Context, x matter) error {
	_, err := m.raised(ctx, x)
	return err
}

// raised is raise with the id of the matter.
func (m *Module) raised(ctx context.Context, x matter) (string, error) {
	return db.One[string](ctx, m.db, `INSERT INTO ideas_matter (id, kind, idea, comment, text, n, due, opened_at, closed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
		ON CONFLICT (idea, kind, comment) WHERE closed_at = 0 DO UPDATE SET n = ideas_matter.n + excluded.n RETURNING id`,
		id.New(), x.Kind, x.Idea, x.Comment, x.Text, x.N, x.Due, clock.Now(ctx))
}

// settle closes what waits about an idea of one kind; comment is empty for what is
// about the idea itself.
func (m *Module) settle(ctx context.Context, idea, comment string, kinds ...string) error {
	for _, kind := range kinds {
		if _, err := m.db.Exec(ctx, `UPDATE ideas_matter SET closed_at = $4 WHERE idea = $1 AND comment = $2 AND kind = $3 AND closed_at = 0`,
			idea, comment, kind, clock.Now(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// waits says whether a matter about an idea is open.
func (m *Module) waits(ctx context.Context, idea, kind string) (bool, error) {
	_, ok, err := db.Find[string](ctx, m.db, `SELECT id FROM ideas_matter WHERE idea = $1 AND kind = $2 AND closed_at = 0 LIMIT 1`, idea, kind)
	return ok, err
}

// Queue is a page of what waits for moderators, the first due first; next
// continues it.
func (m *Module) Queue(ctx context.Context, after string) (page []Matter, next string, err error) {
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return nil, "", err
	}
	if _, err := (Case{Charter: ch}).Require(people.Me(ctx), MayModerate); err != nil {
		return nil, "", err
	}
	from, ok := readPlace(Filter{After: after})
	if !ok {
		from = place{key: noKey, id: noID}
	}
	page, err = m.waiting(ctx, from, PageSize+1)
	page, next = cut(page, func(x Matter) string { return strconv.FormatInt(x.Due.UnixMicro(), 10) + "_" + x.ID })
	return page, next, err
}

func (m *Module) waiting(ctx context.Context, from place, limit int) ([]Matter, error) {
	return db.Query[Matter](ctx, m.db, `SELECT x.id, x.kind, x.idea, i.number, i.title, x.comment, x.text, x.n, x.due, x.opened_at
		FROM ideas_matter x JOIN ideas_idea i ON i.id = x.idea WHERE x.closed_at = 0 AND (x.due, x.id) > ($1, $2)
		ORDER BY x.due, x.id LIMIT $3`, from.key, from.id, limit)
}
