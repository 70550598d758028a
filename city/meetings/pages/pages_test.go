package pages_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"ronda/city/meetings"
)

const (
	ok       = http.StatusOK
	missing  = http.StatusNotFound
	refused  = http.StatusForbidden
	wrong    = http.StatusUnprocessableEntity
	conflict = http.StatusConflict
)

func TestTheListShowsWhatIsForTheReader(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.get("", "/reuniones").wants(t, "nothing yet", ok, "No hay reuniones a la vista", "!Planificar una reunión")
		s := w.weekly()
		talk := w.talk()
		w.get("", "/reuniones").wants(t, "a visitor", ok, "No hay reuniones a la vista", "!"+s.Title, "!"+talk.Title)
		w.get(coordinator, "/reuniones").wants(t, "the coordination", ok, "Planificar una reunión", s.Title, talk.Title, "Las otras tuyas", "Abril de 2026")
		first := w.occurrence(s.Number, 0)
		w.get(coordinator, "/reuniones").wants(t, "the one that comes first", ok, `<h2 id="proxima"><a href="/reuniones/`+first.Number+`"`)
		w.must(w.CancelMeeting(w.as(team), first.Number, "Feriado"))
		w.get(coordinator, "/reuniones").wants(t, "one that will not be held comes first no more", ok, first.Number, `!<h2 id="proxima"><a href="/reuniones/`+first.Number+`"`)
		w.get(culture, "/reuniones").wants(t, "an official who is not of it", ok, s.Title, "!"+talk.Title)
		w.get(minister, "/reuniones?de=mias").wants(t, "a minister's own", ok, talk.Title, "!"+s.Title, "Privada")
		w.get(coordinator, "/reuniones?tipo=talk").wants(t, "of a kind", ok, talk.Title, "!"+s.Title, "Quitar todos los filtros")
		w.get(coordinator, "/reuniones?tipo=talk&cuando=pasadas").wants(t, "none of a kind", ok, "Ninguna reunión coincide")
		w.get(coordinator, "/reuniones?tipo=party").wants(t, "of no kind", missing)
		w.get("", "/reuniones?desde=x").wants(t, "a place nobody was given", missing)
	})
}

func TestAMonthIsDrawnWithItsTable(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := w.weekly()
		w.must(w.CancelMeeting(w.as(team), w.occurrence(s.Number, 1).Number, "Feriado"))
		page := w.get(coordinator, "/reuniones/calendario?mes=2026-04")
		page.wants(t, "April", ok, "Abril de 2026", "Marzo", "Mayo", "Ver el mes como tabla", "2 abr 2026", "Cancelada", `class="k-weekly off"`)
		if n := strings.Count(page.body, `class="k-weekly`); n != 5 {
			t.Errorf("April has %d Thursdays in its drawing, want 5", n)
		}
		w.get("", "/reuniones/calendario?mes=2026-04").wants(t, "a visitor", ok, "No hay reuniones este mes", "!k-weekly")
		for _, month := range []string{"2026-13", "abril", "1000-01", "2099-01"} {
			w.get("", "/reuniones/calendario?mes="+month).wants(t, month, missing)
		}
	})
}

func TestAMeetingOpensWithWhatItIsForAndWhatItWillDecide(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := w.weekly()
		m := w.occurrence(s.Number, 0)
		href := "/reuniones/" + m.Number
		w.item(m.Number, "Avance de Eco Bici", meetings.Inform, 30)
		w.get(coordinator, href).wants(t, "an agenda that fits", ok, m.Purpose, "10:00 a 11:00", "jueves 26 de marzo de 2026", "(quedan 30 libres)", "!Se va a decidir", "Cada semana, los jueves, a las 10:00, 12 veces.")
		w.item(m.Number, "Fecha de la colaborativa", meetings.Decide, 45)
		w.get(coordinator, href).wants(t, "an agenda too long", ok, "Se va a decidir 1 cosa", "Se pasa por 15 minutos", "El orden del día lleva 75 minutos; la reunión dura 60.", "Armar el orden del día", "Invitar a más")
		w.get(director, href).wants(t, "a guest", ok, "¿Vas a ir?", "!Invitar a más", "!Cancelar la reunión", "Proponer un punto")
		w.get(culture, href).wants(t, "an official who is no guest", ok, "Fecha de la colaborativa", "!¿Vas a ir?")
		w.get("", href).wants(t, "a visitor", missing)
		w.get(citizen, href).wants(t, "a citizen", missing)
		w.get("", "/reuniones/REU-2026-9999").wants(t, "no meeting", missing)
	})
}

func TestAPrivateMeetingDoesNotExistForOthers(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		m := w.talk()
		href := "/reuniones/" + m.Number
		for _, who := range []string{culture, planner, citizen} {
			for _, path := range []string{"", "/orden", "/invitados", "/editar", "/mover", "/cancelar", "/minuta", "/fechas", "/interes"} {
				w.get(who, href+path).wants(t, who+" at "+path, missing, "!"+m.Title)
			}
			w.post(who, href+"/cancelar", "why", "x").wants(t, who+" cancels", missing)
		}
		w.get("", href).wants(t, "a visitor", missing)
		w.get(minister, href).wants(t, "a guest", ok, m.Title, "Una investigadora de Rosario", "Usina del Arte", "Esta reunión es privada")
		w.get(minister, href+"/orden").wants(t, "a guest at the agenda", refused)
		w.get(coordinator, href).wants(t, "the coordination", ok, "Sonido y traslado desde Bolívar 1")
	})
}

func TestWhoIsNotSignedInIsLedThere(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		m := w.occurrence(w.weekly().Number, 0)
		for _, path := range []string{"/reuniones/nueva", "/series/nueva", "/reuniones/" + m.Number + "/orden", "/reuniones/" + m.Number + "/responder"} {
			w.get("", path).leads(t, path, "/ingresar?volver=", "sign_in")
			w.post("", path).leads(t, "posting "+path, "/ingresar?volver=", "sign_in")
		}
	})
}

func TestAMeetingIsPlannedAndChanged(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.get(coordinator, "/reuniones/nueva").wants(t, "the kinds", ok, "Semanal interna", "Charla del ciclo", "Que se repita")
		w.get(citizen, "/reuniones/nueva").wants(t, "a citizen", refused)
		w.get(coordinator, "/reuniones/nueva?tipo=talk").wants(t, "a talk", ok, "¿Quién habla?", "¿Qué hace falta?", "¿A quiénes invitás?")
		w.get(culture, "/reuniones/nueva?tipo=monthly").wants(t, "a minister plans no monthly meeting", refused)
		w.get(coordinator, "/reuniones/nueva?tipo=party").wants(t, "no kind", missing)
		form := []string{"kind", "free", "title", "Cierre del trimestre", "purpose", "Revisar los compromisos", "day", "2026-04-31", "clock", "10:00", "length", "60", "chair", coordinator}
		w.post(coordinator, "/reuniones/nueva", form...).wants(t, "a day that does not exist", wrong, "Cierre del trimestre", "Revisar los compromisos", "Hay algo para corregir", `value="2026-04-31"`)
		form[7] = "2026-04-30"
		w.post(coordinator, "/reuniones/nueva", append(form, "quorum", "muchos")...).wants(t, "a number that is none", wrong, "Escribilo como número", `value="muchos"`)
		a := w.post(coordinator, "/reuniones/nueva", append(form, "circles", "minister")...)
		a.leads(t, "planned", "/reuniones/REU-2026-0001", "planned")
		w.get(coordinator, a.to).wants(t, "its page", ok, "Cierre del trimestre", "Falta convocarla", "Ministro/a de Educación", "Planificada")

		edit := []string{"version", "1", "title", "Cierre", "purpose", "Revisar todo", "chair", coordinator}
		w.post(culture, a.to+"/editar", edit...).wants(t, "another official edits", refused)
		w.post(coordinator, a.to+"/editar", edit...).leads(t, "edited", a.to, "edited")
		edit[3] = "Cierre otra vez"
		w.post(coordinator, a.to+"/editar", edit...).wants(t, "edited meanwhile", conflict, "Lo que está guardado", "Cierre otra vez", `name="version" value="2"`)
		w.post(coordinator, a.to+"/mover", "version", "2", "day", "2026-05-04", "clock", "11:00", "length", "45", "place", "Usina", "why", "No hay sala").leads(t, "moved", a.to, "move")
		w.get(coordinator, a.to).wants(t, "moved", ok, "11:00 a 11:45", "Usina", "4 de mayo")
		w.post(coordinator, a.to+"/convocar").leads(t, "called", a.to, "call")
		w.get(coordinator, a.to+"/convocar").wants(t, "called twice", ok)
		w.post(coordinator, a.to+"/cancelar").wants(t, "cancelled for no reason", wrong, "Falta completar este dato")
		w.post(coordinator, a.to+"/cancelar", "why", "Paro de subtes").leads(t, "cancelled", a.to, "cancel")
		w.get(minister, a.to).wants(t, "cancelled", ok, "Esta reunión se canceló", "Paro de subtes", "!¿Vas a ir?")
		w.get(coordinator, a.to+"/mover").wants(t, "moved too late", conflict)
	})
}

func TestAGuestAnswers(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		m := w.occurrence(w.weekly().Number, 0)
		href := "/reuniones/" + m.Number
		w.get(director, href+"/responder").wants(t, "the question", ok, "¿Vas a ir?", "toda la serie")
		w.post(director, href+"/responder", "answer", "perhaps").wants(t, "no answer", wrong)
		w.post(director, href+"/responder", "answer", "accepted").leads(t, "answered", href, "reply")
		w.get(director, href).wants(t, "answered", ok, "Dijiste que vas", "Cambiar la respuesta")
		w.get(culture, href+"/responder").wants(t, "no guest", refused)
	})
}

func TestGuestsAreInvitedByPostNameAndFromOutside(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		m := w.occurrence(w.weekly().Number, 0)
		href := "/reuniones/" + m.Number + "/invitados"
		w.get(culture, href).wants(t, "no organiser", refused)
		w.get(coordinator, href).wants(t, "the ways", ok, "Por puesto", "De afuera", "Por nombre", "Delegado/a de Educación en la Mesa")
		w.post(coordinator, href, "do", "post", "guests", culture, "role", "required").leads(t, "a post", href, "invited")
		w.post(coordinator, href, "do", "outside", "name", "Ada", "address", "no es correo").wants(t, "no address", wrong, `value="Ada"`, `value="no es correo"`)
		w.post(coordinator, href, "do", "outside", "name", "Ada Rossi, Cooperadora 35", "address", "ada@ejemplo.test").leads(t, "from outside", href, "invited")
		w.get(coordinator, href).wants(t, "both", ok, "Ministro/a de Cultura", "Ada Rossi, Cooperadora 35")
		w.post(coordinator, href, "do", "drop", "guest", "post:"+culture).leads(t, "taken off", href, "uninvited")
		v, err := w.Meeting(w.as(coordinator), m.Number)
		w.must(err)
		for _, a := range v.Attendees {
			if a.Post == culture && a.Role != meetings.RoleOut {
				t.Error("who was taken off is still invited")
			}
		}
	})
}

func TestAnAgendaIsPutInOrder(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := w.weekly()
		m := w.occurrence(s.Number, 0)
		order := "/reuniones/" + m.Number + "/orden"
		w.get(director, order).wants(t, "a guest", refused)
		w.post(coordinator, order, "do", "add", "title", "", "wanted", "discuss", "minutes", "diez", "text", "Lo que ya escribí").wants(t, "nothing right", wrong, "Lo que ya escribí", `value="diez"`, "Escribilo como número")
		w.post(coordinator, order, "do", "add", "title", "Uno", "wanted", "discuss", "minutes", "20", "subject", "INI-2026-9999").wants(t, "about nothing", wrong, "No hay ninguna iniciativa con ese número")
		w.post(coordinator, order, "do", "add", "title", "Uno", "wanted", "discuss", "minutes", "20", "documents", "El plan https://ejemplo.test/plan").leads(t, "added", order, "added")
		two := w.item(m.Number, "Dos", meetings.Decide, 50)
		w.get(coordinator, order).wants(t, "the time in view", ok, "Se pasa por 10 minutos", "1.", "2.", "Subir", ": Dos")
		w.post(coordinator, order, "do", "up", "item", two.ID, "to", "2").leads(t, "moved up", order+"#punto-"+two.ID, "")
		w.wantOrder(m.Number, "Dos", "Uno")
		w.post(coordinator, order, "do", "down", "item", two.ID, "to", "1").leads(t, "moved down", order, "")
		w.wantOrder(m.Number, "Uno", "Dos")
		w.post(coordinator, order, "do", "later", "item", two.ID).leads(t, "put on the waiting list", order, "put_back")
		w.get(coordinator, order).wants(t, "waiting", ok, "Traer a esta reunión", "Dos")
		w.post(coordinator, order, "do", "take", "item", two.ID).leads(t, "taken", order, "taken")
		w.wantOrder(m.Number, "Uno", "Dos")
		w.editsAnItem(t, m, two)
	})
}

func (w *world) editsAnItem(t *testing.T, m meetings.Meeting, i meetings.Item) {
	t.Helper()
	v, err := w.Meeting(w.as(coordinator), m.Number)
	w.must(err)
	for _, x := range v.Items {
		if x.ID == i.ID {
			i = x
		}
	}
	href := "/reuniones/" + m.Number + "/orden/" + i.ID
	w.get(coordinator, href).wants(t, "the form of an item", ok, `value="Dos"`, "Detalle, quién presenta, documentos")
	w.get(coordinator, "/reuniones/"+m.Number+"/orden/nope").wants(t, "no item", missing)
	form := []string{"do", "save", "version", itoa(i.Version), "title", "Dos y medio", "wanted", "decide", "minutes", "5"}
	w.post(coordinator, href, form...).leads(t, "saved", "/reuniones/"+m.Number+"/orden#punto-", "item_saved")
	form[5] = "Dos y tres cuartos"
	w.post(coordinator, href, form...).wants(t, "saved meanwhile", conflict, "Lo que está guardado", "Dos y medio", "Dos y tres cuartos")
	w.post(coordinator, href, "do", "drop").leads(t, "taken out", "/reuniones/"+m.Number+"/orden", "item_dropped")
	w.wantOrder(m.Number, "Uno")
}

// wantOrder checks the points of an agenda.
func (w *world) wantOrder(number string, titles ...string) {
	w.t.Helper()
	v, err := w.Meeting(w.as(coordinator), number)
	w.must(err)
	var got []string
	for _, i := range v.Items {
		got = append(got, i.Title)
	}
	if strings.Join(got, "|") != strings.Join(titles, "|") {
		w.t.Errorf("the agenda is %q, want %q", got, titles)
	}
}

func TestASeriesSaysItsRuleAndMarksWhatDiffers(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		form := []string{"kind", "monthly", "title", "Mensual", "purpose", "Decidir", "day", "2026-04-07", "clock", "09:00", "length", "120", "repeat", "month", "count", "12", "chair", cabinet, "circles", "minister"}
		w.post(minister, "/series/nueva", form...).wants(t, "a minister", refused)
		a := w.post(coordinator, "/series/nueva", form...)
		a.leads(t, "planned", "/series/SER-2026-0001", "series_planned")
		w.get(coordinator, a.to).wants(t, "the rule in words", ok, "Cada mes, el primer martes, a las 09:00, 12 veces.", "Martes 7 de abril de 2026", "Ministro/a de Educación", "Sin convocar")
		w.get("", a.to).wants(t, "a visitor", missing)
		w.get(coordinator, "/series").wants(t, "the list", ok, "Mensual", "el primer martes")
		w.get("", "/series").wants(t, "the list for a visitor", ok, "!Mensual", "Las series son internas")
		w.post(coordinator, a.to+"/convocar").leads(t, "called", a.to, "series_call")
		first, second := w.occurrence("SER-2026-0001", 0), w.occurrence("SER-2026-0001", 1)
		w.must(w.CancelMeeting(w.as(coordinator), first.Number, "Feriado"))
		second.Starts = w.at("2026-05-06", "09:00")
		w.must(w.MoveMeeting(w.as(coordinator), second.Number, second.Version, second, "Sesiona la Legislatura"))
		w.get(coordinator, a.to).wants(t, "the marks", ok, `class="cancelled"`, `class="moved"`, "Cambió de fecha", "Cancelada")
		w.get(coordinator, "/reuniones/"+second.Number).wants(t, "the moved one", ok, "Cambió de fecha: era el 5 may 2026", "Sesiona la Legislatura")
		w.movesTheRest(t, a.to)
	})
}

func (w *world) movesTheRest(t *testing.T, href string) {
	t.Helper()
	third := w.occurrence("SER-2026-0001", 2)
	w.get(coordinator, href+"/seguir").wants(t, "the form", ok, "¿Desde qué reunión?", "martes 2 de junio de 2026", `value="month" checked`)
	form := []string{"from", third.Occurrence.UTC().Format("2006-01-02T15:04:05Z07:00"), "day", "2026-06-04", "clock", "10:00", "length", "90", "repeat", "month", "count", "6", "place", "Usina", "why", "Los martes sesiona la Legislatura"}
	w.post(coordinator, href+"/seguir", append([]string{"from", ""}, form[2:]...)...).wants(t, "from nowhere", wrong, "Usina", "Elegí una de las opciones")
	a := w.post(coordinator, href+"/seguir", form...)
	a.leads(t, "the rest moved", "/series/SER-2026-0002", "rest_moved")
	w.get(coordinator, a.to).wants(t, "the new series", ok, "el primer jueves, a las 10:00", "Sigue a otra serie", "Usina")
	w.get(coordinator, href).wants(t, "the old one", ok, "Sigue en otra serie", "Terminada", "!Mover lo que queda")
	w.get(coordinator, a.to+"/terminar").wants(t, "the end", ok, "¿Cuál es el último día?")
	w.post(coordinator, a.to+"/terminar", "last", "2026-07-31", "why", "Termina el plan").leads(t, "ended", a.to, "series_end")
	w.get(coordinator, a.to+"/terminar").wants(t, "ended twice", conflict)
}

func itoa(n int) string { return strconv.Itoa(n) }

// Whoever organises finds from the list what did not arrive; nobody else is led
// to where they may not go.
func TestTheListLeadsTheCoordinationToWhatIsToSettle(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.get(coordinator, "/reuniones").wants(t, "the Coordination", ok, `href="/invitaciones"`, `href="/decisiones"`, `href="/compromisos"`)
		w.get(director, "/reuniones").wants(t, "a director", ok, `!href="/invitaciones"`, `href="/reuniones/tiempo"`)
		w.get("", "/reuniones").wants(t, "a visitor", ok, `!href="/invitaciones"`, `!href="/reuniones/tiempo"`)
	})
}
