package office_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// Every page that can be read, and who may read it. The numbers of the
// initiatives are I (an idea), D (a draft), C (a draft that can be filed), F (at
// its first step) and S (every step signed).
func TestEveryPageKnowsWhoItIsFor(t *testing.T) {
	w := newWorld(t)
	numbers := strings.NewReplacer(
		"{I}", w.idea("director-empleo", "Ferias de ropa usada"), "{D}", w.draft("Taller de luthería"), "{C}", w.complete("Huertas en techos"),
		"{F}", w.filed("Compost en cada plaza"), "{S}", w.signedNumber("Mapa de baños públicos"))
	const yes, no, nothing = http.StatusOK, http.StatusForbidden, http.StatusNotFound
	cases := []struct {
		path     string
		who      string
		status   int
		contains []string
	}{
		{"/iniciativas/nueva", "", no, nil},
		{"/iniciativas/nueva", citizen, no, nil},
		{"/iniciativas/nueva", planning, yes, []string{"Anotá una idea", "Dirección General de Planificación"}},
		{"/iniciativas/nueva", "ministro-cultura", yes, []string{"!Quién la toma"}},
		{"/iniciativas/parecidas?title=compost", citizen, no, nil},
		{"/iniciativas/parecidas?title=Compost+en+cada+pla", planning, yes, []string{"Compost en cada plaza", "Sumarme a esta"}},

		{"/iniciativas/{I}/tomar", "", nothing, nil},
		{"/iniciativas/{I}/tomar", citizen, nothing, nil},
		{"/iniciativas/{I}/tomar", "ministro-cultura", no, nil},
		{"/iniciativas/{I}/tomar", sponsor, yes, []string{"Dirección General de Reciclado"}},
		{"/iniciativas/{I}/unir", sponsor, no, nil},
		{"/iniciativas/{I}/unir", "director-empleo", yes, []string{"Ferias de ropa usada"}},

		{"/iniciativas/{D}/expediente", "", nothing, nil},
		{"/iniciativas/{D}/expediente", citizen, nothing, nil},
		{"/iniciativas/{D}/expediente", planning, no, nil},
		{"/iniciativas/{D}/expediente", sponsor, yes, []string{"Faltan 7 cosas", "11.6 Menos impacto", "!Ya es pública"}},
		{"/iniciativas/{F}/expediente", sponsor, yes, []string{"Ya es pública", "Comuna 5"}},
		{"/iniciativas/{D}/presentar", sponsor, yes, []string{"Faltan 7 cosas", "!Presentarla y hacerla pública"}},
		{"/iniciativas/{C}/presentar", sponsor, yes, []string{"Presentarla y hacerla pública", "Dirección General de Planificación", "10 días"}},
		{"/iniciativas/{C}/presentar", "director-empleo", no, nil},
		{"/iniciativas/{C}/presentar", "", nothing, nil},
		{"/iniciativas/{F}/presentar", sponsor, http.StatusConflict, nil},

		{"/iniciativas/{F}/pasos/efectividad", "", yes, []string{"¿Se puede hacer?", "Falta la prueba", "!Agregar una prueba", "!Firmás como"}},
		{"/iniciativas/{F}/pasos/efectividad", citizen, yes, []string{"!<form", "Presupuesto aprobado"}},
		{"/iniciativas/{F}/pasos/efectividad", sponsor, yes, []string{"Agregar una prueba", "!Firmás como"}},
		{"/iniciativas/{F}/pasos/efectividad", planning, yes, []string{"Se puede firmar cuando esté", "Devolver con observaciones"}},
		{"/iniciativas/{F}/pasos/efectividad", "coordinador-mesa", yes, []string{"!Agregar una prueba", "!Devolver con"}},
		{"/iniciativas/{F}/pasos/discusion-interna", "coordinador-mesa", yes, []string{"Todavía no le toca", "Agregar una prueba", "!Devolver con"}},
		{"/iniciativas/{F}/pasos/no-existe", sponsor, nothing, nil},
		{"/iniciativas/{D}/pasos/efectividad", sponsor, nothing, nil},
		{"/iniciativas/{D}/pasos/efectividad", "", nothing, nil},
		{"/iniciativas/INI-1999-0001/pasos/efectividad", "", nothing, nil},

		{"/iniciativas/{S}/decision", "", no, nil},
		{"/iniciativas/{S}/decision", sponsor, no, nil},
		{"/iniciativas/{S}/decision", "jefe-de-gobierno", yes, []string{"Adoptar", "No adoptar", "!sin firmar"}},
		{"/iniciativas/{F}/decision", "jefe-de-gobierno", yes, []string{"Faltan 6 pasos", "!Adoptarla", "!sin firmar"}},
		{"/iniciativas/{F}/decision", "jefe-de-gabinete", yes, []string{"Faltan 6 pasos", "Adoptar con pasos sin firmar"}},
		{"/iniciativas/{F}/decision/excepcion", "jefe-de-gobierno", no, nil},
		{"/iniciativas/{F}/decision/excepcion", "jefe-de-gabinete", yes, []string{"Es una excepción", "Adoptar igual"}},
		{"/iniciativas/{D}/decision", "jefe-de-gabinete", http.StatusConflict, nil},
		{"/iniciativas/{D}/decision", "", nothing, nil},

		{"/iniciativas/{F}/preguntar", "", no, nil},
		{"/iniciativas/{F}/preguntar", citizen, yes, []string{"Tu pregunta"}},
		{"/iniciativas/{D}/preguntar", citizen, nothing, nil},
		{"/iniciativas/{F}/comentar", citizen, no, nil},
		{"/iniciativas/{F}/comentar", "ministro-cultura", yes, []string{"Tu comentario"}},
		{"/iniciativas/{F}/opinion", "ministro-cultura", no, nil},
		{"/iniciativas/{F}/opinion", "presidente-comuna-5", yes, []string{"opinión de la junta"}},
		{"/iniciativas/{F}/retirar", "director-empleo", no, nil},
		{"/iniciativas/{F}/retirar", sponsor, yes, []string{"Retirarla"}},
		{"/iniciativas/{F}/ministerios", planning, no, nil},
		{"/iniciativas/{F}/ministerios", sponsor, yes, []string{"Ministerio de Cultura", "!<option value=\"min-ambiente-espacio-publico\""}},
		{"/iniciativas/{F}/barreras", "director-empleo", no, nil},
		{"/iniciativas/{F}/barreras", "coordinador-mesa", yes, []string{"Compras y contrataciones"}},

		{"/bandeja", "", no, nil},
		{"/bandeja", citizen, no, nil},
		{"/bandeja", planning, yes, []string{"Compost en cada plaza", "5. Alcance e impacto"}},
		{"/bandeja", "coordinador-mesa", yes, []string{"Nada espera a tu oficina"}},
		{"/bandeja", sponsor, yes, []string{"Tu organismo no asiste ningún paso"}},
	}
	for _, c := range cases {
		path := numbers.Replace(c.path)
		w.get(c.who, path).wants(t, c.who+" GET "+c.path, c.status, c.contains...)
		keys(t, w.get(c.who, path), c.path)
		keys(t, w.get(c.who, withEnglish(path)), c.path+" in English")
	}
}

func withEnglish(path string) string {
	if strings.Contains(path, "?") {
		return path + "&lang=en"
	}
	return path + "?lang=en"
}

var messageKey = regexp.MustCompile(`\b(roundtable|charter|people|fault|ui)\.[a-z_.]*[a-z]`)

// keys checks that no message is missing: a page would show its key.
func keys(t *testing.T, a answer, what string) {
	t.Helper()
	if key := messageKey.FindString(a.told()); key != "" {
		t.Errorf("%s shows the message key %s", what, key)
	}
}

// signedNumber is an initiative with every step signed.
func (w *world) signedNumber(title string) string {
	w.t.Helper()
	number := w.filed(title)
	w.signed(number, "comunicacion")
	return number
}

// Whoever may not do an act is refused it, and nothing happens. Each case is
// tried by everybody it names; the one who may comes last and succeeds.
func TestEveryActKnowsWhoMayDoIt(t *testing.T) {
	w := newWorld(t)
	idea, draft, filed, whole := w.idea("director-empleo", "Ferias de ropa usada"), w.complete("Huertas en techos"), w.filed("Compost en cada plaza"), w.signedNumber("Mapa de baños")
	proved := w.filed("Luces que avisan")
	w.proved(proved, "efectividad")
	const no, nothing = http.StatusForbidden, http.StatusNotFound
	text := "Un texto que alcanza para entender."
	cases := []struct {
		path  string
		form  []string
		wrong map[string]int
		right string
		to    string
	}{
		{"/iniciativas/nueva", []string{"title", "Bicis para repartir libros", "line", "Libros que van en bici.", "why_new", text},
			map[string]int{"": no, citizen: no}, "ministro-cultura", ""},
		{"/iniciativas/" + idea + "/tomar", []string{"body", "dg-reciclado"},
			map[string]int{"": nothing, citizen: nothing, "ministro-cultura": no, planning: no}, sponsor, "/expediente"},
		{"/iniciativas/" + draft + "/presentar", nil,
			map[string]int{"": nothing, citizen: nothing, planning: no, "director-empleo": no, "jefe-de-gabinete": no}, sponsor, ""},
		{"/iniciativas/" + filed + "/expediente", []string{"do", "invite", "ministry", "min-cultura"},
			map[string]int{"": no, citizen: no, planning: no, "ministro-cultura": no}, sponsor, "/expediente#ministerios"},
		{"/iniciativas/" + proved + "/pasos/efectividad/evidencia", []string{"item", "metas", "kind", "note", "text", text, "day", "2026-03-24"},
			map[string]int{"": no, citizen: no, "coordinador-mesa": no, "director-empleo": no, "jefe-de-gabinete": no}, "analista-planificacion", "/pasos/efectividad#sign-item-metas"},
		{"/iniciativas/" + proved + "/pasos/efectividad/devolver", []string{"remarks", text},
			map[string]int{"": no, citizen: no, sponsor: no, "analista-planificacion": no, "coordinador-mesa": no, "jefe-de-gabinete": no}, planning, "/pasos/efectividad"},
		{"/iniciativas/" + proved + "/pasos/efectividad/reenviar", []string{"answer", text},
			map[string]int{"": no, citizen: no, planning: no, "director-empleo": no}, sponsor, "/pasos/efectividad"},
		{"/iniciativas/" + proved + "/pasos/efectividad/firmar", nil,
			map[string]int{"": no, citizen: no, sponsor: no, "analista-planificacion": no, "coordinador-mesa": no, "coordinador-comunicacion": no, "jefe-de-gabinete": no}, planning, "/pasos/efectividad"},
		{"/iniciativas/" + proved + "/pasos/efectividad/reabrir", []string{"reason", text},
			map[string]int{"": no, citizen: no, sponsor: no, "coordinador-mesa": no}, planning, "/pasos/efectividad"},
		{"/iniciativas/" + filed + "/preguntar", []string{"question", text}, map[string]int{"": no}, citizen, "#preguntas"},
		{"/iniciativas/" + filed + "/comentar", []string{"text", text}, map[string]int{"": no, citizen: no}, "ministro-educacion", "#comentarios"},
		{"/iniciativas/" + filed + "/opinion", []string{"text", text}, map[string]int{"": no, citizen: no, sponsor: no}, "presidente-comuna-5", "#comentarios"},
		{"/iniciativas/" + filed + "/ministerios/min-cultura/si", nil,
			map[string]int{"": no, citizen: no, "ministro-educacion": no, sponsor: no}, "ministro-cultura", "#ministerios"},
		{"/iniciativas/" + filed + "/barreras", []string{"kind", "legal", "what", text, "owner", "min-hacienda", "opened", "2026-03-01"},
			map[string]int{"": no, citizen: no, "director-empleo": no, "jefe-de-gobierno": no}, "ministro-cultura", "#barreras"},
		{"/iniciativas/" + filed + "/decision/excepcion", []string{"reason", text},
			map[string]int{"": no, citizen: no, sponsor: no, planning: no, "jefe-de-gobierno": no}, "jefe-de-gabinete", ""},
		{"/iniciativas/" + whole + "/decision", []string{"do", "defer", "until", "2026-06-01", "reason", text},
			map[string]int{"": no, citizen: no, sponsor: no, planning: no, "coordinador-mesa": no}, "jefe-de-gobierno", ""},
		{"/iniciativas/" + whole + "/retirar", []string{"reason", text},
			map[string]int{"": no, citizen: no, planning: no, "jefe-de-gabinete": no}, sponsor, ""},
	}
	for _, c := range cases {
		for who, status := range c.wrong {
			before := w.acts(idea, draft, filed, whole, proved)
			w.post(who, c.path, c.form...).wants(t, who+" POST "+c.path, status, "!"+text)
			if after := w.acts(idea, draft, filed, whole, proved); after != before {
				t.Errorf("%s was refused POST %s and yet %d acts became %d", who, c.path, before, after)
			}
		}
		a := w.post(c.right, c.path, c.form...)
		if a.status != http.StatusSeeOther || !strings.HasSuffix(a.to, c.to) || a.flash == "" {
			t.Errorf("%s POST %s: status %d to %q with flash %q\n%s", c.right, c.path, a.status, a.to, a.flash, a.told())
		}
	}
}

// acts counts everything that happened to the initiatives.
func (w *world) acts(numbers ...string) int {
	w.t.Helper()
	n := 0
	for _, number := range numbers {
		v, err := w.rt.View(w.ctx(sponsor), number)
		w.must(err)
		events, err := w.rt.History(w.ctx(sponsor), v.Initiative, "", 1000)
		w.must(err)
		n += len(events)
	}
	return n
}
