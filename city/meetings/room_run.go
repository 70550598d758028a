package meetings

import (
	"context"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// early is how long before its time a meeting may begin at most: everybody was
// told when it is, and what waits for it would go wrong.
const early = 48 * time.Hour

// Begin begins a meeting: its guests become its attendees. Conflict more than two
// days before its time.
func (m *Module) Begin(ctx context.Context, number string) error {
	return m.act(ctx, number, Chair, func(ctx context.Context, w *work) error {
		if err := w.onlyIn(Planned, Called); err != nil {
			return err
		}
		if w.Meeting.Polling {
			return fault.New(fault.Conflict, "meetings.fault.polling")
		}
		if w.Meeting.Starts.Sub(clock.Now(ctx)) > early {
			return fault.New(fault.Conflict, "meetings.fault.early")
		}
		guests, err := m.allGuests(ctx, w.Meeting)
		if err != nil {
			return err
		}
		for _, g := range guests {
			if err := m.db.Insert(ctx, "meetings_attendee", w.seat(g)); err != nil {
				return err
			}
		}
		w.Meeting.State, w.Meeting.Began = Running, clock.Now(ctx)
		if err := w.change(ctx, ChangeBegan, false); err != nil {
			return err
		}
		return w.tell(ctx, EventBegan, false, nil, nil)
	})
}

// inRoom does an act of the chair in a running meeting.
func (m *Module) inRoom(ctx context.Context, number string, fn func(ctx context.Context, w *work) error) error {
	return m.act(ctx, number, Chair, func(ctx context.Context, w *work) error {
		if err := w.onlyIn(Running); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

// OpenItem opens an item and pauses the one that is open.
func (m *Module) OpenItem(ctx context.Context, number, item string) error {
	return m.inRoom(ctx, number, func(ctx context.Context, w *work) error {
		i, err := w.item(ctx, item)
		if err != nil {
			return err
		}
		switch i.State {
		case ItemOpen:
			return nil
		case ItemClosed:
			return fault.New(fault.Conflict, "meetings.fault.item_closed")
		}
		if err := w.pauseOpen(ctx); err != nil {
			return err
		}
		i.State, i.OpenedAt = ItemOpen, clock.Now(ctx)
		if err := m.saveItem(ctx, i); err != nil {
			return err
		}
		return w.change(ctx, ChangeItemOpened, i.Private, "item", i.ID)
	})
}

// PauseItem stops the clock of the open item.
func (m *Module) PauseItem(ctx context.Context, number, item string) error {
	return m.inRoom(ctx, number, func(ctx context.Context, w *work) error {
		i, err := w.item(ctx, item)
		if err != nil || i.State != ItemOpen {
			return err
		}
		return w.pause(ctx, i)
	})
}

// pauseOpen stops the clock of whatever item is open.
func (w *work) pauseOpen(ctx context.Context) error {
	i, ok, err := db.Find[Item](ctx, w.m.db, `SELECT `+itemColumns+` FROM meetings_item WHERE meeting = $1 AND state = 'open'`, w.Meeting.ID)
	if err != nil || !ok {
		return err
	}
	return w.pause(ctx, i)
}

func (w *work) pause(ctx context.Context, i Item) error {
	i.Spent = i.Elapsed(clock.Now(ctx))
	i.State, i.OpenedAt = ItemWaiting, time.Time{}
	if err := w.m.saveItem(ctx, i); err != nil {
		return err
	}
	return w.change(ctx, ChangeItemPaused, i.Private, "item", i.ID, "spent", seconds(i.Spent))
}

func seconds(d time.Duration) string { return itoa(int(d / time.Second)) }

// End ends a meeting: everybody goes, the clock of the open item stops, the queue
// is empty.
func (m *Module) End(ctx context.Context, number string) error {
	return m.inRoom(ctx, number, func(ctx context.Context, w *work) error {
		now := clock.Now(ctx)
		if err := w.pauseOpen(ctx); err != nil {
			return err
		}
		if _, err := m.db.Exec(ctx, `UPDATE meetings_turn SET ended_at = $2, state = CASE WHEN state = 'speaking' THEN 'done' ELSE 'left' END
			WHERE meeting = $1 AND state IN ('waiting', 'speaking')`, w.Meeting.ID, now); err != nil {
			return err
		}
		present, bodies, err := w.everybodyGoes(ctx, now)
		if err != nil {
			return err
		}
		w.Meeting.State, w.Meeting.Ended = Held, now
		if err := w.change(ctx, ChangeEnded, false); err != nil {
			return err
		}
		return w.tell(ctx, EventEnded, false, map[string]string{"present": itoa(present), "bodies": itoa(bodies)}, nil)
	})
}

// everybodyGoes checks out who is in, and counts who came and their bodies.
func (w *work) everybodyGoes(ctx context.Context, now time.Time) (present, bodies int, err error) {
	all, err := w.m.attendees(ctx, w.Meeting.ID)
	if err != nil {
		return 0, 0, err
	}
	seen := map[string]bool{}
	for _, a := range all {
		if a.Present() {
			if err := w.m.leave(ctx, a, now); err != nil {
				return 0, 0, err
			}
		}
		if a.Came() {
			present++
			seen[a.Body] = a.Body != "" || seen[a.Body]
		}
	}
	for _, is := range seen {
		if is {
			bodies++
		}
	}
	return present, bodies, nil
}
