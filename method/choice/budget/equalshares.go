package budget

import "math/big"

// Options are what a commissioner of the vote may set. The zero value is the
// plain rule.
type Options struct {
	Ties Ties // ByVotes when empty
	// Raise runs equal shares again and again with a larger share for every
	// ballot, as long as the outcome costs no more than the budget (add1).
	Raise bool
	// StopWhenExhaustive ends the raising as soon as no project fits any more;
	// some programs do so. Without it the raising goes on, which may still
	// exchange projects.
	StopWhenExhaustive bool
	// Fill spends what is left greedily by votes.
	Fill bool
	// Progress hears of every run of the raising; may be nil.
	Progress func(run int, share float64, cost Amount)
}

func (o Options) ties() Ties {
	if o.Ties == "" {
		return ByVotes
	}
	return o.Ties
}

// EqualShares chooses by the Method of Equal Shares: the budget is divided
// equally among the ballots, and a project is bought when its backers can pay
// for it, the one with the most effective votes first.
func EqualShares(in *Instance, o Options) (*Outcome, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	s := newSupport(in)
	place := s.order(o.ties())
	rule := EqualSharesRule
	if o.Raise {
		rule = EqualSharesAdd1Rule
	}
	out, open := s.newOutcome(rule, place)
	if in.Ballots == 0 {
		return out, nil
	}
	runs := newShares(s, place, open)
	out.Share, out.Runs = runs.share(o)
	runs.run(out.Share)
	runs.explain(out)
	if o.Fill {
		s.fill(out, place)
	}
	return out, nil
}

// share is what each ballot may spend: its part of the budget, or with Raise the
// most for which the outcome still fits, and how many runs it took to know.
func (r *shares) share(o Options) (*big.Rat, int) {
	share := big.NewRat(int64(r.in.Budget), int64(r.in.Ballots))
	if !o.Raise {
		return share, 1
	}
	step := r.in.step()
	for run := 1; ; run++ {
		cost := r.run(share)
		if o.Progress != nil {
			money, _ := share.Float64()
			o.Progress(run, money/float64(r.in.unit()), cost)
		}
		if cost > r.in.Budget {
			return share.Sub(share, step), run
		}
		if len(r.picks) == len(r.start) || o.StopWhenExhaustive && r.exhausted(cost) {
			return share, run
		}
		steps := new(big.Rat).SetInt64(r.reach.steps(step))
		share = new(big.Rat).Add(share, steps.Mul(steps, step))
	}
}

// step is by how much add1 raises the share: one unit of the currency, or a
// thousandth of the share when that is above 10,000 units.
func (in *Instance) step() *big.Rat {
	const many, parts = 10_000, 1_000
	step := new(big.Rat).SetInt64(int64(in.unit()))
	share := big.NewRat(int64(in.Budget), int64(in.Ballots))
	if limit := new(big.Rat).SetInt64(many); share.Cmp(limit.Mul(limit, step)) > 0 {
		return share.Quo(share, new(big.Rat).SetInt64(parts))
	}
	return step
}

// exhausted says whether nothing that could be bought fits beside what was.
func (r *shares) exhausted(cost Amount) bool {
	bought := make(map[int]bool, len(r.picks))
	for _, pick := range r.picks {
		bought[pick.project] = true
	}
	for _, c := range r.start {
		if !bought[c.project] && cost+r.in.Projects[c.project].Cost <= r.in.Budget {
			return false
		}
	}
	return true
}

// explain writes the last run into the outcome.
func (r *shares) explain(out *Outcome) {
	unit := float64(r.in.unit())
	for _, pick := range r.picks {
		p := pick.project
		out.add(r.in, p, Reason{Cause: Bought, Votes: r.votes[p], Price: pick.price / unit,
			Effective: float64(r.in.Projects[p].Cost) / pick.price, Tied: pick.tied})
	}
	for _, c := range r.start {
		if why := &out.Why[c.project]; why.Cause == "" {
			why.Cause, why.Behind = Short, r.behind(c.project)/unit
		}
	}
}
