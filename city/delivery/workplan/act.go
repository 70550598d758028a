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
	"ronda/platform/event"
	"ronda/platform/fault"
)

// work is one act on one plan while its transaction runs.
type work struct {
	delivery.Case
	m        *Module
	charter  *charter.Charter
	calendar *plan.Calendar
	today    plan.Day
	as       people.Holding // the post in whose name it is done
	was, now *draft
	done     computed // what follows from the plan as it is now, after settle
}

// act does an action to a plan: ask the policy, lock the plan, let fn change it,
// compute it and write what differs, with the event, in one transaction.
func (m *Module) act(ctx context.Context, number string, action delivery.Action, fn func(ctx context.Context, w *work) error) (version int64, err error) {
	err = m.db.Write(ctx, func(ctx context.Context) error {
		w, err := m.open(ctx, number, action)
		if err != nil {
			return err
		}
		if err := fn(ctx, w); err != nil {
			return err
		}
		version = w.now.Version
		return nil
	})
	return version, err
}

// open loads and locks what an act needs.
func (m *Module) open(ctx context.Context, number string, action delivery.Action) (*work, error) {
	c, err := m.Delivery.Case(ctx, number)
	if err != nil {
		return nil, err
	}
	w := &work{Case: c, m: m}
	if w.as, err = c.Require(ctx, action); err != nil {
		return nil, err
	}
	if err := w.setting(ctx); err != nil {
		return nil, err
	}
	if w.was, err = m.locked(ctx, c.Initiative, kept(w.calendar.Add(w.today, 0))); err != nil {
		return nil, err
	}
	w.now = w.was.clone()
	return w, nil
}

// setting is the city's charter, its working days and its day.
func (w *work) setting(ctx context.Context) (err error) {
	if w.charter, err = w.m.Charters.Current(ctx); err != nil {
		return err
	}
	if w.calendar, err = w.m.calendars.get(w.charter); err != nil {
		return err
	}
	w.today = day(w.charter.Today(clock.Now(ctx)))
	return nil
}

// settle computes the plan and writes what differs, and the picture that lists
// show of it.
func (w *work) settle(ctx context.Context) error {
	w.now.order(w.now.work("", w.calendar, plan.NoDay).Outline())
	if err := w.recompute(); err != nil {
		return err
	}
	if err := w.m.save(ctx, w.was, w.now); err != nil {
		return err
	}
	return w.m.picture(ctx, w.now, w.done, w.today)
}

// recompute computes the plan after it changed; it has to end some day soon enough.
func (w *work) recompute() (err error) {
	if w.done, err = w.now.compute(w.Initiative.Title, w.calendar, w.today); err != nil {
		return err
	}
	var c fault.Check
	c.Require(len(w.now.tasks) == 0 || near(w.done.Finish, day(w.now.Start)), "duration", "delivery.workplan.fault.far", "years", YearsMax)
	return c.Err()
}

// tell writes an event of the act under the initiative. data gets the number of the
// initiative, the version of the plan and the day on which it ends. Edits are no
// public acts: the plan is, and what freezes it.
func (w *work) tell(ctx context.Context, kind string, data, text map[string]string) error {
	if data == nil {
		data = map[string]string{}
	}
	i := w.Initiative
	data["number"], data["version"], data["finish"] = i.Number, strconv.FormatInt(w.now.Version, 10), w.done.finish()
	if w.as.Delegated {
		data["delegated"] = "yes"
	}
	_, err := w.m.log.Append(ctx, event.Event{Kind: kind, Subject: i.Subject(), Related: related(i, w.as), Public: i.State.Public() && kind != EventEdited, Data: data, Text: text,
		Actor: event.Actor{Person: people.Me(ctx).Person, Post: w.as.Post, Body: w.as.Body}})
	return err
}

// related are the bodies that an act on a plan concerns.
func related(i roundtable.Initiative, as people.Holding) []event.Subject {
	var out []event.Subject
	seen := map[string]bool{"": true}
	for _, body := range []string{i.Sponsor, i.Ministry, as.Body} {
		if !seen[body] {
			seen[body] = true
			out = append(out, event.Subject{Kind: "body", ID: body})
		}
	}
	return append(out, event.Subject{Kind: "axis", ID: i.Axis})
}

// finish is the last day of the plan, "" without tasks.
func (c computed) finish() string {
	if c.Schedule == nil {
		return ""
	}
	return c.Finish.String()
}

// frozen says whether what is agreed can be changed by a change request alone:
// there is a baseline, and the step that asked for it is not re-opened.
func (m *Module) frozen(ctx context.Context, c delivery.Case, baseline int) (bool, error) {
	if baseline == 0 {
		return false, nil
	}
	if c.Initiative.State != roundtable.Filed {
		return true, nil
	}
	return m.signed(ctx, c.Initiative)
}

// signed says whether the step that asks for a schedule is signed today.
func (m *Module) signed(ctx context.Context, i roundtable.Initiative) (bool, error) {
	ch, err := m.Charters.ByID(ctx, i.Charter)
	if err != nil {
		return false, err
	}
	_, asks, ok := ch.Flow.Item(ch.Flow.ShownBy(charter.ProofSchedule))
	if !ok {
		return true, nil
	}
	given, err := m.Roundtable.Signatures(ctx, i.ID)
	for _, s := range given {
		if s.Step == asks.Code && s.Reopened.IsZero() {
			return true, err
		}
	}
	return false, err
}
