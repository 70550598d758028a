package roundtable

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/id"
)

// Waiting is a step that is with an office, as the office's queue shows it.
type Waiting struct {
	Initiative string        `db:"initiative"`
	Number     string        `db:"number"`
	Title      string        `db:"title"`
	Charter    string        `db:"charter"`
	Sponsor    string        `db:"sponsor"`
	Ministry   string        `db:"ministry"`
	Step       string        `db:"step"`
	No         int           `db:"no"` // of the step
	Office     string        `db:"office"`
	Flagged    bool          `db:"flagged"` // signed once, to be confirmed
	Entered    time.Time     `db:"entered_at"`
	Spent      time.Duration `db:"spent"` // with the office in earlier rounds
	Due        clock.Day     `db:"due"`
	Returns    int           `db:"returns"`
	Author     string        `db:"author"` // person id; never public
	State      StepState     `db:"state"`
	Present    time.Time     `db:"present_at"` // when the attendance was recorded; zero if not
}

// TimeWith is how long the step has been with its office, up to now.
func (w Waiting) TimeWith(now time.Time) time.Duration {
	return Step{Entered: w.Entered, Spent: w.Spent}.TimeWith(now)
}

// after is where the queue goes on after this row.
func (w Waiting) after() string { return string(w.Due) + "_" + w.Initiative + "_" + w.Step }

// placed says whether after has the form of what after gives.
func placed(after string) bool {
	due, rest, _ := strings.Cut(after, "_")
	initiative, step, _ := strings.Cut(rest, "_")
	_, err := clock.ParseDay(due)
	return err == nil && id.Valid(initiative) && step != ""
}

func (w Waiting) compare(o Waiting) int {
	return cmp.Or(cmp.Compare(w.Due, o.Due), cmp.Compare(w.Initiative, o.Initiative), cmp.Compare(w.Step, o.Step))
}

// Queue is a page of what waits for the offices of a person, the first due
// first.
type Queue struct {
	Offices []string       // codes of the person's bodies that assist steps
	Steps   []charter.Step // the steps they assist
	Rows    []Waiting
	Next    string // continues the queue, empty at the end
}

// QueueFilter narrows a queue. After is the Next of the page before.
type QueueFilter struct {
	Step  string // code; empty: all
	After string
}

// Queue reads the queue of the person of the context. Whoever holds a post may;
// for somebody of no office it is empty and without Offices.
func (m *Module) Queue(ctx context.Context, f QueueFilter) (Queue, error) {
	who := people.Me(ctx)
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return Queue{}, err
	}
	if _, err := (Case{Charter: ch}).Require(who, ReadInside); err != nil {
		return Queue{}, err
	}
	if f.After != "" && !placed(f.After) {
		return Queue{}, notFound()
	}
	q := queueOf(ch, who)
	for _, office := range q.Offices {
		rows, err := m.waiting(ctx, office, f, PageSize+1)
		if err != nil {
			return q, err
		}
		q.Rows = append(q.Rows, rows...)
	}
	slices.SortFunc(q.Rows, Waiting.compare)
	if len(q.Rows) > PageSize {
		q.Rows = q.Rows[:PageSize]
		q.Next = q.Rows[PageSize-1].after()
	}
	return q, nil
}

// queueOf is the queue without its rows.
func queueOf(ch *charter.Charter, who people.Standing) Queue {
	var q Queue
	for _, step := range ch.Flow.Steps.All() {
		office := ch.Office(step.Office)
		if !slices.Contains(who.Bodies(), office) {
			continue
		}
		q.Steps = append(q.Steps, step)
		if !slices.Contains(q.Offices, office) {
			q.Offices = append(q.Offices, office)
		}
	}
	return q
}

// waiting reads the first rows of an office's queue, or those after f.After.
func (m *Module) waiting(ctx context.Context, office string, f QueueFilter, limit int) ([]Waiting, error) {
	due, rest, _ := strings.Cut(f.After, "_")
	initiative, step, _ := strings.Cut(rest, "_")
	return db.Query[Waiting](ctx, m.db, `SELECT s.initiative, i.number, i.title, i.charter, i.sponsor, i.ministry, s.code AS step,
			s.number AS no, s.office, s.flagged, s.entered_at, s.spent, s.due, s.returns,
			i.author, s.state, s.present_at
		FROM roundtable_step s JOIN roundtable_initiative i ON i.id = s.initiative
		WHERE s.office = $1 AND s.due <> '' AND i.state = 'filed' AND ($2 = '' OR s.code = $2)
			AND (s.due > $3 OR s.due = $3 AND (s.initiative > $4 OR s.initiative = $4 AND s.code > $5))
		ORDER BY s.due, s.initiative, s.code LIMIT $6`, office, f.Step, due, initiative, step, limit)
}
