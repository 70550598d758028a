package opinions

import (
	"context"
	"net/http"
	"strconv"

	"ronda/method/opinion"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// pageSize is how many statements a page lists.
const pageSize = 40

// listPage is every statement with its figures and the reader's own answer.
type listPage struct {
	Heading ui.Heading
	Action  string
	Page    int
	Open    bool
	Items   []listItem
	Empty   ui.Empty
	Pager   ui.Pager
	Propose string
	Own     []ownItem // the reader's own that wait for a moderator or were taken off
}

// listItem is one statement in the list.
type listItem struct {
	Statement Statement
	By        string
	Share     Share
	Answer    *opinion.Vote // the reader's, nil for none
	Moderate  string        // addresses, empty for who may not
	Edit      string
}

// ownItem is a statement of the reader that others do not see.
type ownItem struct {
	Statement Statement
	Edit      string
}

// getList shows every statement, in the order of their numbers.
func (m *Module) getList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := m.enter(r)
	if err != nil {
		return err
	}
	p := listPage{Heading: v.heading(ctx, "ideas.opinions.list"), Action: v.Challenge.href(""), Open: v.Challenge.Open}
	if p.Open {
		p.Propose = v.Challenge.href("/proponer")
	}
	p.Empty = ui.Empty{Title: i18n.T(ctx, "ideas.opinions.list.empty"), Text: i18n.T(ctx, "ideas.opinions.list.empty_text"), Action: ui.Link{Href: p.Propose, Text: i18n.T(ctx, "ideas.opinions.propose.title")}}
	if !p.Open {
		p.Empty.Action = ui.Link{Href: v.Challenge.href(""), Text: i18n.T(ctx, "ideas.opinions.list.back")}
	}
	if err := v.fillList(ctx, &p, r.URL.Query().Get("pagina")); err != nil {
		return err
	}
	if err := v.fillOwn(ctx, &p); err != nil {
		return err
	}
	return web.Render(w, r, v.page(p.Heading.Title+" · "+v.Challenge.Title, listBody(p)))
}

// fillList adds a page of statements.
func (v *visit) fillList(ctx context.Context, p *listPage, asked string) error {
	all := v.room.list()
	pages := max(1, (len(all)+pageSize-1)/pageSize)
	p.Page, _ = strconv.Atoi(asked)
	p.Page = min(max(p.Page, 1), pages)
	var answers map[int]opinion.Vote
	if v.who.SignedIn() {
		var err error
		if answers, err = v.m.Answers(ctx, v.Challenge.ID, v.who.Person); err != nil {
			return err
		}
	}
	shares := v.shares()
	for _, s := range all[(p.Page-1)*pageSize : min(p.Page*pageSize, len(all))] {
		item := listItem{Statement: s, By: v.by(ctx, s), Share: shares[s.Code()]}
		if answer, ok := answers[s.No]; ok {
			item.Answer = &answer
		}
		item.Moderate, item.Edit = v.doors(s)
		p.Items = append(p.Items, item)
	}
	turn := func(page int) string { return v.Challenge.href("/afirmaciones?pagina=" + strconv.Itoa(page)) }
	if p.Page > 1 {
		p.Pager.Earlier = turn(p.Page - 1)
	}
	if p.Page < pages {
		p.Pager.Later = turn(p.Page + 1)
	}
	return nil
}

// shares are how all answered each statement, by its name on the map.
func (v *visit) shares() map[string]Share {
	out := map[string]Share{}
	for _, s := range v.room.alive().Map().Statements {
		out[s.ID] = shareOf(s.Agrees, s.Disagrees, s.All)
	}
	return out
}

// doors are the addresses where the reader may moderate and edit a statement.
func (v *visit) doors(s Statement) (moderate, edit string) {
	of := Case{v.Charter, v.Challenge, s}
	if _, ok := of.Can(v.who, Moderate); ok {
		moderate = v.Challenge.href("/moderar/" + s.Code())
	}
	if _, ok := of.Can(v.who, Edit); ok && !s.Voted && s.State != Rejected {
		edit = v.Challenge.href("/editar/" + s.Code())
	}
	return moderate, edit
}

// ownShown is how many of a reader's own statements are listed.
const ownShown = 20

// fillOwn adds the reader's own statements that others do not see.
func (v *visit) fillOwn(ctx context.Context, p *listPage) error {
	if !v.who.SignedIn() {
		return nil
	}
	own, err := v.m.ownStatements(ctx, v.Challenge.ID, v.who.Person, ownShown)
	for _, s := range own {
		if s.State != Shown {
			_, edit := v.doors(s)
			p.Own = append(p.Own, ownItem{s, edit})
		}
	}
	return err
}
