package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/workplan"
	"ronda/city/ideas"
	"ronda/city/ideas/ballot"
	"ronda/city/ideas/jury"
	"ronda/city/ideas/opinions"
	"ronda/city/indicators/impact"
	"ronda/city/meetings"
	"ronda/city/notices"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
)

// Deps are the modules whose use cases the story goes through.
type Deps struct {
	DB         *db.DB
	Charters   *charter.Store
	People     *people.Module
	Roundtable *roundtable.Module
	Notices    *notices.Module
	Ideas      *ideas.Module
	Opinions   *opinions.Module
	Ballot     *ballot.Module
	Jury       *jury.Module
	Meetings   *meetings.Module
	Delivery   *delivery.Module
	Plans      *workplan.Module
	Budget     *budget.Module
	Impact     *impact.Module
}

// Build tells the story of the charter's city in an empty database, up to
// yesterday and a meeting that is running, in one write. Where it was told already it does nothing.
func Build(ctx context.Context, d Deps) error {
	told, err := Roles(ctx, d.DB)
	if err != nil || len(told) > 0 {
		return err
	}
	ch, err := d.Charters.Current(ctx)
	if err != nil {
		return err
	}
	days := newCalendar(clock.Now(ctx), ch.City.Zone)
	s, err := load(stories, ch.City.Code, days)
	if err != nil {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context) error {
		t := &teller{Deps: d, days: days, persons: map[string]string{}, posts: map[string]bool{}, standings: map[string]people.Standing{},
			threads: map[string]*thread{}, thoughts: map[string]*thought{}}
		return t.tell(ctx, s)
	})
}

// teller tells a story once.
type teller struct {
	Deps
	days      calendar
	persons   map[string]string          // id by key
	posts     map[string]bool            // who holds one, by key
	standings map[string]people.Standing // of neighbours, by key
	threads   map[string]*thread         // by chapter
	thoughts  map[string]*thought        // ideas by key
}

// thread is what an initiative has become so far.
type thread struct {
	chapter
	number  string
	subject event.Subject
	refs    map[string]string // ids of questions and barriers
}

// scene is an act about to be done.
type scene struct {
	*teller
	*thread
	act
	at time.Time
}

// moment is something about to be done.
type moment struct {
	at    time.Time
	by    string // key of a person; empty: the clock
	place string // where the story says so
	do    func(context.Context) error
}

func (t *teller) tell(ctx context.Context, s story) error {
	if err := t.gather(ctx, s); err != nil {
		return fmt.Errorf("%s: %w", castFile, err)
	}
	all, err := t.ideas(s.neighbours, s.tenders)
	if err != nil {
		return err
	}
	all = append(all, t.scenes(s)...)
	all = append(all, t.gatherings(s.agenda, s.cast)...)
	all = append(all, t.executed(s.execution)...)
	slices.SortStableFunc(all, func(a, b moment) int { return a.at.Compare(b.at) })
	for _, x := range all {
		if err := t.play(ctx, x); err != nil {
			return fmt.Errorf("%s, on %s: %w", x.place, x.at.Format(time.DateTime), err)
		}
	}
	return t.open(ctx, s.cast)
}

// scenes are the acts of all chapters with their hours. They are told in that
// order whatever file they stand in: the numbers of initiatives and the record of
// a city grow with time.
func (t *teller) scenes(s story) []moment {
	var all []moment
	add := func(file int, th *thread, acts []act) {
		busy := map[time.Time]int{}
		for _, a := range acts {
			day := t.days.work(a.Day)
			x := scene{t, th, a, t.days.hour(day, file, busy[day])}
			all = append(all, moment{x.at, x.By, x.place + ": " + x.Do, func(ctx context.Context) error { return verbs[x.Do](ctx, x) }})
			busy[day]++
		}
	}
	add(0, &thread{}, s.cast.Acts)
	for n, c := range s.chapters {
		t.threads[c.Name] = &thread{chapter: c, refs: map[string]string{}}
		add(n+1, t.threads[c.Name], c.Acts)
	}
	return all
}

// play has the person do what is due, as whoever they are then.
func (t *teller) play(ctx context.Context, x moment) (err error) {
	switch {
	case x.by == "":
		ctx = clock.At(ctx, x.at)
	case t.posts[x.by]:
		ctx, err = t.as(ctx, x.by, x.at)
	default:
		ctx, err = t.asOne(ctx, x.by, x.at)
	}
	if err != nil {
		return err
	}
	return x.do(ctx)
}

// as is the context of a person at a time.
func (t *teller) as(ctx context.Context, key string, at time.Time) (context.Context, error) {
	person, ok := t.persons[key]
	if !ok {
		return ctx, fmt.Errorf("nobody is called %q", key)
	}
	ctx = clock.At(ctx, at)
	who, err := t.People.Standing(ctx, person)
	return people.With(ctx, who), err
}

// gather makes the persons, the administrators and who holds which post.
func (t *teller) gather(ctx context.Context, s story) error {
	c := s.cast
	begin := t.days.hour(t.days.work(c.Begins), 0, 0)
	ctx = clock.At(ctx, begin)
	if err := t.create(ctx, s); err != nil {
		return err
	}
	for n, key := range c.Administrators {
		if err := t.administer(ctx, n, key, c.Administrators[0], begin); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	ctx, err := t.as(ctx, c.Administrators[0], begin)
	if err != nil {
		return err
	}
	for _, p := range c.People {
		if err := t.appoint(ctx, p, c.Begins); err != nil {
			return fmt.Errorf("%s: %w", p.Key, err)
		}
	}
	return nil
}

// create makes the persons: those of the cast and the neighbours.
func (t *teller) create(ctx context.Context, s story) error {
	all := slices.Clone(s.cast.People)
	for i, line := range s.neighbours.People {
		name, _, _ := strings.Cut(line, ";")
		all = append(all, player{Key: crowdKey(i), Name: name})
	}
	for _, p := range all {
		id, err := t.People.CreateInvented(ctx, p.Name)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Key, err)
		}
		t.persons[p.Key], t.posts[p.Key] = id, p.Post != "" || slices.Contains(s.cast.Administrators, p.Key)
	}
	return nil
}

// administer makes the n-th administrator; the first one makes the others.
func (t *teller) administer(ctx context.Context, n int, key, first string, at time.Time) error {
	if n == 0 {
		return t.People.FirstAdministrator(ctx, t.persons[key])
	}
	ctx, err := t.as(ctx, first, at)
	if err != nil {
		return err
	}
	_, err = t.People.Grant(ctx, t.persons[key], people.RoleAdministrator)
	return err
}

func (t *teller) appoint(ctx context.Context, p player, begins int) error {
	if p.Post == "" {
		return nil
	}
	a := people.Appointment{Post: p.Post, Person: t.persons[p.Key], From: string(t.days.day(begins))}
	if p.Since != nil {
		a.From = string(t.days.day(*p.Since))
	}
	if p.Until != nil {
		a.Last = string(t.days.day(*p.Until))
	}
	_, _, err := t.People.Appoint(ctx, a)
	return err
}

// open lets visitors in.
func (t *teller) open(ctx context.Context, c cast) error {
	for n, e := range c.Roles {
		person, ok := t.persons[e.Person]
		if !ok {
			return fmt.Errorf("%s: role %s: nobody is called %q", castFile, e.Code, e.Person)
		}
		if err := keepRole(ctx, t.DB, n, Role{Code: e.Code, Person: person, Label: e.Label}); err != nil {
			return err
		}
	}
	return nil
}
