package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

const threeTexts = `id,title,description
1,Arreglar la calle Mitre,<p>Baches profundos</p>
2,Arreglar la calle Salta,Baches profundos
3,Más árboles,Sombra en la plaza
`

func TestSimilarAsJSON(t *testing.T) {
	var out, errs bytes.Buffer
	cmd := SimilarCmd{File: "-", Min: 0.45, JSON: true}
	if err := cmd.Run(IO{In: strings.NewReader(threeTexts), Out: &out, Err: &errs}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Texts int
		Pairs []struct {
			A, B   string
			Cosine float64
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Texts != 3 || len(got.Pairs) != 1 || got.Pairs[0].A != "1" || got.Pairs[0].B != "2" || got.Pairs[0].Cosine < 0.45 {
		t.Errorf("got %s", out.String())
	}
	if errs.Len() > 0 {
		t.Errorf("progress where no terminal is: %q", errs.String())
	}
}

func TestSimilarWithoutPairsIsAnEmptyList(t *testing.T) {
	var out bytes.Buffer
	cmd := SimilarCmd{File: "-", Min: 1, JSON: true}
	if err := cmd.Run(IO{In: strings.NewReader("id,title\n"), Out: &out}); err != nil || out.String() != `{"texts":0,"pairs":[]}`+"\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func TestSimilarForPeople(t *testing.T) {
	var out bytes.Buffer
	cmd := SimilarCmd{File: "-", Min: 0.45}
	if err := cmd.Run(IO{In: strings.NewReader(threeTexts), Out: &out}); err != nil || !strings.Contains(out.String(), "differing: [mitre] | [salta]") {
		t.Errorf("%s, %v", out.String(), err)
	}
}

func TestSimilarRefusesWhatIsWrong(t *testing.T) {
	for _, cmd := range []SimilarCmd{{File: "-", Min: 0}, {File: "-", Min: 1.5}, {File: "no/such/file.csv", Min: 0.5}, {File: "-", Min: 0.5}} {
		if err := cmd.Run(IO{In: strings.NewReader("<html>"), Out: &bytes.Buffer{}}); err == nil {
			t.Errorf("%+v passes", cmd)
		}
	}
}
