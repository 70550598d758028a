package office_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"ronda/city/roundtable"
)

func TestQuestionsAreAskedAnsweredAndHidden(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	path := "/iniciativas/" + number
	w.post(citizen, path+"/preguntar", "question", "¿Y?").wants(t, "a poor question", http.StatusUnprocessableEntity, ">\n¿Y?<", "al menos 10 letras")
	w.post(citizen, path+"/preguntar", "question", "¿Va a llegar a la Comuna 9?").sent(t, "asking", path+"#preguntas", "ask")
	w.post(citizen, path+"/preguntar", "question", "Compren mi producto ahora mismo").sent(t, "asking again", path+"#preguntas", "ask")
	v, err := w.rt.View(w.ctx(sponsor), number)
	w.must(err)
	first, second := v.Questions[0].ID, v.Questions[1].ID

	w.get(sponsor, path+"/responder/"+first).wants(t, "the answer's page", http.StatusOK, "¿Va a llegar a la Comuna 9?", "Tu respuesta")
	w.post(planning, path+"/responder/"+first, "answer", "Sí, en mayo, en las plazas.").wants(t, "answered by another office", http.StatusForbidden)
	w.post(sponsor, path+"/responder/"+first, "answer", "sí").wants(t, "a poor answer", http.StatusUnprocessableEntity, ">\nsí<", "¿Va a llegar a la Comuna 9?")
	w.post(sponsor, path+"/responder/"+first, "answer", "Sí, en mayo, en las plazas.").sent(t, "answering", path+"#preguntas", "answer")
	w.post(sponsor, path+"/responder/"+first, "answer", "Otra respuesta, mejor.").wants(t, "answering twice", http.StatusConflict, "Otra respuesta, mejor.")

	w.post(sponsor, path+"/ocultar/"+second, "reason", "No es una pregunta.").wants(t, "hidden by the sponsor", http.StatusForbidden)
	w.post("coordinador-mesa", path+"/ocultar/"+second, "reason", "No es una pregunta.").sent(t, "hiding", path+"#preguntas", "hide")
	w.post("coordinador-mesa", path+"/ocultar/"+second, "reason", "No es una pregunta.").wants(t, "hiding twice", http.StatusNotFound)
}

func TestMinistriesCarryItTogether(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	path := "/iniciativas/" + number
	w.post(sponsor, path+"/ministerios", "ministry", "min-ambiente-espacio-publico").wants(t, "the own ministry", http.StatusUnprocessableEntity, "Ya es de ese ministerio")
	w.post(sponsor, path+"/ministerios", "ministry", "min-cultura").sent(t, "inviting", path+"#ministerios", "invite")
	w.post(sponsor, path+"/ministerios", "ministry", "min-cultura").wants(t, "inviting twice", http.StatusUnprocessableEntity, "Está dos veces")
	w.post("ministro-cultura", path+"/ministerios/min-educacion/si").wants(t, "for a ministry that was not asked", http.StatusConflict)
	w.post("ministro-cultura", path+"/ministerios/min-cultura/si").sent(t, "joining", path+"#ministerios", "owner_in")
	w.post("ministro-cultura", path+"/ministerios/min-cultura/no").sent(t, "leaving", path+"#ministerios", "owner_out")
}

func TestObstaclesAreNotedAndResolved(t *testing.T) {
	w := newWorld(t)
	number := w.filed("Compost en cada plaza")
	path := "/iniciativas/" + number
	w.get(sponsor, path+"/barreras").wants(t, "the form", http.StatusOK, `value="2026-03-24"`)
	w.post(sponsor, path+"/barreras", "what", "La licitación no sale.", "opened", "2026-03-30").wants(t, "half of it", http.StatusUnprocessableEntity,
		"La licitación no sale.", "Esa fecha todavía no llegó", "Elegí uno de la lista")
	w.post(sponsor, path+"/barreras", "kind", "procurement", "what", "La licitación no sale.", "owner", "min-hacienda", "opened", "2026-03-01").sent(t, "noting", path+"#barreras", "barrier")
	v, err := w.rt.View(w.ctx(sponsor), number)
	w.must(err)
	resolve := path + "/barreras/" + v.Barriers[0].ID + "/resolver"
	w.get(sponsor, resolve).wants(t, "resolving it", http.StatusOK, "La licitación no sale.")
	w.post(sponsor, resolve, "how", "ya").wants(t, "a poor answer", http.StatusUnprocessableEntity, ">\nya<")
	w.post(sponsor, resolve, "how", "Se compró por convenio.").sent(t, "resolving", path+"#barreras", "resolve")
	w.post(sponsor, resolve, "how", "Se compró por convenio.").wants(t, "resolving twice", http.StatusNotFound)
}

func TestDecisions(t *testing.T) {
	w := newWorld(t)
	whole, open := w.signedNumber("Mapa de baños"), w.filed("Compost en cada plaza")
	decide := func(number string, pairs ...string) answer {
		return w.post("jefe-de-gobierno", "/iniciativas/"+number+"/decision", pairs...)
	}
	decide(whole, "do", "adopt", "reason", "sí").wants(t, "a poor reason", http.StatusUnprocessableEntity, "al menos 10 letras", ">\nsí<")
	decide(whole, "do", "defer", "until", "2026-03-24", "reason", "Lo miramos en junio.").wants(t, "until today", http.StatusUnprocessableEntity, "todavía no llegó", "Lo miramos en junio.")
	decide(whole, "do", "defer", "until", "2026-06-01", "reason", "Lo miramos en junio.").sent(t, "deferring", "/iniciativas/"+whole, "defer")
	w.get("jefe-de-gobierno", "/iniciativas/"+whole+"/decision").wants(t, "deferred", http.StatusOK, "Volver a la ronda", "!Decidir más adelante")
	decide(whole, "do", "resume", "reason", "Ya estamos en junio.").sent(t, "resuming", "/iniciativas/"+whole, "resume")
	decide(whole, "do", "adopt", "reason", "Está todo y hace falta.").sent(t, "adopting", "/iniciativas/"+whole, "adopt")
	decide(whole, "do", "decline", "reason", "Nos arrepentimos hoy.").wants(t, "afterwards", http.StatusConflict)

	decide(open, "do", "adopt", "reason", "Está todo y hace falta.").wants(t, "adopting with steps open", http.StatusConflict, "Faltan 6 pasos", "Está todo y hace falta.")
	decide(open, "do", "nonsense").wants(t, "deciding nothing", http.StatusOK, "Faltan 6 pasos")
	override := "/iniciativas/" + open + "/decision/excepcion"
	w.post("jefe-de-gabinete", override, "reason", "ya").wants(t, "a poor reason for the exception", http.StatusUnprocessableEntity, ">\nya<")
	w.post("jefe-de-gabinete", override, "reason", "La obra empieza mañana.").sent(t, "the exception", "/iniciativas/"+open, "override")
	if v, _ := w.rt.View(w.ctx(""), open); v.Initiative.State != roundtable.Adopted || !v.Initiative.Override {
		t.Errorf("it is %s, override %v", v.Initiative.State, v.Initiative.Override)
	}
}

// The panels that the public page embeds show each person what that person may
// use, and nothing to the others.
func TestPanelsOfThePublicPage(t *testing.T) {
	w := newWorld(t)
	number, idea := w.filed("Compost en cada plaza"), w.idea("director-empleo", "Ferias de ropa usada")
	w.must(w.rt.Ask(w.ctx(citizen), number, "¿Va a llegar a la Comuna 9?"))
	w.must(w.rt.InviteOwner(w.ctx(sponsor), number, "min-cultura"))
	w.must(w.rt.AddBarrier(w.ctx(sponsor), number, roundtable.Barrier{Kind: "legal", What: "Falta un permiso.", Owner: "min-hacienda", Opened: "2026-03-01"}))
	draw := func(who, number string, panel func(v roundtable.View) templ.Component) string {
		ctx := w.ctx(who)
		v, err := w.rt.View(ctx, number)
		w.must(err)
		var b bytes.Buffer
		w.must(panel(v).Render(ctx, &b))
		return strings.TrimSpace(b.String())
	}
	panels := map[string]func(who string) func(v roundtable.View) templ.Component{
		"ask": func(who string) func(roundtable.View) templ.Component {
			return func(v roundtable.View) templ.Component { return w.office.AskForm(w.ctx(who), v) }
		},
		"answer": func(who string) func(roundtable.View) templ.Component {
			return func(v roundtable.View) templ.Component { return w.office.AnswerForm(w.ctx(who), v, v.Questions[0]) }
		},
		"comment": func(who string) func(roundtable.View) templ.Component {
			return func(v roundtable.View) templ.Component { return w.office.CommentForm(w.ctx(who), v) }
		},
		"opinion": func(who string) func(roundtable.View) templ.Component {
			return func(v roundtable.View) templ.Component { return w.office.OpinionForm(w.ctx(who), v) }
		},
		"owners": func(who string) func(roundtable.View) templ.Component {
			return func(v roundtable.View) templ.Component { return w.office.OwnerPanel(w.ctx(who), v) }
		},
		"barrier": func(who string) func(roundtable.View) templ.Component {
			return func(v roundtable.View) templ.Component { return w.office.BarrierPanel(w.ctx(who), v) }
		},
		"actions": func(who string) func(roundtable.View) templ.Component {
			return func(v roundtable.View) templ.Component { return w.office.Actions(w.ctx(who), v) }
		},
	}
	cases := []struct{ panel, who, number, want string }{
		{"ask", "", number, "Ingresá para preguntar"}, {"ask", citizen, number, "/preguntar"}, {"ask", sponsor, idea, ""},
		{"answer", citizen, number, ""}, {"answer", sponsor, number, "/responder/"}, {"answer", "coordinador-mesa", number, "/ocultar/"},
		{"comment", citizen, number, ""}, {"comment", planning, number, "/comentar"},
		{"opinion", sponsor, number, ""}, {"opinion", "presidente-comuna-5", number, "/opinion"},
		{"owners", "", number, ""}, {"owners", planning, number, "Ministerio de Cultura"}, {"owners", "ministro-cultura", number, "/ministerios/min-cultura/si"}, {"owners", sponsor, number, "Invitar a otro ministerio"},
		{"barrier", "", number, ""}, {"barrier", sponsor, number, "/resolver"},
		{"actions", "", number, ""}, {"actions", citizen, number, ""}, {"actions", planning, number, "Firmar: Efectividad"},
		{"actions", sponsor, number, "/expediente"}, {"actions", "jefe-de-gobierno", number, "/decision"}, {"actions", sponsor, idea, "/tomar"}, {"actions", "director-empleo", idea, "/unir"},
	}
	for _, c := range cases {
		got := draw(c.who, c.number, panels[c.panel](c.who))
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("the panel %s shows %q what has %q in it, not %q", c.panel, c.who, got, c.want)
		}
	}
}

func TestTheQueueIsForTheOfficesThatAssist(t *testing.T) {
	w := newWorld(t)
	late := w.filed("Compost en cada plaza")
	w.now = w.now.AddDate(0, 0, 11)
	w.filed("Luces que avisan")
	a := w.get("analista-planificacion", "/bandeja")
	a.wants(t, "the queue", http.StatusOK, "Dirección General de Planificación", "hace 1 día", "11 días", "/iniciativas/"+late+"/pasos/efectividad", "0 horas", "Dirección General de Reciclado")
	if strings.Index(a.body, "Compost en cada plaza") > strings.Index(a.body, "Luces que avisan") {
		t.Error("what is late does not come first")
	}
	w.get(planning, "/bandeja?paso=alcance-e-impacto").wants(t, "another step", http.StatusOK, "!Compost", "Nada espera a tu oficina", `aria-current="true"`)
	for n := range roundtable.PageSize {
		w.filed("Plaza " + strings.Repeat("x", n+1))
	}
	a = w.get(planning, "/bandeja?paso=efectividad")
	a.wants(t, "a long queue", http.StatusOK, "/bandeja?desde=", "paso=efectividad")
	w.get(planning, "/bandeja?desde=nonsense").wants(t, "from nowhere", http.StatusNotFound)
}
