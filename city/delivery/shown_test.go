package delivery

import (
	"errors"
	"strings"
	"testing"

	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// evidence is what the roundtable holds of an item of the first step.
func (w *world) evidence(number, item string) (texts []string) {
	w.Helper()
	v, err := w.Roundtable.StepView(w.As(), number, "efectividad")
	w.Must(err)
	for _, e := range v.Evidence {
		if e.Item == item {
			texts = append(texts, e.Text)
		}
	}
	return texts
}

// TestWhatIsWrittenIsEvidence: equipment and the legal way show their items of the
// first step by themselves, from before the filing on, and stop when they are gone.
func TestWhatIsWrittenIsEvidence(t *testing.T) {
	roundtest.Both(t, func(r *roundtest.World) {
		w := newWorld(r)
		number := w.Draft("Bibliotecas abiertas", nil)
		w.Must(w.SaveNeed(w.As(proposer), number, Need{Kind: NeedEquipment, What: "Mesas; largas", Quantity: 12, State: NeedGet, Source: "Una cooperativa", Day: "2026-05-01"}))
		w.Must(w.Roundtable.File(w.As(proposer), number))
		w.later(0)
		if got := w.evidence(number, "equipamiento"); len(got) != 1 || got[0] != "Mesas, largas × 12; Una cooperativa; 2026-05-01" {
			w.Errorf("written before the filing: %q", got)
		}
		w.Must(w.SaveNeed(w.As(planner), number, Need{Kind: NeedStaff, What: "Bibliotecarias", Quantity: 3, State: NeedHave, Day: "2026-05-01"}))
		if got := w.evidence(number, "equipamiento"); len(got) != 1 || !strings.HasSuffix(got[0], "\nBibliotecarias × 3") {
			w.Errorf("after a second row: %q", got)
		}
		w.needs(number)
		w.way(number)
		w.commonest(number)
	}, Migrations)
}

// needs: an edit of what somebody changed meanwhile shows theirs; bad rows are named.
func (w *world) needs(number string) {
	w.Helper()
	e, err := w.Equipment(w.As(), number)
	w.Must(err)
	mine, theirs := e.Needs[0], e.Needs[0]
	theirs.Quantity = 20
	w.Must(w.SaveNeed(w.As(planner), number, theirs))
	var f *fault.Error
	if err := w.SaveNeed(w.As(proposer), number, mine); !errors.As(err, &f) || f.Kind != fault.Conflict || f.Theirs.(Need).Quantity != 20 {
		w.Errorf("a lost update: %v", err)
	}
	for field, n := range map[string]Need{
		"kind":     {Kind: "boat", What: "x", Quantity: 1, State: NeedHave},
		"what":     {Kind: NeedStaff, Quantity: 1, State: NeedHave},
		"quantity": {Kind: NeedStaff, What: "x", State: NeedHave},
		"source":   {Kind: NeedStaff, What: "x", Quantity: 1, State: NeedGet, Day: "2026-05-01"},
		"day":      {Kind: NeedStaff, What: "x", Quantity: 1, State: NeedGet, Source: "y", Day: "2026-02-30"},
	} {
		w.wrong(field, w.SaveNeed(w.As(proposer), number, n))
	}
	other := w.Draft("Otra", nil)
	w.refuses("a row of another initiative", w.DropNeed(w.As(proposer), other, mine.ID), fault.NotFound)
	w.refuses("an edit by way of another initiative", w.SaveNeed(w.As(proposer), other, theirs), fault.NotFound)
	for _, n := range e.Needs {
		w.Must(w.DropNeed(w.As(proposer), number, n.ID))
	}
	if got := w.evidence(number, "equipamiento"); len(got) != 0 {
		w.Errorf("of nothing: %q", got)
	}
}

// wrong asserts that one field is refused.
func (w *world) wrong(field string, err error) {
	w.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Name != field {
		w.Errorf("%s: %v", field, err)
	}
}

// way: the checklist shows nothing before it is whole, and warns of whoever may not
// act in a matter.
func (w *world) way(number string) {
	w.Helper()
	save := func(x Way) { w.Helper(); w.Must(w.SaveWay(w.As(proposer), number, x)) }
	save(Way{Kind: WayRule, Text: "Ley 1777, artículo 10", URL: "https://example.org/ley", State: WayOpen, Code: "ignored"})
	save(Way{Kind: WayCompetence, Code: "espacios-verdes", State: WayWaits, Day: "2026-04-10"})
	f, err := w.Feasibility(w.As(), number)
	w.Must(err)
	if len(w.evidence(number, "viabilidad")) != 0 || len(f.Lacks) != 1 || f.Lacks[0] != "delivery.lacks.route" {
		w.Errorf("half a checklist: %v", f.Lacks)
	}
	if len(f.Warnings) != 1 || f.Warnings[0].Competence.Code != "espacios-verdes" || f.Warnings[0].Body != roundtest.ProposerOf {
		w.Errorf("warnings: %+v", f.Warnings)
	}
	save(Way{Kind: WayRoute, Code: "licitacion-publica", Text: "Por etapas", State: WayOpen})
	if got := w.evidence(number, "viabilidad"); len(got) != 1 || !strings.Contains(got[0], "Licitación pública: Por etapas") || !strings.Contains(got[0], "Espacios verdes") {
		w.Errorf("a whole one: %q", got)
	}
	save(Way{Kind: WayPermit, Text: "Permiso de obra", State: WayShut})
	if got := w.evidence(number, "viabilidad"); len(got) != 0 {
		w.Errorf("with the way shut: %q", got)
	}
	for field, x := range map[string]Way{
		"kind":  {Kind: "wish", Text: "x", State: WayOpen},
		"code":  {Kind: WayRoute, Code: "bribe", State: WayOpen},
		"text":  {Kind: WayOpinion, State: WayOpen},
		"url":   {Kind: WayRule, Text: "x", URL: "javascript:alert(1)", State: WayOpen},
		"state": {Kind: WayRule, Text: "x", State: "perhaps"},
		"day":   {Kind: WayRule, Text: "x", State: WayOpen, Day: "soon"},
	} {
		w.wrong(field, w.SaveWay(w.As(proposer), number, x))
	}
	w.wrong("url", w.SaveWay(w.As(proposer), number, Way{Kind: WayRule, Text: "x", URL: "//example.org/x", State: WayOpen}))
}

// commonest: obstacles by kind and by the ministry that is to resolve them.
func (w *world) commonest(number string) {
	w.Helper()
	add := func(kind, owner, opened string) string {
		w.Helper()
		w.Must(w.Roundtable.AddBarrier(w.As(proposer), number, roundtable.Barrier{Kind: kind, What: "Falta algo.", Owner: owner, Opened: clock.Day(opened)}))
		v, err := w.Roundtable.View(w.As(proposer), number)
		w.Must(err)
		for _, b := range v.Barriers {
			if string(b.Opened) == opened {
				return b.ID
			}
		}
		return ""
	}
	done := add("legal", "dg-empleo", "2026-03-14")
	add("procurement", "dg-presupuesto", "2026-03-04")
	add("procurement", "min-hacienda", "2026-02-24")
	w.Must(w.Roundtable.ResolveBarrier(w.As(proposer), number, done, "Salió el dictamen."))
	r, err := w.Barriers(w.As(), BarrierFilter{})
	w.Must(err)
	if len(r.Kinds) != 2 || r.Kinds[0] != (BarrierGroup{Code: "procurement", Open: 2, Initiatives: 1, DaysOpen: 20}) ||
		r.Kinds[1] != (BarrierGroup{Code: "legal", Resolved: 1, Initiatives: 1, Days: 10}) {
		w.Errorf("kinds %+v", r.Kinds)
	}
	if len(r.Owners) != 2 || r.Owners[0].Code != "min-hacienda" || r.Owners[0].Open != 2 || len(r.Oldest) != 2 || r.Oldest[0].Days != 28 || r.Total.All() != 3 {
		w.Errorf("owners %+v, oldest %+v", r.Owners, r.Oldest)
	}
	r, err = w.Barriers(w.As(), BarrierFilter{From: "2026-03-01", To: "2026-03-14", Ministry: "min-hacienda"})
	if err != nil || r.Total.All() != 1 || r.Kinds[0].Code != "procurement" {
		w.Errorf("of two weeks: %+v, %v", r, err)
	}
}
