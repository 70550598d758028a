package ideas

import (
	"context"
	"maps"
	"slices"
	"strings"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// AnswerClock is how a body keeps its promise to answer.
type AnswerClock struct {
	Body     string
	Answered int     // ideas that got their first answer
	Median   float64 // days from publication to the first answer
	Late     int     // of those, after their day
	Waiting  int     // without an answer
	Overdue  int     // of those, past their day
}

// Share is the part, 0 to 1, of what is answered or past its day that was or is
// late.
func (c AnswerClock) Share() float64 {
	if c.Answered+c.Overdue == 0 {
		return 0
	}
	return float64(c.Late+c.Overdue) / float64(c.Answered+c.Overdue)
}

// Clock is the answer clock of every body that owes or gave an answer, in the
// order of their codes.
func (m *Module) Clock(ctx context.Context) ([]AnswerClock, error) {
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	by := map[string]*AnswerClock{}
	if err := m.clockAnswered(ctx, by); err != nil {
		return nil, err
	}
	counts, err := m.Counts(ctx)
	if err != nil {
		return nil, err
	}
	today := clock.DayOf(clock.Now(ctx), ch.City.Zone)
	for body, waiting := range counts.Kind(filterOwed) {
		c := clockOf(by, body)
		c.Waiting = waiting
		if c.Overdue, err = db.One[int](ctx, m.db, `SELECT count(*) FROM ideas_idea WHERE body = $1 AND answer_due < $2
			AND state = 'published' AND answered_at = 0 AND body <> ''`, body, today); err != nil {
			return nil, err
		}
	}
	out := make([]AnswerClock, 0, len(by))
	for _, body := range slices.Sorted(maps.Keys(by)) {
		out = append(out, *by[body])
	}
	return out, nil
}

func clockOf(by map[string]*AnswerClock, body string) *AnswerClock {
	if by[body] == nil {
		by[body] = &AnswerClock{Body: body}
	}
	return by[body]
}

// clockAnswered reads how many answers took how many days.
func (m *Module) clockAnswered(ctx context.Context, by map[string]*AnswerClock) error {
	type took struct {
		Body string `db:"body"`
		Days int    `db:"days"`
		Late bool   `db:"late"`
		N    int    `db:"n"`
	}
	rows, err := db.Query[took](ctx, m.db, `SELECT body, days, late, n FROM ideas_clock ORDER BY body, days`)
	if err != nil {
		return err
	}
	all := map[string][]int{} // body: days and how many, in turns
	for _, r := range rows {
		c := clockOf(by, r.Body)
		c.Answered += r.N
		if r.Late {
			c.Late += r.N
		}
		all[r.Body] = append(all[r.Body], r.Days, r.N)
	}
	for body, list := range all {
		by[body].Median = median(list, by[body].Answered)
	}
	return nil
}

// median is the middle of total values, given as value and how often in turns, in
// rising order; the mean of the two middle ones when total is even.
func median(list []int, total int) float64 {
	at := func(k int) float64 {
		for n := 0; n < len(list); n += 2 {
			if k -= list[n+1]; k < 0 {
				return float64(list[n])
			}
		}
		return 0
	}
	return (at((total-1)/2) + at(total/2)) / 2
}

// Owed is a page of the ideas that wait for an answer of a body, first due first,
// for those who are in it; next continues it.
func (m *Module) Owed(ctx context.Context, body, after string) (page []Card, next string, err error) {
	if !mayOwe(ctx, body) {
		return nil, "", fault.New(fault.Forbidden, "fault.forbidden")
	}
	return m.owed(ctx, body, after, PageSize)
}

func (m *Module) owed(ctx context.Context, body, after string, limit int) (page []Card, next string, err error) {
	due, id, ok := strings.Cut(after, "_")
	if !ok {
		due, id = "", noID
	}
	page, err = db.Query[Card](ctx, m.db, `SELECT `+cardColumns+` FROM ideas_idea WHERE body = $1 AND state = 'published' AND answered_at = 0 AND body <> ''
		AND (answer_due, id) > ($2, $3) ORDER BY answer_due, id LIMIT $4`, body, due, id, limit+1)
	if err != nil || len(page) <= limit {
		return page, "", err
	}
	page = page[:limit]
	last := page[limit-1]
	return page, string(last.AnswerDue) + "_" + last.ID, nil
}

// mayOwe says whether the person of the context answers for the body.
func mayOwe(ctx context.Context, body string) bool {
	_, in := people.Me(ctx).In(body)
	return in && body != ""
}
