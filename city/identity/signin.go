package identity

import (
	"context"

	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/mail"
)

const nameMax = 120 // runes, as People keeps them

// requestCode sends a code to an address and gives the id under which the
// visitor's session remembers it. name is of whoever registers, empty for who
// signs in. The two are one path, with the same work and the same mail whether
// or not the address has an account. Faults: Invalid on "email" and "name",
// TooMany beyond a limit, Unavailable without mail.
func (m *Module) requestCode(ctx context.Context, email, name, network string) (codeID string, err error) {
	if m.mail.Disabled() {
		return "", fault.New(fault.Unavailable, "identity.no_mail")
	}
	normal, err := address("email", email)
	if err != nil {
		return "", err
	}
	err = m.settle(ctx, func(ctx context.Context) error {
		c, digits, err := m.issue(ctx, code{Email: normal, Name: name}, network)
		if err != nil {
			return err
		}
		codeID = c.ID
		return m.mail.Send(ctx, codeMail(ctx, c, digits, "identity.mail.code"))
	})
	return codeID, err
}

// checkRegistration says what is wrong with the form of a new account, all at
// once.
func checkRegistration(name, email string) error {
	_, valid := mail.Address(email)
	var c fault.Check
	c.Text("name", name, true, nameMax)
	c.Require(email != "", "email", "fault.required")
	c.Require(email == "" || valid, "email", "fault.email")
	return c.Err()
}

// confirm checks a typed code. person is whose account the address has, made
// when a name came with the request; empty when there is neither: the address is
// proved and waits for a name (see register). Faults: Invalid on "code",
// TooMany beyond a limit.
func (m *Module) confirm(ctx context.Context, codeID, typed, network string) (person string, err error) {
	err = m.settle(ctx, func(ctx context.Context) error {
		c, err := m.try(ctx, attempt{codeID: codeID, field: "code", typed: typed}, network)
		if err != nil {
			return err
		}
		if err := m.prove(ctx, c); err != nil {
			return err
		}
		person, err = m.owner(ctx, c)
		return err
	})
	return person, err
}

// owner is the person behind a proved address.
func (m *Module) owner(ctx context.Context, c code) (person string, err error) {
	a, found, err := m.byEmail(ctx, c.Email)
	switch {
	case err != nil:
		return "", err
	case found:
		return a.Person, nil
	case c.Name == "":
		return "", nil
	}
	return m.newCitizen(ctx, c)
}

// register makes the account of an address that was proved before its owner had
// given a name. Faults: Invalid on "name", or on "code" when the proof is too
// old.
func (m *Module) register(ctx context.Context, codeID, name string) (person string, err error) {
	var check fault.Check
	check.Text("name", name, true, nameMax)
	if err := check.Err(); err != nil {
		return "", err
	}
	err = m.db.Write(ctx, func(ctx context.Context) error {
		c, err := m.proved(ctx, codeID)
		if err != nil {
			return err
		}
		c.Name = name
		person, err = m.owner(ctx, c)
		return err
	})
	return person, err
}

func (m *Module) newCitizen(ctx context.Context, c code) (person string, err error) {
	if person, err = m.people.CreateCitizen(ctx, c.Name); err != nil {
		return "", err
	}
	return person, m.insertAccount(ctx, person, c.Email, i18n.Of(ctx))
}

// codeMail is the mail with a code; key begins the keys of its words.
func codeMail(ctx context.Context, c code, digits, key string) mail.Message {
	return mail.Message{To: c.Email, Name: c.Name, Lang: i18n.Of(ctx), Subject: i18n.T(ctx, key+".subject"), Until: c.Expires,
		Parts: []mail.Part{
			mail.Text(i18n.T(ctx, key+".text")),
			mail.Code(digits),
			mail.Text(i18n.T(ctx, "identity.mail.life", "minutes", int(codeLife.Minutes()))),
			mail.Text(i18n.T(ctx, "identity.mail.unasked")),
		}}
}
