package budget

import (
	"cmp"
	"slices"
)

// Greedy chooses by votes: the project with the most votes first, skipping
// whatever no longer fits. Votes are people, or the sum of points.
func Greedy(in *Instance, o Options) (*Outcome, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	s := newSupport(in)
	out, open := s.newOutcome(GreedyRule, s.order(o.ties()))
	s.spend(out, s.mostVoted(open), Bought)
	return out, nil
}

// mostVoted sorts projects, given in the tie order, by falling votes.
func (s *support) mostVoted(open []int) []int {
	slices.SortStableFunc(open, func(a, b int) int { return cmp.Compare(s.votes[b], s.votes[a]) })
	return open
}

// spend goes through the projects and takes each that fits the budget.
func (s *support) spend(out *Outcome, projects []int, cause Cause) {
	for i, p := range projects {
		left := s.in.Budget - out.Cost
		if s.in.Projects[p].Cost > left {
			why := &out.Why[p]
			why.Cause, why.Behind = NoRoom, float64(left)/float64(s.in.unit())
			continue
		}
		out.add(s.in, p, Reason{Cause: cause, Votes: s.votes[p], Tied: s.tiedVotes(projects, i)})
	}
}

// tiedVotes lists the projects after place i that have as many votes.
func (s *support) tiedVotes(projects []int, i int) []int {
	var tied []int
	for _, p := range projects[i+1:] {
		if s.votes[p] != s.votes[projects[i]] {
			break
		}
		tied = append(tied, p)
	}
	return tied
}

// fill spends what is left greedily on the projects that were not chosen.
func (s *support) fill(out *Outcome, place []int) {
	var rest []int
	for _, p := range byPlace(place) {
		if out.Why[p].Cause == Short {
			rest = append(rest, p)
		}
	}
	s.spend(out, s.mostVoted(rest), Filled)
}
