package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ronda/city/roundtable"
	"ronda/city/roundtable/api"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/web"
)

func run(t *testing.T, fn func(w *roundtest.World)) {
	t.Helper()
	roundtest.Run(t, func(w *roundtest.World) {
		mux := http.NewServeMux()
		api.New(w.Roundtable, w.Charters, "https://ronda.test").Register(humago.New(mux, huma.DefaultConfig("Ronda", "1")))
		w.Serve(func(m *web.Mux) { m.Handle("GET /api/v1/", mux) })
		fn(w)
	})
}

// shelf is an answer to a list.
type shelf struct {
	Initiatives []struct {
		Number, Title, URL string
		Axis               struct{ Code, Name string }
	}
	Next  string
	Total *int
}

func list(w *roundtest.World, asked string) shelf {
	w.Helper()
	rec := w.Get("", "/api/v1/initiatives?"+asked)
	var s shelf
	if err := json.Unmarshal(rec.Body.Bytes(), &s); err != nil || rec.Code != http.StatusOK {
		w.Fatalf("%s: %d %s", asked, rec.Code, rec.Body)
	}
	return s
}

func TestFiltersNarrowTheList(t *testing.T) {
	run(t, func(w *roundtest.World) {
		w.Filed("Aulas que emprenden", nil)
		w.Filed("Luces que avisan", func(d *roundtable.Dossier) { d.Axis, d.Territories = "ciudad-inteligente", []string{"almagro"} })
		for asked, want := range map[string]string{
			"": "Luces que avisan Aulas que emprenden", "axis=ciudad-inteligente": "Luces que avisan", "territory=comuna-5": "Luces que avisan", "sdg=4": "Luces que avisan Aulas que emprenden",
			"body=" + roundtest.ProposerOf + "&axis=educacion-siglo-xxi": "Aulas que emprenden", "state=adopted": "", "step=1": "Luces que avisan Aulas que emprenden", "step=ready": "",
		} {
			var got []string
			for _, i := range list(w, asked).Initiatives {
				got = append(got, i.Title)
			}
			if strings.Join(got, " ") != want {
				w.Errorf("%q finds %q, not %q", asked, got, want)
			}
		}
		first := list(w, "axis=ciudad-inteligente&lang=en").Initiatives[0]
		if first.URL != "https://ronda.test/iniciativas/"+first.Number || first.Axis.Code != "ciudad-inteligente" || first.Axis.Name == "" {
			w.Errorf("%+v", first)
		}
	})
}

// A value that is none is told by its name and in words: an empty list would say
// that the city does nothing of the kind.
func TestWhatIsNoFilterIsSaid(t *testing.T) {
	run(t, func(w *roundtest.World) {
		number := w.Filed("Aulas que emprenden", nil)
		for path, where := range map[string]string{
			"/api/v1/initiatives?axis=nada": "query.axis", "/api/v1/initiatives?territory=luna&state=filed": "query.territory", "/api/v1/initiatives?state=x": "query.state",
			"/api/v1/initiatives?after=nonsense": "query.after", "/api/v1/initiatives?step=7": "query.step", "/api/v1/initiatives/" + number + "?before=x": "query.before",
		} {
			rec := w.Get("", path)
			var said struct {
				Errors []struct{ Message, Location string }
			}
			if err := json.Unmarshal(rec.Body.Bytes(), &said); err != nil || rec.Code != http.StatusUnprocessableEntity || len(said.Errors) != 1 ||
				said.Errors[0].Location != where || !strings.Contains(said.Errors[0].Message, " ") {
				w.Errorf("%s: %d %s", path, rec.Code, rec.Body)
			}
		}
		for _, path := range []string{"/api/v1/initiatives?axis=%ff", "/api/v1/initiatives?axis=%00", "/api/v1/initiatives?axis=%zz"} {
			if rec := w.Get("", path); rec.Code != http.StatusUnprocessableEntity || !strings.Contains(rec.Body.String(), "no podemos leer") {
				w.Errorf("%s: %d %s", path, rec.Code, rec.Body)
			}
		}
	})
}

// Whoever follows next reads every initiative once, also while new ones come.
func TestPagesGoOnByKey(t *testing.T) {
	run(t, func(w *roundtest.World) {
		want := map[string]bool{}
		for n := range 7 {
			want[w.Filed(fmt.Sprint("Programa ", n), nil)] = true
		}
		next := ""
		for page := 0; page == 0 || next != ""; page++ {
			s := list(w, "limit=3&after="+next)
			if total := 7 + min(page, 1); s.Total == nil || *s.Total != total {
				w.Errorf("page %d says there are %v", page, s.Total)
			}
			for _, i := range s.Initiatives {
				if !want[i.Number] {
					w.Errorf("%s stands twice, or came after the reading began", i.Number)
				}
				delete(want, i.Number)
			}
			next = s.Next
			if page == 0 {
				w.Filed("Llega mientras se lee", nil)
			}
		}
		if len(want) != 0 {
			w.Errorf("never read: %v", want)
		}
	})
}

// Programs are told nothing that a visitor may not see.
func TestProgramsSeeWhatEverybodySees(t *testing.T) {
	run(t, func(w *roundtest.World) {
		number := w.Filed("Aulas que emprenden", nil)
		draft := w.Draft("Plan reservado", nil)
		w.Must(w.Roundtable.Discuss(w.As(roundtest.Proposer), number, "Palabra de adentro"))
		for _, text := range []string{"¿Por qué Fulano cobra dos sueldos?", "<script>alert(1)</script> ¿y esto?"} {
			w.Must(w.Roundtable.Ask(w.As(roundtest.Citizen), number, text))
		}
		v, err := w.Roundtable.View(w.As(), number)
		w.Must(err)
		w.Must(w.Roundtable.HideQuestion(w.As(roundtest.Coordinator), number, v.Questions[0].ID, "Nombra a un particular."))
		for _, post := range []string{"", roundtest.Coordinator} { // the API knows nobody
			if rec := w.Get(post, "/api/v1/initiatives/"+draft); rec.Code != http.StatusNotFound || strings.Contains(rec.Body.String(), "reservado") {
				w.Errorf("a draft as %q: %d %s", post, rec.Code, rec.Body)
			}
			one, all := w.Get(post, "/api/v1/initiatives/"+number), w.Get(post, "/api/v1/initiatives")
			if !strings.HasPrefix(one.Header().Get("Content-Type"), "application/json") || one.Header().Get("X-Content-Type-Options") != "nosniff" {
				w.Errorf("a browser could take it for %q", one.Header().Get("Content-Type"))
			}
			said := one.Body.String() + all.Body.String()
			for _, never := range []string{"Fulano", "Palabra de adentro", "reservado", draft, "person of"} {
				if strings.Contains(said, never) {
					w.Errorf("%q: the API says %q", post, never)
				}
			}
			for _, want := range []string{"Nombra a un particular.", "alert(1)"} {
				if !strings.Contains(said, want) {
					w.Errorf("%q: the API does not say %q", post, want)
				}
			}
		}
	})
}
