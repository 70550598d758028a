package identity_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// scenario is one request of somebody and what must come of it.
type scenario struct {
	name   string
	who    string // "", "ana", "ana, long ago"
	method string
	path   string
	form   []string
	status int
	to     string
	says   []string
	hides  []string
}

var scenarios = []scenario{
	{"account, anonymous", "", "GET", "/mi-cuenta?x=1", nil, 303, "/ingresar?volver=%2Fmi-cuenta%3Fx%3D1", nil, nil},
	{"account", "ana", "GET", "/mi-cuenta", nil, 200, "", []string{"ana@correo.test", `value="Ana"`, "Firefox en Linux", `data-passkey="create"`}, []string{"blas@"}},
	{"account, long ago", "ana, long ago", "GET", "/mi-cuenta", nil, 200, "", []string{"Ingresá otra vez para sumar una llave"}, []string{`data-passkey="create"`}},
	{"name, anonymous", "", "POST", "/mi-cuenta/nombre", []string{"name", "Eva"}, 303, "/ingresar?volver=%2Fmi-cuenta", nil, nil},
	{"name", "ana", "POST", "/mi-cuenta/nombre", []string{"name", "Ana María"}, 303, "/mi-cuenta", nil, nil},
	{"name, empty", "ana", "POST", "/mi-cuenta/nombre", []string{"name", ""}, 422, "", []string{"Falta completar este dato"}, nil},
	{"name, hostile", "ana", "POST", "/mi-cuenta/nombre", []string{"name", "<script>\x01"}, 422, "", []string{"&lt;script&gt;"}, []string{"<script>\x01"}},
	{"language", "ana", "POST", "/mi-cuenta/idioma", []string{"lang", "en"}, 303, "/mi-cuenta?lang=en", nil, nil},
	{"language, unknown", "ana", "POST", "/mi-cuenta/idioma", []string{"lang", "xx"}, 422, "", []string{"Elegí una de las opciones"}, nil},
	{"language, anonymous", "", "POST", "/mi-cuenta/idioma", []string{"lang", "en"}, 303, "/ingresar?volver=%2Fmi-cuenta", nil, nil},
	{"address, anonymous", "", "GET", "/mi-cuenta/correo", nil, 303, "/ingresar?volver=%2Fmi-cuenta%2Fcorreo", nil, nil},
	{"address, none", "ana", "POST", "/mi-cuenta/correo", []string{"email", "x"}, 422, "", []string{"No parece una dirección de correo"}, nil},
	{"address, the same", "ana", "POST", "/mi-cuenta/correo", []string{"email", "ANA@correo.test"}, 422, "", []string{"Es el correo que ya tenés"}, nil},
	{"codes without a change", "ana", "GET", "/mi-cuenta/correo/codigos", nil, 303, "/mi-cuenta/correo", nil, nil},
	{"codes posted without a change", "ana", "POST", "/mi-cuenta/correo/codigos", []string{"old_code", "1", "new_code", "2"}, 303, "/mi-cuenta/correo", nil, nil},
	{"end a session, anonymous", "", "POST", "/mi-cuenta/sesiones/x/cerrar", nil, 303, "/ingresar?volver=%2Fmi-cuenta", nil, nil},
	{"end a session that is none", "ana", "POST", "/mi-cuenta/sesiones/x/cerrar", nil, 404, "", nil, nil},
	{"end others, anonymous", "", "POST", "/mi-cuenta/sesiones/cerrar-las-demas", nil, 303, "/ingresar?volver=%2Fmi-cuenta", nil, nil},
	{"delete, anonymous", "", "POST", "/mi-cuenta/borrar", []string{"sure", "true"}, 303, "/ingresar?volver=%2Fmi-cuenta", nil, nil},
	{"delete, long ago", "ana, long ago", "GET", "/mi-cuenta/borrar", nil, 303, "/ingresar?volver=%2Fmi-cuenta%2Fborrar", nil, nil},
	{"delete posted, long ago", "ana, long ago", "POST", "/mi-cuenta/borrar", []string{"sure", "true"}, 303, "/ingresar?volver=%2Fmi-cuenta", nil, nil},
	{"delete, unsure", "ana", "POST", "/mi-cuenta/borrar", nil, 422, "", []string{"Marcá la casilla"}, nil},
	{"delete page", "ana", "GET", "/mi-cuenta/borrar", nil, 200, "", []string{"No se puede deshacer"}, nil},
	{"sign in again, long ago", "ana, long ago", "GET", "/ingresar?volver=/mi-cuenta/borrar", nil, 200, "", []string{"ingresá otra vez", `value="/mi-cuenta/borrar"`}, nil},
	{"sign in, in already", "ana", "GET", "/ingresar", nil, 303, "/mi-escritorio", nil, nil},
	{"register, in already", "ana", "GET", "/registrarse", nil, 303, "/mi-cuenta", nil, nil},
	{"code, none asked for", "", "GET", "/ingresar/codigo", nil, 303, "/ingresar", nil, nil},
	{"code posted, none asked for", "", "POST", "/ingresar/codigo", []string{"code", "123456"}, 303, "/ingresar", nil, nil},
	{"sign out, anonymous", "", "POST", "/salir", nil, 303, "/", nil, nil},
	{"sign out by a link", "ana", "GET", "/salir", nil, 405, "", nil, nil},
	{"passkey of nobody", "", "POST", "/mi-cuenta/llaves/inicio", nil, 403, "", []string{`{"error":`}, nil},
	{"passkey, long ago", "ana, long ago", "POST", "/mi-cuenta/llaves/inicio", nil, 403, "", []string{`{"error":"Por seguridad`}, nil},
	{"passkey answered by nobody", "", "POST", "/mi-cuenta/llaves", nil, 403, "", nil, nil},
	{"passkey answered unasked", "ana", "POST", "/mi-cuenta/llaves", nil, 422, "", nil, nil},
	{"sign-in answered unasked", "", "POST", "/ingresar/llave", nil, 422, "", nil, nil},
	{"remove a passkey, anonymous", "", "POST", "/mi-cuenta/llaves/x/quitar", nil, 303, "/ingresar?volver=%2Fmi-cuenta", nil, nil},
	{"remove a passkey that is none", "ana", "POST", "/mi-cuenta/llaves/x/quitar", nil, 404, "", nil, nil},
	{"a link that is none", "", "GET", "/primera-administracion/abc", nil, 404, "", nil, nil},
	{"a link that is none, posted", "ana", "POST", "/primera-administracion/abc", nil, 404, "", nil, nil},
}

func TestScenarios(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana := w.citizen("Ana", "ana@correo.test")
		w.citizen("Blas", "blas@correo.test")
		for _, s := range scenarios {
			t.Run(s.name, func(t *testing.T) {
				w.later(2 * time.Hour)
				b := w.browser()
				if s.who != "" {
					b.enter("ana@correo.test")
				}
				if strings.HasSuffix(s.who, "long ago") {
					w.later(61 * time.Minute)
				}
				p := b.get(s.path)
				if s.method == "POST" {
					p = b.post(s.path, s.form...)
				}
				p.says(t, s.status, s.says...)
				if p.to != s.to {
					t.Errorf("leads to %q, want %q", p.to, s.to)
				}
				for _, word := range s.hides {
					if strings.Contains(p.body, word) {
						t.Errorf("shows %q", word)
					}
				}
			})
		}
		if a, err := w.AccountOf(w.ctx(), ana); err != nil || a.Email != "ana@correo.test" || a.Lang != i18n.English || w.called(ana) != "Ana María" {
			t.Errorf("%+v, %q, %v", a, w.called(ana), err)
		}
	})
}

func TestAnAddressChangesWithACodeFromEach(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		b := w.browser().enter("ana@correo.test")
		b.get("/mi-cuenta/correo").says(t, 200, "Ahora es ana@correo.test")
		b.post("/mi-cuenta/correo", "email", "Otra@correo.test").leadsTo(t, "/mi-cuenta/correo/codigos")
		b.get("/mi-cuenta/correo/codigos").says(t, 200, "Código que llegó a ana@correo.test", "Código que llegó a otra@correo.test")
		leave, arrive := w.code("ana@correo.test"), w.code("otra@correo.test")
		b.post("/mi-cuenta/correo/codigos", "old_code", other(leave), "new_code", arrive).says(t, 422, `href="#cambio-old_code"`)
		b.post("/mi-cuenta/correo/codigos", "old_code", leave, "new_code", other(arrive)).says(t, 422, `href="#cambio-new_code"`)
		b.post("/mi-cuenta/correo/codigos", "old_code", arrive, "new_code", leave).says(t, 422)
		if got, err := w.EmailOf(w.ctx(), person); err != nil || got[person] != "ana@correo.test" {
			t.Errorf("after wrong codes %v, %v", got, err)
		}
		b.post("/mi-cuenta/correo/codigos", "old_code", leave, "new_code", arrive).leadsTo(t, "/mi-cuenta")
		b.get("/mi-cuenta").says(t, 200, "otra@correo.test", "desde ahora ingresás con el correo nuevo")
		w.later(time.Hour)
		if who := w.browser().enter("otra@correo.test").who(); who != person {
			t.Errorf("the new address is of %q", who)
		}
		if kinds := w.kinds(person); kinds[2] != "email_changed" {
			t.Errorf("%v", kinds)
		}
	})
}

func TestAnAddressOfSomebodyElseIsToldOnlyToItsOwner(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana := w.citizen("Ana", "ana@correo.test")
		w.citizen("Blas", "blas@correo.test")
		b := w.browser().enter("ana@correo.test")
		taken, free := b.post("/mi-cuenta/correo", "email", "blas@correo.test"), b.post("/mi-cuenta/correo", "email", "libre@correo.test")
		for _, p := range []page{taken, free} {
			for _, name := range volatile {
				p.header.Del(name)
			}
		}
		if diff := cmp.Diff(taken, free, cmp.AllowUnexported(page{})); diff != "" {
			t.Error(diff)
		}
		b.post("/mi-cuenta/correo", "email", "blas@correo.test")
		b.post("/mi-cuenta/correo/codigos", "old_code", w.code("ana@correo.test"), "new_code", w.code("blas@correo.test")).
			says(t, 409, "Ya hay una cuenta con ese correo")
		if got, err := w.EmailOf(w.ctx(), ana); err != nil || got[ana] != "ana@correo.test" {
			t.Errorf("%v, %v", got, err)
		}
	})
}

// A code that was sent for one purpose is no good for another.
func TestACodeOfAChangeDoesNotSignIn(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.citizen("Ana", "ana@correo.test")
		b := w.browser().enter("ana@correo.test")
		b.post("/mi-cuenta/correo", "email", "otra@correo.test")
		mallory := w.browser()
		mallory.post("/ingresar", "email", "otra@correo.test")
		w.post()
		for _, m := range w.sink.Mails() {
			if strings.HasPrefix(m.Subject, "Código para") {
				mallory.post("/ingresar/codigo", "code", m.Code(t)).says(t, 422)
			}
		}
	})
}

func TestDeletingAnAccountLeavesNothingPersonal(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		b, elsewhere := w.browser().enter("ana@correo.test"), w.browser().enter("ana@correo.test")
		b.addPasskey()
		w.persons.cannot = fault.New(fault.Conflict, "fault.conflict")
		b.post("/mi-cuenta/borrar", "sure", "true").says(t, 409)
		if w.rows("identity_account") != 1 || b.who() != person {
			t.Error("half deleted")
		}
		w.persons.cannot = nil
		b.post("/mi-cuenta/borrar", "sure", "true").leadsTo(t, "/")
		if b.who() != "" || elsewhere.who() != "" {
			t.Error("still signed in")
		}
		if n := w.rows("identity_account") + w.rows("identity_session") + w.rows("identity_passkey") + w.rows("identity_code"); n != 0 || w.called(person) == "Ana" {
			t.Errorf("%d things are left, and the name %q", n, w.called(person))
		}
		kinds := w.kinds(person)
		if kinds[len(kinds)-1] != "erased" {
			t.Errorf("%v", kinds)
		}
		w.later(time.Hour)
		again := w.browser()
		again.post("/registrarse", "name", "Ana", "email", "ana@correo.test")
		again.post("/ingresar/codigo", "code", w.code("ana@correo.test")).leadsTo(t, "/mi-escritorio")
		if who := again.who(); who == person || who == "" {
			t.Errorf("the new account is of %q", who)
		}
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		check(t, w.persons.FirstAdministrator(w.ctx(), person))
		b := w.browser().enter("ana@correo.test")
		b.post("/mi-cuenta/borrar", "sure", "true").says(t, 409, "Sos la única persona que administra la ronda")
		w.persons.more = []string{"another"}
		b.post("/mi-cuenta/borrar", "sure", "true").leadsTo(t, "/")
	})
}

func TestAFailureInsideIsNoFault(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.citizen("Ana", "ana@correo.test")
		b := w.browser().enter("ana@correo.test")
		w.persons.cannot = errors.New("the disk of ana@correo.test is full")
		p := b.post("/mi-cuenta/borrar", "sure", "true")
		if p.status != 500 || strings.Contains(p.body, "disk") {
			t.Errorf("%d: %s", p.status, p.body)
		}
	})
}
