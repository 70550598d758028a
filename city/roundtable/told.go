package roundtable

import (
	"context"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Told is what another module gives of an item of a step, e.g. minutes of a
// meeting. It is taken once for each item and source; told again with other
// words it replaces what was told.
type Told struct {
	Source     event.Subject    // what shows it, e.g. a meeting; the kind may say what of it
	Item       string           // code of the item; the flow says of which step
	Kind       charter.Evidence // EvidencePresence: the office that the step asks for was there
	Day        clock.Day
	Text       string
	URL        string // may be a path of this site
	Figure     int64
	Person     string      // who did what is told, in whose name
	Post, Body string      //
	Withdrawn  bool        // the source no longer shows it
	Specialist *Specialist // what a specialist said; Kind is empty then
}

// Tell takes what another module tells of an initiative. It is evidence like any
// other: the signer still signs. What cannot be taken now is left alone without
// an error: an item that the city does not have, a kind it does not accept, a
// step that is signed, an initiative that is not in the round.
func (m *Module) Tell(ctx context.Context, initiative string, t Told) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		w, item, err := m.hearing(ctx, initiative, t)
		if err != nil || w == nil {
			return err
		}
		done, err := w.hear(ctx, item, t)
		if err != nil || !done {
			return err
		}
		return w.close(ctx)
	})
}

// hearing is the act of taking what is told, nil when it cannot be taken.
func (m *Module) hearing(ctx context.Context, initiative string, t Told) (*work, charter.Item, error) {
	none := charter.Item{}
	i, err := m.byID(ctx, initiative)
	if err != nil || i.State != Filed {
		return nil, none, noneFound(err)
	}
	ch, err := m.charters.ByID(ctx, i.Charter)
	if err != nil {
		return nil, none, err
	}
	item, step, ok := ch.Flow.Item(t.Item)
	if !ok {
		return nil, none, nil
	}
	w, err := m.open(ctx, i.Number, step.Code)
	if err != nil || w.Initiative.State != Filed || w.Step.Whole() {
		return nil, none, err
	}
	w.Who = people.Standing{Person: t.Person}
	w.As = people.Holding{Post: t.Post, Body: t.Body}
	return w, item, nil
}

func noneFound(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// hear takes what is told by its sort; done says whether something changed.
func (w *work) hear(ctx context.Context, item charter.Item, t Told) (done bool, err error) {
	switch {
	case t.Specialist != nil:
		return w.hearSpecialist(ctx, t)
	case t.Kind == charter.EvidencePresence:
		return w.hearPresence(ctx, item, t)
	case !t.Withdrawn && !accepts(item, t.Kind):
		return false, nil
	}
	return w.hearEvidence(ctx, t)
}

// first notes that something was told; false when it was told before.
func (w *work) first(ctx context.Context, t Told, evidence string) (bool, error) {
	n, err := w.m.db.Exec(ctx, `INSERT INTO roundtable_told (initiative, item, source, evidence) VALUES ($1, $2, $3, $4)
		ON CONFLICT (initiative, item, source) DO NOTHING`, w.Initiative.ID, t.Item, t.source(), evidence)
	return n > 0, err
}

func (t Told) source() string { return t.Source.Kind + ":" + t.Source.ID }

// hearSpecialist adds what a specialist said.
func (w *work) hearSpecialist(ctx context.Context, t Told) (bool, error) {
	s := *t.Specialist
	s.ID, s.Initiative, s.At = id.New(), w.Initiative.ID, clock.Now(ctx)
	fresh, err := w.first(ctx, t, s.ID)
	if err != nil || !fresh {
		return false, err
	}
	if err := w.m.db.Insert(ctx, "roundtable_specialist", s); err != nil {
		return false, err
	}
	return true, w.tell(ctx, EventSpecialist, true, map[string]string{"step": w.Step.Code, "stance": string(s.Stance)}, words("said", s.Text))
}

// hearPresence records that the office was there, once for each source: after a
// signature was taken back it has to be there again.
func (w *work) hearPresence(ctx context.Context, item charter.Item, t Told) (bool, error) {
	if !accepts(item, t.Kind) || !w.Round.Allows(w.Step.Code, Present) {
		return false, nil
	}
	fresh, err := w.first(ctx, t, "")
	if err != nil || !fresh {
		return false, err
	}
	if err := w.Round.Move(w.Step.Code, Present, clock.Now(ctx)); err != nil {
		return false, err
	}
	return true, w.tell(ctx, EventAttended, true, map[string]string{"step": w.Step.Code}, map[string]string{"note": t.Text})
}

// hearEvidence adds evidence, replaces what the source told before, or takes it
// out. What people took out themselves comes back only with other words.
func (w *work) hearEvidence(ctx context.Context, t Told) (bool, error) {
	old, told, err := db.Find[Evidence](ctx, w.m.db, `SELECT `+evidenceColumns+` FROM roundtable_evidence WHERE id =
		(SELECT evidence FROM roundtable_told WHERE initiative = $1 AND item = $2 AND source = $3)`, w.Initiative.ID, t.Item, t.source())
	if err != nil || !told && t.Withdrawn || told && !t.Withdrawn && t.same(old) {
		return false, err
	}
	if told {
		if err := w.unhear(ctx, old); err != nil || t.Withdrawn {
			return true, err
		}
	}
	e := t.evidence(ctx, w)
	if err := w.m.db.Insert(ctx, "roundtable_evidence", e); err != nil {
		return false, err
	}
	if _, err := w.m.db.Exec(ctx, `INSERT INTO roundtable_told (initiative, item, source, evidence) VALUES ($1, $2, $3, $4)
		ON CONFLICT (initiative, item, source) DO UPDATE SET evidence = excluded.evidence`, w.Initiative.ID, t.Item, t.source(), e.ID); err != nil {
		return false, err
	}
	return true, w.tell(ctx, EventEvidence, true, map[string]string{"step": e.Step, "item": e.Item, "kind": string(e.Kind), "day": string(e.Day)}, nil)
}

// same says whether evidence says what is told.
func (t Told) same(e Evidence) bool {
	return e.Kind == t.Kind && e.Text == cutText(t.Text) && e.URL == t.URL && e.Figure == t.Figure && e.Day == t.Day
}

// unhear takes out what was told before, unless somebody did already, and lets
// the same be told anew.
func (w *work) unhear(ctx context.Context, old Evidence) error {
	if _, err := w.m.db.Exec(ctx, `DELETE FROM roundtable_told WHERE initiative = $1 AND evidence = $2`, w.Initiative.ID, old.ID); err != nil {
		return err
	}
	n, err := w.m.db.Exec(ctx, `UPDATE roundtable_evidence SET removed_at = $2 WHERE id = $1 AND removed_at = 0`, old.ID, clock.Now(ctx))
	if err != nil || n == 0 {
		return err
	}
	return w.tell(ctx, EventUnproved, true, map[string]string{"step": old.Step, "item": old.Item}, nil)
}

func (t Told) evidence(ctx context.Context, w *work) Evidence {
	e := Evidence{ID: id.New(), Initiative: w.Initiative.ID, Step: w.Step.Code, Item: t.Item, Kind: t.Kind, Day: t.Day, Text: cutText(t.Text), URL: t.URL,
		Figure: t.Figure, Person: t.Person, Post: t.Post, At: clock.Now(ctx)}
	if e.Day == "" {
		e.Day = w.today(ctx)
	}
	return e
}

// cutText is as much of a text as evidence holds.
func cutText(s string) string {
	if r := []rune(s); len(r) > TextMax {
		return string(r[:TextMax-1]) + "…"
	}
	return s
}
