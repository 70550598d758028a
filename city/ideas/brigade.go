package ideas

import (
	"context"
	"strconv"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
)

// A cluster is sudden when so many new accounts support one idea within two
// hours, and they are most of those who do.
const (
	brigadeFresh = 10
	brigadeHours = 2
)

// surge counts one support of a new account. A sudden cluster is shown to the
// moderators; its voices count like all others until somebody has looked.
func (m *Module) surge(ctx context.Context, v voiced) error {
	hour := hourOf(clock.Now(ctx))
	n, err := db.One[int](ctx, m.db, `INSERT INTO ideas_surge (idea, hour, n) VALUES ($1, $2, 1)
		ON CONFLICT (idea, hour) DO UPDATE SET n = ideas_surge.n + 1 RETURNING n`, v.ID, hour)
	if err != nil {
		return err
	}
	before, _, err := db.Find[int](ctx, m.db, `SELECT n FROM ideas_surge WHERE idea = $1 AND hour = $2`, v.ID, hour-brigadeHours+1)
	if n += before; err != nil || n < brigadeFresh || n%brigadeFresh != 0 {
		return err
	}
	return m.suspect(ctx, v, n)
}

// suspect tells the moderators of a cluster, unless older accounts came as well.
func (m *Module) suspect(ctx context.Context, v voiced, fresh int) error {
	since := clock.Now(ctx).Unix()/3600 - brigadeHours + 1
	old, err := db.Query[string](ctx, m.db, `SELECT person FROM ideas_support WHERE idea = $1 AND fresh = FALSE AND at >= $2 LIMIT $3`,
		v.ID, since*3600*1_000_000, fresh)
	if err != nil || len(old) >= fresh {
		return err
	}
	if err := m.raise(ctx, matter{Kind: MatterBrigade, Idea: v.ID, N: brigadeFresh, Due: clock.Now(ctx).Add(matterTerm)}); err != nil {
		return err
	}
	_, err = m.log.Append(ctx, event.Event{Kind: EventBrigade, Subject: event.Subject{Kind: SubjectIdea, ID: v.ID},
		Data: map[string]string{"fresh": strconv.Itoa(fresh), "hours": strconv.Itoa(brigadeHours)}})
	return err
}
