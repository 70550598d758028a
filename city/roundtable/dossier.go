package roundtable

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Edit replaces the dossier. An edit that began from an older version is a
// Conflict whose Theirs is the Dossier as it stands, so that both can be shown.
// In the round the parts that steps were signed on can still be written: the
// offices see the edit in the history and re-open what it touches.
func (m *Module) Edit(ctx context.Context, number string, d Dossier) error {
	d.Normalise()
	return m.db.Write(ctx, func(ctx context.Context) error {
		w, err := m.open(ctx, number, "")
		if err != nil {
			return err
		}
		if w.As, err = w.Require(w.Who, Edit); err != nil {
			return err
		}
		if err := w.Fits(Edit); err != nil {
			return err
		}
		return w.edit(ctx, d)
	})
}

func (w *work) edit(ctx context.Context, d Dossier) error {
	old, err := w.m.dossier(ctx, w.Initiative)
	if err != nil {
		return err
	}
	if d.Version != old.Version {
		return &fault.Error{Kind: fault.Conflict, Key: "roundtable.fault.edited", Theirs: old}
	}
	check := d.Validate
	if w.Initiative.State.Public() {
		check = d.ValidateFiling
	}
	if err := check(w.Charter); err != nil {
		return err
	}
	changed := old.Differences(d)
	if len(changed) == 0 {
		return nil
	}
	if err := w.m.saveDossier(ctx, w.Initiative, d); err != nil {
		return err
	}
	i := &w.Initiative
	i.Title, i.Line, i.Change, i.Problem, i.Axis = d.Title, d.Line, d.Change, d.Problem, d.Axis
	if err := w.m.found(ctx, *i); err != nil {
		return err
	}
	if err := w.m.retag(ctx, w.Initiative.ID, tagsOf(w.Case, d)); err != nil {
		return err
	}
	w.m.db.AfterCommit(ctx, w.m.like.stale)
	return w.tell(ctx, EventEdited, true, map[string]string{"fields": strings.Join(changed, ",")}, nil)
}

// Differences names the parts in which two dossiers differ, as forms and events
// call them: "title", "axis" (main and further), "sdg" (goals and targets).
func (d Dossier) Differences(o Dossier) []string {
	var out []string
	for _, f := range []struct {
		name string
		same bool
	}{
		{"title", d.Title == o.Title}, {"line", d.Line == o.Line}, {"change", d.Change == o.Change}, {"problem", d.Problem == o.Problem},
		{"type", d.Type == o.Type}, {"axis", d.Axis == o.Axis && slices.Equal(d.Axes, o.Axes)}, {"goals", slices.Equal(d.Goals, o.Goals)},
		{"purposes", slices.Equal(d.Purposes, o.Purposes)}, {"sdg", d.SDG == o.SDG && slices.Equal(d.Targets, o.Targets)},
		{"territories", slices.Equal(d.Territories, o.Territories)}, {"planned", samePlan(d.Planned, o.Planned)}, {"links", slices.Equal(d.Links, o.Links)},
	} {
		if !f.same {
			out = append(out, f.name)
		}
	}
	return out
}

// samePlan compares plans whatever the order of their rows.
func samePlan(a, b []Planned) bool {
	if len(a) != len(b) {
		return false
	}
	for _, p := range a {
		if !slices.Contains(b, p) {
			return false
		}
	}
	return true
}

// File enters the round: the steps open and the initiative becomes public. It
// keeps the charter that is in force now.
func (m *Module) File(ctx context.Context, number string) error {
	return m.act(ctx, number, File, "", func(ctx context.Context, w *work) error {
		if err := w.Fits(File); err != nil {
			return err
		}
		d, err := m.dossier(ctx, w.Initiative)
		if err != nil {
			return err
		}
		if w.Charter, err = m.charters.Current(ctx); err != nil {
			return err
		}
		if err := d.ValidateFiling(w.Charter); err != nil {
			return err
		}
		return w.file(ctx)
	})
}

func (w *work) file(ctx context.Context) error {
	now, i := clock.Now(ctx), &w.Initiative
	i.State, i.FiledAt, i.Charter = Filed, now, w.Charter.Version.ID
	w.Round = NewRound(w.Charter, i.ID, now)
	i.Current = w.Round.Current()
	return w.tell(ctx, EventFiled, true, map[string]string{
		"origin_day": string(clock.DayOf(i.Created, w.Charter.City.Zone)), "origin_body": i.AuthorBody, "title": i.Title,
	}, map[string]string{"change": i.Change})
}

// Unfinished is a form as a person left it.
type Unfinished map[string][]string

const unfinishedMax = 64 << 10

// KeepDraft keeps what the person is writing in a form; the page saves it as the
// person types. Empty data forgets it.
func (m *Module) KeepDraft(ctx context.Context, form string, data Unfinished) error {
	who := people.Me(ctx)
	if !who.SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	if len(text) > unfinishedMax {
		return fault.New(fault.Invalid, "fault.too_big", "max", 1)
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		if len(data) == 0 {
			_, err := m.db.Exec(ctx, `DELETE FROM roundtable_draft WHERE person = $1 AND form = $2`, who.Person, form)
			return err
		}
		_, err := m.db.Exec(ctx, `INSERT INTO roundtable_draft (person, form, data, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (person, form) DO UPDATE SET data = excluded.data, at = excluded.at`, who.Person, form, string(text), clock.Now(ctx))
		return err
	})
}

// LeftDraft is what the person left in a form, nil if nothing.
func (m *Module) LeftDraft(ctx context.Context, form string) (Unfinished, error) {
	text, ok, err := db.Find[string](ctx, m.db, `SELECT data FROM roundtable_draft WHERE person = $1 AND form = $2`, people.Me(ctx).Person, form)
	if err != nil || !ok {
		return nil, err
	}
	var data Unfinished
	return data, json.Unmarshal([]byte(text), &data)
}

// History is the timeline of an initiative for the person who asks: everything
// for officials, the public acts for everybody else.
func (m *Module) History(ctx context.Context, i Initiative, before string, limit int) ([]event.Event, error) {
	return m.history(ctx, i, event.Page{Before: before, Limit: limit, PublicOnly: !people.Me(ctx).Official()})
}

// PublicHistory is the timeline as anybody sees it, whoever asks.
// Invalid on "before" when that is no id.
func (m *Module) PublicHistory(ctx context.Context, i Initiative, before string, limit int) ([]event.Event, error) {
	var c fault.Check
	if c.Require(before == "" || id.Valid(before), "before", "roundtable.fault.after"); c.Err() != nil {
		return nil, c.Err()
	}
	return m.history(ctx, i, event.Page{Before: before, Limit: limit, PublicOnly: true})
}
