package workplan

import (
	"context"
	"strconv"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// freeze makes the next baseline: the schedule of what is agreed, as if nothing had
// happened yet. The plan must be settled afterwards.
func (w *work) freeze(ctx context.Context, why, change string) error {
	d := w.now
	s, err := d.agreed().work("", w.calendar, plan.NoDay).Schedule()
	if err != nil {
		return d.refuse(err)
	}
	d.Baseline++
	if _, err := w.m.db.Exec(ctx, `INSERT INTO workplan_baseline (initiative, number, start_on, finish_on, tasks, why, change, person, post, body, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, d.Initiative, d.Baseline, kept(s.Start), kept(s.Finish), len(d.tasks), why, change,
		people.Me(ctx).Person, w.as.Post, w.as.Body, clock.Now(ctx)); err != nil {
		return err
	}
	rows := make([][]any, len(d.tasks))
	for n := range d.tasks {
		t, dates := &d.tasks[n], s.Tasks[n]
		t.BaseStart, t.BaseFinish = kept(dates.Start), kept(dates.Finish)
		rows[n] = []any{d.Initiative, d.Baseline, t.Code, t.Parent, t.Name, dates.Duration, t.BaseStart, t.BaseFinish}
	}
	return w.m.put(ctx, "workplan_baseline_task", "initiative, number, code, parent, name, duration, start_on, finish_on", "initiative, number, code", rows)
}

// tellFrozen tells of the baseline that was made.
func (w *work) tellFrozen(ctx context.Context, why string) error {
	return w.tell(ctx, EventFrozen, map[string]string{"baseline": strconv.Itoa(w.now.Baseline), "why": why, "tasks": strconv.Itoa(len(w.now.tasks))}, nil)
}

// Guard stands before the signature of the step that asks for objectives and a
// schedule, in its transaction. Of an initiative without a plan here it asks
// nothing: then documents prove the step. A plan must lack nothing; the signature
// freezes its next baseline.
// Fault: Invalid on "item-" and the code of the item of the step.
func (m *Module) Guard(ctx context.Context, i roundtable.Initiative, s charter.Step) error {
	if _, asks := itemOf(s, charter.ProofSchedule); !asks {
		return nil
	}
	w := &work{m: m, Case: delivery.Case{Initiative: i}}
	if err := w.setting(ctx); err != nil {
		return err
	}
	d, err := m.hold(ctx, i.ID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil || len(d.tasks)+len(d.objectives) == 0 {
		return err
	}
	w.was, w.now = d, d.clone()
	w.as, _ = people.Me(ctx).In(w.charter.Office(s.Office))
	if err := w.complete(ctx, s); err != nil {
		return err
	}
	if err := w.freeze(ctx, BySignature, ""); err != nil {
		return err
	}
	if err := w.settle(ctx); err != nil {
		return err
	}
	return w.tellFrozen(ctx, BySignature)
}

func itemOf(s charter.Step, proof charter.Proof) (charter.Item, bool) {
	for _, item := range s.Items.All() {
		if item.Proof == proof {
			return item, true
		}
	}
	return charter.Item{}, false
}

// Agree freezes the first baseline of a plan that was made after the step was
// signed, on other evidence: from then on it changes by change requests. Faults:
// Conflict when there is a baseline, or when the step is still to be signed;
// Invalid names what the plan lacks.
func (m *Module) Agree(ctx context.Context, number string) error {
	_, err := m.act(ctx, number, delivery.DecideChange, func(ctx context.Context, w *work) error {
		if w.was.Baseline > 0 {
			return fault.New(fault.Conflict, "delivery.workplan.fault.agreed")
		}
		if w.Initiative.State == roundtable.Filed {
			if signed, err := m.signed(ctx, w.Initiative); err != nil || !signed {
				return or(err, fault.New(fault.Conflict, "delivery.workplan.fault.unsigned"))
			}
		}
		lacks, err := w.lacks(ctx)
		if err != nil {
			return err
		}
		if err := invalid(lacks, func(p Problem) string { return p.Field }); err != nil {
			return err
		}
		if err := w.freeze(ctx, ByAgreement, ""); err != nil {
			return err
		}
		if err := w.settle(ctx); err != nil {
			return err
		}
		return w.tellFrozen(ctx, ByAgreement)
	})
	return err
}

// or is the first of two errors that is one.
func or(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// Spans are the days of the tasks in a baseline, by their codes, so that any of
// them can be drawn.
func (m *Module) Spans(ctx context.Context, number string, baseline int) (map[string]plan.Span, error) {
	c, err := m.Delivery.Case(ctx, number)
	if err != nil {
		return nil, err
	}
	type row struct {
		Code   string    `db:"code"`
		Start  clock.Day `db:"start_on"`
		Finish clock.Day `db:"finish_on"`
	}
	rows, err := db.Query[row](ctx, m.db, `SELECT code, start_on, finish_on FROM workplan_baseline_task WHERE initiative = $1 AND number = $2`,
		c.Initiative.ID, baseline)
	out := make(map[string]plan.Span, len(rows))
	for _, r := range rows {
		out[r.Code] = plan.Span{Start: day(r.Start), Finish: day(r.Finish)}
	}
	return out, err
}
