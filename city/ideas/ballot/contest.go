package ballot

import (
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"ronda/method/choice/rank"
	"ronda/platform/event"
)

// Method is how a challenge chooses.
type Method string

// The methods that are votes.
const (
	EqualShares      Method = "equal-shares"
	EqualSharesAdd1  Method = "equal-shares-add1"
	Greedy           Method = "greedy"
	Phragmen         Method = "phragmen"
	STAR             Method = "star"
	Schulze          Method = "schulze"
	RankedPairs      Method = "ranked-pairs"
	MajorityJudgment Method = "majority-judgment"
	Duels            Method = "duels"
	Dots             Method = "dots"
)

// Methods lists the methods that are votes; "jury" and "none" are not.
var Methods = []Method{EqualShares, EqualSharesAdd1, Greedy, Phragmen, STAR, Schulze, RankedPairs, MajorityJudgment, Duels, Dots}

// Spends says whether the method chooses a list within a budget.
func (m Method) Spends() bool {
	return slices.Contains([]Method{EqualShares, EqualSharesAdd1, Greedy, Phragmen}, m)
}

// Kind is what a ballot says of its options.
type Kind string

// The kinds of ballot.
const (
	Approval Kind = "approval" // which ones
	Points   Kind = "points"   // how many points each, out of a purse
	Ranking  Kind = "ranking"  // from best to worst
	Scores   Kind = "scores"   // 0 to 5 each
	Grades   Kind = "grades"   // a word each, worst 0 to best 5
	Pairs    Kind = "pairs"    // which of two, again and again
	Dotted   Kind = "dots"     // a few dots, at most three on one
)

// Stage is where the vote stands.
type Stage string

// The stages.
const (
	Waiting Stage = "waiting" // the vote has not begun
	Voting  Stage = "voting"
	Over    Stage = "over" // the time is up
	Void    Stage = "void" // the challenge was cancelled
)

// Contest is a challenge as its vote sees it. Money is in centavos.
type Contest struct {
	ID, Number      string // id and readable number of the challenge
	Title, Question string
	Terms           string
	Body            string // code of the body that asks
	Method          Method
	Ballot          Kind // of methods that spend: Approval, Points or Ranking
	MaxChoices      int  // of Approval and Ranking; of Points the purse; 0: no limit of its own
	Budget          int64
	Currency        string // ISO 4217
	Opens, Closes   time.Time
	Stage           Stage
	RulesHash       string // of the frozen rules: the seed of draws
}

// Subject names the challenge for events.
func (c Contest) Subject() event.Subject { return event.Subject{Kind: "challenge", ID: c.ID} }

// Kind is the kind of the contest's ballots.
func (c Contest) Kind() Kind {
	switch c.Method {
	case STAR:
		return Scores
	case Schulze, RankedPairs:
		return Ranking
	case MajorityJudgment:
		return Grades
	case Duels:
		return Pairs
	case Dots:
		return Dotted
	}
	if c.Ballot == Points || c.Ballot == Ranking {
		return c.Ballot
	}
	return Approval
}

// MaxScore is the best score, and the best grade.
const MaxScore = 5

// usualPurse is how many points a person has when the rules do not say.
const usualPurse = 10

// Limit is how much a ballot may hold: options, or points, or dots; 0 is no
// limit. options is how many can be voted for.
func (c Contest) Limit(options int) int {
	switch c.Kind() {
	case Approval, Ranking:
		return c.MaxChoices
	case Points:
		if c.MaxChoices > 0 {
			return c.MaxChoices
		}
		return usualPurse
	case Dotted:
		return rank.DotsEach(options)
	}
	return 0
}

// Option is an idea that stands in a contest. Cost is in centavos.
type Option struct {
	Number string `json:"number"`
	Title  string `json:"title"`
	Text   string `json:"text,omitempty"`
	Place  string `json:"place,omitempty"` // code of the territory, empty: none was named
	Cost   int64  `json:"cost"`
	Gone   bool   `json:"-"` // hidden or withdrawn: neither shown nor counted
}

// Bar is why an option cannot be voted for.
type Bar string

// The bars; the empty one is none.
const (
	NoCost  Bar = "no_cost"  // nobody has said what it costs
	TooDear Bar = "too_dear" // it costs more than the whole budget
	Gone    Bar = "gone"     // hidden or withdrawn
)

// Bar says why the option cannot be voted for in the contest, empty when it can.
func (c Contest) Bar(o Option) Bar {
	switch {
	case o.Gone:
		return Gone
	case c.Method.Spends() && o.Cost <= 0:
		return NoCost
	case c.Method.Spends() && o.Cost > c.Budget:
		return TooDear
	}
	return ""
}

// Votable lists the options that can be voted for.
func (c Contest) Votable(all []Option) []Option {
	return slices.DeleteFunc(slices.Clone(all), func(o Option) bool { return c.Bar(o) != "" })
}

// Shuffled puts the options in an order that is random but always the same for
// one voter, so that nobody wins by standing first. Another option that comes or
// goes does not move the rest.
func Shuffled(all []Option, challenge, voter string) []Option {
	lot := make(map[string][sha256.Size]byte, len(all))
	for _, o := range all {
		lot[o.Number] = sha256.Sum256([]byte(challenge + "\n" + voter + "\n" + o.Number))
	}
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b Option) int {
		x, y := lot[a.Number], lot[b.Number]
		return slices.Compare(x[:], y[:])
	})
	return out
}

// Source is where contests and their options come from.
type Source interface {
	// Contest is the vote of a challenge, fault.NotFound when there is none.
	Contest(ctx context.Context, number string) (Contest, error)
	// Ended lists the contests whose time is up and whose challenge is not decided.
	Ended(ctx context.Context) ([]Contest, error)
	// Options lists every idea of the challenge, also those that are gone.
	Options(ctx context.Context, c Contest) ([]Option, error)
}
