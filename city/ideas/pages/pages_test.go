package pages_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ronda/city/ideas"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

var messageKey = regexp.MustCompile(`\b(ideas|charter|people|fault|ui)\.[a-z_.]*[a-z]`)

// Every page is there for whoever may see it, says what it is for, in both
// languages, and shows no message key.
func TestEveryPageForEverybody(t *testing.T) {
	dbtest.Run(t, tables(), func(t *testing.T, d *db.DB) {
		w := worldOn(t, d)
		c := w.open(nil)
		first, second := w.published("ana", "Composteras en cada plaza", c.ID), w.published("beto", "Un reloj en la esquina", "")
		held := "IDEA-2026-00003"
		w.send("newcomer", "Que el camión avise", "")
		hidden := w.published("caro", "Vendo heladera", "")
		w.must(w.ideas.Hide(w.as("coordinador-mesa"), hidden, "Es propaganda, no una idea."))
		const yes, no, nothing = http.StatusOK, http.StatusForbidden, http.StatusNotFound
		numbers := strings.NewReplacer("{A}", first, "{B}", second, "{H}", held, "{X}", hidden, "{C}", c.Number)
		for _, x := range []struct {
			path, who string
			status    int
			says      []string
		}{
			{"/desafios", "", yes, []string{"¿Cómo separamos la basura?", "Quedan 12 días", "Proponer una idea", "1 idea"}},
			{"/desafios/{C}", "", yes, []string{"¿Cómo separamos la basura?", "/desafios/{C}/idea", "60 %", "Persona ministro-cultura", c.RulesHash, "Composteras en cada plaza", "Elige un jurado", "lugar=flores"}},
			{"/desafios/{C}/reglas", "", yes, []string{c.RulesHash, "v1.json", "Versión 1"}},
			{"/desafios/DES-1999-0001", "", nothing, nil},
			{"/desafios/{C}/idea", "", yes, []string{"El desafío pregunta", "Lo escrito te espera"}},
			{"/ideas", "", yes, []string{"Composteras en cada plaza", "Un reloj en la esquina", "2 ideas", "!Que el camión avise", "!Vendo heladera"}},
			{"/ideas?orden=apoyadas", "", yes, []string{"Composteras"}},
			{"/ideas?orden=azar&estado=-", "", yes, []string{"Composteras"}},
			{"/ideas?lugar=comuna-7", "", yes, []string{"Composteras"}},
			{"/ideas?q=reloj", "", yes, []string{"Un reloj en la esquina", "!Composteras en cada"}},
			{"/ideas?q=zzzz", "", yes, []string{"Nadie propuso algo así"}},
			{"/ideas?desde=cualquier-cosa", "", nothing, nil},
			{"/ideas?desafio={C}", "", yes, []string{"Composteras en cada plaza", "!Un reloj en la esquina", "Basura cero"}},
			{"/ideas?desafio=-", "", yes, []string{"Un reloj en la esquina", "!Composteras en cada"}},
			{"/ideas?desafio=DES-1999-0001", "", nothing, nil},
			{"/ideas.atom?desafio={C}", "", yes, []string{"Composteras en cada plaza", "!Un reloj"}},
			{"/ideas/mapa", "", yes, []string{"Flores", "Ideas por lugar"}},
			{"/ideas/mapa?nivel=comunas", "", yes, []string{"Comuna 7"}},
			{"/ideas/{A}", "", yes, []string{words, "Apoyar", "Tiene que responder", "Dirección General de Reciclado", "Ingresá para comentar", "/registro/acto/", "!Cambiar el texto"}},
			{"/ideas/{A}", "ana", yes, []string{"Cambiar el texto", "Retirar la idea", "Tu comentario", "!Denunciar esta idea"}},
			{"/ideas/{A}", "beto", yes, []string{"Denunciar esta idea", "!Cambiar el texto"}},
			{"/ideas/{A}/historia", "", yes, []string{"Se publicó"}},
			{"/ideas/{A}/historia?desde=x", "", nothing, nil},
			{"/ideas/{A}/versiones", "", yes, []string{"Versión 1", words}},
			{"/ideas/{A}/editar", "beto", no, nil},
			{"/ideas/{A}/editar", "ana", yes, []string{words, "Guardar el cambio"}},
			{"/ideas/{A}/retirar", "beto", no, nil},
			{"/ideas/{A}/familia", "beto", no, nil},
			{"/ideas/{A}/familia", "ana", yes, []string{"Otra, por su número"}},
			{"/ideas/{A}/denunciar", "beto", yes, []string{"Qué tiene de malo"}},
			{"/ideas/{H}", "", nothing, nil},
			{"/ideas/{H}", "beto", nothing, nil},
			{"/ideas/{H}", "newcomer", yes, []string{"Alguien la lee antes de publicarla", "Es tu primera idea"}},
			{"/ideas/{H}/versiones", "beto", nothing, nil},
			{"/ideas/{X}", "", yes, []string{"Esta idea está oculta", "Es propaganda", "!Vendo heladera", "!Apoyar"}},
			{"/ideas/{X}", "caro", yes, []string{"Vendo heladera", "Pedir que la revisen"}},
			{"/ideas/{X}/versiones", "", nothing, nil},
			{"/ideas/IDEA-1999-00001", "", nothing, nil},
			{"/ideas/nueva", "", yes, []string{"¿Cuál es tu idea?", "Guardar y seguir después"}},
			{"/ideas/nueva?borrador=no-existe", "", http.StatusSeeOther, nil},
			{"/ideas/moderacion", "", yes, []string{"Es propaganda", hidden}},
			{"/ideas/respuestas", "", yes, []string{"Dirección General de Reciclado", "esperan respuesta", "<table"}},
			{"/mis-ideas", "", yes, []string{"Ingresar"}},
			{"/mis-ideas", "newcomer", yes, []string{"Que el camión avise", "Alguien la lee antes"}},
			{"/mis-ideas", "caro", yes, []string{"Está oculta. Motivo: Es propaganda", "Pedir que la revisen"}},
			{"/mis-ideas", "dani", yes, []string{"Todavía no propusiste nada"}},
			{"/ideas.atom", "", yes, []string{"Composteras en cada plaza", "http://ronda.test/ideas/" + first}},
		} {
			path, v := numbers.Replace(x.path), w.visitor(x.who)
			for i := range x.says {
				x.says[i] = numbers.Replace(x.says[i])
			}
			v.get(path).wants(t, x.who+" GET "+path, x.status, x.says...)
			sep := "?"
			if strings.Contains(path, "?") {
				sep = "&"
			}
			for _, a := range []answer{v.get(path), v.get(path + sep + "lang=en")} {
				if key := messageKey.FindString(a.told()); key != "" {
					t.Errorf("%s shows the message key %s", path, key)
				}
				if len(a.raw) > 70_000 {
					t.Errorf("%s weighs %d bytes", path, len(a.raw))
				}
			}
		}
	})
}

// send writes and sends an idea as its form does, and gives the answer.
func (w *world) send(who, title, text string) answer {
	w.t.Helper()
	if text == "" {
		text = words
	}
	return w.visitor(who).post("/ideas/nueva", "title", title, "text", text)
}

// What happens in one phase of a challenge is one obvious thing.
func TestAChallengeSaysWhatToDoNow(t *testing.T) {
	w := newWorld(t)
	c := w.open(func(r *ideas.Rules) {
		r.Method, r.BallotKind, r.Budget, r.Statements = ideas.MethodEqualShares, ideas.BallotApproval, 100_000_000, true
		r.VoteOpens, r.VoteCloses = w.now.AddDate(0, 0, 14), w.now.AddDate(0, 0, 20)
	})
	w.published("ana", "Composteras en cada plaza", c.ID)
	v, path := w.visitor(""), "/desafios/"+c.Number
	v.get(path).wants(t, "open", 200, "¿Qué harías vos?", path+"/idea", "Opinar en dos minutos", "$ 1.000.000", "Partes iguales")
	w.now = w.now.AddDate(0, 0, 13)
	w.must(w.ideas.Tick(w.as("")))
	v.get(path).wants(t, "closed", 200, "Se están leyendo todas las ideas", "Leer las ideas", "!"+path+"/idea\"")
	v.get(path+"/idea").leads(t, "a form that is closed", path, "closed")
	w.now = w.now.AddDate(0, 0, 2)
	v.get(path).wants(t, "voting", 200, "Ahora se vota", path+"/votacion")
	v.get("/desafios").wants(t, "in the list", 200, "Se vota ahora")
	w.must(w.ideas.CancelChallenge(w.as("director-reciclado"), c.Number, "No hay presupuesto este año."))
	v.get(path).wants(t, "cancelled", 200, "Este desafío se canceló")
}

// The rules can be fetched byte by byte as they were hashed.
func TestRulesAreSentAsTheyWereHashed(t *testing.T) {
	w := newWorld(t)
	c := w.open(nil)
	all, err := w.ideas.RuleVersions(w.as(""), c.ID)
	w.must(err)
	a := w.visitor("").get("/desafios/" + c.Number + "/reglas/v1.json")
	if a.raw != all[0].JSON || a.header.Get("Content-Type") != "application/json" {
		t.Errorf("got %q as %q", a.raw, a.header.Get("Content-Type"))
	}
	w.visitor("").get("/desafios/"+c.Number+"/reglas/v2.json").wants(t, "a version that is none", http.StatusNotFound)
}
