package meetings

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// nobody is a name that nothing has: what nobody owes is not a visitor's.
const nobody = "-"

// columnsOf names columns of one table of a join.
func columnsOf(table, columns string) string {
	list := strings.Split(columns, ",")
	for n, c := range list {
		list[n] = table + "." + strings.TrimSpace(c)
	}
	return strings.Join(list, ", ")
}

const registerMeeting = `, m.number AS meeting_number, m.title AS meeting_title, m.kind AS meeting_kind, m.starts`

// ledger is one of the two registers.
type ledger struct{ table, columns, owner string }

var (
	decisionLedger   = ledger{"meetings_decision", decisionColumns, "owner"}
	commitmentLedger = ledger{"meetings_commitment", taskColumns, "who"}
)

// from is the tables of a register and which of its rows are asked for.
func (l ledger) from(q *query, ch *charter.Charter, who people.Standing, today clock.Day, r Register, after string) string {
	where := []string{q.recordSight(ch, who)}
	add := func(use bool, text string, v any) {
		if use {
			where = append(where, strings.ReplaceAll(text, "?", q.arg(v)))
		}
	}
	add(r.Owner != "", `r.`+l.owner+` = ?`, r.Owner)
	add(r.Ministry != "", `r.ministry = ?`, r.Ministry)
	add(r.Meeting != "", `r.meeting = ?`, r.Meeting)
	add(r.Series != "", `m.series = ?`, r.Series)
	add(r.Initiative != "", `r.initiative = ?`, r.Initiative)
	add(r.State != "", `r.state = ?`, r.State)
	add(r.Late, `r.state = 'open' AND r.due <> '' AND r.due < ?`, today)
	add(after != "", `r.id < ?`, after)
	if r.Mine {
		where = append(where, `r.`+l.owner+` IN `+q.in(append(debtors(who), cmp.Or(who.Person, nobody))))
	}
	return ` FROM ` + l.table + ` r JOIN meetings_meeting m ON m.id = r.meeting WHERE ` + strings.Join(where, " AND ")
}

// sql is the statement that reads a register, newest first; limit 0 reads all.
func (l ledger) sql(q *query, ch *charter.Charter, who people.Standing, today clock.Day, r Register, after string, limit int) string {
	sql := `SELECT ` + columnsOf("r", l.columns) + registerMeeting + l.from(q, ch, who, today, r, after) + ` ORDER BY r.id DESC`
	if limit > 0 {
		sql += ` LIMIT ` + strconv.Itoa(limit)
	}
	return sql
}

// debtors are the posts and bodies in whose name a person may owe something.
func debtors(who people.Standing) []string {
	var out []string
	for _, h := range who.Posts {
		out = append(out, h.Post, h.Body)
	}
	return out
}

// recordSight is what of the registers the person may see: what is public, with
// a post what is not private, and what is theirs, of a meeting of theirs or of
// their office.
func (q *query) recordSight(ch *charter.Charter, who people.Standing) string {
	see := []string{`r.public = TRUE`}
	if who.Official() {
		see = append(see, `r.private = FALSE`)
	}
	if keys := keysOf(who); len(keys) > 0 {
		in := q.in(keys)
		see = append(see, `r.meeting IN (SELECT meeting FROM meetings_attendee WHERE key IN `+in+`)`)
	}
	if coordination := ch.Office(charter.OfficeCoordination); coordination != "" {
		if _, in := who.In(coordination); in {
			see = append(see, `m.kind <> 'workshop'`)
		}
	}
	if lab := ch.Office(charter.OfficeLaboratory); lab != "" {
		if _, in := who.In(lab); in {
			see = append(see, `m.kind = 'workshop'`)
		}
	}
	return "(" + strings.Join(see, " OR ") + ")"
}

// ask puts the statement of a register together for the person of the context.
func (m *Module) ask(ctx context.Context, l ledger, r Register, after string, limit int) (string, []any, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return "", nil, err
	}
	var q query
	sql := l.sql(&q, ch, people.Me(ctx), ch.Today(clock.Now(ctx)), r, after, limit)
	return sql, q.args, nil
}

// Decisions is a page of the register, newest first; next continues it.
func (m *Module) Decisions(ctx context.Context, r Register, after string, size int) (rows []DecisionRow, next string, err error) {
	size = sized(size)
	sql, args, err := m.ask(ctx, decisionLedger, r, after, size+1)
	if err != nil {
		return nil, "", err
	}
	rows, err = db.Query[DecisionRow](ctx, m.db, sql, args...)
	if err != nil || len(rows) <= size {
		return rows, "", err
	}
	return rows[:size], rows[size-1].ID, nil
}

// Commitments is the same for commitments.
func (m *Module) Commitments(ctx context.Context, r Register, after string, size int) (rows []CommitmentRow, next string, err error) {
	size = sized(size)
	sql, args, err := m.ask(ctx, commitmentLedger, r, after, size+1)
	if err != nil {
		return nil, "", err
	}
	rows, err = db.Query[CommitmentRow](ctx, m.db, sql, args...)
	if err != nil || len(rows) <= size {
		return rows, "", err
	}
	return rows[:size], rows[size-1].ID, nil
}

// Tally is how many rows of a register stand where.
type Tally struct {
	Done    int `db:"done"`
	Open    int `db:"open"` // and not late
	Late    int `db:"late"`
	Dropped int `db:"dropped"`
}

// TallyDecisions counts what the filters ask for, wherever it stands.
func (m *Module) TallyDecisions(ctx context.Context, r Register) (Tally, error) {
	return m.tally(ctx, decisionLedger, r)
}

// TallyCommitments is the same for commitments.
func (m *Module) TallyCommitments(ctx context.Context, r Register) (Tally, error) {
	return m.tally(ctx, commitmentLedger, r)
}

func (m *Module) tally(ctx context.Context, l ledger, r Register) (Tally, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return Tally{}, err
	}
	var q query
	r.State, r.Late = "", false
	today := ch.Today(clock.Now(ctx))
	late := `r.due <> '' AND r.due < ` + q.arg(today)
	count := func(when string) string { return `coalesce(sum(CASE WHEN ` + when + ` THEN 1 ELSE 0 END), 0)` }
	sql := `SELECT ` + count(`r.state = 'done'`) + ` AS done, ` + count(`r.state = 'dropped'`) + ` AS dropped, ` +
		count(`r.state = 'open' AND `+late) + ` AS late, ` + count(`r.state = 'open' AND NOT (`+late+`)`) + ` AS open` +
		l.from(&q, ch, people.Me(ctx), today, r, "")
	return db.One[Tally](ctx, m.db, sql, q.args...)
}

func sized(size int) int {
	if size <= 0 || size > pageMax {
		return PageSize
	}
	return size
}

// EachDecision gives the whole register, for exports.
func (m *Module) EachDecision(ctx context.Context, r Register, fn func(DecisionRow) error) error {
	sql, args, err := m.ask(ctx, decisionLedger, r, "", 0)
	if err != nil {
		return err
	}
	return db.Each(ctx, m.db, sql, args, fn)
}

// EachCommitment is the same for commitments.
func (m *Module) EachCommitment(ctx context.Context, r Register, fn func(CommitmentRow) error) error {
	sql, args, err := m.ask(ctx, commitmentLedger, r, "", 0)
	if err != nil {
		return err
	}
	return db.Each(ctx, m.db, sql, args, fn)
}
