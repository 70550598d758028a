package delivery

import (
	"strconv"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"ronda/city/roundtable/roundtest"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// heads are ministers by their ministries.
var heads = map[string]string{"min-modernizacion": modern, "min-cultura": culture, "min-educacion": education, "min-salud": "ministro-salud"}

// hands plays the hand-over of an initiative and knows how it should stand.
type hands struct {
	*world
	number          string
	executor, asked string
	accepted        int
}

// TestNeverTwoExecutors: whoever asks, answers, refuses and takes back in whatever
// order, an initiative has one executing ministry at most, and one that is asked.
func TestNeverTwoExecutors(t *testing.T) {
	lone(t, func(w *world) {
		plays := 0
		rapid.Check(t, func(rt *rapid.T) {
			plays++
			h := &hands{world: w, number: w.Adopted("Academia " + strconv.Itoa(plays))}
			for range rapid.IntRange(1, 12).Draw(rt, "acts") {
				act := rapid.SampledFrom([]func(*rapid.T, string){h.handOver, h.accept, h.refuse, h.takeBack}).Draw(rt, "act")
				act(rt, rapid.SampledFrom([]string{"min-modernizacion", "min-cultura", "min-educacion"}).Draw(rt, "ministry"))
				h.stands(rt)
			}
		})
	})
}

// owner is the post that may hand it over now.
func (h *hands) owner() string {
	if h.executor != "" {
		return heads[h.executor]
	}
	return proposer
}

func (h *hands) handOver(rt *rapid.T, to string) {
	err := h.HandOver(h.As(h.owner()), h.number, to, "Te la paso con todo.")
	if may := h.asked == "" && to != h.executor; may != (err == nil) {
		rt.Fatalf("hand over to %s, asked %q, executor %q: %v", to, h.asked, h.executor, err)
	} else if may {
		h.asked = to
	}
}

func (h *hands) accept(rt *rapid.T, who string) {
	err := h.Accept(h.As(heads[who]), h.number, "")
	if may := h.asked == who; may != (err == nil) {
		rt.Fatalf("%s accepts, asked %q: %v", who, h.asked, err)
	} else if may {
		h.executor, h.asked = who, ""
		h.accepted++
	}
}

func (h *hands) refuse(rt *rapid.T, who string) {
	err := h.Refuse(h.As(heads[who]), h.number, "No tenemos gente para esto.")
	if may := h.asked == who; may != (err == nil) {
		rt.Fatalf("%s refuses, asked %q: %v", who, h.asked, err)
	} else if may {
		h.asked = ""
	}
}

func (h *hands) takeBack(rt *rapid.T, _ string) {
	err := h.TakeBack(h.As(h.owner()), h.number, "Lo pensamos mejor.")
	if may := h.asked != ""; may != (err == nil) {
		rt.Fatalf("take back, asked %q: %v", h.asked, err)
	}
	h.asked = ""
}

// stands compares what is stored with what should be.
func (h *hands) stands(rt *rapid.T) {
	c, err := h.Case(h.As(), h.number)
	if err != nil || c.Executor != h.executor || c.Asked != h.asked {
		rt.Fatalf("executor %q, asked %q, want %q and %q: %v", c.Executor, c.Asked, h.executor, h.asked, err)
	}
	list, err := h.Handings(h.As(), c.Initiative.ID)
	waiting, accepted := 0, 0
	for _, x := range list {
		switch x.State {
		case HandOverAsked:
			waiting++
		case HandOverAccepted:
			accepted++
		}
	}
	if err != nil || accepted != h.accepted || waiting > 1 || waiting == 1 && list[0].To != h.asked {
		rt.Fatalf("%d accepted, %d waiting: %v", accepted, waiting, err)
	}
}

// TestExecution is the life of an execution, on each database.
func TestExecution(t *testing.T) {
	roundtest.Both(t, func(r *roundtest.World) {
		w := newWorld(r)
		w.handed()
		w.together()
		number := w.executed("Bibliotecas abiertas")
		w.parts(number)
		w.reports(number)
		w.lights(number)
		w.exports(number)
		w.caughtUp()
		w.forgotten(number)
	}, Migrations)
}

// handed: who is asked sees it on the desk, and the initiative's history tells all.
func (w *world) handed() {
	w.Helper()
	number := w.Adopted("Academia")
	w.later(0)
	if got := w.desk(proposer); got["Pedir a un ministerio que ejecute "+number] != " /iniciativas/"+number+"/ejecucion" {
		w.Errorf("the proposer's desk: %v", got)
	}
	w.refuses("to no ministry", w.HandOver(w.As(proposer), number, "dg-empleo", "Va con los planos."), fault.Invalid)
	w.refuses("without a word", w.HandOver(w.As(proposer), number, "min-modernizacion", " "), fault.Invalid)
	w.Must(w.HandOver(w.As(proposer), number, "min-modernizacion", "Va con los planos."))
	w.refuses("twice", w.HandOver(w.As(proposer), number, "min-cultura", "Va con los planos."), fault.Conflict)
	w.refuses("another's", w.Accept(w.As(culture), number, ""), fault.Forbidden)
	if len(w.desk(proposer)) != 0 || len(w.desk(culture)) != 0 || len(w.desk(modern)) != 1 {
		w.Errorf("desks: %v %v %v", w.desk(proposer), w.desk(culture), w.desk(modern))
	}
	w.Must(w.Refuse(w.As(modern), number, "No tenemos presupuesto este año."))
	w.Must(w.HandOver(w.As(mayor), number, "min-cultura", "Cultura la puede hacer."))
	w.Must(w.Accept(w.As(culture), number, "Con gusto."))
	v, err := w.View(w.As(), number)
	w.Must(err)
	if v.Executor != "min-cultura" || len(v.Handings) != 2 || v.Next != "2026-04-23" || v.Late() {
		w.Errorf("executor %q, %d requests, next %s", v.Executor, len(v.Handings), v.Next)
	}
	e := w.told(number, EventAccepted)
	if len(e) != 1 || e[0].Data["to"] != "min-cultura" || e[0].Text["note"] != "Con gusto." {
		w.Errorf("told: %+v", e)
	}
	body, err := w.Log.Timeline(w.As(), event.Subject{Kind: "body", ID: "min-cultura"}, event.Page{Limit: 10, PublicOnly: true})
	if err != nil || len(body) != 2 || body[0].Kind != EventAccepted || body[1].Kind != EventHandedOver {
		w.Errorf("the ministry's own history: %+v, %v", body, err)
	}
}

// together: of two who ask at once one is heard.
func (w *world) together() {
	w.Helper()
	number := w.Adopted("Wifi en plazas")
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for n, to := range []string{"min-modernizacion", "min-cultura", "min-salud", "min-educacion"} {
		wg.Go(func() { errs[n] = w.HandOver(w.As(proposer), number, to, "Va con los planos.") })
	}
	wg.Wait()
	heard := 0
	for _, err := range errs {
		if err == nil {
			heard++
		} else if !fault.Is(err, fault.Conflict) {
			w.Errorf("refused with %v", err)
		}
	}
	waiting, err := db.One[int](w.As(), w.DB, `SELECT count(*) FROM delivery_handover WHERE initiative = $1`, w.id(number))
	if err != nil || heard != 1 || waiting != 1 {
		w.Errorf("%d heard, %d waiting, %v", heard, waiting, err)
	}
}

// parts: further ministries are asked, answer, and leave.
func (w *world) parts(number string) {
	w.Helper()
	w.refuses("the executor itself", w.AddParticipant(w.As(modern), number, "min-modernizacion", "todo"), fault.Invalid)
	w.Must(w.AddParticipant(w.As(modern), number, "min-cultura", "Las bibliotecas"))
	w.refuses("twice", w.AddParticipant(w.As(modernDir), number, "min-cultura", "Los libros"), fault.Invalid)
	if got := w.desk(culture); got["Contestar si tu ministerio participa en "+number] == "" {
		w.Errorf("the desk of culture: %v", got)
	}
	w.refuses("for another ministry", w.AnswerParticipation(w.As(education), number, "min-cultura", true, ""), fault.Forbidden)
	w.Must(w.AnswerParticipation(w.As(culture), number, "min-cultura", true, ""))
	w.refuses("yes again", w.AnswerParticipation(w.As(culture), number, "min-cultura", true, ""), fault.Conflict)
	list, err := w.Participations(w.As(), w.id(number))
	if err != nil || len(list) != 1 || list[0].State != PartIn || list[0].What != "Las bibliotecas" {
		w.Errorf("%+v, %v", list, err)
	}
	w.Must(w.AddParticipant(w.As(modern), number, "min-salud", "Los médicos"))
	w.Must(w.AnswerParticipation(w.As("ministro-salud"), number, "min-salud", false, "No hay nadie."))
	if list, err = w.Participations(w.As(), w.id(number)); err != nil || len(list) != 1 {
		w.Errorf("after a no: %+v, %v", list, err)
	}
}

// caughtUp: what was adopted before anybody listened stands on the desk too.
func (w *world) caughtUp() {
	w.Helper()
	number := w.Adopted("De antes")
	title := "Pedir a un ministerio que ejecute " + number
	if w.desk(proposer)[title] != "" {
		w.Error("it was heard of already")
	}
	w.Must(w.Sweep(w.As()))
	w.Must(w.Sweep(w.As()))
	if w.desk(proposer)[title] == "" {
		w.Errorf("the sweep missed it: %v", w.desk(proposer))
	}
}
