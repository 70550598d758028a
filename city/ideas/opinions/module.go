package opinions

import (
	"context"
	"embed"
	"errors"
	"sync"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/web"
)

//go:embed opinions.css
var stylesheet []byte

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "opinions", FS: migrations}

// Sessions is where the answer of a visitor waits until they have signed in;
// web.Sessions is one.
type Sessions interface {
	Put(ctx context.Context, key string, value any)
	PopString(ctx context.Context, key string) string
}

// Deps is what the module works with.
type Deps struct {
	DB       *db.DB
	Log      *event.Log
	Charters *charter.Store
	People   *people.Module
	Sessions Sessions
	// Challenges knows the challenges; ideas.Module does.
	Challenges Challenges
	SignIn     func(back string) string // address of the sign-in page that returns to back
	Pepper     []byte                   // at least 16 bytes, the same for all copies: names of networks are kept only hashed
}

const pepperMin = 16

// Module is the statements, answers and maps of all challenges. It is safe for
// concurrent use.
type Module struct {
	Deps
	db    *db.DB
	log   *event.Log
	style web.Asset

	mu    sync.Mutex // guards rooms
	rooms map[string]*room
}

// New is the module; it fails on a pepper too short.
func New(d Deps) (*Module, error) {
	if len(d.Pepper) < pepperMin {
		return nil, errors.New("opinions: the pepper is shorter than 16 bytes")
	}
	return &Module{Deps: d, db: d.DB, log: d.Log, style: web.NewAsset("opinions.css", stylesheet), rooms: map[string]*room{}}, nil
}

// challenge is the challenge of a number that has a map of opinion.
func (m *Module) challenge(ctx context.Context, number string) (Challenge, error) {
	c, err := m.Challenges.Challenge(ctx, number)
	if err == nil && !c.Statements {
		err = fault.New(fault.NotFound, "fault.notfound")
	}
	return challengeOf(c), err
}

// caseOf is the case of the policy for what is about a challenge.
func (m *Module) caseOf(ctx context.Context, c Challenge) (Case, error) {
	ch, err := m.Charters.Current(ctx)
	return Case{Charter: ch, Challenge: c}, err
}

// act is something done to a statement, or to a challenge, while its
// transaction runs.
type act struct {
	Case
	m   *Module
	who people.Standing
	as  people.Holding
}

// begin loads what an act on the statement of a number needs and asks the
// policy; no is 0 for what is not about one.
func (m *Module) begin(ctx context.Context, number string, no int, what Action) (*act, error) {
	c, err := m.challenge(ctx, number)
	if err != nil {
		return nil, err
	}
	a := &act{m: m, who: people.Me(ctx)}
	if a.Case, err = m.caseOf(ctx, c); err != nil {
		return nil, err
	}
	if no != 0 {
		if a.Statement, err = m.statement(ctx, c.ID, no); err != nil {
			return nil, err
		}
	}
	a.as, err = a.Require(a.who, what)
	return a, err
}

// open refuses what comes after the end.
func (a *act) open() error {
	if !a.Challenge.Open {
		return fault.New(fault.Conflict, "ideas.opinions.fault.closed")
	}
	return nil
}
