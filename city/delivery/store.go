package delivery

import (
	"context"

	"ronda/city/roundtable"
	"ronda/platform/db"
)

// execution is the state of an execution.
type execution struct {
	Executor string `db:"executor"`
	Asked    string `db:"asked"`
}

// caseOf adds to what the roundtable knows of an initiative who executes it.
func (m *Module) caseOf(ctx context.Context, x roundtable.Case) (Case, error) {
	c := Case{Charter: x.Charter, Initiative: x.Initiative}
	e, _, err := db.Find[execution](ctx, m.db, `SELECT executor, asked FROM delivery_execution WHERE initiative = $1`, x.Initiative.ID)
	if err != nil {
		return c, err
	}
	c.Executor, c.Asked = e.Executor, e.Asked
	c.Participants, err = db.Query[Part](ctx, m.db, `SELECT ministry, state FROM delivery_part WHERE initiative = $1 ORDER BY ministry`, x.Initiative.ID)
	return c, err
}
