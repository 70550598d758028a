package opinion

import (
	"cmp"
	"slices"
)

// Consensus holds what many agree or disagree with, strongest first.
type Consensus struct {
	Agree    []Choice `json:"agree"`
	Disagree []Choice `json:"disagree"`
}

// heardInEach is how many votes a statement needs in each group before it is
// said to unite them.
const heardInEach = 7

// assemblyConsensus returns the statements to which more than half of all who
// voted, and more than chance explains, give one answer: at most five a side.
func (m *matrix) assemblyConsensus() Consensus {
	var agree, disagree []candidate
	for j, t := range m.tallies {
		if m.rejected[j] {
			continue
		}
		agree = appendAgreed(agree, j, Agree, t.agree, t.votes)
		disagree = appendAgreed(disagree, j, Disagree, t.disagree, t.votes)
	}
	return Consensus{m.strongest(agree, maxRepresentative), m.strongest(disagree, maxRepresentative)}
}

func appendAgreed(found []candidate, column int, side Vote, n, votes int) []candidate {
	p, test := share(n, votes), prevails(n, votes)
	if p > 0.5 && test > significant {
		found = append(found, candidate{column, side, p * test})
	}
	return found
}

// groupConsensus returns the statements to which more than half of every group
// give one answer, by the product of the groups' shares: at most five a side.
// Each group must have answered often enough.
func (m *matrix) groupConsensus(stats [][]Stat) Consensus {
	var agree, disagree []candidate
	for j := range m.statements {
		if m.rejected[j] || !heard(stats, j) {
			continue
		}
		if product, all := products(stats, j, func(s Stat) float64 { return s.AgreeShare }); all {
			agree = append(agree, candidate{j, Agree, product})
		}
		if product, all := products(stats, j, func(s Stat) float64 { return s.DisagreeShare }); all {
			disagree = append(disagree, candidate{j, Disagree, product})
		}
	}
	return Consensus{m.strongest(agree, maxRepresentative), m.strongest(disagree, maxRepresentative)}
}

func heard(stats [][]Stat, column int) bool {
	return !slices.ContainsFunc(stats, func(group []Stat) bool { return group[column].Votes < heardInEach })
}

// products multiplies a share over the groups and says whether it is more than
// half in each.
func products(stats [][]Stat, column int, share func(Stat) float64) (product float64, majorities bool) {
	product, majorities = 1, len(stats) > 0
	for _, group := range stats {
		p := share(group[column])
		product *= p
		majorities = majorities && p > 0.5
	}
	return product, majorities
}

// strongest returns the candidates with the largest scores, at most n, equal
// ones in the order of their statements.
func (m *matrix) strongest(found []candidate, n int) []Choice {
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	choices := make([]Choice, min(n, len(found)))
	for i := range choices {
		choices[i] = Choice{m.statements[found[i].column], found[i].side, found[i].score}
	}
	return choices
}
