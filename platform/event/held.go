package event

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ronda/platform/db"
)

// Held is an event as its rows stand now, for the record that checks them
// against what it holds.
type Held struct {
	Event
	Unrecorded bool  // the record is still to take it
	Err        error // the rows cannot be read, or contradict each other
}

// Mark is the part of a public event that says whether the record has it.
type Mark struct {
	ID         string `db:"id"`
	Unrecorded bool   `db:"unrecorded"`
}

// Unrecorded is the public events that the record does not hold yet, oldest
// first, with their related subjects.
func (l *Log) Unrecorded(ctx context.Context, limit int) ([]Event, error) {
	events, err := l.list(ctx, `SELECT `+columns+` FROM event_event WHERE unrecorded ORDER BY id LIMIT $1`, limit)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	abouts, err := l.abouts(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range events {
		events[i].Related, err = related(events[i], abouts[events[i].ID])
		if err != nil {
			return nil, err
		}
	}
	return events, nil
}

// Recorded marks an event as held by the record, in the running transaction.
// It reports false when somebody else has recorded it meanwhile.
func (l *Log) Recorded(ctx context.Context, id string) (bool, error) {
	n, err := l.db.Exec(ctx, `UPDATE event_event SET unrecorded = FALSE WHERE id = $1 AND unrecorded`, id)
	return n == 1, err
}

// Marks is a page of the public events in the order of their ids, after an id
// that may be empty.
func (l *Log) Marks(ctx context.Context, after string, limit int) ([]Mark, error) {
	return db.Query[Mark](ctx, l.db, `SELECT id, unrecorded FROM event_event WHERE public AND id > $1 ORDER BY id LIMIT $2`, after, limit)
}

// Held gives the events of the ids by id, with their related subjects; those
// that do not exist are missing. What cannot be read is in Err of the event, not
// in the error.
func (l *Log) Held(ctx context.Context, ids []string) (map[string]Held, error) {
	out := make(map[string]Held, len(ids))
	abouts, err := l.abouts(ctx, ids)
	if err != nil {
		return nil, err
	}
	for page := range slices.Chunk(ids, inMax) {
		rows, err := db.Query[row](ctx, l.db, `SELECT `+columns+` FROM event_event WHERE id IN (`+marks+`)`, padded(page)...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			h := Held{Unrecorded: r.Unrecorded}
			h.Event, h.Err = r.unpack()
			if h.Err == nil {
				h.Related, h.Err = related(h.Event, abouts[r.ID])
			}
			out[r.ID] = h
		}
	}
	return out, nil
}

func (l *Log) abouts(ctx context.Context, ids []string) (map[string][]aboutRow, error) {
	out := make(map[string][]aboutRow, len(ids))
	for page := range slices.Chunk(ids, inMax) {
		rows, err := db.Query[aboutRow](ctx, l.db, `SELECT subject_kind, subject_id, event_id, public FROM event_about
			WHERE event_id IN (`+marks+`)`, padded(page)...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.Event] = append(out[r.Event], r)
		}
	}
	return out, nil
}

// related is whose history e belongs to beside its own subject, in order of kind
// and id. It is an error when e is missing from the history of its own subject,
// or public in one place and not in another.
func related(e Event, rows []aboutRow) ([]Subject, error) {
	var out []Subject
	own := false
	for _, r := range rows {
		s := Subject{r.Kind, r.ID}
		if r.Public != e.Public {
			return nil, fmt.Errorf("event %s: public is %v, but %v for %s %s", e.ID, e.Public, r.Public, s.Kind, s.ID)
		}
		if s == e.Subject {
			own = true
			continue
		}
		out = append(out, s)
	}
	if !own {
		return nil, fmt.Errorf("event %s: it is missing from the history of its subject", e.ID)
	}
	slices.SortFunc(out, func(a, b Subject) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// inMax is how many ids one query asks for. The text of the query is always the
// same, so that it is prepared once: a shorter list repeats its last id.
const inMax = 64

var marks = func() string {
	m := make([]string, inMax)
	for i := range m {
		m[i] = "$" + strconv.Itoa(i+1)
	}
	return strings.Join(m, ", ")
}()

func padded(ids []string) []any {
	out := make([]any, inMax)
	for i := range out {
		out[i] = ids[min(i, len(ids)-1)]
	}
	return out
}
