package ideas

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Card is an idea as a list shows it.
type Card struct {
	ID         string    `db:"id"`
	Number     string    `db:"number"`
	Challenge  string    `db:"challenge"`
	State      State     `db:"state"`
	Outcome    Outcome   `db:"outcome"`
	Title      string    `db:"title"`
	Line       string    `db:"line"` // how the text begins
	Place      string    `db:"place"`
	Signature  string    `db:"signature"`
	Supports   int       `db:"supports"`
	Elsewhere  int       `db:"elsewhere"`
	Comments   int       `db:"comments"`
	Family     string    `db:"family"`
	Cost       int64     `db:"cost"`
	Body       string    `db:"body"`
	AnswerDue  clock.Day `db:"answer_due"`
	AnsweredAt time.Time `db:"answered_at"`
	Initiative string    `db:"initiative"`
	Axis       string    `db:"axis"`
	Images     int       `db:"images"`
	Invented   bool      `db:"invented"`
	Published  time.Time `db:"published_at"`
}

const cardColumns = `id, number, challenge, state, outcome, title, line, place, signature, supports, elsewhere, comments, family, cost, body,
	answer_due, answered_at, initiative, axis, images, invented, published_at`

// The columns of a card and of an idea in a query that calls the table i.
var cardsOfI, ideasOfI = of("i", cardColumns), of("i", ideaColumns)

// of puts the name of a table before every column.
func of(table, columns string) string {
	list := strings.Split(columns, ",")
	for n, c := range list {
		list[n] = table + "." + strings.TrimSpace(c)
	}
	return strings.Join(list, ", ")
}

// cardsSQL asks for PageSize ids; fewer repeat the last, so that its text is
// always the same and prepared once.
var cardsSQL = `SELECT ` + cardColumns + ` FROM ideas_idea WHERE id IN (` + marks(1, PageSize) + `)`

// marks are n parameters from the first number on.
func marks(first, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = "$" + strconv.Itoa(first+i)
	}
	return strings.Join(list, ", ")
}

func padded(ids []string) []any {
	out := make([]any, PageSize)
	for i := range out {
		out[i] = ids[min(i, len(ids)-1)]
	}
	return out
}

// Cards reads ideas by id, in that order; those that are not published are left
// out.
func (m *Module) Cards(ctx context.Context, ids ...string) ([]Card, error) {
	found := make(map[string]Card, len(ids))
	for some := range slices.Chunk(ids, PageSize) {
		cards, err := db.Query[Card](ctx, m.db, cardsSQL, padded(some)...)
		if err != nil {
			return nil, err
		}
		for _, c := range cards {
			found[c.ID] = c
		}
	}
	var out []Card
	for _, id := range ids {
		if c, ok := found[id]; ok && c.State == Published {
			out = append(out, c)
		}
	}
	return out, nil
}

// Mine are the person's own ideas in any state, newest first; next continues.
func (m *Module) Mine(ctx context.Context, after string) (page []Card, next string, err error) {
	who := people.Me(ctx)
	if !who.SignedIn() {
		return nil, "", fault.New(fault.Forbidden, "fault.sign_in")
	}
	page, err = db.Query[Card](ctx, m.db, `SELECT `+cardColumns+` FROM ideas_idea WHERE author = $1 AND author <> '' AND id < $2 ORDER BY id DESC LIMIT $3`,
		who.Person, before(after), PageSize+1)
	page, next = cut(page, func(c Card) string { return c.ID })
	return page, next, err
}

// Supported are the published ideas that the person supports, last supported
// first.
func (m *Module) Supported(ctx context.Context, after string) (page []Card, next string, err error) {
	who := people.Me(ctx)
	if !who.SignedIn() {
		return nil, "", fault.New(fault.Forbidden, "fault.sign_in")
	}
	from, ok := readPlace(Filter{After: after})
	if !ok {
		from = place{key: lastKey, id: lastID}
	}
	rows, err := db.Query[sortedCard](ctx, m.db, `SELECT `+cardsOfI+`, s.at AS sort_key FROM ideas_support s JOIN ideas_idea i ON i.id = s.idea
		WHERE s.person = $1 AND (s.at, s.idea) < ($2, $3) AND i.state = 'published' ORDER BY s.at DESC, s.idea DESC LIMIT $4`, who.Person, from.key, from.id, PageSize+1)
	rows, next = cut(rows, func(r sortedCard) string { return strconv.FormatInt(r.Key, 10) + "_" + r.ID })
	for _, r := range rows {
		page = append(page, r.Card)
	}
	return page, next, err
}

// before is the id a falling list goes on behind.
func before(after string) string {
	if after == "" {
		return id.Last
	}
	return after
}

// cut leaves PageSize rows and says behind which the list goes on, if it does.
func cut[T any](rows []T, key func(T) string) (page []T, next string) {
	if len(rows) <= PageSize {
		return rows, ""
	}
	return rows[:PageSize], key(rows[PageSize-1])
}

// Each reads every published idea that the filter finds, newest first, without
// holding them. fn must not write.
func (m *Module) Each(ctx context.Context, f Filter, fn func(Idea) error) error {
	tags, err := f.tags()
	if err != nil {
		return err
	}
	if _, err := m.rarestFirst(ctx, tags); err != nil {
		return err
	}
	type row struct {
		Idea
		Key int64 `db:"sort_key"`
	}
	query, args := listSQL(ByNew, ideasOfI, tags, place{key: lastKey, id: lastID}, lastKey)
	return db.Each(ctx, m.db, query, args, func(r row) error { return fn(r.Idea) })
}
