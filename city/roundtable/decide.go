package roundtable

import (
	"context"
	"strings"

	"ronda/platform/clock"
	"ronda/platform/fault"
)

// Adopt decides that the initiative is carried out. Every step must be whole.
func (m *Module) Adopt(ctx context.Context, number, reason string) error {
	return m.decide(ctx, number, Decide, Adopted, EventAdopted, reason, func(w *work) error {
		if !w.Round.Whole() {
			return fault.New(fault.Conflict, "roundtable.fault.open_steps", "count", len(w.Round.OpenSteps()))
		}
		return nil
	})
}

// Overrule adopts an initiative with a step open. The reason is public, and the
// initiative shows it for good.
func (m *Module) Overrule(ctx context.Context, number, reason string) error {
	return m.decide(ctx, number, Overrule, Adopted, EventOverridden, reason, func(w *work) error {
		if w.Round.Whole() {
			return fault.New(fault.Conflict, "roundtable.fault.nothing_open")
		}
		w.Initiative.Override, w.Initiative.Exception = true, strings.TrimSpace(reason)
		return nil
	})
}

// Decline decides against the initiative, with a reason.
func (m *Module) Decline(ctx context.Context, number, reason string) error {
	return m.decide(ctx, number, Decide, Declined, EventDeclined, reason, nil)
}

// decide ends the round. A reason always has to be given: it is what the public
// reads.
func (m *Module) decide(ctx context.Context, number string, action Action, to State, kind, reason string, check func(w *work) error) error {
	return m.act(ctx, number, action, "", func(ctx context.Context, w *work) error {
		if err := w.Fits(action); err != nil {
			return err
		}
		if err := needReason("reason", reason); err != nil {
			return err
		}
		data := map[string]string{}
		if check != nil {
			if err := check(w); err != nil {
				return err
			}
		}
		if open := w.Round.OpenSteps(); len(open) > 0 {
			data["open"] = strings.Join(open, ",")
		}
		w.Initiative.State, w.Initiative.DecidedAt, w.Initiative.Until = to, clock.Now(ctx), ""
		return w.tell(ctx, kind, true, data, map[string]string{"reason": reason})
	})
}

// Defer decides not to decide until a day, with a reason.
func (m *Module) Defer(ctx context.Context, number string, until clock.Day, reason string) error {
	return m.act(ctx, number, Decide, "", func(ctx context.Context, w *work) error {
		if err := w.onlyIn(Filed); err != nil {
			return err
		}
		if err := needReason("reason", reason); err != nil {
			return err
		}
		var c fault.Check
		if _, err := clock.ParseDay(string(until)); err != nil {
			c.Fail("until", "fault.day")
		} else {
			c.Require(until > w.today(ctx), "until", "roundtable.fault.past")
		}
		if err := c.Err(); err != nil {
			return err
		}
		w.Initiative.State, w.Initiative.Until = Deferred, until
		return w.tell(ctx, EventDeferred, true, map[string]string{"until": string(until)}, map[string]string{"reason": reason})
	})
}

// Resume takes a deferred initiative up again.
func (m *Module) Resume(ctx context.Context, number, reason string) error {
	return m.act(ctx, number, Decide, "", func(ctx context.Context, w *work) error {
		if err := w.onlyIn(Deferred); err != nil {
			return err
		}
		if err := needReason("reason", reason); err != nil {
			return err
		}
		w.Initiative.State, w.Initiative.Until = Filed, ""
		return w.tell(ctx, EventResumed, true, nil, map[string]string{"reason": reason})
	})
}

// Withdraw ends the initiative at the wish of its sponsor. A draft is not
// withdrawn but joined to another or left: nobody outside has seen it.
func (m *Module) Withdraw(ctx context.Context, number, reason string) error {
	return m.act(ctx, number, Withdraw, "", func(ctx context.Context, w *work) error {
		if err := w.Fits(Withdraw); err != nil {
			return err
		}
		if err := needReason("reason", reason); err != nil {
			return err
		}
		w.Initiative.State, w.Initiative.DecidedAt = Withdrawn, clock.Now(ctx)
		return w.tell(ctx, EventWithdrawn, true, nil, map[string]string{"reason": reason})
	})
}
