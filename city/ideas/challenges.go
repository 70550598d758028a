package ideas

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// CreateChallenge keeps a new draft of a challenge of a body of the person.
func (m *Module) CreateChallenge(ctx context.Context, r Rules) (Challenge, error) {
	who := people.Me(ctx)
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return Challenge{}, err
	}
	r.Tidy()
	as, err := Case{Charter: ch, Challenge: Challenge{Rules: r}}.Require(who, MayDraftChallenge)
	if err != nil {
		return Challenge{}, err
	}
	r.Currency = cmp.Or(r.Currency, ch.City.Currency)
	if err := r.Validate(ch); err != nil {
		return Challenge{}, err
	}
	c := Challenge{ID: id.New(), Phase: PhaseDraft, Rules: r, Created: clock.Now(ctx), Invented: who.Invented, Version: 1}
	err = m.db.Write(ctx, func(ctx context.Context) (err error) {
		if c.Number, err = m.nextNumber(ctx, ch, challengePrefix, 4); err != nil {
			return err
		}
		row, err := c.pack()
		if err != nil {
			return err
		}
		if err := m.db.Insert(ctx, "ideas_challenge", row); err != nil {
			return err
		}
		w := &tender{Case: Case{Charter: ch, Challenge: c}, m: m, Who: who, As: as}
		return w.tell(ctx, tale{kind: EventChallengeDrafted, text: map[string]string{"title": c.Title}})
	})
	return c, err
}

// tender is one act on one challenge while its transaction runs.
type tender struct {
	Case
	m   *Module
	Who people.Standing
	As  people.Holding
}

// rule does an action to a challenge: lock it, ask the policy, let fn change it
// and tell of it, and write what changed in the same transaction.
func (m *Module) rule(ctx context.Context, number string, action Action, fn func(ctx context.Context, w *tender) error) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		c, err := m.lockChallenge(ctx, number)
		if err != nil {
			return err
		}
		w := &tender{m: m, Who: people.Me(ctx), Case: Case{Challenge: c}}
		if w.Charter, err = m.charters.Current(ctx); err != nil {
			return err
		}
		if w.As, err = w.Require(w.Who, action); err != nil {
			return err
		}
		if err := fn(ctx, w); err != nil {
			return err
		}
		return m.updateChallenge(ctx, w.Challenge)
	})
}

// tell writes the event of the act.
func (w *tender) tell(ctx context.Context, t tale) error {
	c := w.Challenge
	related := append([]event.Subject{{Kind: "body", ID: c.Body}, {Kind: "axis", ID: c.Axis}}, t.also...)
	if t.log {
		related = append(related, LogSubject)
	}
	if t.data == nil {
		t.data = map[string]string{}
	}
	t.data["challenge"] = c.Number
	if w.As.Delegated {
		t.data["delegated"] = Yes
	}
	_, err := w.m.log.Append(ctx, event.Event{Kind: t.kind, Subject: c.Subject(), Related: related, Public: t.public && c.Public(), Data: t.data, Text: t.text,
		Actor: event.Actor{Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body}})
	return err
}

// EditChallenge replaces the rules of a draft if its version is still the one the
// edit began from.
func (m *Module) EditChallenge(ctx context.Context, number string, version int, r Rules) error {
	return m.rule(ctx, number, MayDraftChallenge, func(ctx context.Context, w *tender) error {
		if w.Challenge.Phase != PhaseDraft {
			return fault.New(fault.Conflict, "ideas.fault.frozen")
		}
		if version != w.Challenge.Version {
			return &fault.Error{Kind: fault.Conflict, Key: "ideas.fault.edited", Theirs: w.Challenge}
		}
		r.Tidy()
		r.Currency = cmp.Or(r.Currency, w.Charter.City.Currency)
		if err := r.Validate(w.Charter); err != nil {
			return err
		}
		if _, in := w.Who.In(r.Body); !in {
			return bad("body", "ideas.fault.body")
		}
		w.Challenge.Rules = r
		w.Challenge.Version++
		return w.tell(ctx, tale{kind: EventChallengeEdited})
	})
}

// Open freezes the rules of a draft and publishes their hash. From then on the
// challenge takes ideas, or from Opens on when that is still to come.
func (m *Module) Open(ctx context.Context, number string) error {
	return m.rule(ctx, number, MayOpenChallenge, func(ctx context.Context, w *tender) error {
		c, now := &w.Challenge, clock.Now(ctx)
		if c.Phase != PhaseDraft {
			return fault.New(fault.Conflict, "ideas.fault.frozen")
		}
		if c.Opens.Before(now) {
			c.Opens = now
		}
		if err := c.Rules.ValidateOpening(w.Charter, now); err != nil {
			return err
		}
		c.Phase, c.Opened = PhaseOpen, now
		if err := w.freeze(ctx, ""); err != nil {
			return err
		}
		return w.tell(ctx, tale{kind: EventChallengeOpened, public: true, data: map[string]string{"hash": c.RulesHash, "version": strconv.Itoa(c.RulesVersion),
			"opens": c.Opens.Format(time.RFC3339), "closes": c.Closes.Format(time.RFC3339)}, text: map[string]string{"title": c.Title, "question": c.Question}})
	})
}

// freeze publishes the rules as they are now as their next version.
func (w *tender) freeze(ctx context.Context, why string) error {
	text, hash, err := w.m.canonical(ctx, w.Challenge.Number, w.Challenge.Rules)
	if err != nil {
		return err
	}
	w.Challenge.RulesHash = hash
	w.Challenge.RulesVersion++
	type row struct {
		Challenge string `db:"challenge"`
		RuleVersion
	}
	return w.m.db.Insert(ctx, "ideas_rules", row{w.Challenge.ID, RuleVersion{w.Challenge.RulesVersion, text, hash, why, clock.Now(ctx)}})
}

// ChangeRules replaces the rules of a challenge that is open or evaluated, by a
// public act with a reason. What votes are counted by stays once voting has
// begun, and so do the criteria once evaluation has.
func (m *Module) ChangeRules(ctx context.Context, number string, r Rules, why string) error {
	return m.rule(ctx, number, MayChangeRules, func(ctx context.Context, w *tender) error {
		if p := w.Challenge.Phase; p != PhaseOpen && p != PhaseEvaluating && p != PhaseAnswered {
			return fault.New(fault.Conflict, "ideas.fault.state")
		}
		why, err := reason("reason", why, true)
		if err != nil {
			return err
		}
		r.Tidy()
		r.Currency = w.Challenge.Currency
		if err := w.checkChange(ctx, r); err != nil {
			return err
		}
		before := w.Challenge.RulesHash
		w.Challenge.Rules = r
		if err := w.freeze(ctx, why); err != nil {
			return err
		}
		if w.Challenge.RulesHash == before {
			return bad("reason", "ideas.fault.same_rules")
		}
		return w.tell(ctx, tale{kind: EventRulesChanged, public: true, log: true, data: map[string]string{"hash": w.Challenge.RulesHash, "before": before,
			"version": strconv.Itoa(w.Challenge.RulesVersion)}, text: map[string]string{"reason": why}})
	})
}

// Challenge reads a challenge; NotFound for a draft, but to the body's own people.
func (m *Module) Challenge(ctx context.Context, number string) (Challenge, error) {
	c, err := m.ChallengeCase(ctx, number)
	return c.Challenge, err
}

// ChallengeByID is Challenge by id.
func (m *Module) ChallengeByID(ctx context.Context, id string) (Challenge, error) {
	c, err := m.challengeCase(ctx, "id", id)
	return c.Challenge, err
}

// ChallengeCase is a challenge with what the policy looks at.
func (m *Module) ChallengeCase(ctx context.Context, number string) (Case, error) {
	return m.challengeCase(ctx, "number", number)
}

func (m *Module) challengeCase(ctx context.Context, column, value string) (c Case, err error) {
	if c.Charter, err = m.charters.Current(ctx); err != nil {
		return Case{}, err
	}
	if c.Challenge, err = m.challengeWhere(ctx, column, value); err != nil {
		return Case{}, err
	}
	if c.secret(people.Me(ctx)) {
		return Case{}, notFound()
	}
	return c, nil
}

// RuleVersions are the rules of a challenge (id) as they were published, newest
// first.
func (m *Module) RuleVersions(ctx context.Context, challenge string) ([]RuleVersion, error) {
	return db.Query[RuleVersion](ctx, m.db, `SELECT version, json, hash, reason, at FROM ideas_rules WHERE challenge = $1 ORDER BY version DESC`, challenge)
}
