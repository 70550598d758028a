package roundtable

import (
	"context"
	"slices"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// InviteOwner asks a ministry to be co-owner.
func (m *Module) InviteOwner(ctx context.Context, number, ministry string) error {
	return m.act(ctx, number, Invite, "", func(ctx context.Context, w *work) error {
		if err := w.Fits(Invite); err != nil {
			return err
		}
		var c fault.Check
		body, ok := w.Charter.Bodies.Get(ministry)
		c.Require(ok && body.Kind.Ministerial() && body.ActiveOn(w.today(ctx)), "ministry", "roundtable.fault.unknown")
		c.Require(ministry != w.Initiative.Ministry, "ministry", "roundtable.fault.own_ministry")
		c.Require(!w.has(ministry, OwnerAsked) && !w.has(ministry, OwnerIn), "ministry", "roundtable.fault.twice")
		if err := c.Err(); err != nil {
			return err
		}
		return w.setOwner(ctx, ministry, OwnerAsked, EventOwnerAsked)
	})
}

// AnswerInvitation is the ministry's answer; a co-owner leaves by answering no.
// The person must sign for a body of that ministry.
func (m *Module) AnswerInvitation(ctx context.Context, number, ministry string, yes bool) error {
	return m.act(ctx, number, Accept, "", func(ctx context.Context, w *work) error {
		if err := w.Fits(Accept); err != nil {
			return err
		}
		asked, in := w.has(ministry, OwnerAsked), w.has(ministry, OwnerIn)
		if !asked && !in || in && yes {
			return fault.New(fault.Conflict, "roundtable.fault.no_invitation")
		}
		var ok bool
		if w.As, ok = SignsForMinistry(w.Who, ministry); !ok {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		if yes {
			return w.setOwner(ctx, ministry, OwnerIn, EventOwnerIn)
		}
		return w.setOwner(ctx, ministry, OwnerOut, EventOwnerOut)
	})
}

// SignsForMinistry gives the post by which the person signs for a body of the
// ministry, and so answers an invitation to it.
func SignsForMinistry(who people.Standing, ministry string) (people.Holding, bool) {
	for _, h := range who.Posts {
		if h.Signs && h.Ministry == ministry {
			return h, true
		}
	}
	return people.Holding{}, false
}

func (w *work) has(ministry string, state OwnerState) bool {
	return slices.Contains(w.Owners, Owner{ministry, state})
}

func (w *work) setOwner(ctx context.Context, ministry string, state OwnerState, kind string) error {
	_, err := w.m.db.Exec(ctx, `INSERT INTO roundtable_owner (initiative, ministry, state, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (initiative, ministry) DO UPDATE SET state = excluded.state, at = excluded.at`, w.Initiative.ID, ministry, state, clock.Now(ctx))
	if err != nil {
		return err
	}
	if w.Owners, err = w.m.owners(ctx, w.Initiative.ID); err != nil {
		return err
	}
	if err := w.retagAll(ctx); err != nil {
		return err
	}
	return w.tell(ctx, kind, state != OwnerAsked, map[string]string{"ministry": ministry}, nil)
}
