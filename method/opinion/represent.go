package opinion

import (
	"cmp"
	"slices"
)

// maxRepresentative bounds the statements that stand for a group, and those of
// the consensus.
const maxRepresentative = 5

// Choice is a statement picked out by its figures, and the answer it stands for.
type Choice struct {
	Statement string  `json:"statement"`
	Side      Vote    `json:"side"`  // Agree or Disagree
	Score     float64 `json:"score"` // by which it was picked; larger is stronger
}

// candidate is a statement that may stand for a group.
type candidate struct {
	column int
	side   Vote
	score  float64
}

// represent returns the statements that stand for a group, from its figures by
// statement: up to five that set it apart, agreements first.
func represent(m *matrix, stats []Stat) []Choice {
	var apart []candidate
	for j, s := range stats {
		if !m.rejected[j] && s.setsApart() {
			apart = append(apart, s.candidate(j))
		}
	}
	slices.SortStableFunc(apart, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	if agreed := bestAgreed(m, stats); agreed >= 0 {
		apart = slices.DeleteFunc(apart, func(c candidate) bool { return c.column == agreed })
		apart = slices.Insert(apart, 0, candidate{agreed, Agree, stats[agreed].agreeScore()})
	} else if len(apart) == 0 {
		apart = mostDifferent(m, stats)
	}
	apart = apart[:min(len(apart), maxRepresentative)]
	slices.SortStableFunc(apart, func(a, b candidate) int { return cmp.Compare(b.side, a.side) })
	choices := make([]Choice, len(apart))
	for i, c := range apart {
		choices[i] = Choice{m.statements[c.column], c.side, c.score}
	}
	return choices
}

// setsApart says whether a group leans to one answer, and more than the rest.
func (s Stat) setsApart() bool {
	return s.AgreeDiffers > significant && s.AgreeTest > significant ||
		s.DisagreeDiff > significant && s.DisagreeTest > significant
}

// candidate takes the side on which the group differs more.
func (s Stat) candidate(column int) candidate {
	if s.AgreeDiffers > s.DisagreeDiff {
		return candidate{column, Agree, s.agreeScore()}
	}
	return candidate{column, Disagree, s.DisagreeRatio * s.DisagreeDiff * s.DisagreeShare * s.DisagreeTest}
}

func (s Stat) agreeScore() float64 {
	return s.AgreeRatio * s.AgreeDiffers * s.AgreeShare * s.AgreeTest
}

// bestAgreed returns the column a group agrees with best, or -1: the incumbent
// of a walk through the statements in order.
func bestAgreed(m *matrix, stats []Stat) int {
	best := -1
	for j, s := range stats {
		if m.rejected[j] || s.Agrees+s.Disagrees == 0 {
			continue
		}
		if best < 0 {
			if s.AgreeTest > significant || s.AgreeRatio > 1 && s.AgreeShare > 0.5 {
				best = j
			}
		} else if s.beats(stats[best]) {
			best = j
		}
	}
	return best
}

// beats says whether a statement displaces the incumbent of bestAgreed.
func (s Stat) beats(incumbent Stat) bool {
	if incumbent.AgreeRatio > 1 {
		return s.agreeScore() > incumbent.agreeScore()
	}
	return s.AgreeShare*s.AgreeTest > incumbent.AgreeShare*incumbent.AgreeTest
}

// mostDifferent returns the one statement on which a group differs most.
func mostDifferent(m *matrix, stats []Stat) []candidate {
	best := -1
	for j, s := range stats {
		if !m.rejected[j] && s.Votes > 0 && (best < 0 || s.difference() > stats[best].difference()) {
			best = j
		}
	}
	if best < 0 {
		return nil
	}
	return []candidate{stats[best].candidate(best)}
}

func (s Stat) difference() float64 { return max(s.AgreeDiffers, s.DisagreeDiff) }
