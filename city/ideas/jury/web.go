package jury

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Routes registers the pages of jurors, of the promise to read every idea, of
// the closing, and the public page of the evaluation.
func (m *Module) Routes(mux *web.Mux) {
	mux.Get("/mi-escritorio/ideas/jurado", m.owedPage)
	mux.Get("/mi-escritorio/ideas/jurado/{challenge}", m.minePage)
	mux.Get("/mi-escritorio/ideas/jurado/{challenge}/siguiente", m.toNext)
	mux.Get("/mi-escritorio/ideas/evaluar/{number}", m.sheetPage)
	mux.Post("/mi-escritorio/ideas/evaluar/{number}", m.finishSheet)
	mux.Post("/mi-escritorio/ideas/evaluar/{number}/guardar", m.keepSheet)
	mux.Get("/mi-escritorio/ideas/evaluar/{number}/conflicto", m.conflictPage)
	mux.Post("/mi-escritorio/ideas/evaluar/{number}/conflicto", m.declareConflict)
	mux.Get("/mi-escritorio/ideas/lectura", m.readingPage)
	mux.Post("/mi-escritorio/ideas/lectura/{number}", m.readIdea)
	mux.Get("/mi-escritorio/ideas/jurado/{challenge}/cierre", m.closingPage)
	mux.Post("/mi-escritorio/ideas/jurado/{challenge}/cierre", m.closeEvaluation)
	mux.Post("/mi-escritorio/ideas/jurado/{challenge}/resultado", m.publishResult)
	mux.Get("/desafios/{challenge}/evaluacion", m.resultPage)
	mux.Get("/desafios/{challenge}/evaluacion/notas.csv", m.gradesFile)
	mux.Get("/desafios/{challenge}/evaluacion/puestos.csv", m.rankingFile)
}

func sheetHref(idea string) string       { return "/mi-escritorio/ideas/evaluar/" + idea }
func ideaHref(idea string) string        { return "/ideas/" + idea }
func challengeHref(number string) string { return "/desafios/" + number }
func resultHref(number string) string    { return challengeHref(number) + "/evaluacion" }

// pageOf fills what the pages of officials have in common.
func pageOf(title string, body templ.Component) web.Page {
	return web.Page{Title: title, Section: "ideas", Body: body, Private: true}
}

// saved answers an autosave with the time.
func (m *Module) saved(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	at := clock.Now(ctx).In(web.Zone(ctx)).Format("15:04")
	return web.RenderPart(w, r, ui.Saved{Text: i18n.T(ctx, "ideas.jury.saved", "time", at)})
}

// bodyName names a body of the charter or, when it was founded since, as people
// know it.
func (m *Module) bodyName(ctx context.Context, ch *charter.Charter, code string) string {
	return wording.Of(ctx, ch, m.People).Body(ctx, code)
}

func itoa(n int) string { return strconv.Itoa(n) }

// score writes a mean of a panel as a grade from 1 to 5, in the separators of
// the language.
func score(ctx context.Context, x float64) string {
	s := fmt.Sprintf("%.2f", x+Lowest)
	if i18n.Of(ctx) == i18n.Spanish {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

func dayOf(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return i18n.ShortDate(ctx, t.In(web.Zone(ctx)))
}
