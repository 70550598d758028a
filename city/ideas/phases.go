package ideas

import (
	"context"
	"slices"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// checkChange says whether rules may be changed to r now.
func (w *tender) checkChange(ctx context.Context, r Rules) error {
	was, now := w.Challenge.Rules, clock.Now(ctx)
	var c fault.Check
	r.validate(&c, w.Charter)
	c.Require(r.Body == was.Body, "body", "ideas.fault.kept")
	if w.Challenge.Phase == PhaseOpen {
		c.Require(r.Closes.After(now), "closes", "ideas.fault.closes")
	} else {
		c.Require(r.Closes.Equal(was.Closes) && r.Opens.Equal(was.Opens), "closes", "ideas.fault.kept")
		c.Require(slices.Equal(r.Criteria, was.Criteria), "criteria", "ideas.fault.kept")
	}
	if !was.VoteOpens.IsZero() && !now.Before(was.VoteOpens) {
		same := r.Method == was.Method && r.BallotKind == was.BallotKind && r.MaxChoices == was.MaxChoices && r.Budget == was.Budget && r.VoteOpens.Equal(was.VoteOpens)
		c.Require(same, "method", "ideas.fault.voting")
		c.Require(!r.VoteCloses.Before(was.VoteCloses), "vote_closes", "ideas.fault.voting")
	}
	return c.Err()
}

// after says which phases follow one by the act of the body. Chosen comes by
// Conclude alone.
var after = map[Phase][]Phase{
	PhaseOpen:       {PhaseEvaluating},
	PhaseEvaluating: {PhaseAnswered},
	PhaseChosen:     {PhaseTakenUp},
	PhaseTakenUp:    {PhaseExecuted},
}

// Advance brings a challenge to the next phase. Closing before the day of the
// rules, and saying that all is answered while something waits, take a reason.
func (m *Module) Advance(ctx context.Context, number string, to Phase, why string) error {
	return m.rule(ctx, number, MayAdvance, func(ctx context.Context, w *tender) error {
		if !slices.Contains(after[w.Challenge.Phase], to) {
			return fault.New(fault.Conflict, "ideas.fault.state")
		}
		early := to == PhaseEvaluating && clock.Now(ctx).Before(w.Challenge.Closes) || to == PhaseAnswered && w.Challenge.Answered < w.Challenge.Ideas
		why, err := reason("reason", why, early)
		if err != nil {
			return err
		}
		return w.advance(ctx, to, why, false)
	})
}

func (w *tender) advance(ctx context.Context, to Phase, why string, byClock bool) error {
	from := w.Challenge.Phase
	w.Challenge.Phase = to
	if to == PhaseAnswered {
		w.Challenge.Evaluated = clock.Now(ctx)
	}
	data := map[string]string{"from": string(from), "to": string(to)}
	if byClock {
		data["clock"] = Yes
	}
	return w.tell(ctx, tale{kind: EventPhase, public: true, data: data, text: map[string]string{"reason": why}})
}

// CancelChallenge ends a challenge without a result, with a public reason. Its
// ideas stay, and are owed their answers.
func (m *Module) CancelChallenge(ctx context.Context, number, why string) error {
	return m.rule(ctx, number, MayCancel, func(ctx context.Context, w *tender) error {
		if p := w.Challenge.Phase; p == PhaseCancelled || p == PhaseChosen || p == PhaseTakenUp || p == PhaseExecuted {
			return fault.New(fault.Conflict, "ideas.fault.state")
		}
		why, err := reason("reason", why, true)
		if err != nil {
			return err
		}
		draft := w.Challenge.Phase == PhaseDraft
		w.Challenge.Phase = PhaseCancelled
		return w.tell(ctx, tale{kind: EventCancelled, public: !draft, text: map[string]string{"reason": why}})
	})
}

// allAnswered brings a challenge that is evaluated to the next phase when its
// last idea has got its answer.
func (m *Module) allAnswered(ctx context.Context, challenge string) error {
	r, err := db.One[challengeRow](ctx, m.db, `SELECT `+challengeColumns+` FROM ideas_challenge WHERE id = $1`, challenge)
	if err != nil || r.Phase != PhaseEvaluating || r.Answered < r.Ideas {
		return err
	}
	w, err := m.byClock(ctx, r)
	if err != nil {
		return err
	}
	if err := w.advance(ctx, PhaseAnswered, "", true); err != nil {
		return err
	}
	return m.updateChallenge(ctx, w.Challenge)
}

// byClock is an act on a challenge that nobody does.
func (m *Module) byClock(ctx context.Context, r challengeRow) (*tender, error) {
	c, err := r.unpack()
	if err != nil {
		return nil, err
	}
	ch, err := m.charters.Current(ctx)
	return &tender{Case: Case{Charter: ch, Challenge: c}, m: m}, err
}

// tickMost is how much of one sort one tick does.
const tickMost = 200

// Tick lets the clock do what is due: it closes challenges, and publishes held
// ideas whose deadline has passed where ideas are moderated after publication. A
// job calls it at least once a minute.
func (m *Module) Tick(ctx context.Context) error {
	if err := m.reorder(ctx); err != nil {
		return err
	}
	now := clock.Now(ctx)
	numbers, err := db.Query[string](ctx, m.db, `SELECT number FROM ideas_challenge WHERE phase = 'open' AND closes_at <= $1 ORDER BY closes_at LIMIT $2`, now, tickMost)
	if err != nil {
		return err
	}
	for _, number := range numbers {
		if err := m.closeByClock(ctx, number); err != nil {
			return err
		}
	}
	numbers, err = db.Query[string](ctx, m.db, `SELECT number FROM ideas_idea WHERE state = 'held' AND held_until <= $1
		AND challenge NOT IN (SELECT id FROM ideas_challenge WHERE moderation = 'before') ORDER BY held_until LIMIT $2`, now, tickMost)
	if err != nil {
		return err
	}
	for _, number := range numbers {
		if err := m.releaseByClock(ctx, number); err != nil {
			return err
		}
	}
	return nil
}

func (m *Module) closeByClock(ctx context.Context, number string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		c, err := m.lockChallenge(ctx, number)
		if err != nil || c.Phase != PhaseOpen || c.Closes.After(clock.Now(ctx)) {
			return err
		}
		row, err := c.pack()
		if err != nil {
			return err
		}
		w, err := m.byClock(ctx, row)
		if err != nil {
			return err
		}
		if err := w.advance(ctx, PhaseEvaluating, "", true); err != nil {
			return err
		}
		return m.updateChallenge(ctx, w.Challenge)
	})
}

// releaseByClock keeps the promise made to whoever sent their first idea. Where
// ideas are read before publication it goes on waiting, and is shown as late.
func (m *Module) releaseByClock(ctx context.Context, number string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		i, err := m.lock(ctx, number)
		if err != nil || i.State != Held {
			return err
		}
		c, err := m.caseOf(ctx, i)
		if err != nil {
			return err
		}
		w := &work{Case: c, m: m, was: i}
		if c.Challenge.Moderation == ModerateBefore {
			return nil
		}
		if err := w.release(ctx, true); err != nil {
			return err
		}
		return w.close(ctx)
	})
}
