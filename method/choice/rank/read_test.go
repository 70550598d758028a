package rank

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadJSON(t *testing.T) {
	cases := []struct {
		name, text string
		want       *Poll
		file       string
	}{
		{"ranked", `{"kind":"ranked","candidates":["a","b","c"],"ballots":[{"count":3,"ranking":[["b"],["c","a"]]},{"ranking":[]}]}`,
			&Poll{Kind: Ranked, Candidates: []string{"a", "b", "c"}, Rankings: []Ranking{{3, [][]int{{1}, {0, 2}}}, {1, nil}}}, ""},
		{"scores, absent is zero", `{"kind":"scores","candidates":["a","b"],"ballots":[{"count":2,"scores":{"b":4}}]}`,
			&Poll{Kind: Scores, Candidates: []string{"a", "b"}, Max: 5, Scored: []Scored{{2, []int{0, 4}}}}, ""},
		{"tallies without names, missing judges give the worst", `{"kind":"grades","judges":3,"tallies_low_to_high":[[1,2],[0,1]]}`,
			&Poll{Kind: Grades, Candidates: []string{"1", "2"}, Tallies: [][]int64{{1, 2}, {2, 1}}}, ""},
		{"ballots elsewhere", `{"kind":"ranked","candidates":["a"],"ballots_file":"x.soi"}`,
			&Poll{Kind: Ranked, Candidates: []string{"a"}}, "x.soi"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, file, err := ReadJSON(strings.NewReader(c.text))
			if err != nil || file != c.file {
				t.Fatalf("file %q, %v", file, err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadJSONRefusesWhatIsWrong(t *testing.T) {
	cases := map[string]string{
		"{\n\"kind\": oops}":                                                                "line 2",
		"{\n\n\"candidates\": 7}":                                                           "line 3",
		`{"kind":"lots","candidates":["a"]}`:                                                `kind of ballots "lots"`,
		`{"kind":"ranked","candidates":["a","a"]}`:                                          `"a" is empty or stands twice`,
		`{"kind":"ranked","candidates":["a"],"ballots":[{"ranking":[["z"]]}]}`:              `ballot 1: candidate "z"`,
		`{"kind":"ranked","candidates":["a"],"ballots":[{"ranking":[["a"],["a"]]}]}`:        "stands twice",
		`{"kind":"ranked","candidates":["a"],"ballots":[{"count":-1,"ranking":[["a"]]}]}`:   "count -1",
		`{"kind":"scores","candidates":["a"],"ballots":[{"scores":{"z":1}}]}`:               `candidate "z"`,
		`{"kind":"scores","candidates":["a"],"ballots":[{"scores":{"a":6}}]}`:               "score 6",
		`{"kind":"scores","candidates":["a"],"max_score":-1,"ballots":[]}`:                  "best score -1",
		`{"kind":"grades","tallies_low_to_high":[[1,2],[1]]}`:                               "tally 2 has 1 grades",
		`{"kind":"grades","tallies_low_to_high":[[1,-2]]}`:                                  "count -2",
		`{"kind":"grades","candidates":["a","b"],"tallies_low_to_high":[[1]]}`:              "1 tallies for 2 candidates",
		`{"kind":"ranked","candidates":["a"],"ballots":[{"count":1e30,"ranking":[["a"]]}]}`: "line 1",
	}
	for text, want := range cases {
		if p, _, err := ReadJSON(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: read as %+v, error %v, want %q", text, p, err, want)
		}
	}
}

const smallSOI = "# TITLE: x\n# ALTERNATIVE NAME 1: Ana\n# ALTERNATIVE NAME 2: Bea: la 2\n# ALTERNATIVE NAME 3: Eva\n\n5: 1,2\n2: {2, 3},1\n1:\n"

func TestReadSOI(t *testing.T) {
	want := &Poll{Kind: Ranked, Candidates: []string{"Ana", "Bea: la 2", "Eva"},
		Rankings: []Ranking{{5, [][]int{{0}, {1}}}, {2, [][]int{{1, 2}, {0}}}, {1, nil}}}
	for _, text := range []string{smallSOI, "\ufeff" + strings.ReplaceAll(smallSOI, "\n", "\r\n")} {
		got, err := ReadSOI(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestSOIKnowsTheCandidatesOfItsPollByName(t *testing.T) {
	p := &Poll{Kind: Ranked, Candidates: []string{"Eva", "Bea: la 2", "Ana"}}
	if err := p.AddSOI(strings.NewReader(smallSOI)); err != nil || p.Rankings[0].Places[0][0] != 2 {
		t.Errorf("%+v, %v", p, err)
	}
	stranger := &Poll{Kind: Ranked, Candidates: []string{"Eva"}}
	if err := stranger.AddSOI(strings.NewReader(smallSOI)); err == nil {
		t.Error("an alternative that is no candidate passes")
	}
}

func TestReadSOIRefusesWhatIsWrong(t *testing.T) {
	cases := map[string]string{
		"":                               "names no alternative",
		"# ALTERNATIVE NAME 1: a\n5; 1":  "line 2: expected count",
		"# ALTERNATIVE NAME 1: a\n-5: 1": "line 2: expected count",
		"# ALTERNATIVE NAME 1: a\n5: 7":  `line 2: alternative "7" has no name`,
		"# ALTERNATIVE NAME 1: a\n5: {1": "line 2: a brace is never closed",
		"# ALTERNATIVE NAME 1: a\n# ALTERNATIVE NAME 1: b": "line 2: alternative 1 stands twice",
		"# ALTERNATIVE NAME 1: a\n5: 1,1":                  "stands twice",
		"# ALTERNATIVE NAME 1: \n5: 1":                     "is empty",
	}
	for text, want := range cases {
		if p, err := ReadSOI(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: read as %+v, error %v, want %q", text, p, err, want)
		}
	}
}

// FuzzRead checks that no text breaks the readers, and that every rule counts
// what they accept.
func FuzzRead(f *testing.F) {
	f.Add([]byte(smallSOI))
	f.Add([]byte(`{"kind":"ranked","candidates":["a","b"],"ballots":[{"count":3,"ranking":[["b"],["a"]]}]}`))
	f.Add([]byte(`{"kind":"scores","max_score":3,"candidates":["a","b"],"ballots":[{"count":3,"scores":{"a":3}}]}`))
	f.Add([]byte(`{"kind":"grades","judges":3,"tallies_low_to_high":[[1,2],[0,1]]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, file, err := ReadJSON(bytes.NewReader(text))
		if err != nil || file != "" {
			p, err = ReadSOI(bytes.NewReader(text))
		}
		if err != nil || len(p.Candidates) > 20 {
			return
		}
		for _, rule := range rulesFor(p.Kind) {
			if _, err := Count(p, rule, ""); err != nil && rule != RuleBradleyTerry {
				t.Fatalf("%s: %v", rule, err)
			}
		}
	})
}

// A duel says nothing of those who were not in it.
func TestDuelsCompareOnlyTheTwo(t *testing.T) {
	const text = `{"kind":"duels","candidates":["a","b","c","d"],"ballots":[
		{"count":3,"ranking":[["a"],["b"]]},{"count":1,"ranking":[["b"],["a"]]},{"count":2,"ranking":[["c"],["a"]]}]}`
	p, _, err := ReadJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := p.Pairwise()
	if err != nil {
		t.Fatal(err)
	}
	want := []Duel{{0, 1, 3, 1}, {0, 2, 0, 2}}
	if got := pairs.Duels(); !slices.Equal(got, want) {
		t.Errorf("duels %v, want %v", got, want)
	}
	out, err := Count(p, RuleBradleyTerry, "")
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{2}; !slices.Equal(out.Places.Winners(), want) {
		t.Errorf("winners %v, want c", out.Places.Winners())
	}
	for _, wrong := range []string{`[["a","b"]]`, `[["a"],["b"],["c"]]`, `[["a"],["b","c"]]`, `[["a"],["a"]]`} {
		if _, _, err := ReadJSON(strings.NewReader(`{"kind":"duels","candidates":["a","b","c"],"ballots":[{"ranking":` + wrong + `}]}`)); err == nil {
			t.Errorf("%s was read as a duel", wrong)
		}
	}
}
