package roundtable

import (
	"context"
	"embed"
	"fmt"
	"strconv"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this module.
var Migrations = db.Migrations{Module: "roundtable", FS: migrations}

// OwnerState is where a co-ownership stands.
type OwnerState string

// The states of a co-ownership.
const (
	OwnerAsked OwnerState = "asked"
	OwnerIn    OwnerState = "in"
	OwnerOut   OwnerState = "out" // said no, or left
)

// Owner is a ministry that co-owns an initiative or is asked to.
type Owner struct {
	Ministry string     `db:"ministry"`
	State    OwnerState `db:"state"`
}

const initiativeColumns = `id, number, charter, state, title, line, change, problem, type, axis, sdg, author, author_body, sponsor,
	ministry, why_new, joined, ring, signed, current, returns, override, override_reason, invented, questions, created_at, filed_at, decided_at,
	deferred_until, moved_at, version, origin`

const stepColumns = `initiative, code, number, office, state, flagged, entered_at, due, spent, returns, signed_at, signer, signer_post, present_at`

// byNumber finds an initiative by its readable number.
func (m *Module) byNumber(ctx context.Context, number string) (Initiative, error) {
	return db.One[Initiative](ctx, m.db, `SELECT `+initiativeColumns+` FROM roundtable_initiative WHERE number = $1`, number)
}

func (m *Module) byID(ctx context.Context, id string) (Initiative, error) {
	return db.One[Initiative](ctx, m.db, `SELECT `+initiativeColumns+` FROM roundtable_initiative WHERE id = $1`, id)
}

// nextNumber makes the next readable number of the year. The counter's row is
// locked until the transaction ends, so no number is given twice or skipped.
func (m *Module) nextNumber(ctx context.Context, ch *charter.Charter) (string, error) {
	year := clock.Now(ctx).In(ch.City.Zone).Year()
	name := ch.City.NumberPrefix + "-" + strconv.Itoa(year)
	n, err := db.One[int64](ctx, m.db, `INSERT INTO roundtable_counter (name, n) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET n = roundtable_counter.n + 1 RETURNING n`, name)
	return fmt.Sprintf("%s-%04d", name, n), err
}

// update writes the state of an initiative that an act has changed. The dossier's
// version does not move: an act is not an edit.
func (m *Module) update(ctx context.Context, i Initiative) error {
	n, err := m.db.Exec(ctx, `UPDATE roundtable_initiative SET charter = $2, state = $3, sponsor = $4, ministry = $5, why_new = $6,
		joined = $7, ring = $8, signed = $9, current = $10, returns = $11, override = $12, questions = $13, filed_at = $14,
		decided_at = $15, deferred_until = $16, moved_at = $17, override_reason = $18 WHERE id = $1`,
		i.ID, i.Charter, i.State, i.Sponsor, i.Ministry, i.WhyNew, i.Into, i.Ring, i.Signed, i.Current, i.Returns, i.Override,
		i.Questions, i.FiledAt, i.DecidedAt, i.Until, i.Moved, i.Exception)
	return db.Changed(n, err, "fault.conflict")
}

// saveDossier replaces the dossier if its version is still the one the edit
// began from, and fails with Conflict otherwise.
func (m *Module) saveDossier(ctx context.Context, i Initiative, d Dossier) error {
	n, err := m.db.Exec(ctx, `UPDATE roundtable_initiative SET title = $3, line = $4, change = $5, problem = $6, type = $7, axis = $8,
		sdg = $9, moved_at = $10, version = version + 1 WHERE id = $1 AND version = $2`,
		i.ID, d.Version, d.Title, d.Line, d.Change, d.Problem, d.Type, d.Axis, d.SDG, clock.Now(ctx))
	if err := db.Changed(n, err, "roundtable.fault.edited"); err != nil {
		return err
	}
	for _, table := range []string{"roundtable_choice", "roundtable_planned", "roundtable_link"} {
		if _, err := m.db.Exec(ctx, `DELETE FROM `+table+` WHERE initiative = $1`, i.ID); err != nil {
			return err
		}
	}
	return m.insertLists(ctx, i.ID, d)
}

type choice struct {
	Kind string `db:"kind"`
	Code string `db:"code"`
}

// choices are the lists of a dossier as rows.
func (d Dossier) choices() []choice {
	var out []choice
	for _, l := range []struct {
		kind  string
		codes []string
	}{{"axis", d.Axes}, {"goal", d.Goals}, {"purpose", d.Purposes}, {"sdg", d.Targets}, {"territory", d.Territories}} {
		for _, code := range l.codes {
			out = append(out, choice{l.kind, code})
		}
	}
	return out
}

func (m *Module) insertLists(ctx context.Context, id string, d Dossier) error {
	for _, c := range d.choices() {
		if _, err := m.db.Exec(ctx, `INSERT INTO roundtable_choice (initiative, kind, code) VALUES ($1, $2, $3)`, id, c.Kind, c.Code); err != nil {
			return err
		}
	}
	for _, p := range d.Planned {
		if _, err := m.db.Exec(ctx, `INSERT INTO roundtable_planned (initiative, grp, territory, people) VALUES ($1, $2, $3, $4)`, id, p.Group, p.Territory, p.People); err != nil {
			return err
		}
	}
	for n, l := range d.Links {
		if _, err := m.db.Exec(ctx, `INSERT INTO roundtable_link (initiative, position, label, url) VALUES ($1, $2, $3, $4)`, id, n, l.Label, l.URL); err != nil {
			return err
		}
	}
	return nil
}

// textsOf are the parts of a dossier that stand in the initiative itself.
func textsOf(i Initiative) Dossier {
	return Dossier{Title: i.Title, Line: i.Line, Change: i.Change, Problem: i.Problem, Type: i.Type, Axis: i.Axis, SDG: i.SDG, Version: i.Version}
}

// dossier reads what the sponsor wrote.
func (m *Module) dossier(ctx context.Context, i Initiative) (Dossier, error) {
	d := textsOf(i)
	l, err := m.lists(ctx, i.ID)
	if err == nil {
		l.into(&d)
	}
	return d, err
}

func (m *Module) owners(ctx context.Context, id string) ([]Owner, error) {
	return db.Query[Owner](ctx, m.db, `SELECT ministry, state FROM roundtable_owner WHERE initiative = $1 ORDER BY ministry`, id)
}

// round reads the steps of a filed initiative.
func (m *Module) round(ctx context.Context, ch *charter.Charter, id string) (*Round, error) {
	steps, err := db.Query[Step](ctx, m.db, `SELECT `+stepColumns+` FROM roundtable_step WHERE initiative = $1 ORDER BY number`, id)
	return &Round{Flow: ch.Flow, Zone: ch.City.Zone, Steps: steps}, err
}

// saveSteps writes the steps that differ from before; a new round has no before.
func (m *Module) saveSteps(ctx context.Context, before, after []Step) error {
	for n, s := range after {
		if before == nil {
			if err := m.db.Insert(ctx, "roundtable_step", s); err != nil {
				return err
			}
			continue
		}
		if s == before[n] {
			continue
		}
		changed, err := m.db.Exec(ctx, `UPDATE roundtable_step SET state = $3, flagged = $4, entered_at = $5, due = $6, spent = $7,
			returns = $8, signed_at = $9, signer = $10, signer_post = $11, present_at = $12
			WHERE initiative = $1 AND code = $2 AND state = $13 AND flagged = $14 AND present_at = $15`,
			s.Initiative, s.Code, s.State, s.Flagged, s.Entered, s.Due, int64(s.Spent), s.Returns, s.SignedAt, s.Signer, s.SignerPost,
			s.PresentAt, before[n].State, before[n].Flagged, before[n].PresentAt)
		if err := db.Changed(changed, err, "roundtable.fault.moved"); err != nil {
			return err
		}
	}
	return nil
}

// begin loads an initiative for an act, with everything the policy looks at, and
// locks it: acts on one initiative follow one another.
func (m *Module) begin(ctx context.Context, number string) (Case, error) {
	i, err := db.One[Initiative](ctx, m.db, `UPDATE roundtable_initiative SET version = version WHERE number = $1 RETURNING `+initiativeColumns, number)
	if err != nil {
		return Case{}, err
	}
	return m.caseOf(ctx, i)
}

// caseOf adds to an initiative what the policy looks at.
func (m *Module) caseOf(ctx context.Context, i Initiative) (Case, error) {
	ch, err := m.charters.ByID(ctx, i.Charter)
	if err != nil {
		return Case{}, err
	}
	owners, err := m.owners(ctx, i.ID)
	return Case{Charter: ch, Initiative: i, Owners: owners}, err
}
