package pages_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"ronda/city/meetings"
	"ronda/city/roundtable"
	"ronda/platform/i18n"
)

func TestRegistersShowWhatCameOfMeetings(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		m, decision, task := w.held(w.weekly())
		w.get("", "/decisiones").wants(t, "before release", ok, "Ninguna decisión coincide", "!La colaborativa es el martes 14")
		w.get(coordinator, "/decisiones").wants(t, "inside", ok, "La colaborativa es el martes 14", "Dirección General de Planeamiento Educativo", "no actos administrativos", "1 abierta.", m.Title)
		w.get("", "/decisiones/"+decision).wants(t, "a visitor", missing)
		w.get("", "/compromisos/"+task).wants(t, "a visitor", missing)
		w.now = w.now.AddDate(0, 0, 6)
		w.get(coordinator, "/compromisos").wants(t, "late", ok, "hace 2 días", "Vencido", "1 vencido.", "?estado=vencidos")
		w.get(coordinator, "/compromisos?estado=vencidos").wants(t, "the late ones", ok, "Mandar las invitaciones", `aria-current="true"`)
		w.get(coordinator, "/decisiones?estado=vencidos").wants(t, "no decision is late yet", ok, "Ninguna decisión coincide")
		w.get(coordinator, "/compromisos?estado=cumplidos").wants(t, "the kept ones", ok, "Ningún compromiso coincide")
		w.get(culture, "/compromisos?mios=si").wants(t, "somebody else's", ok, "!Mandar las invitaciones")
		w.get(director, "/compromisos?mios=si&ministerio=min-educacion").wants(t, "the own ones", ok, "Mandar las invitaciones")
		w.get(coordinator, "/compromisos?estado=viejos").wants(t, "no state", missing)
		w.get(coordinator, "/compromisos?desde=viejos").wants(t, "no place", missing)
		w.closesWhatIsOwed(t, m, decision, task)
	})
}

func (w *world) closesWhatIsOwed(t *testing.T, m meetings.Meeting, decision, task string) {
	t.Helper()
	href := "/compromisos/" + task
	w.get(director, href).wants(t, "the owner", ok, "¿Ya se cumplió?", "30 mar 2026 · hace 2 días", "Director/a General de Planeamiento Educativo")
	w.get(culture, href).wants(t, "another official", ok, "!¿Ya se cumplió?")
	w.get(culture, href+"/cumplir").wants(t, "another official closes", refused)
	w.post(director, href+"/cumplir", "text", "").wants(t, "nothing said", wrong, "Falta completar este dato")
	w.post(director, href+"/cumplir", "text", "Salieron el lunes").leads(t, "kept", href, "keep")
	w.get(director, href).wants(t, "kept", ok, "Cumplido", "En qué quedó", "Salieron el lunes", "!¿Ya se cumplió?")
	w.get(director, href+"/descartar").wants(t, "dropped too late", conflict)
	w.post(coordinator, "/decisiones/"+decision+"/descartar", "why", "Se suspendió").wants(t, "dropped before the minutes are approved", conflict, "Se suspendió")
	w.must(w.Approve(w.as(coordinator), m.Number))
	w.post(coordinator, "/decisiones/"+decision+"/descartar", "why", "Se suspendió").leads(t, "dropped", "/decisiones/"+decision, "drop")
	w.get(coordinator, "/decisiones").wants(t, "dropped", ok, "Descartada", "1 descartada.")
}

func TestRegistersLeaveAsFiles(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		_, decision, task := w.held(w.weekly())
		csv := w.get(coordinator, "/compromisos?formato=csv")
		csv.wants(t, "CSV", ok, "Número,Compromiso,Quién", task+",Mandar las invitaciones,Director/a General de Planeamiento Educativo,post,2026-03-30,open")
		if got := csv.header.Get("Content-Disposition"); !strings.Contains(got, `filename="Compromisos.csv"`) {
			t.Errorf("the file is called %s", got)
		}
		w.get(coordinator, "/decisiones?formato=json&estado=abiertos").wants(t, "JSON", ok, `"number":"`+decision+`"`, `"page":"http://ronda.test/decisiones/`+decision+`"`)
		w.get(coordinator, "/decisiones?formato=json&estado=cumplidos").wants(t, "JSON of none", ok, "!"+decision)
		w.get(coordinator, "/decisiones?formato=xlsx").wants(t, "XLSX", ok, "PK")
		w.get("", "/decisiones?formato=csv").wants(t, "a visitor's file", ok, "!"+decision)
		w.get(coordinator, "/decisiones?formato=doc").wants(t, "no format", wrong)
	})
}

func TestMinutesAreApprovedSignedAndReleasedOnPurpose(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		m, decision, task := w.held(w.weekly())
		href := "/reuniones/" + m.Number
		w.get(coordinator, href).wants(t, "the meeting", ok, "La minuta espera tu aprobación", "Falta la minuta", "Quiénes estuvieron", "1 estuvo.", "No estuvo")
		w.get(coordinator, href+"/minuta").wants(t, "a draft", ok, "Borrador: puede cambiar", "Se vieron dos fechas.\nEl martes puede todo el mundo.", "Se decidió", "La colaborativa es el martes 14",
			"Pasa a la próxima", "Faltan los números de marzo", "Mandar las invitaciones", "Estuvo 1", "llevó 15 min", decision, task)
		w.get(director, href+"/minuta/aprobar").wants(t, "a guest approves", refused)
		w.get("", href+"/minuta").wants(t, "a visitor", missing)
		w.post(coordinator, href+"/minuta/aprobar").leads(t, "approved", href+"/minuta", "approve")
		w.get(coordinator, href+"/minuta").wants(t, "approved", ok, "Aprobada, sin firmar", "SHA-256", "Firmar", "Devolver para corregir")
		w.post(coordinator, href+"/minuta/devolver", "why", "").wants(t, "returned for no reason", wrong)
		w.post(coordinator, href+"/minuta/devolver", "why", "Falta quién habló").leads(t, "returned", href+"/minuta", "return")
		w.get(coordinator, href+"/minuta").wants(t, "returned", ok, "La minuta se devolvió para corregir", "Falta quién habló", "Borrador")
		w.post(coordinator, href+"/minuta/aprobar").leads(t, "approved again", href, "approve")
		w.post(coordinator, href+"/minuta/firmar").leads(t, "signed", href, "sign")
		w.get(coordinator, href+"/minuta").wants(t, "signed", ok, "¿Qué se hace público?", "Firmó la Coordinación", "!Borrador", "!sin firmar")
		w.get("", href).wants(t, "a visitor before release", missing)
		w.releases(t, href, decision, task)
	})
}

func (w *world) releases(t *testing.T, href, decision, task string) {
	t.Helper()
	w.get(coordinator, href+"/minuta/publicar").wants(t, "what there is", ok, "Fecha de la reunión colaborativa", "La colaborativa es el martes 14", "!checked")
	w.get(director, href+"/minuta/publicar").wants(t, "a guest releases", refused)
	w.post(coordinator, href+"/minuta/publicar", "decisions", decision).leads(t, "released", href+"/minuta", "release")
	w.get("", href).wants(t, "a visitor", ok, "Acá ves lo que se publicó", "La colaborativa es el martes 14", "!Presupuesto de Robótica", "!Mandar las invitaciones", "!Quiénes estuvieron", "!Se vieron dos fechas")
	w.get("", href+"/minuta").wants(t, "the public part", ok, "Parte pública", "La colaborativa es el martes 14", "!Mandar las invitaciones", "!Faltan los números", "!Director/a General de Planeamiento Educativo")
	w.get("", "/decisiones").wants(t, "the register", ok, "La colaborativa es el martes 14")
	w.get("", "/decisiones/"+decision).wants(t, "the decision", ok, "La colaborativa es el martes 14")
	w.get("", "/compromisos/"+task).wants(t, "what was not released", missing)
	w.get("", "/reuniones?cuando=pasadas").wants(t, "the list", ok, "Reunión semanal de la Mesa")
	w.get(coordinator, href).wants(t, "more", ok, "¿Querés publicar algo más?")
}

func TestMinutesPrintAsADocument(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := w.weekly()
		m, _, _ := w.held(s)
		page := w.get(coordinator, "/reuniones/"+m.Number+"/minuta")
		page.wants(t, "the document", ok, `<article class="minutes"`, "<h1")
		_, css, _ := strings.Cut(page.body, `<link rel="stylesheet" href="/assets/meetings`)
		css, _, _ = strings.Cut("/assets/meetings"+css, `"`)
		sheet := w.get("", css)
		sheet.wants(t, "the stylesheet", ok, "@media print", ".minutes")
		if !strings.Contains(sheet.header.Get("Cache-Control"), "immutable") {
			t.Error("browsers ask for the stylesheet again and again")
		}
		w.get(coordinator, "/series/"+s.Number+"/minutas").wants(t, "compiled", ok, "1 reunión", "Se vieron dos fechas", "La colaborativa es el martes 14", `aria-current="true"`)
		w.get(coordinator, "/series/"+s.Number+"/minutas?anio=2025").wants(t, "a year without any", ok, "No hay minutas de ese año")
		w.get(coordinator, "/series/"+s.Number+"/minutas?anio=ayer").wants(t, "no year", missing)
		w.get("", "/series/"+s.Number+"/minutas").wants(t, "a visitor", missing)
	})
}

func TestADateIsFoundByAPoll(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		x, err := w.CreateMeeting(w.as(team), meetings.Meeting{Kind: meetings.Free, Title: "Cierre", Purpose: "Cerrar.", Starts: w.at("2026-04-20", "10:00"), Length: 60, Chair: coordinator}, []meetings.Guest{{Post: director}})
		w.must(err)
		href := "/reuniones/" + x.Number + "/fechas"
		w.get(director, href).wants(t, "no poll yet", missing)
		w.post(coordinator, href, "do", "vote").wants(t, "a vote in no poll", conflict, "No hay una consulta de fechas")
		w.post(coordinator, href, "do", "open", "date-0", "2026-04-20T10:00", "date-1", "ayer").wants(t, "no date", wrong, `value="ayer"`, `value="2026-04-20T10:00"`)
		w.post(coordinator, href, "do", "open", "date-0", "2026-04-20T10:00", "date-1", "2026-04-21T15:00").leads(t, "opened", href, "poll_opened")
		v, err := w.Meeting(w.as(director), x.Number)
		w.must(err)
		w.get(director, href).wants(t, "the question", ok, "Martes 21 de abril de 2026, 15:00", "¿Podés?", "!Queda esta fecha")
		w.get(culture, href).wants(t, "no guest", ok, "!Guardar mis respuestas")
		w.post(director, href, "do", "vote").wants(t, "a vote for nothing", wrong, "Marcá al menos una fecha")
		w.post(director, href, "do", "vote", "slot-"+v.Slots[0].ID, "no", "slot-"+v.Slots[1].ID, "yes").leads(t, "voted", href, "voted")
		w.get(coordinator, href).wants(t, "the votes", ok, "1 puede.", "1 no puede.", "Queda esta fecha", `class="best"`)
		w.post(coordinator, href, "do", "close").wants(t, "none chosen", wrong, "Elegí una de las opciones")
		w.post(coordinator, href, "do", "close", "slot", v.Slots[1].ID).leads(t, "chosen", "/reuniones/"+x.Number, "poll_closed")
		w.get(director, "/reuniones/"+x.Number).wants(t, "the date", ok, "15:00 a 16:00", "martes 21 de abril de 2026")
	})
}

func TestAnOpenMeetingIsForWhoeverIsInterested(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		i := w.filed("Aprendizajes significativos")
		w.get(culture, "/reuniones/nueva?tipo=collaborative&iniciativa="+i.Number).wants(t, "whose it is not", refused)
		w.get(director, "/reuniones/nueva?tipo=collaborative&iniciativa="+i.Number).wants(t, "the form", ok, "Agenda común: Aprendizajes significativos", `name="initiative" value="`+i.ID+`"`, "Abierta a quien le interese")
		a := w.post(director, "/reuniones/nueva", "kind", "collaborative", "initiative", i.ID, "title", "Agenda común", "purpose", "Acordar quién hace qué.", "day", "2026-04-14", "clock", "10:00", "length", "120", "chair", director, "open", "true")
		a.leads(t, "planned", "/reuniones/REU-", "planned")
		w.get("", a.to).wants(t, "before the call", missing)
		w.post(director, a.to+"/convocar").leads(t, "called", a.to, "call")
		w.get("", a.to).wants(t, "a visitor", ok, "Acordar quién hace qué.", "¿Te interesa participar?", "Abierta a interesados")
		w.get("", a.to+"/interes").leads(t, "a visitor is led to sign in", "/ingresar", "sign_in")
		w.post(citizen, a.to+"/interes", "text", "").wants(t, "nothing said", wrong)
		w.post(citizen, a.to+"/interes", "text", "Doy clases en una técnica", "organisation", "Cooperadora 35").leads(t, "interested", a.to, "interest")
		w.get(citizen, a.to).wants(t, "told", ok, "Ya dijiste que te interesa", "Espera respuesta")
		w.get(citizen, a.to+"/interesados").wants(t, "a citizen at the list", refused)
		w.get(director, a.to+"/interesados").wants(t, "the convener", ok, "Doy clases en una técnica", "Cooperadora 35", "No invitar")
		v, err := w.Meeting(w.as(director), strings.TrimPrefix(a.to, "/reuniones/"))
		w.must(err)
		w.post(director, a.to+"/interesados", "wish", v.Wishes[0].ID, "do", "invite").leads(t, "invited", a.to+"/interesados", "wish")
		w.get(citizen, a.to).wants(t, "a guest now", ok, "¿Vas a ir?")
	})
}

func TestACrowdedMeetingIsSplit(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		m := w.occurrence(w.weekly().Number, 0)
		one, two := w.item(m.Number, "Uno", meetings.Discuss, 10), w.item(m.Number, "Dos", meetings.Discuss, 10)
		href := "/reuniones/" + m.Number
		w.get(director, href+"/grupos").wants(t, "a guest", refused)
		form := []string{"title-1", "Escuelas", "chair-1", director, "title-2", "Barrios", "chair-2", "", "item-" + one.ID, "1", "item-" + two.ID, "2", "evenly", "true"}
		w.post(coordinator, href+"/grupos", form...).wants(t, "a group nobody leads", wrong, `value="Escuelas"`, "Falta completar este dato")
		form[7] = planner
		w.post(coordinator, href+"/grupos", form...).leads(t, "split", href, "split")
		w.get(coordinator, href).wants(t, "the groups", ok, "Grupos de trabajo", "Escuelas", "Barrios")
	})
}

func TestAPointIsProposedForTheNextWeeklyMeeting(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s, i := w.weekly(), w.filed("Aprendizajes significativos")
		href := "/series/" + s.Number + "/proponer"
		w.get(citizen, href).wants(t, "a citizen", missing)
		w.get(director, href+"?iniciativa="+i.Number+"&title=Aprendizajes").wants(t, "the form", ok, `value="Aprendizajes"`, `value="`+i.Number+`"`)
		w.post(director, href, "title", "Aprendizajes", "wanted", "discuss", "minutes", "").wants(t, "no time", wrong, `value="Aprendizajes"`)
		w.post(director, href, "title", "Aprendizajes", "wanted", "discuss", "minutes", "20", "subject", i.Number).leads(t, "proposed", "/series/"+s.Number, "proposed")
		w.get(coordinator, "/reuniones/"+w.occurrence(s.Number, 0).Number+"/orden").wants(t, "waiting", ok, "Aprendizajes", "Traer a esta reunión")
	})
}

func TestAnInitiativeHasOnePageToShow(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		i := w.filed("Aprendizajes significativos")
		w.get("", "/iniciativas/"+i.Number+"/presentacion").wants(t, "the page", ok, "180.000 chicos arman un proyecto propio.", "La escuela enseña poco a emprender.", "A quiénes llega", "180.000", "Por dónde va", "0/6", "Lo que hay que resolver ahora")
		draft, err := w.round.Propose(w.as(director), roundtable.Thought{Title: "Otra idea", Line: "Una línea.", Sponsor: directorOf, WhyNew: "Es otra cosa."})
		w.must(err)
		w.get("", "/iniciativas/"+draft.Number+"/presentacion").wants(t, "one in preparation", missing)
		w.get(director, "/iniciativas/"+draft.Number+"/presentacion").wants(t, "its own", ok, "Otra idea", "En preparación")
	})
}

func TestThePageOfAnInitiativeLeadsToItsMeetings(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s, i := w.weekly(), w.filed("Aprendizajes significativos")
		m := w.occurrence(s.Number, 0)
		_, err := w.AddItem(w.as(team), m.Number, meetings.Item{Title: "Presentación", Wanted: meetings.Discuss, Minutes: 20, SubjectKind: "initiative", SubjectID: i.ID})
		w.must(err)
		draw := func(who string) string {
			ctx := w.as(who)
			v, err := w.round.View(ctx, i.Number)
			w.must(err)
			var b strings.Builder
			w.must(w.pages.InitiativePanel(ctx, v).Render(ctx, &b))
			return b.String()
		}
		for who, wants := range map[string][]string{
			director: {m.Title, "/series/" + s.Number + "/proponer?iniciativa=" + i.Number, "tipo=collaborative"},
			culture:  {m.Title, "/proponer?", "!tipo=collaborative"},
			"":       {"!" + m.Title, "!/proponer?", "!tipo=collaborative", "/presentacion", "Todavía no pasó por ninguna reunión"},
		} {
			(answer{status: ok, body: strings.ReplaceAll(draw(who), "&amp;", "&")}).wants(t, "the panel of "+who, ok, wants...)
		}
	})
}

// aKey is the key of a message where its words should be.
var aKey = regexp.MustCompile(`\bmeetings\.[a-z]`)

func TestEveryPageSpeaksBothLanguages(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := w.weekly()
		m, decision, task := w.held(s)
		next := w.occurrence(s.Number, 0)
		for _, path := range []string{"/reuniones", "/reuniones/calendario", "/reuniones/nueva", "/reuniones/nueva?tipo=visit", "/series", "/series/nueva?tipo=monthly", "/series/" + s.Number, "/series/" + s.Number + "/editar",
			"/series/" + s.Number + "/seguir", "/series/" + s.Number + "/terminar", "/series/" + s.Number + "/minutas", "/series/" + s.Number + "/proponer", "/reuniones/" + m.Number, "/reuniones/" + m.Number + "/minuta",
			"/reuniones/" + m.Number + "/minuta/aprobar", "/reuniones/" + next.Number + "/orden", "/reuniones/" + next.Number + "/invitados", "/reuniones/" + next.Number + "/mover", "/reuniones/" + next.Number + "/cancelar",
			"/reuniones/" + next.Number + "/editar", "/reuniones/" + next.Number + "/grupos", "/reuniones/" + next.Number + "/responder", "/decisiones", "/decisiones/" + decision, "/decisiones/" + decision + "/cumplir",
			"/compromisos", "/compromisos/" + task, "/compromisos/" + task + "/descartar"} {
			for _, lang := range i18n.Langs {
				r := httptest.NewRequest(http.MethodGet, path, nil)
				r.Header.Set("Accept-Language", string(lang))
				a := w.do(coordinator, r)
				a.wants(t, path+" in "+string(lang), ok, `lang="`+lang.Tag()+`"`, "!{{", "!<no value>")
				if aKey.MatchString(a.told()) {
					t.Errorf("%s in %s says a key: %s", path, lang, a.told())
				}
			}
		}
	})
}

// The monthly meeting shows what each ministry has open, and makes points of it.
func TestAMonthlyMeetingHasASectionOfEachMinistry(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		x, err := w.CreateMeeting(w.as(team), meetings.Meeting{Kind: meetings.Monthly, Title: "Mensual", Purpose: "Decidir.", Starts: w.now.Add(48 * time.Hour), Length: 120, Chair: cabinet}, []meetings.Guest{{Post: minister}})
		w.must(err)
		href := "/reuniones/" + x.Number
		w.get(coordinator, href).wants(t, "the meeting", ok, "Robótica: 12 % ejecutado", "Se esperaba 40 %", "Ministerio de Educación")
		w.get(coordinator, href+"/orden").wants(t, "the editor", ok, "Hacerlo un punto", "title=Rob", "section=min-educacion", "Ministerio de Cultura")
		w.post(coordinator, href+"/orden", "do", "add", "title", "Robótica", "wanted", "decide", "minutes", "15", "section", "min-educacion").leads(t, "a point of it", href+"/orden", "added")
		w.get(coordinator, href).wants(t, "in its section", ok, "Se va a decidir 1 cosa", `id="area-min-educacion"`)
		w.get(minister, href+"/orden").wants(t, "the minister's own section", ok, "Agregar un punto", `<option value="min-educacion"`, `!<option value="min-cultura"`)
		w.post(minister, href+"/orden", "do", "add", "title", "De Educación", "wanted", "inform", "minutes", "5", "section", "min-educacion").leads(t, "a point of the own", href+"/orden", "added")
		w.post(minister, href+"/orden", "do", "add", "title", "De Cultura", "wanted", "inform", "minutes", "5", "section", "min-cultura").wants(t, "a point of another", refused)
		w.get("presidente-comuna-1", href+"/orden").wants(t, "whose it is not", refused)
	})
}

// What was agreed at the collaborative meeting is a list in versions, for officials.
func TestACommonAgendaShowsItsVersions(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		i := w.filed("Aprendizajes significativos")
		c, err := w.CreateMeeting(w.as(director), meetings.Meeting{Kind: meetings.Collaborative, Title: "Agenda común", Purpose: "Acordar.", Starts: w.now.Add(time.Hour), Length: 60, Chair: director, Initiative: i.ID}, []meetings.Guest{{Post: planner}})
		w.must(err)
		w.must(w.CallMeeting(w.as(director), c.Number))
		w.now = c.Starts
		w.must(w.Begin(w.as(director), c.Number))
		record := func(what string) {
			_, err := w.RecordCommitment(w.as(director), c.Number, "", meetings.Commitment{What: what, Who: planner, WhoKind: meetings.WhoPost, Due: "2026-05-01"})
			w.must(err)
			_, err = w.AgreeAgenda(w.as(director), c.Number)
			w.must(err)
		}
		href := "/iniciativas/" + i.Number + "/agenda-comun"
		w.get(planner, href).wants(t, "nothing yet", ok, "Todavía no hay una agenda común")
		record("Hacer el presupuesto")
		record("Juntar a las escuelas")
		page := w.get(planner, href)
		page.wants(t, "both versions", ok, "Versión 2", "Versión 1", "Hacer el presupuesto", "Juntar a las escuelas", "nuevo", c.Number)
		if strings.Index(page.body, "Versión 2") > strings.Index(page.body, "Versión 1") {
			t.Error("the newest version does not come first")
		}
		w.get("", href).wants(t, "a visitor", missing)
		w.get(citizen, href).wants(t, "a citizen", missing)
	})
}

func TestTheTimeGivenIsDrawnByMinistry(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.get(director, "/reuniones/tiempo").wants(t, "nothing yet", ok, "todavía no se hizo ninguna reunión")
		w.held(w.weekly())
		w.get(director, "/reuniones/tiempo").wants(t, "a meeting of 25 minutes", ok, "Ministerio de Educación", "25 min · 1 reunión")
		w.get(citizen, "/reuniones/tiempo").wants(t, "a citizen", refused)
		w.get(director, "/reuniones").wants(t, "the way there", ok, "/reuniones/tiempo")
	})
}

// A button that is pressed twice plans one meeting.
func TestAFormSentTwicePlansOneMeeting(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		_, rest, _ := strings.Cut(w.get(coordinator, "/reuniones/nueva?tipo=free").body, `name="once" value="`)
		once, _, _ := strings.Cut(rest, `"`)
		form := []string{"kind", "free", "once", once, "title", "Dos veces", "day", "2026-04-14", "clock", "10:00", "length", "60", "chair", coordinator}
		first, second := w.post(coordinator, "/reuniones/nueva", form...), w.post(coordinator, "/reuniones/nueva", form...)
		first.leads(t, "planned", "/reuniones/REU-", "planned")
		second.leads(t, "planned already", first.to, "planned")
		w.post(coordinator, "/reuniones/nueva", "kind", "free", "once", once, "title", "").wants(t, "the form again", wrong, `name="once" value="`+once+`"`)
	})
}
