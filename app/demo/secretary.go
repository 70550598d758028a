package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ronda/city/meetings"
	"ronda/city/meetings/recur"
	"ronda/platform/clock"
)

// secretary turns the meetings of a story into moments.
type secretary struct {
	*teller
	agenda
	holders map[string]string // key of who holds a post now, by post
	out     []moment
}

// session is one meeting as it is told.
type session struct {
	*secretary
	gathering
	starts time.Time
	number string            // once it is planned
	items  map[string]string // ids by title
	seq    int               // of its moments, to tell same hours apart
}

// gatherings are the moments of all meetings.
func (t *teller) gatherings(a agenda, c cast) []moment {
	s := &secretary{teller: t, agenda: a, holders: map[string]string{}}
	for _, p := range c.People {
		if p.Post != "" && p.Until == nil {
			s.holders[p.Post] = p.Key
		}
	}
	for _, x := range a.Series {
		s.series(x)
	}
	for _, g := range a.Meetings {
		s.single(g)
	}
	return s.out
}

// do adds a moment of somebody; what is not past is left out.
func (s *secretary) do(at time.Time, by, place string, fn func(context.Context) error) {
	if at.Before(s.days.now) {
		s.out = append(s.out, moment{at: at, by: by, place: place, do: fn})
	}
}

// office is the n-th working day after a time, at an hour of the office.
func (s *secretary) office(after time.Time, n int, hour time.Duration) time.Time {
	zone := s.days.today.Location()
	day := clock.DayOf(after, zone).Time(zone).AddDate(0, 0, n)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return day.Add(hour)
}

// on is a time of day on a working day of the story.
func (s *secretary) on(day int, at string) time.Time {
	zone := s.days.today.Location()
	t, _ := recur.Wall(clock.DayOf(s.days.work(day), zone), at, zone)
	return t
}

// rule is how a series repeats.
func (c cycle) rule(days calendar) meetings.Rule {
	return meetings.Rule{Every: 1, Unit: c.Unit, Weekday: days.work(c.WeekdayOf).Weekday(), Nth: c.Nth, Count: c.Count}
}

// instants are those of the series: so many before today, the others after.
func (c cycle) instants(days calendar) []time.Time {
	zone, r := days.today.Location(), c.rule(days)
	first := days.on(-40 * (c.Past + 1))
	r.Count = 0
	all := r.Times(r.Start(clock.DayOf(first, zone)), c.Clock, zone, first, days.today.AddDate(2, 0, 0))
	n, _ := slices.BinarySearchFunc(all, days.today, time.Time.Compare)
	return all[n-c.Past:][:c.Count]
}

// series tells a series: planned and called a week before its first meeting.
func (s *secretary) series(c cycle) {
	times := c.instants(s.days)
	made := s.days.work(int(times[0].Sub(s.days.today).Hours()/24) - 8).Add(begins + 3*time.Hour)
	numbers := map[int64]string{}
	number := ""
	s.do(made, s.By, c.Title, func(ctx context.Context) (err error) {
		number, err = s.found(ctx, c, times, numbers)
		return err
	})
	for _, key := range c.Accept {
		s.do(s.office(made, 1, 11*time.Hour), key, c.Title, func(ctx context.Context) error {
			return s.Meetings.Respond(ctx, numbers[times[0].Unix()], meetings.Accepted, true)
		})
	}
	for _, w := range c.Backlog {
		s.do(s.on(w.Day, "12:20"), w.By, c.Title+": "+w.Title, func(ctx context.Context) error {
			_, err := s.Meetings.Propose(ctx, number, w.item(s.teller))
			return err
		})
	}
	for _, g := range c.Meetings {
		n := c.Past + g.Nth
		if g.Nth > 0 {
			n--
		}
		g.Chair, g.Kind, g.Length = c.Chair, c.Kind, c.Length
		x := &session{secretary: s, gathering: g, starts: times[n], items: map[string]string{}}
		x.find = func() { x.number = numbers[times[n].Unix()] }
		x.tell()
	}
}

// found plans and calls a series, and keeps the numbers of its meetings by their
// instants.
func (s *secretary) found(ctx context.Context, c cycle, times []time.Time, numbers map[int64]string) (string, error) {
	made, err := s.Meetings.CreateSeries(ctx, meetings.Series{Kind: c.Kind, Title: c.Title, Purpose: strings.TrimSpace(c.Purpose), Place: c.Place,
		Chair: c.Chair, Secretaries: c.Secretaries, First: times[0], Clock: c.Clock, Length: c.Length, Capacity: c.Capacity, Quorum: c.Quorum,
		Rule: c.rule(s.days), Guests: s.guests(c.Guests), Invented: true})
	if err != nil {
		return "", err
	}
	all, err := s.Meetings.Months(ctx, times[0], times[len(times)-1].Add(time.Hour))
	if err != nil {
		return "", err
	}
	for _, x := range all {
		if x.Series == made.ID {
			numbers[x.Occurrence.Unix()] = x.Number
		}
	}
	return made.Number, s.Meetings.CallSeries(ctx, made.Number)
}
