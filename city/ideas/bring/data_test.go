package bring_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"ronda/city/ideas"
	"ronda/city/ideas/bring"
	"ronda/platform/i18n"
	"ronda/platform/table"
)

// shelf is a City of Ideas with a chosen, a sealed and a free idea.
type shelf struct{}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func (shelf) EachChallenge(_ context.Context, fn func(ideas.Challenge) error) error {
	done := ideas.Challenge{ID: "c1", Number: "DES-2026-0001", Phase: ideas.PhaseChosen, Published: noon, Conclusion: ideas.Conclusion{Method: ideas.MethodGreedy, Digest: "abc"}}
	done.Title, done.Budget, done.Jury = "Plazas", 1_000_050, []string{"person-9"}
	sealed := ideas.Challenge{ID: "c2", Number: "DES-2026-0002", Phase: ideas.PhaseEvaluating}
	for _, c := range []ideas.Challenge{done, sealed} {
		if err := fn(c); err != nil {
			return err
		}
	}
	return nil
}

func (shelf) Each(_ context.Context, f ideas.Filter, fn func(ideas.Idea) error) error {
	for _, i := range []ideas.Idea{
		{Number: "IDEA-1", Challenge: "c1", Title: "=SUMA(A1)", Author: "person-1", Signature: "Ana", Outcome: ideas.Chosen, AnsweredAt: noon, Lat: -34.6, Lon: -58.4, Cost: 150},
		{Number: "IDEA-2", Challenge: "c2", Title: "Sellada", Author: "person-2"},
		{Number: "IDEA-3", Title: "Suelta", Text: "dos\nlíneas", Author: "person-3"},
	} {
		if c := f.By[ideas.FilterChallenge]; c != "" && c != i.Challenge || f.By[ideas.FilterAnswer] == "yes" && i.AnsweredAt.IsZero() {
			continue
		}
		if err := fn(i); err != nil {
			return err
		}
	}
	return nil
}

func (shelf) Idea(context.Context, string) (ideas.View, error) {
	return ideas.View{Replies: []ideas.Reply{{Text: "Se hará", Person: "person-8", Post: "dg.plazas", Outcome: ideas.Answered, At: noon}}}, nil
}

// listed is a dataset as CSV, as JSON, and both as they were written.
func listed(t *testing.T, ctx context.Context, city bring.Public, name string) (rows [][]string, objects []map[string]any, text string) {
	t.Helper()
	for _, d := range bring.Datasets(city) {
		if d.Name != name {
			continue
		}
		var b, j bytes.Buffer
		if err := table.WriteCSV(ctx, &b, d.Columns, d.Rows(ctx, nil), false); err != nil {
			t.Fatal(err)
		}
		if err := table.WriteJSON(ctx, &j, d.Columns, d.Rows(ctx, nil)); err != nil {
			t.Fatal(err)
		}
		text = b.String() + j.String()
		rows, err := csv.NewReader(&b).ReadAll()
		if err == nil {
			err = json.Unmarshal(j.Bytes(), &objects)
		}
		if err != nil {
			t.Fatal(err)
		}
		return rows, objects, text
	}
	t.Fatalf("no dataset %s", name)
	return nil, nil, ""
}

func TestWhatIsGivenOut(t *testing.T) {
	ctx := spanish(t)
	for name, want := range map[string]int{"ideas": 3, "desafios": 2, "respuestas": 1, "resultados": 1} {
		rows, objects, text := listed(t, ctx, shelf{}, name)
		if len(rows) != want+1 || len(objects) != want {
			t.Errorf("%s has %d rows and %d objects", name, len(rows), len(objects))
		}
		if strings.Contains(text, "person-") {
			t.Errorf("%s names a person: %s", name, text)
		}
	}
	rows, objects, _ := listed(t, ctx, shelf{}, "ideas")
	if rows[1][2] != "'=SUMA(A1)" || objects[0]["title"] != "=SUMA(A1)" {
		t.Errorf("a formula leaves as %q and %q", rows[1][2], objects[0]["title"])
	}
	if objects[0]["challenge"] != "DES-2026-0001" || objects[0]["signature"] != "Ana" || objects[0]["cost"] != 1.5 || objects[2]["challenge"] != "" || objects[2]["lat"] != nil || objects[1]["outcome"] != "waiting" {
		t.Errorf("%v", objects)
	}
	if _, results, _ := listed(t, ctx, shelf{}, "resultados"); results[0]["number"] != "IDEA-1" || results[0]["method"] != "greedy" || results[0]["digest"] != "abc" {
		t.Errorf("%v", results)
	}
	if _, challenges, _ := listed(t, ctx, shelf{}, "desafios"); challenges[0]["budget"] != 10000.5 {
		t.Errorf("%v", challenges)
	}
}

// TestTheDictionaryIsWhole sees that every column of every dataset is explained
// in both languages.
func TestTheDictionaryIsWhole(t *testing.T) {
	words, err := i18n.New(bring.Messages)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []i18n.Lang{i18n.Spanish, i18n.English} {
		for _, d := range bring.Datasets(shelf{}) {
			keys := []string{d.Title, d.About}
			for _, c := range d.Columns {
				keys = append(keys, c.Label)
			}
			for _, key := range keys {
				if said := words.Text(lang, key); said == key || said == "" {
					t.Errorf("%s: nothing explains %s in %s", d.Name, key, lang)
				}
			}
		}
	}
}
