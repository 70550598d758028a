package ideas

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
)

// Order is how a list is ordered.
type Order string

// The orders.
const (
	ByNew      Order = "new"
	BySupports Order = "supports"
	ByWaiting  Order = "unanswered" // those without an answer, the longest waiting first
	ByChance   Order = "random"     // begins elsewhere each day, the same for everybody
)

// Orders lists the orders.
var Orders = []Order{ByNew, BySupports, ByWaiting, ByChance}

// column is what the order goes by.
func (o Order) column() string {
	switch o {
	case BySupports:
		return "supports"
	case ByChance:
		return "chance"
	}
	return "at"
}

func (o Order) falling() bool { return o == ByNew || o == BySupports }

// Filter picks published ideas: values by kind (see FilterKinds).
type Filter struct {
	By    map[string]string
	Order Order  // empty: ByNew
	After string // the Next of the page before
	Size  int    // 0: PageSize, at most 100
}

// PageSize is how many ideas a page of a list holds.
const PageSize = 20

// Page is a slice of a list. Next continues it, empty at the end.
type Page struct {
	Cards []Card
	Next  string
	Total int // how many the filter finds; -1 when it combines kinds and nobody counted
}

// tags are the filter's conditions, "all" when there is none.
func (f Filter) tags() ([]tag, error) {
	var out []tag
	for kind, code := range f.By {
		if code == "" {
			continue
		}
		if !slices.Contains(FilterKinds, kind) {
			return nil, notFound()
		}
		out = append(out, tag{kind, code})
	}
	if f.Order == ByWaiting && f.By[FilterAnswer] == "" {
		out = append(out, tag{FilterAnswer, No})
	}
	if len(out) == 0 {
		out = append(out, tag{FilterAll, ""})
	}
	slices.SortFunc(out, tag.compare)
	return out, nil
}

// List reads a page of published ideas.
func (m *Module) List(ctx context.Context, f Filter) (Page, error) {
	f.Order = cmp.Or(f.Order, ByNew)
	tags, err := f.tags()
	if err != nil || !slices.Contains(Orders, f.Order) {
		return Page{}, cmp.Or(err, notFound())
	}
	if f.Size <= 0 || f.Size > 100 {
		f.Size = PageSize
	}
	total, err := m.rarestFirst(ctx, tags)
	if err != nil {
		return Page{}, err
	}
	rows, err := m.rows(ctx, tags, f)
	if err != nil {
		return Page{}, err
	}
	p := Page{Total: total}
	for n, r := range rows {
		if n == f.Size {
			p.Next = m.cursor(ctx, f, rows[n-1])
			break
		}
		p.Cards = append(p.Cards, r.Card)
	}
	return p, nil
}

// rarestFirst orders the conditions so that the one which finds least drives the
// query, and gives how many a single one finds.
func (m *Module) rarestFirst(ctx context.Context, tags []tag) (total int, err error) {
	all, err := m.Counts(ctx)
	if err != nil {
		return 0, err
	}
	slices.SortStableFunc(tags, func(a, b tag) int { return all.Of(a.Kind, a.Code) - all.Of(b.Kind, b.Code) })
	if len(tags) > 1 {
		return -1, nil
	}
	return all.Of(tags[0].Kind, tags[0].Code), nil
}

// sortedCard is a card with what the list was ordered by.
type sortedCard struct {
	Card
	Key int64 `db:"sort_key"`
}

// place is where a list goes on: behind the key and the id.
type place struct {
	start int64 // of the day, in the order by chance
	key   int64
	id    string
}

func (m *Module) cursor(ctx context.Context, f Filter, last sortedCard) string {
	at := strconv.FormatInt(last.Key, 10) + "_" + last.ID
	if f.Order != ByChance {
		return at
	}
	start := m.startOf(ctx)
	if from, ok := readPlace(f); ok {
		start = from.start
	}
	return strconv.FormatInt(start, 10) + "_" + at
}

// readPlace reads a cursor; one that we did not make is none.
func readPlace(f Filter) (p place, ok bool) {
	parts := strings.Split(f.After, "_")
	var err error
	if f.Order == ByChance {
		if p.start, err = strconv.ParseInt(parts[0], 10, 64); err != nil {
			return place{}, false
		}
		parts = parts[1:]
	}
	if len(parts) != 2 || len(parts[1]) != len(noID) {
		return place{}, false
	}
	p.key, err = strconv.ParseInt(parts[0], 10, 64)
	p.id = parts[1]
	return p, err == nil
}

// startOf is where today's order by chance begins.
func (m *Module) startOf(ctx context.Context) int64 {
	zone := time.UTC
	if ch, err := m.charters.Current(ctx); err == nil {
		zone = ch.City.Zone
	}
	return chance(string(clock.DayOf(clock.Now(ctx), zone)))
}

// rows reads one more card than the page holds, to know whether it goes on.
func (m *Module) rows(ctx context.Context, tags []tag, f Filter) ([]sortedCard, error) {
	from, given := readPlace(f)
	if f.After != "" && !given {
		return nil, notFound()
	}
	if f.Order == ByChance {
		return m.byChance(ctx, tags, f, from, given)
	}
	if !given {
		from = place{key: noKey, id: noID}
		if f.Order.falling() {
			from = place{key: lastKey, id: lastID}
		}
	}
	query, args := listSQL(f.Order, cardsOfI, tags, from, lastKey)
	return db.Query[sortedCard](ctx, m.db, query+` LIMIT `+strconv.Itoa(f.Size+1), args...)
}

// byChance goes round the fixed order by chance once, from where the day begins.
func (m *Module) byChance(ctx context.Context, tags []tag, f Filter, from place, given bool) ([]sortedCard, error) {
	if !given {
		from = place{start: m.startOf(ctx), id: noID}
		from.key = from.start
	}
	var rows []sortedCard
	limit := func() string { return ` LIMIT ` + strconv.Itoa(f.Size+1-len(rows)) }
	if from.key >= from.start {
		query, args := listSQL(f.Order, cardsOfI, tags, from, lastKey)
		var err error
		if rows, err = db.Query[sortedCard](ctx, m.db, query+limit(), args...); err != nil || len(rows) > f.Size {
			return rows, err
		}
		from.key, from.id = noKey, noID
	}
	query, args := listSQL(f.Order, cardsOfI, tags, from, from.start-1)
	more, err := db.Query[sortedCard](ctx, m.db, query+limit(), args...)
	return append(rows, more...), err
}

// Keys and ids before and after all others. Ids have the form of those that are
// given, because collations differ in where they put other signs.
const (
	noKey, lastKey = int64(-1), int64(1<<63 - 1)
	noID           = "00000000-0000-0000-0000-000000000000"
	lastID         = "ffffffff-ffff-7fff-bfff-ffffffffffff"
)

// listSQL is the query of a list behind a place, up to a key, without its limit.
func listSQL(o Order, columns string, tags []tag, from place, upTo int64) (string, []any) {
	args := []any{tags[0].Kind, tags[0].Code, from.key, from.id, upTo}
	var also strings.Builder
	for _, t := range tags[1:] {
		n := len(args)
		also.WriteString(` AND EXISTS (SELECT 1 FROM ideas_tag x WHERE x.idea = t.idea AND x.kind = $` + strconv.Itoa(n+1) + ` AND x.code = $` + strconv.Itoa(n+2) + `)`)
		args = append(args, t.Kind, t.Code)
	}
	key, sign, way := "t."+o.column(), ">", ""
	if o.falling() {
		sign, way = "<", " DESC"
	}
	return `SELECT ` + columns + `, ` + key + ` AS sort_key FROM ideas_tag t JOIN ideas_idea i ON i.id = t.idea
		WHERE t.kind = $1 AND t.code = $2 AND (` + key + `, t.idea) ` + sign + ` ($3, $4) AND ` + key + ` <= $5` + also.String() +
		` ORDER BY ` + key + way + `, t.idea` + way, args
}
