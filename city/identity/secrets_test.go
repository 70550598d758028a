package identity_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"ronda/platform/db"
	"ronda/platform/event"
)

// What the program writes about its work can be read by people who must not know
// who its visitors are, nor be able to sign in as them.
func TestNeitherLogNorEventsNorTablesTellSecrets(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		b := w.browser()
		b.post("/registrarse", "name", "Ana Secreta", "email", "ana@correo.test")
		digits := w.code("ana@correo.test")
		b.post("/ingresar/codigo", "code", other(digits))
		b.post("/ingresar/codigo", "code", digits).leadsTo(t, "/mi-escritorio")
		b.addPasskey()
		b.post("/mi-cuenta/nombre", "name", "Ana Muy Secreta")
		b.post("/mi-cuenta/correo", "email", "otra@correo.test")
		leave, arrive := w.code("ana@correo.test"), w.code("otra@correo.test")
		b.post("/mi-cuenta/correo/codigos", "old_code", leave, "new_code", arrive)
		link := w.link()
		w.browser().get(link)
		w.browser().get(link + "x")

		secrets := []string{"ana@", "otra@", "correo.test", "Secreta", digits, leave, arrive, strings.TrimPrefix(link, "/primera-administracion/"), b.token()}
		events, err := w.events.All(w.ctx(), event.Page{Limit: 100})
		check(t, err)
		told, err := json.Marshal(events)
		check(t, err)
		for _, secret := range append(secrets, "127.0.0.1") {
			if holds(w.log.String(), secret) {
				t.Errorf("the log holds %q", secret)
			}
			if holds(string(told), secret) {
				t.Errorf("the events hold %q", secret)
			}
		}
		for _, query := range []string{
			`SELECT bucket FROM identity_limit`, `SELECT hash FROM identity_link`, `SELECT CAST(hash AS TEXT) FROM identity_code`,
		} {
			values, err := db.Query[string](w.ctx(), w.db, query)
			check(t, err)
			for _, secret := range append(secrets, "127.0.0.1") {
				if holds(strings.Join(values, " "), secret) {
					t.Errorf("%s gives %q", query, secret)
				}
			}
		}
	})
}

// holds says whether a text tells a secret. Digits count as a word of their own:
// six of them stand in many an id.
func holds(text, secret string) bool {
	if sixDigits.MatchString(secret) && len(secret) == 6 {
		return regexp.MustCompile(`\b` + secret + `\b`).MatchString(text)
	}
	return strings.Contains(text, secret)
}
