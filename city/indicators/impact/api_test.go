package impact_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ronda/city/indicators/impact"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// Another system reports over HTTP, with the status of each refusal.
func TestAnotherSystemReports(t *testing.T) {
	w := newTown(t, dbtest.SQLite(t, tables(db.SQLite)...))
	number := w.adopted("Con sistema")
	i, foreign := w.define(number, nil), w.define(w.adopted("De otros"), nil)
	w.later(10)
	_, secret, err := w.impact.MakeKey(w.As(planner), impact.Wanted{Name: "Escuelas", Body: "min-educacion", Expires: "2026-12-31", Scope: []string{number}})
	w.Must(err)
	mux := http.NewServeMux()
	w.impact.API(humago.New(mux, huma.DefaultConfig("test", "1")))
	body := func(number, value string) string {
		return `{"indicator":"` + number + `","period":"2026-Q1","value":"` + value + `"}`
	}
	for _, c := range []struct {
		what, auth, body string
		status           int
		says             string
	}{
		{"no key", "", body(i.Number, "1"), 401, "does not open"},
		{"a wrong key", "Bearer ronda_nothing", body(i.Number, "1"), 401, "does not open"},
		{"another scheme", "Basic " + secret, body(i.Number, "1"), 401, "does not open"},
		{"no number", "Bearer " + secret, body(i.Number, "1e308"), 422, "body.value"},
		{"a comma", "Bearer " + secret, body(i.Number, "1,5"), 422, "body.value"},
		{"a float", "Bearer " + secret, `{"indicator":"` + i.Number + `","period":"2026-Q1","value":1.5}`, 422, "value"},
		{"a foreign indicator", "Bearer " + secret, body(foreign.Number, "1"), 403, "foreign"},
		{"no indicator", "Bearer " + secret, body("IND-1999-0001", "1"), 404, ""},
		{"the initiative of another", "Bearer " + secret, `{"initiative":"INI-2026-0002","indicator":"` + i.Number + `","period":"2026-Q1","value":"1"}`, 404, ""},
		{"well", "Bearer " + secret, body(i.Number, "1500"), 201, `"value":"1500"`},
		{"the same again", "Bearer " + secret, body(i.Number, "1500"), 201, `"version":1`},
		{"another value without a reason", "Bearer " + secret, body(i.Number, "1700"), 422, "body.reason"},
		{"not JSON", "Bearer " + secret, "value=3", 400, ""},
	} {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/measurements", strings.NewReader(c.body))
		r = r.WithContext(clock.At(r.Context(), w.Now))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", c.auth)
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, r)
		if rec.Code != c.status || !strings.Contains(rec.Body.String(), c.says) || strings.Contains(rec.Body.String(), secret) {
			t.Errorf("%s: %d %s, want %d with %s", c.what, rec.Code, rec.Body, c.status, c.says)
		}
		if !json.Valid(rec.Body.Bytes()) {
			t.Errorf("%s: no JSON", c.what)
		}
	}
	v, err := w.impact.Indicator(w.As(roundtest.Proposer), i.Number)
	w.Must(err)
	if len(v.History) != 1 || v.History[0].System != "Escuelas" {
		t.Errorf("stored %+v", v.History)
	}
}
