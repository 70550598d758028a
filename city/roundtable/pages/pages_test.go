package pages_test

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ronda/city/roundtable"
	"ronda/city/roundtable/pages"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/event"
	"ronda/platform/ui"
	"ronda/platform/web"
)

func run(t *testing.T, fn func(w *roundtest.World)) {
	t.Helper()
	roundtest.Run(t, func(w *roundtest.World) {
		w.Serve(func(m *web.Mux) { pages.New(w.Roundtable, w.Charters, w.People, pages.Slots{}).Routes(m) })
		fn(w)
	})
}

// page is what a request got, with entities decoded.
func page(w *roundtest.World, post, path string, status int) string {
	w.Helper()
	rec := w.Get(post, path)
	if rec.Code != status {
		w.Fatalf("%s as %q: %d, want %d", path, post, rec.Code, status)
	}
	return html.UnescapeString(rec.Body.String())
}

// links are the addresses of a page that begin so.
func links(body, with string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		if strings.HasPrefix(m[1], with) {
			out = append(out, m[1])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func expect(w *roundtest.World, what, body string, texts ...string) {
	w.Helper()
	for _, text := range texts {
		not, unwanted := strings.CutPrefix(text, "!")
		if strings.Contains(body, not) == unwanted {
			w.Errorf("%s: says %q is %v", what, not, unwanted)
		}
	}
}

func smart(d *roundtable.Dossier) {
	d.Axis, d.Territories, d.Type = "ciudad-inteligente", []string{"almagro"}, "programa"
}

// Every filter is a link; what it leads to holds what it says, its export the
// same, and the filters add up.
func TestFiltersAreLinks(t *testing.T) {
	run(t, func(w *roundtest.World) {
		w.Filed("Aulas que emprenden", nil)
		w.Filed("Luces que avisan", smart)
		all := page(w, "", "/iniciativas", http.StatusOK)
		expect(w, "the list", all, "Aulas que emprenden", "Luces que avisan", "2 iniciativas")
		for _, c := range []struct{ filter, shows, hides string }{
			{"eje=ciudad-inteligente", "Luces", "Aulas"}, {"eje=educacion-siglo-xxi", "Aulas", "Luces"}, {"lugar=comuna-5", "Luces", "Aulas"},
			{"tipo=programa-escolar", "Aulas", "Luces"}, {"lugar=ciudad", "Aulas", "Luces"},
		} {
			href := "/iniciativas?" + c.filter
			if !slices.Contains(links(all, href), href) {
				w.Errorf("no link narrows to %s", c.filter)
			}
			narrowed := page(w, "", href, http.StatusOK)
			expect(w, href, narrowed, c.shows, "!"+c.hides, "1 iniciativa")
			if got := links(narrowed, "/datos/iniciativas?"); len(got) != 3 || !strings.Contains(got[0], c.filter) {
				w.Errorf("%s leaves as %v", c.filter, got)
			}
			both := links(narrowed, "/iniciativas?"+strings.Replace(c.filter, "tipo=", "estado=filed&tipo=", 1))
			if len(both) == 0 {
				w.Errorf("%s cannot be narrowed further", href)
			}
		}
		expect(w, "two filters", page(w, "", "/iniciativas?eje=ciudad-inteligente&tipo=programa-escolar", http.StatusOK), "!Luces que avisan", "!Aulas que emprenden")
		expect(w, "a search", page(w, "", "/iniciativas?q=luces", http.StatusOK), "Luces que avisan", "!Aulas que emprenden", "/datos/iniciativas?formato=csv&q=luces")
	})
}

// The list is read page by page to its end, each initiative once, the filter kept.
func TestAListIsReadToItsEnd(t *testing.T) {
	run(t, func(w *roundtest.World) {
		const many = roundtable.PageSize + 3
		want := map[string]bool{}
		for n := range many {
			want["/iniciativas/"+w.Filed(fmt.Sprint("Programa ", n), nil)] = true
		}
		next, seen := "/iniciativas?eje=educacion-siglo-xxi", 0
		for next != "" {
			body := page(w, "", next, http.StatusOK)
			for _, href := range links(body, "/iniciativas/INI-") {
				if !want[href] {
					w.Errorf("%s stands twice", href)
				}
				delete(want, href)
			}
			seen++
			next = ""
			for _, href := range links(body, "/iniciativas?desde=") {
				next = href
			}
			if next != "" && !strings.Contains(next, "eje=educacion-siglo-xxi") {
				w.Fatalf("the filter is lost in %s", next)
			}
		}
		if len(want) != 0 || seen != 2 {
			w.Errorf("%d pages, never shown: %v", seen, want)
		}
	})
}

func TestAddressesOfListsThatNobodyGaveOut(t *testing.T) {
	run(t, func(w *roundtest.World) {
		number := w.Filed("Aulas que emprenden", nil)
		for _, path := range []string{"/iniciativas?desde=nonsense", "/iniciativas?desde=" + url.QueryEscape("' OR 1=1"), "/ejes/ciudad-inteligente?desde=x",
			"/iniciativas/" + number + "/historia?desde=x", "/iniciativas?eje=nada", "/iniciativas?estado=nada", "/iniciativas?paso=7", "/iniciativas?lugar=luna",
			"/iniciativas?q=aulas&eje=nada", "/ejes/nada", "/iniciativas/INI-1999-0001"} {
			page(w, "", path, http.StatusNotFound)
		}
		page(w, "", "/iniciativas?estado=withdrawn", http.StatusOK) // none is, but some could be
	})
}

func TestMarkupOfPeopleIsText(t *testing.T) {
	run(t, func(w *roundtest.World) {
		const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>`
		number := w.Filed(evil, func(d *roundtable.Dossier) { d.Line, d.Change, d.Problem = evil, evil, evil })
		w.Must(w.Roundtable.Ask(w.As(roundtest.Citizen), number, evil+" ¿de verdad?"))
		for _, path := range []string{"/iniciativas", "/iniciativas?q=script", "/iniciativas/tablero", "/ejes/educacion-siglo-xxi", "/iniciativas/" + number, "/iniciativas/" + number + "/historia"} {
			raw := w.Get("", path).Body.String()
			if strings.Contains(raw, "<script>alert") || strings.Contains(raw, "<img src=x") {
				w.Errorf("%s runs what somebody wrote", path)
			}
			if !strings.Contains(raw, "&lt;script&gt;") {
				w.Errorf("%s loses what somebody wrote", path)
			}
		}
	})
}

// What has joined another says which by its title, and an exception says why.
func TestNoticesSayWhy(t *testing.T) {
	run(t, func(w *roundtest.World) {
		number := w.Filed("Aulas que emprenden", nil)
		joined := w.Draft("Aulas parecidas", nil)
		w.Must(w.Roundtable.JoinInto(w.As(roundtest.Proposer), joined, number))
		body := page(w, roundtest.Proposer, "/iniciativas/"+joined, http.StatusOK)
		expect(w, "what joined", body, "Sigue dentro de otra iniciativa", "Aulas que emprenden")
		const why = "La obra empieza mañana y la licitación vence."
		w.Must(w.Roundtable.Overrule(w.As("jefe-de-gabinete"), number, why))
		for n := range 5 { // whatever happens afterwards
			w.Must(w.Roundtable.Ask(w.As(roundtest.Citizen), number, fmt.Sprint("¿Cuándo empieza, pregunta ", n, "?")))
		}
		body = page(w, "", "/iniciativas/"+number, http.StatusOK)
		notice, _, _ := strings.Cut(body, "<h2")
		expect(w, "the exception", notice, why)
		expect(w, "its steps", body, "no llegó a firmarlo", "!En curso")
		v, err := w.Roundtable.View(w.As(), number)
		w.Must(err)
		if v.Initiative.Exception != why {
			w.Errorf("the row says %q", v.Initiative.Exception)
		}
	})
}

// A question that was taken out of sight leaves its reason, not its words.
func TestHiddenQuestionsShowTheirReason(t *testing.T) {
	run(t, func(w *roundtest.World) {
		number := w.Filed("Aulas que emprenden", nil)
		w.Must(w.Roundtable.Ask(w.As(roundtest.Citizen), number, "¿Por qué Fulano de Tal cobra dos sueldos?"))
		v, err := w.Roundtable.View(w.As(), number)
		w.Must(err)
		w.Must(w.Roundtable.HideQuestion(w.As(roundtest.Coordinator), number, v.Questions[0].ID, "Nombra a un particular."))
		for _, post := range []string{"", roundtest.Citizen, roundtest.Proposer} {
			for _, path := range []string{"/iniciativas/" + number, "/iniciativas/" + number + "/historia"} {
				expect(w, path, page(w, post, path, http.StatusOK), "!Fulano", "Nombra a un particular.")
			}
		}
	})
}

// What is in preparation is for officials: for everybody else it is on no page.
func TestDraftsAreOnNoPage(t *testing.T) {
	run(t, func(w *roundtest.World) {
		w.Filed("Luces que avisan", nil)
		draft := w.Draft("Plan reservado de huertas", smart)
		for _, post := range []string{"", roundtest.Citizen} {
			for _, path := range []string{"/iniciativas", "/iniciativas?q=huertas", "/iniciativas?eje=ciudad-inteligente", "/iniciativas?lugar=comuna-5",
				"/iniciativas/tablero", "/iniciativas/mapa", "/ejes", "/ejes/ciudad-inteligente"} {
				expect(w, path, page(w, post, path, http.StatusOK), "!huertas reservad", "!Plan reservado", "!"+draft)
			}
			page(w, post, "/iniciativas/"+draft, http.StatusNotFound)
			page(w, post, "/iniciativas/"+draft+"/historia", http.StatusNotFound)
			page(w, post, "/iniciativas/preparacion", http.StatusForbidden)
		}
		expect(w, "officials", page(w, roundtest.Coordinator, "/iniciativas/preparacion", http.StatusOK), "Plan reservado", "!Luces que avisan")
		expect(w, "officials", page(w, roundtest.Coordinator, "/iniciativas/"+draft, http.StatusOK), "Plan reservado")
	})
}

// An initiative that came of an idea says so among its facts, and leads there.
func TestWhatAnInitiativeCameOf(t *testing.T) {
	idea, other := event.Subject{Kind: "idea", ID: "i1"}, event.Subject{Kind: "idea", ID: "gone"}
	name := func(_ context.Context, s event.Subject) (ui.Link, bool) {
		return ui.Link{Href: "/ideas/IDEA-2026-00007", Text: "IDEA-2026-00007 · Bancos con sombra"}, s == idea
	}
	roundtest.Run(t, func(w *roundtest.World) {
		w.Serve(func(m *web.Mux) {
			pages.New(w.Roundtable, w.Charters, w.People, pages.Slots{Origin: name}).Routes(m)
		})
		thought := roundtable.Thought{Title: "Sombra en las plazas", Line: "Bancos con sombra en cada plaza."}
		i, err := w.Roundtable.ProposeFrom(w.As(roundtest.Proposer), thought, idea, other)
		w.Must(err)
		expect(w, "what came of an idea", page(w, roundtest.Proposer, "/iniciativas/"+i.Number, http.StatusOK),
			"Nació de", `<a href="/ideas/IDEA-2026-00007">IDEA-2026-00007 · Bancos con sombra</a>`)
		expect(w, "what did not", page(w, roundtest.Proposer, "/iniciativas/"+w.Draft("Aulas que emprenden", nil), http.StatusOK), "!Nació de")
	})
}

// Acts of other modules on an initiative stand in its history, told by those who
// know them, and no page asks in a circle for what nobody tells.
func TestWhatOthersDidToAnInitiative(t *testing.T) {
	roundtest.Run(t, func(w *roundtest.World) {
		var p *pages.Pages
		tell := func(ctx context.Context, e event.Event) (ui.Moment, bool) {
			if e.Kind == "other.done" {
				return ui.Moment{Title: "Cultura aceptó ejecutarla", When: "hoy"}, true
			}
			return p.Moment(ctx, w.City, e, "Academia") // as the program does with what it does not know
		}
		w.Serve(func(m *web.Mux) {
			p = pages.New(w.Roundtable, w.Charters, w.People, pages.Slots{Tell: tell})
			p.Routes(m)
		})
		number := w.Filed("Academia", nil)
		v, err := w.Roundtable.View(w.As(), number)
		w.Must(err)
		w.Must(w.DB.Write(w.As(), func(ctx context.Context) error {
			for _, kind := range []string{"other.done", "other.unheard"} {
				if _, err := event.New(w.DB).Append(ctx, event.Event{Kind: kind, Subject: v.Initiative.Subject(), Public: true}); err != nil {
					return err
				}
			}
			return nil
		}))
		for _, path := range []string{"/iniciativas/" + number, "/iniciativas/" + number + "/historia"} {
			expect(w, path, page(w, "", path, http.StatusOK), "Cultura aceptó ejecutarla", "!other.unheard")
		}
	})
}

// The places of an initiative stand in one row, in the order of their numbers.
func TestPlacesStandInOrder(t *testing.T) {
	run(t, func(w *roundtest.World) {
		number := w.Filed("Luces que avisan", func(d *roundtable.Dossier) {
			d.Territories = []string{"comuna-1", "comuna-12", "comuna-15", "comuna-4"}
		})
		body := page(w, "", "/iniciativas/"+number, http.StatusOK)
		if n := strings.Count(body, "<dt>Dónde</dt>"); n != 1 {
			w.Errorf("%d rows say where", n)
		}
		_, row, _ := strings.Cut(body, "<dt>Dónde</dt>")
		row, _, _ = strings.Cut(row, "</dd>")
		if got := regexp.MustCompile(`Comuna \d+`).FindAllString(row, -1); !slices.Equal(got, []string{"Comuna 1", "Comuna 4", "Comuna 12", "Comuna 15"}) {
			w.Errorf("the places are %v", got)
		}
	})
}

// What narrows a search keeps its words and counts what they found; words that
// are the name of a place or a body lead to what is filed under it.
func TestASearchIsNarrowed(t *testing.T) {
	run(t, func(w *roundtest.World) {
		w.Filed("Aulas que emprenden", nil)
		w.Filed("Luces que avisan", smart)
		w.Filed("Luces en el aula", nil)
		body := page(w, "", "/iniciativas?q=luces", http.StatusOK)
		expect(w, "a search", body, "2 iniciativas con «luces»")
		for _, href := range links(body, "/iniciativas?") {
			if !strings.Contains(href, "q=luces") {
				w.Errorf("%s throws the words away", href)
			}
		}
		_, choice, _ := strings.Cut(body, `href="/iniciativas?eje=educacion-siglo-xxi&q=luces"`)
		choice, _, _ = strings.Cut(choice, "</li>")
		expect(w, "the axis of one of the two", choice, ">1<")
		expect(w, "a search that finds one", page(w, "", "/iniciativas?q=luces&eje=ciudad-inteligente", http.StatusOK), "1 iniciativa con «luces»",
			`href="/iniciativas?q=luces"`)
		expect(w, "the name of a place", page(w, "", "/iniciativas?q=COMUNA+5", http.StatusOK), "¿Buscás lo de Comuna 5?", `href="/iniciativas?lugar=comuna-5"`)
		expect(w, "a place without any", page(w, "", "/iniciativas?q=comuna+8", http.StatusOK), "!¿Buscás lo de", "0 iniciativas con")
	})
}
