package people

import (
	"context"
	"slices"
	"strings"
	"testing"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

// replaced is the text with one line instead of another; it must be there.
func replaced(t *testing.T, text, old, new string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("no %q in the text", old)
	}
	return strings.Replace(text, old, new, 1)
}

func codes(bodies []Body) []string {
	out := []string{}
	for _, b := range bodies {
		out = append(out, b.Code)
	}
	return out
}

func TestOldDaysKeepOldNames(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.must(w.Sync(w.ctx(), version(t, "", testBodies, testPosts), version(t, "2020-01-01",
			replaced(t, testBodies, "Secretaría de Obras, en: Department of Works", "Secretaría de Infraestructura, en: Department of Infrastructure"),
			replaced(t, testPosts, "Secretario/a de Obras", "Secretario/a de Infraestructura"))))
		for day, want := range map[clock.Day]string{"2019-12-31": "Obras", "2020-01-01": "Infraestructura"} {
			b, err := w.BodyOn(w.ctx(), "obras", day)
			if err != nil || b.Name != "Secretaría de "+want {
				t.Errorf("on %s it is %q, %v", day, b.Name, err)
			}
			titles, err := w.PostTitles(w.ctx(), day, "secretario-obras", "nothing")
			if err != nil || len(titles) != 1 || titles["secretario-obras"] != "Secretario/a de "+want {
				t.Errorf("on %s the post is %v, %v", day, titles, err)
			}
		}
		names, err := w.BodyNames(i18n.With(w.ctx(), w.words, i18n.English), today, "obras")
		if err != nil || names["obras"] != "Department of Infrastructure" {
			t.Errorf("in English it is %v, %v", names, err)
		}
	})
}

func TestABodyMovesBetweenMinistries(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana := w.official("Ana Paz")
		w.holds(ana, "director-caminos", "2018-01-01", "")
		w.must(w.Sync(w.ctx(), version(t, "", testBodies, testPosts),
			version(t, "2020-01-01", replaced(t, testBodies, "code: ss-vial, kind: under_secretariat, parent: obras", "code: ss-vial, kind: under_secretariat, parent: hacienda"), testPosts)))
		for day, want := range map[clock.Day]string{"2019-12-31": "obras", "2020-01-01": "hacienda"} {
			w.on(day)
			s, err := w.Standing(w.ctx(), ana)
			w.must(err)
			if len(s.Posts) != 1 || s.Posts[0].Ministry != want || s.Within("obras") != (want == "obras") {
				t.Errorf("on %s her posts are %+v", day, s.Posts)
			}
		}
	})
}

func TestTheCharterFoundsAndEndsBodies(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.holds(w.official("Ana Paz"), "director-puentes", "2018-01-01", "")
		without := replaced(t, testBodies, "  - {code: dg-puentes, kind: general_direction, parent: obras, name: {es: Dirección General de Puentes, en: General Direction of Bridges}}\n",
			"  - {code: dg-tuneles, kind: general_direction, parent: obras, successor_of: [], name: {es: Dirección General de Túneles, en: General Direction of Tunnels}}\n")
		posts := replaced(t, testPosts, "  - {code: director-puentes, body: dg-puentes, rank: director, signs: true, name: {es: Director/a de Puentes, en: Director of Bridges}}\n", "")
		w.must(w.Sync(w.ctx(), version(t, "", testBodies, testPosts), version(t, "2024-01-01", without, posts)))
		for day, want := range map[clock.Day]string{"2023-12-31": "dg-puentes", "2024-01-01": "dg-tuneles"} {
			list, err := w.Bodies(w.ctx(), BodyFilter{Day: day, Kind: charter.KindGeneralDirection})
			if got := codes(list); err != nil || !slices.Contains(got, want) || len(got) != 2 {
				t.Errorf("on %s there are %v, %v", day, got, err)
			}
		}
		if _, ok, err := w.HolderOn(w.ctx(), "director-puentes", "2024-01-01"); ok || err != nil {
			t.Errorf("a dropped post is held: %v", err)
		}
		if _, ok, err := w.HolderOn(w.ctx(), "director-puentes", "2023-12-31"); !ok || err != nil {
			t.Errorf("its last day is lost: %v", err)
		}
	})
}

func TestSyncTwiceChangesNothing(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		first, second := version(t, "", testBodies, testPosts), version(t, "2020-01-01", replaced(t, testBodies, "Concejo Deliberante", "Concejo"), testPosts)
		for range 2 {
			w.must(w.Sync(w.ctx(), second, first))
		}
		got := w.timeline(event.Subject{Kind: SubjectBody, ID: "concejo"})
		if len(got) != 1 || got[0].Kind != EventSynced || got[0].Data["changed"] != "1" {
			t.Errorf("the history of a renamed body is %+v", got)
		}
		if got := w.timeline(event.Subject{Kind: SubjectBody, ID: "obras"}); len(got) != 0 {
			t.Errorf("a body that stayed has a history: %+v", got)
		}
	})
}

func TestWhatTheProgramEndedStaysEnded(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.reorganised(Reorganisation{Ending: []string{"dg-puentes"}, Last: string(today)})
		w.must(w.Sync(w.ctx(), version(t, "", testBodies, testPosts), version(t, "2026-06-01", replaced(t, testBodies, "Concejo Deliberante", "Concejo"), testPosts)))
		b, err := w.Body(w.ctx(), "dg-puentes")
		if err != nil || b.To != "2026-06-16" {
			t.Errorf("a later version brought it back: %+v, %v", b, err)
		}
		p, err := w.Post(w.ctx(), "director-puentes")
		if err != nil || p.To != "2026-06-16" {
			t.Errorf("and its post: %+v, %v", p, err)
		}
	})
}

func TestBodiesAreFound(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		cases := map[string]struct {
			filter BodyFilter
			want   []string
		}{
			"by words without accents":  {BodyFilter{Query: "direccion CAM"}, []string{"dg-caminos"}},
			"by every word":             {BodyFilter{Query: "caminos hacienda"}, nil},
			"by kind":                   {BodyFilter{Kind: charter.KindMinistry}, []string{"hacienda", "obras"}},
			"by what is above":          {BodyFilter{Below: "obras"}, []string{"obras", "ss-vial", "dg-caminos", "dg-puentes"}},
			"all, in the city's order":  {BodyFilter{}, []string{"intendencia", "hacienda", "obras", "ss-vial", "dg-caminos", "dg-puentes", "mesa", "concejo", "consejo-norte"}},
			"by the start of its words": {BodyFilter{Query: "amin"}, nil},
		}
		for name, c := range cases {
			got, err := w.Bodies(w.ctx(), c.filter)
			if want := append([]string{}, c.want...); err != nil || !slices.Equal(codes(got), want) {
				t.Errorf("%s: %v, want %v: %v", name, codes(got), want, err)
			}
		}
	})
}

func TestHistoryJoinsVersions(t *testing.T) {
	see := func(day clock.Day, facts string) sighting[string] {
		return sighting[string]{day: day, seen: true, facts: facts}
	}
	none := func(day clock.Day) sighting[string] { return sighting[string]{day: day} }
	lived := func(s sighting[string], from, to clock.Day) sighting[string] { s.from, s.to = from, to; return s }
	cases := []struct {
		name string
		list []sighting[string]
		want string // "since..until facts, ..."
	}{
		{"one version speaks for ever", []sighting[string]{see("2020", "a")}, "..: .. a"},
		{"the same again", []sighting[string]{see("", "a"), see("2020", "a")}, "..: .. a"},
		{"a new name", []sighting[string]{see("", "a"), see("2020", "b")}, "..: ..2020 a, 2020.. b"},
		{"new in the second", []sighting[string]{none(""), see("2020", "a")}, "2020..: 2020.. a"},
		{"new in the second, says since when", []sighting[string]{none(""), lived(see("2020", "a"), "2015", "")}, "2015..: 2015.. a"},
		{"dropped", []sighting[string]{see("", "a"), none("2020")}, "..2020: ..2020 a"},
		{"ended by its own day", []sighting[string]{see("", "a"), lived(see("2020", "b"), "", "2021")}, "..2021: ..2020 a, 2020..2021 b"},
		{"ended before its new name", []sighting[string]{see("", "a"), lived(see("2020", "b"), "", "2019")}, "..2019: ..2019 a"},
		{"unknown", []sighting[string]{none(""), none("2020")}, "..:"},
	}
	for _, c := range cases {
		since, until, spans := history(c.list)
		var parts []string
		for _, s := range spans {
			parts = append(parts, " "+string(s.since)+".."+string(s.until)+" "+s.facts)
		}
		if got := string(since) + ".." + string(until) + ":" + strings.Join(parts, ","); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// reorganised makes a reorganisation by the only administrator there is.
func (w *world) reorganised(r Reorganisation) {
	w.t.Helper()
	pending, err := w.Reorganise(w.boss(), r)
	if err != nil || pending {
		w.t.Fatal(err, pending)
	}
}

// boss is a context of the only administrator, who is made when there is none.
func (w *world) boss() context.Context {
	w.t.Helper()
	all, err := w.WithRole(w.ctx(), RoleAdministrator)
	w.must(err)
	if len(all) == 0 {
		all = []string{w.administrator("Única")}
	}
	return w.as(all[0])
}

func TestABodyKeepsItsOldNames(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.must(w.Sync(w.ctx(), version(t, "", testBodies, testPosts),
			version(t, "2015-01-01", replaced(t, testBodies, "Secretaría de Obras", "Secretaría de Infraestructura"), testPosts),
			version(t, "2020-01-01", replaced(t, testBodies, "kind: ministry, parent: intendencia, name: {es: Secretaría de Obras", "kind: ministry, name: {es: Secretaría de Obras"), testPosts)))
		got, err := w.BodyNamings(w.ctx(), "obras")
		want := []Naming{{"Secretaría de Obras", "", "2015-01-01"}, {"Secretaría de Infraestructura", "2015-01-01", "2020-01-01"}, {"Secretaría de Obras", "2020-01-01", ""}}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%+v, %v", got, err)
		}
	})
}
