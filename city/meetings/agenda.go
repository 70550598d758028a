package meetings

import (
	"context"
	"slices"
	"strings"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// items are those of a meeting in order.
func (m *Module) items(ctx context.Context, meeting string) ([]Item, error) {
	return db.Query[Item](ctx, m.db, `SELECT `+itemColumns+` FROM meetings_item WHERE meeting = $1 ORDER BY position, id`, meeting)
}

// item is one of a meeting.
func (w *work) item(ctx context.Context, id string) (Item, error) {
	return db.One[Item](ctx, w.m.db, `SELECT `+itemColumns+` FROM meetings_item WHERE id = $1 AND meeting = $2`, id, w.Meeting.ID)
}

func (m *Module) saveItem(ctx context.Context, i Item) error {
	n, err := m.db.Exec(ctx, `UPDATE meetings_item SET meeting = $2, series = $3, position = $4, title = $5, text = $6, subject_kind = $7,
		subject_id = $8, wanted = $9, minutes = $10, presenter = $11, section = $12, documents = $13, private = $14, state = $15, outcome = $16,
		outcome_text = $17, released = $18, opened_at = $19, closed_at = $20, spent = $21, version = $22 WHERE id = $1`,
		i.ID, i.Meeting, i.Series, i.Position, i.Title, i.Text, i.SubjectKind, i.SubjectID, i.Wanted, i.Minutes, i.Presenter, i.Section, i.Documents,
		i.Private, i.State, i.Outcome, i.OutcomeText, i.Released, i.OpenedAt, i.ClosedAt, i.Spent, i.Version)
	return db.Changed(n, err, "fault.conflict")
}

// checkItem checks what a form says of an item.
func (m *Module) checkItem(ctx context.Context, c *form, i *Item) error {
	i.Title, i.Text, i.Presenter = strings.TrimSpace(i.Title), strings.TrimSpace(i.Text), strings.TrimSpace(i.Presenter)
	c.Text("title", i.Title, true, TitleMax)
	c.Text("text", i.Text, false, TextMax)
	c.Require(slices.Contains(Wants, i.Wanted), "wanted", "fault.choice")
	c.number("minutes", i.Minutes, 0, MinutesMax)
	c.Text("presenter", i.Presenter, false, LineMax)
	if i.Section != "" {
		b, ok := c.ch.Bodies.Get(i.Section)
		c.Require(ok && b.ActiveOn(c.ch.Today(clock.Now(ctx))), "section", "fault.choice")
	}
	c.documents(i.Documents)
	return m.checkSubject(ctx, c, i)
}

// checkSubject checks that an initiative on an agenda is one that the person may
// know of. Other subjects are ids of other modules and stand as they are.
func (m *Module) checkSubject(ctx context.Context, c *form, i *Item) error {
	if i.SubjectID == "" || i.SubjectKind == "" {
		i.SubjectKind, i.SubjectID = "", ""
		return nil
	}
	if i.SubjectKind != subjectInitiative {
		c.Text("subject", i.SubjectKind+i.SubjectID, true, TitleMax)
		return nil
	}
	_, err := m.Steps.ByID(ctx, i.SubjectID)
	if fault.Is(err, fault.NotFound) {
		c.Fail("subject", "meetings.fault.subject")
		return nil
	}
	return err
}

// freshItem is what of a form's item is read.
func freshItem(i Item) Item {
	return Item{Title: i.Title, Text: i.Text, SubjectKind: i.SubjectKind, SubjectID: i.SubjectID, Wanted: i.Wanted, Minutes: i.Minutes,
		Presenter: i.Presenter, Section: i.Section, Documents: i.Documents, Private: i.Private, State: ItemWaiting, Version: 1}
}

// AddItem puts an item at the end of the agenda. Faults on title, text, wanted,
// minutes, presenter, section, documents, subject.
func (m *Module) AddItem(ctx context.Context, number string, i Item) (Item, error) {
	x := freshItem(i)
	err := m.onAgenda(ctx, number, &x, func(ctx context.Context, w *work) error {
		c := form{ch: w.Charter}
		if err := m.checkItem(ctx, &c, &x); err != nil {
			return err
		}
		if err := c.Err(); err != nil {
			return err
		}
		n, err := m.lastPlace(ctx, w.Meeting.ID)
		if err != nil {
			return err
		}
		x.ID, x.Meeting, x.Position, x.Made, x.Proposed, x.Body = id.New(), w.Meeting.ID, n+1, clock.Now(ctx), w.As.Post, w.As.Body
		if err := m.db.Insert(ctx, "meetings_item", x); err != nil {
			return err
		}
		return w.agendaTold(ctx, x)
	})
	return x, err
}

// onAgenda does an act to the agenda; the ministry of the item's section may too.
func (m *Module) onAgenda(ctx context.Context, number string, i *Item, fn func(ctx context.Context, w *work) error) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		w, err := m.open(ctx, number)
		if err != nil {
			return err
		}
		w.Item = i
		action := EditAgenda
		if _, ok := w.Can(w.Who, EditAgenda); !ok {
			action = EditSection
		}
		if w.As, err = w.Require(w.Who, action); err != nil {
			return err
		}
		if err := w.Fits(action); err != nil {
			return err
		}
		if err := fn(ctx, w); err != nil {
			return err
		}
		return m.save(ctx, w.Meeting)
	})
}

// lastPlace is the position of the last item; a full agenda is a Conflict.
func (m *Module) lastPlace(ctx context.Context, meeting string) (int, error) {
	type tail struct {
		N    int `db:"n"`
		Last int `db:"last"`
	}
	t, err := db.One[tail](ctx, m.db, `SELECT count(*) AS n, COALESCE(max(position), 0) AS last FROM meetings_item WHERE meeting = $1`, meeting)
	if err == nil && t.N >= ItemsMax {
		err = fault.New(fault.Conflict, "meetings.fault.items", "max", ItemsMax)
	}
	return t.Last, err
}

// agendaTold tells of a new item, also to a room that runs.
func (w *work) agendaTold(ctx context.Context, i Item) error {
	if err := w.change(ctx, ChangeItems, i.Private, "item", i.ID); err != nil {
		return err
	}
	var related []event.Subject
	if i.SubjectID != "" && !i.Private {
		related = append(related, i.Subject())
	}
	return w.tell(ctx, EventItemAdded, false, map[string]string{"item": i.ID}, nil, related...)
}

// EditItem changes an item that is not closed. Conflict holds the stored Item.
func (m *Module) EditItem(ctx context.Context, number, item string, version int, i Item) (Item, error) {
	old, err := db.One[Item](ctx, m.db, `SELECT `+itemColumns+` FROM meetings_item WHERE id = $1 AND meeting <> ''`, item)
	if err != nil {
		return i, err
	}
	err = m.onAgenda(ctx, number, &old, func(ctx context.Context, w *work) error {
		now, err := w.item(ctx, item)
		if err != nil {
			return err
		}
		if version != now.Version {
			f := fault.New(fault.Conflict, "meetings.fault.edited")
			f.Theirs = now
			return f
		}
		if now.State == ItemClosed {
			return fault.New(fault.Conflict, "meetings.fault.item_closed")
		}
		x := freshItem(i)
		c := form{ch: w.Charter}
		if err := m.checkItem(ctx, &c, &x); err != nil {
			return err
		}
		if err := c.Err(); err != nil {
			return err
		}
		i = merged(now, x, w.Case, w.Who)
		if err := m.saveItem(ctx, i); err != nil {
			return err
		}
		return w.change(ctx, ChangeItems, i.Private, "item", i.ID)
	})
	return i, err
}

// merged is the stored item with what the form says. A ministry does not move its
// item to another section.
func merged(now, x Item, c Case, who people.Standing) Item {
	section, private := now.Section, now.Private
	if _, all := c.Can(who, EditAgenda); all {
		section, private = x.Section, x.Private
	}
	now.Title, now.Text, now.SubjectKind, now.SubjectID, now.Wanted = x.Title, x.Text, x.SubjectKind, x.SubjectID, x.Wanted
	now.Minutes, now.Presenter, now.Section, now.Documents, now.Private = x.Minutes, x.Presenter, section, x.Documents, private
	now.Version++
	return now
}

// MoveItem gives an item another place in the agenda, from 1.
func (m *Module) MoveItem(ctx context.Context, number, item string, to int) error {
	return m.act(ctx, number, EditAgenda, func(ctx context.Context, w *work) error {
		all, err := m.items(ctx, w.Meeting.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(i Item) bool { return i.ID == item })
		if at < 0 {
			return notFound()
		}
		x := all[at]
		all = slices.Delete(all, at, at+1)
		all = slices.Insert(all, min(max(to-1, 0), len(all)), x)
		for n, i := range all {
			if i.Position == n+1 {
				continue
			}
			if _, err := m.db.Exec(ctx, `UPDATE meetings_item SET position = $2 WHERE id = $1`, i.ID, n+1); err != nil {
				return err
			}
		}
		return w.change(ctx, ChangeItems, x.Private, "item", item)
	})
}

// DropItem takes an item that nothing came of out of the agenda.
func (m *Module) DropItem(ctx context.Context, number, item string) error {
	return m.act(ctx, number, EditAgenda, func(ctx context.Context, w *work) error {
		i, err := w.untouched(ctx, item)
		if err != nil {
			return err
		}
		if _, err := m.db.Exec(ctx, `DELETE FROM meetings_item WHERE id = $1`, item); err != nil {
			return err
		}
		return w.change(ctx, ChangeItems, i.Private, "item", item)
	})
}

// untouched is an item that was never opened nor written of.
func (w *work) untouched(ctx context.Context, item string) (Item, error) {
	i, err := w.item(ctx, item)
	if err != nil {
		return i, err
	}
	n, err := db.One[int](ctx, w.m.db, `SELECT (SELECT count(*) FROM meetings_note WHERE meeting = $1 AND item = $2)
		+ (SELECT count(*) FROM meetings_decision WHERE item = $2) + (SELECT count(*) FROM meetings_commitment WHERE item = $2)`, w.Meeting.ID, item)
	if err == nil && (n > 0 || i.State != ItemWaiting || i.Spent > 0) {
		err = fault.New(fault.Conflict, "meetings.fault.item_used")
	}
	return i, err
}
