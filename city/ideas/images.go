package ideas

import (
	"context"
	"slices"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/id"
	"ronda/platform/photo"
)

const imageColumns = `id, draft, idea, width, height, size, sha256, at`

// AddImage adds a picture to a draft and gives its id. The file is a JPEG, PNG or
// WebP; what is kept is a JPEG made of it.
func (m *Module) AddImage(ctx context.Context, draft string, file []byte) (string, error) {
	if _, err := (Case{}).Require(people.Me(ctx), MaySave); err != nil {
		return "", err
	}
	own := m.owners(ctx)
	if _, err := m.draft(ctx, own, draft); err != nil {
		return "", err
	}
	p, ok, err := m.darkroom.Develop(ctx, file)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", bad("image", "ideas.fault.image", "max", photo.MaxBytes>>20, "pixels", photo.MaxPixels/1_000_000)
	}
	x := Image{ID: id.New(), Draft: draft, Width: p.Width, Height: p.Height, Size: int64(len(p.Data)), SHA256: p.SHA256, At: clock.Now(ctx)}
	return x.ID, m.db.Write(ctx, func(ctx context.Context) error {
		n, err := m.db.Exec(ctx, `UPDATE ideas_draft SET at = $2 WHERE id = $1`, draft, x.At) // pictures of one draft come one after another
		if err := db.Changed(n, err, "fault.conflict"); err != nil {
			return err
		}
		d, err := m.draft(ctx, own, draft)
		if err != nil {
			return err
		}
		if len(d.Images) >= ImagesMax {
			return bad("image", "fault.too_many", "max", ImagesMax)
		}
		if err := m.spend(ctx, limitImage, people.Me(ctx).Person); err != nil {
			return err
		}
		if err := m.db.Insert(ctx, "ideas_image", x); err != nil {
			return err
		}
		_, err = m.db.Exec(ctx, `INSERT INTO ideas_image_data (id, data) VALUES ($1, $2)`, x.ID, p.Data)
		return err
	})
}

// DropImage takes a picture off a draft.
func (m *Module) DropImage(ctx context.Context, draft, image string) error {
	own := m.owners(ctx)
	return m.db.Write(ctx, func(ctx context.Context) error {
		d, err := m.draft(ctx, own, draft)
		if err != nil || !slices.Contains(d.Images, image) {
			return orNotFound(err)
		}
		if _, err := m.db.Exec(ctx, `DELETE FROM ideas_image_data WHERE id = $1`, image); err != nil {
			return err
		}
		_, err = m.db.Exec(ctx, `DELETE FROM ideas_image WHERE id = $1`, image)
		return err
	})
}

// Image is a picture with its bytes, a JPEG, for whoever may see what it belongs
// to.
func (m *Module) Image(ctx context.Context, image string) (Image, []byte, error) {
	x, err := db.One[Image](ctx, m.db, `SELECT `+imageColumns+` FROM ideas_image WHERE id = $1`, image)
	if err != nil {
		return x, nil, err
	}
	if x.Idea == "" {
		_, err = m.draft(ctx, m.owners(ctx), x.Draft)
	} else {
		err = m.seesWords(ctx, x.Idea)
	}
	if err != nil {
		return Image{}, nil, err
	}
	data, err := db.One[[]byte](ctx, m.db, `SELECT data FROM ideas_image_data WHERE id = $1`, image)
	return x, data, err
}

// seesWords says whether the person may read the idea with the id.
func (m *Module) seesWords(ctx context.Context, idea string) error {
	i, err := m.byID(ctx, idea)
	if err != nil || i.Public() {
		return err
	}
	c, err := m.caseOf(ctx, i)
	if err != nil {
		return err
	}
	if _, reads := c.Can(people.Me(ctx), MayReadUnseen); !reads {
		return notFound()
	}
	return nil
}
