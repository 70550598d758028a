package demo_test

import (
	"context"
	"slices"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/workplan"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable"
)

// ofExecution are the checks of TestTheStory that look at what became of what was
// adopted.
var ofExecution = map[string]func(world){
	"what was adopted is carried out": carriedOut, "lights tell apart": lights, "money comes from a law": lawful, "the impact is measured": impacts,
}

// buildExecution makes the execution as the program does, guards of signatures
// included: the story keeps to them.
func (w *world) buildExecution() {
	w.Delivery = delivery.New(delivery.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable,
		Physical: func(ctx context.Context, ids ...string) (map[string]delivery.Physical, error) {
			return w.Plans.Physical(ctx, ids...)
		},
		Money: func(ctx context.Context, ids ...string) (map[string]delivery.Money, error) {
			return w.Budget.Columns(ctx, ids...)
		},
		Advance: func(ctx context.Context, number string, done []delivery.Advance) error {
			told := make([]workplan.Done, len(done))
			for n, d := range done {
				told[n] = workplan.Done{Task: d.Task, Percent: d.Percent, Version: d.Version}
			}
			return w.Plans.Progress(ctx, number, told...)
		}})
	w.Plans = workplan.New(workplan.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: w.Delivery})
	w.Budget = budget.New(budget.Deps{DB: w.DB, Log: w.log, People: w.People, Roundtable: w.Roundtable, Delivery: w.Delivery})
	w.Impact = impact.New(impact.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: w.Delivery, Pepper: []byte("pepper")})
	w.Roundtable.GuardSignature(w.Plans.Guard)
	w.Roundtable.GuardSignature(w.Budget.Guard)
	w.Roundtable.GuardSignature(w.Impact.Guard)
}

// adopted are the initiatives that a ministry carries out.
func (w world) adopted() []roundtable.Initiative {
	w.Helper()
	all := slices.DeleteFunc(w.all(), func(i roundtable.Initiative) bool { return i.State != roundtable.Adopted })
	if len(all) < 3 {
		w.Fatalf("%d initiatives are adopted", len(all))
	}
	return all
}

func carriedOut(w world) {
	executed := 0
	for _, i := range w.adopted() {
		v, err := w.Delivery.View(w.ctx, i.Number)
		w.must(err)
		if v.Executor == "" {
			continue
		}
		executed++
		p, err := w.Plans.Plan(w.ctx, i.Number)
		w.must(err)
		if len(p.Rows) < 5 || len(p.Objectives) == 0 {
			w.Errorf("%s: %d tasks, %d objectives", i.Title, len(p.Rows), len(p.Objectives))
		}
	}
	if executed < 3 {
		w.Errorf("%d of what was adopted is carried out", executed)
	}
}

// A visitor who sees one colour everywhere learns nothing of what it means.
func lights(w world) {
	shown := map[delivery.Colour]int{}
	for _, i := range w.adopted() {
		all, err := w.Delivery.Light(w.ctx, i.ID)
		w.must(err)
		shown[all[i.ID].Colour]++
		w.Logf("%s: %+v", i.Title, all[i.ID])
	}
	if shown[delivery.Green] == 0 || len(shown) < 2 {
		w.Errorf("the lights are %v", shown)
	}
}

func lawful(w world) {
	laws, err := w.Budget.Laws(w.ctx)
	w.must(err)
	if len(laws) < 2 || laws[0].Year != w.now.Year() {
		w.Fatalf("the laws are %+v", laws)
	}
	short, err := w.Budget.Shortages(w.as("planning"), w.now.Year(), 10)
	w.must(err)
	if len(short) > 0 {
		w.Errorf("lines without enough: %+v", short)
	}
	paid := 0
	for _, i := range w.adopted() {
		columns, err := w.Budget.Columns(w.ctx, i.ID)
		w.must(err)
		if c := columns[i.ID]; c.Planned > 0 && c.Paid > 0 && c.Paid <= c.Committed && c.Committed <= c.Planned {
			paid++
		}
	}
	if paid < 3 {
		w.Errorf("%d of what was adopted spend what they draw", paid)
	}
}

func impacts(w world) {
	readings := map[string]int{}
	w.must(w.Impact.EachMeasurement(w.ctx, func(p impact.Public) error { readings[p.Indicator]++; return nil }))
	if len(readings) < 5 {
		w.Errorf("%d indicators are measured", len(readings))
	}
	for indicator, n := range readings {
		if n < 2 {
			w.Errorf("%s has %d values: nothing changed yet", indicator, n)
		}
	}
	late, err := w.Impact.Late(w.ctx, "")
	w.must(err)
	for _, i := range late {
		w.Errorf("%s waits for a value", i.Name)
	}
}
