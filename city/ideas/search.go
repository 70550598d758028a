package ideas

import (
	"context"
	"strings"

	"ronda/method/similar"
	"ronda/platform/db"
	"ronda/platform/search"
)

// The areas of the search: what everybody finds, and what nobody does.
const (
	areaPublic = "public"
	areaUnseen = "unseen"
)

// found puts the idea's words where a search finds them.
func (m *Module) found(ctx context.Context, i Idea) error {
	area := areaUnseen
	if i.Public() {
		area = areaPublic
	}
	return m.words.Put(ctx, i.ID, search.Text{Area: area, Title: similar.Fold(i.Number + " " + i.Title), Body: similar.Fold(i.Text + " " + i.Tags)})
}

// searchMost is how many hits of the words are held against the filters.
const searchMost = 100

// Search finds ideas that have all the words of a query, or beginnings of them,
// best first, among those that the filter finds; at most limit, and never more
// than searchMost. The filter's order does not count.
func (m *Module) Search(ctx context.Context, query string, f Filter, limit int) ([]Card, error) {
	f.Order = ByNew
	tags, err := f.tags()
	if err != nil {
		return nil, err
	}
	most := searchMost
	if tags[0].Kind == FilterAll {
		most = min(limit, searchMost)
	}
	ids, err := m.words.Query(ctx, areaPublic, similar.Stems(query), most)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	if tags[0].Kind != FilterAll {
		if ids, err = m.tagged(ctx, ids, tags); err != nil {
			return nil, err
		}
	}
	return m.Cards(ctx, ids[:min(limit, len(ids))]...)
}

// tagged leaves those ids that every condition finds.
func (m *Module) tagged(ctx context.Context, ids []string, tags []tag) ([]string, error) {
	for _, t := range tags {
		args := []any{t.Kind, t.Code}
		for n := range searchMost {
			args = append(args, ids[min(n, len(ids)-1)])
		}
		has, err := db.Query[string](ctx, m.db, taggedSQL, args...)
		if err != nil {
			return nil, err
		}
		in := strings.Join(has, " ")
		var left []string
		for _, id := range ids {
			if strings.Contains(in, id) {
				left = append(left, id)
			}
		}
		if ids = left; len(ids) == 0 {
			break
		}
	}
	return ids, nil
}

var taggedSQL = `SELECT idea FROM ideas_tag WHERE kind = $1 AND code = $2 AND idea IN (` + marks(3, searchMost) + `)`
