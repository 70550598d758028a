package delivery

import (
	"context"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// View is the execution of an initiative as its page shows it to one person.
type View struct {
	Case
	Physical *Physical // nil without a plan
	Money    *Money    // nil without money
	Light    Light
	Parts    []Participation
	Handings []Handing // newest first
	Reports  int       // how many there are
	Reported clock.Day // of the last one, empty before
	Next     clock.Day // on which the next is due, empty when none is
	Today    clock.Day
}

// Late says whether a report is overdue.
func (v View) Late() bool { return v.Next != "" && v.Next < v.Today }

// View reads it for the person of the context: NotFound for what the person must
// not know of.
func (m *Module) View(ctx context.Context, number string) (View, error) {
	x, err := m.Roundtable.Look(ctx, number)
	if err != nil {
		return View{}, err
	}
	return m.ViewOf(ctx, x)
}

// ViewOf reads it of an initiative that the person is known to know of.
func (m *Module) ViewOf(ctx context.Context, x roundtable.Case) (v View, err error) {
	e, err := m.stands(ctx, x.Initiative.ID)
	if err != nil {
		return v, err
	}
	v.Case = Case{Charter: x.Charter, Initiative: x.Initiative, Executor: e.Executor, Asked: e.Asked}
	v.Reports, v.Reported, v.Next, v.Today = e.Reports, e.Reported, e.Next, clock.DayOf(clock.Now(ctx), v.Charter.City.Zone)
	if e.Lit {
		err = m.shine(ctx, &v, m.known)
	} else {
		err = m.shine(ctx, &v, m.told)
	}
	if err != nil {
		return v, err
	}
	if e.Shared {
		if v.Participants, err = m.parts(ctx, v.Initiative.ID); err != nil {
			return v, err
		}
		if v.Parts, err = m.Participations(ctx, v.Initiative.ID); err != nil {
			return v, err
		}
	}
	if e.Handed {
		v.Handings, err = m.Handings(ctx, v.Initiative.ID)
	}
	return v, err
}

// shine puts what is known of the work and the money into a view, and the light.
func (m *Module) shine(ctx context.Context, v *View, ask func(context.Context, ...string) (knowledge, error)) error {
	id := v.Initiative.ID
	k, err := ask(ctx, id)
	if err != nil {
		return err
	}
	v.Light = k.light(id)
	if p, ok := k.physical[id]; ok {
		v.Physical = &p
	}
	if money, ok := k.money[id]; ok {
		v.Money = &money
	}
	return nil
}

// Standing is where the execution of an initiative is, for lists.
type Standing struct {
	Initiative string    `db:"initiative"`
	Number     string    `db:"number"`
	Executor   string    `db:"executor"` // ministry, empty before one accepted
	Asked      string    `db:"asked"`    // ministry that is asked
	Reported   clock.Day `db:"reported"`
	Next       clock.Day `db:"next"`
}

const standingColumns = `initiative, number, executor, asked, reported, next`

// Standings are where the executions of initiatives are, by their ids; those of
// which nothing is known are left out.
func (m *Module) Standings(ctx context.Context, ids ...string) (map[string]Standing, error) {
	out := make(map[string]Standing, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	marks, args := in(ids, 1)
	all, err := db.Query[Standing](ctx, m.db, `SELECT `+standingColumns+` FROM delivery_execution WHERE initiative IN `+marks, args...)
	for _, s := range all {
		out[s.Initiative] = s
	}
	return out, err
}

// ExecutedBy are the initiatives that a ministry executes, those first whose report
// is due first: at most size, after an id and its day, both empty for the first.
func (m *Module) ExecutedBy(ctx context.Context, ministry string, after Standing, size int) ([]Standing, error) {
	return db.Query[Standing](ctx, m.db, `SELECT `+standingColumns+` FROM delivery_execution
		WHERE executor = $1 AND (next > $2 OR next = $2 AND initiative > $3) ORDER BY next, initiative LIMIT $4`, ministry, after.Next, after.Initiative, size)
}
