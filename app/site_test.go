package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ronda/app"
)

// hostile are values that break a program that puts them where they are read as
// something else than a value.
var hostile = []string{"'", `" OR "1"="1`, "'; DROP TABLE roundtable_initiative; --", "<script>alert(1)</script>", "../../etc/passwd", "%", "_", "{{.}}", "%00",
	strings.Repeat("9", 400), "-1", "ñ", "\u202e"}

// asked are the names under which pages read the address.
var asked = []string{"q", "desde", "eje", "estado", "lugar", "paso", "formato", "nivel", "persona", "volver", "dia", "title", "lang"}

var param = regexp.MustCompile(`\{[a-z]+(\.\.\.)?\}`)

// TestNoAddressBreaks asks every address with values that somebody might try:
// none is an error of ours, and none gives markup back.
func TestNoAddressBreaks(t *testing.T) {
	w := demo(t)
	for _, route := range w.app.RouteList() {
		if route.Method != http.MethodGet {
			continue
		}
		for n, value := range hostile {
			path := param.ReplaceAllLiteralString(strings.TrimSuffix(route.Pattern, "{$}"), escape(value))
			role := []string{"", "citizen", "planning", "administrator"}[n%4]
			w.bears(role, path)
			w.bears(role, path+"?"+asked[n%len(asked)]+"="+escape(value))
		}
	}
	for _, name := range asked {
		for _, value := range hostile {
			w.bears("planning", "/iniciativas?"+name+"="+escape(value))
			w.bears("", "/api/v1/initiatives?"+map[string]string{"eje": "axis", "estado": "state", "lugar": "territory"}[name]+"="+escape(value))
		}
	}
	for line := range strings.Lines(w.log.String()) {
		if strings.Contains(line, `"level":"ERROR"`) && !strings.Contains(line, `"msg":"request"`) {
			t.Errorf("the log tells of an error: %s", line)
		}
	}
}

// bears checks that an address is answered, whatever with; 429 is for whoever
// tries too many links.
func (w *world) bears(role, path string) {
	w.t.Helper()
	got := w.get(role, path)
	if got.status == http.StatusInternalServerError || strings.Contains(got.raw, "<script>alert") {
		w.t.Errorf("%s as %q: %d", path, role, got.status)
	}
}

func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		b.WriteString("%" + string(hex[s[i]>>4]) + string(hex[s[i]&15]))
	}
	return b.String()
}

// What administrators do is closed to everybody else, pages and acts. The city's
// own files are public: they are how anybody knows by which rules it works.
func TestAdministrationIsClosed(t *testing.T) {
	w := demo(t)
	open := map[string]bool{"GET /administracion/ciudad/{name}": true}
	for _, route := range w.app.RouteList() {
		if !strings.HasPrefix(route.Pattern, "/administracion") || open[route.Method+" "+route.Pattern] {
			continue
		}
		path := param.ReplaceAllLiteralString(route.Pattern, "x")
		for _, role := range []string{"", "citizen", "proposer", "planning", "communication", "minister", "mayor", "chief-of-cabinet"} {
			got := w.get(role, path)
			if route.Method == http.MethodPost {
				got = w.post(role, path)
			}
			if got.status != http.StatusForbidden && got.status != http.StatusNotFound {
				t.Errorf("%s %s as %q: %d", route.Method, path, role, got.status)
			}
		}
	}
	for _, path := range []string{"/administracion", "/administracion/auditoria", "/administracion/ciudad", "/administracion/mapa", "/administracion/importar"} {
		if got := w.get("administrator", path); got.status != http.StatusOK {
			t.Errorf("%s is closed to administrators: %d", path, got.status)
		}
	}
}

// What is in preparation is nowhere that people without a post can look.
func TestWhatIsInPreparationIsNowhere(t *testing.T) {
	w := demo(t)
	inside := w.get("planning", "/iniciativas/preparacion")
	found := number.FindAllString(inside.body, -1)
	if inside.status != http.StatusOK || len(found) == 0 {
		t.Fatalf("nothing is in preparation: %d", inside.status)
	}
	for _, n := range found {
		for _, role := range []string{"", "citizen"} {
			for _, path := range []string{"/iniciativas/" + n, "/iniciativas/" + n + "/historia", "/iniciativas/" + n + "/expediente", "/api/v1/initiatives/" + n} {
				if got := w.get(role, path); got.status != http.StatusNotFound {
					t.Errorf("%s as %q: %d", path, role, got.status)
				}
			}
		}
	}
	for _, path := range []string{"/", "/iniciativas", "/iniciativas/tablero", "/api/v1/initiatives?limit=100", "/datos/iniciativas?formato=csv", "/datos/pasos?formato=json",
		"/datos/preguntas?formato=csv", "/datos/trabas?formato=csv", "/actos.atom", "/registro"} {
		got := w.get("", path)
		for _, n := range found {
			if got.status != http.StatusOK || strings.Contains(got.body, n) {
				t.Errorf("%s: %d, names %s: %v", path, got.status, n, strings.Contains(got.body, n))
			}
		}
	}
	for _, role := range []string{"", "citizen"} {
		if got := w.get(role, "/iniciativas/preparacion"); got.status != http.StatusForbidden {
			t.Errorf("the list of what is in preparation as %q: %d", role, got.status)
		}
	}
}

// A city that is served has no door for everybody, and says nothing of a
// demonstration.
func TestServingHasNoDoor(t *testing.T) {
	w := open(t, app.Config{})
	if got := w.post("", "/demo/entrar", "role", "administrator", "next", "/"); got.status != http.StatusNotFound || len(got.header.Values("Set-Cookie")) > 0 {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := w.get("", "/"); got.status != http.StatusOK || strings.Contains(got.body, "/demo/entrar") {
		t.Errorf("%d", got.status)
	}
	for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "ready\n"} {
		if got := w.get("", path); got.status != http.StatusOK || got.raw != want {
			t.Errorf("%s: %d %q", path, got.status, got.raw)
		}
	}
}

// An attached file cannot run in anybody's browser.
func TestAFileIsADownloadThatCannotRun(t *testing.T) {
	w := demo(t)
	at, href := "", regexp.MustCompile(`/adjuntos/[0-9a-f-]{36}`)
	for _, n := range number.FindAllString(w.get("", "/api/v1/initiatives?limit=100").body, -1) {
		if at = href.FindString(w.get("", "/iniciativas/"+n).raw); at != "" {
			break
		}
	}
	if at == "" {
		t.Fatal("no initiative of the demonstration has a file")
	}
	got := w.get("", at)
	h := got.header
	if got.status != http.StatusOK || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || strings.Contains(h.Get("Content-Type"), "html") {
		t.Errorf("%s: %d %v", at, got.status, h)
	}
	if got := w.get("", "/adjuntos/01a208e8-7765-7078-a09c-2621e1d8378f"); got.status != http.StatusNotFound {
		t.Errorf("a file that is not there: %d", got.status)
	}
}

// Whoever administers finds what happened in words, to whom, and can narrow it.
func TestTheAuditTellsInWordsWhoReceivedARole(t *testing.T) {
	w := demo(t)
	all := w.get("administrator", "/administracion/auditoria")
	if all.status != http.StatusOK || !strings.Contains(all.body, "Ingresó") {
		t.Fatalf("%d: a sign-in is not told in words", all.status)
	}
	if strings.Contains(all.raw, `href="/reuniones/`) { // an administrator may not go to all that is told
		t.Error("the audit leads to meetings")
	}
	seen := 0
	for next := "/administracion/auditoria?parte=people"; next != "" && seen < 9; seen++ {
		page := w.get("administrator", next)
		if strings.Contains(page.body, "identity.") || strings.Contains(page.body, "roundtable.signed") {
			t.Fatal("acts of other parts stand among those of people")
		}
		if strings.Contains(page.body, "people.role_granted · ") && strings.Contains(page.body, "administrator") {
			return
		}
		_, rest, more := strings.Cut(page.raw, `href="/administracion/auditoria?desde=`)
		if next = ""; more {
			at, _, _ := strings.Cut(rest, `"`)
			next = "/administracion/auditoria?desde=" + strings.ReplaceAll(at, "&amp;", "&")
		}
	}
	t.Error("who received a role is nowhere told")
}

// Whoever looks for the door of the demonstration is led to the strip on top.
func TestTheDoorOfTheDemonstration(t *testing.T) {
	w := demo(t)
	if page := w.get("", "/ingresar"); !strings.Contains(page.body, "en «Entrar como»") {
		t.Errorf("%d: nothing leads to the strip", page.status)
	}
}

// The roundtable's indices are there for everybody, in words where there is no
// value, with the acts behind them.
func TestTheIndicesArePublished(t *testing.T) {
	w := demo(t)
	page := w.get("", "/indices")
	for _, want := range []string{"Participación de los ministerios", "Cumplimiento de los pasos", "Llega con el módulo de comunicación", "de 100", "Regla 2013-1", `href="/indices/actos.csv"`} {
		if page.status != http.StatusOK || !strings.Contains(page.body, want) {
			t.Errorf("%d: the page lacks %q", page.status, want)
		}
	}
	file := w.get("", "/indices/actos.csv")
	if file.status != http.StatusOK || !strings.HasPrefix(file.raw, "record,initiative,ministry,") || !strings.Contains(file.raw, "INI-") {
		t.Errorf("%d: the file begins with %.60q", file.status, file.raw)
	}
}
