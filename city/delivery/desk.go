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

// deskMax is how many things of one sort stand on a desk; whoever owes more begins
// with these.
const deskMax = 50

// owed is an initiative of which something is expected, as its execution stands.
type owed struct {
	Initiative string    `db:"initiative"`
	Number     string    `db:"number"`
	Executor   string    `db:"executor"`
	Asked      string    `db:"asked"`
	Next       clock.Day `db:"next"`
}

const owedColumns = `e.initiative, e.number, e.executor, e.asked, e.next`

// debt is one sort of thing that is expected of people, found by the codes of their
// bodies or ministries.
type debt struct {
	action Action
	word   string // last part of the key of its sentence
	page   string // where it is done
	codes  []string
	sql    string // of rows of owed, up to the codes; $1 is how many, and then come the values of with
	with   []any
}

// Desk is what execution expects of a person today: to hand over what was adopted,
// to answer whether their ministry executes it or takes part, and reports that are
// due. The policy allows each.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.People.Asking(ctx, person)
	if err != nil {
		return nil, err
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	return m.deskOf(people.With(ctx, who), debts(who, soon(ctx, ch)))
}

// debts are what may be expected of somebody, reports up to a day. Each asks only for
// what the policy lets the person do, so that nothing it forbids takes the place of
// something owed.
func debts(who people.Standing, soon clock.Day) []debt {
	bodies, ministries := signing(who)
	return []debt{
		{action: HandOver, word: "hand_over", page: "/ejecucion", codes: bodies,
			sql: `SELECT ` + owedColumns + ` FROM delivery_execution e WHERE adopted = TRUE AND executor = '' AND asked = '' AND sponsor IN `},
		{action: Accept, word: "accept", page: "/ejecucion", codes: ministries,
			sql: `SELECT ` + owedColumns + ` FROM delivery_execution e WHERE asked IN `},
		{action: TakePart, word: "take_part", page: "/ejecucion", codes: ministries,
			sql: `SELECT ` + owedColumns + ` FROM delivery_part p JOIN delivery_execution e ON e.initiative = p.initiative WHERE p.state = 'asked' AND p.ministry IN `},
		reports(who, bodies, soon),
	}
}

// reports are those due up to a day: owed by whoever signs for the ministry and by
// the body that proposed the initiative. No code is "", which stands in both lists
// because an empty list is no SQL.
func reports(who people.Standing, heads []string, soon clock.Day) debt {
	sponsors, with := in(append(who.Bodies(), ""), 3)
	executors, more := in(append(slices.Clone(heads), ""), 3+len(with))
	return debt{action: Report, word: "report", page: "/ejecucion/informar", codes: ministriesOf(who), with: append(append([]any{soon}, with...), more...),
		sql: `SELECT ` + owedColumns + ` FROM delivery_execution e WHERE next <> '' AND next <= $2
			AND (sponsor IN ` + sponsors + ` OR executor IN ` + executors + `) AND executor IN `}
}

// signing are the bodies that the person signs for, and the ministries that those
// belong to.
func signing(who people.Standing) (bodies, ministries []string) {
	heads := people.Standing{Posts: slices.DeleteFunc(slices.Clone(who.Posts), func(h people.Holding) bool { return !h.Signs })}
	return heads.Bodies(), ministriesOf(heads)
}

// deskOf is what is expected of the person of the context.
func (m *Module) deskOf(ctx context.Context, all []debt) ([]desk.Item, error) {
	var out []desk.Item
	for _, d := range all {
		rows, err := m.owes(ctx, d)
		if err != nil {
			return nil, err
		}
		cases, err := m.cases(ctx, rows)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if c, known := cases[r.Initiative]; known && c.owes(ctx, d.action) {
				out = append(out, c.item(ctx, d, r))
			}
		}
	}
	return out, nil
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

func (m *Module) owes(ctx context.Context, d debt) ([]owed, error) {
	if len(d.codes) == 0 {
		return nil, nil
	}
	marks, codes := in(d.codes, 2+len(d.with))
	args := append(append([]any{deskMax}, d.with...), codes...)
	return db.Query[owed](ctx, m.db, d.sql+marks+` ORDER BY next, number LIMIT $1`, args...)
}

// cases are what the policy looks at, of many initiatives at once, by their ids.
func (m *Module) cases(ctx context.Context, rows []owed) (map[string]Case, error) {
	ids := make([]string, len(rows))
	for n, r := range rows {
		ids[n] = r.Initiative
	}
	initiatives, err := m.Roundtable.Initiatives(ctx, ids...)
	if err != nil {
		return nil, err
	}
	parts, err := m.partsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Case, len(rows))
	for _, r := range rows {
		i, known := initiatives[r.Initiative]
		if !known {
			continue
		}
		ch, err := m.Charters.ByID(ctx, i.Charter)
		if err != nil {
			return nil, err
		}
		out[i.ID] = Case{Charter: ch, Initiative: i, Executor: r.Executor, Asked: r.Asked, Participants: parts[i.ID]}
	}
	return out, nil
}

// owes says whether the policy lets the person do what is expected. A report is
// owed by whoever signs for the ministry and by the body that proposed it, not by
// everybody who may give one.
func (c Case) owes(ctx context.Context, action Action) bool {
	return c.May(ctx, action) && (action != Report || c.owesReport(people.Me(ctx)))
}

// item is what stands on the desk.
func (c Case) item(ctx context.Context, d debt, r owed) desk.Item {
	i := desk.Item{Detail: c.Initiative.Title, Href: "/iniciativas/" + r.Number + d.page, Subject: c.Initiative.Subject(),
		Title: i18n.T(ctx, "delivery.desk."+d.word, "number", r.Number), Action: i18n.T(ctx, "delivery.desk."+d.word+"_do")}
	if d.action == Report {
		i.Due = r.Next
	}
	return i
}

func (c Case) owesReport(who people.Standing) bool {
	return slices.ContainsFunc(who.Posts, func(h people.Holding) bool {
		return h.Within(c.Executor) && (h.Body == c.Initiative.Sponsor || h.Signs && h.Body == c.Executor)
	})
}
