package pages_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"ronda/city/ideas"
	"ronda/platform/web"
)

// What a visitor writes is saved without an account, waits through signing in,
// and is sent with one more tap.
func TestADraftWaitsThroughSigningIn(t *testing.T) {
	w := newWorld(t)
	v := w.visitor("")
	first := v.post("/ideas/borrador", "title", "Que el camión avise", "text", "")
	first.wants(t, "autosave", 200, "Guardado a las 10:40")
	draft, version := first.value("draft"), first.value("version")
	second := v.post("/ideas/borrador", "draft", draft, "version", version, "title", "Que el camión avise", "text", "Un mensaje")
	second.wants(t, "autosave again", 200)
	if second.value("draft") != draft || second.value("version") == version {
		t.Errorf("draft %q version %q after %q version %q", second.value("draft"), second.value("version"), draft, version)
	}
	sent := v.post("/ideas/nueva", "draft", draft, "version", second.value("version"), "title", "Que el camión avise", "text", words)
	sent.leads(t, "sent without an account", "/ingresar?volver=", "enter_to_send")
	back, err := url.Parse(sent.to)
	w.must(err)
	v.who = "newcomer"
	page := v.get(back.Query().Get("volver"))
	page.wants(t, "after signing in", 200, "Ya ingresaste: falta un toque", words)
	done := v.post("/ideas/nueva", "draft", page.value("draft"), "version", page.value("version"), "title", "Que el camión avise", "text", words)
	done.leads(t, "sent", "/ideas/IDEA-2026-00001", "held")
	w.visitor("beto").get("/ideas/nueva?borrador="+draft).leads(t, "somebody else's draft", "/mis-ideas", "draft_gone")
}

// A form that is sent twice makes one idea, whether or not it was saved before.
func TestAFormSentTwiceIsOneIdea(t *testing.T) {
	w := newWorld(t)
	v := w.visitor("ana")
	draft := v.post("/ideas/borrador", "title", "Composteras en las plazas").value("draft")
	pairs := []string{"draft", draft, "version", "1", "title", "Composteras en las plazas", "text", words}
	one := v.post("/ideas/nueva", pairs...)
	two := v.post("/ideas/nueva", pairs...)
	if one.to != two.to || one.status != http.StatusSeeOther {
		t.Errorf("sent twice: %q and %q", one.to, two.to)
	}
	bare := []string{"title", "Un reloj en la esquina", "text", words}
	if one, two := v.post("/ideas/nueva", bare...), v.post("/ideas/nueva", bare...); one.to != two.to {
		t.Errorf("an unsaved form sent twice: %q and %q", one.to, two.to)
	}
	mine, _, err := w.ideas.Mine(w.as("ana"), "")
	w.must(err)
	if len(mine) != 2 {
		t.Errorf("%d ideas, want 2", len(mine))
	}
}

// Whatever is wrong, what was typed stays.
func TestNothingTypedIsLost(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("Una plaza más verde. ", 5000)
	for _, x := range []struct{ name, who, title, text, says string }{
		{"no title", "ana", "", words, "Falta completar este dato"},
		{"no text", "ana", "Plazas", "", "Falta completar este dato"},
		{"a text of 100 kB", "ana", "Plazas", long, "Es demasiado largo"},
		{"a link of a newcomer", "newcomer", "Plazas", words + " https://spam.test", "ideas.fault.link"},
		{"a script", "newcomer", "Plazas", words + " <script>alert(1)</script>", "ideas.fault.markup"},
	} {
		a := w.send(x.who, x.title, x.text+" ")
		if x.text == "" {
			a = w.visitor(x.who).post("/ideas/nueva", "title", x.title, "text", "")
		}
		says := x.says
		if strings.HasPrefix(says, "ideas.") {
			says = w.words.Text("es", says)
		}
		a.wants(t, x.name, http.StatusUnprocessableEntity, says, strings.TrimSpace(x.text), x.title)
		if strings.Contains(a.raw, "<script>alert") {
			t.Errorf("%s: the page carries the script", x.name)
		}
	}
}

// Texts from everywhere are shown as they are, never as markup.
func TestHostileTextsAreOnlyText(t *testing.T) {
	w := newWorld(t)
	title := "💡 شارع أنظف \u202e 👩🏽‍🌾"
	number := w.published("ana", title, "")
	for _, path := range []string{"/ideas", "/ideas/" + number, "/ideas.atom", "/ideas?q=" + url.QueryEscape("شارع")} {
		w.visitor("").get(path).wants(t, path, 200, "شارع أنظف")
	}
	for _, path := range []string{"/ideas?q=" + url.QueryEscape(`"><script>alert(1)</script>`), "/ideas/nueva?titulo=" + url.QueryEscape(`"><img src=x onerror=alert(1)>`), "/ideas?lugar=%3Cscript%3E"} {
		a := w.visitor("").get(path)
		if strings.Contains(a.raw, "<script>alert") || strings.Contains(a.raw, "<img src=x") {
			t.Errorf("%s carries markup of the address", path)
		}
	}
}

// Two tabs on one draft: the second to save sees both texts, and may save again.
func TestTwoTabsLoseNothing(t *testing.T) {
	w := newWorld(t)
	v := w.visitor("ana")
	draft := v.post("/ideas/borrador", "title", "Composteras").value("draft")
	v.post("/ideas/nueva", "save", "yes", "draft", draft, "version", "1", "title", "Composteras de la primera").leads(t, "first tab", "/ideas/nueva?borrador="+draft, "saved")
	a := v.post("/ideas/nueva", "save", "yes", "draft", draft, "version", "1", "title", "Composteras de la segunda")
	a.wants(t, "second tab", http.StatusConflict, "Hay dos versiones", "Composteras de la primera", "Composteras de la segunda")
	v.post("/ideas/borrador", "draft", draft, "version", "1", "title", "Otra").wants(t, "autosave of a tab left behind", 200, "otra pestaña", `name="version" value="1"`)
	v.post("/ideas/nueva", "save", "yes", "draft", draft, "version", a.value("version"), "title", "Composteras de la segunda").leads(t, "saved knowingly", "/ideas/nueva?borrador=", "saved")
	v.get("/ideas/nueva?borrador="+draft).wants(t, "what is kept", 200, "Composteras de la segunda")
}

// An edit of a sent idea that meets another one shows both texts.
func TestAnEditThatCameLateShowsBothTexts(t *testing.T) {
	w := newWorld(t)
	number := w.published("ana", "Composteras en cada plaza", "")
	v, path := w.visitor("ana"), "/ideas/"+number+"/editar"
	form := v.get(path)
	edit := func(title string) answer {
		return v.post(path, "version", form.value("version"), "title", title, "text", words, "place", "flores")
	}
	edit("Composteras, primero").leads(t, "edited", "/ideas/"+number, "edited")
	edit("Composteras, segundo").wants(t, "edited late", http.StatusConflict, "Composteras, primero", "Composteras, segundo", "Hay dos versiones")
	v.get("/ideas/"+number+"/versiones").wants(t, "versions", 200, "Composteras, primero", "Composteras en cada plaza")
}

// While a title is typed, ideas like it can be supported or asked to be a family.
func TestSimilarIdeasWhileTyping(t *testing.T) {
	w := newWorld(t)
	c := w.open(nil)
	number := w.published("ana", "Composteras en cada plaza del barrio", c.ID)
	w.published("beto", "Un reloj en la esquina", "")
	v := w.visitor("beto")
	v.get("/ideas/parecidas?title="+url.QueryEscape("composteras en las plazas")).wants(t, "typing", 200, "Composteras en cada plaza del barrio", "Apoyar esta", "!<html")
	v.get("/ideas/parecidas?title=co&desafio="+c.Number).wants(t, "hardly anything typed", 200, "!Apoyar")
	v.get("/ideas/parecidas?title=composteras&desafio=DES-1").wants(t, "a challenge that is none", http.StatusNotFound)
	v.post("/ideas/nueva", "title", "composteras", "support", number).leads(t, "support that one", "/ideas/"+number, "supported")
	v.post("/desafios/"+c.Number+"/idea", "challenge", c.Number, "title", "Composteras en los patios", "text", words, "kin", number).leads(t, "ask to be a family", "/ideas/IDEA-", "sent_family")
	w.visitor("ana").get("/mis-ideas").wants(t, "what ana is asked", 200, "¿Son de la misma familia?", "Composteras en los patios")
	w.visitor("newcomer").post("/desafios/"+c.Number+"/idea", "challenge", c.Number, "title", "Composteras en la escuela", "text", words, "kin", number).
		leads(t, "a family of what is held", "/ideas/IDEA-", "held_family")
}

// Pictures go with the draft, can be taken off, and are served so that no browser
// runs them.
func TestPicturesOfADraft(t *testing.T) {
	w := newWorld(t)
	v := w.visitor("")
	a := v.upload("/ideas/nueva", picture(), "title", "Plazas", "save", "yes")
	a.leads(t, "uploaded", "/ideas/nueva?borrador=", "saved")
	page := v.get(a.to)
	page.wants(t, "with its picture", 200, "/imagenes/", "Quitar")
	id := page.raw[strings.Index(page.raw, "/imagenes/"):]
	id = id[:strings.Index(id, `"`)]
	img := v.get(id)
	if img.status != 200 || img.header.Get("Content-Type") != "image/jpeg" || !strings.Contains(img.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("picture: %d %v", img.status, img.header)
	}
	w.visitor("beto").get(id).wants(t, "somebody else's picture", http.StatusNotFound)
	v.upload("/ideas/nueva", []byte("<svg onload=alert(1)>"), "draft", page.value("draft"), "version", page.value("version"), "title", "Plazas con flores", "save", "yes").
		wants(t, "no picture at all", http.StatusUnprocessableEntity, "Plazas con flores")
	page = v.get(a.to)
	v.upload("/ideas/nueva", make([]byte, web.FileMax+1), "draft", page.value("draft"), "version", page.value("version"), "title", "Plazas con árboles", "save", "yes").
		wants(t, "too large a picture", http.StatusUnprocessableEntity, "Plazas con árboles", "demasiado grande")
	page = v.get(a.to)
	v.post("/ideas/nueva", "draft", page.value("draft"), "version", page.value("version"), "title", "Plazas", "drop", strings.TrimPrefix(id, "/imagenes/")).leads(t, "taken off", "/ideas/nueva", "saved")
	v.get(a.to).wants(t, "without it", 200, "!/imagenes/")
}

// A form that no browser of ours sends does no harm.
func TestFormsThatAreNone(t *testing.T) {
	w := newWorld(t)
	v := w.visitor("ana")
	cut := httptest.NewRequest(http.MethodPost, "/ideas/nueva", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nPla"))
	cut.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	v.do(cut).wants(t, "cut off", http.StatusUnprocessableEntity)
	v.post("/ideas/nueva", "draft", "x", "version", "uno", "title", "Plazas").leads(t, "a draft that is none", "/mis-ideas", "draft_gone")
	v.post("/ideas/nueva", "challenge", "DES-9", "title", "Plazas", "text", words).wants(t, "a challenge that is none", http.StatusNotFound)
	v.post("/ideas/nueva", "title", "Plazas", "text", words, "place", "atlantis").wants(t, "a place that is none", http.StatusUnprocessableEntity, words)
	v.post("/ideas/borrador", "title", strings.Repeat("x", ideas.TitleMax+1)).wants(t, "an autosave that is too long", 200, "Es demasiado largo", `name="version"`)
	v.post("/mis-ideas", "drop", "x").wants(t, "dropping what is none", http.StatusNotFound)
}
