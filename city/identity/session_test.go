package identity_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/fault"
)

const phone = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"

func TestSessionsAreListedAndEndedOneByOne(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		desktop, mobile := w.browser(), w.browser()
		mobile.name = phone
		desktop.enter("ana@correo.test")
		w.later(5 * time.Minute)
		mobile.enter("ana@correo.test")
		desktop.get("/mi-cuenta").says(t, 200, "Firefox en Linux", "Chrome en Android", "hace 5 min")

		list, err := w.Sessions(w.ctx(), person)
		check(t, err)
		if len(list) != 2 || list[0].System != "Android" {
			t.Fatalf("%+v", list)
		}
		blas := w.browser()
		w.citizen("Blas", "blas@correo.test")
		blas.enter("blas@correo.test")
		if p := blas.post("/mi-cuenta/sesiones/" + list[0].ID + "/cerrar"); p.status != 404 || mobile.who() != person {
			t.Errorf("somebody else ended the session: %d", p.status)
		}
		desktop.post("/mi-cuenta/sesiones/"+list[0].ID+"/cerrar").leadsTo(t, "/mi-cuenta")
		desktop.get("/mi-cuenta").says(t, 200, "La sesión está cerrada.")
		if mobile.who() != "" || desktop.who() != person {
			t.Errorf("after ending the phone's: phone %q, desktop %q", mobile.who(), desktop.who())
		}
		desktop.post("/mi-cuenta/sesiones/"+list[1].ID+"/cerrar").leadsTo(t, "/")
		if desktop.who() != "" {
			t.Error("the own session goes on")
		}
	})
}

func TestAllOtherSessionsAreEnded(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		w.citizen("Blas", "blas@correo.test")
		blas := w.browser().enter("blas@correo.test")
		here, others := w.browser().enter("ana@correo.test"), []*browser{w.browser().enter("ana@correo.test"), w.browser().enter("ana@correo.test")}
		here.post("/mi-cuenta/sesiones/cerrar-las-demas").leadsTo(t, "/mi-cuenta")
		if here.who() != person || others[0].who() != "" || others[1].who() != "" || blas.who() == "" {
			t.Errorf("here %q, others %q %q, somebody else %q", here.who(), others[0].who(), others[1].who(), blas.who())
		}
		if strings.Contains(here.get("/mi-cuenta").body, "cerrar-las-demas") {
			t.Error("offers to end others where there are none")
		}
		if kinds := w.kinds(person); kinds[len(kinds)-1] != "sessions_ended" {
			t.Errorf("%v", kinds)
		}
	})
}

func TestLastSeenIsKeptEveryTenMinutes(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		b := w.browser().enter("ana@correo.test")
		start := w.time()
		var seen []time.Duration
		for _, step := range []time.Duration{9 * time.Minute, 2 * time.Minute, 9 * time.Minute, time.Hour} {
			w.later(step)
			b.who()
			list, err := w.Sessions(w.ctx(), person)
			check(t, err)
			seen = append(seen, list[0].Seen.Sub(start))
		}
		if diff := cmp.Diff([]time.Duration{0, 11 * time.Minute, 11 * time.Minute, 80 * time.Minute}, seen); diff != "" {
			t.Error(diff)
		}
	})
}

func TestASessionEndsAfterThirtyDays(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		b := w.browser().enter("ana@correo.test")
		w.later(29 * 24 * time.Hour)
		if b.who() != person {
			t.Error("out before its time")
		}
		w.later(25 * time.Hour)
		if b.who() != "" {
			t.Error("in after its time")
		}
		check(t, w.Sweep(w.ctx()))
		if w.rows("identity_session")+w.rows("identity_code")+w.rows("identity_limit") != 0 {
			t.Errorf("kept: %d sessions, %d codes, %d counters", w.rows("identity_session"), w.rows("identity_code"), w.rows("identity_limit"))
		}
	})
}

func TestWhoOnlyLooksGetsNoSession(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		b := w.browser()
		for _, path := range []string{"/ingresar", "/registrarse", "/mi-cuenta", "/mi-escritorio", "/ingresar/codigo"} {
			if b.get(path); b.token() != "" {
				t.Errorf("%s begins a session", path)
			}
		}
	})
}

func TestSigningInNeedsAnAccount(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		if err := w.SignIn(httptest.NewRequest(http.MethodPost, "/", nil), "nobody", "demo"); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

// Whoever is signed in as one and signs in as another leaves the first session.
func TestSigningInAsAnotherEndsTheFirst(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, blas := w.citizen("Ana", "ana@correo.test"), w.citizen("Blas", "blas@correo.test")
		b := w.browser().enter("ana@correo.test")
		b.post("/ingresar", "email", "blas@correo.test")
		b.post("/ingresar/codigo", "code", w.code("blas@correo.test")).leadsTo(t, "/mi-escritorio")
		list, err := w.Sessions(w.ctx(), ana)
		if b.who() != blas || len(list) != 0 || err != nil {
			t.Errorf("in as %q, the first has %d sessions, %v", b.who(), len(list), err)
		}
		if diff := cmp.Diff([]string{"registered", "signed_in"}, w.kinds(blas)); diff != "" {
			t.Error(diff)
		}
	})
}
