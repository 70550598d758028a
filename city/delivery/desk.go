package delivery

import (
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/desk"
	"ronda/platform/i18n"
)

// deskMax is how many things of one sort stand on a desk.
const deskMax = 100

// owed is an initiative of which something is expected.
type owed struct {
	Standing
	Ministry string `db:"ministry"` // whose answer is asked for
}

// Desk is what execution expects of a person today: to hand over what was adopted,
// to answer whether their ministry executes it or takes part, and reports that are
// due. The policy allows each.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.People.Standing(ctx, person)
	if err != nil {
		return nil, err
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	ctx = people.With(ctx, who)
	bodies, ministries := who.Bodies(), ministriesOf(who)
	var items []desk.Item
	for _, ask := range []struct {
		action Action
		word   string
		page   string
		codes  []string
		sql    string
	}{
		{HandOver, "hand_over", "/ejecucion", bodies, `SELECT ` + standingColumns + `, '' AS ministry FROM delivery_execution
			WHERE adopted = TRUE AND executor = '' AND asked = '' AND sponsor IN `},
		{Accept, "accept", "/ejecucion", ministries, `SELECT ` + standingColumns + `, asked AS ministry FROM delivery_execution WHERE asked IN `},
		{TakePart, "take_part", "/ejecucion", ministries, `SELECT e.initiative, e.number, e.executor, e.asked, e.reported, e.next, p.ministry FROM delivery_part p
			JOIN delivery_execution e ON e.initiative = p.initiative WHERE p.state = 'asked' AND p.ministry IN `},
		{Report, "report", "/ejecucion/informar", ministries, `SELECT ` + standingColumns + `, '' AS ministry FROM delivery_execution
			WHERE next <> '' AND next <= '` + string(soon(ctx, ch)) + `' AND executor IN `},
	} {
		rows, err := m.owes(ctx, ask.sql, ask.codes)
		if err != nil {
			return nil, err
		}
		more, err := m.items(ctx, rows, ask.action, ask.word, ask.page)
		if err != nil {
			return nil, err
		}
		items = append(items, more...)
	}
	return items, nil
}

// soon is the last day that is shown as due soon.
func soon(ctx context.Context, ch *charter.Charter) clock.Day {
	return clock.DayOf(clock.Now(ctx).AddDate(0, 0, ch.Adoption.DueSoonDays), ch.City.Zone)
}

func ministriesOf(who people.Standing) []string {
	var out []string
	for _, h := range who.Posts {
		if h.Ministry != "" && !slices.Contains(out, h.Ministry) {
			out = append(out, h.Ministry)
		}
	}
	return out
}

func (m *Module) owes(ctx context.Context, sql string, codes []string) ([]owed, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	marks, args := in(codes, 2)
	return db.Query[owed](ctx, m.db, sql+marks+` ORDER BY next, initiative LIMIT $1`, append([]any{deskMax}, args...)...)
}

// items are those of the rows that the policy lets the person do. A report is owed
// by whoever signs for the ministry and by the body that proposed it.
func (m *Module) items(ctx context.Context, rows []owed, action Action, word, page string) ([]desk.Item, error) {
	var out []desk.Item
	for _, r := range rows {
		c, err := m.Case(ctx, r.Number)
		if err != nil {
			return nil, err
		}
		if !c.May(ctx, action) || action == Report && !c.owesReport(people.Me(ctx)) {
			continue
		}
		i := desk.Item{Detail: c.Initiative.Title, Href: "/iniciativas/" + r.Number + page, Subject: c.Initiative.Subject(),
			Title: i18n.T(ctx, "delivery.desk."+word, "number", r.Number), Action: i18n.T(ctx, "delivery.desk."+word+"_do")}
		if action == Report {
			i.Due = r.Next
		}
		out = append(out, i)
	}
	return out, nil
}

func (c Case) owesReport(who people.Standing) bool {
	return slices.ContainsFunc(who.Posts, func(h people.Holding) bool {
		return h.Within(c.Executor) && (h.Body == c.Initiative.Sponsor || h.Signs && h.Body == c.Executor)
	})
}
