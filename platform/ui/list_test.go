package ui

import (
	"testing"

	"ronda/platform/fault"
	"ronda/platform/i18n"
)

func TestCardIsOneLinkWithItsState(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), sampleCards()[:1])
	p.has("li article a", "href", "/i/42")
	p.says("li article a", "Aprendizajes significativos")
	p.says(".axis", axisNames[0])
	p.says(".state", "Paso 4 en curso")
	p.says(".meta", "Ministerio de Educación INI-2026-0042")
	p.count("svg.ring.ax1", 1)
	look(t, speak(t, i18n.Spanish), Card{Title: "x", Href: "/"}).count(".ring, .state, .axis, .meta", 0)
}

func TestBoardScrollsWithTheKeyboardAndSaysWhatIsMissing(t *testing.T) {
	b := Board{Label: "Por paso", Columns: []Column{{No: 1, Title: "Efectividad", Count: 14, Href: "/x?paso=1", Cards: sampleCards()[:2]}, {No: 2, Title: "Discusión"}}}
	p := look(t, speak(t, i18n.Spanish), b)
	p.has("[role=region]", "tabindex", "0")
	p.has("[role=region]", "aria-label", "Por paso")
	p.has(`a[href="/x?paso=1"]`, "href", "/x?paso=1")
	p.says("section:last-child p", "Nada en este paso")
	p.says("section:first-child h2 .count", "14")
}

func TestStepsSayTheirStateAndWhichWaits(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), sampleSteps())
	p.count("ol > li", 6)
	p.says("li[aria-current=step] .title", "Paso 4: Especialistas")
	p.says("li[aria-current=step] .state", "En curso")
	p.says("li:nth-child(3) .state", "Devuelto")
	p.count("li:last-child a", 0)
	own := look(t, speak(t, i18n.Spanish), Steps{{No: 1, Title: "x", Seat: SeatSigned, StateText: "Firmado sin observaciones"}})
	own.says(".state", "Firmado sin observaciones")
}

func TestTimelineMoments(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), Timeline{More: Link{"/más", "Antes"}, Items: []Moment{
		{Tone: Good, Title: "Adoptada", Href: "/i/7", Stamp: "2026-11-23T13:40:00Z", When: "hoy", Meta: "Jefatura", Proof: "/registro/1", Text: "Bien.\n<i>"},
		{Title: "Nota", Internal: "Interno"},
	}})
	p.has("li:first-child time", "datetime", "2026-11-23T13:40:00Z")
	p.says("li:first-child .proof", "Prueba en el registro público de: Adoptada")
	p.says("li:first-child blockquote", "Bien. <i>")
	p.says("li:last-child .tag", "Interno")
	p.count("li:last-child .proof, li:last-child time", 0)
	p.says("p > a[href*=más]", "Antes")
}

func TestOwesHaveOneMainAction(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), Owes{{Due: "hoy", Tone: Now, Title: "Firmar", Href: "/f", Action: "Firmar ya", Main: true}, {Due: "6 abr", Title: "Responder", Href: "/r", Action: "Responder"}, {Due: "–", Title: "Esperar"}})
	p.says("a.btn:not(.quiet)", "Firmar ya : Firmar")
	p.says("a.btn.quiet", "Responder : Responder")
	p.says("li:first-child .due.t-now", "hoy")
	p.count("li:last-child a", 0)
}

func TestTableNamesEveryCellAndItsOrder(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), sampleTable())
	p.says("caption", "Organismos y lo que firmaron")
	p.count("th[scope=col]", 4)
	p.has("th[aria-sort]", "aria-sort", "ascending")
	p.has("tr:first-child td:nth-child(3)", "data-th", "Firmas")
	p.has("tr:first-child td:nth-child(3)", "class", "num")
	p.count("tbody th[scope=row]", 2)
	hidden := Table{Caption: "x", HideCaption: true, Columns: []Head{{Text: "y"}}}
	look(t, speak(t, i18n.Spanish), hidden).has("caption", "class", "sr")
}

func TestFiltersAreLinksThatCanBeTakenOff(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), sampleFilters())
	p.says("a[aria-current=true]", "Quitar el filtro Ecosistema emprendedor y creativo")
	p.says("nav ul:first-of-type + ul, .filter:nth-of-type(2) li:first-child a", "En ronda 47")
	p.has("nav > p a", "href", "/iniciativas")
	p.has("form[role=search] input[type=hidden]", "name", "eje")
	none := Filters{Clear: "/x", Groups: []FilterGroup{{Name: "Eje", Choices: []Choice{{Text: "Uno", Href: "/", Count: -1}}}}}
	off := look(t, speak(t, i18n.Spanish), none)
	off.count("nav > p, form, .count", 0)
}

func TestPagerLeadsOnlyWhereThereIsMore(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), Pager{Later: "/x?after=9", Note: "47"})
	p.has("a[rel=next]", "href", "/x?after=9")
	p.count("a[rel=prev]", 0)
	look(t, speak(t, i18n.Spanish), Pager{}).count("nav", 0)
}

func TestEmptyOffersOneThing(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), Empty{Title: "Nada", Text: "Todavía.", Action: Link{"/x", "Ver"}})
	p.says("a", "Ver")
	p.has("svg", "aria-hidden", "true")
	look(t, speak(t, i18n.Spanish), Empty{Title: "Nada"}).count("a", 0)
}

func TestFactsTabsCrumbs(t *testing.T) {
	ctx := speak(t, i18n.Spanish)
	look(t, ctx, sampleFacts()).says("dl > div:nth-child(5) dd", "Escuelas con proyecto: 214 de 646")
	tabs := look(t, ctx, Tabs{Label: "Vistas", Items: []NavItem{{Href: "/a", Text: "A", Current: true}, {Href: "/b", Text: "B", Count: 1204}}})
	tabs.says("a[aria-current=page]", "A")
	tabs.says(".badge", "1.204")
	look(t, ctx, Crumbs{{"/", "Inicio"}}).has("nav[aria-label] ol a", "href", "/")
}

func TestNoticeInterruptsOnlyForBadNews(t *testing.T) {
	ctx := speak(t, i18n.Spanish)
	look(t, ctx, Notice{Tone: Bad, Title: "x"}).count("[role=alert]", 1)
	look(t, ctx, Notice{Tone: Info, Title: "x", Link: Link{"/", "Ver"}}).says("[role=status] a", "Ver")
}

func TestConflictShowsBothTexts(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), Conflict{Title: "c", Who: "Bruno", Rows: []ConflictRow{{"Problema", "uno", "dos"}, {"Título", "igual", "igual"}}})
	p.says(".versions:nth-of-type(1) .theirs .text", "uno")
	p.says(".versions:nth-of-type(1) .yours .text", "dos")
	p.says(".state", "distinto")
}

func TestProblemSaysWhatHappenedAndWhatToDo(t *testing.T) {
	for _, lang := range i18n.Langs {
		ctx := speak(t, lang)
		for _, kind := range []fault.Kind{fault.Invalid, fault.NotFound, fault.Forbidden, fault.Conflict, fault.TooMany, fault.Unavailable, fault.Internal, ""} {
			p := look(t, ctx, Problem{Kind: kind})
			if title, do := words(p.one("h1")), words(p.one(".lead")); title == do || len(title) < 8 || len(do) < 20 {
				t.Errorf("%s %q says %q, then %q", lang, kind, title, do)
			}
			p.has("a.btn", "href", "/")
		}
	}
	own := look(t, speak(t, i18n.Spanish), Problem{Kind: fault.NotFound, Text: "Esa iniciativa no existe", ID: "r-1", Action: Link{"/iniciativas", "Ver todas"}})
	own.says("h1", "Esa iniciativa no existe")
	own.has("a.btn", "href", "/iniciativas")
	own.says(".muted", "Número de consulta: r-1")
}
