package budget

import "slices"

// settle picks the best of the examined candidates, by exact fractions when
// several are too close to the best to tell.
func (r *shares) settle(best float64, examined []candidate) purchase {
	var near []candidate
	for _, c := range examined {
		if c.priced && c.score >= best*(1-tolerance) {
			near = append(near, c)
		}
	}
	if len(near) == 1 {
		return purchase{candidate: near[0]}
	}
	tied := near
	if !r.allWhole(near) {
		tied = r.exact().best(near)
	}
	return r.first(tied)
}

// first picks the first of equal candidates in the tie order.
func (r *shares) first(tied []candidate) purchase {
	slices.SortFunc(tied, func(a, b candidate) int { return r.place[a.project] - r.place[b.project] })
	pick := purchase{candidate: tied[0]}
	for _, c := range tied[1:] {
		pick.tied = append(pick.tied, c.project)
	}
	return pick
}

// allWhole says whether the score of every candidate is certainly a whole
// number: as many people pay the full price as the score says, and the others
// have nothing left at all. Whole numbers this close are equal.
func (r *shares) allWhole(near []candidate) bool {
	if !r.plain || r.blurred {
		return false
	}
	for _, c := range near {
		for _, b := range r.backers[c.project] {
			if money := r.purses[b.group].money; money > 0 && money < c.price*(1+tolerance) {
				return false
			}
		}
	}
	return true
}

// exact is the ledger of exact balances, brought up to the present round.
func (r *shares) exact() *ledger {
	if r.ledger == nil {
		r.ledger = newLedger(r.support, r.endowment)
	}
	r.ledger.replay(r.picks)
	return r.ledger
}
