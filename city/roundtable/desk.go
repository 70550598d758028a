package roundtable

import (
	"context"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

const deskMax = 50 // of each sort; whoever owes more begins with these

// owed is a row of what somebody owes.
type owed struct {
	ID     string    `db:"id"`
	Number string    `db:"number"`
	Title  string    `db:"title"`
	Due    clock.Day `db:"due"`
	Step   string    `db:"step"`  // code
	State  string    `db:"state"` // of the step
	Author string    `db:"author"`
	Body   string    `db:"sponsor"`
}

// Desk is what the roundtable expects of a person today: signatures of the
// person's offices, corrections, drafts and answers of the bodies the person
// sponsors for, invitations, decisions.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.people.Standing(ctx, person)
	if err != nil {
		return nil, err
	}
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	var items []desk.Item
	for _, ask := range []func(context.Context, *charter.Charter, people.Standing) ([]desk.Item, error){
		m.oweSignatures, m.oweAttendance, m.oweCorrections, m.oweAnswers, m.oweInvitations, m.oweDecisions, m.oweDrafts,
	} {
		more, err := ask(ctx, ch, who)
		if err != nil {
			return nil, err
		}
		items = append(items, more...)
	}
	return items, nil
}

func (o owed) item(ctx context.Context, what, href string) desk.Item {
	return desk.Item{Due: o.Due, Title: what, Detail: o.Title, Href: href, Subject: event.Subject{Kind: SubjectKind, ID: o.ID}}
}

func stepHref(number, step string) string { return "/iniciativas/" + number + "/pasos/" + step }

// oweSignatures are the steps with the offices that the person signs for, but
// for those of the person's own side.
func (m *Module) oweSignatures(ctx context.Context, ch *charter.Charter, who people.Standing) ([]desk.Item, error) {
	var items []desk.Item
	for _, h := range who.Posts {
		if !h.Signs {
			continue
		}
		rows, err := db.Query[owed](ctx, m.db, `SELECT i.id, i.number, i.title, s.due, s.code AS step, s.state, i.author, i.sponsor
			FROM roundtable_step s JOIN roundtable_initiative i ON i.id = s.initiative
			WHERE s.office = $1 AND s.due <> '' AND i.state = 'filed' ORDER BY s.due, s.initiative LIMIT $2`, h.Body, deskMax)
		if err != nil {
			return nil, err
		}
		for _, o := range rows {
			c := Case{Charter: ch, Initiative: Initiative{Author: o.Author, Sponsor: o.Body}}
			if c.OnProposersSide(who) {
				continue
			}
			item := o.item(ctx, i18n.T(ctx, "roundtable.desk.sign", "step", stepName(ctx, ch, o.Step)), stepHref(o.Number, o.Step))
			item.Action = i18n.T(ctx, "roundtable.desk.sign_do")
			items = append(items, item)
		}
	}
	return items, nil
}

func stepName(ctx context.Context, ch *charter.Charter, code string) string {
	s, ok := ch.Flow.Steps.Get(code)
	if !ok {
		return code
	}
	return s.Name.In(i18n.Of(ctx))
}

// oweAttendance are the steps that ask for the recorded presence of an office of
// the person.
func (m *Module) oweAttendance(ctx context.Context, ch *charter.Charter, who people.Standing) ([]desk.Item, error) {
	var items []desk.Item
	for _, step := range ch.Flow.Steps.All() {
		office := ch.Office(step.Attendance)
		if _, in := who.In(office); step.Attendance == "" || !in || office == ch.Office(step.Office) {
			continue
		}
		rows, err := db.Query[owed](ctx, m.db, `SELECT i.id, i.number, i.title, s.due, s.code AS step, s.state, i.author, i.sponsor
			FROM roundtable_step s JOIN roundtable_initiative i ON i.id = s.initiative
			WHERE s.office = $1 AND s.due <> '' AND s.code = $2 AND s.present_at = 0 AND i.state = 'filed' ORDER BY s.due, s.initiative LIMIT $3`,
			ch.Office(step.Office), step.Code, deskMax)
		if err != nil {
			return nil, err
		}
		for _, o := range rows {
			item := o.item(ctx, i18n.T(ctx, "roundtable.desk.attend", "step", step.Name.In(i18n.Of(ctx))), stepHref(o.Number, o.Step))
			item.Action = i18n.T(ctx, "roundtable.desk.attend_do")
			items = append(items, item)
		}
	}
	return items, nil
}

// oweCorrections are the steps that came back to a body of the person.
func (m *Module) oweCorrections(ctx context.Context, ch *charter.Charter, who people.Standing) ([]desk.Item, error) {
	return m.ofSponsor(ctx, ch, who, `SELECT i.id, i.number, i.title, '' AS due, s.code AS step, s.state, i.author, i.sponsor
		FROM roundtable_initiative i JOIN roundtable_step s ON s.initiative = i.id
		WHERE i.sponsor = $1 AND i.state = 'filed' AND s.state = 'returned' ORDER BY i.id LIMIT $2`,
		func(o owed) desk.Item {
			item := o.item(ctx, i18n.T(ctx, "roundtable.desk.correct", "step", stepName(ctx, ch, o.Step)), stepHref(o.Number, o.Step))
			item.Action = i18n.T(ctx, "roundtable.desk.correct_do")
			return item
		})
}

// oweAnswers are the questions of citizens to a body of the person.
func (m *Module) oweAnswers(ctx context.Context, ch *charter.Charter, who people.Standing) ([]desk.Item, error) {
	return m.ofSponsor(ctx, ch, who, `SELECT i.id, i.number, q.text AS title, q.due, q.id AS step, i.state, i.author, i.sponsor
		FROM roundtable_question q JOIN roundtable_initiative i ON i.id = q.initiative
		WHERE q.answerer = $1 AND q.answered_at = 0 AND q.hidden = '' ORDER BY q.due LIMIT $2`,
		func(o owed) desk.Item {
			item := o.item(ctx, i18n.T(ctx, "roundtable.desk.answer", "number", o.Number), "/iniciativas/"+o.Number+"#pregunta-"+o.Step)
			item.Action = i18n.T(ctx, "roundtable.desk.answer_do")
			return item
		})
}

// oweDrafts are the dossiers that a body of the person has begun.
func (m *Module) oweDrafts(ctx context.Context, ch *charter.Charter, who people.Standing) ([]desk.Item, error) {
	return m.ofSponsor(ctx, ch, who, `SELECT i.id, i.number, i.title, '' AS due, '' AS step, i.state, i.author, i.sponsor
		FROM roundtable_initiative i WHERE i.sponsor = $1 AND i.state = 'draft' ORDER BY i.id DESC LIMIT $2`,
		func(o owed) desk.Item {
			item := o.item(ctx, i18n.T(ctx, "roundtable.desk.draft"), "/iniciativas/"+o.Number+"/expediente")
			item.Action = i18n.T(ctx, "roundtable.desk.draft_do")
			return item
		})
}

// ofSponsor asks a query for every body of the person that may propose.
func (m *Module) ofSponsor(ctx context.Context, ch *charter.Charter, who people.Standing, query string, make func(owed) desk.Item) ([]desk.Item, error) {
	var items []desk.Item
	for _, body := range who.Bodies() {
		if !ch.MayPropose(body) {
			continue
		}
		rows, err := db.Query[owed](ctx, m.db, query, body, deskMax)
		if err != nil {
			return nil, err
		}
		for _, o := range rows {
			items = append(items, make(o))
		}
	}
	return items, nil
}

// oweInvitations are the co-ownerships that a ministry of the person is asked for.
func (m *Module) oweInvitations(ctx context.Context, _ *charter.Charter, who people.Standing) ([]desk.Item, error) {
	var items []desk.Item
	seen := map[string]bool{}
	for _, h := range who.Posts {
		if !h.Signs || h.Ministry == "" || seen[h.Ministry] {
			continue
		}
		seen[h.Ministry] = true
		rows, err := db.Query[owed](ctx, m.db, `SELECT i.id, i.number, i.title, '' AS due, '' AS step, i.state, i.author, i.sponsor
			FROM roundtable_owner o JOIN roundtable_initiative i ON i.id = o.initiative
			WHERE o.ministry = $1 AND o.state = 'asked' AND i.state IN ('draft', 'filed', 'adopted', 'deferred') ORDER BY i.id LIMIT $2`, h.Ministry, deskMax)
		if err != nil {
			return nil, err
		}
		for _, o := range rows {
			item := o.item(ctx, i18n.T(ctx, "roundtable.desk.invitation"), "/iniciativas/"+o.Number+"#ministerios")
			item.Action = i18n.T(ctx, "roundtable.desk.invitation_do")
			items = append(items, item)
		}
	}
	return items, nil
}

// oweDecisions are the initiatives whose steps are all whole, for those who
// decide, and the deferred ones.
func (m *Module) oweDecisions(ctx context.Context, ch *charter.Charter, who people.Standing) ([]desk.Item, error) {
	for _, h := range who.Posts {
		if !ch.MayDecide(h.Post) {
			continue
		}
		rows, err := db.Query[owed](ctx, m.db, `SELECT i.id, i.number, i.title, i.deferred_until AS due, '' AS step, i.state, i.author, i.sponsor
			FROM roundtable_initiative i WHERE i.id IN (SELECT initiative FROM roundtable_tag WHERE area = 'public' AND kind = 'ready' AND code = '')
			ORDER BY i.id LIMIT $1`, deskMax)
		if err != nil {
			return nil, err
		}
		var items []desk.Item
		for _, o := range rows {
			what := i18n.T(ctx, "roundtable.desk.decide")
			if o.State == string(Deferred) {
				what = i18n.T(ctx, "roundtable.desk.deferred")
			}
			item := o.item(ctx, what, "/iniciativas/"+o.Number+"/decision")
			item.Action = i18n.T(ctx, "roundtable.desk.decide_do")
			items = append(items, item)
		}
		return items, nil
	}
	return nil, nil
}
