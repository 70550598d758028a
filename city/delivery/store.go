package delivery

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// execution is where the execution of an initiative stands.
type execution struct {
	Initiative string    `db:"initiative"`
	Number     string    `db:"number"`
	Sponsor    string    `db:"sponsor"`
	Adopted    bool      `db:"adopted"`
	Executor   string    `db:"executor"`
	Asked      string    `db:"asked"`
	Since      time.Time `db:"since"`
	Reports    int       `db:"reports"`
	Reported   clock.Day `db:"reported"`
	Next       clock.Day `db:"next"`
}

const executionColumns = `initiative, number, sponsor, adopted, executor, asked, since, reports, reported, next`

// lock is the execution of an initiative for an act, made when there is none yet.
// Acts on one execution follow one another.
func (m *Module) lock(ctx context.Context, i roundtable.Initiative) (execution, error) {
	return db.One[execution](ctx, m.db, `INSERT INTO delivery_execution (`+executionColumns+`)
		VALUES ($1, $2, $3, $4, '', '', 0, 0, '', '')
		ON CONFLICT (initiative) DO UPDATE SET sponsor = excluded.sponsor, adopted = excluded.adopted RETURNING `+executionColumns,
		i.ID, i.Number, i.Sponsor, i.State == roundtable.Adopted)
}

func (m *Module) save(ctx context.Context, e execution) error {
	n, err := m.db.Exec(ctx, `UPDATE delivery_execution SET executor = $2, asked = $3, since = $4, reports = $5, reported = $6, next = $7 WHERE initiative = $1`,
		e.Initiative, e.Executor, e.Asked, e.Since, e.Reports, e.Reported, e.Next)
	return db.Changed(n, err, "fault.conflict")
}

// caseOf adds to what the roundtable knows of an initiative who executes it.
func (m *Module) caseOf(ctx context.Context, x roundtable.Case) (Case, execution, error) {
	c := Case{Charter: x.Charter, Initiative: x.Initiative}
	e, _, err := db.Find[execution](ctx, m.db, `SELECT `+executionColumns+` FROM delivery_execution WHERE initiative = $1`, x.Initiative.ID)
	if err != nil {
		return c, e, err
	}
	return c.with(ctx, m, e)
}

func (c Case) with(ctx context.Context, m *Module, e execution) (Case, execution, error) {
	var err error
	c.Executor, c.Asked = e.Executor, e.Asked
	c.Participants, err = db.Query[Part](ctx, m.db, `SELECT ministry, state FROM delivery_part WHERE initiative = $1 ORDER BY ministry`, c.Initiative.ID)
	return c, e, err
}

// in is a list of values for SQL, whose parameters begin at from.
func in(values []string, from int) (marks string, args []any) {
	var b strings.Builder
	for n, v := range values {
		if n > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "$%d", from+n)
		args = append(args, v)
	}
	return "(" + b.String() + ")", args
}
