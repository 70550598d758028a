package ballot

import (
	"cmp"
	"slices"
	"strings"

	"ronda/method/choice"
	"ronda/method/choice/budget"
	"ronda/method/choice/rank"
)

// Result is what a method makes of a file of ballots. It is a function of the
// file, the method and the seed, and is stored as JSON. Money is in centavos.
type Result struct {
	Method   Method   `json:"method"`
	Kind     Kind     `json:"kind"`
	Command  string   `json:"command"` // that finds the same
	Voters   int      `json:"voters"`
	Budget   int64    `json:"budget,omitempty"`
	Cost     int64    `json:"cost"`
	Currency string   `json:"currency,omitempty"`
	Chosen   []string `json:"chosen"`            // numbers in the order of choosing
	Places   []Placed `json:"places"`            // every option: the chosen first, then the rest, best first
	Barred   []Option `json:"barred,omitempty"`  // could not be voted for
	Draws    []string `json:"draws,omitempty"`   // STAR: what only a draw decides, each as numbers in the drawn order
	Beaten   []string `json:"beaten,omitempty"`  // rankings: the smallest group that nobody outside beats
	Prefer   [][]int  `json:"prefer,omitempty"`  // rankings: [a][b] people who prefer the a-th of Places to the b-th
	Greedy   *Beside  `json:"greedy,omitempty"`  // what greedy by votes would have chosen
	Share    float64  `json:"share,omitempty"`   // equal shares: what each ballot could spend, in units
	Reached  int      `json:"reached,omitempty"` // ballots that name at least one chosen option
	Sizes    []int    `json:"sizes,omitempty"`   // [n] ballots that name n options
}

// Beside is another outcome of the same ballots.
type Beside struct {
	Chosen []string `json:"chosen"`
	Cost   int64    `json:"cost"`
	More   int      `json:"more"` // people with more of their options in the result than in this
	Fewer  int      `json:"fewer"`
	Same   int      `json:"same"`
}

// Placed is one option in a result, with the reason.
type Placed struct {
	Option
	Chosen bool     `json:"chosen"`
	Rank   int      `json:"rank,omitempty"` // 1 is best; equals share it
	Votes  int64    `json:"votes"`          // ballots for it, or its points, dots or total score
	Why    string   `json:"why"`            // message key
	Facts  Facts    `json:"facts"`
	Tied   []string `json:"tied,omitempty"` // numbers of those it was equal to
	Spread []int64  `json:"spread,omitempty"`
	Chance float64  `json:"chance,omitempty"` // duels: of beating another one at random, with its 90% interval
	Low    float64  `json:"low,omitempty"`
	High   float64  `json:"high,omitempty"`
}

// Median is the middle grade of the spread, the lower one when they are even; 0
// without grades.
func (p Placed) Median() int {
	sum, below := int64(0), int64(0)
	for _, n := range p.Spread {
		sum += n
	}
	for grade, n := range p.Spread {
		if below += n; 2*below >= sum {
			return grade
		}
	}
	return 0
}

// Facts fill the sentence of a reason. Money is in units of the currency.
type Facts struct {
	Round     int     `json:"round,omitempty"`
	Price     float64 `json:"price,omitempty"`
	Effective float64 `json:"effective,omitempty"`
	Behind    float64 `json:"behind,omitempty"`
}

// Shortlist is how many options dots keep, more or less: they cut a long list and
// decide nothing.
const Shortlist = 10

// count applies the method of the sheet to its file.
func (s sheet) count(file string) (*Result, error) {
	r := &Result{Method: s.Method, Kind: s.Kind, Command: s.command(), Currency: s.Currency, Barred: s.Barred, Chosen: []string{}, Places: []Placed{}}
	if s.portfolio() {
		return r, s.countBudget(r, file)
	}
	return r, s.countRank(r, file)
}

// command is what anybody types to find the same result.
func (s sheet) command() string {
	switch s.Method {
	case Dots:
		return "ronda choose " + s.FileName() + " --rule greedy"
	case Duels:
		return "ronda rank " + s.FileName() + " --rule bradley-terry"
	case STAR:
		return "ronda rank " + s.FileName() + " --rule star --seed " + s.Seed
	}
	if s.Method.Spends() {
		return "ronda choose " + s.FileName() + " --rule " + string(s.Method)
	}
	return "ronda rank " + s.FileName() + " --rule " + string(s.Method)
}

// option finds an option of the sheet by number.
func (s sheet) option(number string) Option {
	i := slices.IndexFunc(s.Options, func(o Option) bool { return o.Number == number })
	return s.Options[i]
}

// countBudget is the count of a vote on a list within a budget.
func (s sheet) countBudget(r *Result, file string) error {
	if s.Method.Spends() && s.Budget <= 0 {
		return nil // no money: nothing could be voted for
	}
	in, err := budget.Read(strings.NewReader(file))
	if err != nil {
		return err
	}
	out, err := choose(in, s.Method)
	if err != nil {
		return err
	}
	r.Voters = in.Ballots
	for p := range in.Projects {
		r.Places = append(r.Places, s.placed(in, out, p))
	}
	r.reach(in, out)
	if s.Method == Dots {
		r.shortlist()
		return nil
	}
	r.Budget, r.Share = s.Budget, share(in, out)
	for _, p := range out.Selected {
		r.Chosen = append(r.Chosen, in.Projects[p].ID)
	}
	r.order()
	return s.beside(r, in, out)
}

// choose applies the rule of a method.
func choose(in *budget.Instance, m Method) (*budget.Outcome, error) {
	switch m {
	case EqualShares:
		return budget.EqualShares(in, budget.Options{})
	case EqualSharesAdd1:
		return budget.EqualShares(in, budget.Options{Raise: true})
	case Phragmen:
		return budget.Phragmen(in, budget.Options{})
	}
	return budget.Greedy(in, budget.Options{})
}

func share(in *budget.Instance, out *budget.Outcome) float64 {
	if out.Share == nil {
		return 0
	}
	f, _ := out.Share.Float64()
	return f / in.Units()
}

// placed is one project of an outcome with its reason.
func (s sheet) placed(in *budget.Instance, out *budget.Outcome, p int) Placed {
	why := out.Why[p]
	key, _ := choice.Why(in, out, p)
	one := Placed{Option: s.option(in.Projects[p].ID), Chosen: why.Cause.Chosen(), Votes: why.Votes, Why: key,
		Facts: Facts{Round: why.Round, Price: why.Price, Effective: why.Effective, Behind: why.Behind}}
	for _, t := range why.Tied {
		one.Tied = append(one.Tied, in.Projects[t].ID)
	}
	return one
}

// reach counts how many ballots name something chosen, and how many options each
// ballot names.
func (r *Result) reach(in *budget.Instance, out *budget.Outcome) {
	r.Sizes = []int{in.Ballots}
	for _, g := range in.Groups {
		if slices.ContainsFunc(g.Choices, func(c int32) bool { return out.Why[c].Cause.Chosen() }) {
			r.Reached += g.Count
		}
		for len(r.Sizes) <= len(g.Choices) {
			r.Sizes = append(r.Sizes, 0)
		}
		r.Sizes[len(g.Choices)] += g.Count
		r.Sizes[0] -= g.Count
	}
}

// beside computes greedy by votes on the same ballots.
func (s sheet) beside(r *Result, in *budget.Instance, out *budget.Outcome) error {
	greedy, err := budget.Greedy(in, budget.Options{})
	if err != nil {
		return err
	}
	cmp := budget.Compare(in, out, greedy)
	r.Greedy = &Beside{More: cmp.First, Fewer: cmp.Second, Same: cmp.Same, Chosen: []string{}}
	for _, p := range greedy.Selected {
		r.Greedy.Chosen = append(r.Greedy.Chosen, in.Projects[p].ID)
		r.Greedy.Cost += s.option(in.Projects[p].ID).Cost
	}
	return nil
}

// order puts the chosen first, in the order of choosing, then the rest by votes,
// and adds up what the chosen cost.
func (r *Result) order() {
	at := map[string]int{}
	for i, n := range r.Chosen {
		at[n] = i + 1
	}
	slices.SortStableFunc(r.Places, func(a, b Placed) int {
		x, y := at[a.Number], at[b.Number]
		switch {
		case x > 0 && y > 0:
			return cmp.Compare(x, y)
		case x > 0:
			return -1
		case y > 0:
			return 1
		}
		return cmp.Or(cmp.Compare(b.Votes, a.Votes), cmp.Compare(a.Cost, b.Cost), cmp.Compare(a.Number, b.Number))
	})
	r.Cost = 0
	for i := range r.Places {
		if r.Places[i].Chosen = at[r.Places[i].Number] > 0; r.Places[i].Chosen {
			r.Cost += r.Places[i].Cost
		}
	}
}

// shortlist keeps the first options by dots, equals together: as many as fit, and
// at least the first place.
func (r *Result) shortlist() {
	slices.SortStableFunc(r.Places, func(a, b Placed) int {
		return cmp.Or(cmp.Compare(b.Votes, a.Votes), cmp.Compare(a.Number, b.Number))
	})
	var places rank.Places
	for i, p := range r.Places {
		if i > 0 && p.Votes == r.Places[i-1].Votes {
			places[len(places)-1] = append(places[len(places)-1], i)
		} else {
			places = append(places, []int{i})
		}
	}
	r.number(places, func(i int) int { return i })
	for _, group := range places {
		if r.Places[group[0]].Votes == 0 || len(r.Chosen) > 0 && len(r.Chosen)+len(group) > Shortlist {
			break
		}
		for _, i := range group {
			r.Chosen = append(r.Chosen, r.Places[i].Number)
		}
	}
	r.order()
	r.reason("dots")
}

// number writes places and ties into the options; at finds an option of Places.
func (r *Result) number(places rank.Places, at func(candidate int) int) {
	next := 1
	for _, group := range places {
		for _, c := range group {
			one := &r.Places[at(c)]
			one.Rank, one.Tied = next, nil
			for _, other := range group {
				if other != c {
					one.Tied = append(one.Tied, r.Places[at(other)].Number)
				}
			}
		}
		next += len(group)
	}
}

// reason gives every option of a ranking the sentence of its method.
func (r *Result) reason(method string) {
	for i := range r.Places {
		word := "below"
		if r.Places[i].Chosen {
			word = "chosen"
		}
		r.Places[i].Why = "ideas.ballot.why." + method + "." + word
	}
}
