package ideas

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

const draftColumns = `id, owner, challenge, title, text, place, lat, lon, signature, created_at, at, version`

const (
	draftsMax   = 20                   // of one owner
	visitorKept = 30 * 24 * time.Hour  // a visitor's draft after the last word
	personKept  = 365 * 24 * time.Hour // a person's
	secretMin   = 20                   // a shorter secret could be guessed
)

// visitorMark begins the owner of a visitor's draft; the hash of the visitor's
// secret follows.
const visitorMark = "v:"

// owners are the names under which whoever makes the request has drafts, the one
// that new drafts get first.
func (m *Module) owners(ctx context.Context) []string {
	var out []string
	if who := people.Me(ctx); who.SignedIn() {
		out = append(out, who.Person)
	}
	if s := visitor(ctx).Secret; len(s) >= secretMin {
		out = append(out, visitorMark+m.hashed(s))
	}
	return out
}

// SaveDraft keeps what is being written; an empty ID makes a new draft. Conflict
// holds the stored Draft as Theirs when it moved on since d.Version.
func (m *Module) SaveDraft(ctx context.Context, d Draft) (Draft, error) {
	if _, err := (Case{}).Require(people.Me(ctx), MaySave); err != nil {
		return d, err
	}
	own := m.owners(ctx)
	if len(own) == 0 {
		return d, fault.New(fault.Forbidden, "fault.sign_in")
	}
	d.tidy()
	if err := m.checkDraft(ctx, d); err != nil {
		return d, err
	}
	d.At = clock.Now(ctx)
	err := m.db.Write(ctx, func(ctx context.Context) (err error) {
		if d.ID == "" {
			return m.newDraft(ctx, own, &d)
		}
		d, err = m.saveDraft(ctx, own, d)
		return err
	})
	return d, err
}

func (d *Draft) tidy() {
	d.Title = strings.Join(strings.Fields(d.Title), " ")
	d.Text = strings.TrimSpace(strings.ReplaceAll(d.Text, "\r\n", "\n"))
	d.Signature = strings.Join(strings.Fields(d.Signature), " ")
}

// checkDraft checks what can be wrong with something half written.
func (m *Module) checkDraft(ctx context.Context, d Draft) error {
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return err
	}
	var c fault.Check
	c.Text("title", d.Title, false, TitleMax)
	c.Text("text", d.Text, false, TextMax)
	c.Text("signature", d.Signature, false, SignatureMax)
	c.Require(d.Place == "" || ch.Territories.Has(d.Place), "place", "ideas.fault.place")
	c.Require(d.Lat >= -90 && d.Lat <= 90 && d.Lon >= -180 && d.Lon <= 180, "place", "ideas.fault.place")
	if d.Challenge != "" && c.Err() == nil {
		if ch, err := m.challengeWhere(ctx, "id", d.Challenge); err != nil || !ch.Public() {
			return orNotFound(err)
		}
	}
	return c.Err()
}

// orNotFound is the error, or NotFound without one.
func orNotFound(err error) error {
	if err == nil {
		err = notFound()
	}
	return err
}

func (m *Module) newDraft(ctx context.Context, own []string, d *Draft) error {
	if err := m.spend(ctx, limitDraft, people.Me(ctx).Person); err != nil {
		return err
	}
	if err := m.spendProof(ctx); err != nil {
		return err
	}
	kept, err := db.Query[string](ctx, m.db, `SELECT id FROM ideas_draft WHERE owner = $1 LIMIT $2`, own[0], draftsMax)
	if err != nil {
		return err
	}
	if len(kept) == draftsMax {
		return fault.New(fault.Conflict, "ideas.fault.drafts", "max", draftsMax)
	}
	d.ID, d.Owner, d.Created, d.Version = id.New(), own[0], d.At, 1
	return m.db.Insert(ctx, "ideas_draft", *d)
}

func (m *Module) saveDraft(ctx context.Context, own []string, d Draft) (Draft, error) {
	now, err := m.draft(ctx, own, d.ID)
	if err != nil {
		return d, err
	}
	n, err := m.db.Exec(ctx, `UPDATE ideas_draft SET challenge = $3, title = $4, text = $5, place = $6, lat = $7, lon = $8, signature = $9, at = $10,
		version = version + 1 WHERE id = $1 AND version = $2`, d.ID, d.Version, d.Challenge, d.Title, d.Text, d.Place, d.Lat, d.Lon, d.Signature, d.At)
	if err != nil {
		return d, err
	}
	if n == 0 {
		return d, &fault.Error{Kind: fault.Conflict, Key: "ideas.fault.draft_moved", Theirs: now}
	}
	d.Owner, d.Created, d.Images, d.Version = now.Owner, now.Created, now.Images, d.Version+1
	return d, nil
}

// draft reads one that belongs to one of the owners; of others nobody knows.
func (m *Module) draft(ctx context.Context, own []string, draft string) (Draft, error) {
	d, err := db.One[Draft](ctx, m.db, `SELECT `+draftColumns+` FROM ideas_draft WHERE id = $1`, draft)
	if err != nil {
		return d, err
	}
	if !slices.Contains(own, d.Owner) {
		return Draft{}, notFound()
	}
	d.Images, err = db.Query[string](ctx, m.db, `SELECT id FROM ideas_image WHERE draft = $1 ORDER BY id`, draft)
	return d, err
}

// Draft reads a draft of the person or visitor.
func (m *Module) Draft(ctx context.Context, draft string) (Draft, error) {
	return m.draft(ctx, m.owners(ctx), draft)
}

// Drafts are those of the person and of the visitor, newest first.
func (m *Module) Drafts(ctx context.Context) ([]Draft, error) {
	var out []Draft
	for _, owner := range m.owners(ctx) {
		some, err := db.Query[Draft](ctx, m.db, `SELECT `+draftColumns+` FROM ideas_draft WHERE owner = $1 ORDER BY id DESC LIMIT $2`, owner, draftsMax)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	slices.SortStableFunc(out, func(a, b Draft) int { return b.At.Compare(a.At) })
	return out, nil
}

// DropDraft throws a draft away, with its pictures.
func (m *Module) DropDraft(ctx context.Context, draft string) error {
	own := m.owners(ctx)
	return m.db.Write(ctx, func(ctx context.Context) error {
		if _, err := m.draft(ctx, own, draft); err != nil {
			return err
		}
		return m.eraseDraft(ctx, draft)
	})
}

func (m *Module) eraseDraft(ctx context.Context, draft string) error {
	for _, sql := range []string{`DELETE FROM ideas_image_data WHERE id IN (SELECT id FROM ideas_image WHERE draft = $1)`,
		`DELETE FROM ideas_image WHERE draft = $1`, `DELETE FROM ideas_draft WHERE id = $1`} {
		if _, err := m.db.Exec(ctx, sql, draft); err != nil {
			return err
		}
	}
	return nil
}
