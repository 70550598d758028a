package desk

import (
	"context"
	"net/http"

	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// actPage asks once more before something that everybody sees.
type actPage struct {
	Heading ui.Heading
	Rules   *rulesView // shown before they are frozen
	Confirm ui.Confirm
	Reason  *ui.Field // nil when the act takes none
}

// challengeAct is an act on a challenge with at most a reason.
type challengeAct struct {
	action ideas.Action
	key    string // its messages are ideas.desk.act.KEY, ideas.desk.KEY.lead, .text and .yes, and the flash flash.KEY
	name   string // of its address below the challenge
	tone   ui.Tone
	reason func(ctx context.Context, c ideas.Challenge) (asked, required bool)
	do     func(ctx context.Context, d *Desk, c ideas.Challenge, reason string) error
}

var openAct = challengeAct{action: ideas.MayOpenChallenge, key: "open", name: "/abrir", tone: ui.Info,
	do: func(ctx context.Context, d *Desk, c ideas.Challenge, _ string) error {
		return d.Ideas.Open(ctx, c.Number)
	}}

var advanceAct = challengeAct{action: ideas.MayAdvance, key: "advance", name: "/etapa", tone: ui.Info,
	reason: func(ctx context.Context, c ideas.Challenge) (asked, required bool) { return true, early(ctx, c) },
	do: func(ctx context.Context, d *Desk, c ideas.Challenge, reason string) error {
		return d.Ideas.Advance(ctx, c.Number, nextPhase(c.Phase), reason)
	}}

var cancelAct = challengeAct{action: ideas.MayCancel, key: "cancel", name: "/cancelar", tone: ui.Warn,
	reason: func(context.Context, ideas.Challenge) (asked, required bool) { return true, true },
	do: func(ctx context.Context, d *Desk, c ideas.Challenge, reason string) error {
		return d.Ideas.CancelChallenge(ctx, c.Number, reason)
	}}

// early says whether the next phase comes before its time, which takes a reason.
func early(ctx context.Context, c ideas.Challenge) bool {
	switch c.Phase {
	case ideas.PhaseOpen:
		return clock.Now(ctx).Before(c.Closes)
	case ideas.PhaseEvaluating:
		return c.Answered < c.Ideas
	}
	return false
}

// page is the act's page with what was typed.
func (a challengeAct) page(d *Desk, r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	c, err := d.Ideas.ChallengeCase(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	if _, err := c.Require(me(ctx), a.action); err != nil {
		return web.Page{}, err
	}
	say, err := d.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	to := challengeHref(c.Challenge.Number, "")
	p := actPage{Heading: challengeHeading(ctx, c.Challenge, i18n.T(ctx, "ideas.desk.act."+a.key))}
	p.Heading.Lead = i18n.T(ctx, "ideas.desk."+a.key+".lead")
	p.Confirm = ui.Confirm{Title: a.title(ctx, c.Challenge), Text: i18n.T(ctx, "ideas.desk."+a.key+".text"), Tone: a.tone, Cancel: to,
		Form: ui.Form{ID: a.key, Action: to + a.name, Values: typed, Errors: wrong}, Yes: ui.Button{Text: i18n.T(ctx, "ideas.desk."+a.key+".yes")}}
	if a.reason != nil {
		if asked, required := a.reason(ctx, c.Challenge); asked {
			p.Reason = &ui.Field{Name: "reason", Label: i18n.T(ctx, "ideas.desk.reason"), Hint: i18n.T(ctx, "ideas.desk.reason.public"), Kind: ui.Area, Rows: 3, Max: ideas.ReasonMax, Required: required}
		}
	}
	if a.key == openAct.key {
		rules, err := say.rules(ctx, c.Challenge.Rules)
		if err != nil {
			return web.Page{}, err
		}
		p.Rules = &rules
	}
	return narrow(p.Heading.Title, actBody(p)), nil
}

// title says what the challenge becomes.
func (a challengeAct) title(ctx context.Context, c ideas.Challenge) string {
	if next := nextPhase(c.Phase); a.key == advanceAct.key && next != "" {
		return i18n.T(ctx, "ideas.desk.advance.to", "phase", i18n.T(ctx, "ideas.desk.phase."+string(next)))
	}
	return c.Title
}

func (a challengeAct) show(d *Desk, w http.ResponseWriter, r *http.Request) error {
	return show(w, r, func(wrong ui.Errors) (web.Page, error) { return a.page(d, r, nil, wrong) })
}

func (a challengeAct) send(d *Desk, w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	c, err := d.Ideas.Challenge(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	if err := a.do(ctx, d, c, typed.Get("reason")); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return a.page(d, r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, challengeHref(c.Number, ""), "ideas.desk.flash."+a.key)
}

func (d *Desk) openPage(w http.ResponseWriter, r *http.Request) error { return openAct.show(d, w, r) }
func (d *Desk) open(w http.ResponseWriter, r *http.Request) error     { return openAct.send(d, w, r) }
func (d *Desk) advancePage(w http.ResponseWriter, r *http.Request) error {
	return advanceAct.show(d, w, r)
}
func (d *Desk) advance(w http.ResponseWriter, r *http.Request) error { return advanceAct.send(d, w, r) }
func (d *Desk) cancelPage(w http.ResponseWriter, r *http.Request) error {
	return cancelAct.show(d, w, r)
}
func (d *Desk) cancel(w http.ResponseWriter, r *http.Request) error { return cancelAct.send(d, w, r) }
