package jury

import (
	"context"
	"embed"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/people"
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

// Module is the juries of all challenges and the promise to read every idea.
type Module struct{ Deps }

// New makes the module over its neighbours.
func New(d Deps) *Module { return &Module{d} }
