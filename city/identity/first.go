package identity

import (
	"context"
	"encoding/hex"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/id"
)

const (
	linkLife = 24 * time.Hour
	linkPath = "/primera-administracion/"
)

type linkRow struct {
	Hash    string    `db:"hash"`
	Expires time.Time `db:"expires"`
	Used    bool      `db:"used"`
}

// FirstAdminLink is a new address at which whoever opens it becomes the first
// administrator, good for one use within 24 hours. ok is false, and there is no
// link, once somebody is. Earlier links stay good for their time; the first use
// of any ends all.
func (m *Module) FirstAdminLink(ctx context.Context) (url string, ok bool, err error) {
	all, err := m.directory.WithRole(ctx, RoleAdministrator)
	if err != nil || len(all) > 0 {
		return "", false, err
	}
	secret := id.Secret()
	err = m.db.Write(ctx, func(ctx context.Context) error {
		return m.db.Insert(ctx, "identity_link", linkRow{Hash: m.linkHash(secret), Expires: clock.Now(ctx).Add(linkLife)})
	})
	return m.origin + linkPath + secret, err == nil, err
}

func (m *Module) linkHash(secret string) string { return hex.EncodeToString(m.keyed("link", secret)) }

// checkLink is fault.NotFound unless the link can still be used. Wrong ones are
// counted by network.
func (m *Module) checkLink(ctx context.Context, secret, network string) error {
	return m.settle(ctx, func(ctx context.Context) error {
		if here, err := m.open(ctx, linksByNetwork, network); err != nil || !here {
			return either(err, tooMany())
		}
		_, good, err := db.Find[string](ctx, m.db, `SELECT hash FROM identity_link WHERE hash = $1 AND used = FALSE AND expires > $2`,
			m.linkHash(secret), clock.Now(ctx))
		if err != nil || good {
			return err
		}
		_, err = m.count(ctx, linksByNetwork, network)
		return either(err, refused{fault.New(fault.NotFound, "fault.notfound")})
	})
}

// useLink makes an administrator of the person, or, when person is empty, of a
// new one with that name and address. Faults: NotFound when the link cannot be
// used, Invalid on "name" and "email", Conflict when there is an administrator.
func (m *Module) useLink(ctx context.Context, secret, person, name, email string) (admin string, err error) {
	err = m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.burnLinks(ctx, secret); err != nil {
			return err
		}
		admin = person
		if admin == "" {
			if admin, err = m.people.CreateCitizen(ctx, name); err != nil {
				return err
			}
			if err := m.openAccount(ctx, admin, email, i18n.Of(ctx)); err != nil {
				return err
			}
		}
		return m.directory.FirstAdministrator(ctx, admin)
	})
	return admin, err
}

// burnLinks uses up every link at once, if secret is one of them. Two people who
// open two links at the same time meet in these rows, and the second finds none.
func (m *Module) burnLinks(ctx context.Context, secret string) error {
	n, err := m.db.Exec(ctx, `UPDATE identity_link SET used = TRUE WHERE hash = $1 AND used = FALSE AND expires > $2`,
		m.linkHash(secret), clock.Now(ctx))
	if err != nil || n == 0 {
		return either(err, fault.New(fault.NotFound, "fault.notfound"))
	}
	_, err = m.db.Exec(ctx, `UPDATE identity_link SET used = TRUE WHERE used = FALSE`)
	return err
}
