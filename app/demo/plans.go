package demo

import (
	"context"
	"fmt"
	"regexp"
	"strconv"

	"ronda/city/delivery"
	"ronda/city/delivery/workplan"
	"ronda/method/plan"
)

// workPlan is what an initiative promises to do, and when.
type workPlan struct {
	Day        int         `yaml:"day"`   // on which it is written
	Start      int         `yaml:"start"` // of the work
	Objectives []objective `yaml:"objectives"`
	Tasks      []task      `yaml:"tasks"`
}

type objective struct {
	Title  string `yaml:"title"`
	Unit   string `yaml:"unit"`
	From   string `yaml:"from"`
	Target string `yaml:"target"`
	Due    int    `yaml:"due"`
}

// task is a part of the work; of no days, a milestone.
type task struct {
	Code  string   `yaml:"code"`
	In    string   `yaml:"in"` // code of the task it is a part of
	Name  string   `yaml:"name"`
	Days  int      `yaml:"days"` // working days
	Body  string   `yaml:"body"`
	After []string `yaml:"after"` // "A", "A+5", "A SS+10"
}

// news is a report from whoever carries it out.
type news struct {
	Day  int            `yaml:"day"`
	Text string         `yaml:"text"`
	Done map[string]int `yaml:"done"` // percent by task
}

// planned writes the plan at once.
func (w *works) planned(d job, th *thread) {
	if len(d.Plan.Tasks) == 0 {
		return
	}
	w.do(d.Plan.Day, d.By, d.Initiative+": plan", func(ctx context.Context) error {
		edits, err := d.Plan.edits(w.days)
		if err != nil {
			return err
		}
		_, err = w.Plans.Edit(ctx, th.number, 0, edits...)
		return err
	})
}

// edits are the plan as it is typed: objectives, tasks, and what waits for what.
func (p workPlan) edits(days calendar) ([]workplan.Edit, error) {
	all := []workplan.Edit{{Op: workplan.SetStart, Start: plan.DayOf(days.work(p.Start))}}
	for _, o := range p.Objectives {
		from, _ := workplan.ParseFigure(o.From)
		target, ok := workplan.ParseFigure(o.Target)
		if !ok {
			return nil, fmt.Errorf("%s: target %q is no figure", o.Title, o.Target)
		}
		all = append(all, workplan.Edit{Op: workplan.SaveObjective, Objective: workplan.Objective{Title: o.Title, Unit: o.Unit, Known: o.From != "",
			From: from, Target: target, Due: days.day(o.Due)}})
	}
	var links []workplan.Edit
	for _, x := range p.Tasks {
		all = append(all, workplan.Edit{Op: workplan.AddTask, Task: x.Code, Parent: x.In, Fields: workplan.Fields{Name: x.Name, Duration: x.Days, Body: x.Body}})
		for _, text := range x.After {
			link, err := linkOf(text, x.Code)
			if err != nil {
				return nil, err
			}
			links = append(links, workplan.Edit{Op: workplan.SetLink, Link: link})
		}
	}
	return append(all, links...), nil
}

var waits = regexp.MustCompile(`^(\S+?)(?: (FS|SS|FF|SF))?([+-]\d+)?$`)

// linkOf reads "A", "A+5" or "A SS+10" as what a task waits for.
func linkOf(text, task string) (plan.Link, error) {
	m := waits.FindStringSubmatch(text)
	if m == nil {
		return plan.Link{}, fmt.Errorf("task %s: %q names no task to wait for", task, text)
	}
	link := plan.Link{From: m[1], To: task}
	if m[2] != "" {
		kind, ok := plan.ParseKind(m[2])
		if !ok {
			return link, fmt.Errorf("task %s: %q waits in no way", task, text)
		}
		link.Kind = kind
	}
	link.Lag, _ = strconv.Atoi(m[3])
	return link, nil
}

func (w *works) report(ctx context.Context, number string, n news) error {
	out := delivery.News{Text: n.Text}
	for code, percent := range n.Done {
		out.Done = append(out.Done, delivery.Advance{Task: code, Percent: percent})
	}
	return w.Delivery.Report(ctx, number, out)
}
