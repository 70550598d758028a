package wording_test

import (
	"context"
	"testing"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable/roundtest"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
)

// A city goes on: bodies and posts of later are said by name as those of its files
// are, and what nobody knows is said as it is.
func TestWhatWasFoundedSinceHasItsName(t *testing.T) {
	roundtest.Run(t, func(w *roundtest.World) {
		admin := people.With(clock.At(context.Background(), w.Now), people.Standing{Person: "admin", Roles: []string{people.RoleAdministrator}})
		w.Must(w.People.Sync(admin, w.City))
		body, err := w.People.FoundBody(admin, people.BodyForm{Name: charter.Name{"es": "Dirección de Plazas", "en": "Squares Directorate"},
			Kind: string(charter.KindGeneralDirection), Parent: "min-educacion", From: "2026-03-01"})
		w.Must(err)
		post, err := w.People.FoundPost(admin, people.PostForm{Title: charter.Name{"es": "Director de Plazas", "en": "Head of Squares"}, Body: body, Rank: "director", From: "2026-03-01"})
		w.Must(err)
		say := wording.Of(w.As(), w.City, w.People)
		for _, c := range []struct{ what, got, want string }{
			{"a body founded since", say.Body(w.As(), body), "Dirección de Plazas"},
			{"a post made since", say.Post(w.As(), post), "Director de Plazas"},
			{"both", say.Who(w.As(), post, body), "Director de Plazas, Dirección de Plazas"},
			{"the body of a post made since", say.BodyOf(w.As(), post), "Dirección de Plazas"},
			{"the body of a post of the files", say.BodyOf(w.As(), "ministro-educacion"), "Ministerio de Educación"},
			{"a body alone", say.Who(w.As(), "", "min-educacion"), "Ministerio de Educación"},
			{"nobody", say.Who(w.As(), "", ""), ""},
			{"unknown", say.Post(w.As(), "no-such") + say.Body(w.As(), "none") + say.Group("nobody") + say.Step("seven"), "no-suchnonenobodyseven"},
			{"a target", say.SDG("4.4")[:4], "4.4 "},
			{"several", wording.Lines(w.City.Territories, "en", "comuna-1", "", "comuna-2"), "Commune 1\nCommune 2"},
		} {
			if c.got != c.want {
				t.Errorf("%s is said %q, want %q", c.what, c.got, c.want)
			}
		}
	})
}
