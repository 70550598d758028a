package roundtable

import (
	"context"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
)

const (
	deskMax     = 50 // debts of each sort; whoever owes more begins with these
	opinionsMax = 10 // initiatives a board is asked about at once
)

// owed is a row of what somebody owes.
type owed struct {
	ID      string    `db:"id"`
	Number  string    `db:"number"`
	Title   string    `db:"title"` // of the initiative, or the text of the question
	Charter string    `db:"charter"`
	State   State     `db:"state"`
	Author  string    `db:"author"`
	Sponsor string    `db:"sponsor"`
	Due     clock.Day `db:"due"`
	What    string    `db:"what"` // code of the step, or id of the question
}

// debt is an act that is expected of a person.
type debt struct {
	Action Action
	owed
	Case
}

const (
	owedColumns = `i.id, i.number, i.charter, i.state, i.author, i.sponsor`

	owedCorrections = `SELECT ` + owedColumns + `, i.title, '' AS due, s.code AS what
		FROM roundtable_step s CROSS JOIN roundtable_initiative i
		WHERE s.state = 'returned' AND i.id = s.initiative AND i.sponsor = $1 AND i.state = 'filed' ORDER BY i.id LIMIT $2`
	owedAnswers = `SELECT ` + owedColumns + `, q.text AS title, q.due, q.id AS what
		FROM roundtable_question q JOIN roundtable_initiative i ON i.id = q.initiative
		WHERE q.answerer = $1 AND q.answered_at = 0 AND q.hidden = '' ORDER BY q.due LIMIT $2`
	owedDrafts = `SELECT ` + owedColumns + `, i.title, '' AS due, '' AS what
		FROM roundtable_initiative i WHERE i.sponsor = $1 AND i.state = 'draft' ORDER BY i.id DESC LIMIT $2`
	owedInvitations = `SELECT ` + owedColumns + `, i.title, '' AS due, '' AS what
		FROM roundtable_owner o JOIN roundtable_initiative i ON i.id = o.initiative
		WHERE o.ministry = $1 AND o.state = 'asked' AND i.state IN ('draft', 'filed', 'adopted', 'deferred') ORDER BY i.id LIMIT $2`
	owedDecisions = `SELECT ` + owedColumns + `, i.title, i.deferred_until AS due, '' AS what
		FROM roundtable_initiative i WHERE i.id IN (SELECT initiative FROM roundtable_tag WHERE area = 'public' AND kind = 'ready' AND code = '')
		ORDER BY i.id LIMIT $1`
	owedOpinions = `SELECT ` + owedColumns + `, i.title, '' AS due, '' AS what
		FROM roundtable_tag t JOIN roundtable_initiative i ON i.id = t.initiative
		WHERE t.area = 'public' AND t.kind = 'territory' AND t.code = $1 AND i.state = 'filed'
			AND NOT EXISTS (SELECT 1 FROM roundtable_comment c WHERE c.initiative = i.id AND c.public = TRUE AND c.body = $2)
		ORDER BY t.initiative DESC LIMIT $3`
)

// oweSignatures are the steps with the offices that the person signs for, save
// those that wait for somebody's attendance first.
func (m *Module) oweSignatures(ctx context.Context, _ *charter.Charter, who people.Standing) ([]debt, error) {
	var all []debt
	for _, office := range who.Bodies() {
		more, err := m.waitingFor(ctx, who, SignStep, office, "", func(step charter.Step, w Waiting) bool {
			return step.Attendance == "" || !w.Present.IsZero()
		})
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// oweAttendance are the steps that ask for the recorded presence of an office of
// the person.
func (m *Module) oweAttendance(ctx context.Context, ch *charter.Charter, who people.Standing) ([]debt, error) {
	var all []debt
	for _, step := range ch.Flow.Steps.All() {
		if _, in := who.In(ch.Office(step.Attendance)); step.Attendance == "" || !in {
			continue
		}
		more, err := m.waitingFor(ctx, who, Attend, ch.Office(step.Office), step.Code, func(_ charter.Step, w Waiting) bool {
			return w.State == InCourse && w.Present.IsZero()
		})
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// waitingFor are the first steps in the queue of an office that fit and on which
// the person may do the action. It reads on until it has enough of them, because
// those of the person's own side, which may be many, do not count.
func (m *Module) waitingFor(ctx context.Context, who people.Standing, action Action, office, step string, fits func(charter.Step, Waiting) bool) ([]debt, error) {
	var all []debt
	for f := (QueueFilter{Step: step}); ; {
		rows, err := m.waiting(ctx, office, f, deskMax)
		if err != nil {
			return nil, err
		}
		for _, w := range rows {
			d, may, err := m.debt(ctx, who, action, w.owed(), &Step{Code: w.Step, Office: w.Office})
			if err != nil {
				return nil, err
			}
			rules, _ := d.Case.Charter.Flow.Steps.Get(w.Step)
			if may && fits(rules, w) {
				all = append(all, d)
			}
			if len(all) == deskMax {
				return all, nil
			}
		}
		if len(rows) < deskMax {
			return all, nil
		}
		f.After = rows[deskMax-1].after()
	}
}

func (w Waiting) owed() owed {
	return owed{w.Initiative, w.Number, w.Title, w.Charter, Filed, w.Author, w.Sponsor, w.Due, w.Step}
}

// debt is the act on a row, and whether the policy of the row's own charter allows
// it to the person.
func (m *Module) debt(ctx context.Context, who people.Standing, action Action, o owed, step *Step, owners ...Owner) (debt, bool, error) {
	ch, err := m.charters.ByID(ctx, o.Charter)
	if err != nil {
		return debt{}, false, err
	}
	c := Case{Charter: ch, Initiative: Initiative{ID: o.ID, State: o.State, Author: o.Author, Sponsor: o.Sponsor}, Owners: owners, Step: step}
	return debt{action, o, c}, c.May(who, action), nil
}

// allowed asks a query and leaves the debts that the policy allows. The query asks
// for what the policy looks at, so that nearly all are.
func (m *Module) allowed(ctx context.Context, who people.Standing, action Action, owners []Owner, query string, args ...any) ([]debt, error) {
	rows, err := db.Query[owed](ctx, m.db, query, args...)
	if err != nil {
		return nil, err
	}
	var all []debt
	for _, o := range rows {
		d, may, err := m.debt(ctx, who, action, o, nil, owners...)
		if err != nil {
			return nil, err
		}
		if may {
			all = append(all, d)
		}
	}
	return all, nil
}

// ofSponsor asks a query for every body of the person.
func (m *Module) ofSponsor(ctx context.Context, who people.Standing, action Action, query string) ([]debt, error) {
	var all []debt
	for _, body := range who.Bodies() {
		more, err := m.allowed(ctx, who, action, nil, query, body, deskMax)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// oweCorrections are the steps that came back to a body of the person.
func (m *Module) oweCorrections(ctx context.Context, _ *charter.Charter, who people.Standing) ([]debt, error) {
	return m.ofSponsor(ctx, who, Resend, owedCorrections)
}

// oweAnswers are the questions of citizens to a body of the person.
func (m *Module) oweAnswers(ctx context.Context, _ *charter.Charter, who people.Standing) ([]debt, error) {
	return m.ofSponsor(ctx, who, Answer, owedAnswers)
}

// oweDrafts are the dossiers that a body of the person has begun.
func (m *Module) oweDrafts(ctx context.Context, _ *charter.Charter, who people.Standing) ([]debt, error) {
	return m.ofSponsor(ctx, who, Edit, owedDrafts)
}

// oweInvitations are the co-ownerships that a ministry of the person is asked for.
func (m *Module) oweInvitations(ctx context.Context, _ *charter.Charter, who people.Standing) ([]debt, error) {
	var all []debt
	seen := map[string]bool{}
	for _, h := range who.Posts {
		if !h.Signs || h.Ministry == "" || seen[h.Ministry] {
			continue
		}
		seen[h.Ministry] = true
		more, err := m.allowed(ctx, who, Accept, []Owner{{h.Ministry, OwnerAsked}}, owedInvitations, h.Ministry, deskMax)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// oweDecisions are the initiatives whose steps are all whole, for those who
// decide, and the deferred ones.
func (m *Module) oweDecisions(ctx context.Context, ch *charter.Charter, who people.Standing) ([]debt, error) {
	if _, may := (Case{Charter: ch}).Can(who, Decide); !may {
		return nil, nil
	}
	return m.allowed(ctx, who, Decide, nil, owedDecisions, deskMax)
}

// oweOpinions are the newest initiatives in the round that touch what a local board
// of the person governs and on which the board has not spoken.
func (m *Module) oweOpinions(ctx context.Context, ch *charter.Charter, who people.Standing) ([]debt, error) {
	var all []debt
	for _, body := range who.Bodies() {
		board, _ := ch.Bodies.Get(body)
		if board.Territory == "" {
			continue
		}
		more, err := m.allowed(ctx, who, Opine, nil, owedOpinions, board.Territory, body, opinionsMax)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}
