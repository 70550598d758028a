package opendata_test

import (
	"context"
	"testing"
	"time"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/workplan"
	"ronda/city/ideas"
	"ronda/city/indicators"
	"ronda/city/indicators/impact"
	"ronda/city/meetings"
	"ronda/city/opendata"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/web"
)

// Posts of Buenos Aires that act in these tests.
const (
	planner  = "director-planificacion"
	team     = "equipo-mesa"
	minister = "ministro-desarrollo-economico"
)

// town is a city with everything that is given away.
type town struct {
	*roundtest.World
	log       *event.Log
	meetings  *meetings.Module
	delivery  *delivery.Module
	plans     *workplan.Module
	budget    *budget.Module
	impact    *impact.Module
	catalogue *opendata.Catalogue
}

func run(t *testing.T, fn func(w *town)) {
	t.Helper()
	roundtest.Run(t, func(world *roundtest.World) {
		w := &town{World: world, log: event.New(world.DB)}
		w.Must(w.DB.Migrate(w.As(), meetings.Migrations, indicators.Migrations, ideas.Migrations, delivery.Migrations, workplan.Migrations, budget.Migrations, impact.Migrations))
		w.meetings = meetings.New(meetings.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Steps: w.Roundtable})
		own := indicators.New(indicators.Deps{DB: w.DB, Charters: w.Charters, Roundtable: w.Roundtable, Meetings: w.meetings})
		carried := delivery.New(delivery.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable})
		w.delivery = carried
		w.plans = workplan.New(workplan.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: carried})
		w.budget = budget.New(budget.Deps{DB: w.DB, Log: w.log, People: w.People, Roundtable: w.Roundtable, Delivery: carried})
		w.impact = impact.New(impact.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: carried, Pepper: []byte("test")})
		w.catalogue = opendata.New(opendata.Deps{Charters: w.Charters, Roundtable: w.Roundtable, Meetings: w.meetings, Indices: own, Delivery: carried, Plans: w.plans, Budget: w.budget, Impact: w.impact,
			Ideas: ideas.New(ideas.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable})})
		w.Serve(func(m *web.Mux) { opendata.NewWeb(w.catalogue).Routes(m) })
		fn(w)
	})
}

// adopted is an initiative of the past that was adopted.
func (w *town) adopted(title string) string {
	w.Helper()
	d := roundtable.Dossier{Title: title, Line: "Una línea.", Change: "Cambia algo para alguien.", Problem: "Hace falta.", Type: "programa-escolar", Axis: "educacion-siglo-xxi", SDG: "4.4",
		Territories: []string{"almagro"}, Planned: []roundtable.Planned{{Group: "estudiantes", Territory: "almagro", People: 10}}}
	admin := people.With(clock.At(context.Background(), w.Now), people.Standing{Person: "operator", Roles: []string{people.RoleAdministrator}})
	rows, _, err := w.Roundtable.Import(admin, []roundtable.Imported{{Line: 2, Dossier: d, Sponsor: roundtest.ProposerOf, State: "adopted", Day: "2025-06-10"}}, false)
	w.Must(err)
	if rows[0].Number == "" {
		w.Fatal(rows[0].Faults)
	}
	return rows[0].Number
}

// measured defines an indicator and measures it, as the people in charge do.
func (w *town) measured(number string) {
	w.Helper()
	i, err := w.impact.Define(w.As(roundtest.Proposer), number, impact.Definition{Name: "Chicos con proyecto", Kind: impact.Outcome, Social: true, Unit: "chicos", Direction: impact.Up,
		Baseline: impact.Of(1200), BaselineDay: "2025-06-30", Target: impact.Of(180000), TargetDay: "2027-12-31", Source: "Relevamiento", Every: impact.Quarterly, Post: roundtest.Proposer})
	w.Must(err)
	_, err = w.impact.Report(w.As(roundtest.Proposer), impact.Reading{Initiative: number, Indicator: i.Number, Period: "2025-Q4", Value: "1500", Evidence: "https://example.org/a"})
	w.Must(err)
}

// funded gives the initiative money of a law.
func (w *town) funded(number string) {
	w.Helper()
	w.Must(w.budget.Enact(w.As(planner), budget.Law{Year: 2026, Number: "Ley 6.804", Day: "2025-12-05"}))
	f, err := budget.ReadFile([]byte("código;institución;denominación;función;fuente;crédito original\n40.1;Ministerio de Educación;Proyectos;Educación;tributos-propios;2000000,50\n"))
	w.Must(err)
	r, err := w.budget.Import(w.As(planner), 2026, f, budget.Guess(f.Sheet), false)
	w.Must(err)
	if !r.Kept {
		w.Fatalf("%+v", r)
	}
	w.Must(w.budget.Draw(w.As(planner), number, 2026, "40.1", 100_000_050))
}

// meet holds a meeting that decides and agrees on something, and releases the
// decision when it is told to.
func (w *town) meet(title, text string, private, release bool) {
	w.Helper()
	chair := w.As(roundtest.Coordinator)
	x, err := w.meetings.CreateMeeting(w.As(team), meetings.Meeting{Kind: meetings.Free, Title: title, Starts: w.Now.Add(time.Hour), Length: 60,
		Chair: roundtest.Coordinator, Secretaries: meetings.Codes{team}, Private: private}, nil)
	w.Must(err)
	w.Must(w.meetings.CallMeeting(w.As(team), x.Number))
	w.Must(w.meetings.Begin(chair, x.Number))
	d, err := w.meetings.RecordDecision(w.As(team), x.Number, "", meetings.Decision{Text: text, Owner: roundtest.ProposerOf})
	w.Must(err)
	_, err = w.meetings.RecordCommitment(w.As(team), x.Number, "", meetings.Commitment{What: "Compromiso de " + text, Who: roundtest.Proposer})
	w.Must(err)
	w.Must(w.meetings.End(chair, x.Number))
	w.Must(w.meetings.Approve(chair, x.Number))
	if release {
		w.Must(w.meetings.Sign(chair, x.Number))
		w.Must(w.meetings.Release(chair, x.Number, meetings.Release{Decisions: []string{d.Number}}))
	}
}
