package jury

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// owedPageView is what a juror owes, challenge by challenge.
type owedPageView struct {
	Heading ui.Heading
	Rows    []owedRow
	Empty   ui.Empty
	Reading string // address of the ideas to read, empty for who reads none
}

// owedRow is one challenge.
type owedRow struct {
	Href, Title, Meta string
	Progress          ui.Progress
	State             ui.State
	Next              ui.Button // empty when nothing is owed
}

func (m *Module) owedPage(w http.ResponseWriter, r *http.Request) error {
	ctx, who := r.Context(), people.Me(r.Context())
	if !who.SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	loads, err := db.Query[Load](ctx, m.DB, `SELECT challenge, person, owed, done FROM jury_load WHERE person = $1 ORDER BY owed DESC, challenge`, who.Person)
	if err != nil {
		return err
	}
	p := owedPageView{Heading: ui.Heading{Title: i18n.T(ctx, "ideas.jury.owed.title"), Lead: i18n.T(ctx, "ideas.jury.owed.lead")},
		Empty: ui.Empty{Title: i18n.T(ctx, "ideas.jury.owed.empty"), Text: i18n.T(ctx, "ideas.jury.owed.empty.text"),
			Action: ui.Link{Href: "/desafios", Text: i18n.T(ctx, "ideas.jury.challenges")}}}
	for _, l := range loads {
		row, ok, err := m.owedRow(ctx, l, len(p.Rows) == 0)
		if err != nil {
			return err
		}
		if ok {
			p.Rows = append(p.Rows, row)
		}
	}
	if _, _, err := m.reads(ctx); err == nil {
		p.Reading = "/mi-escritorio/ideas/lectura"
	}
	return web.Render(w, r, pageOf(p.Heading.Title, owedBody(p)))
}

func (m *Module) owedRow(ctx context.Context, l Load, first bool) (owedRow, bool, error) {
	c, err := m.City.ChallengeByID(ctx, l.Challenge)
	if fault.Is(err, fault.NotFound) {
		return owedRow{}, false, nil
	}
	if err != nil {
		return owedRow{}, false, err
	}
	row := owedRow{Href: juryHref(c.Number), Title: c.Title, Meta: c.Number, Progress: progress(ctx, l)}
	if l.Owed == 0 || !grading(c.Phase) {
		row.State = ui.State{Tone: ui.Good, Text: i18n.T(ctx, "ideas.jury.owed.done")}
		return row, true, nil
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return row, false, err
	}
	row.Meta += " · " + i18n.T(ctx, "ideas.jury.until", "day", i18n.ShortDate(ctx, dueOf(c, ch.City.Zone).Time(time.UTC)))
	row.Next = ui.Button{Text: i18n.T(ctx, "ideas.jury.go_on"), Of: ": " + c.Title, Href: juryHref(c.Number) + "/siguiente", Weight: ui.Quiet}
	if first {
		row.Next.Weight = ui.Primary
	}
	return row, true, nil
}

// progress is how much of a juror's own is done.
func progress(ctx context.Context, l Load) ui.Progress {
	return ui.Progress{Label: i18n.T(ctx, "ideas.jury.progress"), Done: float64(l.Done), Whole: float64(max(l.All(), 1)),
		Text: i18n.T(ctx, "ideas.jury.progress.mine", "done", l.Done, "all", l.All())}
}

// minePageView is everything a juror was given in one challenge.
type minePageView struct {
	Heading  ui.Heading
	Progress ui.Progress
	Next     ui.Button
	Tabs     ui.Tabs
	Table    ui.Table
	Empty    ui.Empty
	Pager    ui.Pager
	Sealed   ui.Notice
}

// ofMine are the states that a juror lists, by their word in the address.
var ofMine = []struct {
	word  string
	state State
}{{"", Owed}, {"hechas", Done}, {"conflictos", Conflict}}

const minePageSize = 30

// juror reads a challenge that the person of the context evaluates.
func (m *Module) juror(ctx context.Context, number string) (ideas.Case, error) {
	c, err := m.City.Challenge(ctx, number)
	if err != nil {
		return c, err
	}
	_, err = c.Require(people.Me(ctx), ideas.MayEvaluate)
	return c, err
}

func (m *Module) minePage(w http.ResponseWriter, r *http.Request) error {
	ctx, asked := r.Context(), r.URL.Query()
	c, err := m.juror(ctx, r.PathValue("challenge"))
	if err != nil {
		return err
	}
	l, err := m.loadOf(ctx, c.Challenge.ID, people.Me(ctx).Person)
	if err != nil {
		return err
	}
	number := c.Challenge.Number
	p := minePageView{Progress: progress(ctx, l), Tabs: mineTabs(ctx, number, asked.Get("ver"), l),
		Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/mi-escritorio/ideas/jurado", Text: i18n.T(ctx, "ideas.jury.owed.title")}},
			Over: number, Title: c.Challenge.Title, Lead: c.Challenge.Question},
		Sealed: ui.Notice{Tone: ui.Info, Text: i18n.T(ctx, "ideas.jury.sealed_note")}}
	if l.Owed > 0 && grading(c.Challenge.Phase) {
		p.Next = ui.Button{Text: i18n.T(ctx, "ideas.jury.go_on"), Href: juryHref(number) + "/siguiente"}
	}
	if err := m.mineRows(ctx, c, asked, &p); err != nil {
		return err
	}
	return web.Render(w, r, pageOf(c.Challenge.Title, mineBody(p)))
}

func mineTabs(ctx context.Context, number, word string, l Load) ui.Tabs {
	t := ui.Tabs{Label: i18n.T(ctx, "ideas.jury.mine")}
	for i, s := range ofMine {
		item := ui.NavItem{Href: juryHref(number), Text: i18n.T(ctx, "ideas.jury.mine."+string(s.state)), Current: s.word == word, Count: []int{l.Owed, l.Done, 0}[i]}
		if s.word != "" {
			item.Href += "?ver=" + s.word
		}
		t.Items = append(t.Items, item)
	}
	return t
}

// mineRows fills the table of one state.
func (m *Module) mineRows(ctx context.Context, c ideas.Case, asked url.Values, p *minePageView) error {
	state := Owed
	for _, s := range ofMine {
		if s.word == asked.Get("ver") {
			state = s.state
		}
	}
	after, err := strconv.ParseInt(asked.Get("desde"), 10, 64)
	if err != nil {
		after = -1
	}
	rows, err := m.mine(ctx, c.Challenge.ID, people.Me(ctx).Person, state, after, minePageSize+1)
	if err != nil {
		return err
	}
	if len(rows) > minePageSize {
		rows = rows[:minePageSize]
		next := url.Values{"ver": {asked.Get("ver")}, "desde": {strconv.FormatInt(rows[minePageSize-1].Spot, 10)}}
		p.Pager.Later = juryHref(c.Challenge.Number) + "?" + next.Encode()
	}
	p.Empty = ui.Empty{Title: i18n.T(ctx, "ideas.jury.mine.empty."+string(state))}
	titles, err := m.titles(ctx, rows)
	if err != nil {
		return err
	}
	p.Table = ui.Table{Caption: i18n.T(ctx, "ideas.jury.mine."+string(state)), HideCaption: true,
		Columns: []ui.Head{{Text: i18n.T(ctx, "ideas.jury.idea")}, {Text: i18n.T(ctx, "ideas.jury.number")}, {Text: i18n.T(ctx, "ideas.jury.where."+string(state))}}}
	for _, v := range rows {
		where := v.Reason
		if state != Conflict {
			where = gradedText(ctx, v, len(c.Challenge.Criteria))
		}
		first := ui.Cell{Text: titles[v.Idea], Href: sheetHref(v.Number)}
		if state == Conflict {
			first.Href = ideaHref(v.Number)
		}
		p.Table.Rows = append(p.Table.Rows, ui.Row{first, {Text: v.Number}, {Text: where}})
	}
	return nil
}

// titles are the titles of the ideas of reviews, by id.
func (m *Module) titles(ctx context.Context, rows []Review) (map[string]string, error) {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.Idea)
	}
	cards, err := m.City.Cards(ctx, ids...)
	out := map[string]string{}
	for _, r := range rows {
		out[r.Idea] = r.Number // of one that is gone
	}
	for _, c := range cards {
		out[c.ID] = c.Title
	}
	return out, err
}

// gradedText is how far a sheet is filled in.
func gradedText(ctx context.Context, r Review, criteria int) string {
	g, err := r.grades()
	if err != nil || len(g) == 0 {
		return i18n.T(ctx, "ideas.jury.graded.none")
	}
	return i18n.T(ctx, "ideas.jury.graded", "done", len(g), "all", criteria)
}

// toNext leads to the next idea that the juror owes.
func (m *Module) toNext(w http.ResponseWriter, r *http.Request) error {
	c, err := m.juror(r.Context(), r.PathValue("challenge"))
	if err != nil {
		return err
	}
	return m.goOn(w, r, c.Challenge, -1, "")
}

// goOn leads to the next idea owed after a spot, or to the list when all is done.
func (m *Module) goOn(w http.ResponseWriter, r *http.Request, c ideas.Challenge, after int64, flash string) error {
	number, err := m.next(r.Context(), c.ID, people.Me(r.Context()).Person, after)
	if err != nil {
		return err
	}
	if number == "" {
		return web.Redirect(w, r, juryHref(c.Number)+"?ver=hechas", "ideas.jury.flash.all_done")
	}
	return web.Redirect(w, r, sheetHref(number), flash)
}
