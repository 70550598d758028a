package pages

import (
	"context"
	"net/http"
	"strings"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// familyView is the ideas that are alike by consent, with how many persons
// support at least one of them.
type familyView struct {
	Count, Text string
	Members     []familyMember
	Leave       string // address of leaving it; empty for who may not
}

type familyMember struct {
	Href, Title, Supports string
	Here                  bool
	Part                  float64 // of the largest
}

func (w words) family(ctx context.Context, v ideas.View) *familyView {
	f := &familyView{Count: i18n.Number(ctx, int64(v.Family.Supporters)), Text: t(ctx, "family.supporters", "count", v.Family.Supporters)}
	largest := 1
	for _, c := range v.Family.Ideas {
		largest = max(largest, c.Supports)
	}
	for _, c := range v.Family.Ideas {
		f.Members = append(f.Members, familyMember{"/ideas/" + c.Number, c.Title, t(ctx, "supports.n", "count", c.Supports), c.ID == v.Idea.ID, float64(c.Supports) / float64(largest)})
	}
	if v.May[ideas.MayLeaveFamily] {
		f.Leave = "/ideas/" + v.Idea.Number + "/familia"
	}
	return f
}

// familyPage asks for a family with another idea.
func (p *Pages) familyPage(w http.ResponseWriter, r *http.Request) error {
	page, err := p.familyForm(r, ui.Values{"other": {r.URL.Query().Get("con")}}, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) familyForm(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx, number := r.Context(), r.PathValue("number")
	v, err := p.ideas.Idea(ctx, number)
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Require(people.Me(ctx), ideas.MayAskFamily); err != nil {
		return web.Page{}, err
	}
	near, err := p.ideas.Similar(ctx, number)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return web.Page{}, err
	}
	f := actPage{
		Heading: ui.Heading{Crumbs: crumbsTo(ctx, v.Idea), Title: t(ctx, "family.ask"), Lead: t(ctx, "family.lead")},
		Form:    ui.Form{Action: "/ideas/" + number + "/familia", Values: typed, Errors: wrong},
		Yes:     ui.Button{Text: t(ctx, "family.send")},
	}
	if options := likeOptions(ctx, near, typed.Get("other")); len(options) > 0 {
		f.Fields = append(f.Fields, ui.Field{Name: "near", Label: t(ctx, "family.near"), Kind: ui.Radios, Options: options})
	}
	f.Fields = append(f.Fields,
		ui.Field{Name: "other", Label: t(ctx, "family.other"), Hint: t(ctx, "family.other.hint", "example", number), Short: true},
		ui.Field{Name: "why", Label: t(ctx, "family.why"), Hint: t(ctx, "family.why.hint"), Kind: ui.Area, Rows: 3, Max: ideas.ReasonMax})
	return f.page(), nil
}

func likeOptions(ctx context.Context, near []ideas.Like, chosen string) []ui.Option {
	var out []ui.Option
	for _, n := range near {
		if n.Number != chosen {
			out = append(out, ui.Option{Value: n.Number, Text: n.Title, Hint: join(n.Number, t(ctx, "supports.n", "count", n.Supports))})
		}
	}
	return out
}

// askFamily asks for it, or leaves the one the idea is in.
func (p *Pages) askFamily(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	if typed.Get("leave") != "" {
		if err := p.ideas.LeaveFamily(ctx, number); err != nil {
			return err
		}
		return web.Redirect(w, r, "/ideas/"+number, "ideas.pages.flash.family_left")
	}
	other := strings.ToUpper(strings.TrimSpace(typed.Get("other")))
	if other == "" {
		other = typed.Get("near")
	}
	if _, err := p.ideas.AskFamily(ctx, number, other, typed.Get("why")); err != nil {
		return again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.familyForm(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, "/ideas/"+number, "ideas.pages.flash.family_asked")
}
