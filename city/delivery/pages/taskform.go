package pages

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ronda/city/delivery"
	"ronda/city/delivery/workplan"
	"ronda/city/people"
	"ronda/method/plan"
	"ronda/platform/ui"
)

// constraints are those that a form offers, the usual ones first.
var constraints = []plan.Constraint{plan.SoonAsPossible, plan.StartNotBefore, plan.FinishBy, plan.StartBy, plan.FinishNotBefore, plan.MustStart, plan.MustFinish}

// taskForm puts the forms of a task on its page.
func (p *Pages) taskForm(ctx context.Context, say words, v workplan.View, row workplan.Row, f fields, view *taskPage) error {
	parent, before := placeOf(v, row)
	opened := ui.Values{"name": {row.Name}, "duration": {itoa(row.Task.Duration)}, "constraint": {row.Constraint}, "on": dayText(row.On), "deadline": dayText(row.Deadline),
		"body": {firstOf(row.Body, v.Case.Executor, v.Case.Initiative.Sponsor)}, "person": {row.Person}, "notes": {row.Notes}, "parent": {parent}, "before": {before}}
	view.Form = f.of(ui.Form{ID: "tarea", Hidden: append(hidden(v, "save"), ui.Pair{Name: "parent_was", Value: parent}, ui.Pair{Name: "before_was", Value: before})}, "save", "", "", opened)
	if f.on("save", "", "") { // a form that met what somebody else wrote goes on from there
		view.Form.Hidden[0].Value = f.typed.Get("version")
	}
	name := ui.Field{Name: "name", Label: t(ctx, "field.name"), Hint: t(ctx, "field.name.hint"), Required: true, Max: workplan.NameMax}
	if row.Summary { // its dates follow from its tasks
		for _, kept := range []string{"duration", "constraint", "on", "deadline"} {
			view.Form.Hidden = append(view.Form.Hidden, ui.Pair{Name: kept, Value: view.Form.Values.Get(kept)})
		}
		view.About = append([]ui.Field{name}, placeFields(ctx, v, row)...)
	} else {
		view.About = append([]ui.Field{name, durationField(ctx)}, placeFields(ctx, v, row)...)
		view.When = whenFields(ctx)
	}
	who, err := p.whoFields(ctx, say, v, row)
	if err != nil {
		return err
	}
	view.Who = append(who, ui.Field{Name: "notes", Label: t(ctx, "field.notes"), Kind: ui.Area, Rows: 3, Max: workplan.NotesMax})
	view.Save = ui.Buttons{{Text: t(ctx, "save")}, {Text: t(ctx, "back"), Href: href(v.Case.Initiative.Number) + "/plan", Weight: ui.Plainer}}
	if row.Code == "" {
		view.Save[0].Text = t(ctx, "task.add")
		return nil
	}
	if !row.Summary && v.Case.May(ctx, delivery.EditPlan) {
		view.Progress = progressOf(ctx, v, row, f)
	}
	view.Drop = &ui.Confirm{Title: t(ctx, "drop"), Text: t(ctx, "drop.text"), Tone: ui.Warn, Form: ui.Form{ID: "quitar", Hidden: hidden(v, "drop")}, Yes: ui.Button{Text: t(ctx, "drop.yes"), Of: row.Name, Weight: ui.Danger}}
	return nil
}

func durationField(ctx context.Context) ui.Field {
	return ui.Field{Name: "duration", Label: t(ctx, "field.duration"), Hint: t(ctx, "field.duration.hint"), Kind: ui.Number, Unit: t(ctx, "unit.days"), Required: true}
}

// placeOf is the stage that a task belongs to and the task that it comes before.
func placeOf(v workplan.View, row workplan.Row) (parent, before string) {
	if row.Code == "" {
		return "", ""
	}
	at := slices.IndexFunc(v.Rows, func(x workplan.Row) bool { return x.Code == row.Code })
	for _, next := range v.Rows[at+1:] {
		if next.Parent == row.Parent {
			return row.Parent, next.Code
		}
	}
	return row.Parent, ""
}

// placeFields ask where a task stands among the others.
func placeFields(ctx context.Context, v workplan.View, row workplan.Row) []ui.Field {
	if len(v.Rows) == 0 || len(v.Rows) == 1 && row.Code != "" {
		return nil
	}
	others := otherTasks(v, row.Code)
	for i := range others {
		at := slices.IndexFunc(v.Rows, func(x workplan.Row) bool { return x.Code == others[i].Value })
		others[i].Text = strings.Repeat("– ", v.Rows[at].Level) + others[i].Text
	}
	return []ui.Field{
		{Name: "parent", Label: t(ctx, "field.parent"), Hint: t(ctx, "field.parent.hint"), Kind: ui.Select, Placeholder: t(ctx, "field.parent.none"), Options: others},
		{Name: "before", Label: t(ctx, "field.before"), Kind: ui.Select, Placeholder: t(ctx, "field.before.none"), Options: others},
	}
}

func whenFields(ctx context.Context) []ui.Field {
	rule := ui.Field{Name: "constraint", Label: t(ctx, "field.constraint"), Kind: ui.Select}
	for _, c := range constraints {
		value := c.String()
		if c == plan.SoonAsPossible {
			value = ""
		}
		rule.Options = append(rule.Options, ui.Option{Value: value, Text: t(ctx, "constraint."+strings.ToLower(c.String()))})
	}
	return []ui.Field{rule, {Name: "on", Label: t(ctx, "field.on"), Hint: t(ctx, "field.on.hint"), Kind: ui.Date},
		{Name: "deadline", Label: t(ctx, "field.deadline"), Hint: t(ctx, "field.deadline.hint"), Kind: ui.Date}}
}

// whoFields ask who answers for a task.
func (p *Pages) whoFields(ctx context.Context, say words, v workplan.View, row workplan.Row) ([]ui.Field, error) {
	bodies, err := p.people.Bodies(ctx, people.BodyFilter{})
	if err != nil {
		return nil, err
	}
	body := ui.Field{Name: "body", Label: t(ctx, "field.body"), Kind: ui.Select, Required: true, Placeholder: t(ctx, "field.body.none")}
	for _, b := range bodies {
		body.Options = append(body.Options, ui.Option{Value: b.Code, Text: b.Name})
	}
	slices.SortFunc(body.Options, func(a, b ui.Option) int { return strings.Compare(a.Text, b.Text) })
	person, err := p.personField(ctx, say, v, row)
	return []ui.Field{body, person}, err
}

// personField offers those who hold a post in the bodies that carry the work.
func (p *Pages) personField(ctx context.Context, say words, v workplan.View, row workplan.Row) (ui.Field, error) {
	field := ui.Field{Name: "person", Label: t(ctx, "field.person"), Hint: t(ctx, "field.person.hint"), Kind: ui.Select, Placeholder: t(ctx, "field.person.none")}
	var ids []string
	for id := range v.Persons {
		ids = append(ids, id)
	}
	for _, body := range []string{v.Case.Initiative.Sponsor, v.Case.Executor, row.Body} {
		if body == "" {
			continue
		}
		terms, err := p.people.TermsIn(ctx, body)
		if err != nil {
			return field, err
		}
		for _, term := range terms {
			if term.On(say.today) {
				ids = append(ids, term.Person)
			}
		}
	}
	if row.Person != "" {
		ids = append(ids, row.Person)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	names, err := p.people.Names(ctx, ids...)
	for _, id := range ids {
		field.Options = append(field.Options, ui.Option{Value: id, Text: names[id]})
	}
	return field, err
}

// progressOf is the form that tells how far a task is.
func progressOf(ctx context.Context, v workplan.View, row workplan.Row, f fields) *progressForm {
	opened := ui.Values{"percent": {strconv.Itoa(row.Done)}, "began": dayText(row.Began), "ended": dayText(row.Ended)}
	return &progressForm{Form: f.of(ui.Form{ID: "avance", Hidden: hidden(v, "progress")}, "progress", "", "", opened), Fields: []ui.Field{
		{Name: "percent", Label: t(ctx, "field.percent"), Kind: ui.Number, Unit: "%", Required: true},
		{Name: "began", Label: t(ctx, "field.began"), Hint: t(ctx, "field.began.hint"), Kind: ui.Date},
		{Name: "ended", Label: t(ctx, "field.ended"), Hint: t(ctx, "field.ended.hint"), Kind: ui.Date}}}
}
