package roundtable

import (
	"context"
	"slices"

	"ronda/city/people"
	"ronda/method/similar"
	"ronda/platform/db"
	"ronda/platform/search"
)

// found puts the initiative's words where a search finds them.
func (m *Module) found(ctx context.Context, i Initiative) error {
	return m.words.Put(ctx, i.ID, search.Text{Area: areaOf(i), Title: similar.Fold(i.Number + " " + i.Title),
		Body: similar.Fold(i.Line + " " + i.Change + " " + i.Problem)})
}

// SearchMost is how many hits of the words are held against the filters, and so
// how many a search finds at most.
const SearchMost = 100

// Search finds initiatives that have all the words of a query, or beginnings of
// them, best first, among those that the filter finds. What is in preparation is
// found by officials only.
func (m *Module) Search(ctx context.Context, query string, f Filter, limit int) ([]Card, error) {
	ids, err := m.hits(ctx, query, f, limit)
	if err != nil {
		return nil, err
	}
	return m.Cards(ctx, ids...)
}

// EachFound reads what Search finds, as far as it looks, for exports.
func (m *Module) EachFound(ctx context.Context, query string, f Filter, fn func(Initiative) error) error {
	ids, err := m.hits(ctx, query, f, SearchMost)
	if err != nil {
		return err
	}
	for _, id := range ids {
		i, err := m.byID(ctx, id)
		if err != nil {
			return err
		}
		if !f.Inside && !i.State.Public() {
			continue
		}
		if err := fn(i); err != nil {
			return err
		}
	}
	return nil
}

// hits are the ids of what a search finds in the area that the person may read.
func (m *Module) hits(ctx context.Context, query string, f Filter, limit int) ([]string, error) {
	f.Inside = f.Inside && people.Me(ctx).Official()
	if err := m.known(ctx, f, ""); err != nil {
		return nil, err
	}
	tags, err := f.tags()
	if err != nil {
		return nil, err
	}
	most := SearchMost
	if tags[0].Kind == ByAll { // no filter: the words are looked for in that area only
		most = limit
	}
	ids, err := m.words.Query(ctx, f.area(), similar.Stems(query), most)
	if err != nil {
		return nil, err
	}
	var fits []string
	for _, id := range ids {
		ok, err := m.tagged(ctx, id, tags)
		if err != nil {
			return nil, err
		}
		if ok && len(fits) < limit {
			fits = append(fits, id)
		}
	}
	return fits, nil
}

// tagged says whether the filters find the initiative.
func (m *Module) tagged(ctx context.Context, id string, tags []tag) (bool, error) {
	for _, t := range tags {
		if t.Kind == ByAll {
			continue // the words were looked for in that area only
		}
		_, ok, err := db.Find[string](ctx, m.db, `SELECT initiative FROM roundtable_tag WHERE area = $1 AND kind = $2 AND code = $3 AND initiative = $4`, t.Area, t.Kind, t.Code, id)
		if err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// CountsFound is how many of the initiatives that have the words of a query each
// value of each kind of filter finds.
func (m *Module) CountsFound(ctx context.Context, query string, inside bool) (*Tally, error) {
	f := Filter{Inside: inside}
	ids, err := m.hits(ctx, query, f, SearchMost)
	out := &Tally{by: map[string]map[string]int{}}
	for some := range slices.Chunk(ids, PageSize) {
		tags, err := db.Query[tag](ctx, m.db, tagsSQL, padded(some)...)
		if err != nil {
			return nil, err
		}
		for _, t := range tags {
			if t.Area == f.area() {
				out.add(t)
			}
		}
	}
	return out, err
}

// tagsSQL asks for what PageSize initiatives are filed under; see cardsSQL.
var tagsSQL = `SELECT area, kind, code FROM roundtable_tag WHERE initiative IN (` + marks(PageSize) + `)`
