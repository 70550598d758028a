package budget

import (
	"cmp"
	"math"
	"math/big"
	"slices"
)

// tolerance is the relative difference under which two float64 figures are
// compared again as exact fractions. The rounding of a run stays far below it.
const tolerance = 1e-9

// shares runs the Method of Equal Shares (Peters, Pierczyński, Skowron 2021).
// Prices are found in float64; whatever is closer than the tolerance is decided
// by exact fractions, so that the result is that of exact arithmetic.
type shares struct {
	*support
	place   []int       // tie order
	utility []float64   // of each level
	people  []float64   // behind each project
	start   []candidate // the projects that can be bought, highest bound first

	endowment *big.Rat
	purses    []purse
	open      []candidate
	picks     []purchase
	before    []candidate // what the run before bought, in order
	reach     reach       // how far the share can rise without another outcome
	blurred   bool        // an empty purse may hold a trifle: what it held and what it paid were too close to tell
	ledger    *ledger     // made when a comparison is too close
}

// purse is what each member of a group has left, and how many they are.
type purse struct{ money, people float64 }

// candidate is a project still open in a run. Money only ever falls, so the
// last price found bounds every later one from below.
type candidate struct {
	project int
	price   float64 // least price for one unit of utility, or a lower bound of it
	score   float64 // worth over price, or an upper bound of it
	priced  bool    // price and score were true when last examined
	round   int     // purchases made when it was last examined
	slack   float64 // how fast the bound of the price may fall as the share rises
}

// purchase is one project bought in a run.
type purchase struct {
	candidate
	tied []int // others that were exactly equal
}

// newShares prepares runs over the open projects.
func newShares(s *support, place, open []int) *shares {
	r := &shares{support: s, place: place, purses: make([]purse, len(s.in.Groups)),
		people: make([]float64, len(s.in.Projects))}
	for _, u := range s.levels {
		r.utility = append(r.utility, float64(u))
	}
	for _, p := range open {
		for _, b := range s.backers[p] {
			r.people[p] += float64(s.in.Groups[b.group].Count)
		}
		price := float64(s.in.Projects[p].Cost) / float64(s.total[p])
		r.start = append(r.start, candidate{p, price, r.worth(p) / price, false, 0, 0})
	}
	slices.SortFunc(r.start, r.byScore)
	return r
}

// byScore orders candidates by falling score, and equal ones in the tie order.
func (r *shares) byScore(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), r.place[a.project]-r.place[b.project])
}

// worth is the utility of a funded project for a backer of level 1: its cost
// when ballots are approvals, 1 when they carry points.
func (r *shares) worth(p int) float64 {
	if r.plain {
		return float64(r.in.Projects[p].Cost)
	}
	return 1
}

// run buys projects until nobody can afford another; each ballot starts with
// the endowment. The cost of what it bought is returned.
func (r *shares) run(endowment *big.Rat) Amount {
	r.begin(endowment)
	var cost Amount
	for {
		pick, ok := r.next()
		if !ok {
			return cost
		}
		r.picks = append(r.picks, pick)
		r.reach.bought(r.utility[len(r.utility)-1], pick.candidate)
		r.pay(pick.candidate)
		cost += r.in.Projects[pick.project].Cost
	}
}

// begin fills every purse and opens the projects that are within reach.
func (r *shares) begin(endowment *big.Rat) {
	money, _ := endowment.Float64()
	r.endowment, r.ledger, r.blurred = endowment, nil, false
	for g := range r.purses {
		r.purses[g] = purse{money, float64(r.in.Groups[g].Count)}
	}
	r.reach = newReach(r.in.Ballots)
	r.open = r.open[:0]
	for _, c := range r.start {
		people, cost := r.people[c.project], float64(r.in.Projects[c.project].Cost)
		if money*people >= cost*(1-tolerance) {
			r.open = append(r.open, c)
		} else {
			r.reach.short(cost-money*people, people)
		}
	}
	r.before = r.before[:0]
	for _, pick := range r.picks {
		r.before = append(r.before, pick.candidate)
	}
	r.picks = r.picks[:0]
}

// next finds the project with the highest score. Candidates are examined from
// the highest bound down, until a bound is below the best score found.
func (r *shares) next() (purchase, bool) {
	guess := r.favour()
	best := 0.0
	examined := 0
	for examined < len(r.open) {
		c := &r.open[examined]
		if examined > 0 && c.score < best*(1-tolerance) {
			break
		}
		affordable := r.reprice(c, best, guess)
		guess = 0
		if !affordable {
			r.open = slices.Delete(r.open, examined, examined+1)
			continue
		}
		if c.priced {
			best = max(best, c.score)
		}
		examined++
	}
	if examined == 0 {
		return purchase{}, false
	}
	pick := r.settle(best, r.open[:examined])
	r.open = slices.DeleteFunc(r.open, func(c candidate) bool { return c.project == pick.project })
	r.sink(examined - 1)
	return pick, true
}

// favour moves the project that the run before bought in this round to the
// front, and returns what it cost then: it is likely to win again at much the
// same price, and to know a high score early saves work.
func (r *shares) favour() (guess float64) {
	round := len(r.picks)
	if round >= len(r.before) {
		return 0
	}
	last := r.before[round]
	i := slices.IndexFunc(r.open, func(c candidate) bool { return c.project == last.project })
	if i < 0 {
		return 0
	}
	favourite := r.open[i]
	copy(r.open[1:i+1], r.open[:i])
	r.open[0] = favourite
	return last.price
}

// sink restores the order of the open candidates after the first few of them
// were given lower scores.
func (r *shares) sink(changed int) {
	for i := changed - 1; i >= 0; i-- {
		for j := i; j+1 < len(r.open) && r.byScore(r.open[j], r.open[j+1]) > 0; j++ {
			r.open[j], r.open[j+1] = r.open[j+1], r.open[j]
		}
	}
}

// reprice finds the present price of a candidate, or a better bound when that
// already shows that it scores less than the best; false when its backers
// cannot pay for it any more. A guess of the price is welcome, 0 is none.
func (r *shares) reprice(c *candidate, best, guess float64) bool {
	if round := len(r.picks); round > c.round {
		r.reach.lost(c, r.worth(c.project)/r.picks[round-1].score)
	}
	guess = max(guess, c.price)
	if best > 0 {
		guess = max(c.price, r.worth(c.project)/best*(1+tolerance))
	}
	q := r.price(c, guess, best > 0)
	if q.known == unaffordable {
		r.reach.short(float64(r.in.Projects[c.project].Cost)-q.held, r.people[c.project])
		return false
	}
	c.price, c.score, c.priced = q.price, r.worth(c.project)/q.price, q.known == found
	c.round, c.slack = len(r.picks), r.reach.slack(q.split)
	return true
}

// pay takes the price from every backer of the project, or all that is left.
func (r *shares) pay(c candidate) {
	for _, b := range r.backers[c.project] {
		purse := &r.purses[b.group]
		due := c.price * r.utility[b.level]
		if math.Abs(purse.money-due) <= due*tolerance {
			r.blurred = true
		}
		purse.money = max(0, purse.money-due)
	}
}

// behind is the money that the backers of a project have left together.
func (r *shares) behind(p int) float64 {
	money := 0.0
	for _, b := range r.backers[p] {
		money += r.purses[b.group].money * r.purses[b.group].people
	}
	return money
}
