package opinion

import "math"

// significant is the value a normal deviate exceeds by chance one time in ten.
const significant = 1.2816

// Stat says how one group answered one statement, beside the rest of the
// grouped. Shares have one agreement, one disagreement added to the counts, so
// that a single vote proves nothing; tests are normal deviates.
type Stat struct {
	Agrees    int `json:"na"`
	Disagrees int `json:"nd"`
	Votes     int `json:"ns"` // passes included

	AgreeShare    float64 `json:"pa"`  // (na+1) / (ns+2)
	DisagreeShare float64 `json:"pd"`  //
	AgreeTest     float64 `json:"pat"` // of pa against one half
	DisagreeTest  float64 `json:"pdt"` //

	AgreeRatio    float64 `json:"ra"`  // pa by that of the rest
	DisagreeRatio float64 `json:"rd"`  //
	AgreeDiffers  float64 `json:"rat"` // test of the share against that of the rest
	DisagreeDiff  float64 `json:"rdt"` //
}

// statistics returns a row of figures for each group, by statement, given who
// is grouped and where.
func (m *matrix) statistics(people, group []int, groups int) [][]Stat {
	counts, all := make([][]tally, groups), make([]tally, len(m.statements))
	for g := range counts {
		counts[g] = make([]tally, len(m.statements))
	}
	for i, p := range people {
		for _, a := range m.rows[p] {
			counts[group[i]][a.statement].add(a.vote)
			all[a.statement].add(a.vote)
		}
	}
	stats := make([][]Stat, groups)
	for g := range stats {
		stats[g] = make([]Stat, len(m.statements))
		for j, own := range counts[g] {
			stats[g][j] = describe(own, all[j].less(own))
		}
	}
	return stats
}

func (t tally) less(o tally) tally {
	return tally{t.agree - o.agree, t.disagree - o.disagree, t.votes - o.votes}
}

// describe returns the figures of a group with those of the rest beside them.
func describe(own, rest tally) Stat {
	s := Stat{Agrees: own.agree, Disagrees: own.disagree, Votes: own.votes}
	s.AgreeShare, s.AgreeTest = share(own.agree, own.votes), prevails(own.agree, own.votes)
	s.DisagreeShare, s.DisagreeTest = share(own.disagree, own.votes), prevails(own.disagree, own.votes)
	s.AgreeRatio = s.AgreeShare / share(rest.agree, rest.votes)
	s.DisagreeRatio = s.DisagreeShare / share(rest.disagree, rest.votes)
	s.AgreeDiffers = differs(own.agree, own.votes, rest.agree, rest.votes)
	s.DisagreeDiff = differs(own.disagree, own.votes, rest.disagree, rest.votes)
	return s
}

func share(n, of int) float64 { return float64(n+1) / float64(of+2) }

// prevails tests whether a share lies above one half.
func prevails(n, of int) float64 {
	all := float64(of + 1)
	return 2 * math.Sqrt(all) * (float64(n+1)/all - 0.5)
}

// differs tests whether two shares differ, with one added to every count.
func differs(n, of, m, ofOther int) float64 {
	a, b := float64(of+1), float64(ofOther+1)
	pooled := float64(n+1+m+1) / (a + b)
	if pooled == 1 {
		return 0
	}
	return (float64(n+1)/a - float64(m+1)/b) / math.Sqrt(pooled*(1-pooled)*(1/a+1/b))
}
