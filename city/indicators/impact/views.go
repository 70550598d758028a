package impact

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// View is an indicator as its page shows it to one person.
type View struct {
	Indicator
	Case     delivery.Case
	Of       roundtable.View
	Versions []Version     // of the definition, latest first
	History  []Measurement // every version, by period, whole before parts, latest first
}

// Version is a definition as it was.
type Version struct {
	Definition
	No         int64
	Reason     string
	Post, Body string
	At         time.Time
}

// Indicator is an indicator by its number, for the person of the context: NotFound
// when its initiative is not for them to see.
func (m *Module) Indicator(ctx context.Context, number string) (v View, err error) {
	if v.Indicator, err = m.byNumber(ctx, number); err != nil {
		return v, err
	}
	x, err := m.Roundtable.ByID(ctx, v.Initiative)
	if err != nil {
		return v, err
	}
	a, err := m.see(ctx, x.Number)
	if err != nil {
		return v, err
	}
	v.Of, v.Case = a.View, a.Case
	if v.Versions, err = m.versions(ctx, v.ID); err != nil {
		return v, err
	}
	v.History, err = m.measurements(ctx, v.ID)
	return v, err
}

func (m *Module) versions(ctx context.Context, indicator string) ([]Version, error) {
	rows, err := db.Query[definitionRow](ctx, m.DB, `SELECT indicator, version, data, reason, post, body, at FROM impact_definition
		WHERE indicator = $1 ORDER BY version DESC`, indicator)
	out := make([]Version, len(rows))
	for n, r := range rows {
		out[n] = Version{No: r.Version, Reason: r.Reason, Post: r.Post, Body: r.Body, At: r.At}
		if err := json.Unmarshal([]byte(r.Data), &out[n].Definition); err != nil {
			return nil, fmt.Errorf("definition %s/%d: %w", indicator, r.Version, err)
		}
	}
	return out, err
}

// Whole are the measurements that stand for the whole, by period.
func (v View) Whole() []Measurement {
	var out []Measurement
	for _, x := range v.History {
		if x.Stands && x.Whole() {
			out = append(out, x)
		}
	}
	return out
}

// Open are the periods that are over and not measured yet, the oldest first.
func (v View) Open() []Period {
	done := map[string]bool{}
	for _, x := range v.Whole() {
		done[x.Period] = true
	}
	var out []Period
	for _, p := range v.Expected(adoption(v.Of)) {
		if p.Over(v.Of.Today) && !done[p.Code()] {
			out = append(out, p)
		}
	}
	return out
}

// Grace is how many days after a period's end a measurement is in time.
func (v View) Grace() int { return graceOf(v.Of.Charter) }

// Of are the indicators of an initiative by its number, retired ones last.
func (m *Module) Of(ctx context.Context, number string) ([]Indicator, error) {
	x, err := m.Roundtable.Look(ctx, number)
	if err != nil {
		return nil, err
	}
	return m.find(ctx, `WHERE initiative = $1 ORDER BY CASE WHEN retired_at > 0 THEN 1 ELSE 0 END, id`, x.Initiative.ID)
}

// Case is what the person of the context may do with the indicators of an
// initiative, by its number.
func (m *Module) Case(ctx context.Context, number string) (delivery.Case, roundtable.View, error) {
	a, err := m.see(ctx, number)
	return a.Case, a.View, err
}

// PageSize is how many indicators a page of the list holds.
const PageSize = 24

// Page is a slice of the list of public indicators, newest first. Next continues
// it, empty at the end.
type Page struct {
	Indicators []Indicator
	Next       string
}

// List reads a page of the public indicators that have every one of the codes.
// Invalid for an after that nobody was given.
func (m *Module) List(ctx context.Context, filter map[By]string, after string) (Page, error) {
	if after == "" {
		after = id.Last
	}
	if !id.Valid(after) && after != id.Last {
		var c fault.Check
		c.Fail("after", "roundtable.fault.after")
		return Page{}, c.Err()
	}
	args := []any{after, PageSize + 1}
	driver, also := string(byAll), strings.Builder{}
	args = append(args, driver, "")
	for by, code := range filter {
		if code == "" {
			continue
		}
		n := strconv.Itoa(len(args) + 1)
		next := strconv.Itoa(len(args) + 2)
		also.WriteString(` AND EXISTS (SELECT 1 FROM impact_tag x WHERE x.kind = $` + n + ` AND x.code = $` + next + ` AND x.indicator = t.indicator)`)
		args = append(args, by, code)
	}
	rows, err := db.Query[row](ctx, m.DB, `SELECT `+prefixed+` FROM impact_tag t JOIN impact_indicator i ON i.id = t.indicator
		WHERE t.kind = $3 AND t.code = $4 AND t.indicator < $1`+also.String()+` ORDER BY t.indicator DESC LIMIT $2`, args...)
	if err != nil {
		return Page{}, err
	}
	var p Page
	for n, r := range rows {
		if n == PageSize {
			p.Next = rows[n-1].ID
			break
		}
		p.Indicators = append(p.Indicators, r.indicator())
	}
	return p, nil
}

// prefixed are the columns of an indicator in a join.
var prefixed = "i." + strings.ReplaceAll(strings.Join(strings.Fields(columns), " "), ", ", ", i.")
