package opendata

import (
	"context"
	"net/url"

	"ronda/city/delivery/workplan"
	"ronda/platform/table"
)

// ofExecution are the plans by which initiatives are carried out.
func (s *sources) ofExecution() []Dataset {
	return []Dataset{
		define(partExecution, "tareas", "tasks", s.tasks, "!initiative text", "task text", "task_name text", "level number", "milestone text", "body text", "start day",
			"finish day", "agreed_start day", "agreed_finish day", "percent number percent", "critical text"),
		define(partExecution, "objetivos", "objectives", s.objectives, "!initiative text", "objective text", "unit_name text", "!baseline number named",
			"target number named", "reached number named", "!due day", "reached_day day"),
	}
}

func (s *sources) tasks(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(workplan.TaskRow) error) error { return s.Plans.EachTask(ctx, fn) }
	return stream(each, func(t workplan.TaskRow) []any {
		return []any{t.Initiative, t.Code, t.Name, t.Level, yesNo(t.Milestone), t.Body, t.Start, t.Finish, t.BaseStart, t.BaseFinish, t.Percent, yesNo(t.Critical)}
	})
}

func (s *sources) objectives(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(workplan.ObjectiveRow) error) error { return s.Plans.EachObjective(ctx, fn) }
	return stream(each, func(o workplan.ObjectiveRow) []any {
		return []any{o.Initiative, o.Title, o.Unit, measure(o.Known, o.From), measure(true, o.Target), measure(o.ReachedOn != "", o.Reached), o.Due, o.ReachedOn}
	})
}

// measure is a figure as a number, nil for one that is not known.
func measure(known bool, f workplan.Figure) any {
	if !known {
		return nil
	}
	return float64(f) / 1000
}
