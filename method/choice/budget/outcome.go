package budget

import "math/big"

// Rule is a way to choose.
type Rule string

// The rules.
const (
	EqualSharesRule     Rule = "equal-shares"
	EqualSharesAdd1Rule Rule = "equal-shares-add1"
	GreedyRule          Rule = "greedy"
	PhragmenRule        Rule = "phragmen"
)

// Outcome is what a rule chooses, and why.
type Outcome struct {
	Rule     Rule
	Selected []int // indexes of projects in the order of selection; those that cost nothing stand first
	Cost     Amount
	Why      []Reason // one for each project of the instance
	// Share is what each ballot could spend, in units of Amount; nil when the
	// rule gives no shares.
	Share *big.Rat
	Runs  int // how often equal shares was run to find the share

	rounds int // how many projects were chosen against others
}

// Cause is why a project was chosen or not.
type Cause string

// The causes.
const (
	Free     Cause = "free"     // chosen: it costs nothing
	Bought   Cause = "bought"   // chosen: its backers paid for it (equal shares), or its votes and the money left sufficed
	Filled   Cause = "filled"   // chosen afterwards, greedily, with the money that was left
	Short    Cause = "short"    // not chosen: what its backers had left is less than its cost
	NoRoom   Cause = "no_room"  // not chosen: it costs more than was left when its turn came
	Stopped  Cause = "stopped"  // not chosen: the rule had stopped before its turn
	TooDear  Cause = "too_dear" // not chosen: it costs more than the whole budget
	Unbacked Cause = "unbacked" // not chosen: nobody voted for it
)

// Chosen says whether the cause is one of being chosen.
func (c Cause) Chosen() bool { return c == Free || c == Bought || c == Filled }

// Reason says why one project was chosen, or not. Money is in units of Amount.
type Reason struct {
	Cause Cause
	Round int   // from 1, in the order of choosing; 0 when free or not chosen
	Votes int64 // ballots for it, or the sum of its points
	// Price is what each backer who could afford it paid (for one point, when
	// ballots carry points); with Phragmén, the load of each backer after it.
	Price float64
	// Effective is the cost over the price: how many votes, or points, paid in
	// full; the figure by which equal shares chooses.
	Effective float64
	// Behind is the money its backers had left at the end (Short), or the money
	// left in the budget when its turn came (NoRoom).
	Behind float64
	// Tied lists the projects that were exactly equal when the tie order chose
	// this one; empty without a tie.
	Tied []int
}

// newOutcome starts an outcome in which the free projects are chosen and the
// impossible ones named; open lists the others.
func (s *support) newOutcome(rule Rule, order []int) (out *Outcome, open []int) {
	out = &Outcome{Rule: rule, Why: make([]Reason, len(s.in.Projects))}
	for _, p := range byPlace(order) {
		why := &out.Why[p]
		why.Votes = s.votes[p]
		switch cost := s.in.Projects[p].Cost; {
		case cost == 0:
			why.Cause = Free
			out.Selected = append(out.Selected, p)
		case cost > s.in.Budget:
			why.Cause = TooDear
		case len(s.backers[p]) == 0:
			why.Cause = Unbacked
		default:
			open = append(open, p)
		}
	}
	return out, open
}

// byPlace lists the projects in their order, given the place of each.
func byPlace(place []int) []int {
	index := make([]int, len(place))
	for p, i := range place {
		index[i] = p
	}
	return index
}

// add puts a project into the outcome, in the next round.
func (out *Outcome) add(in *Instance, p int, why Reason) {
	out.Selected = append(out.Selected, p)
	out.Cost += in.Projects[p].Cost
	out.rounds++
	why.Round = out.rounds
	out.Why[p] = why
}
