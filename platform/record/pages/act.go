package pages

import (
	"context"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"ronda/platform/i18n"
	"ronda/platform/record"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// actPage is /registro/{n}.
type actPage struct {
	Heading ui.Heading
	About   string // page of what it happened to, may be empty
	Facts   ui.Facts
	Texts   []record.Text
	Leaf    string
	Path    path
	Proof   record.Proof
	Tried   *ui.Notice // what came of the leaf that was tried
	Form    ui.Form
	Href    string
	Pager   ui.Pager
}

func (p *Pages) act(w http.ResponseWriter, r *http.Request) error { return p.showAct(w, r, nil) }

// try computes the path from a leaf that a visitor may have changed.
func (p *Pages) try(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	leaf := form.Get("leaf")
	return p.showAct(w, r, &leaf)
}

func (p *Pages) showAct(w http.ResponseWriter, r *http.Request, tried *string) error {
	ctx := r.Context()
	index, err := number(r)
	if err != nil {
		return err
	}
	act, err := p.record.Act(ctx, index)
	if err != nil {
		return err
	}
	proof, err := p.record.ProofAt(ctx, index)
	if err != nil {
		return err
	}
	page := p.actPage(ctx, act, proof)
	page.Form = ui.Form{ID: "try", Action: page.Href + "#probar", Values: ui.Values{"leaf": {act.Text}}}
	if tried != nil {
		page.Form.Values = ui.Values{"leaf": {*tried}}
		page.Tried = outcome(ctx, proof, *tried)
	}
	return web.Render(w, r, web.Page{Title: page.Heading.Title, Section: "record", Body: actBody(page)})
}

// outcome says whether a leaf leads to the seal.
func outcome(ctx context.Context, proof record.Proof, leaf string) *ui.Notice {
	if proof.Check(leaf) == nil {
		return &ui.Notice{Tone: ui.Good, Title: i18n.T(ctx, "record.tried"), Text: i18n.T(ctx, "record.tried.text")}
	}
	proof.Leaf = leaf
	root := proof.Root()
	return &ui.Notice{Tone: ui.Bad, Title: i18n.T(ctx, "record.tried.not"), Text: i18n.T(ctx, "record.tried.not.text", "root", root.String())}
}

func (p *Pages) actPage(ctx context.Context, a record.Act, proof record.Proof) actPage {
	size := proof.Checkpoint.Size
	m := p.moment(ctx, a)
	page := actPage{
		Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/registro", Text: i18n.T(ctx, "record.title")}}, Title: m.Title,
			Over: i18n.T(ctx, "record.act.of", "number", i18n.Number(ctx, a.Number()), "size", i18n.Number(ctx, size))},
		About: m.Href, Facts: p.facts(ctx, a), Texts: a.Texts, Leaf: a.Text, Path: drawPath(proof), Proof: proof, Href: actHref(a.Number()),
	}
	if a.Index > 0 {
		page.Pager.Earlier = actHref(a.Number() - 1)
	}
	if a.Number() < size {
		page.Pager.Later = actHref(a.Number() + 1)
	}
	return page
}

// facts is the leaf in words: every name and value that is hashed.
func (p *Pages) facts(ctx context.Context, a record.Act) ui.Facts {
	zone := web.Zone(ctx)
	facts := ui.Facts{
		{Name: i18n.T(ctx, "record.fact.kind"), Text: a.Leaf.Kind},
		{Name: i18n.T(ctx, "record.fact.at"), Text: i18n.DateTime(ctx, a.Leaf.At.In(zone))},
		{Name: i18n.T(ctx, "record.fact.recorded"), Text: i18n.DateTime(ctx, a.Leaf.Recorded.In(zone))},
		{Name: i18n.T(ctx, "record.fact.subject"), Text: a.Leaf.Subject.Kind + " " + a.Leaf.Subject.ID},
	}
	add := func(name, text string) {
		if text != "" {
			facts = append(facts, ui.Fact{Name: name, Text: text})
		}
	}
	for _, s := range a.Leaf.Related {
		add(i18n.T(ctx, "record.fact.related"), s.Kind+" "+s.ID)
	}
	add(i18n.T(ctx, "record.fact.post"), a.Leaf.Post)
	add(i18n.T(ctx, "record.fact.body"), a.Leaf.Body)
	for _, name := range slices.Sorted(maps.Keys(a.Leaf.Data)) {
		add(name, a.Leaf.Data[name])
	}
	return append(facts, ui.Fact{Name: i18n.T(ctx, "record.fact.actor"), View: long(a.Leaf.Actor)})
}

// proof is the proof of an act as a file that any program for such proofs reads.
func (p *Pages) proof(w http.ResponseWriter, r *http.Request) error {
	index, err := number(r)
	if err != nil {
		return err
	}
	proof, err := p.record.ProofAt(r.Context(), index)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="acto-`+strconv.FormatInt(index+1, 10)+`.tlog-proof"`)
	_, _ = io.WriteString(w, proof.String()) // the visitor may have left
	return nil
}

func textFacts(ctx context.Context, t record.Text) ui.Facts {
	facts := ui.Facts{{Name: i18n.T(ctx, "record.text.is"), View: long(t.Digest)}}
	if !t.Erased {
		facts = append(facts, ui.Fact{Name: i18n.T(ctx, "record.text.salt"), View: long(t.Salt)})
	}
	return facts
}
