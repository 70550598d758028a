package ideas

import (
	"context"
	"slices"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Family is ideas that are alike, by consent of their authors. Nobody's support
// moves: the family counts who supports any of them, each person once.
type Family struct {
	ID         string    `db:"id"`
	Supporters int       `db:"supporters"` // distinct persons
	Since      time.Time `db:"since"`
	Ideas      []Card
}

// Ask is the wish to make a family of two ideas, or to join one.
type Ask struct {
	ID       string    `db:"id"`
	Idea     string    `db:"idea"`  // id: of the side that asks
	Other    string    `db:"other"` // id: of the side that is asked
	Why      string    `db:"why"`
	Person   string    `db:"person"` // who asked; never public
	IdeaYes  bool      `db:"idea_yes"`
	OtherYes bool      `db:"other_yes"`
	At       time.Time `db:"at"`
}

const askColumns = `id, idea, other, why, person, idea_yes, other_yes, at`

// AskFamily asks that two ideas be a family. An author speaks for the own side;
// when a moderator asks, both sides have to agree. A side without an author (it
// was imported, or the account ended) has nobody to be asked.
func (m *Module) AskFamily(ctx context.Context, number, other, why string) (Ask, error) {
	var a Ask
	err := m.db.Write(ctx, func(ctx context.Context) error {
		w, o, err := m.pair(ctx, number, other)
		if err != nil {
			return err
		}
		if w.As, err = w.Require(w.Who, MayAskFamily); err != nil {
			return err
		}
		if err := w.mayJoin(o); err != nil {
			return err
		}
		if why, err = reason("why", why, false); err != nil {
			return err
		}
		if err := m.spend(ctx, limitAsk, w.Who.Person); err != nil {
			return err
		}
		a, err = w.ask(ctx, o, why)
		return err
	})
	return a, err
}

// pair locks two ideas, always in the order of their numbers, so that two acts
// cannot wait for each other.
func (m *Module) pair(ctx context.Context, number, other string) (w, o *work, err error) {
	both := []string{number, other}
	slices.Sort(both)
	found := map[string]*work{}
	for _, n := range both {
		i, err := m.lock(ctx, n)
		if err != nil {
			return nil, nil, err
		}
		c, err := m.caseOf(ctx, i)
		if err != nil {
			return nil, nil, err
		}
		found[n] = &work{Case: c, m: m, Who: people.Me(ctx), was: i}
	}
	return found[number], found[other], nil
}

// mayJoin says whether two ideas can be one family now.
func (w *work) mayJoin(o *work) error {
	switch {
	case w.Idea.ID == o.Idea.ID:
		return bad("other", "ideas.fault.same")
	case !w.Idea.Public() || !o.Idea.Public():
		return bad("other", "ideas.fault.unseen")
	case w.Idea.Family != "" && w.Idea.Family == o.Idea.Family:
		return fault.New(fault.Conflict, "ideas.fault.family_already")
	case w.Idea.Family != "" && o.Idea.Family != "":
		return fault.New(fault.Conflict, "ideas.fault.families")
	}
	return nil
}

// ask keeps the wish of an author or a moderator.
func (w *work) ask(ctx context.Context, o *work, why string) (Ask, error) {
	_, moderates := w.Is(w.Who, Moderator)
	return w.wish(ctx, o, why, moderates)
}

// wish keeps the wish, or makes the family at once when nobody is left to agree.
// forAll says that who asks speaks for a side that is nobody's.
func (w *work) wish(ctx context.Context, o *work, why string, forAll bool) (Ask, error) {
	waits, ok, err := db.Find[Ask](ctx, w.m.db, `SELECT `+askColumns+` FROM ideas_ask WHERE idea = $1 AND other = $2 AND closed_at = 0`, w.Idea.ID, o.Idea.ID)
	if err != nil || ok {
		return waits, err
	}
	a := Ask{ID: id.New(), Idea: w.Idea.ID, Other: o.Idea.ID, Why: why, Person: w.Who.Person, At: clock.Now(ctx)}
	a.IdeaYes = w.speaks() || w.unowned()
	a.OtherYes = o.speaks() || forAll && o.unowned()
	if err := w.m.db.Insert(ctx, "ideas_ask", a.row()); err != nil {
		return a, err
	}
	if a.IdeaYes && a.OtherYes {
		return a, w.m.agree(ctx, a, w, o)
	}
	return a, w.tell(ctx, tale{kind: EventFamilyAsked, data: map[string]string{"other": o.Idea.Number}, text: map[string]string{"why": why}, also: []event.Subject{o.Idea.Subject()}})
}

type askRow struct {
	Ask
	Closed time.Time `db:"closed_at"`
}

func (a Ask) row() askRow { return askRow{Ask: a} }

// speaks says whether the person may consent for this side.
func (w *work) speaks() bool {
	_, ok := w.Can(w.Who, MayConsent)
	return ok
}

// unowned says whether nobody can consent for this side.
func (w *work) unowned() bool {
	return w.Idea.Author == "" && !slices.ContainsFunc(w.Kin, func(k CoAuthor) bool { return k.Person != "" })
}

// Asks are those that wait for the person.
func (m *Module) Asks(ctx context.Context) ([]Ask, error) {
	who := people.Me(ctx)
	if !who.SignedIn() {
		return nil, fault.New(fault.Forbidden, "fault.sign_in")
	}
	return m.asksOf(ctx, who.Person)
}

// asksOf are the wishes that an author, or a co-author, has to answer.
func (m *Module) asksOf(ctx context.Context, person string) ([]Ask, error) {
	mine, err := db.Query[struct {
		ID     string `db:"id"`
		Family string `db:"family"`
	}](ctx, m.db, `SELECT id, family FROM ideas_idea WHERE author = $1 AND author <> '' AND state = 'published' ORDER BY id DESC LIMIT 100`, person)
	if err != nil {
		return nil, err
	}
	var out []Ask
	for _, i := range mine {
		some, err := db.Query[Ask](ctx, m.db, `SELECT `+askColumns+` FROM ideas_ask WHERE closed_at = 0 AND (other = $1 AND other_yes = FALSE OR idea = $1 AND idea_yes = FALSE)
			OR closed_at = 0 AND other_yes = FALSE AND $2 <> '' AND other IN (SELECT id FROM ideas_idea WHERE family = $2 AND family <> '') ORDER BY id LIMIT 50`, i.ID, i.Family)
		if err != nil {
			return nil, err
		}
		for _, a := range some {
			if !slices.ContainsFunc(out, func(b Ask) bool { return a.ID == b.ID }) {
				out = append(out, a)
			}
		}
	}
	return out, nil
}

// Consent answers an ask, by an author of a side that has not agreed yet.
func (m *Module) Consent(ctx context.Context, ask string, yes bool) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		a, err := db.One[Ask](ctx, m.db, `SELECT `+askColumns+` FROM ideas_ask WHERE id = $1 AND closed_at = 0`, ask)
		if err != nil {
			return err
		}
		w, o, err := m.sides(ctx, a)
		if err != nil {
			return err
		}
		mine, theirs := w.speaks() && !a.IdeaYes, o.speaks() && !a.OtherYes
		if !mine && !theirs {
			_, err := o.Require(o.Who, MayConsent)
			return orNotFound(err)
		}
		if !yes {
			return m.refuse(ctx, a, w, o)
		}
		if err := w.mayJoin(o); err != nil {
			return err
		}
		a.IdeaYes, a.OtherYes = a.IdeaYes || mine, a.OtherYes || theirs
		return m.agree(ctx, a, w, o)
	})
}

// sides locks the ideas of an ask.
func (m *Module) sides(ctx context.Context, a Ask) (w, o *work, err error) {
	one, err := m.byID(ctx, a.Idea)
	if err != nil {
		return nil, nil, err
	}
	other, err := m.byID(ctx, a.Other)
	if err != nil {
		return nil, nil, err
	}
	return m.pair(ctx, one.Number, other.Number)
}

func (m *Module) refuse(ctx context.Context, a Ask, w, o *work) error {
	if _, err := m.db.Exec(ctx, `UPDATE ideas_ask SET closed_at = $2 WHERE id = $1`, a.ID, clock.Now(ctx)); err != nil {
		return err
	}
	return w.tell(ctx, tale{kind: EventFamilyRefused, data: map[string]string{"other": o.Idea.Number}, also: []event.Subject{o.Idea.Subject()}})
}

// agree keeps who has agreed, and makes the family once both sides have.
func (m *Module) agree(ctx context.Context, a Ask, w, o *work) error {
	closed := time.Time{}
	if a.IdeaYes && a.OtherYes {
		closed = clock.Now(ctx)
	}
	n, err := m.db.Exec(ctx, `UPDATE ideas_ask SET idea_yes = $2, other_yes = $3, closed_at = $4 WHERE id = $1 AND closed_at = 0`, a.ID, a.IdeaYes, a.OtherYes, closed)
	if err := db.Changed(n, err, "fault.conflict"); err != nil || closed.IsZero() {
		return err
	}
	family := w.Idea.Family + o.Idea.Family // one of them at most is in one
	if family == "" {
		family = id.New()
		if _, err := m.db.Exec(ctx, `INSERT INTO ideas_family (id, supporters, since) VALUES ($1, 0, $2)`, family, clock.Now(ctx)); err != nil {
			return err
		}
	}
	for _, side := range []*work{w, o} {
		if err := side.join(ctx, family); err != nil {
			return err
		}
	}
	return w.tell(ctx, tale{kind: EventFamilyJoined, public: true, log: true, data: map[string]string{"other": o.Idea.Number}, also: []event.Subject{o.Idea.Subject()}})
}
