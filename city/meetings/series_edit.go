package meetings

import (
	"context"
	"slices"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// onSeries does an act to a series in one transaction.
func (m *Module) onSeries(ctx context.Context, number string, action Action, fn func(ctx context.Context, w *course) error) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		ch, err := m.Charters.Current(ctx)
		if err != nil {
			return err
		}
		s, err := m.lockedSeries(ctx, number)
		if err != nil {
			return err
		}
		w := &course{m: m, Who: people.Me(ctx), Series: s, Case: Case{Charter: ch, Meeting: s.shape()}}
		if w.Series.Guests, err = m.guestRows(ctx, s.ID); err != nil {
			return err
		}
		w.Guests = w.Series.Guests
		if w.As, err = w.Require(w.Who, action); err != nil {
			return err
		}
		if !s.Ended.IsZero() {
			return fault.New(fault.Conflict, "meetings.fault.ended")
		}
		if err := fn(ctx, w); err != nil {
			return err
		}
		return m.saveSeries(ctx, w.Series)
	})
}

// EditSeries changes what a series says, save when it falls (see SplitSeries),
// in it and in its coming occurrences that did not differ. Conflict holds the
// stored Series when version is old.
func (m *Module) EditSeries(ctx context.Context, number string, version int, s Series) (Series, error) {
	err := m.onSeries(ctx, number, EditMeeting, func(ctx context.Context, w *course) error {
		old := w.Series
		if version != old.Version {
			f := fault.New(fault.Conflict, "meetings.fault.edited")
			f.Theirs = old
			return f
		}
		if err := w.edit(ctx, s); err != nil {
			return err
		}
		if err := w.pass(ctx, old); err != nil {
			return err
		}
		if err := w.relist(ctx, old); err != nil {
			return err
		}
		s = w.Series
		return w.tell(ctx, EventSeriesEdited, nil, nil)
	})
	return s, err
}

// edit takes over what a form says.
func (w *course) edit(ctx context.Context, s Series) error {
	y := &w.Series
	old := *y
	y.Title, y.Purpose, y.Place, y.Link, y.Chair, y.Secretaries = s.Title, s.Purpose, s.Place, s.Link, s.Chair, s.Secretaries
	y.Length, y.Capacity, y.Quorum, y.Axis = s.Length, s.Capacity, s.Quorum, s.Axis
	c := form{ch: w.Charter}
	w.texts(ctx, &c)
	guests, err := w.m.checkGuests(ctx, w.Charter, &c.Check, s.Guests)
	if err != nil {
		return err
	}
	if err := c.Err(); err != nil {
		return err
	}
	y.Guests = officers(w.Charter, guests, y.Chair, y.Secretaries)
	y.Version++
	y.Changed = clock.Now(ctx)
	if w.shown(old) {
		y.Sequence++
	}
	return nil
}

// shown says whether what a calendar shows of the series changed.
func (w *course) shown(old Series) bool {
	s := w.Series
	return s.Title != old.Title || s.Purpose != old.Purpose || s.Place != old.Place || s.Link != old.Link || s.Length != old.Length
}

// pass hands a change of the series to the coming occurrences, field by field
// where they did not differ.
func (w *course) pass(ctx context.Context, old Series) error {
	s := w.Series
	up := 0
	if w.shown(old) {
		up = 1
	}
	_, err := w.m.db.Exec(ctx, `UPDATE meetings_meeting SET
		title = CASE WHEN title = $3 THEN $4 ELSE title END, purpose = CASE WHEN purpose = $5 THEN $6 ELSE purpose END,
		place = CASE WHEN place = $7 THEN $8 ELSE place END, link = CASE WHEN link = $9 THEN $10 ELSE link END,
		length = CASE WHEN length = $11 THEN $12 ELSE length END, chair = CASE WHEN chair = $13 THEN $14 ELSE chair END,
		secretaries = CASE WHEN secretaries = $15 THEN $16 ELSE secretaries END, capacity = CASE WHEN capacity = $17 THEN $18 ELSE capacity END,
		quorum = CASE WHEN quorum = $19 THEN $20 ELSE quorum END, axis = CASE WHEN axis = $21 THEN $22 ELSE axis END,
		sequence = sequence + $23, changed_at = $2, version = version + 1
		WHERE series = $1 AND state IN ('planned', 'called')`, s.ID, s.Changed, old.Title, s.Title, old.Purpose, s.Purpose, old.Place, s.Place,
		old.Link, s.Link, old.Length, s.Length, old.Chair, s.Chair, old.Secretaries, s.Secretaries, old.Capacity, s.Capacity, old.Quorum, s.Quorum,
		old.Axis, s.Axis, up)
	return err
}

// relist writes the new list of guests and tells those whom it concerns.
func (w *course) relist(ctx context.Context, old Series) error {
	s := w.Series
	added, gone := differ(old.Guests, s.Guests), differ(s.Guests, old.Guests)
	if err := w.m.bump(ctx, s.ID); err != nil {
		return err
	}
	for _, g := range gone {
		if _, err := w.m.db.Exec(ctx, `DELETE FROM meetings_guest WHERE owner = $1 AND key = $2`, s.ID, g.Key); err != nil {
			return err
		}
	}
	for _, g := range s.Guests {
		if n := slices.IndexFunc(old.Guests, func(o Guest) bool { return o.Key == g.Key }); n >= 0 {
			g.Reply, g.RepliedAt, g.ReplySeq = old.Guests[n].Reply, old.Guests[n].RepliedAt, old.Guests[n].ReplySeq
		}
		g.Owner = s.ID
		if err := w.m.putGuest(ctx, g); err != nil {
			return err
		}
	}
	if err := w.m.bump(ctx, s.ID); err != nil {
		return err
	}
	to := added
	if w.shown(old) {
		to = s.Guests
	}
	if err := w.notify(ctx, Request, to, ""); err != nil {
		return err
	}
	return w.notify(ctx, Cancel, gone, "")
}

// differ is what of now was not in before.
func differ(before, now []Guest) []Guest {
	return slices.DeleteFunc(slices.Clone(now), func(g Guest) bool {
		return slices.ContainsFunc(before, func(o Guest) bool { return o.Key == g.Key })
	})
}

// notify tells guests of the whole series once it was called.
func (w *course) notify(ctx context.Context, method Method, guests []Guest, why string) error {
	if w.Series.Called.IsZero() || w.m.inviter == nil || len(guests) == 0 {
		return nil
	}
	s := w.Series
	apart, err := w.m.apart(ctx, s.ID)
	if err != nil {
		return err
	}
	return w.m.inviter(ctx, Notice{Method: method, Series: &s, Guests: guests, Apart: apart, Why: why})
}

// apart are the occurrences of a series that differ from its rule.
func (m *Module) apart(ctx context.Context, series string) ([]Meeting, error) {
	return db.Query[Meeting](ctx, m.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE series = $1 AND apart = TRUE ORDER BY occurrence`, series)
}

// CallSeries sends the invitations of a series; its occurrences are called by it.
func (m *Module) CallSeries(ctx context.Context, number string) error {
	return m.onSeries(ctx, number, EditMeeting, func(ctx context.Context, w *course) error {
		s := &w.Series
		if !s.Called.IsZero() {
			return fault.New(fault.Conflict, "meetings.fault.called")
		}
		s.Called, s.Changed = clock.Now(ctx), clock.Now(ctx)
		if _, err := m.db.Exec(ctx, `UPDATE meetings_meeting SET state = 'called', called_at = $2, changed_at = $2 WHERE series = $1 AND state = 'planned'`,
			s.ID, s.Called); err != nil {
			return err
		}
		if err := m.bump(ctx, s.ID); err != nil {
			return err
		}
		if err := w.notify(ctx, Request, s.Guests, ""); err != nil {
			return err
		}
		return w.tell(ctx, EventSeriesCalled, map[string]string{"guests": itoa(len(s.Guests))}, nil)
	})
}

// EndSeries ends a series after its last day; later occurrences are cancelled.
func (m *Module) EndSeries(ctx context.Context, number string, last clock.Day, why string) error {
	return m.onSeries(ctx, number, CancelMeeting, func(ctx context.Context, w *course) error {
		var c fault.Check
		_, err := clock.ParseDay(string(last))
		c.Require(err == nil, "last", "fault.day")
		c.Require(err != nil || last >= w.day(clock.Now(ctx)), "last", "meetings.fault.past")
		c.Text("why", why, true, TextMax)
		if err := c.Err(); err != nil {
			return err
		}
		rest, err := w.rest(ctx, last.Time(w.Charter.City.Zone).AddDate(0, 0, 1))
		if err != nil {
			return err
		}
		for _, x := range rest {
			if err := w.drop(ctx, x, w.Series.ID, why); err != nil {
				return err
			}
		}
		if err := w.end(ctx, last, why); err != nil {
			return err
		}
		return w.tell(ctx, EventSeriesEnded, map[string]string{"last": string(last)}, words("why", why))
	})
}

// rest are the coming occurrences from an instant on, those cancelled too, held
// until the transaction ends.
func (w *course) rest(ctx context.Context, from time.Time) ([]Meeting, error) {
	list, err := db.Query[Meeting](ctx, w.m.db, `UPDATE meetings_meeting SET version = version WHERE series = $1 AND occurrence >= $2
		AND state IN ('planned', 'called', 'cancelled') RETURNING `+meetingColumns, w.Series.ID, from)
	slices.SortFunc(list, func(a, b Meeting) int { return a.Occurrence.Compare(b.Occurrence) })
	return list, err
}

// drop cancels an occurrence that its series no longer has; calendars learn it
// from the rule. Its items wait in the backlog of a series.
func (w *course) drop(ctx context.Context, x Meeting, backlog, why string) error {
	if x.State == Cancelled {
		return nil
	}
	x.State, x.Why, x.Polling, x.Changed = Cancelled, why, false, clock.Now(ctx)
	if err := w.m.itemsBack(ctx, backlog, x.ID); err != nil {
		return err
	}
	return w.m.save(ctx, x)
}

// end writes the last day of a series and tells its guests.
func (w *course) end(ctx context.Context, last clock.Day, why string) error {
	s := &w.Series
	s.Rule.Count, s.Rule.Until = 0, last
	s.Ended, s.Why, s.Changed = clock.Now(ctx), why, clock.Now(ctx)
	s.Sequence++
	s.Version++
	if _, err := w.m.db.Exec(ctx, `UPDATE meetings_meeting SET apart = FALSE WHERE series = $1 AND occurrence >= $2`,
		s.ID, last.Time(w.Charter.City.Zone).AddDate(0, 0, 1)); err != nil {
		return err // what the rule no longer has does not differ from it
	}
	if err := w.m.bump(ctx, s.ID); err != nil {
		return err
	}
	method := Request
	if last < w.day(s.First) {
		method = Cancel
	}
	return w.notify(ctx, method, s.Guests, why)
}
