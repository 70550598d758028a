package event

import (
	"context"
	"slices"
	"strings"

	"ronda/platform/db"
	"ronda/platform/id"
)

// Page is a slice of a history, newest first.
type Page struct {
	Before     string // event id: older than this; empty for the newest
	Limit      int
	PublicOnly bool
}

const defaultLimit = 30

func (p Page) bounds() (before string, limit int) {
	before, limit = p.Before, p.Limit
	if before == "" {
		before = id.Last
	}
	if limit <= 0 {
		limit = defaultLimit
	}
	return before, limit
}

// Timeline is the history of a subject over all modules, newest first.
func (l *Log) Timeline(ctx context.Context, s Subject, p Page) ([]Event, error) {
	before, limit := p.bounds()
	also := ""
	if p.PublicOnly {
		also = ` AND a.public`
	}
	return l.list(ctx, `SELECT `+columnsOfE+` FROM event_about a JOIN event_event e ON e.id = a.event_id
		WHERE a.subject_kind = $1 AND a.subject_id = $2 AND a.event_id < $3`+also+` ORDER BY a.event_id DESC LIMIT $4`,
		s.Kind, s.ID, before, limit)
}

// Latest is what happened anywhere in public, newest first.
func (l *Log) Latest(ctx context.Context, p Page) ([]Event, error) {
	before, limit := p.bounds()
	return l.list(ctx, `SELECT `+columns+` FROM event_event WHERE public AND id < $1 ORDER BY id DESC LIMIT $2`, before, limit)
}

// LatestOf is what happened last in public of some kinds, newest first: as many
// index reads as there are kinds, however much of other kinds happened since.
func (l *Log) LatestOf(ctx context.Context, limit int, kinds ...string) ([]Event, error) {
	var all []Event
	for _, kind := range kinds {
		some, err := l.list(ctx, `SELECT `+columns+` FROM event_event WHERE public AND kind = $1 ORDER BY id DESC LIMIT $2`, kind, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b Event) int { return strings.Compare(b.ID, a.ID) })
	return all[:min(limit, len(all))], nil
}

// ByPerson is what a person did, newest first, for the audit page.
func (l *Log) ByPerson(ctx context.Context, person string, p Page) ([]Event, error) {
	before, limit := p.bounds()
	return l.list(ctx, `SELECT `+columns+` FROM event_event WHERE person = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, person, before, limit)
}

// All is everything that happened, newest first, for the audit page.
func (l *Log) All(ctx context.Context, p Page) ([]Event, error) {
	before, limit := p.bounds()
	return l.list(ctx, `SELECT `+columns+` FROM event_event WHERE id < $1 ORDER BY id DESC LIMIT $2`, before, limit)
}

// Get is one event, fault.NotFound when there is none.
func (l *Log) Get(ctx context.Context, id string) (Event, error) {
	r, err := db.One[row](ctx, l.db, `SELECT `+columns+` FROM event_event WHERE id = $1`, id)
	if err != nil {
		return Event{}, err
	}
	return r.unpack()
}

func (l *Log) list(ctx context.Context, query string, args ...any) ([]Event, error) {
	rows, err := db.Query[row](ctx, l.db, query, args...)
	if err != nil {
		return nil, err
	}
	out := make([]Event, len(rows))
	for i, r := range rows {
		if out[i], err = r.unpack(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
