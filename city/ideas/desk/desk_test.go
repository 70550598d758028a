package desk_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ronda/city/ideas"
	"ronda/city/ideas/desk"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
)

const base = "/mi-escritorio/ideas"

func TestAChallengeGoesFromDraftToOpen(t *testing.T) {
	w := newWorld(t)
	w.get(head, base+"/desafios/nuevo").wants(t, "the form", http.StatusOK, "La pregunta", "Suma: 100 de 100", "Muy poco, Poco, Algo, Bastante, Mucho")
	w.post(head, base+"/desafios/nuevo", rules("weight-1", "30")...).wants(t, "weights of 90", http.StatusUnprocessableEntity, "tienen que sumar 100", "Suma: 90 de 100", "Plazas con sombra", "Cualquiera puede proponer.")
	w.post(head, base+"/desafios/nuevo", rules("opens", "mañana", "words-1", "sí, no", "budget", "mucho")...).wants(t, "three wrong fields", http.StatusUnprocessableEntity,
		"Poné día y hora", "cinco palabras", "Poné un monto", `value="mucho"`)
	w.post(head, base+"/desafios/nuevo", rules()...).sent(t, "a draft", base+"/desafios/DES-2026-0001", "drafted")
	const path = base + "/desafios/DES-2026-0001"
	page := w.get(head, path)
	page.wants(t, "the draft", http.StatusOK, "Borrador", "¿Cómo damos sombra a las plazas?", "Impacto: 60 %", "1 nada · 2 poco", "25 abr 2026, 18:00", "Abrir el desafío", "!Huella")
	w.get(head, path+"/editar").wants(t, "the form again", http.StatusOK, `value="2026-04-25T18:00"`, `name="version" value="1"`, `name="code-0" value="impacto"`)
	w.post(head, path+"/editar", rules("version", "1", "title", "Más sombra")...).sent(t, "an edit", path, "saved")
	w.post(head, path+"/editar", rules("version", "1", "title", "Otra sombra")...).wants(t, "an edit of an old version", http.StatusConflict, "Otra sombra")
	w.get(head, base+"/desafios").wants(t, "the list", http.StatusOK, "Más sombra", "Borradores")
	w.get(head, path+"/abrir").wants(t, "confirming", http.StatusOK, "Firmar y abrir", "Impacto: 60 %")
	w.post(head, path+"/abrir").sent(t, "opening", path, "open")
	c, err := w.ideas.Challenge(w.ctx(""), "DES-2026-0001")
	w.must(err)
	w.get(head, path).wants(t, "open", http.StatusOK, "Abierto", c.RulesHash, "Cambiar las reglas", "!Editar el borrador")
	w.post(head, path+"/editar", rules("version", "3")...).wants(t, "editing what is frozen", http.StatusConflict)
}

func TestPublicRulesChangeOnlyWithAReason(t *testing.T) {
	w := newWorld(t)
	w.post(head, base+"/desafios/nuevo", rules()...)
	const path = base + "/desafios/DES-2026-0001"
	w.post(head, path+"/abrir").sent(t, "opening", path, "open")
	w.post(head, path+"/reglas", rules("prize", "Un árbol")...).wants(t, "no reason", http.StatusUnprocessableEntity, "Falta completar", "Un árbol")
	w.post(head, path+"/reglas", rules("prize", "Un árbol", "reason", "Conseguimos un premio para quien gane.")...).sent(t, "changed", path, "saved")
	w.get(head, path).wants(t, "versions", http.StatusOK, "Versión 2", "Conseguimos un premio para quien gane.", "Un árbol")
	w.post(head, path+"/etapa").wants(t, "closing early without a reason", http.StatusUnprocessableEntity)
	w.post(head, path+"/etapa", "reason", "Ya llegaron todas las que esperábamos.").sent(t, "closing early", path, "advance")
	w.get(head, path).wants(t, "evaluating", http.StatusOK, "En evaluación", "Publicar el resultado")
	w.post(head, path+"/cancelar", "reason", "Se quedó sin presupuesto este año.").sent(t, "cancelling", path, "cancel")
	w.get(head, path).wants(t, "cancelled", http.StatusOK, "Cancelado", "!Pasar de etapa")
}

func TestJurorsAreFoundByName(t *testing.T) {
	w := newWorld(t)
	a := w.post(head, base+"/desafios/nuevo", rules("jury_search", "coordinador", "find", "true")...)
	a.wants(t, "searching", http.StatusOK, "Persona de coordinador-mesa", `value="`+w.persons[mod]+`"`, "Plazas con sombra", "!Persona de citizen")
	w.post(head, base+"/desafios/nuevo", rules("jury", w.persons[mod], "method", "jury")...).sent(t, "with a jury", base+"/desafios/DES-2026-0001", "drafted")
	w.get(head, base+"/desafios/DES-2026-0001").wants(t, "the draft", http.StatusOK, "Persona de coordinador-mesa")
}

// A jury is not only of officials; but nobody reads through the names of citizens.
func TestNeighboursAreJurorsByTheWholeAddress(t *testing.T) {
	w := newWorld(t)
	box := `value="` + w.persons[citizen] + `"`
	search := func(words string) answer {
		return w.post(head, base+"/desafios/nuevo", rules("jury_search", words, "find", "true")...)
	}
	search("Persona de").wants(t, "by name", http.StatusOK, "!"+box)
	search("otra@example.org").wants(t, "by another address", http.StatusOK, "!"+box)
	search("vecina@example.org").wants(t, "by the address", http.StatusOK, box)
	w.post(head, base+"/desafios/nuevo", rules("jury", w.persons[citizen], "method", "jury")...).sent(t, "with a neighbour", base+"/desafios/DES-2026-0001", "drafted")
}

func TestModeratorsDecideOnManyAtOnce(t *testing.T) {
	w := newWorld(t)
	a, b := w.idea(author, "Árboles en la plaza Irlanda", ""), w.idea(citizen, "Compre relojes baratos", "")
	if a.State != ideas.Held || b.State != ideas.Held {
		t.Fatalf("first ideas are %s and %s", a.State, b.State)
	}
	page := w.get(mod, base+"/moderacion")
	page.wants(t, "the queue", http.StatusOK, "Árboles en la plaza Irlanda", "Plantar árboles nativos", "Primera idea", `id="`+a.Number+`"`)
	matters := regexp.MustCompile(`name="matter" value="([^"]+)"`).FindAllStringSubmatch(page.raw, -1)
	if len(matters) != 2 {
		t.Fatalf("%d matters", len(matters))
	}
	w.post(mod, base+"/moderacion", "verdict", "allow").wants(t, "nothing chosen", http.StatusUnprocessableEntity, "Elegí al menos una")
	w.post(mod, base+"/moderacion", "matter", matters[0][1], "matter", matters[1][1]).wants(t, "no verdict", http.StatusUnprocessableEntity, "Elegí qué hacer", "checked")
	w.post(mod, base+"/moderacion", "matter", matters[0][1], "matter", matters[1][1], "verdict", "remove").wants(t, "no reason", http.StatusUnprocessableEntity, "Falta completar", "checked")
	if v, _ := w.ideas.Idea(w.ctx(mod), a.Number); v.Idea.State != ideas.Held {
		t.Errorf("a refused verdict left it %s", v.Idea.State)
	}
	w.post(mod, base+"/moderacion", "matter", matters[0][1], "verdict", "allow").sent(t, "publishing one", base+"/moderacion", "moderated")
	w.post(mod, base+"/moderacion", "matter", matters[0][1], "verdict", "allow").wants(t, "twice", http.StatusConflict, "ya resolvió")
	w.post(mod, base+"/moderacion", "matter", matters[1][1], "verdict", "remove", "reason", "Es publicidad de un negocio.").sent(t, "hiding one", base+"/moderacion", "moderated")
	w.get(mod, base+"/moderacion").wants(t, "empty", http.StatusOK, "No hay nada para moderar")
	w.must(w.ideas.Report(w.ctx(citizen), a.Number, "", "Dice cosas de otra persona"))
	w.must(w.ideas.Appeal(w.ctx(citizen), b.Number, "No vendo nada, es una feria del barrio."))
	page = w.get(mod, base+"/moderacion")
	page.wants(t, "a report and an appeal", http.StatusOK, "Con avisos", "Dice cosas de otra persona", "Pide revisión", "No vendo nada", "Está oculta por: Es publicidad de un negocio.")
	form := []string{"verdict", "allow", "reason", "Lo miramos y puede quedar."}
	for _, m := range regexp.MustCompile(`name="matter" value="([^"]+)"`).FindAllStringSubmatch(page.raw, -1) {
		form = append(form, "matter", m[1])
	}
	w.post(mod, base+"/moderacion", form...).sent(t, "both at once", base+"/moderacion", "moderated")
	if v, err := w.ideas.Idea(w.ctx(""), b.Number); err != nil || v.Idea.State != ideas.Published {
		t.Errorf("the restored one is %s, %v", v.Idea.State, err)
	}
}

func TestOneTextAnswersManyEachAsItsOwnAct(t *testing.T) {
	w := newWorld(t)
	a := w.published(author, "Árboles en la plaza Irlanda", "Marta de Caballito")
	b := w.published(author, "Bancos en la vereda del hospital", "")
	w.get(head, base+"/respuestas").wants(t, "what we owe", http.StatusOK, "Árboles en la plaza Irlanda", "Responder las elegidas")
	w.post(head, base+"/plantillas", "body", "dg-reciclado", "name", "Gracias", "text", "Hola, {firma}: leímos «{titulo}» y la vamos a estudiar.").
		sent(t, "a template", base+"/plantillas?organismo=dg-reciclado", "template")
	list, err := w.desk.Templates(w.ctx(head), "dg-reciclado")
	if err != nil || len(list) != 1 {
		t.Fatalf("templates %v, %v", list, err)
	}
	q := "?idea=" + a.Number + "&idea=" + b.Number
	w.get(head, base+"/responder"+q+"&plantilla="+list[0].ID).wants(t, "the form", http.StatusOK, "Responder 2 ideas", "Hola, {firma}", "Gracias")
	form := []string{"idea", a.Number, "idea", b.Number, "answer", list[0].Text, "outcome", "answered"}
	w.post(head, base+"/responder", append(form, "look", "true")...).wants(t, "the preview", http.StatusOK, "Hola, Marta de Caballito: leímos «Árboles en la plaza Irlanda»", "Hola, vecina o vecino: leímos «Bancos")
	w.post(head, base+"/responder", "idea", a.Number, "answer", "corto", "outcome", "answered").wants(t, "too short", http.StatusUnprocessableEntity, ">\ncorto</textarea>")
	w.post(head, base+"/responder", form...).sent(t, "answering", base+"/respuestas", "answered")
	for n, want := range map[string]string{a.Number: "Hola, Marta de Caballito: leímos «Árboles en la plaza Irlanda» y la vamos a estudiar.", b.Number: "Hola, vecina o vecino: leímos «Bancos en la vereda del hospital» y la vamos a estudiar."} {
		v, err := w.ideas.Idea(w.ctx(""), n)
		w.must(err)
		if len(v.Replies) != 1 || v.Replies[0].Text != want {
			t.Errorf("%s got %+v", n, v.Replies)
		}
		events, err := w.log.Timeline(w.ctx(""), v.Idea.Subject(), event.Page{Limit: 10})
		if err != nil || events[0].Kind != ideas.EventAnswered || events[0].Text["answer"] != want {
			t.Errorf("%s tells %+v, %v", n, events[0], err)
		}
	}
	w.get(head, base+"/respuestas").wants(t, "afterwards", http.StatusOK, "al día")
}

func TestAnIdeaGetsItsBodyItsCostAndItsInitiative(t *testing.T) {
	w := newWorld(t)
	a := w.published(author, "Árboles en la plaza Irlanda", "")
	path := base + "/" + a.Number
	w.get(head, path).wants(t, "the page", http.StatusOK, "Plantar árboles nativos", "Costo para la votación", "Cambiar quién responde", "Llevarla a la mesa")
	w.post(head, path, "act", "cost", "cost", "1.500,5,0").wants(t, "a poor amount", http.StatusUnprocessableEntity, "Poné un monto", `value="1.500,5,0"`)
	w.post(head, path, "act", "cost", "cost", "1.500.000,50").sent(t, "the cost", path, "cost")
	w.post(head, path, "act", "label", "tags", "plazas, sombra").sent(t, "tags", path, "label")
	w.post(head, path, "act", "assign", "body", "no-such-body").wants(t, "an unknown body", http.StatusUnprocessableEntity)
	w.post(head, path, "act", "burn").wants(t, "an act that is none", http.StatusNotFound)
	if v, _ := w.ideas.Idea(w.ctx(""), a.Number); v.Idea.Cost != 150_000_050 || v.Idea.Tags != "plazas sombra" {
		t.Errorf("it costs %d, tagged %q", v.Idea.Cost, v.Idea.Tags)
	}
	w.get(head, base+"/tomar?idea="+a.Number).wants(t, "taking it up", http.StatusOK, `value="Árboles en la plaza Irlanda"`, "Plantar árboles nativos donde hoy hay cemento.")
	form := []string{"idea", a.Number, "title", "Sombra para la plaza", "line", "Sombra en las plazas.", "body", "dg-reciclado"}
	w.post(head, base+"/tomar", form...).sent(t, "taken up", "/iniciativas/INI-2026-0001/expediente", "takeup")
	w.get(head, path).wants(t, "afterwards", http.StatusOK, "INI-2026-0001", "!Llevarla a la mesa")
	w.post(head, base+"/responder", "idea", a.Number, "answer", "Los árboles ya dan sombra desde mayo.", "outcome", "executed").sent(t, "done", path, "answered")
}

func TestWhoMayDoWhat(t *testing.T) {
	w := newWorld(t)
	w.post(head, base+"/desafios/nuevo", rules()...)
	i := w.published(author, "Árboles en la plaza Irlanda", "")
	const c = base + "/desafios/DES-2026-0001"
	reason := []string{"reason", "Porque sí y nada más."}
	cases := []struct {
		path string
		form []string
		want map[string]int // status by who; 0 is not asked
	}{
		{base, nil, map[string]int{"": 403, citizen: 200, team: 200, head: 200}},
		{base + "/desafios", nil, map[string]int{"": 403, citizen: 403, team: 200}},
		{base + "/desafios/nuevo", nil, map[string]int{"": 403, citizen: 403, team: 200}},
		{base + "/desafios/nuevo", rules(), map[string]int{"": 403, citizen: 403, team: 403}},
		{c, nil, map[string]int{"": 404, citizen: 404, team: 404, mod: 404, head: 200}},
		{c + "/editar", nil, map[string]int{"": 404, team: 404, head: 200}},
		{c + "/editar", rules("version", "1"), map[string]int{"": 404, team: 404}},
		{c + "/abrir", nil, map[string]int{"": 404, team: 404, head: 200}},
		{c + "/abrir", reason, map[string]int{"": 404, citizen: 404, team: 404, mod: 404}},
		{c + "/reglas", nil, map[string]int{"": 404, team: 404}},
		{c + "/cancelar", reason, map[string]int{"": 404, citizen: 404, team: 404}},
		{base + "/moderacion", nil, map[string]int{"": 403, citizen: 403, head: 403, mod: 200}},
		{base + "/moderacion", []string{"matter", "x", "verdict", "allow"}, map[string]int{"": 403, citizen: 403, head: 403, mod: 409}},
		{base + "/respuestas", nil, map[string]int{"": 403, citizen: 403, head: 200}},
		{base + "/respuestas?organismo=dg-reciclado", nil, map[string]int{team: 403, head: 200}},
		{base + "/plantillas", nil, map[string]int{"": 403, citizen: 403, head: 200}},
		{base + "/plantillas", []string{"body", "dg-reciclado", "name", "x", "text", "y"}, map[string]int{"": 403, citizen: 403, team: 403}},
		{base + "/plantillas", []string{"body", "dg-reciclado", "drop", "x"}, map[string]int{"": 403, team: 403, head: 409}},
		{base + "/responder?idea=" + i.Number, nil, map[string]int{"": 403, citizen: 403, team: 403, head: 200}},
		{base + "/responder", []string{"idea", i.Number, "answer", "Una respuesta bastante larga.", "outcome", "answered"}, map[string]int{"": 403, citizen: 403, team: 403}},
		{base + "/" + i.Number, nil, map[string]int{"": 403, citizen: 403, head: 200, mod: 200}},
		{base + "/" + i.Number, []string{"act", "cost", "cost", "5"}, map[string]int{"": 403, citizen: 403, team: 403, mod: 403}},
		{base + "/" + i.Number, []string{"act", "assign", "body", "dg-empleo"}, map[string]int{"": 403, citizen: 403, team: 403}},
		{base + "/tomar?idea=" + i.Number, nil, map[string]int{"": 403, citizen: 403, head: 200}},
		{base + "/tomar", []string{"idea", i.Number, "body", "dg-reciclado", "title", "x", "line", "y"}, map[string]int{"": 403, citizen: 403, team: 403}},
		{base + "/IDEA-1999-00001", nil, map[string]int{head: 404}},
	}
	for _, k := range cases {
		for who, want := range k.want {
			a := answer{}
			if k.form == nil {
				a = w.get(who, k.path)
			} else {
				a = w.post(who, k.path, k.form...)
			}
			if a.status != want {
				t.Errorf("%q at %s %v: %d, want %d: %.200s", who, k.path, k.form, a.status, want, a.told())
			}
		}
	}
}

func TestTemplatesAreOfOneBody(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		w := worldOn(t, d)
		w.must(w.desk.KeepTemplate(w.ctx(head), "dg-reciclado", "Gracias", "Gracias, {firma}."))
		w.must(w.desk.KeepTemplate(w.ctx(head), "dg-reciclado", " Gracias ", "Muchas gracias, {firma}."))
		list, err := w.desk.Templates(w.ctx(head), "dg-reciclado")
		if err != nil || len(list) != 1 || list[0].Text != "Muchas gracias, {firma}." {
			t.Fatalf("%+v, %v", list, err)
		}
		if list, err := w.desk.Templates(w.ctx(team), "dg-empleo"); err != nil || len(list) != 0 {
			t.Errorf("another body has %v, %v", list, err)
		}
		if err := w.desk.DropTemplate(w.ctx(team), "dg-empleo", list[0].ID); err == nil {
			t.Error("another body drops it")
		}
		w.must(w.desk.DropTemplate(w.ctx(head), "dg-reciclado", list[0].ID))
	})
}

// What people wrote is text, and the blanks of a template are filled once.
func TestTextsAreNeverMarkup(t *testing.T) {
	w := newWorld(t)
	const evil = `<script>alert("x")</script><b>{titulo}`
	i := w.published(author, "Árboles en la plaza", "")
	if got := desk.Filled(w.ctx(head), "{firma}", ideas.Idea{Signature: evil, Title: "otra"}); got != evil {
		t.Errorf("filled %q", got)
	}
	for _, a := range []answer{
		w.post(head, base+"/responder", "idea", i.Number, "answer", evil+" {firma}", "outcome", "answered", "look", "true"),
		w.post(head, base+"/desafios/nuevo", rules("title", evil, "closes", evil)...),
		w.post(head, base+"/plantillas", "body", "dg-reciclado", "name", evil+strings.Repeat("x", 99), "text", evil),
	} {
		if strings.Contains(a.raw, "<script>alert") || !strings.Contains(a.body, evil) {
			t.Errorf("status %d: %s", a.status, a.told())
		}
	}
}
