package budget

import "math"

// rounding is a relative difference that float64 itself makes.
const rounding = 1e-15

// split is how the backers of a project stand towards a price.
type split struct {
	held float64 // what all of them have left together
	poor float64 // what those have who cannot pay their part
	rich float64 // the utility of those who can
	less float64 // how many people cannot
}

// finding is what is known of a price.
type finding int

const (
	unaffordable finding = iota // the backers do not have the cost
	bounded                     // a lower bound that already rules the project out
	found                       // the price
)

// quote is what was found out about a price, and the count it rests on.
type quote struct {
	split
	price float64
	known finding
}

// price is the least price for one unit of utility at which the backers raise
// the project's cost, each paying at most what they have left. It takes a guess
// and counts, again and again, those who cannot pay it as giving all they have:
// Newton's method on a concave function that rises in straight lines, so that
// from the second guess on it climbs to the exact place in a few steps. With
// limit, a price above the guess is of no interest beyond being above.
func (r *shares) price(c *candidate, guess float64, limit bool) quote {
	cost := float64(r.in.Projects[c.project].Cost)
	at := r.split(c.project, guess)
	if at.held < cost*(1+tolerance) && !r.enough(c.project, at.held, cost) {
		return quote{at, 0, unaffordable}
	}
	price := at.next(cost, c.price)
	if limit && price > guess {
		return quote{at, price, bounded}
	}
	if math.Abs(price-guess) <= guess*rounding {
		return quote{at, price, found}
	}
	for {
		rich := at.rich
		at = r.split(c.project, price)
		next := at.next(cost, c.price)
		if next <= price*(1+rounding) || at.rich == rich {
			return quote{at, max(price, next), found}
		}
		price = next
	}
}

// next is the price at which the rich would pay what the poor leave, not less
// than floor.
func (s split) next(cost, floor float64) float64 {
	if s.rich == 0 {
		return floor
	}
	return max(floor, (cost-s.poor)/s.rich)
}

// enough decides whether the money held reaches the cost, exactly when it is
// close.
func (r *shares) enough(p int, held, cost float64) bool {
	if held < cost*(1-tolerance) {
		return false
	}
	_, ok := r.exact().price(p)
	return ok
}

// split counts the backers of a project at a price.
func (r *shares) split(p int, price float64) split {
	if r.plain {
		s := r.splitPlain(p, price)
		s.less = r.people[p] - s.rich
		return s
	}
	var s split
	for _, b := range r.backers[p] {
		purse, u := &r.purses[b.group], r.utility[b.level]
		all := purse.money * purse.people
		s.held += all
		if purse.money < price*u {
			s.poor += all
			s.less += purse.people
		} else {
			s.rich += purse.people * u
		}
	}
	return s
}

// splitPlain is split for approvals, without a branch on the comparison, which
// a processor cannot foresee: positive floats compare as their bits do, and the
// sign of the difference is the mask.
func (r *shares) splitPlain(p int, price float64) split {
	var s split
	limit := int64(math.Float64bits(price))
	for _, b := range r.backers[p] {
		purse := &r.purses[b.group]
		all := purse.money * purse.people
		poor := uint64((int64(math.Float64bits(purse.money)) - limit) >> 63)
		s.held += all
		s.poor += math.Float64frombits(math.Float64bits(all) & poor)
		s.rich += math.Float64frombits(math.Float64bits(purse.people) &^ poor)
	}
	return s
}
