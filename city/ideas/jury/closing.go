package jury

import (
	"context"
	"net/http"
	"strconv"

	"ronda/city/ideas"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// closingView is where the head of a body closes the evaluation, and then
// publishes its result.
type closingView struct {
	Heading ui.Heading
	Work    ui.Progress
	Promise ui.Progress
	Short   ui.Notice // ideas without enough reviews
	Seal    ui.Confirm
	Digest  string
	Ranking *rankingView // once it is closed
	Publish ui.Confirm
	Given   []ui.Option // every idea down to where places may still change
	Tied    ui.Notice
	Wait    ui.Notice // nothing can be done now, and why
}

func (m *Module) closingPage(w http.ResponseWriter, r *http.Request) error {
	p, err := m.closing(r, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

func (m *Module) closing(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx, number := r.Context(), r.PathValue("challenge")
	if _, err := m.concluding(ctx, number); err != nil {
		return web.Page{}, err
	}
	o, err := m.Outcome(ctx, number)
	if err != nil {
		return web.Page{}, err
	}
	title := i18n.T(ctx, "ideas.jury.closing.title")
	p := closingView{Work: o.workBar(ctx), Promise: promise(ctx, o.Share), Digest: o.Digest,
		Heading: ui.Heading{Crumbs: []ui.Link{{Href: challengeHref(number), Text: o.Challenge.Title}}, Over: number, Title: title, Lead: i18n.T(ctx, "ideas.jury.closing.lead")}}
	switch {
	case o.Published:
		p.Wait = ui.Notice{Tone: ui.Good, Text: i18n.T(ctx, "ideas.jury.closing.published"), Link: ui.Link{Href: resultHref(number), Text: i18n.T(ctx, "ideas.jury.result.title")}}
	case o.Ranking != nil:
		err = m.fillPublish(ctx, o, &p, typed, wrong)
	case !grading(o.Challenge.Phase) || o.Challenge.Phase == ideas.PhaseOpen:
		p.Wait = ui.Notice{Tone: ui.Info, Text: i18n.T(ctx, "ideas.jury.closing.wait", "day", dayOf(ctx, o.Challenge.Closes))}
	default:
		p.fillSeal(ctx, o, typed, wrong)
	}
	return pageOf(title, closingBody(p)), err
}

func (p *closingView) fillSeal(ctx context.Context, o Outcome, typed ui.Values, wrong ui.Errors) {
	if o.Work.Owed > 0 {
		p.Short = ui.Notice{Tone: ui.Warn, Text: i18n.T(ctx, "ideas.jury.closing.short", "count", o.Work.Owed)}
	}
	p.Seal = ui.Confirm{Title: i18n.T(ctx, "ideas.jury.closing.seal"), Text: i18n.T(ctx, "ideas.jury.closing.seal.text"), Tone: ui.Warn, Cancel: resultHref(o.Challenge.Number),
		Form: ui.Form{ID: "cierre", Action: juryHref(o.Challenge.Number) + "/cierre", Values: typed, Errors: wrong}, Yes: ui.Button{Text: i18n.T(ctx, "ideas.jury.closing.seal.yes")}}
}

// fillPublish shows the ranking to the head with the list that it gives, which
// can be changed with a reason.
func (m *Module) fillPublish(ctx context.Context, o Outcome, p *closingView, typed ui.Values, wrong ui.Errors) (err error) {
	number := o.Challenge.Number
	given, tied := Given(o.Ranking, o.Places)
	if typed == nil {
		typed = ui.Values{"chosen": given}
	}
	if len(tied) > 0 {
		p.Tied = ui.Notice{Tone: ui.Warn, Text: i18n.T(ctx, "ideas.jury.closing.tied", "count", len(tied), "places", o.Places-len(given))}
	}
	if p.Ranking, err = m.rankingView(ctx, o, 0, len(given)+len(tied)+placesPage); err != nil {
		return err
	}
	for _, row := range p.Ranking.Rows {
		p.Given = append(p.Given, ui.Option{Value: row.Number, Text: row.Place + ". " + row.Title, Hint: row.Range})
	}
	p.Ranking.Pager = ui.Pager{}
	p.Publish = ui.Confirm{Title: i18n.T(ctx, "ideas.jury.closing.publish"), Text: i18n.T(ctx, "ideas.jury.closing.publish.text", "places", o.Places), Tone: ui.Info, Cancel: resultHref(number),
		Form: ui.Form{ID: "resultado", Action: juryHref(number) + "/resultado", Values: typed, Errors: wrong}, Yes: ui.Button{Text: i18n.T(ctx, "ideas.jury.closing.publish.yes")}}
	return nil
}

func (m *Module) closeEvaluation(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	places, err := strconv.Atoi(typed.Get("places"))
	if err != nil {
		places = 0 // the use case says what is wrong with it
	}
	number := r.PathValue("challenge")
	if err := m.Seal(r.Context(), number, places); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return m.closing(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, juryHref(number)+"/cierre", "ideas.jury.flash.sealed")
}

func (m *Module) publishResult(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	number := r.PathValue("challenge")
	if err := m.Publish(r.Context(), number, Choice{Chosen: typed["chosen"], Reason: typed.Get("reason")}); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return m.closing(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, resultHref(number), "ideas.jury.flash.published")
}
