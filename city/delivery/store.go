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
	c.Participants, err = m.parts(ctx, c.Initiative.ID)
	return c, e, err
}

// standsNow is an execution with which of its lists are not empty.
type standsNow struct {
	execution
	Lit    bool `db:"lit"`    // its light is set by hand
	Shared bool `db:"shared"` // ministries take part, are asked to or left
	Handed bool `db:"handed"` // a ministry was asked to execute it
}

// stands reads where the execution of an initiative stands. Every act makes its
// row, so that without one there is nothing else of it either.
func (m *Module) stands(ctx context.Context, initiative string) (standsNow, error) {
	e, _, err := db.Find[standsNow](ctx, m.db, `SELECT `+executionColumns+`,
		EXISTS (SELECT 1 FROM delivery_light WHERE lifted_at = 0 AND initiative = $1) AS lit,
		EXISTS (SELECT 1 FROM delivery_part WHERE initiative = $1) AS shared,
		EXISTS (SELECT 1 FROM delivery_handover WHERE initiative = $1) AS handed
		FROM delivery_execution WHERE initiative = $1`, initiative)
	return e, err
}

// parts are the participants of an initiative, those asked and those who left too.
func (m *Module) parts(ctx context.Context, initiative string) ([]Part, error) {
	return db.Query[Part](ctx, m.db, `SELECT ministry, state FROM delivery_part WHERE initiative = $1 ORDER BY ministry`, initiative)
}

// partsOf are the participants of initiatives, by their ids.
func (m *Module) partsOf(ctx context.Context, ids []string) (map[string][]Part, error) {
	out := map[string][]Part{}
	if len(ids) == 0 {
		return out, nil
	}
	marks, args := in(ids, 1)
	rows, err := db.Query[struct {
		Initiative string `db:"initiative"`
		Part
	}](ctx, m.db, `SELECT initiative, ministry, state FROM delivery_part WHERE initiative IN `+marks+` ORDER BY initiative, ministry`, args...)
	for _, r := range rows {
		out[r.Initiative] = append(out[r.Initiative], r.Part)
	}
	return out, err
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
