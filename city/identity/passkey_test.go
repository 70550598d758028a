package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

var rp = virtualwebauthn.RelyingParty{Name: "Ronda", ID: "ronda.test", Origin: origin}

// keyring is a device with a passkey.
type keyring struct {
	auth virtualwebauthn.Authenticator
	cred virtualwebauthn.Credential
}

// newCredential makes a key both of whose coordinates fill their 32 bytes: the
// library writes shorter ones without the zeros before them, which no verifier
// takes.
func newCredential(t *testing.T) virtualwebauthn.Credential {
	t.Helper()
	for {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		check(t, err)
		point, err := key.PublicKey.Bytes()
		check(t, err)
		if point[1] == 0 || point[33] == 0 {
			continue
		}
		text, err := x509.MarshalPKCS8PrivateKey(key)
		check(t, err)
		return virtualwebauthn.NewCredentialWithImportedKey(virtualwebauthn.KeyTypeEC2, text)
	}
}

// addPasskey makes a passkey on a new device for whoever is signed in.
func (b *browser) addPasskey() keyring {
	b.w.t.Helper()
	k := keyring{auth: virtualwebauthn.NewAuthenticator(), cred: newCredential(b.w.t)}
	p := b.json("/mi-cuenta/llaves/inicio", "{}")
	p.says(b.w.t, 200, `"residentKey":"required"`, `"userVerification":"required"`)
	options, err := virtualwebauthn.ParseAttestationOptions(p.body)
	check(b.w.t, err)
	k.auth.Options.UserHandle = []byte(options.UserID)
	p = b.json("/mi-cuenta/llaves", virtualwebauthn.CreateAttestationResponse(rp, k.auth, k.cred, *options))
	p.says(b.w.t, 200, `{"to":"/mi-cuenta"}`)
	k.auth.AddCredential(k.cred)
	return k
}

// ask begins a sign-in and gives what the browser is to sign.
func (b *browser) ask(query string) virtualwebauthn.AssertionOptions {
	b.w.t.Helper()
	p := b.json("/ingresar/llave/inicio"+query, "{}")
	p.says(b.w.t, 200)
	options, err := virtualwebauthn.ParseAssertionOptions(p.body)
	check(b.w.t, err)
	return *options
}

// answer signs and sends it.
func (b *browser) answer(k keyring, party virtualwebauthn.RelyingParty, options virtualwebauthn.AssertionOptions) page {
	b.w.t.Helper()
	return b.json("/ingresar/llave", virtualwebauthn.CreateAssertionResponse(party, k.auth, k.cred, options))
}

func TestAPasskeySignsIn(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		b := w.browser().enter("ana@correo.test")
		k := b.addPasskey()
		b.get("/mi-cuenta").says(t, 200, "Sumada desde", "todavía no")

		w.later(48 * time.Hour)
		other := w.browser()
		p := other.answer(k, rp, other.ask("?volver=/iniciativas"))
		p.says(t, 200, `{"to":"/iniciativas"}`)
		if who := other.who(); who != person {
			t.Errorf("in as %q", who)
		}
		if strings.Contains(other.get("/mi-cuenta").body, "todavía no") {
			t.Error("its use was not kept")
		}
		kinds := w.kinds(person)
		if got := strings.Join(kinds, " "); got != "registered signed_in passkey_added signed_in" {
			t.Errorf("events: %s", got)
		}
		hostile := w.browser()
		hostile.answer(k, rp, hostile.ask("?volver=//malo.test")).says(t, 200, `{"to":"/"}`)
	})
}

func TestAPasskeyThatProvesNothing(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.citizen("Ana", "ana@correo.test")
		k := w.browser().enter("ana@correo.test").addPasskey()
		elsewhere := virtualwebauthn.RelyingParty{Name: "Ronda", ID: "ronda.test", Origin: "https://malo.test"}
		otherSite := virtualwebauthn.RelyingParty{Name: "Malo", ID: "malo.test", Origin: origin}
		forged := keyring{k.auth, newCredential(t)}
		forged.cred.ID = k.cred.ID
		unknown := keyring{k.auth, newCredential(t)}
		stranger := k
		stranger.auth.Options.UserHandle = []byte("somebody else")
		careless := k
		careless.auth.Options.UserNotVerified = true
		for name, try := range map[string]func(b *browser) page{
			"signed for another origin": func(b *browser) page { return b.answer(k, elsewhere, b.ask("")) },
			"signed for another site":   func(b *browser) page { return b.answer(k, otherSite, b.ask("")) },
			"another key":               func(b *browser) page { return b.answer(forged, rp, b.ask("")) },
			"unknown":                   func(b *browser) page { return b.answer(unknown, rp, b.ask("")) },
			"of another handle":         func(b *browser) page { return b.answer(stranger, rp, b.ask("")) },
			"nobody was verified":       func(b *browser) page { return b.answer(careless, rp, b.ask("")) },
			"another challenge": func(b *browser) page {
				first := b.ask("")
				b.ask("")
				return b.answer(k, rp, first)
			},
			"somebody else's challenge": func(b *browser) page { return b.answer(k, rp, w.browser().ask("")) },
			"an answer twice": func(b *browser) page {
				options := b.ask("")
				b.answer(k, rp, options)
				b.post("/salir")
				return b.answer(k, rp, options)
			},
			"an answer after a wrong one": func(b *browser) page {
				options := b.ask("")
				b.json("/ingresar/llave", "{}")
				return b.answer(k, rp, options)
			},
			"no JSON":  func(b *browser) page { b.ask(""); return b.json("/ingresar/llave", "{") },
			"too long": func(b *browser) page { b.ask(""); return b.json("/ingresar/llave", strings.Repeat(" ", 70<<10)) },
		} {
			b := w.browser()
			p := try(b)
			p.says(t, 422, `{"error":"No pudimos comprobar esa llave`)
			if who := b.who(); who != "" {
				t.Errorf("%s: in as %q", name, who)
			}
		}
	})
}

func TestARemovedPasskeyIsOut(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		w.citizen("Blas", "blas@correo.test")
		b := w.browser().enter("ana@correo.test")
		k := b.addPasskey()
		keys, err := w.Passkeys(w.ctx(), person)
		if err != nil || len(keys) != 1 {
			t.Fatalf("%+v, %v", keys, err)
		}
		remove := "/mi-cuenta/llaves/" + keys[0].ID + "/quitar"
		w.browser().enter("blas@correo.test").post(remove).says(t, 404)
		b.post(remove).leadsTo(t, "/mi-cuenta")
		b.get("/mi-cuenta").says(t, 200, "La llave ya no sirve para ingresar")
		thief := w.browser()
		thief.answer(k, rp, thief.ask("")).says(t, 422)
	})
}

func TestAPasskeyOfADisabledAccountIsOut(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		k := w.browser().enter("ana@correo.test").addPasskey()
		check(t, w.SetDisabled(w.admin(), person, true))
		b := w.browser()
		b.answer(k, rp, b.ask("")).says(t, 403, "suspendida")
		if b.who() != "" {
			t.Error("in")
		}
	})
}

// A counter that goes back means that two devices hold the same key.
func TestACopiedPasskeyIsRefused(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		k := w.browser().enter("ana@correo.test").addPasskey()
		k.cred.Counter = 7
		b := w.browser()
		b.answer(k, rp, b.ask("")).says(t, 200)
		k.cred.Counter = 3
		thief := w.browser()
		thief.answer(k, rp, thief.ask("")).says(t, 403, "parece copiada")
		if thief.who() != "" {
			t.Error("in")
		}
		if kinds := w.kinds(person); kinds[len(kinds)-1] != "passkey_copied" {
			t.Errorf("%v", kinds)
		}
	})
}

func TestAPasskeyIsNotAddedTwiceNorWithoutEnd(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.citizen("Ana", "ana@correo.test")
		b := w.browser().enter("ana@correo.test")
		k := b.addPasskey()
		options, err := virtualwebauthn.ParseAttestationOptions(b.json("/mi-cuenta/llaves/inicio", "{}").body)
		check(t, err)
		if len(options.ExcludeCredentials) != 1 {
			t.Error("the browser is not told which passkeys there are")
		}
		b.json("/mi-cuenta/llaves", virtualwebauthn.CreateAttestationResponse(rp, k.auth, k.cred, *options)).says(t, 409, "ya está en una cuenta")
		for range 19 {
			b.addPasskey()
		}
		b.json("/mi-cuenta/llaves/inicio", "{}").says(t, 409, "hasta 20 llaves")
	})
}

// What a device learns of an account tells nothing about the person but the
// address and name that its owner must recognise.
func TestTheHandleOfAPasskeyIsNotThePerson(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		p := w.browser().enter("ana@correo.test").json("/mi-cuenta/llaves/inicio", "{}")
		var options struct {
			PublicKey struct {
				User struct{ ID, Name, DisplayName string }
			}
		}
		check(t, json.Unmarshal([]byte(p.body), &options))
		user := options.PublicKey.User
		if user.ID == "" || strings.Contains(p.body, person) || user.Name != "ana@correo.test" || user.DisplayName != "Ana" {
			t.Errorf("%+v", user)
		}
	})
}

func TestTheScriptMayBeKeptForEver(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, tables...), true)
	_, rest, found := strings.Cut(w.browser().get("/ingresar").body, `<script src="/assets/passkey.`)
	hash, _, _ := strings.Cut(rest, `.js"`)
	if !found {
		t.Fatal("the page has no script")
	}
	p := w.browser().get("/assets/passkey." + hash + ".js")
	p.says(t, http.StatusOK, "navigator.credentials")
	if p.header.Get("Content-Type") != "text/javascript; charset=utf-8" || !strings.Contains(p.header.Get("Cache-Control"), "immutable") {
		t.Errorf("%v", p.header)
	}
}

func TestPasskeyRowsHoldNoMoreThanNeeded(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.citizen("Ana", "ana@correo.test")
		w.browser().enter("ana@correo.test").addPasskey()
		stored, err := db.One[string](w.ctx(), w.db, `SELECT credential FROM identity_passkey`)
		check(t, err)
		if strings.Contains(stored, "clientDataJSON\":\"ey") || len(stored) > 1500 {
			t.Errorf("%d bytes: %s", len(stored), stored)
		}
	})
}
