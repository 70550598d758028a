package opinions

import (
	"context"
	"strings"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Propose writes a citizen's statement. Where the challenge moderates before, it
// waits; otherwise it is answered at once. network counts for the limits. Sent
// twice, it is proposed once.
func (m *Module) Propose(ctx context.Context, number, text, network string) (s Statement, err error) {
	text = oneLine(text)
	err = m.db.Write(ctx, func(ctx context.Context) error {
		a, err := m.begin(ctx, number, 0, Propose)
		if err != nil {
			return err
		}
		if err := a.open(); err != nil {
			return err
		}
		var c fault.Check
		checkText(&c, "text", text)
		if err := c.Err(); err != nil {
			return err
		}
		if known, ok, err := a.alike(ctx, text); ok || err != nil {
			s = known
			return a.again(known, err)
		}
		if err := a.counted(ctx, proposalsByPerson, proposalsByNet, network); err != nil {
			return err
		}
		s, err = a.propose(ctx, text)
		return err
	})
	return s, err
}

// propose writes a statement that is in order.
func (a *act) propose(ctx context.Context, text string) (Statement, error) {
	state, kind, told := Shown, EventProposed, map[string]string{"statement": text}
	if a.Challenge.Before {
		state, kind = Held, EventHeld
	}
	if err := a.add(ctx, text, state); err != nil {
		return Statement{}, err
	}
	return a.Statement, a.tell(ctx, kind, nil, told)
}

// counted holds an act to the limits of its person and network.
func (a *act) counted(ctx context.Context, person, net limit, network string) error {
	if err := a.m.within(ctx, person, a.Challenge.ID+a.who.Person); err != nil {
		return err
	}
	if network == "" {
		return nil
	}
	return a.m.within(ctx, net, network)
}

// alike finds the statement of the challenge that reads like a text.
func (a *act) alike(ctx context.Context, text string) (Statement, bool, error) {
	return db.Find[Statement](ctx, a.m.db, `SELECT `+statementCols+` FROM opinions_statement WHERE challenge = $1 AND normal = $2`, a.Challenge.ID, normal(text))
}

// again refuses a statement that is there already; the same person's own, sent
// twice, is no fault.
func (a *act) again(known Statement, err error) error {
	if err != nil || known.Author == a.who.Person && known.State != Rejected {
		return err
	}
	return twice("text")
}

func twice(field string) error {
	return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Args: []any{"count", 1},
		Fields: []fault.Field{{Name: field, Key: "ideas.opinions.fault.twice"}}}
}

// add writes a statement and makes it the one of the act.
func (a *act) add(ctx context.Context, text string, state State) error {
	no, err := a.m.nextNo(ctx, a.Challenge)
	if err != nil {
		return err
	}
	now := clock.Now(ctx)
	a.Statement = Statement{ID: id.New(), Challenge: a.Challenge.ID, No: no, Text: text, Normal: normal(text), Author: a.who.Person, Body: a.as.Body,
		State: state, Version: 1, At: now, Changed: now}
	err = a.m.db.Insert(ctx, "opinions_statement", a.Statement)
	if db.IsUnique(err) {
		return twice("text") // somebody wrote the same in this moment
	}
	a.announce(ctx)
	return err
}

// announce shows the statement on the map once it is on disk.
func (a *act) announce(ctx context.Context) {
	challenge, s := a.Challenge.ID, a.Statement
	a.m.db.AfterCommit(ctx, func() { a.m.hear(challenge, s) })
}

// Seed writes statements in the name of a body, one a line. Lines that read like
// one that is there are passed over and counted as known; one that is wrong
// refuses them all, with its line named.
func (m *Module) Seed(ctx context.Context, number, lines string) (sown, known int, err error) {
	err = m.db.Write(ctx, func(ctx context.Context) error {
		sown, known = 0, 0
		a, err := m.begin(ctx, number, 0, Seed)
		if err != nil {
			return err
		}
		if !a.Challenge.Draft && !a.Challenge.Open {
			return a.open()
		}
		texts, err := seeds(lines)
		if err != nil {
			return err
		}
		for _, text := range texts {
			if _, ok, err := a.alike(ctx, text); err != nil || ok {
				if err != nil {
					return err
				}
				known++
				continue
			}
			if err := a.seed(ctx, text); err != nil {
				return err
			}
			sown++
		}
		return nil
	})
	return sown, known, err
}

func (a *act) seed(ctx context.Context, text string) error {
	if a.as.Body == "" { // a facilitator without a post sows for the body that asks
		a.as.Body = a.Challenge.Body
	}
	if err := a.add(ctx, text, Shown); err != nil {
		return err
	}
	return a.tell(ctx, EventSeeded, map[string]string{"body": a.as.Body}, map[string]string{"statement": text})
}

// seeds are the statements of a text, one a line, without the marks of a list.
func seeds(lines string) ([]string, error) {
	var texts []string
	var c fault.Check
	for n, line := range strings.Split(lines, "\n") {
		text := oneLine(strings.TrimLeft(strings.TrimSpace(line), "-*•· "))
		if text == "" {
			continue
		}
		var one fault.Check
		if checkText(&one, "lines", text); one.Failed("lines") && !c.Failed("lines") {
			c.Fail("lines", "ideas.opinions.fault.line", "line", n+1, "max", TextMax, "min", lettersMin)
		}
		texts = append(texts, text)
	}
	c.Require(len(texts) > 0, "lines", "fault.required")
	c.Require(len(texts) <= SeedsMax, "lines", "ideas.opinions.fault.seeds", "max", SeedsMax)
	return texts, c.Err()
}

// Edit changes the words of a statement that nobody has answered yet. version is
// that of the words which the person saw.
func (m *Module) Edit(ctx context.Context, number string, no, version int, text string) error {
	text = oneLine(text)
	return m.db.Write(ctx, func(ctx context.Context) error {
		a, err := m.begin(ctx, number, no, Edit)
		if err != nil {
			return err
		}
		var c fault.Check
		checkText(&c, "text", text)
		if err := c.Err(); err != nil {
			return err
		}
		if known, ok, err := a.alike(ctx, text); err != nil || ok && known.ID != a.Statement.ID {
			if err != nil {
				return err
			}
			return twice("text")
		}
		return a.edit(ctx, version, text)
	})
}

func (a *act) edit(ctx context.Context, version int, text string) error {
	now, before := clock.Now(ctx), a.Statement.Text
	n, err := a.m.db.Exec(ctx, `UPDATE opinions_statement SET text = $3, normal = $4, changed_at = $5, version = version + 1
		WHERE id = $1 AND version = $2 AND voted = FALSE AND state <> 'rejected'`, a.Statement.ID, version, text, normal(text), now)
	if db.IsUnique(err) {
		return twice("text")
	}
	if err := db.Changed(n, err, "ideas.opinions.fault.answered"); err != nil {
		return err
	}
	a.Statement.Text, a.Statement.Normal, a.Statement.Changed, a.Statement.Version = text, normal(text), now, version+1
	a.announce(ctx)
	if a.Statement.State == Held {
		return a.tell(ctx, EventHeld, nil, map[string]string{"statement": text, "before": before})
	}
	return a.tell(ctx, EventEdited, nil, map[string]string{"statement": text, "before": before})
}
