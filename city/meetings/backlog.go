package meetings

import (
	"context"
	"slices"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Backlog is what waits for a meeting of the series; an empty number is the
// backlog of what is of no series, for those who plan meetings.
func (m *Module) Backlog(ctx context.Context, series string) ([]Item, error) {
	c, err := m.backlogOf(ctx, series, SeeInside)
	if err != nil {
		return nil, err
	}
	list, err := m.backlog(ctx, c.Meeting.ID)
	if _, all := c.Can(people.Me(ctx), SeePrivate); !all {
		list = slices.DeleteFunc(list, func(i Item) bool { return i.Private })
	}
	return list, err
}

// backlogOf is the case of a series' backlog; that of no series is of whoever
// plans free meetings.
func (m *Module) backlogOf(ctx context.Context, series string, action Action) (c Case, err error) {
	if c.Charter, err = m.Charters.Current(ctx); err != nil {
		return c, err
	}
	who := people.Me(ctx)
	if series == "" {
		c.Meeting = Meeting{Kind: Free, Private: true}
		_, err = c.Require(who, PlanMeeting)
		return c, err
	}
	s, err := m.seriesBy(ctx, "number", series)
	if err != nil {
		return c, err
	}
	c.Meeting = s.shape()
	if c.Guests, err = m.ownGuests(ctx, who, s.ID); err != nil {
		return c, err
	}
	_, err = c.Require(who, action)
	return c, err
}

func (m *Module) backlog(ctx context.Context, series string) ([]Item, error) {
	return db.Query[Item](ctx, m.db, `SELECT `+itemColumns+` FROM meetings_item WHERE series = $1 AND meeting = '' ORDER BY position, id`, series)
}

// TakeFromBacklog puts an item of the backlog on a meeting's agenda: one of its
// own series, or one of no series.
func (m *Module) TakeFromBacklog(ctx context.Context, number, item string) error {
	return m.act(ctx, number, EditAgenda, func(ctx context.Context, w *work) error {
		i, err := db.One[Item](ctx, m.db, `SELECT `+itemColumns+` FROM meetings_item WHERE id = $1 AND meeting = '' AND series IN ('', $2)`,
			item, w.Meeting.Series)
		if err != nil {
			return err
		}
		n, err := m.lastPlace(ctx, w.Meeting.ID)
		if err != nil {
			return err
		}
		i.Meeting, i.Series, i.Position = w.Meeting.ID, "", n+1
		i.Version++
		if err := m.saveItem(ctx, i); err != nil {
			return err
		}
		return w.agendaTold(ctx, i)
	})
}

// PutBack moves a waiting item of an agenda to the backlog.
func (m *Module) PutBack(ctx context.Context, number, item string) error {
	return m.act(ctx, number, EditAgenda, func(ctx context.Context, w *work) error {
		i, err := w.untouched(ctx, item)
		if err != nil {
			return err
		}
		i.Meeting, i.Series, i.Position = "", w.Meeting.Series, 0
		i.Version++
		if err := m.saveItem(ctx, i); err != nil {
			return err
		}
		return w.change(ctx, ChangeItems, i.Private, "item", item)
	})
}

// itemsBack moves the open items of a meeting to a backlog.
func (m *Module) itemsBack(ctx context.Context, series, meeting string) error {
	_, err := m.db.Exec(ctx, `UPDATE meetings_item SET meeting = '', series = $1, state = 'waiting', position = 0, version = version + 1
		WHERE meeting = $2 AND state <> 'closed'`, series, meeting)
	return err
}

// Propose puts an item into the backlog of a series, in the name of a post.
func (m *Module) Propose(ctx context.Context, series string, i Item) (Item, error) {
	x := freshItem(i)
	err := m.db.Write(ctx, func(ctx context.Context) error {
		c, err := m.backlogOf(ctx, series, ProposeItem)
		if err != nil {
			return err
		}
		as, _ := c.Can(people.Me(ctx), ProposeItem)
		f := form{ch: c.Charter}
		if err := m.checkItem(ctx, &f, &x); err != nil {
			return err
		}
		n, err := db.One[int](ctx, m.db, `SELECT count(*) FROM meetings_item WHERE series = $1 AND meeting = ''`, c.Meeting.ID)
		if err != nil {
			return err
		}
		f.Require(n < backlogMax, "title", "meetings.fault.items", "max", backlogMax)
		if err := f.Err(); err != nil {
			return err
		}
		x.ID, x.Series, x.Made, x.Proposed, x.Body = id.New(), c.Meeting.ID, clock.Now(ctx), as.Post, as.Body
		x.Position = 1 // after what was put off
		return m.db.Insert(ctx, "meetings_item", x)
	})
	return x, err
}

// backlogMax is how many items may wait for a series.
const backlogMax = 500

// DropProposal takes an item out of a backlog: its proposer, or who plans.
func (m *Module) DropProposal(ctx context.Context, item string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		i, err := db.One[Item](ctx, m.db, `SELECT `+itemColumns+` FROM meetings_item WHERE id = $1 AND meeting = ''`, item)
		if err != nil {
			return err
		}
		number := ""
		if i.Series != "" {
			s, err := m.seriesBy(ctx, "id", i.Series)
			if err != nil {
				return err
			}
			number = s.Number
		}
		c, err := m.backlogOf(ctx, number, SeeInside)
		if err != nil {
			return err
		}
		who := people.Me(ctx)
		_, own := who.Holds(i.Proposed)
		if _, plans := c.Can(who, EditAgenda); !plans && !(own && i.From == "") {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		_, err = m.db.Exec(ctx, `DELETE FROM meetings_item WHERE id = $1`, item)
		return err
	})
}
