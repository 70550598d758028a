package meetings

import (
	"context"
	"slices"
	"time"

	"ronda/platform/clock"
	"ronda/platform/fault"
)

// SplitSeries moves the rest of a series, from the occurrence of that instant on:
// the old one ends before that day and next goes on. Of next the fields of a
// form are read; Kind and Private stay, and the guests when next names none.
// Coming meetings pass over with their numbers and agendas: one on a day that
// next has too stays as it was changed by hand, the others follow next in order.
// Faults as in CreateSeries, and Invalid on "from".
func (m *Module) SplitSeries(ctx context.Context, number string, from time.Time, why string, next Series) (Series, error) {
	err := m.onSeries(ctx, number, EditMeeting, func(ctx context.Context, w *course) error {
		rest, err := w.rest(ctx, from)
		if err != nil {
			return err
		}
		if err := w.checkSplit(ctx, from, why, rest); err != nil {
			return err
		}
		to, err := w.goesOn(ctx, from, next)
		if err != nil {
			return err
		}
		if err := w.passOver(ctx, to, rest, why); err != nil {
			return err
		}
		if err := w.end(ctx, w.day(from.Add(-24*time.Hour)), why); err != nil {
			return err
		}
		if err := to.notify(ctx, Request, to.Series.Guests, why); err != nil {
			return err
		}
		next = to.Series
		return w.tell(ctx, EventSeriesSplit, map[string]string{"next": next.Number, "from": stamp(from)}, words("why", why))
	})
	return next, err
}

func (w *course) checkSplit(ctx context.Context, from time.Time, why string, rest []Meeting) error {
	var c fault.Check
	c.Text("why", why, !w.Series.Called.IsZero(), TextMax)
	c.Require(from.After(clock.Now(ctx)), "from", "meetings.fault.past")
	c.Require(c.Failed("from") || len(rest) > 0 && rest[0].Occurrence.Equal(from), "from", "meetings.fault.occurrence")
	return c.Err()
}

// goesOn makes the series that goes on, without its occurrences.
func (w *course) goesOn(ctx context.Context, from time.Time, next Series) (*course, error) {
	old := w.Series
	if next.Guests == nil {
		next.Guests = old.Guests
	}
	next.Kind, next.Private, next.Invented = old.Kind, old.Private, old.Invented
	to := &course{Case: w.Case, m: w.m, Who: w.Who, As: w.As, Series: freshSeries(next)}
	to.Series.Continues, to.Series.Called = old.ID, old.Called
	if err := to.check(ctx); err != nil {
		return nil, err
	}
	var c fault.Check
	kept := old.times(w.Charter.City.Zone, old.First, from)
	c.Require(len(kept) == 0 || to.Series.First.After(kept[len(kept)-1]), "first", "meetings.fault.overlap")
	if err := c.Err(); err != nil {
		return nil, err
	}
	return to, to.insert(ctx)
}

// passOver gives the meetings of the rest to the series that goes on.
func (w *course) passOver(ctx context.Context, to *course, rest []Meeting, why string) error {
	horizon := clock.Now(ctx).Add(yearAhead)
	times := to.Series.times(w.Charter.City.Zone, to.Series.First, horizon)
	free, left := make([]time.Time, 0, len(times)), rest
	for _, at := range times {
		n := slices.IndexFunc(left, func(x Meeting) bool { return w.day(x.Occurrence) == w.day(at) })
		if n < 0 {
			free = append(free, at)
			continue
		}
		if err := w.hand(ctx, to.Series, left[n], at, true); err != nil {
			return err
		}
		left = slices.Delete(slices.Clone(left), n, n+1)
	}
	left = slices.DeleteFunc(slices.Clone(left), func(x Meeting) bool { return x.State == Cancelled })
	for n, x := range left {
		if n >= len(free) {
			if err := w.drop(ctx, x, to.Series.ID, why); err != nil {
				return err
			}
		} else if err := w.hand(ctx, to.Series, x, free[n], false); err != nil {
			return err
		}
	}
	for _, at := range free[min(len(left), len(free)):] {
		x := to.Series.occurrence(at)
		if err := w.m.insert(ctx, w.Charter, &x); err != nil {
			return err
		}
	}
	return w.settle(ctx, to, horizon)
}

// hand gives one meeting to the series next as its occurrence at. A meeting that
// keeps what was changed by hand stays where it was moved.
func (w *course) hand(ctx context.Context, next Series, x Meeting, at time.Time, keep bool) error {
	old, fresh := w.Series.occurrence(x.Occurrence), next.occurrence(at)
	stays := keep && x.MovedAway()
	x.Series, x.Occurrence, x.UID = next.ID, at, next.UID
	if !stays {
		x.Starts = at
	}
	follow(&x.Title, old.Title, fresh.Title)
	follow(&x.Purpose, old.Purpose, fresh.Purpose)
	follow(&x.Place, old.Place, fresh.Place)
	follow(&x.Link, old.Link, fresh.Link)
	follow(&x.Length, old.Length, fresh.Length)
	follow(&x.Chair, old.Chair, fresh.Chair)
	follow(&x.Capacity, old.Capacity, fresh.Capacity)
	follow(&x.Quorum, old.Quorum, fresh.Quorum)
	if equal(x.Secretaries, old.Secretaries) {
		x.Secretaries = fresh.Secretaries
	}
	x.Apart = x.State == Cancelled || stays || x.Title != fresh.Title || x.Purpose != fresh.Purpose || x.Place != fresh.Place ||
		x.Link != fresh.Link || x.Length != fresh.Length
	x.Sequence = max(x.Sequence, next.Sequence)
	x.Changed = clock.Now(ctx)
	x.Version++
	return w.m.save(ctx, x)
}

// follow makes a field that did not differ from the old series say the new one's.
func follow[T comparable](field *T, old, fresh T) {
	if *field == old {
		*field = fresh
	}
}

// settle passes the backlog over and notes how far occurrences are made.
func (w *course) settle(ctx context.Context, to *course, horizon time.Time) error {
	to.Series.Until = horizon
	if to.Series.First.After(horizon) {
		to.Series.Until = to.Series.First
	}
	if err := w.m.saveSeries(ctx, to.Series); err != nil {
		return err
	}
	_, err := w.m.db.Exec(ctx, `UPDATE meetings_item SET series = $2 WHERE series = $1 AND meeting = ''`, w.Series.ID, to.Series.ID)
	return err
}
