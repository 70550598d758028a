package similar

import (
	"slices"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	got, err := Read(strings.NewReader("description;votes;ID;Title\n<p>Sol</p>;3;7;Plaza\n;;;\n;;8;Luz\n"))
	if want := []Text{{"7", "Plaza", "<p>Sol</p>"}, {"8", "Luz", ""}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestReadNamesWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"a,b\n1,2\n":           "needs the columns",
		"id,title\n1,a\n1,b\n": "line 3: id 1 again, first on line 2",
		"id,title\n,a\n":       "line 2: no id",
		"<html>":               "HTML",
		"":                     "empty",
	} {
		if _, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("id,title,description\n1,a,b\n2,\"c\",d")
	f.Fuzz(func(t *testing.T, table string) {
		texts, err := Read(strings.NewReader(table))
		if err != nil {
			return
		}
		x := NewIndex()
		for _, text := range texts {
			x.Add(text.ID, text.Title, text.Body)
		}
		if x.Len() != len(texts) {
			t.Fatalf("%d texts, %d kept", len(texts), x.Len())
		}
		x.Pairs(Alike, nil)
	})
}
