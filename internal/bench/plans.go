package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"ronda/method/plan"
)

// criticalPath computes the days of a plan in which everything waits for two
// others.
func criticalPath(*bench) (float64, error) {
	r := rand.New(rand.NewPCG(4, 4))
	calendar, err := plan.NewCalendar(plan.WorkingWeek(), nil)
	if err != nil {
		return 0, err
	}
	p := &plan.Plan{Calendar: calendar, Start: plan.Date(2026, 3, 2), Status: plan.NoDay}
	for n := range 5000 {
		p.Tasks = append(p.Tasks, plan.Task{ID: fmt.Sprint(n), Name: fmt.Sprint("Tarea ", n), Duration: 1 + r.IntN(9)})
	}
	for n := 0; len(p.Links) < 10_000; n++ {
		to := 1 + n%4999
		p.Links = append(p.Links, plan.Link{From: fmt.Sprint(max(0, to-1-r.IntN(60))), To: fmt.Sprint(to), Kind: plan.Kind(r.IntN(4)), Lag: r.IntN(3)})
	}
	const times = 20
	d, err := took(func() error {
		for range times {
			if _, err := p.Schedule(); err != nil {
				return err
			}
		}
		return nil
	})
	return d.Seconds() * 1000 / times, err
}

// ganttChart has the benchmark of the page's own package draw a chain of tasks,
// which no other package can draw, and gives the processor time of one drawing:
// what a long run takes more than a short one, so that its start does not count.
func ganttChart(b *bench) (float64, error) {
	test := filepath.Join(b.root, "build", "ronda-chart.test")
	build := exec.Command("go", "test", "-c", "-o", test, "./city/delivery/pages")
	build.Dir, build.Stderr = b.root, os.Stderr
	if err := build.Run(); err != nil {
		return 0, fmt.Errorf("building the benchmark: %w", err)
	}
	const few, many = 50, 250
	short, err := drawing(test, few)
	if err != nil {
		return 0, err
	}
	long, err := drawing(test, many)
	return per(long-short, many-few), err
}

// drawing is the processor time of a run of the benchmark that draws so often.
func drawing(test string, times int) (time.Duration, error) {
	run := exec.Command(test, "-test.run", "^$", "-test.bench", "^BenchmarkChart$", "-test.benchtime", strconv.Itoa(times)+"x")
	if out, err := run.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, out)
	}
	return run.ProcessState.UserTime() + run.ProcessState.SystemTime(), nil
}
