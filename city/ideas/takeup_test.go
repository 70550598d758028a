package ideas

import (
	"strings"
	"testing"

	"ronda/city/roundtable"
	"ronda/platform/fault"
)

// TestAnIdeaBecomesAnInitiative with one history: everybody who cared follows it
// from birth, and its acts stand in the idea's timeline and the other way round.
func TestAnIdeaBecomesAnInitiative(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		a, b := w.published("ana", "Bebederos en las plazas"), w.published("bruno", "Agua fresca en las plazas")
		ask, err := w.AskFamily(w.citizen("ana"), a.Number, b.Number, "")
		w.must(err)
		w.must(w.Consent(w.citizen("bruno"), ask.ID, true))
		w.must(w.Support(w.citizen("carla"), a.Number))
		if _, err := w.TakeUp(w.as(director), []string{a.Number}, "dg-que-no-es", roundtable.Thought{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("for a body of somebody else: %v", err)
		}
		made, err := w.TakeUp(w.as(director), []string{a.Number}, directorOf, roundtable.Thought{WhyNew: "Nace de una idea vecinal"})
		w.must(err)
		i := w.read(a.Number)
		if made.Title != a.Title || made.Sponsor != directorOf || i.Initiative != made.Number || i.Outcome != TakenUp {
			t.Errorf("taken up: %+v, %+v", made, i)
		}
		for _, who := range []string{"ana", "bruno", "carla"} {
			if follows, _, err := w.notices.Following(w.as(), w.made[who], made.Subject()); err != nil || !follows {
				t.Errorf("%s does not follow it: %v", who, err)
			}
		}
		if _, err := w.TakeUp(w.as(director), []string{a.Number}, directorOf, roundtable.Thought{}); !is(err, "ideas.fault.taken_up") {
			t.Errorf("taken up twice: %v", err)
		}
		w.file(made.Number)
		if got := w.kinds(i.Subject()); !strings.HasPrefix(got, "roundtable.filed taken_up") {
			t.Errorf("the idea's timeline: %s", got)
		}
		made, err = w.roundtable.ByID(w.as(director), made.ID)
		w.must(err)
		history, err := w.roundtable.PublicHistory(w.as(), made, "", 50)
		w.must(err)
		var kinds []string
		for _, e := range history {
			kinds = append(kinds, e.Kind)
		}
		if got := strings.Join(kinds, " "); got != "roundtable.filed ideas.taken_up ideas.family_joined ideas.published" {
			t.Errorf("the initiative's history: %s", got)
		}
		page, err := w.roundtable.PublicHistory(w.as(), made, history[1].ID, 1)
		if w.must(err); len(page) != 1 || page[0].ID != history[2].ID {
			t.Errorf("its second page: %+v", page)
		}
		w.must(w.log.Dispatch(w.as()))
		if news, err := w.notices.Notices(w.as(), w.made["carla"], 50); err != nil || len(news) == 0 || news[0].Kind != roundtable.EventFiled {
			t.Errorf("the supporter does not hear of the filing: %+v, %v", news, err)
		}
	})
}

// file writes the dossier of an initiative and files it.
func (w *town) file(number string) {
	w.t.Helper()
	d := roundtable.Dossier{Title: "Bebederos en las plazas", Line: "Agua fresca en cada plaza.", Change: "Todas las plazas tienen agua.", Problem: "No hay agua en las plazas.",
		Type: "programa-escolar", Axis: "educacion-siglo-xxi", SDG: "4.4", Goals: []string{"motor-economico"}, Territories: []string{"ciudad"},
		Planned: []roundtable.Planned{{Group: "estudiantes", Territory: "ciudad", People: 180000}}, Version: 1}
	w.must(w.roundtable.Edit(w.as(director), number, d))
	w.must(w.roundtable.File(w.as(director), number))
}

// TestAChallengeIsTakenUpWithItsFirstIdea, and executed by act.
func TestAChallengeIsTakenUpWithItsFirstIdea(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.published("ana", "Para no ser la primera")
		c := w.opened()
		i := w.answering("ana", "Sombra en Flores", c.ID)
		w.now = c.VoteCloses
		w.must(w.Tick(w.as()))
		w.must(w.Conclude(w.as(director), c.Number, []string{i.Number}, Conclusion{}))
		_, err := w.TakeUp(w.as(director), []string{i.Number}, directorOf, roundtable.Thought{})
		w.must(err)
		if p := w.challenge(c.Number).Phase; p != PhaseTakenUp {
			t.Errorf("phase %s", p)
		}
		w.must(w.Advance(w.as(director), c.Number, PhaseExecuted, ""))
		w.must(w.Answer(w.as(director), i.Number, "La sombra ya está en la plaza.", Executed))
		if got := w.read(i.Number).Outcome; got != Executed {
			t.Errorf("outcome %s", got)
		}
	})
}
