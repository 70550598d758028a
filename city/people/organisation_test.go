package people

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/event"
	"ronda/platform/fault"
)

func TestSpecialistsAreFoundByWhatTheyKnow(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		fac := w.official("Fabi")
		w.must(w.db.Write(w.ctx(), w.granting(fac, RoleFacilitator)))
		ctx := w.as(fac)
		uni, err := w.AddOrganisation(ctx, "  Universidad   del Norte ", "university")
		w.must(err)
		_, err = w.AddOrganisation(ctx, "UNIVERSIDAD DEL NORTE", "university")
		refused(t, "the same name", err, fault.Invalid, "name")
		_, err = w.AddOrganisation(ctx, "", "palace")
		refused(t, "no kind", err, fault.Invalid, "kind")

		zoe, err := w.SetSpecialist(ctx, SpecialistForm{Name: "Zoe Vega", Organisation: uni, Tags: "Movilidad,  bicicletas, movilidad", Consent: true})
		w.must(err)
		ana, err := w.SetSpecialist(ctx, SpecialistForm{Person: w.official("Ána Paz"), Body: "obras", Tags: "movilidad"})
		w.must(err)
		got, err := w.Specialists(ctx, SpecialistFilter{Tag: "movilidad"})
		want := []Specialist{{Person: ana, Name: "Ána Paz", Body: "obras", Tags: []string{"movilidad"}},
			{Person: zoe, Name: "Zoe Vega", Organisation: uni, Tags: []string{"bicicletas", "movilidad"}, Consent: true}}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
		second, err := w.Specialists(ctx, SpecialistFilter{Tag: "movilidad", After: ana, Limit: 5})
		if err != nil || len(second) != 1 || second[0].Person != zoe {
			t.Errorf("the next page is %+v, %v", second, err)
		}
		_, err = w.SetSpecialist(ctx, SpecialistForm{Person: zoe, Organisation: uni, Tags: "agua"})
		w.must(err)
		s, ok, err := w.Specialist(ctx, zoe)
		if !ok || err != nil || s.Consent || len(s.Tags) != 1 {
			t.Errorf("changed to %+v, %v", s, err)
		}
		for _, e := range w.timeline(event.Subject{Kind: SubjectPerson, ID: zoe}) {
			t.Errorf("a public act about a person: %+v", e)
		}
	})
}

func TestASpecialistComesFromSomewhereAndKnowsSomething(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		boss := w.boss()
		for name, c := range map[string]struct {
			form  SpecialistForm
			kind  fault.Kind
			field string
		}{
			"no name":           {SpecialistForm{Body: "obras", Tags: "a"}, fault.Invalid, "name"},
			"from nowhere":      {SpecialistForm{Name: "Zoe", Tags: "a"}, fault.Invalid, "organisation"},
			"from two places":   {SpecialistForm{Name: "Zoe", Body: "obras", Organisation: "x", Tags: "a"}, fault.Invalid, "organisation"},
			"of an unknown one": {SpecialistForm{Name: "Zoe", Organisation: "x", Tags: "a"}, fault.Invalid, "organisation"},
			"of no such body":   {SpecialistForm{Name: "Zoe", Body: "x", Tags: "a"}, fault.Invalid, "body"},
			"knows nothing":     {SpecialistForm{Name: "Zoe", Body: "obras", Tags: " , "}, fault.Invalid, "tags"},
			"nobody":            {SpecialistForm{Person: "x", Body: "obras", Tags: "a"}, fault.NotFound, ""},
		} {
			_, err := w.SetSpecialist(boss, c.form)
			refused(t, name, err, c.kind, c.field)
		}
		_, err := w.SetSpecialist(w.ctx(), SpecialistForm{})
		refused(t, "by a stranger", err, fault.Forbidden, "")
	})
}

func TestTheListOfOrganisationsGoesOn(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ctx := w.as(w.administrator("Fabi"))
		for _, name := range []string{"Club Sur", "Ábaco", "biblioteca Norte"} {
			_, err := w.AddOrganisation(ctx, name, "university")
			w.must(err)
		}
		var got []string
		for after := ""; ; {
			list, err := w.Organisations(ctx, after, 1)
			w.must(err)
			if len(list) == 0 {
				break
			}
			got, after = append(got, list[0].Name), list[0].ID
		}
		if want := []string{"Ábaco", "biblioteca Norte", "Club Sur"}; !slices.Equal(got, want) {
			t.Errorf("one by one: %v, want %v", got, want)
		}
	})
}
