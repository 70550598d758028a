package pages_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"ronda/city/delivery"
	"ronda/city/indicators/impact"
	"ronda/city/indicators/impact/pages"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/event"
	"ronda/platform/web"
)

const (
	planner = "director-planificacion"
	chief   = "jefe-de-gabinete"
	culture = "ministro-cultura"
)

// town is a roundtable whose indicators are shown.
type town struct {
	*roundtest.World
	log    *event.Log
	impact *impact.Module
	pages  *pages.Pages
}

func run(t *testing.T, fn func(w *town)) {
	roundtest.Run(t, func(world *roundtest.World) {
		world.Must(world.DB.Migrate(world.As(), delivery.Migrations, impact.Migrations))
		w := &town{World: world, log: event.New(world.DB)}
		own := delivery.New(delivery.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable})
		w.impact = impact.New(impact.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: own, Pepper: []byte("pepper")})
		w.impact.Listen(w.log)
		w.pages = pages.New(pages.Deps{Impact: w.impact, Roundtable: w.Roundtable, Charters: w.Charters, People: w.People})
		w.Speak(delivery.Messages, impact.Messages, pages.Messages)
		w.Serve(func(m *web.Mux) {
			w.pages.Routes(m)
			m.Get("/ingresar", func(http.ResponseWriter, *http.Request) error { return nil })
		})
		fn(w)
	})
}

// measured is an indicator of an initiative in execution with a value, corrected.
func (w *town) measured() (initiative string, i impact.Indicator) {
	w.Helper()
	initiative = w.Filed("Academia", nil)
	w.Must(w.Roundtable.Overrule(w.As(chief), initiative, "Hace falta que empiece este año."))
	i, err := w.impact.Define(w.As(roundtest.Proposer), initiative, impact.Definition{Name: "Estudiantes <con> proyecto", Kind: impact.Outcome, Social: true, Unit: "estudiantes",
		Direction: impact.Up, Baseline: impact.Of(1000), BaselineDay: "2026-01-01", Target: impact.Of(9000), TargetDay: "2027-12-31", Source: "Relevamiento",
		Every: impact.Quarterly, Post: roundtest.Proposer, ByTerritory: true, PerInhabitant: true})
	w.Must(err)
	w.Now = w.Now.AddDate(0, 0, 10)
	for _, r := range []impact.Reading{{Value: "1.500"}, {Value: "1600", Reason: "Faltaban dos escuelas."}, {Value: "700", Territory: "comuna-1"}} {
		r.Indicator, r.Period, r.Note = i.Number, "2026-Q1", "Planilla"
		_, err := w.impact.Report(w.As(roundtest.Proposer), r)
		w.Must(err)
	}
	return initiative, i
}

// shows checks the status of a page and what stands in it, or with "!" does not.
func shows(t *testing.T, what string, rec *httptest.ResponseRecorder, status int, parts ...string) {
	t.Helper()
	if rec.Code != status {
		t.Errorf("%s: %d, want %d: %s", what, rec.Code, status, rec.Body)
		return
	}
	for _, part := range parts {
		absent, not := strings.CutPrefix(part, "!")
		if not && strings.Contains(rec.Body.String(), absent) || !not && !strings.Contains(rec.Body.String(), part) {
			t.Errorf("%s: %q in\n%s", what, part, rec.Body)
		}
	}
}

func TestAnIndicatorShowsItsWayAndEveryVersion(t *testing.T) {
	run(t, func(w *town) {
		number, i := w.measured()
		at := "/indicadores/" + i.Number
		shows(t, "a visitor", w.Get("", at), 200, "Estudiantes &lt;con&gt; proyecto", "1.600", "(1.500)", "Faltaban dos escuelas.", "<title id=\"chart-title\">", "<desc id=\"chart-desc\">",
			"INDEC, Censo 2010", "!/medir", "!/editar")
		shows(t, "who measures", w.Get(roundtest.Proposer, at), 200, at+"/medir", at+"/editar")
		shows(t, "of another ministry", w.Get(culture, at), 200, "!/medir")
		shows(t, "none", w.Get("", "/indicadores/IND-1999-0001"), 404)
		shows(t, "all", w.Get("", "/indicadores"), 200, i.Number, "impact-met", "!style=")
		shows(t, "of its goal", w.Get("", "/indicadores?por=meta&meta=motor-economico&ods=4"), 200, i.Number)
		shows(t, "of another axis", w.Get("", "/indicadores?eje=ciudad-inteligente"), 200, "!/indicadores/"+i.Number+"\" dir")
		shows(t, "of no axis", w.Get("", "/indicadores?eje=nada"), 404)
		shows(t, "from nowhere", w.Get("", "/indicadores?desde=x"), 404)
		shows(t, "its initiative", w.Get("", "/iniciativas/"+number+"/indicadores"), 200, i.Number, "180.000", "!/nuevo", "!/personas")
		shows(t, "its initiative, for who counts", w.Get(roundtest.Proposer, "/iniciativas/"+number+"/indicadores"), 200, "/nuevo", "/personas")
		shows(t, "of a draft", w.Get("", "/iniciativas/"+w.Draft("Nada", nil)+"/indicadores"), 404)
	})
}

func TestWhoMayNotIsLedAway(t *testing.T) {
	run(t, func(w *town) {
		number, i := w.measured()
		for path, who := range map[string]string{"/indicadores/" + i.Number + "/medir": culture, "/indicadores/" + i.Number + "/editar": culture, "/indicadores/" + i.Number + "/retirar": roundtest.Citizen,
			"/iniciativas/" + number + "/indicadores/nuevo": culture, "/iniciativas/" + number + "/indicadores/personas": culture, "/iniciativas/" + number + "/indicadores/puntaje": roundtest.Proposer,
			"/integraciones": roundtest.Proposer} {
			shows(t, who+" at "+path, w.Get(who, path), 403)
			if rec := w.Get("", path); rec.Code != 303 || !strings.HasPrefix(rec.Header().Get("Location"), "/ingresar?volver=") {
				t.Errorf("a visitor at %s: %d %s", path, rec.Code, rec.Header().Get("Location"))
			}
			if rec := w.Post(who, path, url.Values{}); rec.Code != 403 {
				t.Errorf("%s posts to %s: %d", who, path, rec.Code)
			}
		}
	})
}

func TestMeasuringSaysWhatIsWrong(t *testing.T) {
	run(t, func(w *town) {
		number, i := w.measured()
		at := "/indicadores/" + i.Number + "/medir"
		shows(t, "the form", w.Get(roundtest.Proposer, at), 200, `value="2026-Q1"`, "impact-now")
		shows(t, "a huge number", w.Post(roundtest.Proposer, at, url.Values{"period": {"2026-Q1"}, "value": {"1e308"}, "note": {"x"}}), 422, `value="1e308"`, `id="f-value-error"`)
		shows(t, "a correction without a reason", w.Post(roundtest.Proposer, at, url.Values{"period": {"2026-Q1"}, "value": {"1.700"}, "note": {"x"}}), 422, `id="f-reason-error"`)
		shows(t, "a correction", w.Post(roundtest.Proposer, at, url.Values{"period": {"2026-Q1"}, "value": {"1.700"}, "note": {"x"}, "reason": {"Se contó de nuevo."}}), 303)
		edit := "/indicadores/" + i.Number + "/editar"
		shows(t, "the definition", w.Get(planner, edit), 200, `value="9000"`)
		shows(t, "a day that is none", w.Post(planner, edit, url.Values{"name": {"x"}, "target_day": {"2026-02-31"}}), 422, `id="f-target_day-error"`)
		shows(t, "an old version", w.Post(planner, edit, url.Values{"name": {"x"}, "unit": {"x"}, "kind": {"output"}, "direction": {"up"}, "every": {"quarter"}, "version": {"9"}}), 409)
		people := "/iniciativas/" + number + "/indicadores/personas"
		shows(t, "nobody", w.Post(roundtest.Proposer, people, url.Values{"group": {"estudiantes"}, "territory": {"ciudad"}, "people": {"muchas"}}), 422, `id="f-people-error"`)
		shows(t, "people", w.Post(roundtest.Proposer, people, url.Values{"group": {"estudiantes"}, "territory": {"ciudad"}, "people": {"1.200"}, "note": {"Padrón"}}), 303)
		shows(t, "counted", w.Get("", "/iniciativas/"+number+"/indicadores"), 200, "1.200")
	})
}

// secret is a key as it stands on the page.
var secret = regexp.MustCompile(`ronda_[a-z0-9]{32}`)

func TestAKeyIsShownOnce(t *testing.T) {
	run(t, func(w *town) {
		_, i := w.measured()
		shows(t, "a key of nothing", w.Post(planner, "/integraciones", url.Values{"name": {"Escuelas"}, "body": {"min-educacion"}, "expires": {"2026-12-31"}, "scope": {"IND-1999-0001"}}), 422, `id="f-scope-error"`)
		rec := w.Post(planner, "/integraciones", url.Values{"name": {"Escuelas"}, "body": {"min-educacion"}, "expires": {"2026-12-31"}, "scope": {i.Number + "\n"}})
		key := secret.FindString(rec.Body.String())
		if rec.Code != 200 || key == "" || rec.Header().Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %q %v", rec.Code, key, rec.Header())
		}
		list := w.Get(planner, "/integraciones")
		shows(t, "afterwards", list, 200, "Escuelas", i.Number, "!"+key)
		end := regexp.MustCompile(`/integraciones/[0-9a-f-]+/baja`).FindString(list.Body.String())
		shows(t, "asked once more", w.Get(planner, end), 200, "Escuelas")
		shows(t, "ended", w.Post(planner, end, url.Values{}), 303)
		if _, err := w.impact.ReportWith(w.As(), key, "", impact.Reading{}); err == nil {
			t.Error("an ended key opens")
		}
		shows(t, "the list", w.Get(planner, "/integraciones"), 200, "!"+end)
	})
}

func TestEveryActIsTold(t *testing.T) {
	run(t, func(w *town) {
		number, i := w.measured()
		v, err := w.Roundtable.View(w.As(), number)
		w.Must(err)
		events, err := w.log.Timeline(w.As(), v.Initiative.Subject(), event.Page{Limit: 50, PublicOnly: true})
		w.Must(err)
		told := 0
		for _, e := range events {
			if m, ok := w.pages.Moment(w.As(), e); ok {
				told++
				if m.Href != "/indicadores/"+i.Number {
					t.Errorf("%s leads to %s", e.Kind, m.Href)
				}
			}
		}
		if told != 4 {
			t.Errorf("%d acts told", told)
		}
	})
}
