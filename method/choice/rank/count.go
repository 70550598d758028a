package rank

import "fmt"

// Rule is a way to put candidates in order.
type Rule string

// The rules.
const (
	RuleSTAR             Rule = "star"
	RuleSchulze          Rule = "schulze"
	RuleRankedPairs      Rule = "ranked-pairs"
	RuleMajorityJudgment Rule = "majority-judgment"
	RuleBradleyTerry     Rule = "bradley-terry"
	RuleCondorcet        Rule = "condorcet"
)

// Result is what a rule makes of a poll.
type Result struct {
	Rule      Rule
	Places    Places
	Draws     []Draw     // STAR: ties that only a draw breaks
	Strengths []Strength // Bradley-Terry: one for each candidate
	// Undefeated is the Condorcet winner, or else the smallest set whose members
	// beat everyone outside; empty for tallies, which have no pairs.
	Undefeated []int
}

// Count applies a rule to a poll. The seed is for draws; see STAR.
func Count(p *Poll, rule Rule, seed string) (*Result, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	out := &Result{Rule: rule}
	pairs, err := p.Pairwise()
	if err == nil {
		out.Undefeated = Condorcet(pairs).Winners()
	}
	switch rule {
	case RuleSTAR:
		out.Places, out.Draws, err = STAR(p, seed)
	case RuleMajorityJudgment:
		out.Places, err = MajorityJudgment(p)
	case RuleSchulze, RuleRankedPairs, RuleCondorcet, RuleBradleyTerry:
		if err == nil {
			err = out.compare(pairs)
		}
	default:
		return nil, fmt.Errorf("rule %q is not known", rule)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// compare applies a rule that looks at pairs.
func (out *Result) compare(pairs *Pairwise) (err error) {
	switch out.Rule {
	case RuleSchulze:
		out.Places = Schulze(pairs)
	case RuleRankedPairs:
		out.Places = RankedPairs(pairs)
	case RuleCondorcet:
		out.Places = Condorcet(pairs)
	case RuleBradleyTerry:
		out.Strengths, out.Places, err = BradleyTerry(len(pairs.Candidates), pairs.Duels())
	}
	return err
}
