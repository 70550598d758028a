package panorama_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/workplan"
	"ronda/city/ideas"
	"ronda/city/indicators/impact"
	"ronda/city/panorama"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/web"
)

// town is a city with a panorama.
type town struct {
	*roundtest.World
	impact  *impact.Module
	carried *delivery.Module
	shown   *panorama.Module
}

func run(t *testing.T, fn func(w *town)) {
	t.Helper()
	roundtest.Run(t, func(world *roundtest.World) {
		w := &town{World: world}
		w.Must(w.DB.Migrate(w.As(), ideas.Migrations, delivery.Migrations, workplan.Migrations, budget.Migrations, impact.Migrations))
		log := event.New(w.DB)
		physical := func(_ context.Context, ids ...string) (map[string]delivery.Physical, error) {
			out := map[string]delivery.Physical{}
			for _, id := range ids {
				out[id] = delivery.Physical{LateDays: 12, Late: []delivery.LateItem{{Name: "Comprar las impresoras"}}}
			}
			return out, nil
		}
		carried := delivery.New(delivery.Deps{DB: w.DB, Log: log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Physical: physical})
		w.carried = carried
		w.impact = impact.New(impact.Deps{DB: w.DB, Log: log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: carried, Pepper: []byte("test")})
		w.shown = panorama.New(panorama.Deps{Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: carried, Impact: w.impact, Physical: physical,
			Ideas:  ideas.New(ideas.Deps{DB: w.DB, Log: log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable}),
			Budget: budget.New(budget.Deps{DB: w.DB, Log: log, People: w.People, Roundtable: w.Roundtable, Delivery: carried})})
		w.Serve(func(m *web.Mux) { w.shown.Routes(m) })
		fn(w)
	})
}

// adopted is an initiative that was adopted and measured.
func (w *town) adopted() string {
	w.Helper()
	d := roundtable.Dossier{Title: "Escuelas que crecen", Line: "Una línea.", Change: "Cambia algo para alguien.", Problem: "Hace falta.", Type: "programa-escolar", Axis: "educacion-siglo-xxi", SDG: "4.4",
		Territories: []string{"almagro"}, Planned: []roundtable.Planned{{Group: "estudiantes", Territory: "almagro", People: 10}}}
	admin := people.With(clock.At(context.Background(), w.Now), people.Standing{Person: "operator", Roles: []string{people.RoleAdministrator}})
	rows, _, err := w.Roundtable.Import(admin, []roundtable.Imported{{Line: 2, Dossier: d, Sponsor: roundtest.ProposerOf, State: "adopted", Day: "2025-06-10"}}, false)
	w.Must(err)
	number := rows[0].Number
	i, err := w.impact.Define(w.As(roundtest.Proposer), number, impact.Definition{Name: "Chicos con proyecto", Kind: impact.Outcome, Social: true, Unit: "chicos", Direction: impact.Up,
		Baseline: impact.Of(1200), BaselineDay: "2025-06-30", Target: impact.Of(180000), TargetDay: "2027-12-31", Source: "Relevamiento", Every: impact.Quarterly, Post: roundtest.Proposer})
	w.Must(err)
	_, err = w.impact.Report(w.As(roundtest.Proposer), impact.Reading{Initiative: number, Indicator: i.Number, Period: "2025-Q4", Value: "1500", Evidence: "https://example.org/a"})
	w.Must(err)
	return number
}

// Each sheet holds what is of its scope, as somebody without an account reads it,
// whoever looks.
func TestASheetHoldsWhatIsOfItsScope(t *testing.T) {
	run(t, func(w *town) {
		w.adopted()
		w.Draft("Plan reservado", nil)
		for _, c := range []struct {
			path   string
			status int
			holds  bool
		}{{"/panorama", 200, true}, {"/panorama/eje/educacion-siglo-xxi", 200, true}, {"/panorama/eje/ciudad-inteligente", 200, false}, {"/panorama/ministerio/min-educacion", 200, true},
			{"/panorama/ministerio/min-cultura", 200, false}, {"/panorama/eje/nada", 404, false}, {"/panorama/ministerio/" + roundtest.ProposerOf, 404, false}} {
			for _, post := range []string{"", roundtest.Coordinator} {
				rec := w.Get(post, c.path)
				body := rec.Body.String()
				if rec.Code != c.status || strings.Contains(body, "Plan reservado") {
					w.Errorf("%s as %q: %d", c.path, post, rec.Code)
				}
				for _, part := range []string{"Chicos con proyecto", "Escuelas que crecen"} {
					if strings.Contains(body, part) != c.holds {
						w.Errorf("%s as %q says %q: %v", c.path, post, part, !c.holds)
					}
				}
			}
		}
	})
}

// The life of an initiative is told when it is public, and its draft to nobody.
func TestALifeIsToldOnceItIsPublic(t *testing.T) {
	run(t, func(w *town) {
		number, draft := w.adopted(), w.Draft("Plan reservado", nil)
		if rec := w.Get("", "/iniciativas/"+number+"/impacto"); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "Chicos con proyecto") || !strings.Contains(rec.Body.String(), "1.500 chicos") {
			w.Errorf("the life: %d %.300s", rec.Code, rec.Body)
		}
		for _, post := range []string{"", roundtest.Citizen, roundtest.Proposer, roundtest.Coordinator} {
			if rec := w.Get(post, "/iniciativas/"+draft+"/impacto"); rec.Code != http.StatusNotFound {
				w.Errorf("a draft as %q: %d", post, rec.Code)
			}
		}
	})
}

// What a ministry took over stands on its sheet, and no more on that of whoever
// proposed it.
func TestWhatWasHandedOverIsOfWhoCarriesItOut(t *testing.T) {
	run(t, func(w *town) {
		number := w.adopted()
		w.Must(w.carried.HandOver(w.As(roundtest.Proposer), number, "min-modernizacion", "Todo listo para empezar."))
		w.Must(w.carried.Accept(w.As("ministro-modernizacion"), number, "La tomamos."))
		for path, holds := range map[string]bool{"/panorama": true, "/panorama/ministerio/min-modernizacion": true, "/panorama/ministerio/min-educacion": false} {
			if body := w.Get("", path).Body.String(); strings.Contains(body, "Escuelas que crecen") != holds {
				w.Errorf("%s says it: %v", path, !holds)
			}
		}
	})
}
