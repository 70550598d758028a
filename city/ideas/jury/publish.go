package jury

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/ideas"
	"ronda/method/choice/review"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// Choice is what the head of a body publishes.
type Choice struct {
	Chosen []string // numbers; nil takes what the ranking gives
	Reason string   // needed when the ranking does not say that: another list, or some of several equal ones
}

// Given is what the ranking chooses by itself: everything down to the last place,
// and the equal ideas of which it cannot take all.
func Given(r *review.Ranking, places int) (chosen, tied []string) {
	for _, s := range r.Ideas {
		if s.Place > places {
			break
		}
		last := s.Place
		for _, o := range r.Ideas {
			if o.Place == s.Place {
				last++
			}
		}
		if last-1 <= places {
			chosen = append(chosen, s.Idea)
		} else {
			tied = append(tied, s.Idea)
		}
	}
	return chosen, tied
}

// Publish makes the ranking and the file of grades known and gives the challenge
// its outcome. Faults: Forbidden, Conflict when the evaluation is not closed or
// the result is published, Invalid on "chosen" and "reason".
func (m *Module) Publish(ctx context.Context, number string, ch Choice) (err error) {
	defer fault.Wrap(&err, "Publish(%s)", number)
	return m.DB.Write(ctx, func(ctx context.Context) error {
		if _, err := m.concluding(ctx, number); err != nil {
			return err
		}
		o, err := m.Outcome(ctx, number)
		if err != nil {
			return err
		}
		if o.Ranking == nil || o.Published {
			return fault.New(fault.Conflict, "ideas.jury.fault.not_ready")
		}
		how := ideas.Conclusion{Method: ideas.MethodJury, Digest: o.Digest}
		if ch.Chosen, err = ch.decide(o, &how); err != nil {
			return err
		}
		return m.publish(ctx, o, ch.Chosen, how)
	})
}

// decide checks the list and says how it was found.
func (ch Choice) decide(o Outcome, how *ideas.Conclusion) ([]string, error) {
	given, tied := Given(o.Ranking, o.Places)
	if ch.Chosen == nil && len(tied) == 0 {
		return given, nil
	}
	var c fault.Check
	chosen := slices.Compact(slices.Sorted(slices.Values(ch.Chosen)))
	for _, n := range chosen {
		known := slices.ContainsFunc(o.Ranking.Ideas, func(s review.Standing) bool { return s.Idea == n })
		c.Require(known, "chosen", "ideas.jury.fault.unknown", "number", n)
	}
	c.Require(len(chosen) > 0 && len(chosen) <= o.Places, "chosen", "ideas.jury.fault.many", "count", o.Places)
	how.Override = departs(chosen, given, tied, o.Places)
	reason := strings.TrimSpace(ch.Reason)
	needs := how.Override || len(tied) > 0
	c.Text("reason", reason, needs, ideas.ReasonMax)
	if needs && !c.Failed("reason") {
		c.Require(len([]rune(reason)) >= ideas.ReasonMin, "reason", "ideas.jury.fault.reason", "min", ideas.ReasonMin)
	}
	if needs {
		how.Reason = reason
	}
	return chosen, c.Err()
}

// departs says whether a list is not one that the ranking allows: all it gives,
// and of the equal ones as many as there is room for.
func departs(chosen, given, tied []string, places int) bool {
	for _, n := range given {
		if !slices.Contains(chosen, n) {
			return true
		}
	}
	for _, n := range chosen {
		if !slices.Contains(given, n) && !slices.Contains(tied, n) {
			return true
		}
	}
	return len(tied) > 0 && len(chosen) != places
}

func (m *Module) publish(ctx context.Context, o Outcome, chosen []string, how ideas.Conclusion) error {
	n, err := m.DB.Exec(ctx, `UPDATE jury_panel SET published_at = $2 WHERE challenge = $1 AND published_at = $3`, o.Challenge.ID, clock.Now(ctx), time.Time{})
	if err := db.Changed(n, err, "ideas.jury.fault.not_ready"); err != nil {
		return err
	}
	if err := m.City.Conclude(ctx, o.Challenge.Number, chosen, how); err != nil {
		return err
	}
	return m.tell(ctx, o.Case, event.Event{Kind: EventPublished, Public: true, Data: map[string]string{"digest": o.Digest}}, ideas.MayConclude)
}
