package opinions

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// at is where the pages of a challenge's opinions lie.
const at = "/desafios/{number}/opiniones"

// Routes registers the pages. Where a form is posted to, its page can be read.
func (m *Module) Routes(x *web.Mux) {
	x.Get(m.style.Path, m.style.Serve)
	x.Get(at, m.getMap)
	x.Post(at, m.postAnswer)
	x.Get(at+"/seguir", m.getGoOn)
	x.Get(at+"/afirmaciones", m.getList)
	x.Get(at+"/proponer", m.getPropose)
	x.Post(at+"/proponer", m.postPropose)
	x.Get(at+"/editar/{no}", m.getEdit)
	x.Post(at+"/editar/{no}", m.postEdit)
	x.Get(at+"/sembrar", m.getSeed)
	x.Post(at+"/sembrar", m.postSeed)
	x.Get(at+"/moderar", m.getQueue)
	x.Post(at+"/moderar", m.postQueue)
	x.Get(at+"/moderar/{no}", m.getModerate)
	x.Post(at+"/moderar/{no}", m.postModerate)
	x.Get(at+"/registro", m.getLog)
	x.Get(at+"/participants-votes.csv", m.getVotesFile)
	x.Get(at+"/comments.csv", m.getStatementsFile)
	x.Get(at+"/opiniones.json", m.getJSONFile)
}

// href is an address of the challenge's opinions.
func (c Challenge) href(rest string) string { return "/desafios/" + c.Number + "/opiniones" + rest }

// visit is one reading of a page: the challenge, who reads, and the room.
type visit struct {
	Case
	m    *Module
	who  people.Standing
	room *room
}

// enter opens the room of the challenge that a request is about.
func (m *Module) enter(r *http.Request) (*visit, error) {
	ctx := r.Context()
	c, err := m.challenge(ctx, r.PathValue("number"))
	if err != nil {
		return nil, err
	}
	v := &visit{m: m, who: people.Me(ctx)}
	if v.Case, err = m.caseOf(ctx, c); err != nil {
		return nil, err
	}
	v.room, err = m.room(ctx, c.ID)
	return v, err
}

// enterFor is enter for those who may do something; a visitor is told to sign in.
func (m *Module) enterFor(r *http.Request, what Action) (*visit, error) {
	v, err := m.enter(r)
	if err != nil {
		return nil, err
	}
	if no := number(r, "no"); no != 0 {
		if v.Statement, err = m.statement(r.Context(), v.Challenge.ID, no); err != nil {
			return nil, err
		}
	}
	_, err = v.Require(v.who, what)
	return v, err
}

// may says whether the reader may do an action.
func (v *visit) may(a Action) bool { _, ok := v.Can(v.who, a); return ok }

// number is a number of the address, 0 when it is none.
func number(r *http.Request, name string) int {
	n, err := strconv.Atoi(r.PathValue(name))
	if err != nil {
		return 0
	}
	return n
}

// page is a page below the map.
func (v *visit) page(title string, body templ.Component) web.Page {
	return web.Page{Title: title, Section: "ideas", Body: templ.Join(styled(v.m.style.Path), body)}
}

// crumbs lead to the challenge and, from pages below it, to the map.
func (v *visit) crumbs(ctx context.Context, below bool) []ui.Link {
	links := []ui.Link{{Href: "/desafios", Text: i18n.T(ctx, "ideas.opinions.crumb.challenges")}, {Href: "/desafios/" + v.Challenge.Number, Text: v.Challenge.Title}}
	if below {
		links = append(links, ui.Link{Href: v.Challenge.href(""), Text: i18n.T(ctx, "ideas.opinions.title")})
	}
	return links
}

// heading opens a page below the map.
func (v *visit) heading(ctx context.Context, key string) ui.Heading {
	return ui.Heading{Crumbs: v.crumbs(ctx, true), Over: v.Challenge.Number, Title: i18n.T(ctx, key+".title"), Lead: i18n.T(ctx, key+".lead")}
}

// again shows a form once more with what was wrong, or gives the error back when
// it is not the form's to show.
func again(w http.ResponseWriter, r *http.Request, err error, page func(ui.Errors) web.Page) error {
	if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	p := page(ui.ErrorsOf(r.Context(), err))
	p.Status, p.Wrong = web.Status(err), true
	return web.Render(w, r, p)
}
