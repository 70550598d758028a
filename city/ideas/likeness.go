package ideas

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"ronda/method/similar"
	"ronda/platform/db"
)

// Like is an idea that a text is like.
type Like struct {
	Number   string
	Title    string
	Line     string // how its text begins
	Supports int
	Here     bool    // answers the same challenge
	Score    float64 // 0 to 1
}

const (
	likeMax     = 5
	likeAsk     = 3 * likeMax     // some of what is like may not be in sight
	likeRefresh = 2 * time.Second // how soon what another copy of the program wrote is known
	likeOverlap = 5 * time.Second // a write may be seen so much later than its time says
)

// likeness keeps the texts of all published ideas in memory, so that similar ones
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
	State State  `db:"state"`
	Title string `db:"title"`
	Text  string `db:"text"`
	Moved int64  `db:"moved_at"`
}

func (l *likeness) refresh(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.dirty.Swap(false) && time.Since(l.last) < likeRefresh {
		return nil
	}
	l.last = time.Now()
	return db.Each(ctx, l.m.db, `SELECT id, state, title, text, moved_at FROM ideas_idea WHERE moved_at >= $1 ORDER BY moved_at`,
		[]any{l.seen - likeOverlap.Microseconds()}, func(r likeRow) error {
			if r.State == Published {
				l.index.Update(r.ID, r.Title, r.Text)
			} else {
				l.index.Remove(r.ID)
			}
			l.seen = r.Moved
			return nil
		})
}

// WarmUp reads all texts, so that the first person does not wait for it.
func (m *Module) WarmUp(ctx context.Context) error {
	return errors.Join(m.reorder(ctx), m.like.refresh(ctx))
}

// Typing finds what somebody could mean who has typed so much of a title;
// challenge is the id of the one they answer, or empty. Ideas of that challenge
// come first.
func (m *Module) Typing(ctx context.Context, title, challenge string) ([]Like, error) {
	return m.alike(ctx, challenge, "", func(x *similar.Index, least float64) []similar.Match { return x.Typing(title, least, likeAsk) })
}

// Similar finds ideas like one that exists, the likest first.
func (m *Module) Similar(ctx context.Context, number string) ([]Like, error) {
	i, err := m.byNumber(ctx, number)
	if err != nil || !i.Public() {
		return nil, cmp.Or(err, notFound())
	}
	return m.alike(ctx, i.Challenge, i.ID, func(x *similar.Index, least float64) []similar.Match {
		return x.Query(i.Title+" "+i.Text, least, likeAsk)
	})
}

func (m *Module) alike(ctx context.Context, challenge, except string, ask func(*similar.Index, float64) []similar.Match) ([]Like, error) {
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	if err := m.like.refresh(ctx); err != nil {
		return nil, err
	}
	score, ids := map[string]float64{}, []string(nil)
	for _, match := range ask(m.like.index, ch.Adoption.SimilarShow) {
		if match.ID != except {
			ids = append(ids, match.ID)
			score[match.ID] = match.Score
		}
	}
	cards, err := m.Cards(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make([]Like, len(cards))
	for n, c := range cards {
		out[n] = Like{c.Number, c.Title, c.Line, c.Supports, c.Challenge == challenge, score[c.ID]}
	}
	slices.SortStableFunc(out, func(a, b Like) int {
		return cmp.Or(cmp.Compare(rank(b.Here), rank(a.Here)), cmp.Compare(b.Score, a.Score))
	})
	return out[:min(len(out), likeMax)], nil
}

// rank puts what is here before what is elsewhere.
func rank(here bool) int {
	if here {
		return 1
	}
	return 0
}
