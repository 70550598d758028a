package pages

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/record"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// pageSize is how many acts the list shows at once.
const pageSize = 20

// homePage is /registro.
type homePage struct {
	Heading  ui.Heading
	Size     int64
	Figures  ui.Figures
	Seal     string // the newest checkpoint, empty while there is none
	Verifier string
	Latest   ui.Timeline
	Pager    ui.Pager
	Held     *ui.Notice // what came of the seal that was pasted
	Form     ui.Form
	Command  string
}

func (p *Pages) home(w http.ResponseWriter, r *http.Request) error { return p.showHome(w, r, nil, nil) }

// hold compares a seal that somebody kept with the record.
func (p *Pages) hold(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	var c fault.Check
	c.Text("seal", form.Get("seal"), true, 4000)
	if err := c.Err(); err != nil {
		return p.showHome(w, r, err, ui.Values(form))
	}
	cp, found, err := p.record.Hold(ctx, strings.TrimSpace(form.Get("seal"))+"\n")
	if err != nil {
		return err
	}
	notice := ui.Notice{Tone: ui.Good, Title: i18n.T(ctx, "record.held"), Text: i18n.T(ctx, "record.held.text", "count", int(cp.Size))}
	if found != nil {
		notice = ui.Notice{Tone: ui.Bad, Title: i18n.T(ctx, "record.held.not"), Text: found.Say(ctx)}
	}
	return p.showHome(w, r, nil, ui.Values(form), notice)
}

func (p *Pages) showHome(w http.ResponseWriter, r *http.Request, wrong error, typed ui.Values, held ...ui.Notice) error {
	ctx := r.Context()
	page, err := p.homePage(ctx, r)
	if err != nil {
		return err
	}
	page.Form = ui.Form{ID: "seal", Action: "/registro#comprobar", Values: typed, Errors: ui.ErrorsOf(ctx, wrong)}
	for _, n := range held {
		page.Held = &n
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, web.Page{Title: i18n.T(ctx, "record.title"), Description: i18n.T(ctx, "record.lead"), Section: "record",
		Status: status, Wrong: wrong != nil, Body: homeBody(page)})
}

func (p *Pages) homePage(ctx context.Context, r *http.Request) (homePage, error) {
	page := homePage{Heading: ui.Heading{Title: i18n.T(ctx, "record.title"), Lead: i18n.T(ctx, "record.lead")}, Verifier: p.record.Verifier()}
	size, at, err := p.record.Head(ctx)
	if err != nil {
		return page, err
	}
	page.Size = size
	page.Command = "ronda verify " + web.Origin(ctx) + " --key " + page.Verifier
	if size == 0 {
		return page, nil
	}
	cp, err := p.record.Checkpoint(ctx)
	if err != nil {
		return page, err
	}
	page.Seal = cp.Note
	page.Figures = ui.Figures{
		{Value: i18n.Number(ctx, size), Text: i18n.T(ctx, "record.acts", "count", int(size))},
		{Value: ui.Ago(ctx, clock.Now(ctx), at), Text: i18n.T(ctx, "record.last")},
	}
	return page, p.list(ctx, r, size, &page)
}

// list is the acts before ?antes=, newest first.
func (p *Pages) list(ctx context.Context, r *http.Request, size int64, page *homePage) error {
	before, err := strconv.ParseInt(r.URL.Query().Get("antes"), 10, 64)
	if err != nil || before < 1 || before > size {
		before = size
	}
	from := max(0, before-pageSize)
	acts, err := p.record.Acts(ctx, from, before)
	if err != nil {
		return err
	}
	for i := len(acts) - 1; i >= 0; i-- {
		m := p.moment(ctx, acts[i])
		m.Title = i18n.T(ctx, "record.act.line", "number", i18n.Number(ctx, acts[i].Number()), "title", m.Title)
		m.Text, m.Body, m.Proof = "", nil, actHref(acts[i].Number())
		page.Latest.Items = append(page.Latest.Items, m)
	}
	page.Pager.Note = i18n.T(ctx, "record.shown", "from", i18n.Number(ctx, from+1), "to", i18n.Number(ctx, before), "size", i18n.Number(ctx, size))
	if from > 0 {
		page.Pager.Later = "/registro?antes=" + strconv.FormatInt(from, 10) + "#actos"
	}
	if before < size {
		page.Pager.Earlier = "/registro?antes=" + strconv.FormatInt(min(size, before+pageSize), 10) + "#actos"
	}
	return nil
}

// moment is an act in words; an act without words is told by its code.
func (p *Pages) moment(ctx context.Context, a record.Act) ui.Moment {
	if a.Event.ID != "" && p.tell != nil {
		if m, ok := p.tell(ctx, a.Event); ok {
			return m
		}
	}
	at := a.Leaf.At.In(web.Zone(ctx))
	return ui.Moment{Title: a.Leaf.Kind, Stamp: at.Format(time.RFC3339), When: i18n.DateTime(ctx, at), Meta: a.Leaf.Post}
}
