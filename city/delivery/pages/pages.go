package pages

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/workplan"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Deps is what the pages work with.
type Deps struct {
	Delivery   *delivery.Module
	Plans      *workplan.Module
	Roundtable *roundtable.Module
	Charters   *charter.Store
	People     *people.Module
}

// Slots are what the composition puts on these pages. Each may be nil.
type Slots struct {
	SignIn func(back string) string                                   // address of the sign-in page that comes back
	Follow func(ctx context.Context, s event.Subject) templ.Component // the button that follows and leaves
	Proof  func(ctx context.Context, eventID string) string           // address of an act's proof, empty while it has none
	Tabs   []Tab                                                      // further faces of an initiative in execution, such as its budget
}

// Tab is a face of an initiative that another module draws.
type Tab struct {
	Path string // after the address of the initiative, "/presupuesto"
	Key  string // message of its name
}

// Pages are the pages of the work plan and of execution.
type Pages struct {
	delivery   *delivery.Module
	plans      *workplan.Module
	roundtable *roundtable.Module
	charters   *charter.Store
	people     *people.Module
	slots      Slots
}

// New makes the pages over the modules that they show.
func New(d Deps, slots Slots) *Pages {
	return &Pages{delivery: d.Delivery, plans: d.Plans, roundtable: d.Roundtable, charters: d.Charters, people: d.People, slots: slots}
}

// Routes registers the pages. Where a form is posted to, its page can be read.
func (p *Pages) Routes(m *web.Mux) {
	m.Get(style().Path, style().Serve)
	m.Get(script().Path, script().Serve)
	both := func(pattern string, page, act web.Handler) {
		m.Get(pattern, page)
		m.Post(pattern, p.known(act))
	}
	const of = "/iniciativas/{number}"
	m.Get(of+"/plan", p.plan)
	both(of+"/plan/tareas/{task}", p.task, p.taskAct)
	both(of+"/plan/objetivos", p.objectives, p.objectivesAct)
	both(of+"/plan/cambios", p.changes, p.changesAct)
	both(of+"/plan/importar", p.importPage, p.importAct)
	m.Get(of+"/plan/plan.xml", p.file(workplan.XML))
	m.Get(of+"/plan/plan.csv", p.file(workplan.CSV))
	both(of+"/ejecucion", p.execution, p.executionAct)
	both(of+"/ejecucion/informar", p.known(p.reportForm), p.report)
	m.Get(of+"/ejecucion/fotos/{photo}", p.photo)
	both(of+"/equipamiento", p.equipment, p.equipmentAct)
	both(of+"/viabilidad", p.feasibility, p.feasibilityAct)
	m.Get("/barreras", p.barriers)
	m.Get("/cronograma", p.portfolio)
	m.Get("/mi-cronograma", p.known(p.mine))
}

// known lets those through who are signed in and leads others to sign in and back.
func (p *Pages) known(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if people.Me(r.Context()).SignedIn() {
			return h(w, r)
		}
		back := r.URL.RequestURI()
		if r.Method == http.MethodPost {
			back = r.URL.Path
		}
		return web.Redirect(w, r, p.signInTo(back), "delivery.pages.flash.sign_in")
	}
}

func (p *Pages) signInTo(back string) string {
	if p.slots.SignIn != nil {
		return p.slots.SignIn(back)
	}
	return "/ingresar?" + url.Values{"volver": {back}}.Encode()
}

// done leads on after a change, saying what was done.
func done(w http.ResponseWriter, r *http.Request, to, what string) error {
	return web.Redirect(w, r, to, "delivery.pages.flash."+what)
}

// href is the address of an initiative.
func href(number string) string { return "/iniciativas/" + number }

// working is a page of an initiative. What is not public yet stays out of search
// engines.
func working(title, about string, i roundtable.Initiative, body templ.Component) web.Page {
	return web.Page{Title: title + " · " + i.Title, Description: about, Section: "initiatives", Private: !i.State.Public(), Body: body}
}

// fields hands a form and what is wrong with it to the page that shows it again.
type fields struct {
	typed ui.Values
	wrong ui.Errors
}

// values are what was typed, or else what the form opens on.
func (f fields) values(opened ui.Values) ui.Values {
	if f.typed == nil {
		return opened
	}
	return f.typed
}

// on says whether this form is the one that was sent: forms of one page tell
// themselves apart by the value of "do" and of one more field.
func (f fields) on(do, name, value string) bool {
	return f.typed != nil && f.typed.Get("do") == do && (name == "" || f.typed.Get(name) == value)
}

// of gives the form that was sent what was typed and what is wrong, the others
// what they open on.
func (f fields) of(form ui.Form, do, name, value string, opened ui.Values) ui.Form {
	form.Values = opened
	if f.on(do, name, value) {
		form.Values, form.Errors = f.typed, f.wrong
	}
	return form
}

// isFault says whether err is the fault of that message.
func isFault(err error, key string) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.Key == key
}

// joined puts what there is in a row: "12 días · 40 %".
func joined(parts ...string) string {
	var out []string
	for _, part := range parts {
		if part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, " · ")
}

// with is the address of the request's page with one parameter changed, without
// it when value is empty.
func with(r *http.Request, name, value string) string {
	q := r.URL.Query()
	q.Del("lang")
	q.Del("desde")
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + q.Encode()
}

// renamed gives the fault of a field the name that it has in the form.
func renamed(err error, from, to string) error {
	var f *fault.Error
	if errors.As(err, &f) {
		for i := range f.Fields {
			if f.Fields[i].Name == from {
				f.Fields[i].Name = to
			}
		}
	}
	return err
}
