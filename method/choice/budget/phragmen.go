package budget

import (
	"math/big"
	"slices"
)

// Phragmen chooses by Phragmén's sequential rule: backers of a project share
// its cost as a load, and the project that leaves its backers with the least
// load goes first. It stops when the next project does not fit, even if another
// one of equal load would. Points and places are not looked at: a backer is who
// names the project.
func Phragmen(in *Instance, o Options) (*Outcome, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	named := *in
	named.Kind = Approval
	s := newSupport(&named)
	out, open := s.newOutcome(PhragmenRule, s.order(o.ties()))
	r := &loads{support: s, open: open, load: make([]int32, len(in.Groups)), after: []*big.Rat{new(big.Rat)}, rough: []float64{0}}
	for len(r.open) > 0 {
		least, load := r.least()
		if p, fits := r.misfit(out, least); !fits {
			r.stop(out, p)
			break
		}
		r.take(out, least, load)
	}
	return out, nil
}

// loads is the state of the rule. After a project is chosen all its backers
// carry the same load, so there are only as many loads as rounds.
type loads struct {
	*support
	open  []int      // in the tie order
	load  []int32    // group -> round whose load it carries
	after []*big.Rat // round -> load of the backers of its project; none in round 0
	rough []float64  // the same in float64
}

// least finds the open projects with the least new load, in the tie order.
func (r *loads) least() ([]int, *big.Rat) {
	approx := make([]float64, len(r.open))
	least := 0.0
	for i, p := range r.open {
		approx[i] = r.approximate(p)
		if i == 0 || approx[i] < least {
			least = approx[i]
		}
	}
	var top *big.Rat
	var equal []int
	for i, p := range r.open {
		if approx[i] > least*(1+tolerance) {
			continue
		}
		load := r.exact(p)
		if top == nil || load.Cmp(top) < 0 {
			top, equal = load, nil
		}
		if load.Cmp(top) == 0 {
			equal = append(equal, p)
		}
	}
	return equal, top
}

// approximate is the new load of a project's backers in float64.
func (r *loads) approximate(p int) float64 {
	load := float64(r.in.Projects[p].Cost)
	for _, b := range r.backers[p] {
		load += r.rough[r.load[b.group]] * float64(r.in.Groups[b.group].Count)
	}
	return load / float64(r.total[p])
}

// exact is the new load of a project's backers, who are counted by the round
// whose load they carry.
func (r *loads) exact(p int) *big.Rat {
	people := make([]int64, len(r.after))
	for _, b := range r.backers[p] {
		people[r.load[b.group]] += int64(r.in.Groups[b.group].Count)
	}
	load := new(big.Rat).SetInt64(int64(r.in.Projects[p].Cost))
	for round, n := range people {
		if n > 0 {
			part := new(big.Rat).SetInt64(n)
			load.Add(load, part.Mul(part, r.after[round]))
		}
	}
	return load.Quo(load, new(big.Rat).SetInt64(r.total[p]))
}

// misfit finds a project of the least load that does not fit the budget.
func (r *loads) misfit(out *Outcome, least []int) (project int, fits bool) {
	for _, p := range least {
		if out.Cost+r.in.Projects[p].Cost > r.in.Budget {
			return p, false
		}
	}
	return 0, true
}

// take chooses the first of the projects with the least load.
func (r *loads) take(out *Outcome, least []int, load *big.Rat) {
	p := least[0]
	rough, _ := load.Float64()
	out.add(r.in, p, Reason{Cause: Bought, Votes: r.votes[p], Price: rough / float64(r.in.unit()),
		Tied: slices.Clone(least[1:])})
	for _, b := range r.backers[p] {
		r.load[b.group] = int32(len(r.after))
	}
	r.after, r.rough = append(r.after, load), append(r.rough, rough)
	r.open = slices.DeleteFunc(r.open, func(q int) bool { return q == p })
}

// stop says why the rest was not chosen: one did not fit, and that ended it.
func (r *loads) stop(out *Outcome, misfit int) {
	for _, p := range r.open {
		why := &out.Why[p]
		why.Cause, why.Price = Stopped, r.approximate(p)/float64(r.in.unit())
		if p == misfit {
			why.Cause = NoRoom
			why.Behind = float64(r.in.Budget-out.Cost) / float64(r.in.unit())
		}
	}
}
