package similar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func small() *Index {
	x := NewIndex()
	x.Add("1", "Ciclovía en la avenida San Martín", "Una ciclovía segura desde Núñez")
	x.Add("2", "Más árboles en la plaza", "Sombra para los juegos")
	x.Add("3", "Bicisenda por San Martin", "")
	x.Add("4", "Iluminación de la plaza", "Las luces no andan")
	return x
}

func ids(matches []Match) []string {
	var out []string
	for _, m := range matches {
		out = append(out, m.ID)
	}
	return out
}

func TestTypingFindsWhileTheWordIsUnfinished(t *testing.T) {
	x := small()
	for typed, want := range map[string]string{
		"árbo":             "2",
		"arbo":             "2",
		"iluminaci":        "4", // typed beyond its stem
		"iluminacion ":     "4",
		"plaza ilum":       "4",
		"cicl":             "1",
		"ciclovia avenida": "1",
	} {
		if got := x.Typing(typed, 0, 5); len(got) == 0 || got[0].ID != want {
			t.Errorf("%q gives %v, want %s first", typed, got, want)
		}
	}
	for _, typed := range []string{"", " ", "a", "pl", "zzzz", "...", "🚲", "<p>"} {
		if got := x.Typing(typed, 0, 5); len(got) != 0 {
			t.Errorf("%q gives %v", typed, got)
		}
	}
}

func TestTypingShowsCopiesOnce(t *testing.T) {
	x := small()
	for i := range 200 {
		x.Add(fmt.Sprint("other", i), fmt.Sprint("asunto", i), "")
	}
	for i := range 40 {
		x.Add(fmt.Sprint("copy", i), "Más árboles en la PLAZA", "<p>Sombra para los juegos</p>")
	}
	got := x.Typing("arboles plaza", 0, 2)
	if len(got) != 2 || got[0] != (Match{"2", got[0].Score, 41}) || got[1].ID != "4" {
		t.Errorf("got %v", got)
	}
}

func TestQueryKnowsItself(t *testing.T) {
	x := small()
	got := x.Query("Más árboles en la plaza. Sombra para los juegos", Likely, 0)
	if len(got) != 1 || got[0].ID != "2" || got[0].Score != 1 {
		t.Errorf("got %v", got)
	}
	diluted := x.Query("Más árboles en la plaza. Sombra para los juegos, cactus, ficus, sauces, ceibos, tilos y palmeras", 0, 1)
	if diluted[0].ID != "2" || diluted[0].Score > 0.9 {
		t.Errorf("unknown words must make texts less alike: %v", diluted)
	}
}

func TestAddReplacesAndRemoveForgets(t *testing.T) {
	x := small()
	x.Update("2", "Piletas en los clubes", "")
	x.Remove("4")
	x.Remove("never there")
	if x.Len() != 3 || len(x.Typing("plaza", 0, 5)) != 0 || !slices.Equal(ids(x.Typing("pileta", 0, 5)), []string{"2"}) {
		t.Errorf("len %d, plaza %v, pileta %v", x.Len(), x.Typing("plaza", 0, 5), x.Typing("pileta", 0, 5))
	}
}

var vocabularyOfTests = strings.Fields("plaza árbol arboles ciclovía bici educación educacion luz luces metro línea calle vereda tránsito the traffic light")

func phrase(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabularyOfTests), 0, 8).Draw(t, label), " ")
}

// Whatever came and went, and in whatever order: the same texts, the same bits.
func TestScoresDependOnThePresentTextsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lived, texts := NewIndex(), map[string][2]string{}
		for i := range rapid.IntRange(1, 40).Draw(t, "steps") {
			id := strconv.Itoa(rapid.IntRange(0, 15).Draw(t, "id"))
			if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
				lived.Remove(id)
				delete(texts, id)
				continue
			}
			text := [2]string{phrase(t, "title"), phrase(t, "body")}
			lived.Add(id, text[0], text[1])
			texts[id] = text
			if i%3 == 0 {
				lived.Query("plaza", 0, 0)
			}
		}
		fresh := NewIndex()
		for id, text := range texts {
			fresh.Add(id, text[0], text[1])
		}
		asked := phrase(t, "asked")
		same(t, "query", lived.Query(asked, 0, 3), fresh.Query(asked, 0, 3))
		same(t, "typing", lived.Typing(asked, 0, 3), fresh.Typing(asked, 0, 3))
		same(t, "pairs", lived.Pairs(0.1, nil), fresh.Pairs(0.1, nil))
	})
}

func same[T comparable](t *rapid.T, what string, a, b []T) {
	if !slices.Equal(a, b) {
		t.Fatalf("%s differ: %v and %v", what, a, b)
	}
}

func TestPairsAgreeWithQueries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, texts := NewIndex(), map[string]string{}
		for i := range rapid.IntRange(2, 20).Draw(t, "texts") {
			id := fmt.Sprintf("%02d", i)
			texts[id] = phrase(t, "text")
			x.Add(id, texts[id], "")
		}
		asked := map[Pair]bool{}
		for id, text := range texts {
			for _, m := range x.Query(text, Alike, 0) {
				if m.ID != id {
					asked[pair(id, m.ID, m.Score)] = true
				}
			}
		}
		pairs := x.Pairs(Alike, nil)
		for _, p := range pairs {
			if !asked[p] || p.A >= p.B || p.Cosine > 1 {
				t.Fatalf("pair %v not among %v", p, asked)
			}
		}
		if len(pairs) != len(asked) {
			t.Fatalf("%d pairs, %d by asking", len(pairs), len(asked))
		}
	})
}

func TestReadersAndWritersTogether(t *testing.T) {
	x := small()
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 200 {
				if id := fmt.Sprint(g, i%5); g%2 == 0 {
					x.Add(id, vocabularyOfTests[(g+i)%len(vocabularyOfTests)], "plaza")
				} else if matches := x.Typing("plaza arb", 0, 3); len(matches) == 0 {
					t.Error("nothing found")
				}
			}
		})
	}
	wg.Wait()
}

func TestDiffering(t *testing.T) {
	a, b := Differing("Arreglar veredas de la calle Mitre", "Arreglar la vereda de calle Salta y Salta")
	if !slices.Equal(a, []string{"mitre"}) || !slices.Equal(b, []string{"salta"}) {
		t.Errorf("got %q and %q", a, b)
	}
}

func TestTextsThatComeAndGoLeaveNoRoomTaken(t *testing.T) {
	x := small()
	for i := range 1000 {
		x.Add(fmt.Sprint("passing", i), "plaza", "luces")
		x.Remove(fmt.Sprint("passing", i))
	}
	if len(x.texts) > 5 || len(x.lists[x.numbers["plaz"]]) != 2 {
		t.Errorf("%d slots, %d postings", len(x.texts), len(x.lists[x.numbers["plaz"]]))
	}
}

func TestAnIndexRemembersNoWrongStem(t *testing.T) {
	x := NewIndex()
	for n := range memoMost + 10 { // more words than it remembers
		x.Add(fmt.Sprint(n), fmt.Sprintf("ruta%d estaciones", n), "")
	}
	for range 2 {
		text := "Instalación de estaciones, educacion y ruta7"
		if got := x.stemmed.of(text); !slices.Equal(got, Stems(text)) {
			t.Errorf("%q", got)
		}
	}
	if n := len(x.stemmed.stems); n > memoMost {
		t.Errorf("%d words are remembered", n)
	}
}
