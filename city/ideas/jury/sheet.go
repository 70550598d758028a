package jury

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"ronda/city/ideas"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// sheetView is everything an evaluator needs of one idea, on one page: its text,
// what others answered, the grades and the own notes.
type sheetView struct {
	Heading  ui.Heading
	Progress ui.Progress
	Text     string
	Facts    ui.Facts
	Replies  []said
	Comments []said
	More     string // address of all comments, empty when these are all
	Form     ui.Form
	Criteria []criterionRow
	Keys     string // how to grade by keyboard
	Conflict ui.Link
	Later    ui.Link // the next idea without finishing this one
	Open     bool    // grades can still be given
	Closed   ui.Notice
}

// said is what somebody wrote about the idea.
type said struct{ Who, When, Text string }

// criterionRow is one criterion with its five cards.
type criterionRow struct {
	Code, Name, ID, Error string
	Weight                string
	Cards                 []gradeCard
}

// gradeCard is one grade.
type gradeCard struct {
	ID, Value, Word string
	On              bool
}

const formID = "hoja"

func (m *Module) sheetPage(w http.ResponseWriter, r *http.Request) error {
	p, err := m.sheet(r, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

// sheet is the page with what was typed, or with what is stored.
func (m *Module) sheet(r *http.Request, typed url.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	k, err := m.begin(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	if !k.Review.State.counts() {
		return web.Page{}, fault.New(fault.NotFound, "ideas.jury.fault.not_yours")
	}
	l, err := m.loadOf(ctx, k.Challenge.ID, k.Review.Person)
	if err != nil {
		return web.Page{}, err
	}
	values := ui.Values(typed)
	if typed == nil {
		if values, err = stored(k.Review); err != nil {
			return web.Page{}, err
		}
	}
	p := sheetView{Text: k.Idea.Text, Progress: progress(ctx, l), Facts: m.sheetFacts(ctx, k), Open: k.open(),
		Heading:  ui.Heading{Crumbs: []ui.Link{{Href: juryHref(k.Challenge.Number), Text: k.Challenge.Title}}, Over: k.Idea.Number, Title: k.Idea.Title},
		Form:     ui.Form{ID: formID, Action: sheetHref(k.Idea.Number), Values: values, Errors: wrong, Autosave: sheetHref(k.Idea.Number) + "/guardar"},
		Criteria: criterionRows(ctx, k.Challenge.Criteria, values, wrong), Keys: i18n.T(ctx, "ideas.jury.keys"),
		Conflict: ui.Link{Href: sheetHref(k.Idea.Number) + "/conflicto", Text: i18n.T(ctx, "ideas.jury.conflict")},
		Later:    ui.Link{Href: juryHref(k.Challenge.Number) + "/siguiente", Text: i18n.T(ctx, "ideas.jury.skip")},
		Closed:   ui.Notice{Tone: ui.Info, Text: i18n.T(ctx, "ideas.jury.fault.closed")}}
	if p.Later.Href, err = m.skipHref(ctx, k); err != nil {
		return web.Page{}, err
	}
	if err := m.fillSaid(ctx, k, &p); err != nil {
		return web.Page{}, err
	}
	return pageOf(k.Idea.Title, sheetBody(p)), nil
}

// skipHref leads to the next idea owed, leaving this one for later.
func (m *Module) skipHref(ctx context.Context, k work) (string, error) {
	next, err := m.next(ctx, k.Challenge.ID, k.Review.Person, k.Review.Spot)
	if err != nil || next == "" || next == k.Idea.Number {
		return juryHref(k.Challenge.Number), err
	}
	return sheetHref(next), nil
}

// stored are the values of a sheet as it is kept.
func stored(r Review) (ui.Values, error) {
	grades, err := r.grades()
	values := ui.Values{"note": {r.Note}}
	for code, g := range grades {
		values[Field(code)] = []string{itoa(g)}
	}
	return values, err
}

func criterionRows(ctx context.Context, criteria []ideas.Criterion, v ui.Values, wrong ui.Errors) []criterionRow {
	var out []criterionRow
	for _, k := range criteria {
		name := Field(k.Code)
		row := criterionRow{Code: name, Name: k.Name, ID: formID + "-" + name, Error: wrong.For(name), Weight: i18n.T(ctx, "ideas.jury.weight", "percent", k.Weight)}
		for g := Lowest; g <= Highest; g++ {
			card := gradeCard{ID: row.ID, Value: itoa(g), Word: k.Words[g-Lowest], On: v.Has(name, itoa(g))}
			if g > Lowest {
				card.ID += "-" + card.Value
			}
			row.Cards = append(row.Cards, card)
		}
		out = append(out, row)
	}
	return out
}

func (m *Module) sheetFacts(ctx context.Context, k work) ui.Facts {
	lang := i18n.Of(ctx)
	f := ui.Facts{{Name: i18n.T(ctx, "ideas.jury.fact.supports"), Text: i18n.Number(ctx, int64(k.Idea.Supports))}}
	if t, ok := k.Charter.Territories.Get(k.Idea.Place); ok {
		f = append(f, ui.Fact{Name: i18n.T(ctx, "ideas.jury.fact.place"), Text: t.Name.In(lang)})
	}
	if k.Idea.Cost > 0 {
		f = append(f, ui.Fact{Name: i18n.T(ctx, "ideas.jury.fact.cost"), Text: k.Challenge.Currency + " " + i18n.Number(ctx, k.Idea.Cost/100)})
	}
	return append(f, ui.Fact{Name: i18n.T(ctx, "ideas.jury.fact.page"), Text: k.Idea.Number, Href: ideaHref(k.Idea.Number)})
}

// fillSaid adds the official answers and the first comments.
func (m *Module) fillSaid(ctx context.Context, k work, p *sheetView) error {
	for _, a := range k.Replies {
		p.Replies = append(p.Replies, said{Who: m.bodyName(ctx, k.Charter, a.Body), When: dayOf(ctx, a.At), Text: a.Text})
	}
	if k.Idea.Comments == 0 {
		return nil
	}
	page, err := m.City.Comments(ctx, k.Idea.Number, "")
	if err != nil {
		return err
	}
	for _, c := range page.Comments {
		if c.Text == "" {
			continue
		}
		who := i18n.T(ctx, "ideas.jury.voice", "number", c.Voice)
		if c.Body != "" {
			who = m.bodyName(ctx, k.Charter, c.Body)
		}
		p.Comments = append(p.Comments, said{Who: who, When: dayOf(ctx, c.At), Text: c.Text})
	}
	if page.Next != "" {
		p.More = ideaHref(k.Idea.Number) + "#comentarios"
	}
	return nil
}

// sheetOf reads a sheet from its form. A grade that is no number is one that the
// check refuses.
func sheetOf(typed url.Values) Sheet {
	s := Sheet{Grades: map[string]int{}, Note: typed.Get("note")}
	for name := range typed {
		code, is := codeOf(name)
		if !is || typed.Get(name) == "" {
			continue
		}
		g, err := strconv.Atoi(typed.Get(name))
		if err != nil {
			g = 0
		}
		s.Grades[code] = g
	}
	return s
}

// keepSheet stores what stands on the sheet while it is filled in.
func (m *Module) keepSheet(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	if err := m.Keep(r.Context(), r.PathValue("number"), sheetOf(typed)); err != nil {
		return err
	}
	return m.saved(w, r)
}

// finishSheet stores the sheet and leads to the next idea.
func (m *Module) finishSheet(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	if err := m.Finish(ctx, number, sheetOf(typed)); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return m.sheet(r, typed, wrong) })
	}
	k, err := m.begin(ctx, number)
	if err != nil {
		return err
	}
	return m.goOn(w, r, k.Challenge, k.Review.Spot, "ideas.jury.flash.finished")
}

// conflictView asks why a juror cannot judge an idea.
type conflictView struct {
	Heading ui.Heading
	Confirm ui.Confirm
}

func (m *Module) conflictPage(w http.ResponseWriter, r *http.Request) error {
	p, err := m.conflict(r, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

func (m *Module) conflict(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	k, err := m.begin(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	title := i18n.T(ctx, "ideas.jury.conflict.title")
	p := conflictView{
		Heading: ui.Heading{Crumbs: []ui.Link{{Href: sheetHref(k.Idea.Number), Text: k.Idea.Title}}, Over: k.Idea.Number, Title: title, Lead: i18n.T(ctx, "ideas.jury.conflict.lead")},
		Confirm: ui.Confirm{Title: k.Idea.Title, Text: i18n.T(ctx, "ideas.jury.conflict.text"), Tone: ui.Warn, Cancel: sheetHref(k.Idea.Number),
			Form: ui.Form{ID: "conflicto", Values: typed, Errors: wrong}, Yes: ui.Button{Text: i18n.T(ctx, "ideas.jury.conflict.yes")}},
	}
	page := pageOf(title, conflictBody(p))
	page.Narrow = true
	return page, nil
}

func (m *Module) declareConflict(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	k, err := m.begin(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	if err := m.Declare(ctx, k.Idea.Number, typed.Get("reason")); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return m.conflict(r, ui.Values(typed), wrong) })
	}
	return m.goOn(w, r, k.Challenge, k.Review.Spot, "ideas.jury.flash.conflict")
}
