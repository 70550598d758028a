package jury

import (
	"context"
	"time"

	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/desk"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Desk is what a juror still owes: one line for each challenge.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	loads, err := db.Query[Load](ctx, m.DB, `SELECT challenge, person, owed, done FROM jury_load WHERE person = $1 AND owed > 0`, person)
	if err != nil || len(loads) == 0 {
		return nil, err
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	var out []desk.Item
	for _, l := range loads {
		c, err := m.City.ChallengeByID(ctx, l.Challenge)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !grading(c.Phase) {
			continue
		}
		out = append(out, desk.Item{Title: i18n.T(ctx, "ideas.jury.desk.title", "count", l.Owed), Detail: c.Title, Action: i18n.T(ctx, "ideas.jury.desk.action"),
			Href: juryHref(c.Number) + "/siguiente", Subject: c.Subject(), Due: dueOf(c, ch.City.Zone)})
	}
	return out, nil
}

// Forget parts a person whose account ends from what is kept here: grades given
// stay counted, notes and what was drawn go.
func (m *Module) Forget(ctx context.Context, person string) error {
	return m.DB.Write(ctx, func(ctx context.Context) error {
		for _, q := range []string{`UPDATE jury_review SET note = '', reason = '' WHERE person = $1`, `UPDATE jury_idea SET author = '' WHERE author = $1`,
			`UPDATE jury_idea SET drawn_to = '' WHERE drawn_to = $1`, `UPDATE jury_idea SET reader = 'gone' WHERE reader = $1`} {
			if _, err := m.DB.Exec(ctx, q, person); err != nil {
				return err
			}
		}
		return nil
	})
}

// grading says whether grades are given in a phase.
func grading(p ideas.Phase) bool {
	return p == ideas.PhaseOpen || p == ideas.PhaseEvaluating || p == ideas.PhaseAnswered
}

// dueOf is the day by which ideas are answered, and so evaluated.
func dueOf(c ideas.Challenge, zone *time.Location) clock.Day {
	return clock.DayOf(c.Closes.AddDate(0, 0, c.AnswerDays), zone)
}
func juryHref(number string) string { return "/mi-escritorio/ideas/jurado/" + number }
