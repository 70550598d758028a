package office

import (
	"context"
	"net/http"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

func (o *Office) stepRoutes(m *web.Mux) {
	const step = "/iniciativas/{number}/pasos/{code}"
	m.Get(step, o.step)
	for _, a := range stepActs {
		m.Get(step+"/"+a.name, o.toStep)
		m.Post(step+"/"+a.name, a.send(o))
	}
	m.Get(step+"/evidencia", o.toStep)
	m.Post(step+"/evidencia", o.addEvidence)
	m.Get(step+"/evidencia/{id}/quitar", o.removePage)
	m.Post(step+"/evidencia/{id}/quitar", o.removeEvidence)
}

// stepPage is one step of an initiative: what it asks, what shows it, who signs.
type stepPage struct {
	Heading     ui.Heading
	State       ui.State
	Notices     []stepNote
	Items       []itemRow
	Specialists []specialistRow
	HasOutside  bool // the step asks what specialists say
	Acts        []stepPanel
	Facts       ui.Facts
	Others      ui.Steps
	Past        ui.Timeline
}

// stepNote is something to know before the rest, with what somebody said.
type stepNote struct {
	ui.Notice
	Said string
}

// tried is a form that was refused: which one, what was typed, what was wrong.
type tried struct {
	at    string // name of the form
	typed ui.Values
	wrong ui.Errors
}

// of gives what was typed and what was wrong to the form with that name; any
// other opens with fresh.
func (t tried) of(at string, fresh ui.Values) (ui.Values, ui.Errors) {
	if t.at != at {
		return fresh, ui.Errors{}
	}
	return t.typed, t.wrong
}

func (o *Office) step(w http.ResponseWriter, r *http.Request) error {
	p, err := o.stepPage(r, tried{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

// toStep leads from the address of a form to its page.
func (o *Office) toStep(w http.ResponseWriter, r *http.Request) error {
	return web.Redirect(w, r, "/iniciativas/"+r.PathValue("number")+"/pasos/"+r.PathValue("code"), "")
}

func stepHref(v roundtable.StepView) string { return href(v.Initiative, "/pasos/"+v.Rules.Code) }

func (o *Office) stepPage(r *http.Request, t tried) (web.Page, error) {
	ctx := r.Context()
	v, err := o.rt.StepView(ctx, r.PathValue("number"), r.PathValue("code"))
	if err != nil {
		return web.Page{}, err
	}
	say := o.words(ctx, v.Charter)
	ring := v.Round.Ring()
	p := stepPage{
		Heading: ui.Heading{Crumbs: crumbs(ctx, v.Initiative), Title: v.Rules.Name.In(say.Lang), Lead: v.Rules.Question.In(say.Lang),
			Over: i18n.T(ctx, "roundtable.office.step.of", "no", v.Rules.Number, "all", len(ring), "number", v.Initiative.Number)},
		State:      ui.SeatState(ctx, ring[v.Rules.Number-1]),
		Items:      o.items(ctx, v, t),
		HasOutside: v.Rules.Attendance != "", Specialists: specialistRows(ctx, v, say),
		Facts: o.stepFacts(ctx, v), Others: o.others(ctx, v),
	}
	if p.Past, p.Notices, err = o.past(ctx, v); err != nil {
		return web.Page{}, err
	}
	p.Acts = o.stepPanels(ctx, v, t)
	p.Notices = append(p.Notices, refusedElsewhere(p, t)...)
	page := web.Page{Title: p.Heading.Title + " · " + v.Initiative.Title, Description: p.Heading.Lead, Section: "initiatives", Body: stepBody(p)}
	return page, nil
}

// refusedElsewhere says what was wrong with a form that is not on the page any
// more, because the step has moved or the person may not.
func refusedElsewhere(p stepPage, t tried) []stepNote {
	if !t.wrong.Any() || p.shows(t.at) {
		return nil
	}
	n := ui.Notice{Tone: ui.Bad, Title: t.wrong.Title}
	for _, f := range t.wrong.Fields {
		n.Text += f.Text + ". "
	}
	return []stepNote{{Notice: n}}
}

// shows says whether a form with that name stands on the page.
func (p stepPage) shows(at string) bool {
	for _, a := range p.Acts {
		if a.Name == at {
			return true
		}
	}
	for _, item := range p.Items {
		for _, f := range item.Add {
			if f.Name == at {
				return true
			}
		}
	}
	return false
}

// stepFacts says who signs and by when, and how long it has taken.
func (o *Office) stepFacts(ctx context.Context, v roundtable.StepView) ui.Facts {
	say := o.words(ctx, v.Charter)
	facts := ui.Facts{
		{Name: i18n.T(ctx, "roundtable.office.step.office"), Text: say.Body(ctx, v.Step.Office), Href: "/organismos/" + v.Step.Office},
		{Name: i18n.T(ctx, "roundtable.fact.sponsor"), Text: say.Body(ctx, v.Initiative.Sponsor), Href: "/organismos/" + v.Initiative.Sponsor},
	}
	if v.Step.Due != "" {
		text, tone := ui.Due(ctx, v.Step.Due, v.Today)
		facts = append(facts, ui.Fact{Name: dueWord(ctx, tone), View: ui.State{Tone: tone, Text: text, Icon: "clock"}})
	}
	facts = append(facts,
		ui.Fact{Name: i18n.T(ctx, "roundtable.office.step.time"), Text: lasted(ctx, v.Step.TimeWith(clock.Now(ctx)))},
		ui.Fact{Name: i18n.T(ctx, "roundtable.fact.returns"), Text: i18n.Number(ctx, int64(v.Step.Returns))})
	if !v.Step.PresentAt.IsZero() {
		facts = append(facts, ui.Fact{Name: i18n.T(ctx, "roundtable.office.step.present"), Text: say.when(ctx, v.Step.PresentAt)})
	}
	return facts
}

// dueWord says "due", or "was due" for what is late.
func dueWord(ctx context.Context, tone ui.Tone) string {
	if tone == ui.Bad {
		return i18n.T(ctx, "roundtable.office.step.late")
	}
	return i18n.T(ctx, "roundtable.office.step.due")
}

// steps lists all steps of a round.
func (o *Office) steps(ctx context.Context, c roundtable.Case, round *roundtable.Round, day clock.Day) ui.Steps {
	say := o.words(ctx, c.Charter)
	ring := round.Ring()
	out := make(ui.Steps, len(round.Steps))
	for i, s := range round.Steps {
		out[i] = ui.Step{No: s.Number, Title: say.Step(s.Code), Seat: ring[i], Href: href(c.Initiative, "/pasos/"+s.Code), Meta: say.Body(ctx, s.Office)}
		if s.Due != "" {
			text, tone := ui.Due(ctx, s.Due, day)
			out[i].Meta += " · " + dueWord(ctx, tone) + ": " + text
		}
	}
	return out
}

// others are the steps of the round in short, for the side of a step's page.
func (o *Office) others(ctx context.Context, v roundtable.StepView) ui.Steps {
	list := o.steps(ctx, v.Case, v.Round, v.Today)
	for i := range list {
		list[i].Meta = ""
		if list[i].No == v.Rules.Number {
			list[i].Now, list[i].Href = true, ""
		}
	}
	return list
}

// specialistRow is what one specialist said.
type specialistRow struct {
	Name  string // inside only
	About string // organisation, what they know
	On    string // the procedure they speak of
	State ui.State
	Text  string
	Day   string
}

var stanceTones = map[roundtable.Stance]ui.Tone{
	roundtable.StanceConfirms: ui.Good, roundtable.StanceChanges: ui.Warn, roundtable.StanceObjects: ui.Bad,
}

func specialistRows(ctx context.Context, v roundtable.StepView, say words) []specialistRow {
	out := make([]specialistRow, len(v.Specialists))
	for i, s := range v.Specialists {
		out[i] = specialistRow{About: s.Organisation + " · " + s.Area, On: s.Procedure, Text: s.Text, Day: say.Day(ctx, s.Day),
			State: ui.State{Tone: stanceTones[s.Stance], Text: i18n.T(ctx, "roundtable.stance."+string(s.Stance))}}
		if v.Inside {
			out[i].Name = s.Name
		}
	}
	return out
}
