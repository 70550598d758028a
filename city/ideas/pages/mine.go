package pages

import (
	"context"
	"net/http"
	"net/url"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// minePage is what a person has here: what waits for a yes or a no, drafts, ideas
// and what they support.
type minePage struct {
	Heading   ui.Heading
	Tabs      ui.Tabs
	Enter     string // address of the sign-in page, for a visitor
	Asks      []askView
	Drafts    []mineDraft
	Ideas     []mineIdea
	Supported []card
	Pager     ui.Pager
	More      ui.Pager // of what is supported
	Empty     ui.Empty
}

type askView struct {
	ID, Why, Meta string
	Mine, Theirs  ideaLink
}

type ideaLink struct{ Href, Title, Supports string }

type mineDraft struct {
	draftView
	ID string
}

// mineIdea is an own idea with what its author has to know.
type mineIdea struct {
	card
	Notice string // until when it is held and why, why it is hidden
	Action ui.Link
}

func (p *Pages) mine(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	view := minePage{Heading: ui.Heading{Title: t(ctx, "mine.title"), Lead: t(ctx, "mine.lead")}, Tabs: tabs(ctx, "/mis-ideas"),
		Empty: ui.Empty{Title: t(ctx, "mine.empty"), Text: t(ctx, "mine.empty.text"), Action: ui.Link{Href: "/desafios", Text: t(ctx, "list.challenges")}}}
	drafts, err := p.ideas.Drafts(ctx)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		v, err := p.draftView(ctx, say, d)
		if err != nil {
			return err
		}
		view.Drafts = append(view.Drafts, mineDraft{v, d.ID})
	}
	if !people.Me(ctx).SignedIn() {
		view.Enter = p.signInTo("/mis-ideas")
	} else if err := p.fillMine(r, say, &view); err != nil {
		return err
	}
	page := pageOf(view.Heading.Title, "", mineBody(view))
	page.Private = true
	return web.Render(w, r, page)
}

// fillMine adds what belongs to somebody who is signed in.
func (p *Pages) fillMine(r *http.Request, say words, view *minePage) (err error) {
	ctx, q := r.Context(), r.URL.Query()
	if view.Asks, err = p.asks(ctx, say); err != nil {
		return err
	}
	own, next, err := p.ideas.Mine(ctx, q.Get("desde"))
	if err != nil {
		return err
	}
	view.Pager.Later = later(r, "desde", next)
	for _, c := range own {
		x, err := p.mineIdea(ctx, say, c)
		if err != nil {
			return err
		}
		view.Ideas = append(view.Ideas, x)
	}
	given, next, err := p.ideas.Supported(ctx, q.Get("apoyos"))
	view.Supported, view.More.Later = say.cards(ctx, given), later(r, "apoyos", next)
	return err
}

// mineIdea says of an idea what its author has to know; only those out of sight
// are read whole.
func (p *Pages) mineIdea(ctx context.Context, say words, c ideas.Card) (mineIdea, error) {
	out := mineIdea{card: say.card(ctx, c)}
	switch c.State {
	case ideas.Published:
		switch {
		case !c.AnsweredAt.IsZero():
			out.Notice, out.Action = t(ctx, "mine.answered", "day", say.date(ctx, c.AnsweredAt), "body", say.body(ctx, c.Body)), ui.Link{Href: out.Href + "#respuesta", Text: t(ctx, "mine.read")}
		case c.AnswerDue != "":
			due, _ := ui.Due(ctx, c.AnswerDue, say.today)
			out.Notice = t(ctx, "mine.waits", "body", say.body(ctx, c.Body), "due", due)
		}
		return out, nil
	}
	i, err := p.ideas.IdeaByID(ctx, c.ID)
	if err != nil {
		return out, err
	}
	switch c.State {
	case ideas.Held:
		out.Notice = t(ctx, "held", "when", say.exact(ctx, i.HeldUntil))
	case ideas.Hidden:
		out.Notice, out.Action = t(ctx, "mine.hidden", "reason", i.Why), ui.Link{Href: out.Href + "/apelar", Text: t(ctx, "appeal")}
	case ideas.Withdrawn:
		out.Notice = i.Why
	}
	return out, nil
}

// asks are families that wait for the person's yes or no.
func (p *Pages) asks(ctx context.Context, say words) ([]askView, error) {
	waiting, err := p.ideas.Asks(ctx)
	if err != nil {
		return nil, err
	}
	var out []askView
	for _, a := range waiting {
		ask, err := p.ideas.IdeaByID(ctx, a.Idea)
		if err != nil {
			return nil, err
		}
		asked, err := p.ideas.IdeaByID(ctx, a.Other)
		if err != nil {
			return nil, err
		}
		if asked.Author != people.Me(ctx).Person && ask.Author == people.Me(ctx).Person {
			ask, asked = asked, ask
		}
		out = append(out, askView{ID: a.ID, Why: a.Why, Meta: say.when(ctx, a.At), Mine: linkTo(ctx, asked), Theirs: linkTo(ctx, ask)})
	}
	return out, nil
}

func linkTo(ctx context.Context, i ideas.Idea) ideaLink {
	return ideaLink{"/ideas/" + i.Number, i.Title, t(ctx, "supports.n", "count", i.Supports)}
}

// mineAct answers an ask, or throws a draft away.
func (p *Pages) mineAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	flash, err := p.mineDo(r.Context(), typed)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, "/mis-ideas", flash)
}

func (p *Pages) mineDo(ctx context.Context, typed url.Values) (flash string, err error) {
	if draft := typed.Get("drop"); draft != "" {
		return "ideas.pages.flash.dropped", p.ideas.DropDraft(ctx, draft)
	}
	yes := typed.Get("answer") == "yes"
	flash = "ideas.pages.flash.refused"
	if yes {
		flash = "ideas.pages.flash.joined"
	}
	return flash, p.ideas.Consent(ctx, typed.Get("ask"), yes)
}
