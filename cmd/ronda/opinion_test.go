package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// assembly is a participants-votes.csv of two camps of eight people.
func assembly() string {
	var b strings.Builder
	b.WriteString("participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,3,4,5,6,7,8\n")
	for i := range 16 {
		fmt.Fprintf(&b, "%d,,0,9,0,0,1", i)
		for j := range 8 {
			vote := 1 - 2*(i/8)
			if (i*i*7+j*j*3+i*j*5)%11 < 2 {
				vote = 0
			}
			fmt.Fprintf(&b, ",%d", vote)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// report is what an analyst's script reads.
type report struct {
	Participants, Statements, Votes, K int
	Means                              map[string]float64
	Axes                               []map[string]float64
	Positions                          map[string][]float64
	Silhouette                         float64
	Groups                             []struct {
		ID            string
		Members       []string
		RepresentedBy []string `json:"represented_by"`
	}
	Consensus struct{ Agree, Disagree []string }
	Stats     []map[string]any
}

func runOpinion(t *testing.T, cmd OpinionCmd, in string) (report, string) {
	t.Helper()
	var out, errs bytes.Buffer
	if err := cmd.Run(IO{In: strings.NewReader(in), Out: &out, Err: &errs}); err != nil {
		t.Fatal(err)
	}
	if errs.Len() > 0 {
		t.Errorf("progress where no terminal is: %q", errs.String())
	}
	var r report
	if cmd.JSON {
		if err := json.Unmarshal(out.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
	}
	return r, out.String()
}

// kept writes a file of the test, packed when its name ends in .gz.
func kept(t *testing.T, name, text string) string {
	t.Helper()
	raw := []byte(text)
	if strings.HasSuffix(name, ".gz") {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(raw)
		z.Close()
		raw = b.Bytes()
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpinionAsJSON(t *testing.T) {
	r, text := runOpinion(t, OpinionCmd{File: "-", JSON: true}, assembly())
	if r.Participants != 16 || r.Statements != 9 || r.Votes != 144 || r.K != 2 || len(r.Groups) != 2 {
		t.Fatalf("%s", text)
	}
	if len(r.Means) != 9 || r.Means["0"] != 1 || len(r.Axes) != 2 || len(r.Axes[1]) != 9 || len(r.Positions) != 16 || len(r.Positions["3"]) != 2 {
		t.Errorf("means %v, axes %v, positions %v", r.Means, r.Axes, r.Positions)
	}
	if g := r.Groups[0]; g.ID != "0" || strings.Join(g.Members, " ") != "0 1 2 3 4 5 6 7" || len(g.RepresentedBy) != 5 {
		t.Errorf("first group %+v", g)
	}
	if strings.Join(r.Consensus.Agree, " ") != "0" || r.Consensus.Disagree == nil {
		t.Errorf("consensus %+v", r.Consensus)
	}
	if len(r.Stats) != 18 || len(r.Stats[0]) != 13 {
		t.Errorf("%d stats, the first %v", len(r.Stats), r.Stats[0])
	}
	for _, name := range []string{"group", "statement", "na", "nd", "ns", "pa", "pd", "pat", "pdt", "ra", "rd", "rat", "rdt"} {
		if _, ok := r.Stats[0][name]; !ok {
			t.Errorf("no figure %s", name)
		}
	}
	if _, again := runOpinion(t, OpinionCmd{File: "-", JSON: true}, assembly()); again != text {
		t.Error("the second run gives other bytes")
	}
	if _, packed := runOpinion(t, OpinionCmd{File: kept(t, "votes.csv.gz", assembly()), JSON: true}, ""); packed != text {
		t.Error("the packed file gives other bytes")
	}
}

func TestOpinionWithLabelsAndComments(t *testing.T) {
	labels := kept(t, "labels.csv", "participant,group\n0,even\n2,even\n1,odd\n3,odd\n15,\n99,odd\n")
	comments := kept(t, "comments.csv", "comment-id,moderated,comment-body\n0,1,\"Más\nplazas\"\n4,-1,spam\n5,0,x\n")
	r, text := runOpinion(t, OpinionCmd{File: "-", Labels: labels, Comments: comments, JSON: true}, assembly())
	if r.K != 2 || r.Groups[0].ID != "even" || strings.Join(r.Groups[1].Members, " ") != "1 3" || r.Means["4"] != 0 || r.Axes[0]["4"] != 0 {
		t.Errorf("%s", text)
	}
	_, words := runOpinion(t, OpinionCmd{File: "-", Comments: comments}, assembly())
	if !strings.Contains(words, "2 groups") || !strings.Contains(words, "Más plazas") || strings.Contains(words, "spam") {
		t.Errorf("%s", words)
	}
}

func TestOpinionRefusesWhatIsWrong(t *testing.T) {
	for _, cmd := range []OpinionCmd{
		{File: "no/such/file"}, {File: kept(t, "a.csv", "<html>")}, {File: "-", Labels: "no/such/file"},
		{File: "-", Comments: kept(t, "c.csv", "a,b\n")}, {File: "-", Labels: kept(t, "l.csv", "a,b\n")},
	} {
		if err := cmd.Run(IO{In: strings.NewReader(assembly()), Out: &bytes.Buffer{}}); err == nil {
			t.Errorf("%+v passes", cmd)
		}
	}
	var out bytes.Buffer
	cmd := OpinionCmd{File: "-"}
	if err := cmd.Run(IO{In: strings.NewReader("participant,0\n"), Out: &out}); err != nil || !strings.Contains(out.String(), "no clear groups") {
		t.Errorf("%q, %v", out.String(), err)
	}
}
