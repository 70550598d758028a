package pages_test

import (
	"context"
	"testing"

	"github.com/a-h/templ"
	"github.com/paulmach/orb"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/ideas/pages"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/event"
	"ronda/platform/ui"
)

// says draws a few words, as a sibling would.
func says[T any](text string) func(context.Context, T) templ.Component {
	return func(context.Context, T) templ.Component { return templ.Raw("<p>" + text + "</p>") }
}

// What the siblings and the neighbours draw stands on the pages of challenges and
// ideas, real boundaries take the place of tiles, and the sign-in page is theirs.
func TestWhatOthersHangOnThePages(t *testing.T) {
	w := newWorld(t)
	c := w.open(nil)
	number := w.published("ana", "Composteras en cada plaza", c.ID)
	square := orb.Polygon{{{-58.4, -34.6}, {-58.3, -34.6}, {-58.3, -34.5}, {-58.4, -34.5}, {-58.4, -34.6}}}
	land := ui.DrawLand(map[string]orb.Geometry{"comuna-7": square, "flores": square}, 0)
	w.serve(pages.New(w.deps, pages.Slots{
		Follow: says[event.Subject]("seguir esto"),
		SignIn: func(back string) string { return "/entrar?a=" + back },
		Land:   func(context.Context, charter.Level) (*ui.Land, error) { return land, nil },
		Panels: pages.Panels{Opinions: says[ideas.Challenge]("lo que une"), Ballot: says[ideas.Challenge]("cómo va la urna"), Jury: says[ideas.Challenge]("leídas 3 de 4"),
			Challenge: says[ideas.Challenge]("cambiar las reglas"), Idea: says[ideas.View]("responder")},
	}))
	v := w.visitor("")
	v.get("/desafios/"+c.Number).wants(t, "challenge", 200, "lo que une", "cómo va la urna", "leídas 3 de 4", "cambiar las reglas", "seguir esto", `class="areas"`)
	v.get("/ideas/"+number).wants(t, "idea", 200, "responder", "seguir esto")
	v.get("/ideas/mapa").wants(t, "map", 200, `class="areas"`)
	v.post("/ideas/"+number+"/apoyar").leads(t, "support", "/entrar?a=/ideas/"+number, "")
}

// The story of an idea goes on into the initiative that came of it.
func TestTheStoryGoesOnIntoTheInitiative(t *testing.T) {
	w := newWorld(t)
	number := w.published("ana", "Composteras en cada plaza", "")
	as := w.as("director-reciclado")
	i, err := w.ideas.TakeUp(as, []string{number}, people.Me(as).Posts[0].Body, roundtable.Thought{Title: "Composteras en las plazas", Line: "Una compostera en cada plaza, cuidada por turnos."})
	w.must(err)
	w.must(w.db.Write(as, func(ctx context.Context) error { // as the roundtable tells that it was filed
		_, err := w.deps.Log.Append(ctx, event.Event{Kind: roundtable.EventFiled, Subject: i.Subject(), Related: i.Origins(), Public: true})
		return err
	}))
	w.serve(pages.New(w.deps, pages.Slots{Tell: func(_ context.Context, e event.Event) (ui.Moment, bool) {
		return ui.Moment{Title: "Entró a la ronda"}, e.Kind == roundtable.EventFiled
	}}))
	w.visitor("").get("/ideas/"+number).wants(t, "idea", 200, "Esta idea ya es una iniciativa", "/iniciativas/"+i.Number, "la tomó: es la iniciativa "+i.Number, "Entró a la ronda")
}
