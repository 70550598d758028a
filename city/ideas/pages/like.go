package pages

import (
	"context"
	"net/http"
	"strings"

	"ronda/city/ideas"
	"ronda/platform/web"
)

// likeList is what may be the same idea.
type likeList struct {
	Items []likeView
	Kin   string // the one that the writer wants to be a family with
}

type likeView struct{ Number, Href, Title, Line, Supports string }

// likeShown is how many ideas that may be the same are shown: more would stand
// between the writer and the page.
const likeShown = 3

// alike are the ideas that the title is like.
func (p *Pages) alike(ctx context.Context, title, challenge, kin string) (likeList, error) {
	out := likeList{Kin: kin}
	if len([]rune(strings.TrimSpace(title))) < 4 {
		return out, nil
	}
	found, err := p.ideas.Typing(ctx, cut(title, ideas.TitleMax), challenge)
	for _, f := range found[:min(len(found), likeShown)] {
		out.Items = append(out.Items, likeView{f.Number, "/ideas/" + f.Number, f.Title, f.Line, t(ctx, "supports.n", "count", f.Supports)})
	}
	return out, err
}

// typing answers while a title is typed.
func (p *Pages) typing(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	challenge := ""
	if number := q.Get("desafio"); number != "" {
		c, err := p.ideas.Challenge(ctx, number)
		if err != nil {
			return err
		}
		challenge = c.ID
	}
	list, err := p.alike(ctx, q.Get("title"), challenge, "")
	if err != nil {
		return err
	}
	return web.RenderPart(w, r, likeBox(list))
}
