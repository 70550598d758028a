package budget

import (
	"math/big"
	"slices"
)

// ledger keeps the balances of a run as exact fractions. Groups with equal
// balances share a class, so that it holds few numbers.
type ledger struct {
	*support
	class  []int32    // group -> class
	value  []*big.Rat // class -> what each member has left
	posted int        // purchases replayed
}

func newLedger(s *support, endowment *big.Rat) *ledger {
	return &ledger{support: s, class: make([]int32, len(s.in.Groups)), value: []*big.Rat{endowment}}
}

// part is the backers of one project that share class and level.
type part struct {
	class, level int32
	people       int64
	ratio        *big.Rat // money of each over their utility: the price they can just pay
}

// replay brings the ledger up to the given purchases.
func (l *ledger) replay(picks []purchase) {
	for _, pick := range picks[l.posted:] {
		price, _ := l.price(pick.project)
		l.pay(pick.project, price)
		l.posted++
	}
}

// parts groups the backers of a project, those who can pay least first.
func (l *ledger) parts(p int) []part {
	width := len(l.levels)
	people := make([]int64, len(l.value)*width)
	for _, b := range l.backers[p] {
		people[int(l.class[b.group])*width+int(b.level)] += int64(l.in.Groups[b.group].Count)
	}
	var parts []part
	for i, n := range people {
		if n > 0 {
			class, level := i/width, i%width
			ratio := new(big.Rat).Quo(l.value[class], new(big.Rat).SetInt64(l.levels[level]))
			parts = append(parts, part{int32(class), int32(level), n, ratio})
		}
	}
	slices.SortFunc(parts, func(a, b part) int { return a.ratio.Cmp(b.ratio) })
	return parts
}

// price is the exact price of a project for one unit of utility, false when its
// backers do not have its cost.
func (l *ledger) price(p int) (*big.Rat, bool) {
	missing := new(big.Rat).SetInt64(int64(l.in.Projects[p].Cost)) // what the rich must pay
	rich := new(big.Rat).SetInt64(l.total[p])
	for _, part := range l.parts(p) {
		if price := new(big.Rat).Quo(missing, rich); price.Cmp(part.ratio) <= 0 {
			return price, true
		}
		utility := new(big.Rat).SetInt64(part.people * l.levels[part.level])
		rich.Sub(rich, utility)
		missing.Sub(missing, utility.Mul(utility, part.ratio))
	}
	return nil, false
}

// pay posts a purchase: every class of backers moves to a new one.
func (l *ledger) pay(p int, price *big.Rat) {
	type key struct{ class, level int32 }
	moved := map[key]int32{}
	for _, b := range l.backers[p] {
		k := key{l.class[b.group], b.level}
		to, known := moved[k]
		if !known {
			due := new(big.Rat).SetInt64(l.levels[b.level])
			left := new(big.Rat).Sub(l.value[k.class], due.Mul(due, price))
			if left.Sign() < 0 {
				left.SetInt64(0)
			}
			to = int32(len(l.value))
			l.value = append(l.value, left)
			moved[k] = to
		}
		l.class[b.group] = to
	}
}

// best keeps the candidates with the highest exact score.
func (l *ledger) best(near []candidate) []candidate {
	var best []candidate
	var top *big.Rat
	for _, c := range near {
		score := l.score(c.project)
		if top == nil || score.Cmp(top) > 0 {
			top, best = score, nil
		}
		if score.Cmp(top) == 0 {
			best = append(best, c)
		}
	}
	return best
}

// score is the exact score of a project: worth over price. A project that is
// not affordable after all has none.
func (l *ledger) score(p int) *big.Rat {
	price, ok := l.price(p)
	if !ok {
		return new(big.Rat)
	}
	worth := new(big.Rat).SetInt64(1)
	if l.plain {
		worth.SetInt64(int64(l.in.Projects[p].Cost))
	}
	return worth.Quo(worth, price)
}
