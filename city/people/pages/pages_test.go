package pages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ronda/city/people"
)

// scenario is one request with what must and must not come back.
type scenario struct {
	name    string
	who     string // person of the town, "" for a visitor
	address string
	form    string // encoded; empty is a GET
	status  int
	has     string // parts of the answer, separated by |
	hasNot  string
	to      string // where it leads
	change  bool   // a change must wait for a second administrator afterwards
}

// run plays scenarios in one town, in a new one after each that changed it.
func run(t *testing.T, list []scenario) {
	w := newTown(t)
	things := w.things()
	for _, s := range list {
		t.Run(s.name, func(t *testing.T) { w.play(t, s, things) })
		if s.status == http.StatusSeeOther {
			w = newTown(t)
			things = w.things()
		}
	}
}

const shown = 2000 // bytes of a page that a failure shows

func (w *town) play(t *testing.T, s scenario, things map[string]string) {
	w.t = t
	var form url.Values
	if s.form != "" {
		var err error
		form, err = url.ParseQuery(w.fill(s.form, things))
		w.must(err)
	}
	rec := w.ask(s.who, w.fill(s.address, things), form)
	body := rec.Body.String()
	start := body[:min(shown, len(body))]
	if rec.Code != s.status {
		t.Errorf("status %d, want %d:\n%s", rec.Code, s.status, start)
	}
	if to := rec.Header().Get("Location"); to != w.fill(s.to, things) && s.to != "*" {
		t.Errorf("leads to %q, want %q", to, s.to)
	}
	for _, part := range parts(w.fill(s.has, things)) {
		if !strings.Contains(body, part) {
			t.Errorf("no %q in:\n%s", part, start)
		}
	}
	for _, part := range parts(s.hasNot) {
		if strings.Contains(body, part) {
			t.Errorf("%q in:\n%s", part, start)
		}
	}
	pending, err := w.people.PendingChanges(w.ctx())
	if err != nil || (len(pending) > 1) != s.change {
		t.Errorf("waiting: %+v, %v", pending, err)
	}
}

func parts(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, "|")
}

// things are a term, a delegation and a change to name in scenarios.
func (w *town) things() map[string]string {
	w.t.Helper()
	terms, err := w.people.TermsOf(w.ctx(), w.ids["Leo"])
	w.must(err)
	d, err := w.people.Delegate(w.as("Ana"), people.DelegationForm{Post: "ministro-educacion", Delegate: w.ids["Eva"], From: "2026-07-01", Last: "2026-07-10", Reason: "Viaje oficial"})
	w.must(err)
	c, err := w.people.Propose(w.as("Uno"), people.ChangeGrant, map[string]string{"person": w.ids["Eva"], "role": people.RoleAdministrator})
	w.must(err)
	return map[string]string{"term": terms[0].ID, "delegation": d.ID, "change": c.ID}
}

func TestAnybodySeesTheBodies(t *testing.T) {
	run(t, []scenario{
		{name: "the tree", address: "/organismos", status: 200, has: "Ministerio de Educación|Ana Prueba|Junta comunal|Vacante|formato=csv", hasNot: "PROBLEM"},
		{name: "a search", address: "/organismos?q=cult", status: 200, has: "Ministerio de Cultura", hasNot: "Ministerio de Salud"},
		{name: "a search for nothing", address: "/organismos?q=zzz", status: 200, has: "No hay ningún organismo así|zzz"},
		{name: "a kind", address: "/organismos?tipo=ministry", status: 200, has: "Ministerio de Salud", hasNot: `<p class="title"><a href="/organismos/junta`},
		{name: "as a file", address: "/organismos?formato=csv", status: 200, has: "min-educacion|Ministerio de Educación"},
		{name: "as a file that is none", address: "/organismos?formato=exe", status: 422},
		{name: "a body", address: "/organismos/min-educacion", status: 200, has: "Ana Prueba|Decreto 1/2024|desde el 10 de diciembre de 2024|SECTION|Jefatura de Gobierno", hasNot: "Nombrar|Terminar|Viaje oficial"},
		{name: "a body that was", address: "/organismos/min-produccion", status: 200, has: "ya no existe|Ministerio de Desarrollo Económico"},
		{name: "a body that never was", address: "/organismos/nada", status: 404},
		{name: "in English", address: "/organismos/min-educacion?lang=en", status: 200, has: "Ministry of Education|since 10 December 2024"},
		{name: "a script in the search", address: "/organismos?q=" + url.QueryEscape("<script>x"), status: 200, hasNot: "<script>x"},
	})
}

func TestDelegationsOverHTTP(t *testing.T) {
	good := "post=ministro-educacion&person={Leo}&from=2026-06-15&last=2026-06-20&reason=viaje"
	run(t, []scenario{
		{name: "a visitor", address: "/delegaciones", status: 403},
		{name: "a citizen", who: "Vecina", address: "/delegaciones", status: 403},
		{name: "an official without a post", who: "Eva", address: "/delegaciones", status: 403},
		{name: "the minister", who: "Ana", address: "/delegaciones", status: 200, has: "Eva Prueba|Viaje oficial|/revocar|Delegar: Ministro/a de Educación"},
		{name: "whom", who: "Ana", address: "/delegaciones/nueva?puesto=ministro-educacion", status: 200, has: "¿A quién?"},
		{name: "found", who: "Ana", address: "/delegaciones/nueva?puesto=ministro-educacion&q=leo", status: 200, has: "Leo Prueba|Director/a|persona={Leo}", hasNot: "Vecina"},
		{name: "a citizen is not offered", who: "Ana", address: "/delegaciones/nueva?puesto=ministro-educacion&q=vecina", status: 200, has: "Nadie se llama así"},
		{name: "another's post", who: "Leo", address: "/delegaciones/nueva?puesto=ministro-educacion", status: 403},
		{name: "a post that is none", who: "Ana", address: "/delegaciones/nueva?puesto=nada", status: 403},
		{name: "the form", who: "Ana", address: "/delegaciones/nueva?puesto=ministro-educacion&persona={Leo}", status: 200, has: "Delegás en Leo Prueba|2026-06-15"},
		{name: "nobody", who: "Ana", address: "/delegaciones/nueva?puesto=ministro-educacion&persona=x", status: 404},
		{name: "given", who: "Ana", address: "/delegaciones/nueva", form: good, status: 303, to: "/delegaciones"},
		{name: "given by another", who: "Leo", address: "/delegaciones/nueva", form: good, status: 403},
		{name: "given by a visitor", address: "/delegaciones/nueva", form: good, status: 403},
		{name: "with mistakes", who: "Ana", address: "/delegaciones/nueva", form: "post=ministro-educacion&person={Leo}&from=2026-06-01&last=31/6&reason=%3Cb%3Emi+motivo", status: 422,
			has: "No puede ser un día que ya pasó|Escribí una fecha que exista|2026-06-01|31/6|&lt;b&gt;mi motivo", hasNot: "<b>mi"},
		{name: "to nobody", who: "Ana", address: "/delegaciones/nueva", form: "post=ministro-educacion&person=x&from=2026-06-15&last=2026-06-20&reason=viaje", status: 422},
		{name: "revoking asks", who: "Ana", address: "/delegaciones/{delegation}/revocar", status: 200, has: "Revocar la delegación en Eva Prueba"},
		{name: "revoking asks another", who: "Leo", address: "/delegaciones/{delegation}/revocar", status: 403, hasNot: "Eva"},
		{name: "revoked", who: "Ana", address: "/delegaciones/{delegation}/revocar", form: "from=2026-06-15", status: 303, to: "/delegaciones"},
		{name: "revoked in the past", who: "Ana", address: "/delegaciones/{delegation}/revocar", form: "from=2026-06-14", status: 422, has: "2026-06-14|No puede ser"},
		{name: "revoked by another", who: "Leo", address: "/delegaciones/{delegation}/revocar", form: "from=2026-06-15", status: 403},
		{name: "revoked by a visitor", address: "/delegaciones/{delegation}/revocar", form: "from=2026-06-15", status: 403},
		{name: "a visitor asks for one that is none", address: "/delegaciones/x/revocar", status: 403},
		{name: "one that is none", who: "Ana", address: "/delegaciones/x/revocar", status: 404},
	})
}

func TestAppointmentsOverHTTP(t *testing.T) {
	good := "post=director-tecnologia-educativa&person={Eva}&from=2026-06-16&replace=true&act=Decreto+9"
	run(t, []scenario{
		{name: "a visitor", address: "/nombrar", status: 403},
		{name: "a director", who: "Leo", address: "/nombrar", status: 403},
		{name: "a minister chooses below", who: "Ana", address: "/nombrar?persona={Eva}", status: 200, has: "director-tecnologia-educativa", hasNot: `value="ministro-educacion"|value="ministro-salud"`},
		{name: "whom", who: "Ana", address: "/nombrar?puesto=director-tecnologia-educativa&q=ev", status: 200, has: "Eva Prueba"},
		{name: "the form", who: "Ana", address: "/nombrar?puesto=director-tecnologia-educativa&persona={Eva}", status: 200, has: "Hoy lo ocupa Leo Prueba|Nombrar a Eva Prueba"},
		{name: "another ministry", who: "Ana", address: "/nombrar?puesto=ministro-salud&persona={Eva}", status: 403},
		{name: "no such post", who: "Ana", address: "/nombrar?puesto=nada", status: 404},
		{name: "appointed", who: "Ana", address: "/nombrar", form: good, status: 303, to: "*"},
		{name: "by a director", who: "Leo", address: "/nombrar", form: good, status: 403},
		{name: "by a visitor", address: "/nombrar", form: good, status: 403},
		{name: "taken", who: "Uno", address: "/nombrar", form: "post=ministro-educacion&person={Eva}&from=2026-06-16&last=2026-06-15", status: 422, has: "no puede ser anterior|2026-06-15"},
		{name: "an administrator's own", who: "Uno", address: "/nombrar", form: "post=ministro-salud&person={Uno}&from=2026-06-16", status: 303, to: "/administracion/cambios", change: true},
		{name: "ending asks", who: "Ana", address: "/mandatos/{term}/terminar", status: 200, has: "Terminar el mandato de Leo Prueba"},
		{name: "ended", who: "Ana", address: "/mandatos/{term}/terminar", form: "last=2026-06-20", status: 303, to: "*"},
		{name: "ended in the past by a head", who: "Ana", address: "/mandatos/{term}/terminar", form: "last=2026-06-01", status: 422, has: "solo lo puede poner Administración|2026-06-01"},
		{name: "ended in the past by an administrator", who: "Uno", address: "/mandatos/{term}/terminar", form: "last=2026-06-01", status: 303, to: "/administracion/cambios", change: true},
		{name: "his own", who: "Leo", address: "/mandatos/{term}/terminar", form: "last=2026-06-20", status: 403},
		{name: "a visitor, of one that is none", address: "/mandatos/x/terminar", status: 403},
		{name: "one that is none", who: "Ana", address: "/mandatos/x/terminar", status: 404},
	})
}

func TestAdministrationIsForAdministrators(t *testing.T) {
	w := newTown(t)
	things := w.things()
	for _, address := range []string{
		"/administracion/personas", "/administracion/personas/nueva", "/administracion/personas/{Eva}", "/administracion/personas/x",
		"/administracion/organismos", "/administracion/organismos/nuevo", "/administracion/organismos/reorganizar", "/administracion/organismos/reorganizar?organismo=x",
		"/administracion/puestos/nuevo", "/administracion/puestos/ministro-educacion/terminar", "/administracion/puestos/x/terminar",
		"/administracion/cambios", "/administracion/cambios/{change}/rechazar", "/administracion/cambios/x/rechazar",
	} {
		for _, who := range []string{"", "Vecina", "Eva", "Fabi", "Leo", "Ana"} {
			if rec := w.ask(who, w.fill(address, things), nil); rec.Code != http.StatusForbidden {
				t.Errorf("%q gets %d from %s", who, rec.Code, address)
			}
		}
		want := http.StatusOK
		if strings.Contains(address, "/x") || strings.HasSuffix(address, "=x") {
			want = http.StatusNotFound
		}
		if rec := w.ask("Dos", w.fill(address, things), nil); rec.Code != want {
			t.Errorf("an administrator gets %d from %s, want %d", rec.Code, address, want)
		}
	}
}

func TestPostsOfAdministrationAreForAdministrators(t *testing.T) {
	for address, form := range map[string]string{
		"/administracion/personas/nueva":                      "name=Zoe",
		"/administracion/personas/{Eva}/roles":                "do=grant&role=facilitator",
		"/administracion/organismos/nuevo":                    "name_es=A&name_en=A&kind=other&from=2026-07-01",
		"/administracion/organismos/reorganizar":              "ending=min-cultura&heirs=min-educacion&last=2026-06-30",
		"/administracion/puestos/nuevo":                       "name_es=A&name_en=A&body=min-cultura&rank=member&from=2026-07-01",
		"/administracion/puestos/ministro-educacion/terminar": "last=2026-06-30",
		"/administracion/cambios/{change}/confirmar":          "x=y",
		"/administracion/cambios/{change}/rechazar":           "reason=no",
		"/especialistas/organizaciones":                       "name=UBA&kind=university",
		"/especialistas/nuevo":                                "name=Zoe&body=min-educacion&tags=agua",
	} {
		w := newTown(t)
		things := w.things()
		values, err := url.ParseQuery(form)
		w.must(err)
		for _, who := range []string{"", "Vecina", "Eva", "Leo", "Ana"} {
			if rec := w.ask(who, w.fill(address, things), values); rec.Code != http.StatusForbidden {
				t.Errorf("%q gets %d from %s", who, rec.Code, address)
			}
		}
		if rec := w.ask("Dos", w.fill(address, things), values); rec.Code != http.StatusSeeOther {
			t.Errorf("an administrator gets %d from %s:\n%s", rec.Code, address, rec.Body.String()[:shown])
		}
	}
}

func TestAdministrationOverHTTP(t *testing.T) {
	run(t, []scenario{
		{name: "persons", who: "Uno", address: "/administracion/personas?q=prueba", status: 200, has: "Ana Prueba|Ministro/a de Educación|Vecina Prueba|Ciudadanía"},
		{name: "what persons may do", who: "Uno", address: "/administracion/personas", status: 200, has: `data-th="Roles">Administración|data-th="Cuenta">Sí|data-th="Cuenta">No`},
		{name: "a person without a name", who: "Uno", address: "/administracion/personas/nueva", form: "name=+", status: 422, has: "Falta completar"},
		{name: "one person", who: "Uno", address: "/administracion/personas/{Leo}", status: 200, has: "Leo Prueba|Decreto 1/2024|Dar el rol"},
		{name: "the administrator role waits", who: "Uno", address: "/administracion/personas/{Leo}/roles", form: "do=grant&role=administrator", status: 303, to: "/administracion/cambios", change: true},
		{name: "the same change twice", who: "Dos", address: "/administracion/personas/{Eva}/roles", form: "do=grant&role=administrator", status: 409},
		{name: "a role that is none", who: "Uno", address: "/administracion/personas/{Leo}/roles", form: "do=grant&role=king", status: 422},
		{name: "nothing to do", who: "Uno", address: "/administracion/personas/{Leo}/roles", form: "role=king", status: 422},
		{name: "a body with mistakes", who: "Uno", address: "/administracion/organismos/nuevo", form: "name_es=Sin+ingl%C3%A9s&kind=palace&from=ayer", status: 422,
			has: "Falta completar|Elegí una de las opciones|Escribí una fecha|Sin inglés|ayer"},
		{name: "a post with mistakes", who: "Uno", address: "/administracion/puestos/nuevo", form: "name_es=A&seats=muchos&body=x&from=2026-07-01", status: 422, has: "Escribí un número|muchos|Elegí un organismo"},
		{name: "bodies, those that ended too", who: "Uno", address: "/administracion/organismos?q=produ", status: 200, has: "Ministerio de Producción|hasta el 9 de diciembre de 2007", hasNot: "Ministerio de Salud"},
		{name: "a body, for an administrator", who: "Uno", address: "/organismos/min-educacion", status: 200, has: "Nombrar|Terminar el mandato|/administracion/puestos/ministro-educacion/terminar|Terminar, fusionar o dividir"},
		{name: "a reorganisation asks", who: "Uno", address: "/administracion/organismos/reorganizar?organismo=min-educacion", status: 200,
			has: `value="min-educacion" checked|Ministerio de Salud|¿Dónde va`, hasNot: "Junta"},
		{name: "a split without a place for what is below", who: "Uno", address: "/administracion/organismos/reorganizar", form: "ending=min-educacion&heirs=min-cultura&heirs=min-salud&last=2026-06-30&act=Ley+1", status: 422,
			has: "Elegí dónde va|Ley 1|2026-06-30"},
		{name: "a reorganisation waits", who: "Uno", address: "/administracion/organismos/reorganizar", form: "ending=min-educacion&heirs=min-cultura&last=2026-06-30", status: 303, to: "/administracion/cambios", change: true},
		{name: "a post ends in the past", who: "Uno", address: "/administracion/puestos/ministro-educacion/terminar", form: "last=2020-01-01", status: 422, has: "No puede ser"},
		{name: "what waits, for its proposer", who: "Uno", address: "/administracion/cambios", status: 200, has: "Dar a Eva Prueba el rol de Administración|Retirar", hasNot: "/confirmar|Confirmar"},
		{name: "what waits, for another", who: "Dos", address: "/administracion/cambios", status: 200, has: "Dar a Eva Prueba|Confirmar|Rechazar"},
		{name: "confirmed by its proposer", who: "Uno", address: "/administracion/cambios/{change}/confirmar", form: "x=y", status: 403},
		{name: "rejected without a reason", who: "Dos", address: "/administracion/cambios/{change}/rechazar", form: "reason=", status: 422, has: "Falta completar"},
		{name: "withdrawn", who: "Uno", address: "/administracion/cambios/{change}/rechazar", form: "reason=", status: 303, to: "/administracion/cambios"},
	})
}

func TestSpecialistsOverHTTP(t *testing.T) {
	run(t, []scenario{
		{name: "a visitor", address: "/especialistas", status: 403},
		{name: "a citizen", who: "Vecina", address: "/especialistas", status: 403},
		{name: "an official", who: "Leo", address: "/especialistas", status: 200, has: "Todavía no hay especialistas", hasNot: "Agregar especialista"},
		{name: "a facilitator", who: "Fabi", address: "/especialistas", status: 200, has: "Agregar especialista"},
		{name: "the form, for an official", who: "Leo", address: "/especialistas/nuevo", status: 403},
		{name: "the form", who: "Fabi", address: "/especialistas/nuevo", status: 200, has: "Saberes|Acepta que se publique"},
		{name: "of nobody", who: "Fabi", address: "/especialistas/nuevo?persona=x", status: 404},
		{name: "with mistakes", who: "Fabi", address: "/especialistas/nuevo", form: "name=Zoe+Vega&tags=agua", status: 422, has: "Elegí una organización o un organismo|Zoe Vega|agua"},
		{name: "added", who: "Fabi", address: "/especialistas/nuevo", form: "name=Zoe+Vega&body=min-educacion&tags=agua&consent=true", status: 303, to: "/especialistas"},
		{name: "organisations, for an official", who: "Leo", address: "/especialistas/organizaciones", status: 403},
		{name: "organisations", who: "Fabi", address: "/especialistas/organizaciones", status: 200, has: "Universidad"},
		{name: "organisations after none that there is", who: "Fabi", address: "/especialistas/organizaciones?desde=cualquiera", status: 404},
		{name: "an organisation without a kind", who: "Fabi", address: "/especialistas/organizaciones", form: "name=UBA", status: 422, has: "UBA|Elegí una de las opciones"},
	})
}
