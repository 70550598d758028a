package identity

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

const (
	codeDigits = 6
	codeLife   = 10 * time.Minute
	codeTries  = 5
	codeKept   = 24 * time.Hour
	proofLife  = 30 * time.Minute // how long a proved address may wait for a name
)

// code is a one-time code on its way: only its hash is kept.
type code struct {
	ID      string    `db:"id"`
	Email   string    `db:"email"`
	Name    string    `db:"name"`
	Person  string    `db:"person"`
	Hash    []byte    `db:"hash"`
	Tries   int       `db:"tries"`
	Expires time.Time `db:"expires"`
	Proved  time.Time `db:"proved"`
}

const codeColumns = "id, email, name, person, hash, tries, expires, proved"

// issue stores a new code for an address, inside settle, and gives it with the
// digits, which exist nowhere else but in the mail.
func (m *Module) issue(ctx context.Context, c code, network string) (issued code, digits string, err error) {
	for _, l := range []struct {
		limit
		key string
	}{{codesByAddress, c.Email}, {codesByNetwork, network}} {
		within, err := m.count(ctx, l.limit, l.key)
		if err != nil || !within {
			return c, "", either(err, tooMany())
		}
	}
	if err := m.guessingOpen(ctx, c.Email, network); err != nil {
		return c, "", err
	}
	if digits, err = randomDigits(); err != nil {
		return c, "", err
	}
	c.ID, c.Expires = id.New(), clock.Now(ctx).Add(codeLife)
	c.Hash = m.codeHash(c.ID, digits)
	return c, digits, m.db.Insert(ctx, "identity_code", c)
}

// guessingOpen refuses when an address or a network has had too many wrong
// codes.
func (m *Module) guessingOpen(ctx context.Context, email, network string) error {
	address, err := m.open(ctx, wrongByAddress, email)
	if err != nil {
		return err
	}
	here, err := m.open(ctx, wrongByNetwork, network)
	if err != nil || !address || !here {
		return either(err, tooMany())
	}
	return nil
}

func randomDigits() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%0*d", codeDigits, n), nil
}

func (m *Module) codeHash(codeID, digits string) []byte { return m.keyed("code", codeID, digits) }

// attempt is a code as somebody typed it.
type attempt struct {
	codeID string
	person string // whose address it is to change; empty when signing in
	field  string // of the form
	typed  string
}

// try spends one try of a code, inside settle. A right code is not used up:
// prove does that. A wrong or stale one, or one that was sent for something
// else, is refused on the field of the form.
func (m *Module) try(ctx context.Context, a attempt, network string) (code, error) {
	c, found, err := db.Find[code](ctx, m.db, `SELECT `+codeColumns+` FROM identity_code WHERE id = $1 AND person = $2`, a.codeID, a.person)
	if err != nil || !found {
		return c, either(err, stale(a.field))
	}
	if err := m.guessingOpen(ctx, c.Email, network); err != nil {
		return c, err
	}
	n, err := m.db.Exec(ctx, `UPDATE identity_code SET tries = tries + 1 WHERE id = $1 AND tries < $2 AND proved = 0 AND expires > $3`,
		c.ID, codeTries, clock.Now(ctx))
	if err != nil || n == 0 {
		return c, either(err, stale(a.field))
	}
	if hmac.Equal(c.Hash, m.codeHash(c.ID, tidyDigits(a.typed))) {
		return c, nil
	}
	return c, either(m.countWrong(ctx, c, network), wrong(a.field))
}

// countWrong notes a wrong code against its address and network.
func (m *Module) countWrong(ctx context.Context, c code, network string) error {
	if _, err := m.count(ctx, wrongByAddress, c.Email); err != nil {
		return err
	}
	if _, err := m.count(ctx, wrongByNetwork, network); err != nil {
		return err
	}
	if c.Tries+1 < codeTries {
		return nil
	}
	return m.announceGuessing(ctx, c.ID)
}

// prove uses a code up.
func (m *Module) prove(ctx context.Context, c code) error {
	n, err := m.db.Exec(ctx, `UPDATE identity_code SET proved = $1 WHERE id = $2 AND proved = 0`, clock.Now(ctx), c.ID)
	return db.Changed(n, err, "identity.code_used")
}

// proved is a code that was typed rightly a short while ago, fault.Invalid when
// that is not so.
func (m *Module) proved(ctx context.Context, codeID string) (code, error) {
	c, found, err := db.Find[code](ctx, m.db, `SELECT `+codeColumns+` FROM identity_code WHERE id = $1 AND proved > $2`,
		codeID, clock.Now(ctx).Add(-proofLife))
	if err == nil && !found {
		err = stale("code")
	}
	return c, err
}

// tidyDigits drops the spaces and dashes that people and phones put between
// digits.
func tidyDigits(typed string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return 'x'
	}, strings.TrimSpace(typed))
}

func wrong(field string) error { return fieldFault(field, "identity.code_wrong") }

func stale(field string) error { return fieldFault(field, "identity.code_stale") }

func fieldFault(field, key string) error {
	var c fault.Check
	c.Fail(field, key)
	return refused{c.Err()}
}
