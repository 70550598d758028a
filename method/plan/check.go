package plan

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Check returns what is wrong with a plan, cycles apart, or nil. Schedule
// checks by itself.
func (p *Plan) Check() Problems {
	found, _, _ := p.check()
	return found
}

// ends are the places of a link's tasks, -1 for one that is not there.
type ends struct{ from, to int32 }

// check also returns the tree it made on the way and, by link, where its tasks
// stand: looking them up by their IDs costs more than all the rest.
func (p *Plan) check() (found Problems, tree *Outline, linked []ends) {
	if p.Calendar == nil {
		found.add(NoCalendar, "")
	}
	if len(p.Tasks) > MaxTasks || len(p.Links) > MaxLinks {
		found.add(TooMany, strconv.Itoa(len(p.Tasks))+" tasks, "+strconv.Itoa(len(p.Links))+" links")
		return found, nil, nil
	}
	if !p.Start.Within() {
		found.add(BadDay, "start "+p.Start.String())
	}
	if p.Status != NoDay && !p.Status.Within() {
		found.add(BadDay, "status "+p.Status.String())
	}
	at := places(p.Tasks)
	tree = outline(p.Tasks, at)
	for i := range p.Tasks {
		found.task(&p.Tasks[i], at, i, tree.Parts[i] > 0)
	}
	found.parents(p.Tasks, tree)
	linked = make([]ends, len(p.Links))
	for i := range p.Links {
		linked[i] = ends{find(at, p.Links[i].From), find(at, p.Links[i].To)}
		found.link(&p.Links[i], linked[i], tree)
	}
	return found, tree, linked
}

// task checks what one task says of itself.
func (p *Problems) task(t *Task, at map[string]int32, place int, summary bool) {
	if !goodID(t.ID) {
		p.add(BadID, t.ID, t.ID)
	} else if at[t.ID] != int32(place) {
		p.add(SameID, "", t.ID)
	}
	if t.Parent != "" {
		if _, ok := at[t.Parent]; !ok {
			p.add(UnknownParent, t.Parent, t.ID)
		}
	}
	if !summary && (t.Duration < 0 || t.Duration > MaxDuration) {
		p.add(BadDuration, strconv.Itoa(t.Duration), t.ID)
	}
	if t.Done < 0 || t.Done > 100 {
		p.add(BadPercent, strconv.Itoa(t.Done), t.ID)
	}
	if t.ActualFinish != NoDay && t.Done < 100 && !summary {
		p.add(Unfinished, strconv.Itoa(t.Done), t.ID)
	}
	p.constraint(t, summary)
	p.days(t)
}

func (p *Problems) constraint(t *Task, summary bool) {
	switch t.Constraint {
	case SoonAsPossible:
	case StartNotBefore, FinishBy:
		p.day(t, "constraint", t.On, true)
	case FinishNotBefore, StartBy, MustStart, MustFinish:
		p.day(t, "constraint", t.On, true)
		if summary {
			p.add(SummaryDate, t.Constraint.String(), t.ID)
		}
	default:
		p.add(BadKind, t.Constraint.String(), t.ID)
	}
}

// days checks the days of a task, each by itself and then against each other.
func (p *Problems) days(t *Task) {
	if t.Deadline|t.ActualStart|t.ActualFinish|t.Baseline.Start|t.Baseline.Finish == NoDay {
		return
	}
	p.day(t, "deadline", t.Deadline, false)
	p.span(t, "actual", t.ActualStart, t.ActualFinish)
	p.span(t, "baseline", t.Baseline.Start, t.Baseline.Finish)
	if (t.Baseline.Start == NoDay) != (t.Baseline.Finish == NoDay) {
		p.add(BadDay, "baseline", t.ID)
	}
}

func (p *Problems) span(t *Task, name string, start, finish Day) {
	p.day(t, name+" start", start, false)
	p.day(t, name+" finish", finish, false)
	if start != NoDay && finish != NoDay && finish < start {
		p.add(BadOrder, name+" "+start.String()+" "+finish.String(), t.ID)
	}
}

// day checks one day; a day that must be there may not be missing.
func (p *Problems) day(t *Task, name string, day Day, must bool) {
	if day == NoDay && !must || day.Within() {
		return
	}
	p.add(BadDay, strings.TrimSpace(name+" "+day.String()), t.ID)
}

// parents names the summary tasks that the tree could not place.
func (p *Problems) parents(tasks []Task, tree *Outline) {
	if len(tree.Order) == len(tasks) {
		return
	}
	placed := make([]bool, len(tasks))
	for _, i := range tree.Order {
		placed[i] = true
	}
	for i := range tasks {
		if !placed[i] {
			p.add(ParentCycle, tasks[i].Parent, tasks[i].ID)
		}
	}
}

// link checks one link, which its second task answers for.
func (p *Problems) link(l *Link, at ends, tree *Outline) {
	switch {
	case at.to < 0:
		p.add(UnknownTask, l.To, l.From)
	case at.from < 0:
		p.add(UnknownTask, l.From, l.To)
	case at.from == at.to:
		p.add(SelfLink, "", l.To)
	case int(l.Kind) >= len(kindNames):
		p.add(BadKind, l.Kind.String(), l.From, l.To)
	case tree.Parts[at.from] > 0 && l.Kind.fromStart(), tree.Parts[at.to] > 0 && l.Kind.toFinish():
		p.add(SummaryLink, l.Kind.String(), l.From, l.To)
	}
	if l.Lag < -MaxDuration || l.Lag > MaxDuration {
		p.add(BadLag, strconv.Itoa(l.Lag), l.From, l.To)
	}
}

// find is the place of a task, -1 when there is none of that ID.
func find(at map[string]int32, id string) int32 {
	if place, ok := at[id]; ok {
		return place
	}
	return -1
}

// goodID says whether an ID can be written in every format.
func goodID(id string) bool {
	if id == "" || len(id) > MaxID {
		return false
	}
	for i := range len(id) {
		if c := id[i]; c >= utf8.RuneSelf || c <= ' ' || c == ',' || c == ';' || c == 0x7f {
			return c >= utf8.RuneSelf && utf8.ValidString(id) && !strings.ContainsFunc(id, unfit)
		}
	}
	return true
}

func unfit(r rune) bool {
	return r == ',' || r == ';' || unicode.IsSpace(r) || !unicode.IsPrint(r)
}
