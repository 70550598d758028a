package roundtable

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/id"
)

// Barrier is an obstacle that an initiative met.
type Barrier struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Kind       string    `db:"kind"` // code of the charter
	What       string    `db:"what"`
	Owner      string    `db:"owner"`  // body that is to resolve it
	Opened     clock.Day `db:"opened"` // since when
	Resolved   clock.Day `db:"resolved"`
	How        string    `db:"how"`
}

// DaysOpen is for how long it stood, or has stood on the day today.
func (b Barrier) DaysOpen(today clock.Day) int {
	end := today
	if b.Resolved != "" {
		end = b.Resolved
	}
	return int(end.Time(time.UTC).Sub(b.Opened.Time(time.UTC)).Hours() / 24)
}

// AddBarrier records an obstacle.
func (m *Module) AddBarrier(ctx context.Context, number string, b Barrier) error {
	return m.act(ctx, number, Obstacle, "", func(ctx context.Context, w *work) error {
		if err := w.Fits(Obstacle); err != nil {
			return err
		}
		b.What = strings.TrimSpace(b.What)
		var c textCheck
		c.Require(w.Charter.Frame.Barriers.Has(b.Kind), "kind", "roundtable.fault.unknown")
		c.Text("what", b.What, true, ReasonMax)
		c.Require(w.Charter.Bodies.Has(b.Owner), "owner", "roundtable.fault.unknown")
		c.day("opened", b.Opened, w.today(ctx))
		if err := c.Err(); err != nil {
			return err
		}
		b.ID, b.Initiative, b.Resolved, b.How = id.New(), w.Initiative.ID, "", ""
		if err := m.db.Insert(ctx, "roundtable_barrier", b); err != nil {
			return err
		}
		return w.tell(ctx, EventBarrier, true, map[string]string{"kind": b.Kind, "owner": b.Owner, "barrier": b.ID}, map[string]string{"what": b.What})
	})
}

// ResolveBarrier closes an obstacle, saying how.
func (m *Module) ResolveBarrier(ctx context.Context, number, barrier, how string) error {
	return m.act(ctx, number, Obstacle, "", func(ctx context.Context, w *work) error {
		if err := needReason("how", how); err != nil {
			return err
		}
		b, ok, err := db.Find[Barrier](ctx, m.db, `UPDATE roundtable_barrier SET resolved = $3, how = $4
			WHERE id = $1 AND initiative = $2 AND resolved = '' RETURNING id, initiative, kind, what, owner, opened, resolved, how`,
			barrier, w.Initiative.ID, w.today(ctx), how)
		if err != nil {
			return err
		}
		if !ok {
			return notFound()
		}
		days := strconv.Itoa(b.DaysOpen(b.Resolved))
		return w.tell(ctx, EventUnblocked, true, map[string]string{"kind": b.Kind, "barrier": b.ID, "days": days}, map[string]string{"how": how})
	})
}

func (m *Module) barriers(ctx context.Context, initiative string) ([]Barrier, error) {
	return db.Query[Barrier](ctx, m.db, `SELECT id, initiative, kind, what, owner, opened, resolved, how FROM roundtable_barrier
		WHERE initiative = $1 ORDER BY resolved, opened`, initiative)
}
