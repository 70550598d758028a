package budget

import (
	"math/big"
	"slices"
)

// The rules once more, as their definitions read: every person alone, every
// figure an exact fraction, nothing remembered from one round to the next.

// person is one ballot: utility for each project, and the money left.
type person struct {
	utility []int64
	money   *big.Rat
}

// persons lists every ballot of the instance, the empty ones too.
func persons(in *Instance, share *big.Rat) []person {
	var all []person
	for _, g := range in.Groups {
		utility := make([]int64, len(in.Projects))
		for i, p := range g.Choices {
			utility[p] = in.utility(&g, i)
		}
		for range g.Count {
			all = append(all, person{utility, new(big.Rat).Set(share)})
		}
	}
	return all
}

// slowPrice is the least r at which sum(min(money, r*utility)) is the cost.
func slowPrice(all []person, p int, cost Amount) *big.Rat {
	backers := slices.DeleteFunc(slices.Clone(all), func(v person) bool { return v.utility[p] == 0 })
	afford := func(v person) *big.Rat { return new(big.Rat).Quo(v.money, new(big.Rat).SetInt64(v.utility[p])) }
	slices.SortFunc(backers, func(a, b person) int { return afford(a).Cmp(afford(b)) })
	for i, v := range backers {
		missing, utility := new(big.Rat).SetInt64(int64(cost)), int64(0)
		for _, poor := range backers[:i] {
			missing.Sub(missing, poor.money)
		}
		for _, rich := range backers[i:] {
			utility += rich.utility[p]
		}
		if r := missing.Quo(missing, new(big.Rat).SetInt64(utility)); r.Cmp(afford(v)) <= 0 {
			return r
		}
	}
	return nil
}

// slowShares is the Method of Equal Shares; equal projects go in the tie order.
func slowShares(in *Instance, place []int, share *big.Rat) (chosen []int, ties [][]int) {
	all := persons(in, share)
	for {
		var equal []int
		var best, price *big.Rat
		for _, p := range byPlace(place) {
			if cost := in.Projects[p].Cost; cost == 0 || cost > in.Budget || slices.Contains(chosen, p) {
				continue
			}
			r := slowPrice(all, p, in.Projects[p].Cost)
			if r == nil {
				continue
			}
			score := new(big.Rat).Inv(r)
			if in.Kind == Approval {
				score.Mul(score, new(big.Rat).SetInt64(int64(in.Projects[p].Cost)))
			}
			if best == nil || score.Cmp(best) > 0 {
				best, price, equal = score, r, nil
			}
			if score.Cmp(best) == 0 {
				equal = append(equal, p)
			}
		}
		if best == nil {
			return chosen, ties
		}
		for _, v := range all {
			due := new(big.Rat).SetInt64(v.utility[equal[0]])
			if v.money.Sub(v.money, due.Mul(due, price)); v.money.Sign() < 0 {
				v.money.SetInt64(0)
			}
		}
		chosen, ties = append(chosen, equal[0]), append(ties, equal[1:])
	}
}

// slowRaise raises the share step by step, running at each.
func slowRaise(in *Instance, place []int) (chosen []int, share *big.Rat) {
	total := func(chosen []int) (cost Amount) {
		for _, p := range chosen {
			cost += in.Projects[p].Cost
		}
		return cost
	}
	within := 0
	for p, v := range newSupport(in).total {
		if cost := in.Projects[p].Cost; v > 0 && cost > 0 && cost <= in.Budget {
			within++
		}
	}
	share = big.NewRat(int64(in.Budget), int64(in.Ballots))
	chosen, _ = slowShares(in, place, share)
	for len(chosen) < within {
		next := new(big.Rat).Add(share, in.step())
		more, _ := slowShares(in, place, next)
		if total(more) > in.Budget {
			break
		}
		chosen, share = more, next
	}
	return chosen, share
}

// slowLoads is Phragmén's sequential rule.
func slowLoads(in *Instance, place []int) (chosen []int) {
	all := persons(in, new(big.Rat))
	spent := Amount(0)
	for {
		var equal []int
		var least *big.Rat
		for _, p := range byPlace(place) {
			cost := in.Projects[p].Cost
			load, backers := new(big.Rat).SetInt64(int64(cost)), int64(0)
			for _, v := range all {
				if v.utility[p] > 0 {
					load.Add(load, v.money)
					backers++
				}
			}
			if cost == 0 || cost > in.Budget || backers == 0 || slices.Contains(chosen, p) {
				continue
			}
			load.Quo(load, new(big.Rat).SetInt64(backers))
			if least == nil || load.Cmp(least) < 0 {
				least, equal = load, nil
			}
			if load.Cmp(least) == 0 {
				equal = append(equal, p)
			}
		}
		if least == nil || slices.ContainsFunc(equal, func(p int) bool { return spent+in.Projects[p].Cost > in.Budget }) {
			return chosen
		}
		for _, v := range all {
			if v.utility[equal[0]] > 0 {
				v.money.Set(least)
			}
		}
		chosen = append(chosen, equal[0])
		spent += in.Projects[equal[0]].Cost
	}
}
