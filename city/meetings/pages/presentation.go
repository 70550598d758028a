package pages

import (
	"net/http"
	"strconv"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// presentation is an initiative on one page made from its dossier, to be shown or
// printed where it is discussed.
func (p *Pages) presentation(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.roundtable.View(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	say := p.wordsOf(ctx, v.Charter)
	i := v.Initiative
	axis, colour := say.Axis(i.Axis)
	view := presentationPage{Crumbs: ui.Crumbs{{Href: "/iniciativas", Text: t(ctx, "slide.list")}, {Href: "/iniciativas/" + i.Number, Text: i.Title}},
		AxisClass: "ax" + strconv.Itoa(colour), Over: joined(i.Number, say.Body(ctx, i.Sponsor)), Title: i.Title, Change: i.Change, Problem: i.Problem}
	if view.Change == "" {
		view.Change = i.Line
	}
	if i.Axis != "" {
		view.Axis = ui.Axis{Index: colour, Name: axis, Href: "/ejes/" + i.Axis}
	}
	view.State = ui.State{Text: t(ctx, "slide.state."+string(i.State))}
	view.Facts = p.slideFacts(r, say, v)
	for _, x := range v.Dossier.Planned {
		view.Planned.Items = append(view.Planned.Items, ui.Bar{Name: say.Group(x.Group) + " · " + say.Territory(x.Territory), Value: float64(x.People),
			Text: i18n.Number(ctx, x.People), Axis: colour})
	}
	view.Planned.Label = t(ctx, "slide.planned")
	if v.Round != nil {
		view.Ring = ui.Ring{Label: i.Title, Seats: i.Ring, Axis: colour, Size: ui.Large, Center: itoa(i.Signed) + "/" + itoa(len(v.Round.Steps))}
		view.Steps, view.Ask = say.slideSteps(r, v)
	}
	page := pageOf(t(ctx, "slide")+": "+i.Title, view.Change, presentationBody(view))
	page.Section, page.Private = "initiatives", !i.State.Public()
	return web.Render(w, r, page)
}

func (p *Pages) slideFacts(r *http.Request, say words, v roundtable.View) ui.Facts {
	ctx := r.Context()
	i := v.Initiative
	var f ui.Facts
	add := func(key, text string) {
		if text != "" {
			f = append(f, ui.Fact{Name: t(ctx, "slide."+key), Text: text})
		}
	}
	add("sponsor", say.Body(ctx, i.Sponsor))
	add("ministry", say.Body(ctx, i.Ministry))
	for _, o := range v.Owners {
		if o.State == roundtable.OwnerIn {
			add("with", say.Body(ctx, o.Ministry))
		}
	}
	for _, code := range v.Dossier.Territories {
		add("territory", say.Territory(code))
	}
	for _, code := range v.Dossier.Goals {
		add("goal", say.Goal(code))
	}
	if i.SDG != "" {
		add("sdg", say.SDG(i.SDG))
	}
	if !i.FiledAt.IsZero() {
		add("filed", say.Day(ctx, clock.DayOf(i.FiledAt, v.Charter.City.Zone)))
	}
	return f
}

// slideSteps are the steps in short, and what the one in course asks.
func (w words) slideSteps(r *http.Request, v roundtable.View) (steps ui.Steps, ask string) {
	for _, s := range v.Round.Steps {
		rules, _ := v.Charter.Flow.Steps.Get(s.Code)
		now := s.Number == v.Initiative.Current
		steps = append(steps, ui.Step{No: s.Number, Title: rules.Name.In(w.Lang), Seat: v.Round.Ring()[s.Number-1], Now: now, Meta: w.Body(r.Context(), s.Office)})
		if now {
			ask = rules.Question.In(w.Lang)
		}
	}
	return steps, ask
}
