package panorama

import (
	"context"
	"maps"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// sheetView is a sheet as it is shown.
type sheetView struct {
	Heading  ui.Heading
	Lead     string
	Figures  ui.Figures
	Changes  []line
	Standing string
	Late     []line
	Lights   lightsView
	Money    []ui.Bars
	Barriers ui.Bars
	Others   []others
	At       string
}

// line is a row of a list: what, and a smaller line below.
type line struct {
	Href, Text, More string
	State            ui.State
	Bar              *ui.Progress
}

// others are links to the sheets of a kind.
type others struct {
	Title string
	Links []ui.Link
}

func (m *Module) city(w http.ResponseWriter, r *http.Request) error {
	return m.show(w, r, scope{}, func(ch *charter.Charter, lang i18n.Lang) (string, bool) { return ch.City.Name.In(lang), true })
}

func (m *Module) axis(w http.ResponseWriter, r *http.Request) error {
	code := r.PathValue("code")
	return m.show(w, r, scope{scopeAxis, code}, func(ch *charter.Charter, lang i18n.Lang) (string, bool) {
		a, ok := ch.Frame.Axes.Get(code)
		return a.Name.In(lang), ok
	})
}

func (m *Module) ministry(w http.ResponseWriter, r *http.Request) error {
	code := r.PathValue("code")
	return m.show(w, r, scope{scopeMinistry, code}, func(ch *charter.Charter, lang i18n.Lang) (string, bool) {
		b, ok := ch.Bodies.Get(code)
		return b.Name.In(lang), ok && b.Kind.Ministerial()
	})
}

// show shows the sheet of a scope; NotFound for one that the city does not have.
func (m *Module) show(w http.ResponseWriter, r *http.Request, s scope, named func(*charter.Charter, i18n.Lang) (string, bool)) error {
	ctx := r.Context()
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return err
	}
	name, ok := named(ch, i18n.Of(ctx))
	if !ok {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	p, err := m.Picture(ctx)
	if err != nil {
		return err
	}
	x := p.sheets[s]
	if x == nil {
		x = (&Picture{sheets: map[scope]*Sheet{}}).sheet(s)
	}
	v := m.view(ctx, ch, x)
	v.Heading = ui.Heading{Title: t(ctx, "title", "name", name)}
	if s.kind != "" {
		v.Heading.Crumbs = []ui.Link{{Href: "/panorama", Text: t(ctx, "title", "name", ch.City.Name.In(i18n.Of(ctx)))}}
	} else {
		v.Others = m.others(ctx, ch, p)
	}
	v.At = t(ctx, "at", "at", i18n.DateTime(ctx, p.At.In(web.Zone(ctx))))
	return web.Render(w, r, web.Page{Title: v.Heading.Title, Description: v.Lead, Section: "panorama", Body: sheetBody(v)})
}

func (m *Module) view(ctx context.Context, ch *charter.Charter, x *Sheet) sheetView {
	say := wording.Of(ctx, ch, m.People)
	v := sheetView{Lead: lead(ctx, x), Lights: lights(ctx, x), Standing: standing(ctx, x)}
	v.Figures = ui.Figures{{Value: i18n.Number(ctx, int64(x.Adopted)), Text: t(ctx, "adopted", "count", x.Adopted)},
		{Value: i18n.Number(ctx, int64(x.InRound)), Text: t(ctx, "in_round", "count", x.InRound)}}
	if x.Reached > 0 {
		v.Figures = append(v.Figures, ui.Figure{Value: i18n.Number(ctx, x.Reached), Text: t(ctx, "reached", "planned", i18n.Number(ctx, x.Planned))})
	} else if x.Planned > 0 {
		v.Figures = append(v.Figures, ui.Figure{Value: i18n.Number(ctx, x.Planned), Text: t(ctx, "planned")})
	}
	for _, c := range x.Changes {
		v.Changes = append(v.Changes, changed(ctx, c))
	}
	for _, b := range x.Late {
		v.Late = append(v.Late, behind(ctx, b))
	}
	for _, currency := range slices.Sorted(maps.Keys(x.Money)) {
		v.Money = append(v.Money, purse(ctx, x.Money[currency]))
	}
	v.Barriers = ui.Bars{Label: t(ctx, "barriers")}
	for _, o := range x.commonest() {
		v.Barriers.Items = append(v.Barriers.Items, ui.Bar{Name: say.Barrier(o.Kind), Value: float64(o.Count), Text: t(ctx, "barrier", "count", o.Count, "days", o.Days)})
	}
	return v
}

// lead says the sheet in a sentence.
func lead(ctx context.Context, x *Sheet) string {
	if x.Adopted == 0 {
		return t(ctx, "lead.none", "count", x.InRound)
	}
	text := t(ctx, "lead", "count", x.Adopted) + " " + t(ctx, "lead.on_time")
	if x.LateAll > 0 {
		text = t(ctx, "lead", "count", x.Adopted) + " " + t(ctx, "lead.late", "count", x.LateAll)
	}
	if met := x.Standing[impact.Met]; met > 0 {
		text += " " + t(ctx, "lead.met", "count", met)
	}
	return text
}

// changed says what an indicator moved from and to.
func changed(ctx context.Context, c Change) line {
	l := line{Href: "/iniciativas/" + c.Number + "/impacto", Text: c.Name, More: moved(ctx, c.Indicator) + " · " + c.Title}
	if done, ok := c.Done(); ok {
		share := min(max(done, 0), 1)
		l.Bar = &ui.Progress{Label: c.Name, Done: share, Whole: 1, Text: t(ctx, "way", "n", int(math.Round(share*100)))}
	}
	return l
}

// moved says from where to where an indicator went, with its target.
func moved(ctx context.Context, i impact.Indicator) string {
	if !i.Baseline.Known {
		return t(ctx, "moved.now", "now", i.Current.Say(ctx, i.Decimals), "unit", i.Unit, "target", i.Target.Say(ctx, i.Decimals))
	}
	return t(ctx, "moved", "from", i.Baseline.Say(ctx, i.Decimals), "now", i.Current.Say(ctx, i.Decimals), "unit", i.Unit, "target", i.Target.Say(ctx, i.Decimals))
}

func behind(ctx context.Context, b Behind) line {
	l := line{Href: "/iniciativas/" + b.Number, Text: b.Title, More: t(ctx, "late.task", "what", b.What), State: lightState(ctx, b.Light.Colour)}
	if b.Days > 0 {
		l.More = t(ctx, "late.days", "count", b.Days)
		if b.What != "" {
			l.More += " " + t(ctx, "late.first", "what", b.What)
		}
	}
	return l
}

// tones are the lights as tags.
var tones = map[delivery.Colour]ui.Tone{delivery.Green: ui.Good, delivery.Amber: ui.Warn, delivery.Red: ui.Bad, delivery.Off: ui.Plain}

// colours are the lights from the worst.
var colours = []delivery.Colour{delivery.Red, delivery.Amber, delivery.Green, delivery.Off}

func lightState(ctx context.Context, c delivery.Colour) ui.State {
	return ui.State{Tone: tones[c], Text: t(ctx, "light."+lightCode(c))}
}

func lightCode(c delivery.Colour) string {
	if c == delivery.Off {
		return "off"
	}
	return string(c)
}

// lightsView is how the initiatives in execution stand, as parts of one strip.
type lightsView struct {
	Label string
	Parts []lightPart
	Tags  []ui.State
}

// lightPart is the initiatives of one light; X and Width are shares of the strip.
type lightPart struct{ Class, X, Width string }

func lights(ctx context.Context, x *Sheet) lightsView {
	out := lightsView{Label: t(ctx, "lights")}
	all, before := 0, 0
	for _, n := range x.Lights {
		all += n
	}
	for _, c := range colours {
		n := x.Lights[c]
		if n == 0 {
			continue
		}
		out.Parts = append(out.Parts, lightPart{"light-" + lightCode(c), percent(before, all), percent(n, all)})
		out.Tags = append(out.Tags, ui.State{Tone: tones[c], Text: t(ctx, "light."+lightCode(c)) + ": " + i18n.Number(ctx, int64(n))})
		before += n
	}
	return out
}

// percent is a part of a positive whole as SVG writes lengths.
func percent(part, whole int) string {
	return strconv.FormatFloat(100*float64(part)/float64(whole), 'f', 2, 64) + "%"
}

func standing(ctx context.Context, x *Sheet) string {
	if len(x.Standing) == 0 {
		return ""
	}
	return t(ctx, "standing", "met", x.Standing[impact.Met], "way", x.Standing[impact.OnWay], "behind", x.Standing[impact.Behind], "unmeasured", x.Standing[impact.Unmeasured])
}

// purse compares what was promised, bound and paid.
func purse(ctx context.Context, m delivery.Money) ui.Bars {
	out := ui.Bars{Label: t(ctx, "money"), Whole: float64(max(m.Planned, m.Committed, m.Paid))}
	for _, x := range []struct {
		key   string
		cents int64
	}{{"planned", m.Planned}, {"committed", m.Committed}, {"paid", m.Paid}} {
		out.Items = append(out.Items, ui.Bar{Name: t(ctx, "money."+x.key), Value: float64(x.cents), Text: budget.Short(ctx, x.cents, m.Currency)})
	}
	return out
}

// others lead to the sheets of axes and ministries of which there is something.
func (m *Module) others(ctx context.Context, ch *charter.Charter, p *Picture) []others {
	axes, bodies := others{Title: t(ctx, "by_axis")}, others{Title: t(ctx, "by_ministry")}
	for _, a := range ch.Frame.Axes.All() {
		axes.Links = append(axes.Links, ui.Link{Href: "/panorama/eje/" + a.Code, Text: a.Name.In(i18n.Of(ctx))})
	}
	for _, b := range ch.Ministries(clock.DayOf(p.At, ch.City.Zone)) {
		if p.sheets[scope{scopeMinistry, b.Code}] != nil {
			bodies.Links = append(bodies.Links, ui.Link{Href: "/panorama/ministerio/" + b.Code, Text: b.Name.In(i18n.Of(ctx))})
		}
	}
	return []others{axes, bodies}
}

// dayOf says the day of a moment in the city.
func dayOf(ctx context.Context, at time.Time) string { return i18n.Date(ctx, at.In(web.Zone(ctx))) }
