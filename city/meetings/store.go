package meetings

import (
	"context"
	"embed"
	"fmt"
	"time"

	"ronda/city/charter"
	"ronda/platform/db"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this module.
var Migrations = db.Migrations{Module: "meetings", FS: migrations}

const meetingColumns = `id, number, series, occurrence, apart, kind, title, purpose, place, link, starts, length, chair, secretaries, capacity,
	quorum, private, public, initiative, convener, parent, guest, host, logistics, axis, materials, open, polling, state, why, uid, sequence, seq,
	made_at, called_at, began_at, ended_at, approved_at, signed_at, released_at, changed_at, version, invented`

// The prefixes of readable numbers.
const (
	prefixMeeting    = "REU"
	prefixSeries     = "SER"
	prefixDecision   = "DEC"
	prefixCommitment = "COM"
)

// nextNumber makes the next readable number of a year. The counter's row is
// locked until the transaction ends, so no number is given twice or skipped.
func (m *Module) nextNumber(ctx context.Context, ch *charter.Charter, prefix string, at time.Time) (string, error) {
	name := fmt.Sprintf("%s-%d", prefix, at.In(ch.City.Zone).Year())
	n, err := db.One[int64](ctx, m.db, `INSERT INTO meetings_counter (name, n) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET n = meetings_counter.n + 1 RETURNING n`, name)
	return fmt.Sprintf("%s-%04d", name, n), err
}

// byNumber finds a meeting by its readable number.
func (m *Module) byNumber(ctx context.Context, number string) (Meeting, error) {
	return db.One[Meeting](ctx, m.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE number = $1`, number)
}

func (m *Module) byID(ctx context.Context, id string) (Meeting, error) {
	return db.One[Meeting](ctx, m.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE id = $1`, id)
}

// locked is byNumber that holds the meeting until the transaction ends: acts on
// one meeting follow one another.
func (m *Module) locked(ctx context.Context, number string) (Meeting, error) {
	return db.One[Meeting](ctx, m.db, `UPDATE meetings_meeting SET version = version WHERE number = $1 RETURNING `+meetingColumns, number)
}

// save writes a meeting that an act has changed.
func (m *Module) save(ctx context.Context, x Meeting) error {
	n, err := m.db.Exec(ctx, `UPDATE meetings_meeting SET series = $2, occurrence = $3, apart = $4, title = $5, purpose = $6, place = $7, link = $8,
		starts = $9, length = $10, chair = $11, secretaries = $12, capacity = $13, quorum = $14, public = $15, guest = $16, host = $17,
		logistics = $18, axis = $19, materials = $20, open = $21, polling = $22, state = $23, why = $24, uid = $25, sequence = $26, seq = $27,
		called_at = $28, began_at = $29, ended_at = $30, approved_at = $31, signed_at = $32, released_at = $33, changed_at = $34, version = $35
		WHERE id = $1`,
		x.ID, x.Series, x.Occurrence, x.Apart, x.Title, x.Purpose, x.Place, x.Link, x.Starts, x.Length, x.Chair, x.Secretaries, x.Capacity,
		x.Quorum, x.Public, x.Guest, x.Host, x.Logistics, x.Axis, x.Materials, x.Open, x.Polling, x.State, x.Why, x.UID, x.Sequence, x.Seq,
		x.Called, x.Began, x.Ended, x.Approved, x.SignedAt, x.Released, x.Changed, x.Version)
	return db.Changed(n, err, "fault.conflict")
}

// bump moves the stamps of everybody on some lists.
func (m *Module) bump(ctx context.Context, owners ...string) error {
	var q query
	_, err := m.db.Exec(ctx, `INSERT INTO meetings_stamp (key, n) SELECT DISTINCT key, 1 FROM meetings_guest WHERE owner IN `+q.in(owners)+` ORDER BY key
		ON CONFLICT (key) DO UPDATE SET n = meetings_stamp.n + 1`, q.args...)
	return err
}
