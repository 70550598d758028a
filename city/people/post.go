package people

import (
	"context"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Post is a seat, or several, in a body, as it was on a day.
type Post struct {
	Code     string
	Body     string
	Title    string // of that day, in the language of the context
	About    string
	Rank     charter.Rank
	Signs    bool // its holder may sign for the body
	Seats    int  // how many may hold it at once
	Years    int  // length of a term, 0 without one
	Renewals int  // how often in a row a term may be renewed, -1 without limit
	From, To clock.Day
}

// ActiveOn says whether the post exists on the day.
func (p Post) ActiveOn(day clock.Day) bool { return day.Within(p.From, p.To) }

// Post is a post as it is today, or as it last was when it has ended.
// fault.NotFound for an unknown code.
func (m *Module) Post(ctx context.Context, code string) (Post, error) {
	found, err := m.postsOn(ctx, "", "p.code", code)
	if err != nil {
		return Post{}, err
	}
	if len(found) == 0 {
		return Post{}, fault.New(fault.NotFound, "fault.notfound")
	}
	return found[0], nil
}

// Posts lists the posts of all bodies that exist on the day, in the city's own
// order; an empty day is today.
func (m *Module) Posts(ctx context.Context, day clock.Day) ([]Post, error) {
	day, err := m.orToday(ctx, day)
	if err != nil {
		return nil, err
	}
	all, err := m.postsOn(ctx, day, "")
	return keep(all, func(p Post) bool { return p.ActiveOn(day) }), err
}

// PostsOf lists the posts that a body has or had, in the city's own order.
func (m *Module) PostsOf(ctx context.Context, body string) ([]Post, error) {
	return m.postsOn(ctx, "", "t.body", body)
}

// PostTitles are the titles that posts had on a day, by code; unknown codes are
// left out. An empty day is today.
func (m *Module) PostTitles(ctx context.Context, day clock.Day, codes ...string) (map[string]string, error) {
	titles := make(map[string]string, len(codes))
	if len(codes) == 0 {
		return titles, nil
	}
	found, err := m.postsOn(ctx, day, "p.code", codes...)
	for _, p := range found {
		titles[p.Code] = p.Title
	}
	return titles, err
}

// postsOn reads the posts whose column has one of the values, all without a
// column, as they were on a day or on the nearest one. An empty day is today.
func (m *Module) postsOn(ctx context.Context, day clock.Day, column string, values ...string) ([]Post, error) {
	day, err := m.orToday(ctx, day)
	if err != nil {
		return nil, err
	}
	rows, err := m.postRows(ctx, column, values)
	if err != nil {
		return nil, err
	}
	lang := i18n.Of(ctx)
	var out []Post
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Post == rows[0].Post {
			n++
		}
		p, err := nearestPost(rows[:n], day).post(lang)
		if err != nil {
			return nil, err
		}
		out, rows = append(out, p), rows[n:]
	}
	return out, nil
}

func nearestPost(rows []postRow, day clock.Day) postRow {
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].Since <= day {
			return rows[i]
		}
	}
	return rows[0]
}

// keep is the elements for which fits holds.
func keep[T any](all []T, fits func(T) bool) []T {
	var out []T
	for _, x := range all {
		if fits(x) {
			out = append(out, x)
		}
	}
	return out
}

// HolderOn is who held the post on a day by term, whoever acted for them; with
// several seats, whoever had held one longest. ok is false when it was vacant.
// A signature for the post belongs to this person.
func (m *Module) HolderOn(ctx context.Context, post string, day clock.Day) (person string, ok bool, err error) {
	all, err := m.HoldersOn(ctx, post, day)
	if err != nil || len(all) == 0 {
		return "", false, err
	}
	return all[0], true, nil
}
