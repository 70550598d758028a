package opinions

import (
	"context"

	"ronda/city/ideas"
	"ronda/platform/event"
)

// Challenges knows the challenges: NotFound for what the person of the context
// may not see.
type Challenges interface {
	Challenge(ctx context.Context, number string) (ideas.Challenge, error)
}

// The kinds of subject that the events of this package are about, beside the
// challenge.
const (
	SubjectStatements = "statements" // of one challenge, by its id: the log of moderation
	SubjectStatement  = "statement"
)

// Challenge is what this package needs to know of a challenge.
type Challenge struct {
	ID, Number      string
	Title, Question string
	Body            string // code of the body that asks
	Draft           bool   // not open yet: only the body's own people see it, and may seed
	Open            bool   // answers and new statements are taken, until the result
	Before          bool   // statements of citizens wait for a moderator
	HoldHours       int    // for how long at most
}

// Subject names the challenge for events.
func (c Challenge) Subject() event.Subject {
	return event.Subject{Kind: ideas.SubjectChallenge, ID: c.ID}
}

// challengeOf takes from a challenge what is needed here. People answer its
// statements until the result is published, also while the ideas are being
// evaluated: the map is no part of the sealed evaluation.
func challengeOf(c ideas.Challenge) Challenge {
	open := c.Phase == ideas.PhaseOpen || c.Phase == ideas.PhaseEvaluating || c.Phase == ideas.PhaseAnswered
	return Challenge{ID: c.ID, Number: c.Number, Title: c.Title, Question: c.Question, Body: c.Body, Draft: c.Phase == ideas.PhaseDraft,
		Open: open, Before: c.Moderation == ideas.ModerateBefore, HoldHours: c.HoldHours}
}
