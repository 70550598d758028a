package pages_test

import (
	"strings"
	"testing"

	"ronda/platform/event"
)

func TestATimelineTellsPublicActs(t *testing.T) {
	w := newTown(t)
	w.things()
	events, err := w.log.Timeline(w.ctx(), event.Subject{Kind: "body", ID: "min-educacion"}, event.Page{PublicOnly: true})
	w.must(err)
	want := []string{"Se delega: Ministro/a de Educación, del 1 de julio de 2026 al 10 de julio de 2026", "Alguien asume: Ministro/a de Educación, desde el 10 de diciembre de 2024"}
	if len(events) != len(want) {
		t.Fatalf("%d events", len(events))
	}
	for i, e := range events {
		m, ok := w.pages.Moment(w.ctx(), e)
		if !ok || m.Title != want[i] || m.Href != "/organismos/min-educacion" {
			t.Errorf("%s is told as %+v", e.Kind, m)
		}
		if strings.Contains(m.Title+m.Text+m.Meta, "Ana") {
			t.Errorf("it names a person: %+v", m)
		}
	}
	m, ok := w.pages.Moment(w.ctx(), event.Event{Kind: "people.operator_revoked", Text: map[string]string{"reason": "Dejó la Ciudad."}})
	if !ok || !strings.Contains(m.Title, "quien opera el sistema") || m.Text != "Dejó la Ciudad." {
		t.Errorf("what an operator did is told as %+v", m)
	}
	if _, ok := w.pages.Moment(w.ctx(), event.Event{Kind: "people.role_granted"}); ok {
		t.Error("it tells what is not public")
	}
}
