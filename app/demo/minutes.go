package demo

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"ronda/city/meetings"
	"ronda/city/roundtable"
	"ronda/platform/clock"
)

// record records what fell at an item, and lets it be kept or dropped later.
func (x *session) record(ctx context.Context, item string, p point) error {
	for _, d := range p.Decisions {
		_, err := x.Meetings.RecordDecision(ctx, x.number(), item, meetings.Decision{Text: d.What, Owner: d.Who, Due: x.due(d)})
		if err != nil {
			return fmt.Errorf("%s: %w", d.What, err)
		}
	}
	for _, c := range p.Commitments {
		_, err := x.Meetings.RecordCommitment(ctx, x.number(), item, meetings.Commitment{What: c.What, Who: c.Who, Due: x.due(c)})
		if err != nil {
			return fmt.Errorf("%s: %w", c.What, err)
		}
	}
	for _, s := range p.Specialists {
		err := x.Meetings.RecordSpecialist(ctx, x.number(), item, roundtable.Specialist{Name: s.Name, Organisation: s.Organisation, Area: s.Area,
			Procedure: s.Procedure, Stance: roundtable.Stance(s.Stance), Text: strings.TrimSpace(s.Text)})
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	return nil
}

func (x *session) due(p pledge) clock.Day {
	if p.Due == nil {
		return ""
	}
	return clock.DayOf(x.days.work(*p.Due), x.days.today.Location())
}

// after is what becomes of the minutes and of what was recorded.
func (x *session) after() {
	place := x.place
	if x.Approved > 0 {
		x.do(x.office(x.starts, x.Approved, 11*time.Hour+40*time.Minute), x.holders[x.Chair], place, func(ctx context.Context) error {
			return x.Meetings.Approve(ctx, x.number())
		})
	}
	if x.Signed > 0 {
		x.do(x.office(x.starts, x.Signed, 12*time.Hour+10*time.Minute), x.plans.By, place, func(ctx context.Context) error { return x.Meetings.Sign(ctx, x.number()) })
	}
	if x.Released > 0 {
		x.do(x.office(x.starts, x.Released, 12*time.Hour+40*time.Minute), x.plans.By, place, x.release)
	}
	for _, p := range x.Items {
		for _, d := range p.Decisions {
			x.settle(d, x.decision, x.Meetings.DecisionDone, x.Meetings.DropDecision)
		}
		for _, c := range p.Commitments {
			x.settle(c, x.commitment, x.Meetings.KeepCommitment, x.Meetings.DropCommitment)
		}
	}
}

// settle lets somebody say that a pledge is kept, or that it is given up.
func (x *session) settle(p pledge, number func(context.Context, string) (string, error), keep, drop func(ctx context.Context, number, text string) error) {
	day, say := p.Done, keep
	if p.Dropped != nil {
		day, say = p.Dropped, drop
	}
	if day == nil {
		return
	}
	x.do(x.on(*day, "17:30"), p.By, x.place, func(ctx context.Context) error {
		n, err := number(ctx, p.What)
		if err != nil {
			return err
		}
		return say(ctx, n, strings.TrimSpace(p.How))
	})
}

// decision is the number of a decision of the meeting by its text.
func (x *session) decision(ctx context.Context, text string) (string, error) {
	v, err := x.Meetings.Meeting(ctx, x.number())
	for _, d := range v.Decisions {
		if d.Text == text {
			return d.Number, nil
		}
	}
	return "", cmp.Or(err, fmt.Errorf("no decision %q", text))
}

// commitment is the number of a commitment of the meeting by its text.
func (x *session) commitment(ctx context.Context, text string) (string, error) {
	v, err := x.Meetings.Meeting(ctx, x.number())
	for _, c := range v.Commitments {
		if c.What == text {
			return c.Number, nil
		}
	}
	return "", cmp.Or(err, fmt.Errorf("no commitment %q", text))
}

// release makes public the items that the story says, with what was recorded of
// them.
func (x *session) release(ctx context.Context) error {
	v, err := x.Meetings.Meeting(ctx, x.number())
	if err != nil {
		return err
	}
	out := map[string]bool{}
	var what meetings.Release
	for _, p := range x.Items {
		if p.Public {
			item := idOf(v, p.Title)
			out[item], what.Items = true, append(what.Items, item)
		}
	}
	for _, d := range v.Decisions {
		if out[d.Item] && d.State != meetings.Dropped {
			what.Decisions = append(what.Decisions, d.Number)
		}
	}
	for _, c := range v.Commitments {
		if out[c.Item] && c.State != meetings.Dropped && (c.WhoKind == meetings.WhoPost || c.WhoKind == meetings.WhoBody) {
			what.Commitments = append(what.Commitments, c.Number)
		}
	}
	return x.Meetings.Release(ctx, x.number(), what)
}
