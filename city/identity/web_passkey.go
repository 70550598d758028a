package identity

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/go-webauthn/webauthn/webauthn"

	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/web"
)

// The ceremony of a passkey is a talk between the browser's own dialogue and
// this program, so it needs the script passkey.js and speaks JSON. Everything
// else about passkeys works without.

const answerMax = 64 << 10 // bytes of what a browser answers

// reply is what the script is told: where to go, or what is wrong.
type reply struct {
	To    string `json:"to,omitempty"`
	Error string `json:"error,omitempty"`
}

// postPasskeyAsk begins a sign-in: any passkey of this site will do.
func (m *Module) postPasskeyAsk(w http.ResponseWriter, r *http.Request) error {
	return talk(w, r, func() (any, error) {
		if m.keys == nil {
			return nil, fault.New(fault.NotFound, "fault.notfound")
		}
		if err := m.passkeysOpen(r); err != nil {
			return nil, err
		}
		options, ceremony, err := m.keys.BeginDiscoverableLogin()
		if err != nil {
			return nil, err
		}
		m.remember(r.Context(), r.URL.Query().Get("volver"))
		return options, m.keepCeremony(r, ceremony)
	})
}

// passkeysOpen counts a ceremony against the network it comes from.
func (m *Module) passkeysOpen(r *http.Request) error {
	ctx, within := r.Context(), false
	err := m.settle(ctx, func(ctx context.Context) (err error) {
		within, err = m.count(ctx, passkeysByNetwork, web.Network(r))
		return err
	})
	if err == nil && !within {
		err = tooMany()
	}
	return err
}

func (m *Module) postPasskeySignIn(w http.ResponseWriter, r *http.Request) error {
	return talk(w, r, func() (any, error) {
		ceremony, answer, err := m.ceremony(w, r)
		if err != nil {
			return nil, err
		}
		person, err := m.checkPasskey(r.Context(), ceremony, answer)
		if err != nil {
			return nil, err
		}
		next := m.next(r.Context())
		return reply{To: next}, m.SignIn(r, person, "passkey")
	})
}

// postPasskeyBegin begins to add a passkey to the account of who is signed in.
func (m *Module) postPasskeyBegin(w http.ResponseWriter, r *http.Request) error {
	return talk(w, r, func() (any, error) {
		if m.keys == nil {
			return nil, fault.New(fault.NotFound, "fault.notfound")
		}
		if !recent(r.Context()) {
			return nil, fault.New(fault.Forbidden, "identity.passkey.not_recent")
		}
		options, ceremony, err := m.beginPasskey(r.Context(), PersonID(r.Context()))
		if err != nil {
			return nil, err
		}
		return options, m.keepCeremony(r, ceremony)
	})
}

func (m *Module) postPasskeyAdd(w http.ResponseWriter, r *http.Request) error {
	return talk(w, r, func() (any, error) {
		if !recent(r.Context()) {
			return nil, fault.New(fault.Forbidden, "identity.passkey.not_recent")
		}
		ceremony, answer, err := m.ceremony(w, r)
		if err != nil {
			return nil, err
		}
		return reply{To: accountPath}, m.addPasskey(r.Context(), PersonID(r.Context()), ceremony, answer, r.UserAgent())
	})
}

func (m *Module) postPasskeyRemove(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := m.removePasskey(ctx, PersonID(ctx), r.PathValue("id")); err != nil {
		return err
	}
	return web.Redirect(w, r, accountPath, "identity.flash.passkey_removed")
}

// keepCeremony remembers in the visitor's session what the browser is to answer.
func (m *Module) keepCeremony(r *http.Request, c *webauthn.SessionData) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	m.sessions.Put(r.Context(), keyCeremony, string(text))
	return nil
}

// ceremony is what was begun in this session, once, and what the browser
// answers.
func (m *Module) ceremony(w http.ResponseWriter, r *http.Request) (c webauthn.SessionData, answer []byte, err error) {
	text := m.sessions.PopString(r.Context(), keyCeremony)
	if m.keys == nil || text == "" {
		return c, nil, fault.New(fault.Invalid, "identity.passkey.unverified")
	}
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return c, nil, err
	}
	answer, err = io.ReadAll(http.MaxBytesReader(w, r.Body, answerMax))
	if err != nil {
		return c, nil, unverified(err)
	}
	return c, answer, nil
}

// talk answers in JSON, faults too; what is none of them goes up to be logged.
func talk(w http.ResponseWriter, r *http.Request, do func() (any, error)) error {
	answer, err := do()
	status := http.StatusOK
	if err != nil {
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind == fault.Internal {
			return err
		}
		status, answer = web.Status(err), reply{Error: i18n.T(r.Context(), f.Key, f.Args...)}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, err = w.Write(body)
	return err
}
