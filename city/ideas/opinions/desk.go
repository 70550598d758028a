package opinions

import (
	"context"
	"time"

	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

// heldRow is how much waits in one challenge, and since when.
type heldRow struct {
	Challenge string    `db:"challenge"`
	Number    string    `db:"number"`
	N         int       `db:"n"`
	Oldest    time.Time `db:"oldest"`
}

// deskMax is how many challenges stand on a desk.
const deskMax = 20

// Desk is what moderators owe: the statements that wait, by challenge.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.People.Asking(ctx, person)
	if err != nil {
		return nil, err
	}
	c, err := m.caseOf(ctx, Challenge{})
	if err != nil {
		return nil, err
	}
	if _, ok := c.Can(who, Moderate); !ok {
		return nil, nil
	}
	rows, err := db.Query[heldRow](ctx, m.db, `SELECT s.challenge, a.number, count(*) AS n, min(s.at) AS oldest
		FROM opinions_statement s JOIN opinions_assembly a ON a.challenge = s.challenge
		WHERE s.state = 'held' GROUP BY s.challenge, a.number ORDER BY min(s.at) LIMIT $1`, deskMax)
	if err != nil {
		return nil, err
	}
	var items []desk.Item
	for _, row := range rows {
		held, err := m.challenge(ctx, row.Number)
		if err != nil {
			return nil, err
		}
		c.Challenge = held
		items = append(items, desk.Item{Due: c.due(Statement{At: row.Oldest}), Title: i18n.T(ctx, "ideas.opinions.desk.title", "count", row.N), Detail: held.Title,
			Action: i18n.T(ctx, "ideas.opinions.desk.action"), Href: held.href("/moderar"), Subject: event.Subject{Kind: ideas.SubjectChallenge, ID: held.ID}})
	}
	return items, nil
}

// due is the day by which a statement that waits is to be read.
func (c Case) due(s Statement) clock.Day {
	return clock.DayOf(s.At.Add(time.Duration(c.Challenge.HoldHours)*time.Hour), c.Charter.City.Zone)
}

// today is the city's day.
func (c Case) today(ctx context.Context) clock.Day { return c.Charter.Today(clock.Now(ctx)) }
