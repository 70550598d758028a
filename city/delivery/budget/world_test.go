package budget

import (
	"strings"
	"testing"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/search"
)

const (
	proposer = roundtest.Proposer
	planner  = "director-planificacion"
	minister = "ministro-educacion"
	stranger = "director-empleo"
)

// world is a roundtable with its budget, on the morning of 24 March 2026.
type world struct {
	*roundtest.World
	log    *event.Log
	budget *Module
}

func tables(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), roundtable.Migrations, delivery.Migrations, Migrations}
}

// run tests in a world on each database.
func run(t *testing.T, fn func(w *world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(newWorld(t, dbtest.SQLite(t, tables(db.SQLite)...))) })
	t.Run("postgres", func(t *testing.T) { fn(newWorld(t, dbtest.Postgres(t, tables(db.Postgres)...))) })
}

// lone is a world on the embedded database.
func lone(t *testing.T) *world {
	t.Helper()
	return newWorld(t, dbtest.SQLite(t, tables(db.SQLite)...))
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{World: &roundtest.World{T: t, DB: d, Charters: charter.NewStore(d), Now: time.Date(2026, 3, 24, 13, 0, 0, 0, time.UTC)}, log: event.New(d)}
	files, err := cities.Open("buenosaires")
	w.Must(err)
	w.City, err = w.Charters.Install(w.As(), files, "", "test")
	w.Must(err)
	w.People = people.New(d, w.log, w.Charters.Current)
	w.Roundtable = roundtable.New(d, w.log, w.Charters, w.People)
	dm := delivery.New(delivery.Deps{DB: d, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable})
	w.budget = New(Deps{DB: d, Log: w.log, People: w.People, Roundtable: w.Roundtable, Delivery: dm})
	w.budget.Listen(w.log)
	w.Roundtable.GuardSignature(w.budget.Guard)
	return w
}

// told waits until everybody has heard of what happened.
func (w *world) told() { w.Helper(); w.Must(w.log.Dispatch(w.As())) }

// law is the law of a year with lines; each line is "code;credit".
func (w *world) law(year int, lines ...string) {
	w.Helper()
	w.Must(w.budget.Enact(w.As(planner), Law{Year: year, Number: "Ley 6.804", Day: clock.Day(yearText(year-1) + "-12-05")}))
	text := "código;institución;denominación;función;fuente;crédito original\n"
	for _, l := range lines {
		code, credit, _ := strings.Cut(l, ";")
		text += code + ";Ministerio de Educación;Escuelas que emprenden;Educación;tributos-propios;" + credit + "\n"
	}
	if r := w.bring(year, text, false); !r.Kept {
		w.Fatalf("%+v", r)
	}
}

// bring imports a list with the mapping that its headings suggest.
func (w *world) bring(year int, text string, trial bool) Report {
	w.Helper()
	f, err := ReadFile([]byte(text))
	w.Must(err)
	r, err := w.budget.Import(w.As(planner), year, f, Guess(f.Sheet), trial)
	w.Must(err)
	return r
}

// line is a line as Planning sees it.
func (w *world) line(year int, code string) LineView {
	w.Helper()
	v, err := w.budget.Line(w.As(planner), year, code)
	w.Must(err)
	return v
}

// of is the money of an initiative as Planning sees it.
func (w *world) of(number string) View {
	w.Helper()
	v, err := w.budget.Of(w.As(planner), number)
	w.Must(err)
	return v
}

// pesos are centavos.
func pesos(n int64) int64 { return 100 * n }
