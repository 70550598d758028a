package ideas

import (
	"context"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/photo"
	"ronda/platform/search"
)

// Module is the City of Ideas.
type Module struct {
	db         *db.DB
	log        *event.Log
	charters   *charter.Store
	people     *people.Module
	roundtable *roundtable.Module
	follow     func(ctx context.Context, person string, s event.Subject) error
	pepper     []byte
	words      *search.Index
	like       *likeness
	tallies    tallies
	darkroom   *photo.Darkroom
}

// Deps is what the module works with.
type Deps struct {
	DB         *db.DB
	Log        *event.Log
	Charters   *charter.Store
	People     *people.Module
	Roundtable *roundtable.Module
	// Follow makes a person follow a subject, e.g. notices.Subscribe.
	Follow func(ctx context.Context, person string, s event.Subject) error
	Pepper []byte // what addresses of the network are hashed with, as sign-in has it
}

// New makes the module over its neighbours.
func New(d Deps) *Module {
	m := &Module{db: d.DB, log: d.Log, charters: d.Charters, people: d.People, roundtable: d.Roundtable,
		follow: d.Follow, pepper: d.Pepper, words: search.New(d.DB, "idea"), darkroom: photo.NewDarkroom()}
	m.like = newLikeness(m)
	return m
}

// Visitor is what a request brings beside the person: where it comes from, for
// the limits, and the secret that an anonymous visitor's drafts belong to.
type Visitor struct {
	Network string // address or network of the client, as web.Network gives it
	Secret  string // kept in the session; empty: the visitor can keep no drafts
	Proof   string // of work, for who has no account; see Task
}

type visitorKey struct{}

// With gives a context in which the visitor acts.
func With(ctx context.Context, v Visitor) context.Context {
	return context.WithValue(ctx, visitorKey{}, v)
}

// visitor is whoever makes the request.
func visitor(ctx context.Context) Visitor {
	v, _ := ctx.Value(visitorKey{}).(Visitor)
	return v
}
