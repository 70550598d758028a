package pages

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// writePage is the one page on which an idea is written.
type writePage struct {
	Heading  ui.Heading
	Asked    askedView
	Form     ui.Form
	Places   []ui.Option
	Picker   picker
	Point    *pointMap // instead of the picker, where there are outlines
	Images   []draftImage
	Like     likeList
	Waiting  []draftView // other drafts of the person
	Conflict *ui.Conflict
	Entered  bool   // is signed in
	Back     bool   // has come back from signing in: one button is left to press
	Sent     bool   // edits an idea that was sent
	Task     string // for the machine of a visitor who has no draft yet
	Cancel   string
}

// askedView is the challenge that the idea answers.
type askedView struct {
	Title, Href, Closes string
	Dial                dial
	On                  bool
}

type draftImage struct{ ID, Href, Alt string }

type draftView struct{ Href, Title, Meta string }

func (p *Pages) write(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	if strings.HasSuffix(r.URL.Path, "/idea") {
		c, err := p.ideas.Challenge(ctx, r.PathValue("number"))
		if err != nil {
			return err
		}
		if !c.TakesIdeas(clock.Now(ctx)) {
			return web.Redirect(w, r, "/desafios/"+c.Number, "ideas.pages.flash.closed")
		}
	}
	typed := ui.Values{"title": {q.Get("titulo")}, "place": {q.Get("lugar")}, "kin": {q.Get("familia")}}
	if draft := q.Get("borrador"); draft != "" {
		d, err := p.ideas.Draft(ctx, draft)
		if fault.Is(err, fault.NotFound) {
			return web.Redirect(w, r, "/mis-ideas", "ideas.pages.flash.draft_gone")
		}
		if err != nil {
			return err
		}
		typed = valuesOf(d)
		typed["kin"] = []string{q.Get("familia")}
	}
	page, err := p.writePage(r, typed, ui.Errors{})
	if err != nil {
		return err
	}
	page.Back = q.Get("enviar") != "" && page.Entered
	return web.Render(w, r, page.page())
}

func valuesOf(d ideas.Draft) ui.Values {
	v := ui.Values{"draft": {d.ID}, "version": {strconv.Itoa(d.Version)}, "title": {d.Title}, "text": {d.Text}, "place": {d.Place}, "signature": {d.Signature}, "images": d.Images}
	if d.Lat != 0 || d.Lon != 0 {
		v["lat"], v["lon"] = []string{coordinate(d.Lat)}, []string{coordinate(d.Lon)}
	}
	return v
}

func coordinate(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (p writePage) page() web.Page {
	page := pageOf(p.Heading.Title, "", writeBody(p))
	page.Private = true
	return page
}

// writePage fills the page with what is typed so far.
func (p *Pages) writePage(r *http.Request, typed ui.Values, wrong ui.Errors) (writePage, error) {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return writePage{}, err
	}
	c, err := p.asked(r)
	if err != nil {
		return writePage{}, err
	}
	page := writePage{Entered: people.Me(ctx).SignedIn(), Places: say.placeOptions(ctx), Picker: say.picker(), Heading: writeHeading(ctx, c),
		Form: ui.Form{ID: "idea", Action: r.URL.Path, Values: typed, Errors: wrong, Files: true, Hidden: hiddenOf(typed, c), Autosave: "/ideas/borrador"}}
	lat, lon := degrees(typed)
	if page.Point, err = p.pointMap(ctx, lat, lon, t(ctx, "point.press")); err != nil {
		return page, err
	}
	if !page.Entered && typed.Get("draft") == "" {
		page.Task = p.ideas.Task(ctx)
	}
	if c.ID != "" {
		page.Asked = askedView{On: true, Title: c.Question, Href: "/desafios/" + c.Number, Closes: t(ctx, "write.closes", "when", say.exact(ctx, c.Closes)), Dial: say.left(ctx, c.Opens, c.Closes)}
	}
	for n, img := range typed["images"] {
		page.Images = append(page.Images, draftImage{img, "/imagenes/" + img, t(ctx, "write.image", "n", strconv.Itoa(n+1))})
	}
	if page.Like, err = p.alike(ctx, typed.Get("title"), c.ID, typed.Get("kin")); err != nil {
		return page, err
	}
	page.Waiting, err = p.waiting(ctx, say, typed.Get("draft"))
	return page, err
}

func writeHeading(ctx context.Context, c ideas.Challenge) ui.Heading {
	if c.ID == "" {
		return ui.Heading{Crumbs: []ui.Link{{Href: "/ideas", Text: t(ctx, "list.title")}}, Title: t(ctx, "write.title"), Lead: t(ctx, "write.lead")}
	}
	return ui.Heading{Crumbs: []ui.Link{{Href: "/desafios", Text: t(ctx, "challenges.title")}, {Href: "/desafios/" + c.Number, Text: c.Title}},
		Title: t(ctx, "write.answer"), Lead: t(ctx, "write.lead")}
}

// asked is the challenge of the address, empty at the standing door.
func (p *Pages) asked(r *http.Request) (ideas.Challenge, error) {
	if number := r.PathValue("number"); number != "" {
		return p.ideas.Challenge(r.Context(), number)
	}
	return ideas.Challenge{}, nil
}

// hiddenOf are the values that travel with the form.
func hiddenOf(typed ui.Values, c ideas.Challenge) []ui.Pair {
	out := []ui.Pair{{Name: "draft", Value: typed.Get("draft")}, {Name: "version", Value: typed.Get("version")}, {Name: "challenge", Value: c.Number}}
	for _, name := range []string{"lat", "lon"} {
		if v := typed.Get(name); v != "" {
			out = append(out, ui.Pair{Name: name, Value: v})
		}
	}
	return out
}

// waiting are the other drafts of whoever writes.
func (p *Pages) waiting(ctx context.Context, say words, except string) ([]draftView, error) {
	drafts, err := p.ideas.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	var out []draftView
	for _, d := range drafts {
		if d.ID == except {
			continue
		}
		v, err := p.draftView(ctx, say, d)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (p *Pages) draftView(ctx context.Context, say words, d ideas.Draft) (draftView, error) {
	href := "/ideas/nueva"
	if d.Challenge != "" {
		c, err := p.ideas.ChallengeByID(ctx, d.Challenge)
		if err != nil {
			return draftView{}, err
		}
		href = "/desafios/" + c.Number + "/idea"
	}
	return draftView{Href: href + "?" + url.Values{"borrador": {d.ID}}.Encode(), Title: cmp.Or(d.Title, t(ctx, "draft.untitled")), Meta: t(ctx, "draft.saved", "when", say.when(ctx, d.At))}, nil
}

// liveAddress is what is asked while a title is typed.
func liveAddress(p writePage) string {
	switch {
	case p.Sent:
		return ""
	case p.Asked.On:
		return "/ideas/parecidas?" + url.Values{"desafio": {strings.TrimPrefix(p.Asked.Href, "/desafios/")}}.Encode()
	}
	return "/ideas/parecidas"
}

// more says whether the folded fields hold something to be seen.
func (p writePage) more() bool {
	v, e := p.Form.Values, p.Form.Errors
	return v.Get("signature") != "" || len(p.Images) > 0 || e.For("signature") != "" || e.For("image") != ""
}
