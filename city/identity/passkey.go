package identity

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

const (
	passkeysMax  = 20 // of one person
	ceremonyLife = 5 * time.Minute
)

// Passkey is a device or keyring that can sign a person in.
type Passkey struct {
	ID         string    `db:"id"` // of the credential, base64url
	Person     string    `db:"person"`
	Browser    string    `db:"browser"` // with which it was added
	System     string    `db:"system"`
	Credential string    `db:"credential"`
	Created    time.Time `db:"created"`
	Used       time.Time `db:"used"` // zero: never
}

const passkeyColumns = "id, person, browser, system, credential, created, used"

// relyingParty is who passkeys are made for: the host of the site. It is nil for
// a host that browsers make none for, such as a bare address of the network.
func relyingParty(origin string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, fmt.Errorf("%q is no origin like https://ronda.example", origin)
	}
	if net.ParseIP(u.Hostname()) != nil {
		return nil, nil
	}
	timeout := webauthn.TimeoutConfig{Enforce: true, Timeout: ceremonyLife, TimeoutUVD: ceremonyLife}
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "Ronda", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{Login: timeout, Registration: timeout},
	})
}

// CheckOrigin says what is wrong with the address of the site, as New would.
func CheckOrigin(origin string) error {
	_, err := relyingParty(origin)
	return err
}

// keyholder is an account as the library sees it.
type keyholder struct {
	Account
	name string
	keys []webauthn.Credential
}

// WebAuthnID is the handle, which says nothing about the person.
func (k keyholder) WebAuthnID() []byte { return []byte(k.Handle) }

// WebAuthnName tells accounts apart in the browser's own list.
func (k keyholder) WebAuthnName() string { return k.Email }

// WebAuthnDisplayName is the name of the person.
func (k keyholder) WebAuthnDisplayName() string { return k.name }

// WebAuthnCredentials are the passkeys so far.
func (k keyholder) WebAuthnCredentials() []webauthn.Credential { return k.keys }

// Passkeys are the passkeys of a person, oldest first.
func (m *Module) Passkeys(ctx context.Context, person string) ([]Passkey, error) {
	return db.Query[Passkey](ctx, m.db, `SELECT `+passkeyColumns+` FROM identity_passkey WHERE person = $1 ORDER BY created, id`, person)
}

func (m *Module) keyholder(ctx context.Context, a Account) (keyholder, error) {
	name, err := m.name(ctx, a.Person)
	if err != nil {
		return keyholder{}, err
	}
	k := keyholder{Account: a, name: name}
	stored, err := m.Passkeys(ctx, a.Person)
	if err != nil {
		return k, err
	}
	for _, p := range stored {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(p.Credential), &c); err != nil {
			return k, fmt.Errorf("passkey of %s: %w", a.Person, err)
		}
		k.keys = append(k.keys, c)
	}
	return k, nil
}

// beginPasskey gives what the browser needs to make a passkey for the person,
// and what must be remembered until it answers.
func (m *Module) beginPasskey(ctx context.Context, person string) (options *protocol.CredentialCreation, ceremony *webauthn.SessionData, err error) {
	a, err := m.AccountOf(ctx, person)
	if err != nil {
		return nil, nil, err
	}
	k, err := m.keyholder(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	if len(k.keys) >= passkeysMax {
		return nil, nil, fault.New(fault.Conflict, "identity.passkey.too_many", "max", passkeysMax)
	}
	return m.keys.BeginRegistration(k, webauthn.WithExclusions(webauthn.Credentials(k.keys).CredentialDescriptors()))
}

// addPasskey checks what the browser made and keeps it.
func (m *Module) addPasskey(ctx context.Context, person string, ceremony webauthn.SessionData, answer []byte, userAgent string) error {
	a, err := m.AccountOf(ctx, person)
	if err != nil {
		return err
	}
	k, err := m.keyholder(ctx, a)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return unverified(err)
	}
	c, err := m.keys.CreateCredential(k, ceremony, parsed)
	if err != nil {
		return unverified(err)
	}
	c.Attestation = webauthn.CredentialAttestation{} // who made the device is not asked for
	return m.storePasskey(ctx, person, *c, userAgent)
}

func (m *Module) storePasskey(ctx context.Context, person string, c webauthn.Credential, userAgent string) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	browser, system := device(userAgent)
	p := Passkey{ID: keyID(c.ID), Person: person, Browser: browser, System: system, Credential: string(text), Created: clock.Now(ctx)}
	return m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.db.Insert(ctx, "identity_passkey", p); err != nil {
			if db.IsUnique(err) {
				return fault.New(fault.Conflict, "identity.passkey.known")
			}
			return err
		}
		return m.announce(ctx, EventPasskeyAdded, person, nil)
	})
}

// removePasskey takes a passkey from a person, NotFound when they have none of
// that id.
func (m *Module) removePasskey(ctx context.Context, person, passkey string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		n, err := m.db.Exec(ctx, `DELETE FROM identity_passkey WHERE id = $1 AND person = $2`, passkey, person)
		if err != nil || n == 0 {
			return either(err, fault.New(fault.NotFound, "fault.notfound"))
		}
		return m.announce(ctx, EventPasskeyRemoved, person, nil)
	})
}

// checkPasskey finds out whose passkey signed the answer. Faults: Invalid when
// it proves nothing, Forbidden for a passkey that seems to be a copy.
func (m *Module) checkPasskey(ctx context.Context, ceremony webauthn.SessionData, answer []byte) (person string, err error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return "", unverified(err)
	}
	var holder keyholder
	var lookup error
	_, c, err := m.keys.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		holder, lookup = m.byHandle(ctx, handle)
		return holder, lookup
	}, ceremony, parsed)
	switch {
	case lookup != nil && !fault.Is(lookup, fault.NotFound):
		return "", lookup
	case err != nil:
		return "", unverified(err)
	}
	return holder.Person, m.usePasskey(ctx, holder.Person, *c)
}

func (m *Module) byHandle(ctx context.Context, handle []byte) (keyholder, error) {
	a, err := db.One[Account](ctx, m.db, `SELECT `+accountColumns+` FROM identity_account WHERE handle = $1`,
		string(bytes.ToValidUTF8(handle, nil)))
	if err != nil {
		return keyholder{}, err
	}
	return m.keyholder(ctx, a)
}

// usePasskey keeps the counter of a passkey and refuses one whose counter went
// back: somebody else has used a copy.
func (m *Module) usePasskey(ctx context.Context, person string, c webauthn.Credential) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return m.settle(ctx, func(ctx context.Context) error {
		if c.Authenticator.CloneWarning {
			err := m.announce(ctx, EventPasskeyCopied, person, nil)
			return either(err, refused{fault.New(fault.Forbidden, "identity.passkey.copied")})
		}
		_, err := m.db.Exec(ctx, `UPDATE identity_passkey SET credential = $1, used = $2 WHERE id = $3 AND person = $4`,
			string(text), clock.Now(ctx), keyID(c.ID), person)
		return err
	})
}

func keyID(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// unverified hides why an answer proves nothing: the reason helps nobody but who
// forges answers.
func unverified(cause error) error {
	err := fault.New(fault.Invalid, "identity.passkey.unverified")
	err.Err = cause
	return err
}
