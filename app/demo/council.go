package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
)

// council turns tenders into moments. What a file leaves open is decided by lot,
// and the lot falls the same way every time.
type council struct {
	*teller
	crowd   []neighbour
	area    neighbourhood
	luck    *rand.Rand
	first   map[string]time.Time // when an author's first idea is published
	thought map[string]*thought  // by key
	out     []moment
}

// thought is an idea as it is told: once, by somebody, at a time.
type thought struct {
	proposal
	tender     *tender
	sent, seen time.Time // seen: published
	last       time.Time // until when people speak of it
	moderated  time.Time // the last act of moderation
	number, id string    // once it is sent
}

// ideas are the moments of all tenders.
func (t *teller) ideas(n neighbourhood, tenders []tender) ([]moment, error) {
	c := &council{teller: t, area: n, luck: rand.New(rand.NewPCG(2026, 11)), first: map[string]time.Time{}, thought: t.thoughts}
	if err := c.gatherCrowd(); err != nil {
		return nil, err
	}
	var all []*thought
	for i := range tenders {
		c.challenge(&tenders[i])
		all = append(all, c.thoughts(&tenders[i])...)
	}
	slices.SortStableFunc(all, func(a, b *thought) int { return a.sent.Compare(b.sent) })
	for _, x := range all {
		c.publication(x)
		c.life(x)
	}
	for i := range tenders {
		c.voices(&tenders[i], all)
	}
	return c.out, nil
}

// gatherCrowd names the neighbours; their accounts are made with all others.
func (c *council) gatherCrowd() error {
	for i, line := range c.area.People {
		name, place, ok := strings.Cut(line, "; ")
		if !ok {
			return fmt.Errorf("%s: %q has no place", neighboursFile, line)
		}
		c.crowd = append(c.crowd, neighbour{key: crowdKey(i), name: name, place: place, camp: i % camps})
	}
	return nil
}

func crowdKey(i int) string { return fmt.Sprintf("vecindario-%03d", i+1) }

// do adds a moment of somebody.
func (c *council) do(at time.Time, by, place string, fn func(context.Context) error) {
	c.out = append(c.out, moment{at: at, by: by, place: place, do: fn})
}

// asOne is the context of a neighbour, who never holds a post: their standing is
// read once.
func (t *teller) asOne(ctx context.Context, key string, at time.Time) (context.Context, error) {
	who, ok := t.standings[key]
	if !ok {
		var err error
		if who, err = t.People.Standing(ctx, t.persons[key]); err != nil {
			return ctx, err
		}
		t.standings[key] = who
	}
	return people.With(clock.At(ctx, at), who), nil
}

// guests are the last neighbours of the list: they speak only when a file calls
// them, because what they write does not stay.
const guests = 8

// someone is a neighbour by lot, rather of the place.
func (c *council) someone(place string) neighbour {
	var near []neighbour
	usual := c.crowd[:max(len(c.crowd)-guests, 0)]
	for _, n := range usual {
		if n.place == place {
			near = append(near, n)
		}
	}
	if len(near) == 0 || c.luck.IntN(5) == 0 {
		near = usual
	}
	return near[c.luck.IntN(len(near))]
}

// some are n different neighbours by lot.
func (c *council) some(n int) []neighbour {
	order := c.luck.Perm(len(c.crowd))
	out := make([]neighbour, min(n, len(order)))
	for i := range out {
		out[i] = c.crowd[order[i]]
	}
	return out
}

// atHome is a time of a day at which people write: from eight to half past ten
// at night.
func (c *council) atHome(day int) time.Time {
	return c.days.on(day).Add(8*time.Hour + time.Duration(c.luck.IntN(14*60+30))*time.Minute + time.Duration(c.luck.IntN(60))*time.Second)
}

// atWork is a time in the hours of the offices on the n-th day after a time, or
// on the first working day after that.
func (c *council) atWork(after time.Time, n int) time.Time {
	day := clock.DayOf(after, c.days.today.Location()).Time(c.days.today.Location()).AddDate(0, 0, n)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return day.Add(begins + 15*time.Minute + time.Duration(c.luck.IntN(7*60))*time.Minute)
}

// past says whether a time is over when the story is told.
func (c *council) past(at time.Time) bool { return at.Before(c.days.today) }

// between is a time in a span, rather early than late.
func (c *council) between(from, to time.Time) time.Time {
	span := to.Sub(from)
	if span <= 0 {
		return from
	}
	x := c.luck.Float64()
	at := c.awake(from.Add(time.Duration(x * x * float64(span))).Truncate(time.Second))
	if at.After(to) {
		at = to
	}
	return at
}

// awake is a time, or the morning after it when people sleep.
func (c *council) awake(at time.Time) time.Time {
	if h := at.In(c.days.today.Location()).Hour(); h < 8 {
		return at.Add(time.Duration(8-h) * time.Hour)
	}
	return at
}
