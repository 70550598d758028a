package workplan

import (
	"context"
	"slices"

	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/db"
)

// maxMine is how many plans a person sees at once: those with the nearest tasks of
// their own to do come first.
const maxMine = 50

// Mine is the part of a plan that a person answers for.
type Mine struct {
	Number, Title string
	View          View  // without baselines, changes and problems; Rows holds only the person's
	Places        []int // of the person's tasks in View.Work, to draw them alone
}

// Mine are the tasks that a person answers for, by name or as the one who signs for
// the body that does, of plans in which some are not done.
func (m *Module) Mine(ctx context.Context, person string) ([]Mine, error) {
	who, err := m.standing(ctx, person)
	if err != nil {
		return nil, err
	}
	bodies := signsFor(who)
	plans, err := m.plansOf(ctx, person, bodies)
	if err != nil || len(plans) == 0 {
		return nil, err
	}
	cards, err := m.cards(ctx, plans)
	if err != nil {
		return nil, err
	}
	drafts, err := m.drafts(ctx, plans)
	if err != nil {
		return nil, err
	}
	var out []Mine
	w := &work{m: m}
	if err := w.setting(ctx); err != nil {
		return nil, err
	}
	for _, d := range drafts {
		card, ok := cards[d.Initiative]
		if !ok || over(card.State) {
			continue
		}
		w.now, w.Case = d, delivery.Case{Initiative: roundtable.Initiative{ID: card.ID, Number: card.Number, Title: card.Title, State: card.State}}
		x, err := w.mine(person, bodies)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// over says whether nobody works on an initiative any more.
func over(s roundtable.State) bool {
	return s == roundtable.Declined || s == roundtable.Withdrawn || s == roundtable.Joined
}

// signsFor are the bodies that a person signs for.
func signsFor(who people.Standing) []string {
	var out []string
	for _, h := range who.Posts {
		if h.Signs && !slices.Contains(out, h.Body) {
			out = append(out, h.Body)
		}
	}
	return out
}

// plansOf are the plans in which a person, or a body, has tasks that are not done.
func (m *Module) plansOf(ctx context.Context, person string, bodies []string) ([]Plan, error) {
	var q query
	sql := `SELECT initiative FROM workplan_task WHERE person = ` + q.arg(person) + ` AND person <> '' AND done < 100`
	if len(bodies) > 0 {
		sql += ` UNION SELECT initiative FROM workplan_task WHERE person = '' AND done < 100 AND body IN ` + q.in(bodies)
	}
	return db.Query[Plan](ctx, m.db, `SELECT `+planColumns+` FROM workplan_plan WHERE initiative IN (`+sql+`)
		ORDER BY CASE WHEN late <> '' THEN 0 ELSE 1 END, finishes, initiative LIMIT `+q.arg(maxMine), q.args...)
}

// cards are the initiatives of plans, by their ids.
func (m *Module) cards(ctx context.Context, plans []Plan) (map[string]roundtable.Card, error) {
	ids := make([]string, len(plans))
	for n, p := range plans {
		ids[n] = p.Initiative
	}
	cards, err := m.Roundtable.Cards(ctx, ids...)
	out := make(map[string]roundtable.Card, len(cards))
	for _, c := range cards {
		out[c.ID] = c
	}
	return out, err
}

// mine is the part of the plan of a work that a person or some bodies answer for.
func (w *work) mine(person string, bodies []string) (Mine, error) {
	x := Mine{Number: w.Initiative.Number, Title: w.Initiative.Title, View: View{Case: w.Case, Plan: w.now.Plan, Today: kept(w.today)}}
	if err := w.compute(&x.View); err != nil {
		return x, err
	}
	var rows []Row
	for n, r := range x.View.Rows {
		if r.Person == person && person != "" || r.Person == "" && r.Body != "" && !r.Summary && slices.Contains(bodies, r.Body) {
			rows, x.Places = append(rows, r), append(x.Places, n)
		}
	}
	x.View.Rows = rows
	return x, nil
}
