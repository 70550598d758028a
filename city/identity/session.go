package identity

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

const (
	sessionLife = 30 * 24 * time.Hour // as web.Sessions keeps them
	seenEvery   = 10 * time.Minute    // how exact "last seen" is
	recentLife  = time.Hour           // how long a sign-in counts as recent
)

// What a visitor's session remembers.
const (
	keySession  = "identity.session"  // id of the Session; signed in
	keyCode     = "identity.code"     // id of the code that is on its way
	keyNext     = "identity.next"     // where to go once signed in
	keyOld      = "identity.old_code" // change of address
	keyNew      = "identity.new_code"
	keyCeremony = "identity.ceremony" // passkey: what the browser is to answer
)

// Session is one sign-in of a person on one device.
type Session struct {
	ID      string    `db:"id"`
	Person  string    `db:"person"`
	Browser string    `db:"browser"` // "Firefox"; empty when unknown
	System  string    `db:"system"`  // "Android"; empty when unknown
	Created time.Time `db:"created"`
	Seen    time.Time `db:"seen"` // to about ten minutes
}

const sessionColumns = "s.id, s.person, s.browser, s.system, s.created, s.seen"

type sessionKey struct{}

// sessionOf is the session of a request, zero for an anonymous visitor.
func sessionOf(ctx context.Context) Session {
	s, _ := ctx.Value(sessionKey{}).(Session)
	return s
}

// PersonID is who is signed in, empty for an anonymous visitor.
func PersonID(ctx context.Context) string { return sessionOf(ctx).Person }

// recent says whether the visitor has signed in a short while ago, which what
// changes who can enter asks for.
func recent(ctx context.Context) bool {
	s := sessionOf(ctx)
	return s.Person != "" && clock.Now(ctx).Sub(s.Created) < recentLife
}

// Middleware finds out who is signed in; it stands right inside
// web.Sessions.LoadAndSave. A session that was ended elsewhere, or whose account
// is disabled or gone, is an anonymous visitor's from this request on.
func (m *Module) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		sid := m.sessions.GetString(ctx, keySession)
		if sid == "" {
			next.ServeHTTP(w, r)
			return
		}
		s, live, err := m.live(ctx, sid)
		if err == nil && !live {
			err = m.sessions.Destroy(ctx)
		}
		if err != nil {
			m.sessions.ErrorFunc(w, r, err)
			return
		}
		if live {
			m.touch(ctx, s)
			r = r.WithContext(context.WithValue(ctx, sessionKey{}, s))
		}
		next.ServeHTTP(w, r)
	})
}

func (m *Module) live(ctx context.Context, sid string) (Session, bool, error) {
	return db.Find[Session](ctx, m.db, `SELECT `+sessionColumns+` FROM identity_session s JOIN identity_account a ON a.person = s.person
		WHERE s.id = $1 AND s.created > $2 AND a.disabled = FALSE`, sid, clock.Now(ctx).Add(-sessionLife))
}

// touch keeps when the session was last seen, roughly: a write for each request
// would cost more than the knowledge is worth.
func (m *Module) touch(ctx context.Context, s Session) {
	now := clock.Now(ctx)
	if now.Sub(s.Seen) < seenEvery {
		return
	}
	err := m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `UPDATE identity_session SET seen = $1 WHERE id = $2`, now, s.ID)
		return err
	})
	if err != nil {
		slog.WarnContext(ctx, "last seen not kept", "error", err)
	}
}

// SignIn signs the person in on the visitor's session, under a new token, so
// that a token somebody knew before is worth nothing. how tells the audit:
// "code", "passkey", "link", "demo". Faults: NotFound without an account,
// Forbidden when it is disabled.
func (m *Module) SignIn(r *http.Request, person, how string) (err error) {
	defer fault.Wrap(&err, "SignIn(%s, %s)", person, how)
	ctx := r.Context()
	a, err := m.AccountOf(ctx, person)
	if err != nil {
		return err
	}
	if a.Disabled {
		return fault.New(fault.Forbidden, "identity.account_disabled")
	}
	before := m.sessions.GetString(ctx, keySession)
	if err := m.sessions.RenewToken(ctx); err != nil {
		return err
	}
	if err := m.sessions.Clear(ctx); err != nil {
		return err
	}
	browser, system := device(r.UserAgent())
	now := clock.Now(ctx)
	s := Session{ID: id.New(), Person: person, Browser: browser, System: system, Created: now, Seen: now}
	m.sessions.Put(ctx, keySession, s.ID)
	return m.db.Write(ctx, func(ctx context.Context) error {
		if _, err := m.db.Exec(ctx, `DELETE FROM identity_session WHERE id = $1`, before); err != nil {
			return err
		}
		if err := m.db.Insert(ctx, "identity_session", s); err != nil {
			return err
		}
		return m.announceBy(ctx, person, EventSignedIn, person, map[string]string{"how": how, "session": s.ID})
	})
}

// SignOut ends the visitor's own session; for an anonymous visitor it does
// nothing.
func (m *Module) SignOut(ctx context.Context) error {
	if s := sessionOf(ctx); s.ID != "" {
		if err := m.end(ctx, s.Person, s.ID, EventSignedOut); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return m.sessions.Destroy(ctx)
}

// Sessions are the sessions of a person, last seen first.
func (m *Module) Sessions(ctx context.Context, person string) ([]Session, error) {
	return db.Query[Session](ctx, m.db, `SELECT `+sessionColumns+` FROM identity_session s WHERE s.person = $1 AND s.created > $2
		ORDER BY s.seen DESC, s.id DESC`, person, clock.Now(ctx).Add(-sessionLife))
}

// end ends one session of a person, NotFound when the person has none of that
// id.
func (m *Module) end(ctx context.Context, person, sid, kind string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		n, err := m.db.Exec(ctx, `DELETE FROM identity_session WHERE id = $1 AND person = $2`, sid, person)
		if err != nil || n == 0 {
			return either(err, fault.New(fault.NotFound, "fault.notfound"))
		}
		return m.announce(ctx, kind, person, map[string]string{"session": sid})
	})
}

// endOthers ends every session of a person but that of the request.
func (m *Module) endOthers(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		n, err := m.db.Exec(ctx, `DELETE FROM identity_session WHERE person = $1 AND id <> $2`, person, sessionOf(ctx).ID)
		if err != nil || n == 0 {
			return err
		}
		return m.announce(ctx, EventSessionsEnded, person, map[string]string{"count": number(n)})
	})
}
