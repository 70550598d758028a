package pages

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// treePage is the government at a glance.
type treePage struct {
	Heading ui.Heading
	Filters ui.Filters
	Tops    []node // what stands at the top and has something below it
	Loose   []kin  // what stands alone, by kind
	Found   []node // what a search or a filter leaves, instead of the tree
	Picking bool   // a search or a filter is on
	Empty   ui.Empty
	Exports []ui.Link // the same list as a file
}

// node is a body with what is below it.
type node struct {
	Code, Name, Href string
	Kind             string // in the city's words
	Ministry         bool
	Head             string // who leads it, or how many sit on it; empty when nobody could
	Post             string // the post that leads it
	Vacant           bool
	Above            string // the ministry, in a list without the tree
	Below            []node
}

// kin are bodies of one kind.
type kin struct {
	Kind   string
	Bodies []node
}

// tree shows the bodies of today as a tree, or those that a search leaves.
func (p *Pages) tree(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	ch, err := p.people.Charter(ctx)
	if err != nil {
		return err
	}
	f := people.BodyFilter{Query: q.Get("q"), Kind: charter.Kind(q.Get("tipo"))}
	all, err := p.people.Bodies(ctx, people.BodyFilter{})
	if err != nil {
		return err
	}
	nodes, err := p.nodes(ctx, ch, all)
	if err != nil {
		return err
	}
	found := keep(all, f)
	if _, asked := table.Asked(r); asked {
		return table.Serve(w, r, i18n.T(ctx, "people.tree.title"), bodyColumns, bodyRows(found, nodes))
	}
	view := treePage{Exports: exports(r), Picking: f.Query != "" || f.Kind != "", Filters: treeFilters(ctx, ch, all, f),
		Heading: ui.Heading{Title: i18n.T(ctx, "people.tree.title"), Lead: i18n.T(ctx, "people.tree.lead", "count", len(all))},
		Empty:   ui.Empty{Title: i18n.T(ctx, "people.tree.none"), Text: i18n.T(ctx, "people.tree.none.text"), Action: ui.Link{Href: "/organismos", Text: i18n.T(ctx, "people.tree.all")}}}
	if view.Picking {
		view.Found = flat(found, nodes)
	} else {
		view.Tops, view.Loose = grow(all, nodes)
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Description: view.Heading.Lead, Section: partBodies, Body: treeBody(view)})
}

// keep is the bodies that the filter picks, in their order.
func keep(all []people.Body, f people.BodyFilter) []people.Body {
	return slices.DeleteFunc(slices.Clone(all), func(b people.Body) bool { return !f.Picks(b) })
}

// bodyColumns is the list of bodies as a file.
var bodyColumns = []table.Column{
	{Key: "code", Label: "people.column.code"}, {Key: "name", Label: "people.column.name"}, {Key: "kind", Label: "people.kind"},
	{Key: "parent", Label: "people.above"}, {Key: "ministry", Label: "people.ministry"}, {Key: "post", Label: "people.column.post"}, {Key: "lead", Label: "people.column.lead"},
	{Key: "from", Label: "people.column.from", Kind: table.Day}, {Key: "to", Label: "people.column.to", Kind: table.Day},
	{Key: "page", Label: "people.column.page", Kind: table.Link},
}

func bodyRows(found []people.Body, nodes map[string]node) table.Rows {
	return func(yield func([]any, error) bool) {
		for _, b := range found {
			n := nodes[b.Code]
			if !yield([]any{b.Code, b.Name, n.Kind, b.Parent, b.Ministry, n.Post, n.Head, b.From, b.To, n.Href}, nil) {
				return
			}
		}
	}
}

// exports are the links to the list of a request as a file.
func exports(r *http.Request) []ui.Link {
	var links []ui.Link
	for _, f := range table.Formats {
		links = append(links, ui.Link{Href: table.Address(r, f), Text: strings.ToUpper(string(f))})
	}
	return links
}

// nodes are the bodies with who leads them, by code, nothing below them yet.
func (p *Pages) nodes(ctx context.Context, ch *charter.Charter, all []people.Body) (map[string]node, error) {
	heads, err := p.heads(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(all))
	for _, b := range all {
		names[b.Code] = b.Name
	}
	out := make(map[string]node, len(all))
	for _, b := range all {
		n := node{Code: b.Code, Name: b.Name, Href: bodyHref(b.Code), Kind: ch.KindName(b.Kind).In(i18n.Of(ctx)), Ministry: b.Kind.Ministerial()}
		if h, ok := heads[b.Code]; ok {
			n.Head, n.Post, n.Vacant = h.text(ctx), h.title, len(h.names) == 0
		}
		if b.Ministry != b.Code {
			n.Above = names[b.Ministry]
		}
		out[b.Code] = n
	}
	return out, nil
}

// head is the post that leads a body and who holds it.
type head struct {
	title string
	names []string
}

// text is the name of the holder; of a board, how many sit on it.
func (h head) text(ctx context.Context) string {
	switch len(h.names) {
	case 0:
		return i18n.T(ctx, "people.vacant")
	case 1:
		return h.names[0]
	}
	return i18n.T(ctx, "people.members", "count", len(h.names))
}

// heads are the posts that lead the bodies today: the first that signs, else the
// first there is.
func (p *Pages) heads(ctx context.Context) (map[string]head, error) {
	day, err := p.people.Today(ctx)
	if err != nil {
		return nil, err
	}
	posts, err := p.people.Posts(ctx, day)
	if err != nil {
		return nil, err
	}
	names, err := p.holderNames(ctx, day)
	if err != nil {
		return nil, err
	}
	leads := map[string]people.Post{}
	for _, post := range posts {
		if first, ok := leads[post.Body]; !ok || (post.Signs && !first.Signs) {
			leads[post.Body] = post
		}
	}
	out := make(map[string]head, len(leads))
	for body, post := range leads {
		out[body] = head{post.Title, names[post.Code]}
	}
	return out, nil
}

// holderNames are the names of who holds each post on a day, longest first.
func (p *Pages) holderNames(ctx context.Context, day clock.Day) (map[string][]string, error) {
	terms, err := p.people.TermsOn(ctx, day)
	if err != nil {
		return nil, err
	}
	names, err := p.people.Names(ctx, personsOf(terms)...)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]string, len(terms))
	for _, t := range terms {
		out[t.Post] = append(out[t.Post], names[t.Person])
	}
	return out, nil
}

func personsOf(terms []people.Term) []string {
	ids := make([]string, len(terms))
	for i, t := range terms {
		ids[i] = t.Person
	}
	return ids
}

// flat is the found bodies as nodes.
func flat(found []people.Body, nodes map[string]node) []node {
	var out []node
	for _, b := range found {
		out = append(out, nodes[b.Code])
	}
	return out
}

// grow makes the tree: what has something below it, and the rest by kind.
func grow(all []people.Body, nodes map[string]node) (tops []node, loose []kin) {
	below := map[string][]people.Body{}
	for _, b := range all {
		below[b.Parent] = append(below[b.Parent], b)
	}
	var plant func(code string) node
	plant = func(code string) node {
		n := nodes[code]
		for _, b := range below[code] {
			n.Below = append(n.Below, plant(b.Code))
		}
		return n
	}
	for _, b := range below[""] {
		n := plant(b.Code)
		if len(n.Below) > 0 {
			tops = append(tops, n)
			continue
		}
		loose = gather(loose, n)
	}
	return tops, loose
}

// class colours what counts as a ministry.
func (n node) class() string {
	if n.Ministry {
		return "ax1"
	}
	return "ax0"
}

func gather(loose []kin, n node) []kin {
	i := slices.IndexFunc(loose, func(k kin) bool { return k.Kind == n.Kind })
	if i < 0 {
		return append(loose, kin{n.Kind, []node{n}})
	}
	loose[i].Bodies = append(loose[i].Bodies, n)
	return loose
}

// treeFilters are the search and the kinds of body there are.
func treeFilters(ctx context.Context, ch *charter.Charter, all []people.Body, f people.BodyFilter) ui.Filters {
	group := ui.FilterGroup{Name: i18n.T(ctx, "people.kind")}
	for _, k := range charter.Kinds {
		count := len(slices.DeleteFunc(slices.Clone(all), func(b people.Body) bool { return b.Kind != k }))
		if count == 0 {
			continue
		}
		choice := ui.Choice{Text: ch.KindName(k).In(i18n.Of(ctx)), Href: treeHref(f.Query, k), On: f.Kind == k, Count: count}
		if choice.On {
			choice.Href = treeHref(f.Query, "")
		}
		group.Choices = append(group.Choices, choice)
	}
	search := &ui.SearchBox{Action: "/organismos", Label: i18n.T(ctx, "people.tree.search"), Value: f.Query}
	if f.Kind != "" {
		search.Hidden = []ui.Pair{{Name: "tipo", Value: string(f.Kind)}}
	}
	return ui.Filters{Groups: []ui.FilterGroup{group}, Clear: "/organismos", Search: search}
}

func treeHref(query string, kind charter.Kind) string {
	v := url.Values{}
	if query != "" {
		v.Set("q", query)
	}
	if kind != "" {
		v.Set("tipo", string(kind))
	}
	return strings.TrimSuffix("/organismos?"+v.Encode(), "?")
}
