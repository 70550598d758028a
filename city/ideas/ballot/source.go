package ballot

import (
	"context"

	"ronda/city/ideas"
	"ronda/platform/clock"
)

// City is the City of Ideas as the source of contests.
type City struct{ Ideas *ideas.Module }

// Contest implements Source.
func (s City) Contest(ctx context.Context, number string) (Contest, error) {
	c, err := s.Ideas.Challenge(ctx, number)
	if err != nil {
		return Contest{}, err
	}
	switch {
	case !c.Public():
		return Contest{}, notFound()
	case c.Method == ideas.MethodJury:
		return Contest{}, elsewhere{"/desafios/" + c.Number + "/evaluacion"}
	case !c.Method.Votes():
		return Contest{}, notFound()
	}
	return contestOf(ctx, c), nil
}

// elsewhere is the NotFound of a challenge on which nobody votes, because a jury
// decides: its result stands at another address.
type elsewhere struct{ href string }

func (e elsewhere) Error() string { return "the result is at " + e.href }

func (e elsewhere) Unwrap() error { return notFound() }

// contestOf is the vote of a challenge.
func contestOf(ctx context.Context, c ideas.Challenge) Contest {
	return Contest{ID: c.ID, Number: c.Number, Title: c.Title, Question: c.Question, Terms: c.Terms, Body: c.Body, Method: Method(c.Method),
		Ballot: Kind(c.BallotKind), MaxChoices: c.MaxChoices, Budget: c.Budget, Currency: c.Currency, Opens: c.VoteOpens, Closes: c.VoteCloses,
		Stage: stageOf(ctx, c), RulesHash: c.RulesHash}
}

func stageOf(ctx context.Context, c ideas.Challenge) Stage {
	now := clock.Now(ctx)
	switch {
	case c.Phase == ideas.PhaseCancelled:
		return Void
	case c.Voting(now):
		return Voting
	case c.VoteCloses.IsZero() || now.Before(c.VoteOpens):
		return Waiting
	}
	return Over
}

// undecided are the phases in which a vote may wait to be counted.
var undecided = []ideas.Phase{ideas.PhaseOpen, ideas.PhaseEvaluating, ideas.PhaseAnswered}

// Ended implements Source.
func (s City) Ended(ctx context.Context) ([]Contest, error) {
	var out []Contest
	for _, phase := range undecided {
		f := ideas.ChallengeFilter{Phase: phase}
		for first := true; first || f.After != ""; first = false {
			page, next, err := s.Ideas.Challenges(ctx, f)
			if err != nil {
				return nil, err
			}
			for _, c := range page {
				if contest := contestOf(ctx, c); c.Method.Votes() && contest.Stage == Over {
					out = append(out, contest)
				}
			}
			f.After = next
		}
	}
	return out, nil
}

// Options implements Source: the published ideas of the challenge. One that is
// hidden or withdrawn is not among them.
func (s City) Options(ctx context.Context, c Contest) ([]Option, error) {
	var out []Option
	err := s.Ideas.Each(ctx, ideas.Filter{By: map[string]string{ideas.FilterChallenge: c.ID}}, func(i ideas.Idea) error {
		if i.Public() {
			out = append(out, Option{Number: i.Number, Title: i.Title, Text: i.Text, Place: i.Place, Cost: i.Cost})
		}
		return nil
	})
	return out, err
}

// Conclude gives a challenge its outcome; see Deps.
func (s City) Conclude(ctx context.Context, challenge string, chosen []string, how Conclusion) error {
	return s.Ideas.Conclude(ctx, challenge, chosen, ideas.Conclusion{Method: ideas.Method(how.Method), Digest: how.Digest, Override: how.Override, Reason: how.Reason})
}
