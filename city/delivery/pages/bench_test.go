package pages

import (
	"io"
	"strconv"
	"testing"

	"ronda/city/delivery/workplan"
	"ronda/method/plan"
)

// BenchmarkChart draws a chain of 500 tasks, as those who may drag it see it.
func BenchmarkChart(b *testing.B) {
	calendar, err := plan.NewCalendar(plan.WorkingWeek(), nil)
	if err != nil {
		b.Fatal(err)
	}
	work := &plan.Plan{Calendar: calendar, Start: plan.Date(2026, 3, 2)}
	var rows []chartRow
	for n := range 500 {
		code := strconv.Itoa(n + 1)
		work.Tasks = append(work.Tasks, plan.Task{ID: code, Name: "Tarea " + code, Duration: 1 + n%5})
		if n > 0 {
			work.Links = append(work.Links, plan.Link{From: strconv.Itoa(n), To: code})
		}
		rows = append(rows, chartRow{ID: code, Name: "Tarea " + code, Href: "/tareas/" + code, Text: "Tarea " + code + ". Del 2 mar al 3 mar"})
	}
	schedule, err := work.Schedule()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c := chart{Label: "Cronograma", Move: "/tareas/", Week: calendar.Week(), Rows: rows,
			Gantt: drawn(workplan.View{Work: work, Schedule: schedule, Today: "2026-03-24"}, plan.Months, nil)}
		if err := c.Render(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
