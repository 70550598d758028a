package exchange_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ronda/city/roundtable"
	"ronda/city/roundtable/exchange"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/web"
)

func run(t *testing.T, fn func(w *roundtest.World)) {
	t.Helper()
	roundtest.Run(t, func(w *roundtest.World) {
		w.Serve(func(m *web.Mux) { exchange.NewWeb(exchange.New(w.Roundtable, w.Charters)).Routes(m) })
		fn(w)
	})
}

// file is a list as somebody downloads it.
func file(w *roundtest.World, path string) []byte {
	w.Helper()
	rec := w.Get("", path)
	if rec.Code != http.StatusOK {
		w.Fatalf("%s: %d %s", path, rec.Code, rec.Body)
	}
	return rec.Body.Bytes()
}

// titles are those of a list in each of its forms, which say the same.
func titles(w *roundtest.World, path string) []string {
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
	run(t, func(w *roundtest.World) {
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
	run(t, func(w *roundtest.World) {
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
	run(t, func(w *roundtest.World) {
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

// Whoever may not import sees neither the form nor what a file would do.
func TestTheImportIsClosedToOthers(t *testing.T) {
	run(t, func(w *roundtest.World) {
		for post, status := range map[string]int{"": 403, roundtest.Citizen: 403, roundtest.Proposer: 403, roundtest.Coordinator: 200} {
			if rec := w.Get(post, "/administracion/importar"); rec.Code != status {
				w.Errorf("%q: %d, want %d", post, rec.Code, status)
			}
		}
	})
}
