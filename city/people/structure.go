package people

import (
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/platform/clock"
)

// bodyFacts is what a body is during a term. Names are stored texts.
type bodyFacts struct {
	Kind      charter.Kind `db:"kind"`
	Name      string       `db:"name"`
	Short     string       `db:"short"`
	About     string       `db:"about"`
	Parent    string       `db:"parent"`
	Territory string       `db:"territory"`
}

type bodyTerm struct {
	Body  string    `db:"body"`
	Since clock.Day `db:"since"`
	Until clock.Day `db:"until"`
	bodyFacts
}

type lineRow struct {
	Body      string       `db:"body"`
	Since     clock.Day    `db:"since"`
	Until     clock.Day    `db:"until"`
	Kind      charter.Kind `db:"kind"`
	Path      string       `db:"path"`
	Ministry  string       `db:"ministry"`
	Direction string       `db:"direction"`
}

type moveRow struct {
	Body   string    `db:"body"`
	Since  clock.Day `db:"since"`
	Parent string    `db:"parent"`
}

// structure is the government over all days.
type structure struct {
	terms map[string][]bodyTerm // by body, in order of time
	heirs map[string][]string
	moves map[string][]moveRow // by body, in order of time
}

// deepest is how many bodies can stand above each other; a longer chain is a
// circle.
const deepest = 20

// lines says for every body and every stretch of days what stands above it. The
// stretches of a body fill its terms.
func (s structure) lines() []lineRow {
	cuts := s.days()
	var out []lineRow
	for body, terms := range s.terms {
		for _, t := range terms {
			out = append(out, s.linesOf(body, t, cuts)...)
		}
	}
	return out
}

// linesOf cuts one term wherever something above changes.
func (s structure) linesOf(body string, t bodyTerm, cuts []clock.Day) []lineRow {
	var out []lineRow
	starts := []clock.Day{t.Since}
	for _, d := range cuts {
		if d > t.Since && (t.Until == "" || d < t.Until) {
			starts = append(starts, d)
		}
	}
	for i, day := range starts {
		l := s.line(body, t, day)
		l.Until = t.Until
		if i+1 < len(starts) {
			l.Until = starts[i+1]
		}
		if n := len(out); n > 0 && out[n-1].Path == l.Path && out[n-1].Ministry == l.Ministry && out[n-1].Direction == l.Direction {
			out[n-1].Until = l.Until
			continue
		}
		out = append(out, l)
	}
	return out
}

// line is what stands above the body on a day.
func (s structure) line(body string, t bodyTerm, day clock.Day) lineRow {
	l := lineRow{Body: body, Since: day, Kind: t.Kind}
	path := []string{body}
	for at := t; ; {
		if l.Ministry == "" && at.Kind.Ministerial() {
			l.Ministry = at.Body
		}
		if l.Direction == "" && at.Kind == charter.KindGeneralDirection {
			l.Direction = at.Body
		}
		above, ok := s.above(at, day)
		if !ok || len(path) == deepest || slices.Contains(path, above.Body) {
			break
		}
		path = append(path, above.Body)
		at = above
	}
	if l.Ministry == "" {
		l.Ministry = path[len(path)-1]
	}
	l.Path = strings.Join(path, "/")
	return l
}

// above is the body right above on a day: the parent while it lasts; afterwards
// where a reorganisation moved the body, else what alone carries the parent on.
func (s structure) above(t bodyTerm, day clock.Day) (bodyTerm, bool) {
	if t.Parent == "" {
		return bodyTerm{}, false
	}
	if p, ok := s.on(t.Parent, day); ok {
		return p, true
	}
	moves := s.moves[t.Body]
	for i := len(moves) - 1; i >= 0; i-- {
		if moves[i].Since <= day {
			if p, ok := s.carriedOn(moves[i].Parent, day); ok {
				return p, true
			}
		}
	}
	return s.carriedOn(t.Parent, day)
}

// carriedOn is the body itself or the only one that carries it on, on a day.
func (s structure) carriedOn(code string, day clock.Day) (bodyTerm, bool) {
	for range deepest {
		if t, ok := s.on(code, day); ok {
			return t, true
		}
		if len(s.heirs[code]) != 1 {
			break
		}
		code = s.heirs[code][0]
	}
	return bodyTerm{}, false
}

// on is the term of a body that holds the day.
func (s structure) on(code string, day clock.Day) (bodyTerm, bool) {
	for _, t := range s.terms[code] {
		if day.Within(t.Since, t.Until) {
			return t, true
		}
	}
	return bodyTerm{}, false
}

// days are all days on which something begins or ends, in order.
func (s structure) days() []clock.Day {
	var all []clock.Day
	for _, terms := range s.terms {
		for _, t := range terms {
			all = append(all, t.Since, t.Until)
		}
	}
	for _, moves := range s.moves {
		for _, m := range moves {
			all = append(all, m.Since)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
