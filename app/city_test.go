package app_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"ronda/app"
	"strings"
	"testing"
)

const newBody = `
  - code: dg-de-prueba
    kind: general_direction
    parent: min-educacion
    name: {es: Dirección General de Prueba, en: General Direction of Trial}
`

// A new version of a file is read first, waits for the second administrator, and
// then holds: what it founds is there at once, and the act is public.
func TestANewVersionOfTheCityTakesTwo(t *testing.T) {
	w := demo(t)
	bodies := w.get("", "/administracion/ciudad/bodies.yaml").raw
	propose := func(text string) answer {
		return w.upload("administrator", "/administracion/ciudad", "upload", "bodies.yaml", text, "file", "bodies.yaml", "from", "2020-01-01", "label", "Una dirección más")
	}
	if got := propose(strings.Replace(bodies, "bodies:\n", "bodies:\n  - code: sin-nombre\n", 1)); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "bodies.yaml:") {
		t.Errorf("a file with a mistake: %d, tells no line", got.status)
	}
	if got := propose(strings.TrimRight(bodies, "\n") + "\n" + newBody); got.status != http.StatusSeeOther || got.header.Get("Location") != "/administracion/cambios" {
		t.Fatalf("a good file: %d %s", got.status, got.header.Get("Location"))
	}
	confirm := regexp.MustCompile(`/administracion/cambios/[0-9a-f-]{36}/confirmar`)
	waiting := w.get("administrator-2", "/administracion/cambios")
	var at string
	for _, part := range strings.Split(waiting.body, "Una dirección más")[1:] {
		if at = confirm.FindString(part); at != "" {
			break
		}
	}
	if at == "" {
		t.Fatalf("nothing to confirm: %d", waiting.status)
	}
	if got := w.post("administrator", at); got.status != http.StatusForbidden {
		t.Errorf("confirmed by who proposed it: %d", got.status)
	}
	if got := w.get("", "/organismos/dg-de-prueba"); got.status != http.StatusNotFound {
		t.Errorf("the body is there before two agreed: %d", got.status)
	}
	if got := w.post("administrator-2", at); got.status != http.StatusSeeOther {
		t.Fatalf("confirming: %d", got.status)
	}
	if got := w.get("", "/organismos/dg-de-prueba"); got.status != http.StatusOK || !strings.Contains(got.body, "Dirección General de Prueba") {
		t.Errorf("the body is not there after two agreed: %d", got.status)
	}
	if got := w.get("", "/administracion/ciudad/bodies.yaml"); !strings.Contains(got.raw, "dg-de-prueba") {
		t.Error("the file in force is the old one")
	}
}

// A city says the program's words its own way, and only those that are there.
func TestACitySaysItsOwnWords(t *testing.T) {
	small, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), City: "villaflores", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer small.Close()
	rec := httptest.NewRecorder()
	small.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/?lang=es", nil))
	if page := rec.Body.String(); !strings.Contains(page, "secretarías a la mesa") || strings.Contains(page, "ministerio") {
		t.Error("the home page of a city with secretarías speaks of ministerios")
	}
	w := demo(t)
	text := w.get("", "/administracion/ciudad/city.yaml").raw + "\nwords:\n  people.minstry: {es: Secretaría, en: Department}\n"
	got := w.upload("administrator", "/administracion/ciudad", "upload", "city.yaml", text, "file", "city.yaml", "from", "2020-01-01", "label", "Otras palabras")
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "people.minstry") || !strings.Contains(got.body, "city.yaml:") {
		t.Errorf("a word that the program lacks: %d", got.status)
	}
}

// Boundaries come in whole or not at all.
func TestAMapThatIsNoneIsRefused(t *testing.T) {
	w := demo(t)
	for name, text := range map[string]string{"nothing": "", "no map": "hola", "no parts": `{"type":"FeatureCollection","features":[]}`, "a script": "<script>alert(1)</script>"} {
		got := w.upload("administrator", "/administracion/mapa", "file", "comunas.geojson", text, "level", "district", "source", "La Ciudad")
		if got.status != http.StatusUnprocessableEntity || strings.Contains(got.raw, "<script>alert") {
			t.Errorf("%s: %d", name, got.status)
		}
	}
}
