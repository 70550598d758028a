package pages

import (
	"context"
	"net/http"
	"strconv"

	"ronda/city/ideas"
	"ronda/platform/ui"
)

// commentList is a page of the comments of an idea, in two levels.
type commentList struct {
	Title string
	Items []commentView
	Pager ui.Pager
	Form  *ui.Form // nil for who may not comment now
	Enter string   // address of the sign-in page, for a visitor
}

type commentView struct {
	ID, Who, When, Stamp, Text string
	Hidden                     string // why it is out of sight
	Reply, Official, Author    bool
	Answer, Report             string // addresses, empty for who may not
}

func (p *Pages) comments(ctx context.Context, say words, v ideas.View, r *http.Request) (commentList, error) {
	const param = "comentarios"
	base := "/ideas/" + v.Idea.Number
	page, err := p.ideas.CommentsOf(ctx, v.Idea, r.URL.Query().Get(param))
	if err != nil {
		return commentList{}, err
	}
	out := commentList{Title: t(ctx, "comments", "count", page.Total)}
	for _, c := range page.Comments {
		out.Items = append(out.Items, say.comment(ctx, v, c))
	}
	if page.Next != "" {
		out.Pager.Later = base + "?" + param + "=" + page.Next + "#comentarios"
	}
	if r.URL.Query().Get(param) != "" {
		out.Pager.Earlier = base + "#comentarios"
	}
	switch {
	case !v.Idea.Public():
	case v.May[ideas.MayComment]:
		out.Form = &ui.Form{ID: "comment", Action: base + "/comentar"}
	default:
		out.Enter = p.signInTo(base + "#comentarios")
	}
	return out, nil
}

func (w words) comment(ctx context.Context, v ideas.View, c ideas.Comment) commentView {
	base := "/ideas/" + v.Idea.Number
	out := commentView{ID: c.ID, When: w.when(ctx, c.At), Stamp: stamp(c.At), Text: c.Text, Reply: c.Reply(), Official: c.Post != "", Author: c.Author}
	switch {
	case c.Post != "":
		out.Who = join(w.post(c.Post), w.body(ctx, c.Body))
	case c.Author:
		out.Who = t(ctx, "voice.author")
	default:
		out.Who = t(ctx, "voice", "n", strconv.Itoa(c.Voice))
	}
	if c.Hidden != "" {
		out.Hidden = t(ctx, "comment.hidden", "reason", c.Hidden)
		return out
	}
	if v.May[ideas.MayComment] && v.Idea.Public() {
		out.Answer = base + "/comentar?a=" + c.Root
		out.Report = base + "/denunciar?comentario=" + c.ID
	}
	return out
}
