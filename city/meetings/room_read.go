package meetings

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Room reads the state of a meeting's room.
func (m *Module) Room(ctx context.Context, number string) (r Room, err error) {
	if r.View, err = m.Meeting(ctx, number); err != nil {
		return r, err
	}
	if !r.May[Follow] {
		return r, fault.New(fault.Forbidden, "fault.forbidden")
	}
	r.Seq, r.Now = r.Meeting.Seq, clock.Now(ctx) // read first: what changes meanwhile is told again
	id := r.Meeting.ID
	if r.Notes, err = m.notes(ctx, id); err != nil {
		return r, err
	}
	r.Notes = slices.DeleteFunc(r.Notes, func(n Note) bool { return n.Item != "" && !r.shows(n.Item) })
	r.Queue, err = db.Query[Turn](ctx, m.db, `SELECT `+turnColumns+` FROM meetings_turn WHERE meeting = $1 AND state IN ('speaking', 'waiting')
		ORDER BY CASE WHEN state = 'speaking' THEN 0 ELSE 1 END, id`, id)
	return r, err
}

// shows says whether the person sees the item.
func (v View) shows(item string) bool {
	return slices.ContainsFunc(v.Items, func(i Item) bool { return i.ID == item })
}

type changeRow struct {
	Seq    int64     `db:"seq"`
	At     time.Time `db:"at"`
	Kind   string    `db:"kind"`
	Data   string    `db:"data"`
	Hidden bool      `db:"hidden"`
}

// changesMax is how many changes are given at once.
const changesMax = 1000

// Changes are the acts in a room after a number, in order. Whether the person may
// follow the room, Room has said; the data of what is about a private item is
// only for those of the meeting.
func (m *Module) Changes(ctx context.Context, meeting string, after int64, limit int) ([]Change, error) {
	if limit <= 0 || limit > changesMax {
		limit = changesMax
	}
	rows, err := db.Query[changeRow](ctx, m.db, `SELECT seq, at, kind, data, hidden FROM meetings_change WHERE meeting = $1 AND seq > $2
		ORDER BY seq LIMIT $3`, meeting, after, limit)
	if err != nil {
		return nil, err
	}
	out := make([]Change, len(rows))
	for n, r := range rows {
		out[n] = Change{Meeting: meeting, Seq: r.Seq, At: r.At, Kind: r.Kind, Hidden: r.Hidden}
		if err := json.Unmarshal([]byte(r.Data), &out[n].Data); err != nil {
			return nil, err
		}
	}
	return out, nil
}
