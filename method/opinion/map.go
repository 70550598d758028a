package opinion

import (
	"maps"
	"math"
	"slices"
	"strconv"
)

// Map is the picture of an assembly. Slices by participant and by statement
// are in the order of the ids.
type Map struct {
	Participants []string
	Places       []Point // by participant
	Statements   []Statement
	Votes        int // answers cast, one for each participant and statement at most

	Groups     []Group // by number; empty when there are no clear groups
	Silhouette float64 // of the groups shown, or the best that was found
	// Structured says that people differ along the first axis by more than
	// chance explains; without that there are no clear groups, however well the
	// cloud falls apart. Describe leaves it false.
	Structured bool
	Unites     Consensus
	UnitesEach Consensus // every group, not only the sum of all
}

// Statement is one statement on the map.
type Statement struct {
	ID                     string
	Rejected               bool
	Agrees, Disagrees, All int     // votes of the whole assembly; All counts passes too
	Mean                   float64 // of the votes, from -1 to 1; 0 when rejected
	Axes                   [2]float64
	Place                  Point   // of somebody who agrees with it alone
	Weight                 float64 // in the draw of the next statement to show
}

// Extremity is how far from the middle agreeing with the statement alone leads.
func (s Statement) Extremity() float64 { return math.Hypot(s.Place[0], s.Place[1]) }

// Group is people who answer alike.
type Group struct {
	ID      string // its number from 0, or its label in a grouping made elsewhere
	Size    int
	Members []int    // places in Map.Participants, in order
	Centre  Point    // the middle of its members
	Stats   []Stat   // by statement
	Stands  []Choice // for these statements
	// Hidden says that figures were taken away because the group is small.
	Hidden bool
}

// Draw makes the map of the votes, following the map that left the given state,
// and returns the state for the next one. The cost is about 30 rounds over the
// votes and the square of the number of grouped participants up to 5,000.
func Draw(v *Votes, before State) (*Map, State) {
	return draw(v.matrix(), before)
}

func draw(m *matrix, before State) (*Map, State) {
	rows := m.deviations()
	a := m.span(rows)
	out := m.plane(rows, a)
	out.Structured = m.flat() || structured(rows, a[0])
	g, after := find(m, out, before)
	out.Silhouette = g.silhouette
	ids := make([]string, len(g.centres))
	for n := range ids {
		ids[n] = strconv.Itoa(n)
	}
	m.fill(out, g.people, g.group, ids)
	return out, after
}

// Describe makes the map of the votes with a grouping made elsewhere: the label
// of the group of each participant. Participants without a label, and labels of
// unknown participants, are left out. Groups come in the order of their labels.
func Describe(v *Votes, labels map[string]string) *Map {
	m := v.matrix()
	rows := m.deviations()
	out := m.plane(rows, m.span(rows))
	var people, group []int
	ids := slices.SortedFunc(maps.Values(labels), byID)
	ids = slices.Compact(ids)
	for i, id := range m.people {
		if label, ok := labels[id]; ok {
			people = append(people, i)
			group = append(group, slices.Index(ids, label))
		}
	}
	out.Silhouette = silhouetteOf(out.Places, people, group, len(ids))
	m.fill(out, people, group, ids)
	return out
}

// silhouetteOf returns the mean silhouette of a given grouping.
func silhouetteOf(places []Point, people, group []int, groups int) float64 {
	if len(people) == 0 || groups < 2 {
		return 0
	}
	c := crowd{make([]Point, len(people)), make([]float64, len(people))}
	for i, p := range people {
		c.at[i], c.people[i] = places[p], 1
	}
	return c.silhouettes([]division{{part: group, centres: make([]Point, groups)}})[0]
}

// plane makes a map without its groups.
func (m *matrix) plane(rows [][]deviation, a axes) *Map {
	out := &Map{Participants: m.people, Places: m.places(rows, a), Votes: m.cells}
	out.Statements = make([]Statement, len(m.statements))
	for j, place := range m.statementPlaces(a) {
		t := m.tallies[j]
		out.Statements[j] = Statement{
			ID: m.statements[j], Rejected: m.rejected[j],
			Agrees: t.agree, Disagrees: t.disagree, All: t.votes,
			Mean: m.means[j], Axes: [2]float64{a[0][j], a[1][j]}, Place: place,
		}
	}
	out.Unites = m.assemblyConsensus()
	return out
}

// fill adds to a map its groups, given who is in which, and what follows from
// them.
func (m *matrix) fill(out *Map, people, group []int, ids []string) {
	m.weigh(out, people)
	if len(ids) == 0 {
		return
	}
	stats := m.statistics(people, group, len(ids))
	out.Groups = make([]Group, len(ids))
	for g, id := range ids {
		out.Groups[g] = Group{ID: id, Stats: stats[g], Stands: represent(m, stats[g])}
	}
	for i, p := range people {
		g := &out.Groups[group[i]]
		g.Members = append(g.Members, p)
		g.Centre[0] += out.Places[p][0]
		g.Centre[1] += out.Places[p][1]
	}
	for i := range out.Groups {
		g := &out.Groups[i]
		g.Size = len(g.Members)
		g.Centre[0] /= float64(max(1, g.Size))
		g.Centre[1] /= float64(max(1, g.Size))
	}
	out.UnitesEach = m.groupConsensus(stats)
}
