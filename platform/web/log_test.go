package web_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"ronda/platform/fault"
	"ronda/platform/web"
)

// private are things of a visitor that no log may hold.
var private = []string{"ana-perez", "ana@correo.example", "SECRETO", "198.51.100.1", "127.0.0.1", "galletita", "Mozilla"}

func TestTheLogHoldsNoVisitor(t *testing.T) {
	w := newWorld(t, func(s *web.Site) { s.Trusted = true }, func(m *web.Mux) {
		m.Get("/personas/{name}", says("ana"))
		m.Post("/ingresar", func(rw http.ResponseWriter, r *http.Request) error {
			if _, err := web.Form(rw, r); err != nil {
				return err
			}
			return fault.New(fault.Forbidden, "")
		})
	})
	visitor := func(r *http.Request) {
		r.Header.Set("X-Forwarded-For", "198.51.100.1")
		r.Header.Set("User-Agent", "Mozilla")
		r.Header.Set("Referer", w.url+"/personas/ana-perez")
		r.AddCookie(&http.Cookie{Name: "ronda", Value: "galletita"})
	}
	asked := w.get("/personas/ana-perez?q=SECRETO", visitor)
	w.post("/ingresar?codigo=SECRETO", url.Values{"correo": {"ana@correo.example"}}, visitor)
	w.get("/ana-perez/SECRETO", visitor)
	w.post("/ingresar", url.Values{"correo": {"ana@correo.example"}}, visitor, header("Sec-Fetch-Site", "cross-site"))
	log := w.log.String()
	for _, p := range private {
		if strings.Contains(log, p) {
			t.Errorf("%q stands in the log:\n%s", p, log)
		}
	}
	var line map[string]any
	if err := json.Unmarshal([]byte(strings.SplitN(log, "\n", 2)[0]), &line); err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(line)); !slices.Equal(got, []string{"bytes", "level", "method", "msg", "request", "route", "status", "time", "us"}) {
		t.Errorf("a line holds %v", got)
	}
	if line["request"] != asked.Header.Get("X-Request-Id") || line["route"] != "GET /personas/{name}" || line["status"] != 200.0 || line["method"] != "GET" {
		t.Errorf("%v", line)
	}
}

func TestWhatFailsStandsInTheLogAsAnError(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) { m.Get("/x/{id}", fails(errors.New("no disk"))) })
	w.get("/x/ana-perez")
	if log := w.log.String(); strings.Count(log, `"level":"ERROR"`) != 2 || !strings.Contains(log, `"route":"GET /x/{id}"`) || strings.Contains(log, "ana-perez") {
		t.Error(log)
	}
}

func TestMetricsCountRoutesAndNotAddresses(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) { m.Get("/x/{id}", says("page")) })
	for _, path := range []string{"/x/1", "/x/2?q=SECRETO", "/nothing/1", "/nothing/2"} {
		w.get(path)
	}
	families, err := w.metrics.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]uint64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			var labels []string
			for _, l := range m.GetLabel() {
				labels = append(labels, l.GetValue())
			}
			got[f.GetName()+" "+strings.Join(labels, " ")] = m.GetHistogram().GetSampleCount()
		}
	}
	want := map[string]uint64{"ronda_http_request_seconds GET /x/{id} 200": 2, "ronda_http_request_seconds none 404": 2}
	if !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
