package ideas

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Conclude publishes the result of a challenge (number): the ideas with the
// numbers are chosen, all others of it that are published are not. An override
// needs a written reason.
func (m *Module) Conclude(ctx context.Context, challenge string, chosen []string, how Conclusion) error {
	return m.rule(ctx, challenge, MayConclude, func(ctx context.Context, w *tender) error {
		if p := w.Challenge.Phase; p != PhaseEvaluating && p != PhaseAnswered {
			return fault.New(fault.Conflict, "ideas.fault.state")
		}
		if w.Challenge.Method.Votes() && clock.Now(ctx).Before(w.Challenge.VoteCloses) {
			return fault.New(fault.Conflict, "ideas.fault.voting")
		}
		var err error
		if how.Reason, err = reason("reason", how.Reason, how.Override); err != nil {
			return err
		}
		how.Method = w.Challenge.Method
		return w.conclude(ctx, chosen, how)
	})
}

func (w *tender) conclude(ctx context.Context, chosen []string, how Conclusion) error {
	numbers, err := db.Query[string](ctx, w.m.db, `SELECT number FROM ideas_idea WHERE id IN (SELECT idea FROM ideas_tag WHERE kind = 'challenge' AND code = $1) ORDER BY number`, w.Challenge.ID)
	if err != nil {
		return err
	}
	for _, n := range chosen {
		if !slices.Contains(numbers, n) {
			return bad("chosen", "ideas.fault.unseen")
		}
	}
	list, err := json.Marshal(slices.Sorted(slices.Values(chosen)))
	if err != nil {
		return err
	}
	w.Challenge.Phase, w.Challenge.Published, w.Challenge.Conclusion = PhaseChosen, clock.Now(ctx), how
	if w.Challenge.Evaluated.IsZero() {
		w.Challenge.Evaluated = w.Challenge.Published
	}
	if err := w.tell(ctx, tale{kind: EventConcluded, public: true, log: how.Override, text: map[string]string{"reason": how.Reason},
		data: map[string]string{"method": string(how.Method), "digest": how.Digest, "override": strconv.FormatBool(how.Override), "chosen": string(list)}}); err != nil {
		return err
	}
	for _, n := range numbers {
		if err := w.outcome(ctx, n, slices.Contains(chosen, n)); err != nil {
			return err
		}
	}
	return nil
}

// outcome writes what the result says of one idea. Its author hears of it.
func (w *tender) outcome(ctx context.Context, number string, chosen bool) error {
	i, err := w.m.lock(ctx, number)
	if err != nil {
		return err
	}
	c, err := w.m.caseOf(ctx, i)
	if err != nil {
		return err
	}
	one := &work{Case: c, m: w.m, Who: w.Who, As: w.As, was: i}
	if i.Outcome == TakenUp || i.Outcome == Executed {
		return nil
	}
	one.Idea.Outcome = NotChosen
	if chosen {
		one.Idea.Outcome = Chosen
	}
	if err := one.tell(ctx, tale{kind: EventChosen, public: true, data: map[string]string{"outcome": string(one.Idea.Outcome), "method": string(w.Challenge.Method)}}); err != nil {
		return err
	}
	return one.close(ctx)
}
