package pages_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http/httptest"
	"strconv"
	"testing"

	"ronda/city/roundtable"
	"ronda/platform/event"
)

func itoa(n int) string { return strconv.Itoa(n) }

// send posts a form with a file; without a name there is none.
func (w *world) send(who, path, name, file string, pairs ...string) answer {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		w.must(form.WriteField(pairs[i], pairs[i+1]))
	}
	if name != "" && file != "" {
		field := "file"
		if file[0] == 0xff {
			field = "photos"
		}
		part, err := form.CreateFormFile(field, name)
		w.must(err)
		_, err = part.Write([]byte(file))
		w.must(err)
	}
	w.must(form.Close())
	r := httptest.NewRequest("POST", path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return w.do(who, r)
}

// TestAnInitiativeIsHandedOverAndReported: the proposer asks a ministry, which
// accepts; others take part; reports with photographs say how it goes, and the light
// shows why it is what it is.
func TestAnInitiativeIsHandedOverAndReported(t *testing.T) {
	w := newWorld(t)
	i := w.adopted("Aprendizajes significativos")
	c := w.planned(i.Number)
	to := "/iniciativas/" + i.Number + "/ejecucion"
	w.get("", to).wants(t, "a visitor", ok, "Todavía nadie", "Todavía no hay informes", "Trabajo hecho", "!Pasar la ejecución")
	w.post("", to, "do", "hand_over").leads(t, "a visitor hands over", "/ingresar", "sign_in")
	w.post(citizen, to, "do", "hand_over", "ministry", "min-educacion", "note", "Va todo el pliego").wants(t, "a citizen hands over", refused)
	w.post(director, to, "do", "hand_over", "ministry", "", "note", "Va todo el pliego terminado").wants(t, "to nobody", wrong, "Va todo el pliego terminado")
	w.post(director, to, "do", "hand_over", "ministry", "min-educacion", "note", "Va todo el pliego terminado").leads(t, "handed over", to, "exec_hand_over")
	w.get(minister, to).wants(t, "the ministry", ok, "¿Tu ministerio la ejecuta?", "Va todo el pliego terminado")
	w.post(minister, to, "do", "refuse", "note", "").wants(t, "refused without a reason", wrong, "Aceptar la ejecución")
	w.post(minister, to, "do", "accept", "note", "").leads(t, "accepted", to, "exec_accept")
	w.post(minister, to, "do", "invite", "ministry", "min-cultura", "what", "Los centros culturales").leads(t, "invited", to, "exec_invite")
	w.get(culture, to).wants(t, "the invited", ok, "Los centros culturales", "Participar")
	w.post(culture, to, "do", "join", "ministry", "min-cultura").leads(t, "joined", to, "exec_join")

	w.reports(t, to, c)
	w.post(director, to, "do", "light", "colour", "red", "reason", "Se trabó la obra de tres escuelas").wants(t, "the proposer sets the light", refused)
	w.post(planner, to, "do", "light", "colour", "", "reason", "Se trabó la obra de tres escuelas").wants(t, "no colour", wrong, "Se trabó la obra de tres escuelas")
	w.post(planner, to, "do", "light", "colour", "red", "reason", "Se trabó la obra de tres escuelas").leads(t, "set by hand", to, "exec_light")
	w.get("", to).wants(t, "the light", ok, "Rojo: necesita ayuda", "Se trabó la obra de tres escuelas", "is-red", "Se gastó el 38 %", "156,6")
	w.post(planner, to, "do", "rule", "reason", "").leads(t, "free again", to, "exec_rule")
	w.get("", to).wants(t, "the light", ok, "!Se trabó la obra de tres escuelas")
	w.story(t, i.Subject())
}

// story tells every act of it in words.
func (w *world) story(t *testing.T, s event.Subject) {
	t.Helper()
	events, err := w.log.Timeline(w.as(""), s, event.Page{Limit: 50})
	w.must(err)
	told := 0
	for _, e := range events {
		if m, ok := w.pages.Moment(w.as(""), e); ok && m.Title != "" {
			told++
		}
	}
	if told < 8 {
		t.Errorf("%d acts are told of %d", told, len(events))
	}
}

// reports gives one, with a photograph, from the form made for a phone.
func (w *world) reports(t *testing.T, to string, c map[string]string) {
	t.Helper()
	var photo bytes.Buffer
	w.must(jpeg.Encode(&photo, image.NewRGBA(image.Rect(0, 0, 320, 240)), nil))
	w.get(citizen, to+"/informar").wants(t, "a citizen", refused)
	w.get(minister, to+"/informar").wants(t, "the form", ok, `type="file"`, `name="task-`+c["pliego"]+`"`, "!name=\"task-"+c["fin"]+`"`)
	fields := []string{"version", w.version(to[len("/iniciativas/") : len(to)-len("/ejecucion")]), "text", "", "caption", "El aula taller", "task-" + c["pliego"], "60"}
	w.send(minister, to+"/informar", "obra.jpg", photo.String(), fields...).wants(t, "nothing said", wrong, "El aula taller", `value="60"`)
	fields[3] = "Se abrieron las ofertas."
	w.send(citizen, to+"/informar", "obra.jpg", photo.String(), fields...).wants(t, "a citizen reports", refused)
	w.send(minister, to+"/informar", "obra.jpg", photo.String(), fields...).leads(t, "reported", to, "reported")
	page := w.get("", to)
	page.wants(t, "everybody reads", ok, "Se abrieron las ofertas.", "Informe 1", "Gastado 38 %")
	images := page.all(t, ".photos img")
	if len(images) != 1 || images[0]["alt"] != "El aula taller" {
		t.Fatalf("photographs: %v", images)
	}
	if a := w.get("", images[0]["src"]); a.status != ok || a.header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("the photograph: %d %s", a.status, a.header.Get("Content-Type"))
	}
}

// TestWhatItNeedsAndMayIsListed: equipment and the legal way are lists that their
// carriers write and everybody reads.
func TestWhatItNeedsAndMayIsListed(t *testing.T) {
	w := newWorld(t)
	i := w.filed("Aprendizajes significativos")
	needs, ways := "/iniciativas/"+i.Number+"/equipamiento", "/iniciativas/"+i.Number+"/viabilidad"
	w.get("", needs).wants(t, "a visitor", ok, "Todavía no hay lista", "!Agregar a la lista")
	need := []string{"do", "save", "kind", "equipment", "what", "Notebooks", "quantity", "mil", "state", "get", "source", "Licitación", "day", "2026-03-10"}
	w.post(director, needs, need...).wants(t, "no number", wrong, `value="mil"`, `value="Notebooks"`)
	need[7] = "1000"
	w.post(culture, needs, need...).wants(t, "another ministry", refused)
	w.post(director, needs, need...).leads(t, "written down", needs, "row_save")
	w.get("", needs).wants(t, "everybody reads", ok, "Notebooks", "1000 unidades", "Para el 10 mar", "0 de 1")
	e, err := w.exec.Equipment(w.as(director), i.Number)
	w.must(err)
	stale := append(need, "id", e.Needs[0].ID, "version", "9")
	w.post(director, needs, stale...).wants(t, "changed meanwhile", conflict, "Alguien cambió esta línea", `name="version" value="1"`)
	w.post(director, needs, "do", "drop", "id", e.Needs[0].ID).leads(t, "taken off", needs, "row_drop")

	w.get("", ways).wants(t, "a visitor", ok, "Todavía no se revisó la viabilidad")
	w.post(director, ways, "do", "save", "kind", "rule", "text", "", "state", "ok").wants(t, "says nothing", wrong, "Agregar a la lista")
	w.post(director, ways, "do", "save", "kind", "rule", "text", "Ley 898, artículo 3", "url", "https://ejemplo.test/ley", "state", "ok").leads(t, "written down", ways, "row_save")
	w.get("", ways).wants(t, "everybody reads", ok, "Ley 898, artículo 3", "Falta la forma de contratar", `href="https://ejemplo.test/ley"`)
}

// TestBarriersAreReported: the commonest first, with who has to clear them.
func TestBarriersAreReported(t *testing.T) {
	w := newWorld(t)
	w.get("", "/barreras").wants(t, "none", ok, "No hay barreras anotadas")
	w.get("", "/barreras?anio=nunca").wants(t, "no year", missing)
	w.get("", "/barreras?ministerio=nadie").wants(t, "no ministry", missing)
	i := w.filed("Aprendizajes significativos")
	kind := w.ch.Frame.Barriers.All()[0]
	w.must(w.round.AddBarrier(w.as(director), i.Number, roundtable.Barrier{Kind: kind.Code, What: "Falta el permiso de obra", Owner: directorOf, Opened: "2026-03-02"}))
	w.get("", "/barreras").wants(t, "one", ok, kind.Name.In("es"), "Las más comunes", i.Number, "1 abierta")
	w.get("", "/barreras?anio=2024").wants(t, "of another year", ok, "No hay barreras anotadas")
}
