package desk

import (
	"context"
	"embed"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "desk", FS: migrations}

// Deps is what the desk works with.
type Deps struct {
	DB       *db.DB
	Ideas    *ideas.Module
	Charters *charter.Store
	People   *people.Module
	// PersonOf finds whose account has an address of mail; nil looks for none.
	PersonOf func(ctx context.Context, email string) (person string, ok bool, err error)
}

// Desk is the officials' side of the City of Ideas.
type Desk struct{ Deps }

// New makes the desk over its neighbours.
func New(d Deps) *Desk { return &Desk{d} }

const root = "/mi-escritorio/ideas"

// Routes registers the pages. Where a form is posted to, its page can be read.
func (d *Desk) Routes(m *web.Mux) {
	m.Get(root, d.hub)
	m.Get(root+"/desafios", d.challenges)
	m.Get(root+"/desafios/nuevo", d.newChallenge)
	m.Post(root+"/desafios/nuevo", d.createChallenge)
	m.Get(root+"/desafios/{number}", d.challenge)
	m.Get(root+"/desafios/{number}/editar", d.editPage)
	m.Post(root+"/desafios/{number}/editar", d.saveChallenge)
	m.Get(root+"/desafios/{number}/reglas", d.changePage)
	m.Post(root+"/desafios/{number}/reglas", d.changeRules)
	m.Get(root+"/desafios/{number}/abrir", d.openPage)
	m.Post(root+"/desafios/{number}/abrir", d.open)
	m.Get(root+"/desafios/{number}/etapa", d.advancePage)
	m.Post(root+"/desafios/{number}/etapa", d.advance)
	m.Get(root+"/desafios/{number}/cancelar", d.cancelPage)
	m.Post(root+"/desafios/{number}/cancelar", d.cancel)
	m.Get(root+"/moderacion", d.queue)
	m.Post(root+"/moderacion", d.moderate)
	m.Get(root+"/respuestas", d.owed)
	m.Get(root+"/responder", d.answerPage)
	m.Post(root+"/responder", d.answer)
	m.Get(root+"/plantillas", d.templatesPage)
	m.Post(root+"/plantillas", d.keepTemplate)
	m.Get(root+"/tomar", d.takeUpPage)
	m.Post(root+"/tomar", d.takeUp)
	m.Get(root+"/{number}", d.idea)
	m.Post(root+"/{number}", d.actOnIdea)
}

// pageOf fills what all pages of this package have in common.
func pageOf(title string, body templ.Component) web.Page {
	return web.Page{Title: title, Section: "ideas", Body: body, Private: true}
}

// narrow is pageOf for a form alone.
func narrow(title string, body templ.Component) web.Page {
	p := pageOf(title, body)
	p.Narrow = true
	return p
}

// me is who makes the request.
func me(ctx context.Context) people.Standing { return people.Me(ctx) }

// words says codes of a charter in the language of a request.
type words struct {
	ch   *charter.Charter
	lang i18n.Lang
	d    *Desk
}

func (d *Desk) words(ctx context.Context) (words, error) {
	ch, err := d.Charters.Current(ctx)
	return words{ch, i18n.Of(ctx), d}, err
}

// body names a body: from the charter, or as people know it when it was founded
// since.
func (w words) body(ctx context.Context, code string) string {
	return wording.Of(ctx, w.ch, w.d.People).Body(ctx, code)
}

// when says a moment in the city's zone, empty for none.
func when(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(web.Zone(ctx))
	return i18n.ShortDate(ctx, t) + ", " + t.Format("15:04")
}

func itoa(n int) string { return strconv.Itoa(n) }

// hubPage leads to everything an official may have to do with ideas.
type hubPage struct {
	Heading ui.Heading
	Owes    ui.Owes
	Links   []hubLink
}

// hubLink is one part of the desk.
type hubLink struct{ Href, Title, Text string }

func (d *Desk) hub(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !me(ctx).SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	moderates, err := d.Ideas.Moderates(ctx)
	if err != nil {
		return err
	}
	official := len(me(ctx).Posts) > 0
	p := hubPage{Heading: ui.Heading{Title: i18n.T(ctx, "ideas.desk.hub"), Lead: i18n.T(ctx, "ideas.desk.hub.lead")}}
	if p.Owes, err = d.owes(ctx); err != nil {
		return err
	}
	for _, l := range []struct {
		to string
		ok bool
	}{{"moderacion", moderates}, {"respuestas", official}, {"plantillas", official}, {"desafios", official}, {"jurado", true}} {
		if l.ok {
			p.Links = append(p.Links, hubLink{root + "/" + l.to, i18n.T(ctx, "ideas.desk.hub."+l.to), i18n.T(ctx, "ideas.desk.hub."+l.to+".text")})
		}
	}
	return web.Render(w, r, pageOf(p.Heading.Title, hubBody(p)))
}

// owes is what the City of Ideas expects of the person, first due first.
func (d *Desk) owes(ctx context.Context) (ui.Owes, error) {
	items, err := d.Ideas.Desk(ctx, me(ctx).Person)
	if err != nil {
		return nil, err
	}
	say, err := d.words(ctx)
	if err != nil {
		return nil, err
	}
	var out ui.Owes
	for i, x := range items {
		due, tone := ui.Due(ctx, x.Due, say.ch.Today(clock.Now(ctx)))
		out = append(out, ui.Owe{Due: due, Tone: tone, Title: x.Title, Meta: x.Detail, Href: x.Href, Action: x.Action, Main: i == 0})
	}
	return out, nil
}
