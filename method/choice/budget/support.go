package budget

import (
	"cmp"
	"slices"
)

// maxPoints bounds the points of one ballot for one project, so that sums over
// a city stay exact.
const maxPoints = 1 << 31

// support is the instance turned around: who stands behind each project, and
// how strongly.
type support struct {
	in      *Instance
	backers [][]backer
	total   []int64 // the utility of each project, summed over its backers
	votes   []int64 // what each project got: people, or the sum of their points
	levels  []int64 // the distinct utilities that occur, ascending
	plain   bool    // approvals: every utility is 1
}

// backer is one group of equal ballots behind a project.
type backer struct {
	group int32
	level int32 // index of its utility in levels
}

// newSupport collects the backers of every project. A choice without utility
// (no points, or the last place of a full ranking) backs nothing.
func newSupport(in *Instance) *support {
	n := len(in.Projects)
	s := &support{in: in, backers: make([][]backer, n), total: make([]int64, n), votes: make([]int64, n),
		levels: utilities(in), plain: in.Kind == Approval}
	level := make(map[int64]int32, len(s.levels))
	for i, u := range s.levels {
		level[u] = int32(i)
	}
	for p, size := range s.sizes() {
		s.backers[p] = make([]backer, 0, size)
	}
	for g, group := range in.Groups {
		for i, p := range group.Choices {
			u := in.utility(&group, i)
			s.total[p] += int64(group.Count) * u
			s.votes[p] += int64(group.Count) * in.vote(&group, i)
			if u > 0 {
				s.backers[p] = append(s.backers[p], backer{int32(g), level[u]})
			}
		}
	}
	return s
}

// sizes is how many groups name each project.
func (s *support) sizes() []int {
	sizes := make([]int, len(s.in.Projects))
	for _, group := range s.in.Groups {
		for _, p := range group.Choices {
			sizes[p]++
		}
	}
	return sizes
}

// utilities lists the distinct positive utilities of an instance, ascending.
func utilities(in *Instance) []int64 {
	if in.Kind == Approval {
		return []int64{1}
	}
	seen := map[int64]bool{}
	var levels []int64
	for _, group := range in.Groups {
		for i := range group.Choices {
			if u := in.utility(&group, i); u > 0 && !seen[u] {
				seen[u] = true
				levels = append(levels, u)
			}
		}
	}
	slices.Sort(levels)
	return levels
}

// utility is what the choice at place i is worth to the group in equal shares:
// 1 when approved, the points given, or the Borda points of a ranking, which are
// the number of projects ranked below it on that ballot.
func (in *Instance) utility(g *Group, i int) int64 {
	switch in.Kind {
	case Points:
		return g.Points[i]
	case Ranking:
		return int64(len(g.Choices) - i - 1)
	default:
		return 1
	}
}

// vote is what the choice at place i counts as a vote: its points when the
// ballot carries them, otherwise its utility.
func (in *Instance) vote(g *Group, i int) int64 {
	if in.Kind != Approval && g.Points != nil {
		return g.Points[i]
	}
	return in.utility(g, i)
}

// Ties is the order that decides between equals.
type Ties string

// The tie orders; each ends with the id in the order of its code points, so no
// two projects are ever equal.
const (
	ByVotes Ties = "votes" // more votes, then lower cost, then id
	ByID    Ties = "id"
)

// order gives every project its place in the tie order; the lower goes first.
func (s *support) order(ties Ties) []int {
	index := make([]int, len(s.in.Projects))
	for i := range index {
		index[i] = i
	}
	slices.SortFunc(index, func(a, b int) int {
		pa, pb := &s.in.Projects[a], &s.in.Projects[b]
		if ties == ByID {
			return cmp.Compare(pa.ID, pb.ID)
		}
		return cmp.Or(cmp.Compare(s.votes[b], s.votes[a]), cmp.Compare(pa.Cost, pb.Cost), cmp.Compare(pa.ID, pb.ID))
	})
	place := make([]int, len(index))
	for i, p := range index {
		place[p] = i
	}
	return place
}
