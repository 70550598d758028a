package roundtable

import (
	"context"
	"slices"
	"strings"

	"ronda/platform/db"
	"ronda/platform/event"
)

// Origins is what the initiative came of, e.g. ideas of citizens. Its acts stand
// in their histories too, so that there is one timeline from idea to decision.
func (i Initiative) Origins() []event.Subject {
	var out []event.Subject
	for _, o := range strings.Fields(i.Origin) {
		if kind, id, ok := strings.Cut(o, ":"); ok {
			out = append(out, event.Subject{Kind: kind, ID: id})
		}
	}
	return out
}

// originOf is how origins are stored, each once.
func originOf(subjects []event.Subject) string {
	var out []string
	for _, s := range subjects {
		if o := s.Kind + ":" + s.ID; !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return strings.Join(out, " ")
}

// inherit gives an initiative the origins of one that joins it.
func (m *Module) inherit(ctx context.Context, to, from Initiative) error {
	if from.Origin == "" {
		return nil
	}
	n, err := m.db.Exec(ctx, `UPDATE roundtable_initiative SET origin = $2 WHERE id = $1`, to.ID, originOf(append(to.Origins(), from.Origins()...)))
	return db.Changed(n, err, "fault.conflict")
}

// history is a page of what happened to an initiative, and in public to what it
// came of before and beside it; newest first, each act once.
func (m *Module) history(ctx context.Context, i Initiative, p event.Page) ([]event.Event, error) {
	events, err := m.log.Timeline(ctx, i.Subject(), p)
	if err != nil || i.Origin == "" {
		return events, err
	}
	full := len(events)
	p.PublicOnly = true
	for _, s := range i.Origins() {
		more, err := m.log.Timeline(ctx, s, p)
		if err != nil {
			return nil, err
		}
		full = max(full, len(more))
		events = append(events, more...)
	}
	slices.SortFunc(events, func(a, b event.Event) int { return strings.Compare(b.ID, a.ID) })
	events = slices.CompactFunc(events, func(a, b event.Event) bool { return a.ID == b.ID })
	if p.Limit > 0 {
		full = p.Limit
	}
	return events[:min(len(events), full)], nil
}
