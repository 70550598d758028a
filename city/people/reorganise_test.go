package people

import (
	"slices"
	"testing"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
)

func TestMinistriesMerge(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, leo := w.official("Ana Paz"), w.official("Leo Ríos")
		w.holds(ana, "secretario-obras", "2026-01-01", "")
		w.holds(leo, "director-caminos", "2026-01-01", "")
		heir := w.founded("Secretaría de Economía e Infraestructura", charter.KindMinistry, "intendencia", "2026-07-01")
		w.reorganised(Reorganisation{Ending: []string{"obras", "hacienda"}, Heirs: []string{heir}, Last: "2026-06-30", Act: "Ley 7"})

		for _, old := range []string{"obras", "hacienda"} {
			w.expectSuccessors(old, "2026-06-30", old)
			w.expectSuccessors(old, "2026-07-01", heir)
		}
		w.on("2026-06-30")
		if s, _ := w.Standing(w.ctx(), leo); len(s.Posts) != 1 || s.Posts[0].Ministry != "obras" {
			t.Errorf("the day before the director is of %+v", s.Posts)
		}
		w.on("2026-07-01")
		if s, _ := w.Standing(w.ctx(), leo); len(s.Posts) != 1 || s.Posts[0].Ministry != heir || !s.Within(heir) {
			t.Errorf("the day after the director is of %+v", s.Posts)
		}
		if s, _ := w.Standing(w.ctx(), ana); s.Official() {
			t.Errorf("the secretary of a ministry that is no more stands for %+v", s.Posts)
		}
		if who, ok, err := w.HolderOn(w.ctx(), "secretario-obras", "2026-06-30"); who != ana || !ok || err != nil {
			t.Error("the merger took her last day", err)
		}
		kept := w.timeline(event.Subject{Kind: SubjectBody, ID: "obras"})
		if len(kept) == 0 || kept[0].Kind != EventBodyEnded || kept[0].Data["heirs"] != heir || kept[0].Text["act"] != "Ley 7" {
			t.Errorf("its history ends with %+v", kept)
		}
	})
}

func TestAMinistrySplits(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		roads := w.founded("Secretaría de Caminos", charter.KindMinistry, "intendencia", "2026-07-01")
		bridges := w.founded("Secretaría de Puentes", charter.KindMinistry, "intendencia", "2026-07-01")
		r := Reorganisation{Ending: []string{"obras"}, Heirs: []string{roads, bridges}, Last: "2026-06-30"}
		_, err := w.Reorganise(w.boss(), r)
		refused(t, "nobody said where what is below goes", err, fault.Invalid, "move_ss-vial")
		r.Moves = map[string]string{"ss-vial": roads, "dg-puentes": "dg-puentes"}
		_, err = w.Reorganise(w.boss(), r)
		refused(t, "a body below itself", err, fault.Invalid, "move_dg-puentes")
		r.Moves["dg-puentes"] = bridges
		w.reorganised(r)

		w.expectSuccessors("obras", "2026-07-01", roads, bridges)
		for body, want := range map[string][]string{"dg-caminos": {"dg-caminos", "ss-vial", roads, "intendencia"}, "dg-puentes": {"dg-puentes", bridges, "intendencia"}} {
			b, err := w.BodyOn(w.ctx(), body, "2026-07-01")
			if err != nil || !slices.Equal(b.Path, want) {
				t.Errorf("above %s stand %v, want %v: %v", body, b.Path, want, err)
			}
		}
		if b, _ := w.BodyOn(w.ctx(), "dg-caminos", today); b.Ministry != "obras" {
			t.Errorf("today it is of %s already", b.Ministry)
		}
		w.must(w.Sync(w.ctx(), version(t, "", testBodies, testPosts),
			version(t, "2027-01-01", replaced(t, testBodies, "code: dg-puentes, kind: general_direction, parent: obras", "code: dg-puentes, kind: general_direction, parent: hacienda"), testPosts)))
		for day, want := range map[clock.Day]string{"2026-12-31": bridges, "2027-01-01": "hacienda"} {
			if b, err := w.BodyOn(w.ctx(), "dg-puentes", day); err != nil || b.Parent != want {
				t.Errorf("on %s it is below %s, want %s: %v", day, b.Parent, want, err)
			}
		}
	})
}

func TestTheChainOfHeirsIsFollowed(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		first := w.founded("Dirección Uno", charter.KindGeneralDirection, "obras", string(today))
		second := w.founded("Dirección Dos", charter.KindGeneralDirection, "obras", string(today))
		w.reorganised(Reorganisation{Ending: []string{"dg-puentes"}, Heirs: []string{first}, Last: "2026-06-20"})
		w.reorganised(Reorganisation{Ending: []string{first}, Heirs: []string{second}, Last: "2026-06-25"})
		w.expectSuccessors("dg-puentes", "2026-06-20", "dg-puentes")
		w.expectSuccessors("dg-puentes", "2026-06-21", first)
		w.expectSuccessors("dg-puentes", "2026-06-26", second)
		w.reorganised(Reorganisation{Ending: []string{second}, Last: "2026-06-28"})
		w.expectSuccessors("dg-puentes", "2026-06-29")
		w.expectSuccessors(second, "2020-01-01")
		third := w.founded("Dirección Tres", charter.KindGeneralDirection, "obras", string(today))
		w.reorganised(Reorganisation{Ending: []string{third}, Heirs: []string{"dg-caminos"}, Last: "2026-06-28"})
		w.expectSuccessors(third, "2020-01-01") // before it was, nothing did its work
		w.expectSuccessors(third, "2026-06-29", "dg-caminos")
		_, err := w.Successors(w.ctx(), "nothing", today)
		refused(t, "of nothing", err, fault.NotFound, "")
	})
}

func TestAReorganisationIsChecked(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.reorganised(Reorganisation{Ending: []string{"concejo"}, Last: string(today)})
		cases := []struct {
			name  string
			r     Reorganisation
			field string
		}{
			{"nothing", Reorganisation{Last: string(today)}, "ending"},
			{"no day", Reorganisation{Ending: []string{"dg-puentes"}}, "last"},
			{"yesterday", Reorganisation{Ending: []string{"dg-puentes"}, Last: "2026-06-14"}, "last"},
			{"an unknown body", Reorganisation{Ending: []string{"x"}, Last: string(today)}, "ending"},
			{"one that ends already", Reorganisation{Ending: []string{"concejo"}, Last: "2026-06-20"}, "ending"},
			{"into itself", Reorganisation{Ending: []string{"dg-puentes"}, Heirs: []string{"dg-puentes"}, Last: string(today)}, "heirs"},
			{"into one that ends", Reorganisation{Ending: []string{"dg-puentes"}, Heirs: []string{"concejo"}, Last: string(today)}, "heirs"},
			{"what is below goes nowhere", Reorganisation{Ending: []string{"ss-vial"}, Last: string(today)}, "move_dg-caminos"},
		}
		for _, c := range cases {
			_, err := w.Reorganise(w.boss(), c.r)
			refused(t, c.name, err, fault.Invalid, c.field)
		}
		_, err := w.Reorganise(w.as(w.official("Ana")), cases[0].r)
		refused(t, "by an official", err, fault.Forbidden, "")
	})
}

func TestBodiesAndPostsAreFounded(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		code := w.founded("Dirección General de Túneles", charter.KindGeneralDirection, "ss-vial", string(today))
		if code != "direccion-general-de-tuneles" {
			t.Errorf("its code is %s", code)
		}
		if again := w.founded("Dirección general de túneles", charter.KindGeneralDirection, "ss-vial", string(today)); again == code {
			t.Error("two bodies share a code")
		}
		post, err := w.FoundPost(w.boss(), PostForm{Title: name("Director/a de Túneles"), Body: code, Rank: "director", Signs: true, From: string(today)})
		w.must(err)
		ana := w.official("Ana Paz")
		w.holds(ana, post, today, "")
		if s, _ := w.Standing(w.ctx(), ana); len(s.Posts) != 1 || s.Posts[0].Direction != code || s.Posts[0].Ministry != "obras" {
			t.Errorf("she stands for %+v", s.Posts)
		}
		w.must(w.EndPost(w.boss(), post, "2026-06-20"))
		for day, want := range map[clock.Day]bool{"2026-06-20": true, "2026-06-21": false} {
			if _, ok, err := w.HolderOn(w.ctx(), post, day); ok != want || err != nil {
				t.Errorf("on %s held: %v, %v", day, ok, err)
			}
		}
		_, err = w.FoundBody(w.boss(), BodyForm{Kind: "palace", Parent: "x", From: "never"})
		for _, field := range []string{"name_es", "name_en", "kind", "parent", "from"} {
			refused(t, "a body of nothing", err, fault.Invalid, field)
		}
		_, err = w.FoundPost(w.boss(), PostForm{Title: name("Nada"), Body: "x", Rank: "king", Seats: "0", From: string(today)})
		for _, field := range []string{"body", "rank", "seats"} {
			refused(t, "a post of nothing", err, fault.Invalid, field)
		}
	})
}

// founded is a new body, by the only administrator's hand.
func (w *world) founded(title string, kind charter.Kind, parent, from string) string {
	w.t.Helper()
	code, err := w.FoundBody(w.boss(), BodyForm{Name: name(title), Kind: string(kind), Parent: parent, From: from})
	w.must(err)
	return code
}

func name(s string) charter.Name { return charter.Name{"es": s, "en": s} }

func (w *world) expectSuccessors(code string, day clock.Day, want ...string) {
	w.t.Helper()
	got, err := w.Successors(w.ctx(), code, day)
	if err != nil || !slices.Equal(codes(got), append([]string{}, want...)) {
		w.t.Errorf("on %s %s is carried on by %v, want %v: %v", day, code, codes(got), want, err)
	}
}
