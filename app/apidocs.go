package app

import (
	"maps"
	"net/http"
	"slices"

	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// apiDocs is the API for people: every operation with its parameters, made from
// the same document that programs read.
func (a *App) apiDocs(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var view apiView
	view.Heading = ui.Heading{Title: i18n.T(ctx, "app.api.title"), Lead: i18n.T(ctx, "app.api.lead")}
	for _, path := range slices.Sorted(maps.Keys(a.doc.Paths)) {
		op := a.doc.Paths[path].Get
		if op == nil {
			continue
		}
		t := ui.Table{Caption: op.Summary, HideCaption: true, Columns: []ui.Head{{Text: i18n.T(ctx, "app.api.parameter")}, {Text: i18n.T(ctx, "app.api.about")}}}
		for _, p := range op.Parameters {
			t.Rows = append(t.Rows, ui.Row{{Text: p.Name}, {Text: p.Description}})
		}
		view.Operations = append(view.Operations, apiOperation{Path: path, Summary: op.Summary, About: op.Description, Parameters: t})
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Description: view.Heading.Lead, Body: apiBody(view)})
}

type apiView struct {
	Heading    ui.Heading
	Operations []apiOperation
}

type apiOperation struct {
	Path, Summary, About string
	Parameters           ui.Table
}
