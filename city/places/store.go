package places

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"ronda/city/charter"
	"ronda/platform/db"
)

// boundary is a row of places_boundary.
type boundary struct {
	Level     charter.Level `db:"level"`
	Territory string        `db:"territory"`
	Outline   string        `db:"outline"`
}

func (m *Module) layers(ctx context.Context) ([]Layer, error) {
	return db.Query[Layer](ctx, m.db, `SELECT level, source, sha256, imported_at FROM places_layer ORDER BY level`)
}

// outlines reads the boundaries of every level.
func (m *Module) outlines(ctx context.Context) (map[charter.Level]outlines, error) {
	all := map[charter.Level]outlines{}
	err := db.Each(ctx, m.db, `SELECT level, territory, outline FROM places_boundary`, nil, func(b boundary) error {
		if all[b.Level] == nil {
			all[b.Level] = outlines{}
		}
		shape := all[b.Level][b.Territory]
		if err := json.Unmarshal([]byte(b.Outline), &shape); err != nil {
			return fmt.Errorf("boundary of %s: %w", b.Territory, err)
		}
		all[b.Level][b.Territory] = shape
		return nil
	})
	return all, err
}

// replace puts the outlines of a level in the place of those it has.
func (m *Module) replace(ctx context.Context, l Layer, found outlines) error {
	_, err := m.db.Exec(ctx, `INSERT INTO places_layer (level, source, sha256, imported_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (level) DO UPDATE SET source = excluded.source, sha256 = excluded.sha256, imported_at = excluded.imported_at`,
		l.Level, l.Source, l.SHA256, l.ImportedAt)
	if err != nil {
		return err
	}
	if _, err := m.db.Exec(ctx, `DELETE FROM places_boundary WHERE level = $1`, l.Level); err != nil {
		return err
	}
	for _, code := range slices.Sorted(maps.Keys(found)) {
		outline, err := json.Marshal(found[code])
		if err != nil {
			return err
		}
		if err := m.db.Insert(ctx, "places_boundary", boundary{l.Level, code, string(outline)}); err != nil {
			return err
		}
	}
	return nil
}
