package room

import (
	"context"

	"ronda/city/meetings"
	"ronda/city/roundtable"
	"ronda/platform/ui"
)

// stillTitle says where the meeting is while no item is open.
func stillTitle(ctx context.Context, v nowView) string {
	switch {
	case v.State.Coming():
		return t(ctx, "now.coming", "time", v.Begins)
	case v.State == meetings.Running:
		return t(ctx, "now.between")
	case v.State == meetings.Cancelled:
		return t(ctx, "now.cancelled")
	}
	return t(ctx, "now.over")
}

// ownPlace says how many speak before the person.
func ownPlace(ctx context.Context, s selfView) string {
	switch {
	case s.Speaking:
		return t(ctx, "own.speaking")
	case s.Place == 1:
		return t(ctx, "own.place.next")
	}
	return t(ctx, "own.place", "place", s.Place)
}

// outcomes is what an item can close with; only one that informs closes by that.
func outcomes(ctx context.Context, inform bool) []ui.Option {
	var out []ui.Option
	for _, o := range meetings.Outcomes {
		if o != meetings.Informed || inform {
			out = append(out, ui.Option{Value: string(o), Text: t(ctx, "outcome."+string(o)), Hint: t(ctx, "close."+string(o))})
		}
	}
	return out
}

// stances is what a specialist may say.
func stances(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, s := range roundtable.Stances {
		out = append(out, ui.Option{Value: string(s), Text: t(ctx, "stance."+string(s))})
	}
	return out
}
