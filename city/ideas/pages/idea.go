package pages

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"ronda/city/ideas"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// ideaPage is an idea as one person sees it.
type ideaPage struct {
	Heading  ui.Heading
	Number   string
	By       string
	Axis     ui.Axis
	State    ui.State
	Notices  []ui.Notice
	Voice    voice
	Follow   templ.Component
	Gone     bool // hidden or withdrawn: nothing of it is shown
	Text     string
	Pictures []picture
	Spot     spot
	HasSpot  bool
	Point    *pointMap // where exactly, on the outlines
	Facts    ui.Facts
	Chips    []ui.Link
	Answers  []answer
	Clock    clockView
	Family   *familyView
	Comments commentList
	Story    ui.Timeline
	Mine     []ui.Button // what the author may do
	Report   string
	Office   templ.Component
}

// voice is the support of an idea, and the button that gives it and takes it back.
type voice struct {
	Number, Count, Text string
	Elsewhere           string
	Given, Open, Known  bool // Known: somebody is signed in
}

type picture struct{ Href, Alt string }

type answer struct {
	Who, Meta, Text string
	State           ui.State
}

// clockView is who owes the answer, and by when.
type clockView struct {
	On         bool
	Dial       dial
	Title      string
	Text       string
	Body, Href string
}

func (p *Pages) idea(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.ideas.Idea(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	say := p.wordsOf(ctx, v.Charter)
	page := say.ideaPage(ctx, v)
	if !page.Gone {
		if err := p.fill(ctx, say, v, &page, r); err != nil {
			return unknown(err)
		}
	}
	if page.Story, err = p.story(ctx, say, v, storySize); err != nil {
		return err
	}
	out := pageOf(page.Heading.Title, cut(v.Idea.Text, 160), ideaBody(page))
	out.Wide, out.Private = true, !v.Idea.Public()
	return web.Render(w, r, out)
}

// fill adds what has to be read: answers, comments, what others draw.
func (p *Pages) fill(ctx context.Context, say words, v ideas.View, page *ideaPage, r *http.Request) (err error) {
	if page.Answers, err = p.replies(ctx, say, v); err != nil {
		return err
	}
	page.Office = panel(ctx, p.slots.Panels.Idea, v)
	if i := v.Idea; i.Lat != 0 || i.Lon != 0 {
		if page.Point, err = p.pointMap(ctx, i.Lat, i.Lon, t(ctx, "point.of", "place", say.place(i.Place))); err != nil {
			return err
		}
	}
	if !v.Idea.Public() {
		return nil
	}
	if page.Comments, err = p.comments(ctx, say, v, r); err != nil {
		return err
	}
	if p.slots.Follow != nil {
		page.Follow = p.slots.Follow(ctx, v.Idea.Subject())
	}
	return nil
}

// ideaPage says an idea in words and figures.
func (w words) ideaPage(ctx context.Context, v ideas.View) ideaPage {
	i := v.Idea
	page := ideaPage{Number: i.Number, Gone: !i.Public() && !v.Unseen, Notices: w.notices(ctx, v),
		State: w.stateOf(ctx, i.State, i.Outcome, i.AnswerDue, !i.AnsweredAt.IsZero()), Mine: mineButtons(ctx, v)}
	page.Heading = ui.Heading{Crumbs: ideaCrumbs(ctx, v), Over: i.Number, Title: i.Title}
	if page.Gone {
		page.Heading.Title = t(ctx, "gone."+string(i.State))
		return page
	}
	page.By = w.byline(ctx, v)
	page.Text, page.Voice, page.Facts, page.Clock = i.Text, voiceOf(ctx, v), w.facts(ctx, v), w.clock(ctx, v)
	page.Spot, page.HasSpot = w.spot(i.Place)
	if name, colour := w.axis(i.Axis); i.Axis != "" {
		page.Axis = ui.Axis{Index: colour, Name: name, Href: Href(ideas.FilterAxis, i.Axis)}
	}
	for n, img := range v.Images {
		page.Pictures = append(page.Pictures, picture{"/imagenes/" + img.ID, t(ctx, "image.alt", "n", strconv.Itoa(n+1), "title", i.Title)})
	}
	for _, label := range i.Labels() {
		page.Chips = append(page.Chips, ui.Link{Href: Href(ideas.FilterTag, label), Text: label})
	}
	if v.May[ideas.MayReport] && !v.Mine && i.Public() {
		page.Report = "/ideas/" + i.Number + "/denunciar"
	}
	if v.Family != nil {
		page.Family = w.family(ctx, v)
	}
	return page
}

func ideaCrumbs(ctx context.Context, v ideas.View) []ui.Link {
	if v.Challenge.ID == "" {
		return []ui.Link{{Href: "/ideas", Text: t(ctx, "list.title")}}
	}
	return []ui.Link{{Href: "/desafios", Text: t(ctx, "challenges.title")}, {Href: "/desafios/" + v.Challenge.Number, Text: v.Challenge.Title}}
}

// byline says who proposes it, with whom, and since when.
func (w words) byline(ctx context.Context, v ideas.View) string {
	at := v.Idea.Published
	if at.IsZero() {
		at = v.Idea.Created
	}
	return t(ctx, "by_on", "name", signature(ctx, v.Idea.Signature), "day", w.date(ctx, at))
}

func voiceOf(ctx context.Context, v ideas.View) voice {
	i := v.Idea
	out := voice{Number: i.Number, Count: i18n.Number(ctx, int64(i.Supports)), Text: t(ctx, "supports", "count", i.Supports), Given: v.Supported, Open: i.Public(), Known: v.May[ideas.MaySupport]}
	if i.Elsewhere > 0 {
		out.Elsewhere = t(ctx, "elsewhere", "count", i.Elsewhere)
	}
	return out
}

// notices say what a reader must know before reading on.
func (w words) notices(ctx context.Context, v ideas.View) []ui.Notice {
	i := v.Idea
	switch {
	case i.State == ideas.Held:
		why := "held.first"
		if v.Challenge.Moderation == ideas.ModerateBefore {
			why = "held.before"
		}
		return []ui.Notice{{Tone: ui.Now, Title: t(ctx, "held", "when", w.exact(ctx, i.HeldUntil)), Text: t(ctx, why)}}
	case i.State == ideas.Hidden:
		return []ui.Notice{{Tone: ui.Warn, Title: t(ctx, "hidden"), Text: i.Why, Link: ui.Link{Href: "/ideas/moderacion", Text: t(ctx, "log.title")}}}
	case i.State == ideas.Withdrawn:
		return []ui.Notice{{Tone: ui.Info, Title: t(ctx, "withdrawn"), Text: i.Why}}
	case i.Initiative != "":
		return []ui.Notice{{Tone: ui.Good, Title: t(ctx, "taken_up"), Text: t(ctx, "taken_up.text"), Link: ui.Link{Href: "/iniciativas/" + i.Initiative, Text: t(ctx, "taken_up.see", "number", i.Initiative)}}}
	case i.Outcome == ideas.Chosen && v.Challenge.ID != "":
		return []ui.Notice{{Tone: ui.Good, Title: t(ctx, "chosen"), Link: ui.Link{Href: resultHref(v.Challenge), Text: t(ctx, "chosen.why")}}}
	}
	return nil
}

// facts are the short answers: who with, what it costs, where it comes from.
func (w words) facts(ctx context.Context, v ideas.View) ui.Facts {
	var f ui.Facts
	add := func(key, text, href string) {
		if text != "" {
			f = append(f, ui.Fact{Name: t(ctx, "fact."+key), Text: text, Href: href})
		}
	}
	i := v.Idea
	for _, c := range v.Kin {
		add("with", signature(ctx, c.Signature), "/ideas/"+c.Idea)
	}
	if i.Place != "" {
		add("place", w.place(i.Place), Href(ideas.FilterPlace, i.Place))
	}
	if i.Cost > 0 {
		add("cost", w.money(ctx, i.Cost, v.Challenge.Currency), "")
	}
	if i.Body != "" {
		add("body", w.body(ctx, i.Body), "/organismos/"+i.Body)
	}
	if i.Imported != "" {
		add("source", i.Imported, i.Source)
	}
	if i.Version > 1 {
		add("versions", t(ctx, "versions.count", "count", i.Version), "/ideas/"+i.Number+"/versiones")
	}
	if i.Invented {
		add("invented", t(ctx, "invented"), "")
	}
	return f
}

// clock is the promise of an answer while it is not kept.
func (w words) clock(ctx context.Context, v ideas.View) clockView {
	i := v.Idea
	if !i.AnsweredAt.IsZero() || i.AnswerDue == "" || !i.Public() {
		return clockView{}
	}
	c := clockView{On: true, Dial: w.owed(ctx, i.Published, i.AnswerDue), Body: w.body(ctx, i.Body), Href: "/organismos/" + i.Body, Title: t(ctx, "clock.owes"),
		Text: t(ctx, "clock.by", "day", w.day(ctx, i.AnswerDue))}
	if i.AnswerDue < w.today {
		c.Title, c.Text = t(ctx, "clock.late"), t(ctx, "clock.was", "day", w.day(ctx, i.AnswerDue))
	}
	return c
}

// replies are the official answers, each with the name and post of who gave it.
func (p *Pages) replies(ctx context.Context, say words, v ideas.View) ([]answer, error) {
	if len(v.Replies) == 0 {
		return nil, nil
	}
	var who []string
	for _, r := range v.Replies {
		if r.Person != "" {
			who = append(who, r.Person)
		}
	}
	names, err := p.people.Names(ctx, who...)
	if err != nil {
		return nil, err
	}
	out := make([]answer, len(v.Replies))
	for n, r := range v.Replies {
		out[n] = answer{Who: names[r.Person], Meta: join(say.post(r.Post), say.body(ctx, r.Body), say.date(ctx, r.At)), Text: r.Text, State: outcome(ctx, r.Outcome, false)}
		if out[n].Who == "" {
			out[n].Who = say.body(ctx, r.Body)
		}
	}
	return out, nil
}

// join puts what is there of some words side by side.
func join(parts ...string) string {
	out := ""
	for _, s := range parts {
		switch {
		case s == "":
		case out == "":
			out = s
		default:
			out += " · " + s
		}
	}
	return out
}

// mineButtons are what the author may do.
func mineButtons(ctx context.Context, v ideas.View) []ui.Button {
	var out []ui.Button
	add := func(may bool, rest, key string) {
		if may {
			out = append(out, ui.Button{Text: t(ctx, key), Href: "/ideas/" + v.Idea.Number + rest, Weight: ui.Quiet})
		}
	}
	seen := v.Idea.State == ideas.Published || v.Idea.State == ideas.Held
	add(v.May[ideas.MayEdit] && seen, "/editar", "edit")
	add(v.May[ideas.MayAskFamily] && v.Idea.Public(), "/familia", "family.ask")
	add(v.May[ideas.MayWithdraw] && seen, "/retirar", "withdraw")
	add(v.May[ideas.MayAppeal] && v.Idea.State == ideas.Hidden, "/apelar", "appeal")
	return out
}

func axisTone(p ideaPage) ui.Hero { return ui.Hero{Axis: p.Axis.Index} }
