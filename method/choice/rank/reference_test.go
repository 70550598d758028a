package rank

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// references holds published polls and what their sources, and another program,
// made of them.
const references = "../../../../shared/data/ranked/"

type reference struct {
	Published map[string]json.RawMessage
	Computed  struct {
		Condorcet   *string           `json:"condorcet_winner"`
		Smith       []string          `json:"smith_set"`
		Schulze     []json.RawMessage `json:"schulze"`
		RankedPairs []json.RawMessage `json:"rankedpairs_winvotes"`
		Pairwise    [][3]any
	} `json:"computed_by_votelib"`
}

// load reads a poll, with its ballots where they are in another file.
func load(t testing.TB, name string) *Poll {
	t.Helper()
	file, err := os.Open(references + name + ".json")
	if err != nil {
		t.Skipf("the reference polls are not there: %v", err)
	}
	defer file.Close()
	p, ballots, err := ReadJSON(file)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if ballots == "" {
		return p
	}
	more, err := os.Open(references + ballots)
	if err != nil {
		t.Fatal(err)
	}
	defer more.Close()
	if err := p.AddSOI(more); err != nil {
		t.Fatalf("%s: %v", ballots, err)
	}
	return p
}

func expected(t testing.TB) map[string]reference {
	t.Helper()
	text, err := os.ReadFile(references + "expected.json")
	if err != nil {
		t.Skipf("the reference polls are not there: %v", err)
	}
	var refs map[string]reference
	if err := json.Unmarshal(text, &refs); err != nil {
		t.Fatal(err)
	}
	return refs
}

// order writes places with the names of their candidates.
func order(p *Poll, places Places) [][]string {
	var out [][]string
	for _, group := range places {
		var names []string
		for _, c := range group {
			names = append(names, p.Candidates[c])
		}
		slices.Sort(names)
		out = append(out, names)
	}
	return out
}

// places reads the reference's order: a name, or a list of equal names.
func places(t *testing.T, list []json.RawMessage) [][]string {
	t.Helper()
	var out [][]string
	for _, raw := range list {
		var names []string
		if err := json.Unmarshal(raw, &names); err != nil {
			names = make([]string, 1)
			if err := json.Unmarshal(raw, &names[0]); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(names)
		out = append(out, names)
	}
	return out
}

func same(a, b [][]string) bool { return slices.EqualFunc(a, b, slices.Equal[[]string]) }

func count(t *testing.T, p *Poll, rule Rule) *Result {
	t.Helper()
	out, err := Count(p, rule, "")
	if err != nil {
		t.Fatalf("%s: %v", rule, err)
	}
	return out
}

// published maps what sources assert to our rules; what we do not count is left
// out, and so are the lines that count unranked candidates as not ranked below.
var published = map[string]Rule{
	"schulze": RuleSchulze, "schulze_winner_in_test": RuleSchulze, "rankedpairs_winvotes": RuleRankedPairs,
	"rankedpairs_winner": RuleRankedPairs, "condorcet_winner": RuleCondorcet, "star_winner": RuleSTAR,
}

func TestEveryPublishedWinner(t *testing.T) {
	compared := 0
	for name, ref := range expected(t) {
		p := load(t, name)
		for what, raw := range ref.Published {
			rule, ours := published[what]
			if !ours {
				continue
			}
			var one string
			var all []json.RawMessage
			if json.Unmarshal(raw, &one) == nil {
				all = []json.RawMessage{raw}
			} else if err := json.Unmarshal(raw, &all); err != nil {
				t.Fatal(err)
			}
			want, got := places(t, all), order(p, count(t, p, rule).Places)
			if !same(got[:len(want)], want) {
				t.Errorf("%s, %s: %v, published %v", name, what, got, want)
			}
			compared++
		}
	}
	if compared < 8 {
		t.Errorf("only %d published results were compared", compared)
	}
}

func TestOrdersOfTheReference(t *testing.T) {
	for name, ref := range expected(t) {
		p := load(t, name)
		if p.Kind != Ranked {
			continue
		}
		c := ref.Computed
		if c.Schulze != nil && !same(order(p, count(t, p, RuleSchulze).Places), places(t, c.Schulze)) {
			t.Errorf("%s: Schulze %v, reference %s", name, order(p, count(t, p, RuleSchulze).Places), c.Schulze)
		}
		if c.RankedPairs != nil && !same(order(p, count(t, p, RuleRankedPairs).Places), places(t, c.RankedPairs)) {
			t.Errorf("%s: ranked pairs %v, reference %s", name, order(p, count(t, p, RuleRankedPairs).Places), c.RankedPairs)
		}
		set := order(p, Places{count(t, p, RuleSchulze).Undefeated})[0]
		if !slices.Equal(set, slices.Sorted(slices.Values(c.Smith))) || (c.Condorcet != nil) != (len(set) == 1) {
			t.Errorf("%s: undefeated %v, reference %v", name, set, c.Smith)
		}
		checkPairs(t, name, p, c.Pairwise)
	}
}

func checkPairs(t *testing.T, name string, p *Poll, want [][3]any) {
	t.Helper()
	w, err := p.Pairwise()
	if err != nil {
		t.Fatal(err)
	}
	index := p.index()
	for _, pair := range want {
		a, b, n := index[pair[0].(string)], index[pair[1].(string)], int64(pair[2].(float64))
		if w.Prefer[a][b] != n {
			t.Errorf("%s: %d prefer %v to %v, reference %d", name, w.Prefer[a][b], pair[0], pair[1], n)
		}
	}
}

func TestRanksOfMajorityJudgment(t *testing.T) {
	for name, ref := range expected(t) {
		if !strings.HasPrefix(name, "mj-") {
			continue
		}
		p := load(t, name)
		var want []int
		if err := json.Unmarshal(ref.Published["ranks"], &want); err != nil {
			t.Fatal(err)
		}
		got, rank := make([]int, len(want)), 1
		for _, group := range count(t, p, RuleMajorityJudgment).Places {
			for _, c := range group {
				got[c] = rank
			}
			rank += len(group)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: ranks %v, published %v", name, got, want)
		}
	}
}

func BenchmarkSchulzeOf8128Orders(b *testing.B) {
	p := load(b, "nsw-2023-northern-tablelands")
	for b.Loop() {
		if _, err := Count(p, RuleSchulze, ""); err != nil {
			b.Fatal(err)
		}
	}
}
