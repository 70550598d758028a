package identity

import (
	"context"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/id"
	"ronda/platform/mail"
)

// Account is what lets a person sign in.
type Account struct {
	Person   string    `db:"person"`
	Email    string    `db:"email"` // in its normal form
	Lang     i18n.Lang `db:"lang"`  // for mails
	Handle   string    `db:"handle"`
	Disabled bool      `db:"disabled"`
	Created  time.Time `db:"created"`
}

const accountColumns = "person, email, lang, handle, disabled, created"

// CreateAccount gives a person an account, e.g. an official who is to sign in
// for the first time. Administrators may. Faults: Forbidden; Invalid on "email"
// when it is no address or has an account; Conflict when the person has one.
func (m *Module) CreateAccount(ctx context.Context, person, email string, lang i18n.Lang) (err error) {
	defer fault.Wrap(&err, "CreateAccount(%s)", person)
	if err := byAdministrator(ctx); err != nil {
		return err
	}
	return m.openAccount(ctx, person, email, lang)
}

// byAdministrator refuses whoever acts in ctx and does not administer the program.
func byAdministrator(ctx context.Context) error {
	if !people.Me(ctx).Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// openAccount is CreateAccount for whom the caller has let in.
func (m *Module) openAccount(ctx context.Context, person, email string, lang i18n.Lang) error {
	normal, err := address("email", email)
	if err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		if _, taken, err := m.byEmail(ctx, normal); err != nil || taken {
			return orTaken(err, taken)
		}
		if _, has, err := m.account(ctx, person); err != nil || has {
			return either(err, fault.New(fault.Conflict, "identity.has_account"))
		}
		return m.insertAccount(ctx, person, normal, lang)
	})
}

// insertAccount stores an account and tells of it.
func (m *Module) insertAccount(ctx context.Context, person, normal string, lang i18n.Lang) error {
	a := Account{Person: person, Email: normal, Lang: lang, Handle: id.Secret(), Created: clock.Now(ctx)}
	if err := m.db.Insert(ctx, "identity_account", a); err != nil {
		if db.IsUnique(err) { // somebody was faster
			return fault.New(fault.Conflict, "identity.email_taken")
		}
		return err
	}
	return m.announce(ctx, EventRegistered, person, nil)
}

// address checks a typed mail address and gives its normal form.
func address(field, typed string) (string, error) {
	normal, ok := mail.Address(typed)
	var c fault.Check
	c.Require(typed != "", field, "fault.required")
	c.Require(typed == "" || ok, field, "fault.email")
	return normal, c.Err()
}

func orTaken(err error, taken bool) error {
	if err != nil || !taken {
		return err
	}
	var c fault.Check
	c.Fail("email", "identity.email_taken")
	return c.Err()
}

// either is the first error that there is.
func either(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// AccountOf is the account of a person, fault.NotFound without one.
func (m *Module) AccountOf(ctx context.Context, person string) (Account, error) {
	return db.One[Account](ctx, m.db, `SELECT `+accountColumns+` FROM identity_account WHERE person = $1`, person)
}

func (m *Module) account(ctx context.Context, person string) (Account, bool, error) {
	return db.Find[Account](ctx, m.db, `SELECT `+accountColumns+` FROM identity_account WHERE person = $1`, person)
}

func (m *Module) byEmail(ctx context.Context, normal string) (Account, bool, error) {
	return db.Find[Account](ctx, m.db, `SELECT `+accountColumns+` FROM identity_account WHERE email = $1`, normal)
}

// PersonOf is the person whose account has the address; ok is false without
// one. It is for administrators: to ask it for a visitor would tell who has an
// account.
func (m *Module) PersonOf(ctx context.Context, email string) (person string, ok bool, err error) {
	normal, valid := mail.Address(email)
	if !valid {
		return "", false, nil
	}
	a, ok, err := m.byEmail(ctx, normal)
	return a.Person, ok, err
}

type emailRow struct {
	Person string `db:"person"`
	Email  string `db:"email"`
}

// EmailOf are the addresses of persons by id; who has no account or a disabled
// one is left out.
func (m *Module) EmailOf(ctx context.Context, persons ...string) (map[string]string, error) {
	out := make(map[string]string, len(persons))
	for len(persons) > 0 {
		some := persons[:min(len(persons), listMax)]
		persons = persons[len(some):]
		marks, args := list(some)
		err := db.Each(ctx, m.db, `SELECT person, email FROM identity_account WHERE disabled = FALSE AND person IN (`+marks+`)`, args,
			func(r emailRow) error { out[r.Person] = r.Email; return nil })
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// SetDisabled keeps a person out, or lets them in again; keeping out ends every
// session. Administrators may. Faults: Forbidden, NotFound without an account.
func (m *Module) SetDisabled(ctx context.Context, person string, disabled bool) (err error) {
	defer fault.Wrap(&err, "SetDisabled(%s, %v)", person, disabled)
	if err := byAdministrator(ctx); err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		a, err := m.AccountOf(ctx, person)
		if err != nil || a.Disabled == disabled {
			return err
		}
		if _, err := m.db.Exec(ctx, `UPDATE identity_account SET disabled = $1 WHERE person = $2`, disabled, person); err != nil {
			return err
		}
		if !disabled {
			return m.announce(ctx, EventEnabled, person, nil)
		}
		if _, err := m.db.Exec(ctx, `DELETE FROM identity_session WHERE person = $1`, person); err != nil {
			return err
		}
		return m.announce(ctx, EventDisabled, person, nil)
	})
}

// setLang keeps the language in which a person is written to.
func (m *Module) setLang(ctx context.Context, person string, lang i18n.Lang) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `UPDATE identity_account SET lang = $1 WHERE person = $2`, lang, person)
		return err
	})
}

// rename gives the person another name.
func (m *Module) rename(ctx context.Context, person, name string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.people.Rename(ctx, person, name); err != nil {
			return err
		}
		return m.announce(ctx, EventRenamed, person, nil)
	})
}

// name is what a person is called, empty when nobody knows.
func (m *Module) name(ctx context.Context, person string) (string, error) {
	names, err := m.directory.Names(ctx, person)
	return names[person], err
}
