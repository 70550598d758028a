package opendata_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ronda/city/opendata"
	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/db"
	"ronda/platform/table"
	"ronda/platform/web"
)

// file is a list as somebody downloads it.
func file(w *town, path string) []byte {
	w.Helper()
	rec := w.Get("", path)
	if rec.Code != http.StatusOK {
		w.Fatalf("%s: %d %s", path, rec.Code, rec.Body)
	}
	return rec.Body.Bytes()
}

// titles are those of a list in each of its forms, which say the same.
func titles(w *town, path string) []string {
	w.Helper()
	rows, err := csv.NewReader(bytes.NewReader(file(w, path+"&formato=csv"))).ReadAll()
	w.Must(err)
	var objects []struct{ Title string }
	w.Must(json.Unmarshal(file(w, path+"&formato=json"), &objects))
	book, err := excelize.OpenReader(bytes.NewReader(file(w, path+"&formato=xlsx")))
	w.Must(err)
	sheet, err := book.GetRows(book.GetSheetName(0))
	w.Must(err)
	if len(rows) != len(objects)+1 || len(sheet) != len(rows) {
		w.Fatalf("%s: %d rows as CSV, %d as JSON, %d as XLSX", path, len(rows)-1, len(objects), len(sheet)-1)
	}
	var out []string
	for n, o := range objects {
		if rows[n+1][1] != o.Title || sheet[n+1][1] != o.Title {
			w.Errorf("row %d is %q, %q and %q", n, rows[n+1][1], o.Title, sheet[n+1][1])
		}
		out = append(out, o.Title)
	}
	return out
}

// A list that is narrowed leaves as narrow as it is shown.
func TestAFilteredListLeavesFiltered(t *testing.T) {
	run(t, func(w *town) {
		w.Filed("Aulas que emprenden", nil)
		w.Filed("Luces que avisan", func(d *roundtable.Dossier) { d.Axis, d.Territories = "ciudad-inteligente", []string{"almagro"} })
		w.Filed("Luces que ahorran", func(d *roundtable.Dossier) { d.Axis = "ciudad-inteligente" })
		for asked, want := range map[string][]string{
			"": {"Luces que ahorran", "Luces que avisan", "Aulas que emprenden"}, "eje=ciudad-inteligente": {"Luces que ahorran", "Luces que avisan"},
			"eje=ciudad-inteligente&lugar=comuna-5": {"Luces que avisan"}, "estado=adopted": nil, "q=aula": {"Aulas que emprenden"},
			"q=luces&lugar=comuna-5": {"Luces que avisan"}, "q=nada": nil,
		} {
			if got := titles(w, "/datos/iniciativas?"+asked); !slices.Equal(got, want) {
				w.Errorf("%q leaves as %v, not %v", asked, got, want)
			}
		}
		for _, asked := range []string{"eje=nada", "paso=99", "q=luces&estado=nada"} {
			if rec := w.Get("", "/datos/iniciativas?formato=csv&"+asked); rec.Code != http.StatusNotFound {
				w.Errorf("%q: %d", asked, rec.Code)
			}
		}
	})
}

// What people write never runs in the spreadsheet of whoever downloads it, and
// comes back whole in the other forms.
func TestNoTextRunsInASpreadsheet(t *testing.T) {
	run(t, func(w *town) {
		evil := []string{`=HYPERLINK("http://evil.example","ver")`, "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "=1+1\n=2+2"}
		number := w.Filed("Aulas que emprenden", func(d *roundtable.Dossier) { d.Line, d.Change = evil[0], evil[1] })
		for n, text := range evil[:5] {
			asker := []string{"uno", "dos"}[n/3]
			w.Must(w.Roundtable.Ask(w.As(asker), number, text+" ¿y esto qué?"))
		}
		w.Must(w.Roundtable.AddBarrier(w.As(roundtest.Proposer), number, roundtable.Barrier{Kind: w.City.Frame.Barriers.All()[0].Code, What: evil[3], Owner: roundtest.ProposerOf, Opened: "2026-03-20"}))
		for _, list := range []string{"iniciativas", "preguntas", "trabas", "pasos"} {
			rows, err := csv.NewReader(bytes.NewReader(file(w, "/datos/"+list+"?formato=csv"))).ReadAll()
			w.Must(err)
			for _, cell := range slices.Concat(rows...) {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
					w.Errorf("%s: a spreadsheet would run %q", list, cell)
				}
			}
			book, err := excelize.OpenReader(bytes.NewReader(file(w, "/datos/"+list+"?formato=xlsx")))
			w.Must(err)
			sheet, err := book.GetRows(book.GetSheetName(0))
			w.Must(err)
			for y, row := range sheet {
				for x := range row {
					name, err := excelize.CoordinatesToCellName(x+1, y+1)
					w.Must(err)
					if formula, err := book.GetCellFormula(book.GetSheetName(0), name); err != nil || formula != "" {
						w.Errorf("%s: %s runs %q, %v", list, name, formula, err)
					}
				}
			}
		}
		var objects []map[string]any
		w.Must(json.Unmarshal(file(w, "/datos/iniciativas?formato=json"), &objects))
		if objects[0]["line"] != evil[0] {
			w.Errorf("the line left as %q", objects[0]["line"])
		}
	})
}

// Drafts, what was joined and questions out of sight are in no list, whoever asks.
func TestListsHoldOnlyWhatEverybodySees(t *testing.T) {
	run(t, func(w *town) {
		number := w.Filed("Aulas que emprenden", nil)
		draft := w.Draft("Plan reservado", nil)
		w.Must(w.Roundtable.AddBarrier(w.As(roundtest.Proposer), draft, roundtable.Barrier{Kind: w.City.Frame.Barriers.All()[0].Code, What: "Plan reservado sin fondos", Owner: roundtest.ProposerOf, Opened: "2026-03-20"}))
		joined := w.Draft("Plan reservado que se une", nil)
		w.Must(w.Roundtable.JoinInto(w.As(roundtest.Proposer), joined, number))
		for _, text := range []string{"¿Por qué Fulano cobra dos sueldos?", "¿Llega a las escuelas técnicas?"} {
			w.Must(w.Roundtable.Ask(w.As(roundtest.Citizen), number, text))
		}
		v, err := w.Roundtable.View(w.As(), number)
		w.Must(err)
		w.Must(w.Roundtable.HideQuestion(w.As(roundtest.Coordinator), number, v.Questions[0].ID, "Nombra a un particular."))
		said := ""
		for _, list := range []string{"iniciativas", "pasos", "preguntas", "trabas"} {
			for _, asked := range []string{"", "&q=reservado", "&estado=draft", "&estado=joined"} {
				said += string(file(w, "/datos/"+list+"?formato=json"+asked))
			}
		}
		for _, never := range []string{"reservado", draft, joined, "Fulano"} {
			if strings.Contains(said, never) {
				w.Errorf("the open data tell of %q", never)
			}
		}
		if !strings.Contains(said, "escuelas técnicas") {
			w.Error("a question in sight is missing")
		}
	})
}

// What is given away is what somebody without an account may know, whoever asks:
// nothing of drafts, of closed meetings, of what was not released, and no person.
func TestNothingPrivateIsGivenAway(t *testing.T) {
	run(t, func(w *town) {
		w.Filed("Aulas que emprenden", nil)
		w.Draft("Plan reservado", nil)
		w.meet("Reunión abierta", "Abrir el taller", false, true)
		w.meet("Reunión sin publicar", "Cosa sin publicar", false, false)
		w.meet("Reunión secreta", "Cosa reservada", true, false)
		for _, post := range []string{"", roundtest.Citizen, roundtest.Coordinator, "equipo-mesa"} {
			said := ""
			for _, d := range w.catalogue.Sets() {
				rec := w.Get(post, "/datos/"+d.Name+"?formato=json")
				if rec.Code != http.StatusOK || !json.Valid(rec.Body.Bytes()) {
					w.Fatalf("%s: %d %s", d.Name, rec.Code, rec.Body)
				}
				said += rec.Body.String()
			}
			for _, path := range []string{"/datos/iati.xml", "/datos/ocds.json", "/datos/catalogo.json"} {
				said += w.Get(post, path).Body.String()
			}
			for _, never := range []string{"reservad", "secreta", "sin publicar", "person-of", "person of"} {
				if strings.Contains(said, never) {
					w.Errorf("%q is given %q", post, never)
				}
			}
			if !strings.Contains(said, "Abrir el taller") || !strings.Contains(said, "Aulas que emprenden") {
				w.Errorf("%q is not given what is public", post)
			}
		}
	})
}

// The whole holds every list with its heading, the files, and what it left out.
func TestTheWholeIsOneFile(t *testing.T) {
	run(t, func(w *town) {
		number := w.Filed("Aulas que emprenden", nil)
		w.meet("Reunión abierta", "Abrir el taller", false, true)
		body := file(w, "/datos/todo.zip")
		all, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		w.Must(err)
		texts := map[string]string{}
		for _, f := range all.File {
			r, err := f.Open()
			w.Must(err)
			text, err := io.ReadAll(r)
			w.Must(err)
			texts[f.Name] = string(text)
		}
		for _, d := range w.catalogue.Sets() {
			if !strings.Contains(texts[d.Name+".csv"], "\r\n") {
				w.Errorf("%s is not in the whole", d.Name)
			}
		}
		if !strings.Contains(texts["iniciativas.csv"], number) || !strings.Contains(texts["iati.xml"], number) || texts["ocds.json"] == "" {
			w.Error("the whole lacks the initiative")
		}
		if rec := w.Get("", "/datos/todo.zip?formato=exe"); rec.Code != http.StatusUnprocessableEntity {
			w.Errorf("a form that is none: %d", rec.Code)
		}
	})
}

// A row that does not fit keeps nobody from the others, and is named.
func TestADamagedRowIsLeftOutAndNamed(t *testing.T) {
	run(t, func(w *town) {
		type thing struct {
			Name string `db:"name"`
			N    int    `db:"n"`
		}
		list := opendata.Dataset{Name: "cosas", Part: "about", Title: "t", About: "a", Fields: []opendata.Field{{Column: table.Column{Key: "title", Label: "title", Kind: table.Text}}, {Column: table.Column{Key: "n", Label: "n", Kind: table.Number}}}}
		list.Rows = func(ctx context.Context, _ url.Values) table.Rows {
			return func(yield func([]any, error) bool) {
				err := db.Each(ctx, w.DB, `SELECT 'uno' AS name, 1 AS n UNION ALL SELECT 'dos', NULL UNION ALL SELECT 'tres', 3`, nil, func(x thing) error {
					yield([]any{x.Name, x.N}, nil)
					return nil
				})
				if err != nil {
					yield(nil, err)
				}
			}
		}
		c := opendata.NewCatalogue([]opendata.Dataset{list}, nil)
		w.Serve(func(m *web.Mux) { opendata.NewWeb(c).Routes(m) })
		rec := w.Get("", "/datos/cosas?formato=csv")
		if body := rec.Body.String(); body != "title,n\r\nuno,1\r\ntres,3\r\n" {
			w.Errorf("given: %q", body)
		}
		if left := rec.Result().Trailer.Get("Ronda-Left-Out"); left != "1" {
			w.Errorf("the trailer says %q", left)
		}
		if left := string(file(w, "/datos/salteadas?formato=csv&conjunto=cosas")); !strings.Contains(left, "cosas,2,") {
			w.Errorf("the list of rows left out: %s", left)
		}
		w.Must(c.Count(w.As()))
		if x, ok := c.Counted("cosas"); !ok || x.Rows != 2 || x.Skipped != 1 {
			w.Errorf("counted %+v", x)
		}
		if page := w.Get("", "/datos").Body.String(); !strings.Contains(page, "conjunto=cosas") {
			w.Error("the page does not lead to what was left out")
		}
	})
}
