package desk

import (
	"context"
	"net/http"

	"ronda/city/ideas"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// challengesPage is the challenges of a person's bodies.
type challengesPage struct {
	Heading ui.Heading
	New     ui.Button
	Drafts  ui.Table
	Running ui.Table
	Empty   ui.Empty
}

func challengeHref(number, rest string) string { return root + "/desafios/" + number + rest }

// official refuses whoever holds no post.
func official(ctx context.Context) error {
	switch who := me(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Forbidden, "fault.sign_in")
	case len(who.Posts) == 0:
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

func (d *Desk) challenges(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := official(ctx); err != nil {
		return err
	}
	p := challengesPage{Heading: ui.Heading{Title: i18n.T(ctx, "ideas.desk.challenges"), Lead: i18n.T(ctx, "ideas.desk.challenges.lead"), Crumbs: hubCrumbs(ctx)},
		New:   ui.Button{Text: i18n.T(ctx, "ideas.desk.challenge.new"), Href: root + "/desafios/nuevo"},
		Empty: ui.Empty{Title: i18n.T(ctx, "ideas.desk.challenges.empty"), Text: i18n.T(ctx, "ideas.desk.challenges.empty.text")}}
	var drafts, running []ideas.Challenge
	for _, body := range me(ctx).Bodies() {
		mine, _, err := d.Ideas.Challenges(ctx, ideas.ChallengeFilter{Body: body, Drafts: true, Limit: 100})
		if err != nil {
			return err
		}
		page, _, err := d.Ideas.Challenges(ctx, ideas.ChallengeFilter{Body: body, Limit: 100})
		if err != nil {
			return err
		}
		drafts, running = append(drafts, mine...), append(running, page...)
	}
	p.Drafts = challengeTable(ctx, "ideas.desk.challenges.drafts", drafts)
	p.Running = challengeTable(ctx, "ideas.desk.challenges.running", running)
	return web.Render(w, r, pageOf(p.Heading.Title, challengesBody(p)))
}

func hubCrumbs(ctx context.Context) []ui.Link {
	return []ui.Link{{Href: root, Text: i18n.T(ctx, "ideas.desk.hub")}}
}

func challengeTable(ctx context.Context, caption string, list []ideas.Challenge) ui.Table {
	t := ui.Table{Caption: i18n.T(ctx, caption), Columns: []ui.Head{{Text: i18n.T(ctx, "ideas.desk.challenge")}, {Text: i18n.T(ctx, "ideas.desk.number")},
		{Text: i18n.T(ctx, "ideas.desk.phase")}, {Text: i18n.T(ctx, "ideas.desk.closes")}, {Text: i18n.T(ctx, "ideas.desk.ideas"), Number: true}}}
	for _, c := range list {
		t.Rows = append(t.Rows, ui.Row{{Text: c.Title, Href: challengeHref(c.Number, "")}, {Text: c.Number}, {View: phaseState(ctx, c.Phase)},
			{Text: when(ctx, c.Closes)}, {Text: itoa(c.Ideas)}})
	}
	return t
}

// phaseState is the tag of a phase.
func phaseState(ctx context.Context, p ideas.Phase) ui.State {
	tone := ui.Now
	switch p {
	case ideas.PhaseDraft, ideas.PhaseCancelled:
		tone = ui.Plain
	case ideas.PhaseChosen, ideas.PhaseTakenUp, ideas.PhaseExecuted:
		tone = ui.Good
	}
	return ui.State{Tone: tone, Text: i18n.T(ctx, "ideas.desk.phase."+string(p))}
}

// challengePage is one challenge as its body works on it.
type challengePage struct {
	Heading ui.Heading
	State   ui.State
	Acts    ui.Buttons
	Steps   ui.Steps
	Rules   rulesView
	Hash    string
	Past    []rulePast
	Public  ui.Link // its page for everybody
}

// rulePast is one version of the rules.
type rulePast struct{ Title, Hash, Reason string }

func (d *Desk) challenge(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	c, err := d.own(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	say, err := d.words(ctx)
	if err != nil {
		return err
	}
	p := challengePage{Heading: challengeHeading(ctx, c.Challenge, c.Challenge.Title), State: phaseState(ctx, c.Challenge.Phase), Acts: challengeActs(ctx, c),
		Steps: phaseSteps(ctx, c.Challenge), Hash: c.Challenge.RulesHash}
	p.Heading.Crumbs = p.Heading.Crumbs[:2]
	if c.Challenge.Public() {
		p.Public = ui.Link{Href: "/desafios/" + c.Challenge.Number, Text: i18n.T(ctx, "ideas.desk.public")}
	}
	if p.Rules, err = say.rules(ctx, c.Challenge.Rules); err != nil {
		return err
	}
	versions, err := d.Ideas.RuleVersions(ctx, c.Challenge.ID)
	if err != nil {
		return err
	}
	for _, v := range versions {
		p.Past = append(p.Past, rulePast{i18n.T(ctx, "ideas.desk.rules.version", "version", v.Version, "at", when(ctx, v.At)), v.Hash, v.Reason})
	}
	return web.Render(w, r, pageOf(c.Challenge.Title, challengeBody(p)))
}

// own is a challenge of a body of the person.
func (d *Desk) own(ctx context.Context, number string) (ideas.Case, error) {
	c, err := d.Ideas.ChallengeCase(ctx, number)
	if err != nil {
		return c, err
	}
	_, err = c.Require(me(ctx), ideas.MayDraftChallenge)
	return c, err
}

// challengeHeading leads from the list to the challenge.
func challengeHeading(ctx context.Context, c ideas.Challenge, title string) ui.Heading {
	return ui.Heading{Crumbs: append(hubCrumbs(ctx), ui.Link{Href: root + "/desafios", Text: i18n.T(ctx, "ideas.desk.challenges")},
		ui.Link{Href: challengeHref(c.Number, ""), Text: c.Title}), Over: c.Number, Title: title}
}

// challengeActs are what the person may do with a challenge now.
func challengeActs(ctx context.Context, c ideas.Case) ui.Buttons {
	var out ui.Buttons
	p := c.Challenge.Phase
	live := p == ideas.PhaseOpen || p == ideas.PhaseEvaluating || p == ideas.PhaseAnswered
	add := func(ok bool, a ideas.Action, key, href string) {
		if _, may := c.Can(me(ctx), a); ok && may {
			out = append(out, ui.Button{Text: i18n.T(ctx, "ideas.desk.act."+key), Href: href, Weight: ui.Quiet})
		}
	}
	to := func(rest string) string { return challengeHref(c.Challenge.Number, rest) }
	add(p == ideas.PhaseDraft, ideas.MayOpenChallenge, "open", to("/abrir"))
	add(p == ideas.PhaseDraft, ideas.MayDraftChallenge, "edit", to("/editar"))
	add(nextPhase(p) != "", ideas.MayAdvance, "advance", to("/etapa"))
	add(p == ideas.PhaseEvaluating || p == ideas.PhaseAnswered, ideas.MayConclude, "conclude", concludeHref(c.Challenge))
	add(live, ideas.MayChangeRules, "change", to("/reglas"))
	add(live || p == ideas.PhaseDraft, ideas.MayCancel, "cancel", to("/cancelar"))
	if len(out) > 0 && !(live && early(ctx, c.Challenge)) { // what comes before its time is nobody's main act
		out[0].Weight = ui.Primary
	}
	return out
}

// concludeHref is where a result is published: by the jury's closing, or on the
// page of the vote's result.
func concludeHref(c ideas.Challenge) string {
	if c.Method.Votes() {
		return "/desafios/" + c.Number + "/resultado"
	}
	return root + "/jurado/" + c.Number + "/cierre"
}

// nextPhase is the phase to which the body itself brings a challenge, empty when
// it does not.
func nextPhase(p ideas.Phase) ideas.Phase {
	return map[ideas.Phase]ideas.Phase{ideas.PhaseOpen: ideas.PhaseEvaluating, ideas.PhaseEvaluating: ideas.PhaseAnswered,
		ideas.PhaseChosen: ideas.PhaseTakenUp, ideas.PhaseTakenUp: ideas.PhaseExecuted}[p]
}

// phaseSteps is the way of a challenge with what each phase needs.
func phaseSteps(ctx context.Context, c ideas.Challenge) ui.Steps {
	var out ui.Steps
	here := -1
	path := ideas.Phases[:len(ideas.Phases)-1] // all but cancelled
	for i, p := range path {
		if p == c.Phase {
			here = i
		}
	}
	for i, p := range path {
		s := ui.Step{No: i + 1, Title: i18n.T(ctx, "ideas.desk.phase."+string(p)), Text: i18n.T(ctx, "ideas.desk.needs."+string(p)), Seat: ui.SeatOpen,
			StateText: i18n.T(ctx, "ideas.desk.step.later")}
		switch {
		case i < here:
			s.Seat, s.StateText = ui.SeatSigned, i18n.T(ctx, "ideas.desk.step.done")
		case i == here:
			s.Seat, s.StateText, s.Now, s.Meta = ui.SeatCurrent, i18n.T(ctx, "ideas.desk.step.now"), true, phaseMeta(ctx, c)
		}
		out = append(out, s)
	}
	return out
}

// phaseMeta is until when, or how far, the phase of now is.
func phaseMeta(ctx context.Context, c ideas.Challenge) string {
	switch c.Phase {
	case ideas.PhaseOpen:
		return i18n.T(ctx, "ideas.desk.until", "at", when(ctx, c.Closes), "count", c.Ideas)
	case ideas.PhaseEvaluating, ideas.PhaseAnswered:
		return i18n.T(ctx, "ideas.desk.answered_of", "done", c.Answered, "all", c.Ideas)
	}
	return ""
}
