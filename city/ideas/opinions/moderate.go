package opinions

import (
	"context"
	"slices"
	"strings"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Approve lets statements through that wait for a moderator; those that wait no
// longer are passed over, so that two moderators can work at once.
func (m *Module) Approve(ctx context.Context, number string, nos ...int) (approved int, err error) {
	err = m.db.Write(ctx, func(ctx context.Context) error {
		approved = 0
		for _, no := range nos {
			a, err := m.begin(ctx, number, no, Moderate)
			if err != nil {
				return err
			}
			if a.Statement.State != Held {
				continue
			}
			if err := a.turn(ctx, Shown, "", ""); err != nil {
				return err
			}
			if err := a.tell(ctx, EventApproved, nil, map[string]string{"statement": a.Statement.Text}); err != nil {
				return err
			}
			approved++
		}
		return nil
	})
	return approved, err
}

// Reject takes a statement off: it is answered no more and its answers count as
// nothing on the map. cause is one of Causes, why the moderator's public words.
func (m *Module) Reject(ctx context.Context, number string, no int, cause, why string) error {
	why = strings.TrimSpace(why)
	return m.db.Write(ctx, func(ctx context.Context) error {
		a, err := m.begin(ctx, number, no, Moderate)
		if err != nil {
			return err
		}
		var c fault.Check
		c.Require(slices.Contains(Causes, cause), "cause", "fault.choice")
		checkWhy(&c, why)
		if err := c.Err(); err != nil {
			return err
		}
		if erases(cause) {
			if err := a.erase(ctx, cause); err != nil {
				return err
			}
			a.Statement.Text, a.Statement.Normal = "", "erased "+a.Statement.ID
		}
		if err := a.turn(ctx, Rejected, cause, why); err != nil {
			return err
		}
		return a.tell(ctx, EventRejected, map[string]string{"cause": cause}, map[string]string{"why": why})
	})
}

// Restore puts a statement back that was taken off, with the answers it had.
// One whose words were erased stays off.
func (m *Module) Restore(ctx context.Context, number string, no int, why string) error {
	why = strings.TrimSpace(why)
	return m.db.Write(ctx, func(ctx context.Context) error {
		a, err := m.begin(ctx, number, no, Moderate)
		if err != nil {
			return err
		}
		var c fault.Check
		checkWhy(&c, why)
		if err := c.Err(); err != nil {
			return err
		}
		if a.Statement.State != Rejected || a.Statement.Text == "" {
			return fault.New(fault.Conflict, "ideas.opinions.fault.moved")
		}
		if err := a.turn(ctx, Shown, "", ""); err != nil {
			return err
		}
		return a.tell(ctx, EventRestored, nil, map[string]string{"why": why, "statement": a.Statement.Text})
	})
}

func checkWhy(c *fault.Check, why string) {
	c.Text("why", why, true, WhyMax)
	if !c.Failed("why") {
		c.Require(len([]rune(why)) >= whyMin, "why", "ideas.opinions.fault.why", "min", whyMin)
	}
}

// turn moves the statement of the act from the state in which it was read.
func (a *act) turn(ctx context.Context, to State, cause, why string) error {
	s := a.Statement
	if s.State == to {
		return fault.New(fault.Conflict, "ideas.opinions.fault.moved")
	}
	now := clock.Now(ctx)
	n, err := a.m.db.Exec(ctx, `UPDATE opinions_statement SET state = $3, cause = $4, why = $5, changed_at = $6, text = $7, normal = $8
		WHERE id = $1 AND state = $2 AND version = $9`, s.ID, s.State, to, cause, why, now, s.Text, s.Normal, s.Version)
	if err := db.Changed(n, err, "ideas.opinions.fault.moved"); err != nil {
		return err
	}
	a.Statement.State, a.Statement.Cause, a.Statement.Why, a.Statement.Changed = to, cause, why, now
	a.announce(ctx)
	return nil
}
