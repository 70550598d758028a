package jury

import (
	"net/http"

	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// readingView is the ideas drawn for the person to read.
type readingView struct {
	Heading ui.Heading
	Rows    []readingRow
	Empty   ui.Empty
}

// readingRow is one idea, whole, so that reading it takes no other page.
type readingRow struct {
	Number, Title, Text string
	Read                ui.Button
	Action              string
	Open                bool // the first one stands open
}

func (m *Module) readingPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	numbers, err := m.Drawn(ctx)
	if err != nil {
		return err
	}
	p := readingView{Heading: ui.Heading{Title: i18n.T(ctx, "ideas.jury.reading.title"), Lead: i18n.T(ctx, "ideas.jury.reading.lead")},
		Empty: ui.Empty{Title: i18n.T(ctx, "ideas.jury.reading.empty"), Text: i18n.T(ctx, "ideas.jury.reading.empty.text"),
			Action: ui.Link{Href: "/ideas", Text: i18n.T(ctx, "ideas.jury.ideas")}}}
	for _, n := range numbers {
		v, err := m.City.Idea(ctx, n)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		row := readingRow{Number: n, Title: v.Idea.Title, Text: v.Idea.Text, Action: "/mi-escritorio/ideas/lectura/" + n, Open: len(p.Rows) == 0,
			Read: ui.Button{Text: i18n.T(ctx, "ideas.jury.reading.read"), Of: ": " + v.Idea.Title, Weight: ui.Quiet}}
		if row.Open {
			row.Read.Weight = ui.Primary
		}
		p.Rows = append(p.Rows, row)
	}
	page := pageOf(p.Heading.Title, readingBody(p))
	page.Narrow = true
	return web.Render(w, r, page)
}

func (m *Module) readIdea(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Form(w, r); err != nil {
		return err
	}
	if err := m.Read(r.Context(), r.PathValue("number")); err != nil {
		return err
	}
	return web.Redirect(w, r, "/mi-escritorio/ideas/lectura", "ideas.jury.flash.read")
}
