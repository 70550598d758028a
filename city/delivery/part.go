package delivery

import (
	"context"
	"strings"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Participation is a ministry that takes part, and with what.
type Participation struct {
	Part
	What string `db:"what"` // what it is asked to bring
}

// AddParticipant asks a further ministry to take part; what says with what. Faults:
// Invalid on "ministry" and "what".
func (m *Module) AddParticipant(ctx context.Context, number, ministry, what string) error {
	return m.act(ctx, number, Invite, func(ctx context.Context, w *work) error {
		what = strings.TrimSpace(what)
		var c fault.Check
		w.checkMinistry(ctx, &c, ministry)
		c.Text("what", what, true, LineMax)
		if !c.Failed("ministry") {
			c.Require(!w.participates(ministry, PartAsked) && !w.participates(ministry, PartIn), "ministry", "roundtable.fault.twice")
		}
		if err := c.Err(); err != nil {
			return err
		}
		return w.setPart(ctx, Participation{Part{ministry, PartAsked}, what}, EventPartAsked, "what", what)
	})
}

// AnswerParticipation is the ministry's answer; a participant leaves by answering
// no. The person signs for a body of that ministry. why may be empty.
func (m *Module) AnswerParticipation(ctx context.Context, number, ministry string, yes bool, why string) error {
	return m.act(ctx, number, TakePart, func(ctx context.Context, w *work) error {
		asked, in := w.participates(ministry, PartAsked), w.participates(ministry, PartIn)
		if !asked && !in || in && yes {
			return fault.New(fault.Conflict, "roundtable.fault.no_invitation")
		}
		var c fault.Check
		why = strings.TrimSpace(why)
		c.Text("reason", why, false, ReasonMax)
		if err := c.Err(); err != nil {
			return err
		}
		var signs bool
		if w.As, signs = roundtable.SignsForMinistry(w.Who, ministry); !signs {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		p := Participation{Part: Part{ministry, PartOut}}
		if yes {
			p.State = PartIn
			return w.setPart(ctx, p, EventPartIn, "", "")
		}
		return w.setPart(ctx, p, EventPartOut, "reason", why)
	})
}

// setPart writes where a participation stands; what it was asked for stays.
func (w *work) setPart(ctx context.Context, p Participation, kind, field, text string) error {
	_, err := w.m.db.Exec(ctx, `INSERT INTO delivery_part (initiative, ministry, state, what, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (initiative, ministry) DO UPDATE SET state = excluded.state, at = excluded.at,
		what = CASE WHEN excluded.what = '' THEN delivery_part.what ELSE excluded.what END`,
		w.Initiative.ID, p.Ministry, p.State, p.What, clock.Now(ctx))
	if err != nil {
		return err
	}
	return w.tell(ctx, kind, map[string]string{"ministry": p.Ministry}, field, text)
}

// Participations are the ministries that take part in an initiative or are asked
// to, by their codes.
func (m *Module) Participations(ctx context.Context, initiative string) ([]Participation, error) {
	return db.Query[Participation](ctx, m.db, `SELECT ministry, state, what FROM delivery_part WHERE initiative = $1 AND state <> 'out' ORDER BY ministry`, initiative)
}

// AnswersFor are the ministries that the person of the context may answer for,
// of those that take part or are asked to.
func (c Case) AnswersFor(ctx context.Context) []Part {
	var out []Part
	for _, p := range c.Participants {
		if _, signs := roundtable.SignsForMinistry(people.Me(ctx), p.Ministry); signs && p.State != PartOut {
			out = append(out, p)
		}
	}
	return out
}
