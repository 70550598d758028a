package pages

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Deps is what the pages work with.
type Deps struct {
	Ideas    *ideas.Module
	Log      *event.Log
	Charters *charter.Store
	People   *people.Module
}

// Slots are what other modules put on these pages; the composition fills them.
// Each may be nil.
type Slots struct {
	Follow func(ctx context.Context, s event.Subject) templ.Component            // the button that follows and leaves
	Proof  func(ctx context.Context, eventID string) string                      // address of an act's proof, empty while it has none
	Tell   func(ctx context.Context, e event.Event) (ui.Moment, bool)            // an act of another module, e.g. of the initiative an idea became
	Land   func(ctx context.Context, level charter.Level) (*ui.Land, error)      // imported boundaries; nil draws tiles
	Locate func(ctx context.Context, lon, lat float64) (place string, err error) // which part of the city a point lies in; Invalid outside
	SignIn func(back string) string                                              // address of the sign-in page that comes back
	Panels Panels
}

// Panels are the parts of a page that the siblings of this package draw. Each may
// be nil, and may give nil when there is nothing to show.
type Panels struct {
	Opinions  func(ctx context.Context, c ideas.Challenge) templ.Component // a look at the map of opinion
	Ballot    func(ctx context.Context, c ideas.Challenge) templ.Component // a look at the vote, or at its result
	Jury      func(ctx context.Context, c ideas.Challenge) templ.Component // how far the reading is, what an evaluator owes
	Challenge func(ctx context.Context, c ideas.Challenge) templ.Component // what officials do to a challenge
	Idea      func(ctx context.Context, v ideas.View) templ.Component      // what officials and moderators do to an idea
}

// Pages are the public pages of the City of Ideas.
type Pages struct {
	ideas    *ideas.Module
	log      *event.Log
	charters *charter.Store
	people   *people.Module
	slots    Slots
	drawn    drawn
	grounds  sync.Map // ground by version of the city and level
}

// New makes the pages over the City of Ideas and its neighbours.
func New(d Deps, slots Slots) *Pages {
	return &Pages{ideas: d.Ideas, log: d.Log, charters: d.Charters, people: d.People, slots: slots}
}

// Routes registers the pages. Where a form is posted to, its page can be read.
func (p *Pages) Routes(m *web.Mux) {
	m.Handle("GET "+assetsPath, assets())
	get := func(pattern string, h web.Handler) { m.Get(pattern, p.visited(h)) }
	get("/desafios", p.challenges)
	get("/desafios/{number}", p.challenge)
	get("/desafios/{number}/reglas", p.rules)
	get("/desafios/{number}/reglas/{file}", p.rulesFile)
	get("/ideas", p.list)
	get("/ideas/mapa", p.landscape)
	get(pointPath, p.pointPicture)
	get("/ideas.atom", p.feed)
	get("/ideas/moderacion", p.moderation)
	get("/ideas/respuestas", p.answers)
	get("/imagenes/{id}", p.image)
	get("/ideas/{number}", p.idea)
	get("/ideas/{number}/historia", p.history)
	get("/ideas/{number}/versiones", p.versions)
	p.writeRoutes(m)
}

// writeRoutes registers what people do.
func (p *Pages) writeRoutes(m *web.Mux) {
	both := func(pattern string, page, act web.Handler) {
		m.Get(pattern, p.visited(page))
		m.Post(pattern, p.visited(act))
	}
	both("/ideas/nueva", p.write, p.send)
	both("/desafios/{number}/idea", p.write, p.send)
	both("/mis-ideas", p.mine, p.mineAct)
	both("/ideas/{number}/apoyar", p.idea, p.support)
	for _, a := range p.acts() {
		both("/ideas/{number}"+a.path, p.ask(a), p.do(a))
	}
	both("/ideas/{number}/editar", p.editPage, p.edit)
	both("/ideas/{number}/familia", p.familyPage, p.askFamily)
	m.Get("/ideas/parecidas", p.visited(p.typing))
	m.Post("/ideas/borrador", p.visited(p.autosave))
}

// visited tells the City of Ideas who is at the door beside the person.
func (p *Pages) visited(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx := ideas.With(r.Context(), ideas.Visitor{Network: web.Network(r), Secret: secretOf(r)})
		return h(w, r.WithContext(ctx))
	}
}

// signIn leads a visitor to sign in and back; others get nothing of it.
func (p *Pages) signIn(w http.ResponseWriter, r *http.Request, back, flash string) (away bool, err error) {
	if people.Me(r.Context()).SignedIn() {
		return false, nil
	}
	return true, web.Redirect(w, r, p.signInTo(back), flash)
}

func (p *Pages) signInTo(back string) string {
	if p.slots.SignIn != nil {
		return p.slots.SignIn(back)
	}
	return "/ingresar?" + url.Values{"volver": {back}}.Encode()
}

// pageOf fills what all pages of this package have in common.
func pageOf(title, about string, body templ.Component) web.Page {
	return web.Page{Title: title, Description: about, Section: "ideas", Feed: "/ideas.atom", Body: body}
}

// again shows a page once more with what was wrong, or gives the error back when
// it is not the form's to show.
func again(w http.ResponseWriter, r *http.Request, err error, page func(ui.Errors) (web.Page, error)) error {
	if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.Conflict && kind != fault.TooMany {
		return err
	}
	p, failed := page(errorsOf(r.Context(), err))
	if failed != nil {
		return failed
	}
	p.Status, p.Wrong = web.Status(err), true
	return web.Render(w, r, p)
}

// show draws c, nothing for nothing.
func show(c templ.Component) templ.Component {
	if c == nil {
		return templ.NopComponent
	}
	return c
}

// panel is what a sibling draws, nil without one.
func panel[T any](ctx context.Context, draw func(context.Context, T) templ.Component, of T) templ.Component {
	if draw == nil {
		return nil
	}
	return draw(ctx, of)
}

// unknown says of an address with a filter or a place in a list that nobody was
// ever given what is said of every address that is none: NotFound.
func unknown(err error) error {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return fault.New(fault.NotFound, f.Fields[0].Key)
	}
	return err
}
