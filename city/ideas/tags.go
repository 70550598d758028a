package ideas

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/platform/db"
)

// The kinds of filter. A filter that is not on this list does not exist.
const (
	FilterAll       = "all"
	FilterChallenge = "challenge" // id; None is the standing door
	FilterOutcome   = "outcome"   // Outcome; None is Waiting
	FilterPlace     = "place"     // a part counts for what it lies in
	FilterAxis      = "axis"
	FilterTag       = "tag"
	FilterBody      = "body"   // that owes the answer, or gave it
	FilterAnswer    = "answer" // Yes or No
	FilterFamily    = "family" // id
	filterOwed      = "owed"   // body, while it owes the answer: for the answer clock
)

// FilterKinds lists the kinds a visitor may filter by, in the order shown.
var FilterKinds = []string{FilterOutcome, FilterAnswer, FilterChallenge, FilterPlace, FilterAxis, FilterTag, FilterBody, FilterFamily}

// Codes of filters for what has no value, and for what is or is not so.
const (
	None = "-"
	Yes  = "yes"
	No   = "no"
)

// tag is one way to find an idea.
type tag struct {
	Kind string `db:"kind"`
	Code string `db:"code"`
}

func (t tag) compare(o tag) int {
	return cmp.Or(strings.Compare(t.Kind, o.Kind), strings.Compare(t.Code, o.Code))
}

// tagsOf is every filter that finds the idea, in order; none unless it is
// published.
func tagsOf(ch *charter.Charter, i Idea) []tag {
	if !i.Public() {
		return nil
	}
	tags := []tag{{FilterAll, ""}, {FilterOutcome, cmp.Or(string(i.Outcome), None)}, {FilterChallenge, cmp.Or(i.Challenge, None)}, {FilterAnswer, answered(i)}}
	add := func(kind, code string) {
		if code != "" {
			tags = append(tags, tag{kind, code})
		}
	}
	add(FilterAxis, i.Axis)
	add(FilterBody, i.Body)
	add(FilterFamily, i.Family)
	if i.AnsweredAt.IsZero() {
		add(filterOwed, i.Body)
	}
	for _, code := range above(ch, i.Place) {
		add(FilterPlace, code)
	}
	for _, code := range i.Labels() {
		add(FilterTag, code)
	}
	slices.SortFunc(tags, tag.compare)
	return slices.Compact(tags)
}

func answered(i Idea) string {
	if i.AnsweredAt.IsZero() {
		return No
	}
	return Yes
}

// above is a place and what it lies in, without the whole city unless it is the
// whole city itself.
func above(ch *charter.Charter, code string) []string {
	if code == "" {
		return nil
	}
	out := []string{code}
	t, ok := ch.Territories.Get(code)
	for ok && t.Parent != "" {
		if t, ok = ch.Territories.Get(t.Parent); ok && t.Parent != "" {
			out = append(out, t.Code)
		}
	}
	return out
}

// chance is where something stands in the order by chance.
func chance(name string) int64 {
	sum := sha256.Sum256([]byte(name))
	return int64(binary.BigEndian.Uint64(sum[:]) >> 1)
}

// retag brings the filters of an idea and their counters in line with what it is
// now. Every transaction touches counters in one order, so two of them cannot
// wait for each other.
func (m *Module) retag(ctx context.Context, ch *charter.Charter, i Idea) error {
	old, err := db.Query[tag](ctx, m.db, `SELECT kind, code FROM ideas_tag WHERE idea = $1`, i.ID)
	if err != nil {
		return err
	}
	return m.moveTags(ctx, i, old, tagsOf(ch, i))
}

// moveTags replaces the filters old of an idea by want. The counters move in one
// statement, in their order.
func (m *Module) moveTags(ctx context.Context, i Idea, old, want []tag) error {
	m.db.AfterCommit(ctx, m.tallies.forget)
	all := slices.Concat(old, want)
	slices.SortFunc(all, tag.compare)
	var rows, counts values
	for _, t := range slices.Compact(all) {
		had, has := slices.Contains(old, t), slices.Contains(want, t)
		switch {
		case had && !has:
			if _, err := m.db.Exec(ctx, `DELETE FROM ideas_tag WHERE idea = $1 AND kind = $2 AND code = $3`, i.ID, t.Kind, t.Code); err != nil {
				return err
			}
			counts.add(t.Kind, t.Code, -1)
		case has && !had:
			rows.add(t.Kind, t.Code, i.ID, i.Published, i.Supports, chance(i.ID))
			counts.add(t.Kind, t.Code, 1)
		}
	}
	if len(rows.args) > 0 {
		if _, err := m.db.Exec(ctx, `INSERT INTO ideas_tag (kind, code, idea, at, supports, chance) VALUES `+rows.marks(), rows.args...); err != nil {
			return err
		}
	}
	if len(counts.args) == 0 {
		return nil
	}
	_, err := m.db.Exec(ctx, `INSERT INTO ideas_count (kind, code, n) VALUES `+counts.marks()+`
		ON CONFLICT (kind, code) DO UPDATE SET n = ideas_count.n + excluded.n`, counts.args...)
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
	rows := make([]string, 0, len(v.args)/v.width)
	for n := 0; n < len(v.args); n += v.width {
		rows = append(rows, "("+marks(n+1, v.width)+")")
	}
	return strings.Join(rows, ", ")
}
