package town

import (
	"context"
	"math/rand/v2"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/db"
)

// Signable is an initiative some of whose steps can be signed one after another.
type Signable struct {
	Number string
	Steps  []charter.Step // with the office of each, a door of the demonstration
}

// Ready completes the evidence of filed initiatives for as many steps as can be
// signed without anything else in between, until about so many signatures are
// possible. The town must be one that has lived.
func (t *Town) Ready(ctx context.Context, signatures int) ([]Signable, error) {
	rows, err := db.Query[filedRow](ctx, t.DB, `SELECT number, author, current FROM roundtable_initiative WHERE state = 'filed' AND ring NOT LIKE '%r%' ORDER BY id`)
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(4, 4))
	r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	var out []Signable
	err = t.DB.Write(ctx, func(ctx context.Context) error {
		for _, row := range rows {
			if signatures <= 0 {
				return nil
			}
			s, err := t.ready(ctx, r, row)
			if err != nil {
				return err
			}
			signatures -= len(s.Steps)
			out = append(out, s)
		}
		return nil
	})
	return out, err
}

type filedRow struct {
	Number  string `db:"number"`
	Author  string `db:"author"`
	Current int    `db:"current"`
}

// ready gives the steps after the current one their evidence, up to the next
// that somebody has to attend. The current one has it already.
func (t *Town) ready(ctx context.Context, r *rand.Rand, row filedRow) (Signable, error) {
	out := Signable{Number: row.Number}
	sponsor, err := t.People.Standing(ctx, row.Author)
	if err != nil {
		return out, err
	}
	for _, step := range t.Charter.Flow.Steps.All() {
		switch {
		case step.Number < row.Current:
			continue
		case step.Number > row.Current && step.Attendance != "":
			return out, nil
		}
		out.Steps = append(out.Steps, step)
		if step.Number == row.Current {
			continue
		}
		for _, a := range t.evidence(r, sponsor, people.Standing{}, step) {
			if err := a.do(people.With(ctx, a.by), t.Roundtable, row.Number); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}
