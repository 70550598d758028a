package office_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func TestAThoughtIsNotedInOnePage(t *testing.T) {
	w := newWorld(t)
	a := w.post("ministro-cultura", "/iniciativas/nueva", "title", " Bicis  que reparten libros ", "line", "Libros que van en bici.")
	a.sent(t, "a new thought", "/iniciativas/INI-2026-0001", "proposed")
	v, err := w.rt.View(w.ctx(planning), "INI-2026-0001")
	if err != nil || v.Initiative.Title != "Bicis que reparten libros" || v.Initiative.State != "idea" {
		t.Errorf("it is kept as %q, %s, %v", v.Initiative.Title, v.Initiative.State, err)
	}
	w.post(sponsor, "/iniciativas/nueva", "title", "Compost en cada plaza", "line", "Restos de comida que abonan.", "sponsor", "dg-reciclado").
		sent(t, "a thought taken up at once", "/iniciativas/INI-2026-0002", "proposed")
	if v, _ := w.rt.View(w.ctx(planning), "INI-2026-0002"); v.Initiative.State != "draft" || v.Initiative.Sponsor != "dg-reciclado" {
		t.Errorf("it is %s of %q", v.Initiative.State, v.Initiative.Sponsor)
	}
	w.post(sponsor, "/iniciativas/nueva", "title", "Otra", "line", "Otra cosa.", "sponsor", "dg-empleo").wants(t, "for a body of others", http.StatusForbidden)
}

func TestARefusedThoughtKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("más ", 80)
	w.post(sponsor, "/iniciativas/nueva", "title", "", "line", long, "sponsor", "dg-reciclado").wants(t, "no title, a long line", http.StatusUnprocessableEntity,
		"Error: Anotá una idea", "Falta completar este dato", "Es demasiado largo", long, `value="dg-reciclado" checked`)
}

// A thought much like another: the page shows it and takes either a reason or
// the other one.
func TestASimilarThoughtJoinsOrSaysWhyNot(t *testing.T) {
	w := newWorld(t)
	other := w.idea("director-empleo", "Compost en cada plaza")
	thought := []string{"title", "Compost en cada plaza del barrio", "line", "Una línea sobre eso."}
	w.post(sponsor, "/iniciativas/nueva", thought...).wants(t, "a similar one", http.StatusUnprocessableEntity,
		"Se parece mucho a «Compost en cada plaza»", "En qué es distinta", `name="join" value="`+other+`"`, "Compost en cada plaza del barrio")
	w.post(sponsor, "/iniciativas/nueva", append(thought, "why_new", "corto")...).wants(t, "a poor reason", http.StatusUnprocessableEntity, "corto")
	w.post(sponsor, "/iniciativas/nueva", append(thought, "join", other)...).sent(t, "joining", "/iniciativas/"+other, "joined")

	v, err := w.rt.View(w.ctx("director-empleo"), other)
	if err != nil || len(v.Comments) != 1 || v.Comments[0].Text != "Compost en cada plaza del barrio\nUna línea sobre eso." {
		t.Errorf("inside the other one stands %+v, %v", v.Comments, err)
	}
	if !slices.Equal(w.followed, []string{v.Initiative.ID}) {
		t.Errorf("whoever joined follows %v", w.followed)
	}
	w.post(sponsor, "/iniciativas/nueva", append(thought, "why_new", "Acá lo llevan los vecinos, no la Ciudad.")...).
		sent(t, "saying why not", "/iniciativas/INI-2026-0002", "proposed")
	w.post(sponsor, "/iniciativas/nueva", append(thought, "join", "INI-1999-0007")...).wants(t, "joining one that is not there", http.StatusNotFound)
}

func TestTheThoughtComesBackUntilItIsSent(t *testing.T) {
	w := newWorld(t)
	w.get(sponsor, "/iniciativas/nueva").wants(t, "fresh", http.StatusOK, "!Seguís donde habías dejado")
	a := w.post(sponsor, "/iniciativas/nueva/borrador", "title", "Compost en ca", "line", "", "join", "INI-2026-0001")
	a.wants(t, "autosave", http.StatusOK, "Guardado a las 10:40", "!<html")
	w.get(sponsor, "/iniciativas/nueva").wants(t, "later", http.StatusOK, "Seguís donde habías dejado", `value="Compost en ca"`)
	w.get(planning, "/iniciativas/nueva").wants(t, "somebody else", http.StatusOK, "!Compost en ca")
	w.post(sponsor, "/iniciativas/nueva", "title", "Compost en casa", "line", "En cada casa.").sent(t, "sent", "/iniciativas/INI-2026-0001", "proposed")
	w.get(sponsor, "/iniciativas/nueva").wants(t, "afterwards", http.StatusOK, "!Seguís donde")

	w.post(sponsor, "/iniciativas/nueva/borrador", "title", "Otra")
	if a := w.post(sponsor, "/iniciativas/nueva/descartar"); a.status != http.StatusSeeOther {
		t.Fatalf("discarding: %d", a.status)
	}
	w.get(sponsor, "/iniciativas/nueva").wants(t, "discarded", http.StatusOK, "!Seguís donde", "!Otra")
	w.post("", "/iniciativas/nueva/borrador", "title", "x").wants(t, "autosave of nobody", http.StatusForbidden)
	w.post(citizen, "/iniciativas/nueva/borrador", "title", "x").wants(t, "autosave of a citizen", http.StatusForbidden)
}

// While the title is typed the page asks for what is alike and gets a part of a
// page.
func TestSimilarOnesShowWhileTyping(t *testing.T) {
	w := newWorld(t)
	w.idea("director-empleo", "Compost en cada plaza")
	r := httptest.NewRequest(http.MethodGet, "/iniciativas/parecidas?title=Compost+en+cada+pl", nil)
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Target", "div#f-title-live")
	w.do(sponsor, r).wants(t, "typing", http.StatusOK, "Compost en cada plaza", "Sumarme a esta", "!<html")
	w.get(sponsor, "/iniciativas/parecidas?title=").wants(t, "nothing typed", http.StatusOK, "!Sumarme")
	w.get(sponsor, "/iniciativas/parecidas?title=Trenes+a+vapor").wants(t, "nothing alike", http.StatusOK, "!Sumarme")
}

func TestMarkupInTextsIsShownAsText(t *testing.T) {
	w := newWorld(t)
	const evil = `<script>alert("x")</script><img src=x onerror=alert(1)>`
	number := w.filed("Compost en cada plaza")
	w.proved(number, "efectividad")
	w.must(w.rt.Ask(w.ctx(citizen), number, "¿Qué es "+evil+"?"))
	w.must(w.rt.ReturnStep(w.ctx(planning), number, "efectividad", "No se entiende "+evil))
	w.must(w.rt.Resubmit(w.ctx(sponsor), number, "efectividad", "Ahora sí "+evil))
	v, _ := w.rt.View(w.ctx(sponsor), number)
	for _, a := range []answer{
		w.post(sponsor, "/iniciativas/nueva", "title", evil, "line", ""),
		w.get(sponsor, "/iniciativas/"+number+"/responder/"+v.Questions[0].ID),
		w.get("", "/iniciativas/"+number+"/pasos/efectividad"),
		w.post(sponsor, "/iniciativas/"+number+"/pasos/efectividad/evidencia", "item", "metas", "kind", "note", "text", evil, "day", ""+evil),
		w.post(sponsor, "/iniciativas/"+number+"/expediente", "title", evil, "problem", evil, "people-0", evil, "group-0", evil, "url-0", "javascript:alert(1)", "label-0", evil),
	} {
		if strings.Contains(a.raw, "<script>alert") || strings.Contains(a.raw, "<img") || strings.Contains(a.raw, `href="javascript:`) || a.status == http.StatusSeeOther {
			t.Errorf("status %d, markup of a visitor stands in the page: %s", a.status, a.told())
		}
		if !strings.Contains(a.body, evil) {
			t.Errorf("what was typed is gone: %s", a.told())
		}
	}
}
