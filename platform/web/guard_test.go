package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ronda/platform/web"
)

func TestEveryAnswerCarriesTheStrictPolicy(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/page", says("page"))
		m.Handle("GET /file", http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, "file") }))
		m.Get("/broken", func(http.ResponseWriter, *http.Request) error { panic("x") })
	})
	seen := map[string]bool{}
	for _, path := range []string{"/page", "/file", "/broken", "/nothing"} {
		h := w.get(path).Header
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "private, no-cache", "Strict-Transport-Security": ""} {
			if h.Get(name) != want {
				t.Errorf("%s: %s is %q, want %q", path, name, h.Get(name), want)
			}
		}
		csp := directives(h.Get("Content-Security-Policy"))
		for name, want := range map[string]string{"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'"} {
			if csp[name] != want {
				t.Errorf("%s: %s is %q, want %q", path, name, csp[name], want)
			}
		}
		if rid := h.Get("X-Request-Id"); rid == "" || seen[rid] {
			t.Errorf("%s: request id %q is missing or stood before", path, rid)
		}
		seen[h.Get("X-Request-Id")] = true
	}
}

// directives are the parts of a content policy by name.
func directives(policy string) map[string]string {
	out := map[string]string{}
	for part := range strings.SplitSeq(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), " ")
		out[name] = value
	}
	return out
}

func TestOverHTTPSTheBrowserIsToldToStayThere(t *testing.T) {
	w := newWorld(t, func(s *web.Site) { s.Secure = true }, func(m *web.Mux) {
		m.Post("/keep", func(rw http.ResponseWriter, r *http.Request) error {
			return web.Redirect(rw, r, "/", "test.flash.kept")
		})
	})
	got := w.post("/keep?lang=en", nil)
	if got.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no Strict-Transport-Security")
	}
	for _, name := range []string{"flash", "lang"} {
		if c := got.cookie(name); c == nil || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("cookie %s: %+v", name, c)
		}
	}
}

func TestAPostFromAnotherSiteIsRefused(t *testing.T) {
	done := 0
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/page", says("page"))
		m.Post("/sign", func(rw http.ResponseWriter, r *http.Request) error {
			done++
			return says("signed")(rw, r)
		})
	})
	cases := []struct {
		name    string
		headers map[string]string
		status  int
	}{
		{"our own form", map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": w.url}, 200},
		{"our own form, old browser", map[string]string{"Origin": w.url}, 200},
		{"another site", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403},
		{"another site, no origin", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"a sibling domain", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "https://other.city.example"}, 403},
		{"another site, old browser", map[string]string{"Origin": "https://evil.example"}, 403},
		{"a sandboxed frame", map[string]string{"Origin": "null"}, 403},
	}
	for _, c := range cases {
		before := done
		got := w.post("/sign", url.Values{"a": {"1"}}, func(r *http.Request) {
			for name, value := range c.headers {
				r.Header.Set(name, value)
			}
		})
		if got.StatusCode != c.status || (done > before) != (c.status == 200) {
			t.Errorf("%s: %d, done %v", c.name, got.StatusCode, done > before)
		}
		if c.status == 403 && !strings.Contains(got.text, "Vino de otro sitio") {
			t.Errorf("%s: the page says %q", c.name, got.text)
		}
	}
	if got := w.get("/page", header("Sec-Fetch-Site", "cross-site")); got.StatusCode != 200 {
		t.Errorf("a link from another site is refused: %d", got.StatusCode)
	}
}

func TestRedirectsStayOnTheSite(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Post("/on", func(rw http.ResponseWriter, r *http.Request) error {
			form, err := web.Form(rw, r)
			if err != nil {
				return err
			}
			return web.Redirect(rw, r, form.Get("to"), "")
		})
	})
	for to, want := range map[string]string{
		"/mi-escritorio": "/mi-escritorio", "/iniciativas?paso=3&orden=titulo#a": "/iniciativas?paso=3&orden=titulo#a", "/a?to=//evil.example": "/a?to=//evil.example",
		"": "/", "//evil.example": "/", `/\evil.example`: "/", `\\evil.example`: "/", "https://evil.example": "/", "javascript:alert(1)": "/",
		"evil.example": "/", "/\t/evil.example": "/", "/\n/evil.example": "/", "/a\r\nSet-Cookie: a=b": "/", ` /evil`: "/", `/a\..\b`: "/",
	} {
		got := w.post("/on", url.Values{"to": {to}})
		if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != want || len(got.Cookies()) > 0 {
			t.Errorf("%q leads to %d %q, want %q", to, got.StatusCode, got.Header.Get("Location"), want)
		}
	}
}

// FuzzLocal resolves what Local lets through as a browser would: it must never
// leave the site.
func FuzzLocal(f *testing.F) {
	for _, to := range []string{"/a", "//b", `/\b`, "https://b", "/\t/b", "/%2f%2fb", "/.//b", "/a?//b"} {
		f.Add(to)
	}
	base := &url.URL{Scheme: "https", Host: "ronda.example", Path: "/a/b"}
	browser := strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/")
	f.Fuzz(func(t *testing.T, to string) {
		u, err := base.Parse(browser.Replace(web.Local(to)))
		if err == nil && (u.Host != base.Host || u.Scheme != base.Scheme) {
			t.Errorf("%q leads to %s", to, u)
		}
	})
}

func TestLongPagesArePacked(t *testing.T) {
	long := strings.Repeat("una palabra y otra ", 500)
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/long", says(long))
		m.Get("/short", says("short"))
		m.Get("/image", func(rw http.ResponseWriter, _ *http.Request) error {
			rw.Header().Set("Content-Type", "image/png")
			_, err := io.WriteString(rw, long)
			return err
		})
	})
	packed := w.get("/long", header("Accept-Encoding", "gzip"))
	if packed.Header.Get("Content-Encoding") != "gzip" || len(packed.text) > len(long)/4 || !strings.Contains(strings.Join(packed.Header.Values("Vary"), ","), "Accept-Encoding") {
		t.Errorf("%d bytes, %v", len(packed.text), packed.Header)
	}
	unpack, err := gzip.NewReader(strings.NewReader(packed.text))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(unpack); err != nil || !strings.Contains(string(text), long) {
		t.Errorf("unpacked to %d bytes, %v", len(text), err)
	}
	for path, encoding := range map[string]string{"/long": "", "/short": "gzip", "/image": "gzip"} {
		if got := w.get(path, header("Accept-Encoding", encoding)); got.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s asked with %q is packed", path, encoding)
		}
	}
}
