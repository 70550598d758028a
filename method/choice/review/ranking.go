package review

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// Options are the parameters of a ranking; a result is published with them.
type Options struct {
	Places int     // how many ideas can be chosen
	Draws  int     // how often the weights are drawn anew; 0 is 1,000
	Spread float64 // how far each weight may be drawn from its own; 0 is a fifth
	Seed   uint64  // of the draws; the same seed gives the same draws
}

// Status says how sure it is that an idea is among those that can be chosen.
type Status string

// The statuses.
const (
	In      Status = "in"      // in every draw, and whichever reviewer is left out
	Discuss Status = "discuss" // in some
	Out     Status = "out"     // in none
)

// Standing is the place of one idea.
type Standing struct {
	Idea      string
	Place     int       // from 1; equal ideas share the first of their places
	Raw       float64   // weighted mean of the grades as they were given
	Adjusted  float64   // ... less the severity of who gave them; the order goes by this
	Means     []float64 // adjusted mean of each criterion
	Best      int       // the best place in any draw, or with any reviewer left out
	Worst     int       // ... and the worst; equals count as behind each other
	Status    Status
	Reviewers int
	Few       bool  // fewer reviewers than Enough
	Uneven    []int // criteria on which its reviewers disagree: quartiles 2 or more apart
}

// Reviewer is what was found out about one reviewer.
type Reviewer struct {
	Name     string
	Reviews  int
	Severity float64 // weighted; above zero is more generous than others on the same ideas
}

// Ranking is the result.
type Ranking struct {
	Ideas     []Standing  // best first
	Reviewers []Reviewer  // by name
	Agreement []Agreement // one for each criterion
	Adjusted  bool        // whether severity was taken off: not when everyone saw everything
}

// Rank orders the ideas of a panel.
func Rank(p *Panel, o Options) (*Ranking, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if o.Draws == 0 {
		o.Draws = 1000
	}
	if o.Spread == 0 {
		o.Spread = 0.2
	}
	t, weights := newTable(p), p.weights()
	r := &ranker{table: t, weights: weights, score: make([]float64, len(t.ideas))}
	if !t.complete() {
		r.severity = t.fit(-1, nil)
	}
	r.means = t.means(r.severity, -1, nil)
	r.ranges = newRanges(len(t.ideas))
	r.drawWeights(o)
	r.leaveOut()
	return r.result(o), nil
}

// ranker is the state of ranking one panel.
type ranker struct {
	*table
	weights  []float64
	severity severity // nil when everyone saw everything
	means    []float64
	score    []float64
	ranges   *ranges
}

// drawWeights ranks once by the weights themselves and then by weights drawn
// around them.
func (r *ranker) drawWeights(o Options) {
	r.scores(r.score, r.means, r.weights)
	r.ranges.note(r.score)
	random := rand.NewPCG(o.Seed, 0)
	drawn := make([]float64, len(r.weights))
	for range o.Draws {
		sum := 0.0
		for c, w := range r.weights {
			drawn[c] = w * (1 + o.Spread*(2*unit(random)-1))
			sum += drawn[c]
		}
		for c := range drawn {
			drawn[c] /= sum
		}
		r.scores(r.score, r.means, drawn)
		r.ranges.note(r.score)
	}
}

// unit is a random number from 0 up to 1; written out, because the generator is
// fixed by its authors and the helpers around it are not.
func unit(random *rand.PCG) float64 { return float64(random.Uint64()>>11) / (1 << 53) }

// leaveOut ranks without each reviewer in turn, with severities fitted anew.
// Where no grade is dropped, weighing first gives the same and is less work.
func (r *ranker) leaveOut() {
	t, weights, start, keep := r.table, r.weights, r.severity, r.means
	if !t.trims() {
		t, weights = t.weighed(r.weights), []float64{1}
		start, keep = r.severity.weighed(r.weights), make([]float64, len(t.ideas))
		r.scores(keep, r.means, r.weights)
	}
	m := newModel(t)
	for without := range t.reviewers {
		var s severity
		if start != nil {
			s = m.fit(without, start)
		}
		t.scores(r.score, t.means(s, without, keep), weights)
		r.ranges.note(r.score)
	}
}

// result puts everything together.
func (r *ranker) result(o Options) *Ranking {
	out := &Ranking{Agreement: r.agreements(), Adjusted: r.severity != nil}
	raw := make([]float64, len(r.ideas))
	r.scores(raw, r.table.means(nil, -1, nil), r.weights)
	r.scores(r.score, r.means, r.weights)
	place, _ := places(r.score)
	for i, idea := range r.ideas {
		n := r.first[i+1] - r.first[i]
		best, worst := r.ranges.best[i], r.ranges.worst[i]
		out.Ideas = append(out.Ideas, Standing{Idea: idea, Place: place[i], Raw: raw[i], Adjusted: r.score[i],
			Means: r.means[i*r.criteria : (i+1)*r.criteria], Best: best, Worst: worst,
			Status: status(best, worst, o.Places), Reviewers: n, Few: n < Enough, Uneven: r.uneven(i)})
	}
	slices.SortFunc(out.Ideas, func(a, b Standing) int {
		return cmp.Or(a.Place-b.Place, cmp.Compare(a.Idea, b.Idea))
	})
	out.Reviewers = r.reviewerList()
	return out
}

func status(best, worst, places int) Status {
	switch {
	case worst <= places:
		return In
	case best <= places:
		return Discuss
	}
	return Out
}

// reviewerList sums up each reviewer.
func (r *ranker) reviewerList() []Reviewer {
	list := make([]Reviewer, len(r.reviewers))
	for i, name := range r.reviewers {
		list[i].Name = name
		if r.severity != nil {
			list[i].Severity = dot(r.severity[i*r.criteria:(i+1)*r.criteria], r.weights)
		}
	}
	for _, i := range r.reviewer {
		list[i].Reviews++
	}
	return list
}
