package ballot_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ronda/city/ideas/ballot"
	"ronda/city/people"
	"ronda/platform/db/dbtest"
)

type ctxt = context.Context

// Every role and every action.
func TestPolicy(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, migrations...), money(ballot.EqualShares, ballot.Approval, 0), plazas()...)
	may := map[string][]ballot.Action{
		"": nil, "ana": {ballot.VoteIn}, elsewhere: {ballot.VoteIn}, member: {ballot.VoteIn, ballot.Preview},
		head: {ballot.VoteIn, ballot.Preview, ballot.Publish}, coordination: {ballot.VoteIn, ballot.Preview, ballot.Publish},
	}
	for who, actions := range may {
		for _, a := range ballot.Actions {
			c := ballot.Case{Charter: w.ch, Contest: w.town.contest}
			post, err := c.Require(people.Me(w.ctx(who)), a)
			if got, want := err == nil, slices.Contains(actions, a); got != want {
				t.Errorf("%q may %s: %t, want %t", who, a, got, want)
			}
			if err == nil && a != ballot.VoteIn && post.Post != who {
				t.Errorf("%q does %s in the name of %q", who, a, post.Post)
			}
		}
	}
}

// Each page at each stage, for each role.
func TestPagesAtEveryStage(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, migrations...), money(ballot.EqualShares, ballot.Approval, 2), plazas()...)
	stages := []struct {
		name string
		do   func()
		get  map[string][]string // "who path" and what it shows
	}{
		{"before", func() { w.now = opening.Add(-hours(5)) }, map[string][]string{
			"ana /votacion": {"La votación abre el", "!>Elegir", "Cancha techada"}, " /resultado": {"Todavía se está votando"},
		}},
		{"open", func() { w.now = opening.Add(hours(1)); w.vote("ana", 1, plazas()[0].Number) }, map[string][]string{
			" /votacion":     {"Ingresar y votar", "/ingresar?a=", "Votó 1 persona", "!aria-pressed", "$ 60", "$ 40,50", "No tiene un costo calculado"},
			"ana /votacion":  {"Elegiste 1 idea.", "Te queda 1.", "Lo tuyo cuesta $ 60 de $ 100", `aria-pressed="true"`, "!Ingresar y votar"},
			"beto /votacion": {"Elegiste 0 ideas.", `aria-pressed="false"`, `!aria-pressed="true"`},
			" /resultado":    {"Todavía se está votando", "!Cancha"},
		}},
		{"closed", func() { w.now = w.town.contest.Closes }, map[string][]string{
			"ana /votacion": {"La votación terminó", "!aria-pressed"}, " /resultado": {"Se están contando"},
		}},
		{"counted", func() { w.over() }, map[string][]string{
			" /resultado": {"contados y sellados", "Votó 1 persona", "!Cancha"}, "ana /resultado": {"contados y sellados", "!Cancha"}, elsewhere + " /resultado": {"!Cancha"},
			member + " /resultado": {"Esto lo ve solo tu organismo", "Cancha techada", "!Publicar este resultado", "Lo publica quien firma"},
			head + " /resultado":   {"Publicar este resultado", "Cancha techada"}, coordination + " /resultado": {"Publicar este resultado"},
			head + " /resultado/otra-lista": {"Por qué te apartás", "Cancha techada"},
		}},
		{"published", func() { w.must(w.ballot.Publish(w.ctx(head), number, ballot.Choice{})) }, map[string][]string{
			" /resultado":                   {"Publicado el", "Cancha techada", "ronda choose DES-2026-0003.pb --rule equal-shares", "sha256sum DES-2026-0003.pb", "$ 60", "sobran", "!Publicar este"},
			" /resultado/datos?formato=csv": {"IDEA-2026-00001", "Cancha techada"}, " /resultado/datos?formato=json": {`"digest"`, `"chosen"`},
		}},
	}
	for _, s := range stages {
		s.do()
		for what, texts := range s.get {
			who, path, _ := strings.Cut(what, " ")
			w.get(who, path).wants(t, s.name+": "+what, http.StatusOK, texts...)
			keys(t, w.get(who, path), what)
			if !strings.Contains(path, "datos") {
				keys(t, w.get(who, path+"?lang=en"), what+" in English")
			}
		}
	}
	w.town.contest.Stage = ballot.Void
	w.get("ana", "/votacion").wants(t, "cancelled", http.StatusOK, "se canceló", "!aria-pressed")
}

var messageKey = regexp.MustCompile(`\b(ideas|choice|charter|people|fault|ui)\.[a-z_.]*[a-z]`)

// keys checks that no message is missing: a page would show its key.
func keys(t *testing.T, a answer, what string) {
	t.Helper()
	if key := messageKey.FindString(a.told()); key != "" {
		t.Errorf("%s shows the message key %s", what, key)
	}
}

// No page, export or count tells before its time how the vote stands, not even to
// the body that asks.
func TestCountsAreSealed(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, migrations...), money(ballot.EqualShares, ballot.Approval, 0), plazas()...)
	var quiet []string
	paths := []string{"/votacion", "/votacion?lugar=comuna-5", "/resultado", "/resultado/votos", "/resultado/datos?formato=csv", "/resultado/datos?formato=json", "/resultado/otra-lista"}
	who := []string{"", "zoe", elsewhere, member, head, coordination}
	look := func(whom []string) (out []string) {
		for _, one := range whom {
			for _, path := range paths {
				out = append(out, unnumbered(w.get(one, path).told()))
			}
		}
		return out
	}
	quiet = look(who)
	for i := range 9 {
		w.vote(string(rune('a'+i)), 1, plazas()[i%3].Number)
	}
	for i, text := range look(who) {
		if text != quiet[i] {
			t.Errorf("%s tells more when people have voted:\n%s\n%s", paths[i%len(paths)], quiet[i], text)
		}
	}
	w.over()
	for _, one := range []string{"", "zoe", elsewhere} {
		for _, path := range paths[2:] {
			a := w.get(one, path)
			for _, secret := range []string{"Cancha", "IDEA-2026", "3 votos", "Huerta"} {
				if strings.Contains(a.body, secret) {
					t.Errorf("%q reads %q at %s before the result is published", one, secret, path)
				}
			}
		}
	}
	for _, one := range who { // the ballots themselves are for nobody before the result is
		w.get(one, "/resultado/votos").wants(t, one+" asks for the ballots", http.StatusNotFound)
		w.get(one, "/resultado/datos?formato=json").wants(t, one+" asks for the data", http.StatusNotFound)
	}
}

// unnumbered takes the number of voters, which is public, and the request's own
// number out of a text.
func unnumbered(text string) string {
	return regexp.MustCompile(`Vot(ó|aron) \d+ personas?|consulta: [0-9a-f-]{36}`).ReplaceAllString(text, "")
}

// Taps over HTTP: with and without htmx, good and bad.
func TestTapsOverHTTP(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, migrations...), money(ballot.EqualShares, ballot.Approval, 1), plazas()...)
	one, two := plazas()[0].Number, plazas()[1].Number
	cases := []struct {
		name, who string
		form      []string
		partial   bool
		status    int
		texts     []string
		voices    int
	}{
		{"anonymous", "", []string{"idea", one, "value", "1"}, false, 403, nil, 0},
		{"no value", "ana", []string{"idea", one}, false, 422, nil, 0},
		{"a value of words", "ana", []string{"idea", one, "value", "uno"}, false, 422, nil, 0},
		{"no idea", "ana", []string{"value", "1"}, false, 409, []string{"ya no se puede votar"}, 0},
		{"given", "ana", []string{"idea", one, "value", "1"}, false, 303, nil, 1},
		{"given again", "ana", []string{"idea", one, "value", "1"}, false, 303, nil, 1},
		{"one too many", "ana", []string{"idea", two, "value", "1"}, false, 409, []string{"Ya usaste", "Elegiste 1 idea."}, 1},
		{"one too many, in part", "ana", []string{"idea", two, "value", "1"}, true, 200, []string{"Ya usaste", `id="votar"`, "!<html"}, 1},
		{"taken back, in part", "ana", []string{"idea", one, "back", "yes"}, true, 200, []string{"Elegiste 0 ideas.", `id="voz"`, "!<html"}, 0},
		{"taken back again", "ana", []string{"idea", one, "back", "yes"}, false, 303, nil, 0},
		{"in part", "ana", []string{"idea", two, "value", "1"}, true, 200, []string{"Elegiste 1 idea.", `aria-pressed="true"`, "!<html"}, 1},
	}
	for _, c := range cases {
		r := form("/votacion?lugar=comuna-5", c.form...)
		if c.partial {
			r.Header.Set("HX-Request", "true")
			r.Header.Set("HX-Target", "votar")
		}
		a := w.do(c.who, r)
		a.wants(t, c.name, c.status, c.texts...)
		if c.status == 303 && a.to != "/desafios/"+number+"/votacion?lugar=comuna-5#"+one {
			t.Errorf("%s leads to %s", c.name, a.to)
		}
		if n := w.stored("ballot_voice"); n != c.voices {
			t.Errorf("%s: %d voices, want %d", c.name, n, c.voices)
		}
	}
	w.over()
	w.do("ana", form("/votacion", "idea", one, "value", "1")).wants(t, "after the close", 409, "no está abierta")
}

// Who may not publish is refused, and nothing happens.
func TestOnlyTheHeadPublishes(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, migrations...), money(ballot.EqualShares, ballot.Approval, 0), plazas()...)
	w.vote("ana", 1, plazas()[0].Number)
	if a := w.post(head, "/resultado"); a.status != 409 {
		t.Errorf("published while people vote: %d", a.status)
	}
	w.over()
	for _, who := range []string{"", "ana", elsewhere, member} {
		w.post(who, "/resultado").wants(t, who+" publishes", 403)
		w.post(who, "/resultado/otra-lista", "chosen", plazas()[1].Number, "reason", "Un motivo que alcanza para todos.").wants(t, who+" publishes another list", 403)
		w.get(who, "/resultado/otra-lista").wants(t, who+" opens the form", 403)
	}
	if w.town.chosen != nil {
		t.Fatalf("concluded: %v", w.town.chosen)
	}
	if items, err := w.ballot.Desk(w.ctx(head), w.persons[head]); err != nil || len(items) != 1 || items[0].Href != "/desafios/"+number+"/resultado" {
		t.Errorf("the head's desk: %v, %v", items, err)
	}
	if items, err := w.ballot.Desk(w.ctx(member), w.persons[member]); err != nil || len(items) != 0 {
		t.Errorf("a member's desk: %v, %v", items, err)
	}
	if a := w.post(coordination, "/resultado"); a.status != 303 {
		t.Errorf("the coordination publishes: %d %s", a.status, a.told())
	}
	if items, _ := w.ballot.Desk(w.ctx(head), w.persons[head]); len(items) != 0 {
		t.Errorf("published, and still on the desk: %v", items)
	}
}

// Every kind of ballot has its page, and each says what counts.
func TestEveryKindOfBallotHasItsPage(t *testing.T) {
	want := map[ballot.Kind][]string{
		ballot.Approval: {"Elegiste 2 ideas.", "Te queda 1."}, ballot.Points: {"Repartiste 2 puntos.", "Te quedan 4."}, ballot.Ranking: {"Ordenaste 2 ideas.", "Puesto 2", "Subir"},
		ballot.Scores: {"Puntuaste 2 ideas.", "1 de 5"}, ballot.Grades: {"Calificaste 2 ideas.", "Mala", "Excelente"}, ballot.Pairs: {"Viste 1 par.", "Quedan 14.", "Prefiero esta", "No sabría decir", "Preferiste Idea 1"},
		ballot.Dotted: {"Pegaste 2 puntos.", "Te quedan 0."},
	}
	for kind, c := range kinds() {
		t.Run(string(kind), func(t *testing.T) {
			w := newWorld(t, dbtest.SQLite(t, migrations...), c, six()...)
			if kind == ballot.Pairs {
				w.post("ana", "/votacion", "idea", six()[0].Number, "other", six()[1].Number, "value", "1").wants(t, "a duel", 303)
			} else {
				for i := range 2 {
					w.post("ana", "/votacion", "idea", six()[i].Number, "value", map[bool]string{true: "2", false: "1"}[kind == ballot.Ranking && i == 1]).wants(t, "a tap", 303)
				}
			}
			w.get("ana", "/votacion").wants(t, "the vote", 200, want[kind]...)
			keys(t, w.get("ana", "/votacion?lang=en"), "the vote in English")
			w.over()
			for _, path := range []string{"/resultado", "/resultado?lang=en", "/resultado/otra-lista?lang=en"} {
				a := w.get(head, path)
				a.wants(t, path, 200)
				keys(t, a, path)
			}
		})
	}
}

// The list can be narrowed to a part of the city, and is cut into pages.
func TestTheListIsNarrowedAndPaged(t *testing.T) {
	var many []ballot.Option
	for i := range 30 {
		o := six()[i%6]
		o.Number = strings.Replace(o.Number, "IDEA-2026-0000", "IDEA-2026-000"+string(rune('0'+i/6)), 1)
		o.Place = []string{"comuna-1", "comuna-5"}[i%2]
		many = append(many, o)
	}
	w := newWorld(t, dbtest.SQLite(t, migrations...), ballot.Contest{Method: ballot.STAR}, many...)
	cards := func(path string) int { return strings.Count(w.get("ana", path).body, `class="ballot-idea`) }
	for path, want := range map[string]int{"/votacion": 24, "/votacion?pagina=2": 6, "/votacion?pagina=99": 6, "/votacion?pagina=x": 24, "/votacion?lugar=comuna-5": 15, "/votacion?lugar=nada": 0} {
		if got := cards(path); got != want {
			t.Errorf("%s shows %d ideas, want %d", path, got, want)
		}
	}
}

// The stylesheet is there, under a name that changes with it, and no page uses
// what the policy of the site forbids.
func TestPagesKeepTheStrictPolicy(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, migrations...), money(ballot.EqualSharesAdd1, ballot.Approval, 0), plazas()...)
	w.crowd(12)
	page := w.get("ana", "/votacion")
	href := regexp.MustCompile(`/assets/ballot\.[0-9a-f]+\.css`).FindString(page.body)
	if a := w.do("", httptest.NewRequest(http.MethodGet, href, nil)); a.status != 200 || !strings.Contains(a.body, ".ballot-idea") {
		t.Errorf("the stylesheet %q: %d", href, a.status)
	}
	w.over()
	for _, a := range []answer{page, w.get(head, "/resultado"), w.get(head, "/resultado/otra-lista")} {
		if bad := regexp.MustCompile(`(?i)\sstyle="|\son[a-z]+="|<script>|<style`).FindString(a.body); bad != "" {
			t.Errorf("the page holds %q", bad)
		}
	}
}
