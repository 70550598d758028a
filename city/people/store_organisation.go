package people

import (
	"context"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
)

type organisationRow struct {
	ID      string           `db:"id"`
	Name    string           `db:"name"`
	Fold    string           `db:"fold"`
	Kind    OrganisationKind `db:"kind"`
	Created time.Time        `db:"created_at"`
}

// insertOrganisation reports false when one of that name stands already.
func (m *Module) insertOrganisation(ctx context.Context, o Organisation) (bool, error) {
	n, err := m.db.Exec(ctx, `INSERT INTO people_organisation (id, name, fold, kind, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (fold) DO NOTHING`, o.ID, o.Name, fold(o.Name), o.Kind, clock.Now(ctx))
	return n > 0, err
}

// Organisations lists the organisations by name, those that come after the one
// with that id, all for none; limit rows.
func (m *Module) Organisations(ctx context.Context, after string, limit int) ([]Organisation, error) {
	rows, err := db.Query[organisationRow](ctx, m.db, `SELECT id, name, fold, kind, created_at FROM people_organisation
		WHERE $1 = '' OR fold > (SELECT fold FROM people_organisation WHERE id = $1) ORDER BY fold LIMIT $2`, after, limit)
	out := make([]Organisation, len(rows))
	for i, r := range rows {
		out[i] = Organisation{r.ID, r.Name, r.Kind}
	}
	return out, err
}

// OrganisationNames are the names of organisations by id; unknown ids are left
// out.
func (m *Module) OrganisationNames(ctx context.Context, ids ...string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	marks, args := list(ids, 1)
	err := db.Each(ctx, m.db, `SELECT id, name FROM people_organisation WHERE id IN (`+marks+`)`, args, func(r namedRow) error {
		names[r.ID] = r.Name
		return nil
	})
	return names, err
}

type specialistRow struct {
	Person       string `db:"person"`
	Name         string `db:"name"`
	Organisation string `db:"organisation"`
	Body         string `db:"body"`
	Consent      bool   `db:"consent"`
}

type tagRow struct {
	Tag    string `db:"tag"`
	Person string `db:"person"`
}

func (m *Module) putSpecialist(ctx context.Context, s Specialist, now time.Time) error {
	_, err := m.db.Exec(ctx, `INSERT INTO people_specialist (person, organisation, body, consent, consent_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (person) DO UPDATE SET organisation = excluded.organisation, body = excluded.body,
			consent = excluded.consent, consent_at = excluded.consent_at`, s.Person, s.Organisation, s.Body, s.Consent, now)
	if err != nil {
		return err
	}
	if _, err := m.db.Exec(ctx, `DELETE FROM people_specialist_tag WHERE person = $1`, s.Person); err != nil {
		return err
	}
	for _, t := range s.Tags {
		if err := m.db.Insert(ctx, "people_specialist_tag", tagRow{t, s.Person}); err != nil {
			return err
		}
	}
	return nil
}

const specialistQuery = `SELECT s.person, p.name, s.organisation, s.body, s.consent
	FROM people_specialist s JOIN people_person p ON p.id = s.person `

// SpecialistFilter picks specialists.
type SpecialistFilter struct {
	Tag   string // of this expertise; empty: of any
	After string // person id: those after this one in the list
	Limit int    // at most; 0 is 50
}

const specialistPage = 50

// Specialists lists specialists by name. What the caller may show of one without
// consent is the caller's to decide: in public, nothing that names them.
func (m *Module) Specialists(ctx context.Context, f SpecialistFilter) ([]Specialist, error) {
	if f.Limit <= 0 {
		f.Limit = specialistPage
	}
	rows, err := db.Query[specialistRow](ctx, m.db, specialistQuery+`WHERE
		($1 = '' OR s.person IN (SELECT person FROM people_specialist_tag WHERE tag = $1))
		AND ($2 = '' OR (p.fold, p.id) > (SELECT fold, id FROM people_person WHERE id = $2))
		ORDER BY p.fold, p.id LIMIT $3`, f.Tag, f.After, f.Limit)
	if err != nil {
		return nil, err
	}
	return m.tagged(ctx, rows)
}

// Specialist is what is known of a person as a specialist, ok false when the
// person is none.
func (m *Module) Specialist(ctx context.Context, person string) (s Specialist, ok bool, err error) {
	rows, err := db.Query[specialistRow](ctx, m.db, specialistQuery+"WHERE s.person = $1", person)
	if err != nil || len(rows) == 0 {
		return Specialist{}, false, err
	}
	all, err := m.tagged(ctx, rows)
	if err != nil {
		return Specialist{}, false, err
	}
	return all[0], true, nil
}

// tagged adds what each specialist knows.
func (m *Module) tagged(ctx context.Context, rows []specialistRow) ([]Specialist, error) {
	out := make([]Specialist, len(rows))
	at := make(map[string]int, len(rows))
	ids := make([]string, len(rows))
	for i, r := range rows {
		out[i] = Specialist{Person: r.Person, Name: r.Name, Organisation: r.Organisation, Body: r.Body, Consent: r.Consent}
		at[r.Person], ids[i] = i, r.Person
	}
	if len(ids) == 0 {
		return out, nil
	}
	marks, args := list(ids, 1)
	err := db.Each(ctx, m.db, `SELECT tag, person FROM people_specialist_tag WHERE person IN (`+marks+`) ORDER BY person, tag`, args, func(r tagRow) error {
		i := at[r.Person]
		out[i].Tags = append(out[i].Tags, r.Tag)
		return nil
	})
	return out, err
}

// Tags are all expertises, in order.
func (m *Module) Tags(ctx context.Context) ([]string, error) {
	return db.Query[string](ctx, m.db, `SELECT DISTINCT tag FROM people_specialist_tag ORDER BY tag`)
}
