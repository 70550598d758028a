package ballot

import (
	"cmp"
	"maps"
	"slices"

	"ronda/method/choice/rank"
	"ronda/platform/fault"
)

// Key is what a voice is about: an idea, or two in a duel, the lower number first.
type Key struct{ Idea, Other string }

// Ballot is what one person says. The value of a voice is, by kind: 1 (Approval),
// the points (Points, Dotted), the place from 1 (Ranking), the score or grade
// from 0 (Scores, Grades), or who won (Pairs).
type Ballot map[Key]int

// What a duel may say.
const (
	FirstWins  = 1
	SecondWins = 2
	CannotSay  = 3 // seen, and left undecided
)

// Tap is one touch: it sets what is said of an idea, or takes it back. Saying the
// same twice changes nothing, so a double click is one tap.
type Tap struct {
	Key
	Value int
	Back  bool
}

// errors that a tap meets.
func full(limit int) error {
	return fault.New(fault.Conflict, "ideas.ballot.full", "count", limit)
}

func outOfRange() error { return fault.New(fault.Invalid, "ideas.ballot.out_of_range") }

// Tap gives the ballot after a tap. votable says whether an idea can be voted
// for; what a ballot says of others is kept but neither counts nor fills it.
func (c Contest) Tap(b Ballot, t Tap, options []Option) (Ballot, error) {
	votable := numbers(options)
	if !votable[t.Idea] || c.Kind() == Pairs && !votable[t.Other] {
		if !t.Back {
			return b, fault.New(fault.Conflict, "ideas.ballot.not_votable")
		}
	}
	if c.Kind() == Pairs && t.Idea >= t.Other || c.Kind() != Pairs && t.Other != "" {
		return b, outOfRange()
	}
	next := maps.Clone(b)
	if next == nil {
		next = Ballot{}
	}
	if c.Kind() == Ranking {
		return c.place(next, t, votable)
	}
	if t.Back || t.Value == 0 && c.Kind() != Scores && c.Kind() != Grades {
		delete(next, t.Key)
		return next, nil
	}
	if low, high := c.Range(); t.Value < low || t.Value > high {
		return b, outOfRange()
	}
	next[t.Key] = t.Value
	if limit := c.Limit(len(options)); limit > 0 && c.Used(next, options) > limit && next[t.Key] > b[t.Key] {
		return b, full(limit)
	}
	return next, nil
}

// Range is what a voice may say.
func (c Contest) Range() (low, high int) {
	switch c.Kind() {
	case Points:
		return 1, c.Limit(0)
	case Scores, Grades:
		return 0, MaxScore
	case Pairs:
		return FirstWins, CannotSay
	case Dotted:
		return 1, rank.MaxDotsOnOne
	case Ranking:
		return 1, 1 << 16
	}
	return 1, 1
}

// place moves an idea to a place of a ranking; the others close up behind it.
func (c Contest) place(b Ballot, t Tap, votable map[string]bool) (Ballot, error) {
	if !t.Back && t.Value < 1 {
		return b, outOfRange()
	}
	order := slices.DeleteFunc(b.order(), func(n string) bool { return n == t.Idea || !votable[n] })
	kept := slices.DeleteFunc(b.order(), func(n string) bool { return n == t.Idea || votable[n] })
	if !t.Back {
		at := min(t.Value-1, len(order))
		order = slices.Insert(order, at, t.Idea)
		if limit := c.Limit(0); limit > 0 && len(order) > limit {
			return b, full(limit)
		}
	}
	next := Ballot{}
	for i, n := range append(order, kept...) {
		next[Key{Idea: n}] = i + 1
	}
	return next, nil
}

// order lists the ideas of a ranking from best to worst.
func (b Ballot) order() []string {
	keys := slices.SortedFunc(maps.Keys(b), func(x, y Key) int { return b[x] - b[y] })
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k.Idea
	}
	return out
}

// Counting is the part of the ballot that counts: what it says of options that
// can be voted for. Places of a ranking close up.
func (c Contest) Counting(b Ballot, options []Option) Ballot {
	votable := numbers(options)
	out := Ballot{}
	for k, v := range b {
		if votable[k.Idea] && (k.Other == "" || votable[k.Other]) {
			out[k] = v
		}
	}
	if c.Kind() == Ranking {
		for i, n := range out.order() {
			out[Key{Idea: n}] = i + 1
		}
	}
	return out
}

// Used is how much of the limit the ballot uses.
func (c Contest) Used(b Ballot, options []Option) int {
	counting := c.Counting(b, options)
	if kind := c.Kind(); kind != Points && kind != Dotted {
		return len(counting)
	}
	sum := 0
	for _, v := range counting {
		sum += v
	}
	return sum
}

func numbers(options []Option) map[string]bool {
	out := make(map[string]bool, len(options))
	for _, o := range options {
		out[o.Number] = true
	}
	return out
}

// keys lists what a ballot speaks of: in order of the places of a ranking, from
// the most to the least otherwise, and by number between equals.
func (b Ballot) keys(kind Kind) []Key {
	return slices.SortedFunc(maps.Keys(b), func(x, y Key) int {
		d := cmp.Compare(b[y], b[x])
		if kind == Ranking {
			d = -d
		}
		if kind == Pairs {
			d = 0
		}
		return cmp.Or(d, cmp.Compare(x.Idea, y.Idea), cmp.Compare(x.Other, y.Other))
	})
}
