package demo

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/ideas/ballot"
	"ronda/city/ideas/jury"
	"ronda/city/ideas/opinions"
	"ronda/method/opinion"
	"ronda/platform/fault"
)

// voices are the answers to statements, the ballots and the grades of a tender.
func (c *council) voices(t *tender, all []*thought) {
	own := slices.DeleteFunc(slices.Clone(all), func(x *thought) bool { return x.tender != t })
	c.statements(t)
	if t.Ballots > 0 {
		c.ballots(t, own)
	}
	if t.Graded != nil {
		c.grades(t, own)
	}
}

// statements are sown by the body when the challenge opens, or added later by
// people, and answered by the voters.
func (c *council) statements(t *tender) {
	if len(t.Statements) == 0 {
		return
	}
	sown := c.days.work(t.Rules.Opens).Add(begins + 2*time.Hour)
	var lines []string
	added := make([]time.Time, len(t.Statements))
	for i, s := range t.Statements {
		if added[i] = sown; s.By == "" {
			lines = append(lines, s.Text)
			continue
		}
		added[i] = c.atHome(s.Day)
		c.do(added[i], s.By, s.Text, func(ctx context.Context) error {
			_, err := c.Opinions.Propose(ctx, t.number, s.Text, "")
			return err
		})
	}
	c.do(sown, t.Rules.By, t.Name, func(ctx context.Context) error {
		_, _, err := c.Opinions.Seed(ctx, t.number, strings.Join(lines, "\n"))
		return err
	})
	numbers := numbered(t.Statements, added)
	c.rejections(t, numbers)
	for _, n := range c.some(t.Voters) {
		c.answers(t, n, added, numbers)
	}
}

// numbered are the numbers that statements get: in the order they come.
func numbered(list []statement, added []time.Time) []int {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return added[a].Compare(added[b]) })
	out := make([]int, len(list))
	for no, i := range order {
		out[i] = no + 1
	}
	return out
}

func (c *council) rejections(t *tender, numbers []int) {
	for i, s := range t.Statements {
		if r := s.Reject; r != nil {
			c.do(c.days.work(r.Day).Add(begins+4*time.Hour), "mesa", s.Text, func(ctx context.Context) error {
				return c.Opinions.Reject(ctx, t.number, numbers[i], r.Cause, r.Why)
			})
		}
	}
}

// answers lets a neighbour answer the statements that are there on some evening.
func (c *council) answers(t *tender, n neighbour, added []time.Time, numbers []int) {
	from, to := t.span()
	at := c.atHome(from + 1 + c.luck.IntN(max(to-from, 1)))
	var ballots []opinions.Ballot
	for i, s := range t.Statements {
		if !added[i].After(at) && s.Reject == nil && c.luck.IntN(10) >= 2 {
			ballots = append(ballots, opinions.Ballot{No: numbers[i], Version: 1, Answer: c.lean(s.Lean, n.camp)})
		}
	}
	c.do(at, n.key, t.Name, func(ctx context.Context) error { return c.Opinions.VoteAll(ctx, t.number, ballots...) })
}

// lean is what somebody of a camp answers: the digit of the camp says how many of
// ten agree; one of eight passes.
func (c *council) lean(digits string, camp int) opinion.Vote {
	switch {
	case c.luck.IntN(8) == 0:
		return opinion.Pass
	case c.luck.IntN(10) < int(digits[camp]-'0'):
		return opinion.Agree
	}
	return opinion.Disagree
}

// ballots lets neighbours choose, each on an evening of the vote.
func (c *council) ballots(t *tender, own []*thought) {
	from, to := *t.Rules.VoteOpens+1, min(*t.Rules.VoteCloses-3, -1)
	for _, n := range c.some(t.Ballots) {
		var chosen []*thought
		for _, k := range c.luck.Perm(len(own)) {
			if x := own[k]; x.Cost > 0 && c.luck.IntN(10) < int(x.Lean[n.camp]-'0') {
				chosen = append(chosen, x)
			}
		}
		c.do(c.atHome(from+c.luck.IntN(max(to-from+1, 1))), n.key, t.Name, func(ctx context.Context) error {
			var taps []ballot.Tap
			for _, x := range chosen {
				taps = append(taps, ballot.Tap{Key: ballot.Key{Idea: x.number}, Value: 1})
			}
			return c.Ballot.CastAll(ctx, t.number, taps...)
		})
	}
}

// grades lets the jury read: each juror has a hand of their own, heavier or
// lighter than the others.
func (c *council) grades(t *tender, own []*thought) {
	for j, juror := range t.Rules.Jury {
		for _, x := range own {
			at := c.days.work(t.Graded.From + c.luck.IntN(t.Graded.To-t.Graded.From+1)).Add(begins + time.Duration(c.luck.IntN(8*60))*time.Minute)
			sheet := c.sheet(t, x, j%3-1)
			if c.luck.IntN(10) >= t.Graded.Part || !x.seen.Before(at.Add(-time.Hour)) || x.Hide != nil {
				continue
			}
			c.do(at, juror, x.Title, func(ctx context.Context) error {
				err := c.Jury.Finish(ctx, x.number, sheet)
				if fault.Is(err, fault.NotFound) { // the lot gave it to others
					return nil
				}
				return err
			})
		}
	}
}

func (c *council) sheet(t *tender, x *thought, hand int) jury.Sheet {
	s := jury.Sheet{Grades: map[string]int{}}
	merit := cmp.Or(x.Merit, "333333")
	for i, k := range t.Rules.Criteria {
		g := int(merit[i] - '0')
		if c.luck.IntN(3) == 0 {
			g += 1 - 2*c.luck.IntN(2)
		}
		if hand != 0 && c.luck.IntN(4) == 0 {
			g += hand
		}
		s.Grades[k.Code] = min(max(g, jury.Lowest), jury.Highest)
	}
	return s
}
