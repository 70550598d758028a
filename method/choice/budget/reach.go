package budget

import (
	"math"
	"math/big"
)

// reach finds how far the share of every ballot can rise before a run could buy
// anything else, so that add1 need not run at each step in between.
//
// Let the share rise by d while the same projects are bought. Then every purse
// holds as much as before or more, no price rises, all purses together hold n*d
// more, and after a purchase at price p no purse holds more than before by more
// than gain*d, where gain grows by the fall of p. And a price falls by at most
// what those gained who could not pay it, over the utility of those who could.
// So each comparison that a run decides, by score or by affordability, stays
// as it is up to some d; reach is the least of these.
type reach struct {
	people float64 // all ballots, n above
	gain   float64
	limit  float64 // the share may rise by less than this
}

func newReach(ballots int) reach {
	return reach{people: float64(ballots), gain: 1, limit: math.Inf(1)}
}

// gained bounds what so many people can hold more, for each unit of the share.
func (r *reach) gained(people float64) float64 { return min(people*r.gain, r.people) }

// slack is how fast a price may fall that rests on the count s.
func (r *reach) slack(s split) float64 {
	if s.rich == 0 {
		return math.Inf(1)
	}
	return r.gained(s.less) / s.rich
}

// bought notes a purchase; top is the largest utility of one backer.
func (r *reach) bought(top float64, c candidate) { r.gain += top * c.slack }

// lost notes that a candidate lost since it was last examined: its price would
// have had to be at most winning.
func (r *reach) lost(c *candidate, winning float64) { r.allow(c.price-winning, c.price, c.slack) }

// short notes that a project's backers, so many people, miss some money.
func (r *reach) short(missing, people float64) { r.allow(missing, missing, r.gained(people)) }

// allow notes a gap that closes at some speed. What is lost to rounding, at the
// scale of the figures compared, is taken off.
func (r *reach) allow(gap, scale, speed float64) {
	if gap -= scale * tolerance; gap <= 0 {
		r.limit = 0
	} else if speed > 0 {
		r.limit = min(r.limit, gap/speed)
	}
}

// steps is how many steps the share can be raised at once: to the first at
// which the outcome may differ.
func (r *reach) steps(step *big.Rat) int64 {
	const most = 1 << 40 // a share never has to rise so far
	size, _ := step.Float64()
	return 1 + int64(min(r.limit*(1-tolerance)/size, most))
}
