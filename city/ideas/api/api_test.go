package api_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/ideas/api"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/search"
)

// world is the City of Ideas of Buenos Aires with its API.
type world struct {
	*testing.T
	ideas *ideas.Module
	mux   *http.ServeMux
	ana   people.Standing // a neighbour
	asks  people.Standing // signs for a body
	body  string
	clock time.Time
}

func run(t *testing.T, fn func(w *world)) {
	tables := []db.Migrations{event.Migrations, charter.Migrations, people.Migrations, roundtable.Migrations, ideas.Migrations}
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		w := &world{T: t, mux: http.NewServeMux(), clock: time.Date(2026, 3, 24, 15, 0, 0, 0, time.UTC)}
		ctx, charters, log := t.Context(), charter.NewStore(d), event.New(d)
		w.must(d.Migrate(ctx, search.Migrations(d.Engine())))
		files, err := cities.Open("buenosaires")
		w.must(err)
		ch, err := charters.Install(ctx, files, "", "test")
		w.must(err)
		p := people.New(d, log, charters.Current)
		ana, err := p.CreateCitizen(clock.At(ctx, w.clock.AddDate(0, -1, 0)), "Ana")
		w.must(err)
		w.ana = people.Standing{Person: ana, Name: "Ana"}
		post, _ := ch.Posts.Get("director-planeamiento-educativo")
		w.body = post.Body
		w.asks = people.Standing{Person: "director", Posts: []people.Holding{{Post: post.Code, Body: post.Body, Signs: true}}}
		w.ideas = ideas.New(ideas.Deps{DB: d, Log: log, Charters: charters, People: p, Roundtable: roundtable.New(d, log, charters, p),
			Follow: func(context.Context, string, event.Subject) error { return nil }, Pepper: []byte("pepper")})
		api.New(w.ideas, charters, "https://ronda.test").Register(humago.New(w.mux, huma.DefaultConfig("Ronda", "1")))
		fn(w)
	})
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// as is a context in which somebody acts.
func (w *world) as(who people.Standing) context.Context {
	return people.With(clock.At(w.Context(), w.clock), who)
}

// idea is one of the body's own people, which is published at once.
func (w *world) idea(d ideas.Draft) string {
	w.Helper()
	d.Text = "Que se pueda beber agua fresca en cada plaza del barrio."
	sent, err := w.ideas.SendNew(w.as(w.asks), d)
	w.must(err)
	return sent.Number
}

// asked is a challenge that is open.
func (w *world) asked() ideas.Challenge {
	w.Helper()
	ctx := w.as(w.asks)
	c, err := w.ideas.CreateChallenge(ctx, ideas.Rules{Title: "Agua en las plazas", Question: "¿Cómo damos agua?", Terms: "Vale todo lo que se pueda hacer.", Body: w.body,
		Opens: w.clock, Closes: w.clock.AddDate(0, 1, 0), HoldHours: 24, AnswerDays: 30, Method: ideas.MethodNone})
	w.must(err)
	w.must(w.ideas.Open(ctx, c.Number))
	return c
}

// get reads an answer of the API into a value.
func (w *world) get(path string, status int, into any) {
	w.Helper()
	rec := httptest.NewRecorder()
	w.mux.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	if err := json.Unmarshal(rec.Body.Bytes(), into); err != nil || rec.Code != status {
		w.Fatalf("%s: %d %s", path, rec.Code, rec.Body)
	}
}

type shelf struct {
	Ideas []struct {
		Number, Title, Challenge, URL string
		Place                         *struct{ Code, Name string }
	}
	Next  string
	Total *int
}

func (s shelf) titles() string {
	var out []string
	for _, i := range s.Ideas {
		out = append(out, i.Title)
	}
	return strings.Join(out, ", ")
}

func TestIdeasAreListedByPages(t *testing.T) {
	run(t, func(w *world) {
		c := w.asked()
		w.idea(ideas.Draft{Title: "Bebederos", Place: "almagro", Challenge: c.ID})
		w.idea(ideas.Draft{Title: "Canillas"})
		w.idea(ideas.Draft{Title: "Fuentes", Place: "flores"})
		for asked, want := range map[string]string{
			"": "Fuentes, Canillas, Bebederos", "challenge=" + c.Number: "Bebederos", "challenge=-": "Fuentes, Canillas", "place=comuna-5": "Bebederos",
			"outcome=answered": "", "outcome=-&place=flores": "Fuentes", "order=unanswered": "Bebederos, Canillas, Fuentes",
		} {
			var s shelf
			if w.get("/api/v1/ideas?"+asked, http.StatusOK, &s); s.titles() != want {
				w.Errorf("%q finds %q, not %q", asked, s.titles(), want)
			}
		}
		var first, rest shelf
		w.get("/api/v1/ideas?limit=2", http.StatusOK, &first)
		w.get("/api/v1/ideas?limit=2&after="+first.Next, http.StatusOK, &rest)
		if first.titles() != "Fuentes, Canillas" || rest.titles() != "Bebederos" || rest.Next != "" || *first.Total != 3 {
			w.Errorf("%+v, then %+v", first, rest)
		}
		if x := rest.Ideas[0]; x.Challenge != c.Number || x.Place.Name != "Almagro" || x.URL != "https://ronda.test/ideas/"+x.Number {
			w.Errorf("%+v", x)
		}
	})
}

// An empty list would say that nobody has such an idea.
func TestWhatIsNoFilterIsSaid(t *testing.T) {
	run(t, func(w *world) {
		for path, where := range map[string]string{
			"/api/v1/ideas?axis=nada": "query.axis", "/api/v1/ideas?place=luna": "query.place", "/api/v1/ideas?body=x": "query.body", "/api/v1/ideas?challenge=DES-1": "query.challenge",
			"/api/v1/ideas?after=x": "query.after", "/api/v1/challenges?after=x": "query.after", "/api/v1/challenges?body=x": "query.body", "/api/v1/challenges?phase=draft": "query.phase",
		} {
			var said struct{ Errors []struct{ Location string } }
			w.get(path, http.StatusUnprocessableEntity, &said)
			if len(said.Errors) != 1 || said.Errors[0].Location != where {
				w.Errorf("%s: %+v", path, said)
			}
		}
	})
}

// What is held or hidden is as little known here as on the pages, and nowhere does
// an author stand by anything but the name they chose.
func TestTheAPIKeepsWhatThePagesKeep(t *testing.T) {
	run(t, func(w *world) {
		held, err := w.ideas.SendNew(w.as(w.ana), ideas.Draft{Title: "Un secreto", Text: "Nadie debe leer esto hasta que alguien lo lea."})
		w.must(err)
		var none struct{ Title string }
		w.get("/api/v1/ideas/"+held.Number, http.StatusNotFound, &none)
		var s shelf
		if w.get("/api/v1/ideas", http.StatusOK, &s); len(s.Ideas) != 0 {
			w.Errorf("%+v", s)
		}
		number := w.idea(ideas.Draft{Title: "Bebederos", Signature: "La directora"})
		raw := map[string]any{}
		w.get("/api/v1/ideas/"+number, http.StatusOK, &raw)
		said, _ := json.Marshal(raw)
		if raw["signature"] != "La directora" || raw["title"] != "Bebederos" || strings.Contains(string(said), w.asks.Person+`"`) {
			w.Errorf("%s", said)
		}
		w.must(w.ideas.Withdraw(w.as(w.asks), number, "Ya hay una igual en el barrio."))
		raw = map[string]any{}
		if w.get("/api/v1/ideas/"+number, http.StatusOK, &raw); raw["title"] != nil || raw["text"] != nil || raw["state"] != "withdrawn" || raw["reason"] == nil {
			w.Errorf("%+v", raw)
		}
	})
}

// The rules come to the byte as they were hashed, so that anybody can check them.
func TestRulesCanBeChecked(t *testing.T) {
	run(t, func(w *world) {
		c := w.asked()
		var list struct {
			Challenges []struct{ Number, Phase, RulesHash string }
		}
		w.get("/api/v1/challenges?phase=open&body="+w.body, http.StatusOK, &list)
		if len(list.Challenges) != 1 || list.Challenges[0].Number != c.Number {
			w.Fatalf("%+v", list)
		}
		var one struct {
			RulesHash string `json:"rules_hash"`
			Rules     []struct{ Hash, Text string }
		}
		w.get("/api/v1/challenges/"+c.Number, http.StatusOK, &one)
		sum := sha256.Sum256([]byte(one.Rules[0].Text))
		if got := hex.EncodeToString(sum[:]); got != one.RulesHash || got != one.Rules[0].Hash {
			w.Errorf("%s is not the hash of %s", one.RulesHash, one.Rules[0].Text)
		}
	})
}
