package ballot

import (
	"slices"
	"strings"

	"ronda/method/choice/rank"
)

// rules are the methods that rank, as method/choice/rank calls them.
var rules = map[Method]rank.Rule{
	STAR: rank.RuleSTAR, Schulze: rank.RuleSchulze, RankedPairs: rank.RuleRankedPairs,
	MajorityJudgment: rank.RuleMajorityJudgment, Duels: rank.RuleBradleyTerry,
}

// countRank is the count of a vote that puts options in order. Whoever shares the
// first place is chosen.
func (s sheet) countRank(r *Result, file string) error {
	poll, _, err := rank.ReadJSON(strings.NewReader(file))
	if err != nil || len(poll.Candidates) == 0 {
		return err
	}
	out, err := rank.Count(poll, rules[s.Method], s.Seed)
	if err != nil {
		return err
	}
	at := make([]int, len(poll.Candidates)) // of a candidate in Places
	for _, group := range out.Places {
		for _, c := range group {
			at[c] = len(r.Places)
			r.Places = append(r.Places, s.tallied(poll, out, c))
		}
	}
	r.number(out.Places, func(c int) int { return at[c] })
	r.names(poll, out)
	if r.Voters = voters(poll); r.Voters > 0 {
		for _, c := range out.Places.Winners() {
			r.Chosen = append(r.Chosen, poll.Candidates[c])
		}
	}
	for i := range r.Places {
		r.Places[i].Chosen = slices.Contains(r.Chosen, r.Places[i].Number)
	}
	r.reason(string(s.Method))
	return r.pairs(poll, at)
}

// tallied is one option with what was said of it.
func (s sheet) tallied(p *rank.Poll, out *rank.Result, c int) Placed {
	one := Placed{Option: s.option(p.Candidates[c])}
	if p.Kind == rank.Scores {
		one.Spread = make([]int64, p.Max+1)
		for _, b := range p.Scored {
			one.Spread[b.Scores[c]] += b.Count
			one.Votes += b.Count * int64(b.Scores[c])
		}
	}
	for _, b := range p.Rankings {
		if p.Kind == rank.Paired && b.Places[0][0] == c || p.Kind == rank.Ranked && len(b.Places) > 0 && slices.Contains(b.Places[0], c) {
			one.Votes += b.Count // duels won, or first places
		}
	}
	if c < len(out.Strengths) {
		one.Chance, one.Low, one.High = out.Strengths[c].Chance, out.Strengths[c].Low, out.Strengths[c].High
	}
	return one
}

// names writes draws and the undefeated by number.
func (r *Result) names(p *rank.Poll, out *rank.Result) {
	join := func(list []int) string {
		names := make([]string, len(list))
		for i, c := range list {
			names[i] = p.Candidates[c]
		}
		return strings.Join(names, " ")
	}
	for _, d := range out.Draws {
		r.Draws = append(r.Draws, join(d.Order))
	}
	if p.Kind == rank.Ranked {
		r.Beaten = strings.Fields(join(out.Undefeated))
	}
}

// mostPairs bounds the table of pairs that a page can show.
const mostPairs = 12

// pairs counts who is preferred to whom, for the first options of a ranking.
func (r *Result) pairs(p *rank.Poll, at []int) error {
	if p.Kind != rank.Ranked {
		return nil
	}
	w, err := p.Pairwise()
	if err != nil {
		return err
	}
	n := min(len(r.Places), mostPairs)
	r.Prefer = make([][]int, n)
	for i := range r.Prefer {
		r.Prefer[i] = make([]int, n)
	}
	for a := range at {
		for b := range at {
			if at[a] < n && at[b] < n {
				r.Prefer[at[a]][at[b]] = int(w.Prefer[a][b])
			}
		}
	}
	return nil
}

// voters is how many ballots a poll holds; of duels, how many were decided.
func voters(p *rank.Poll) int {
	n := int64(0)
	for _, b := range p.Rankings {
		n += b.Count
	}
	for _, b := range p.Scored {
		n += b.Count
	}
	return int(n)
}
