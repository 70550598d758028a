package opinion

import (
	"cmp"
	"slices"
)

// FewestShown is the number of people below which figures about them are not
// published.
const FewestShown = 5

// Public returns the map as anybody may see it. Figures about fewer than five
// people are gone: those of statements with fewer votes, of small groups, and of
// the next smallest group too when the small ones could be found by subtracting
// the others from the whole. Participants have no names and stand in no order
// that tells who they are; those of hidden groups are not drawn.
func (m *Map) Public() *Map {
	out := *m
	out.Statements = slices.Clone(m.Statements)
	for j := range out.Statements {
		if s := &out.Statements[j]; s.All < FewestShown {
			*s = Statement{ID: s.ID, Rejected: s.Rejected, Weight: s.Weight}
		}
	}
	out.Participants, out.Places = nil, nil
	out.Groups = make([]Group, len(m.Groups))
	hidden := m.small()
	for i, g := range m.Groups {
		if hidden[i] {
			out.Groups[i] = Group{ID: g.ID, Hidden: true}
		} else {
			out.Groups[i] = g.public()
			out.Groups[i].Members = out.stand(m, g.Members)
		}
	}
	if len(hidden) > 0 {
		out.UnitesEach = Consensus{}
	}
	return &out
}

// public returns a group without the figures about a few of its members.
func (g Group) public() Group {
	g.Stats = slices.Clone(g.Stats)
	for j := range g.Stats {
		if g.Stats[j].Votes < FewestShown {
			g.Stats[j] = Stat{}
		}
	}
	return g
}

// stand adds the places of members, ordered from left to right, and returns
// where in Places they are.
func (m *Map) stand(from *Map, members []int) []int {
	first := len(m.Places)
	numbers := make([]int, len(members))
	for i, p := range members {
		m.Places = append(m.Places, from.Places[p])
		numbers[i] = first + i
	}
	slices.SortFunc(m.Places[first:], func(a, b Point) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	return numbers
}

// small returns the groups whose figures are hidden: those under FewestShown,
// and more in order of size until the hidden ones are that many people together.
func (m *Map) small() map[int]bool {
	bySize := identity(len(m.Groups))
	slices.SortStableFunc(bySize, func(a, b int) int { return cmp.Compare(m.Groups[a].Size, m.Groups[b].Size) })
	hidden, people := map[int]bool{}, 0
	for _, g := range bySize {
		size := m.Groups[g].Size
		if size >= FewestShown && (len(hidden) == 0 || people >= FewestShown) {
			break
		}
		hidden[g] = true
		people += size
	}
	return hidden
}
