// Package rank puts a few options in order by what people said of them: scores,
// rankings, grades, duels or dots. Every rule returns places: groups of options
// that are equal, best first. Nothing is broken silently; where a rule needs a
// draw, the draw is listed beside the shared place.
package rank

import (
	"errors"
	"fmt"
)

// Kind is what the ballots of a poll say.
type Kind string

// The kinds of poll.
const (
	Ranked Kind = "ranked" // options in order, equals allowed, some left out
	Scores Kind = "scores" // a score from 0 to Max for each option
	Grades Kind = "grades" // only counted: how often each option got each grade
	Paired Kind = "duels"  // one option before another; says nothing of the rest
)

// Poll is what people said about some candidates: ideas, statements, options.
type Poll struct {
	Kind       Kind
	Candidates []string
	Rankings   []Ranking // of kind Paired: the winner before the loser
	Max        int       // best score
	Scored     []Scored
	Tallies    [][]int64 // for each candidate, how often it got each grade, worst grade first
}

// Ranking is a ballot that ranks candidates, and how many cast it.
type Ranking struct {
	Count  int64
	Places [][]int // indexes of candidates, equals together, best first; who is left out ranks below
}

// Scored is a ballot with a score for each candidate, and how many cast it.
type Scored struct {
	Count  int64
	Scores []int // parallel to the candidates, from 0 to Max
}

// Places are groups of equal candidates by index, best group first.
type Places [][]int

// Winners is the first group.
func (p Places) Winners() []int {
	if len(p) == 0 {
		return nil
	}
	return p[0]
}

// ErrKind says that a rule cannot be applied to that kind of ballots.
var ErrKind = errors.New("the rule does not fit the kind of ballots")

// maxCount bounds the ballots of a poll, so that sums stay exact.
const maxCount = 1 << 40

// Check says what makes a poll impossible to count.
func (p *Poll) Check() error {
	names := make(map[string]bool, len(p.Candidates))
	for _, name := range p.Candidates {
		if name == "" || names[name] {
			return fmt.Errorf("candidate %q is empty or stands twice", name)
		}
		names[name] = true
	}
	switch p.Kind {
	case Ranked:
		return p.checkRankings()
	case Paired:
		return p.checkDuels()
	case Scores:
		return p.checkScores()
	case Grades:
		return p.checkTallies()
	}
	return fmt.Errorf("kind of ballots %q is not known", p.Kind)
}

func (p *Poll) checkRankings() error {
	total := int64(0)
	for i, b := range p.Rankings {
		seen := make([]bool, len(p.Candidates))
		if total += b.Count; b.Count < 0 || b.Count > maxCount || total > maxCount {
			return fmt.Errorf("ballot %d: count %d is below zero or too large", i+1, b.Count)
		}
		for _, group := range b.Places {
			for _, c := range group {
				if c < 0 || c >= len(seen) || seen[c] {
					return fmt.Errorf("ballot %d: candidate %d is unknown or stands twice", i+1, c)
				}
				seen[c] = true
			}
		}
	}
	return nil
}

// checkDuels says what is wrong with ballots that compare two options.
func (p *Poll) checkDuels() error {
	for i, b := range p.Rankings {
		if len(b.Places) != 2 || len(b.Places[0]) != 1 || len(b.Places[1]) != 1 {
			return fmt.Errorf("ballot %d: a duel has one option before one other", i+1)
		}
	}
	return p.checkRankings()
}

func (p *Poll) checkScores() error {
	const best = 1000
	if p.Max < 1 || p.Max > best {
		return fmt.Errorf("best score %d: must be between 1 and %d", p.Max, best)
	}
	total := int64(0)
	for i, b := range p.Scored {
		if total += b.Count; b.Count < 0 || b.Count > maxCount || total > maxCount || len(b.Scores) != len(p.Candidates) {
			return fmt.Errorf("ballot %d: the count or the number of scores is wrong", i+1)
		}
		for _, s := range b.Scores {
			if s < 0 || s > p.Max {
				return fmt.Errorf("ballot %d: score %d is not between 0 and %d", i+1, s, p.Max)
			}
		}
	}
	return nil
}

func (p *Poll) checkTallies() error {
	if len(p.Tallies) != len(p.Candidates) {
		return fmt.Errorf("%d tallies for %d candidates", len(p.Tallies), len(p.Candidates))
	}
	for i, tally := range p.Tallies {
		if len(tally) == 0 || len(tally) != len(p.Tallies[0]) {
			return fmt.Errorf("tally %d has %d grades, the first has %d", i+1, len(tally), len(p.Tallies[0]))
		}
		for _, n := range tally {
			if n < 0 || n > maxCount {
				return fmt.Errorf("tally %d: count %d is below zero or too large", i+1, n)
			}
		}
	}
	return nil
}
