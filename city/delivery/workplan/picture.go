package workplan

import (
	"context"
	"encoding/json"
	"net/url"

	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// maxLate is how many late tasks lists show of one initiative.
const maxLate = 20

// lateTask is a late task as a picture keeps it.
type lateTask struct {
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	Milestone bool      `json:"milestone,omitempty"`
	Due       clock.Day `json:"due"`
}

// pictureRow is what lists show of a plan, kept beside it: as of a day, and made
// again when the plan or the day changes.
type pictureRow struct {
	Initiative string    `db:"initiative"`
	Number     string    `db:"number"`
	Tasks      int       `db:"tasks"`
	Seen       clock.Day `db:"seen_on"` // the day it is of
	Starts     clock.Day `db:"starts"`
	Finishes   clock.Day `db:"finishes"`
	Based      clock.Day `db:"based_finish"`
	Planned    float64   `db:"planned"`
	Done       float64   `db:"done"`
	LateDays   int       `db:"late_days"`
	Late       string    `db:"late"` // JSON of lateTask, empty without
}

const pictureColumns = `initiative, number, tasks, seen_on, starts, finishes, based_finish, planned, done, late_days, late`

// draw makes the picture of a computed plan.
func draw(d *draft, c computed, on plan.Day) (pictureRow, error) {
	p := pictureRow{Initiative: d.Initiative, Number: d.Number, Tasks: len(d.tasks), Seen: kept(on)}
	if p.Tasks == 0 {
		return p, nil
	}
	based := d.based()
	p.Starts, p.Finishes, p.Based = kept(c.Start), kept(c.Finish), kept(based)
	p.Planned, p.Done = c.whole.Expected/100, c.whole.Done/100
	if based != plan.NoDay {
		p.LateDays = max(0, int(c.Finish-based))
	}
	var late []lateTask
	for n, t := range d.tasks {
		if d.late(t, c.Tasks[n], on) && len(late) < maxLate {
			late = append(late, lateTask{Code: t.Code, Name: t.Name, Milestone: t.Milestone(), Due: kept(d.due(t))})
		}
	}
	if len(late) == 0 {
		return p, nil
	}
	text, err := json.Marshal(late)
	p.Late = string(text)
	return p, err
}

// picture keeps the picture of a plan.
func (m *Module) picture(ctx context.Context, d *draft, c computed, on plan.Day) error {
	p, err := draw(d, c, on)
	if err != nil {
		return err
	}
	return m.keep(ctx, p)
}

func (m *Module) keep(ctx context.Context, p pictureRow) error {
	_, err := m.db.Exec(ctx, `UPDATE workplan_plan SET seen_on = $2, starts = $3, finishes = $4, based_finish = $5, planned = $6, done = $7,
		late_days = $8, late = $9 WHERE initiative = $1`, p.Initiative, p.Seen, p.Starts, p.Finishes, p.Based, p.Planned, p.Done, p.LateDays, p.Late)
	return err
}

// TaskHref is the page of a task.
func TaskHref(number, code string) string {
	return "/iniciativas/" + number + "/plan/tareas/" + url.PathEscape(code)
}

// physical is the picture as other modules know it.
func (p pictureRow) physical() (delivery.Physical, error) {
	out := delivery.Physical{Planned: p.Planned, Done: p.Done, LateDays: p.LateDays, Start: p.Starts, Finish: p.Finishes, BaselineFinish: p.Based}
	if p.Late == "" {
		return out, nil
	}
	var late []lateTask
	if err := json.Unmarshal([]byte(p.Late), &late); err != nil {
		return out, err
	}
	for _, t := range late {
		out.Late = append(out.Late, delivery.LateItem{Name: t.Name, Milestone: t.Milestone, Due: t.Due, Href: TaskHref(p.Number, t.Code),
			Subject: event.Subject{Kind: roundtable.SubjectKind, ID: p.Initiative}})
	}
	return out, nil
}

// Physical is how far the work of initiatives is today, by their ids. Those
// without tasks are left out. Whether the person may know of them their owner says.
func (m *Module) Physical(ctx context.Context, ids ...string) (map[string]delivery.Physical, error) {
	rows, err := m.pictures(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]delivery.Physical, len(rows))
	for _, p := range rows {
		if p.Tasks == 0 {
			continue
		}
		if out[p.Initiative], err = p.physical(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// pictures reads the pictures of initiatives as of today, with a number of queries
// that does not grow with them.
func (m *Module) pictures(ctx context.Context, ids []string) ([]pictureRow, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	now := ch.Today(clock.Now(ctx))
	var q query
	rows, err := db.Query[pictureRow](ctx, m.db, `SELECT `+pictureColumns+` FROM workplan_plan WHERE initiative IN `+q.in(ids), q.args...)
	if err != nil {
		return nil, err
	}
	var old []string
	for _, p := range rows {
		if p.Seen != now && p.Tasks > 0 {
			old = append(old, p.Initiative)
		}
	}
	if len(old) == 0 {
		return rows, nil
	}
	fresh, err := m.redraw(ctx, old)
	for n := range rows {
		if p, ok := fresh[rows[n].Initiative]; ok {
			rows[n] = p
		}
	}
	return rows, err
}

// redraw makes the pictures of plans anew, as of today. A plan that cannot be
// computed any more, since the calendar changed, keeps the picture it had.
func (m *Module) redraw(ctx context.Context, ids []string) (map[string]pictureRow, error) {
	w := work{m: m}
	if err := w.setting(ctx); err != nil {
		return nil, err
	}
	var q query
	plans, err := db.Query[Plan](ctx, m.db, `SELECT `+planColumns+` FROM workplan_plan WHERE initiative IN `+q.in(ids), q.args...)
	if err != nil {
		return nil, err
	}
	drafts, err := m.drafts(ctx, plans)
	if err != nil {
		return nil, err
	}
	out := map[string]pictureRow{}
	for _, d := range drafts {
		c, err := d.compute("", w.calendar, w.today)
		if fault.Is(err, fault.Invalid) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if out[d.Initiative], err = draw(d, c, w.today); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sweepAtOnce is how many plans Sweep computes in one transaction.
const sweepAtOnce = 100

// Sweep makes the pictures of all plans anew after midnight, so that lists need not.
func (m *Module) Sweep(ctx context.Context) error {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return err
	}
	now, last := ch.Today(clock.Now(ctx)), pictureRow{}
	for {
		old, err := db.Query[pictureRow](ctx, m.db, `SELECT `+pictureColumns+` FROM workplan_plan WHERE seen_on < $1 AND (seen_on, initiative) > ($2, $3)
			AND tasks > 0 ORDER BY seen_on, initiative LIMIT $4`, now, last.Seen, last.Initiative, sweepAtOnce)
		if err != nil || len(old) == 0 {
			return err
		}
		ids := make([]string, len(old))
		for n, p := range old {
			ids[n] = p.Initiative
		}
		if err := m.sweep(ctx, ids); err != nil {
			return err
		}
		last = old[len(old)-1]
	}
}

func (m *Module) sweep(ctx context.Context, ids []string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		fresh, err := m.redraw(ctx, ids)
		for _, id := range ids {
			if p, ok := fresh[id]; ok && err == nil {
				err = m.keep(ctx, p)
			}
		}
		return err
	})
}
