package meetings

import (
	"context"
	"slices"

	"ronda/platform/fault"
)

// SplitGroups makes working groups of a coming meeting, each a meeting of its own
// with the items and the guests it takes. Faults as of a new meeting, and on
// "groups", "items", "guests".
func (m *Module) SplitGroups(ctx context.Context, number string, groups []Group) ([]Meeting, error) {
	var out []Meeting
	err := m.act(ctx, number, EditMeeting, func(ctx context.Context, w *work) error {
		out = nil
		var c fault.Check
		c.Require(len(groups) > 0, "groups", "fault.required")
		c.Require(len(groups) <= GroupsMax, "groups", "fault.too_many", "max", GroupsMax)
		if err := c.Err(); err != nil {
			return err
		}
		guests, err := m.allGuests(ctx, w.Meeting)
		if err != nil {
			return err
		}
		for _, g := range groups {
			x, err := w.group(ctx, g, guests)
			if err != nil {
				return err
			}
			out = append(out, x)
			if err := w.tell(ctx, EventGrouped, false, map[string]string{"group": x.Number}, nil); err != nil {
				return err
			}
		}
		return w.change(ctx, ChangeItems, false)
	})
	return out, err
}

// group plans one working group.
func (w *work) group(ctx context.Context, g Group, all []Guest) (Meeting, error) {
	x := fresh(w.Meeting)
	x.Title, x.Place, x.Chair, x.Link, x.Open, x.Parent = g.Title, g.Place, g.Chair, "", false, w.Meeting.ID
	x.Convener, x.Quorum, x.Capacity = w.Meeting.Convener, 0, 0
	if !g.Starts.IsZero() {
		x.Starts = g.Starts.UTC()
	}
	if g.Length > 0 {
		x.Length = g.Length
	}
	var guests []Guest
	for _, key := range g.Guests {
		n := slices.IndexFunc(all, func(o Guest) bool { return o.Key == key })
		if n < 0 {
			return x, notFound()
		}
		o := all[n]
		if o.Role == RoleChair {
			o.Role = RoleRequired
		}
		guests = append(guests, Guest{Post: o.Post, Person: o.Person, Body: o.Body, Address: o.Address, Name: o.Name, Role: o.Role})
	}
	for n := range guests {
		if guests[n].Post != "" || guests[n].Person != "" {
			guests[n].Address = ""
		}
	}
	sub := &work{m: w.m, Who: w.Who, As: w.As, Case: Case{Charter: w.Charter, Meeting: x}}
	if err := sub.plan(ctx, guests); err != nil {
		return x, err
	}
	return sub.Meeting, w.hand(ctx, g.Items, sub.Meeting.ID)
}

// hand moves items of the meeting to a group.
func (w *work) hand(ctx context.Context, items []string, group string) error {
	for n, id := range items {
		i, err := w.untouched(ctx, id)
		if err != nil {
			return err
		}
		i.Meeting, i.Position = group, n+1
		i.Version++
		if err := w.m.saveItem(ctx, i); err != nil {
			return err
		}
	}
	return nil
}
