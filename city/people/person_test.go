package people

import (
	"slices"
	"testing"

	"ronda/platform/event"
	"ronda/platform/fault"
)

func TestPersonsAreFoundByTheStartOfTheirNames(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, anibal, zoe := w.official("Ana Núñez Paz"), w.official("Aníbal Paz"), w.official("Zoe Zúñiga 9na")
		citizen, err := w.CreateCitizen(w.ctx(), "  Ana   Pérez ")
		w.must(err)
		cases := map[string]struct {
			filter PersonFilter
			want   []string
		}{
			"by two words":           {PersonFilter{Query: "paz AN"}, []string{ana, anibal}},
			"without accents":        {PersonFilter{Query: "nunez"}, []string{ana}},
			"with accents":           {PersonFilter{Query: "Núñ"}, []string{ana}},
			"with the last letter":   {PersonFilter{Query: "z"}, []string{zoe}},
			"with a number":          {PersonFilter{Query: "9"}, []string{zoe}},
			"not in the middle":      {PersonFilter{Query: "az"}, nil},
			"nothing but signs":      {PersonFilter{Query: "%_'"}, nil},
			"all, officials only":    {PersonFilter{Official: true}, []string{ana, anibal, zoe}},
			"all":                    {PersonFilter{}, []string{ana, citizen, anibal, zoe}},
			"the second page of all": {PersonFilter{After: citizen, Limit: 1}, []string{anibal}},
		}
		for name, c := range cases {
			got, err := w.Persons(w.ctx(), c.filter)
			var ids []string
			for _, p := range got {
				ids = append(ids, p.ID)
			}
			if err != nil || !slices.Equal(ids, c.want) {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
	})
}

func TestPersonsAreMade(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		_, err := w.CreateOfficial(w.as(w.official("Ana")), "Leo")
		refused(t, "by an official", err, fault.Forbidden, "")
		for _, bad := range []string{"", "  ", "a\x00b", string(make([]rune, 200))} {
			_, err := w.CreateOfficial(w.boss(), bad)
			refused(t, bad, err, fault.Invalid, "name")
		}
		leo, err := w.CreateOfficial(w.boss(), " Leo  Ríos ")
		w.must(err)
		p, err := w.Person(w.ctx(), leo)
		if err != nil || p.Name != "Leo Ríos" || !p.Official || p.Invented {
			t.Errorf("%+v, %v", p, err)
		}
		if got := w.timeline(event.Subject{Kind: SubjectPerson, ID: leo}); len(got) != 0 {
			t.Errorf("a person in public: %+v", got)
		}
		invented, err := w.CreateInvented(w.ctx(), "Nadie")
		w.must(err)
		names, err := w.Names(w.ctx(), leo, invented, "x")
		if err != nil || len(names) != 2 || names[leo] != "Leo Ríos" {
			t.Errorf("%v, %v", names, err)
		}
	})
}
