package pages

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"ronda/city/ideas"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// challengesPage lists challenges, the open ones first.
type challengesPage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Open    []challengeCard
	Other   []challengeCard
	Empty   ui.Empty
	Pager   ui.Pager
	Door    ui.Button
}

// challengeCard is a challenge in the list.
type challengeCard struct {
	Href, Title, Question string
	Meta                  string // who asks, where
	Worth                 string // prize or budget
	Ideas                 string
	State                 ui.State
	Dial                  dial
	Open                  bool
	Axis                  int
	Act                   ui.Button
}

// openMost is how many open challenges stand on the first page, which has all.
const openMost = 100

func (p *Pages) challenges(w http.ResponseWriter, r *http.Request) error {
	ctx, after := r.Context(), r.URL.Query().Get("desde")
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	view := challengesPage{Heading: ui.Heading{Title: t(ctx, "challenges.title"), Lead: t(ctx, "challenges.lead")}, Tabs: tabs(ctx, "/desafios"),
		Door:  ui.Button{Text: t(ctx, "challenges.door"), Href: "/ideas/nueva", Weight: ui.Quiet},
		Empty: ui.Empty{Title: t(ctx, "challenges.empty"), Text: t(ctx, "challenges.empty.text"), Action: ui.Link{Href: "/ideas/nueva", Text: t(ctx, "propose")}}}
	if after == "" {
		open, _, err := p.ideas.Challenges(ctx, ideas.ChallengeFilter{Phase: ideas.PhaseOpen, Limit: openMost})
		if err != nil {
			return err
		}
		for _, c := range open {
			view.Open = append(view.Open, say.challengeCard(ctx, c))
		}
	}
	all, next, err := p.ideas.Challenges(ctx, ideas.ChallengeFilter{After: after})
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Phase != ideas.PhaseOpen {
			view.Other = append(view.Other, say.challengeCard(ctx, c))
		}
	}
	view.Pager.Later = later(r, "desde", next)
	if after != "" {
		view.Pager.Earlier = "/desafios"
	}
	return web.Render(w, r, pageOf(view.Heading.Title, view.Heading.Lead, challengesBody(view)))
}

func (w words) challengeCard(ctx context.Context, c ideas.Challenge) challengeCard {
	_, colour := w.axis(c.Axis)
	out := challengeCard{Href: "/desafios/" + c.Number, Title: c.Title, Question: c.Question, Meta: join(w.body(ctx, c.Body), w.territory(ctx, c)), Worth: w.worth(ctx, c),
		Ideas: t(ctx, "list.count", "count", c.Ideas), State: w.phaseState(ctx, c), Axis: colour, Open: c.TakesIdeas(w.now)}
	if out.Open {
		out.Dial = w.left(ctx, c.Opens, c.Closes)
	}
	if do := w.nowOf(ctx, c); do.Button.Href != "" && (out.Open || c.Voting(w.now)) {
		out.Act = do.Button
		out.Act.Weight = ui.Quiet
		out.Act.Of = ": " + c.Title
	}
	return out
}

func (w words) territory(ctx context.Context, c ideas.Challenge) string {
	if c.Territory == "" {
		return t(ctx, "whole_city")
	}
	return w.place(c.Territory)
}

// worth is what may be won, or spent.
func (w words) worth(ctx context.Context, c ideas.Challenge) string {
	budget := ""
	if c.Budget > 0 {
		budget = w.money(ctx, c.Budget, c.Currency)
	}
	return join(budget, c.Prize)
}

func (w words) phaseState(ctx context.Context, c ideas.Challenge) ui.State {
	s := ui.State{Text: t(ctx, "phase.state."+string(c.Phase))}
	switch {
	case c.Voting(w.now):
		return ui.State{Tone: ui.Now, Text: t(ctx, "phase.state.voting")}
	case c.Phase == ideas.PhaseOpen && w.now.Before(c.Opens):
		return ui.State{Text: t(ctx, "phase.state.soon"), Icon: "calendar"}
	case c.Phase == ideas.PhaseOpen:
		s.Tone = ui.Now
	case c.Phase == ideas.PhaseEvaluating, c.Phase == ideas.PhaseAnswered:
		s.Tone, s.Icon = ui.Info, "clock"
	case c.Phase == ideas.PhaseCancelled:
		s.Tone = ui.Bad
	default:
		s.Tone = ui.Good
	}
	return s
}

// doing is the one thing to do about a challenge now.
type doing struct {
	Title, Text string
	Button      ui.Button
	Also        []ui.Link
}

// nowOf is the one thing to do about a challenge now, and what else there is.
func (w words) nowOf(ctx context.Context, c ideas.Challenge) doing {
	base := "/desafios/" + c.Number
	see := ui.Button{Text: t(ctx, "do.read"), Href: Href(ideas.FilterChallenge, c.Number)}
	out := doing{Button: see}
	key := string(c.Phase)
	switch {
	case c.Phase == ideas.PhaseDraft:
		out.Button = ui.Button{}
	case c.Voting(w.now):
		key, out.Button = "voting", ui.Button{Text: t(ctx, "do.vote"), Href: base + "/votacion"}
	case c.TakesIdeas(w.now):
		out.Button = ui.Button{Text: t(ctx, "do.propose"), Href: base + "/idea", Icon: "plus"}
	case c.Phase == ideas.PhaseOpen && w.now.Before(c.Opens):
		key, out.Button = "soon", ui.Button{}
	case c.Phase == ideas.PhaseOpen:
		key = string(ideas.PhaseEvaluating)
	case !c.Published.IsZero():
		out.Button = ui.Button{Text: t(ctx, "do.result"), Href: resultHref(c)}
	}
	out.Title = t(ctx, "do."+key)
	out.Text = t(ctx, "do."+key+".text", "opens", w.exact(ctx, c.Opens), "closes", w.exact(ctx, c.Closes), "vote_closes", w.exact(ctx, c.VoteCloses), "days", c.AnswerDays)
	if c.Statements && c.Phase == ideas.PhaseOpen {
		out.Also = append(out.Also, ui.Link{Href: base + "/opiniones", Text: t(ctx, "do.opine")})
	}
	if c.Voting(w.now) && c.TakesIdeas(w.now) {
		out.Also = append(out.Also, ui.Link{Href: base + "/idea", Text: t(ctx, "do.propose")})
	}
	if out.Button.Href != see.Href && c.Ideas > 0 {
		out.Also = append(out.Also, ui.Link{Href: see.Href, Text: t(ctx, "do.see", "count", c.Ideas)})
	}
	return out
}

// resultHref is where it stands what was chosen and why: the result of the vote,
// or what the jury graded.
func resultHref(c ideas.Challenge) string {
	if c.Method.Votes() {
		return "/desafios/" + c.Number + "/resultado"
	}
	return "/desafios/" + c.Number + "/evaluacion"
}

// Asking draws the challenges that take ideas or votes now, at most so many; nil
// when there are none.
func (p *Pages) Asking(ctx context.Context, most int) (templ.Component, error) {
	say, err := p.words(ctx)
	if err != nil {
		return nil, err
	}
	var cards []challengeCard
	for _, phase := range []ideas.Phase{ideas.PhaseOpen, ideas.PhaseEvaluating, ideas.PhaseAnswered} {
		some, _, err := p.ideas.Challenges(ctx, ideas.ChallengeFilter{Phase: phase, Limit: openMost})
		if err != nil {
			return nil, err
		}
		for _, c := range some {
			if len(cards) < most && (c.TakesIdeas(say.now) || c.Voting(say.now)) {
				cards = append(cards, say.challengeCard(ctx, c))
			}
		}
	}
	if len(cards) == 0 {
		return nil, nil
	}
	return asking(cards), nil
}
