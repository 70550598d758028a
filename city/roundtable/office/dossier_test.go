package office_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"ronda/city/roundtable"
)

// typed are the fields of a whole dossier as a browser sends them.
func typed(version string) []string {
	return []string{"version", version, "title", "Compost en cada plaza", "line", "Restos que abonan.", "change", "Cada barrio composta lo suyo.",
		"problem", "Se entierra lo que podría abonar.", "type", "programa", "axis", "ciudad-inteligente", "axes", "ciudad-inteligente", "axes", "innovar-para-incluir",
		"goals", "impacto-social", "purposes", "sustentable", "sdg", "12.5", "sdg_goals", "11", "targets", "11.6", "targets", "4.4", "territories", "comuna-5", "territories", "boedo",
		"group-0", "residentes", "where-0", "comuna-5", "people-0", "12.000", "group-1", "", "where-1", "ciudad", "people-1", "",
		"url-0", "https://example.org/compost", "label-0", "Cómo se hace"}
}

func TestADossierIsSavedAsItWasWritten(t *testing.T) {
	w := newWorld(t)
	number := w.draft("Compost en cada plaza")
	path := "/iniciativas/" + number + "/expediente"
	w.post(sponsor, path, typed("1")...).sent(t, "saving", path, "saved")
	v, err := w.rt.View(w.ctx(sponsor), number)
	w.must(err)
	want := roundtable.Dossier{Title: "Compost en cada plaza", Line: "Restos que abonan.", Change: "Cada barrio composta lo suyo.",
		Problem: "Se entierra lo que podría abonar.", Type: "programa", Axis: "ciudad-inteligente", Axes: []string{"innovar-para-incluir"},
		Goals: []string{"impacto-social"}, Purposes: []string{"sustentable"}, SDG: "12.5", Targets: []string{"11", "11.6", "4.4"},
		Territories: []string{"boedo", "comuna-5"}, Planned: []roundtable.Planned{{Group: "residentes", Territory: "comuna-5", People: 12000}},
		Links: []roundtable.Link{{Label: "Cómo se hace", URL: "https://example.org/compost"}}}
	if parts := want.Differences(v.Dossier); len(parts) > 0 {
		t.Errorf("%v differ: %+v", parts, v.Dossier)
	}
	w.get(sponsor, path).wants(t, "opened again", http.StatusOK, `value="12000"`, `value="11.6" checked`, `value="boedo" checked`,
		`value="12.5" selected`, `value="https://example.org/compost"`, "Está todo. Cuando quieras, presentala.")
}

// Whatever button of the page is pressed, nothing typed is lost.
func TestNothingTypedInADossierIsLost(t *testing.T) {
	w := newWorld(t)
	number := w.draft("Compost en cada plaza")
	path := "/iniciativas/" + number + "/expediente"
	kept := []string{"Se entierra lo que podría abonar.", `value="12.000"`, `value="comuna-5" checked`, `value="11.6" checked`, `value="Cómo se hace"`}
	form := func(pairs ...string) []string { return append(typed("1"), pairs...) }

	a := w.post(sponsor, path, form("do", "row")...)
	a.wants(t, "a row more", http.StatusOK, append(kept, `name="people-2"`)...)
	w.post(sponsor, path, form("do", "link")...).wants(t, "a link more", http.StatusOK, append(kept, `name="url-1"`)...)
	w.post(sponsor, path, form("do", "targets", "sdg_goals", "4")...).wants(t, "targets of goals", http.StatusOK, append(kept, "4.2 Cuidado")...)
	wrong := append(slices.Clone(typed("1")), "group-2", "jovenes", "where-2", "flores", "people-2", "muchas")
	w.post(sponsor, path, wrong...).wants(t, "people that are no number", http.StatusUnprocessableEntity, append(kept, "Poné cuántas personas", `value="muchas"`, `value="flores" selected`)...)
	w.post(sponsor, path, form("do", "invite", "ministry", "")...).wants(t, "an invitation to nobody", http.StatusUnprocessableEntity, kept...)
	w.post(sponsor, path, form("do", "barrier", "what", "Falta un permiso")...).wants(t, "half an obstacle", http.StatusUnprocessableEntity, append(kept, "Falta un permiso")...)
	w.post(sponsor, path, form("do", "attach")...).wants(t, "no file", http.StatusUnprocessableEntity, kept...)
	w.upload(sponsor, path, "programa.exe", []byte("MZ\x90"), form("do", "attach")...).wants(t, "a program", http.StatusUnprocessableEntity, append(kept, "No es uno de los tipos")...)

	w.upload(sponsor, path, "plan.pdf", []byte("%PDF-1.7"), form("do", "attach", "file_public", "true")...).sent(t, "a file", path+"#archivos", "attached")
	w.get(sponsor, path).wants(t, "after the file", http.StatusOK, append(kept, "plan.pdf", "Seguís donde habías dejado")...)
	if v, _ := w.rt.View(w.ctx(sponsor), number); v.Dossier.Problem != "" || !v.Attachments[0].Public {
		t.Errorf("of the dossier %q was stored; the file is %+v", v.Dossier.Problem, v.Attachments)
	}
}

// What stands around a dossier is stored at once by its own button.
func TestWhatStandsAroundADossier(t *testing.T) {
	w := newWorld(t)
	number := w.complete("Compost en cada plaza")
	path := "/iniciativas/" + number + "/expediente"
	w.post(sponsor, path, "version", "2", "do", "invite", "ministry", "min-cultura").sent(t, "inviting", path+"#ministerios", "invite")
	w.post(sponsor, path, "do", "barrier", "kind", "legal", "what", "Falta un permiso", "owner", "min-hacienda", "opened", "2026-03-20").sent(t, "an obstacle", path+"#trabas", "barrier")
	w.upload(sponsor, path, "acta.pdf", []byte("%PDF-1.7"), "do", "attach").sent(t, "a file for officials", path+"#archivos", "attached")
	v, err := w.rt.View(w.ctx(sponsor), number)
	w.must(err)
	if len(v.Owners) != 1 || len(v.Barriers) != 1 || len(v.Attachments) != 1 || v.Attachments[0].Public {
		t.Fatalf("owners %v, barriers %v, files %+v", v.Owners, v.Barriers, v.Attachments)
	}
	id := v.Barriers[0].ID
	w.post(sponsor, path, "do", "resolve:"+id, "how-"+id, "ya").wants(t, "a poor answer", http.StatusUnprocessableEntity, "Contá un poco más", ">\nya<")
	w.post(sponsor, path, "do", "resolve:"+id, "how-"+id, "Lo firmó Hacienda.").sent(t, "resolving", path+"#trabas", "resolve")
	w.post(sponsor, path, "do", "detach:"+v.Attachments[0].ID).sent(t, "taking the file away", path+"#archivos", "detached")
	w.get(sponsor, path).wants(t, "the page", http.StatusOK, "Sin respuesta", "Lo firmó Hacienda.", "!acta.pdf", "Cada barrio composta lo suyo.")
}

func TestADossierSavesItselfAsADraft(t *testing.T) {
	w := newWorld(t)
	number := w.draft("Compost en cada plaza")
	path := "/iniciativas/" + number + "/expediente"
	w.post(sponsor, path+"/borrador", append(typed("1"), "do", "row", "nonsense", "x")...).wants(t, "autosave", http.StatusOK, "Guardado a las 10:40")
	w.get(sponsor, path).wants(t, "opened again", http.StatusOK, "Seguís donde", `value="12.000"`, "!nonsense")
	if v, _ := w.rt.View(w.ctx(sponsor), number); v.Dossier.Change != "" {
		t.Error("the draft was stored as the dossier")
	}
	if left, _ := w.rt.LeftDraft(w.ctx(sponsor), "expediente-"+number); left["nonsense"] != nil || left["do"] != nil || left["people-0"] == nil {
		t.Errorf("the draft holds %v", left)
	}
	for who, status := range map[string]int{"": http.StatusNotFound, citizen: http.StatusNotFound, planning: http.StatusForbidden} {
		w.post(who, path+"/borrador", "title", "x").wants(t, "autosave by "+who, status)
	}
	w.post(sponsor, path+"/descartar")
	w.get(sponsor, path).wants(t, "discarded", http.StatusOK, "!Seguís donde", "!12.000")
}

// Two people edit: the second sees both texts, keeps or takes each part, and
// loses nothing.
func TestTwoVersionsOfADossier(t *testing.T) {
	w := newWorld(t)
	number := w.draft("Compost en cada plaza")
	path := "/iniciativas/" + number + "/expediente"
	w.must(w.rt.Edit(w.ctx(sponsor), number, roundtable.Dossier{Title: "Compost en cada plaza", Line: "La línea de otra persona.", Change: "Lo que cambió otra persona.", Territories: []string{"flores"}, Version: 1}))

	a := w.post(sponsor, path, typed("1")...)
	a.wants(t, "saving over it", http.StatusConflict, "Alguien guardó cambios mientras escribías", "La línea de otra persona.", "Restos que abonan.",
		"Lo que cambió otra persona.", "Cada barrio composta lo suyo.", "Flores", "Comuna 5", `value="Se entierra lo que podría abonar."`, `name="version" value="2"`, "(vacío)")
	if strings.Contains(a.body, "<h3>Título") {
		t.Error("what is the same in both is shown as different")
	}
	w.get(sponsor, path).wants(t, "coming back later", http.StatusOK, "Seguís donde", "Cada barrio composta lo suyo.")

	take := append(typed("2"), "take", "line", "take", "territories")
	w.post(sponsor, path, append(take, "do", "write")...).wants(t, "going on writing", http.StatusOK,
		"La línea de otra persona.", "Cada barrio composta lo suyo.", `value="flores" checked`, `name="version" value="2"`)
	w.post(sponsor, path, take...).sent(t, "saving the mix", path, "saved")
	v, err := w.rt.View(w.ctx(sponsor), number)
	w.must(err)
	if d := v.Dossier; d.Line != "La línea de otra persona." || d.Change != "Cada barrio composta lo suyo." || !slices.Equal(d.Territories, []string{"flores"}) {
		t.Errorf("stored: %+v", d)
	}
	w.get(sponsor, path).wants(t, "afterwards", http.StatusOK, "!Seguís donde")
}

func TestFilingSaysWhatBecomesPublic(t *testing.T) {
	w := newWorld(t)
	draft, ready := w.draft("Taller de luthería"), w.complete("Compost en cada plaza")
	w.post(sponsor, "/iniciativas/"+draft+"/presentar").wants(t, "filing half a dossier", http.StatusUnprocessableEntity, "Faltan 7 cosas", `href="/iniciativas/`+draft+`/expediente#f-axis"`)
	w.get(sponsor, "/iniciativas/"+ready+"/presentar").wants(t, "asking once more", http.StatusOK, "Pasa a ser público", "Queda adentro", "Los archivos internos", "«Efectividad»")
	w.must(w.rt.KeepDraft(w.ctx(sponsor), "expediente-"+ready, roundtable.Unfinished{"title": {"x"}}))
	w.post(sponsor, "/iniciativas/"+ready+"/presentar").sent(t, "filing", "/iniciativas/"+ready, "filed")
	if v, _ := w.rt.View(w.ctx(""), ready); v.Initiative.State != roundtable.Filed {
		t.Errorf("it is %s", v.Initiative.State)
	}
	w.post(sponsor, "/iniciativas/"+ready+"/presentar").wants(t, "filing twice", http.StatusConflict)
}

func TestTakingUpAndJoining(t *testing.T) {
	w := newWorld(t)
	idea, other := w.idea("director-empleo", "Ferias de ropa usada"), w.filed("Compost en cada plaza")
	w.post(sponsor, "/iniciativas/"+idea+"/tomar", "body", "dg-empleo").wants(t, "for a body of others", http.StatusForbidden)
	w.post(sponsor, "/iniciativas/"+idea+"/tomar", "body", "dg-reciclado").sent(t, "taking it up", "/iniciativas/"+idea+"/expediente", "taken_up")
	w.post("director-empleo", "/iniciativas/"+idea+"/tomar", "body", "dg-empleo").wants(t, "too late", http.StatusConflict)

	w.post(sponsor, "/iniciativas/"+idea+"/unir", "into", "INI-1999-0001").wants(t, "into nothing", http.StatusUnprocessableEntity, "No encontramos esa iniciativa", `value="INI-1999-0001"`)
	w.post(sponsor, "/iniciativas/"+idea+"/unir", "into", " "+other+" ").sent(t, "joining", "/iniciativas/"+other, "joined_into")
	if v, _ := w.rt.View(w.ctx(sponsor), idea); v.Initiative.State != roundtable.Joined || v.Initiative.Into != other {
		t.Errorf("it is %s into %q", v.Initiative.State, v.Initiative.Into)
	}
}
