package identity_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// link is the path of a new link for the first administrator.
func (w *world) link() string {
	w.t.Helper()
	url, ok, err := w.FirstAdminLink(w.ctx())
	if err != nil || !ok {
		w.t.Fatalf("%q, %v, %v", url, ok, err)
	}
	path, ours := strings.CutPrefix(url, origin)
	if !ours {
		w.t.Fatalf("the link %q leaves the site", url)
	}
	return path
}

func TestALinkMakesTheFirstAdministrator(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		earlier, link := w.link(), w.link()
		b := w.browser()
		b.get(link).says(t, 200, "Este enlace sirve una sola vez")
		b.post(link, "name", "", "email", "x").says(t, 422, "Falta completar este dato", "No parece una dirección de correo")
		b.post(link, "name", "Ada Admin", "email", "ada@ciudad.test").leadsTo(t, "/mi-cuenta")
		person := b.who()
		if diff := cmp.Diff([]string{person}, w.admins()); diff != "" || w.called(person) != "Ada Admin" {
			t.Error(diff, w.called(person))
		}
		for _, used := range []string{link, earlier} {
			w.browser().get(used).says(t, 404)
			w.browser().post(used, "name", "Eva", "email", "eva@malo.test").says(t, 404)
		}
		if _, ok, err := w.FirstAdminLink(w.ctx()); ok || err != nil {
			t.Errorf("there is an administrator and still a link, %v", err)
		}
		if diff := cmp.Diff([]string{"registered", "signed_in"}, w.kinds(person)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWhoIsSignedInBecomesTheFirstAdministratorThemselves(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		b := w.browser().enter("ana@correo.test")
		link := w.link()
		p := b.get(link)
		p.says(t, 200, "con tu cuenta, Ana")
		if strings.Contains(p.body, `name="email"`) {
			t.Error("asks for an address")
		}
		b.post(link).leadsTo(t, "/mi-cuenta")
		if diff := cmp.Diff([]string{person}, w.admins()); diff != "" || b.who() != person {
			t.Error(diff, b.who())
		}
	})
}

func TestALinkDoesNotTakeOverAnAccount(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.citizen("Ana", "ana@correo.test")
		b, link := w.browser(), w.link()
		b.post(link, "name", "Eva", "email", "ana@correo.test").says(t, 422, "Ya hay una cuenta con ese correo")
		if b.who() != "" || len(w.admins()) != 0 {
			t.Errorf("in as %q, administrators %v", b.who(), w.admins())
		}
		b.post(link, "name", "Eva", "email", "eva@correo.test").leadsTo(t, "/mi-cuenta")
	})
}

func TestALinkEndsAfterADay(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		link := w.link()
		w.later(24 * time.Hour)
		w.browser().get(link).says(t, 404)
		w.browser().post(link, "name", "Eva", "email", "eva@correo.test").says(t, 404)
	})
}

func TestGuessingLinksIsRefused(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		link := w.link()
		for range 10 {
			w.browser().get("/primera-administracion/abcdefgh").says(t, 404)
			w.browser().post("/primera-administracion/abcdefgh", "name", "Eva", "email", "eva@malo.test").says(t, 404)
		}
		w.browser().get(link).says(t, 429)
		w.browser().post(link, "name", "Eva", "email", "eva@malo.test").says(t, 429)
		w.later(time.Hour)
		w.browser().get(link).says(t, 200)
	})
}

func TestOfTwoWhoOpenTwoLinksOneIsFirst(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		links := []string{w.link(), w.link(), w.link(), w.link()}
		visitors := make([]*browser, len(links))
		for i := range visitors {
			visitors[i] = w.browser()
		}
		var wg sync.WaitGroup
		for i, b := range visitors {
			wg.Go(func() { b.post(links[i], "name", "Eva", "email", string(rune('a'+i))+"@correo.test") })
		}
		wg.Wait()
		in := 0
		for _, b := range visitors {
			if b.who() != "" {
				in++
			}
		}
		if in != 1 || len(w.admins()) != 1 {
			t.Errorf("%d are in, administrators %v", in, w.admins())
		}
	})
}
