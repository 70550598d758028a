package meetings

import (
	"context"
	"time"

	"ronda/platform/db"
)

// MinistryCall is that a ministry was called to a meeting that had an initiative
// on its agenda, and whether somebody of it came.
type MinistryCall struct {
	Initiative string        `db:"initiative"` // id
	Ministry   string        `db:"ministry"`
	Meeting    string        `db:"number"` // number, empty while nothing of it is released
	At         time.Time     `db:"began_at"`
	Came       int           `db:"came"` // 1: somebody came
	Stayed     time.Duration `db:"stayed"`
	Length     time.Duration `db:"length"` // of the items about the initiative
}

// EachCall reads, for every meeting that is over and every initiative it took up,
// which ministries were called. Private meetings and private items are left out.
func (m *Module) EachCall(ctx context.Context, fn func(MinistryCall) error) error {
	return db.Each(ctx, m.db, `SELECT s.initiative, a.ministry, CASE WHEN m.released_at > 0 THEN m.number ELSE '' END AS number, m.began_at,
		CAST(max(CASE WHEN a.in_at > 0 THEN 1 ELSE 0 END) AS BIGINT) AS came,
		CAST(max(CASE WHEN a.in_at > 0 THEN a.spent ELSE 0 END) AS BIGINT) AS stayed, s.length
		FROM (SELECT initiative, meeting, CAST(sum(spent) AS BIGINT) AS length FROM (
			SELECT subject_id AS initiative, meeting, spent FROM meetings_item
			WHERE subject_kind = 'initiative' AND subject_id <> '' AND meeting <> '' AND private = FALSE
			UNION ALL SELECT initiative, id, 0 FROM meetings_meeting WHERE initiative <> '') x GROUP BY initiative, meeting) s
		JOIN meetings_meeting m ON m.id = s.meeting JOIN meetings_attendee a ON a.meeting = m.id
		WHERE m.private = FALSE AND m.ended_at > 0 AND a.ministry <> ''
		GROUP BY s.initiative, s.length, m.id, m.number, m.released_at, m.began_at, a.ministry ORDER BY m.began_at, m.id, a.ministry, s.initiative`, nil, fn)
}

// MinistryKept is that a ministry kept a commitment of an initiative.
type MinistryKept struct {
	Initiative string    `db:"initiative"` // id
	Ministry   string    `db:"ministry"`
	Number     string    `db:"number"` // empty while it is not released
	At         time.Time `db:"closed_at"`
}

// EachKept reads the commitments kept, those of private meetings left out.
func (m *Module) EachKept(ctx context.Context, fn func(MinistryKept) error) error {
	return db.Each(ctx, m.db, `SELECT initiative, ministry, CASE WHEN public = TRUE THEN number ELSE '' END AS number, closed_at FROM meetings_commitment
		WHERE state = 'done' AND private = FALSE AND initiative <> '' AND ministry <> '' ORDER BY id`, nil, fn)
}
