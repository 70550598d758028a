package ideas

import (
	"strings"
	"testing"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// TestForgettingAPersonKeepsTheCounts and nothing that says who it was.
func TestForgettingAPersonKeepsTheCounts(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		a, b := w.published("ana", "Bebederos en las plazas"), w.published("bruno", "Agua fresca en las plazas")
		ask, err := w.AskFamily(w.citizen("ana"), a.Number, b.Number, "")
		w.must(err)
		w.must(w.Consent(w.citizen("bruno"), ask.ID, true))
		for _, i := range []Idea{a, b} {
			w.must(w.Support(w.citizen("ana"), i.Number))
		}
		_, err = w.Comment(w.citizen("ana"), a.Number, "", "Gracias por los apoyos")
		w.must(err)
		w.must(w.Report(w.citizen("ana"), b.Number, "", "Una razón cualquiera"))
		w.draft(w.citizen("ana"), "Sin terminar", "")
		id := w.made["ana"]
		w.must(w.Forget(w.as(), id))
		for table, columns := range map[string]string{"ideas_idea": "author", "ideas_comment": "person", "ideas_support": "person", "ideas_voice": "person", "ideas_draft": "owner", "ideas_ask": "person", "ideas_report": "person"} {
			if n := w.only(`SELECT CAST(count(*) AS TEXT) FROM `+table+` WHERE `+columns+` = $1`, id); n != "0" {
				t.Errorf("%s still names the person %s times", table, n)
			}
		}
		f, err := w.Family(w.as(), w.read(a.Number).Family)
		if w.must(err); f.Supporters != 1 || w.read(a.Number).Supports != 1 {
			t.Errorf("voices: %+v", f)
		}
		if err := w.Unsupport(people.With(w.as(), people.Standing{Person: id}), a.Number); err != nil || w.read(a.Number).Supports != 1 {
			t.Errorf("the voice can still be found: %v", err)
		}
	})
}

func TestSweepingDropsWhatVisitorsLeft(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		visit := With(w.as(), Visitor{Secret: secret})
		old, err := w.SaveDraft(visit, Draft{Title: "De marzo"})
		w.must(err)
		mine := w.draft(w.citizen("ana"), "De ana", "")
		w.now = w.now.Add(visitorKept + time.Second)
		visit = With(w.as(), Visitor{Secret: secret})
		fresh, err := w.SaveDraft(visit, Draft{Title: "De hoy"})
		w.must(err)
		w.must(w.Sweep(w.as()))
		if _, err := w.Draft(visit, old.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("an old draft: %v", err)
		}
		if _, err := w.Draft(visit, fresh.ID); err != nil {
			t.Errorf("a fresh draft: %v", err)
		}
		if _, err := w.Draft(w.citizen("ana"), mine.ID); err != nil {
			t.Errorf("a person's draft: %v", err)
		}
	})
}

// TestImportingTwiceIsImportingOnce, wrong rows are listed, and supports counted
// elsewhere stay apart.
func TestImportingTwiceIsImportingOnce(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		rows := []Foreign{
			{Line: 2, Source: "decide.madrid.es", ID: "1", Title: "Más árboles", Text: someText, Supports: 842, Place: "Flores", Tags: []string{"Medio Ambiente", "árboles"}, Created: start.AddDate(-1, 0, 0)},
			{Line: 3, Source: "decide.madrid.es", ID: "2", Title: ""},
			{Line: 4, Source: "decide.madrid.es", ID: "3", Title: strings.Repeat("larguísimo ", 30), Answer: "Se hizo en 2025"},
			{Line: 5, Source: "decide.madrid.es", ID: "1", Title: "Otra vez la uno"},
			{Line: 6, Source: "decide.madrid.es", ID: "4", Title: "\x00 bytes"},
		}
		if _, err := w.Import(w.citizen("ana"), rows, ImportOptions{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("anybody imports: %v", err)
		}
		trial, err := w.Import(w.as(coordinator), rows, ImportOptions{Trial: true})
		w.must(err)
		if p, _ := w.List(w.as(), Filter{}); trial.Taken != 2 || trial.Known != 1 || trial.Quarantined != 2 || p.Total != 0 {
			t.Errorf("the trial: %+v", trial)
		}
		done, err := w.Import(w.as(coordinator), rows, ImportOptions{})
		w.must(err)
		if done.Taken != 2 || done.Known != 1 || done.Quarantined != 2 || done.Rows[1].Why != "fault.required" {
			t.Errorf("the import: %+v", done)
		}
		i := w.read(done.Rows[0].Number)
		if i.Number != "IDEA-2025-00001" || i.Supports != 0 || i.Elsewhere != 842 || i.Place != "flores" || i.Tags != "medio-ambiente árboles" {
			t.Errorf("imported: %+v", i)
		}
		if p, _ := w.List(w.as(), Filter{By: map[string]string{FilterTag: "medio-ambiente"}}); p.Total != 1 {
			t.Errorf("by tag: %+v", p)
		}
		if long := w.read(done.Rows[2].Number); len([]rune(long.Title)) != TitleMax || long.Outcome != Answered {
			t.Errorf("a long title: %+v", long)
		}
		again, err := w.Import(w.as(coordinator), rows, ImportOptions{})
		if w.must(err); again.Taken != 0 || again.Known != 3 || again.Rows[0].Number != i.Number {
			t.Errorf("again: %+v", again)
		}
	})
}

// TestTheDeskKnowsWhoOwesWhat by posts, roles and authorship.
func TestTheDeskKnowsWhoOwesWhat(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		ctx := w.citizen("bruno")
		held, err := w.Send(ctx, w.draft(ctx, "Espera", "").ID)
		w.must(err)
		a, b := w.published("ana", "Bebederos"), w.published("carla", "Fuentes")
		w.must(w.Assign(w.as(coordinator), a.Number, directorOf))
		_, err = w.AskFamily(w.citizen("ana"), a.Number, b.Number, "Piden lo mismo")
		w.must(err)
		_, err = w.CreateChallenge(w.as(director), w.rules())
		w.must(err)
		count := func(s people.Standing, about event.Subject) (all, ours int) {
			for _, ask := range w.desks() {
				items, err := ask(clock.At(w.as(), w.now), w.ch, s)
				w.must(err)
				for _, x := range items {
					all++
					if x.Subject == about {
						ours++
					}
				}
			}
			return all, ours
		}
		for _, c := range []struct {
			who   string
			s     people.Standing
			about Idea
			all   int
		}{
			{"a moderator reads the held idea and answers carla's", w.standing(coordinator), held, 2},
			{"the director answers ana's and opens the challenge", w.standing(director), a, 2},
			{"carla answers ana", w.standingOf("carla"), b, 1},
		} {
			if all, ours := count(c.s, c.about.Subject()); all != c.all || ours != 1 {
				t.Errorf("%s: %d items, %d about it", c.who, all, ours)
			}
		}
		if all, _ := count(w.standingOf("dora"), a.Subject()); all != 0 {
			t.Errorf("dora owes %d things", all)
		}
	})
}
