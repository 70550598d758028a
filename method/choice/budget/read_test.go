package budget

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const small = `META
key;value
budget;100
num_projects;2
num_votes;3
vote_type;approval
PROJECTS
project_id;cost;name
a;60;Plaza
b;50;Cancha
VOTES
voter_id;vote
1;a,b
2;b,a
3;
`

func TestReadGroupsEqualBallots(t *testing.T) {
	in, err := Read(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	want := &Instance{
		Kind: Approval, Budget: 100, Ballots: 3,
		Projects: []Project{{ID: "a", Name: "Plaza", Cost: 60, Published: -1}, {ID: "b", Name: "Cancha", Cost: 50, Published: -1}},
		Groups:   []Group{{Choices: []int32{0, 1}, Count: 2}},
		Meta:     map[string]string{"key": "value", "budget": "100", "num_projects": "2", "num_votes": "3", "vote_type": "approval"},
	}
	if diff := cmp.Diff(want, in); diff != "" {
		t.Error(diff)
	}
}

// file is a .pb file with the given parts.
func file(meta, projects, votes string) string {
	return "META\nkey;value\n" + meta + "\nPROJECTS\n" + projects + "\nVOTES\n" + votes + "\n"
}

func TestReadWhatFilesDo(t *testing.T) {
	cases := []struct {
		name, text string
		check      func(*Instance) bool
	}{
		{"columns in another order", file("budget;9", "name;cost;project_id\nPlaza;4;x/1", "age;vote;voter_id\n30;x/1;7"),
			func(in *Instance) bool {
				return in.Projects[0].ID == "x/1" && in.Projects[0].Cost == 4 && len(in.Groups) == 1
			}},
		{"decimals", file("budget;100.50", "project_id;cost\na;0.25\nb;7", "voter_id;vote\n1;a"),
			func(in *Instance) bool {
				return in.Decimals == 2 && in.Budget == 10050 && in.Projects[0].Cost == 25 && in.Projects[1].Cost == 700 &&
					in.Text(in.Budget) == "100.5" && in.Text(25) == "0.25" && in.Text(700) == "7"
			}},
		{"zeros after the point say nothing", file("budget;100.000", "project_id;cost\na;1.0", "voter_id;vote\n1;a"),
			func(in *Instance) bool { return in.Decimals == 0 && in.Budget == 100 }},
		{"line ends of Windows and a byte order mark", "\xef\xbb\xbf" + strings.ReplaceAll(small, "\n", "\r\n"),
			func(in *Instance) bool {
				return in.Budget == 100 && len(in.Projects) == 2 && in.Projects[1].Name == "Cancha"
			}},
		{"no line end at the end", strings.TrimRight(small, "\n;"),
			func(in *Instance) bool { return in.Ballots == 3 }},
		{"quotation marks", file("budget;9", "project_id;cost;name\na;4;\"Plaza \"\"Irlanda\"\"; norte\"\nb;3;Un \"patio\"", "voter_id;vote\n1;\"a,b\""),
			func(in *Instance) bool {
				return in.Projects[0].Name == `Plaza "Irlanda"; norte` && in.Projects[1].Name == `Un "patio"` && len(in.Groups[0].Choices) == 2
			}},
		{"a quoted line end", file("budget;9", "project_id;cost;name\na;4;\"Plaza\nnorte\"", "voter_id;vote\n1;a"),
			func(in *Instance) bool { return in.Projects[0].Name == "Plaza\nnorte" && in.Ballots == 1 }},
		{"a ballot that names a project twice", file("budget;9", "project_id;cost\na;4", "voter_id;vote\n1;a,a, a ,"),
			func(in *Instance) bool { return len(in.Groups) == 1 && len(in.Groups[0].Choices) == 1 }},
		{"a row that ends early is an empty ballot", file("budget;9", "project_id;cost\na;4", "voter_id;vote\n1"),
			func(in *Instance) bool { return in.Ballots == 1 && len(in.Groups) == 0 }},
		{"points", file("budget;9\nvote_type;cumulative", "project_id;cost\na;4\nb;4", "voter_id;points;vote\n1;2,1;b,a\n2;1,2;a,b"),
			func(in *Instance) bool {
				return in.Kind == Points && len(in.Groups) == 1 && in.Groups[0].Count == 2 && slices.Equal(in.Groups[0].Points, []int64{1, 2})
			}},
		{"the order of a ranking counts", file("budget;9\nvote_type;ordinal", "project_id;cost\na;4\nb;4", "voter_id;vote\n1;b,a\n2;a,b"),
			func(in *Instance) bool { return in.Kind == Ranking && len(in.Groups) == 2 }},
		{"figures that disagree are noted", file("budget;9\nnum_votes;7", "project_id;cost\na;4", "voter_id;vote\n1;a"),
			func(in *Instance) bool {
				return len(in.Notes) == 1 && strings.Contains(in.Notes[0], "num_votes says 7")
			}},
		{"no ballots at all", file("budget;9", "project_id;cost\na;0", "voter_id;vote"),
			func(in *Instance) bool { return in.Ballots == 0 && in.Projects[0].Cost == 0 }},
		{"a row longer than the buffer", file("budget;9", "project_id;cost;name\na;4;"+strings.Repeat("x", 1<<19), "voter_id;vote\n1;a"),
			func(in *Instance) bool { return len(in.Projects[0].Name) == 1<<19 }},
		{"the city's own result", file("budget;9", "project_id;cost;selected\na;4;1\nb;4;0\nc;4;", "voter_id;vote\n1;a"),
			func(in *Instance) bool {
				return in.Projects[0].Published == 1 && in.Projects[1].Published == 0 && in.Projects[2].Published == -1
			}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in, err := Read(strings.NewReader(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if !c.check(in) {
				t.Errorf("read as %+v", in)
			}
		})
	}
}

func TestReadSaysWhereAFileIsWrong(t *testing.T) {
	const projects, votes = "project_id;cost\na;4\nb;3", "voter_id;vote\n1;a"
	cases := []struct{ name, text, want string }{
		{"nothing", "", "line 0: the file ends without a section META"},
		{"another format", "<html>\n", "line 1: expected META, PROJECTS or VOTES"},
		{"no votes", "META\nbudget;9\nPROJECTS\nproject_id;cost\na;1\n", "line 5: the file ends without a section VOTES"},
		{"votes without a header", "META\nbudget;9\nPROJECTS\nproject_id;cost\nVOTES\n", "line 5: the section VOTES has no header"},
		{"votes first", "VOTES\nvoter_id;vote\n", "line 1: the votes must stand after META and PROJECTS"},
		{"a section twice", "META\nbudget;9\nMETA\n", "line 3: section META stands twice"},
		{"a key twice", "META\nbudget;9\nbudget;8\n", "line 3: budget stands twice"},
		{"a line without a value", "META\nbudget\n", "line 2: expected key;value"},
		{"no budget", file("unit;x", projects, votes), `budget ""`},
		{"budget zero", file("budget;0.00", projects, votes), `budget "0.00"`},
		{"cost below zero", file("budget;9", "project_id;cost\na;-4", votes), `line 6: cost of project a: "-4" is negative`},
		{"cost in words", file("budget;9", "project_id;cost\na;4", "voter_id;vote\n")[:0] + file("budget;9", "project_id;cost\na;4 EUR", votes), `"4 EUR" is not a decimal number`},
		{"a decimal comma", file("budget;9", "project_id;cost\na;4,5", votes), `"4,5" is not a decimal number`},
		{"an amount no computer counts exactly", file("budget;9", "project_id;cost\na;99999999999999999999", votes), "too large"},
		{"too precise beside the others", file("budget;9000000000", "project_id;cost\na;0.000000001", votes), "too large, or too precise"},
		{"no column cost", file("budget;9", "project_id;price\na;4", votes), "line 5: the projects have no column cost"},
		{"a project twice", file("budget;9", "project_id;cost\na;4\na;4", votes), "line 7: project a stands twice"},
		{"a project without id", file("budget;9", "project_id;cost\n;4", votes), "line 6: project id"},
		{"no column vote", file("budget;9", projects, "voter_id;choice\n1;a"), "line 9: the votes have no column vote"},
		{"an unknown project", file("budget;9", projects, "voter_id;vote\n1;a\n2;a,z"), `line 11: the vote names project "z"`},
		{"an unknown kind of vote", file("budget;9\nvote_type;tarot", projects, votes), `vote_type "tarot" is not known`},
		{"points missing", file("budget;9\nvote_type;cumulative", projects, votes), "no column points"},
		{"points in words", file("budget;9\nvote_type;cumulative", projects, "vote;points\na;many"), `line 11: points "many"`},
		{"fewer points than projects", file("budget;9\nvote_type;cumulative", projects, "vote;points\na,b;1"), `points "" for project b`},
		{"a quotation mark never closed", file("budget;9", "project_id;cost;name\na;4;\"Plaza", votes), "line 6: a quotation mark"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in, err := Read(strings.NewReader(c.text))
			if err == nil {
				t.Fatalf("read as %+v", in)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q, want %q in it", err, c.want)
			}
		})
	}
}

// FuzzRead checks that no file breaks the reader, that what it accepts is an
// instance, and that every rule stays within the budget of it.
func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(file("budget;10.5\nvote_type;cumulative", "project_id;cost;name\na;4;\"x;y\"\nb;0;", "vote;points\na,b;3,1\n;\n")))
	f.Add([]byte(file("budget;10\nvote_type;ordinal", "project_id;cost\na;4\nb;11", "vote\nb,a\n")))
	f.Add([]byte("META\n\"budget;9\nPROJECTS\nVOTES\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		in, err := Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		if err := in.Check(); err != nil {
			t.Fatalf("what was read does not pass: %v", err)
		}
		for _, rule := range []func(*Instance, Options) (*Outcome, error){EqualShares, Greedy, Phragmen} {
			out, err := rule(in, Options{})
			if err != nil || out.Cost > in.Budget {
				t.Fatalf("cost %d of %d, %v", out.Cost, in.Budget, err)
			}
		}
	})
}
