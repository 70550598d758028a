package pages

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// bodyPage is one body: what it is, who is in it and was, where it comes from
// and what carries it on.
type bodyPage struct {
	Heading  ui.Heading
	Ended    *ui.Notice
	Seats    []seat
	Past     ui.Table
	Facts    ui.Facts
	Below    []node
	Sections []templ.Component
	Change   ui.Buttons // for administrators
}

// seat is a post of the body with who holds it today.
type seat struct {
	Title   string
	Holders []sitter
	Free    int        // seats that nobody holds
	Acts    ui.Buttons // what this person may do with the post
}

// sitter is somebody in a post.
type sitter struct {
	Name     string
	Term     string // in words
	Act      string
	Delegate []string // who acts for them today, in words
	End      ui.Button
}

// body shows one body as it is today, or as it last was.
func (p *Pages) body(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	b, err := p.people.Body(ctx, r.PathValue("code"))
	if err != nil {
		return err
	}
	view, err := p.bodyPage(ctx, b)
	if err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: b.Name, Description: b.About, Section: partBodies, Body: bodyBody(view)})
}

func (p *Pages) bodyPage(ctx context.Context, b people.Body) (view bodyPage, err error) {
	ch, err := p.people.Charter(ctx)
	if err != nil {
		return view, err
	}
	view.Heading = ui.Heading{Crumbs: crumbs(ctx, "/organismos", "people.tree.title"), Over: ch.KindName(b.Kind).In(i18n.Of(ctx)), Title: b.Name, Lead: b.About}
	if b.Short != "" {
		view.Heading.Over += " · " + b.Short
	}
	if view.Ended, err = p.endedNotice(ctx, b); err != nil {
		return view, err
	}
	if view.Seats, view.Past, err = p.peopleOf(ctx, b); err != nil {
		return view, err
	}
	if view.Facts, err = p.bodyFacts(ctx, b); err != nil {
		return view, err
	}
	if view.Below, err = p.below(ctx, b); err != nil {
		return view, err
	}
	for _, section := range p.sections {
		if c := section(ctx, b.Code); c != nil {
			view.Sections = append(view.Sections, c)
		}
	}
	view.Change = bodyButtons(ctx, b, view.Ended != nil)
	return view, nil
}

// endedNotice says that the body is no more and what carries it on; nil while it
// lasts.
func (p *Pages) endedNotice(ctx context.Context, b people.Body) (*ui.Notice, error) {
	day, err := p.people.Today(ctx)
	if err != nil || b.To == "" || day < b.To {
		return nil, err
	}
	n := &ui.Notice{Tone: ui.Info, Title: i18n.T(ctx, "people.ended", "day", dayText(ctx, b.To))}
	heirs, err := p.people.Successors(ctx, b.Code, day)
	if err != nil || len(heirs) == 0 {
		return n, err
	}
	n.Text = i18n.T(ctx, "people.carried_on", "bodies", names(heirs))
	if len(heirs) == 1 {
		n.Text, n.Link = "", ui.Link{Href: bodyHref(heirs[0].Code), Text: i18n.T(ctx, "people.carried_on", "bodies", heirs[0].Name)}
	}
	return n, nil
}

func names(bodies []people.Body) string {
	text := ""
	for i, b := range bodies {
		if i > 0 {
			text += ", "
		}
		text += b.Name
	}
	return text
}

// peopleOf are the posts of today with who holds them, and who did before.
func (p *Pages) peopleOf(ctx context.Context, b people.Body) ([]seat, ui.Table, error) {
	day, err := p.people.Today(ctx)
	if err != nil {
		return nil, ui.Table{}, err
	}
	posts, err := p.people.PostsOf(ctx, b.Code)
	if err != nil {
		return nil, ui.Table{}, err
	}
	terms, err := p.people.TermsIn(ctx, b.Code)
	if err != nil {
		return nil, ui.Table{}, err
	}
	lent, err := p.people.DelegationsOn(ctx, b.Code, day)
	if err != nil {
		return nil, ui.Table{}, err
	}
	who := personsOf(terms)
	for _, d := range lent {
		who = append(who, d.Delegate)
	}
	called, err := p.people.Names(ctx, who...)
	if err != nil {
		return nil, ui.Table{}, err
	}
	h := house{body: b, day: day, terms: terms, lent: lent, called: called}
	var seats []seat
	for _, post := range posts {
		if post.ActiveOn(day) && post.Body == b.Code {
			seats = append(seats, h.seat(ctx, post))
		}
	}
	return seats, h.past(ctx, posts), nil
}

// house is what is known of the people of a body.
type house struct {
	body   people.Body
	day    clock.Day
	terms  []people.Term
	lent   []people.Delegation
	called map[string]string
}

func (h house) seat(ctx context.Context, post people.Post) seat {
	may := people.CanAppoint(people.Me(ctx), post, h.body)
	s := seat{Title: post.Title, Free: post.Seats}
	for _, t := range slices.Backward(h.terms) {
		if t.Post != post.Code || !t.On(h.day) {
			continue
		}
		s.Free--
		who := sitter{Name: h.called[t.Person], Term: span(ctx, t.From, t.To), Act: t.Act, Delegate: h.delegates(ctx, t)}
		if may {
			who.End = ui.Button{Text: i18n.T(ctx, "people.term.end"), Of: ": " + who.Name, Href: "/mandatos/" + t.ID + "/terminar", Weight: ui.Plainer}
		}
		s.Holders = append(s.Holders, who)
	}
	if may {
		s.Acts = append(s.Acts, ui.Button{Text: i18n.T(ctx, "people.appoint"), Of: ": " + post.Title, Href: "/nombrar?puesto=" + post.Code, Weight: ui.Quiet})
	}
	if people.Can(people.Me(ctx), people.ActStructure) {
		s.Acts = append(s.Acts, ui.Button{Text: i18n.T(ctx, "people.post.end"), Of: ": " + post.Title, Href: "/administracion/puestos/" + post.Code + "/terminar", Weight: ui.Plainer})
	}
	return s
}

// delegates are those who act today for the holder of a term.
func (h house) delegates(ctx context.Context, t people.Term) []string {
	var out []string
	for _, d := range h.lent {
		if d.Term == t.ID {
			out = append(out, i18n.T(ctx, "people.acts_for", "name", h.called[d.Delegate], "term", span(ctx, d.From, d.To)))
		}
	}
	return out
}

// past is who held the posts before, newest first.
func (h house) past(ctx context.Context, posts []people.Post) ui.Table {
	titles := map[string]string{}
	for _, post := range posts {
		titles[post.Code] = post.Title
	}
	t := ui.Table{Caption: i18n.T(ctx, "people.past"), HideCaption: true,
		Columns: []ui.Head{{Text: i18n.T(ctx, "people.column.person")}, {Text: i18n.T(ctx, "people.column.post")}, {Text: i18n.T(ctx, "people.column.term")}}}
	for _, term := range h.terms {
		if term.To != "" && term.To <= h.day {
			t.Rows = append(t.Rows, ui.Row{{Text: h.called[term.Person]}, {Text: titles[term.Post]}, {Text: span(ctx, term.From, term.To)}})
		}
	}
	return t
}

// bodyFacts are where the body stands and where it comes from.
func (p *Pages) bodyFacts(ctx context.Context, b people.Body) (ui.Facts, error) {
	var facts ui.Facts
	above, err := p.people.BodyNames(ctx, "", b.Path...)
	if err != nil {
		return nil, err
	}
	for i, code := range b.Path[1:] {
		key := "people.above"
		if i > 0 {
			key = "people.above_that"
		}
		facts = append(facts, ui.Fact{Name: i18n.T(ctx, key), Text: above[code], Href: bodyHref(code)})
	}
	if life := span(ctx, b.From, b.To); life != "" {
		facts = append(facts, ui.Fact{Name: i18n.T(ctx, "people.life"), Text: life})
	}
	if ch, err := p.people.Charter(ctx); err == nil && b.Territory != "" {
		if place, ok := ch.Territories.Get(b.Territory); ok {
			facts = append(facts, ui.Fact{Name: i18n.T(ctx, "people.territory"), Text: place.Name.In(i18n.Of(ctx))})
		}
	}
	before, err := p.people.Predecessors(ctx, b.Code)
	if err != nil {
		return nil, err
	}
	for _, o := range before {
		facts = append(facts, ui.Fact{Name: i18n.T(ctx, "people.comes_from"), Text: o.Name, Href: bodyHref(o.Code)})
	}
	heirs, err := p.people.Heirs(ctx, b.Code)
	if err != nil {
		return nil, err
	}
	for _, o := range heirs {
		facts = append(facts, ui.Fact{Name: i18n.T(ctx, "people.goes_on_in"), Text: o.Name, Href: bodyHref(o.Code)})
	}
	return p.oldNames(ctx, b, facts)
}

func (p *Pages) oldNames(ctx context.Context, b people.Body, facts ui.Facts) (ui.Facts, error) {
	namings, err := p.people.BodyNamings(ctx, b.Code)
	if err != nil {
		return nil, err
	}
	for _, n := range namings {
		if n.Name != b.Name {
			facts = append(facts, ui.Fact{Name: span(ctx, n.From, n.To), Text: i18n.T(ctx, "people.was_called", "name", n.Name)})
		}
	}
	return facts, nil
}

// below is the tree below a body.
func (p *Pages) below(ctx context.Context, b people.Body) ([]node, error) {
	ch, err := p.people.Charter(ctx)
	if err != nil {
		return nil, err
	}
	all, err := p.people.Bodies(ctx, people.BodyFilter{Below: b.Code})
	if err != nil || len(all) < 2 {
		return nil, err
	}
	nodes, err := p.nodes(ctx, ch, all)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Code == b.Code {
			all[i].Parent = "" // the top of this tree
		}
	}
	tops, _ := grow(all, nodes)
	if len(tops) == 0 {
		return nil, nil
	}
	return tops[0].Below, nil
}

func bodyButtons(ctx context.Context, b people.Body, ended bool) ui.Buttons {
	if ended || !people.Can(people.Me(ctx), people.ActStructure) {
		return nil
	}
	return ui.Buttons{
		{Text: i18n.T(ctx, "people.post.new"), Href: "/administracion/puestos/nuevo?organismo=" + b.Code, Weight: ui.Quiet},
		{Text: i18n.T(ctx, "people.body.new_below"), Href: "/administracion/organismos/nuevo?arriba=" + b.Code, Weight: ui.Quiet},
		{Text: i18n.T(ctx, "people.reorganise"), Href: "/administracion/organismos/reorganizar?organismo=" + b.Code, Weight: ui.Quiet},
	}
}
