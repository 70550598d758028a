package roundtable

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"ronda/platform/db"
)

// The areas of the lists: what everybody sees, and what officials prepare.
const (
	PublicArea = "public"
	InsideArea = "inside"
)

// The kinds of filter. A filter that is not on this list does not exist.
const (
	ByAll       = "all"
	ByState     = "state"     // State
	ByStep      = "step"      // number of the step in course, or Ready
	ByAxis      = "axis"      // main or further
	ByMinistry  = "ministry"  // sponsoring or co-owning
	ByBody      = "body"      // sponsoring
	ByTerritory = "territory" // a part counts for what it lies in
	ByGoal      = "goal"
	ByPurpose   = "purpose"
	BySDG       = "sdg" // goal or target; a target counts for its goal
	ByType      = "type"
	byReady     = "ready" // waits for a decision: every step whole, or deferred
)

// FilterKinds lists the kinds a visitor may filter by, in the order shown.
var FilterKinds = []string{ByState, ByStep, ByAxis, ByMinistry, ByTerritory, ByGoal, ByPurpose, BySDG, ByType, ByBody}

// Ready is the value of ByStep for an initiative whose steps are all whole.
const Ready = "ready"

type tag struct {
	Area string `db:"area"`
	Kind string `db:"kind"`
	Code string `db:"code"`
}

func (t tag) compare(o tag) int {
	return cmp.Or(strings.Compare(t.Area, o.Area), strings.Compare(t.Kind, o.Kind), strings.Compare(t.Code, o.Code))
}

// stateTags are the filters that acts change.
func stateTags(i Initiative) []tag {
	area := areaOf(i)
	tags := []tag{{area, ByAll, ""}, {area, ByState, string(i.State)}}
	switch {
	case i.State == Filed && i.Current > 0:
		tags = append(tags, tag{area, ByStep, strconv.Itoa(i.Current)})
	case i.State == Filed:
		tags = append(tags, tag{area, ByStep, Ready}, tag{area, byReady, ""})
	case i.State == Deferred:
		tags = append(tags, tag{area, byReady, ""})
	}
	return tags
}

func areaOf(i Initiative) string {
	if i.State.Public() {
		return PublicArea
	}
	return InsideArea
}

// tagsOf is every filter that finds the initiative.
func tagsOf(c Case, d Dossier) []tag {
	i, tags := c.Initiative, stateTags(c.Initiative)
	area := areaOf(i)
	add := func(kind string, codes ...string) {
		for _, code := range codes {
			if code != "" {
				tags = append(tags, tag{area, kind, code})
			}
		}
	}
	add(ByAxis, append(slices.Clone(d.Axes), d.Axis)...)
	add(ByMinistry, i.Ministry)
	for _, o := range c.Owners {
		if o.State == OwnerIn {
			add(ByMinistry, o.Ministry)
		}
	}
	add(ByBody, i.Sponsor)
	for _, code := range d.Territories {
		add(ByTerritory, above(c, code)...)
	}
	add(ByGoal, d.Goals...)
	add(ByPurpose, d.Purposes...)
	for _, code := range append(slices.Clone(d.Targets), d.SDG) {
		goal, _, _ := strings.Cut(code, ".")
		add(BySDG, code, goal)
	}
	add(ByType, d.Type)
	slices.SortFunc(tags, tag.compare)
	return slices.Compact(tags)
}

// above is a territory and what it lies in, without the whole city unless it is
// the whole city itself.
func above(c Case, code string) []string {
	out := []string{code}
	t, ok := c.Charter.Territories.Get(code)
	for ok && t.Parent != "" {
		if t, ok = c.Charter.Territories.Get(t.Parent); ok && t.Parent != "" {
			out = append(out, t.Code)
		}
	}
	return out
}

// retag brings the filters of some kinds (all of them without kinds) and their
// counters in line with what is wanted. Every transaction touches counters in
// one order, so two of them cannot wait for each other.
func (m *Module) retag(ctx context.Context, id string, want []tag, kinds ...string) error {
	old, err := db.Query[tag](ctx, m.db, `SELECT area, kind, code FROM roundtable_tag WHERE initiative = $1`, id)
	if err != nil {
		return err
	}
	other := func(t tag) bool { return len(kinds) > 0 && !slices.Contains(kinds, t.Kind) }
	old, want = slices.DeleteFunc(old, other), slices.DeleteFunc(want, other)
	return m.moveTags(ctx, id, old, want)
}

// moveTags replaces the filters old of an initiative by want; what is in both
// stays. The counters move in one statement, in their order.
func (m *Module) moveTags(ctx context.Context, id string, old, want []tag) error {
	var rows, counts values
	for _, t := range union(old, want) {
		had, has := slices.Contains(old, t), slices.Contains(want, t)
		switch {
		case had && !has:
			if _, err := m.db.Exec(ctx, `DELETE FROM roundtable_tag WHERE area = $1 AND kind = $2 AND code = $3 AND initiative = $4`, t.Area, t.Kind, t.Code, id); err != nil {
				return err
			}
			counts.add(t.Area, t.Kind, t.Code, -1)
		case has && !had:
			rows.add(t.Area, t.Kind, t.Code, id)
			counts.add(t.Area, t.Kind, t.Code, 1)
		}
	}
	if len(counts.args) == 0 {
		return nil
	}
	m.db.AfterCommit(ctx, m.tallies.forget)
	if len(rows.args) > 0 {
		if _, err := m.db.Exec(ctx, `INSERT INTO roundtable_tag (area, kind, code, initiative) VALUES `+rows.marks(), rows.args...); err != nil {
			return err
		}
	}
	_, err := m.db.Exec(ctx, `INSERT INTO roundtable_count (area, kind, code, n) VALUES `+counts.marks()+`
		ON CONFLICT (area, kind, code) DO UPDATE SET n = roundtable_count.n + excluded.n`, counts.args...)
	return err
}

// values are the rows of one INSERT.
type values struct {
	width int
	args  []any
}

func (v *values) add(row ...any) {
	v.width = len(row)
	v.args = append(v.args, row...)
}

// marks are the parameters of all rows.
func (v *values) marks() string {
	var b strings.Builder
	for n := range v.args {
		switch {
		case n == 0:
			b.WriteString("(")
		case n%v.width == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(n+1))
	}
	return b.String() + ")"
}

func union(a, b []tag) []tag {
	all := slices.Concat(a, b)
	slices.SortFunc(all, tag.compare)
	return slices.Compact(all)
}
