package office_test

import (
	"net/http"
	"testing"
)

// A city of other bodies, steps and lists: an initiative goes the whole way by
// the same pages.
func TestAnotherCityWalksTheSamePages(t *testing.T) {
	w := newCity(t, "villaflores", "intendente", "secretario-hacienda", "secretario-obras", "responsable-mesa")
	const obras, mesa, hacienda = "secretario-obras", "responsable-mesa", "secretario-hacienda"
	w.post(mesa, "/iniciativas/nueva", "title", "Un puente de madera", "line", "Para cruzar el arroyo.", "sponsor", "mesa").wants(t, "noting", http.StatusSeeOther)
	v, err := w.rt.List(w.ctx(mesa), inside, "", 0)
	w.must(err)
	path := "/iniciativas/" + v.Cards[0].Number

	dossier := w.get(mesa, path+"/expediente")
	dossier.wants(t, "the dossier", http.StatusOK, "Agua y río", "Vecinas y vecinos", "!Calles", "!Educar para el siglo", "!Elegir por")
	keys(t, dossier, "the dossier")
	w.post(mesa, path+"/expediente", "version", "1", "title", "Un puente de madera", "line", "Para cruzar el arroyo.", "change", "Se cruza a pie.", "problem", "Hoy hay que rodearlo.",
		"type", "obra", "axis", "agua", "sdg", "9.1", "territories", "norte", "group-0", "vecinos", "where-0", "norte", "people-0", "300").sent(t, "saving", path+"/expediente", "saved")
	w.post(mesa, path+"/presentar").sent(t, "filing", path, "filed")
	w.get("", path+"/pasos/cuentas").wants(t, "the first step", http.StatusOK, "Paso 1 de 4", "¿Alcanza la plata?", "Secretaría de Hacienda")
	w.post(hacienda, path+"/pasos/cuentas/evidencia", "item", "costo", "kind", "figure", "figure", "2.000.000", "day", "2026-03-24").wants(t, "the cost", http.StatusSeeOther)
	w.post(hacienda, path+"/pasos/cuentas/firmar").sent(t, "signing", path+"/pasos/cuentas", "sign")
	w.get(obras, path+"/pasos/obra").wants(t, "a parallel step", http.StatusOK, "En curso", "Paso 3 de 4", "Devolver con observaciones")
	w.get(mesa, path+"/pasos/vecinos").wants(t, "a step of the proposer's own office", http.StatusOK, "Mínimo de personas: 15.", "!Firmás como", "!Registrás como")
	w.get(obras, "/bandeja").wants(t, "the queue", http.StatusOK, "Un puente de madera", "Equipo de la Mesa")
	w.get("intendente", path+"/decision").wants(t, "the decision", http.StatusOK, "Faltan 3 pasos", "!sin firmar")
}
