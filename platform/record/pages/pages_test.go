package pages_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"golang.org/x/mod/sumdb/tlog"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/record"
	"ronda/platform/record/pages"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// house is a served site with a record.
type house struct {
	t      testing.TB
	db     *db.DB
	events *event.Log
	record *record.Record
	url    string
	ids    []string
}

type framed struct {
	frame ui.Frame
	body  templ.Component
}

func (f framed) Render(ctx context.Context, w io.Writer) error {
	return f.frame.Render(templ.WithChildren(ctx, f.body), w)
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.SQLite(t, event.Migrations, record.Migrations)}
	h.events = event.New(h.db)
	dir := t.TempDir()
	var err error
	h.record, err = record.New(t.Context(), h.db, h.events, record.Options{Key: filepath.Join(dir, "record.key"), Witness: filepath.Join(dir, "checkpoint"), Origin: "ronda/prueba"})
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.New(record.Messages, ui.Messages)
	if err != nil {
		t.Fatal(err)
	}
	site := &web.Site{Catalogue: words, Log: slog.New(slog.DiscardHandler), Origin: "https://ronda.example",
		Frame: func(r *http.Request, p web.Page) templ.Component {
			size, at, _ := h.record.Head(r.Context())
			return framed{ui.Frame{Title: p.Title, Path: r.URL.RequestURI(), Wrong: p.Wrong, Record: &ui.RecordMark{Size: size, At: at}}, p.Body}
		},
		Problem: func(r *http.Request, f *fault.Error, id string) web.Page {
			return web.Page{Title: "!", Body: ui.Problem{Kind: f.Kind, Text: i18n.T(r.Context(), f.Key, f.Args...)}}
		}}
	p := pages.New(h.record, func(_ context.Context, e event.Event) (ui.Moment, bool) {
		return ui.Moment{Title: "Se firmó la efectividad", Href: "/iniciativas/x", Text: e.Text["remarks"]}, e.Kind == "x.signed"
	})
	m := site.Mux()
	m.Handle("GET "+ui.AssetsPath, ui.Assets())
	p.Routes(m)
	mux := http.NewServeMux()
	p.API(humago.New(mux, huma.DefaultConfig("test", "1")))
	for _, pattern := range pages.APIPaths {
		m.Handle(pattern, mux)
	}
	handler, err := site.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

// acts appends and records n acts, one batch for each.
func (h *house) acts(n int) *house {
	h.t.Helper()
	for i := range n {
		e := event.Event{Kind: "x.signed", Public: true, Subject: event.Subject{Kind: "initiative", ID: fmt.Sprint("i", i)},
			Related: []event.Subject{{Kind: "axis", ID: "smart"}}, Actor: event.Actor{Person: "somebody", Post: "mayor", Body: "gcba"},
			Data: map[string]string{"step": "3"}, Text: map[string]string{"remarks": fmt.Sprint("más <b>luz</b> ", i)}}
		if i%3 == 1 {
			e.Kind = "x.untold"
		}
		if err := h.db.Write(h.t.Context(), func(ctx context.Context) (err error) { e, err = h.events.Append(ctx, e); return err }); err != nil {
			h.t.Fatal(err)
		}
		h.ids = append(h.ids, e.ID)
		if err := h.record.Sequencer().Sequence(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
	}
	return h
}

// get asks for a page and gives its status and text.
func (h *house) get(path string) (int, string) {
	h.t.Helper()
	return h.answer(http.Get(h.url + path))
}

func (h *house) post(path string, form url.Values) (int, string) {
	h.t.Helper()
	return h.answer(http.PostForm(h.url+path, form))
}

func (h *house) answer(res *http.Response, err error) (int, string) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func TestPagesSayWhatTheyMust(t *testing.T) {
	h := newHouse(t).acts(45)
	cp, err := h.record.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path   string
		status int
		must   []string
		not    []string
	}{
		{"/registro", 200, []string{cp.Root.String(), h.record.Verifier(), "/registro/exportar", "45. Se firmó", "x.untold", "antes=25", "Registro público verificable: hoja 45"}, []string{"24. ", "somebody"}},
		{"/registro?antes=25", 200, []string{"25. ", "6. ", "antes=5", "antes=45"}, []string{"26. ", ">5. "}},
		{"/registro?antes=x", 200, []string{"45. "}, nil},
		{"/registro?lang=en", 200, []string{"Public record"}, []string{"Registro público"}},
		{"/registro/1", 200, []string{"acto 1 de 45", "más &lt;b&gt;luz&lt;/b&gt; 0", "Coincide", cp.Root.String()[:8], "initiative i0", "axis smart", `href="/registro/2"`}, []string{"somebody", `href="/registro/0"`, "<b>luz"}},
		{"/registro/45", 200, []string{"acto 45 de 45", `href="/registro/44"`}, []string{`href="/registro/46"`}},
		{"/registro/46", 404, nil, nil},
		{"/registro/0", 404, nil, nil},
		{"/registro/01", 404, nil, nil},
		{"/registro/-1", 404, nil, nil},
		{"/registro/99999999999999999999", 404, nil, nil},
		{"/registro/acto/" + h.ids[9], 200, []string{"acto 10 de 45"}, nil},
		{"/registro/acto/none", 404, []string{"no está en el registro"}, nil},
		{"/registro/prueba/46", 404, nil, nil},
		{"/api/v1/record/checkpoint", 200, []string{cp.Note}, nil},
		{"/api/v1/record/key", 200, []string{h.record.Verifier() + "\n"}, nil},
		{"/api/v1/record/proof/none", 404, nil, nil},
		{"/api/v1/record/consistency?from=0&to=4", 422, nil, nil},
		{"/api/v1/record/consistency?from=9&to=400", 422, nil, nil},
		{"/api/v1/record/entries?start=99", 200, []string{`"entries":[]`}, nil},
		{"/api/v1/record/entries?start=-1", 422, nil, nil},
	} {
		status, body := h.get(c.path)
		if status != c.status {
			t.Errorf("%s is %d", c.path, status)
		}
		for _, s := range c.must {
			if !strings.Contains(body, s) {
				t.Errorf("%s lacks %q", c.path, s)
			}
		}
		for _, s := range append(c.not, ">record.", "no value", `style="`) {
			if strings.Contains(body, s) {
				t.Errorf("%s holds %q", c.path, s)
			}
		}
	}
}

func TestAnEmptyRecordHasItsPages(t *testing.T) {
	h := newHouse(t)
	if status, body := h.get("/registro"); status != 200 || !strings.Contains(body, "todavía no tiene actos") {
		t.Errorf("%d %s", status, body)
	}
	for path, want := range map[string]int{"/registro/1": 404, "/api/v1/record/checkpoint": 404, "/api/v1/record/entries": 200, "/registro/exportar": 200} {
		if status, _ := h.get(path); status != want {
			t.Errorf("%s is %d", path, status)
		}
	}
}

func TestAKeptSealIsCompared(t *testing.T) {
	h := newHouse(t).acts(5)
	kept, err := h.record.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	other := newHouse(t).acts(9)
	foreign, err := other.record.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.acts(2)
	for name, c := range map[string]struct {
		seal, must string
		status     int
	}{
		"kept":          {kept.Note, "Los primeros 5 actos siguen", 200},
		"copied badly":  {"\n  " + strings.TrimSpace(kept.Note) + "  ", "Los primeros 5 actos siguen", 200},
		"from Windows":  {strings.ReplaceAll(kept.Note, "\n", "\r\n"), "Los primeros 5 actos siguen", 200},
		"another's":     {foreign.Note, "no es de este registro", 200},
		"no seal":       {"hola <script>", "no es de este registro", 200},
		"nothing":       {"", "Falta completar", 422},
		"much too long": {strings.Repeat("x", 5000), "demasiado largo", 422},
	} {
		status, body := h.post("/registro", url.Values{"seal": {c.seal}})
		if status != c.status || !strings.Contains(body, c.must) || strings.Contains(body, "<script>") {
			t.Errorf("%s is %d and lacks %q", name, status, c.must)
		}
	}
}

func TestAChangedLeafDoesNotLeadToTheSeal(t *testing.T) {
	h := newHouse(t).acts(5)
	proof, err := h.record.ProofAt(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if _, body := h.post("/registro/3", url.Values{"leaf": {proof.Leaf}}); !strings.Contains(body, "Lleva al sello") {
		t.Error("the leaf itself does not lead to the seal")
	}
	_, body := h.post("/registro/3", url.Values{"leaf": {strings.Replace(proof.Leaf, "mayor", "Mayor", 1)}})
	if !strings.Contains(body, "No lleva al sello") || !strings.Contains(body, "Mayor&#34;") {
		t.Error("a changed leaf leads to the seal, or what was typed is lost")
	}
}

// What the site gives away is what the verifier wants.
func TestTheSiteVerifiesFromOutside(t *testing.T) {
	h := newHouse(t).acts(12)
	res, err := record.VerifyURL(t.Context(), h.url, record.Check{Verifier: h.record.Verifier()})
	if err != nil || !res.OK() || res.Acts != 12 || res.Kept != 1 {
		t.Errorf("%+v, %v", res, err)
	}
	_, text := h.get("/registro/prueba/4")
	proof, err := record.ParseProof(text, h.record.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	var entries struct{ Entries []pages.Entry }
	_, body := h.get("/api/v1/record/entries?start=3&limit=1")
	if err := json.Unmarshal([]byte(body), &entries); err != nil || len(entries.Entries) != 1 {
		t.Fatal(err, body)
	}
	e := entries.Entries[0]
	if err := proof.Check(e.Leaf); err != nil || e.Index != 3 {
		t.Errorf("%v for act %d", err, e.Index)
	}
	if digest := event.Digest(e.Texts[0].Salt, e.Texts[0].Text); !strings.Contains(e.Leaf, digest) {
		t.Error("the text does not match the leaf")
	}
	var answer struct {
		Leaf   string
		Proof  string
		Hashes []tlog.Hash
	}
	_, body = h.get("/api/v1/record/proof/" + e.Event)
	if err := json.Unmarshal([]byte(body), &answer); err != nil || answer.Leaf != e.Leaf || answer.Proof != text || len(answer.Hashes) != len(proof.Hashes) {
		t.Errorf("%v: %s", err, body)
	}
	var consistency struct{ Hashes []tlog.Hash }
	_, body = h.get("/api/v1/record/consistency?from=5&to=12")
	want, err := h.record.Consistency(t.Context(), 5, 12)
	if e := json.Unmarshal([]byte(body), &consistency); e != nil || err != nil || fmt.Sprint(consistency.Hashes) != fmt.Sprint([]tlog.Hash(want)) {
		t.Errorf("%v %v: %s", e, err, body)
	}
}

// An erased text is shown as erased.
func TestAnErasedTextIsShownAsErased(t *testing.T) {
	h := newHouse(t).acts(1)
	err := h.db.Write(t.Context(), func(ctx context.Context) error {
		return h.events.Erase(ctx, h.ids[0], "remarks", "personal_data", event.Actor{Post: "dpo"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, body := h.get("/registro/1"); !strings.Contains(body, "Borrado") || strings.Contains(body, "luz") {
		t.Error("the page does not say that the text was erased")
	}
}
