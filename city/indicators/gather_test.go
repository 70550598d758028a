package indicators_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"ronda/city/charter"
	"ronda/city/indicators"
	"ronda/city/indicators/index"
	"ronda/city/meetings"
	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/event"
)

const (
	culture = "ministro-cultura"
	planner = "director-planificacion"
	team    = "equipo-mesa"
)

// town is a roundtable with meetings, measured.
type town struct {
	*roundtest.World
	log      *event.Log
	meetings *meetings.Module
	own      *indicators.Module
}

func newTown(w *roundtest.World) *town {
	w.Must(w.DB.Migrate(w.As(), meetings.Migrations, indicators.Migrations))
	x := &town{World: w, log: event.New(w.DB)}
	x.meetings = meetings.New(meetings.Deps{DB: w.DB, Log: x.log, Charters: w.Charters, People: w.People, Steps: w.Roundtable})
	x.own = indicators.New(indicators.Deps{DB: w.DB, Charters: w.Charters, Roundtable: w.Roundtable, Meetings: x.meetings})
	x.own.Listen(x.log)
	return x
}

// later lets listeners hear, and an hour pass.
func (w *town) later() {
	w.Helper()
	w.Must(w.log.Dispatch(w.As()))
	w.Now = w.Now.Add(time.Hour)
}

// year computes both indices of the year of the tests.
func (w *town) year() (index.Participation, index.Compliance) {
	w.Helper()
	f, zone, err := w.own.Facts(w.As())
	w.Must(err)
	return f.Participation(index.Year(2026, zone)), f.Compliance(index.Year(2026, zone))
}

// sign signs the first step with all that it asks for.
func (w *town) sign(number string) string {
	w.Helper()
	step := w.City.Flow.Steps.All()[0]
	for _, item := range step.Items.All() {
		e := roundtable.Evidence{Step: step.Code, Item: item.Code, Kind: item.Evidence[0], Text: "qué; quién; cuándo", URL: "https://example.org/a"}
		if e.Kind == charter.EvidenceDocument {
			e.Kind = item.Evidence[1]
		}
		w.Must(w.Roundtable.AddEvidence(w.As(roundtest.Proposer), number, e))
	}
	w.Must(w.Roundtable.SignStep(w.As(planner), number, step.Code, ""))
	return step.Code
}

// meet holds a meeting about the initiative to which culture comes.
func (w *town) meet(initiative string, private bool) {
	w.Helper()
	x, err := w.meetings.CreateMeeting(w.As(team), meetings.Meeting{Kind: meetings.Free, Title: "Reunión", Starts: w.Now.Add(time.Hour), Length: 60,
		Chair: roundtest.Coordinator, Secretaries: meetings.Codes{team}, Private: private}, []meetings.Guest{{Post: culture}})
	w.Must(err)
	_, err = w.meetings.AddItem(w.As(team), x.Number, meetings.Item{Title: "La iniciativa", Wanted: meetings.Inform, Minutes: 10, SubjectKind: "initiative", SubjectID: initiative})
	w.Must(err)
	w.Must(w.meetings.CallMeeting(w.As(team), x.Number))
	w.later()
	w.Must(w.meetings.Begin(w.As(roundtest.Coordinator), x.Number))
	w.Must(w.meetings.CheckIn(w.As(team), x.Number, meetings.Arrival{Key: "post:" + culture}))
	w.later()
	v, err := w.meetings.Meeting(w.As(roundtest.Coordinator), x.Number)
	w.Must(err)
	for _, i := range v.Items {
		w.Must(w.meetings.OpenItem(w.As(roundtest.Coordinator), x.Number, i.ID))
		w.Must(w.meetings.CloseItem(w.As(roundtest.Coordinator), x.Number, i.ID, meetings.Closing{Outcome: meetings.Informed}))
	}
	w.Must(w.meetings.End(w.As(roundtest.Coordinator), x.Number))
	w.later()
}

func TestFactsComeFromTheirOwners(t *testing.T) {
	roundtest.Run(t, func(world *roundtest.World) {
		w := newTown(world)
		w.Draft("Lo que nadie debe ver", nil)
		number := w.Filed("Academia", nil)
		i, err := w.Roundtable.View(w.As(roundtest.Proposer), number)
		w.Must(err)
		w.later()
		w.Must(w.Roundtable.InviteOwner(w.As(roundtest.Proposer), number, "min-cultura"))
		w.later()
		w.meet(i.Initiative.ID, true)
		if p, _ := w.year(); p.City.String() != "0.0" {
			w.Errorf("a private meeting shows in the index: %s", p.City)
		}
		w.meet(i.Initiative.ID, false)
		w.Must(w.Roundtable.AnswerInvitation(w.As(culture), number, "min-cultura", false))
		w.later()
		step := w.sign(number)
		w.later()
		p, c := w.year()
		if p.City.String() != "50.0" || len(p.Parts) != 1 || !slices.Equal(p.Parts[0].Acted, []string{"min-cultura"}) {
			w.Errorf("participation: %+v", p)
		}
		if c.City.String() != "16.7" || c.Strict.String() != "16.7" || c.Steps[0].Signed != 1 {
			w.Errorf("compliance: %+v", c)
		}
		w.Must(w.Roundtable.ReopenStep(w.As(planner), number, step, "Falta la partida de este año."))
		w.later()
		if _, c := w.year(); c.City.String() != "0.0" {
			w.Errorf("a signature that was taken back counts: %s", c.City)
		}
		w.publicNamesNobody()
	})
}

// publicNamesNobody checks that the public file carries no person and no meeting
// of which nothing was released.
func (w *town) publicNamesNobody() {
	w.Helper()
	f, zone, err := w.own.Facts(w.As())
	w.Must(err)
	var out bytes.Buffer
	w.Must(f.WritePublic(&out, zone.String()))
	for _, secret := range []string{"person of", "equipo-mesa", "nadie debe ver", "REU-"} {
		if strings.Contains(out.String(), secret) {
			w.Errorf("the public file says %q", secret)
		}
	}
	if !strings.Contains(out.String(), "call,INI-2026-0002,min-cultura,came") {
		w.Errorf("the public file lacks the attendance:\n%s", out.String())
	}
}
