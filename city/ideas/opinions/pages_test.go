package opinions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"ronda/city/ideas"
	"ronda/method/opinion"
)

const (
	base        = "/desafios/" + asked + "/opiniones"
	carefulBase = "/desafios/" + careful + "/opiniones"
)

// Every page and form meets those who may use it and those who may not.
func TestPagesAndWhoMayUseThem(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 4)
	_, err := w.m.Propose(w.ctx(citizen), careful, "Cerrar las plazas de noche", "")
	w.must(err)
	cases := []struct {
		name, who, method, path string
		form                    []string
		status                  int
		texts                   []string
	}{
		{"the map, for a visitor", nobody, "GET", base, nil, 200, []string{"¿Cómo queremos que sean las plazas?", "De acuerdo", "En desacuerdo", "Paso", "Faltan 10 personas para dibujar el mapa", "!Votaste", "!Sembrar"}},
		{"the map, for a citizen", citizen, "GET", base, nil, 200, []string{"Votaste 0 de 4", "Proponé una afirmación", "La propuso Dirección General de Reciclado", "!Sembrar"}},
		{"the map, for the body that asks", owner, "GET", base, nil, 200, []string{"Sembrar afirmaciones", "!Afirmaciones que esperan"}},
		{"the map, for a moderator", moderator, "GET", base, nil, 200, []string{"Sembrar afirmaciones", "Afirmaciones que esperan"}},
		{"the map after the end", citizen, "GET", "/desafios/" + over + "/opiniones", nil, 200, []string{"La votación terminó", "No se llegó a dibujar el mapa", "!name=\"answer\"", "!Proponé"}},
		{"the map of a challenge without one", citizen, "GET", "/desafios/" + plain + "/opiniones", nil, 404, nil},
		{"the map of no challenge", citizen, "GET", "/desafios/DES-2026-9999/opiniones", nil, 404, nil},
		{"the list", nobody, "GET", base + "/afirmaciones", nil, 200, []string{"La plaza tendría que tener la mejora 4", "Menos de 5 votos", "!Moderar"}},
		{"a page beyond the list", nobody, "GET", base + "/afirmaciones?pagina=99999999999999999999", nil, 200, []string{"la mejora 4"}},
		{"the list, for a moderator", moderator, "GET", base + "/afirmaciones", nil, 200, []string{base + "/moderar/1", base + "/editar/1"}},
		{"the list of what is held, for its author", citizen, "GET", carefulBase + "/afirmaciones", nil, 200, []string{"Espera lectura", "Cerrar las plazas de noche"}},
		{"the list of what is held, for others", neighbour, "GET", carefulBase + "/afirmaciones", nil, 200, []string{"!Cerrar las plazas de noche"}},
		{"proposing, for a visitor", nobody, "GET", base + "/proponer", nil, 303, nil},
		{"proposing", citizen, "GET", carefulBase + "/proponer", nil, 200, []string{"en menos de 48 horas"}},
		{"proposing after the end", citizen, "GET", "/desafios/" + over + "/opiniones/proponer", nil, 409, nil},
		{"a poor proposal", citizen, "POST", base + "/proponer", []string{"text", "Sí"}, 422, []string{"Es demasiado corta", ">\nSí<"}},
		{"a proposal of a visitor", nobody, "POST", base + "/proponer", []string{"text", "Que haya agua en cada plaza"}, 403, nil},
		{"editing what is not yours", neighbour, "GET", base + "/editar/1", nil, 403, nil},
		{"editing what you may not know of", neighbour, "GET", carefulBase + "/editar/1", nil, 404, nil},
		{"editing", owner, "GET", base + "/editar/1", nil, 200, []string{"La plaza tendría que tener la mejora 1"}},
		{"an edit that reads like another", owner, "POST", base + "/editar/1", []string{"version", "1", "text", "LA PLAZA tendría que tener la mejora 2"}, 422, []string{"Ya hay una que dice lo mismo"}},
		{"sowing, for a citizen", citizen, "GET", base + "/sembrar", nil, 403, nil},
		{"sowing, for another body", stranger, "POST", base + "/sembrar", []string{"lines", "Que haya agua en cada plaza"}, 403, nil},
		{"sowing nothing", owner, "POST", base + "/sembrar", []string{"lines", " \n"}, 422, []string{"Falta completar"}},
		{"sowing one wrong line", owner, "POST", base + "/sembrar", []string{"lines", "Que haya agua en cada plaza\nno"}, 422, []string{"El renglón 2 no sirve", "Que haya agua"}},
		{"the queue, for the body that asks", owner, "GET", carefulBase + "/moderar", nil, 403, nil},
		{"the queue, for a visitor", nobody, "GET", carefulBase + "/moderar", nil, 403, nil},
		{"the queue", moderator, "GET", carefulBase + "/moderar", nil, 200, []string{"Cerrar las plazas de noche", "Leer: en 2 días"}},
		{"the queue, for a facilitator", facilitator, "GET", carefulBase + "/moderar", nil, 200, []string{"Cerrar las plazas de noche"}},
		{"taking off, for a citizen", citizen, "POST", base + "/moderar/1", []string{"cause", "topic", "why", "No me gusta lo que dice."}, 403, nil},
		{"taking off without a reason", moderator, "POST", base + "/moderar/1", []string{"why", "no"}, 422, []string{"Elegí una de las opciones", "Contá un poco más"}},
		{"taking off what is not there", moderator, "GET", base + "/moderar/99", nil, 404, nil},
		{"the log", nobody, "GET", base + "/registro", nil, 200, []string{"Afirmación 4: sembrada", "Dirección General de Reciclado"}},
		{"the log as a file", nobody, "GET", base + "/registro?formato=csv", nil, 200, []string{"seeded", "la mejora 3"}},
		{"answers of few people", nobody, "GET", base + "/participants-votes.csv", nil, 404, nil},
		{"the statements as a file", nobody, "GET", base + "/comments.csv", nil, 200, []string{"comment-body", "la mejora 3"}},
		{"an answer that is none", citizen, "POST", base, []string{"no", "1", "version", "1", "answer", "7"}, 422, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := w.get
			if c.method == http.MethodPost {
				a = func(who, path string) reply { return w.post(who, path, c.form...) }
			}
			a(c.who, c.path).wants(t, c.name, c.status, c.texts...)
		})
	}
}

func TestVotingOneAfterAnother(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 3)
	seen := map[string]bool{}
	for range 3 {
		a := w.get(citizen, base)
		no := between(a.body, `name="no" value="`, `"`)
		if seen[no] {
			t.Fatalf("statement %s comes twice", no)
		}
		seen[no] = true
		ballot := []string{"no", no, "version", "1", "answer", "1"}
		w.post(citizen, base, ballot...).sent(t, "voting", base+"#votar", "")
		w.post(citizen, base, ballot...).sent(t, "a double click", base+"#votar", "")
	}
	w.get(owner, base+"/afirmaciones").wants(t, "the list, for who wrote them", 200, "!Corregir")
	w.get(citizen, base).wants(t, "all answered", 200, "Votaste todas", "Votaste 3 de 3", "Tu última respuesta")
	w.post(citizen, base, "no", "2", "answer", "withdraw").sent(t, "undoing", base+"#votar", "")
	w.get(citizen, base).wants(t, "one is open again", 200, "Votaste 2 de 3", "la mejora 2")
	w.post(citizen, base, "no", "2", "version", "1", "answer", "-1", "back", "1").sent(t, "from the list", base+"/afirmaciones?pagina=1#a2", "")
	w.get(citizen, base+"/afirmaciones").wants(t, "the list", 200, `value="-1" aria-pressed="true"`, "Retirar")
	w.must(w.m.Reject(w.ctx(moderator), asked, 1, "topic", "Habla de otra cosa que las plazas."))
	w.post(citizen, base, "no", "1", "version", "1", "answer", "-1").sent(t, "too late", base+"#votar", "late")
}

func between(s, before, after string) string {
	_, s, _ = strings.Cut(s, before)
	s, _, _ = strings.Cut(s, after)
	return s
}

func TestAVisitorsAnswerWaitsForTheSignIn(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 3)
	a := w.post(nobody, base, "no", "2", "version", "1", "answer", "-1")
	if a.status != http.StatusSeeOther || !strings.HasPrefix(a.to, "/ingresar?") || !strings.Contains(a.to, "seguir") {
		t.Fatalf("a visitor's answer: status %d to %s", a.status, a.to)
	}
	if n, _ := w.m.votesOf(w.ctx(nobody), "1", nobody); len(n) != 0 {
		t.Fatal("an answer of nobody counts")
	}
	w.get(citizen, base+"/seguir").sent(t, "back from the sign-in", base+"#votar", "counted")
	answers, err := w.m.Answers(w.ctx(nobody), "1", w.persons[citizen])
	if err != nil || len(answers) != 1 || answers[2] != opinion.Disagree {
		t.Errorf("the answers are %v: %v", answers, err)
	}
	w.must(w.m.Withdraw(w.ctx(citizen), asked, 2))
	w.get(citizen, base+"/seguir").sent(t, "the address alone", base+"#votar", "")
	if answers, _ := w.m.Answers(w.ctx(nobody), "1", w.persons[citizen]); len(answers) != 0 {
		t.Error("the address alone casts an answer")
	}
}

func TestModerationByForms(t *testing.T) {
	w := newWorld(t)
	w.post(citizen, carefulBase+"/proponer", "text", "Cerrar las plazas de noche").sent(t, "proposing", carefulBase+"/afirmaciones", "held")
	w.post(neighbour, carefulBase+"/proponer", "text", "Abrir las plazas de noche").sent(t, "proposing", carefulBase+"/afirmaciones", "held")
	w.post(citizen, carefulBase+"/editar/1", "version", "1", "text", "Cerrar las plazas a la noche").sent(t, "editing", carefulBase+"/afirmaciones", "edited")
	w.post(moderator, carefulBase+"/moderar").sent(t, "marking none", carefulBase+"/moderar", "approved_none")
	w.post(moderator, carefulBase+"/moderar", "no", "1", "no", "2", "no", "x").sent(t, "letting two through", carefulBase+"/moderar", "approved")
	w.get(moderator, carefulBase+"/moderar").wants(t, "the queue", 200, "No espera ninguna")
	w.post(moderator, carefulBase+"/moderar/2", "cause", CauseInsult, "why", "Insulta a quienes usan la plaza.").sent(t, "taking off", carefulBase+"/registro", "rejected")
	w.get(nobody, carefulBase+"/registro").wants(t, "the log", 200, "Insulta a quienes usan la plaza.", "Coordinación de la Mesa", "Cerrar las plazas a la noche", "!Abrir las plazas", "!Persona de")
	w.get(nobody, carefulBase+"/afirmaciones").wants(t, "the list", 200, "Borramos el texto", "!Abrir las plazas")
	w.get(nobody, carefulBase+"/comments.csv").wants(t, "the file", 200, ",-1,\n", "!Abrir las plazas")
	w.post(moderator, carefulBase+"/moderar/1", "cause", "twice", "why", "Ya está dicho en otra.").sent(t, "taking off", carefulBase+"/registro", "rejected")
	w.post(moderator, carefulBase+"/moderar/1", "why", "No, era otra cosa distinta.").sent(t, "putting back", carefulBase+"/registro", "restored")
	w.post(owner, base+"/sembrar", "lines", "Una plaza con sombra\nOtra con juegos").sent(t, "sowing", base+"/afirmaciones", "seeded")
	w.post(owner, base+"/sembrar", "lines", "Una plaza con sombra\nOtra sin juegos").sent(t, "sowing again", base+"/afirmaciones", "seeded_some")
}

func TestTheMapOnThePage(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 12)
	w.camps(asked, 20, 12)
	for no := 1; no <= 8; no++ {
		answer := opinion.Disagree
		if no <= 6 {
			answer = opinion.Agree
		}
		w.say(citizen, asked, no, answer)
	}
	w.later(time.Minute)
	everybody := []string{"Se ven 2 grupos", "Grupo A", "Grupo B", "Lo que une a todos los grupos", "Qué defiende cada grupo", "Ver la tabla", "participants-votes.csv | ronda opinion --comments comments.csv"}
	w.get(nobody, base).wants(t, "for a visitor", 200, append(everybody, "!>Vos<", "!Estás en el grupo")...)
	w.get(citizen, base).wants(t, "for somebody on it", 200, append(everybody, ">Vos<", "Estás en el grupo A", "Estás acá")...)
	w.get(neighbour, base).wants(t, "for somebody who has not answered", 200, append(everybody, "!>Vos<", "!Estás en el grupo")...)
	unites := between(w.get(nobody, base).body, `id="une"`, "</section>")
	if !strings.Contains(unites, "la mejora 12") {
		t.Error("what all agree with does not unite them")
	}
	var f File
	w.must(json.Unmarshal([]byte(w.get(nobody, base+"/opiniones.json").body), &f))
	if len(f.Votes) != 41 || len(f.Statements) != 12 || f.Challenge != asked {
		t.Errorf("the file has %d people and %d statements", len(f.Votes), len(f.Statements))
	}
	first, second := w.get(nobody, base+"/participants-votes.csv").body, w.get(nobody, base+"/participants-votes.csv").body
	if first == second {
		t.Error("people have the same numbers in two files")
	}
}

func TestNoGroupsWhereThereAreNone(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 9)
	chance := rand.New(rand.NewPCG(1, 2))
	for p := range 30 {
		for no := 1; no <= 9; no++ {
			w.say(fmt.Sprintf("person %d", p), asked, no, opinion.Vote(chance.IntN(3)-1))
		}
	}
	w.later(time.Minute)
	w.get(nobody, base).wants(t, "the page", 200, "No hay grupos claros", "No inventamos grupos", "!Grupo A", "!Qué defiende")
}

// Nobody learns how fewer than five people answered.
func TestSmallFiguresAreHidden(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 12)
	w.camps(asked, 20, 11)
	for p := range opinion.FewestShown - 1 {
		w.say(fmt.Sprintf("person %03d", p), asked, 12, opinion.Agree)
	}
	w.later(time.Minute)
	row := func() Row {
		p, _ := w.room(asked).view(nobody)
		for _, r := range p.Rows {
			if r.Statement.No == 12 {
				return r
			}
		}
		t.Fatal("the statement is not in the table")
		return Row{}
	}
	if r := row(); !r.All.Hidden || !r.Groups[0].Hidden || !r.Groups[1].Hidden {
		t.Errorf("four answers are told: %+v", r)
	}
	w.say("person 030", asked, 12, opinion.Agree)
	w.later(time.Minute)
	if r := row(); r.All.Hidden || r.All.Agree != 100 || !r.Groups[0].Hidden || !r.Groups[1].Hidden {
		t.Errorf("of five answers, four of one group: %+v", r)
	}
}

func TestAMapIsOnlyDrawnOfEnough(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 12)
	for p := range needed - 1 {
		for no := 1; no <= 12; no++ {
			w.say("person "+strconv.Itoa(p), asked, no, opinion.Vote(p%2*2-1))
		}
	}
	w.later(time.Minute)
	w.get("person 1", base).wants(t, "with nine people", 200, "Falta 1 persona para dibujar el mapa", "!Grupo A", "!class=\"opinion-map\"")
	w.say("person 9", asked, 1, opinion.Agree)
	w.later(time.Minute)
	w.get("person 1", base).wants(t, "with ten", 200, "class=\"opinion-map\"")
}

// Groups keep their letters when the program starts again.
func TestGroupsOutliveARestart(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 12)
	w.camps(asked, 20, 12)
	w.later(time.Minute)
	w.room(asked)
	w.say("person 001", asked, 12, opinion.Pass)
	w.later(2 * time.Minute)
	kept := w.room(asked).alive().State()
	again, err := New(w.m.Deps)
	w.must(err)
	w.m = again
	if got := w.room(asked).alive().State(); got.Maps < kept.Maps || got.K != kept.K || kept.K != 2 {
		t.Errorf("after %d maps with %d groups, it begins again with %d and %d", kept.Maps, kept.K, got.Maps, got.K)
	}
}

// A page that tells what happened in the whole city tells these acts too.
func TestActsAreToldElsewhere(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 1)
	e := w.events(asked, true)[0]
	moment, ok := w.m.Moment(w.ctx(nobody), e)
	if !ok || moment.Title != "Afirmación 1: sembrada" || moment.Href != base+"/registro" || moment.Meta != "Dirección General de Reciclado" {
		t.Errorf("it is told as %+v", moment)
	}
	e.Kind = "ideas.sent"
	if _, ok := w.m.Moment(w.ctx(nobody), e); ok {
		t.Error("an act of another module is told")
	}
}

func TestTheStyleIsServedForEver(t *testing.T) {
	w := newWorld(t)
	w.edit(asked, func(c *ideas.Challenge) { c.Phase = ideas.PhaseDraft })
	path := between(w.get(owner, base).body, `<link rel="stylesheet" href="/assets/opinions`, `"`)
	a := w.get(nobody, "/assets/opinions"+path)
	if a.status != 200 || !bytes.Contains([]byte(a.body), []byte(".opinion-map")) {
		t.Errorf("the style is %d", a.status)
	}
}

// A group of three is not shown, nor the next smallest, from which the three
// could be found by subtracting.
func TestSmallGroupsAreHidden(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 9)
	votes, labels := &opinion.Votes{}, map[string]string{}
	for group, size := range []int{20, 6, 3} {
		for p := range size {
			name := fmt.Sprintf("person %d-%d", group, p)
			labels[name] = strconv.Itoa(group)
			for no := 1; no <= 9; no++ {
				answer := opinion.Disagree
				if no%3 == group {
					answer = opinion.Agree
				}
				w.must(votes.Cast(name, strconv.Itoa(no), answer))
			}
		}
	}
	p := w.room(asked).picture(opinion.Describe(votes, labels))
	if len(p.Groups) != 3 || p.Groups[0].Hidden || !p.Groups[1].Hidden || !p.Groups[2].Hidden {
		t.Fatalf("the groups are %+v", p.Groups)
	}
	for _, g := range p.Groups[1:] {
		if g.Size != 0 || len(g.Stands) != 0 || len(g.places) != 0 {
			t.Errorf("the hidden group %s tells %+v", g.Letter, g)
		}
	}
	if d, _ := p.Drawing(); len(d.Groups) != 1 || strings.Count(d.Groups[0].Dots, "M") != 20 || d.Cloud != "" {
		t.Errorf("the map draws %+v", d)
	}
	for _, r := range p.Rows {
		if !r.Groups[1].Hidden || !r.Groups[2].Hidden {
			t.Errorf("the table tells of a hidden group: %+v", r)
		}
	}
}
