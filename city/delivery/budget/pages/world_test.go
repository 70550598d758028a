package pages_test

import (
	"bytes"
	"context"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/budget/pages"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/search"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const (
	proposer = roundtest.Proposer
	planner  = "director-planificacion"
	stranger = "director-empleo"
)

// world is a roundtable with its budget and the pages of that.
type world struct {
	*roundtest.World
	log     *event.Log
	budget  *budget.Module
	words   *i18n.Catalogue
	handler http.Handler
}

// newWorld is an empty city. What the pages ask is asked on both databases where
// it is answered, in city/delivery/budget.
func newWorld(t *testing.T) *world {
	t.Helper()
	d := dbtest.SQLite(t, event.Migrations, web.Migrations, charter.Migrations, people.Migrations, search.Migrations(db.SQLite), roundtable.Migrations, delivery.Migrations, budget.Migrations)
	w := &world{World: &roundtest.World{T: t, DB: d, Charters: charter.NewStore(d), Now: time.Date(2026, 3, 24, 13, 40, 0, 0, time.UTC)}, log: event.New(d)}
	files, err := cities.Open("buenosaires")
	w.Must(err)
	w.City, err = w.Charters.Install(w.As(), files, "", "test")
	w.Must(err)
	w.People = people.New(d, w.log, w.Charters.Current)
	w.Roundtable = roundtable.New(d, w.log, w.Charters, w.People)
	dm := delivery.New(delivery.Deps{DB: d, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable})
	w.budget = budget.New(budget.Deps{DB: d, Log: w.log, People: w.People, Roundtable: w.Roundtable, Delivery: dm})
	w.words, err = i18n.New(ui.Messages, charter.Messages, people.Messages, roundtable.Messages, delivery.Messages, budget.Messages, pages.Messages, table.Messages)
	w.Must(err)
	w.serve(pages.New(pages.Deps{Budget: w.budget, Charters: w.Charters, People: w.People, Log: w.log}, pages.Slots{}))
	return w
}

func (w *world) serve(p *pages.Pages) {
	site := &web.Site{Catalogue: w.words, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Zone: w.City.City.Zone, Frame: frame, Problem: problem}
	m := site.Mux()
	m.Handle("GET "+ui.AssetsPath, ui.Assets())
	p.Routes(m)
	known := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			post := r.Header.Get("X-Post")
			if c, err := r.Cookie("post"); err == nil {
				post = c.Value
			}
			ctx := clock.With(r.Context(), func() time.Time { return w.Now })
			next.ServeHTTP(rw, r.WithContext(people.With(ctx, people.Me(w.As(post)))))
		})
	}
	var err error
	w.handler, err = site.Handler(known)
	w.Must(err)
}

// frame is a page around the body, as plain as can be.
func frame(r *http.Request, p web.Page) templ.Component {
	f := ui.Frame{Title: p.Title, Description: p.Description, Path: r.URL.RequestURI(), Wrong: p.Wrong, Private: p.Private, Narrow: p.Narrow}
	return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		return f.Render(templ.WithChildren(ctx, p.Body), out)
	})
}

func problem(r *http.Request, f *fault.Error, id string) web.Page {
	return web.Page{Title: string(f.Kind), Body: ui.Problem{Kind: f.Kind, Text: i18n.T(r.Context(), f.Key, f.Args...), ID: id}}
}

// answer is what a request got.
type answer struct {
	status int
	to     string
	body   string // with entities decoded, so that tests read as pages do
	header http.Header
}

func (w *world) do(post, lang string, r *http.Request) answer {
	w.Helper()
	r.Header.Set("X-Post", post)
	r.Header.Set("Accept-Language", lang)
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return answer{status: rec.Code, to: rec.Header().Get("Location"), header: rec.Header(), body: html.UnescapeString(rec.Body.String())}
}

func (w *world) get(post, path string) answer {
	w.Helper()
	return w.do(post, "es", httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form; pairs are names and values.
func (w *world) post(who, path string, pairs ...string) answer {
	w.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.do(who, "es", r)
}

// send sends a file, or fields without one.
func (w *world) send(who, path, text string, pairs ...string) answer {
	w.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		w.Must(m.WriteField(pairs[i], pairs[i+1]))
	}
	if len(pairs) == 0 {
		part, err := m.CreateFormFile("file", "ley.csv")
		w.Must(err)
		_, err = io.WriteString(part, text)
		w.Must(err)
	}
	w.Must(m.Close())
	r := httptest.NewRequest(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return w.do(who, "es", r)
}

var markup = regexp.MustCompile(`<[^>]*>|\s+`)

// wants checks the status and what the page says; a text that begins with "!"
// must not be there.
func (w *world) wants(what string, a answer, status int, texts ...string) {
	w.Helper()
	said := strings.Join(strings.Fields(markup.ReplaceAllString(a.body, " ")), " ")
	if a.status != status {
		w.Errorf("%s: status %d, want %d (to %q)\n%.1500s", what, a.status, status, a.to, said)
	}
	for _, text := range texts {
		text, not := strings.CutPrefix(text, "!")
		if strings.Contains(said, text) == not {
			w.Errorf("%s: says %q is %v\n%.3000s", what, text, not, said)
		}
	}
}

const head = "código;institución;programa;denominación;función;fuente;crédito original\n"

// lines are a small law of every function.
const lines = head + `40.1;Ministerio de Salud;Hospitales;Hospitales de agudos;Salud;Tributos de la Ciudad;3.900.000.000,00
40.2;Ministerio de Salud;Atención primaria;Centros de salud y acción comunitaria;Salud;Coparticipación federal;1.250.000.000,00
55.1;Ministerio de Educación;Educación secundaria;Escuelas secundarias;Educación;Tributos de la Ciudad;4.800.000.000,00
55.7;Ministerio de Educación;Escuelas emprendedoras;Proyectos de estudiantes;Educación;Tributos de la Ciudad;48.500.000,00
35.3;Ministerio de Ambiente y Espacio Público;Higiene urbana;Recolección;Servicios urbanos;Tributos de la Ciudad;3.100.000.000,00
50.2;Ministerio de Cultura;Industrias creativas;Festivales;Cultura;Otros recursos propios;610.000.000,00
65.4;Ministerio de Desarrollo Económico;Emprendedores;Capital semilla;economia;Tributos de la Ciudad;220.000.000,00
68.1;Ministerio de Desarrollo Urbano;Subterráneos;Extensión de líneas;Transporte;Otros recursos propios;1.500.000.000,00
99.1;Servicio de la Deuda;;Intereses;Deuda pública;Coparticipación federal;900.000.000,00
`

// story is a budget in the middle of its year: two initiatives draw on one line,
// money was spent, and an amendment left the later one short.
func (w *world) story() (one, two string) {
	w.Helper()
	w.Must(w.budget.Enact(w.As(planner), budget.Law{Year: 2026, Number: "Ley 6.804", Day: "2025-12-05", Declared: 16_328_500_000_00}))
	f, err := budget.ReadFile([]byte(lines))
	w.Must(err)
	r, err := w.budget.Import(w.As(planner), 2026, f, budget.Guess(f.Sheet), false)
	w.Must(err)
	if !r.Kept {
		w.Fatalf("%+v", r.Faults)
	}
	one, two = w.Adopted("Escuelas que emprenden"), w.Adopted("Clubes de ciencia de barrio")
	w.Must(w.budget.Draw(w.As(proposer), one, 2026, "55.7", 30_000_000_00))
	w.Must(w.budget.Draw(w.As(planner), two, 2026, "55.7", 18_000_000_00))
	w.Must(w.budget.Draw(w.As(planner), two, 2026, "50.2", 25_000_000_00))
	for i, s := range [][3]int64{{12, 4, 1}, {6, 5, 4}, {2, 3, 5}} {
		w.Must(w.budget.ReportMoney(w.As(proposer), one, 2026, "55.7", budget.Stage{Period: []string{"2026-01", "2026-02", "2026-03"}[i], Committed: s[0] * 1_000_000_00, Accrued: s[1] * 1_000_000_00, Paid: s[2] * 900_000_00}))
	}
	w.Must(w.budget.OwnUse(w.As(planner), 2026, "40.1", budget.Stage{Period: "2026-02", Committed: 900_000_000_00, Accrued: 640_000_000_00, Paid: 500_000_000_00}))
	w.Must(w.budget.OwnUse(w.As(planner), 2026, "55.1", budget.Stage{Period: "2026-02", Committed: 1_100_000_000_00, Accrued: 800_000_000_00, Paid: 790_000_000_00}))
	w.Must(w.budget.Amend(w.As(planner), 2026, "55.7", budget.Amendment{Amount: -8_500_000_00, Day: "2026-03-10", Act: "Decreto 112/26", Why: "Reasignación a hospitales."}))
	return one, two
}
