package opendata_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/workplan"
	"ronda/city/ideas"
	"ronda/city/indicators"
	"ronda/city/indicators/impact"
	"ronda/city/meetings"
	"ronda/city/opendata"
	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/event"
	"ronda/platform/web"
)

// town is a city with everything that is given away.
type town struct {
	*roundtest.World
	log       *event.Log
	meetings  *meetings.Module
	plans     *workplan.Module
	budget    *budget.Module
	impact    *impact.Module
	catalogue *opendata.Catalogue
}

func run(t *testing.T, fn func(w *town)) {
	t.Helper()
	roundtest.Run(t, func(world *roundtest.World) {
		w := &town{World: world, log: event.New(world.DB)}
		w.Must(w.DB.Migrate(w.As(), meetings.Migrations, indicators.Migrations, ideas.Migrations, delivery.Migrations, workplan.Migrations, budget.Migrations, impact.Migrations))
		w.meetings = meetings.New(meetings.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Steps: w.Roundtable})
		own := indicators.New(indicators.Deps{DB: w.DB, Charters: w.Charters, Roundtable: w.Roundtable, Meetings: w.meetings})
		carried := delivery.New(delivery.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable})
		w.plans = workplan.New(workplan.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: carried})
		w.budget = budget.New(budget.Deps{DB: w.DB, Log: w.log, People: w.People, Roundtable: w.Roundtable, Delivery: carried})
		w.impact = impact.New(impact.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: carried, Pepper: []byte("test")})
		w.catalogue = opendata.New(opendata.Deps{Charters: w.Charters, Roundtable: w.Roundtable, Meetings: w.meetings, Indices: own, Plans: w.plans, Budget: w.budget, Impact: w.impact,
			Ideas: ideas.New(ideas.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable})})
		w.Serve(func(m *web.Mux) { opendata.NewWeb(w.catalogue).Routes(m) })
		fn(w)
	})
}

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

// released is a decision that everybody may know of; kept and closed are none of
// everybody's.
func (w *town) meet() {
	w.Helper()
	for _, c := range []struct {
		title, text     string
		private, public bool
	}{{"Reunión abierta", "Abrir el taller", false, true}, {"Reunión abierta dos", "Cosa sin publicar", false, false}, {"Reunión secreta", "Cosa reservada", true, true}} {
		x, err := w.meetings.CreateMeeting(w.As("equipo-mesa"), meetings.Meeting{Kind: meetings.Free, Title: c.title, Starts: w.Now.Add(time.Hour), Length: 60,
			Chair: roundtest.Coordinator, Secretaries: meetings.Codes{"equipo-mesa"}, Private: c.private}, nil)
		w.Must(err)
		d := meetings.Decision{ID: "d" + c.text, Number: "DEC-" + c.text, Meeting: x.ID, Text: c.text, Owner: roundtest.ProposerOf, State: meetings.DueOpen, At: w.Now, Private: c.private, Public: c.public && !c.private}
		k := meetings.Commitment{ID: "c" + c.text, Number: "COM-" + c.text, Meeting: x.ID, What: c.text, Who: "person-of-somebody", WhoKind: meetings.WhoPerson, State: meetings.DueOpen, At: w.Now, Private: c.private, Public: c.public && !c.private}
		w.Must(w.DB.Write(w.As(), func(ctx context.Context) error {
			return errors.Join(w.DB.Insert(ctx, "meetings_decision", d), w.DB.Insert(ctx, "meetings_commitment", k))
		}))
	}
}

// What is given away is what somebody without an account may know, whoever asks:
// nothing of drafts, of closed meetings, of what was not released, and no person.
func TestNothingPrivateIsGivenAway(t *testing.T) {
	run(t, func(w *town) {
		w.Filed("Aulas que emprenden", nil)
		w.Draft("Plan reservado", nil)
		w.meet()
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
		w.meet()
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

// A row that the database damaged keeps nobody from the others, and is named.
func TestADamagedRowIsLeftOutAndNamed(t *testing.T) {
	run(t, func(w *town) {
		w.Filed("Aulas que emprenden", nil)
		bad := w.Filed("Luces que avisan", nil)
		w.Filed("Plazas con sombra", nil)
		w.Must(w.DB.Write(w.As(), func(ctx context.Context) error {
			_, err := w.DB.Exec(ctx, `UPDATE roundtable_initiative SET signed = 'nada' WHERE number = $1`, bad)
			return err
		}))
		if got := titles(w, "/datos/iniciativas?"); !slices.Equal(got, []string{"Plazas con sombra", "Aulas que emprenden"}) {
			w.Errorf("given: %v", got)
		}
		if left := w.Get("", "/datos/iniciativas?formato=csv").Result().Trailer.Get("Ronda-Left-Out"); left != "1" {
			w.Errorf("the trailer says %q", left)
		}
		if left := string(file(w, "/datos/salteadas?formato=csv&conjunto=iniciativas")); strings.Count(left, "iniciativas") != 1 {
			w.Errorf("the list of rows left out: %s", left)
		}
		w.Must(w.catalogue.Count(w.As()))
		if x, ok := w.catalogue.Counted("iniciativas"); !ok || x.Rows != 2 || x.Skipped != 1 {
			w.Errorf("counted %+v", x)
		}
	})
}
