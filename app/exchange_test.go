package app_test

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
)

const list = `titulo,resumen,organismo,estado,fecha
"=HYPERLINK(""http://evil.example"")",Una línea.,dg-reciclado,adopted,2014-05-02
Huerta de la plaza,Otra línea.,dg-reciclado,,
`

// take sends a list to the import.
func (w *world) take(role, text string, pairs ...string) answer {
	w.t.Helper()
	return w.upload(role, "/administracion/importar", "file", "lista.csv", text, pairs...)
}

// initiatives is the public list as CSV.
func (w *world) initiatives() [][]string {
	w.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(w.get("", "/datos/iniciativas?formato=csv").raw)).ReadAll()
	if err != nil {
		w.t.Fatal(err)
	}
	return rows
}

func TestAListComesInWholeOrNotAtAll(t *testing.T) {
	w := demo(t)
	before := len(w.initiatives())
	for _, role := range []string{"", "citizen", "proposer", "planning", "mayor"} {
		if got := w.take(role, list, "keep", "true"); got.status != http.StatusForbidden {
			t.Errorf("imported as %q: %d", role, got.status)
		}
	}
	if got := w.take("administrator", list); got.status != http.StatusOK || !strings.Contains(got.body, "Huerta de la plaza") {
		t.Errorf("the trial run: %d", got.status)
	}
	wrong := strings.Replace(list, "dg-reciclado,,", "nadie,,", 1)
	if got := w.take("administrator", wrong, "keep", "true"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a list with a wrong row: %d", got.status)
	}
	if n := len(w.initiatives()); n != before {
		t.Fatalf("%d initiatives became %d without anybody keeping them", before, n)
	}
	got := w.take("administrator", list, "keep", "true")
	if got.status != http.StatusOK || !number.MatchString(got.body) {
		t.Fatalf("kept: %d", got.status)
	}
	if n := len(w.initiatives()); n != before+1 {
		t.Errorf("%d initiatives became %d: the one of the past is public, the draft is not", before, n)
	}
}

// What came in with a formula leaves without one.
func TestNoFormulaLeaves(t *testing.T) {
	w := demo(t)
	w.take("coordination", list, "keep", "true")
	for _, row := range w.initiatives() {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+@") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	if !strings.Contains(w.get("", "/datos/iniciativas?formato=json").raw, `=HYPERLINK`) {
		t.Error("the title is lost")
	}
}

func TestOpenDataComesInThreeForms(t *testing.T) {
	w := demo(t)
	for _, name := range []string{"iniciativas", "pasos", "preguntas", "trabas"} {
		rows, err := csv.NewReader(strings.NewReader(w.get("", "/datos/"+name+"?formato=csv").raw)).ReadAll()
		var all []map[string]any
		if jerr := json.Unmarshal([]byte(w.get("", "/datos/"+name+"?formato=json").raw), &all); err != nil || jerr != nil || len(rows) < 2 || len(all) != len(rows)-1 {
			t.Errorf("%s: %d rows as CSV, %d as JSON, %v, %v", name, len(rows), len(all), err, jerr)
		}
		if got := w.get("", "/datos/"+name+"?formato=xlsx"); !strings.HasPrefix(got.raw, "PK\x03\x04") {
			t.Errorf("%s as XLSX: %d", name, got.status)
		}
		if got := w.get("", "/datos/"+name+"?formato=exe"); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%s in a form that is none: %d", name, got.status)
		}
	}
}

// shelf is what the API answers to a list.
type shelf struct {
	Initiatives []struct{ Number, State, Title string }
	Next        string
	Total       *int
}

func (w *world) shelf(query string) shelf {
	w.t.Helper()
	got := w.get("", "/api/v1/initiatives?"+query)
	var s shelf
	if err := json.Unmarshal([]byte(got.raw), &s); err != nil || got.status != http.StatusOK || got.header.Get("Access-Control-Allow-Origin") != "*" {
		w.t.Fatalf("%s: %d %v", query, got.status, err)
	}
	return s
}

func TestProgramsReadThePortfolioPageByPage(t *testing.T) {
	w := demo(t)
	seen, next := map[string]bool{}, ""
	first := w.shelf("limit=5")
	for page := first; ; page = w.shelf("limit=5&after=" + next) {
		for _, i := range page.Initiatives {
			if seen[i.Number] {
				t.Errorf("%s stands twice", i.Number)
			}
			seen[i.Number] = true
		}
		if next = page.Next; next == "" {
			break
		}
	}
	if first.Total == nil || len(seen) != *first.Total || len(seen) < 12 {
		t.Errorf("%d seen, total %v", len(seen), first.Total)
	}
	for _, i := range w.shelf("state=adopted").Initiatives {
		if i.State != "adopted" {
			t.Errorf("%s is %s among the adopted", i.Number, i.State)
		}
	}
	for path, status := range map[string]int{"/api/v1/initiatives/INI-1999-0001": 404, "/api/v1/initiatives?limit=0": 422, "/api/v1/initiatives?axis=nothing": 422,
		"/api/v1/initiatives?axis=%ff": 422, "/api/v1/initiatives?after=nonsense": 422, "/api/v1/initiatives?limit=1000": 422} {
		if got := w.get("", path); got.status != status {
			t.Errorf("%s: %d, want %d", path, got.status, status)
		}
	}
}

// What programs read names posts and bodies, nobody by name.
func TestProgramsReadNoPerson(t *testing.T) {
	w := demo(t)
	w.recorded()
	people := w.get("", "/organismos/dg-planificacion").body
	if !strings.Contains(people, "Lucía Ferreyra Aldao") {
		t.Fatal("nobody holds the post of Planning")
	}
	said := w.get("", "/api/v1/initiatives?limit=100").body + w.get("", "/api/v1/record/entries?limit=250").body
	for n := range strings.SplitSeq(strings.Join(number.FindAllString(said, 40), " "), " ") {
		said += w.get("", "/api/v1/initiatives/"+n).body
	}
	for _, name := range []string{"Ferreyra", "Villafañe", "Arce Villalba", "Yamila Correa", `"person"`} {
		if strings.Contains(said, name) {
			t.Errorf("the API names %s", name)
		}
	}
	if !strings.Contains(said, "director-planificacion") {
		t.Error("the API does not name posts")
	}
}

func TestTheFeedTellsPublicActs(t *testing.T) {
	w := demo(t)
	var feed struct {
		ID      string `xml:"id"`
		Entries []struct {
			ID    string `xml:"id"`
			Title string `xml:"title"`
			Link  struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	got := w.get("", "/actos.atom")
	if err := xml.Unmarshal([]byte(got.raw), &feed); err != nil || !strings.HasPrefix(got.header.Get("Content-Type"), "application/atom+xml") || len(feed.Entries) < 10 {
		t.Fatalf("%v, %s, %d entries", err, got.header.Get("Content-Type"), len(feed.Entries))
	}
	for _, e := range feed.Entries {
		if !strings.HasPrefix(e.ID, "urn:uuid:") || e.Title == "" || !strings.HasPrefix(e.Link.Href, "http://ronda.test/") {
			t.Errorf("%+v", e)
		}
	}
	if link := strings.TrimPrefix(feed.Entries[0].Link.Href, "http://ronda.test"); w.get("", link).status != http.StatusOK {
		t.Errorf("%s leads nowhere", link)
	}
}

// The document says every operation that answers.
func TestTheAPISaysWhatItHas(t *testing.T) {
	w := demo(t)
	w.recorded()
	var doc struct {
		OpenAPI string
		Paths   map[string]any
	}
	if err := json.Unmarshal([]byte(w.get("", "/api/v1/openapi.json").raw), &doc); err != nil || !strings.HasPrefix(doc.OpenAPI, "3.") {
		t.Fatalf("%v %q", err, doc.OpenAPI)
	}
	for _, path := range []string{"/api/v1/initiatives", "/api/v1/initiatives/{number}", "/api/v1/record/checkpoint", "/api/v1/record/key", "/api/v1/record/entries", "/api/v1/record/consistency"} {
		if doc.Paths[path] == nil {
			t.Errorf("the document lacks %s", path)
		}
		if strings.Contains(path, "{") || strings.HasSuffix(path, "consistency") {
			continue
		}
		if got := w.get("", path); got.status != http.StatusOK {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	if got := w.get("", "/api/v1/docs"); got.status != http.StatusOK || !strings.Contains(got.body, "/api/v1/initiatives/{number}") {
		t.Errorf("the document for people: %d", got.status)
	}
}
