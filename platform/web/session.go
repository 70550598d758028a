package web

import (
	"context"
	"embed"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"ronda/platform/clock"
	"ronda/platform/db"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "web", FS: migrations}

const sessionLife = 30 * 24 * time.Hour

// Sessions keeps who is signed in. Visitors without a session cost no query.
type Sessions struct{ *scs.SessionManager }

// NewSessions keeps sessions in d; only a hash of the token is stored.
func NewSessions(d *db.DB, secure bool) *Sessions {
	m := scs.New()
	m.Store = &sessionStore{d}
	m.Codec = codec{}
	m.Lifetime = sessionLife
	m.HashTokenInStore = true
	m.Cookie.Name = "ronda"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = secure
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		if s := siteOf(r.Context()); s != nil {
			s.problem(w, r, err)
			return
		}
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
	return &Sessions{m}
}

// sessionStore implements scs.CtxStore.
type sessionStore struct{ db *db.DB }

func (s *sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	return db.Find[[]byte](ctx, s.db, `SELECT data FROM web_session WHERE token = $1 AND expires > $2`, token, clock.Now(ctx))
}

func (s *sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context) error {
		_, err := s.db.Exec(ctx, `INSERT INTO web_session (token, data, expires) VALUES ($1, $2, $3)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires`, token, data, expires)
		return err
	})
}

func (s *sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Write(ctx, func(ctx context.Context) error {
		_, err := s.db.Exec(ctx, `DELETE FROM web_session WHERE token = $1`, token)
		return err
	})
}

// Find, Commit and Delete are for scs versions without a context.
func (s *sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s *sessionStore) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

func (s *sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Sweep deletes expired sessions.
func (s *Sessions) Sweep(ctx context.Context) error {
	store := s.Store.(*sessionStore)
	return store.db.Write(ctx, func(ctx context.Context) error {
		_, err := store.db.Exec(ctx, `DELETE FROM web_session WHERE expires <= $1`, clock.Now(ctx))
		return err
	})
}
