package identity

import (
	"context"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// change is an address on its way to another: a code for each.
type change struct{ oldCode, newCode string } // ids

// requestChange sends a code to the address a person has and one to that they
// want. It answers the same when somebody else has the wanted address. Faults:
// Invalid on "email", TooMany beyond a limit, Unavailable without mail.
func (m *Module) requestChange(ctx context.Context, person, wanted, network string) (ids change, err error) {
	if m.mail.Disabled() {
		return ids, fault.New(fault.Unavailable, "identity.no_mail")
	}
	normal, err := address("email", wanted)
	if err != nil {
		return ids, err
	}
	a, err := m.AccountOf(ctx, person)
	if err != nil {
		return ids, err
	}
	if a.Email == normal {
		return ids, fieldFault("email", "identity.email_same")
	}
	err = m.settle(ctx, func(ctx context.Context) error {
		ids.oldCode, err = m.sendChange(ctx, code{Email: a.Email, Person: person}, "identity.mail.leave", network)
		if err != nil {
			return err
		}
		ids.newCode, err = m.sendChange(ctx, code{Email: normal, Person: person}, "identity.mail.arrive", network)
		return err
	})
	return ids, err
}

func (m *Module) sendChange(ctx context.Context, c code, key, network string) (codeID string, err error) {
	c, digits, err := m.issue(ctx, c, network)
	if err != nil {
		return "", err
	}
	return c.ID, m.mail.Send(ctx, codeMail(ctx, c, digits, key))
}

// confirmChange gives the person the new address when both codes are right.
// Faults: Invalid on "old_code" and "new_code", Conflict when another account
// has the address, TooMany beyond a limit.
func (m *Module) confirmChange(ctx context.Context, person string, ids change, oldTyped, newTyped, network string) error {
	return m.settle(ctx, func(ctx context.Context) error {
		leave, err := m.try(ctx, attempt{ids.oldCode, person, "old_code", oldTyped}, network)
		if err != nil {
			return err
		}
		arrive, err := m.try(ctx, attempt{ids.newCode, person, "new_code", newTyped}, network)
		if err != nil {
			return err
		}
		for _, c := range []code{leave, arrive} {
			if err := m.prove(ctx, c); err != nil {
				return err
			}
		}
		return m.moveAccount(ctx, person, leave.Email, arrive.Email)
	})
}

// moveAccount replaces the address of an account, unless it has changed
// meanwhile or somebody else has the new one.
func (m *Module) moveAccount(ctx context.Context, person, from, to string) error {
	_, taken, err := m.byEmail(ctx, to)
	if err != nil || taken {
		return either(err, fault.New(fault.Conflict, "identity.email_taken"))
	}
	n, err := m.db.Exec(ctx, `UPDATE identity_account SET email = $1 WHERE person = $2 AND email = $3`, to, person, from)
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "identity.email_taken")
	}
	if err := db.Changed(n, err, "identity.email_moved"); err != nil {
		return err
	}
	return m.announce(ctx, EventEmailChanged, person, nil)
}

// pendingChange is the wanted address of a change under way, empty when there is
// none any more.
func (m *Module) pendingChange(ctx context.Context, person string, ids change) (wanted string, err error) {
	wanted, _, err = db.Find[string](ctx, m.db, `SELECT email FROM identity_code WHERE id = $1 AND person = $2 AND proved = 0 AND expires > $3`,
		ids.newCode, person, clock.Now(ctx))
	return wanted, err
}
