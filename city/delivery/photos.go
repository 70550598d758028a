package delivery

import (
	"context"

	"ronda/platform/db"
	"ronda/platform/id"
	"ronda/platform/photo"
)

// Photo is a photograph of a report, a JPEG.
type Photo struct {
	ID       string `db:"id"`
	Report   string `db:"report"`
	Position int    `db:"position"`
	Caption  string `db:"caption"`
	Width    int    `db:"width"`
	Height   int    `db:"height"`
	Size     int64  `db:"size"` // bytes
	SHA256   string `db:"sha256"`
}

const photoColumns = `id, report, position, caption, width, height, size, sha256`

func (m *Module) keep(ctx context.Context, report string, at int, caption string, p photo.Picture) error {
	x := Photo{ID: id.New(), Report: report, Position: at, Caption: caption, Width: p.Width, Height: p.Height, Size: int64(len(p.Data)), SHA256: p.SHA256}
	if err := m.db.Insert(ctx, "delivery_photo", x); err != nil {
		return err
	}
	_, err := m.db.Exec(ctx, `INSERT INTO delivery_photo_data (id, data) VALUES ($1, $2)`, x.ID, p.Data)
	return err
}

// Photos are those of reports, by the report's id, in their order.
func (m *Module) Photos(ctx context.Context, reports ...Account) (map[string][]Photo, error) {
	out := map[string][]Photo{}
	if len(reports) == 0 {
		return out, nil
	}
	ids := make([]string, len(reports))
	for n, r := range reports {
		ids[n] = r.ID
	}
	marks, args := in(ids, 1)
	all, err := db.Query[Photo](ctx, m.db, `SELECT `+photoColumns+` FROM delivery_photo WHERE report IN `+marks+` ORDER BY report, position`, args...)
	for _, p := range all {
		out[p.Report] = append(out[p.Report], p)
	}
	return out, err
}

// Photo is a photograph with its bytes, for whoever may know of its initiative. It
// is served as a file of its own, never as a page.
func (m *Module) Photo(ctx context.Context, photo string) (Photo, []byte, error) {
	p, err := db.One[Photo](ctx, m.db, `SELECT `+photoColumns+` FROM delivery_photo WHERE id = $1`, photo)
	if err != nil {
		return p, nil, err
	}
	initiative, err := db.One[string](ctx, m.db, `SELECT initiative FROM delivery_report WHERE id = $1`, p.Report)
	if err != nil {
		return p, nil, err
	}
	if _, err := m.Roundtable.ByID(ctx, initiative); err != nil {
		return Photo{}, nil, err
	}
	data, err := db.One[[]byte](ctx, m.db, `SELECT data FROM delivery_photo_data WHERE id = $1`, photo)
	return p, data, err
}
