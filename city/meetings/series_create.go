package meetings

import (
	"context"
	"time"

	"ronda/city/charter"
	"ronda/city/meetings/recur"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// yearAhead is how far occurrences are made; soonEnough, how much of it may be
// missing before a job makes more.
const (
	yearAhead  = 366 * 24 * time.Hour
	soonEnough = 7 * 24 * time.Hour
)

// course is one act on a series while its transaction runs.
type course struct {
	Case
	m      *Module
	Who    people.Standing
	As     people.Holding
	Series Series
}

// CreateSeries plans a series and makes its occurrences of a year. First is moved
// to the first instant that the rule allows. Chair and secretaries are guests of
// it without being named. Faults: Forbidden, Invalid on the fields of a form:
// kind, title, purpose, place, link, chair, secretaries, first, clock, length,
// capacity, quorum, every, unit, weekday, nth, count, until, guests.
func (m *Module) CreateSeries(ctx context.Context, s Series) (Series, error) {
	err := m.db.Write(ctx, func(ctx context.Context) error {
		ch, err := m.Charters.Current(ctx)
		if err != nil {
			return err
		}
		w := &course{m: m, Who: people.Me(ctx), Series: freshSeries(s)}
		w.Case = Case{Charter: ch, Meeting: Meeting{Kind: s.Kind}}
		if w.As, err = w.Require(w.Who, PlanSeries); err != nil {
			return err
		}
		if err := w.check(ctx); err != nil {
			return err
		}
		if err := w.insert(ctx); err != nil {
			return err
		}
		if err := m.extend(ctx, ch, &w.Series); err != nil {
			return err
		}
		s = w.Series
		return w.tell(ctx, EventSeriesPlanned, nil, nil)
	})
	return s, err
}

// freshSeries is what of a form's series is read.
func freshSeries(s Series) Series {
	return Series{Kind: s.Kind, Title: s.Title, Purpose: s.Purpose, Place: s.Place, Link: s.Link, Chair: s.Chair, Secretaries: s.Secretaries,
		First: s.First, Clock: s.Clock, Length: s.Length, Capacity: s.Capacity, Quorum: s.Quorum, Private: s.Private || s.Kind.Cycle(), Rule: s.Rule,
		Axis: s.Axis, Guests: s.Guests, Version: 1, Invented: s.Invented}
}

// checkRule says what of a rule cannot be.
func checkRule(c *fault.Check, r Rule) {
	switch p := r.Problem(); {
	case p == "":
	case p == "count" && r.Count > 0 && r.Until != "":
		c.Fail(p, "meetings.fault.rule.both")
	default:
		c.Fail(p, "meetings.fault.rule."+p)
	}
}

// check brings the series into the form in which it is kept.
func (w *course) check(ctx context.Context) error {
	c := form{ch: w.Charter}
	s := &w.Series
	w.texts(ctx, &c)
	c.Require(s.Kind != Collaborative, "kind", "meetings.fault.series_kind")
	checkRule(&c.Check, s.Rule)
	at, ok := recur.ParseClock(s.Clock)
	c.Require(ok, "clock", "meetings.fault.clock")
	s.Clock = at
	c.Require(!s.First.IsZero(), "first", "fault.required")
	if err := c.Err(); err != nil {
		return err
	}
	s.First, _ = recur.Wall(s.Rule.Start(clock.DayOf(s.First, w.Charter.City.Zone)), s.Clock, w.Charter.City.Zone)
	c.future(ctx, "first", s.First)
	c.Require(s.Rule.Until == "" || s.Rule.Until >= w.day(s.First), "until", "meetings.fault.until")
	var err error
	if s.Guests, err = w.m.checkGuests(ctx, w.Charter, &c.Check, s.Guests); err != nil {
		return err
	}
	s.Guests = officers(w.Charter, s.Guests, s.Chair, s.Secretaries)
	return c.Err()
}

// texts checks what a series says of each of its meetings.
func (w *course) texts(ctx context.Context, c *form) {
	s := &w.Series
	x := s.occurrence(s.First)
	c.texts(ctx, &x)
	s.Title, s.Purpose, s.Place, s.Link = x.Title, x.Purpose, x.Place, x.Link
}

// day is the city's day of an instant.
func (w *course) day(t time.Time) clock.Day { return clock.DayOf(t, w.Charter.City.Zone) }

// insert writes a new series with its guests.
func (w *course) insert(ctx context.Context) (err error) {
	s := &w.Series
	s.ID, s.Made = id.New(), clock.Now(ctx)
	s.UID, s.Changed, s.Until = s.ID, s.Made, s.First
	if s.Number, err = w.m.nextNumber(ctx, w.Charter, prefixSeries, s.First); err != nil {
		return err
	}
	if err := w.m.db.Insert(ctx, "meetings_series", s.row()); err != nil {
		return err
	}
	w.Meeting = s.shape()
	return w.m.insertGuests(ctx, s.ID, s.Guests)
}

// extend makes the occurrences of a series that are missing up to a year ahead.
func (m *Module) extend(ctx context.Context, ch *charter.Charter, s *Series) error {
	horizon := clock.Now(ctx).Add(yearAhead)
	if !horizon.After(s.Until) {
		return nil
	}
	for _, at := range s.times(ch.City.Zone, s.Until, horizon) {
		x := s.occurrence(at)
		if err := m.insert(ctx, ch, &x); err != nil {
			return err
		}
	}
	s.Until = horizon
	_, err := m.db.Exec(ctx, `UPDATE meetings_series SET made_until = $2 WHERE id = $1`, s.ID, horizon)
	return err
}

// times are the instants of the series in [from, to).
func (s Series) times(zone *time.Location, from, to time.Time) []time.Time {
	return s.Rule.Times(clock.DayOf(s.First, zone), s.Clock, zone, from, to)
}

// Tick makes the occurrences that came within a year; a job calls it each minute.
func (m *Module) Tick(ctx context.Context) error {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return err
	}
	due, err := db.Query[string](ctx, m.db, `SELECT number FROM meetings_series WHERE ended_at = 0 AND made_until < $1 ORDER BY made_until LIMIT 50`,
		clock.Now(ctx).Add(yearAhead-soonEnough))
	if err != nil {
		return err
	}
	for _, number := range due {
		err := m.db.Write(ctx, func(ctx context.Context) error {
			s, err := m.lockedSeries(ctx, number)
			if err != nil || !s.Ended.IsZero() {
				return err
			}
			return m.extend(ctx, ch, &s)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tell writes an event of the act on the series; none is public.
func (w *course) tell(ctx context.Context, kind string, data, text map[string]string) error {
	if data == nil {
		data = map[string]string{}
	}
	data["number"], data["kind"] = w.Series.Number, string(w.Series.Kind)
	_, err := w.m.log.Append(ctx, event.Event{Kind: kind, Subject: w.Series.Subject(), Data: data, Text: text,
		Actor: event.Actor{Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body}})
	return err
}
