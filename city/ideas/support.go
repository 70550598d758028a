package ideas

import (
	"context"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// voiced is what giving and taking back a voice looks at: the idea's row, locked,
// without its text.
type voiced struct {
	ID        string    `db:"id"`
	Challenge string    `db:"challenge"`
	State     State     `db:"state"`
	Author    string    `db:"author"`
	Family    string    `db:"family"`
	Supports  int       `db:"supports"`
	Published time.Time `db:"published_at"`
}

// Support gives the person's voice to an idea. Giving it twice is giving it once.
func (m *Module) Support(ctx context.Context, number string) error {
	return m.voice(ctx, number, func(ctx context.Context, who people.Standing, v voiced) (int, error) {
		fresh, err := m.young(ctx, who.Person)
		if err != nil {
			return 0, err
		}
		n, err := m.db.Exec(ctx, `INSERT INTO ideas_support (idea, person, at, fresh) VALUES ($1, $2, $3, $4) ON CONFLICT (idea, person) DO NOTHING`,
			v.ID, who.Person, clock.Now(ctx), fresh)
		if err != nil || n == 0 {
			return 0, err
		}
		if err := m.spend(ctx, limitSupport, who.Person); err != nil {
			return 0, err
		}
		if fresh {
			err = m.surge(ctx, v)
		}
		return 1, err
	})
}

// Unsupport takes it back.
func (m *Module) Unsupport(ctx context.Context, number string) error {
	return m.voice(ctx, number, func(ctx context.Context, who people.Standing, v voiced) (int, error) {
		n, err := m.db.Exec(ctx, `DELETE FROM ideas_support WHERE idea = $1 AND person = $2`, v.ID, who.Person)
		return -int(n), err
	})
}

// voice does what moves the number of an idea's supports: change says by how
// many. The idea's row is locked first, then its family's, by everybody.
func (m *Module) voice(ctx context.Context, number string, change func(context.Context, people.Standing, voiced) (int, error)) error {
	who := people.Me(ctx)
	if _, err := (Case{}).Require(who, MaySupport); err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		v, err := db.One[voiced](ctx, m.db, `UPDATE ideas_idea SET version = version WHERE number = $1
			RETURNING id, challenge, state, author, family, supports, published_at`, number)
		if err != nil {
			return err
		}
		if err := m.takesVoices(ctx, v); err != nil {
			return err
		}
		by, err := change(ctx, who, v)
		if err != nil || by == 0 {
			return err
		}
		return m.moveVoice(ctx, v, who.Person, by)
	})
}

// takesVoices says whether the idea can be supported now: while everybody can
// read it, and until the result of its challenge is published.
func (m *Module) takesVoices(ctx context.Context, v voiced) error {
	if v.State != Published {
		if v.Published.IsZero() {
			return notFound()
		}
		return fault.New(fault.Conflict, "ideas.fault.state")
	}
	if v.Challenge == "" {
		return nil
	}
	phase, err := db.One[Phase](ctx, m.db, `SELECT phase FROM ideas_challenge WHERE id = $1`, v.Challenge)
	if err == nil && phase != PhaseOpen && phase != PhaseEvaluating && phase != PhaseAnswered {
		err = fault.New(fault.Conflict, "ideas.fault.closed")
	}
	return err
}

// moveVoice counts one voice more or less, of the idea and of its family. The order
// of lists follows in reorder: to move the idea in all of them costs more than all
// the rest of a voice.
func (m *Module) moveVoice(ctx context.Context, v voiced, person string, by int) error {
	if _, err := m.db.Exec(ctx, `UPDATE ideas_idea SET supports = $2 WHERE id = $1`, v.ID, v.Supports+by); err != nil {
		return err
	}
	if _, err := m.db.Exec(ctx, `INSERT INTO ideas_moved (idea) VALUES ($1) ON CONFLICT (idea) DO NOTHING`, v.ID); err != nil {
		return err
	}
	if v.Family == "" {
		return nil
	}
	return m.familyVoice(ctx, v.Family, person, by)
}

// reorderMost is how many ideas reorder reads at a time.
const reorderMost = 200

// reorder moves ideas to where their supports put them in the lists, each in a
// write of its own, so that voices wait for none but their own idea.
func (m *Module) reorder(ctx context.Context) error {
	for {
		moved, err := db.Query[string](ctx, m.db, `SELECT idea FROM ideas_moved ORDER BY idea LIMIT $1`, reorderMost)
		if err != nil {
			return err
		}
		for _, idea := range moved {
			if err := m.db.Write(ctx, func(ctx context.Context) error { return m.reorderOne(ctx, idea) }); err != nil {
				return err
			}
		}
		if len(moved) < reorderMost {
			return nil
		}
	}
}

// reorderOne moves one idea; its row is locked first, as by a voice.
func (m *Module) reorderOne(ctx context.Context, idea string) error {
	supports, err := db.One[int](ctx, m.db, `UPDATE ideas_idea SET version = version WHERE id = $1 RETURNING supports`, idea)
	if err != nil {
		return err
	}
	if _, err := m.db.Exec(ctx, `UPDATE ideas_tag SET supports = $2 WHERE idea = $1`, idea, supports); err != nil {
		return err
	}
	_, err = m.db.Exec(ctx, `DELETE FROM ideas_moved WHERE idea = $1`, idea)
	return err
}

// Supports says which of the ideas (ids) a person supports.
func (m *Module) Supports(ctx context.Context, person string, ideas ...string) (map[string]bool, error) {
	out := map[string]bool{}
	if person == "" || len(ideas) == 0 {
		return out, nil
	}
	for len(ideas) > 0 {
		some := ideas[:min(len(ideas), PageSize)]
		ideas = ideas[len(some):]
		has, err := db.Query[string](ctx, m.db, supportsSQL, append([]any{person}, padded(some)...)...)
		if err != nil {
			return nil, err
		}
		for _, id := range has {
			out[id] = true
		}
	}
	return out, nil
}

var supportsSQL = `SELECT idea FROM ideas_support WHERE person = $1 AND idea IN (` + marks(2, PageSize) + `)`
