package opinions

import (
	"context"
	"net/http"

	"ronda/city/roundtable/wording"
	"ronda/method/opinion"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// mapPage is the page of the statements and their map.
type mapPage struct {
	Heading ui.Heading
	Figures ui.Figures
	Ballot  ballotPanel
	Picture Picture
	Drawing Drawing
	Table   ui.Table
	Tools   []ui.Link // for those who seed and moderate
	Files   []ui.Link
	Few     bool // too few people for a file of answers
	List    string
	Propose string
	Log     string
	Folder  string // address of the files, for the command
}

// ballotPanel is where one statement is answered.
type ballotPanel struct {
	Action    string
	Statement Statement // the one to answer; none when No is 0
	By        string
	SignedIn  bool
	Open      bool
	Draft     bool
	Empty     bool // there is no statement at all
	Given     int  // answers of the reader
	All       int  // statements that can be answered
	Last      *lastAnswer
	Propose   string
}

// lastAnswer is what the reader said just now.
type lastAnswer struct {
	Statement Statement
	Answer    opinion.Vote
}

// getMap shows the statement to answer, the map, what unites and what each group
// stands for.
func (m *Module) getMap(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := m.enter(r)
	if err != nil {
		return err
	}
	p := mapPage{List: v.Challenge.href("/afirmaciones"), Log: v.Challenge.href("/registro")}
	if p.Ballot, err = v.ballot(ctx, web.Network(r)); err != nil {
		return err
	}
	p.Picture, p.Drawing = v.room.view(v.who.Person)
	p.Heading = ui.Heading{Crumbs: v.crumbs(ctx, false), Over: v.Challenge.Number + " · " + i18n.T(ctx, "ideas.opinions.title"), Title: v.Challenge.Question,
		Lead: i18n.T(ctx, "ideas.opinions.lead")}
	p.Figures = figuresOf(ctx, p.Picture)
	if p.Picture.Drawn() {
		p.Table = tableOf(ctx, p.Picture)
	}
	p.Tools, p.Propose, p.Folder = v.tools(ctx), p.Ballot.Propose, web.Origin(ctx)+v.Challenge.href("")
	p.Few = p.Picture.People < opinion.FewestShown
	p.Files = v.files(ctx, p.Few)
	page := v.page(v.Challenge.Question+" · "+i18n.T(ctx, "ideas.opinions.title"), mapBody(p))
	page.Description, page.Private = p.Heading.Lead, v.Challenge.Draft
	return web.Render(w, r, page)
}

// ballot is the statement to answer next. Visitors meet another one from each
// network and day, so that they do not all begin with the same.
func (v *visit) ballot(ctx context.Context, network string) (ballotPanel, error) {
	c := v.Challenge
	b := ballotPanel{Action: c.href(""), SignedIn: v.who.SignedIn(), Open: c.Open, Draft: c.Draft}
	if c.Open {
		b.Propose = c.href("/proponer")
	}
	for _, s := range v.room.list() {
		if s.State == Shown {
			b.All++
		}
	}
	b.Empty = b.All == 0
	if b.SignedIn {
		if err := v.given(ctx, &b); err != nil {
			return b, err
		}
	}
	participant := v.who.Person
	if participant == "" {
		participant = "visitor " + network
	}
	if s, ok := v.room.next(participant, string(v.Charter.Today(clock.Now(ctx)))); ok && c.Open {
		b.Statement, b.By = s, v.by(ctx, s)
	}
	return b, nil
}

// given adds what the reader has answered so far.
func (v *visit) given(ctx context.Context, b *ballotPanel) error {
	rows, err := v.m.votesOf(ctx, v.Challenge.ID, v.who.Person)
	for _, row := range rows {
		s, ok := v.room.statement(Statement{No: row.No}.Code())
		if !ok || s.State != Shown {
			continue
		}
		b.Given++
		if b.Last == nil {
			b.Last = &lastAnswer{s, row.Answer}
		}
	}
	return err
}

// by says who wrote a statement: a body by its name, a citizen without one.
func (v *visit) by(ctx context.Context, s Statement) string {
	if s.Body == "" {
		return i18n.T(ctx, "ideas.opinions.by.citizen")
	}
	return i18n.T(ctx, "ideas.opinions.by.body", "body", wording.Of(ctx, v.Charter, v.m.People).Body(ctx, s.Body))
}

// tools lead those who seed and moderate to their pages.
func (v *visit) tools(ctx context.Context) []ui.Link {
	var links []ui.Link
	if v.may(Seed) && (v.Challenge.Open || v.Challenge.Draft) {
		links = append(links, ui.Link{Href: v.Challenge.href("/sembrar"), Text: i18n.T(ctx, "ideas.opinions.seed.title")})
	}
	if v.may(Moderate) {
		links = append(links, ui.Link{Href: v.Challenge.href("/moderar"), Text: i18n.T(ctx, "ideas.opinions.queue.title")})
	}
	return links
}

func (v *visit) files(ctx context.Context, few bool) []ui.Link {
	links := []ui.Link{{Href: v.Challenge.href("/comments.csv"), Text: i18n.T(ctx, "ideas.opinions.files.statements")}}
	if few {
		return links
	}
	return append([]ui.Link{{Href: v.Challenge.href("/participants-votes.csv"), Text: i18n.T(ctx, "ideas.opinions.files.votes")}},
		append(links, ui.Link{Href: v.Challenge.href("/opiniones.json"), Text: i18n.T(ctx, "ideas.opinions.files.json")})...)
}

func figuresOf(ctx context.Context, p Picture) ui.Figures {
	return ui.Figures{
		{Value: i18n.Number(ctx, int64(p.People)), Text: i18n.T(ctx, "ideas.opinions.figure.people", "count", p.People)},
		{Value: i18n.Number(ctx, int64(p.Answers)), Text: i18n.T(ctx, "ideas.opinions.figure.answers", "count", p.Answers)},
		{Value: i18n.Number(ctx, int64(p.Statements)), Text: i18n.T(ctx, "ideas.opinions.figure.statements", "count", p.Statements)},
	}
}

// tableOf is the map's table: how all and each group answered each statement.
func tableOf(ctx context.Context, p Picture) ui.Table {
	t := ui.Table{Caption: i18n.T(ctx, "ideas.opinions.table.caption"), Columns: []ui.Head{{Text: i18n.T(ctx, "ideas.opinions.table.statement")}, {Text: i18n.T(ctx, "ideas.opinions.table.all"), Number: true}}}
	for _, g := range p.Groups {
		t.Columns = append(t.Columns, ui.Head{Text: i18n.T(ctx, "ideas.opinions.group", "letter", g.Letter), Number: true})
	}
	for _, row := range p.Rows {
		cells := ui.Row{{Text: row.Statement.Text}, {Text: row.All.short(ctx)}}
		for _, s := range row.Groups {
			cells = append(cells, ui.Cell{Text: s.short(ctx)})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// short is a share in the space of a cell: who agrees and who does not.
func (s Share) short(ctx context.Context) string {
	if s.Hidden {
		return i18n.T(ctx, "ideas.opinions.share.hidden_short")
	}
	return i18n.T(ctx, "ideas.opinions.share.short", "agree", s.Agree, "disagree", s.Disagree)
}
