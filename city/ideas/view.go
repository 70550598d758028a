package ideas

import (
	"context"

	"ronda/city/people"
	"ronda/platform/db"
)

// CoAuthor is the author of another idea of the same family.
type CoAuthor struct {
	Idea      string `db:"number"` // of the idea
	Person    string `db:"author"` // never public
	Signature string `db:"signature"`
}

// View is an idea as its page shows it to one person.
type View struct {
	Case              // Kin are the co-authors
	Images    []Image // in the order they were added
	Family    *Family // nil without one
	Replies   []Reply // newest first
	Supported bool    // by the person
	Mine      bool
	Unseen    bool // shown to the person though it is not in everybody's sight
	May       map[Action]bool
}

// look finds an idea that the person may know of.
func (m *Module) look(ctx context.Context, number string) (Case, error) {
	i, err := m.byNumber(ctx, number)
	if err != nil {
		return Case{}, err
	}
	c, err := m.caseOf(ctx, i)
	if err == nil && c.secret(people.Me(ctx)) {
		err = notFound()
	}
	return c, err
}

// Idea reads an idea as its page shows it to the person of the context. Of one
// that is hidden or withdrawn others get the number, the state and why, no words.
func (m *Module) Idea(ctx context.Context, number string) (v View, err error) {
	if v.Case, err = m.look(ctx, number); err != nil {
		return v, err
	}
	who, i := people.Me(ctx), v.Case.Idea
	v.May = v.Case.May(who)
	v.Mine = who.SignedIn() && who.Person == i.Author
	if !i.Public() {
		if v.Unseen = v.May[MayReadUnseen]; !v.Unseen {
			v.Case = v.Case.veiled()
			return v, nil
		}
	}
	return v, m.fill(ctx, who, &v)
}

// veiled leaves of an idea what everybody may know of one that is out of sight.
func (c Case) veiled() Case {
	i := c.Idea
	c.Kin = nil
	c.Idea = Idea{ID: i.ID, Number: i.Number, Challenge: i.Challenge, State: i.State, Why: i.Why, Created: i.Created, Published: i.Published, Moved: i.Moved, Invented: i.Invented}
	return c
}

// fill reads what the page shows beside the idea itself.
func (m *Module) fill(ctx context.Context, who people.Standing, v *View) (err error) {
	i := v.Case.Idea
	if i.Images > 0 {
		if v.Images, err = db.Query[Image](ctx, m.db, `SELECT `+imageColumns+` FROM ideas_image WHERE idea = $1 ORDER BY id`, i.ID); err != nil {
			return err
		}
	}
	if !i.AnsweredAt.IsZero() {
		if v.Replies, err = db.Query[Reply](ctx, m.db, `SELECT `+replyColumns+` FROM ideas_reply WHERE idea = $1 ORDER BY id DESC LIMIT 20`, i.ID); err != nil {
			return err
		}
	}
	if i.Family != "" {
		f, err := m.Family(ctx, i.Family)
		if err != nil {
			return err
		}
		v.Family = &f
	}
	if who.SignedIn() {
		_, v.Supported, err = db.Find[string](ctx, m.db, `SELECT person FROM ideas_support WHERE idea = $1 AND person = $2`, i.ID, who.Person)
	}
	return err
}

// IdeaByID finds an idea by its id, e.g. for the subject of an event; NotFound for
// what the person must not know of, and without words what is out of sight.
func (m *Module) IdeaByID(ctx context.Context, id string) (Idea, error) {
	i, err := m.byID(ctx, id)
	if err != nil || i.Public() {
		return i, err
	}
	c, err := m.caseOf(ctx, i)
	if err != nil || c.secret(people.Me(ctx)) {
		return Idea{}, orNotFound(err)
	}
	if _, reads := c.Can(people.Me(ctx), MayReadUnseen); !reads {
		c = c.veiled()
	}
	return c.Idea, nil
}
