package roundtable

import (
	"context"
	"slices"
	"strings"

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

// Found is a page of what a search finds, best first, and how many of all that has
// the words each value of each kind of filter would keep.
type Found struct {
	Page
	Tally *Tally
}

// Find looks for initiatives that have all the words of a query, or beginnings of
// them, among those that the filter finds, and gives the page after the initiative
// with id after (empty: the first). What is in preparation is found by officials
// only. Faults: what known says.
func (m *Module) Find(ctx context.Context, query string, f Filter, after string) (Found, error) {
	f.Inside = f.Inside && people.Me(ctx).Official()
	all, fits, err := m.hits(ctx, query, f)
	if err != nil {
		return Found{}, err
	}
	tally, err := m.tallyOf(ctx, f.area(), all)
	if err != nil {
		return Found{}, err
	}
	out := Found{Page: Page{Total: len(fits)}, Tally: tally}
	rest := fits[slices.Index(fits, after)+1:] // one that is not among them, or none: from the first
	if len(rest) > PageSize {
		rest = rest[:PageSize]
		out.Next = rest[PageSize-1]
	}
	out.Cards, err = m.Cards(ctx, rest...)
	return out, err
}

// EachFound reads what Search finds, as far as it looks, for exports.
func (m *Module) EachFound(ctx context.Context, query string, f Filter, fn func(Initiative) error) error {
	f.Inside = f.Inside && people.Me(ctx).Official()
	_, ids, err := m.hits(ctx, query, f)
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

// hits are the ids of all that has the words in the filter's area, which the person
// may read, and of those that the filters find among them.
func (m *Module) hits(ctx context.Context, query string, f Filter) (all, fits []string, err error) {
	if err := m.known(ctx, f, ""); err != nil {
		return nil, nil, err
	}
	tags, err := f.tags()
	if err != nil {
		return nil, nil, err
	}
	all, err = m.words.Query(ctx, f.area(), similar.Stems(query), SearchMost)
	if err != nil || tags[0].Kind == ByAll { // no filter: the words were looked for in that area only
		return all, all, err
	}
	for _, id := range all {
		ok, err := m.tagged(ctx, id, tags)
		if err != nil {
			return nil, nil, err
		}
		if ok {
			fits = append(fits, id)
		}
	}
	return all, fits, nil
}

// tagged says whether the filters find the initiative.
func (m *Module) tagged(ctx context.Context, id string, tags []tag) (bool, error) {
	for _, t := range tags {
		_, ok, err := db.Find[string](ctx, m.db, `SELECT initiative FROM roundtable_tag WHERE area = $1 AND kind = $2 AND code = $3 AND initiative = $4`, t.Area, t.Kind, t.Code, id)
		if err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// tallyOf counts what some initiatives, SearchMost at most, are filed under in an
// area.
func (m *Module) tallyOf(ctx context.Context, area string, ids []string) (*Tally, error) {
	out := &Tally{by: map[string]map[string]int{}}
	for some := range slices.Chunk(ids, PageSize) {
		rows, err := db.Query[string](ctx, m.db, tallySQL, padded(some)...)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			for one := range strings.SplitSeq(row, ",") {
				in, rest, _ := strings.Cut(one, " ")
				kind, code, _ := strings.Cut(rest, " ")
				if in == area {
					out.add(kind, code)
				}
			}
		}
	}
	return out, nil
}

// tallySQL asks for what PageSize initiatives are filed under, a row for each (see
// cardsSQL); a hundred rows of a dozen tags are read faster than a thousand of one.
// Codes hold neither spaces nor commas.
var tallySQL = `SELECT string_agg(area || ' ' || kind || ' ' || code, ',') FROM roundtable_tag
	WHERE initiative IN (` + marks(PageSize) + `) GROUP BY initiative`
