package opinions

import (
	"context"

	"ronda/method/opinion"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Ballot is one answer to one statement.
type Ballot struct {
	No      int          // of the statement
	Version int          // of the words that the person read
	Answer  opinion.Vote // Agree, Pass or Disagree
	Network string       // where from, for the limits; empty counts for none
}

// Vote counts an answer of the person of the context, in place of an earlier
// one. Faults: Conflict when voting is over, the statement was taken off, or its
// words are no longer those that were read; TooMany beyond the limits.
func (m *Module) Vote(ctx context.Context, number string, b Ballot) error {
	return m.VoteAll(ctx, number, b)
}

// VoteAll counts several answers of the person of the context, all or none, with
// the challenge read once. Faults as in Vote.
func (m *Module) VoteAll(ctx context.Context, number string, ballots ...Ballot) error {
	for _, b := range ballots {
		if b.Answer < opinion.Disagree || b.Answer > opinion.Agree {
			return fault.New(fault.Invalid, "fault.choice")
		}
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		var a *act
		for _, b := range ballots {
			var err error
			if a, err = m.turnTo(ctx, a, number, b.No); err != nil {
				return err
			}
			if err := a.vote(ctx, b); err != nil {
				return err
			}
		}
		return nil
	})
}

// turnTo is the act of answering a statement; one on the statement before spares
// reading the challenge again.
func (m *Module) turnTo(ctx context.Context, before *act, number string, no int) (*act, error) {
	if before == nil {
		return m.begin(ctx, number, no, Vote)
	}
	a := *before
	var err error
	if a.Statement, err = m.statement(ctx, a.Challenge.ID, no); err != nil {
		return nil, err
	}
	a.as, err = a.Require(a.who, Vote)
	return &a, err
}

// vote counts one answer.
func (a *act) vote(ctx context.Context, b Ballot) error {
	if err := a.answerable(b.Version); err != nil {
		return err
	}
	if err := a.counted(ctx, votesByPerson, votesByNetwork, b.Network); err != nil {
		return err
	}
	if err := a.first(ctx, b.Version); err != nil {
		return err
	}
	return a.cast(ctx, b.Answer)
}

// answerable says why the statement cannot be answered, if it cannot.
func (a *act) answerable(version int) error {
	switch {
	case a.Statement.State == Held:
		return fault.New(fault.NotFound, "fault.notfound")
	case a.Statement.State == Rejected:
		return fault.New(fault.Conflict, "ideas.opinions.fault.rejected")
	case a.Statement.Version != version:
		return fault.New(fault.Conflict, "ideas.opinions.fault.changed")
	}
	return a.open()
}

// first closes the statement for editing when this is its first answer. Who
// edits and who answers in the same moment meet on the row, and one of them is
// told so.
func (a *act) first(ctx context.Context, version int) error {
	if a.Statement.Voted {
		return nil
	}
	now := clock.Now(ctx)
	n, err := a.m.db.Exec(ctx, `UPDATE opinions_statement SET voted = TRUE, changed_at = $3 WHERE id = $1 AND version = $2`, a.Statement.ID, version, now)
	if err := db.Changed(n, err, "ideas.opinions.fault.changed"); err != nil {
		return err
	}
	a.Statement.Voted, a.Statement.Changed = true, now
	a.announce(ctx)
	return nil
}

// cast writes the answer and brings it to the map once it is on disk.
func (a *act) cast(ctx context.Context, answer opinion.Vote) error {
	v := voteRow{Person: a.who.Person, No: a.Statement.No, Answer: answer, At: clock.Now(ctx)}
	challenge := a.Challenge.ID
	a.m.db.AfterCommit(ctx, func() { a.m.hearVote(challenge, v) })
	return a.m.keepVote(ctx, challenge, v)
}

// Withdraw takes back the answer of the person of the context; without one
// nothing happens.
func (m *Module) Withdraw(ctx context.Context, number string, no int) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		a, err := m.begin(ctx, number, no, Vote)
		if err != nil {
			return err
		}
		if err := a.open(); err != nil {
			return err
		}
		n, err := m.db.Exec(ctx, `UPDATE opinions_vote SET answer = 2, at = $4 WHERE challenge = $1 AND person = $2 AND no = $3 AND answer <> 2`,
			a.Challenge.ID, a.who.Person, no, clock.Now(ctx))
		if err != nil || n == 0 {
			return err
		}
		v, challenge := voteRow{Person: a.who.Person, No: no, Answer: withdrawn, At: clock.Now(ctx)}, a.Challenge.ID
		m.db.AfterCommit(ctx, func() { m.hearVote(challenge, v) })
		return nil
	})
}

// Answers are those of a person to the statements of a challenge, by number.
func (m *Module) Answers(ctx context.Context, challenge, person string) (map[int]opinion.Vote, error) {
	rows, err := m.votesOf(ctx, challenge, person)
	out := make(map[int]opinion.Vote, len(rows))
	for _, v := range rows {
		out[v.No] = v.Answer
	}
	return out, err
}

// Forget takes back every answer of a person whose account ends and cuts the
// tie to what they wrote.
func (m *Module) Forget(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		if _, err := m.db.Exec(ctx, `UPDATE opinions_vote SET answer = 2, at = $2 WHERE person = $1 AND answer <> 2`, person, clock.Now(ctx)); err != nil {
			return err
		}
		_, err := m.db.Exec(ctx, `UPDATE opinions_statement SET author = '' WHERE author = $1 AND body = ''`, person)
		return err
	})
}
