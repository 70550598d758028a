package identity_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ronda/city/identity"
	"ronda/city/people"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

func (p page) leadsTo(t *testing.T, to string) {
	t.Helper()
	if p.status != http.StatusSeeOther || p.to != to {
		t.Errorf("status %d to %q, want 303 to %q", p.status, p.to, to)
	}
}

func (p page) says(t *testing.T, status int, words ...string) {
	t.Helper()
	if p.status != status {
		t.Errorf("status %d, want %d", p.status, status)
	}
	for _, word := range words {
		if !strings.Contains(p.body, word) {
			t.Errorf("the page lacks %q: %s", word, p.body)
		}
	}
}

func TestSomebodyNewCreatesAnAccountAndSignsInAgain(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		b := w.browser()
		b.get("/registrarse").says(t, 200, `name="name"`, `name="email"`, "Crear una cuenta")
		b.post("/registrarse", "name", "Ana Núñez", "email", " Ana.Nunez@Correo.TEST", "volver", "/iniciativas").leadsTo(t, "/ingresar/codigo")
		b.get("/ingresar/codigo").says(t, 200, `autocomplete="one-time-code"`)
		digits := w.code("ana.nunez@correo.test")
		b.post("/ingresar/codigo", "code", " "+digits[:3]+" "+digits[3:]).leadsTo(t, "/iniciativas")
		person := b.who()
		if w.called(person) != "Ana Núñez" {
			t.Fatalf("signed in as %q, %q", person, w.called(person))
		}
		b.post("/salir").leadsTo(t, "/")
		if who := b.who(); who != "" {
			t.Errorf("signed out and still %q", who)
		}
		if again := w.browser().enter("ana.nunez@correo.test").who(); again != person {
			t.Errorf("signed in again as %q", again)
		}
		want := []string{"registered", "signed_in", "signed_out", "signed_in"}
		if diff := cmp.Diff(want, w.kinds(person)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWhoSignsInWithoutAnAccountIsAskedForAName(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		b := w.browser()
		b.post("/ingresar", "email", "nuevo@correo.test", "volver", "/x").leadsTo(t, "/ingresar/codigo")
		b.post("/ingresar/codigo", "code", w.code("nuevo@correo.test")).leadsTo(t, "/registrarse")
		p := b.get("/registrarse")
		p.says(t, 200, "Tu correo está confirmado", `name="name"`)
		if strings.Contains(p.body, `name="email"`) {
			t.Error("asks for the address again")
		}
		b.post("/registrarse", "name", " ").says(t, 422, "Falta completar este dato")
		b.post("/registrarse", "name", "Nueva Persona").leadsTo(t, "/x")
		if w.called(b.who()) != "Nueva Persona" {
			t.Errorf("signed in as %q", b.who())
		}
	})
}

func TestAProvedAddressDoesNotWaitForEver(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		b := w.browser()
		b.post("/ingresar", "email", "nuevo@correo.test")
		b.post("/ingresar/codigo", "code", w.code("nuevo@correo.test")).leadsTo(t, "/registrarse")
		w.later(31 * time.Minute)
		b.get("/registrarse").says(t, 200, `name="email"`)
		b.post("/registrarse", "name", "Nueva Persona").says(t, 422)
		if b.who() != "" {
			t.Error("signed in with an old proof")
		}
	})
}

func TestACodeThatIsNotGood(t *testing.T) {
	const wrong, stale = "El código no es correcto", "Ese código ya no sirve"
	cases := []struct {
		name  string
		typed func(w *world, b *browser, digits string) page
		says  string
	}{
		{"another", func(_ *world, b *browser, d string) page { return b.post("/ingresar/codigo", "code", other(d)) }, wrong},
		{"nothing", func(_ *world, b *browser, _ string) page { return b.post("/ingresar/codigo") }, wrong},
		{"letters", func(_ *world, b *browser, _ string) page { return b.post("/ingresar/codigo", "code", "abcdef") }, wrong},
		{"more digits", func(_ *world, b *browser, d string) page { return b.post("/ingresar/codigo", "code", d+"0") }, wrong},
		{"its beginning", func(_ *world, b *browser, d string) page { return b.post("/ingresar/codigo", "code", d[:5]) }, wrong},
		{"after its time", func(w *world, b *browser, d string) page {
			w.later(10 * time.Minute)
			return b.post("/ingresar/codigo", "code", d)
		}, stale},
		{"after five tries", func(_ *world, b *browser, d string) page {
			for range 5 {
				b.post("/ingresar/codigo", "code", other(d))
			}
			return b.post("/ingresar/codigo", "code", d)
		}, stale},
		{"an earlier one", func(w *world, b *browser, d string) page {
			b.post("/ingresar", "email", "ana7@correo.test")
			if w.code("ana7@correo.test") == d {
				t.Skip("one in a million: the same digits twice")
			}
			return b.post("/ingresar/codigo", "code", d)
		}, wrong},
		{"of somebody else", func(w *world, b *browser, d string) page {
			b.post("/salir")
			b.post("/ingresar", "email", "mallory@correo.test")
			if w.code("mallory@correo.test") == d {
				t.Skip("one in a million: the same digits twice")
			}
			return b.post("/ingresar/codigo", "code", d)
		}, wrong},
	}
	run(t, func(t *testing.T, w *world) {
		for i, c := range cases {
			email := fmt.Sprintf("ana%d@correo.test", i)
			w.citizen("Ana", email)
			w.later(time.Hour)
			b := w.browser()
			b.post("/ingresar", "email", email)
			p := c.typed(w, b, w.code(email))
			p.says(t, 422, c.says, `aria-invalid="true"`)
			if who := b.who(); who != "" {
				t.Errorf("%s: signed in as %q", c.name, who)
			}
		}
	})
}

// other is a code that differs from the right one.
func other(digits string) string { return digits[:5] + string('0'+(digits[5]-'0'+1)%10) }

func TestACodeWorksOnce(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.citizen("Ana", "ana@correo.test")
		b := w.browser()
		b.post("/ingresar", "email", "ana@correo.test")
		before := b.http.Jar
		digits := w.code("ana@correo.test")
		b.post("/ingresar/codigo", "code", digits).leadsTo(t, "/mi-escritorio")
		thief := w.browser()
		thief.http.Jar = before
		thief.post("/salir")
		thief.post("/ingresar/codigo", "code", digits).leadsTo(t, "/ingresar")
		w.browser().post("/ingresar/codigo", "code", digits).leadsTo(t, "/ingresar")
	})
}

// Whoever guesses changes browsers and asks for code after code; what is counted
// is the address, in the database.
func TestGuessingIsRefusedByAddress(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.citizen("Ana", "ana@correo.test")

		for range 2 {
			b := w.browser()
			b.post("/ingresar", "email", "ana@correo.test")
			for range 5 {
				b.post("/ingresar/codigo", "code", other(w.code("ana@correo.test"))).says(t, 422)

			}
		}
		b := w.browser()
		b.post("/ingresar", "email", "ana@correo.test").says(t, 429, "Hubo demasiados intentos")
		b.post("/registrarse", "name", "Ana", "email", "ana@correo.test").says(t, 429, "Hubo demasiados intentos")
		w.citizen("Blas", "blas@correo.test")
		w.browser().enter("blas@correo.test") // another address of the same network
	})
}

func TestCodesAreLimitedByAddressAndHour(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		for range 5 {
			w.browser().post("/ingresar", "email", "ana@correo.test").leadsTo(t, "/ingresar/codigo")
		}
		w.browser().post("/ingresar", "email", "ANA@correo.test").says(t, 429)
		w.post()
		if n := len(w.sink.Mails()); n != 5 {
			t.Errorf("%d mails", n)
		}
		w.later(time.Hour)
		w.browser().post("/ingresar", "email", "ana@correo.test").leadsTo(t, "/ingresar/codigo")
	})
}

func TestGuessingIsRefusedByNetwork(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		for n := range 10 {
			b, email := w.browser(), fmt.Sprintf("a%d@correo.test", n)
			b.post("/ingresar", "email", email)
			for range 5 {
				b.post("/ingresar/codigo", "code", other(w.code(email))).says(t, 422)
			}
		}
		w.browser().post("/ingresar", "email", "otra@correo.test").says(t, 429)
		w.later(time.Hour)
		w.browser().post("/ingresar", "email", "otra@correo.test").leadsTo(t, "/ingresar/codigo")
	})
}

var (
	sixDigits = regexp.MustCompile(`\d{6}`)
	volatile  = []string{"X-Request-Id", "Date", "Set-Cookie"}
)

// work is how much of everything the program has done.
func (w *world) work() [4]int {
	w.t.Helper()
	jobs, err := w.queue.Counts(w.ctx())
	check(w.t, err)
	events, err := w.events.All(w.ctx(), event.Page{Limit: 1000})
	check(w.t, err)
	return [4]int{w.rows("identity_code"), w.rows("identity_limit"), jobs.Waiting, len(events)}
}

// Nothing that a visitor gets tells whether the address has an account, until
// the code from its mail is right.
func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.citizen("Ana", "anaa@correo.test")
		out := w.citizen("Olga", "olga@correo.test")
		check(t, w.SetDisabled(w.admin(), out, true))
		talk := func(email string) (said []page, mails []string, rows [4]int) {
			w.later(2 * time.Hour) // a fresh window of every limit
			before := w.work()
			b := w.browser()
			said = append(said, b.post("/ingresar", "email", email, "volver", "/x"), b.get("/ingresar/codigo"))
			said = append(said, b.post("/ingresar/codigo", "code", other(w.code(email))))
			said = append(said, b.post("/registrarse", "name", "Quien Sea", "email", email), b.get("/ingresar/codigo"))
			digits := w.code(email)
			for range 6 {
				said = append(said, b.post("/ingresar/codigo", "code", other(digits)))
			}
			for range 4 {
				said = append(said, b.post("/ingresar", "email", email))
			}
			after := w.work()
			for i := range rows {
				rows[i] = after[i] - before[i]
			}
			w.post()
			for _, m := range w.sink.Mails() {
				if m.To == email {
					mails = append(mails, m.Subject+sixDigits.ReplaceAllString(m.Text+m.HTML, "######"))
				}
			}
			for i := range said {
				for _, name := range volatile {
					said[i].header.Del(name)
				}
			}
			return said, mails, rows
		}
		said, mails, rows := talk("anaa@correo.test")
		for _, email := range []string{"nope@correo.test", "olga@correo.test"} {
			said2, mails2, rows2 := talk(email)
			if !slices.EqualFunc(said, said2, func(a, b page) bool { return cmp.Equal(a, b, cmp.AllowUnexported(page{})) }) {
				t.Errorf("the answers differ: %s", cmp.Diff(said, said2, cmp.AllowUnexported(page{})))
			}
			if diff := cmp.Diff(mails, mails2); diff != "" {
				t.Errorf("the mails differ: %s", diff)
			}
			if rows != rows2 {
				t.Errorf("the work differs: %v rows, then %v", rows, rows2)
			}
		}
	})
}

func TestADisabledAccountIsOut(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		b := w.browser().enter("ana@correo.test")
		check(t, w.SetDisabled(w.admin(), person, true))
		if who := b.who(); who != "" {
			t.Errorf("still in as %q", who)
		}
		b = w.browser()
		b.post("/ingresar", "email", "ana@correo.test")
		b.post("/ingresar/codigo", "code", w.code("ana@correo.test")).says(t, 403, "Esta cuenta está suspendida")
		if addresses, err := w.EmailOf(w.ctx(), person); err != nil || len(addresses) != 0 {
			t.Errorf("mails would go to %v, %v", addresses, err)
		}
		check(t, w.SetDisabled(w.admin(), person, false))
		w.later(time.Hour)
		if who := w.browser().enter("ana@correo.test").who(); who != person {
			t.Errorf("in as %q", who)
		}
	})
}

// A visitor who was handed a session somebody else knows leaves it behind by
// signing in.
func TestASessionCannotBeFixed(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		person := w.citizen("Ana", "ana@correo.test")
		mallory := w.browser()
		mallory.post("/ingresar", "email", "ana@correo.test")
		known := mallory.token()
		victim := w.browser()
		victim.http.Jar = mallory.http.Jar
		mallory = w.browser()
		digits := w.code("ana@correo.test")
		victim.post("/ingresar/codigo", "code", digits).leadsTo(t, "/mi-escritorio")
		if victim.who() != person || victim.token() == known || known == "" {
			t.Errorf("in as %q, token kept: %v", victim.who(), victim.token() == known)
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.server.URL+"/mi-escritorio", nil)
		check(t, err)
		req.AddCookie(&http.Cookie{Name: "ronda", Value: known})
		res, err := mallory.http.Do(req)
		check(t, err)
		defer res.Body.Close()
		if b := readAll(t, res.Body); b != "desk of " {
			t.Errorf("the known token opens the %s", b)
		}
	})
}

func TestSigningInLeadsNowhereElse(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		for n, c := range []struct{ aim, to string }{
			{"/iniciativas?eje=2", "/iniciativas?eje=2"}, {"", "/mi-escritorio"}, {"https://malo.test/", "/"}, {"//malo.test", "/"}, {`/\malo.test`, "/"},
			{"/\tmalo.test", "/"}, {"javascript:alert(1)", "/"}, {"malo.test", "/"}, {"/..//malo.test", "/malo.test"}, {`\\malo.test`, "/"}, {"/a\r\nX: y", "/"},
		} {
			email := fmt.Sprintf("p%d@correo.test", n)
			w.citizen("Ana", email)
			w.later(time.Hour)
			b := w.browser()
			if p := b.get("/ingresar?volver=" + escape(c.aim)); p.status != 200 || strings.Contains(p.body, `href="//`) || strings.Contains(p.body, `href="https://malo`) {
				t.Errorf("%q: %d", c.aim, p.status)
			}
			b.post("/ingresar", "email", email, "volver", c.aim)
			b.post("/ingresar/codigo", "code", w.code(email)).leadsTo(t, c.to)
			b.get("/ingresar?volver="+escape(c.aim)).leadsTo(t, c.to)
		}
	})
}

func TestWithoutMailThePagesSayHowToSignIn(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, tables...), false)
	b := w.browser()
	p := b.get("/ingresar")
	p.says(t, 200, "todavía no puede mandar correos", `data-passkey="get"`)
	if strings.Contains(p.body, `name="email"`) {
		t.Error("asks for an address")
	}
	b.get("/registrarse").says(t, 200, "todavía no puede mandar correos")
	b.post("/ingresar", "email", "ana@correo.test").says(t, 503, "todavía no puede mandar correos")
	b.post("/registrarse", "name", "Ana", "email", "ana@correo.test").says(t, 503)
}

func TestBadInputIsToldAndKept(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		b := w.browser()
		for _, email := range []string{"", "ana", "ana@", "ana@x", "a b@x.test", "ana@x.test\r\nBcc: z@x.test", "ana@\xff.test", strings.Repeat("a", 300) + "@x.test"} {
			b.post("/ingresar", "email", email).says(t, 422, `aria-invalid="true"`)
		}
		b.post("/ingresar", "email", `"><script>alert(1)</script>@x`).says(t, 422, "&lt;script&gt;")
		b.post("/registrarse", "name", strings.Repeat("ñ", 121), "email", "x").says(t, 422, "Es demasiado largo", "No parece una dirección de correo", "ññññ")
		b.post("/registrarse", "name", "a\x00b", "email", "ana@x.test").says(t, 422, "caracteres que no podemos leer")
		b.post("/ingresar", "email", strings.Repeat("a", 2<<20)).says(t, 422)
		w.post()
		if n := len(w.sink.Mails()); n != 0 || w.rows("identity_code") != 0 {
			t.Errorf("%d mails", n)
		}
	})
}

func TestEveryPageSpeaksBothLanguages(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.citizen("Ana", "ana@correo.test")
		b := w.browser().enter("ana@correo.test")
		b.post("/mi-cuenta/correo", "email", "otra@correo.test")
		stranger := w.browser()
		stranger.post("/ingresar", "email", "nadie@correo.test")
		for lang, words := range map[string][]string{
			"es": {"Ingresar", "Crear una cuenta", "Escribí el código", "Mi cuenta", "Cambiar el correo", "Escribí los dos códigos", "Borrar mi cuenta"},
			"en": {"Sign in", "Create an account", "Type the code", "My account", "Change the address", "Type both codes", "Delete my account"},
		} {
			for i, path := range []string{"/ingresar", "/registrarse", "/ingresar/codigo", "/mi-cuenta", "/mi-cuenta/correo", "/mi-cuenta/correo/codigos", "/mi-cuenta/borrar"} {
				visitor := stranger
				if i > 2 {
					visitor = b
				}
				p := visitor.get(path + "?lang=" + lang)
				p.says(t, 200, "<h1>"+words[i]+"</h1>", `name="robots" content="noindex"`)
				if strings.Contains(p.body, "identity.") || strings.Contains(p.body, "style=") || strings.Contains(p.body, "onclick") {
					t.Errorf("%s in %s: a bare key, a style or an inline script: %s", path, lang, p.body)
				}
			}
		}
	})
}

func TestTheLanguageOfAMailIsThatOfThePage(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		b := w.browser()
		b.lang = "en-GB"
		b.post("/ingresar", "email", "ana@correo.test")
		w.post()
		if m := w.sink.Last(t, "ana@correo.test"); m.Subject != "Your code to sign in" || !strings.Contains(m.Text, "good for 10 minutes") {
			t.Errorf("%q: %s", m.Subject, m.Text)
		}
	})
}

func TestOnlyAdministratorsOpenAndCloseAccounts(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana := w.citizen("Ana", "ana@correo.test")
		for who, s := range map[string]people.Standing{"a visitor": {}, "the person": {Person: ana},
			"a facilitator": {Person: "f", Roles: []string{people.RoleFacilitator}}, "an official": {Person: "o", Posts: []people.Holding{{Post: "intendente", Signs: true}}}} {
			ctx := people.With(w.ctx(), s)
			if err := w.CreateAccount(ctx, "p2", "dos@correo.test", i18n.Spanish); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s opens an account: %v", who, err)
			}
			if err := w.SetDisabled(ctx, ana, true); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s closes an account: %v", who, err)
			}
			if err := w.SetDisabled(ctx, "nobody", true); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s learns who has none: %v", who, err)
			}
		}
		if _, err := w.AccountOf(w.ctx(), "p2"); !fault.Is(err, fault.NotFound) {
			t.Errorf("an account is there: %v", err)
		}
		if a, err := w.AccountOf(w.ctx(), ana); err != nil || a.Disabled {
			t.Errorf("closed: %+v, %v", a, err)
		}
	})
}

func TestAccountsOfOthersAreMadeAndFound(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana := w.citizen("Ana", "Ana@Correo.test")
		for _, c := range []struct {
			person, email string
			kind          fault.Kind
		}{{"p2", "ana@correo.test", fault.Invalid}, {ana, "otra@correo.test", fault.Conflict}, {"p2", "ana", fault.Invalid}, {"p2", "", fault.Invalid}} {
			if err := w.CreateAccount(w.admin(), c.person, c.email, i18n.Spanish); !fault.Is(err, c.kind) {
				t.Errorf("%+v: %v", c, err)
			}
		}
		var all []string
		for n := range 300 {
			person := fmt.Sprintf("p-%d", n)
			check(t, w.CreateAccount(w.admin(), person, fmt.Sprintf("p%d@correo.test", n), i18n.English))
			all = append(all, person)
		}
		got, err := w.EmailOf(w.ctx(), append(all, ana, "nobody")...)
		if err != nil || len(got) != 301 || got[ana] != "ana@correo.test" || got["p-299"] != "p299@correo.test" {
			t.Errorf("%d addresses, %v", len(got), err)
		}
		if none, err := w.EmailOf(w.ctx()); err != nil || len(none) != 0 {
			t.Errorf("%v, %v", none, err)
		}
		a, err := w.AccountOf(w.ctx(), "p-7")
		if err != nil || a.Lang != i18n.English || a.Email != "p7@correo.test" || a.Disabled {
			t.Errorf("%+v, %v", a, err)
		}
		if person, ok, err := w.PersonOf(w.ctx(), " ANA@correo.test"); person != ana || !ok || err != nil {
			t.Errorf("%q, %v, %v", person, ok, err)
		}
		if _, err := w.AccountOf(w.ctx(), "nobody"); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

func TestAModuleWithoutAPepperIsRefused(t *testing.T) {
	if _, err := identity.New(identity.Deps{Origin: origin, Pepper: []byte("short")}); err == nil {
		t.Error("taken")
	}
	if _, err := identity.New(identity.Deps{Origin: "ronda", Pepper: make([]byte, 32)}); err == nil {
		t.Error("an origin that is none was taken")
	}
}
