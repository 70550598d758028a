package ideas

import (
	"context"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// tellOf writes an event inside, about an idea whose row was not read as a whole.
func (m *Module) tellOf(ctx context.Context, idea, kind string, who people.Standing, data, text map[string]string) error {
	_, err := m.log.Append(ctx, event.Event{Kind: kind, Subject: event.Subject{Kind: SubjectIdea, ID: idea}, Data: data, Text: text,
		Actor: event.Actor{Person: who.Person}})
	return err
}

// Report tells the moderators that an idea (comment empty), or a comment of it,
// breaks the rules. Each person reports a thing once.
func (m *Module) Report(ctx context.Context, number, comment, why string) error {
	who := people.Me(ctx)
	if _, err := (Case{}).Require(who, MayReport); err != nil {
		return err
	}
	why, err := reason("reason", why, true)
	if err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		i, err := m.lock(ctx, number)
		if err != nil || !i.Public() {
			return orNotFound(err)
		}
		if comment != "" {
			if _, err := db.One[string](ctx, m.db, `SELECT id FROM ideas_comment WHERE id = $1 AND idea = $2 AND hidden = ''`, comment, i.ID); err != nil {
				return err
			}
		}
		return m.report(ctx, who, i, comment, why)
	})
}

func (m *Module) report(ctx context.Context, who people.Standing, i Idea, comment, why string) error {
	x, err := m.raised(ctx, matter{Kind: MatterReport, Idea: i.ID, Comment: comment, Text: why, Due: clock.Now(ctx).Add(matterTerm)})
	if err != nil {
		return err
	}
	n, err := m.db.Exec(ctx, `INSERT INTO ideas_report (id, matter, person, reason, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (matter, person) DO NOTHING`,
		id.New(), x, who.Person, why, clock.Now(ctx))
	if err != nil || n == 0 {
		return err
	}
	if err := m.spend(ctx, limitReport, who.Person); err != nil {
		return err
	}
	if _, err := m.db.Exec(ctx, `UPDATE ideas_matter SET n = n + 1 WHERE id = $1`, x); err != nil {
		return err
	}
	return m.tellOf(ctx, i.ID, EventReported, who, map[string]string{"comment": comment}, map[string]string{"reason": why})
}

// Reports are the reasons that people gave in a matter, for moderators.
func (m *Module) Reports(ctx context.Context, matter string) ([]string, error) {
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := (Case{Charter: ch}).Require(people.Me(ctx), MayModerate); err != nil {
		return nil, err
	}
	return db.Query[string](ctx, m.db, `SELECT reason FROM ideas_report WHERE matter = $1 ORDER BY id LIMIT 100`, matter)
}

// CloseReports says that what was reported, or looked like a brigade, may stay.
func (m *Module) CloseReports(ctx context.Context, matter, why string) error {
	x, err := db.One[Matter](ctx, m.db, `SELECT x.id, x.kind, x.idea, i.number, i.title, x.comment, x.text, x.n, x.due, x.opened_at
		FROM ideas_matter x JOIN ideas_idea i ON i.id = x.idea WHERE x.id = $1`, matter)
	if err != nil {
		return err
	}
	return m.act(ctx, x.Number, MayModerate, func(ctx context.Context, w *work) error {
		if x.Kind != MatterReport && x.Kind != MatterBrigade {
			return fault.New(fault.Conflict, "ideas.fault.state")
		}
		why, err := reason("reason", why, true)
		if err != nil {
			return err
		}
		n, err := m.db.Exec(ctx, `UPDATE ideas_matter SET closed_at = $2 WHERE id = $1 AND closed_at = 0`, matter, clock.Now(ctx))
		if err := db.Changed(n, err, "fault.conflict"); err != nil {
			return err
		}
		return w.tell(ctx, tale{kind: EventReportsClosed, data: map[string]string{"comment": x.Comment, "kind": x.Kind}, text: map[string]string{"reason": why}})
	})
}
