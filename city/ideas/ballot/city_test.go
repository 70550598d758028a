package ballot_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"ronda/city/ideas"
	"ronda/city/ideas/ballot"
	"ronda/city/notices"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
	"ronda/platform/search"
)

// asks is a body that may propose, and the post that signs for it.
const (
	asks     = "dg-planeamiento-educativo"
	asksHead = "director-planeamiento-educativo"
)

// city is the City of Ideas itself behind the vote, in the place of the town.
type city struct {
	*world
	ideas *ideas.Module
}

func newCity(t *testing.T, d *db.DB) *city {
	t.Helper()
	w := newWorld(t, d, ballot.Contest{})
	w.must(d.Migrate(w.ctx(""), search.Migrations(d.Engine()), notices.Migrations, roundtable.Migrations, ideas.Migrations))
	w.populate(asksHead)
	deps := w.ballot.Deps
	m := ideas.New(ideas.Deps{DB: d, Log: w.log, Charters: deps.Charters, People: w.people,
		Roundtable: roundtable.New(d, w.log, deps.Charters, w.people), Follow: notices.New(d, w.log).Subscribe, Pepper: []byte("sixteen bytes of pepper")})
	source := ballot.City{Ideas: m}
	deps.Source, deps.Conclude = source, source.Conclude
	w.ballot = ballot.New(deps)
	return &city{w, m}
}

// open opens a challenge on whose ideas people vote after ten days.
func (c *city) open() ideas.Challenge {
	c.t.Helper()
	ch, err := c.ideas.CreateChallenge(c.ctx(asksHead), ideas.Rules{Title: "Plazas con sombra", Question: "¿Qué le falta a tu plaza?", Terms: "Una idea por plaza.", Body: asks,
		Axis: "educacion-siglo-xxi", Opens: c.now, Closes: c.now.AddDate(0, 0, 10), VoteOpens: c.now.AddDate(0, 0, 10), VoteCloses: c.now.AddDate(0, 0, 20),
		Budget: 100_000_00, Method: ideas.MethodEqualShares, BallotKind: ideas.BallotApproval, Moderation: ideas.ModerateAfter, HoldHours: 24, AnswerDays: 30})
	c.must(err)
	c.must(c.ideas.Open(c.ctx(asksHead), ch.Number))
	return ch
}

// The result of a challenge that a jury decides stands with the jury, and the
// address of a result leads there.
func TestAJurysResultIsElsewhere(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, migrations...))
	c.citizen("author")
	ch, err := c.ideas.CreateChallenge(c.ctx(asksHead), ideas.Rules{Title: "Plazas con sombra", Question: "¿Qué le falta a tu plaza?", Terms: "Una idea por plaza.", Body: asks,
		Axis: "educacion-siglo-xxi", Opens: c.now, Closes: c.now.AddDate(0, 0, 10), Method: ideas.MethodJury, Jury: []string{c.persons["author"]},
		Criteria: []ideas.Criterion{{Code: "impacto", Name: "Impacto", Weight: 100, Words: [5]string{"Nada", "Poco", "Algo", "Bastante", "Mucho"}}}, Moderation: ideas.ModerateAfter, HoldHours: 24, AnswerDays: 30})
	c.must(err)
	if _, err := (ballot.City{Ideas: c.ideas}).Contest(c.ctx(""), ch.Number); !fault.Is(err, fault.NotFound) {
		t.Errorf("a draft has a result: %v", err)
	}
	c.must(c.ideas.Open(c.ctx(asksHead), ch.Number))
	c.serve()
	rec := httptest.NewRecorder()
	c.handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/desafios/"+ch.Number+"/resultado", nil))
	if to := rec.Header().Get("Location"); rec.Code != http.StatusSeeOther || to != "/desafios/"+ch.Number+"/evaluacion" {
		t.Errorf("%d, leads to %q", rec.Code, to)
	}
}

// idea is a published idea of the challenge, with its cost.
func (c *city) idea(ch ideas.Challenge, title string, cost int64) string {
	c.t.Helper()
	c.citizen("author")
	ctx := c.ctx("author")
	d, err := c.ideas.SaveDraft(ctx, ideas.Draft{Title: title, Text: "Que la plaza tenga " + title + " para todo el barrio.", Challenge: ch.ID})
	c.must(err)
	i, err := c.ideas.Send(ctx, d.ID)
	c.must(err)
	if i.State == ideas.Held {
		c.must(c.ideas.Approve(c.ctx(coordination), i.Number))
	}
	if cost > 0 {
		c.must(c.ideas.SetCost(c.ctx(asksHead), i.Number, cost))
	}
	return i.Number
}

// citizen makes somebody whose account is a month old.
func (c *city) citizen(name string) {
	c.t.Helper()
	if c.persons[name] != "" {
		return
	}
	now := c.now
	c.now = now.AddDate(0, -1, 0)
	id, err := c.people.CreateCitizen(c.admin(), "Vecina Ana")
	c.must(err)
	c.now, c.persons[name] = now, id
}

// From the opening of a challenge to its conclusion, with the City of Ideas: what
// is hidden while people vote is not counted, what costs nothing known is not
// voted for, and the published result is the outcome of each idea.
func TestTheVoteOfTheCityOfIdeas(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		c := newCity(t, d)
		ch := c.open()
		bench, lamp, tree := c.idea(ch, "bancos con respaldo", 60_000_00), c.idea(ch, "luces bajas y cálidas", 50_000_00), c.idea(ch, "árboles de sombra", 30_000_00)
		uncosted := c.idea(ch, "una biblioteca parlante", 0)
		cast := func(who, idea string) error {
			return c.ballot.Cast(c.ctx(who), ch.Number, ballot.Tap{Key: ballot.Key{Idea: idea}, Value: 1})
		}
		if err := cast("ana", bench); !fault.Is(err, fault.Conflict) {
			t.Errorf("a tap before the vote opens: %v", err)
		}
		c.now = ch.VoteOpens.Add(time.Hour)
		c.must(c.ideas.Tick(c.ctx("")))
		for _, who := range []string{"ana", "beto", "cleo"} {
			c.must(cast(who, bench))
			c.must(cast(who, tree))
		}
		c.must(cast("dora", lamp))
		if err := cast("dora", uncosted); !fault.Is(err, fault.Conflict) {
			t.Errorf("a voice for what has no cost: %v", err)
		}
		c.must(c.ideas.Hide(c.ctx(coordination), bench, "Repite una obra que ya está hecha."))
		c.now = ch.VoteCloses.Add(time.Minute)
		c.must(c.ideas.Tick(c.ctx("")))
		c.must(c.ballot.Tick(c.ctx("")))
		o, err := c.ballot.Outcome(c.ctx(asksHead), ch.Number)
		c.must(err)
		if o.Voters != 4 || o.Result == nil || !slices.Equal(o.Result.Chosen, []string{tree}) {
			t.Fatalf("%d voters, result %+v; want 4 and %s alone", o.Voters, o.Result, tree)
		}
		c.must(c.ballot.Publish(c.ctx(asksHead), ch.Number, ballot.Choice{}))
		after, err := c.ideas.Challenge(c.ctx(""), ch.Number)
		c.must(err)
		if after.Phase != ideas.PhaseChosen || after.Conclusion.Digest != o.Digest {
			t.Errorf("the challenge stands at %s with %+v", after.Phase, after.Conclusion)
		}
		for number, want := range map[string]ideas.Outcome{tree: ideas.Chosen, lamp: ideas.NotChosen} {
			if v, err := c.ideas.Idea(c.ctx(""), number); err != nil || v.Idea.Outcome != want {
				t.Errorf("%s is %s, want %s (%v)", v.Idea.Title, v.Idea.Outcome, want, err)
			}
		}
		_, file, err := c.ballot.File(c.ctx(""), ch.Number)
		c.must(err)
		if strings.Contains(file, bench) || strings.Contains(file, c.persons["ana"]) {
			t.Error("the file holds the hidden idea, or a person")
		}
		if ended, err := (ballot.City{Ideas: c.ideas}).Ended(c.ctx("")); err != nil || len(ended) != 0 {
			t.Errorf("concluded, and still waiting: %v, %v", ended, err)
		}
	})
}

// An idea that was chosen and is hidden before the result is published cannot be
// published as chosen: whoever publishes is led to the list, with a reason.
func TestAChosenIdeaThatGoesBeforeThePublication(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, migrations...))
	ch := c.open()
	tree := c.idea(ch, "árboles de sombra", 30_000_00)
	c.now = ch.VoteOpens.Add(time.Hour)
	c.must(c.ballot.Cast(c.ctx("ana"), ch.Number, ballot.Tap{Key: ballot.Key{Idea: tree}, Value: 1}))
	c.now = ch.VoteCloses.Add(time.Minute)
	c.must(c.ideas.Tick(c.ctx("")))
	c.must(c.ballot.Tick(c.ctx("")))
	c.must(c.ideas.Hide(c.ctx(coordination), tree, "Es copia de una obra en marcha."))
	if err := c.ballot.Publish(c.ctx(asksHead), ch.Number, ballot.Choice{}); !fault.Is(err, fault.Invalid) {
		t.Fatalf("published what nobody may see: %v", err)
	}
	o, err := c.ballot.Outcome(c.ctx(asksHead), ch.Number)
	c.must(err)
	if !o.Published.IsZero() {
		t.Error("half published")
	}
	c.must(c.ballot.Publish(c.ctx(asksHead), ch.Number, ballot.Choice{Chosen: []string{}, Reason: "La idea elegida ya se está haciendo."}))
}

// A challenge that a jury decides, or a draft, has no vote.
func TestWhatIsNoVote(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, migrations...))
	r := ideas.Rules{Title: "Jurado", Question: "¿Qué le falta?", Body: asks, Method: ideas.MethodJury}
	draft, err := c.ideas.CreateChallenge(c.ctx(asksHead), r)
	c.must(err)
	for _, number := range []string{draft.Number, "DES-1999-0001"} {
		if _, err := c.ballot.Vote(c.ctx(asksHead), number); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", number, err)
		}
	}
}
