package demo

import (
	"context"
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
	plans   agenda
	holders map[string]string // key of who holds a post now, by post
	out     []moment
}

// session is one meeting as it is told.
type session struct {
	*secretary
	gathering
	starts time.Time
	number func() string // once it is planned
}

// gatherings are the moments of all meetings.
func (t *teller) gatherings(a agenda, c cast) []moment {
	s := &secretary{teller: t, plans: a, holders: map[string]string{}}
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
	s.do(made, s.plans.By, c.Title, func(ctx context.Context) (err error) {
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
		x := &session{secretary: s, gathering: g, starts: times[n], number: func() string { return numbers[times[n].Unix()] }}
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

// single tells a meeting of no series.
func (s *secretary) single(g gathering) {
	x := &session{secretary: s, gathering: g}
	if g.Running > 0 {
		x.starts = s.days.now.Add(-time.Duration(g.Running) * time.Minute).Truncate(time.Minute)
	} else {
		x.starts = s.on(g.Day, g.Clock)
	}
	number := ""
	x.number = func() string { return number }
	s.do(s.on(g.Made, "13:05"), s.plans.By, g.place, func(ctx context.Context) (err error) {
		number, err = x.plan(ctx)
		return err
	})
	x.tell()
}

// plan plans a meeting of no series and calls it, or asks about its dates.
func (x *session) plan(ctx context.Context) (string, error) {
	m := meetings.Meeting{Kind: x.Kind, Title: x.Title, Purpose: strings.TrimSpace(x.Purpose), Place: x.Place, Starts: x.starts, Length: x.Length,
		Chair: x.Chair, Secretaries: x.Secretaries, Capacity: x.Capacity, Quorum: x.Quorum, Open: x.Open, Guest: x.Guest, Host: x.Host,
		Logistics: strings.TrimSpace(x.Logistics), Invented: true}
	for _, l := range x.Materials {
		m.Materials = append(m.Materials, meetings.Document{Name: l.Label, URL: l.URL})
	}
	if x.Initiative != "" {
		m.Initiative = x.threads[x.Initiative].subject.ID
	}
	made, err := x.Meetings.CreateMeeting(ctx, m, x.guests(x.gathering.Guests))
	if err != nil {
		return "", err
	}
	if len(x.Poll) == 0 {
		return made.Number, x.Meetings.CallMeeting(ctx, made.Number)
	}
	var dates []time.Time
	for _, o := range x.Poll {
		dates = append(dates, x.on(o.Day, o.Clock))
	}
	return made.Number, x.Meetings.OpenPoll(ctx, made.Number, dates)
}

// guests reads who is invited: "@key" is a person, what has a blank somebody from
// outside, all else a post.
func (t *teller) guests(list []string) []meetings.Guest {
	out := make([]meetings.Guest, len(list))
	for n, g := range list {
		key, person := strings.CutPrefix(g, "@")
		switch {
		case person:
			out[n] = meetings.Guest{Person: t.persons[key], Role: meetings.RoleGuest}
		case strings.Contains(g, " "):
			out[n] = meetings.Guest{Name: g, Role: meetings.RoleGuest}
		default:
			out[n] = meetings.Guest{Post: g}
		}
	}
	return out
}

// item is a point as a form gives it.
func (p point) item(t *teller) meetings.Item {
	i := meetings.Item{Title: p.Title, Text: strings.TrimSpace(p.Text), Wanted: p.Wanted, Minutes: p.Minutes, Presenter: p.Presenter, Section: p.Section,
		Private: p.Private}
	if p.About != "" {
		about := t.threads[p.About]
		i.SubjectKind, i.SubjectID = about.subject.Kind, about.subject.ID
	}
	return i
}
