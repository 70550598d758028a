package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"ronda/app"
)

// visit opens the city in dir for one request and gives the answer.
func visit(t *testing.T, dir string, demo bool, r *http.Request) string {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Data: dir, City: "buenosaires", Demo: demo, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	r.Header.Set("Accept-Language", "es")
	rec := httptest.NewRecorder()
	a.Handler().ServeHTTP(rec, r)
	return rec.Body.String()
}

// ronda runs the program and gives what it says.
func ronda(t *testing.T, args ...string) (said string, err error) {
	t.Helper()
	var out bytes.Buffer
	err = run(context.WithoutCancel(t.Context()), args, IO{In: strings.NewReader(""), Out: &out, Err: io.Discard})
	return out.String(), err
}

// Whoever runs the machine replaces an administrator who cannot be reached; the
// city says so in public and names nobody.
func TestAnAdministratorIsReplacedFromTheMachine(t *testing.T) {
	dir := t.TempDir()
	for _, role := range []string{"citizen", "administrator", "administrator-2"} { // each gets an account by entering
		r := httptest.NewRequest(http.MethodPost, "/demo/entrar", strings.NewReader(url.Values{"role": {role}, "next": {"/"}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		visit(t, dir, true, r)
	}
	const heir, lost, reason = "citizen@demo.example.org", "administrator-2@demo.example.org", "Una de las dos dejó la Ciudad sin aviso."
	said, err := ronda(t, "administrator", "add", heir, "--data", dir, "--reason", reason)
	if err != nil || strings.Count(said, "@demo.example.org\n") != 3 || !strings.Contains(said, "public record") {
		t.Fatalf("added: %v\n%s", err, said)
	}
	said, err = ronda(t, "administrator", "remove", lost, "--data", dir, "--reason", reason)
	if err != nil || strings.Count(said, "@demo.example.org\n") != 2 {
		t.Fatalf("removed: %v\n%s", err, said)
	}
	if said, err = ronda(t, "administrator", "list", "--data", dir); err != nil || !strings.Contains(said, heir) || strings.Contains(said, lost) {
		t.Errorf("the list: %v\n%s", err, said)
	}
	feed := visit(t, dir, false, httptest.NewRequest(http.MethodGet, "/actos.atom", nil))
	if strings.Count(feed, "por decisión de quien opera el sistema") != 2 || !strings.Contains(feed, reason) || strings.Contains(feed, "@demo") {
		t.Errorf("the public is told %.3000s", feed)
	}
	for name, args := range map[string][]string{
		"no account":   {"administrator", "add", "nobody@example.org", "--data", dir, "--reason", reason},
		"no reason":    {"administrator", "add", heir, "--data", dir},
		"a short one":  {"administrator", "remove", heir, "--data", dir, "--reason", "x"},
		"another role": {"administrator", "remove", lost, "--data", dir, "--reason", reason},
		"no city here": {"administrator", "list", "--data", t.TempDir()},
	} {
		if said, err := ronda(t, args...); err == nil {
			t.Errorf("%s was taken: %s", name, said)
		}
	}
}
