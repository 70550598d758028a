package roundtable

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"ronda/city/people"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Card is an initiative as a list shows it.
type Card struct {
	ID        string    `db:"id"`
	Number    string    `db:"number"`
	Charter   string    `db:"charter"`
	State     State     `db:"state"`
	Title     string    `db:"title"`
	Line      string    `db:"line"`
	Change    string    `db:"change"`
	Axis      string    `db:"axis"`
	Sponsor   string    `db:"sponsor"`
	Ministry  string    `db:"ministry"`
	Ring      string    `db:"ring"`
	Signed    int       `db:"signed"`
	Current   int       `db:"current"`
	Override  bool      `db:"override"`
	Invented  bool      `db:"invented"`
	Questions int       `db:"questions"`
	Moved     time.Time `db:"moved_at"`
}

const cardColumns = `id, number, charter, state, title, line, change, axis, sponsor, ministry, ring, signed, current, override, invented, questions, moved_at`

// PageSize is how many initiatives a page of a list holds.
const PageSize = 24

// Page is a slice of a list, newest first. Next continues it, empty at the end.
type Page struct {
	Cards []Card
	Next  string
	Total int // how many the filter finds; -1 when it combines kinds and nobody counted
}

// List reads a page of the list after the initiative with id after (empty: from
// the newest). size is at most 100, PageSize when 0. Faults: Forbidden, and what
// known says.
func (m *Module) List(ctx context.Context, f Filter, after string, size int) (Page, error) {
	if f.Inside && !people.Me(ctx).Official() {
		return Page{}, fault.New(fault.Forbidden, "fault.forbidden")
	}
	if size <= 0 || size > 100 {
		size = PageSize
	}
	if err := m.known(ctx, f, after); err != nil {
		return Page{}, err
	}
	tags, err := f.tags()
	if err != nil {
		return Page{}, err
	}
	counts, err := m.rarestFirst(ctx, f.Inside, tags)
	if err != nil {
		return Page{}, err
	}
	if after == "" {
		after = id.Last
	}
	query, args := listSQL(cardColumns, tags, after, size+1)
	cards, err := db.Query[Card](ctx, m.db, query, args...)
	if err != nil {
		return Page{}, err
	}
	p := Page{Cards: cards, Total: -1}
	if len(tags) == 1 {
		p.Total = counts[tags[0]]
	}
	if len(cards) > size {
		p.Cards, p.Next = cards[:size], cards[size-1].ID
	}
	return p, nil
}

// rarestFirst orders the conditions so that the one which finds least drives the
// query, and gives their counts.
func (m *Module) rarestFirst(ctx context.Context, inside bool, tags []tag) (map[tag]int, error) {
	all, err := m.AllCounts(ctx, inside)
	if err != nil {
		return nil, err
	}
	counts := map[tag]int{}
	for _, t := range tags {
		counts[t] = all.Of(t.Kind, t.Code)
	}
	slices.SortStableFunc(tags, func(a, b tag) int { return counts[a] - counts[b] })
	return counts, nil
}

// allOf are the columns of an initiative in a list.
var allOf = "i." + strings.ReplaceAll(strings.Join(strings.Fields(initiativeColumns), " "), ", ", ", i.")

// listSQL asks for columns of the initiatives that have all tags.
func listSQL(columns string, tags []tag, after string, limit int) (string, []any) {
	args := []any{tags[0].Area, tags[0].Kind, tags[0].Code, after, limit}
	var also strings.Builder
	for _, t := range tags[1:] {
		n := len(args)
		also.WriteString(` AND EXISTS (SELECT 1 FROM roundtable_tag x WHERE x.area = $1 AND x.kind = $` + strconv.Itoa(n+1) + ` AND x.code = $` + strconv.Itoa(n+2) + ` AND x.initiative = t.initiative)`)
		args = append(args, t.Kind, t.Code)
	}
	return `SELECT ` + columns + ` FROM roundtable_tag t JOIN roundtable_initiative i ON i.id = t.initiative
		WHERE t.area = $1 AND t.kind = $2 AND t.code = $3 AND t.initiative < $4` + also.String() + ` ORDER BY t.initiative DESC LIMIT $5`, args
}

// Cards reads initiatives by id, in that order; those that do not exist, or that
// the person of the context must not know of, are left out.
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
	inside := people.Me(ctx).Official()
	for _, id := range ids {
		if c, ok := found[id]; ok && (inside || c.State.Public()) {
			out = append(out, c)
		}
	}
	return out, nil
}

// Initiatives reads initiatives by id; those that do not exist, or that the person
// of the context must not know of, are left out.
func (m *Module) Initiatives(ctx context.Context, ids ...string) (map[string]Initiative, error) {
	out := make(map[string]Initiative, len(ids))
	inside := people.Me(ctx).Official()
	for some := range slices.Chunk(ids, PageSize) {
		found, err := db.Query[Initiative](ctx, m.db, initiativesSQL, padded(some)...)
		if err != nil {
			return nil, err
		}
		for _, i := range found {
			if inside || i.State.Public() {
				out[i.ID] = i
			}
		}
	}
	return out, nil
}

var initiativesSQL = `SELECT ` + initiativeColumns + ` FROM roundtable_initiative WHERE id IN (` + marks(PageSize) + `)`

// cardsSQL asks for PageSize ids; fewer repeat the last, so that its text is
// always the same and prepared once.
var cardsSQL = `SELECT ` + cardColumns + ` FROM roundtable_initiative WHERE id IN (` + marks(PageSize) + `)`

func marks(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	return b.String()
}

func padded(ids []string) []any {
	out := make([]any, PageSize)
	for i := range out {
		out[i] = ids[min(i, len(ids)-1)]
	}
	return out
}

// Each reads every initiative that the filter finds, newest first, without holding
// them, for exports. Faults: Forbidden, and what known says.
func (m *Module) Each(ctx context.Context, f Filter, fn func(Initiative) error) error {
	if f.Inside && !people.Me(ctx).Official() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	if err := m.known(ctx, f, ""); err != nil {
		return err
	}
	tags, err := f.tags()
	if err != nil {
		return err
	}
	if _, err := m.rarestFirst(ctx, f.Inside, tags); err != nil {
		return err
	}
	query, args := listSQL(allOf, tags, id.Last, eachMax)
	return db.Each(ctx, m.db, query, args, fn)
}

// eachMax is more than any list has.
const eachMax = 1 << 40
