package plan

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// large is a plan of n tasks in summary tasks of twenty, with m links of all
// kinds between tasks that stand near each other.
func large(tb testing.TB, n, m int) *Plan {
	random := rand.New(rand.NewPCG(1, 2))
	p := &Plan{Name: "large", Start: Date(2026, 3, 2), Status: NoDay, Calendar: calendar(tb, holidays()...)}
	for i := range n {
		task := Task{ID: fmt.Sprintf("01890f3e-0000-7000-8000-%012d", i), Name: fmt.Sprintf("Tarea %d", i), Duration: random.IntN(9), Done: random.IntN(101)}
		if i%20 != 0 {
			task.Parent = p.Tasks[i-i%20].ID
		}
		p.Tasks = append(p.Tasks, task)
	}
	for len(p.Links) < m {
		from := random.IntN(n - 1)
		to := from + 1 + random.IntN(min(60, n-from-1))
		if from%20 == 0 || to%20 == 0 {
			continue
		}
		p.Links = append(p.Links, Link{From: p.Tasks[from].ID, To: p.Tasks[to].ID, Kind: Kind(random.IntN(4)), Lag: random.IntN(4) - 1})
	}
	return p
}

func BenchmarkSchedule(b *testing.B) {
	for _, size := range []struct{ tasks, links int }{{500, 1000}, {5000, 10_000}, {50_000, 100_000}} {
		p := large(b, size.tasks, size.links)
		b.Run(fmt.Sprint(size.tasks), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Schedule(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkGantt(b *testing.B) {
	p := large(b, 500, 1000)
	s := schedule(b, p)
	for i, span := range s.Spans() {
		p.Tasks[i].Baseline = span
	}
	b.ReportAllocs()
	for b.Loop() {
		g := Draw(p, s, View{Zoom: Weeks, Today: Date(2026, 5, 4)})
		for _, line := range g.Lines {
			_ = line.Path()
		}
	}
}

func BenchmarkProgress(b *testing.B) {
	p := large(b, 5000, 10_000)
	s := schedule(b, p)
	b.ReportAllocs()
	for b.Loop() {
		p.Progress(s, Date(2026, 5, 4))
	}
}

func BenchmarkCalendar(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		calendar(b, holidays()...)
	}
}
