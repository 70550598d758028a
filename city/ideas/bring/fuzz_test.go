package bring_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"ronda/city/ideas"
	"ronda/city/ideas/bring"
	"ronda/platform/fault"
)

// small are limits that keep a fuzzer quick.
var small = bring.Options{Limits: bring.Limits{Bytes: 1 << 20, Unpacked: 4 << 20, Ratio: 100, Entries: 50, Rows: 2000, Row: 64 << 10, Broken: 50}}

// sound checks what holds for every row of every file.
func sound(t *testing.T, r bring.Row, seen map[string]bool, line *int) {
	if r.Line < *line && r.File == "" || r.Last < r.Line {
		t.Errorf("lines %d to %d after %d", r.Line, r.Last, *line)
	}
	*line = r.Line
	if r.Why != "" {
		return
	}
	if r.ID == "" || seen[r.ID] {
		t.Errorf("the number %q", r.ID)
	}
	seen[r.ID] = true
	if strings.TrimSpace(r.Title) == "" || utf8.RuneCountInString(r.Title) > ideas.TitleMax || utf8.RuneCountInString(r.Text) > 40_000 || strings.Contains(r.Title, "\n") {
		t.Errorf("the words %q, %q", r.Title, r.Text)
	}
	if r.Signature != "" || r.Supports < 0 || r.Comments < 0 || r.Lat < -90 || r.Lat > 90 || r.Lon < -180 || r.Lon > 180 {
		t.Errorf("%+v", r)
	}
	all := r.Title + r.Text + r.Answer + r.Place + strings.Join(r.Tags, "") + r.URL
	if !utf8.ValidString(all) || strings.ContainsAny(all, "\x00\u202e\r\ufffd") {
		t.Errorf("%q cannot be printed", all)
	}
	if strings.Contains(strings.ToLower(all), "<script") {
		t.Errorf("%q is a program", all)
	}
}

func fuzz(f *testing.F, format bring.Format, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
		f.Add([]byte(strings.ReplaceAll(s, "\n", "\r\n")))
		f.Add([]byte("\ufeffsep=;\n" + s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		seen, line := map[string]bool{}, 0
		err := bring.Read(format, strings.NewReader(string(data)), small, func(r bring.Row) error {
			sound(t, r, seen, &line)
			return nil
		})
		checkError(t, err)
	})
}

// checkError allows what a file can be guilty of.
func checkError(t *testing.T, err error) {
	if err != nil && !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
}

func FuzzMadrid(f *testing.F) {
	fuzz(f, bring.ConsulMadrid, wellMade, wrapped(headLine, benches, lanes), headLine+"\n9;\"a;b\n"+benches)
}

func FuzzDecidim(f *testing.F) {
	fuzz(f, bring.Decidim, newDecidim, oldDecidim, zipped(f, "d.example-open-data-proposals.csv", newDecidim, "results.csv", results))
}

func FuzzConsul(f *testing.F) {
	fuzz(f, bring.Consul, `{"data":{"proposals":{"edges":[{"node":{"id":"1","title":"A","tags":[{"name":"x"}]}}]}}}`, `[{"proposals":[{"id":1,"title":"B"}]}]`,
		"a,b,c,d,e,f,g,h,i,j,k,l,m\n1,Plaza,Bancos,,,,,,,,,,\n")
}

func FuzzFider(f *testing.F) {
	fuzz(f, bring.Fider, "number,title,description,original_number,tags\n1,A,b,,x\n2,B,c,1,\"y, z\"\n")
}

func FuzzPolis(f *testing.F) {
	f.Add([]byte("timestamp,comment-id,moderated,comment-body\n1512091475,0,1,\"Más, árboles\"\n"), []byte("timestamp,comment-id,voter-id,vote\n1,0,1,1\n2,0,1,-1\n"))
	f.Fuzz(func(t *testing.T, comments, votes []byte) {
		seen := map[string]bool{}
		checkError(t, bring.ReadStatements(strings.NewReader(string(comments)), small, func(s bring.Statement) error {
			if s.Why == "" && (s.Text == "" || s.ID == "" || seen[s.ID] || !utf8.ValidString(s.Text)) {
				t.Errorf("%+v", s)
			}
			seen[s.ID] = true
			return nil
		}))
		cast, _, err := bring.ReadVotes(strings.NewReader(string(votes)), small)
		checkError(t, err)
		once := map[[2]string]bool{}
		for _, v := range cast {
			key := [2]string{v.Statement, v.Voter}
			if once[key] || v.Value < -1 || v.Value > 1 || v.Voter == "" {
				t.Errorf("%+v", v)
			}
			once[key] = true
		}
	})
}
