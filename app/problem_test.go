package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// A visitor before a page of those who sign in is told to sign in, with the
// button, and nothing about a function that visitors have not.
func TestVisitorsAreAskedToSignIn(t *testing.T) {
	w := demo(t)
	for _, path := range []string{"/mi-escritorio", "/bandeja", "/iniciativas/nueva", "/iniciativas/preparacion", "/administracion", "/administracion/personas", "/administracion/auditoria"} {
		got := w.get("", path)
		if got.status != http.StatusForbidden || strings.Contains(got.body, "Tu función no permite") ||
			!strings.Contains(got.body, "Ingresá y te traemos de vuelta") || !strings.Contains(got.body, `class="btn" href="/ingresar?volver=`) {
			t.Errorf("%s: %d does not fit a visitor", path, got.status)
		}
	}
	if got := w.get("citizen", "/administracion"); got.status != http.StatusForbidden || !strings.Contains(got.body, "Tu función no permite") {
		t.Errorf("a citizen is told something else: %d", got.status)
	}
	w.ownChange()
}

// ownChange confirms what the same administrator proposed.
func (w *world) ownChange() {
	w.t.Helper()
	person := regexp.MustCompile(`/administracion/personas/[0-9a-f-]{36}"`).FindString(w.get("administrator", "/administracion/personas").body)
	w.post("administrator", strings.TrimSuffix(person, `"`)+"/roles", "do", "grant", "role", "administrator")
	confirm := regexp.MustCompile(`/administracion/cambios/[0-9a-f-]{36}/`).FindString(w.get("administrator-2", "/administracion/cambios").body)
	got := w.post("administrator", confirm+"confirmar")
	if got.status != http.StatusForbidden || !strings.Contains(got.body, "lo tiene que confirmar otra persona") || !strings.Contains(got.body, "Pedile a otra persona") || strings.Contains(got.body, "Tu función") {
		w.t.Errorf("confirming one's own change: %d, %q", got.status, confirm)
	}
}
