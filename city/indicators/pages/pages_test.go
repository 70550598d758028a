package pages_test

import (
	"strings"
	"testing"

	"ronda/city/delivery"
	"ronda/city/indicators"
	"ronda/city/indicators/impact"
	"ronda/city/indicators/index"
	"ronda/city/indicators/pages"
	"ronda/city/meetings"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/event"
	"ronda/platform/web"
)

// What an index counts can be looked up act by act, and a quarter stays as it was
// published.
func TestIndicesAreTakenApart(t *testing.T) {
	roundtest.Run(t, func(w *roundtest.World) {
		w.Must(w.DB.Migrate(w.As(), meetings.Migrations, delivery.Migrations, impact.Migrations, indicators.Migrations))
		log := event.New(w.DB)
		own := delivery.New(delivery.Deps{DB: w.DB, Log: log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable})
		im := impact.New(impact.Deps{DB: w.DB, Log: log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: own})
		ind := indicators.New(indicators.Deps{DB: w.DB, Charters: w.Charters, Roundtable: w.Roundtable, Delivery: own, Impact: im,
			Meetings: meetings.New(meetings.Deps{DB: w.DB, Log: log, Charters: w.Charters, People: w.People, Steps: w.Roundtable})})
		w.Speak(delivery.Messages, impact.Messages, pages.Messages)
		w.Serve(func(m *web.Mux) {
			pages.New(pages.Deps{Indicators: ind, Charters: w.Charters, People: w.People}).Routes(m)
		})
		number := measured(w, im)
		rec := w.Get("", "/indices/participacion?periodo=2026&ministerio=min-educacion")
		for _, part := range []string{number, "midió el indicador", "IND-2026-0001", "100,0", index.Rule} {
			if rec.Code != 200 || !strings.Contains(rec.Body.String(), part) {
				t.Errorf("the acts lack %q: %d %s", part, rec.Code, rec.Body)
			}
		}
		if s := w.Get("", "/indices/participacion?periodo=2025").Body.String(); strings.Contains(s, number) || !strings.Contains(s, "sin valor") {
			t.Errorf("a year without initiatives: %s", s)
		}
		if s := w.Get("", "/indices/cumplimiento?eje=educacion-siglo-xxi").Body.String(); !strings.Contains(s, number) || !strings.Contains(s, "0 de 5") {
			t.Errorf("the steps: %s", s)
		}
		for _, path := range []string{"?periodo=2027", "?periodo=2026-Q4", "?periodo=mañana", "?eje=nada", "?ministerio=nadie"} {
			if rec := w.Get("", "/indices/participacion"+path); rec.Code != 404 {
				t.Errorf("%s: %d", path, rec.Code)
			}
		}
		stays(w, ind)
	})
}

// measured is an initiative in execution with a value of its indicator.
func measured(w *roundtest.World, im *impact.Module) string {
	number := w.Filed("Academia", nil)
	w.Must(w.Roundtable.Overrule(w.As("jefe-de-gabinete"), number, "Hace falta que empiece este año."))
	i, err := im.Define(w.As(roundtest.Proposer), number, impact.Definition{Name: "Estudiantes", Kind: impact.Outcome, Social: true, Unit: "estudiantes", Direction: impact.Up, Every: impact.Quarterly,
		Baseline: impact.Of(1), BaselineDay: "2026-01-01", Target: impact.Of(9), TargetDay: "2027-12-31", Source: "Relevamiento", Post: roundtest.Proposer})
	w.Must(err)
	w.Now = w.Now.AddDate(0, 0, 10)
	_, err = im.Report(w.As(roundtest.Proposer), impact.Reading{Indicator: i.Number, Period: "2026-Q1", Value: "3", Note: "Planilla"})
	w.Must(err)
	return number
}

// stays publishes the quarters that are over and changes nothing of them later.
func stays(w *roundtest.World, ind *indicators.Module) {
	before, err := ind.Published(w.As())
	w.Must(err)
	if len(before) != 1 || before[0].Year != 2026 || before[0].No != 1 || before[0].Rule != index.Rule || before[0].LevelsCounted != 1 {
		w.Errorf("published %+v", before)
	}
	w.Filed("Otra", nil)
	w.Now = w.Now.AddDate(0, 3, 0)
	again := indicators.New(ind.Deps)
	_, err = again.Picture(w.As())
	w.Must(err)
	after, err := ind.Published(w.As())
	w.Must(err)
	if len(after) != 2 || after[1].At != before[0].At || after[1].Levels != before[0].Levels {
		w.Errorf("published later %+v", after)
	}
}
