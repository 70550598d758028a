package workplan

import (
	"context"
	"embed"
	"strconv"
	"strings"

	"ronda/city/roundtable"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/db"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this module.
var Migrations = db.Migrations{Module: "workplan", FS: migrations}

const (
	planColumns = `initiative, number, start_on, version, start_version, next_code, baseline, changed_at`
	taskColumns = `code, parent, position, name, duration, constrained, on_day, deadline, done, began, ended, base_start, base_finish, body, person,
	contact, notes, version`
	objectiveColumns = `id, position, title, unit, known, from_figure, target, due, reached, reached_on, version`
	baselineColumns  = `number, start_on, finish_on, tasks, why, change, post, body, at`
)

// query gathers the arguments of a query.
type query struct{ args []any }

// arg adds an argument and gives its mark.
func (q *query) arg(v any) string {
	q.args = append(q.args, v)
	return "$" + strconv.Itoa(len(q.args))
}

// in is a list of values for IN.
func (q *query) in(values []string) string {
	marks := make([]string, len(values))
	for n, v := range values {
		marks[n] = q.arg(v)
	}
	return "(" + strings.Join(marks, ", ") + ")"
}

// locked makes sure that an initiative has a plan, empty at first and beginning on
// a day, and holds it until the transaction ends: acts on one plan follow one
// another.
func (m *Module) locked(ctx context.Context, i roundtable.Initiative, start clock.Day) (*draft, error) {
	if _, err := m.db.Exec(ctx, `INSERT INTO workplan_plan (initiative, number, start_on, version, start_version, next_code, baseline, changed_at, tasks,
		seen_on, starts, finishes, based_finish, planned, done, late_days, late) VALUES ($1, $2, $3, 0, 0, 0, 0, $4, 0, '', '', '', '', 0, 0, 0, '')
		ON CONFLICT (initiative) DO NOTHING`, i.ID, i.Number, start, clock.Now(ctx)); err != nil {
		return nil, err
	}
	return m.hold(ctx, i.ID)
}

// hold is locked for a plan that is there.
func (m *Module) hold(ctx context.Context, initiative string) (*draft, error) {
	p, err := db.One[Plan](ctx, m.db, `UPDATE workplan_plan SET version = version WHERE initiative = $1 RETURNING `+planColumns, initiative)
	if err != nil {
		return nil, err
	}
	return m.fill(ctx, p)
}

// load reads a plan; found is false, and the draft empty, when there is none.
func (m *Module) load(ctx context.Context, i roundtable.Initiative, start clock.Day) (d *draft, found bool, err error) {
	p, found, err := db.Find[Plan](ctx, m.db, `SELECT `+planColumns+` FROM workplan_plan WHERE initiative = $1`, i.ID)
	if err != nil || !found {
		return &draft{Plan: Plan{Initiative: i.ID, Number: i.Number, Start: start}}, false, err
	}
	d, err = m.fill(ctx, p)
	return d, true, err
}

// fill reads what a plan is made of.
func (m *Module) fill(ctx context.Context, p Plan) (*draft, error) {
	all, err := m.drafts(ctx, []Plan{p})
	if err != nil {
		return nil, err
	}
	d := all[0]
	d.objectives, err = db.Query[Objective](ctx, m.db, `SELECT `+objectiveColumns+` FROM workplan_objective WHERE initiative = $1
		ORDER BY position, id`, p.Initiative)
	return d, err
}

type taskRow struct {
	Task
	Initiative string `db:"initiative"`
}

type linkRow struct {
	Initiative string `db:"initiative"`
	From       string `db:"from_task"`
	To         string `db:"to_task"`
	Kind       string `db:"kind"`
	Lag        int    `db:"lag"`
}

// drafts reads the tasks and links of plans, with two queries for all.
func (m *Module) drafts(ctx context.Context, plans []Plan) ([]*draft, error) {
	out, at := make([]*draft, len(plans)), map[string]*draft{}
	var q query
	for n, p := range plans {
		out[n] = &draft{Plan: p}
		at[p.Initiative] = out[n]
		q.arg(p.Initiative)
	}
	if len(plans) == 0 {
		return out, nil
	}
	in := (&query{}).in(make([]string, len(plans)))
	err := db.Each(ctx, m.db, `SELECT `+taskColumns+`, initiative FROM workplan_task WHERE initiative IN `+in+` ORDER BY initiative, position, code`, q.args,
		func(t taskRow) error {
			at[t.Initiative].tasks = append(at[t.Initiative].tasks, t.Task)
			return nil
		})
	if err != nil {
		return nil, err
	}
	return out, db.Each(ctx, m.db, `SELECT initiative, from_task, to_task, kind, lag FROM workplan_link WHERE initiative IN `+in+`
		ORDER BY initiative, to_task, from_task, kind`, q.args, func(l linkRow) error {
		kind, _ := plan.ParseKind(l.Kind)
		at[l.Initiative].links = append(at[l.Initiative].links, plan.Link{From: l.From, To: l.To, Kind: kind, Lag: l.Lag})
		return nil
	})
}

// baselines are those of a plan, newest first.
func (m *Module) baselines(ctx context.Context, initiative string) ([]Baseline, error) {
	return db.Query[Baseline](ctx, m.db, `SELECT `+baselineColumns+` FROM workplan_baseline WHERE initiative = $1 ORDER BY number DESC`, initiative)
}
