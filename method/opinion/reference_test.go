package opinion

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

var conversations = []string{
	"london.youth.policing", "15-per-hour-seattle", "brexit-consensus", "scoop-hivemind.ubi",
	"scoop-hivemind.biodiversity", "football-concussions", "vtaiwan.uberx", "american-assembly.bowling-green",
}

// picked is a picked statement of the reference.
type picked struct {
	Statement int    `json:"tid"`
	Side      string `json:"repful-for"`
}

// expected are the figures red-dwarf computed from the same votes.
type expected struct {
	Reference struct {
		K           int                 `json:"k"`
		Clustered   int                 `json:"clustered"`
		Silhouette  float64             `json:"silhouette"`
		Labels      map[string]int      `json:"group_of"`
		Statements  []int               `json:"statement_ids"`
		Means       []float64           `json:"mean"`
		Axis1       []float64           `json:"pc1"`
		Axis2       []float64           `json:"pc2"`
		Places      map[string]Point    `json:"projections"`
		Agree       map[string]float64  `json:"group_aware_consensus_agree"`
		Priority    map[string]float64  `json:"priority"`
		Consensus   map[string][]picked `json:"consensus"`
		Represented map[string][]picked `json:"repness"`
	} `json:"reddwarf"`
}

// open returns a file of a conversation, unpacked, or skips the test.
func open(t testing.TB, conversation, name string) io.Reader {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "polis", conversation, name)
	if f, err := os.Open(path); err == nil {
		t.Cleanup(func() { f.Close() })
		return f
	}
	f, err := os.Open(path + ".gz")
	if err != nil {
		t.Skipf("reference data absent: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// load returns the votes of a conversation with its rejected statements.
func load(t testing.TB, conversation string) *Votes {
	t.Helper()
	v, err := Read(open(t, conversation, "participants-votes.csv"))
	if err != nil {
		t.Fatal(err)
	}
	comments, err := ReadComments(open(t, conversation, "comments.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range comments {
		v.Reject(c.Statement, c.Rejected)
	}
	return v
}

func reference(t *testing.T, conversation string) expected {
	t.Helper()
	var e expected
	if err := json.NewDecoder(open(t, conversation, "expected.json")).Decode(&e); err != nil {
		t.Fatal(err)
	}
	return e
}

// exact tells the conversations for which the reference used an exact solver.
// For the others, of more than 500 participants, it approximated the axes by
// random projection, and we are the more accurate.
func exact(m *Map) bool { return len(m.Participants) <= 500 }

// signs returns +1 or -1 by which each axis of the reference must be turned.
func signs(m *Map, e expected) Point {
	var p Point
	for j, s := range m.Statements {
		p[0] += s.Axes[0] * e.Reference.Axis1[j]
		p[1] += s.Axes[1] * e.Reference.Axis2[j]
	}
	return Point{math.Copysign(1, p[0]), math.Copysign(1, p[1])}
}

func TestMeansAndAxesOfTheReference(t *testing.T) {
	each(t, func(t *testing.T, v *Votes, e expected) {
		m, _ := Draw(v, State{})
		sign, tolerance := signs(m, e), 1e-6
		if !exact(m) {
			tolerance = 1e-4
		}
		for j, s := range m.Statements {
			if s.ID != strconv.Itoa(e.Reference.Statements[j]) {
				t.Fatalf("statement %s at the place of %d", s.ID, e.Reference.Statements[j])
			}
			near(t, "mean of "+s.ID, s.Mean, e.Reference.Means[j], 1e-12)
			near(t, "first axis at "+s.ID, s.Axes[0]*sign[0], e.Reference.Axis1[j], tolerance)
			near(t, "second axis at "+s.ID, s.Axes[1]*sign[1], e.Reference.Axis2[j], tolerance)
		}
	})
}

func TestPlacesOfTheReference(t *testing.T) {
	each(t, func(t *testing.T, v *Votes, e expected) {
		m, _ := Draw(v, State{})
		sign, tolerance := signs(m, e), 1e-6
		if !exact(m) {
			tolerance = 2e-3
		}
		for i, id := range m.Participants {
			near(t, "x of "+id, m.Places[i][0]*sign[0], e.Reference.Places[id][0], tolerance)
			near(t, "y of "+id, m.Places[i][1]*sign[1], e.Reference.Places[id][1], tolerance)
		}
	})
}

// The axes must be eigenvectors of X'X whatever the reference says.
func TestAxesAreEigenvectors(t *testing.T) {
	each(t, func(t *testing.T, v *Votes, _ expected) {
		m := v.matrix()
		rows := m.deviations()
		for n, p := range m.span(rows) {
			in := make(vectors, len(p))
			for j := range p {
				in[j][0] = p[j]
			}
			out := apply(rows, in)
			value := math.Sqrt(dot(out, 0, 0))
			for j := range p {
				near(t, fmt.Sprint("axis ", n), out[j][0]/value, p[j], 1e-6)
			}
		}
	})
}

func TestGroupsAreAsTightAsTheReference(t *testing.T) {
	each(t, func(t *testing.T, v *Votes, e expected) {
		m := v.matrix()
		drawn, _ := Draw(v, State{})
		if !drawn.Structured || len(drawn.Groups) == 0 {
			t.Errorf("no clear groups: silhouette %g", drawn.Silhouette)
		}
		places := drawn.Places
		people := m.grouped(nil)
		if len(people) != e.Reference.Clustered {
			t.Errorf("%d grouped, reference %d", len(people), e.Reference.Clustered)
		}
		c := crowd{make([]Point, len(people)), make([]float64, len(people))}
		for i, p := range people {
			c.at[i], c.people[i] = places[p], 1
		}
		d, ok := c.divide(e.Reference.K, nil)
		if score := c.silhouettes([]division{d})[0]; !ok || score < e.Reference.Silhouette-0.01 {
			t.Errorf("silhouette %g at k = %d, reference %g", score, e.Reference.K, e.Reference.Silhouette)
		}
	})
}

// described returns the map for the grouping of the reference.
func described(v *Votes, e expected) *Map {
	labels := map[string]string{}
	for id, g := range e.Reference.Labels {
		labels[id] = strconv.Itoa(g)
	}
	return Describe(v, labels)
}

func TestStatisticsOfTheReference(t *testing.T) {
	each(t, func(t *testing.T, v *Votes, e expected) {
		m := described(v, e)
		near(t, "silhouette", m.Silhouette, e.Reference.Silhouette, 1e-4)
		found := map[[2]string]Stat{}
		for _, g := range m.Groups {
			for j, s := range g.Stats {
				found[[2]string{g.ID, m.Statements[j].ID}] = s
			}
		}
		rows, err := csv.NewReader(open(t, filepath.Base(t.Name()), "expected_group_stats.csv")).ReadAll()
		if err != nil || len(rows)-1 != len(found) {
			t.Fatalf("%d figures, reference %d: %v", len(found), len(rows)-1, err)
		}
		for _, row := range rows[1:] {
			s := found[[2]string{row[0], row[1]}]
			for i, got := range []float64{
				float64(s.Agrees), float64(s.Disagrees), float64(s.Votes), s.AgreeShare, s.DisagreeShare, s.AgreeTest,
				s.DisagreeTest, s.AgreeRatio, s.DisagreeRatio, s.AgreeDiffers, s.DisagreeDiff,
			} {
				want, err := strconv.ParseFloat(row[i+2], 64)
				if err != nil {
					t.Fatal(err)
				}
				near(t, rows[0][i+2]+" of "+row[1]+" in "+row[0], got, want, 1e-9)
			}
		}
	})
}

func TestSelectionsOfTheReference(t *testing.T) {
	each(t, func(t *testing.T, v *Votes, e expected) {
		m := described(v, e)
		for _, g := range m.Groups {
			want := e.Reference.Represented[g.ID]
			same := len(want) == len(g.Stands)
			for i := 0; same && i < len(want); i++ {
				same = g.Stands[i].Statement == strconv.Itoa(want[i].Statement) && (g.Stands[i].Side == Agree) == (want[i].Side == "agree")
			}
			if !same {
				t.Errorf("group %s stands for %v, reference %v", g.ID, g.Stands, want)
			}
		}
		unites(t, m.Unites.Agree, e.Reference.Consensus["agree"])
		unites(t, m.Unites.Disagree, e.Reference.Consensus["disagree"])
	})
}

func unites(t *testing.T, got []Choice, want []picked) {
	t.Helper()
	same := len(got) == len(want)
	for i := 0; same && i < len(want); i++ {
		same = got[i].Statement == strconv.Itoa(want[i].Statement)
	}
	if !same {
		t.Errorf("consensus %v, reference %v", got, want)
	}
}

func TestWeightsAndProductsOfTheReference(t *testing.T) {
	each(t, func(t *testing.T, v *Votes, e expected) {
		m := described(v, e)
		tolerance := 1e-6
		if !exact(m) {
			tolerance = 1e-3 // the weight has the place in it
		}
		var stats [][]Stat
		for _, g := range m.Groups {
			stats = append(stats, g.Stats)
		}
		for j, s := range m.Statements {
			if !s.Rejected {
				near(t, "weight of "+s.ID, s.Weight, e.Reference.Priority[s.ID], tolerance)
			}
			product, _ := products(stats, j, func(s Stat) float64 { return s.AgreeShare })
			near(t, "product of "+s.ID, product, e.Reference.Agree[s.ID], 1e-12)
		}
	})
}

// each runs a test on every conversation.
func each(t *testing.T, test func(t *testing.T, v *Votes, e expected)) {
	for _, name := range conversations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, load(t, name), reference(t, name))
		})
	}
}

// near fails when two figures differ by more than a tolerance, relative to the
// wanted one where that is above 1.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s is %.12g, want %.12g", what, got, want)
	}
}
