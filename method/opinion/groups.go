package opinion

import (
	"cmp"
	"slices"
)

const (
	// maxGroups bounds the number of groups.
	maxGroups = 5
	// clearFrom is the silhouette under which there are no clear groups.
	clearFrom = 0.25
	// agreements is how many maps in a row must find another number of groups
	// before the shown number follows.
	agreements = 4
	// exactUpTo is the number of people up to which each is a place of its own;
	// beyond it they are gathered into baseClusters first.
	exactUpTo    = 5000
	baseClusters = 100
)

// State is what a map leaves for the next of the same assembly, so that groups
// keep their numbers and do not come and go with every vote. The zero State is
// that of the first map. It can be stored as JSON.
type State struct {
	Maps    int            `json:"maps"`    // drawn so far
	K       int            `json:"k"`       // groups shown; 0: none clear
	Rival   int            `json:"rival"`   // another number that was found better
	Agreed  int            `json:"agreed"`  // by how many maps in a row
	Centres []Point        `json:"centres"` // of the groups shown, by number
	Members map[string]int `json:"members"` // participant -> number of group, -1 in none
}

// grouping is the people of a matrix in groups.
type grouping struct {
	people     []int // who is grouped, in order
	group      []int // of each of them; nil when there are no clear groups
	centres    []Point
	silhouette float64
}

// find groups the people of a map and returns the state for the next one.
func find(m *matrix, on *Map, before State) (grouping, State) {
	g := grouping{people: m.grouped(before.in())}
	all := crowd{make([]Point, len(g.people)), make([]float64, len(g.people))}
	for i, p := range g.people {
		all.at[i], all.people[i] = on.Places[p], 1
	}
	bases, base := all, identity(len(all.at))
	if len(all.at) > exactUpTo {
		bases, base = all.gather(baseClusters)
	}
	divisions := bases.candidates(len(g.people), before.Centres)
	scores := bases.silhouettes(divisions)
	k := 0
	if on.Structured {
		k = best(divisions, scores)
	}
	after := before.follow(k, len(divisions))
	g.silhouette = slices.Max(append(scores, 0))
	if after.K > 0 {
		chosen := divisions[after.K-2]
		g.silhouette = scores[after.K-2]
		g.group = make([]int, len(g.people))
		for i := range g.group {
			g.group[i] = chosen.part[base[i]]
		}
		g.centres = chosen.centres
		g.renumber(m, before.Members)
	}
	after.Centres, after.Members = g.centres, g.members(m)
	return g, after
}

// in returns who was grouped before.
func (s State) in() map[string]bool {
	in := make(map[string]bool, len(s.Members))
	for id := range s.Members {
		in[id] = true
	}
	return in
}

// candidates returns the divisions in 2, 3, ... parts, as many as make sense.
func (c crowd) candidates(people int, before []Point) []division {
	var divisions []division
	for k := 2; k <= min(maxGroups, 2+people/12); k++ {
		d, ok := c.divide(k, before)
		if !ok {
			break
		}
		divisions = append(divisions, d)
	}
	return divisions
}

// best returns the number of parts with the largest silhouette, the smaller of
// equals, or 0 when none is clear.
func best(divisions []division, scores []float64) int {
	k, most := 0, clearFrom
	for n := range divisions {
		if scores[n] > most || k == 0 && scores[n] == most {
			k, most = n+2, scores[n]
		}
	}
	return k
}

// follow decides how many groups are shown when k are found best out of the
// given number of divisions.
func (s State) follow(k, divisions int) State {
	s.Maps++
	switch {
	case s.Maps == 1 || s.K > divisions+1:
		s.K, s.Agreed = k, 0
	case k == s.K:
		s.Agreed = 0
	case s.Agreed > 0 && k == s.Rival:
		s.Agreed++
	default:
		s.Rival, s.Agreed = k, 1
	}
	if s.Agreed >= agreements {
		s.K, s.Agreed = k, 0
	}
	if s.Agreed == 0 {
		s.Rival = s.K
	}
	return s
}

// renumber gives groups the numbers of those before that they share most people
// with; the others take the free numbers, larger groups first, then the one
// with the lowest participant.
func (g *grouping) renumber(m *matrix, before map[string]int) {
	k := len(g.centres)
	size, first, overlap := make([]int, k), make([]int, k), make([][]int, k)
	for q := range overlap {
		first[q], overlap[q] = -1, make([]int, k)
	}
	for i, q := range g.group {
		size[q]++
		if first[q] < 0 {
			first[q] = i
		}
		if old, ok := before[m.people[g.people[i]]]; ok && old >= 0 && old < k {
			overlap[q][old]++
		}
	}
	bySize := identity(k)
	slices.SortFunc(bySize, func(a, b int) int {
		return cmp.Or(cmp.Compare(size[b], size[a]), cmp.Compare(first[a], first[b]))
	})
	g.apply(numbers(bySize, overlap))
}

// numbers matches groups with old numbers by greatest overlap, in the given
// order of groups for ties and for those that match none.
func numbers(order []int, overlap [][]int) []int {
	number := make([]int, len(order))
	for q := range number {
		number[q] = -1
	}
	taken := make([]bool, len(order))
	for range order {
		group, old, most := -1, -1, 0
		for _, q := range order {
			for o, shared := range overlap[q] {
				if number[q] < 0 && !taken[o] && shared > most {
					group, old, most = q, o, shared
				}
			}
		}
		if group < 0 {
			break
		}
		number[group], taken[old] = old, true
	}
	for _, q := range order {
		if number[q] < 0 {
			number[q] = slices.Index(taken, false)
			taken[number[q]] = true
		}
	}
	return number
}

func (g *grouping) apply(number []int) {
	centres := make([]Point, len(number))
	for q, n := range number {
		centres[n] = g.centres[q]
	}
	g.centres = centres
	for i, q := range g.group {
		g.group[i] = number[q]
	}
}

// members returns the group of everybody grouped, -1 without clear groups.
func (g *grouping) members(m *matrix) map[string]int {
	members := make(map[string]int, len(g.people))
	for i, p := range g.people {
		members[m.people[p]] = -1
		if g.group != nil {
			members[m.people[p]] = g.group[i]
		}
	}
	return members
}
