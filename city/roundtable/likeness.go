package roundtable

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"ronda/city/people"
	"ronda/method/similar"
	"ronda/platform/db"
)

// Likeness is an initiative that a text is like.
type Likeness struct {
	Number string
	Title  string
	Line   string
	State  State
	Score  float64 // 0 to 1
}

const (
	likeMax     = 5
	likeRefresh = 2 * time.Second // how soon what another copy of the program wrote is known
	likeOverlap = 5 * time.Second // a write may be seen so much later than its time says
)

// likeness keeps the texts of all initiatives in memory, so that similar ones
// show while a title is typed. It catches up with the table on use.
type likeness struct {
	m     *Module
	mu    sync.Mutex
	index *similar.Index
	seen  int64 // moved_at of the newest row it holds
	last  time.Time
	dirty atomic.Bool
}

func newLikeness(m *Module) *likeness { return &likeness{m: m, index: similar.NewIndex()} }

// stale makes the next use look at the table at once.
func (l *likeness) stale() { l.dirty.Store(true) }

type likeRow struct {
	ID    string `db:"id"`
	Title string `db:"title"`
	Line  string `db:"line"`
	Moved int64  `db:"moved_at"`
}

func (l *likeness) refresh(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.dirty.Swap(false) && time.Since(l.last) < likeRefresh {
		return nil
	}
	l.last = time.Now()
	return db.Each(ctx, l.m.db, `SELECT id, title, line, moved_at FROM roundtable_initiative WHERE moved_at >= $1 ORDER BY moved_at`,
		[]any{l.seen - likeOverlap.Microseconds()}, func(r likeRow) error {
			l.index.Update(r.ID, r.Title, r.Line)
			l.seen = r.Moved
			return nil
		})
}

// WarmUp reads all texts, so that the first person does not wait for it.
func (m *Module) WarmUp(ctx context.Context) error { return m.like.refresh(ctx) }

// Similar finds initiatives like a text, the likest first; except is the number
// of one that is not to be among them. It tells of ideas and drafts too, so it
// answers only those who may read them: Forbidden.
func (m *Module) Similar(ctx context.Context, text, except string) ([]Likeness, error) {
	return m.alike(ctx, except, func(x *similar.Index, least float64) []similar.Match { return x.Query(text, least, likeMax+1) })
}

// SimilarTyping finds what somebody could mean who has typed so much of a title,
// for those whom Similar answers.
func (m *Module) SimilarTyping(ctx context.Context, typed string) ([]Likeness, error) {
	return m.alike(ctx, "", func(x *similar.Index, least float64) []similar.Match { return x.Typing(typed, least, likeMax+1) })
}

func (m *Module) alike(ctx context.Context, except string, ask func(*similar.Index, float64) []similar.Match) ([]Likeness, error) {
	if _, err := (Case{}).Require(people.Me(ctx), ReadInside); err != nil {
		return nil, err
	}
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	if err := m.like.refresh(ctx); err != nil {
		return nil, err
	}
	var out []Likeness
	for _, match := range ask(m.like.index, ch.Adoption.SimilarShow) {
		i, err := m.byID(ctx, match.ID)
		if err != nil {
			return nil, err
		}
		if i.Number != except && i.State != Joined && len(out) < likeMax {
			out = append(out, Likeness{i.Number, i.Title, i.Line, i.State, match.Score})
		}
	}
	return out, nil
}
