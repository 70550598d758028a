package workplan

import (
	"context"
	"strings"

	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// save writes what differs between a plan as it was and as it is now, under the
// next version, which everything that changed gets.
func (m *Module) save(ctx context.Context, was, now *draft) error {
	now.number()
	now.Version, now.Changed = was.Version+1, clock.Now(ctx)
	if now.Start != was.Start {
		now.StartedAt = now.Version
	}
	links := now.stamp(was)
	if err := m.saveTasks(ctx, was, now); err != nil {
		return err
	}
	if err := m.saveLinks(ctx, now.Initiative, links); err != nil {
		return err
	}
	if err := m.saveObjectives(ctx, was, now); err != nil {
		return err
	}
	n, err := m.db.Exec(ctx, `UPDATE workplan_plan SET start_on = $2, version = $3, start_version = $4, next_code = $5, baseline = $6, changed_at = $7,
		tasks = $8 WHERE initiative = $1`, now.Initiative, now.Start, now.Version, now.StartedAt, now.Next, now.Baseline, now.Changed, len(now.tasks))
	return db.Changed(n, err, "fault.conflict")
}

// linkDiff is what became of the links.
type linkDiff struct{ gone, set []plan.Link }

// stamp gives the new version to the tasks that changed, or wait for others now,
// and to the objectives that changed. Where a task stands, and its baseline, are no
// changes of it.
func (d *draft) stamp(was *draft) (links linkDiff) {
	old, now := byEnds(was.links), byEnds(d.links)
	touched := map[string]bool{}
	for _, l := range d.links {
		if lag, ok := old[endsOf(l)]; !ok || lag != l.Lag {
			links.set, touched[l.To] = append(links.set, l), true
		}
	}
	for _, l := range was.links {
		if _, ok := now[endsOf(l)]; !ok {
			links.gone, touched[l.To] = append(links.gone, l), true
		}
	}
	before := byCode(was.tasks)
	for n := range d.tasks {
		t := &d.tasks[n]
		b, there := before[t.Code]
		b.Position, b.BaseStart, b.BaseFinish = t.Position, t.BaseStart, t.BaseFinish
		if !there || b != *t || touched[t.Code] {
			t.Version = d.Version
		}
	}
	goals := byID(was.objectives)
	for n := range d.objectives {
		if o := &d.objectives[n]; goals[o.ID] != *o {
			o.Version = d.Version
		}
	}
	return links
}

// rowsAtOnce is how many rows one statement writes: few, since the embedded database
// takes time that grows with the square of the values.
const rowsAtOnce = 20

// saveTasks writes the tasks that differ, many at once.
func (m *Module) saveTasks(ctx context.Context, was, now *draft) error {
	before := byCode(was.tasks)
	var rows [][]any
	for _, t := range now.tasks {
		if old, there := before[t.Code]; !there || old != t {
			rows = append(rows, []any{now.Initiative, t.Code, t.Parent, t.Position, t.Name, t.Duration, t.Constraint, t.On, t.Deadline, t.Done,
				t.Began, t.Ended, t.BaseStart, t.BaseFinish, t.Body, t.Person, t.Contact, t.Notes, t.Version})
		}
		delete(before, t.Code)
	}
	var gone []string
	for code := range before {
		gone = append(gone, code)
	}
	if err := m.drop(ctx, `DELETE FROM workplan_task WHERE initiative = $1 AND code IN `, now.Initiative, gone); err != nil {
		return err
	}
	return m.put(ctx, "workplan_task", "initiative, "+taskColumns, "initiative, code", rows)
}

func (m *Module) saveLinks(ctx context.Context, initiative string, diff linkDiff) error {
	for _, l := range diff.gone {
		if _, err := m.db.Exec(ctx, `DELETE FROM workplan_link WHERE initiative = $1 AND to_task = $2 AND from_task = $3 AND kind = $4`,
			initiative, l.To, l.From, l.Kind.String()); err != nil {
			return err
		}
	}
	rows := make([][]any, len(diff.set))
	for n, l := range diff.set {
		rows[n] = []any{initiative, l.From, l.To, l.Kind.String(), l.Lag}
	}
	return m.put(ctx, "workplan_link", "initiative, from_task, to_task, kind, lag", "initiative, to_task, from_task, kind", rows)
}

func (m *Module) saveObjectives(ctx context.Context, was, now *draft) error {
	before := byID(was.objectives)
	var rows [][]any
	for _, o := range now.objectives {
		if before[o.ID] != o {
			rows = append(rows, []any{now.Initiative, o.ID, o.Position, o.Title, o.Unit, o.Known, o.From, o.Target, o.Due, o.Reached, o.ReachedOn, o.Version})
		}
		delete(before, o.ID)
	}
	var gone []string
	for id := range before {
		gone = append(gone, id)
	}
	if err := m.drop(ctx, `DELETE FROM workplan_objective WHERE initiative = $1 AND id IN `, now.Initiative, gone); err != nil {
		return err
	}
	return m.put(ctx, "workplan_objective", "initiative, "+objectiveColumns, "initiative, id", rows)
}

// drop deletes rows by their codes, many at once.
func (m *Module) drop(ctx context.Context, sql, initiative string, codes []string) error {
	for len(codes) > 0 {
		n := min(len(codes), rowsAtOnce)
		q := query{args: []any{initiative}}
		if _, err := m.db.Exec(ctx, sql+q.in(codes[:n]), q.args...); err != nil {
			return err
		}
		codes = codes[n:]
	}
	return nil
}

// put inserts rows, or writes over those of the same key, many at once.
func (m *Module) put(ctx context.Context, table, columns, key string, rows [][]any) error {
	var set []string
	for _, c := range strings.Split(columns, ",") {
		if c = strings.TrimSpace(c); !strings.Contains(", "+key+",", ", "+c+",") {
			set = append(set, c+" = excluded."+c)
		}
	}
	for len(rows) > 0 {
		n := min(len(rows), rowsAtOnce)
		var q query
		marks := make([]string, n)
		for i, row := range rows[:n] {
			cells := make([]string, len(row))
			for k, v := range row {
				cells[k] = q.arg(v)
			}
			marks[i] = "(" + strings.Join(cells, ", ") + ")"
		}
		if _, err := m.db.Exec(ctx, `INSERT INTO `+table+` (`+columns+`) VALUES `+strings.Join(marks, ", ")+`
			ON CONFLICT (`+key+`) DO UPDATE SET `+strings.Join(set, ", "), q.args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}
