package jury_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ronda/city/ideas"
	"ronda/city/ideas/jury"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/method/choice/review"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
)

// grade finishes a sheet of a juror by its form.
func (w *world) grade(by string, i ideas.Idea, impact, cost string) answer {
	w.t.Helper()
	return w.post(by, "/mi-escritorio/ideas/evaluar/"+i.Number, "grade-impacto", impact, "grade-costo", cost, "note", "secreto de "+by)
}

func TestAnIdeaIsSharedOutToThreeAndNeverToItsAuthor(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		w := worldOn(t, d)
		c := w.challenge()
		count := map[string]int{}
		for n := range 10 {
			i := w.idea(author, c, fmt.Sprint("Árboles en la plaza ", n))
			who := w.owes(i)
			if len(who) != jury.Each {
				t.Errorf("%s goes to %v", i.Number, who)
			}
			for _, j := range who {
				count[j]++
			}
		}
		for _, j := range jurors {
			if count[j] != 6 {
				t.Errorf("%s has %d of 30", j, count[j])
			}
		}
		for _, j := range jurors[1:] {
			if who := w.owes(w.idea(j, c, "La idea de "+j)); slices.Contains(who, j) || len(who) != jury.Each {
				t.Errorf("an idea of %s goes to %v", j, who)
			}
		}
		own := w.idea("juror-1", c, "Una idea más")
		w.must(w.jury.ShareIdea(w.ctx(""), own.ID)) // events come at least once
		w.must(w.jury.Settle(w.ctx(""), c.ID))
		if who := w.owes(own); slices.Contains(who, "juror-1") || len(who) != jury.Each {
			t.Errorf("told twice, it goes to %v", who)
		}
	})
}

func TestAConflictHandsTheIdeaOn(t *testing.T) {
	w := newWorld(t)
	i := w.idea(author, w.challenge(), "Árboles en la plaza")
	before := w.owes(i)
	path := "/mi-escritorio/ideas/evaluar/" + i.Number + "/conflicto"
	w.get(before[0], path).wants(t, "the form", http.StatusOK, "¿Cuál es el conflicto?")
	w.post(before[0], path, "reason", "amigo").wants(t, "a poor reason", http.StatusUnprocessableEntity, "al menos 10 letras", ">\namigo</textarea>")
	w.post(before[0], path, "reason", "Quien la propone trabaja conmigo").wants(t, "declared", http.StatusSeeOther)
	after := w.owes(i)
	if slices.Contains(after, before[0]) || len(after) != jury.Each {
		t.Errorf("from %v to %v", before, after)
	}
	w.grade(before[0], i, "5", "5").wants(t, "grading it nevertheless", http.StatusNotFound)
	w.get(before[0], "/mi-escritorio/ideas/jurado/DES-2026-0001?ver=conflictos").wants(t, "the list", http.StatusOK, "Quien la propone trabaja conmigo")
}

func TestATiredJurorGoesFromIdeaToIdea(t *testing.T) {
	w := newWorld(t)
	c := w.challenge()
	for n := range 5 {
		w.idea(author, c, fmt.Sprint("Árboles en la plaza ", n))
	}
	const me = "juror-1"
	a := w.get(me, "/mi-escritorio/ideas/jurado")
	a.wants(t, "what I owe", http.StatusOK, "Plazas con sombra", "0 de 3 evaluadas", "Seguir evaluando", "hasta el 23 abr 2026")
	a = w.get(me, "/mi-escritorio/ideas/jurado/"+c.Number+"/siguiente")
	seen := 0
	for ; strings.Contains(a.to, "/evaluar/"); seen++ {
		w.get(me, a.to).wants(t, "the sheet", http.StatusOK, "Plantar árboles nativos", "Impacto", "Bastante", "Solo las ves vos", fmt.Sprintf("%d de 3", seen))
		w.post(me, a.to+"/guardar", "grade-impacto", "4").wants(t, "autosave", http.StatusOK, "Guardado a las 10:40", "!<html")
		w.get(me, a.to).wants(t, "later", http.StatusOK, `name="grade-impacto" value="4" checked`)
		w.post(me, a.to, "grade-impacto", "4", "note", "dudosa").wants(t, "half a sheet", http.StatusUnprocessableEntity, "Falta la nota", "dudosa", `name="grade-impacto" value="4" checked`)
		w.post(me, a.to, "grade-impacto", "4", "grade-costo", "9").wants(t, "off the scale", http.StatusUnprocessableEntity, "La nota va de 1 a 5")
		a = w.post(me, a.to, "grade-impacto", "4", "grade-costo", "2", "note", "dudosa")
	}
	a.sent(t, "the last one", "/mi-escritorio/ideas/jurado/"+c.Number+"?ver=hechas", "all_done")
	if seen != 3 {
		t.Errorf("went through %d ideas", seen)
	}
	w.get(me, "/mi-escritorio/ideas/jurado").wants(t, "all done", http.StatusOK, "3 de 3", "Al día", "!Seguir evaluando")
	items, err := w.jury.Desk(w.ctx(me), w.persons[me])
	if err != nil || len(items) != 0 {
		t.Errorf("the desk still holds %v, %v", items, err)
	}
	if items, _ = w.jury.Desk(w.ctx("juror-2"), w.persons["juror-2"]); len(items) != 1 || items[0].Title != "Evaluar 3 ideas" || items[0].Due != "2026-04-23" {
		t.Errorf("the desk of another one holds %+v", items)
	}
}

// Whoever is not of the jury gets nowhere.
func TestOnlyJurorsAndTheHeadGetIn(t *testing.T) {
	w := newWorld(t)
	c := w.challenge()
	i := w.idea(author, c, "Árboles en la plaza")
	sheet, list := "/mi-escritorio/ideas/evaluar/"+i.Number, "/mi-escritorio/ideas/jurado/"+c.Number
	in, out := w.owes(i)[0], ""
	for _, j := range jurors {
		if !slices.Contains(w.owes(i), j) {
			out = j
		}
	}
	cases := []struct {
		who, path string
		form      []string
		want      int
	}{
		{"", "/mi-escritorio/ideas/jurado", nil, 403}, {citizen, "/mi-escritorio/ideas/jurado", nil, 200}, {"", list, nil, 403}, {citizen, list, nil, 403}, {head, list, nil, 403},
		{"", sheet, nil, 403}, {citizen, sheet, nil, 403}, {head, sheet, nil, 403}, {mod, sheet, nil, 403}, {out, sheet, nil, 404}, {in, sheet, nil, 200},
		{"", sheet + "/guardar", []string{"grade-impacto", "1"}, 403}, {head, sheet + "/guardar", []string{"grade-impacto", "1"}, 403}, {out, sheet, []string{"grade-impacto", "1", "grade-costo", "1"}, 404},
		{"", sheet + "/conflicto", []string{"reason", "No puedo juzgarla"}, 403}, {out, sheet + "/conflicto", []string{"reason", "No puedo juzgarla"}, 404},
		{"", list + "/cierre", nil, 403}, {citizen, list + "/cierre", nil, 403}, {in, list + "/cierre", nil, 403}, {team, list + "/cierre", nil, 403}, {head, list + "/cierre", nil, 200},
		{in, list + "/cierre", []string{"places", "1"}, 403}, {team, list + "/cierre", []string{"places", "1"}, 403}, {head, list + "/cierre", []string{"places", "1"}, 409},
		{team, list + "/resultado", []string{"chosen", i.Number}, 403}, {head, list + "/resultado", []string{"chosen", i.Number}, 409},
		{"", "/mi-escritorio/ideas/lectura", nil, 403}, {citizen, "/mi-escritorio/ideas/lectura", nil, 403}, {mod, "/mi-escritorio/ideas/lectura", nil, 200}, {in, "/mi-escritorio/ideas/lectura", nil, 200},
		{citizen, "/mi-escritorio/ideas/lectura/" + i.Number, []string{"x", ""}, 403}, {"", "/desafios/" + c.Number + "/evaluacion", nil, 200},
		{in, "/mi-escritorio/ideas/jurado/DES-1999-0001", nil, 404}, {in, "/mi-escritorio/ideas/evaluar/IDEA-1999-00001", nil, 404},
	}
	for _, k := range cases {
		a := answer{}
		if k.form == nil {
			a = w.get(k.who, k.path)
		} else {
			a = w.post(k.who, k.path, k.form...)
		}
		if a.status != k.want {
			t.Errorf("%q at %s %v: %d, want %d: %.300s", k.who, k.path, k.form, a.status, k.want, a.told())
		}
	}
}

// judged is a challenge with graded ideas whose time for ideas is over. The
// grades are such that the first idea is clearly the best.
func (w *world) judged(n int) (ideas.Challenge, []ideas.Idea) {
	w.t.Helper()
	c := w.challenge()
	var list []ideas.Idea
	for k := range n {
		i := w.idea(author, c, fmt.Sprint("Árboles en la plaza ", k))
		list = append(list, i)
		for _, j := range w.owes(i) {
			g := fmt.Sprint(5 - k%4)
			w.grade(j, i, g, g).wants(w.t, "grading", http.StatusSeeOther)
		}
	}
	w.now = w.now.AddDate(0, 0, 11)
	w.must(w.ideas.Tick(w.ctx("")))
	return c, list
}

// sealed is every page and file on which somebody might look for grades.
func sealed(c ideas.Challenge, i ideas.Idea) []string {
	return []string{"/desafios/" + c.Number + "/evaluacion", "/desafios/" + c.Number + "/evaluacion/notas.csv", "/desafios/" + c.Number + "/evaluacion/puestos.csv",
		"/mi-escritorio/ideas/jurado/" + c.Number, "/mi-escritorio/ideas/jurado/" + c.Number + "?ver=hechas", "/mi-escritorio/ideas/evaluar/" + i.Number,
		"/mi-escritorio/ideas/jurado/" + c.Number + "/cierre", "/mi-escritorio/ideas/lectura"}
}

// shown are grades, scores and notes of others as pages and files would show them.
var shown = regexp.MustCompile(`checked|(ajustada|original) [1-5],\d\d|secreto|J\d|,[1-5]\n|Entra|puesto firme`)

func TestNobodySeesGradesOfOthersBeforeTheResult(t *testing.T) {
	w := newWorld(t)
	c, list := w.judged(3)
	who := append([]string{"", citizen, author, team, mod, head}, jurors...)
	look := func(when string, except string) {
		for _, v := range who {
			for _, path := range sealed(c, list[0]) {
				a := w.get(v, path)
				own := strings.Contains(path, "/evaluar/") && a.status == http.StatusOK
				if v == except && strings.HasSuffix(path, "/cierre") || own && strings.Contains(a.body, "secreto de "+v) && strings.Count(a.body, "secreto") == 1 {
					continue
				}
				if m := shown.FindString(a.body); m != "" {
					t.Errorf("%s, %q at %s (%d): sees %q", when, v, path, a.status, m)
				}
			}
		}
	}
	look("while grading", "")
	w.post(head, "/mi-escritorio/ideas/jurado/"+c.Number+"/cierre", "places", "1").sent(t, "closing", "/mi-escritorio/ideas/jurado/"+c.Number+"/cierre", "sealed")
	look("closed", head)
	for _, v := range who {
		if o, err := w.jury.Outcome(w.ctx(v), c.Number); err != nil || o.Ranking != nil && v != head {
			t.Errorf("%q finds a ranking, %v", v, err)
		}
	}
	closing := w.get(head, "/mi-escritorio/ideas/jurado/"+c.Number+"/cierre")
	closing.wants(t, "the places, to the head", http.StatusOK, "Nota ajustada", "!secreto")
	w.grade(w.owes(list[0])[0], list[0], "1", "1").wants(t, "a grade after the closing", http.StatusConflict)
}

func TestThePublishedResultCanBeComputedAgain(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		w := worldOn(t, d)
		c, list := w.judged(6)
		path := "/mi-escritorio/ideas/jurado/" + c.Number
		w.post(head, path+"/cierre", "places", "0").wants(t, "no places", http.StatusUnprocessableEntity, "entre 1 y 500")
		w.post(head, path+"/cierre", "places", "2").sent(t, "closing", path+"/cierre", "sealed")
		w.get(head, path+"/cierre").wants(t, "before publishing", http.StatusOK, "6 ideas", "Publicar el resultado")
		w.post(head, path+"/resultado", "chosen", list[3].Number).wants(t, "another list without a reason", http.StatusUnprocessableEntity, "Falta completar")
		w.post(head, path+"/resultado", "chosen", list[0].Number, "chosen", list[4].Number).sent(t, "publishing", "/desafios/"+c.Number+"/evaluacion", "published")
		page := w.get("", "/desafios/"+c.Number+"/evaluacion")
		page.wants(t, "the result", http.StatusOK, "Árboles en la plaza 0", "Nota ajustada", "Krippendorff", "empatada", "--places 2", "Persona de juror-1", "!secreto", "!se aparta")

		grades := w.get("", "/desafios/"+c.Number+"/evaluacion/notas.csv")
		file, err := review.ReadFile(strings.NewReader(grades.raw))
		w.must(err)
		ranking, err := review.Rank(&file.Panel, review.Options{Places: 2})
		w.must(err)
		var again bytes.Buffer
		w.must(ranking.WriteCSV(&again, file.Criteria))
		if got := w.get("", "/desafios/"+c.Number+"/evaluacion/puestos.csv").raw; got != again.String() || strings.Count(got, "\n") != 7 {
			t.Errorf("computed again:\n%s\npublished:\n%s", again.String(), got)
		}
		for _, j := range jurors {
			if strings.Contains(grades.raw, w.persons[j]) || strings.Contains(grades.raw, "Persona") {
				t.Errorf("the file names %s", j)
			}
		}
		w.checkOutcomes(t, c, list)
	})
}

func (w *world) checkOutcomes(t *testing.T, c ideas.Challenge, list []ideas.Idea) {
	t.Helper()
	for k, i := range list {
		v, err := w.ideas.Idea(w.ctx(""), i.Number)
		w.must(err)
		if want := k == 0 || k == 4; want != (v.Idea.Outcome == ideas.Chosen) {
			t.Errorf("idea %d is %q", k, v.Idea.Outcome)
		}
	}
	w.post(head, "/mi-escritorio/ideas/jurado/"+c.Number+"/resultado", "chosen", list[0].Number).wants(t, "publishing twice", http.StatusConflict)
}

func TestAnOverrideTakesAReasonThatEverybodyReads(t *testing.T) {
	w := newWorld(t)
	c, list := w.judged(3)
	w.must(w.jury.Seal(w.ctx(head), c.Number, 1))
	w.must(w.jury.Publish(w.ctx(head), c.Number, jury.Choice{Chosen: []string{list[2].Number}, Reason: "La primera ya está en obra desde marzo."}))
	w.get("", "/desafios/"+c.Number+"/evaluacion").wants(t, "the result", http.StatusOK, "La lista publicada se aparta de los puestos", "Elegida", "La primera ya está en obra desde marzo.")
	got, err := w.ideas.Challenge(w.ctx(""), c.Number)
	if err != nil || !got.Conclusion.Override || got.Conclusion.Digest == "" {
		t.Errorf("the conclusion is %+v, %v", got.Conclusion, err)
	}
	as := w.ctx(head) // a body takes up one that was not chosen, and the one that was
	for _, i := range []ideas.Idea{list[0], list[2]} {
		thought := roundtable.Thought{Title: "Sombra de " + i.Number, Line: "Un árbol nuevo en cada plaza.", WhyNew: "Es otra plaza, con otro riego."}
		_, err := w.ideas.TakeUp(as, []string{i.Number}, people.Me(as).Posts[0].Body, thought)
		w.must(err)
	}
	body := w.get("", "/desafios/"+c.Number+"/evaluacion").body
	if n := strings.Count(body, "Elegida"); n != 1 {
		t.Errorf("%d ideas are called chosen, the jury chose one", n)
	}
	_, row, _ := strings.Cut(body, list[2].Number)
	if row, _, _ = strings.Cut(row, "</tr>"); !strings.Contains(row, "Elegida") {
		t.Errorf("the chosen one is not called so")
	}
}

// Equal ideas at the last place: no count parts them, so somebody has to choose
// and say why.
func TestATieIsNotBrokenBehindAnybodysBack(t *testing.T) {
	w := newWorld(t)
	c, list := w.judged(5) // the first and the last one got the same grades
	w.must(w.jury.Seal(w.ctx(head), c.Number, 1))
	w.get(head, "/mi-escritorio/ideas/jurado/"+c.Number+"/cierre").wants(t, "the closing", http.StatusOK, "2 ideas empatan y lugares quedan 1")
	if err := w.jury.Publish(w.ctx(head), c.Number, jury.Choice{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("published with a tie: %v", err)
	}
	if err := w.jury.Publish(w.ctx(head), c.Number, jury.Choice{Chosen: []string{list[4].Number}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a tie broken without a reason: %v", err)
	}
	w.must(w.jury.Publish(w.ctx(head), c.Number, jury.Choice{Chosen: []string{list[4].Number}, Reason: "Es la del barrio con menos sombra."}))
	w.get("", "/desafios/"+c.Number+"/evaluacion").wants(t, "the result", http.StatusOK, "Se eligió entre ideas empatadas", "!se aparta")
}

func TestEveryIdeaIsReadByAPerson(t *testing.T) {
	w := newWorld(t)
	c := w.challenge()
	for n := range 8 {
		w.idea(author, c, fmt.Sprint("Árboles en la plaza ", n))
	}
	share := func() string {
		s, err := w.jury.Share(w.ctx(""), c.ID)
		w.must(err)
		return fmt.Sprintf("%d de %d", s.Read, s.Ideas)
	}
	first, err := w.jury.Drawn(w.ctx("juror-1"))
	w.must(err)
	second, err := w.jury.Drawn(w.ctx(mod))
	w.must(err)
	if len(first) != jury.Quota || len(second) != 3 || slices.ContainsFunc(first, func(n string) bool { return slices.Contains(second, n) }) {
		t.Fatalf("drawn %v and %v", first, second)
	}
	if again, _ := w.jury.Drawn(w.ctx("juror-1")); !slices.Equal(again, first) {
		t.Errorf("looking again draws %v, before %v", again, first)
	}
	w.get("juror-1", "/mi-escritorio/ideas/lectura").wants(t, "the page", http.StatusOK, "Plantar árboles nativos", "La leí")
	w.post("juror-1", "/mi-escritorio/ideas/lectura/"+first[0]).sent(t, "reading", "/mi-escritorio/ideas/lectura", "read")
	w.must(w.jury.Read(w.ctx(mod), first[0])) // a second reader does not count
	if share() != "1 de 8" {
		t.Errorf("read are %s", share())
	}
	w.get("", "/desafios/"+c.Number+"/evaluacion").wants(t, "the promise", http.StatusOK, "Leídas por una persona", "1 de 8", "!Persona de coord")
	w.now = w.now.AddDate(0, 0, 8)
	late, err := w.jury.Drawn(w.ctx("juror-2"))
	if err != nil || len(late) != jury.Quota {
		t.Errorf("after a week juror-2 is drawn %v, %v", late, err)
	}
	if err := w.jury.Read(w.ctx(author), late[0]); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the author reads: %v", err)
	}
}

// An idea that is hidden leaves the queues; a juror who leaves hands theirs on.
func TestWhoAndWhatLeavesIsReplaced(t *testing.T) {
	w := newWorld(t)
	c := w.challenge()
	i := w.idea(author, c, "Árboles en la plaza")
	who := w.owes(i)
	r := c.Rules
	r.Jury = slices.DeleteFunc(slices.Clone(r.Jury), func(p string) bool { return p == w.persons[who[0]] })
	w.must(w.ideas.ChangeRules(w.ctx(head), c.Number, r, "Se fue del jurado por su trabajo."))
	w.told()
	if after := w.owes(i); len(after) != jury.Each || slices.Contains(after, who[0]) {
		t.Errorf("after %s left it is owed by %v", who[0], after)
	}
	w.must(w.ideas.Hide(w.ctx(mod), i.Number, "Repite datos personales de otra gente."))
	w.told()
	for _, j := range jurors {
		if items, err := w.jury.Desk(w.ctx(j), w.persons[j]); err != nil || len(items) > 0 {
			t.Errorf("%s still owes %v, %v", j, items, err)
		}
	}
}
