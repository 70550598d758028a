package office_test

import (
	"net/http"
	"strings"
	"testing"

	"ronda/city/people"
	"ronda/city/roundtable"
)

// The signer finds what is asked, what shows it and one yellow button on one
// page, and signs with it.
func TestASignerSeesAndSigns(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	path := "/iniciativas/" + number + "/pasos/efectividad"
	w.get(planning, path).wants(t, "before the evidence", http.StatusOK, "Se puede firmar cuando esté lo que falta: 5 cosas", `!>Firmar</button>`)
	w.post(planning, path+"/firmar").wants(t, "signing without evidence", http.StatusUnprocessableEntity, "Falta la prueba", `href="#sign-item-presupuesto"`)

	w.proved(number, "efectividad")
	a := w.get(planning, path)
	a.wants(t, "with the evidence", http.StatusOK, "¿Se puede hacer?", "Está, y así se ve.", "acta.pdf", "Firmás como Director/a General de Planificación",
		"Dirección General de Reciclado", "3 abr 2026", "!Falta la prueba")
	if n := strings.Count(a.raw, `<button class="btn" type="submit">`); n != 1 {
		t.Errorf("the page has %d yellow buttons", n)
	}
	long := strings.Repeat("x", roundtable.ReasonMax+1)
	w.post(planning, path+"/firmar", "note", long).wants(t, "an endless note", http.StatusUnprocessableEntity, long)
	w.post(planning, path+"/firmar", "note", "Con partida confirmada.").sent(t, "signing", path, "sign")
	w.get("", path).wants(t, "for everybody", http.StatusOK, "Firmado", "Con partida confirmada.", "Director/a General de Planificación", "24 mar 2026, 10:40", "!<form")
	w.post(planning, path+"/firmar").wants(t, "signing twice", http.StatusConflict, "Este paso no está para firmar ahora")
	w.get("coordinador-mesa", "/iniciativas/"+number+"/pasos/discusion-interna").wants(t, "the next step", http.StatusOK, "En curso", "Devolver con observaciones")
}

// A step that goes back and forth tells why, to whom has to act and to everybody.
func TestAStepGoesBackAndForth(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	path := "/iniciativas/" + number + "/pasos/efectividad"
	w.proved(number, "efectividad")
	w.post(planning, path+"/devolver", "remarks", "mal").wants(t, "a poor remark", http.StatusUnprocessableEntity, "al menos 10 letras", ">\nmal<", "Firmás como")
	w.post(planning, path+"/devolver", "remarks", "Falta decir quién lo mantiene.").sent(t, "returning", path, "return")
	w.get(sponsor, path).wants(t, "the sponsor", http.StatusOK, "La oficina la devolvió con observaciones", "Falta decir quién lo mantiene.", "Corregí y reenvío")
	w.get("", path).wants(t, "everybody", http.StatusOK, "Devuelto", "Falta decir quién lo mantiene.", "!Corregí y reenvío")
	w.post(sponsor, path+"/reenviar", "answer", "Lo mantiene cada plaza.").sent(t, "sending it back", path, "resend")
	w.post(planning, path+"/firmar").sent(t, "signing", path, "sign")
	w.post(planning, path+"/reabrir", "reason", "Cambió el presupuesto.").sent(t, "re-opening", path, "reopen")
	w.get("", path).wants(t, "the old signature", http.StatusOK, "Firma retirada el 24 mar 2026", "<s>Director/a General de Planificación", "Cambió el presupuesto.", "Lo mantiene cada plaza.")
}

func TestALaterStepIsFlagged(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	w.signed(number, "discusion-interna")
	w.must(w.rt.ReopenStep(w.ctx(planning), number, "efectividad", "Cambió el presupuesto."))
	path := "/iniciativas/" + number + "/pasos/discusion-interna"
	w.get("coordinador-mesa", path).wants(t, "while the first is open", http.StatusOK, "Hay que mirarlo de nuevo", "Reabrir el paso")
	w.must(w.rt.SignStep(w.ctx(planning), number, "efectividad", ""))
	w.get("coordinador-mesa", path).wants(t, "to confirm", http.StatusOK, "Hay que mirarlo de nuevo", "Firmás como Coordinador/a")
	w.get("coordinador-mesa", "/bandeja").wants(t, "the queue", http.StatusOK, "2. Discusión interna · a confirmar")
}

// Each kind of evidence that an item accepts, by its form; and what it refuses.
func TestEvidenceOfEveryKind(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	path := "/iniciativas/" + number + "/pasos/efectividad"
	post := func(pairs ...string) answer { return w.post(sponsor, path+"/evidencia", pairs...) }
	day := "2026-03-20"

	post("item", "metas", "kind", "list", "text", "Composteras; DG Reciclado; abril\nTalleres; escuelas; mayo", "day", day).sent(t, "a list", path+"#sign-item-metas", "evidence")
	post("item", "metas", "kind", "note", "text", "Treinta de cada cien casas.", "day", day).sent(t, "a note", path+"#sign-item-metas", "evidence")
	post("item", "viabilidad", "kind", "link", "url", "https://example.org/ley", "day", day).sent(t, "a link", path+"#sign-item-viabilidad", "evidence")
	post("item", "presupuesto", "kind", "figure", "figure", "1.200.000", "day", day).sent(t, "a figure", path+"#sign-item-presupuesto", "evidence")
	w.upload(sponsor, path+"/evidencia", "plan.pdf", []byte("%PDF-1.7"), "item", "cronograma", "kind", "document", "day", day, "file_public", "true").sent(t, "a document", path+"#sign-item-cronograma", "evidence")
	w.upload(sponsor, path+"/evidencia", "nomina.pdf", []byte("%PDF-1.7"), "item", "equipamiento", "kind", "document", "day", day).sent(t, "a document for officials", path+"#sign-item-equipamiento", "evidence")

	w.get("", path).wants(t, "for everybody", http.StatusOK, "Composteras · DG Reciclado · abril", "Talleres · escuelas · mayo", "Treinta de cada cien casas.", `href="https://example.org/ley"`,
		"1.200.000", "plan.pdf", "!nomina.pdf", "Un documento que solo leen los organismos", "20 mar 2026")
	w.get("ministro-cultura", path).wants(t, "inside", http.StatusOK, "nomina.pdf", "!Quitar")

	refused := []struct {
		what  string
		pairs []string
		says  []string
	}{
		{"a day to come", []string{"item", "metas", "kind", "note", "text", "Algo que escribí.", "day", "2026-03-25"}, []string{"Esa fecha todavía no llegó", "Algo que escribí.", `value="2026-03-25"`}},
		{"no day of the calendar", []string{"item", "metas", "kind", "note", "text", "Algo.", "day", "2026-02-31"}, []string{"fecha que exista"}},
		{"an empty note", []string{"item", "metas", "kind", "note", "text", " ", "day", day}, []string{"Falta completar este dato"}},
		{"an address of another kind", []string{"item", "viabilidad", "kind", "link", "url", "ftp://example.org", "day", day}, []string{"https://", `value="ftp://example.org"`}},
		{"a figure in words", []string{"item", "presupuesto", "kind", "figure", "figure", "mucho", "day", day}, []string{"Escribilo como número", `value="mucho"`}},
		{"a document without a file", []string{"item", "cronograma", "kind", "document", "day", day}, []string{"Elegí un archivo"}},
		{"a kind the item does not take", []string{"item", "metas", "kind", "document", "day", day}, []string{"Elegí uno de los tipos"}},
		{"presence that is only claimed", []string{"item", "metas", "kind", "presence", "day", day}, []string{"Elegí uno de los tipos"}},
	}
	for _, c := range refused {
		post(c.pairs...).wants(t, c.what, http.StatusUnprocessableEntity, c.says...)
	}
	post("item", "otra", "kind", "note", "text", "x", "day", day).wants(t, "an item of no step", http.StatusNotFound)
	w.upload(sponsor, path+"/evidencia", "plan.pdf", []byte("MZ\x90 no PDF"), "item", "cronograma", "kind", "document", "day", day).
		wants(t, "a program that calls itself a document", http.StatusUnprocessableEntity, "su contenido no es lo que dice")
	w.upload(sponsor, path+"/evidencia", "plan.pdf", append([]byte("%PDF-1.7"), make([]byte, 12<<20)...), "item", "cronograma", "kind", "document", "day", day).
		wants(t, "a huge file", http.StatusUnprocessableEntity, "Es demasiado grande: hasta 10 MB")
}

func TestEvidenceGoesWithAReason(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	w.proved(number, "efectividad")
	step, err := w.rt.StepView(w.ctx(sponsor), number, "efectividad")
	w.must(err)
	path := "/iniciativas/" + number + "/pasos/efectividad"
	remove := path + "/evidencia/" + step.Evidence[0].ID + "/quitar"
	w.get("", remove).wants(t, "nobody", http.StatusForbidden)
	w.get("ministro-cultura", remove).wants(t, "another ministry", http.StatusForbidden)
	w.get(sponsor, remove).wants(t, "the page", http.StatusOK, "Quitar una prueba", "Está, y así se ve.")
	w.post(sponsor, remove, "reason", "porque").wants(t, "a poor reason", http.StatusUnprocessableEntity, "porque", "al menos 10 letras")
	w.post(sponsor, remove, "reason", "Era de otra iniciativa.").sent(t, "removing", path, "removed")
	w.get(sponsor, path).wants(t, "afterwards", http.StatusOK, "Falta la prueba")
	w.get(sponsor, remove).wants(t, "removing it again", http.StatusNotFound)
}

// The step that asks for a presence: the Coordination records it, specialists
// are named inside only, and then the step can be signed.
func TestSpecialistsAndPresence(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	w.signed(number, "reunion-colaborativa")
	path := "/iniciativas/" + number + "/pasos/especialistas"
	w.get("coordinador-mesa", path).wants(t, "before", http.StatusOK, "Falta registrar la presencia", "Registrar la presencia", "Se puede firmar cuando esté")
	w.get(planning, path).wants(t, "Planning", http.StatusOK, "!Registrás como", "!Anotar qué dijo")

	said := []string{"name", "Lucía Pereyra", "organisation", "Facultad de Agronomía", "area", "Suelos", "stance", "changes", "text", "Conviene medir el nitrógeno.", "day", "2026-03-20"}
	w.post(planning, path+"/especialista", said...).wants(t, "noted by Planning", http.StatusForbidden)
	w.post(sponsor, path+"/especialista", append([]string{"name", ""}, said[2:]...)...).wants(t, "without a name", http.StatusUnprocessableEntity, "Facultad de Agronomía", `value="changes" checked`)
	w.post(sponsor, path+"/especialista", said...).sent(t, "noting", path, "specialist")
	w.get("ministro-cultura", path).wants(t, "inside", http.StatusOK, "Lucía Pereyra", "Confirma con cambios", "Conviene medir el nitrógeno.")
	w.get("", path).wants(t, "in public", http.StatusOK, "!Lucía Pereyra", "Facultad de Agronomía · Suelos", "Confirma con cambios")

	w.post("analista-planificacion", path+"/asistencia", "note", "Estuvimos en la facultad.").wants(t, "recorded by Planning", http.StatusForbidden)
	w.post("coordinador-mesa", path+"/asistencia", "note", "sí").wants(t, "a poor note", http.StatusUnprocessableEntity, ">\nsí<")
	w.post("coordinador-mesa", path+"/asistencia", "note", "Estuvimos en la facultad.").sent(t, "recording", path, "attend")
	for _, item := range []string{"especialista", "iniciativa-confirmada", "procedimientos-confirmados"} {
		w.must(w.rt.AddEvidence(w.ctx(sponsor), number, roundtable.Evidence{Step: "especialistas", Item: item, Kind: "note", Text: "Está"}))
	}
	w.get("coordinador-mesa", path).wants(t, "below the threshold", http.StatusOK, "Hay 0 y hacen falta 1")
	w.must(w.rt.AddEvidence(w.ctx(sponsor), number, roundtable.Evidence{Step: "especialistas", Item: "especialista", Kind: "figure", Figure: 1}))
	w.post("coordinador-mesa", path+"/firmar").sent(t, "signing", path, "sign")
}

// The form of an act leads back to the step when its address is only read.
func TestAddressesOfFormsLeadToTheirPage(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	for _, form := range []string{"firmar", "devolver", "reenviar", "reabrir", "asistencia", "especialista", "evidencia"} {
		a := w.get("", "/iniciativas/"+number+"/pasos/efectividad/"+form)
		if a.status != http.StatusSeeOther || a.to != "/iniciativas/"+number+"/pasos/efectividad" {
			t.Errorf("%s: status %d to %q", form, a.status, a.to)
		}
	}
}

// A delegate signs in the name of the post, and the page says so.
func TestADelegateSigns(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	w.proved(number, "efectividad")
	_, err := w.people.Delegate(w.ctx(planning), people.DelegationForm{Post: planning, Delegate: w.persons["analista-planificacion"], From: "2026-03-24", Last: "2026-04-24", Reason: "Licencia"})
	w.must(err)
	path := "/iniciativas/" + number + "/pasos/efectividad"
	w.get("analista-planificacion", path).wants(t, "the delegate", http.StatusOK, "Firmás como Director/a General de Planificación", "(por delegación)")
	w.post("analista-planificacion", path+"/firmar").sent(t, "signing", path, "sign")
	w.get("", path).wants(t, "everybody", http.StatusOK, "Director/a General de Planificación y Control de Gestión", "(por delegación)")
}
