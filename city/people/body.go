package people

import (
	"context"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Body is a part of the government, or a board beside it, as it was on a day.
type Body struct {
	Code      string
	Kind      charter.Kind
	Name      string // of that day, in the language of the context
	Short     string // abbreviation, empty without one
	About     string // a sentence or two, may be empty
	Parent    string // code of the body above, empty at the top
	Territory string // code of the part of the city a local board governs
	Ministry  string // code of the ministry it is or belongs to, else of the top body above it
	Direction string // code of the general direction it is or belongs to, empty without one
	Path      []string
	From, To  clock.Day // from its foundation to its end, closed-open
}

// ActiveOn says whether the body exists on the day.
func (b Body) ActiveOn(day clock.Day) bool { return day.Within(b.From, b.To) }

// Within says whether the body is other or stands below it.
func (b Body) Within(other string) bool { return slices.Contains(b.Path, other) }

// BodyFilter picks bodies; the zero filter is all that exist today.
type BodyFilter struct {
	Day   clock.Day    // as of this day; empty: today
	Kind  charter.Kind // of this kind only
	Query string       // every word begins a word of the name, the abbreviation or the code
	Below string       // code: this body and those below it
	Ended bool         // also bodies that no longer exist, or not yet, on the day
}

// Body is a body as it is today, or as it last was when it has ended.
// fault.NotFound for an unknown code.
func (m *Module) Body(ctx context.Context, code string) (Body, error) { return m.BodyOn(ctx, code, "") }

// BodyOn is a body as it was on the day; outside of its life, as it was on the
// nearest day of it. An empty day is today.
func (m *Module) BodyOn(ctx context.Context, code string, day clock.Day) (Body, error) {
	found, err := m.bodiesOn(ctx, day, code)
	if err != nil {
		return Body{}, err
	}
	if len(found) == 0 {
		return Body{}, fault.New(fault.NotFound, "fault.notfound")
	}
	return found[0], nil
}

// Bodies lists bodies in the city's own order.
func (m *Module) Bodies(ctx context.Context, f BodyFilter) ([]Body, error) {
	day, err := m.orToday(ctx, f.Day)
	if err != nil {
		return nil, err
	}
	all, err := m.bodiesOn(ctx, day)
	if err != nil {
		return nil, err
	}
	return keep(all, func(b Body) bool { return (f.Ended || b.ActiveOn(day)) && f.Picks(b) }), nil
}

// Picks says whether the body fits the filter, whatever the day.
func (f BodyFilter) Picks(b Body) bool {
	return (f.Kind == "" || b.Kind == f.Kind) && (f.Below == "" || b.Within(f.Below)) &&
		begins(words(f.Query), words(b.Name+" "+b.Short+" "+b.Code))
}

// begins says whether each asked word begins one of the words.
func begins(asked, words []string) bool {
	for _, a := range asked {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, a) }) {
			return false
		}
	}
	return true
}

// BodyNames are the names that bodies had on a day, by code; unknown codes are
// left out. An empty day is today.
func (m *Module) BodyNames(ctx context.Context, day clock.Day, codes ...string) (map[string]string, error) {
	names := make(map[string]string, len(codes))
	if len(codes) == 0 {
		return names, nil
	}
	found, err := m.bodiesOn(ctx, day, codes...)
	for _, b := range found {
		names[b.Code] = b.Name
	}
	return names, err
}

// bodiesOn reads bodies, all of them without codes, as they were on a day.
func (m *Module) bodiesOn(ctx context.Context, day clock.Day, codes ...string) ([]Body, error) {
	day, err := m.orToday(ctx, day)
	if err != nil {
		return nil, err
	}
	rows, err := m.bodyRows(ctx, codes)
	if err != nil {
		return nil, err
	}
	lang := i18n.Of(ctx)
	var out []Body
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Code == rows[0].Code {
			n++
		}
		b, err := nearest(rows[:n], day).body(lang)
		if err != nil {
			return nil, err
		}
		out, rows = append(out, b), rows[n:]
	}
	return out, nil
}

// nearest is the row whose term holds the day, else the one next to it; rows
// are those of one body in order of time.
func nearest(rows []bodyRow, day clock.Day) bodyRow {
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].Since <= day {
			return rows[i]
		}
	}
	return rows[0]
}

// Naming is what a body was called for some days, closed-open.
type Naming struct {
	Name     string
	From, To clock.Day
}

// BodyNamings are the names a body has had, oldest first. fault.NotFound for an
// unknown code.
func (m *Module) BodyNamings(ctx context.Context, code string) ([]Naming, error) {
	rows, err := m.bodyRows(ctx, []string{code})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.NotFound, "fault.notfound")
	}
	var out []Naming
	for _, r := range rows {
		b, err := r.body(i18n.Of(ctx))
		if err != nil {
			return nil, err
		}
		if n := len(out); n > 0 {
			out[n-1].To = r.Since
			if out[n-1].Name == b.Name {
				continue
			}
		}
		out = append(out, Naming{Name: b.Name, From: r.Since})
	}
	out[len(out)-1].To = rows[0].To
	return out, nil
}

// Predecessors are the bodies whose work a body carries on, as they last were.
func (m *Module) Predecessors(ctx context.Context, code string) ([]Body, error) {
	return m.related(ctx, `SELECT body FROM people_heir WHERE heir = $1`, code)
}

// Heirs are the bodies that a body was merged or split into, as they are today;
// Successors follows them on.
func (m *Module) Heirs(ctx context.Context, code string) ([]Body, error) {
	return m.related(ctx, `SELECT heir FROM people_heir WHERE body = $1`, code)
}

func (m *Module) related(ctx context.Context, query, code string) ([]Body, error) {
	found, err := db.Query[string](ctx, m.db, query, code)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return m.bodiesOn(ctx, "", found...)
}

// Successors are the bodies that carry on a body's work on a day: itself while
// it lasts, afterwards what it was merged or split into, and so on. Empty when
// nothing carries it on, fault.NotFound for an unknown code.
func (m *Module) Successors(ctx context.Context, code string, day clock.Day) ([]Body, error) {
	heirs, err := m.heirs(ctx)
	if err != nil {
		return nil, err
	}
	all, err := m.bodiesOn(ctx, day)
	if err != nil {
		return nil, err
	}
	by := make(map[string]Body, len(all))
	for _, b := range all {
		by[b.Code] = b
	}
	if _, ok := by[code]; !ok {
		return nil, fault.New(fault.NotFound, "fault.notfound")
	}
	return follow(code, day, by, heirs, map[string]bool{}), nil
}

// follow walks the chain of heirs; seen stops at a body met before.
func follow(code string, day clock.Day, by map[string]Body, heirs map[string][]string, seen map[string]bool) []Body {
	b := by[code]
	if seen[code] || (b.From != "" && day < b.From) {
		return nil
	}
	seen[code] = true
	if b.ActiveOn(day) {
		return []Body{b}
	}
	var out []Body
	for _, h := range heirs[code] {
		out = append(out, follow(h, day, by, heirs, seen)...)
	}
	return out
}
