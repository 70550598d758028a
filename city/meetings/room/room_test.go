package room

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"ronda/city/meetings"
)

// begun is a meeting that runs, with its first item open and the guest present.
func begun(w *world) {
	w.t.Helper()
	w.done(chair, viewLead, "act", "begin")
	w.done(chair, viewLead, "act", "in", "key", "post:"+guest)
	w.done(chair, viewLead, "act", "open", "item", w.items[0].ID)
}

func TestWhoMayEnterARoom(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		begun(w)
		for _, c := range []struct {
			who, path string
			status    int
		}{
			{chair, viewFollow, 200}, {chair, viewLead, 200}, {chair, viewNotes, 200}, {chair, viewWall, 200},
			{secretary, viewLead, 200}, {secretary, viewNotes, 200},
			{guest, viewFollow, 200}, {guest, viewLead, 403}, {guest, viewNotes, 403}, {guest, viewWall, 200},
			{reader, viewFollow, 200}, {reader, viewLead, 403}, {reader, "/vivo?desde=x", 404}, {reader, "/vivo?desde=-1", 404},
			{citizen, viewFollow, 404}, {citizen, viewLead, 404}, {citizen, "/vivo?desde=0", 404},
			{nobody, viewFollow, 303}, {nobody, viewLead, 303}, {nobody, viewNotes, 303}, {nobody, "/vivo?desde=0", 404},
		} {
			if a := w.get(c.who, c.path); a.status != c.status {
				t.Errorf("%q reads %q: status %d, want %d", c.who, c.path, a.status, c.status)
			}
		}
		for _, c := range []struct {
			who, path, act string
			status         int
		}{
			{guest, viewLead, "end", 403}, {reader, viewFollow, "ask", 403}, {reader, viewFollow, "in", 403}, {citizen, viewFollow, "ask", 404},
			{nobody, viewLead, "end", 303}, {chair, viewLead, "nonsense", 422}, {reader, viewNotes, "", 403},
		} {
			if a := w.post(c.who, c.path, "act", c.act); a.status != c.status {
				t.Errorf("%q does %q at %q: status %d, want %d", c.who, c.act, c.path, a.status, c.status)
			}
		}
		w.meeting(true)
		w.get(reader, viewFollow).wants(t, "a private meeting", http.StatusNotFound)
		w.get(guest, viewFollow).wants(t, "a private meeting, invited", http.StatusOK)
	})
}

func TestTheChairLeadsAMeetingByForms(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.get(chair, viewLead).wants(t, "before", 200, "Empezar la reunión", "!Terminar la reunión", "Empieza a las 11:40", "Sin respuesta", "!No llegó", "!Quórum")
		begun(w)
		w.now = w.now.Add(21 * time.Minute)
		w.get(chair, viewLead).wants(t, "running", 200, "21:00", "Cerrar con su resultado", "21 de 20 min", `class="late"`, "Quórum: 1 de 2", "No llegó")

		w.done(guest, viewFollow, "act", "ask")
		w.get(guest, viewFollow).wants(t, "who asked", 200, "Sos quien sigue.", "Ya no quiero hablar")
		turn := w.room(chair).Queue[0].ID
		w.done(chair, viewLead, "act", "floor", "turn", turn, "seconds", "120")
		w.get(guest, viewFollow).wants(t, "who speaks", 200, "Tenés la palabra.", `data-limit="120"`)
		w.done(chair, viewLead, "act", "done")
		w.get(guest, viewFollow).wants(t, "who spoke", 200, "Pedir la palabra", "Nadie espera para hablar.")

		closing := []string{"act", "close", "item", w.items[0].ID, "outcome"}
		w.post(chair, viewLead, closing[:4]...).wants(t, "no outcome", 422, "¿Cómo cierra? Elegí una de las opciones", "<details class=\"fold closing\" open")
		w.post(chair, viewLead, append(closing, "deferral")...).wants(t, "put off without a reason", 422, "Motivo o resumen: Falta completar este dato")
		w.post(chair, viewLead, append(closing, "decision", "what", "Ir al sur", "owner", "body:nowhere", "due", "2026-13-40")...).
			wants(t, "an impossible day", 422, "¿Para cuándo? Escribí una fecha que exista", "Ir al sur")
		w.done(chair, viewLead, append(closing, "decision", "what", "Ir al sur", "owner", "body:dg-planeamiento-educativo", "due", "2026-05-01")...)
		w.get(reader, viewFollow).wants(t, "what was decided", 200, "Ir al sur", "DEC-2026-0001", "para el 1 may 2026", "Dirección General de Planeamiento Educativo")

		w.done(chair, viewLead, "act", "record", "kind", "task", "what", "Llamar a la empresa", "outside", "Red de Ciclistas")
		w.post(chair, viewLead, "act", "record", "kind", "decision", "what", "").wants(t, "an empty decision", 422, "¿Qué? Falta completar este dato")
		w.post(chair, viewLead, "act", "arrive", "name", " ", "rank", "citizen").wants(t, "an arrival without a name", 422)
		w.done(chair, viewLead, "act", "arrive", "name", "Marta Quiroga", "rank", "citizen")
		w.get(chair, viewLead).wants(t, "the roll", 200, "Marta Quiroga", "Vecina o vecino", "Quórum: 2 de 2", "Red de Ciclistas", "COM-2026-0001")

		w.done(chair, viewLead, "act", "end")
		w.get(guest, viewFollow).wants(t, "after", 200, "La reunión terminó", "/minuta", "!Pedir la palabra")
		w.post(chair, viewLead, "act", "open", "item", w.items[1].ID).wants(t, "an item after the end", 409, "Conducir")
	})
}

func (w *world) room(who string) meetings.Room {
	w.t.Helper()
	r, err := w.m.Room(w.as(who), w.number)
	w.must(err)
	return r
}

func TestPrivateItemsAndKeysStayInside(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		begun(w)
		w.get(reader, viewFollow).wants(t, "a reader", 200, "Eco Bici al sur", "!Asunto reservado")
		w.get(guest, viewFollow).wants(t, "a guest", 200, "Asunto reservado", "!post:"+guest, "!person of")
	})
}

func TestTheRoomSpeaksEnglish(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		begun(w)
		r := httptest.NewRequest(http.MethodGet, Href(w.number)+viewLead, nil)
		r.Header.Set("Accept-Language", "en")
		w.do(chair, r).wants(t, "in English", 200, "Close with its outcome", "Item 1 · Decide", "!Punto", "!Asistencia")
	})
}

// A meeting that ended with an item open is no dead end: it is closed afterwards.
func TestWhatWasLeftOpenIsClosedAfterwards(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		begun(w)
		w.done(chair, viewLead, "act", "end")
		w.get(chair, viewLead).wants(t, "after the end", 200, "Cerrar con su resultado", w.items[0].ID)
		for n := range w.items {
			w.done(chair, viewLead, "act", "close", "item", w.items[n].ID, "outcome", "moved", "text", "No hubo tiempo")
		}
		w.get(chair, viewLead).wants(t, "all closed", 200, "!Cerrar con su resultado")
	})
}

func TestADelegateComesInSomebodysPlace(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.done(chair, viewLead, "act", "begin")
		w.done(chair, viewLead, "act", "in", "key", "post:"+guest, "rank", "delegate")
		w.get(chair, viewLead).wants(t, "the roll", 200, "En lugar de Director/a General de Planeamiento Educativo")
		w.post(chair, viewLead, "act", "in", "key", "post:delegado-educacion", "rank", "emperor").wants(t, "an unknown rank", 422)
	})
}

func TestACollaborativeMeetingHearsSpecialistsAndAgrees(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.collaborative()
		w.done(chair, viewLead, "act", "begin")
		w.get(chair, viewLead).wants(t, "the forms", 200, "Acordar la agenda común", "Anotar lo que dice")
		w.post(chair, viewLead, "act", "agree").wants(t, "nothing to agree", 409)
		w.done(chair, viewLead, "act", "record", "kind", "task", "what", "Conseguir tutores", "outside", "Red de Escuelas")
		w.done(chair, viewLead, "act", "agree")
		said := []string{"act", "said", "name", "Marta Quiroga", "organisation", "Universidad", "area", "Pedagogía", "stance"}
		w.post(chair, viewLead, append(said, "objects")...).wants(t, "an objection without a word", 422, "Sus palabras: Falta completar este dato", "Marta Quiroga")
		w.done(chair, viewLead, append(said, "confirms")...)
	})
}

// A page that was left open tells what happened meanwhile, and loses nothing of
// what was typed there.
func TestAStaleTabClosesNothingUnasked(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		begun(w)
		stale := []string{"act", "close", "item", w.items[0].ID, "outcome", "moved", "text", "Falta la empresa"}
		w.done(chair, viewLead, "act", "open", "item", w.items[1].ID)
		w.post(chair, viewLead, stale...).wants(t, "another is open", 409, "El punto en curso es «Noticias»", "Falta la empresa", `name="sure" value="`+w.items[0].ID+`"`)
		if it := w.room(chair).Items[0]; it.State == meetings.ItemClosed {
			t.Fatal("closed unasked")
		}
		w.done(chair, viewLead, append(stale, "sure", w.items[0].ID)...)
		w.post(chair, viewLead, stale...).wants(t, "closed already, another open", 409, "El tema ya está cerrado", "Falta la empresa", `class="fold" open`)
		w.done(chair, viewLead, "act", "pause", "item", w.items[1].ID)
		w.post(chair, viewLead, stale...).wants(t, "closed already, none open", 409, "El tema ya está cerrado", "Falta la empresa")
		if open := w.room(chair).Items[1]; open.State == meetings.ItemClosed {
			t.Error("another item was closed")
		}
	})
}
