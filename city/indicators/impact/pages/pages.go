package pages

import (
	"context"
	_ "embed"
	"errors"
	"net/http"
	"net/url"
	"sync"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/indicators/impact"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/wording"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

//go:embed assets/impact.css
var stylesheet []byte

// style is the stylesheet of these pages under its address.
var style = sync.OnceValue(func() web.Asset { return web.NewAsset("impact.css", stylesheet) })

// Deps are the neighbours of the pages.
type Deps struct {
	Impact     *impact.Module
	Roundtable *roundtable.Module
	Charters   *charter.Store
	People     *people.Module
	SignIn     func(back string) string // address of the sign-in page that comes back; may be nil
	// Tabs are the faces of an initiative's execution; current is the end of the
	// address of the one that is shown. nil: none.
	Tabs func(ctx context.Context, number, current string) ui.Tabs
}

// Pages are the pages of what initiatives change.
type Pages struct{ Deps }

// New makes the pages.
func New(d Deps) *Pages { return &Pages{d} }

// Routes registers the pages. Where a form is posted to, its page can be read.
func (p *Pages) Routes(m *web.Mux) {
	m.Get(style().Path, style().Serve)
	both := func(pattern string, page, act web.Handler) {
		m.Get(pattern, p.known(page))
		m.Post(pattern, p.known(act))
	}
	m.Get("/indicadores", p.list)
	m.Get("/indicadores/{number}", p.indicator)
	both("/indicadores/{number}/medir", p.measurePage, p.measure)
	both("/indicadores/{number}/editar", p.editPage, p.edit)
	both("/indicadores/{number}/retirar", p.retirePage, p.retire)
	m.Get("/iniciativas/{number}/indicadores", p.initiative)
	both("/iniciativas/{number}/indicadores/nuevo", p.definePage, p.define)
	both("/iniciativas/{number}/indicadores/personas", p.reachPage, p.reach)
	both("/iniciativas/{number}/indicadores/puntaje", p.scorePage, p.score)
	both("/integraciones", p.keysPage, p.makeKey)
	both("/integraciones/{id}/baja", p.endPage, p.endKey)
}

// known lets those through who are signed in and leads others to sign in and back.
func (p *Pages) known(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if people.Me(r.Context()).SignedIn() {
			return h(w, r)
		}
		to := "/ingresar?" + url.Values{"volver": {r.URL.Path}}.Encode()
		if p.SignIn != nil {
			to = p.SignIn(r.URL.Path)
		}
		return web.Redirect(w, r, to, "indicators.impact.pages.flash.sign_in")
	}
}

// t is a sentence of this package in the language of ctx.
func t(ctx context.Context, key string, args ...any) string {
	return i18n.T(ctx, "indicators.impact.pages."+key, args...)
}

// words says what these pages show in the reader's language.
type words struct{ wording.Words }

// words are those of the charter in force.
func (p *Pages) words(ctx context.Context) (words, error) {
	ch, err := p.Charters.Current(ctx)
	return words{wording.Of(ctx, ch, p.People)}, err
}

// under are the words of a version of the charter.
func (p *Pages) under(ctx context.Context, ch *charter.Charter) words {
	return words{wording.Of(ctx, ch, p.People)}
}

// open is a page that everybody may read.
func open(title, about string, body templ.Component) web.Page {
	return web.Page{Title: title, Description: about, Section: "indicators", Body: body}
}

// formPage holds one form, with what stands before and after it.
type formPage struct {
	Heading ui.Heading
	Notices []ui.Notice
	Before  templ.Component
	Form    ui.Form
	Parts   []formPart
	Buttons ui.Buttons
	After   templ.Component
}

type formPart struct {
	Title, Text string
	Row         []ui.Field // first, side by side
	Fields      []ui.Field
}

// narrow is a page with a form, for those who do the work.
func narrow(view formPage) web.Page {
	page := open(view.Heading.Title, "", formBody(view))
	page.Narrow, page.Private = true, true
	return page
}

// unknown says of an address with a filter that nobody was ever given what is said
// of every address that is none.
func unknown(err error) error {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return fault.New(fault.NotFound, f.Fields[0].Key)
	}
	return err
}

// form is one form with its page and what it does: shown, sent, shown again.
type form struct {
	page func(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error)
	do   func(ctx context.Context, r *http.Request, typed url.Values) (to string, err error)
	done string // key of the flash
}

func (f form) show(w http.ResponseWriter, r *http.Request) error {
	page, err := f.page(r, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (f form) send(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	to, err := f.do(r.Context(), r, typed)
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return f.page(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, to, "indicators.impact.pages.flash."+f.done)
}
