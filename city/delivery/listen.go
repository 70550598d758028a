package delivery

import (
	"context"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// Listen hears of adoptions, which have to be handed over, and of steps that can
// take evidence again.
func (m *Module) Listen(l *event.Log) {
	l.Listen("delivery", func(ctx context.Context, e event.Event) error {
		if e.Subject.Kind != roundtable.SubjectKind {
			return nil
		}
		switch e.Kind {
		case roundtable.EventAdopted, roundtable.EventOverridden, roundtable.EventWithdrawn:
			return m.follow(ctx, e.Subject.ID)
		case roundtable.EventFiled, roundtable.EventReopened:
			return m.showAgain(ctx, e)
		}
		return nil
	})
}

// follow notes who proposed an initiative and whether it is adopted.
func (m *Module) follow(ctx context.Context, initiative string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		i, err := m.Roundtable.ByID(ctx, initiative)
		if err != nil {
			return gone(err)
		}
		_, err = m.lock(ctx, i)
		return err
	})
}

// showAgain tells the steps what was written before they could hear it.
func (m *Module) showAgain(ctx context.Context, e event.Event) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		i, err := m.Roundtable.ByID(ctx, e.Subject.ID)
		if err != nil {
			return gone(err)
		}
		x, err := m.Roundtable.Look(ctx, i.Number)
		if err != nil {
			return gone(err)
		}
		w := &work{m: m, Who: people.Standing{Person: e.Actor.Person}, As: people.Holding{Post: e.Actor.Post, Body: e.Actor.Body}}
		if w.Case, w.State, err = m.caseOf(ctx, x); err != nil {
			return err
		}
		if err := w.showEquipment(ctx); err != nil {
			return err
		}
		return w.showFeasibility(ctx)
	})
}

// gone says that it does not matter when the initiative is out of sight by now.
func gone(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// Sweep catches up with adoptions that this module did not hear of, such as those of
// before it was there.
func (m *Module) Sweep(ctx context.Context) error {
	heard, err := db.Query[string](ctx, m.db, `SELECT initiative FROM delivery_execution WHERE adopted = TRUE`)
	if err != nil {
		return err
	}
	known := make(map[string]bool, len(heard))
	for _, i := range heard {
		known[i] = true
	}
	var missed []string
	adopted := roundtable.Filter{By: map[string]string{roundtable.ByState: string(roundtable.Adopted)}}
	if err := m.Roundtable.Each(ctx, adopted, func(i roundtable.Initiative) error {
		if !known[i.ID] {
			missed = append(missed, i.ID)
		}
		return nil
	}); err != nil {
		return err
	}
	for _, i := range missed {
		if err := m.follow(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

// Forget parts a person whose account ends from what they did here: posts and bodies
// stay.
func (m *Module) Forget(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		for _, sql := range []string{
			`UPDATE delivery_handover SET person = '' WHERE person = $1`,
			`UPDATE delivery_handover SET answer_person = '' WHERE answer_person = $1`,
			`UPDATE delivery_report SET person = '' WHERE person = $1`,
			`UPDATE delivery_light SET person = '' WHERE person = $1`,
		} {
			if _, err := m.db.Exec(ctx, sql, person); err != nil {
				return err
			}
		}
		return nil
	})
}
