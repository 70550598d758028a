package workplan

import (
	"context"

	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

const (
	deskMax  = 50 // of each sort; whoever owes more begins with these
	deskSoon = 14 // days ahead from which a task is on the desk
)

// Desk is what plans expect of a person: tasks of adopted initiatives that are late
// or end soon, and change requests to decide.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	tasks, err := m.owedTasks(ctx, person)
	if err != nil {
		return nil, err
	}
	changes, err := m.owedChanges(ctx, person)
	return append(tasks, changes...), err
}

func (m *Module) owedTasks(ctx context.Context, person string) ([]desk.Item, error) {
	mine, err := m.Mine(ctx, person)
	if err != nil {
		return nil, err
	}
	var out []desk.Item
	for _, x := range mine {
		if x.View.Case.Initiative.State != roundtable.Adopted {
			continue
		}
		for _, r := range x.View.Rows {
			due := r.BaseFinish
			if due == "" {
				due = kept(r.Finish)
			}
			if r.Done == 100 || day(due) > day(x.View.Today)+deskSoon || len(out) >= deskMax {
				continue
			}
			out = append(out, item(ctx, "task", x.Number+" · "+r.Name, TaskHref(x.Number, r.Code), due, x.View.Plan.Initiative))
		}
	}
	return out, nil
}

// item is something owed, with the words of its kind.
func item(ctx context.Context, word, detail, href string, due clock.Day, initiative string) desk.Item {
	return desk.Item{Due: due, Title: i18n.T(ctx, "delivery.workplan.owe."+word), Detail: detail, Action: i18n.T(ctx, "delivery.workplan.owe."+word+"_do"), Href: href,
		Subject: event.Subject{Kind: roundtable.SubjectKind, ID: initiative}}
}

// owedChanges are the change requests that wait for the person's decision.
func (m *Module) owedChanges(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.standing(ctx, person)
	if err != nil {
		return nil, err
	}
	c, err := m.Delivery.City(ctx)
	if err != nil {
		return nil, err
	}
	if _, decides := c.Can(who, delivery.DecideChange); !decides {
		return nil, nil
	}
	type row struct {
		Number     string `db:"number"`
		Initiative string `db:"initiative"`
		Ref        string `db:"ref"`
	}
	list, err := db.Query[row](ctx, m.db, `SELECT c.number, c.initiative, p.number AS ref FROM workplan_change c
		JOIN workplan_plan p ON p.initiative = c.initiative WHERE c.state = 'asked' AND c.person <> $1 ORDER BY c.at LIMIT $2`, person, deskMax)
	var out []desk.Item
	for _, x := range list {
		out = append(out, item(ctx, "change", x.Ref+" · "+x.Number, "/iniciativas/"+x.Ref+"/plan/cambios#"+x.Number, "", x.Initiative))
	}
	return out, err
}
