package pages

import (
	"net/http"
	"strconv"

	"ronda/city/ideas"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// rulesPage shows the rules as they were published, each version with its hash.
type rulesPage struct {
	Heading ui.Heading
	Items   []ruleView
	Empty   string
}

type ruleView struct {
	Title, When, Reason, Hash, File, JSON string
}

func (p *Pages) rules(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	c, err := p.ideas.Challenge(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	all, err := p.ideas.RuleVersions(ctx, c.ID)
	if err != nil {
		return err
	}
	view := rulesPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/desafios", Text: t(ctx, "challenges.title")}, {Href: "/desafios/" + c.Number, Text: c.Title}},
		Title: t(ctx, "rules.title"), Lead: t(ctx, "rules.lead")}, Empty: t(ctx, "rules.none")}
	for _, x := range all {
		view.Items = append(view.Items, ruleView{Title: t(ctx, "version", "n", x.Version), When: say.exact(ctx, x.At), Reason: x.Reason, Hash: x.Hash,
			File: "/desafios/" + c.Number + "/reglas/" + fileOf(x), JSON: x.JSON})
	}
	page := pageOf(view.Heading.Title+": "+c.Title, view.Heading.Lead, rulesBody(view))
	page.Private = !c.Public()
	return web.Render(w, r, page)
}

// fileOf is the name of the rules as a file.
func fileOf(x ideas.RuleVersion) string { return "v" + strconv.Itoa(x.Version) + ".json" }

// rulesFile sends the rules byte by byte as they were hashed.
func (p *Pages) rulesFile(w http.ResponseWriter, r *http.Request) error {
	c, err := p.ideas.Challenge(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	all, err := p.ideas.RuleVersions(r.Context(), c.ID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if fileOf(x) == r.PathValue("file") {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Disposition", `attachment; filename="`+c.Number+"-"+fileOf(x)+`"`)
			_, err := w.Write([]byte(x.JSON))
			return err
		}
	}
	return fault.New(fault.NotFound, "fault.notfound")
}
