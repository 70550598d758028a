package review

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is published is enough to compute it again: the same file, the same
// ranking, the same bytes.
func TestAFileIsRankedToTheSameBytes(t *testing.T) {
	p := large(60, 3, 12, 3)
	f := File{Criteria: []string{"impacto", "costo", "apoyo"}, Panel: *p}
	read, err := ReadFile(strings.NewReader(f.String()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&f, read); diff != "" {
		t.Errorf("the file says something else:\n%s", diff)
	}
	var a, b bytes.Buffer
	for out, panel := range map[*bytes.Buffer]*Panel{&a: p, &b: &read.Panel} {
		if err := rankAll(t, panel, Options{Places: 9}).WriteCSV(out, f.Criteria); err != nil {
			t.Fatal(err)
		}
	}
	if a.String() != b.String() || !strings.HasPrefix(a.String(), "place,idea,adjusted,raw,best,worst,status,reviewers,impacto,costo,apoyo\n1,i") {
		t.Errorf("not the same ranking, or not as described:\n%.200s\n%.200s", a.String(), b.String())
	}
}

func TestAFileIsChecked(t *testing.T) {
	cases := map[string]string{
		"":                                    "line 1",
		"<html>":                              "line 1",
		"idea,reviewer,impacto\nA,J1,3\n":     "criterion with its weight",
		"idea,reviewer,impacto:40\nA,J1,6\n":  `line 2: grade "6"`,
		"idea,reviewer,impacto:40\nA,J1,\n":   `line 2: grade ""`,
		"idea,reviewer,a:1\nA,J1,1\nA,J1,2\n": "twice",
		"idea,reviewer,impacto:0\nA,J1,1\n":   "above zero",
		"idea,reviewer,impacto:1\nA,J1,1,2\n": "wrong number of fields",
	}
	for text, want := range cases {
		if _, err := ReadFile(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
