package identity

import (
	"context"
	"embed"
	"errors"
	"fmt"

	"github.com/go-webauthn/webauthn/webauthn"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/mail"
	"ronda/platform/web"
)

//go:embed passkey.js
var passkeyScript []byte

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "identity", FS: migrations}

// People keeps who the persons are.
type People interface {
	// CreateCitizen makes a person; fault.Invalid on "name".
	CreateCitizen(ctx context.Context, name string) (person string, err error)
	// Rename gives a person another name; fault.Invalid on "name".
	Rename(ctx context.Context, person, name string) error
	// Forget erases a person's name and whatever else is personal; acts done for
	// a post stay with the post.
	Forget(ctx context.Context, person string) error
}

// Directory answers who somebody is and who administers the program.
type Directory interface {
	Names(ctx context.Context, persons ...string) (map[string]string, error)
	WithRole(ctx context.Context, role string) (persons []string, err error)
	// FirstAdministrator makes the person an administrator, fault.Conflict when
	// there is one.
	FirstAdministrator(ctx context.Context, person string) error
}

// RoleAdministrator is the role of Directory that a program must not be without.
const RoleAdministrator = "administrator"

// Deps is what the module works with.
type Deps struct {
	DB        *db.DB
	Log       *event.Log
	Mail      *mail.Mailer
	Sessions  *web.Sessions
	People    People
	Directory Directory
	Origin    string // of the site, "https://ronda.example"; passkeys are bound to its host
	Pepper    []byte // at least 16 random bytes, kept outside the database and the same for all copies
}

const pepperMin = 16

// Module signs people in. It is safe for concurrent use.
type Module struct {
	db        *db.DB
	log       *event.Log
	mail      *mail.Mailer
	sessions  *web.Sessions
	people    People
	directory Directory
	origin    string
	pepper    []byte
	keys      *webauthn.WebAuthn // nil where the host allows no passkeys
	script    web.Asset
}

// New is the module; it fails on a pepper too short or an origin that is none.
func New(d Deps) (*Module, error) {
	if len(d.Pepper) < pepperMin {
		return nil, errors.New("identity: the pepper is shorter than 16 bytes")
	}
	keys, err := relyingParty(d.Origin)
	if err != nil {
		return nil, fmt.Errorf("identity: %w", err)
	}
	return &Module{db: d.DB, log: d.Log, mail: d.Mail, sessions: d.Sessions, people: d.People, directory: d.Directory,
		origin: d.Origin, pepper: d.Pepper, keys: keys, script: web.NewAsset("passkey.js", passkeyScript)}, nil
}

// Sweep forgets what has had its time: codes after a day, counters, links,
// sessions. It is for a schedule.
func (m *Module) Sweep(ctx context.Context) error {
	now := clock.Now(ctx)
	return m.db.Write(ctx, func(ctx context.Context) error {
		for query, before := range map[string]any{
			`DELETE FROM identity_code WHERE expires < $1`:    now.Add(-codeKept),
			`DELETE FROM identity_limit WHERE expires < $1`:   now,
			`DELETE FROM identity_link WHERE expires < $1`:    now,
			`DELETE FROM identity_session WHERE created < $1`: now.Add(-sessionLife),
		} {
			if _, err := m.db.Exec(ctx, query, before); err != nil {
				return err
			}
		}
		return nil
	})
}
