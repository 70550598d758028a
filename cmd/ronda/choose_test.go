package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"ronda/method/choice"
	"ronda/method/choice/budget"
	"ronda/platform/i18n"
)

const twoProjects = `META
key;value
budget;100.50
num_votes;4
PROJECTS
project_id;cost;name
a;60.25;Plaza
b;50;Cancha
c;0;Mural
VOTES
voter_id;vote
1;a,b
2;b
3;
`

// chooseText runs the command over a text given on standard input.
func chooseText(t *testing.T, cmd ChooseCmd, text string) (out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	cmd.File = "-"
	if err := cmd.Run(IO{In: strings.NewReader(text), Out: &o, Err: &e}); err != nil {
		t.Fatal(err)
	}
	return o.String(), e.String()
}

func TestChooseAsJSON(t *testing.T) {
	cases := map[string]string{
		"equal-shares": `{"rule":"equal-shares","budget":100.5,"cost":50,"selected":["c","b"],"why":{` +
			`"a":{"selected":false,"cause":"short","cost":60.25,"votes":1,"money_behind":8.5},` +
			`"b":{"selected":true,"cause":"bought","cost":50,"votes":2,"round":1,"price":25,"effective_votes":2},` +
			`"c":{"selected":true,"cause":"free","cost":0,"votes":0}}}`,
		"greedy": `{"rule":"greedy","budget":100.5,"cost":50,"selected":["c","b"],"why":{` +
			`"a":{"selected":false,"cause":"no_room","cost":60.25,"votes":1,"money_left":50.5},` +
			`"b":{"selected":true,"cause":"bought","cost":50,"votes":2,"round":1},` +
			`"c":{"selected":true,"cause":"free","cost":0,"votes":0}}}`,
		"phragmen": `{"rule":"phragmen","budget":100.5,"cost":50,"selected":["c","b"],"why":{` +
			`"a":{"selected":false,"cause":"no_room","cost":60.25,"votes":1,"price":85.25,"money_left":50.5},` +
			`"b":{"selected":true,"cause":"bought","cost":50,"votes":2,"round":1,"price":25},` +
			`"c":{"selected":true,"cause":"free","cost":0,"votes":0}}}`,
	}
	for rule, want := range cases {
		if got, _ := chooseText(t, ChooseCmd{Rule: rule, JSON: true}, twoProjects); got != want+"\n" {
			t.Errorf("%s:\n%swant\n%s", rule, got, want)
		}
	}
}

func TestChooseSaysWhatIsOddBesideTheResult(t *testing.T) {
	if out, errs := chooseText(t, ChooseCmd{Rule: "greedy", JSON: true}, twoProjects); errs != "-: num_votes says 4, the file holds 3\n" || strings.Contains(out, "num_votes") {
		t.Errorf("on Err %q", errs)
	}
}

func TestChooseForPeople(t *testing.T) {
	for lang, want := range map[string]string{"es": "A quienes lo eligieron les quedaban 8.5 de los 60.25 que cuesta (1 a favor).", "en": "Its supporters had 8.5 left of the 60.25 it costs (1 in favour)."} {
		if out, _ := chooseText(t, ChooseCmd{Rule: "equal-shares", Lang: lang}, twoProjects); !strings.Contains(out, want) {
			t.Errorf("%s: %q is not in\n%s", lang, want, out)
		}
	}
}

func TestEveryReasonHasItsSentence(t *testing.T) {
	catalogue, err := i18n.New(choice.Messages)
	if err != nil {
		t.Fatal(err)
	}
	in := &budget.Instance{Projects: []budget.Project{{ID: "a"}}}
	for _, rule := range []budget.Rule{budget.EqualSharesRule, budget.EqualSharesAdd1Rule, budget.GreedyRule, budget.PhragmenRule} {
		for _, cause := range []budget.Cause{budget.Free, budget.Bought, budget.Filled, budget.Short, budget.NoRoom, budget.Stopped, budget.TooDear, budget.Unbacked} {
			key, args := choice.Why(in, &budget.Outcome{Rule: rule, Why: []budget.Reason{{Cause: cause}}}, 0)
			for _, lang := range i18n.Langs {
				if text := catalogue.Text(lang, key, args...); text == key || strings.Contains(text, "<no value>") {
					t.Errorf("%s in %s: %q", key, lang, text)
				}
			}
		}
	}
}

func TestChooseNamesTiesBeforeTheyAreBroken(t *testing.T) {
	const tied = "META\nbudget;10\nPROJECTS\nproject_id;cost\nb;5\na;6\nVOTES\nvoter_id;vote\n1;a,b\n"
	for ties, first := range map[string]string{"id": `"a"`, "votes": `"b"`} {
		out, _ := chooseText(t, ChooseCmd{Rule: "greedy", Ties: ties, JSON: true}, tied)
		if !strings.Contains(out, `"selected":[`+first+`]`) || !strings.Contains(out, `"tied_with":[`) {
			t.Errorf("--ties %s: %s", ties, out)
		}
	}
	if out, _ := chooseText(t, ChooseCmd{Rule: "greedy", Lang: "es"}, tied); !strings.Contains(out, "Empataba con a.") {
		t.Errorf("the tie is not told:\n%s", out)
	}
}

func TestChooseReadsPackedFilesAndGivesTheSameBytesTwice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "votes.pb.gz")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	packed := gzip.NewWriter(file)
	if _, err := packed.Write([]byte(twoProjects)); err != nil {
		t.Fatal(err)
	}
	if packed.Close() != nil || file.Close() != nil {
		t.Fatal("the file cannot be written")
	}
	var texts [2]bytes.Buffer
	for i := range texts {
		cmd := ChooseCmd{File: path, Rule: "equal-shares-add1", JSON: true}
		if err := cmd.Run(IO{Out: &texts[i], Err: &bytes.Buffer{}}); err != nil {
			t.Fatal(err)
		}
	}
	if texts[0].Len() == 0 || !bytes.Equal(texts[0].Bytes(), texts[1].Bytes()) {
		t.Errorf("%s\n%s", texts[0].String(), texts[1].String())
	}
}

func TestChooseRefusesWhatIsWrong(t *testing.T) {
	cases := []struct {
		cmd  ChooseCmd
		text string
		want string
	}{
		{ChooseCmd{File: "no/such/file.pb"}, "", "no such file"},
		{ChooseCmd{File: "-", Rule: "greedy"}, "META\nbudget;9\nPROJECTS\nproject_id;cost\na;x\n", `-: line 5: cost of project a: "x" is not a decimal number`},
		{ChooseCmd{File: "-", Rule: "lottery"}, twoProjects, `rule "lottery" is not known`},
		{ChooseCmd{File: "-", Rule: "greedy"}, "\x1f\x8b" + strings.Repeat("x", 20), "gzip: invalid header"},
	}
	for _, c := range cases {
		var out bytes.Buffer
		err := c.cmd.Run(IO{In: strings.NewReader(c.text), Out: &out, Err: &bytes.Buffer{}})
		if err == nil || !strings.Contains(err.Error(), c.want) || out.Len() > 0 {
			t.Errorf("%+v: error %v, want %q; wrote %q", c.cmd, err, c.want, out.String())
		}
	}
}

func TestFlagsOfChooseAndRank(t *testing.T) {
	var cli struct {
		Choose ChooseCmd `cmd:""`
		Rank   RankCmd   `cmd:""`
	}
	parser, err := kong.New(&cli)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"choose", "votes.pb", "--rule", "equal-shares-add1", "--exhaustive-stop", "--ties", "id", "--json"}); err != nil {
		t.Fatal(err)
	}
	if want := (ChooseCmd{File: "votes.pb", Rule: "equal-shares-add1", ExhaustiveStop: true, Ties: "id", Lang: "es", JSON: true}); cli.Choose != want {
		t.Errorf("%+v, want %+v", cli.Choose, want)
	}
	if _, err := parser.Parse([]string{"rank", "--rule=majority-judgment", "--lang=en"}); err != nil {
		t.Fatal(err)
	}
	if want := (RankCmd{File: "-", Rule: "majority-judgment", Lang: "en"}); cli.Rank != want {
		t.Errorf("%+v, want %+v", cli.Rank, want)
	}
	for _, args := range [][]string{{"choose", "--rule", "lottery"}, {"rank", "--rule", "greedy"}, {"choose", "--ties", "luck"}} {
		if _, err := parser.Parse(args); err == nil {
			t.Errorf("%v passes", args)
		}
	}
}
