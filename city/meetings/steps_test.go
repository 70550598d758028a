package meetings

import (
	"strings"
	"testing"
	"time"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/fault"
)

// evidenceOf is what stands for an item of a step, by kind.
func (w *town) evidenceOf(number, step, item string) map[charter.Evidence]roundtable.Evidence {
	w.t.Helper()
	w.must(w.log.Dispatch(w.as()))
	v, err := w.round.StepView(w.as(director), number, step)
	w.must(err)
	out := map[charter.Evidence]roundtable.Evidence{}
	for _, e := range v.Evidence {
		if e.Item == item {
			if _, twice := out[e.Kind]; twice {
				w.t.Errorf("%s has %s twice", item, e.Kind)
			}
			out[e.Kind] = e
		}
	}
	return out
}

// TestAWeeklyMeetingIsEvidenceOfStepTwo: once the initiative was taken up, and
// with its minutes once they are approved; what is put off shows nothing.
func TestAWeeklyMeetingIsEvidenceOfStepTwo(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.Listen(w.log)
		ini, late := w.initiative("Cada escuela arma un proyecto"), w.initiative("Bibliotecas abiertas de noche")
		w.weeklySeries()
		n := "REU-2026-0001"
		put := func(i roundtable.Initiative) Item {
			x, err := w.AddItem(w.as(team), n, Item{Title: i.Title, Wanted: Discuss, Minutes: 15, SubjectKind: "initiative", SubjectID: i.ID})
			w.must(err)
			return x
		}
		one, two := put(ini), put(late)
		w.now = w.at("2026-03-26", "10:00")
		w.must(w.Begin(w.as(coordinator), n))
		w.must(w.CloseItem(w.as(team), n, one.ID, Closing{Outcome: Tasked, Text: "Gustó", Commitments: []Commitment{{What: "Sumar escuelas", Who: directorOf}}}))
		w.must(w.CloseItem(w.as(team), n, two.ID, Closing{Outcome: Moved, Text: "No llegó quien la presenta"}))
		if e := w.evidenceOf(ini.Number, "discusion-interna", "presentacion")[charter.EvidenceLink]; e.URL != "/iniciativas/"+ini.Number+"/presentacion" {
			t.Errorf("the presentation: %+v", e)
		}
		if e := w.evidenceOf(ini.Number, "discusion-interna", "discutida")[charter.EvidenceNote]; !strings.Contains(e.Text, n) || e.Day != "2026-03-26" {
			t.Errorf("discussed: %+v", e)
		}
		if e := w.evidenceOf(late.Number, "discusion-interna", "discutida"); len(e) != 0 {
			t.Errorf("put off, and discussed: %+v", e)
		}
		if e := w.evidenceOf(ini.Number, "discusion-interna", "minuta-interna"); len(e) != 0 {
			t.Errorf("minutes that nobody approved: %+v", e)
		}
		w.must(w.End(w.as(coordinator), n))
		w.must(w.Approve(w.as(coordinator), n))
		if e := w.evidenceOf(ini.Number, "discusion-interna", "minuta-interna")[charter.EvidenceNote]; !strings.Contains(e.Text, "Gustó\nCOM-2026-0001: Sumar escuelas\nsha256 ") || e.Post != coordinator {
			t.Errorf("minutes: %+v", e)
		}
		w.must(w.ReturnMinutes(w.as(coordinator), n, "Falta un dato"))
		if e := w.evidenceOf(ini.Number, "discusion-interna", "minuta-interna"); len(e) != 0 {
			t.Errorf("minutes that went back: %+v", e)
		}
	})
}

// TestACollaborativeMeetingIsEvidence of the call, of who came from outside, of
// the common agenda and of what specialists said.
func TestACollaborativeMeetingIsEvidence(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.Listen(w.log)
		ini := w.initiative("Cada escuela arma un proyecto")
		_, err := w.CreateMeeting(w.as(culture), Meeting{Kind: Collaborative, Title: "Con quienes", Initiative: ini.ID, Starts: w.now.AddDate(0, 0, 3), Length: 90, Chair: director}, nil)
		w.wantKind("who does not convene", err, fault.Forbidden)
		x, err := w.CreateMeeting(w.as(director), Meeting{Kind: Collaborative, Title: "Con quienes", Initiative: ini.ID, Starts: w.now.AddDate(0, 0, 3), Length: 90,
			Chair: director, Secretaries: Codes{team}, Open: true}, []Guest{{Post: outsider1}, {Post: delegate}})
		w.must(err)
		n := x.Number
		w.must(w.CallMeeting(w.as(director), n))
		w.must(w.Interest(w.citizen("eva"), n, Wish{Text: "Enseño en una escuela", Organisation: "Cooperadora"}))
		w.must(w.Interest(w.as(board), n, Wish{Text: "Es en nuestra comuna"}))
		for _, wish := range w.viewAs(director, n).Wishes {
			if wish.Post == board {
				w.must(w.AnswerWish(w.as(director), n, wish.ID, true))
				w.wantKind("answered again", w.AnswerWish(w.as(director), n, wish.ID, false), fault.Conflict)
			}
		}
		if e := w.evidenceOf(ini.Number, "reunion-colaborativa", "convocatoria")[charter.EvidenceList]; !strings.Contains(e.Text, "Emprendedores") {
			t.Errorf("the call: %+v", e)
		}
		w.now = x.Starts
		w.must(w.Begin(w.as(director), n))
		for _, post := range []string{director, outsider1, board, team} {
			w.must(w.CheckIn(w.as(post), n, Arrival{}))
		}
		w.must(w.CheckIn(w.as(team), n, Arrival{Name: "Universidad", Rank: RankSpecialist}))
		_, err = w.AgreeAgenda(w.as(director), n)
		w.wantKind("nobody undertook anything", err, fault.Conflict)
		_, err = w.RecordCommitment(w.as(director), n, "", Commitment{What: "Abrir las aulas", Who: directorOf, Due: "2026-05-01"})
		w.must(err)
		a, err := w.AgreeAgenda(w.as(director), n)
		w.must(err)
		again, err := w.AgreeAgenda(w.as(director), n)
		w.must(err)
		if a.Version != 1 || again.Version != 1 || len(a.Lines) != 1 {
			t.Errorf("the common agenda: %+v, %+v", a, again)
		}
		w.must(w.RecordSpecialist(w.as(team), n, "", roundtable.Specialist{Name: "Ana", Organisation: "Universidad", Area: "educación", Stance: roundtable.StanceChanges, Text: "Falta evaluar"}))
		w.now = w.now.Add(time.Hour)
		w.must(w.End(w.as(director), n))
		met := w.evidenceOf(ini.Number, "reunion-colaborativa", "reunion-realizada")
		if met[charter.EvidenceFigure].Figure != 3 || !strings.Contains(met[charter.EvidenceList].Text, "Universidad") {
			t.Errorf("who came: %+v", met)
		}
		if e := w.evidenceOf(ini.Number, "reunion-colaborativa", "agenda-comun")[charter.EvidenceList]; !strings.Contains(e.Text, "Abrir las aulas; Dirección General de Planeamiento Educativo; 2026-05-01") {
			t.Errorf("the common agenda: %+v", e)
		}
		if e := w.evidenceOf(ini.Number, "especialistas", "especialista")[charter.EvidenceFigure]; e.Figure != 1 {
			t.Errorf("specialists: %+v", e)
		}
		s, err := w.round.StepView(w.as(director), ini.Number, "especialistas")
		w.must(err)
		if len(s.Specialists) != 1 || s.Specialists[0].Stance != roundtable.StanceChanges {
			t.Errorf("what they said: %+v", s.Specialists)
		}
	})
}

// TestADraftThatWasDiscussedHasItsEvidenceOnceFiled.
func TestADraftThatWasDiscussedHasItsEvidenceOnceFiled(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.Listen(w.log)
		ini := w.draft("Cada escuela arma un proyecto")
		w.weeklySeries()
		n := "REU-2026-0001"
		i, err := w.AddItem(w.as(team), n, Item{Title: "El proyecto", Wanted: Inform, SubjectKind: "initiative", SubjectID: ini.ID})
		w.must(err)
		w.now = w.at("2026-03-26", "10:00")
		w.must(w.Begin(w.as(coordinator), n))
		w.must(w.CloseItem(w.as(team), n, i.ID, Closing{Outcome: Informed}))
		w.must(w.log.Dispatch(w.as()))
		w.must(w.round.File(w.as(director), ini.Number))
		if e := w.evidenceOf(ini.Number, "discusion-interna", "discutida"); len(e) != 1 {
			t.Errorf("discussed: %+v", e)
		}
	})
}

func (w *town) viewAs(post, number string) View {
	w.t.Helper()
	v, err := w.Meeting(w.as(post), number)
	w.must(err)
	return v
}
