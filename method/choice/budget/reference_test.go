package budget

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

// references holds real votes and what other programs, and the cities, made of
// them.
const references = "../../../../shared/data/pabulib/"

// expectation is what another program chose.
type expectation struct {
	Selected  []string
	Order     []string
	Endowment float64
}

// reference is all that is known of one instance.
type reference struct {
	Official struct {
		Rule     string
		Selected []string
	}
	Size struct {
		Projects, Ballots int
	}
	Exact struct { // in exact fractions; add1 stops when exhaustive
		Rules map[string]expectation
	} `json:"pabutools"`
	Float struct {
		Rules map[string]expectation
	} `json:"equalshares_compute_tool"`
	Optimum struct {
		Votes struct{ Value float64 } `json:"max_total_votes"`
	} `json:"optimum_by_highs"`
}

// expected reads what is known, or skips the test where the data are not there.
func expected(t testing.TB) map[string]reference {
	t.Helper()
	text, err := os.ReadFile(references + "expected.json")
	if err != nil {
		t.Skipf("the reference votes are not there: %v", err)
	}
	var refs map[string]reference
	if err := json.Unmarshal(text, &refs); err != nil {
		t.Fatal(err)
	}
	return refs
}

// load reads one instance, packed or not.
func load(t testing.TB, name string) *Instance {
	t.Helper()
	file, err := os.Open(references + name + ".pb")
	if err != nil {
		file, err = os.Open(references + name + ".pb.gz")
	}
	if err != nil {
		t.Skipf("the reference votes are not there: %v", err)
	}
	defer file.Close()
	var text io.Reader = bufio.NewReader(file)
	if strings.HasSuffix(file.Name(), ".gz") {
		if text, err = gzip.NewReader(text); err != nil {
			t.Fatal(err)
		}
	}
	in, err := Read(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return in
}

// names lists the ids of what was chosen, in order.
func names(in *Instance, out *Outcome) []string {
	ids := []string{}
	for _, p := range out.Selected {
		ids = append(ids, in.Projects[p].ID)
	}
	return ids
}

// sameSet compares ids without their order.
func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// exactRules maps the rules of the exact reference to ours. It breaks ties by id.
var exactRules = map[string]func(*Instance) (*Outcome, error){
	"greedy_by_votes": func(in *Instance) (*Outcome, error) { return Greedy(in, Options{Ties: ByID}) },
	"phragmen":        func(in *Instance) (*Outcome, error) { return Phragmen(in, Options{Ties: ByID}) },
	"mes_cost":        equalShares(Options{}),
	"mes_points":      equalShares(Options{}),
	"mes_borda":       equalShares(Options{}),
	"mes_cost_add1":   equalShares(Options{Raise: true, StopWhenExhaustive: true}),
	"mes_borda_add1":  equalShares(Options{Raise: true, StopWhenExhaustive: true}),
	"mes_cost_add1u":  equalShares(Options{Raise: true, StopWhenExhaustive: true, Fill: true}),
	"mes_borda_add1u": equalShares(Options{Raise: true, StopWhenExhaustive: true, Fill: true}),
}

// floatRules maps the rules of the reference in float64 to ours.
var floatRules = map[string]func(*Instance) (*Outcome, error){
	"none":        equalShares(Options{}),
	"add1":        equalShares(Options{Raise: true, StopWhenExhaustive: true}),
	"add1u":       equalShares(Options{Raise: true, StopWhenExhaustive: true, Fill: true}),
	"add1_nostop": equalShares(Options{Raise: true}),
}

func equalShares(o Options) func(*Instance) (*Outcome, error) {
	o.Ties = ByID
	return func(in *Instance) (*Outcome, error) { return EqualShares(in, o) }
}

// checkAgainst runs every rule that the reference has and compares the sets, and
// the order where the reference tells it.
func checkAgainst(t *testing.T, in *Instance, ours map[string]func(*Instance) (*Outcome, error), theirs map[string]expectation) {
	t.Helper()
	for name, want := range theirs {
		rule, known := ours[name]
		if !known || want.Selected == nil { // another utility, or it did not finish
			continue
		}
		out, err := rule(in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := names(in, out); !sameSet(got, want.Selected) {
			t.Errorf("%s chose %v, the reference %v", name, got, want.Selected)
		}
		// The reference lists Phragmén's choices by id, not in their order.
		if want.Order != nil && strings.HasPrefix(name, "mes") && !slices.Equal(names(in, out), want.Order) {
			t.Errorf("%s chose in the order %v, the reference in %v", name, names(in, out), want.Order)
		}
		if want.Endowment > 0 {
			if share, _ := out.Share.Float64(); share < want.Endowment*0.999999 || share > want.Endowment*1.000001 {
				t.Errorf("%s ended at a share of %v, the reference at %v", name, share, want.Endowment)
			}
		}
	}
}

func TestEveryReference(t *testing.T) {
	for name, ref := range expected(t) {
		t.Run(name, func(t *testing.T) {
			in := load(t, name)
			if len(in.Projects) != ref.Size.Projects || in.Ballots != ref.Size.Ballots {
				t.Errorf("read %d projects and %d ballots, want %d and %d", len(in.Projects), in.Ballots, ref.Size.Projects, ref.Size.Ballots)
			}
			checkAgainst(t, in, exactRules, ref.Exact.Rules)
			checkAgainst(t, in, floatRules, ref.Float.Rules)
			if want := int64(ref.Optimum.Votes.Value); want > 0 {
				if got, ok := MostVotes(in); got != want || !ok {
					t.Errorf("most votes %d (certain: %v), want %d", got, ok, want)
				}
			}
		})
	}
}

// cityRules are the published results that follow from the votes alone, without
// rules of the city that are not in the file.
var cityRules = map[string]func(*Instance, Options) (*Outcome, error){
	"Netherlands_Assen_2024":        EqualShares,
	"Poland_Swiecie_2023":           EqualShares,
	"Poland_Warszawa_2021_Bielany":  Greedy,
	"Poland_Lodz_2022":              Greedy,
	"Poland_Wroclaw_2015_150_-_500": Greedy,
	"Poland_Krakow_2021":            Greedy, // places count 3, 2, 1
	"Poland_Katowice_2020":          Greedy, // points
}

func TestPublishedResultsOfCities(t *testing.T) {
	refs := expected(t)
	for name, rule := range cityRules {
		t.Run(name, func(t *testing.T) {
			in := load(t, name)
			out, err := rule(in, Options{Raise: true})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := names(in, out), refs[name].Official.Selected; !sameSet(got, want) {
				t.Errorf("chose %v, the city %v", got, want)
			}
			for p, project := range in.Projects {
				if (project.Published == 1) != out.Why[p].Cause.Chosen() {
					t.Errorf("%s: the file says %d, we %s", project.ID, project.Published, out.Why[p].Cause)
				}
			}
		})
	}
}

// TestRaisingGoesOnAfterExhaustion holds the reason why add1 goes on by default:
// stopping at the first exhaustive outcome is another rule.
func TestRaisingGoesOnAfterExhaustion(t *testing.T) {
	in := load(t, "Poland_Swiecie_2023")
	early, err := EqualShares(in, Options{Raise: true, StopWhenExhaustive: true})
	if err != nil {
		t.Fatal(err)
	}
	late, err := EqualShares(in, Options{Raise: true})
	if err != nil {
		t.Fatal(err)
	}
	if late.Share.Cmp(early.Share) <= 0 {
		t.Errorf("the share is %v when it goes on, %v when it stops", late.Share, early.Share)
	}
}

func BenchmarkEqualSharesFromFile(b *testing.B) {
	for b.Loop() {
		in := load(b, "Poland_Wroclaw_2015_150_-_500")
		if _, err := EqualShares(in, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAdd1FromFile(b *testing.B) {
	for _, name := range []string{"Poland_Wroclaw_2015_150_-_500", "Poland_Lodz_2022", "Hungary_Budapest_2024"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				in := load(b, name)
				if _, err := EqualShares(in, Options{Raise: true}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPhragmen(b *testing.B) {
	in := load(b, "Poland_Lodz_2022")
	for b.Loop() {
		if _, err := Phragmen(in, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
