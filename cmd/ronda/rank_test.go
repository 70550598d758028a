package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rankText runs the command over a text given on standard input.
func rankText(t *testing.T, cmd RankCmd, text string) string {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.File = "-"
	if err := cmd.Run(IO{In: strings.NewReader(text), Out: &out, Err: &errs}); err != nil {
		t.Fatal(err)
	}
	if errs.Len() > 0 {
		t.Errorf("on Err %q", errs.String())
	}
	return out.String()
}

const circle = `{"kind":"ranked","candidates":["c","b","a"],"ballots":[
	{"count":4,"ranking":[["a"],["b"],["c"]]},{"count":3,"ranking":[["b"],["c"],["a"]]},{"count":2,"ranking":[["c"],["a"],["b"]]}]}`

func TestRankAsJSON(t *testing.T) {
	const soi = "# ALTERNATIVE NAME 1: Ana\n# ALTERNATIVE NAME 2: Bea\n3: 2,1\n"
	const scores = `{"kind":"scores","candidates":["x","y","z"],"ballots":[{"count":2,"scores":{"x":5,"y":4}},{"count":3,"scores":{"y":1}}]}`
	const grades = `{"kind":"grades","tallies_low_to_high":[[1,0],[0,1],[1,0]]}`
	cases := []struct{ rule, text, want string }{
		{"schulze", circle, `"winners":["a"],"order":[["a"],["b"],["c"]]`},
		{"ranked-pairs", circle, `"winners":["a"],"order":[["a"],["b"],["c"]]`},
		{"condorcet", circle, `"winners":["a","b","c"],"order":[["a","b","c"]]`},
		{"schulze", soi, `"winners":["Bea"],"order":[["Bea"],["Ana"]]`},
		{"bradley-terry", "\ufeff" + soi, `"winners":["Bea"],"order":[["Bea"],["Ana"]]`},
		{"star", scores, `"winners":["y"],"order":[["y"],["x"],["z"]]`},
		{"majority-judgment", scores, `"winners":["y"],"order":[["y"],["x"],["z"]]`},
		{"majority-judgment", grades, `"winners":["2"],"order":[["2"],["1","3"]]`},
		{"condorcet", `{"kind":"ranked","candidates":[]}`, `"winners":[],"order":[]`},
	}
	for _, c := range cases {
		want := `{"rule":"` + c.rule + `",` + c.want + "}\n"
		if got := rankText(t, RankCmd{Rule: c.rule, JSON: true}, c.text); got != want {
			t.Errorf("%s of %s:\n%swant\n%s", c.rule, c.text, got, want)
		}
	}
}

func TestRankForPeople(t *testing.T) {
	cases := []struct{ rule, lang, text, want string }{
		{"schulze", "es", circle, "Ninguna les gana a todas; el menor grupo que les gana a las de afuera: a, b, c."},
		{"schulze", "en", "# ALTERNATIVE NAME 1: Ana\n# ALTERNATIVE NAME 2: Bea\n3: 2,1\n", "  1  Bea\n  2  Ana\nBeats each of the others: Bea.\n"},
		{"star", "es", `{"kind":"scores","candidates":["x","y"],"ballots":[]}`, "Puesto 1: empate que ninguna cuenta resuelve; el sorteo da "},
		{"bradley-terry", "en", circle, "% (90% interval: "},
	}
	for _, c := range cases {
		if got := rankText(t, RankCmd{Rule: c.rule, Lang: c.lang}, c.text); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q is not in\n%s", c.rule, c.want, got)
		}
	}
}

func TestRankFindsTheBallotsBesideTheFile(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{
		"poll.json":    `{"kind":"ranked","candidates":["Ana","Bea"],"ballots_file":"poll.soi"}`,
		"poll.soi":     "# ALTERNATIVE NAME 1: Bea\n# ALTERNATIVE NAME 2: Ana\n3: 1,2\n",
		"outside.json": `{"kind":"ranked","candidates":["Ana"],"ballots_file":"../poll.soi"}`,
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := (&RankCmd{File: filepath.Join(dir, "poll.json"), Rule: "schulze", JSON: true}).Run(IO{Out: &out}); err != nil || !strings.Contains(out.String(), `"winners":["Bea"]`) {
		t.Errorf("%s, %v", out.String(), err)
	}
	if err := (&RankCmd{File: filepath.Join(dir, "outside.json"), Rule: "schulze"}).Run(IO{Out: &out}); err == nil || !strings.Contains(err.Error(), "must stand beside") {
		t.Errorf("a file elsewhere is read: %v", err)
	}
	if err := (&RankCmd{File: "-", Rule: "schulze"}).Run(IO{In: strings.NewReader(files["poll.json"]), Out: &out}); err == nil {
		t.Error("ballots beside standard input are read")
	}
}

func TestRankRefusesWhatIsWrong(t *testing.T) {
	cases := []struct {
		cmd        RankCmd
		text, want string
	}{
		{RankCmd{File: "no/such/file.json"}, "", "no such file"},
		{RankCmd{File: "-", Rule: "coin"}, circle, `rule "coin" is not known`},
		{RankCmd{File: "-", Rule: "star"}, circle, "STAR needs scores"},
		{RankCmd{File: "-", Rule: "schulze"}, "{\n\n\"kind\": }", "-: line 3"},
		{RankCmd{File: "-", Rule: "schulze"}, "a,b\n", "-: line 1: expected count"},
	}
	for _, c := range cases {
		var out bytes.Buffer
		if err := c.cmd.Run(IO{In: strings.NewReader(c.text), Out: &out}); err == nil || !strings.Contains(err.Error(), c.want) || out.Len() > 0 {
			t.Errorf("%+v: error %v, want %q; wrote %q", c.cmd, err, c.want, out.String())
		}
	}
}

func TestRankGivesTheSameBytesTwice(t *testing.T) {
	const path = "../../../shared/data/ranked/nsw-2023-northern-tablelands.json"
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the reference polls are not there: %v", err)
	}
	for _, rule := range []string{"schulze", "ranked-pairs", "condorcet", "bradley-terry"} {
		var texts [2]bytes.Buffer
		for i := range texts {
			cmd := RankCmd{File: path, Rule: rule}
			if err := cmd.Run(IO{Out: &texts[i]}); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(texts[0].Bytes(), texts[1].Bytes()) || !strings.Contains(texts[0].String(), "  1  MARSHALL Adam\n") {
			t.Errorf("%s:\n%s\n%s", rule, texts[0].String(), texts[1].String())
		}
	}
}

func TestRankWritesTheJurysPlaces(t *testing.T) {
	const grades = "idea,reviewer,impacto:100\nIDEA-1,1,5\nIDEA-1,2,4\nIDEA-2,1,2\nIDEA-2,2,1\n"
	got := rankText(t, RankCmd{Rule: "reviews", Places: 1}, grades)
	lines := strings.Split(strings.TrimSpace(got), "\n")
	if len(lines) != 3 || !strings.Contains(lines[1], "IDEA-1") || !strings.Contains(lines[2], "IDEA-2") {
		t.Errorf("the places are\n%s", got)
	}
	err := (&RankCmd{File: "-", Rule: "reviews"}).Run(IO{In: strings.NewReader("nada\n"), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}})
	if err == nil {
		t.Error("a file that is no list of grades was ranked")
	}
}
