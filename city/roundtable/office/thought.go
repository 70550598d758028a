package office

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// thoughtForm is the name of the form of a raw thought; its fields are those
// that a draft keeps.
const thoughtForm = "nueva"

var thoughtFields = []string{"title", "line", "why_new", "sponsor"}

// thoughtPage asks for a raw thought.
type thoughtPage struct {
	Heading ui.Heading
	Form    ui.Form
	Bodies  []ui.Option // that the person may take it up with
	Similar []likeRow
	Explain bool // one is so much alike that the person joins it or says why not
	Left    bool // the form opens with what the person left in it
}

// likeRow is an initiative that may be the same one.
type likeRow struct {
	Href   string
	Number string
	Title  string
	Line   string
	State  string
}

func (o *Office) newThought(w http.ResponseWriter, r *http.Request) error {
	left, err := o.rt.LeftDraft(r.Context(), thoughtForm)
	if err != nil {
		return err
	}
	p, err := o.thoughtPage(r.Context(), ui.Values(left), ui.Errors{})
	if err != nil {
		return err
	}
	p.Left = len(left) > 0
	return web.Render(w, r, p.page(r.Context()))
}

func (p thoughtPage) page(ctx context.Context) web.Page {
	page := pageOf(i18n.T(ctx, "roundtable.office.thought.title"), thoughtBody(p))
	page.Narrow = true
	return page
}

// thoughtPage fills the page with what is typed so far.
func (o *Office) thoughtPage(ctx context.Context, typed ui.Values, wrong ui.Errors) (thoughtPage, error) {
	me := people.Me(ctx)
	ch, err := o.charters.Current(ctx)
	if err != nil {
		return thoughtPage{}, err
	}
	if _, err := (roundtable.Case{Charter: ch}).Require(me, roundtable.Propose); err != nil {
		return thoughtPage{}, err
	}
	p := thoughtPage{
		Heading: ui.Heading{Title: i18n.T(ctx, "roundtable.office.thought.title"), Lead: i18n.T(ctx, "roundtable.office.thought.lead"),
			Crumbs: []ui.Link{{Href: "/iniciativas", Text: i18n.T(ctx, "roundtable.list.title")}}},
		Form:    ui.Form{Action: "/iniciativas/nueva", Values: typed, Errors: wrong, Autosave: "/iniciativas/nueva/borrador"},
		Bodies:  o.proposing(ctx, ch, me),
		Explain: wrong.For("why_new") != "" || typed.Get("why_new") != "",
	}
	if typed["sponsor"] == nil {
		p.Form.Values = withValue(typed, "sponsor", "")
	}
	if typed.Get("title") != "" {
		p.Similar, err = o.likeRows(ctx, typed.Get("title")+" "+typed.Get("line"), "")
	}
	return p, err
}

// proposing are the person's bodies that may propose.
func (o *Office) proposing(ctx context.Context, ch *charter.Charter, me people.Standing) []ui.Option {
	say := o.words(ctx, ch)
	var out []ui.Option
	for _, body := range me.Bodies() {
		if ch.MayPropose(body) {
			out = append(out, ui.Option{Value: body, Text: say.Body(ctx, body)})
		}
	}
	return out
}

func (o *Office) likeRows(ctx context.Context, text, except string) ([]likeRow, error) {
	found, err := o.rt.Similar(ctx, text, except)
	return likenesses(ctx, found), err
}

func likenesses(ctx context.Context, found []roundtable.Likeness) []likeRow {
	out := make([]likeRow, len(found))
	for i, f := range found {
		out[i] = likeRow{"/iniciativas/" + f.Number, f.Number, f.Title, f.Line, i18n.T(ctx, "roundtable.state."+string(f.State))}
	}
	return out
}

// similar answers while a title is typed.
func (o *Office) similar(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if _, err := (roundtable.Case{}).Require(people.Me(ctx), roundtable.Propose); err != nil {
		return err
	}
	found, err := o.rt.SimilarTyping(ctx, r.URL.Query().Get("title"))
	if err != nil {
		return err
	}
	return web.RenderPart(w, r, similarList(likenesses(ctx, found)))
}

// propose files the thought, or joins the initiative whose button was pressed.
func (o *Office) propose(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	to, flash := "", ""
	if into := typed.Get("join"); into != "" {
		to, flash, err = "/iniciativas/"+into, "roundtable.office.flash.joined", o.joinThought(ctx, into, typed)
	} else {
		var i roundtable.Initiative
		i, err = o.rt.Propose(ctx, roundtable.Thought{Title: typed.Get("title"), Line: typed.Get("line"), WhyNew: typed.Get("why_new"), Sponsor: typed.Get("sponsor")})
		to, flash = href(i, ""), "roundtable.office.flash.proposed"
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
			p, err := o.thoughtPage(ctx, ui.Values(typed), wrong)
			return p.page(ctx), err
		})
	}
	if err := o.rt.KeepDraft(ctx, thoughtForm, nil); err != nil {
		return err
	}
	return web.Redirect(w, r, to, flash)
}

// joinThought leaves the thought as a comment inside an initiative and follows it.
func (o *Office) joinThought(ctx context.Context, number string, typed url.Values) error {
	text := strings.TrimSpace(typed.Get("title") + "\n" + typed.Get("line"))
	if err := o.rt.Discuss(ctx, number, text); err != nil {
		return err
	}
	if o.slots.Follow == nil {
		return nil
	}
	v, err := o.rt.View(ctx, number)
	if err != nil {
		return err
	}
	return o.slots.Follow(ctx, v.Initiative.Subject())
}

// keepThought saves what is typed so far.
func (o *Office) keepThought(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	if _, err := (roundtable.Case{}).Require(people.Me(r.Context()), roundtable.Propose); err != nil {
		return err
	}
	kept := roundtable.Unfinished{}
	for _, name := range thoughtFields {
		if typed.Get(name) != "" {
			kept[name] = []string{typed.Get(name)}
		}
	}
	if err := o.rt.KeepDraft(r.Context(), thoughtForm, kept); err != nil {
		return err
	}
	return o.saved(w, r)
}

// saved answers an autosave with the time.
func (o *Office) saved(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ch, err := o.charters.Current(ctx)
	if err != nil {
		return err
	}
	at := clock.Now(ctx).In(ch.City.Zone).Format("15:04")
	return web.RenderPart(w, r, ui.Saved{Text: i18n.T(ctx, "roundtable.office.saved", "time", at)})
}

// dropThought forgets what the person left in the form.
func (o *Office) dropThought(w http.ResponseWriter, r *http.Request) error {
	if err := o.rt.KeepDraft(r.Context(), thoughtForm, nil); err != nil {
		return err
	}
	return web.Redirect(w, r, "/iniciativas/nueva", "")
}

// sponsorOptions lets the person leave the thought for others to take up.
func sponsorOptions(ctx context.Context, bodies []ui.Option) []ui.Option {
	none := ui.Option{Value: "", Text: i18n.T(ctx, "roundtable.office.thought.nobody"), Hint: i18n.T(ctx, "roundtable.office.thought.nobody.hint")}
	return append([]ui.Option{none}, bodies...)
}
