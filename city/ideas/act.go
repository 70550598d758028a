package ideas

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// work is one act on one idea while its transaction runs.
type work struct {
	Case
	m   *Module
	Who people.Standing
	As  people.Holding // the post in whose name it is done; empty for citizens
	was Idea
}

// act does an action to an idea: lock it, ask the policy, let fn change it and
// tell of it, and write what changed in the same transaction.
func (m *Module) act(ctx context.Context, number string, action Action, fn func(ctx context.Context, w *work) error) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		w, err := m.begin(ctx, number, action)
		if err != nil {
			return err
		}
		if err := fn(ctx, w); err != nil {
			return err
		}
		return w.close(ctx)
	})
}

// begin locks an idea for an act that the person may do.
func (m *Module) begin(ctx context.Context, number string, action Action) (*work, error) {
	i, err := m.lock(ctx, number)
	if err != nil {
		return nil, err
	}
	c, err := m.caseOf(ctx, i)
	if err != nil {
		return nil, err
	}
	w := &work{Case: c, m: m, Who: people.Me(ctx), was: i}
	w.As, err = c.Require(w.Who, action)
	return w, err
}

// caseOf adds to an idea what the policy looks at.
func (m *Module) caseOf(ctx context.Context, i Idea) (c Case, err error) {
	c.Idea = i
	if c.Charter, err = m.charters.Current(ctx); err != nil {
		return c, err
	}
	if i.Challenge != "" {
		if c.Challenge, err = m.challengeWhere(ctx, "id", i.Challenge); err != nil {
			return c, err
		}
	}
	if i.Family != "" {
		c.Kin, err = db.Query[CoAuthor](ctx, m.db, `SELECT number, author, signature FROM ideas_idea WHERE family = $1 AND id <> $2 ORDER BY id`, i.Family, i.ID)
	}
	return c, err
}

// close writes what the act changed, and puts the idea where lists and searches
// find it.
func (w *work) close(ctx context.Context) error {
	if w.Idea == w.was {
		return nil
	}
	w.Idea.Moved = clock.Now(ctx)
	if err := w.m.update(ctx, w.Idea); err != nil {
		return err
	}
	if !slices.Equal(tagsOf(w.Charter, w.was), tagsOf(w.Charter, w.Idea)) {
		if err := w.m.retag(ctx, w.Charter, w.Idea); err != nil {
			return err
		}
	}
	if w.Idea.State != w.was.State {
		if err := w.count(ctx); err != nil {
			return err
		}
	}
	if w.Idea.State != w.was.State || w.Idea.Version != w.was.Version {
		w.m.db.AfterCommit(ctx, w.m.like.stale)
		return w.m.found(ctx, w.Idea)
	}
	return nil
}

// count keeps the challenge's number of published ideas.
func (w *work) count(ctx context.Context) error {
	by := 0
	switch {
	case w.Idea.Public() && !w.was.Public():
		by = 1
	case w.was.Public() && !w.Idea.Public():
		by = -1
	}
	if by == 0 || w.Idea.Challenge == "" {
		return nil
	}
	answered := 0
	if !w.was.AnsweredAt.IsZero() {
		answered = by
	}
	_, err := w.m.db.Exec(ctx, `UPDATE ideas_challenge SET ideas = ideas + $2, answered = answered + $3 WHERE id = $1`, w.Idea.Challenge, by, answered)
	return err
}

// tale is what an act says of itself.
type tale struct {
	kind   string
	public bool // told to everybody, if everybody may know of the idea
	log    bool // stands in the public log of moderation
	data   map[string]string
	text   map[string]string
	also   []event.Subject
}

// tell writes the event of the act.
func (w *work) tell(ctx context.Context, t tale) error {
	i := w.Idea
	related := append([]event.Subject{{Kind: SubjectChallenge, ID: i.Challenge}, {Kind: SubjectFamily, ID: i.Family}, {Kind: "body", ID: i.Body}, {Kind: "axis", ID: i.Axis}}, t.also...)
	if t.log {
		related = append(related, LogSubject)
	}
	if t.data == nil {
		t.data = map[string]string{}
	}
	t.data["number"] = i.Number
	if w.As.Delegated {
		t.data["delegated"] = "yes"
	}
	_, err := w.m.log.Append(ctx, event.Event{
		Kind: t.kind, Subject: i.Subject(), Related: related, Public: t.public && i.Known(), Data: t.data, Text: t.text,
		Actor: event.Actor{Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body},
	})
	return err
}

// in fails unless the idea is in one of the states.
func (w *work) in(states ...State) error {
	if !slices.Contains(states, w.Idea.State) {
		return fault.New(fault.Conflict, "ideas.fault.state")
	}
	return nil
}

// reason tidies and checks the reason of an act.
func reason(field, text string, required bool) (string, error) {
	text = strings.TrimSpace(text)
	var c fault.Check
	c.Text(field, text, required, ReasonMax)
	if !c.Failed(field) && text != "" && len([]rune(text)) < ReasonMin {
		c.Fail(field, "ideas.fault.reason", "min", ReasonMin)
	}
	return text, c.Err()
}

// bad is one wrong field.
func bad(field, key string, args ...any) error {
	var c fault.Check
	c.Fail(field, key, args...)
	return c.Err()
}

// days is how many days lie between two times, each begun one counted.
func days(from, to time.Time) int { return int(to.Sub(from) / (24 * time.Hour)) }
