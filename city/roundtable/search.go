package roundtable

import (
	"context"

	"ronda/city/people"
	"ronda/method/similar"
	"ronda/platform/search"
)

// found puts the initiative's words where a search finds them.
func (m *Module) found(ctx context.Context, i Initiative) error {
	return m.words.Put(ctx, i.ID, search.Text{Area: areaOf(i), Title: similar.Fold(i.Number + " " + i.Title),
		Body: similar.Fold(i.Line + " " + i.Change + " " + i.Problem)})
}

// Search finds initiatives that have all the words of a query, or beginnings of
// them, best first. What is in preparation is found by officials only.
func (m *Module) Search(ctx context.Context, query string, inside bool, limit int) ([]Card, error) {
	area := PublicArea
	if inside && people.Me(ctx).Official() {
		area = InsideArea
	}
	ids, err := m.words.Query(ctx, area, similar.Stems(query), limit)
	if err != nil {
		return nil, err
	}
	return m.Cards(ctx, ids...)
}
