package town

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/workplan"
	"ronda/city/indicators"
	"ronda/city/indicators/impact"
	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/city/roundtable"
	schedule "ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/db"
)

const (
	carriedOut = 40 // initiatives that are carried out act by act; the others follow their example
	tasksOf    = 4  // of each
	valuesOf   = 12 // of the indicator of each
	months     = 14 // since when it is measured
)

// executing is the execution in a town, as the program wires it but for what
// listens.
type executing struct {
	t        *Town
	c        *Cast
	r        *rand.Rand
	delivery *delivery.Module
	plans    *workplan.Module
	budget   *budget.Module
	impact   *impact.Module
	lines    []string // codes of the law's
	year     int
}

func (t *Town) executing(c *Cast) *executing {
	x := &executing{t: t, c: c, r: rand.New(rand.NewPCG(9, 9)), year: time.Now().Year()}
	x.delivery = delivery.New(delivery.Deps{DB: t.DB, Log: t.Log, Charters: t.charters, People: t.People, Roundtable: t.Roundtable})
	x.plans = workplan.New(workplan.Deps{DB: t.DB, Log: t.Log, Charters: t.charters, People: t.People, Roundtable: t.Roundtable, Delivery: x.delivery})
	x.budget = budget.New(budget.Deps{DB: t.DB, Log: t.Log, People: t.People, Roundtable: t.Roundtable, Delivery: x.delivery})
	x.impact = impact.New(impact.Deps{DB: t.DB, Log: t.Log, Charters: t.charters, People: t.People, Roundtable: t.Roundtable, Delivery: x.delivery, Pepper: []byte("town")})
	return x
}

// Execute gives every initiative of a town that was settled before a work plan,
// money from a law of so many lines, and an indicator with its values. Some of
// those that were adopted are carried out by the acts of people; the rows of the
// others are written from those.
func (t *Town) Execute(ctx context.Context, c *Cast, lines int) error {
	x := t.executing(c)
	if err := x.law(ctx, lines); err != nil {
		return fmt.Errorf("law: %w", err)
	}
	all, err := db.Query[adopted](ctx, t.DB, `SELECT id, number, sponsor, ministry, axis FROM roundtable_initiative WHERE state = 'adopted' ORDER BY id LIMIT $1`, carriedOut)
	if err != nil {
		return err
	}
	for n, i := range all {
		if err := t.DB.Write(ctx, func(ctx context.Context) error { return x.carryOut(ctx, i, x.lines[n*len(x.lines)/carriedOut]) }); err != nil {
			return fmt.Errorf("%s: %w", i.Number, err)
		}
	}
	return t.DB.Write(ctx, func(ctx context.Context) error { return x.follow(ctx, all) })
}

// adopted is an initiative with who answers for it.
type adopted struct {
	ID       string `db:"id"`
	Number   string `db:"number"`
	Sponsor  string `db:"sponsor"`
	Ministry string `db:"ministry"`
	Axis     string `db:"axis"`
}

// law enacts this year's budget and brings its lines in as the list they come as.
func (x *executing) law(ctx context.Context, n int) error {
	ctx = people.With(ctx, x.t.Head(x.c, x.t.Charter.Office("planning")))
	if err := x.budget.Enact(ctx, budget.Law{Year: x.year, Number: "Ley 1", Day: clock.Day(fmt.Sprintf("%d-01-02", x.year-1))}); err != nil {
		return err
	}
	var list bytes.Buffer
	out := csv.NewWriter(&list)
	_ = out.Write([]string{"código", "institución", "programa", "nombre", "función", "fuente", "crédito"})
	for i := range n {
		x.lines = append(x.lines, fmt.Sprintf("%02d.%03d", i/1000, i%1000))
		_ = out.Write([]string{x.lines[i], pick(x.r, x.t.Charter.Ministries(x.t.Charter.Today(time.Now()))).Name.In("es"), "Programa " + strconv.Itoa(i/20),
			pick(x.r, openings), pick(x.r, x.t.Charter.Execution.Functions.All()).Code, pick(x.r, x.t.Charter.Execution.Sources.All()).Code, "900000000"})
	}
	out.Flush()
	file, err := budget.ReadFile(list.Bytes())
	if err != nil {
		return err
	}
	report, err := x.budget.Import(ctx, x.year, file, budget.Guess(file.Sheet), false)
	if err == nil && !report.Kept {
		err = fmt.Errorf("not taken: %d rows wrong, the first %+v", report.Wrong, report.Faults[:min(1, len(report.Faults))])
	}
	return err
}

// carryOut has the ministry take an initiative on, plan it, pay it and measure it.
func (x *executing) carryOut(ctx context.Context, i adopted, line string) error {
	ours := people.With(ctx, x.t.Head(x.c, i.Sponsor))
	if err := x.delivery.HandOver(ours, i.Number, i.Ministry, "Con lo que se firmó."); err != nil {
		return err
	}
	theirs := people.With(ctx, x.t.Head(x.c, i.Ministry))
	if err := x.delivery.Accept(theirs, i.Number, "La tomamos."); err != nil {
		return err
	}
	if _, err := x.plans.Edit(theirs, i.Number, 0, x.edits()...); err != nil {
		return err
	}
	if err := x.budget.Draw(theirs, i.Number, x.year, line, 50_000_00); err != nil {
		return err
	}
	if err := x.budget.ReportMoney(theirs, i.Number, x.year, line, budget.Stage{Period: fmt.Sprintf("%d-01", x.year), Committed: 30_000_00, Accrued: 20_000_00, Paid: 10_000_00}); err != nil {
		return err
	}
	return x.measure(theirs, i)
}

// edits are a small plan that began a while ago.
func (x *executing) edits() []workplan.Edit {
	all := []workplan.Edit{{Op: workplan.SetStart, Start: schedule.DayOf(time.Now().AddDate(0, -4, x.r.IntN(60)))}}
	for n := range tasksOf {
		code := strconv.Itoa(n + 1)
		all = append(all, workplan.Edit{Op: workplan.AddTask, Task: code, Fields: workplan.Fields{Name: pick(x.r, openings), Duration: 5 + x.r.IntN(40)}})
		if n > 0 {
			all = append(all, workplan.Edit{Op: workplan.SetLink, Link: schedule.Link{From: strconv.Itoa(n), To: code}})
		}
	}
	return all
}

// measure defines an indicator and tells its values of the last months.
func (x *executing) measure(ctx context.Context, i adopted) error {
	first := time.Now().AddDate(0, -months, 0)
	target, _ := impact.ReadValue("900", 0)
	baseline, _ := impact.ReadValue("100", 0)
	me := people.Me(ctx).Posts[0].Post
	d, err := x.impact.Define(ctx, i.Number, impact.Definition{Name: "Personas que participan", About: "Por registro.", Kind: impact.Outcome, Social: true, Unit: "personas",
		Direction: impact.Up, Baseline: baseline, BaselineDay: clock.DayOf(first, time.UTC), Target: target, TargetDay: clock.DayOf(time.Now().AddDate(1, 0, 0), time.UTC),
		Source: "Registro", Every: impact.Monthly, Post: me})
	if err != nil {
		return err
	}
	for n := range valuesOf {
		month := time.Date(first.Year(), first.Month()+time.Month(n+1), 1, 0, 0, 0, 0, time.UTC)
		if _, err := x.impact.Report(ctx, impact.Reading{Indicator: d.Number, Period: month.Format("2006-01"), Note: "Del registro.", Value: strconv.Itoa(110 + 40*n + x.r.IntN(30))}); err != nil {
			return err
		}
	}
	return nil
}

// heir is an initiative that follows the example of another.
type heir struct {
	Old       string `db:"old"`
	New       string `db:"new"`
	Number    string `db:"number"`
	Axis      string `db:"axis"`
	Ministry  string `db:"ministry"`
	Indicator string `db:"indicator"` // number of its own
	Line      string `db:"line"`      // id of that of the law which it draws on
}

// own makes an id of x for an heir: one of the same form that nobody has.
const own = "substr(x.id, 1, 24) || lower(hex(randomblob(6)))"

const ofIndicator = " x JOIN impact_indicator i ON i.id = x.indicator JOIN town_heir w ON w.old = i.initiative JOIN impact_indicator n ON n.number = w.indicator"

// inherited are the tables of execution whose rows are written again; indicators
// come before what hangs on them.
var inherited = []copiedTable{
	heirs("workplan_plan", map[string]string{"number": "w.number"}), heirs("workplan_task", nil), heirs("workplan_link", nil), heirs("workplan_objective", nil),
	heirs("budget_draw", map[string]string{"id": own, "line": "w.line"}), heirs("budget_column", map[string]string{"axis": "w.axis"}), heirs("budget_stage", map[string]string{"line": "w.line"}),
	heirs("impact_indicator", map[string]string{"id": own, "number": "w.indicator", "axis": "w.axis", "ministry": "w.ministry"}),
	{"impact_definition", "impact_definition" + ofIndicator, map[string]string{"indicator": "n.id"}},
	{"impact_tag", "impact_tag" + ofIndicator, map[string]string{"indicator": "n.id"}},
	{"impact_measurement", "impact_measurement" + ofIndicator, map[string]string{"id": own, "indicator": "n.id"}},
}

func heirs(name string, changes map[string]string) copiedTable {
	c := copiedTable{name, name + " x JOIN town_heir w ON w.old = x.initiative", map[string]string{"initiative": "w.new"}}
	for column, value := range changes {
		c.changes[column] = value
	}
	return c
}

// follow writes the execution of all other public initiatives from the examples.
func (x *executing) follow(ctx context.Context, examples []adopted) error {
	if _, err := x.t.DB.Exec(ctx, `CREATE TEMP TABLE town_heir (old TEXT, new TEXT PRIMARY KEY, number TEXT, axis TEXT, ministry TEXT, indicator TEXT, line TEXT)`); err != nil {
		return err
	}
	rest, err := db.Query[adopted](ctx, x.t.DB, `SELECT id, number, sponsor, ministry, axis FROM roundtable_initiative WHERE state NOT IN ($1, $2)
		AND id NOT IN (SELECT initiative FROM workplan_plan) ORDER BY id`, roundtable.Idea, roundtable.Draft)
	if err != nil {
		return err
	}
	lines, err := db.Query[string](ctx, x.t.DB, `SELECT id FROM budget_line WHERE year = $1 ORDER BY id`, x.year)
	if err != nil {
		return err
	}
	for n, i := range rest {
		w := heir{examples[n%len(examples)].ID, i.ID, i.Number, i.Axis, i.Ministry, fmt.Sprintf("IND-%d-%05d", x.year-1, n), lines[n%len(lines)]}
		if err := x.t.DB.Insert(ctx, "town_heir", w); err != nil {
			return err
		}
	}
	if _, err := x.t.DB.Exec(ctx, `CREATE INDEX temp.town_heir_old ON town_heir (old)`); err != nil {
		return err
	}
	for _, table := range inherited {
		if err := x.t.copyTable(ctx, table, 0); err != nil {
			return fmt.Errorf("%s: %w", table.name, err)
		}
	}
	return x.recount(ctx)
}

// recount brings lines, law and who executes in line with what was written.
func (x *executing) recount(ctx context.Context) error {
	for _, sql := range []string{
		`INSERT INTO delivery_execution (initiative, number, sponsor, adopted, executor, asked, since, reports, reported, next)
			SELECT i.id, i.number, i.sponsor, TRUE, i.ministry, '', i.decided_at, 0, '', '' FROM roundtable_initiative i
			WHERE i.state = 'adopted' AND i.id NOT IN (SELECT initiative FROM delivery_execution)`,
		`UPDATE delivery_execution SET executor = (SELECT ministry FROM roundtable_initiative i WHERE i.id = initiative), since = 1 WHERE adopted AND executor = ''`,
		`UPDATE budget_line SET uses = (SELECT count(*) FROM budget_draw d WHERE d.line = budget_line.id),
			drawn = (SELECT COALESCE(sum(amount), 0) FROM budget_draw d WHERE d.line = budget_line.id),
			committed = (SELECT COALESCE(sum(committed), 0) FROM budget_draw d WHERE d.line = budget_line.id),
			accrued = (SELECT COALESCE(sum(accrued), 0) FROM budget_draw d WHERE d.line = budget_line.id),
			paid = (SELECT COALESCE(sum(paid), 0) FROM budget_draw d WHERE d.line = budget_line.id)
			WHERE id IN (SELECT line FROM budget_draw)`,
		`UPDATE budget_law SET drawn = (SELECT sum(drawn) FROM budget_line l WHERE l.year = budget_law.year), committed = (SELECT sum(committed) FROM budget_line l WHERE l.year = budget_law.year),
			accrued = (SELECT sum(accrued) FROM budget_line l WHERE l.year = budget_law.year), paid = (SELECT sum(paid) FROM budget_line l WHERE l.year = budget_law.year)`,
		`DROP TABLE town_heir`,
	} {
		if _, err := x.t.DB.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

// Known is who holds the posts of a town that was settled before.
func (t *Town) Known(ctx context.Context) (*Cast, error) {
	today := t.Charter.Today(time.Now())
	c := &Cast{Begin: time.Now(), Posts: map[string]people.Standing{}}
	for _, post := range t.Charter.Posts.On(today) {
		person, ok, err := t.People.HolderOn(ctx, post.Code, today)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if c.Posts[post.Code], err = t.People.Standing(ctx, person); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Recompute computes both indices of the town from its database, as the program does
// after its start.
func (t *Town) Recompute(ctx context.Context) error {
	x := t.executing(nil)
	m := indicators.New(indicators.Deps{DB: t.DB, Charters: t.charters, Roundtable: t.Roundtable, Delivery: x.delivery, Impact: x.impact,
		Meetings: meetings.New(meetings.Deps{DB: t.DB, Log: t.Log, Charters: t.charters, People: t.People, Steps: t.Roundtable})})
	_, err := m.Picture(ctx)
	return err
}
