package web_test

import (
	"net/http"
	"strings"
	"testing"

	"ronda/platform/web"
)

func TestWhichLanguageAPageSpeaks(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) { m.Get("/x", says("page")) })
	cases := []struct{ name, path, accept, cookie, want string }{
		{"nothing said", "/x", "", "", "es-AR"},
		{"the browser's", "/x", "fr-FR, en-GB;q=0.8, es;q=0.5", "", "en"},
		{"a language we lack", "/x", "fr, de", "", "es-AR"},
		{"the cookie before the browser", "/x", "en", "es", "es-AR"},
		{"the address before the cookie", "/x?lang=en", "es", "es", "en"},
		{"an address with rubbish", "/x?lang=%3Cscript%3E", "", "", "es-AR"},
		{"a cookie with rubbish", "/x", "en", "xx", "en"},
	}
	for _, c := range cases {
		got := w.get(c.path, header("Accept-Language", c.accept), func(r *http.Request) {
			if c.cookie != "" {
				r.AddCookie(&http.Cookie{Name: "lang", Value: c.cookie})
			}
		})
		if got.Header.Get("Content-Language") != c.want || !strings.Contains(got.text, "lang="+c.want+">") {
			t.Errorf("%s: %s, want %s", c.name, got.Header.Get("Content-Language"), c.want)
		}
		if kept := got.cookie("lang") != nil; kept != (c.path == "/x?lang=en") {
			t.Errorf("%s: kept in a cookie: %v", c.name, kept)
		}
	}
	if got := w.get("/x", carry(w.get("/x?lang=en"))); got.Header.Get("Content-Language") != "en" {
		t.Error("the chosen language is forgotten")
	}
	if got := w.get("/nothing?lang=en"); !strings.Contains(got.text, "Not there") {
		t.Errorf("the missing page does not speak English: %s", got.text)
	}
}

func TestAFlashIsShownOnce(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/after", says("page"))
		m.Post("/keep", func(rw http.ResponseWriter, r *http.Request) error {
			return web.Redirect(rw, r, "/after", "test.flash.kept")
		})
	})
	done := w.post("/keep", nil)
	first := w.get("/after", carry(done))
	if !strings.Contains(first.text, "Quedó guardado") {
		t.Errorf("not shown: %s", first.text)
	}
	if c := first.cookie("flash"); c == nil || c.MaxAge >= 0 {
		t.Errorf("the browser is not told to forget it: %+v", c)
	}
	if again := w.get("/after", carry(first)); strings.Contains(again.text, "Quedó guardado") {
		t.Error("shown twice")
	}
}

func TestACookieCannotPutOtherWordsOnAPage(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) { m.Get("/x", says("page")) })
	for _, value := range []string{"test.title", "fault.internal", "test.flash.unknown", ".flash.", "<script>alert(1)</script>.flash."} {
		got := w.get("/x", func(r *http.Request) { r.Header.Set("Cookie", "flash="+value) })
		if got.StatusCode != 200 || !strings.Contains(got.text, "<p role=status></p>") {
			t.Errorf("%q: %d %s", value, got.StatusCode, got.text)
		}
	}
}

func TestAPartComesWithoutItsFrame(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) { m.Get("/x", says("page")) })
	for name, c := range map[string]struct {
		headers map[string]string
		framed  bool
	}{
		"a visit":        {nil, true},
		"a part":         {map[string]string{"HX-Request": "true", "HX-Target": "main"}, false},
		"a boosted link": {map[string]string{"HX-Request": "true", "HX-Target": "main", "HX-Boosted": "true"}, true},
		"no target":      {map[string]string{"HX-Request": "true"}, true},
	} {
		got := w.get("/x", func(r *http.Request) {
			for k, v := range c.headers {
				r.Header.Set(k, v)
			}
		})
		if strings.Contains(got.text, "<html") != c.framed || !strings.Contains(strings.Join(got.Header.Values("Vary"), ","), "HX-Request") {
			t.Errorf("%s: %s", name, got.text)
		}
	}
}
