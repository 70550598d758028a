package roundtable

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/id"
)

// Stance is what a specialist says of an initiative or a procedure.
type Stance string

// The stances.
const (
	StanceConfirms Stance = "confirms"
	StanceChanges  Stance = "changes" // confirms with changes
	StanceObjects  Stance = "objects"
)

// Stances lists the stances.
var Stances = []Stance{StanceConfirms, StanceChanges, StanceObjects}

// Specialist is the answer of one specialist of the area.
type Specialist struct {
	ID           string    `db:"id"`
	Initiative   string    `db:"initiative"`
	Name         string    `db:"name"`         // shown inside only
	Organisation string    `db:"organisation"` // public
	Area         string    `db:"area"`         // what they are a specialist of; public
	Procedure    string    `db:"procedure"`    // the procedure they speak of; empty: the initiative itself
	Stance       Stance    `db:"stance"`
	Text         string    `db:"text"`
	Day          clock.Day `db:"day"`
	At           time.Time `db:"at"`
}

// AddSpecialist records what a specialist said at a step that asks for the
// attendance of an office.
func (m *Module) AddSpecialist(ctx context.Context, number, stepCode string, s Specialist) error {
	return m.act(ctx, number, Confirm, stepCode, func(ctx context.Context, w *work) error {
		if err := w.provable(); err != nil {
			return err
		}
		step, _ := w.Charter.Flow.Steps.Get(stepCode)
		if step.Attendance == "" {
			return notFound()
		}
		if err := w.checkSpecialist(ctx, s); err != nil {
			return err
		}
		s.ID, s.Initiative, s.At = id.New(), w.Initiative.ID, clock.Now(ctx)
		if err := m.db.Insert(ctx, "roundtable_specialist", s); err != nil {
			return err
		}
		return w.tell(ctx, EventSpecialist, true, map[string]string{"step": stepCode, "stance": string(s.Stance)},
			words("said", strings.TrimSpace(s.Text)))
	})
}

func (w *work) checkSpecialist(ctx context.Context, s Specialist) error {
	var c textCheck
	c.Text("name", s.Name, true, TitleMax)
	c.Text("organisation", s.Organisation, true, TitleMax)
	c.Text("area", s.Area, true, TitleMax)
	c.Text("procedure", s.Procedure, false, TitleMax)
	c.Text("text", s.Text, s.Stance != StanceConfirms, ReasonMax)
	c.Require(slices.Contains(Stances, s.Stance), "stance", "roundtable.fault.unknown")
	c.day("day", s.Day, w.today(ctx))
	return c.Err()
}

func (m *Module) specialists(ctx context.Context, initiative string) ([]Specialist, error) {
	return db.Query[Specialist](ctx, m.db, `SELECT id, initiative, name, organisation, area, procedure, stance, text, day, at
		FROM roundtable_specialist WHERE initiative = $1 ORDER BY id`, initiative)
}
