package workplan

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"ronda/method/plan"
	"ronda/platform/fault"
)

// TestAnySequenceOfEdits keeps the invariants: what is in memory is what is stored,
// the plan can be computed, versions grow by one with what was done and only then,
// a baseline never changes, and no edit changes what is agreed while it is frozen.
func TestAnySequenceOfEdits(t *testing.T) {
	w := lone(t)
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		x := &history{world: w, number: w.whole("Historia " + strconv.Itoa(n)), frozen: map[int]map[string]plan.Span{}}
		acts := []func(*rapid.T){x.edit, x.edit, x.edit, x.progress, x.sign, x.reopen, x.change}
		for range rapid.IntRange(3, 10).Draw(r, "length") {
			rapid.SampledFrom(acts).Draw(r, "act")(r)
			x.check(r)
		}
	})
}

type history struct {
	*world
	number string
	signed bool
	frozen map[int]map[string]plan.Span // by baseline
}

func (x *history) view() View { return x.plan(proposer, x.number) }

// some is an edit that may or may not be possible.
func some(r *rapid.T, v View) Edit {
	code := func(label string) string {
		codes := []string{"1", "2", "3", "77"}
		for _, row := range v.Rows {
			codes = append(codes, row.Code)
		}
		return rapid.SampledFrom(codes).Draw(r, label)
	}
	on := rapid.Map(rapid.IntRange(0, 200), func(n int) plan.Day { return day("2026-03-01") + plan.Day(n) })
	op := rapid.SampledFrom([]Op{AddTask, AddTask, EditTask, MoveTask, DropTask, SetLink, SetLink, DropLink, Shift, SetStart, SaveObjective}).Draw(r, "op")
	e := Edit{Op: op, Task: code("task"), Parent: rapid.SampledFrom([]string{"", code("parent")}).Draw(r, "under")}
	e.Fields = Fields{Name: rapid.SampledFrom([]string{"a", "b", ""}).Draw(r, "name"), Duration: rapid.IntRange(0, 20).Draw(r, "days"), Body: ours}
	e.Link = plan.Link{From: code("from"), To: code("to"), Kind: plan.Kind(rapid.IntRange(0, 3).Draw(r, "kind")), Lag: rapid.IntRange(-5, 5).Draw(r, "lag")}
	e.Start = on.Draw(r, "start")
	e.Finish = e.Start + plan.Day(rapid.IntRange(-1, 20).Draw(r, "length"))
	e.Objective = Objective{Title: "o", Unit: "u", Target: Figure(rapid.IntRange(0, 2).Draw(r, "target")), Due: "2026-12-31"}
	if op == AddTask {
		e.Task = ""
	}
	return e
}

func (x *history) edit(r *rapid.T) {
	before := x.view()
	edits := []Edit{some(r, before), some(r, before)}[:rapid.IntRange(1, 2).Draw(r, "edits")]
	made, err := x.plans.Edit(x.As(proposer), x.number, before.Plan.Version, edits...)
	after := x.view()
	if err != nil {
		if fault.Is(err, fault.Internal) {
			r.Fatalf("%+v: %v", edits, err)
		}
		if after.Plan != before.Plan || len(after.Rows) != len(before.Rows) || !slices.Equal(after.Work.Links, before.Work.Links) {
			r.Fatalf("a refused edit (%v) changed the plan", err)
		}
		return
	}
	if after.Plan.Version != before.Plan.Version+1 || made.Version != after.Plan.Version {
		r.Fatalf("version %d after %d", after.Plan.Version, before.Plan.Version)
	}
	if before.Frozen && !draftOf(before).agrees(draftOf(after)) {
		r.Fatalf("%+v changed what is frozen", edits)
	}
}

func draftOf(v View) *draft {
	d := &draft{Plan: v.Plan, links: v.Work.Links, objectives: v.Objectives}
	for _, row := range v.Rows {
		d.tasks = append(d.tasks, row.Task)
	}
	return d
}

func (x *history) progress(r *rapid.T) {
	v := x.view()
	if len(v.Rows) == 0 {
		return
	}
	err := x.plans.Progress(x.As(proposer), x.number, Done{Task: rapid.SampledFrom(v.Rows).Draw(r, "of").Code, Percent: rapid.IntRange(-1, 101).Draw(r, "percent")})
	if fault.Is(err, fault.Internal) {
		r.Fatal(err)
	}
}

func (x *history) sign(r *rapid.T) {
	if x.signed {
		return
	}
	before := x.view()
	err := x.world.sign(x.number)
	stops := slices.ContainsFunc(before.Problems, func(p Problem) bool { return !p.Warns })
	if stops != (err != nil) {
		r.Fatalf("signed: %v, with the problems %+v", err, before.Problems)
	}
	x.signed = err == nil
	if after := x.view(); x.signed && after.Plan.Baseline != before.Plan.Baseline+1 {
		r.Fatalf("baseline %d after %d", after.Plan.Baseline, before.Plan.Baseline)
	}
}

func (x *history) reopen(r *rapid.T) {
	if x.signed {
		x.Must(x.Roundtable.ReopenStep(x.As(planner), x.number, "efectividad", "Hay que ver otra vez el plan."))
		x.signed = false
	}
}

func (x *history) change(r *rapid.T) {
	before := x.view()
	c, err := x.plans.AskChange(x.As(proposer), x.number, before.Plan.Version, "Por la obra.", some(r, before))
	if err == nil && !before.Frozen {
		r.Fatal("a change was asked for of what can be edited")
	}
	if err != nil {
		return
	}
	yes := rapid.Bool().Draw(r, "accept")
	x.Must(x.plans.DecideChange(x.As(planner), x.number, c.Number, yes, "Visto."))
	after := x.view()
	if yes != (after.Plan.Baseline == before.Plan.Baseline+1) || yes && kept(after.Schedule.Finish) != c.FinishAfter {
		r.Fatalf("after the decision %v: baseline %d after %d, end %s, foreseen %s", yes, after.Plan.Baseline, before.Plan.Baseline, after.Schedule.Finish, c.FinishAfter)
	}
}

// check holds after every act.
func (x *history) check(r *rapid.T) {
	v := x.view()
	if v.Frozen != (x.signed && v.Plan.Baseline > 0) {
		r.Fatalf("frozen %v, signed %v, baseline %d", v.Frozen, x.signed, v.Plan.Baseline)
	}
	for _, b := range v.Baselines {
		spans, err := x.plans.Spans(x.As(), x.number, b.Number)
		x.Must(err)
		if was, known := x.frozen[b.Number]; known && !maps.Equal(was, spans) {
			r.Fatalf("baseline %d changed", b.Number)
		}
		x.frozen[b.Number] = spans
	}
	if got, err := x.plans.Physical(x.As(), x.initiative(x.number).ID); err != nil || len(v.Rows) > 0 && got[v.Plan.Initiative].Finish != kept(v.Schedule.Finish) {
		r.Fatalf("lists show another end: %+v %v", got, err)
	}
}
