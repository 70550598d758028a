package pages

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// challengePage is one challenge.
type challengePage struct {
	Heading  ui.Heading
	Axis     ui.Axis
	State    ui.State
	Worth    string
	Dial     dial
	HasDial  bool
	Now      doing
	Follow   templ.Component
	Terms    string
	Line     []phase
	Facts    ui.Facts
	Criteria ui.Bars
	Words    []criterionView
	Jury     []juror
	Method   string
	Hash     string
	Version  int
	Rules    string
	Cards    []card
	All      ui.Link
	Map      templ.Component
	Beside   []templ.Component
	Office   templ.Component
	Notices  []ui.Notice
	Invented bool
}

type criterionView struct {
	Name  string
	Words []string
}

type juror struct{ Name, Post string }

const cardsShown = 6

func (p *Pages) challenge(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	c, err := p.ideas.Challenge(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	page := say.challengePage(ctx, c)
	if err := p.fillChallenge(ctx, say, c, &page); err != nil {
		return err
	}
	out := pageOf(c.Question, cut(c.Terms, 160), challengeBody(page))
	out.Wide, out.Private = true, !c.Public()
	return web.Render(w, r, out)
}

// fillChallenge adds what has to be read: the jury, the ideas, what siblings draw.
func (p *Pages) fillChallenge(ctx context.Context, say words, c ideas.Challenge, page *challengePage) (err error) {
	if page.Jury, err = p.jury(ctx, say, c); err != nil {
		return err
	}
	if c.Ideas > 0 {
		list, err := p.ideas.List(ctx, ideas.Filter{By: map[string]string{ideas.FilterChallenge: c.ID}, Order: ideas.ByChance, Size: cardsShown})
		if err != nil {
			return err
		}
		page.Cards = say.cards(ctx, list.Cards)
		if page.Map, err = p.challengeMap(ctx, say, c); err != nil {
			return err
		}
	}
	if p.slots.Follow != nil && c.Public() {
		page.Follow = p.slots.Follow(ctx, c.Subject())
	}
	s := p.slots.Panels
	for _, draw := range []func(context.Context, ideas.Challenge) templ.Component{s.Ballot, s.Opinions, s.Jury} {
		if x := panel(ctx, draw, c); x != nil {
			page.Beside = append(page.Beside, x)
		}
	}
	page.Office = panel(ctx, s.Challenge, c)
	return nil
}

// challengePage says a challenge in words and figures.
func (w words) challengePage(ctx context.Context, c ideas.Challenge) challengePage {
	page := challengePage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/desafios", Text: t(ctx, "challenges.title")}}, Over: join(c.Number, c.Title), Title: c.Question},
		State: w.phaseState(ctx, c), Worth: w.worth(ctx, c), Now: w.nowOf(ctx, c), Terms: c.Terms, Line: w.line(ctx, c), Facts: w.challengeFacts(ctx, c),
		Method: t(ctx, "method."+string(c.Method)), Hash: c.RulesHash, Version: c.RulesVersion, Rules: "/desafios/" + c.Number + "/reglas",
		All: ui.Link{Href: Href(ideas.FilterChallenge, c.Number), Text: t(ctx, "challenge.all", "count", c.Ideas)}, Invented: c.Invented}
	switch {
	case c.TakesIdeas(w.now):
		page.Dial, page.HasDial = w.left(ctx, c.Opens, c.Closes), true
	case c.Voting(w.now):
		page.Dial, page.HasDial = w.left(ctx, c.VoteOpens, c.VoteCloses), true
	}
	if name, colour := w.axis(c.Axis); c.Axis != "" {
		page.Axis = ui.Axis{Index: colour, Name: name, Href: Href(ideas.FilterAxis, c.Axis)}
	}
	page.Criteria.Label = t(ctx, "criteria")
	for _, x := range c.Criteria {
		page.Criteria.Items = append(page.Criteria.Items, ui.Bar{Name: x.Name, Value: float64(x.Weight), Text: t(ctx, "weight", "weight", x.Weight), Axis: page.Axis.Index})
		page.Words = append(page.Words, criterionView{x.Name, x.Words[:]})
	}
	if c.Conclusion.Override {
		page.Notices = []ui.Notice{{Tone: ui.Warn, Title: t(ctx, "override"), Text: c.Conclusion.Reason}}
	}
	return page
}

func (w words) challengeFacts(ctx context.Context, c ideas.Challenge) ui.Facts {
	var f ui.Facts
	add := func(key, text, href string) {
		if text != "" {
			f = append(f, ui.Fact{Name: t(ctx, "fact."+key), Text: text, Href: href})
		}
	}
	add("asks", w.body(ctx, c.Body), "/organismos/"+c.Body)
	if c.Budget > 0 {
		add("budget", w.money(ctx, c.Budget, c.Currency), "")
	}
	add("prize", c.Prize, "")
	add("territory", w.territory(ctx, c), "")
	add("reading", t(ctx, "moderation."+c.Moderation, "hours", c.HoldHours), "")
	add("answers", t(ctx, "answers.within", "days", c.AnswerDays), "")
	if c.Ideas > 0 {
		add("answered", t(ctx, "of", "done", i18n.Number(ctx, int64(c.Answered)), "all", i18n.Number(ctx, int64(c.Ideas))), "")
	}
	return f
}

// jury names who evaluates, each with the post held now.
func (p *Pages) jury(ctx context.Context, say words, c ideas.Challenge) ([]juror, error) {
	if len(c.Jury) == 0 {
		return nil, nil
	}
	names, err := p.people.Names(ctx, c.Jury...)
	if err != nil {
		return nil, err
	}
	var out []juror
	for _, id := range c.Jury {
		if names[id] == "" {
			continue
		}
		who, err := p.people.Standing(ctx, id)
		if err != nil {
			return nil, err
		}
		j := juror{Name: names[id]}
		if len(who.Posts) > 0 {
			j.Post = join(say.post(who.Posts[0].Post), say.body(ctx, who.Posts[0].Body))
		}
		out = append(out, j)
	}
	return out, nil
}

// challengeMap draws from where the ideas of a challenge are, once until one moves.
func (p *Pages) challengeMap(ctx context.Context, say words, c ideas.Challenge) (templ.Component, error) {
	tally, err := p.ideas.Counts(ctx)
	if err != nil {
		return nil, err
	}
	return p.drawn.part(ctx, tally, strings.Join([]string{"map", say.ch.Version.ID, string(say.lang), c.ID}, " "), func() (templ.Component, error) {
		level := charter.LevelNeighbourhood
		if len(say.ch.AtLevel(level)) == 0 {
			level = charter.LevelDistrict
		}
		counts := map[string]int{}
		err := p.ideas.Each(ctx, ideas.Filter{By: map[string]string{ideas.FilterChallenge: c.ID}}, func(i ideas.Idea) error {
			for code := i.Place; code != ""; {
				counts[code]++
				x, _ := say.ch.Territories.Get(code)
				code = x.Parent
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		return p.mapOf(ctx, say, level, counts, c.Number)
	})
}
