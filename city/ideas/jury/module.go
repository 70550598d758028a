package jury

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"sync"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/method/choice/review"
	"ronda/platform/db"
	"ronda/platform/event"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "jury", FS: migrations}

// City is what the jury asks of the City of Ideas; CityOf fills it.
type City struct {
	Challenge     func(ctx context.Context, number string) (ideas.Case, error)
	ChallengeByID func(ctx context.Context, id string) (ideas.Challenge, error)
	Idea          func(ctx context.Context, number string) (ideas.View, error)
	IdeaByID      func(ctx context.Context, id string) (ideas.Idea, error)
	Cards         func(ctx context.Context, ids ...string) ([]ideas.Card, error)
	Comments      func(ctx context.Context, number, cursor string) (ideas.CommentPage, error)
	Conclude      func(ctx context.Context, challenge string, chosen []string, how ideas.Conclusion) error
}

// CityOf is the City of Ideas itself.
func CityOf(m *ideas.Module) City {
	return City{m.ChallengeCase, m.ChallengeByID, m.Idea, m.IdeaByID, m.Cards, m.Comments, m.Conclude}
}

// Deps is what the module works with.
type Deps struct {
	DB       *db.DB
	Log      *event.Log
	Charters *charter.Store
	People   *people.Module
	City     City
}

// Module is the juries of all challenges and the promise to read every idea. It is
// safe for concurrent use.
type Module struct {
	Deps

	mu   sync.Mutex
	kept map[string]*review.Ranking // published ones by their digest: they never change
}

// New makes the module over its neighbours.
func New(d Deps) *Module { return &Module{Deps: d, kept: map[string]*review.Ranking{}} }

// keptMost is how many published rankings stay in memory.
const keptMost = 8

// ranking reads a sealed ranking; of a published one that many people look at it
// is read once.
func (m *Module) ranking(ctx context.Context, p panel) (*review.Ranking, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.kept[p.Digest]; r != nil {
		return r, nil
	}
	text, err := db.One[string](ctx, m.DB, `SELECT ranking FROM jury_panel WHERE challenge = $1`, p.Challenge)
	if err != nil {
		return nil, err
	}
	r := &review.Ranking{}
	if err := json.Unmarshal([]byte(text), r); err != nil {
		return nil, fmt.Errorf("ranking of %s: %w", p.Number, err)
	}
	if p.Published.IsZero() {
		return r, nil
	}
	if len(m.kept) >= keptMost {
		clear(m.kept)
	}
	m.kept[p.Digest] = r
	return r, nil
}
