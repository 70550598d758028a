package meetings

import (
	"context"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

const turnColumns = `id, meeting, item, key, state, seconds, asked_at, began_at, ended_at`

// turnMax is the longest that the floor is given for, in seconds.
const turnMax = 4 * 60 * 60

// AskToSpeak puts an attendee into the queue; an empty key is the person. Whoever
// waits already stays in place.
func (m *Module) AskToSpeak(ctx context.Context, number, key string) error {
	action := Chair
	if key == "" {
		action = Speak
	}
	return m.act(ctx, number, action, func(ctx context.Context, w *work) error {
		if err := w.onlyIn(Running); err != nil {
			return err
		}
		a, err := w.seated(ctx, key)
		if err != nil {
			return err
		}
		if !a.Present() {
			return fault.New(fault.Conflict, "meetings.fault.absent")
		}
		t := Turn{ID: id.New(), Meeting: w.Meeting.ID, Key: a.Key, State: TurnWaiting, Asked: clock.Now(ctx)}
		if t.Item, err = w.openItem(ctx); err != nil {
			return err
		}
		n, err := m.db.Exec(ctx, `INSERT INTO meetings_turn (`+turnColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (meeting, key) WHERE state = 'waiting' DO NOTHING`, t.ID, t.Meeting, t.Item, t.Key, t.State, t.Seconds, t.Asked, t.Began, t.Ended)
		if err != nil || n == 0 {
			return err
		}
		return w.change(ctx, ChangeAsked, false, "turn", t.ID, "key", t.Key)
	})
}

// openItem is the id of the item that is open, empty without one.
func (w *work) openItem(ctx context.Context) (string, error) {
	item, _, err := db.Find[string](ctx, w.m.db, `SELECT id FROM meetings_item WHERE meeting = $1 AND state = 'open'`, w.Meeting.ID)
	return item, err
}

// turn is the turn of the meeting of which the condition is true.
func (w *work) turn(ctx context.Context, where string, args ...any) (Turn, bool, error) {
	return db.Find[Turn](ctx, w.m.db, `SELECT `+turnColumns+` FROM meetings_turn WHERE meeting = $1 AND `+where, append([]any{w.Meeting.ID}, args...)...)
}

// GiveFloor lets a turn begin, for at most so many seconds (0: no limit), and
// ends the one that speaks.
func (m *Module) GiveFloor(ctx context.Context, number, turn string, seconds int) error {
	return m.inRoom(ctx, number, func(ctx context.Context, w *work) error {
		var c form
		c.number("seconds", seconds, 0, turnMax)
		if err := c.Err(); err != nil {
			return err
		}
		t, ok, err := w.turn(ctx, `id = $2`, turn)
		if err != nil {
			return err
		}
		if !ok {
			return notFound()
		}
		if t.State == TurnSpeaking {
			return nil
		}
		if t.State != TurnWaiting {
			return fault.New(fault.Conflict, "meetings.fault.turn")
		}
		if err := w.silence(ctx); err != nil {
			return err
		}
		if _, err := m.db.Exec(ctx, `UPDATE meetings_turn SET state = 'speaking', seconds = $2, began_at = $3 WHERE id = $1`, t.ID, seconds, clock.Now(ctx)); err != nil {
			return err
		}
		return w.change(ctx, ChangeFloor, false, "turn", t.ID, "key", t.Key, "seconds", itoa(seconds))
	})
}

// silence ends the turn of whoever speaks.
func (w *work) silence(ctx context.Context) error {
	t, ok, err := w.turn(ctx, `state = 'speaking'`)
	if err != nil || !ok {
		return err
	}
	if _, err := w.m.db.Exec(ctx, `UPDATE meetings_turn SET state = 'done', ended_at = $2 WHERE id = $1`, t.ID, clock.Now(ctx)); err != nil {
		return err
	}
	return w.change(ctx, ChangeTurnEnded, false, "turn", t.ID, "key", t.Key)
}

// EndTurn ends the turn of whoever speaks.
func (m *Module) EndTurn(ctx context.Context, number string) error {
	return m.inRoom(ctx, number, func(ctx context.Context, w *work) error { return w.silence(ctx) })
}

// LeaveQueue takes a waiting turn out of the queue: the chair, or who asked.
func (m *Module) LeaveQueue(ctx context.Context, number, turn string) error {
	return m.act(ctx, number, Follow, func(ctx context.Context, w *work) error {
		if err := w.onlyIn(Running); err != nil {
			return err
		}
		t, ok, err := w.turn(ctx, `id = $2 AND state = 'waiting'`, turn)
		if err != nil {
			return err
		}
		if !ok {
			return notFound()
		}
		if _, chairs := w.Can(w.Who, Chair); !chairs && t.Key != ownKey(w.Who, w.Case) {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		if _, err := m.db.Exec(ctx, `UPDATE meetings_turn SET state = 'left', ended_at = $2 WHERE id = $1`, t.ID, clock.Now(ctx)); err != nil {
			return err
		}
		return w.change(ctx, ChangeTurnLeft, false, "turn", t.ID, "key", t.Key)
	})
}
