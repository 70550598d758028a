package office_test

import (
	"ronda/city/charter"
	"ronda/city/roundtable"
)

const sponsor = "director-reciclado" // proposes in the tests
const planning = "director-planificacion"

// idea is a raw thought of somebody's; nobody has taken it up.
func (w *world) idea(by, title string) string {
	w.t.Helper()
	i, err := w.rt.Propose(w.ctx(by), roundtable.Thought{Title: title, Line: "Una línea sobre eso.", WhyNew: "Es otra cosa, de verdad."})
	w.must(err)
	return i.Number
}

// draft is an initiative that the sponsor writes.
func (w *world) draft(title string) string {
	w.t.Helper()
	number := w.idea(sponsor, title)
	w.must(w.rt.TakeUp(w.ctx(sponsor), number, "dg-reciclado"))
	return number
}

// whole is a dossier with everything that filing asks for.
func whole(title string) roundtable.Dossier {
	return roundtable.Dossier{Title: title, Line: "Compost cerca de casa.", Change: "Cada barrio composta lo suyo.", Problem: "Se entierra lo que podría abonar.",
		Type: "programa", Axis: "ciudad-inteligente", SDG: "12", Goals: []string{"impacto-social"}, Targets: []string{"11", "11.6"}, Territories: []string{"comuna-5"},
		Planned: []roundtable.Planned{{Group: "residentes", Territory: "comuna-5", People: 1200}}, Version: 1}
}

// complete is a draft that can be filed.
func (w *world) complete(title string) string {
	w.t.Helper()
	number := w.draft(title)
	w.must(w.rt.Edit(w.ctx(sponsor), number, whole(title)))
	return number
}

// filed is an initiative at its first step.
func (w *world) filed(title string) string {
	w.t.Helper()
	number := w.complete(title)
	w.must(w.rt.File(w.ctx(sponsor), number))
	return number
}

// proved adds evidence for every item of a step, by its sponsor and offices.
func (w *world) proved(number, code string) {
	w.t.Helper()
	step, _ := w.ch.Flow.Steps.Get(code)
	for _, item := range step.Items.All() {
		e := roundtable.Evidence{Step: code, Item: item.Code, Kind: item.Evidence[0], Text: "Está, y así se ve."}
		switch e.Kind {
		case charter.EvidencePresence:
			w.must(w.rt.RecordAttendance(w.ctx("coordinador-mesa"), number, code, "Estuvo la Coordinación en la reunión."))
			continue
		case charter.EvidenceDocument:
			w.must(w.rt.AddDocument(w.ctx(sponsor), number, e, "acta.pdf", []byte("%PDF-1.7 acta"), true))
			continue
		case charter.EvidenceFigure:
			e.Figure = 80
		}
		w.must(w.rt.AddEvidence(w.ctx(sponsor), number, e))
	}
}

// signed proves and signs the steps up to and including the code.
func (w *world) signed(number, last string) {
	w.t.Helper()
	signers := map[string]string{"planning": planning, "coordination": "coordinador-mesa", "communication": "coordinador-comunicacion"}
	for _, step := range w.ch.Flow.Steps.All() {
		w.proved(number, step.Code)
		w.must(w.rt.SignStep(w.ctx(signers[step.Office]), number, step.Code, ""))
		if step.Code == last {
			return
		}
	}
}

// inside lists what is in preparation.
var inside = roundtable.Filter{Inside: true}
