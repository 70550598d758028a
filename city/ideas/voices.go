package ideas

import (
	"context"

	"ronda/platform/db"
	"ronda/platform/fault"
)

// lockFamily makes whoever changes the voices of a family wait for each other.
func (m *Module) lockFamily(ctx context.Context, family string) (int, error) {
	return db.One[int](ctx, m.db, `UPDATE ideas_family SET supporters = supporters WHERE id = $1 RETURNING supporters`, family)
}

// familyVoice counts one voice of a person for a family, more or less.
func (m *Module) familyVoice(ctx context.Context, family, person string, by int) error {
	if _, err := m.lockFamily(ctx, family); err != nil {
		return err
	}
	n, err := db.One[int](ctx, m.db, `INSERT INTO ideas_voice (family, person, n) VALUES ($1, $2, $3)
		ON CONFLICT (family, person) DO UPDATE SET n = ideas_voice.n + excluded.n RETURNING n`, family, person, by)
	if err != nil {
		return err
	}
	moved := 0
	switch {
	case by > 0 && n == by:
		moved = 1
	case n == 0:
		moved = -1
		if _, err := m.db.Exec(ctx, `DELETE FROM ideas_voice WHERE family = $1 AND person = $2`, family, person); err != nil {
			return err
		}
	}
	if moved == 0 {
		return nil
	}
	_, err = m.db.Exec(ctx, `UPDATE ideas_family SET supporters = supporters + $2 WHERE id = $1`, family, moved)
	return err
}

// join brings an idea into a family, unless it is there, with its voices.
func (w *work) join(ctx context.Context, family string) error {
	if w.Idea.Family == family {
		return nil
	}
	m := w.m
	if _, err := m.lockFamily(ctx, family); err != nil {
		return err
	}
	if _, err := m.db.Exec(ctx, `INSERT INTO ideas_voice (family, person, n) SELECT $1, person, 1 FROM ideas_support WHERE idea = $2
		ON CONFLICT (family, person) DO UPDATE SET n = ideas_voice.n + 1`, family, w.Idea.ID); err != nil {
		return err
	}
	w.Idea.Family = family
	if err := m.recount(ctx, family); err != nil {
		return err
	}
	return w.close(ctx)
}

// part takes an idea and its voices out of its family.
func (w *work) part(ctx context.Context) error {
	m, family := w.m, w.Idea.Family
	if _, err := m.lockFamily(ctx, family); err != nil {
		return err
	}
	if _, err := m.db.Exec(ctx, `UPDATE ideas_voice SET n = n - 1 WHERE family = $1 AND person IN (SELECT person FROM ideas_support WHERE idea = $2)`,
		family, w.Idea.ID); err != nil {
		return err
	}
	if _, err := m.db.Exec(ctx, `DELETE FROM ideas_voice WHERE family = $1 AND n = 0`, family); err != nil {
		return err
	}
	w.Idea.Family = ""
	return m.recount(ctx, family)
}

// recount brings the counter of a family in line with its rows, when a whole idea
// comes or goes.
func (m *Module) recount(ctx context.Context, family string) error {
	_, err := m.db.Exec(ctx, `UPDATE ideas_family SET supporters = (SELECT count(*) FROM ideas_voice WHERE family = $1) WHERE id = $1`, family)
	return err
}

// LeaveFamily takes the own idea out of its family. A family of one is none.
func (m *Module) LeaveFamily(ctx context.Context, number string) error {
	return m.act(ctx, number, MayLeaveFamily, func(ctx context.Context, w *work) error {
		if w.Idea.Family == "" {
			return fault.New(fault.Conflict, "ideas.fault.family_none")
		}
		return w.leave(ctx)
	})
}

// leave takes the idea out of its family and tells of it, in the family's history
// as well. One idea that stays behind alone leaves with it.
func (w *work) leave(ctx context.Context) error {
	if err := w.tell(ctx, tale{kind: EventFamilyLeft, public: true, log: true}); err != nil {
		return err
	}
	if len(w.Kin) != 1 {
		return w.part(ctx)
	}
	last, err := w.m.lock(ctx, w.Kin[0].Idea) // before the family, as everybody does
	if err != nil {
		return err
	}
	c, err := w.m.caseOf(ctx, last)
	if err != nil {
		return err
	}
	family := w.Idea.Family
	if err := w.part(ctx); err != nil || last.Family != family {
		return err
	}
	alone := &work{Case: c, m: w.m, Who: w.Who, As: w.As, was: last}
	if err := alone.part(ctx); err != nil {
		return err
	}
	return alone.close(ctx)
}

// Family reads a family with its published ideas.
func (m *Module) Family(ctx context.Context, family string) (Family, error) {
	f, err := db.One[Family](ctx, m.db, `SELECT id, supporters, since FROM ideas_family WHERE id = $1`, family)
	if err != nil {
		return f, err
	}
	f.Ideas, err = db.Query[Card](ctx, m.db, `SELECT `+cardColumns+` FROM ideas_idea WHERE family = $1 AND family <> '' AND state = 'published' ORDER BY id LIMIT 100`, family)
	if err == nil && len(f.Ideas) == 0 {
		err = notFound()
	}
	return f, err
}
